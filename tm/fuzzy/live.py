"""An index in memory that grows with the database: what was there when it was loaded, and what came since.

New segments are few: they stand in lists by their tokens until there are enough for arrays of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence

from tm.fuzzy.arrays import ArrayIndex, Segments
from tm.fuzzy.bounds import prefix_length
from tm.fuzzy.postings import unpack
from tm.fuzzy.query import Hit, Query

MOST_LOOSE = 1000
"""New segments that are kept in lists by their tokens."""

Row = tuple[int, bytes]
"""A segment: its id and its packed tokens."""


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
        self._loose = _Loose()

    def extend(self, rows: Sequence[Row], words: Mapping[str, int], until: int) -> None:
        """Take in the segments added since, as id and packed tokens, up to the id ``until``, and their ``words``."""
        self.until = until
        self.texts.update(words)
        if self._names:  # a vocabulary of a million segments must not be turned round again for each new word
            self._names.update((identifier, text) for text, identifier in words.items())
        self.last_token = max(self.last_token, *words.values(), 0)
        self.added += len(rows)
        self._rows += rows
        if len(self._loose.rows) + len(rows) > MOST_LOOSE:
            self._newer = ArrayIndex(_segments(self._rows), self.texts)
            self._loose = _Loose()
        else:
            self._loose.extend(rows)

    def find(self, keys: Sequence[str], percent: int) -> list[Hit]:
        """Return every segment at or above ``percent``."""
        hits = self._base.find(keys, percent)
        if self._newer is not None:
            hits += self._newer.find(keys, percent)
        if self._loose.rows and keys:
            hits += self._loose.find(Query(keys, self.texts, percent), self._text_of)
        return hits

    def _text_of(self, token: int) -> str:
        if token not in self._names:
            self._names = {identifier: text for text, identifier in self.texts.items()}
        return self._names[token]


class _Loose:
    """A few segments, found by their tokens."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._holding: dict[int, list[int]] = {}
        self._single: list[int] = []

    def extend(self, rows: Sequence[Row]) -> None:
        """Take in segments."""
        for place, (_, packed) in enumerate(rows, len(self.rows)):
            tokens = unpack(packed).tolist()
            for token in set(tokens):
                self._holding.setdefault(token, []).append(place)
            if len(tokens) == 1:
                self._single.append(place)
        self.rows += rows

    def find(self, query: Query, text_of: Callable[[int], str]) -> list[Hit]:
        """Return every segment at or above the cutoff of the query.

        It holds one of any so many tokens of the query as a prefix has (:mod:`tm.fuzzy.bounds`): of the rarest here.
        """
        lists = sorted([self._holding.get(token, _NOWHERE) for token in query.tokens], key=len)
        places = set().union(*lists[: prefix_length(query.percent, query.length)])
        if query.scans_single_tokens:
            places.update(self._single)
        rows = [self.rows[place] for place in sorted(places)]
        scored = [(identifier, query.similarity_packed(packed, text_of)) for identifier, packed in rows]
        return [Hit(identifier, score) for identifier, score in scored if score]


_NOWHERE: list[int] = []


def _segments(rows: Sequence[Row]) -> Segments:
    data = [bytes(packed) for _, packed in rows]
    lengths = array("I", [len(packed) // 4 for packed in data])
    return Segments(array("I", [identifier for identifier, _ in rows]), lengths, b"".join(data))
