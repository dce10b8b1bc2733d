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
from tm.align.sides import Floats, Ints

Scores = npt.NDArray[np.float32]
_ACROSS = SHAPES.index((0, 1))
_DOWN = SHAPES.index((1, 0))
_PAIRS = tuple((place, a, b) for place, (a, b) in enumerate(SHAPES) if a and b)
_PAIRED = [place for place, _, _ in _PAIRS]
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
    ``from_pair`` and ``from_alone`` the ways on from it when such a one came last. One more place at the
    end stands for all nodes outside the band.
    """

    def __init__(self, band: Band, scores: Scores, gaps: Gaps) -> None:
        self.band, self.scores = band, scores
        self.begin, self.go_on, self.stay, self.end = gaps.logs()
        self.offsets = band.offsets.tolist()
        self.to_pair, self.to_alone, self.from_pair, self.from_alone = np.full((4, band.size + 1), _NEVER)
        self.opening = np.zeros(band.size)
        self.total = 0.0

    def _reached(self, part: tuple[int, int], a: int, b: int) -> Ints:
        place, inside = self.band.shifted(a, b, part)
        place[~inside] = self.band.size
        return place

    def _chain(self, start: int, stop: int) -> Floats:
        return np.maximum(self.scores[_ACROSS, start : stop - 1], _NEVER).astype(np.float64)

    def forward(self) -> None:
        """Sum the ways to each node, row by row; within a row only unpaired sentences follow each other."""
        for part in self.band.blocks():
            first = self.offsets[part[0]]
            back = np.stack([self._reached(part, -a, -b) for _, a, b in _PAIRS])
            above = self._reached(part, -1, 0)
            came = np.stack([self._came(back[row], place) for row, place in enumerate(_PAIRED)])
            down = self._came(above, _DOWN)
            for row in range(*part):
                start, stop = self.offsets[row], self.offsets[row + 1]
                here = slice(start - first, stop - first)
                paired = _summed(self.to_pair[back[:, here]] + came[:, here])
                if row == 0:
                    paired[0] = 0.0
                self._forward_row(start, stop, paired, self.to_alone[above[here]] + down[here])
        self.opening = np.exp(np.minimum(self.opening + self.begin - self.to_alone[:-1], 0.0))

    def _came(self, places: Ints, shape: int) -> Floats:
        """Return the scores of the beads that begin at ``places``."""
        return np.append(self.scores[shape], np.float32(_NEVER)).astype(np.float64)[places]

    def _forward_row(self, start: int, stop: int, paired: Floats, alone: Floats) -> None:
        chain = self._chain(start, stop)
        alone[1:] = np.logaddexp(alone[1:], paired[:-1] + (chain + self.begin))
        alone = _running(alone, chain + self.go_on)
        self.to_pair[start:stop] = np.logaddexp(paired + self.stay, alone + self.end)
        self.to_alone[start:stop] = np.logaddexp(paired + self.begin, alone + self.go_on)
        self.opening[start:stop] = paired
        self.total = float(np.logaddexp(paired[-1], alone[-1]))

    def backward(self) -> None:
        """Sum the ways from each node to the last, where a path may end in either state."""
        for part in reversed(self.band.blocks()):
            first, last = self.offsets[part[0]], self.offsets[part[1]]
            ahead = np.stack([self._reached(part, a, b) for _, a, b in _PAIRS])
            below = self._reached(part, 1, 0)
            scores = self.scores[_PAIRED, first:last].astype(np.float64)
            down = self.scores[_DOWN, first:last].astype(np.float64)
            for row in reversed(range(*part)):
                start, stop = self.offsets[row], self.offsets[row + 1]
                here = slice(start - first, stop - first)
                pairs = _summed(self.from_pair[ahead[:, here]] + scores[:, here])
                self._backward_row(start, stop, pairs, self.from_alone[below[here]] + down[here])

    def _backward_row(self, start: int, stop: int, pairs: Floats, alone: Floats) -> None:
        chain = self._chain(start, stop)
        final = stop == self.band.size
        next_pair = pairs[1:] + self.end
        if final and len(next_pair):
            next_pair[-1] = 0.0
        alone[:-1] = np.logaddexp(alone[:-1], chain + next_pair)
        alone = _running(alone[::-1], (chain + self.go_on)[::-1])[::-1]
        self.from_pair[start:stop] = np.logaddexp(pairs + self.stay, alone + self.begin)
        self.from_alone[start:stop] = np.logaddexp(pairs + self.end, alone + self.go_on)
        if final:
            self.from_pair[stop - 1] = self.from_alone[stop - 1] = 0.0

    def chances(self) -> tuple[Scores, float]:
        """Return the probability of each bead, and the expected number of runs."""
        found = np.zeros_like(self.scores)
        runs = 0.0
        for part in self.band.blocks():
            nodes = slice(self.offsets[part[0]], self.offsets[part[1]])
            for place, (a, b) in enumerate(SHAPES):
                goal = self._reached(part, a, b)
                ways = (self.to_pair, self.from_pair) if a and b else (self.to_alone, self.from_alone)
                value = ways[0][nodes] + self.scores[place, nodes] + ways[1][goal] - self.total
                found[place, nodes] = np.exp(np.minimum(value, 0.0))
                if not (a and b):
                    runs += float((found[place, nodes] * self.opening[nodes]).sum())
        return found, runs


def _summed(values: Floats) -> Floats:
    """Return the log sums of the columns."""
    most = values.max(axis=0)
    found: Floats = np.log(np.exp(values - most).sum(axis=0))
    found += most
    return found


def _running(values: Floats, steps: Floats) -> Floats:
    """Return the log sums of each value and all before it, each of which loses or gains ``steps`` on its way."""
    if len(values) < 2:
        return values
    drift = np.concatenate(([0.0], np.cumsum(steps)))
    return np.asarray(np.logaddexp.accumulate(values - drift) + drift)
