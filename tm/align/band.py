"""The band of nodes in which the path is looked for, stored flat: row after row, each of its own width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tm.align.sides import Ints, expand

_FAR = 1 << 60


@dataclass(frozen=True)
class Band:
    """Nodes ``(i, j)`` with ``low[i] <= j < high[i]``; node (i, j) stands before sentences i and j.

    ``low`` and ``high`` never fall from one row to the next. There is a row for each Vietnamese
    sentence and one behind the last; (0, 0) and the last node are in the band.
    """

    low: Ints
    high: Ints

    @cached_property
    def offsets(self) -> Ints:
        """Where each row begins in flat storage; one more for the end."""
        return np.concatenate(([0], np.cumsum(self.high - self.low)))

    @cached_property
    def rows(self) -> Ints:
        """The row of each node."""
        return np.repeat(np.arange(len(self.low)), self.high - self.low)

    @cached_property
    def columns(self) -> Ints:
        """The column of each node."""
        return expand(self.low, self.high - self.low)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return int(self.offsets[-1])

    def blocks(self, nodes: int = 1 << 15) -> list[tuple[int, int]]:
        """Return ranges of rows with about so many nodes each, so that work on them needs little memory.

        >>> full_band(3, 3).blocks(8)
        [(0, 2), (2, 4)]
        """
        goals = np.arange(nodes, self.size, nodes)
        cuts = np.unique(np.searchsorted(self.offsets, goals)).tolist()
        edges = [0, *(cut for cut in cuts if 0 < cut < len(self.low)), len(self.low)]
        return list(pairwise(edges))

    def shifted(
        self, rows: int, columns: int, part: tuple[int, int] | None = None
    ) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return the place of node (i + rows, j + columns) for each node, and whether it is in the band.

        ``part`` limits this to the nodes of some rows.
        """
        first, last = part or (0, len(self.low))
        row = np.arange(first, last) + rows
        there = (row >= 0) & (row < len(self.low))
        row = np.clip(row, 0, len(self.low) - 1)
        nodes = slice(int(self.offsets[first]), int(self.offsets[last]))
        near = self.rows[nodes] - first
        column = self.columns[nodes] + columns
        inside = (column >= np.where(there, self.low[row], _FAR)[near]) & (column < self.high[row][near])
        place = column + (self.offsets[row] - self.low[row])[near]
        return np.where(inside, place, 0), inside


def full_band(rows: int, columns: int) -> Band:
    """Return the band of all nodes of a document of ``rows`` and one of ``columns`` sentences.

    >>> full_band(2, 3).size
    12
    """
    return Band(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))


def band_around(points: Sequence[tuple[int, int]], shape: tuple[int, int], half: int | Ints) -> Band:
    """Return the band within ``half`` rows and columns of the line through ``points``.

    ``points`` are nodes of a path in order; the corners are added to them. ``half`` may differ by row.

    >>> band = band_around([(50, 50)], (100, 100), 5)
    >>> int(band.low[50]), int(band.high[50])
    (39, 62)
    """
    rows, columns = shape
    known = np.array([(0, 0), *points, (rows, columns)], dtype=np.float64)
    at = np.arange(rows + 1)
    low = np.interp(at - half - 1, known[:, 0], known[:, 1]) - half
    high = np.interp(at + half + 1, known[:, 0], known[:, 1]) + half
    low = np.clip(np.floor(low), 0, columns).astype(np.int64)
    high = np.clip(np.ceil(high) + 1, 1, columns + 1).astype(np.int64)
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    low[0], high[-1] = 0, columns + 1
    return Band(low, high)
