"""The mentions of concepts in a source segment that its translation has to answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, TermMatch
from termbase.recognize import Recognizer

_FREE = frozenset({PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE, PartOfSpeech.ADVERB, PartOfSpeech.OTHER})
PASSED_OVER = frozenset({"working-vocabulary", "general"})
"""Subject fields of the shipped glossaries that help a reader but do not bind a translator."""

_CHANCE = 2
"""Syllables up to which a term may arise by chance where two other words meet."""
_BESIDE = 300
"""Characters of a long text on either side of a hit that segmentation reads."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in the source. ``concepts`` are indexes of all concepts that it may name, likeliest first.

    ``binding`` says whether the absence of every known rendering means a fault. Shipped glossaries are
    a broad reference: where they list a verb, an adjective or an everyday word, a professional
    translation is free to put it another way. ``strict`` says that a longer term which merely holds a
    rendering does not answer the mention: so for ranks, and for every glossary the user brought.
    ``certain`` says that it has one meaning: one concept, or several with the same preferred rendering.
    """

    match: TermMatch
    concepts: tuple[int, ...]
    binding: bool
    strict: bool
    certain: bool
    inner: tuple[Mention, ...] = ()
    """Mentions of the user's own terms within this one of a shipped term."""


class Mentions:
    """Finds the mentions of a termbase's concepts in source text."""

    def __init__(self, recognizer: Recognizer, concepts: Sequence[Concept], reference: frozenset[str]) -> None:
        self._recognizer = recognizer
        self._index: Mapping[int, int] = {id(concept): place for place, concept in enumerate(concepts)}
        self._reference = reference
        own = [concept for concept in concepts if not self.is_reference(concept)]
        # Where own and shipped terms are mixed, a shipped one must not hide an own one that it crosses.
        self._own = Recognizer(own) if own and len(own) < len(concepts) else None

    def find(self, text: str, lang: str) -> list[Mention]:
        """Return the mentions in ``text``, the longest at each place, in order."""
        found = [self._mention(match) for match in self._recognizer.recognize(text, lang)]
        if self._own is None:
            return found
        own = [self._mention(match) for match in self._own.recognize(text, lang)]
        return _preferring(own, found) if own else found

    def is_reference(self, concept: Concept) -> bool:
        """Whether a concept is of a shipped glossary, which is a reference and no job's own list."""
        return concept.glossary in self._reference

    def nested(self, text: str, lang: str) -> list[Mention]:
        """Return the mentions in ``text`` with the shorter ones inside longer ones."""
        return [self._mention(match) for match in self._recognizer.recognize(text, lang, nested=True)]

    def doubtful(self, text: str, lang: str, start: int, end: int) -> bool:
        """Whether segmentation says that the hit ``text[start:end]`` lies across two other words.

        A hit of three syllables or more is no chance meeting of two words; what segmentation says of it
        is an error more often than not.
        """
        if len(text[start:end].split()) > _CHANCE:
            return False
        first, last = _window(text, start, end)
        matches = self._recognizer.recognize(text[first:last], lang, word_check=True)
        return any(match.doubtful for match in matches if match.start == start - first)

    def _mention(self, match: TermMatch) -> Mention:
        concepts = match.concepts
        if len(concepts) > 1:
            # What the user brought decides over the shipped reference.
            concepts = tuple([c for c in concepts if not self.is_reference(c)]) or concepts
        own = not self.is_reference(concepts[0])
        return Mention(
            match,
            tuple([self._index[id(concept)] for concept in concepts]),
            binding=own or _binding(match),
            strict=own or concepts[0].subject_field == "rank",
            certain=len(concepts) == 1 or _alike(concepts, "en" if match.lang == "vi" else "vi"),
        )


def _preferring(own: Sequence[Mention], found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions found, but an own one in the place of those that it crosses, and within longer ones."""
    crossed: set[int] = set()
    added: list[Mention] = []
    inner: dict[int, list[Mention]] = {}
    starts = [mention.match.start for mention in found]
    for mention in own:
        start, end = mention.match.start, mention.match.end
        place = max(0, bisect_right(starts, start) - 1)
        last = bisect_left(starts, end)
        met = [i for i in range(place, last) if found[i].match.end > start]
        holders = [i for i in met if starts[i] <= start and end <= found[i].match.end]
        if not holders:
            crossed.update(met)
            added.append(mention)
        elif not found[holders[0]].strict:
            inner.setdefault(holders[0], []).append(mention)
    kept = [
        replace(mention, inner=tuple(inner[i])) if i in inner else mention
        for i, mention in enumerate(found)
        if i not in crossed
    ]
    return sorted([*kept, *added], key=lambda mention: mention.match.start)


def _alike(concepts: Sequence[Concept], lang: str) -> bool:
    """Whether concepts have the same preferred rendering: one concept in two glossaries."""
    terms = [concept.preferred(lang) for concept in concepts]
    return len({term.text if term else None for term in terms}) == 1


def _binding(match: TermMatch) -> bool:
    """Whether a mention of a shipped concept has to be rendered by one of its listed terms."""
    concept = match.concept
    if concept.subject_field in PASSED_OVER or match.term.part_of_speech in _FREE:
        return False
    if match.term.type.abbreviated and match.text.isupper():
        return True
    if match.term.status is not AdministrativeStatus.PREFERRED and not _fuller(concept, match):
        return False
    return " " in match.text.strip() and not _everyday(concept, match)


def _fuller(concept: Concept, match: TermMatch) -> bool:
    """Whether the term is the preferred one with more said: *lực lượng dân quân tự vệ*."""
    best = concept.preferred(match.lang)
    return best is not None and " " in best.text and match.term.status.accepted and best.text in match.term.text


def _everyday(concept: Concept, match: TermMatch) -> bool:
    """Whether the English of a concept is one plain word: plan, area, unit."""
    english = concept.preferred("en" if match.lang == "vi" else "vi")
    return english is not None and " " not in english.text and english.text.islower()


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch around a hit that is segmented, cut at spaces: all of the text unless it is long."""
    first, last = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = text.rfind(" ", end, last) if " " in text[end:last] else end
    return first, last
