"""Searching the arrays with numpy, and RapidFuzz for the distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tm.fuzzy.array_build import MIX
from tm.fuzzy.bounds import length_window
from tm.fuzzy.query import UNKNOWN, Query, TooManyTokensError, allowed_distances, needed_elements

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.fuzzy.array_build import Layout

MOST_TOKENS = (1 << 20) - 1
"""Greatest token id that a character can stand for."""

_SURROGATES = 0xD800
_FEW, _MANY = 16, 24
_WHOLE = (1 << 64) - 1


def as_text(tokens: Iterable[int]) -> str:
    """Return token ids as characters, one a token, for quick comparison.

    What no memory holds may share a character: it is compared with known tokens only.

    >>> len(as_text([0, 0xD7FF, 0xD800, 100_000, UNKNOWN + 70_000]))
    5
    """
    return "".join([chr(t if t < _SURROGATES else t + 0x800 if t < UNKNOWN else 0x10FFFF) for t in tokens])


class ArraySearch:
    """The search of :class:`~tm.fuzzy.arrays.ArrayIndex` without compiled code.

    Raises :class:`~tm.fuzzy.query.TooManyTokensError` for more tokens than it can number.
    """

    def __init__(self, layout: Layout) -> None:
        if len(layout.weights) > MOST_TOKENS:
            raise TooManyTokensError(f"more than {MOST_TOKENS} distinct tokens")
        self._layout = layout
        self._first = layout.first.astype(np.int32)
        self._weights: list[int] = layout.weights.tolist()
        self._starts: list[int] = layout.starts.tolist()
        codes = layout.tokens.astype("<u4")
        codes[codes >= _SURROGATES] += 0x800
        self._texts = str(codes.data, "utf-32-le")

    def near(
        self, query: Query, window: tuple[int, int, int], others: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[int]]:
        """Return the segments within the distance that the cutoff allows, and the distance of each."""
        low, long, high = window
        found = _distinct(self._signed(query, *self._posted(query)))
        ordered = (self._sharing(query, found) if len(found) > _FEW else found).tolist()
        if others or high > long:
            ordered = sorted({*ordered, *others, *range(max(low, long), high)})
        if not ordered:
            return (), ()
        starts, texts = self._starts, self._texts
        stored = [texts[starts[index] : starts[index + 1]] for index in ordered]
        places, steps = _near(as_text(query.tokens), stored, query.allowed)
        return [ordered[place] for place in places], steps

    def _posted(self, query: Query) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the segments that can share enough with the query, and in how many tokens each may differ.

        They hold an element of its prefix. A posting list is in the order of the lengths: each piece of one
        length is kept as that length demands.
        """
        lists, least = self._layout.postings, query.least
        prefix = query.prefix(self._weight)
        wanted = np.array([element for element, _ in prefix], dtype=np.int64)
        places = lists.elements.searchsorted(wanted)
        edges = self._first[least : query.most + 2]
        needed, allowed = _demands(query.percent, query.length)
        found: list[NDArray[Any]] = []
        most: list[NDArray[Any]] = []
        for place, (element, longest) in zip(places.tolist(), prefix, strict=True):
            if place == len(lists.elements) or lists.elements[place] != element:
                continue
            start, after = lists.bounds[place : place + 2].tolist()
            owners = lists.owners[start:after]
            cuts = owners.searchsorted(edges[: longest - least + 2])
            counts = cuts[1:] - cuts[:-1]
            begin, end = cuts[0], cuts[-1]
            if begin == end:
                continue
            enough = lists.rests[start + begin : start + end] >= needed[: len(counts)].repeat(counts)
            kept = enough.nonzero()[0]
            found.append(owners[begin:end].take(kept))
            most.append(allowed[: len(counts)].repeat(counts).take(kept))
        if not found:
            return _NONE, _NONE
        return np.concatenate(found), np.concatenate(most)

    def _weight(self, token: int) -> int:
        return self._weights[token] if token < len(self._weights) else 0

    def _signed(self, query: Query, found: NDArray[Any], allowed: NDArray[Any]) -> NDArray[Any]:
        """Keep the candidates whose signature does not prove more differences than ``allowed``.

        A bit of a signature that only one side has is a token that only that side has, and each such token
        costs an edit.
        """
        if not len(found):
            return found
        low, high = _halves(query.tokens)
        stored = self._layout.signatures.take(found, axis=0)
        first, second = stored[:, 0], stored[:, 1]
        shared = _count_bits(first & np.uint64(low)) + _count_bits(second & np.uint64(high)) + allowed
        theirs = _count_bits(first) + _count_bits(second)
        near = (shared >= low.bit_count() + high.bit_count()) & (shared >= theirs)
        return found.compress(near)

    def _sharing(self, query: Query, found: NDArray[Any]) -> NDArray[Any]:
        """Keep the segments that hold enough tokens of the query; each that is missing costs an edit."""
        starts = self._layout.starts.take(found)
        lengths = self._layout.lengths.take(found)
        firsts = lengths.cumsum() - lengths
        places = (starts - firsts).repeat(lengths)
        places += np.arange(len(places))
        known = [token for token in query.tokens if token < UNKNOWN]
        asked = np.zeros(len(self._weights), dtype=np.int8)
        asked[known] = 1
        held = np.add.reduceat(asked.take(self._layout.tokens.take(places)), firsts, dtype=np.int32)
        allowed = _demands(query.percent, query.length)[1].take(lengths - query.least)
        near = np.maximum(lengths, query.length) - np.minimum(held, query.length) <= allowed
        return found.compress(near)


def _distinct(found: NDArray[Any]) -> NDArray[Any]:
    """Return the segments in order, each once."""
    found.sort()
    return found.compress(np.concatenate((found[:1] == found[:1], found[1:] != found[:-1])))


_NONE = np.zeros(0, dtype=np.int32)


@lru_cache(maxsize=1024)
def _demands(percent: int, count: int) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """Return what a match of each possible length must share with ``count`` tokens, and may differ in."""
    least = length_window(percent, count)[0]
    needed = np.array(needed_elements(percent, count)[least:], dtype=np.uint16)
    return needed, np.array(allowed_distances(percent, count)[least:], dtype=np.int32)


def _near(text: str, others: Sequence[str], allowed: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the places and the distances of those of ``others`` within the distance allowed for its length.

    Many are compared by one call; distances are whole numbers there too, so that none is lost on a cutoff.
    """
    if len(others) < _MANY:
        from rapidfuzz.distance.Levenshtein import distance

        found = [distance(text, other) for other in others]
        places = [place for place, other in enumerate(others) if found[place] <= allowed[len(other)]]
        return places, [found[place] for place in places]
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    steps = cdist([text], others, scorer=Levenshtein.distance, score_cutoff=max(allowed), dtype=np.int32)[0]
    most = np.array(allowed)[np.fromiter(map(len, others), dtype=np.int32, count=len(others))]
    near = np.flatnonzero(steps <= most)
    return near.tolist(), steps[near].tolist()


def _halves(tokens: Iterable[int]) -> tuple[int, int]:
    """Return the halves of the signature of one segment."""
    bits = 0
    for token in tokens:
        bits |= 1 << ((token * MIX & _WHOLE) >> 57)
    return bits & _WHOLE, bits >> 64


def _count_bits(values: NDArray[Any]) -> NDArray[Any]:
    """Return how many bits are set in each value."""
    counts: NDArray[Any]
    if hasattr(np, "bitwise_count"):
        counts = np.bitwise_count(values)
    else:  # numpy before 2.0
        octets = np.ascontiguousarray(values).view(np.uint8).reshape(-1, 8)
        counts = np.unpackbits(octets, axis=1).sum(axis=1, dtype=np.uint8)
    return counts
