"""Fragments: stored segments that stand whole inside a longer one, each with its own translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.fuzzy.keys import Surface
from tm.model import TranslationUnit

LEAST_TOKENS = 2
LONGEST_TOKENS = 40
"""Most tokens of a fragment that is looked for."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stored segment inside the query: ``query[start:end]`` is ``text``; ``units`` hold it as a whole."""

    start: int
    end: int
    text: str
    units: tuple[TranslationUnit, ...]


def spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens that can be fragments of ``count`` tokens, the longest first.

    >>> list(spans(3))
    [(0, 2), (1, 3)]
    """
    for width in range(min(LONGEST_TOKENS, count - 1), LEAST_TOKENS - 1, -1):
        for start in range(count - width + 1):
            yield start, start + width


def longest(
    text: str, tokens: Sequence[Surface], found: Sequence[tuple[int, int, tuple[TranslationUnit, ...]]]
) -> list[Fragment]:
    """Return the fragments that no longer one covers, in the order of the text.

    ``found`` are runs of tokens with their units. Runs that overlap without one holding the other both stay.
    """
    kept: list[tuple[int, int, tuple[TranslationUnit, ...]]] = []
    for start, end, units in sorted(found, key=lambda item: item[0] - item[1]):
        if not any(s <= start and end <= e for s, e, _ in kept):
            kept.append((start, end, units))
    fragments = []
    for start, end, units in sorted(kept, key=lambda item: item[:2]):
        first, last = tokens[start].start, tokens[end - 1].end
        fragments.append(Fragment(first, last, text[first:last], units))
    return fragments
