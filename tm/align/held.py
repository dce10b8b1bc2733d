"""Beads that a person has fixed: the monotone ones hold the path, the others are set aside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from termbase.errors import UsageError
from tm.align.model import Step
from tm.model import Bead


@dataclass(frozen=True, slots=True)
class Held:
    """``free`` are the sentences that the path runs over; ``steps`` of it are fixed; ``aside`` is left out.

    A fixed bead is set aside when it crosses others, has an empty side, or leaves a sentence out within.
    """

    steps: tuple[Step, ...]
    free: tuple[tuple[int, ...], tuple[int, ...]]
    aside: tuple[Bead, ...]

    @classmethod
    def of(cls, fixed: Sequence[Bead], shape: tuple[int, int]) -> Held:
        """Sort fixed beads for documents of ``shape`` sentences.

        Raises :class:`~termbase.errors.UsageError` when a sentence is in two beads or is not there.
        """
        _refuse_double(fixed, shape)
        solid = [bead for bead in fixed if bead.vi and bead.en and _unbroken(bead.vi) and _unbroken(bead.en)]
        chain = _rising(sorted(solid, key=lambda bead: bead.vi))
        kept = set(map(id, chain))
        aside = tuple(bead for bead in fixed if id(bead) not in kept)
        gone = {i for bead in aside for i in bead.vi}, {j for bead in aside for j in bead.en}
        free = (
            tuple(i for i in range(shape[0]) if i not in gone[0]),
            tuple(j for j in range(shape[1]) if j not in gone[1]),
        )
        place = {i: k for k, i in enumerate(free[0])}, {j: k for k, j in enumerate(free[1])}
        steps = [Step(place[0][b.vi[0]], place[1][b.en[0]], len(b.vi), len(b.en), 1.0, 0.0, True) for b in chain]
        return cls(tuple(steps), free, aside)

    def together(self, steps: Sequence[Step]) -> tuple[Bead, ...]:
        """Return the beads of a path and those set aside, in the order of the Vietnamese text."""
        beads = [self._bead(step) for step in steps]
        if not self.aside:
            return tuple(beads)
        set_aside = sorted(self.aside, key=lambda bead: (bead.vi[:1] or (-1,), bead.en))
        starts = [bead.vi[0] for bead in beads if bead.vi]
        for bead in reversed(set_aside):
            if bead.vi:
                number = bisect_left(starts, bead.vi[0])
                where = _position(beads, starts[number]) if number < len(starts) else len(beads)
            else:
                where = next((k for k, other in enumerate(beads) if other.en and other.en[0] > bead.en[0]), len(beads))
            beads.insert(where, replace(bead, score=1.0, confirmed=True))
            starts = [other.vi[0] for other in beads if other.vi]
        return tuple(beads)

    def _bead(self, step: Step) -> Bead:
        vi = self.free[0][step.i : step.i + step.vi]
        en = self.free[1][step.j : step.j + step.en]
        return Bead(vi, en, round(min(max(step.chance, 0.0), 1.0), 4), step.fixed)


def _position(beads: Sequence[Bead], first: int) -> int:
    return next(k for k, bead in enumerate(beads) if bead.vi and bead.vi[0] == first)


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
