"""The opinion of an embedding model as one more term of the bead scores.

A similarity counts by how far it stands above what its row and its column have elsewhere (the margin of
Artetxe and Schwenk 2019), so that any scale of cosines will do. No opinion (NaN) counts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from termbase.errors import UsageError
from tm.align.band import Band
from tm.align.cells import SHAPES
from tm.align.model import Block, Similarity

_ROWS = 128
_NEAREST = 4
_WEIGHT = 2.0
_MOST = 6.0
_DOUBT = 2.0
"""Taken off, so that a pair like any other speaks against itself."""

Opinion = npt.NDArray[np.float32]


class SimilarityBlock:
    """The similarities of one part of the documents."""

    def __init__(self, similarity: Similarity, texts: tuple[Sequence[str], Sequence[str]], part: Block) -> None:
        self.similarity = similarity
        self.vi = texts[0][part.vi.start : part.vi.stop]
        self.en = texts[1][part.en.start : part.en.stop]

    def add_to(self, scores: Opinion, band: Band) -> None:
        """Add the opinion to all beads that have both sides."""
        cells = self._cells(band)
        for place, (a, b) in enumerate(SHAPES):
            if a and b:
                scores[place] += _joined(band, cells, a, b)

    def _cells(self, band: Band) -> Opinion:
        """Return the log-odds of each node's two sentences, 0 where there is no opinion."""
        found = np.full(band.size, np.nan, np.float32)
        for start in range(0, len(self.vi), _ROWS):
            stop = min(start + _ROWS, len(self.vi))
            low, high = int(band.low[start]), min(int(band.high[stop - 1]), len(self.en))
            if low < high:
                self._fill(found, band, (start, stop), (low, high))
        return _margins(band, found)

    def _fill(self, found: Opinion, band: Band, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        matrix = np.asarray(self.similarity(self.vi[slice(*rows)], self.en[slice(*columns)]), np.float32)
        expected = rows[1] - rows[0], columns[1] - columns[0]
        if matrix.shape != expected:
            raise UsageError(
                f"similarity gave a matrix of shape {matrix.shape} for {expected[0]} and {expected[1]} texts"
            )
        nodes = np.arange(band.offsets[rows[0]], band.offsets[rows[1]])
        nodes = nodes[band.columns[nodes] < columns[1]]
        found[nodes] = matrix[band.rows[nodes] - rows[0], band.columns[nodes] - columns[0]]


def _margins(band: Band, values: Opinion) -> Opinion:
    known = np.isfinite(values)
    if not known.any():
        return np.zeros(band.size, np.float32)
    spread = max(float(values[known].std()), 1e-6)
    filled = np.where(known, values, -np.inf)
    rows = _typical(filled, band.rows, len(band.low))[band.rows]
    columns = _typical(filled, band.columns, int(band.high[-1]))[band.columns]
    usual = (rows + columns) / 2
    margin = np.clip(_WEIGHT * (values - usual) / spread - _DOUBT, -_MOST, _MOST)
    return np.where(known & np.isfinite(usual), margin, 0.0).astype(np.float32)


def _typical(values: Opinion, groups: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.float64]:
    """Return the mean of the few greatest values of each group, the greatest left out."""
    order = np.lexsort((-values, groups))
    first = np.searchsorted(groups[order], np.arange(count))
    rank = np.arange(len(order)) - first[groups[order]]
    chosen = order[(rank >= 1) & (rank <= _NEAREST)]
    chosen = chosen[np.isfinite(values[chosen])]
    total = np.bincount(groups[chosen], values[chosen], minlength=count)
    number = np.bincount(groups[chosen], minlength=count)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _joined(band: Band, cells: Opinion, a: int, b: int) -> Opinion:
    """Return the opinion about a bead: each sentence's best partner, the mean of both directions."""
    by_row = sum((_best(band, _at(band, cells, row, 0), (0, b)) for row in range(a)), np.zeros(1, np.float32))
    by_column = sum((_best(band, _at(band, cells, 0, column), (a, 0)) for column in range(b)), np.zeros(1, np.float32))
    return np.asarray((by_row + by_column) / 2, np.float32)


def _at(band: Band, cells: Opinion, rows: int, columns: int) -> Opinion:
    place, inside = band.shifted(rows, columns)
    return np.where(inside, cells[place], 0.0).astype(np.float32)


def _best(band: Band, cells: Opinion, size: tuple[int, int]) -> Opinion:
    """Return the greatest of ``size`` neighbouring values along rows or columns."""
    found = cells
    for step in range(1, max(size)):
        found = np.maximum(found, _at(band, cells, step if size[0] else 0, step if size[1] else 0))
    return found
