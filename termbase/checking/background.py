"""Longer words that a short term of the user's own list is a part of: *tham mưu* in *tham mưu trưởng*.

A small glossary does not know the longer word, so each of its syllables would look like the term. The
shipped glossaries know many. Where one of their terms holds the mention and the target renders that term,
in words without a rendering of the short one, the short one was not meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from termbase.checking.occurrences import Occurrences
from termbase.checking.protect import touches
from termbase.model import Concept, TermMatch
from termbase.recognize import Recognizer


@lru_cache(maxsize=1)
def _shipped() -> Recognizer:
    from termbase.bundled import load_bundled

    return Recognizer(load_bundled())


@lru_cache(maxsize=1024)
def _renderings(concept: Concept, lang: str) -> Occurrences:
    return Occurrences([concept], lang)


class Background:
    """The shipped terms of one source, and where the target renders them."""

    def __init__(self, source: str, target: str, langs: tuple[str, str]) -> None:
        self._matches = _shipped().recognize(source, langs[0])
        self._starts = [longer.start for longer in self._matches]
        self._target = target
        self._lang = langs[1]
        self._found: dict[str, list[tuple[int, int]]] = {}

    def rendered(self, match: TermMatch, own: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        """Return where the target renders a longer term around ``match``.

        ``own`` are the places of renderings of the short one, in order and apart.
        """
        place = bisect_right(self._starts, match.start) - 1
        longer = self._matches[place] if place >= 0 else None
        if longer is None or longer.end < match.end or len(longer.text) <= len(match.text):
            return None
        places = (place for concept in longer.concepts for place in self._places(concept))
        return next((place for place in places if not touches(own, *place)), None)

    def _places(self, concept: Concept) -> list[tuple[int, int]]:
        known = self._found.get(concept.id)
        if known is None:
            found = _renderings(concept, self._lang).find(self._target)
            known = [(o.start, o.end) for o in found if any(s.term.status.accepted for s in o.senses)]
            self._found[concept.id] = known
        return known
