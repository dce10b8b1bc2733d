"""An index in memory that grows with the database: what was there when it was loaded, and what came since.

New segments are few: they are compared one by one until there are enough for arrays of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from tm.fuzzy.arrays import ArrayIndex, Segments
from tm.fuzzy.postings import unpack
from tm.fuzzy.query import Hit, Query

MOST_LOOSE = 500
"""New segments that are compared one by one."""

Row = tuple[int, bytes]


class LiveIndex:
    """The segments of one language up to the id ``until``; ``texts`` numbers the tokens, new ones too."""

    def __init__(self, base: ArrayIndex, texts: dict[str, int], until: int) -> None:
        self.until = until
        self.texts = texts
        self.added = 0
        self.last_token = max(texts.values(), default=0)
        self._names: dict[int, str] = {}
        self._base = base
        self._rows: list[Row] = []
        self._newer: ArrayIndex | None = None
        self._loose: dict[int, list[tuple[int, list[int]]]] = {}

    def extend(self, rows: Sequence[Row], words: Mapping[str, int], until: int) -> None:
        """Take in the segments added since, as id and packed tokens, up to the id ``until``, and their ``words``."""
        self.until = until
        self.texts.update(words)
        if self._names:  # a vocabulary of a million segments must not be turned round again for each new word
            self._names.update((identifier, text) for text, identifier in words.items())
        self.last_token = max(self.last_token, *words.values(), 0)
        self.added += len(rows)
        self._rows += rows
        for identifier, packed in rows:
            tokens = unpack(packed).tolist()
            self._loose.setdefault(len(tokens), []).append((identifier, tokens))
        if sum(map(len, self._loose.values())) > MOST_LOOSE:
            self._newer = ArrayIndex(_segments(self._rows), self.texts)
            self._loose = {}

    def find(self, keys: Sequence[str], percent: int) -> list[Hit]:
        """Return every segment at or above ``percent``."""
        hits = self._base.find(keys, percent)
        if self._newer is not None:
            hits += self._newer.find(keys, percent)
        if self._loose and keys:
            query = Query(keys, self.texts, percent)
            for length, held in self._loose.items():
                if query.least <= length <= query.most:
                    scored = [(identifier, query.similarity(tokens, self._text_of)) for identifier, tokens in held]
                    hits += [Hit(identifier, score) for identifier, score in scored if score]
        return hits

    def _text_of(self, token: int) -> str:
        if token not in self._names:
            self._names = {identifier: text for text, identifier in self.texts.items()}
        return self._names[token]


def _segments(rows: Sequence[Row]) -> Segments:
    data = [bytes(packed) for _, packed in rows]
    lengths = array("I", [len(packed) // 4 for packed in data])
    return Segments(array("I", [identifier for identifier, _ in rows]), lengths, b"".join(data))
