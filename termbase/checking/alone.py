"""Findings in a text without its source: rejected terms, and abbreviations left untranslated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from termbase.checking.leftovers import CAPITALS
from termbase.checking.mentions import PASSED_OVER, Mention
from termbase.checking.occurrences import Occurrence, Sense, around
from termbase.checking.protect import joined, touches
from termbase.checking.replace import expansion, replacement
from termbase.checking.rules import Rules
from termbase.checking.terminology import Terminology
from termbase.model import AdministrativeStatus, Finding, Span

_LEAST_LETTERS = 4
"""An abbreviation of fewer plain letters may mean something in English: BCT, QC."""


def lone_findings(terminology: Terminology, target: str, rules: Rules) -> list[Finding]:
    """Return the findings in a text of which only the translation is at hand.

    Every deprecated or forbidden term counts, unless the words stand in a longer accepted term or another
    concept accepts them. Where two concepts reject the same words, or one only under another part of
    speech, nothing is proposed.
    """
    found = terminology.found(target)
    free = -1
    findings: list[Finding | None] = []
    for occurrence in found:
        if occurrence.start < free or not _rejected(terminology, occurrence):
            continue
        if any(_shields(other, occurrence) for other in around(found, occurrence)):
            continue
        findings.append(_finding(terminology, target, occurrence, rules))
        free = occurrence.end
    if terminology.source_lang == "vi":
        findings += [
            _left(terminology, target, mention, rules) for mention in left_abbreviations(terminology, target, found)
        ]
    return sorted((f for f in findings if f), key=lambda f: f.target.start if f.target else 0)


def _rejected(terminology: Terminology, occurrence: Occurrence) -> bool:
    if any(sense.term.status.accepted for sense in occurrence.senses):
        return False
    return any(counts(terminology, sense) for sense in occurrence.senses)


def counts(terminology: Terminology, sense: Sense) -> bool:
    """Whether a rejected term tells anything without its source.

    In a shipped glossary an everyday word (*regime*, *union*) does not: it is rejected for one concept only.
    """
    concept = terminology.concepts[sense.concept]
    if not terminology.mentions.is_reference(concept):
        return True
    text = sense.term.text
    return concept.subject_field not in PASSED_OVER and not (text.islower() and re.fullmatch(r"\w+", text))


def _shields(other: Occurrence, occurrence: Occurrence) -> bool:
    """Whether an accepted term holds the words or runs across their edge."""
    if not any(sense.term.status.accepted for sense in other.senses):
        return False
    crossing = other.start < occurrence.start < other.end < occurrence.end
    crossing = crossing or occurrence.start < other.start < occurrence.end < other.end
    return occurrence.inside(other) or crossing


def _finding(terminology: Terminology, target: str, found: Occurrence, rules: Rules) -> Finding | None:
    senses = [sense for sense in found.senses if counts(terminology, sense)]
    own = [sense for sense in senses if not terminology.mentions.is_reference(terminology.concepts[sense.concept])]
    senses = own or senses
    concepts = list(dict.fromkeys(sense.concept for sense in senses))
    concept = terminology.concepts[concepts[0]]
    term = senses[0].term
    kind = "forbidden" if term.status is AdministrativeStatus.FORBIDDEN else "deprecated"
    severity = rules.of(kind)
    if severity is None:
        return None
    news = [terminology.concepts[index].preferred(terminology.target_lang) for index in concepts]
    new = news[0] if len({item.text if item else "" for item in news}) == 1 else None
    why = f" ({term.note})" if term.note else ""
    if len(concepts) > 1 and new is None:
        hint = "; more than one concept is meant: " + ", ".join(terminology.concepts[i].id for i in concepts)
    else:
        hint = f"; use {new.text}" if new else ""
    return Finding(
        kind=kind,
        severity=severity,
        message=f"“{found.surface}” is {term.status}{why}{hint}",
        concept_id=concept.id,
        target=Span(found.start, found.end, found.surface),
        expected=terminology.expected(concepts),
        fix=replacement(target, found, [s for s in senses if s.concept == concepts[0]], new) if new else None,
        confidence=0.8 if len(concepts) == 1 else 0.5,
    )


def left_abbreviations(terminology: Terminology, target: str, found: Sequence[Occurrence]) -> list[Mention]:
    """Return the source-language abbreviations in a target that are no term of its own and no gloss."""
    if not CAPITALS.search(target):
        return []
    own = joined((o.start, o.end) for o in found)
    kept = []
    for mention in terminology.mentions.find(target, terminology.source_lang):
        match = mention.match
        if not match.term.type.abbreviated or not match.text.isupper():
            continue
        if match.text.isascii() and len([c for c in match.text if c.isalpha()]) < _LEAST_LETTERS:
            continue
        before = target[max(0, match.start - 8) : match.start]
        if not touches(own, match.start, match.end) and not before.rstrip().endswith("("):
            kept.append(mention)
    return kept


def _left(terminology: Terminology, target: str, mention: Mention, rules: Rules) -> Finding | None:
    severity = rules.of("untranslated-abbreviation")
    match = mention.match
    if severity is None:
        return None
    concept = terminology.concepts[mention.concepts[0]]
    new = concept.preferred(terminology.target_lang)
    hint = f"; in English: {new.text}" if new and mention.certain else ""
    return Finding(
        kind="untranslated-abbreviation",
        severity=severity,
        message=f"the abbreviation {match.text} is left untranslated{hint}",
        concept_id=concept.id,
        target=Span(match.start, match.end, match.text),
        expected=terminology.expected(mention.concepts),
        fix=expansion(target, match.start, match.end, new) if new and mention.certain else None,
        confidence=0.8 if mention.certain else 0.5,
    )
