"""Scores of all beads in a band: prior, length and evidence, as log-odds against a chance meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.align.band import Band
from tm.align.evidence import Direction
from tm.align.kinds import INNER_ITEM, ITEM, PENALTIES
from tm.align.sides import Floats, Ints, Side, expand

Singles = npt.NDArray[np.float32]

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2), (2, 3), (3, 2), (1, 0), (0, 1))
"""The shapes a bead may have; anything wider is two beads."""

_PAIRS = (0.848, 0.058, 0.058, 0.011, 0.011, 0.002, 0.002, 0.01, 0.002, 0.002)
PRIORS = dict(zip(SHAPES, (*_PAIRS, 0.5, 0.5), strict=True))
"""How frequent each shape is among pairs, and each side among unpaired sentences, before the document is seen."""

IMPOSSIBLE = np.float32(-1e9)
_EVIDENCE = 0.7
_LENGTH = 1.0
_LOSSES = np.array([sum(loss for kind, loss in PENALTIES.items() if bits & kind) for bits in range(ITEM)], np.float32)
_KINDS = ITEM - 1
"""What a bead loses for kinds that one side has, by the sum of these."""
_SIZES = (1, 2, 3, 4)
"""Sentences of a window."""


@dataclass(frozen=True, slots=True)
class LengthModel:
    """The log of English over Vietnamese length is normal: ``mean``, ``spread``, and the spread by chance."""

    mean: float
    spread: float
    chance: float


def score_beads(
    band: Band,
    directions: tuple[Direction, Direction],
    length: LengthModel,
    priors: Mapping[tuple[int, int], float],
) -> npt.NDArray[np.float32]:
    """Return a row of scores for each of ``SHAPES``: that of the bead which begins at the node.

    ``directions`` are English about Vietnamese windows and Vietnamese about English windows.
    """
    by_vi, by_en = _about(band, directions[0], english=True), _about(band, directions[1], english=False)
    lengths = _Lengths(directions[0].source, directions[0].target, length)
    kinds = directions[0].source.kinds, directions[0].target.kinds
    scores = np.empty((len(SHAPES), band.size), np.float32)
    for place, (a, b) in enumerate(SHAPES):
        _, inside = band.shifted(a, b)
        row = np.full(band.size, np.log(priors[a, b]), np.float32)
        if a and b:
            row += lengths.of(band, a, b)
            row -= _strangeness(band, kinds, a, b)
            row += _EVIDENCE / 2 * (_along(by_vi[a - 1], b) + _down(band, by_en[b - 1], a))
        row[~inside] = IMPOSSIBLE
        scores[place] = row
    return scores


def _along(values: Singles, count: int) -> Singles:
    """Add up ``count`` values that follow each other in a row; what would leave the row is of no account."""
    total = values
    for step in range(1, count):
        total = total + np.concatenate((values[step:], np.zeros(step, np.float32)))
    return total


def _down(band: Band, values: Singles, count: int) -> Singles:
    """Add up the values of ``count`` nodes, one below the other."""
    total = values
    for step in range(1, count):
        place, _ = band.shifted(step, 0)
        total = total + values.take(place)
    return total


def _strangeness(band: Band, kinds: tuple[Ints, Ints], a: int, b: int) -> Singles | float:
    """Return what each bead loses because one side holds a by-line, caption … and the other does not."""
    if not (kinds[0].any() or kinds[1].any()):
        return 0.0
    vi, en = _joined(kinds[0], a), _joined(kinds[1], b)
    lost: Singles = _LOSSES[(vi[band.rows] ^ en[band.columns]) & _KINDS]
    if a + b > 2:
        inner = _inner_items(kinds[0], a)[band.rows] - _inner_items(kinds[1], b)[band.columns]
        lost = lost + np.float32(INNER_ITEM) * np.abs(inner)
    return lost


def _inner_items(kinds: Ints, size: int) -> Singles:
    """Return how many list items begin inside each window of ``size`` sentences; one more at the end."""
    items = np.concatenate((kinds & ITEM > 0, np.zeros(size + 1, np.bool_))).astype(np.float32)
    found = np.zeros(len(kinds) + 1, np.float32)
    for step in range(1, size):
        found += items[step : step + len(kinds) + 1]
    return found


def _joined(kinds: Ints, size: int) -> Ints:
    """Return the kinds of the windows of ``size`` sentences; one more at the end."""
    padded = np.concatenate((kinds, np.zeros(size, np.int64)))
    found = padded[: len(kinds) + 1]
    for step in range(1, size):
        found = found | padded[step : step + len(kinds) + 1]
    return found


class _Lengths:
    """Log-odds of the lengths of windows: like those of a translation against like any two."""

    def __init__(self, vi: Side, en: Side, model: LengthModel) -> None:
        self.model = model
        self.vi, self.en = ({size: _totals(side, size) for size in _SIZES} for side in (vi, en))

    def of(self, band: Band, a: int, b: int) -> Singles:
        """Return the log-odds for windows of ``a`` and ``b`` sentences that begin at each node."""
        vi, en = self.vi[a].take(band.rows), self.en[b].take(band.columns)
        off = np.log(en / vi) - np.float32(self.model.mean)
        off *= -0.5 * off
        # Short segments vary more: a heading of three words may have five in the translation.
        spread = np.float32(self.model.spread**2) + np.float32(1.6) / np.minimum(vi, en)
        chance = np.float32(self.model.chance**2) + spread
        close, far = np.maximum(off / spread, -25.0), np.maximum(off / chance, -12.0)
        score: Singles = _LENGTH * (close - far + np.float32(0.5) * np.log(chance / spread))
        return score


def _totals(side: Side, size: int) -> Singles:
    """Return the lengths of the windows of ``size`` sentences, a little more than they are; one more at the end."""
    sums = np.concatenate(([0.0], np.cumsum(side.lengths)))
    ends = np.minimum(np.arange(len(sums)) + size, len(sums) - 1)
    return (sums[ends] - sums + 3.0).astype(np.float32)


def _misses(direction: Direction) -> Singles:
    """Return for each target sentence its evidence if no partner of its words stood in the window."""
    weights = np.log1p(-direction.trust)[direction.target.features]
    total = np.bincount(direction.target.sentences, weights, minlength=direction.target.count + 1)
    return total.astype(np.float32)


def _about(band: Band, direction: Direction, *, english: bool) -> list[Singles]:
    """Return the evidence of one target sentence about windows of 1 to 4 source sentences, for each node.

    With ``english`` the windows are rows of the band and English sentences its columns, else the other way
    round. A partner counts once in a window, where it stands first.
    """
    hit, sentences = _meetings(band, direction, english=english)
    gains = _gains(direction)
    first, before = direction.hits.sentences[hit], _before(direction)[hit]
    missing = _misses(direction)[band.columns if english else band.rows]
    found = [missing.astype(np.float64) for _ in _SIZES]
    starts = band.offsets[:-1] - band.low
    for back in range(len(_SIZES)):
        window = np.maximum(first - back, 0)
        row, column = (window, sentences) if english else (sentences, window)
        seen = first - back > np.maximum(before, -1)
        seen &= (column >= band.low[row]) & (column < band.high[row])
        node, which = starts[row[seen]] + column[seen], hit[seen]
        for size in _SIZES[back:]:
            found[size - 1] += np.bincount(node, gains[size - 1][which], minlength=band.size)
    return [values.astype(np.float32) for values in found]


def _meetings(band: Band, direction: Direction, *, english: bool) -> tuple[Ints, Ints]:
    """Return (number of the hit, target sentence) for all that may meet within the band."""
    hits, count = direction.hits, direction.target.count
    if english:
        low, high = band.low, band.high
    else:
        every = np.arange(direction.source.count + 1)
        low, high = np.searchsorted(band.high, every, side="right"), np.searchsorted(band.low, every, side="right")
    keys = direction.target.features * (count + 1) + direction.target.sentences
    order = np.argsort(keys, kind="stable")
    base = hits.features * (count + 1)
    starts = np.searchsorted(keys[order], base + low[np.maximum(hits.sentences - _SIZES[-1] + 1, 0)])
    stops = np.searchsorted(keys[order], base + np.minimum(high[hits.sentences], count))
    counts = np.maximum(stops - starts, 0)
    places = expand(starts, counts)
    return np.repeat(np.arange(len(counts)), counts), direction.target.sentences[order[places]]


def _gains(direction: Direction) -> list[Floats]:
    """Return what each hit gains over a miss in windows of 1 to 4 sentences."""
    trust = direction.trust[direction.hits.features]
    rare = 1.0 - direction.background[direction.hits.features]
    return [np.log1p(trust * direction.hits.strength / ((1.0 - rare**size) * (1.0 - trust))) for size in _SIZES]


def _before(direction: Direction) -> Ints:
    """Return for each hit the sentence of the last one before with the same feature, or one that is far away."""
    hits = direction.hits
    order = np.argsort(hits.features, kind="stable")
    found = np.full(len(order), -len(_SIZES) - 1)
    same = hits.features[order[1:]] == hits.features[order[:-1]]
    found[order[1:][same]] = hits.sentences[order[:-1][same]]
    return found
