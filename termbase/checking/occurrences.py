"""Where the names of concepts stand in a target text, in any inflected form, with the feature of each.

The recogniser answers what a reader takes a text to mean: one longest term at each place. A check asks
another question, whether a given rendering is there at all, so every whole-word occurrence counts here,
nested and overlapping ones too, and capitals are judged afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termbase.automaton import Automaton
from termbase.edges import JOINTS, blocked
from termbase.model import Concept, Term
from termbase.surface import keeps_capitals
from termbase.text.keys import match_key
from termbase.text.normalize import normalize_mapped, normalize_term


class Sense(NamedTuple):
    """What a form stands for: a term of a concept (by index), and the grammatical feature it shows."""

    concept: int
    term: Term
    form: str
    feature: str


class Occurrence(NamedTuple):
    """A form of a term in the caller's text, ``text[start:end]``."""

    start: int
    end: int
    surface: str
    senses: tuple[Sense, ...]

    def inside(self, other: Occurrence) -> bool:
        """Whether this lies within ``other`` and is shorter."""
        return other.start <= self.start and self.end <= other.end and self.end - self.start < other.end - other.start


_REACH = 240
"""Characters before a stretch within which a longer term that holds it must begin."""


def around(found: Sequence[Occurrence], occurrence: Occurrence) -> Sequence[Occurrence]:
    """Return those of ``found``, sorted by start, that may meet an occurrence."""
    first = bisect_left(found, occurrence.start - _REACH, key=_start)
    return found[first : bisect_right(found, occurrence.end, key=_start)]


def _start(occurrence: Occurrence) -> int:
    return occurrence.start


class Occurrences:
    """All forms of all terms of one language, compiled for search.

    >>> concept = Concept(id="chi-bo", terms=(Term(text="Party cell", lang="en"),))
    >>> [(o.surface, o.senses[0].feature) for o in Occurrences([concept], "en").find("All Party  cells met.")]
    [('Party  cells', 'plural')]
    """

    def __init__(self, concepts: Sequence[Concept], lang: str) -> None:
        named = [(place, term) for place, concept in enumerate(concepts) for term in concept.terms if term.lang == lang]
        texts = [normalize_term(term.text) for _, term in named]
        senses = [
            Sense(place, term, form, feature)
            for (place, term), text in zip(named, texts, strict=True)
            for form, feature in term_forms(term, text)
        ]
        found: dict[str, list[Sense]] = {}
        for sense in senses:
            found.setdefault(_pattern(_searchable(sense.form)[0], lang).strip(_AROUND), []).append(sense)
        found.pop("", None)
        self._lang = lang
        self._senses = [_distinct(group) for group in found.values()]
        self._abbreviated = [any(s.term.type.abbreviated for s in group) for group in self._senses]
        self._automaton = Automaton(list(found))

    def find(self, text: str) -> list[Occurrence]:
        """Return every occurrence in ``text``, by start, the longer first; spans are into ``text`` as it is."""
        mapped = normalize_mapped(text)
        key, places = _searchable(mapped.text)
        # With a space behind it the last character has a neighbour, and the first has it too, at -1.
        open_key = key + " "
        hits = []
        for pattern, start, end in self._automaton.find(_pattern(key, self._lang)):
            left, right = open_key[start - 1], open_key[end]
            if left.isalnum() or right.isalnum():
                continue
            if (left in JOINTS or right in JOINTS or right >= "\u0300") and blocked(open_key, start, end, self._lang):
                continue
            if places:
                start, end = places[start], places[end - 1] + 1
                if _unbalanced(mapped.text[start:end]):
                    continue
            if mapped.starts is not None:
                start, end = mapped.to_source(start, end)
            hits.append((start, -end, pattern))
        return [self._occurrence(text, start, -end, pattern) for start, end, pattern in sorted(hits)]

    def _occurrence(self, text: str, start: int, end: int, pattern: int) -> Occurrence:
        surface = text[start:end]
        senses = self._senses[pattern]
        if not self._abbreviated[pattern]:
            return Occurrence(start, end, surface, senses)
        kept = tuple([sense for sense in senses if not sense.term.type.abbreviated or _abbreviation(sense, surface)])
        return Occurrence(start, end, surface, kept)


_AROUND = ' "()[]{}'
_GAP = re.compile(r"[ \t\r\n\"()\[\]{}]{2,}")


def _searchable(normal: str) -> tuple[str, list[int]]:
    """Return the match key with each gap made one space, and where each of its characters stands in ``normal``.

    A gap is white space with the quotes and brackets beside it; a blank line stays a border. The list is
    empty where nothing had to be moved.
    """
    key = match_key(normal)
    gaps = [gap.span() for gap in _GAP.finditer(key) if not gap.group().strip(" \t\r\n") or " " in gap.group()]
    if not gaps:
        return key.replace("\t", " ").replace("\r", " "), []
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in gaps:
        pieces += (key[at:start], "\v" if normal.count("\n", start, end) > 1 else " ")
        places += (*range(at, start), start)
        at = end
    pieces.append(key[at:])
    places += range(at, len(key))
    return "".join(pieces).replace("\t", " ").replace("\r", " "), places


def _pattern(key: str, lang: str) -> str:
    """Return a searchable text as it is searched: an English hyphen may be a space, and a space a hyphen."""
    return key.replace("-", " ") if lang == "en" else key


def _unbalanced(surface: str) -> bool:
    """Whether a bracket or quote is opened or closed in the surface but not both."""
    return any(surface.count(left) != surface.count(right) for left, right in ("()", "[]", "{}", "“”", "«»"))


def _abbreviation(sense: Sense, surface: str) -> bool:
    """Whether the surface has the capitals of an abbreviation: "it" is not IT, "us" not US."""
    return keeps_capitals(sense.form, surface)


def _distinct(senses: list[Sense]) -> tuple[Sense, ...]:
    """Keep one sense for a term and feature: the first, which has the spelling nearest to the term."""
    return tuple({(sense.concept, sense.term, sense.feature): sense for sense in reversed(senses)}.values())[::-1]


def term_forms(term: Term, text: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a term and the feature of each; a possessive ending is no part of a form.

    >>> from termbase.model import PartOfSpeech
    >>> list(term_forms(Term(text="army", lang="en", part_of_speech=PartOfSpeech.NOUN), "army"))
    [('army', 'base'), ('armies', 'plural')]
    """
    from termbase.variants import abbreviation_forms, running_forms

    if term.lang != "en":
        for form in running_forms(text, term.lang, abbreviated=term.type.abbreviated):
            yield form, "base"
        return
    if term.type.abbreviated:
        yield text, "base"
        for form in abbreviation_forms(text, "en"):
            yield form, "base"
        yield f"{text}s", "plural"
        return
    yield from _english(term, text)


def _english(term: Term, text: str) -> Iterator[tuple[str, str]]:
    from termbase.text.english import forms, spellings

    parts: tuple[str, ...] = (term.part_of_speech.value,) if term.part_of_speech else ("noun", "verb")
    for spelling in spellings(text):
        for part in parts:
            for form in forms(spelling, part, term.number):
                if "possessive" not in form.feature:
                    yield form.text, form.feature
                    other = _other_numeral(form.text)
                    if other:
                        yield other, form.feature


_NUMERALS = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}  # fmt: skip
_OTHER = {**_NUMERALS, **{digit: word for word, digit in _NUMERALS.items()}}
_LEADING = re.compile(r"(\w+)(?=[- ]\S)")


def _other_numeral(text: str) -> str:
    """Return ``text`` with its leading numeral in digits instead of a word, or the other way; ``""`` without one."""
    lead = _LEADING.match(text)
    other = _OTHER.get(lead.group(1).lower()) if lead else None
    return other + text[lead.end() :] if lead and other else ""
