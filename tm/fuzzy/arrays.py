"""The index of a long-running process: posting lists and segments in arrays.

The answers are those of the posting lists in the database, which a short-lived process reads instead.
Numba's compiled search is used for large memories where it is installed, numpy and RapidFuzz otherwise.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from termbase.text.keys import strip_marks
from tm.fuzzy.bounds import LONGEST_INDEXED, LOWEST_INDEXED, RESCUE_LENGTH
from tm.fuzzy.query import Hit, Query
from tm.fuzzy.score import similarity_at

if TYPE_CHECKING:
    from tm.fuzzy.array_build import Layout

COMPILED_FROM = 20_000
"""Segments from which on the compiled search is worth the loading of numba."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Token sequences in arrays: segment ids, their lengths, and all tokens end to end, in one order."""

    ids: array[int]
    lengths: array[int]
    tokens: bytes | bytearray


def numba_installed() -> bool:
    """Return whether the compiled search can be used here."""
    return find_spec("numba") is not None


class _Way(Protocol):
    """A way of searching the arrays."""

    def near(
        self, query: Query, window: tuple[int, int, int], others: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[int]]:
        """Return the segments within the distance that the cutoff allows, and the distance of each.

        ``window`` is the first segment that can match, the first too long to be posted, and the end;
        ``others`` are compared whatever they share.
        """
        ...


class ArrayIndex:
    """Segments of one language, ready to be searched without the database.

    ``compiled`` chooses the way of searching; by default numba's for many segments where it is installed.
    Raises :class:`~tm.fuzzy.query.TooManyTokensError` for a vocabulary that the way without it cannot number.
    """

    def __init__(self, segments: Segments, texts: dict[str, int], *, compiled: bool | None = None) -> None:
        import numpy as np

        from tm.fuzzy.array_build import lay_out

        if compiled is None:
            compiled = len(segments.ids) >= COMPILED_FROM and numba_installed()
        lengths = np.frombuffer(segments.lengths, dtype=np.uint32).astype(np.int64)
        tokens = np.frombuffer(segments.tokens, dtype="<u4").astype(np.uint32, copy=False)
        order = np.argsort(lengths if lengths.max(initial=0) > 65535 else lengths.astype(np.uint16), kind="stable")
        layout = lay_out(tokens, lengths, order, compiled=compiled)
        self.texts = texts
        self._names: dict[int, str] = {}
        self._alone: dict[str, list[int]] | None = None
        self._ids = np.frombuffer(segments.ids, dtype=np.uint32)[order]
        self._first: list[int] = layout.first.tolist()
        self._most = len(self._first) - 2
        self._lengths = layout.lengths
        self._tokens, self._starts = layout.tokens, layout.starts
        self._way = _way(layout, compiled=compiled)

    def find(self, keys: Sequence[str], percent: int) -> list[Hit]:
        """Return every segment at or above ``percent``.

        Raises :class:`ValueError` below 50 per cent, which no posting list answers.
        """
        if percent < LOWEST_INDEXED:
            raise ValueError(f"the index answers from {LOWEST_INDEXED} per cent")
        if not keys:
            return []
        query = Query(keys, self.texts, percent)
        if query.least > self._most:
            return []
        first, most = self._first, self._most
        long = first[min(LONGEST_INDEXED, most) + 1]
        window = (first[query.least], long, first[min(query.most, most) + 1])
        others = self._respelt(keys[0]) if query.scans_single_tokens else ()
        found, steps = self._way.near(query, window, others)
        if not len(found):
            return []
        count = query.length
        ids, lengths = self._ids[found].tolist(), self._lengths[found].tolist()
        if count > RESCUE_LENGTH:  # the distance allowed is that of the score
            longer = [max(count, length) for length in lengths]
            scores = [100 * (most - step) // most for most, step in zip(longer, steps, strict=True)]
            return list(map(Hit, ids, scores))
        hits = []
        for identifier, index, length, step in zip(ids, found, lengths, steps, strict=True):
            if step == 1 and length == count:
                score = similarity_at(1, query.keys, self._texts_at(index))
            else:
                longest = max(length, count)
                score = 100 * (longest - step) // longest
            if score >= percent:
                hits.append(Hit(identifier, score))
        return hits

    def _respelt(self, key: str) -> list[int]:
        """Return the segments of one token that may be rescued: equal without marks, or an edit away.

        Two words are at most one edit apart only if they share a form with at most one letter left out.
        """
        if self._alone is None:
            self._alone = {}
            last = self._first[2] if self._most > 1 else len(self._ids)
            for index in range(self._first[1], last):
                for form in _forms(self._texts_at(index)[0]):
                    self._alone.setdefault(form, []).append(index)
        found = {index for form in _forms(key) for index in self._alone.get(form, ())}
        return sorted(index for index in found if self._texts_at(index)[0] != key)

    def _texts_at(self, index: int) -> list[str]:
        """Return the tokens of a segment."""
        if not self._names:
            self._names = {identifier: text for text, identifier in self.texts.items()}
        return [self._names[token] for token in self._tokens[self._starts[index] : self._starts[index + 1]].tolist()]


def _way(layout: Layout, *, compiled: bool) -> _Way:
    if compiled:
        from tm.fuzzy.compiled_search import CompiledSearch

        return CompiledSearch(layout)
    from tm.fuzzy.array_search import ArraySearch

    return ArraySearch(layout)


def _forms(text: str) -> set[str]:
    """Return the forms under which a word is found by words that may be its respelling."""
    forms = {f"={strip_marks(text)}"}
    if len(text) >= 4:
        forms |= {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}
    return forms
