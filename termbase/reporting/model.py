"""The values of a consistency report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from termbase.model import Finding

UNTRANSLATED = "untranslated"
"""The status of an abbreviation that was left in the source language."""


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A document to report on: its name and its text, or its pairs of source and target."""

    name: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rendering stands: a document, the character there, and the words around it."""

    document: str
    start: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way to render a concept: how often, in which documents, and a few places."""

    text: str
    status: str
    total: int
    by_document: Mapping[str, int]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptReport:
    """A concept with its renderings, the most frequent first.

    ``first``, ``most_frequent`` and ``preferred`` are the share of mentions, 0 to 1, that agree with the
    first rendering of the documents, the most frequent one, and the termbase's preferred one. ``varies``
    tells whether an editor should look: more than one rendering that is not merely a short word.
    """

    concept_id: str
    vi: str
    renderings: tuple[Rendering, ...]
    first: float
    most_frequent: float
    preferred: float
    varies: bool

    @property
    def total(self) -> int:
        """The number of mentions."""
        return sum(rendering.total for rendering in self.renderings)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a document does as a whole: words counted by spelling, ranks by name."""

    name: str
    words: int
    spelling: Mapping[str, int]
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Guess:
    """Phrases that may render one concept; for a person to confirm or to drop.

    ``concept_id`` names the concept when it is a known one of which a new rendering was met.
    """

    renderings: tuple[Rendering, ...]
    reason: str
    concept_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """How consistently documents render each concept."""

    documents: tuple[DocumentReport, ...]
    concepts: tuple[ConceptReport, ...]
    guesses: tuple[Guess, ...] = ()
    findings: tuple[tuple[str, Finding], ...] = field(default=())

    def consistency(self, mode: str) -> tuple[float, float]:
        """Return the share of consistent mentions over all concepts, micro and macro.

        ``mode`` is ``first``, ``most_frequent`` or ``preferred``. Micro counts every mention alike, macro
        every concept. Both are 1.0 for documents without a concept.
        """
        total = sum(concept.total for concept in self.concepts)
        if not total:
            return 1.0, 1.0
        shares = [(getattr(concept, mode), concept.total) for concept in self.concepts]
        return sum(share * count for share, count in shares) / total, sum(s for s, _ in shares) / len(shares)

    def to_json(self) -> dict[str, Any]:
        """Return the report in the shape of the command line's contract."""
        modes = ("first", "most_frequent", "preferred")
        return {
            "documents": [
                {"name": d.name, "words": d.words, "spelling": dict(d.spelling), "ranks": dict(d.ranks)}
                for d in self.documents
            ],
            "concepts": [_concept_json(concept) for concept in self.concepts],
            "guesses": [
                {
                    "renderings": [_rendering_json(r) for r in guess.renderings],
                    "reason": guess.reason,
                    "concept_id": guess.concept_id or None,
                }
                for guess in self.guesses
            ],
            "findings": [_finding_json(name, finding) for name, finding in self.findings],
            "consistency": {mode: dict(zip(("micro", "macro"), self.consistency(mode), strict=True)) for mode in modes},
        }


def _concept_json(concept: ConceptReport) -> dict[str, Any]:
    shares = {name: round(getattr(concept, name), 4) for name in ("first", "most_frequent", "preferred")}
    return {
        "concept_id": concept.concept_id,
        "vi": concept.vi,
        "renderings": [_rendering_json(rendering) for rendering in concept.renderings],
        "consistency": shares,
        "varies": concept.varies,
    }


def _rendering_json(rendering: Rendering) -> dict[str, Any]:
    return {
        "text": rendering.text,
        "status": rendering.status,
        "total": rendering.total,
        "by_document": dict(rendering.by_document),
        "places": [
            {"document": p.document, "start": p.start, "before": p.before, "text": p.text, "after": p.after}
            for p in rendering.places
        ],
    }


def _finding_json(name: str, finding: Finding) -> dict[str, Any]:
    target = finding.target
    return {
        "document": name,
        "kind": finding.kind,
        "severity": str(finding.severity),
        "concept_id": finding.concept_id,
        "target": {"start": target.start, "end": target.end, "text": target.text} if target else None,
        "expected": list(finding.expected),
        "message": finding.message,
    }


def names(documents: Sequence[ReportDocument]) -> tuple[str, ...]:
    """Return the names of documents, made distinct.

    >>> names([ReportDocument("a"), ReportDocument("a")])
    ('a', 'a (2)')
    """
    seen: dict[str, int] = {}
    result = []
    for document in documents:
        seen[document.name] = seen.get(document.name, 0) + 1
        count = seen[document.name]
        result.append(document.name if count == 1 else f"{document.name} ({count})")
    return tuple(result)
