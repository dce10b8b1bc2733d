"""Searching the arrays with numpy, and RapidFuzz for the distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tm.fuzzy.array_build import MIX
from tm.fuzzy.query import UNKNOWN, Query, TooManyTokensError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.fuzzy.array_build import Layout

MOST_TOKENS = (1 << 20) - 1
"""Greatest token id that a character can stand for."""

_SURROGATES = 0xD800
_MANY = 24
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
        self._lengths = layout.lengths.astype(np.uint16 if layout.lengths.max(initial=0) < 65536 else np.int64)
        self._weights: list[int] = layout.weights.tolist()
        self._starts: list[int] = layout.starts.tolist()
        codes = layout.tokens + np.where(layout.tokens < _SURROGATES, 0, 0x800).astype(np.uint32)
        self._texts = codes.astype("<u4").tobytes().decode("utf-32-le")

    def near(self, query: Query, window: tuple[int, int, int], others: Sequence[int]) -> Iterable[tuple[int, int]]:
        """Return the segments within the distance that the cutoff allows, each with its distance."""
        low, long, high = window
        parts = [self._signed(query, *self._posted(query, low, high)), np.asarray(others, dtype=np.int64)]
        if high > long:
            parts.append(np.arange(max(low, long), high))
        chosen = sorted(set(np.concatenate(parts).tolist()))
        starts, texts = self._starts, self._texts
        stored = [texts[starts[index] : starts[index + 1]] for index in chosen]
        return [(chosen[place], steps) for place, steps in _near(as_text(query.tokens), stored, query.allowed)]

    def _posted(self, query: Query, low: int, high: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the segments that hold an element of the query's prefix, and what each has from there on."""
        lists, first = self._layout.postings, self._layout.first
        prefix = query.prefix(self._weight)
        wanted = np.array([element for element, _ in prefix], dtype=np.int64)
        places = np.searchsorted(lists.elements, wanted)
        ends = first[np.minimum([most + 1 for _, most in prefix], len(first) - 1)] if prefix else wanted
        found, rests = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.uint16)]
        for place, element, end in zip(places.tolist(), wanted.tolist(), ends.tolist(), strict=True):
            if place == len(lists.elements) or lists.elements[place] != element:
                continue
            start, after = lists.bounds[place], lists.bounds[place + 1]
            owners = lists.owners[start:after]
            bounds = np.searchsorted(owners, np.array((low, min(end, high)), dtype=np.int32))
            found.append(owners[bounds[0] : bounds[1]])
            rests.append(lists.rests[start + bounds[0] : start + bounds[1]])
        return np.concatenate(found), np.concatenate(rests)

    def _weight(self, token: int) -> int:
        return self._weights[token] if token < len(self._weights) else 0

    def _signed(self, query: Query, found: NDArray[Any], rests: NDArray[Any]) -> NDArray[Any]:
        """Keep the candidates that can share enough, and whose signature does not prove too many differences.

        A bit of a signature that only one side has is a token that only that side has, and each such token
        costs an edit.
        """
        needed = np.array(query.needed, dtype=np.uint16)
        found, rests = _kept(rests >= needed[query.length], found, rests)
        lengths = self._lengths[found]
        enough = rests >= needed[lengths]
        found, lengths = _kept(enough, found, lengths)
        own = np.array(_halves(query.tokens), dtype=np.uint64)
        stored = self._layout.signatures.take(found, axis=0)
        allowed = np.array(query.allowed)[lengths]
        near = (_count_bits(own & ~stored) <= allowed) & (_count_bits(stored & ~own) <= allowed)
        kept: NDArray[Any] = found[near]
        return kept


def _kept(chosen: NDArray[Any], *arrays: NDArray[Any]) -> list[NDArray[Any]]:
    """Return what is chosen of each array; for few of many, places are quicker than a mask."""
    places = np.flatnonzero(chosen)
    return [values.take(places) for values in arrays]


def _near(text: str, others: Sequence[str], allowed: Sequence[int]) -> list[tuple[int, int]]:
    """Return the place and the distance of each of ``others`` within the distance allowed for its length.

    Many are compared by one call; distances are whole numbers there too, so that none is lost on a cutoff.
    """
    if len(others) < _MANY:
        from rapidfuzz.distance.Levenshtein import distance

        found = [(place, distance(text, other)) for place, other in enumerate(others)]
        return [(place, steps) for place, steps in found if steps <= allowed[len(others[place])]]
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    steps = cdist([text], others, scorer=Levenshtein.distance, score_cutoff=max(allowed), dtype=np.int32)[0]
    most = np.array(allowed)[np.fromiter(map(len, others), dtype=np.int32, count=len(others))]
    near = np.flatnonzero(steps <= most)
    return list(zip(near.tolist(), steps[near].tolist(), strict=True))


def _halves(tokens: Iterable[int]) -> tuple[int, int]:
    """Return the halves of the signature of one segment."""
    bits = 0
    for token in tokens:
        bits |= 1 << ((token * MIX & _WHOLE) >> 57)
    return bits & _WHOLE, bits >> 64


def _count_bits(values: NDArray[Any]) -> NDArray[Any]:
    """Return how many bits are set in each row."""
    counts: NDArray[Any]
    if hasattr(np, "bitwise_count"):
        halves = np.bitwise_count(values)
        counts = halves[:, 0] + halves[:, 1]
    else:  # numpy before 2.0
        counts = np.unpackbits(values.view(np.uint8).reshape(-1, 16), axis=1).sum(axis=1, dtype=np.uint8)
    return counts
