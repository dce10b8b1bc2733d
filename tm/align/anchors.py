"""Where to look first: the best chain of rare features that both documents share, without crossings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tm.align.band import Band, band_around
from tm.align.evidence import Direction
from tm.align.sides import Floats, Ints, expand

_MOST_NODES = 1_500_000
_BEST_OF_ROW = 3
_NEIGHBOURS = 6
_HALF = 14
"""Rows and columns beside the line through anchors that are looked at at least."""
_FEW = 0.04
"""Anchors a sentence below which they are no guide; the lengths of the texts are then a better one."""


def strip(points: Sequence[tuple[int, int]], shape: tuple[int, int], half: int = _HALF) -> Band:
    """Return the strip round some points of a part of the documents, wider where they are far apart.

    ``half`` is how many rows and columns beside them are looked at at least.

    >>> near, far = strip([(k, k) for k in range(200)], (200, 200)), strip([], (200, 200))
    >>> near.size < far.size
    True
    """
    known = np.array([(0, 0), *points, shape])
    gaps = np.maximum(np.diff(known[:, 0]), np.diff(known[:, 1])) // 2
    at = np.clip(np.searchsorted(known[:, 0], np.arange(shape[0] + 1), side="right") - 1, 0, len(gaps) - 1)
    most = max(half, min(_MOST_NODES // (4 * shape[0] + 4), 2 * max(shape)))
    widest = np.maximum(gaps, np.concatenate(([0], gaps[:-1])))
    return band_around(points, shape, np.clip(widest[at], half, most))


def diagonal_points(direction: Direction) -> list[tuple[int, int]]:
    """Return points of the line on which both texts have advanced by equal shares, for want of anchors.

    They lie so far apart that the strip round them is wide.
    """
    shape = direction.source.count, direction.target.count
    done = [np.concatenate(([0.0], np.cumsum(side.lengths + 1.0))) for side in (direction.source, direction.target)]
    shares = [part / part[-1] for part in done]
    at = np.arange(0, shape[0] + 1, max(80, 12 * max(shape) // 100))
    columns = np.interp(shares[0][at], shares[1], np.arange(shape[1] + 1)).astype(np.int64)
    return list(zip(at.tolist(), columns.tolist(), strict=True))


def anchor_points(direction: Direction) -> list[tuple[int, int]]:
    """Return nodes that the path very likely comes near, in order and without crossings.

    Returns none where there are too few to be a guide.
    """
    rows, columns, weights = _shared(direction)
    if not len(rows):
        return []
    chain = _heaviest_chain(rows, columns, weights, direction.target.count)
    points = _consistent(chain)
    return points if len(points) >= _FEW * min(direction.source.count, direction.target.count) else []


def _shared(direction: Direction) -> tuple[Ints, Ints, Floats]:
    """Return sentence pairs that share rare features, with weights; the best few of each row."""
    size = len(direction.target.vocabulary)
    hits, target = direction.hits, direction.target
    in_source = np.bincount(hits.features, minlength=size)
    in_target = np.bincount(target.features, minlength=size)
    rare = (in_source > 0) & (in_source * in_target <= 64) & (direction.trust > 0)
    kept = rare[hits.features]
    order = np.argsort(target.features, kind="stable")
    starts = np.concatenate(([0], np.cumsum(in_target)))
    counts = in_target[hits.features[kept]]
    places = expand(starts[hits.features[kept]], counts)
    weight = hits.strength[kept] * direction.trust[hits.features[kept]]
    weight = weight / np.maximum(in_source, in_target)[hits.features[kept]]
    keys = np.repeat(hits.sentences[kept], counts) * target.count + target.sentences[order][places]
    keys, inverse = np.unique(keys, return_inverse=True)
    weights = np.bincount(inverse, np.repeat(weight, counts), minlength=len(keys))
    rows, columns = np.divmod(keys, max(target.count, 1))
    best = np.lexsort((-weights, rows))
    rank = np.arange(len(best)) - np.searchsorted(rows[best], rows[best])
    chosen = np.sort(best[rank < _BEST_OF_ROW])
    return rows[chosen], columns[chosen], weights[chosen]


def _heaviest_chain(rows: Ints, columns: Ints, weights: Floats, width: int) -> list[tuple[int, int]]:
    """Return the heaviest sequence of points that rises in both coordinates (a Fenwick tree of maxima)."""
    order = np.lexsort((-columns, rows))
    best = [0.0] * (width + 2)
    holder = [-1] * (width + 2)
    before = [-1] * len(order)
    points = list(zip(rows[order].tolist(), columns[order].tolist(), weights[order].tolist(), strict=True))
    for number, (_, column, weight) in enumerate(points):
        place, value, last = column, 0.0, -1
        while place > 0:
            if best[place] > value:
                value, last = best[place], holder[place]
            place -= place & -place
        value, before[number] = value + weight, last
        place = column + 1
        while place <= width:
            if value > best[place]:
                best[place], holder[place] = value, number
            place += place & -place
    number = holder[int(np.argmax(best))]
    chain = []
    while number >= 0:
        chain.append(points[number][:2])
        number = before[number]
    return chain[::-1]


def _consistent(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out points that lie far from the line of their neighbours.

    The slope is that between neighbours, not that of the whole: half of one document may be missing.
    """
    if len(chain) < 3:
        return []
    points = np.array(chain, dtype=np.float64)
    steps = points[min(_NEIGHBOURS, len(chain) - 1) :] - points[: -min(_NEIGHBOURS, len(chain) - 1)]
    slope = float(np.clip(np.median(steps[:, 1] / steps[:, 0]), 0.5, 2.0))
    off = points[:, 1] - slope * points[:, 0]
    kept = []
    for number, point in enumerate(chain):
        first, last = max(0, number - _NEIGHBOURS), number + _NEIGHBOURS + 1
        typical = float(np.median(off[first:last]))
        spread = float(np.median(np.abs(off[first:last] - typical)))
        if abs(off[number] - typical) <= 4 + 3 * spread:
            kept.append(point)
    return kept
