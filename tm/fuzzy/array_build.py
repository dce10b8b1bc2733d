"""The arrays of an index in memory, built with numpy.

Segments are numbered by length, so that the lengths a query can match are one run of numbers. Where numba
is installed, :mod:`tm.fuzzy.compiled_build` builds the same arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.fuzzy.bounds import LONGEST_INDEXED
from tm.fuzzy.postings import prefix_elements

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIX = 0x9E3779B97F4A7C15
"""Multiplier that spreads token ids over the bits of a signature."""

_PORTION = 20_000
_TALLIED = 1_000_000


class Postings(NamedTuple):
    """Posting lists end to end: ``elements[i]`` has those from ``bounds[i]`` to ``bounds[i + 1]``.

    ``owners`` are the segments, ``rests`` how many elements of each do not come before this one.
    """

    elements: NDArray[np.int64]
    bounds: NDArray[np.int64]
    owners: NDArray[np.int32]
    rests: NDArray[np.uint16]


class Layout(NamedTuple):
    """An index in arrays: segments by length, all tokens end to end, and posting lists.

    ``first[n]`` is the first segment of at least *n* tokens; ``weights`` are the frequencies of the tokens;
    a signature has one bit of 128 for each distinct token.
    """

    lengths: NDArray[np.int64]
    first: NDArray[np.int64]
    starts: NDArray[np.int64]
    tokens: NDArray[np.uint32]
    signatures: NDArray[np.uint64]
    weights: NDArray[np.int64]
    postings: Postings


def lay_out(
    tokens: NDArray[np.uint32], lengths: NDArray[np.int64], order: NDArray[np.int64], *, compiled: bool
) -> Layout:
    """Return the index of segments given in any order; ``order`` sorts them by length."""
    starts = np.concatenate(([0], np.cumsum(lengths)))
    weights = np.zeros(int(tokens.max(initial=0)) + 1, dtype=np.int64)
    for place in range(0, len(tokens), _TALLIED):  # numpy makes whole numbers of 64 bits of what it counts
        weights += np.bincount(tokens[place : place + _TALLIED], minlength=len(weights))
    if compiled:
        from tm.fuzzy import compiled_build

        arrange, post = compiled_build.arranged, compiled_build.postings
    else:
        arrange, post = arranged, postings
    ordered, signatures = arrange(tokens, starts, order)
    sorted_lengths = lengths[order]
    first = np.searchsorted(sorted_lengths, np.arange(int(sorted_lengths[-1] if len(order) else 0) + 2))
    starts = np.concatenate(([0], np.cumsum(sorted_lengths)))
    return Layout(sorted_lengths, first, starts, ordered, signatures, weights, post(ordered, starts, weights))


def arranged(
    tokens: NDArray[np.uint32], starts: NDArray[np.int64], order: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Return the tokens of all segments in ``order``, and the segments' signatures."""
    texts, signatures = np.empty(len(tokens), dtype=np.uint32), np.zeros((len(order), 2), dtype=np.uint64)
    bits = _bits(int(tokens.max(initial=0)) + 1)
    place = 0
    for first, end, length in _runs(np.diff(starts)[order]):
        rows = texts[place : place + (end - first) * length].reshape(end - first, length)
        begins, signed = starts[order[first:end]], signatures[first:end]
        for column in range(length):
            rows[:, column] = found = tokens.take(begins + column)
            signed |= bits.take(found, axis=0)
        place += rows.size
    return texts, signatures


def postings(tokens: NDArray[np.uint32], starts: NDArray[np.int64], weights: NDArray[np.int64]) -> Postings:
    """Return the posting lists of segments that stand in the order of the index.

    The segments of one length have their lists first, which are then laid end to end: many short sorts take
    less time than one long one.
    """
    parts = [_NO_LISTS]
    for first, end, length in _runs(np.diff(starts)):
        if length > LONGEST_INDEXED:
            break
        parts.append(_lists(tokens[starts[first] : starts[end]].reshape(end - first, length), first, weights))
    elements, counts = (np.concatenate([part[field] for part in parts]) for field in (0, 1))
    order = np.argsort(elements, kind="stable")
    elements, ends = elements[order], np.cumsum(counts[order])
    begins = np.empty(len(counts), dtype=np.int64)
    begins[order] = ends - counts[order]
    firsts = np.flatnonzero(np.diff(elements, prepend=-1))
    bounds = np.append(begins[order[firsts]], ends[-1:].sum())
    owners, rests = np.empty(bounds[-1], dtype=np.int32), np.empty(bounds[-1], dtype=np.uint16)
    done = 0
    for part in parts:
        ahead = begins[done : done + len(part.counts)] - (np.cumsum(part.counts) - part.counts)
        places = ahead.repeat(part.counts) + np.arange(len(part.owners))
        owners[places], rests[places] = part.owners, part.rests
        done += len(part.counts)
    return Postings(elements[firsts], bounds, owners, rests)


class _Lists(NamedTuple):
    """Posting lists end to end, and how long each of them is."""

    elements: NDArray[np.int64]
    counts: NDArray[np.int64]
    owners: NDArray[np.int32]
    rests: NDArray[np.uint16]


_NONE = np.zeros(0, dtype=np.int64)
_NO_LISTS = _Lists(_NONE, _NONE, _NONE.astype(np.int32), _NONE.astype(np.uint16))


def _lists(rows: NDArray[np.uint32], first: int, weights: NDArray[np.int64]) -> _Lists:
    """Return the posting lists of segments of one length, a row each, the first of them numbered ``first``.

    Element, row and rest are one integer while they are sorted, of 36, 15 and 12 bits.
    """
    length = rows.shape[1]
    elements, _ = prefix_elements(rows, weights)
    keys = elements.astype(np.uint64) << np.uint64(27)
    keys |= np.arange(len(rows), dtype=np.uint64)[:, np.newaxis] << np.uint64(12)
    keys |= np.arange(length, length - elements.shape[1], -1, dtype=np.uint64)
    flat = keys.reshape(-1)
    flat.sort()
    sorted_elements = (flat >> np.uint64(27)).astype(np.int64)
    firsts = np.flatnonzero(np.diff(sorted_elements, prepend=-1))
    owners = (flat >> np.uint64(12)).astype(np.int32) & 32767
    counts = np.diff(firsts, append=len(flat))
    return _Lists(sorted_elements[firsts], counts, owners + np.int32(first), flat.astype(np.uint16) & np.uint16(4095))


def _runs(lengths: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return runs of segments of one length, portions of long ones: first, end and length."""
    if not len(lengths):
        return []
    firsts = np.flatnonzero(np.concatenate(([True], lengths[1:] != lengths[:-1])))
    ends = [*firsts[1:].tolist(), len(lengths)]
    return [
        (start, min(start + _PORTION, end), int(lengths[first]))
        for first, end in zip(firsts.tolist(), ends, strict=True)
        for start in range(first, end, _PORTION)
    ]


def _bits(count: int) -> NDArray[np.uint64]:
    """Return the two halves of the signature of a segment of one token, for each token below ``count``."""
    places = (np.arange(count, dtype=np.uint64) * np.uint64(MIX)) >> np.uint64(57)
    bits = np.uint64(1) << (places & np.uint64(63))
    halves: NDArray[np.uint64] = np.where(places[:, None] >> np.uint64(6) == np.arange(2), bits[:, None], np.uint64(0))
    return halves
