"""The arrays of an index in memory, built with numpy.

Segments are numbered by length, so that the lengths a query can match are one run of numbers. Where numba
is installed, :mod:`tm.fuzzy.compiled_build` builds the same arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.fuzzy.bounds import LONGEST_INDEXED
from tm.fuzzy.postings import OCCURRENCES, prefix_elements

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIX = 0x9E3779B97F4A7C15
"""Multiplier that spreads token ids over the bits of a signature."""

_PORTION = 20_000


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
    weights = np.bincount(tokens, minlength=1).astype(np.int64)
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
    texts, signatures = [np.zeros(0, dtype=np.uint32)], [np.zeros((0, 2), dtype=np.uint64)]
    lengths = np.diff(starts)[order]
    for first, end, length in _runs(lengths):
        rows = tokens[starts[order[first:end], None] + np.arange(length)]
        texts.append(rows.ravel())
        signatures.append(_signatures(rows))
    return np.concatenate(texts), np.concatenate(signatures)


def postings(tokens: NDArray[np.uint32], starts: NDArray[np.int64], weights: NDArray[np.int64]) -> Postings:
    """Return the posting lists of segments that stand in the order of the index."""
    found, owners = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    rests = [np.zeros(0, dtype=np.uint16)]
    for first, end, length in _runs(np.diff(starts)):
        if length > LONGEST_INDEXED:
            break
        rows = tokens[starts[first] : starts[end]].reshape(end - first, length)
        elements, _ = prefix_elements(rows, weights)
        kept = elements.shape[1]
        found.append(elements.ravel())
        owners.append(np.repeat(np.arange(first, end, dtype=np.int32), kept))
        rests.append(np.tile(np.arange(length, length - kept, -1, dtype=np.uint16), end - first))
    flat = np.concatenate(found)
    order = sorting(flat)
    flat = flat[order]
    firsts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1]))) if len(flat) else np.zeros(0, np.int64)
    bounds = np.concatenate((firsts, [len(flat)])).astype(np.int64)
    return Postings(flat[firsts], bounds, np.concatenate(owners)[order], np.concatenate(rests)[order])


def sorting(elements: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of the elements in their order, equal ones as they stand.

    Numpy sorts numbers of 16 bits by counting: two such sorts take half the time of one of 64 bits.

    >>> sorting(np.array([9 * 4096, 7 * 4096 + 1, 9 * 4096, 7 * 4096])).tolist()
    [3, 1, 0, 2]
    """
    repeats = int((elements & OCCURRENCES - 1).max(initial=0)) + 1
    if (int(elements.max(initial=0)) // OCCURRENCES + 1) * repeats >= 1 << 32:
        return np.argsort(elements, kind="stable")
    keys = ((elements // OCCURRENCES) * repeats + (elements & OCCURRENCES - 1)).astype(np.uint32)
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    upper = (keys >> np.uint32(16)).astype(np.uint16)
    return order[np.argsort(upper[order], kind="stable")] if upper.any() else order


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


def _signatures(rows: NDArray[Any]) -> NDArray[np.uint64]:
    places = (rows.astype(np.uint64) * np.uint64(MIX)) >> np.uint64(57)
    bits = np.uint64(1) << (places & np.uint64(63))
    low = places < 64
    halves = [np.bitwise_or.reduce(np.where(half, bits, np.uint64(0)), axis=1) for half in (low, ~low)]
    return np.stack(halves, axis=1)
