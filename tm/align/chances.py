"""How likely each bead of a band is: forward and backward sums over all paths.

A path has two states, after a pair and after an unpaired sentence: sentences without partner come in
runs, so that one more is likely after the first, and a lone pair amid a long run is not (an affine gap,
Gotoh 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.align.band import Band
from tm.align.cells import SHAPES
from tm.align.sides import Floats

Scores = npt.NDArray[np.float32]
_ACROSS = SHAPES.index((0, 1))
_DOWN = SHAPES.index((1, 0))
_PAIRS = tuple((place, a, b) for place, (a, b) in enumerate(SHAPES) if a and b)
_NEVER = -1e12


@dataclass(frozen=True, slots=True)
class Gaps:
    """Probability that a sentence is alone: ``begin`` after a pair, ``go_on`` after one that is alone."""

    begin: float
    go_on: float

    def logs(self) -> tuple[float, float, float, float]:
        """Return the logs of: begin, go on, no begin, and end of a run."""
        found = np.log([self.begin, self.go_on, 1.0 - self.begin, 1.0 - self.go_on]).tolist()
        return found[0], found[1], found[2], found[3]


def posteriors(band: Band, scores: Scores, gaps: Gaps) -> tuple[Scores, float]:
    """Return the probability of each bead, shaped like ``scores``, and how many runs of unpaired are expected."""
    sums = _Sums(band, scores, gaps)
    sums.forward()
    sums.backward()
    return sums.chances()


class _Sums:
    """Logs of the summed likelihood of all ways to and from each node.

    ``to_pair`` and ``to_alone`` hold the ways to a node when a pair or an unpaired sentence comes next,
    ``from_pair`` and ``from_alone`` the ways on from it when such a one came last.
    """

    def __init__(self, band: Band, scores: Scores, gaps: Gaps) -> None:
        self.band, self.scores = band, scores
        self.begin, self.go_on, self.stay, self.end = gaps.logs()
        self.low, self.high = band.low.tolist(), band.high.tolist()
        self.offsets = band.offsets.tolist()
        self.to_pair, self.to_alone, self.from_pair, self.from_alone = (np.full(band.size, _NEVER) for _ in range(4))
        self.opening = np.zeros(band.size, np.float32)
        self.total = 0.0

    def _overlap(self, row: int, ahead: int, shift: int) -> tuple[slice, slice] | None:
        """Return where the nodes lie from which a step leads from ``row`` to ``ahead``, and those it leads to."""
        if row < 0 or ahead >= len(self.low):
            return None
        first = max(self.low[row], self.low[ahead] - shift)
        last = min(self.high[row], self.high[ahead] - shift)
        if first >= last:
            return None
        start = self.offsets[row] + first - self.low[row]
        goal = self.offsets[ahead] + first + shift - self.low[ahead]
        return slice(start, start + last - first), slice(goal, goal + last - first)

    def forward(self) -> None:
        """Sum the ways to each node, row by row; within a row only unpaired sentences follow each other."""
        for row in range(len(self.low)):
            start, stop = self.offsets[row], self.offsets[row + 1]
            paired, alone = (np.full(stop - start, _NEVER) for _ in range(2))
            if row == 0:
                paired[0] = 0.0
            for place, a, b in _PAIRS:
                met = self._overlap(row - a, row, b)
                if met:
                    here = paired[met[1].start - start : met[1].stop - start]
                    np.logaddexp(here, self.to_pair[met[0]] + self.scores[place, met[0]], out=here)
            met = self._overlap(row - 1, row, 0)
            if met:
                alone[met[1].start - start : met[1].stop - start] = self.to_alone[met[0]] + self.scores[_DOWN, met[0]]
            chain = np.maximum(self.scores[_ACROSS, start : stop - 1], _NEVER).astype(np.float64)
            alone[1:] = np.logaddexp(alone[1:], paired[:-1] + self.begin + chain)
            alone = _running(alone, chain + self.go_on)
            self.to_pair[start:stop] = np.logaddexp(paired + self.stay, alone + self.end)
            self.to_alone[start:stop] = np.logaddexp(paired + self.begin, alone + self.go_on)
            self.opening[start:stop] = np.exp(paired + self.begin - self.to_alone[start:stop])
            self.total = float(np.logaddexp(paired[-1], alone[-1]))

    def backward(self) -> None:
        """Sum the ways from each node to the last, where a path may end in either state."""
        for row in range(len(self.low) - 1, -1, -1):
            start, stop = self.offsets[row], self.offsets[row + 1]
            pairs, alone = (np.full(stop - start, _NEVER) for _ in range(2))
            for place, a, b in _PAIRS:
                met = self._overlap(row, row + a, b)
                if met:
                    here = pairs[met[0].start - start : met[0].stop - start]
                    np.logaddexp(here, self.from_pair[met[1]] + self.scores[place, met[0]], out=here)
            met = self._overlap(row, row + 1, 0)
            if met:
                alone[met[0].start - start : met[0].stop - start] = self.from_alone[met[1]] + self.scores[_DOWN, met[0]]
            chain = np.maximum(self.scores[_ACROSS, start : stop - 1], _NEVER).astype(np.float64)
            final = row == len(self.low) - 1
            next_pair = pairs[1:] + self.end
            if final and len(next_pair):
                next_pair[-1] = 0.0
            alone[:-1] = np.logaddexp(alone[:-1], chain + next_pair)
            alone = _running(alone[::-1], (chain + self.go_on)[::-1])[::-1]
            self.from_pair[start:stop] = np.logaddexp(pairs + self.stay, alone + self.begin)
            self.from_alone[start:stop] = np.logaddexp(pairs + self.end, alone + self.go_on)
            if final:
                self.from_pair[-1] = self.from_alone[-1] = 0.0

    def chances(self) -> tuple[Scores, float]:
        """Return the probability of each bead, and the expected number of runs."""
        found = np.empty_like(self.scores)
        runs = 0.0
        for place, (a, b) in enumerate(SHAPES):
            target, inside = self.band.shifted(a, b)
            ways = (self.to_pair, self.from_pair) if a and b else (self.to_alone, self.from_alone)
            value = ways[0] + self.scores[place] + ways[1][target] - self.total
            found[place] = np.where(inside, np.exp(np.minimum(value, 0.0)), 0.0)
            if not (a and b):
                runs += float((found[place] * self.opening).sum())
        return found, runs


def _running(values: Floats, steps: Floats) -> Floats:
    """Return the log sums of each value and all before it, each of which loses or gains ``steps`` on its way."""
    if len(values) < 2:
        return values
    drift = np.concatenate(([0.0], np.cumsum(steps)))
    return np.asarray(np.logaddexp.accumulate(values - drift) + drift)
