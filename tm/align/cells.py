"""Scores of all beads in a band: prior, length and evidence, as log-odds against a chance meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.align.band import Band
from tm.align.evidence import Direction, window_hits
from tm.align.sides import Floats, Ints, expand

Singles = npt.NDArray[np.float32]

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2), (2, 3), (3, 2), (1, 0), (0, 1))
"""The shapes a bead may have; anything wider is two beads."""

_PAIRS = (0.848, 0.058, 0.058, 0.011, 0.011, 0.002, 0.002, 0.01, 0.002, 0.002)
PRIORS = dict(zip(SHAPES, (*_PAIRS, 0.5, 0.5), strict=True))
"""How frequent each shape is among pairs, and each side among unpaired sentences, before the document is seen."""

IMPOSSIBLE = np.float32(-1e9)
_EVIDENCE = 0.7
_LENGTH = 1.0
_LEAST_SPREAD, _MOST_SPREAD = 0.18, 0.5


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
    by_vi = {size: _english_about(band, directions[0], size) for size in (1, 2, 3, 4)}
    by_en = {size: _vietnamese_about(band, directions[1], size) for size in (1, 2, 3, 4)}
    vi, en = directions[0].source, directions[0].target
    sums = (np.concatenate(([0.0], np.cumsum(vi.lengths))), np.concatenate(([0.0], np.cumsum(en.lengths))))
    scores = np.empty((len(SHAPES), band.size), np.float32)
    for place, (a, b) in enumerate(SHAPES):
        _, inside = band.shifted(a, b)
        row = np.full(band.size, np.log(priors[a, b]), np.float32)
        if a and b:
            row += _length_scores(band, sums, (a, b), length)
            row += _EVIDENCE / 2 * _added(band, by_vi[a], 0, b)
            row += _EVIDENCE / 2 * _added(band, by_en[b], 1, a)
        row[~inside] = IMPOSSIBLE
        scores[place] = row
    return scores


def _added(band: Band, values: Singles, axis: int, count: int) -> Singles:
    """Add up ``count`` neighbouring values along columns (axis 0) or rows (axis 1)."""
    total = values
    for step in range(1, count):
        place, inside = band.shifted(0, step) if axis == 0 else band.shifted(step, 0)
        total = total + np.where(inside, values[place], IMPOSSIBLE)
    return total


def _length_scores(band: Band, sums: tuple[Floats, Floats], shape: tuple[int, int], model: LengthModel) -> Singles:
    def totals(sums: Floats, size: int, places: Ints) -> Floats:
        last = len(sums) - 1
        return sums[np.minimum(places + size, last)] - sums[np.minimum(places, last)]

    vi = totals(sums[0], shape[0], band.rows)
    en = totals(sums[1], shape[1], band.columns)
    off = np.log((en + 3.0) / (vi + 3.0)) - model.mean
    # Short segments vary more: a heading of three words may have five in the translation.
    spread = np.sqrt(model.spread**2 + 1.6 / (np.minimum(vi, en) + 3.0))
    chance = np.hypot(model.chance, spread)
    close = np.maximum(-0.5 * (off / spread) ** 2, -25.0) - np.log(spread)
    far = np.maximum(-0.5 * (off / chance) ** 2, -12.0) - np.log(chance)
    score: Singles = (_LENGTH * (close - far)).astype(np.float32)
    return score


def _gains(direction: Direction, size: int) -> tuple[Ints, Ints, Floats]:
    """Return window, feature and gain over a miss, of each hit of windows of ``size``."""
    hits = window_hits(direction.hits, size, len(direction.target.vocabulary))
    trust = direction.trust[hits.features]
    background = 1.0 - (1.0 - direction.background[hits.features]) ** size
    gain = np.log1p(trust * hits.strength / (background * (1.0 - trust)))
    return hits.sentences, hits.features, gain


def _occurrences(direction: Direction) -> tuple[Ints, Ints]:
    """Return the target's occurrences sorted by feature and sentence, as keys, and their sentences."""
    keys = direction.target.features * (direction.target.count + 1) + direction.target.sentences
    order = np.argsort(keys, kind="stable")
    return keys[order], direction.target.sentences[order]


def _meetings(direction: Direction, size: int, low: Ints, high: Ints) -> tuple[Ints, Ints, Floats]:
    """Return window, target sentence and gain of all hits; a window w sees sentences low[w] to high[w]."""
    windows, features, gain = _gains(direction, size)
    keys, sentences = _occurrences(direction)
    base = features * (direction.target.count + 1)
    starts = np.searchsorted(keys, base + low[windows])
    counts = np.maximum(np.searchsorted(keys, base + np.minimum(high[windows], direction.target.count)) - starts, 0)
    places = expand(starts, counts)
    return np.repeat(windows, counts), sentences[places], np.repeat(gain, counts)


def _misses(direction: Direction) -> Floats:
    """Return for each target sentence its evidence if no partner of its words stood in the window."""
    weights = np.log1p(-direction.trust)[direction.target.features]
    total = np.bincount(direction.target.sentences, weights, minlength=direction.target.count + 1)
    return np.asarray(total, dtype=np.float64)


def _english_about(band: Band, direction: Direction, size: int) -> Singles:
    rows, columns, gain = _meetings(direction, size, band.low[:-1], band.high[:-1])
    places = band.offsets[rows] + columns - band.low[rows]
    found = np.bincount(places, gain, minlength=band.size) + _misses(direction)[band.columns]
    return found.astype(np.float32)


def _vietnamese_about(band: Band, direction: Direction, size: int) -> Singles:
    columns_count = direction.source.count
    every = np.arange(columns_count)
    low = np.searchsorted(band.high, every, side="right")
    high = np.searchsorted(band.low, every, side="right")
    columns, rows, gain = _meetings(direction, size, low, high)
    places = band.offsets[rows] + columns - band.low[rows]
    found = np.bincount(places, gain, minlength=band.size) + _misses(direction)[band.rows]
    return found.astype(np.float32)
