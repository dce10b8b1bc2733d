"""The path through a band that gets most right: the greatest expected number of right beads, by their sentences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tm.align.band import Band
from tm.align.cells import IMPOSSIBLE, SHAPES
from tm.align.sides import Floats

Scores = npt.NDArray[np.float32]
_CHAIN = SHAPES.index((0, 1))
_FORWARD = tuple((place, a, b) for place, (a, b) in enumerate(SHAPES) if a)
_NEVER = -1e12


def _sweep(band: Band, scores: Scores, join: np.ufunc) -> Floats:
    """Return for each node the joined score of all ways to it."""
    found = np.full(band.size, _NEVER)
    low, high, offsets = band.low.tolist(), band.high.tolist(), band.offsets.tolist()
    for row in range(len(low)):
        best = found[offsets[row] : offsets[row + 1]]
        if row == 0:
            best[0] = 0.0
        for place, a, b in _FORWARD:
            _arrive(best, found, scores[place], (row, a, b), (low, high, offsets), join)
        _along_row(best, scores[_CHAIN, offsets[row] : offsets[row + 1]], join)
    return found


def _arrive(
    best: Floats,
    found: Floats,
    scores: Scores,
    step: tuple[int, int, int],
    bounds: tuple[list[int], list[int], list[int]],
    join: np.ufunc,
) -> None:
    row, a, b = step
    low, high, offsets = bounds
    back = row - a
    if back < 0:
        return
    first = max(low[back] + b, low[row])
    last = min(high[back] + b, high[row])
    if first >= last:
        return
    start = offsets[back] + first - b - low[back]
    stop = start + last - first
    here = best[first - low[row] : last - low[row]]
    join(here, found[start:stop] + scores[start:stop], out=here)


def _along_row(best: Floats, chain: Scores, join: np.ufunc) -> None:
    """Let unpaired sentences of the row's own side follow each other: a running sum of their scores."""
    if len(best) < 2:
        return
    drift = np.concatenate(([0.0], np.cumsum(np.maximum(chain[:-1], _NEVER), dtype=np.float64)))
    best[:] = join.accumulate(best - drift) + drift


def best_path(band: Band, chances: Scores) -> list[tuple[int, int, int, int]]:
    """Return the beads ``(i, j, shape, node)`` of the path that gets most sentences right, in order.

    ``shape`` is an index of ``SHAPES``; ``chances`` come from :func:`tm.align.chances.posteriors`.
    """
    worth = np.array([(a + b) / 2 for a, b in SHAPES], np.float32)[:, None]
    value = chances * worth
    for place, (a, b) in enumerate(SHAPES):
        _, inside = band.shifted(a, b)
        value[place][~inside] = IMPOSSIBLE
    reached = _sweep(band, value, np.maximum)
    return _trace(band, value, reached)


def _trace(band: Band, value: Scores, reached: Floats) -> list[tuple[int, int, int, int]]:
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
                options.append((reached[node] + value[place, node], place, i, j, node))
        _, place, row, column, node = max(options)
        beads.append((row, column, place, node))
    return beads[::-1]
