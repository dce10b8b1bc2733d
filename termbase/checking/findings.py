"""The findings that the answers to the mentions of a source give rise to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from termbase.checking.context import Context, short_form
from termbase.checking.leftovers import Leftover
from termbase.checking.lenient import content_keys
from termbase.checking.mentions import Mention
from termbase.checking.occurrences import Sense
from termbase.checking.protect import joined
from termbase.checking.replace import expansion, replacement
from termbase.checking.rules import Rules
from termbase.checking.terminology import Answer, Terminology
from termbase.model import AdministrativeStatus, CaseRule, Finding, PartOfSpeech, Replacement, Severity, Span, Term
from termbase.surface import keeps_capitals

_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|them|this|these|those|which|who|whose|the latter|the former|the same)\b", re.IGNORECASE
)
_NAME_WORDS = 3
"""Words of meaning that a name has; longer capitalised terms are titles."""


class PairFindings:
    """Makes the terminology findings of one pair of segments."""

    def __init__(self, terminology: Terminology, rules: Rules, *, word_check: bool = True) -> None:
        self._terminology = terminology
        self._concepts = terminology.concepts
        self._rules = rules
        self._word_check = word_check

    def find(self, answers: Sequence[Answer], source: str, target: str, context: Context) -> list[Finding]:
        """Return the findings that the answers of a pair give, and let ``context`` know what it renders."""
        found: list[Finding | None] = []
        for answer in answers:
            if answer.found or answer.lenient:
                context.rendered.update(answer.mention.concepts)
        pair = _Pair(source, target, answers)
        told: set[int] = set()
        for answer in answers:
            if answer.leftover:
                place = answer.leftover.match.start
                found.append(None if place in told else self._left(answer, source, target))
                told.add(place)
            elif answer.found and answer.senses[0].term.status.accepted:
                found.append(self._accepted(answer))
            elif answer.found:
                found.append(self._rejected(answer, target))
            elif not answer.lenient:
                found.append(self._unanswered(answer, pair, context))
        return [finding for finding in found if finding]

    def _draft(self, answer: Answer, kind: str, message: str) -> Finding | None:
        severity = self._rules.of(kind)
        if severity is None:
            return None
        mention = answer.mention
        return Finding(
            kind=kind,
            severity=severity,
            message=message,
            concept_id=self._concepts[mention.concepts[0]].id,
            source=Span(mention.match.start, mention.match.end, mention.match.text),
            expected=self._terminology.expected(mention.concepts),
        )

    def _own(self, answer: Answer) -> bool:
        return not self._terminology.mentions.is_reference(self._concepts[answer.mention.concepts[0]])

    def _preferred(self, concept: int) -> Term | None:
        return self._concepts[concept].preferred(self._terminology.target_lang)

    def _left(self, answer: Answer, source: str, target: str) -> Finding | None:
        left = answer.leftover
        if left is None:
            return None
        text = left.match.text
        new = self._preferred(left.concepts[0])
        hint = f"; in English: {new.text}" if new else ""
        draft = self._draft(answer, "untranslated-abbreviation", f"the abbreviation {text} is left untranslated{hint}")
        if draft is None:
            return None
        certain = left.certain
        fix = expansion(target, left.match.start, left.match.end, new) if new and certain else None
        return replace(
            draft,
            concept_id=self._concepts[left.concepts[0]].id,
            source=_said(left, source),
            target=Span(left.match.start, left.match.end, text),
            expected=self._terminology.expected(left.concepts),
            fix=fix,
            confidence=0.95 if certain else 0.7,
        )

    def _accepted(self, answer: Answer) -> Finding | None:
        found = answer.found
        if found is None:
            return None
        span = Span(found.start, found.end, found.surface)
        if not any(s.form.islower() or keeps_capitals(s.form, found.surface) for s in answer.senses):
            best = answer.senses[0]
            draft = self._draft(answer, "case", f"“{found.surface}” is written “{best.form}”")
            fix = Replacement(found.start, found.end, _recapitalised(best.form, found.surface))
            if draft and (
                _optional_capitals(answer.senses) or (not self._own(answer) and _lowered_title(answer, best.form))
            ):
                draft = replace(draft, severity=Severity.NOTE, confidence=0.5)
            return replace(draft, target=span, fix=fix) if draft else None
        statuses = {sense.term.status for sense in answer.senses}
        if AdministrativeStatus.PREFERRED in statuses or not answer.mention.binding:
            return None
        if any(sense.term.type.abbreviated for sense in answer.senses):
            return None
        new = self._preferred(answer.senses[0].concept)
        if new is None:
            return None
        draft = self._draft(answer, "not-preferred", f"“{found.surface}” is admitted; preferred: {new.text}")
        return replace(draft, target=span, confidence=0.9) if draft else None

    def _rejected(self, answer: Answer, target: str) -> Finding | None:
        found = answer.found
        if found is None:
            return None
        sense = answer.senses[0]
        concept = self._concepts[sense.concept]
        kind = "forbidden" if sense.term.status is AdministrativeStatus.FORBIDDEN else "deprecated"
        new = concept.preferred(self._terminology.target_lang)
        hint = f"; use {new.text}" if new else ""
        why = f" ({sense.term.note})" if sense.term.note else ""
        draft = self._draft(answer, kind, f"“{found.surface}” is {sense.term.status}{why}{hint}")
        if draft is None:
            return None
        draft = replace(draft, concept_id=concept.id, target=Span(found.start, found.end, found.surface))
        everyday = not answer.mention.strict and re.fullmatch(r"[a-z]+", sense.term.text)
        if everyday or not answer.mention.certain:
            # Another sense of the source word may be meant, so nothing is proposed and little is claimed.
            return replace(draft, severity=Severity.NOTE, confidence=0.5)
        senses = [s for s in answer.senses if s.term == sense.term]
        fix = replacement(target, found, senses, new) if new else None
        return replace(draft, fix=fix, confidence=0.95)

    def _unanswered(self, answer: Answer, pair: _Pair, context: Context) -> Finding | None:
        mention = answer.mention
        text = mention.match.text
        expected = self._terminology.expected(mention.concepts)
        if not expected:
            message = f"“{text}” has no accepted rendering in the termbase"
            return self._draft(answer, "no-target", message) if mention.binding else None
        if not mention.binding:
            return None
        if context.knows(mention.concepts) and self._shortened(mention.concepts, pair):
            return None
        if not mention.certain:
            message = f"“{text}” has several senses and no accepted rendering of any"
            draft = self._draft(answer, "ambiguous", message)
            return replace(draft, confidence=0.5) if draft else None
        if self._word_check and pair.is_doubtful(mention, self._terminology):
            draft = self._draft(answer, "doubtful", f"“{text}” may lie across two other words here")
            return replace(draft, confidence=0.3) if draft else None
        draft = self._draft(answer, "missing", f"no accepted rendering of “{text}” found; expected: {expected[0]}")
        if draft and mention.concepts in pair.rendered and pair.has_pronoun:
            return replace(draft, severity=Severity.NOTE, confidence=0.4)
        return replace(draft, confidence=0.85) if draft else None

    def _shortened(self, concepts: tuple[int, ...], pair: _Pair) -> bool:
        if concepts not in pair.shortened:
            terms = [t for c in concepts for t in self._concepts[c].accepted(self._terminology.target_lang)]
            pair.shortened[concepts] = short_form(terms, pair.target, pair.taken) is not None
        return pair.shortened[concepts]


class _Pair:
    """What the findings of one pair ask for again and again, found out once."""

    def __init__(self, source: str, target: str, answers: Sequence[Answer]) -> None:
        self.source = source
        self.target = target
        self.taken = joined((a.found.start, a.found.end) for a in answers if a.found)
        self.rendered = {a.mention.concepts for a in answers if a.found}
        self.shortened: dict[tuple[int, ...], bool] = {}

    @cached_property
    def has_pronoun(self) -> bool:
        """Whether the target says *it*, *they* and the like."""
        return _PRONOUN.search(self.target) is not None

    def is_doubtful(self, mention: Mention, terminology: Terminology) -> bool:
        """Whether a mention may lie across two other words."""
        match = mention.match
        return terminology.mentions.doubtful(self.source, terminology.source_lang, match.start, match.end)


def _said(left: Leftover, source: str) -> Span:
    """Return where the source says what was left untranslated."""
    start, end = left.mentioned[0]
    return Span(start, end, source[start:end])


def _optional_capitals(senses: Sequence[Sense]) -> bool:
    """Whether the capitals are those of a title, which running text may drop: political commissar."""
    for sense in senses:
        term = sense.term
        if term.case_rule is CaseRule.ANY:
            return True
        if term.case_rule is CaseRule.EXACT or term.part_of_speech is PartOfSpeech.PROPER_NOUN:
            return False
    words = [word for word in senses[0].form.replace("-", " ").split() if word[:1].isalpha() and len(word) > 3]
    return all(word[0].isupper() for word in words)


def _lowered_title(answer: Answer, form: str) -> bool:
    """Whether a shipped term is meant in general: a post or a kind of body, not one by its name."""
    found = answer.found
    if found is None:
        return False
    # Titles of strategies and programmes are written in lower case as often as not.
    if found.surface[:1].islower() and len(content_keys(found.surface)) > _NAME_WORDS:
        return True
    general = answer.mention.match.text.islower() or any(sense.feature == "plural" for sense in answer.senses)
    return general or keeps_capitals(form[:1].lower() + form[1:], found.surface)


def _recapitalised(form: str, surface: str) -> str:
    """Return the surface with the capitals of the form; spaces and quotes stay those of the surface."""
    letters = iter([char for char in form if char.isalnum()])
    raised = []
    for char in surface:
        model = next(letters, "") if char.isalnum() else ""
        raised.append(char.upper() if model.isupper() else char)
    return "".join(raised)
