"""Safe repair of translations: rejected terms become preferred ones, and nothing else is touched.

What may change and what never does stands in the notes of :func:`fix`. A change is made only when the
concept is certain; what remains is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from termbase.check import Checker, CheckOptions, Pair
from termbase.checking.alone import lone_findings
from termbase.checking.context import Context
from termbase.checking.protect import joined, protected, touches
from termbase.model import Finding, Replacement, Severity
from termbase.text.english import to_spelling

if TYPE_CHECKING:
    from termbase.profiles import Profile
    from termbase.termbase import Termbase

REPAIRED = frozenset({"deprecated", "forbidden", "untranslated-abbreviation"})
"""The kinds of findings that a repair may act on."""
_ROUNDS = 4
"""Rounds after which a text that still changes is given back as it came."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change made: ``before`` stood in ``target[start:end]`` of the caller's target, ``after`` stands there now."""

    start: int
    end: int
    before: str
    after: str
    concept_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """A repaired target, what was changed, and the findings that are left in it."""

    target: str
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions:
    """How to repair: as for a check, and whether the text is Markdown, whose code and links are left alone."""

    check: CheckOptions = field(default_factory=CheckOptions)
    markdown: bool = False


def fix(
    terms: Termbase,
    source: str | None,
    target: str,
    *,
    context: Iterable[Pair] = (),
    options: FixOptions | None = None,
) -> FixResult:
    """Return ``target`` with its rejected terms replaced by preferred ones, where that is safe.

    Number, possessive, tense and capitals are carried over, *a* and *an* put right by sound; addresses,
    placeholders, tags and code are left alone. Not changed but reported: a word that more than one concept
    rejects, a verb for a noun, a form that cannot be told, a change that would itself be flagged. Under a
    profile asked for, words take its spelling. Without ``source`` the target decides alone. Repairing the
    result again changes nothing.

    >>> from termbase.model import AdministrativeStatus, Concept, Term
    >>> from termbase.termbase import Termbase
    >>> wrong = Term(text="united command", lang="en", status=AdministrativeStatus.DEPRECATED)
    >>> names = (Term(text="bộ tư lệnh hợp nhất", lang="vi"), Term(text="integrated command", lang="en"), wrong)
    >>> result = fix(Termbase.from_concepts([Concept(id="c", terms=names)]), None, "A united command’s staff.")
    >>> result.target, result.changes[0].before
    ('An integrated command’s staff.', 'A united command')
    """
    options = options or FixOptions()
    checker = Checker(terms, options.check.langs)
    judge = _Judge(checker, source, tuple(context), options)
    changes: list[Change] = []
    text = target
    for _ in range(_ROUNDS):
        made = _round(judge, text) or _respelt(judge, text, terms.profile)
        if not made:
            return FixResult(text, tuple(changes), tuple(judge.findings(text)))
        changes = _composed(changes, made)
        text = applied(text, [Replacement(c.start, c.end, c.after) for c in made])
    return FixResult(target, (), tuple(judge.findings(target)))


class _Judge:
    """Finds what is wrong with a target, with its source or alone."""

    def __init__(self, checker: Checker, source: str | None, context: tuple[Pair, ...], options: FixOptions) -> None:
        self.checker = checker
        self.source = source
        self.context = context
        self.options = options

    def findings(self, target: str) -> list[Finding]:
        """Return the findings in a target."""
        rules = self.options.check.rules
        if self.source is None:
            return lone_findings(self.checker.terminology, target, rules)
        before = Context()
        for earlier, rendered in self.context:
            self.checker.learn(earlier, rendered, before)
        return self.checker.pair(self.source, target, before, self.options.check)


def _round(judge: _Judge, text: str) -> list[Change]:
    """Return the changes that one pass makes, spans into ``text``."""
    findings = judge.findings(text)
    kept = protected(text, markdown=judge.options.markdown)
    # With the source at hand a quotation can be judged as well as what stands around it.
    quoted = [] if judge.source is not None else [found.span() for found in _QUOTATION.finditer(text)]
    proposals = [finding for finding in findings if _allowed(finding, text, kept, quoted)]
    chosen = _apart(proposals)
    sound = _sound(judge, text, findings, chosen, ())
    return [_change(finding, text) for finding in sound]


def _sound(
    judge: _Judge, text: str, findings: Sequence[Finding], chosen: Sequence[Finding], kept: Sequence[Finding]
) -> list[Finding]:
    """Return those of ``chosen`` whose changes bring no finding, alone and with the ones before and those ``kept``.

    Halves that are sound together are not looked into, so that a long text is judged a few times for each
    unsound change and not once for each change.
    """
    if not chosen or not _worsens(judge, text, findings, [*kept, *chosen]):
        return list(chosen)
    if len(chosen) == 1:
        return []
    middle = len(chosen) // 2
    first = _sound(judge, text, findings, chosen[:middle], kept)
    return [*first, *_sound(judge, text, findings, chosen[middle:], [*kept, *first])]


def _respelt(judge: _Judge, text: str, profile: Profile | None) -> list[Change]:
    """Return the changes of words into the spelling of the profile asked for; names keep theirs."""
    if profile is None or judge.options.check.target_lang != "en":
        return []
    wanted = to_spelling(text, profile.spelling)
    if wanted == text:
        return []
    kept = protected(text, markdown=judge.options.markdown)
    terms = joined((o.start, o.end) for o in judge.checker.terminology.found(text))
    changes = []
    for old, new in zip(_WORD.finditer(text), _WORD.finditer(wanted), strict=True):
        start, end = old.span()
        if old.group() == new.group() or touches(kept, start, end):
            continue
        common = old.group().islower() or touches(terms, start, end) or _begins_sentence(text, start)
        if common:
            reason = f"{profile.spelling} spelling (profile {profile.name})"
            changes.append(Change(start, end, old.group(), new.group(), "", reason))
    return changes


_WORD = re.compile(r"[A-Za-z]+")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?\n"


def _allowed(finding: Finding, text: str, kept: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> bool:
    if finding.kind not in REPAIRED or finding.fix is None or finding.target is None:
        return False
    if touches(kept, finding.fix.start, finding.fix.end):
        return False
    return not _in_quotation(text, finding.target.start, finding.target.end, quoted)


_QUOTATION = re.compile(r"“[^“”\n]*”|(?<!\w)\"[^\"\n]*\"(?!\w)")


def _in_quotation(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> bool:
    """Whether the words are a part of somebody's quoted words, and not all that is quoted."""
    before = bisect_left(quoted, (start, -1)) - 1
    if before < 0 or quoted[before][1] <= end:
        return False
    begin, finish = quoted[before]
    return text[begin + 1 : finish - 1].strip(" .,;:!?") != text[start:end]


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings whose changes do not overlap, the first of those that do."""
    chosen: list[Finding] = []
    free = 0
    for finding in sorted(findings, key=lambda f: f.fix.start if f.fix else 0):
        if finding.fix and finding.fix.start >= free:
            chosen.append(finding)
            free = finding.fix.end
    return chosen


def _worsens(judge: _Judge, text: str, before: Sequence[Finding], chosen: Sequence[Finding]) -> bool:
    """Whether the text would have a finding after the changes that it has not now, or would still have one of them."""
    after = applied(text, [finding.fix for finding in chosen if finding.fix])
    repaired = {id(finding) for finding in chosen}
    left = Counter(_sort(finding) for finding in before if id(finding) not in repaired)
    for finding in judge.findings(after):
        sort = _sort(finding)
        if left[sort]:
            left[sort] -= 1
        elif not _slight(finding):
            return True
    return False


def _slight(finding: Finding) -> bool:
    """Whether a finding is a matter of style that makes no change unsafe, such as capitals one may drop."""
    style = ("not-preferred", "inconsistent", "length", "mixed-profile")
    return finding.kind in style or (finding.kind == "case" and finding.severity is Severity.NOTE)


def _sort(finding: Finding) -> tuple[str, str | None, str]:
    return finding.kind, finding.concept_id, finding.target.text if finding.target else ""


def _change(finding: Finding, text: str) -> Change:
    new = finding.fix or Replacement(0, 0, "")
    return Change(new.start, new.end, text[new.start : new.end], new.text, finding.concept_id or "", finding.message)


def applied(text: str, replacements: Iterable[Replacement]) -> str:
    """Return ``text`` with all replacements made; they must not overlap.

    >>> applied("a cell branch", [Replacement(2, 13, "Party cell")])
    'a Party cell'
    """
    pieces: list[str] = []
    at = 0
    for new in sorted(replacements, key=lambda item: item.start):
        pieces += (text[at : new.start], new.text)
        at = new.end
    return "".join((*pieces, text[at:]))


def _composed(first: Sequence[Change], then: Sequence[Change]) -> list[Change]:
    """Return the changes of two rounds as changes of the text before the first."""
    result = list(first)
    for change in then:
        result = _added(result, change, first)
    return sorted(result, key=lambda item: item.start)


def _added(result: list[Change], change: Change, first: Sequence[Change]) -> list[Change]:
    """Add a change whose span counts after ``first``; one that meets an earlier change joins it."""
    shift = 0
    for earlier in first:
        begin = earlier.start + shift
        finish = begin + len(earlier.after)
        if finish <= change.start:
            shift += len(earlier.after) - (earlier.end - earlier.start)
            continue
        if begin < change.end:
            inner = earlier.after[: max(0, change.start - begin)] + change.after + earlier.after[change.end - begin :]
            joined = replace(earlier, after=inner, reason=f"{earlier.reason}; {change.reason}")
            return [joined if item is earlier else item for item in result]
        break
    return [*result, replace(change, start=change.start - shift, end=change.end - shift)]
