"""The building of an index compiled by numba: the arrays that :mod:`tm.fuzzy.arrays` builds with numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm.fuzzy.array_build import Postings
from tm.fuzzy.bounds import LONGEST_INDEXED, LOWEST_INDEXED, RESCUE_LENGTH
from tm.fuzzy.compiled import compiled, key_of, parts_of, signature

if TYPE_CHECKING:
    from numpy.typing import NDArray


@compiled
def arranged(
    tokens: NDArray[np.uint32], starts: NDArray[np.int64], order: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Return the tokens of all segments in the order of the index, and the segments' signatures."""
    found = np.empty(len(tokens), dtype=np.uint32)
    signatures = np.empty((len(order), 2), dtype=np.uint64)
    place = 0
    for row in range(len(order)):
        begin, end = starts[order[row]], starts[order[row] + 1]
        stored = tokens[begin:end]
        found[place : place + end - begin] = stored
        place += end - begin
        signatures[row, 0], signatures[row, 1] = signature(stored)
    return found, signatures


@compiled
def postings(tokens: NDArray[np.uint32], starts: NDArray[np.int64], weights: NDArray[np.int64]) -> Postings:
    """Return the posting lists of segments that stand in the order of the index."""
    last = _indexed(starts)
    posted = np.empty(starts[last], dtype=np.int64)
    kept = np.zeros(last + 1, dtype=np.int64)
    repeats = np.zeros(len(weights), dtype=np.int64)
    for index in range(last):
        keys = _keys(tokens[starts[index] : starts[index + 1]], weights)
        count = len(keys)
        place = kept[index]
        for position in range(count):
            if _limit(position, count) < LOWEST_INDEXED:
                break
            token, occurrence = parts_of(keys[position])
            repeats[token] = max(repeats[token], occurrence + 1)
            posted[place] = keys[position]
            place += 1
        kept[index + 1] = place
    return _grouped(posted, kept, starts, repeats)


@compiled
def _indexed(starts: NDArray[np.int64]) -> int:
    """Return how many segments are posted: all but the longest, which stand last."""
    last = len(starts) - 1
    while last and starts[last] - starts[last - 1] > LONGEST_INDEXED:
        last -= 1
    return last


@compiled
def _keys(stored: NDArray[np.uint32], weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order keys of the elements of a segment, rarest first."""
    count = len(stored)
    ordered = np.empty(count, dtype=np.int64)
    ordered[:] = stored
    _sort(ordered)
    occurrence = 0
    before = -1
    for place in range(count):
        token = ordered[place]
        occurrence = occurrence + 1 if token == before else 0
        before = token
        ordered[place] = key_of(token, occurrence, weights[token])
    _sort(ordered)
    return ordered


@compiled
def _sort(values: NDArray[np.int64]) -> None:
    if len(values) > 64:
        values.sort()
        return
    for place in range(1, len(values)):
        value = values[place]
        hole = place
        while hole and values[hole - 1] > value:
            values[hole] = values[hole - 1]
            hole -= 1
        values[hole] = value


@compiled
def _limit(position: int, count: int) -> int:
    """Return :func:`tm.fuzzy.bounds.entry_limit`."""
    if position == 0 or (count <= RESCUE_LENGTH and position <= 1):
        return 100
    return 100 * (count - position) // count


@compiled
def _grouped(
    posted: NDArray[np.int64], kept: NDArray[np.int64], starts: NDArray[np.int64], repeats: NDArray[np.int64]
) -> Postings:
    """Sort the posted elements by counting; owners stay in their order."""
    base = np.zeros(len(repeats) + 1, dtype=np.int64)
    base[1:] = np.cumsum(repeats)
    bounds = np.zeros(base[-1] + 1, dtype=np.int64)
    for place in range(kept[-1]):
        token, occurrence = parts_of(posted[place])
        bounds[base[token] + occurrence + 1] += 1
    bounds = np.cumsum(bounds)
    fill = bounds.copy()
    owners = np.empty(kept[-1], dtype=np.int32)
    rests = np.empty(kept[-1], dtype=np.uint16)
    for index in range(len(kept) - 1):
        count = starts[index + 1] - starts[index]
        for place in range(kept[index], kept[index + 1]):
            token, occurrence = parts_of(posted[place])
            slot = base[token] + occurrence
            owners[fill[slot]] = index
            rests[fill[slot]] = count - (place - kept[index])
            fill[slot] += 1
    return _named(base, repeats, bounds, owners, rests)


@compiled
def _named(
    base: NDArray[np.int64],
    repeats: NDArray[np.int64],
    bounds: NDArray[np.int64],
    owners: NDArray[np.int32],
    rests: NDArray[np.uint16],
) -> Postings:
    elements = np.empty(base[-1], dtype=np.int64)
    firsts = np.empty(base[-1] + 1, dtype=np.int64)
    count = 0
    for token in range(len(repeats)):
        for occurrence in range(repeats[token]):
            slot = base[token] + occurrence
            if bounds[slot] == bounds[slot + 1]:
                continue
            elements[count] = token * 4096 + occurrence
            firsts[count] = bounds[slot]
            count += 1
    firsts[count] = len(owners)
    return Postings(elements[:count], firsts[: count + 1], owners, rests)
