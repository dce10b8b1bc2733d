"""Counting the renderings of each concept in documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from termbase.check import Checker
from termbase.checking.alone import counts, left_abbreviations
from termbase.checking.lenient import related
from termbase.checking.mentions import PASSED_OVER
from termbase.checking.occurrences import Occurrence, Sense
from termbase.model import AdministrativeStatus, Concept, Term
from termbase.reporting.model import UNTRANSLATED, ConceptReport, Place, Rendering
from termbase.text.english import key

_AROUND = 60
_PLACES = 4


class Mention(NamedTuple):
    """A rendering of a concept in a document."""

    concept: int
    text: str
    status: str
    document: str
    place: Place


@dataclass
class _Count:
    status: str
    by_document: dict[str, int] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)


def lone_mentions(checker: Checker, name: str, text: str) -> Iterator[Mention]:
    """Yield the renderings in a text without source: the longest term at each place, rejected ones too."""
    terminology = checker.terminology
    found = terminology.found(text)
    outer: tuple[Occurrence, Sense] | None = None
    for occurrence in found:
        sense = _best(terminology.concepts, occurrence)
        if sense is None or (sense.term.status.rejected and not counts(terminology, sense)):
            continue
        if outer and occurrence.start < outer[0].end:
            if not (occurrence.inside(outer[0]) and _part(terminology.concepts, sense, outer[1])):
                continue
        else:
            outer = occurrence, sense
        place = _place(name, text, occurrence.start, occurrence.end)
        yield Mention(sense.concept, sense.term.text, str(sense.term.status), name, place)
    for mention in left_abbreviations(terminology, text, found):
        match = mention.match
        place = _place(name, text, match.start, match.end)
        yield Mention(mention.concepts[0], match.text, UNTRANSLATED, name, place)


def pair_mentions(checker: Checker, name: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Mention]:
    """Yield the renderings in pairs, those of mentions that name one concept only."""
    at = 0
    for source, target in pairs:
        for answer in checker.terminology.answers(source, target):
            concept = answer.mention.concepts[0]
            if answer.leftover:
                match = answer.leftover.match
                place = _place(name, target, match.start, match.end, at)
                yield Mention(answer.leftover.concepts[0], match.text, UNTRANSLATED, name, place)
            elif answer.found and answer.mention.certain:
                term = answer.senses[0].term
                place = _place(name, target, answer.found.start, answer.found.end, at)
                yield Mention(concept, term.text, str(term.status), name, place)
        at += len(target) + 1


def _part(concepts: Sequence[Concept], inner: Sense, outer: Sense) -> bool:
    """Whether a term inside a longer one is meant by itself too: the Vietnamese of one holds that of the other."""
    short, long = concepts[inner.concept].preferred("vi"), concepts[outer.concept].preferred("vi")
    if short is None or long is None or " " not in inner.term.text:
        return False
    return f" {short.text} ".casefold() in f" {long.text} ".casefold() and short.text != long.text


def _best(concepts: Sequence[Concept], occurrence: Occurrence) -> Sense | None:
    """Return the reading that is likeliest without a source: preferred before admitted before rejected."""
    ranks = list(AdministrativeStatus)
    fitting = [sense for sense in occurrence.senses if concepts[sense.concept].in_language("vi")]
    return min(fitting, key=lambda sense: ranks.index(sense.term.status)) if fitting else None


def _place(name: str, text: str, start: int, end: int, shift: int = 0) -> Place:
    before = re.sub(r"\s+", " ", text[max(0, start - _AROUND) : start])
    after = re.sub(r"\s+", " ", text[end : end + _AROUND])
    return Place(name, start + shift, before, text[start:end], after)


def concept_reports(concepts: Sequence[Concept], mentions: Iterable[Mention], lang: str = "en") -> list[ConceptReport]:
    """Return a report for each concept mentioned, those that vary first, then by number of mentions."""
    counted: dict[int, dict[str, _Count]] = {}
    for mention in mentions:
        count = counted.setdefault(mention.concept, {}).setdefault(mention.text, _Count(mention.status))
        count.by_document[mention.document] = count.by_document.get(mention.document, 0) + 1
        if len(count.places) < _PLACES or count.by_document[mention.document] == 1:
            count.places.append(mention.place)
    reports = [_report(concepts[index], found, lang) for index, found in counted.items()]
    return sorted(reports, key=lambda r: (not r.varies, -r.total, r.concept_id))


def _report(concept: Concept, counts: dict[str, _Count], lang: str) -> ConceptReport:
    renderings = [
        Rendering(text, count.status, sum(count.by_document.values()), count.by_document, tuple(count.places))
        for text, count in counts.items()
    ]
    total = sum(rendering.total for rendering in renderings)
    first = renderings[0].total
    ordered = tuple(sorted(renderings, key=lambda r: -r.total))
    best = concept.preferred(lang)
    preferred = sum(r.total for r in renderings if best and r.text == best.text)
    other = concept.preferred("vi" if lang == "en" else "en")
    return ConceptReport(
        concept.id,
        other.text if other else "",
        ordered,
        first / total,
        ordered[0].total / total,
        preferred / total,
        _varies(concept, ordered),
    )


def _varies(concept: Concept, renderings: Sequence[Rendering]) -> bool:
    """Whether the renderings differ in a way that an editor should see.

    Everyday words, abbreviations beside their full form, and a verb beside its noun are no variation.
    """
    if any(r.status == UNTRANSLATED for r in renderings):
        return True
    if concept.subject_field in PASSED_OVER:
        return False
    terms = {term.text: term for term in concept.terms}
    kept: list[list[str]] = []
    for rendering in renderings:
        words = _content(rendering.text)
        if not _slight(terms.get(rendering.text), rendering.text) and not any(_same(words, other) for other in kept):
            kept.append(words)
    return len(kept) > 1


def _slight(term: Term | None, text: str) -> bool:
    if term is not None and term.type.abbreviated:
        return True
    return " " not in text and "-" not in text and text.islower()


_EMPTY = frozenset("of the and in for a an s level viet nam vietnam vietnamese model work".split())


def _content(text: str) -> list[str]:
    """Return the keys of the words that make a rendering another one; order, articles and the like do not."""
    return [key(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text) if word.lower() not in _EMPTY]


def _same(one: list[str], other: list[str]) -> bool:
    """Whether two renderings have the same words, or words of the same families, in any order."""
    left = list(other)
    for word in one:
        partner = next((item for item in left if related(word, item)), None)
        if partner is None:
            return False
        left.remove(partner)
    return not left
