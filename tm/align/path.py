"""The path through a band that gets most right: the greatest expected number of right beads, by their sentences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tm.align.band import Band
from tm.align.cells import SHAPES
from tm.align.sides import Floats, Ints

Scores = npt.NDArray[np.float32]
_CHAIN = SHAPES.index((0, 1))
_FORWARD = tuple((place, a, b) for place, (a, b) in enumerate(SHAPES) if a)
_WORTH = np.array([(a + b) / 2 for a, b in SHAPES], np.float32)
_NEVER = -1e12


def best_path(band: Band, chances: Scores) -> list[tuple[int, int, int, int]]:
    """Return the beads ``(i, j, shape, node)`` of the path that gets most sentences right, in order.

    ``shape`` is an index of ``SHAPES``; ``chances`` come from :func:`tm.align.chances.posteriors`.
    """
    worth = chances * _WORTH[:, None]
    return _trace(band, worth, _reached(band, worth))


def _reached(band: Band, worth: Scores) -> Floats:
    """Return what the best path to each node is worth; one more place stands for all outside the band."""
    reached = np.full(band.size + 1, _NEVER)
    offsets = band.offsets.tolist()
    for part in band.blocks():
        first = offsets[part[0]]
        steps = [_arrivals(band, worth, part, step) for step in _FORWARD]
        back, gain = np.stack([places for places, _ in steps]), np.stack([gains for _, gains in steps])
        for row in range(*part):
            start, stop = offsets[row], offsets[row + 1]
            here = slice(start - first, stop - first)
            best = (reached.take(back[:, here]) + gain[:, here]).max(axis=0)
            if row == 0:
                best[0] = 0.0
            reached[start:stop] = _along_row(best, worth[_CHAIN, start:stop])
    return reached


def _arrivals(band: Band, worth: Scores, part: tuple[int, int], step: tuple[int, int, int]) -> tuple[Ints, Scores]:
    """Return from which node each node of some rows is reached by one shape, and what that is worth."""
    shape, a, b = step
    place, inside = band.shifted(-a, -b, part)
    gain = worth[shape].take(place)
    place[~inside] = band.size
    return place, gain


def _along_row(best: Floats, chain: Scores) -> Floats:
    """Let unpaired sentences of the row's own side follow each other: a running sum of what they are worth."""
    if len(best) < 2:
        return best
    drift = np.concatenate(([0.0], np.cumsum(chain[:-1], dtype=np.float64)))
    return np.asarray(np.maximum.accumulate(best - drift) + drift)


def _trace(band: Band, worth: Scores, reached: Floats) -> list[tuple[int, int, int, int]]:
    """Walk back from the end, at each node over the bead that gave its value."""
    low, high, offsets = band.low.tolist(), band.high.tolist(), band.offsets.tolist()
    row, column = len(low) - 1, high[-1] - 1
    beads = []
    while row or column:
        options = []
        for place, (a, b) in enumerate(SHAPES):
            i, j = row - a, column - b
            if i >= 0 and low[i] <= j < high[i]:
                node = offsets[i] + j - low[i]
                options.append((reached[node] + worth[place, node], place, i, j, node))
        _, place, row, column, node = max(options)
        beads.append((row, column, place, node))
    return beads[::-1]
