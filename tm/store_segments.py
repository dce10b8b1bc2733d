"""Segments behind the texts of units: the distinct token sequences, and the tokens, as numbers."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tm.store_keys import Cutter

if TYPE_CHECKING:
    from tm.store_bulk import Bulk
    from tm.store_write import Statements

_PORTION = 1000
_COLUMNS = ("id", "lang", "length", "digest", "tokens")


class _Tokens(dict[bytes, int]):
    """The ids of the tokens of one language met so far; those asked for in vain are kept in ``unknown``."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[bytes] = set()

    def __missing__(self, key: bytes) -> int:
        self.unknown.add(key)
        return 0


class SegmentWriter:
    """Finds segments, and stores those that are not there; ``last`` counts segments and tokens."""

    def __init__(self, statements: Statements, last: dict[str, int]) -> None:
        self._sql = statements
        self._last = last
        self._cutters: dict[str, Cutter] = {}
        self._tokens: dict[str, _Tokens] = {}
        self._others = last["token"] > 0  # whether tokens are stored that are not known here

    def ids(self, texts: Sequence[tuple[str, str]], *, bulk: Bulk | None = None, new: bool = False) -> list[int]:
        """Return the ids of the segments of texts in storage form, each given behind its language.

        ``new`` says that there are no segments yet.
        """
        keys, digests = self._digested(texts)
        distinct = {digest: (text[0], key) for digest, text, key in zip(digests, texts, keys, strict=True)}
        known = {} if new else self._known(list(distinct), bulk)
        missing = {digest: lang_keys for digest, lang_keys in distinct.items() if digest not in known}
        rows = self._rows(missing)
        self._sql.insert("tm_segment", _COLUMNS, rows)
        numbers = [row[0] for row in rows]
        if bulk:
            bulk.digests["tm_segment"].add(list(missing), numbers)
        known.update(zip(missing, numbers, strict=True))
        return [known[digest] for digest in digests]

    def forget(self) -> None:
        """Forget what is known of texts and tokens, to make room."""
        self._cutters.clear()
        self._tokens.clear()
        self._others = True

    def _digested(self, texts: Sequence[tuple[str, str]]) -> tuple[list[bytes], list[bytes]]:
        """Return the keys of each text, and the digest."""
        keys, digests = [b""] * len(texts), [b""] * len(texts)
        places: dict[str, list[int]] = {}
        for place, (lang, _) in enumerate(texts):
            places.setdefault(lang, []).append(place)
        for lang, own in places.items():
            if lang not in self._cutters:
                self._cutters[lang] = Cutter(lang)
            found = self._cutters[lang].keys([texts[place][1] for place in own])
            for place, key, digest in zip(own, found, self._cutters[lang].digests(found), strict=True):
                keys[place], digests[place] = key, digest
        return keys, digests

    def _known(self, digests: Sequence[bytes], bulk: Bulk | None) -> dict[bytes, int]:
        if bulk:
            rows = bulk.known("tm_segment", digests, "digest, id")
        else:
            rows = self._sql.rows_in("SELECT digest, id FROM tm_segment WHERE digest IN (?)", digests)
        return {bytes(digest): number for digest, number in rows}

    def _rows(self, missing: dict[bytes, tuple[str, bytes]]) -> list[tuple[int, str, int, bytes, bytes]]:
        """Return rows for the segments of these digests, in this order."""
        packed: dict[bytes, bytes] = {}
        for lang in sorted({lang for lang, _ in missing.values()}):
            own = {digest: keys for digest, (of, keys) in missing.items() if of == lang}
            packed.update(zip(own, self._packed(lang, list(own.values())), strict=True))
        first = self._last["segment"] + 1
        self._last["segment"] += len(missing)
        return [
            (number, lang, len(packed[digest]) // 4, digest, packed[digest])
            for number, (digest, (lang, _)) in enumerate(missing.items(), first)
        ]

    def _packed(self, lang: str, keys: Sequence[bytes]) -> Iterable[bytes]:
        """Yield the ids of the tokens of each text, packed as :func:`~tm.fuzzy.postings.pack` does."""
        tokens = self._tokens.setdefault(lang, _Tokens())
        portions = [keys[start : start + _PORTION] for start in range(0, len(keys), _PORTION)]
        numbered = [_numbers(portion, tokens) for portion in portions]
        if tokens.unknown:
            self._learn(lang, tokens)
            for place, (portion, numbers) in enumerate(zip(portions, numbered, strict=True)):
                if 0 in numbers:
                    numbered[place] = _numbers(portion, tokens)
        for portion, numbers in zip(portions, numbered, strict=True):
            if sys.byteorder != "little":
                numbers.byteswap()
            data, place = numbers.tobytes(), 0
            for key in portion:
                end = place + 4 * key.count(b"\x00")
                yield data[place:end]
                place = end

    def _learn(self, lang: str, tokens: _Tokens) -> None:
        """Give every unknown token an id."""
        unknown = sorted(tokens.unknown)
        tokens.unknown.clear()
        texts = [key.decode("utf-8", "surrogatepass") for key in unknown]
        known: dict[str, int] = {}
        if self._others:
            known.update(self._sql.rows_in("SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)", texts, lang))
        new = []
        for key, text in zip(unknown, texts, strict=True):
            number = known.get(text)
            if number is None:
                self._last["token"] += 1
                number = self._last["token"]
                new.append((number, lang, text, 0))
            tokens[key] = number
        self._sql.insert("tm_token", ("id", "lang", "text", "weight"), new)


def _numbers(keys: Sequence[bytes], tokens: _Tokens) -> array[int]:
    """Return the ids of the tokens of texts, one after the other, 0 for an unknown one."""
    return array("I", map(tokens.__getitem__, b"".join(keys).split(b"\x00")[1:]))
