"""Beads that a person has fixed: the monotone ones hold the path, the others are set aside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from termbase.errors import UsageError
from tm.align.model import Step
from tm.model import Bead

_ALONE = 0.99
"""Confidence of residue that it has no partner."""


@dataclass(frozen=True, slots=True)
class Held:
    """``free`` are the sentences that the path runs over; ``steps`` of it are fixed; ``aside`` is left out.

    A fixed bead is set aside when it crosses others, has an empty side, or leaves a sentence out within.
    """

    steps: tuple[Step, ...]
    free: tuple[tuple[int, ...], tuple[int, ...]]
    aside: tuple[Bead, ...]

    @classmethod
    def of(
        cls, fixed: Sequence[Bead], shape: tuple[int, int], residue: tuple[AbstractSet[int], AbstractSet[int]]
    ) -> Held:
        """Sort fixed beads for documents of ``shape`` sentences; ``residue`` stays alone unless it is in one.

        Raises :class:`~termbase.errors.UsageError` when a sentence is in two beads or is not there.
        """
        _refuse_double(fixed, shape)
        solid = [bead for bead in fixed if bead.vi and bead.en and _unbroken(bead.vi) and _unbroken(bead.en)]
        chain = _rising(sorted(solid, key=lambda bead: bead.vi))
        kept = set(map(id, chain))
        aside = [replace(bead, score=1.0, confirmed=True) for bead in fixed if id(bead) not in kept]
        named = {i for bead in fixed for i in bead.vi}, {j for bead in fixed for j in bead.en}
        aside += [Bead((i,), (), _ALONE) for i in sorted(residue[0] - named[0])]
        aside += [Bead((), (j,), _ALONE) for j in sorted(residue[1] - named[1])]
        gone = {i for bead in aside for i in bead.vi}, {j for bead in aside for j in bead.en}
        vi, en = (tuple(k for k in range(size) if k not in out) for size, out in zip(shape, gone, strict=True))
        place = {i: k for k, i in enumerate(vi)}, {j: k for k, j in enumerate(en)}
        steps = [Step(place[0][b.vi[0]], place[1][b.en[0]], len(b.vi), len(b.en), 1.0, 0.0, True) for b in chain]
        return cls(tuple(steps), (vi, en), tuple(aside))

    def together(self, steps: Sequence[Step]) -> tuple[Bead, ...]:
        """Return the beads of a path and those set aside, these before the first bead that comes later."""
        beads = [self._bead(step) for step in steps]
        if not self.aside:
            return tuple(beads)
        first = _latest([bead.vi for bead in beads]), _latest([bead.en for bead in beads])
        placed = [
            (bisect_left(first[0], b.vi[0]) if b.vi else bisect_left(first[1], b.en[0]), b.vi, b.en, b)
            for b in self.aside
        ]
        result: list[Bead] = []
        done = 0
        for place, _, _, bead in sorted(placed, key=lambda item: (item[0], not item[1], *item[1:3])):
            result += beads[done:place]
            result.append(bead)
            done = max(done, place)
        return tuple(result + beads[done:])

    def _bead(self, step: Step) -> Bead:
        vi = self.free[0][step.i : step.i + step.vi]
        en = self.free[1][step.j : step.j + step.en]
        return Bead(vi, en, round(min(max(step.chance, 0.0), 1.0), 4), step.fixed)


def _latest(sides: Sequence[tuple[int, ...]]) -> list[int]:
    """Return for each bead the last sentence of the side that it or one before it has."""
    found, last = [], -1
    for side in sides:
        last = max(last, *side) if side else last
        found.append(last)
    return found


def _refuse_double(fixed: Sequence[Bead], shape: tuple[int, int]) -> None:
    for name, size in (("vi", shape[0]), ("en", shape[1])):
        seen: set[int] = set()
        for bead in fixed:
            for index in getattr(bead, name):
                if index in seen or not 0 <= index < size:
                    fault = "stands in two fixed beads" if index in seen else f"is not among {size}"
                    raise UsageError(f"{name} segment {index} {fault}")
                seen.add(index)


def _unbroken(indexes: tuple[int, ...]) -> bool:
    return indexes == tuple(range(indexes[0], indexes[0] + len(indexes)))


def _rising(beads: Sequence[Bead]) -> list[Bead]:
    """Return the longest sequence of beads that rises on the English side too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, bead in enumerate(beads):
        place = bisect_left(ends, bead.en[0])
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(bead.en[0])
            last.append(number)
        else:
            ends[place], last[place] = bead.en[0], number
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(beads[number])
        number = before[number]
    return chain[::-1]
