"""Findings that only a whole document shows: one concept rendered in several ways, two houses mixed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from termbase.checking.protect import protected, touches
from termbase.checking.rules import Rules
from termbase.checking.terminology import Answer
from termbase.model import Concept, Finding, Span, TermType
from termbase.profiles import Profile
from termbase.text.english import spelling_of

_WORD = re.compile(r"[A-Za-z]+")
_SHORT = (TermType.ABBREVIATION, TermType.ACRONYM, TermType.SHORT_FORM)


@dataclass
class _Use:
    """How often a rendering was used, and where first."""

    count: int
    segment: int
    source: Span
    target: Span


@dataclass
class DocumentFindings:
    """Collects what a document does, pair by pair."""

    concepts: Sequence[Concept]
    profile: Profile | None = None
    lang: str = "en"
    renderings: dict[int, dict[str, _Use]] = field(default_factory=dict)
    spelling: dict[str, _Use] = field(default_factory=dict)
    houses: dict[str, _Use] = field(default_factory=dict)

    def add(self, segment: int, answers: Sequence[Answer], target: str) -> None:
        """Take a pair."""
        for answer in answers:
            if answer.found and answer.mention.certain and answer.senses[0].term.status.accepted:
                self._add_rendering(segment, answer)
        if self.lang == "en":
            self._add_spelling(segment, target)

    def _add_rendering(self, segment: int, answer: Answer) -> None:
        found = answer.found
        if found is None:
            return
        term = answer.senses[0].term
        match = answer.mention.match
        use = _Use(0, segment, Span(match.start, match.end, match.text), Span(found.start, found.end, found.surface))
        if term.type not in _SHORT:
            uses = self.renderings.setdefault(answer.mention.concepts[0], {})
            uses.setdefault(term.text, use).count += 1
        houses = {profile for sense in answer.senses for profile in sense.term.profiles}
        if len(houses) == 1:
            self.houses.setdefault(houses.pop(), use).count += 1

    def _add_spelling(self, segment: int, target: str) -> None:
        kept = protected(target)
        for word in _WORD.finditer(target):
            variety = spelling_of(word.group())
            if variety and not touches(kept, *word.span()):
                span = Span(word.start(), word.end(), word.group())
                self.spelling.setdefault(variety, _Use(0, segment, span, span)).count += 1

    def findings(self, rules: Rules) -> list[Finding]:
        """Return the findings of the document as a whole, one a matter."""
        return [*self._inconsistent(rules), *self._mixed(rules)]

    def _inconsistent(self, rules: Rules) -> list[Finding]:
        severity = rules.of("inconsistent")
        found = []
        for concept, uses in self.renderings.items():
            if severity is None or len(uses) < 2:
                continue
            said = "; ".join(f"{text} ({use.count})" for text, use in uses.items())
            odd = max(uses.values(), key=lambda use: (-use.count, use.segment, use.target.start))
            found.append(
                Finding(
                    kind="inconsistent",
                    severity=severity,
                    message=f"one concept is rendered in {len(uses)} ways: {said}",
                    segment=odd.segment,
                    concept_id=self.concepts[concept].id,
                    source=odd.source,
                    target=odd.target,
                    expected=tuple(uses),
                    confidence=0.9,
                )
            )
        return found

    def _mixed(self, rules: Rules) -> list[Finding]:
        severity = rules.of("mixed-profile")
        if severity is None:
            return []
        wanted = self.profile.spelling if self.profile else None
        house = self.profile.name if self.profile else None
        found = []
        for uses, asked, what in ((self.spelling, wanted, "spelling"), (self.houses, house, "house style")):
            odd = _odd(uses, asked)
            if odd is None:
                continue
            said = " and ".join(f"{name} ({use.count})" for name, use in sorted(uses.items()))
            message = f"mixed {what}: {said}" if len(uses) > 1 else f"{what} {said}, not {asked}"
            finding = Finding(
                kind="mixed-profile",
                severity=severity,
                message=message,
                segment=odd.segment,
                target=odd.target,
                confidence=0.8,
            )
            found.append(finding)
        return found


def _odd(uses: dict[str, _Use], asked: str | None) -> _Use | None:
    """Return the first use that is not as asked, or of the rarer kind where nothing is asked."""
    if asked:
        return next((use for name, use in uses.items() if name != asked), None)
    if len(uses) < 2:
        return None
    rare = Counter({name: use.count for name, use in uses.items()}).most_common()[-1][0]
    return uses[rare]
