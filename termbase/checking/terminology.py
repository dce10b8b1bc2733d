"""What a pair of segments does with the terms of its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from termbase.checking.background import Background
from termbase.checking.leftovers import Leftover, Leftovers, leftovers, parts_left
from termbase.checking.lenient import (
    Words,
    coordinated,
    half_there,
    head_alone,
    heads_there,
    related,
    same_level,
    turned_round,
)
from termbase.checking.listed import named_by
from termbase.checking.matching import Candidate, best_matching
from termbase.checking.mentions import Mention, Mentions
from termbase.checking.nested import answered_within, surplus
from termbase.checking.occurrences import Occurrence, Occurrences, Sense, around
from termbase.checking.protect import has_markup, joined, protected, touches
from termbase.model import Concept, PartOfSpeech, Term

ACCEPTED, REJECTED = 10_000, 100
_OFFERED = 60
"""Occurrences of a concept that a mention may choose from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A mention with the words of the target that answer it, if any, and the readings of those words."""

    mention: Mention
    found: Occurrence | None = None
    senses: tuple[Sense, ...] = ()
    lenient: tuple[int, int] | None = None
    leftover: Leftover | None = None
    surplus: bool = False
    """Whether this is one more wrong rendering of a mention that is answered already, and no mention of its own."""

    @property
    def open(self) -> bool:
        """Whether nothing of the target answers the mention."""
        return self.found is None and self.leftover is None and self.lenient is None


class Terminology:
    """Judges pairs by a fixed set of concepts; compiled once, shared by threads."""

    def __init__(self, concepts: Sequence[Concept], mentions: Mentions, langs: tuple[str, str]) -> None:
        self.concepts = concepts
        self.mentions = mentions
        self.source_lang, self.target_lang = langs
        self.occurrences = Occurrences(concepts, self.target_lang)

    def answers(self, source: str, target: str) -> list[Answer]:
        """Return each mention of the source with what answers it in the target."""
        mentions = self.mentions.find(source, self.source_lang)
        if not mentions:
            return []
        found = self.found(target)
        mentions = _opened(mentions, found)
        left = Leftovers(leftovers(self.mentions, source, target, self.source_lang, found))
        candidates = _Candidates(mentions, found)
        chosen = best_matching(candidates.all)
        answers = []
        for place, mention in enumerate(mentions):
            if place in chosen:
                candidate = chosen[place]
                occurrence, senses = candidates.meaning[place, candidate.start, candidate.end]
                answers.append(Answer(mention, occurrence, senses))
            else:
                answers.append(Answer(mention, leftover=left.of(mention)))
        answers = answered_within(answers, found, lambda: self.mentions.nested(source, self.source_lang))
        answers = [self._with_parts_left(answer, target, found) for answer in answers]
        answers = self._within_longer(_named_together(answers, target), source, target)
        answers = self._leniently(answers, target, found)
        return [*answers, *surplus(answers, found, left.items)]

    def found(self, target: str) -> list[Occurrence]:
        """Return the occurrences of all terms in a target, but not in its addresses, tags and code."""
        found = self.occurrences.find(target)
        if found and has_markup(target):
            kept = protected(target)
            found = [o for o in found if not touches(kept, o.start, o.end)]
        return found

    def _with_parts_left(self, answer: Answer, target: str, found: Sequence[Occurrence]) -> Answer:
        if not answer.open or self.source_lang != "vi":
            return answer
        return replace(answer, leftover=parts_left(answer.mention, target, found))

    def _within_longer(self, answers: list[Answer], source: str, target: str) -> list[Answer]:
        """Withdraw open mentions of the user's own terms that are a part of a longer word, rendered as such.

        Where the longer word has taken the rendering of a mention that is open, the two change places.
        """
        wanted = {a.mention.concepts for a in answers if a.open and self._own(a.mention)}
        if not wanted:
            return answers
        longer = Background(source, target, (self.source_lang, self.target_lang))
        result = list(answers)
        freed: dict[tuple[int, ...], list[Answer]] = {}
        own = {
            concepts: joined(
                (a.found.start, a.found.end) for a in answers if a.found and a.mention.concepts == concepts
            )
            for concepts in wanted
        }
        for place, answer in enumerate(answers):
            if answer.mention.concepts in wanted and answer.leftover is None and answer.lenient is None:
                stretch = longer.rendered(answer.mention.match, own[answer.mention.concepts])
                if stretch:
                    result[place] = Answer(answer.mention, lenient=stretch)
                    freed.setdefault(answer.mention.concepts, []).extend([answer] if answer.found else [])
        for place, answer in enumerate(result):
            waiting = freed.get(answer.mention.concepts)
            if waiting and answer.open:
                other = waiting.pop(0)
                result[place] = replace(answer, found=other.found, senses=other.senses)
        return result

    def _own(self, mention: Mention) -> bool:
        return not self.mentions.is_reference(self.concepts[mention.concepts[0]])

    def _leniently(self, answers: list[Answer], target: str, found: Sequence[Occurrence]) -> list[Answer]:
        if not any(answer.open for answer in answers) or self.target_lang != "en":
            return answers
        taken = [(a.found.start, a.found.end) for a in answers if a.found]
        words = Words(target, [*taken, *(protected(target) if has_markup(target) else ())])
        shared = _Shared(answers, found)
        result: list[Answer] = []
        for answer in answers:
            if answer.open:
                stretch = shared.of(answer.mention) or self._stretch(answer.mention, words)
                if stretch:
                    answer = replace(answer, lenient=stretch)
                    words.take(*stretch)
            result.append(answer)
        return result

    def _stretch(self, mention: Mention, words: Words) -> tuple[int, int] | None:
        for term in self._accepted(mention.concepts):
            free = not mention.strict or term.part_of_speech is PartOfSpeech.VERB
            family = related if free else same_level
            for look in (coordinated, turned_round):
                stretch = look(term.text, words, family)
                if stretch:
                    return stretch
        if mention.strict:
            return None
        terms = [term.text for term in self._accepted(mention.concepts)]
        proper = mention.match.term.part_of_speech is PartOfSpeech.PROPER_NOUN
        # Where the glossary knows wrong renderings, half of the right one is not enough.
        known_wrong = any(self.concepts[concept].rejected(self.target_lang) for concept in mention.concepts)
        there = half_there(heads_there(terms, words) if proper else terms, words, 0.6 if known_wrong else 0.5)
        return there if there or proper else head_alone(terms, words)

    def _accepted(self, concepts: Iterable[int]) -> Iterator[Term]:
        for index in concepts:
            yield from self.concepts[index].accepted(self.target_lang)

    def expected(self, concepts: Iterable[int]) -> tuple[str, ...]:
        """Return the accepted renderings of concepts, preferred first."""
        return tuple(dict.fromkeys(term.text for term in self._accepted(concepts)))


def _opened(mentions: list[Mention], found: Sequence[Occurrence]) -> list[Mention]:
    """Return the mentions, the user's own ones in the place of a shipped one around them that is not rendered."""
    if not any(mention.inner for mention in mentions):
        return mentions
    rendered = {sense.concept for occurrence in found for sense in occurrence.senses}
    opened: list[Mention] = []
    for mention in mentions:
        opened += mention.inner if mention.inner and rendered.isdisjoint(mention.concepts) else [mention]
    return opened


def _named_together(answers: list[Answer], target: str) -> list[Answer]:
    """Let a plural with a list answer as many mentions as it names: *Battalions 4 and 5*."""
    spare: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    open_ones = {a.mention.concepts for a in answers if a.open}
    for answer in answers:
        if answer.found and answer.mention.concepts in open_ones and answer.senses[0].term.status.accepted:
            count = named_by(answer.found, answer.senses, target) - 1
            place = (answer.found.start, answer.found.end)
            spare.setdefault(answer.mention.concepts, []).extend([place] * count)
    result = []
    for answer in answers:
        waiting = spare.get(answer.mention.concepts)
        if waiting and answer.open:
            answer = replace(answer, lenient=waiting.pop(0))
        result.append(answer)
    return result


class _Shared:
    """Renderings of shipped concepts within the words that answer another mention.

    The shipped glossaries list phrases and their parts: *crimes and law violations* says both.
    """

    def __init__(self, answers: Sequence[Answer], found: Sequence[Occurrence]) -> None:
        taken = sorted((a.found.start, a.found.end, a.mention.concepts) for a in answers if a.found)
        self._within: dict[int, list[tuple[Occurrence, tuple[int, ...]]]] = {}
        for occurrence in found:
            place = bisect_right(taken, occurrence.start, key=lambda item: item[0]) - 1
            if place < 0 or taken[place][1] < occurrence.end:
                continue
            for concept in {s.concept for s in occurrence.senses if s.term.status.accepted}:
                self._within.setdefault(concept, []).append((occurrence, taken[place][2]))

    def of(self, mention: Mention) -> tuple[int, int] | None:
        """Return the rendering that another mention's answer holds, if the glossary is no strict one."""
        if mention.strict:
            return None
        offers = (offer for concept in mention.concepts for offer in self._within.get(concept, ()))
        first = min((o for o, owner in offers if owner != mention.concepts), key=_span, default=None)
        return (first.start, first.end) if first else None


def _span(occurrence: Occurrence) -> tuple[int, int]:
    return occurrence.start, -occurrence.end


class _Candidates:
    """The spans that may answer each mention, accepted or rejected."""

    def __init__(self, mentions: Sequence[Mention], found: Sequence[Occurrence]) -> None:
        self.all: list[Candidate] = []
        self.meaning: dict[tuple[int, int, int], tuple[Occurrence, tuple[Sense, ...]]] = {}
        asked = {concept for mention in mentions for concept in mention.concepts}
        by_concept: dict[int, list[Occurrence]] = {}
        for occurrence in found:
            for concept in asked.intersection([sense.concept for sense in occurrence.senses]):
                by_concept.setdefault(concept, []).append(occurrence)
        offers: dict[tuple[int, ...], list[_Offer]] = {}
        for place, mention in enumerate(mentions):
            offered = offers.get(mention.concepts)
            if offered is None:
                own = dict.fromkeys(o for concept in mention.concepts for o in by_concept.get(concept, ()))
                made = (_offer(occurrence, mention, found, asked) for occurrence in own)
                offered = offers[mention.concepts] = [offer for offer in made if offer]
            if len(offered) > _OFFERED:
                offered = _near(offered, place / len(mentions))
            for occurrence, senses, weight in offered:
                self.all.append(Candidate(place, occurrence.start, occurrence.end, weight))
                self.meaning[place, occurrence.start, occurrence.end] = (occurrence, senses)


class _Offer(NamedTuple):
    """An occurrence that may answer a mention, what it means there, and how good an answer it is."""

    occurrence: Occurrence
    senses: tuple[Sense, ...]
    weight: int


def _offer(occurrence: Occurrence, mention: Mention, found: Sequence[Occurrence], asked: set[int]) -> _Offer | None:
    senses = tuple([sense for sense in occurrence.senses if sense.concept in mention.concepts])
    accepted = tuple([sense for sense in senses if sense.term.status.accepted])
    length = occurrence.end - occurrence.start
    if accepted:
        hidden = _hidden(occurrence, mention, found, asked)
        return None if hidden else _Offer(occurrence, accepted, ACCEPTED + length)
    return None if _shielded(occurrence, found) else _Offer(occurrence, senses, REJECTED + length)


def _near(offered: Sequence[_Offer], share: float) -> list[_Offer]:
    """Return the occurrences about as far into a long text as the mention is, so that the work stays linear."""
    middle = int(share * len(offered))
    first = max(0, min(middle - _OFFERED // 2, len(offered) - _OFFERED))
    return list(offered[first : first + _OFFERED])


def _hidden(occurrence: Occurrence, mention: Mention, found: Sequence[Occurrence], asked: set[int]) -> bool:
    """Whether an accepted rendering is only a part of longer words that mean something else.

    Inside a rejected rendering of a mentioned concept it never counts; inside an accepted one of a
    concept that the source does not mention it counts only where the glossary is not strict.
    """
    for other in around(found, occurrence):
        if not occurrence.inside(other):
            continue
        own = [sense.term.status for sense in other.senses if sense.concept in mention.concepts]
        if own:
            if all(status.rejected for status in own):
                return True
            continue
        statuses = [sense.term.status for sense in other.senses]
        mentioned = any(sense.concept in asked for sense in other.senses)
        if mentioned and all(status.rejected for status in statuses):
            return True
        if mention.strict and not mentioned and any(status.accepted for status in statuses):
            return True
    return False


def _shielded(occurrence: Occurrence, found: Sequence[Occurrence]) -> bool:
    """Whether the words stand inside a longer accepted term of whatever concept."""
    return any(
        occurrence.inside(other) and any(s.term.status.accepted for s in other.senses)
        for other in around(found, occurrence)
    )
