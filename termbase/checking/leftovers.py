"""Source-language words that a translation has left standing: SSCĐ in English text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from termbase.checking.mentions import Mention, Mentions
from termbase.checking.occurrences import Occurrence
from termbase.checking.protect import joined, touches
from termbase.model import TermMatch

CAPITALS = re.compile(r"(?<![\w-])(?:[A-ZĐÐĂÂÊÔƠƯ]{2,}|[A-ZĐÐĂÂÊÔƠƯ]+[A-Za-zĐđĂÂÊÔƠƯ]*[A-ZĐÐĂÂÊÔƠƯ])(?![\w-])")
"""A word set in capitals, which an abbreviation may be."""

_LEAST_LETTERS = 3
"""A shorter abbreviation without Vietnamese letters may be English: TS, QC."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A source-language term in the target. ``concepts`` are those that it may name."""

    match: TermMatch
    concepts: tuple[int, ...]
    mentioned: tuple[tuple[int, int], ...]
    """Where the source says it too."""
    certain: bool = True


class Leftovers:
    """The leftovers of a pair, found by the mention that they leave open."""

    def __init__(self, items: Sequence[Leftover]) -> None:
        self.items = tuple(items)
        self._by_concept: dict[int, Leftover] = {}
        self._by_place: dict[tuple[int, int], Leftover] = {}
        for item in items:
            for concept in item.concepts:
                self._by_concept.setdefault(concept, item)
            for place in item.mentioned:
                self._by_place.setdefault(place, item)
        self._places = sorted(self._by_place)

    def of(self, mention: Mention) -> Leftover | None:
        """Return what of the mention, or of a term within it, was left untranslated."""
        own = next((self._by_concept[c] for c in mention.concepts if c in self._by_concept), None)
        if own is not None:
            return own
        start, end = mention.match.start, mention.match.end
        for place in self._places[bisect_left(self._places, (start, -1)) :]:
            if place[0] >= end:
                break
            if place[1] <= end:
                return self._by_place[place]
        return None


def leftovers(mentions: Mentions, source: str, target: str, lang: str, found: Sequence[Occurrence]) -> list[Leftover]:
    """Return the abbreviations of the source language that stand in the target and are no term of its own."""
    if lang != "vi" or not CAPITALS.search(target):
        return []
    own = joined((o.start, o.end) for o in found if any(sense.term.status.accepted for sense in o.senses))
    result = []
    said: dict[int, list[tuple[int, int]]] | None = None
    for mention in mentions.find(target, lang):
        match = mention.match
        if not match.term.type.abbreviated or not CAPITALS.search(match.text):
            continue
        if match.text.isascii() and len(match.text) < _LEAST_LETTERS:
            continue
        if touches(own, match.start, match.end) or _is_gloss(match, target):
            continue
        if said is None:
            said = _places(mentions.nested(source, lang))
        mentioned = sorted({place for concept in mention.concepts for place in said.get(concept, ())})
        if mentioned:
            result.append(Leftover(match, mention.concepts, tuple(mentioned), mention.certain))
    return result


def parts_left(mention: Mention, target: str, found: Sequence[Occurrence]) -> Leftover | None:
    """Return a part of an abbreviated mention that stands in the target as it is: *CHQS* of *Bộ CHQS tỉnh*."""
    match = mention.match
    if not match.term.type.abbreviated or " " not in match.text:
        return None
    for part in CAPITALS.findall(match.text):
        place = re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-])", target)
        if place is None or (part.isascii() and len(part) < _LEAST_LETTERS):
            continue
        if not any(o.start < place.end() and place.start() < o.end for o in found):
            span = TermMatch(
                start=place.start(), end=place.end(), text=part, lang=match.lang, concepts=match.concepts,
                terms=match.terms,
            )  # fmt: skip
            return Leftover(span, mention.concepts, ((match.start, match.end),), certain=False)
    return None


def _places(mentions: Sequence[Mention]) -> dict[int, list[tuple[int, int]]]:
    places: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        for concept in mention.concepts:
            places.setdefault(concept, []).append((mention.match.start, mention.match.end))
    return places


def _is_gloss(match: TermMatch, target: str) -> bool:
    """Whether the abbreviation stands alone in brackets behind what it abbreviates: combat readiness (SSCĐ)."""
    before, after = target[max(0, match.start - 8) : match.start], target[match.end : match.end + 8]
    return before.rstrip().endswith("(") and after.lstrip().startswith(")")
