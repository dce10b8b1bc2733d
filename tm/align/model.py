"""What the parts of the aligner hand to each other, and what a caller may choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from tm.align.lexicon import Lexicon, shipped_lexicon
from tm.align.sides import Ints
from tm.model import Bead

Similarity = Callable[[Sequence[str], Sequence[str]], Any]
"""Gives a matrix: how alike each Vietnamese (rows) and each English text is; NaN where it has no opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """How to align.

    ``lexicon`` is the word list, the shipped one by default. ``numbers`` off leaves equal numbers out of
    the evidence. ``pairs`` are word pairs learnt elsewhere (:func:`tm.align.learn.learn_words`), such as
    from a memory, with weights from 0 to 1. ``fixed`` are beads that stay as they are; the rest is aligned
    between them and learns from them. ``similarity`` adds the opinion of an embedding model; it is called
    with parts of both documents, more than once for the same segment. ``progress`` is called with the
    share of the work done, 0 to 1. ``repair`` looks for passages that stand elsewhere on the other side.
    ``residue`` leaves alone what a web page added to the article (:mod:`tm.align.residue`).
    """

    lexicon: Lexicon = field(default_factory=shipped_lexicon)
    numbers: bool = True
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)
    fixed: Sequence[Bead] = ()
    similarity: Similarity | None = None
    progress: Callable[[float], None] | None = None
    repair: bool = True
    residue: bool = True


class Step(NamedTuple):
    """A bead of a path: first sentences, their numbers, likelihood, and log-odds of its evidence."""

    i: int
    j: int
    vi: int
    en: int
    chance: float
    evidence: float = 0.0
    fixed: bool = False

    @property
    def paired(self) -> bool:
        """Whether both sides have a sentence."""
        return bool(self.vi and self.en)

    def moved(self, rows: int, columns: int) -> Step:
        """Return the step as part of a longer document."""
        return self._replace(i=self.i + rows, j=self.j + columns)


class Block(NamedTuple):
    """A part of both documents that is aligned on its own."""

    vi: range
    en: range


def owners_of(steps: Sequence[Step], shape: tuple[int, int]) -> tuple[Ints, Ints]:
    """Return the number of the step for each sentence of either side, -1 where there is none."""
    found = np.full(shape[0], -1, np.int64), np.full(shape[1], -1, np.int64)
    for number, step in enumerate(steps):
        found[0][step.i : step.i + step.vi] = number
        found[1][step.j : step.j + step.en] = number
    return found
