"""Fragments: what the memory holds of a query in parts, each with its likely counterpart.

A fragment is either a whole stored segment that stands inside the query, whose translation is its counterpart, or
the longest run of the query's tokens that stands anywhere inside stored segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.model import TranslationUnit
from tm.places import PhrasePlace

LEAST_TOKENS = 2
LONGEST_TOKENS = 40
"""Most tokens of a whole segment that is looked for."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of the query, ``query[start:end]`` is ``text``, that ``count`` units of the memory hold.

    ``whole`` tells that it is a whole stored segment. ``places`` show it in some of the units, the best first:
    a person's, then confirmed ones, then the newest.
    """

    start: int
    end: int
    text: str
    places: tuple[PhrasePlace, ...]
    count: int
    whole: bool

    @property
    def units(self) -> tuple[TranslationUnit, ...]:
        """The units of the places."""
        return tuple(place.unit for place in self.places)

    @property
    def counterpart(self) -> PhrasePlace | None:
        """The place with the likely counterpart, ``None`` where none is sure: that of most places, then the surest."""
        held: dict[str, list[PhrasePlace]] = {}
        for place in self.places:
            if place.counterpart:
                held.setdefault(place.rendering.casefold(), []).append(place)
        if not held:
            return None
        return max(held.values(), key=lambda group: (len(group), max(p.confidence for p in group)))[0]


def spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens that can be whole segments inside ``count`` tokens, the longest first.

    >>> list(spans(3))
    [(0, 2), (1, 3)]
    """
    for width in range(min(LONGEST_TOKENS, count - 1), LEAST_TOKENS - 1, -1):
        for start in range(count - width + 1):
            yield start, start + width


def longest(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the runs that no longer one holds, in their order; runs that merely overlap both stay.

    >>> longest([(0, 2), (1, 4), (2, 4)])
    [(0, 2), (1, 4)]
    """
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda run: run[0] - run[1]):
        if not any(first <= start and end <= last for first, last in kept):
            kept.append((start, end))
    return sorted(kept)
