"""The building of an index compiled by numba: the arrays that :mod:`tm.fuzzy.array_build` builds with numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm.fuzzy.array_build import Postings
from tm.fuzzy.bounds import LONGEST_INDEXED, LOWEST_INDEXED, prefix_length
from tm.fuzzy.compiled import compiled, signature
from tm.fuzzy.postings import OCCURRENCES, order_keys

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
        stored = tokens[starts[order[row]] : starts[order[row] + 1]]
        signatures[row, 0], signatures[row, 1] = signature(stored)
        for token in stored:
            found[place] = token
            place += 1
    return found, signatures


def postings(tokens: NDArray[np.uint32], starts: NDArray[np.int64], weights: NDArray[np.int64]) -> Postings:
    """Return the posting lists of segments that stand in the order of the index.

    No segment is sorted: the lists of all elements are made by counting, and read from the rarest to the most
    frequent. A segment stays in the first of them, as many as its prefix is long.
    """
    lengths = np.diff(starts)
    lengths = lengths[: np.searchsorted(lengths, LONGEST_INDEXED, side="right")]
    starts = starts[: len(lengths) + 1]
    occurrences, repeats = _occurrences(tokens, starts, len(weights))
    base = np.concatenate(([0], np.cumsum(repeats)))
    token = np.arange(len(weights), dtype=np.int64).repeat(repeats)
    occurrence = np.arange(len(token)) - base[token]
    bounds = np.concatenate(([0], np.cumsum(_counts(tokens, occurrences, base))))
    owners = _owners(tokens, occurrences, starts, base, bounds[:-1].copy())
    ranked = np.argsort(order_keys(token, occurrence, weights[token]))
    counts = range(int(lengths.max(initial=0)) + 1)
    beyond = np.array([count - prefix_length(LOWEST_INDEXED, count) for count in counts])
    left = np.stack((lengths, beyond[lengths]), axis=1).astype(np.uint16)
    rests = occurrences  # their room is free now
    kept = _cut(owners, rests, bounds, ranked, left)
    held = np.flatnonzero(kept)
    firsts = np.concatenate(([0], np.cumsum(kept[held])))
    return Postings((token * OCCURRENCES + occurrence)[held], firsts, *_packed(owners, rests, bounds[held], firsts))


@compiled
def _occurrences(
    tokens: NDArray[np.uint32], starts: NDArray[np.int64], count: int
) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Return how often each token has occurred in its segment before, and how often each occurs in one at most."""
    found = np.empty(starts[-1], dtype=np.uint16)
    repeats = np.zeros(count, dtype=np.int64)
    seen = np.full((count, 2), -1, dtype=np.int32)
    for row in range(len(starts) - 1):
        for place in range(starts[row], starts[row + 1]):
            token = tokens[place]
            if seen[token, 0] != row:
                seen[token, 0], seen[token, 1] = row, 0
            found[place] = seen[token, 1]
            seen[token, 1] += 1
            repeats[token] = max(repeats[token], seen[token, 1])
    return found, repeats


@compiled
def _counts(tokens: NDArray[np.uint32], occurrences: NDArray[np.uint16], base: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many segments hold each element: occurrence *k* of a token has the number ``base[token] + k``."""
    counts = np.zeros(base[-1], dtype=np.int64)
    for place in range(len(occurrences)):
        counts[base[tokens[place]] + occurrences[place]] += 1
    return counts


@compiled
def _owners(
    tokens: NDArray[np.uint32],
    occurrences: NDArray[np.uint16],
    starts: NDArray[np.int64],
    base: NDArray[np.int64],
    fill: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Return the segments of each element from where its list begins, which is in ``fill``; that is counted up."""
    owners = np.empty(len(occurrences), dtype=np.int32)
    for row in range(len(starts) - 1):
        for place in range(starts[row], starts[row + 1]):
            element = base[tokens[place]] + occurrences[place]
            owners[fill[element]] = row
            fill[element] += 1
    return owners


@compiled
def _cut(
    owners: NDArray[np.int32],
    rests: NDArray[np.uint16],
    bounds: NDArray[np.int64],
    ranked: NDArray[np.int64],
    left: NDArray[np.uint16],
) -> NDArray[np.int64]:
    """Keep, at the begin of each list, the segments in whose prefix its element lies; return how many they are.

    The lists are read from the rarest element to the most frequent. ``left`` has for each segment how many of
    its elements are not read yet, and how many of them no prefix has; the former go to ``rests``.
    """
    kept = np.zeros(len(ranked), dtype=np.int64)
    for element in ranked:
        end = bounds[element]
        for place in range(bounds[element], bounds[element + 1]):  # without branches, as half of them stay
            owner = owners[place]
            rest = left[owner, 0]
            owners[end], rests[end] = owner, rest
            stays = int(rest > left[owner, 1])
            left[owner, 0] = rest - stays
            end += stays
        kept[element] = end - bounds[element]
    return kept


@compiled
def _packed(
    owners: NDArray[np.int32], rests: NDArray[np.uint16], begins: NDArray[np.int64], firsts: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
    """Return the lists that begin at ``begins`` end to end, from ``firsts`` on."""
    found, left = np.empty(firsts[-1], dtype=np.int32), np.empty(firsts[-1], dtype=np.uint16)
    for row in range(len(begins)):
        ahead = begins[row] - firsts[row]
        for place in range(firsts[row], firsts[row + 1]):
            found[place], left[place] = owners[place + ahead], rests[place + ahead]
    return found, left
