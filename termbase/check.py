"""Checking translations against a termbase.

The rules stand in :mod:`termbase.checking`. Recognised in the source, judged in the target: a rendering
counts in any number, verb form, spelling and typography, each stretch of target answers one mention, and
the largest possible number of mentions is answered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from termbase.checking.context import Context
from termbase.checking.document import DocumentFindings
from termbase.checking.findings import PairFindings
from termbase.checking.protect import joined
from termbase.checking.quality import quality_findings
from termbase.checking.rules import Rules
from termbase.checking.terminology import Answer
from termbase.checking.values import value_findings
from termbase.conflicts import terminology_of
from termbase.errors import UsageError
from termbase.model import LANGUAGES, Finding, Span

if TYPE_CHECKING:
    from termbase.termbase import Termbase

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """How to check: the languages, the rules, and whether segmentation may doubt a would-be ``missing``."""

    source_lang: str = "vi"
    target_lang: str = "en"
    rules: Rules = field(default_factory=Rules)
    word_check: bool = True

    @property
    def langs(self) -> tuple[str, str]:
        """The two languages; :class:`termbase.UsageError` unless they are Vietnamese and English."""
        langs = (self.source_lang, self.target_lang)
        if set(langs) != set(LANGUAGES):
            raise UsageError(f"cannot check {langs[0]!r} against {langs[1]!r}; the two languages are vi and en")
        return langs


def check(
    terms: Termbase, source: str, target: str, *, context: Iterable[Pair] = (), options: CheckOptions | None = None
) -> list[Finding]:
    """Return the findings in a pair of segments, by their place in the target.

    ``context`` holds the pairs before this one in the document, which let a later short form pass.
    Raises :class:`termbase.UsageError` for languages other than Vietnamese and English.

    >>> from termbase.model import AdministrativeStatus, Concept, Term
    >>> from termbase.termbase import Termbase
    >>> names = [Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en")]
    >>> wrong = Term(text="cell branch", lang="en", status=AdministrativeStatus.DEPRECATED)
    >>> terms = Termbase.from_concepts([Concept(id="chi-bo", terms=(*names, wrong))])
    >>> check(terms, "Các chi bộ đã họp.", "The Party cells have met.")
    []
    >>> finding = check(terms, "Các chi bộ đã họp.", "The cell branches have met.")[0]
    >>> finding.kind, finding.target.text, finding.fix.text
    ('deprecated', 'cell branches', 'Party cells')
    """
    options = options or CheckOptions()
    checker = Checker(terms, options.langs)
    before = Context()
    for earlier, rendered in context:
        checker.learn(earlier, rendered, before)
    return checker.pair(source, target, before, options)


def check_pairs(
    terms: Termbase, pairs: Iterable[Pair], *, options: CheckOptions | None = None
) -> Iterator[list[Finding]]:
    """Yield the findings of each pair of a document, in order, as they are asked for.

    ``segment`` of a finding is the index of its pair.
    """
    options = options or CheckOptions()
    checker = Checker(terms, options.langs)
    context = Context()
    for segment, (source, target) in enumerate(pairs):
        found = checker.pair(source, target, context, options)
        yield [replace(finding, segment=segment) for finding in found] if segment else found


def check_document(terms: Termbase, pairs: Iterable[Pair], *, options: CheckOptions | None = None) -> list[Finding]:
    """Return the findings of a document: those of each pair, and those that only the whole shows.

    One concept in several accepted renderings is ``inconsistent``; two spellings or two houses' ranks in one
    document are one ``mixed-profile`` each.
    """
    options = options or CheckOptions()
    checker = Checker(terms, options.langs)
    context = Context()
    whole = DocumentFindings(terms.concepts, terms.profile, options.target_lang)
    found: list[Finding] = []
    for segment, (source, target) in enumerate(pairs):
        answers = checker.terminology.answers(source, target)
        whole.add(segment, answers, target)
        made = checker.judged(answers, source, target, context, options)
        found += [replace(finding, segment=segment) for finding in made] if segment else made
    return sorted([*found, *whole.findings(options.rules)], key=_place)


class Checker:
    """The checks of a termbase in one direction; what they compile is kept by :mod:`termbase.conflicts`."""

    def __init__(self, terms: Termbase, langs: tuple[str, str] = LANGUAGES) -> None:
        self.langs = langs
        self.terminology = terminology_of(terms, langs)

    def learn(self, source: str, target: str, context: Context) -> None:
        """Let ``context`` know which concepts a pair renders."""
        for answer in self.terminology.answers(source, target):
            if answer.found or answer.lenient:
                context.rendered.update(answer.mention.concepts)

    def pair(self, source: str, target: str, context: Context, options: CheckOptions) -> list[Finding]:
        """Return the findings of one pair; ``context`` learns what it renders."""
        return self.judged(self.terminology.answers(source, target), source, target, context, options)

    def judged(
        self, answers: Sequence[Answer], source: str, target: str, context: Context, options: CheckOptions
    ) -> list[Finding]:
        """Return the findings of one pair whose mentions are answered already."""
        form = quality_findings(source, target, self.langs, options.rules)
        if any(finding.kind == "untranslated" for finding in form):
            # Each term of it is missing, which goes without saying.
            return form
        terms = _Stretches(answers)
        values = [
            finding for finding in value_findings(source, target, self.langs, options.rules) if not terms.hold(finding)
        ]
        maker = PairFindings(self.terminology, options.rules, word_check=options.word_check)
        found = [f for f in maker.find(answers, source, target, context) if not _said_by_value(f, values)]
        return sorted([*found, *values, *form], key=_place)


def _said_by_value(finding: Finding, values: Sequence[Finding]) -> bool:
    """Whether a term is missing only for the number within it, which has a finding of its own: Resolution No. 203."""
    if finding.kind != "missing" or finding.source is None:
        return False
    start, end = finding.source.start, finding.source.end
    within = (v for v in values if v.source and start <= v.source.start and v.source.end <= end)
    return any(v.target or v.kind == "legal-number" for v in within)


class _Stretches:
    """The words of both texts that terms take up."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._source = joined((a.mention.match.start, a.mention.match.end) for a in answers)
        self._target = joined((a.found.start, a.found.end) for a in answers if a.found)

    def hold(self, finding: Finding) -> bool:
        """Whether a number is a part of a term, such as the 4 of a numbered formula, and is judged with it."""
        if (finding.source and finding.target) or finding.kind == "legal-number":
            return False
        return _inside(finding.source, self._source) or _inside(finding.target, self._target)


def _inside(span: Span | None, stretches: Sequence[tuple[int, int]]) -> bool:
    if span is None:
        return False
    place = bisect_right(stretches, span.start, key=lambda stretch: stretch[0]) - 1
    return place >= 0 and span.end <= stretches[place][1]


def _place(finding: Finding) -> tuple[int, int, int]:
    source = finding.source.start if finding.source else -1
    return (finding.segment, finding.target.start if finding.target else source, source)
