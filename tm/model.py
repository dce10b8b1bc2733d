"""The values of a translation memory: units, beads, matches and their penalties.

Names follow TMX (``tu``, ``tuv``, ``seg``) and the alignment literature (bead).
This module imports the standard library and :mod:`termbase.model` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from termbase.model import Span


class _Word(str, Enum):
    """An enumeration whose members are the words written to files and JSON; they hash as the words they equal."""

    __hash__ = str.__hash__

    def __str__(self) -> str:
        return str(self.value)


class Provenance(_Word):
    """Who made a translation. A machine's never outranks a person's."""

    HUMAN = "human"
    MACHINE = "machine-translated"
    BACK_TRANSLATED = "back-translated"
    UNKNOWN = "unknown"


class UnitStatus(_Word):
    """How far a unit was confirmed by a person."""

    DRAFT = "draft"
    TRANSLATED = "translated"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class MatchKind(_Word):
    """How a memory answered."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class InlineCode:
    """An inline element of a segment: ``position`` is the code point of ``Segment.text`` before which
    it stands; ``kind`` is the TMX element name (bpt, ept, ph, it, hi, sub, ut); ``xml`` its source.
    """

    position: int
    kind: str
    xml: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in one language, with the inline codes that stand in it."""

    lang: str
    text: str
    codes: tuple[InlineCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationUnit:
    """A source segment with its translation (TMX ``tu`` of two ``tuv``).

    ``id`` is the number under which a store keeps the unit, ``None`` before that. ``previous`` and
    ``next`` are the neighbouring source segments in the document, for context matches.
    ``created`` and ``changed`` are ISO 8601 in UTC. ``confidence`` is that of the alignment, 0 to 1.
    ``properties`` are name and value, in order, as TMX ``prop``.
    """

    source: Segment
    target: Segment
    id: int | None = None
    memory: str = "main"
    document: str = ""
    position: int | None = None
    previous: str = ""
    next: str = ""
    author: str = ""
    created: str = ""
    changed: str = ""
    origin: str = ""
    provenance: Provenance = Provenance.HUMAN
    status: UnitStatus = UnitStatus.TRANSLATED
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points taken off a match, and why."""

    reason: str
    points: int

    def __str__(self) -> str:
        return f"{self.reason} −{self.points}"


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the difference between the query and a match, by tokens.

    ``op`` is ``equal``, ``replace``, ``insert`` or ``delete``; ``old`` stands in the stored source,
    ``new`` in the query.
    """

    op: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TermConflict:
    """A term of the query that the suggestion does not render as the termbase accepts."""

    concept_id: str
    term: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One answer of a memory.

    ``score`` is a whole number after penalties, 101 or 102 with context; ``similarity`` is 0 to 100
    before them, rounded down. ``target`` is the suggestion: repaired where ``kind`` says so, and with values
    of the query put in wherever ``repairs`` names changes.
    """

    score: int
    similarity: int
    kind: MatchKind
    unit: TranslationUnit
    source: Segment
    target: Segment
    penalties: tuple[Penalty, ...] = ()
    difference: tuple[Edit, ...] = ()
    term_conflicts: tuple[TermConflict, ...] = ()
    terms: tuple[Span, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bead:
    """The unit of alignment: indices of source and target segments, and how sure it is (0 to 1)."""

    vi: tuple[int, ...]
    en: tuple[int, ...]
    score: float
    confirmed: bool = False

    @property
    def type(self) -> str:
        """The shape of the bead, such as ``"1-1"`` or ``"2-1"``."""
        return f"{len(self.vi)}-{len(self.en)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A document pair cut into segments, and the beads that link them.

    Every index of ``vi`` and of ``en`` stands in exactly one bead.
    """

    vi: tuple[Span, ...]
    en: tuple[Span, ...]
    beads: tuple[Bead, ...]

    def pairs(self) -> tuple[tuple[str, str, Bead], ...]:
        """Return the texts of the beads that have both sides, segments joined by one space."""
        return tuple(
            (" ".join(self.vi[i].text for i in bead.vi), " ".join(self.en[j].text for j in bead.en), bead)
            for bead in self.beads
            if bead.vi and bead.en
        )
