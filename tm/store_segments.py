"""Segments behind the texts of units: the distinct token sequences, and the tokens, as numbers."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from tm.store_keys import Cutter

if TYPE_CHECKING:
    from tm.store_bulk import Bulk
    from tm.store_write import Statements

_COLUMNS = ("id", "length", "digest", "tokens")


class _Tokens(dict[bytes, int]):
    """The ids of the tokens of one language met so far; one asked for in vain gets the next, and is ``new``."""

    def __init__(self, last: dict[str, int]) -> None:
        super().__init__()
        self._last = last
        self.new: list[bytes] = []

    def __missing__(self, key: bytes) -> int:
        self._last["token"] += 1
        self.new.append(key)
        self[key] = number = self._last["token"]
        return number


class SegmentWriter:
    """Finds segments, and stores those that are not there; ``last`` counts segments and tokens."""

    def __init__(self, statements: Statements, last: dict[str, int]) -> None:
        self._sql = statements
        self._last = last
        self._cutters: dict[str, Cutter] = {}
        self._tokens: dict[str, _Tokens] = {}
        self._others = last["token"] > 0  # whether tokens are stored that are not known here

    def ids(
        self, texts: Mapping[str, Sequence[str]], *, bulk: Bulk | None = None, new: bool = False
    ) -> dict[str, list[int]]:
        """Return the ids of the segments of texts in storage form, both by language.

        ``new`` says that there are no segments yet.
        """
        found = {}
        for lang, own in texts.items():
            cutter = self._cutters.get(lang) or self._cutters.setdefault(lang, Cutter(lang))
            keys = cutter.keys(own)
            digests = cutter.digests(keys)
            missing = dict(zip(digests, keys, strict=True))
            known = {} if new else self._known(list(missing), bulk)
            for digest in known:
                missing.pop(digest, None)
            known.update(self._store(lang, missing, bulk))
            found[lang] = [known[digest] for digest in digests]
        return found

    def forget(self) -> None:
        """Forget what is known of texts and tokens, to make room."""
        self._cutters.clear()
        self._tokens.clear()
        self._others = True

    def _known(self, digests: Sequence[bytes], bulk: Bulk | None) -> dict[bytes, int]:
        if bulk:
            rows = bulk.known("tm_segment", digests, "digest, id")
        else:
            rows = self._sql.rows_in("SELECT digest, id FROM tm_segment WHERE digest IN (?)", digests)
        return {bytes(digest): number for digest, number in rows}

    def _store(self, lang: str, missing: Mapping[bytes, bytes], bulk: Bulk | None) -> dict[bytes, int]:
        """Store segments, given as keys by digest, and return their ids by digest."""
        first = self._last["segment"] + 1
        self._last["segment"] += len(missing)
        numbers = range(first, first + len(missing))
        lengths = [keys.count(b"\x00") for keys in missing.values()]
        packed = self._packed(lang, list(missing.values()), lengths)
        rows = list(zip(numbers, lengths, map(bytearray, missing), packed, strict=True))
        self._sql.insert_alike("tm_segment", _COLUMNS, rows, {"lang": lang})
        if bulk:
            bulk.digests["tm_segment"].add(list(missing), numbers)
        return dict(zip(missing, numbers, strict=True))

    def _packed(self, lang: str, keys: Sequence[bytes], lengths: Sequence[int]) -> Iterable[bytearray]:
        """Return the ids of the tokens of each text, packed as :func:`~tm.fuzzy.postings.pack` does."""
        tokens = self._tokens.get(lang) or self._tokens.setdefault(lang, _Tokens(self._last))
        if self._others:
            self._recall(lang, tokens, keys)
        numbers = array("I", map(tokens.__getitem__, _split(keys)))
        if sys.byteorder != "little":
            numbers.byteswap()
        new = [(tokens[key], lang, _text(key), 0) for key in tokens.new]
        tokens.new.clear()
        self._sql.insert("tm_token", ("id", "lang", "text", "weight"), new)
        data, ends = bytearray(numbers), [4 * end for end in accumulate(lengths)]
        return map(data.__getitem__, map(slice, [0, *ends], ends))

    def _recall(self, lang: str, tokens: _Tokens, keys: Sequence[bytes]) -> None:
        """Learn the ids of the tokens of texts that are stored and not known here."""
        unknown = {_text(key): key for key in sorted(set(_split(keys)).difference(tokens))}
        sql = "SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)"
        tokens.update({unknown[text]: number for text, number in self._sql.rows_in(sql, list(unknown), lang)})


def _split(keys: Sequence[bytes]) -> list[bytes]:
    """Return the tokens of texts, one after the other."""
    return b"".join(keys).split(b"\x00")[1:]


def _text(token: bytes) -> str:
    return token.decode("utf-8", "surrogatepass")
