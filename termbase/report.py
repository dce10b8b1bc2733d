"""How consistently documents render each concept.

The three shares are those of the WMT 2025 terminology task (wmt-conference/wmt25-terminology): against the
first rendering, the most frequent one, and the termbase's preferred one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from termbase.check import Checker
from termbase.checking.protect import protected, touches
from termbase.model import Finding, Severity, Span
from termbase.reporting.counting import Mention, concept_reports, lone_mentions, pair_mentions
from termbase.reporting.guessing import guesses, shortened
from termbase.reporting.model import UNTRANSLATED, ConceptReport, DocumentReport, Report, ReportDocument, names
from termbase.reporting.residue import without_residue
from termbase.text.english import spelling_of

if TYPE_CHECKING:
    from termbase.termbase import Termbase

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def report(terms: Termbase, documents: Iterable[ReportDocument | tuple[str, str]], *, lang: str = "en") -> Report:
    """Return how the documents, in ``lang``, render each concept.

    A document is a name and a text, or a :class:`ReportDocument` with pairs, whose sources then decide what is
    mentioned. Page residue is not counted. Concepts come with those first that vary.

    >>> from termbase.model import Concept, Term
    >>> from termbase.termbase import Termbase
    >>> names = [Term(text=t, lang=l) for t, l in (("a", "vi"), ("main post", "en"), ("chief post", "en"))]
    >>> made = report(
    ...     Termbase.from_concepts([Concept(id="p", terms=tuple(names))]), [("d", "A main post. A chief post.")]
    ... )
    >>> made.concepts[0].varies, made.concepts[0].first
    (True, 0.5)
    """
    given = [d if isinstance(d, ReportDocument) else ReportDocument(d[0], d[1]) for d in documents]
    checker = Checker(terms, ("vi", "en") if lang == "en" else ("en", "vi"))
    texts: list[tuple[str, str]] = []
    mentions: list[Mention] = []
    for name, document in zip(names(given), given, strict=True):
        text = without_residue(document.text) if not document.pairs else "\n".join(t for _, t in document.pairs)
        texts.append((name, text))
        found = pair_mentions(checker, name, document.pairs) if document.pairs else lone_mentions(checker, name, text)
        mentions += found
    concepts = concept_reports(terms.concepts, mentions, lang)
    unknown = [(name, _unknown(checker, text)) for name, text in texts] if lang == "en" else []
    whole = [_document(checker, name, text, mentions, lang) for name, text in texts]
    return Report(
        tuple(whole),
        tuple(concepts),
        (*shortened(unknown, concepts), *guesses(unknown)),
        (*_concept_findings(concepts), *_document_findings(whole, lang)),
    )


def _unknown(checker: Checker, text: str) -> str:
    """Return ``text`` with all terms of the termbase blanked out by marks, so that every place stays the same."""
    letters = list(text)
    for found in checker.terminology.found(text):
        if " " in found.surface or "-" in found.surface:
            letters[found.start : found.end] = "|" * (found.end - found.start)
    return "".join(letters)


def _document(checker: Checker, name: str, text: str, mentions: Sequence[Mention], lang: str) -> DocumentReport:
    spelling: Counter[str] = Counter()
    words = 0
    kept = protected(text)
    for word in _WORD.finditer(text):
        words += 1
        variety = spelling_of(word.group()) if lang == "en" else ""
        if variety and not touches(kept, *word.span()):
            spelling[variety] += 1
    concepts = checker.terminology.concepts
    ranks = Counter(
        m.text
        for m in mentions
        if m.document == name and concepts[m.concept].subject_field == "rank" and m.text[:1].isupper()
    )
    return DocumentReport(name, words, dict(spelling.most_common()), dict(ranks.most_common()))


def _concept_findings(concepts: Sequence[ConceptReport]) -> list[tuple[str, Finding]]:
    """Return a finding for each rejected or untranslated rendering, and for each concept that varies."""
    found = []
    for concept in concepts:
        for rendering in concept.renderings:
            if rendering.status not in ("deprecated", "forbidden", "superseded", UNTRANSLATED):
                continue
            left = rendering.status == UNTRANSLATED
            kind = "untranslated-abbreviation" if left else rendering.status.replace("superseded", "deprecated")
            message = f"“{rendering.text}” ({concept.vi}) is {rendering.status}; {rendering.total} times"
            place = rendering.places[0]
            span = Span(place.start, place.start + len(place.text), place.text)
            grave = Severity.ERROR if kind == "forbidden" else Severity.WARNING
            finding = Finding(
                kind=kind, severity=grave, message=message, concept_id=concept.concept_id, target=span, confidence=0.8
            )
            found.append((place.document, finding))
        if concept.varies and len(concept.renderings) > 1:
            found.append(_inconsistent(concept))
    return found


def _inconsistent(concept: ConceptReport) -> tuple[str, Finding]:
    said = "; ".join(f"{r.text} ({r.total})" for r in concept.renderings)
    odd = concept.renderings[-1].places[0]
    finding = Finding(
        kind="inconsistent",
        severity=Severity.NOTE,
        message=f"{concept.vi}: {said}",
        concept_id=concept.concept_id,
        target=Span(odd.start, odd.start + len(odd.text), odd.text),
        expected=tuple(r.text for r in concept.renderings if r.status == "preferred"),
        confidence=0.8,
    )
    return odd.document, finding


def _document_findings(documents: Sequence[DocumentReport], lang: str) -> list[tuple[str, Finding]]:
    """Return what the documents do as wholes: spelling mixed within one or between them, ranks that clash."""
    found = []
    houses: dict[str, list[str]] = {}
    for document in documents:
        if document.spelling:
            houses.setdefault(max(document.spelling, key=lambda v: document.spelling[v]), []).append(document.name)
        if len(document.spelling) > 1:
            said = " and ".join(f"{name} ({count})" for name, count in document.spelling.items())
            found.append((document.name, _note("mixed-profile", f"mixed spelling: {said}")))
        clash = _clash(document)
        if clash:
            found.append((document.name, _note("mixed-profile", clash)))
    if lang == "en" and len(houses) > 1:
        said = "; ".join(f"{variety}: {', '.join(named)}" for variety, named in houses.items())
        found.append((documents[0].name, _note("mixed-profile", f"the documents differ in spelling: {said}")))
    return found


def _clash(document: DocumentReport) -> str:
    """Return a note when a rank stands beside a longer one that holds it: Colonel beside Senior Colonel."""
    for rank in document.ranks:
        for other in document.ranks:
            if rank != other and other.endswith(f" {rank}") and other.startswith("Senior "):
                return f"“{rank}” beside “{other}”: make sure that both are of one rank system"
    return ""


def _note(kind: str, message: str) -> Finding:
    return Finding(kind=kind, severity=Severity.NOTE, message=message, confidence=0.7)
