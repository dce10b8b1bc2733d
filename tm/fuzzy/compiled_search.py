"""Searching the arrays by compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tm.fuzzy.compiled import Asked, Table, find
from tm.fuzzy.query import Query

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.fuzzy.array_build import Layout

_NONE = np.empty(0, dtype=np.int64)
_PORTION = 100_000


def folds(layout: Layout) -> NDArray[np.uint64]:
    """Return the signature of the owner of each posting, its halves laid over each other.

    They stand in the order in which a list is read: most segments are told apart by them without a look at
    their signatures, which lie scattered.
    """
    folded, owners = np.bitwise_or(layout.signatures[:, 0], layout.signatures[:, 1]), layout.postings.owners
    found = np.empty(len(owners), dtype=np.uint64)
    for start in range(0, len(owners), _PORTION):  # numpy makes numbers of 64 bits of the owners
        found[start : start + _PORTION] = folded.take(owners[start : start + _PORTION])
    return found


class CompiledSearch:
    """The search of :class:`~tm.fuzzy.arrays.ArrayIndex` by numba; one object a thread."""

    def __init__(self, layout: Layout) -> None:
        stamp = np.zeros(len(layout.lengths), dtype=np.int64)
        slot = np.zeros(len(layout.weights), dtype=np.int32)
        arrays = layout._asdict() | layout.postings._asdict()
        del arrays["postings"]
        self._table = Table(**arrays, folds=folds(layout), stamp=stamp, slot=slot)
        self._number = 0

    def near(
        self, query: Query, window: tuple[int, int, int], others: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[int]]:
        """Return the segments within the distance that the cutoff allows, and the distance of each."""
        self._number += 1
        tokens = np.array(query.tokens, dtype=np.int64)
        more = np.array(others, dtype=np.int64) if others else _NONE
        found, steps = find(self._table, Asked(tokens, more, query.percent, *window, self._number))
        return found.tolist(), steps.tolist()
