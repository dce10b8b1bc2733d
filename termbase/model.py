"""The values of a termbase: concepts, their terms, and what is found with them.

Names follow TBX (ISO 30042): a :class:`Concept` is a ``conceptEntry``, a :class:`Term` a ``termSec``.
All values are frozen; sequences inside them are tuples, so that they hash and compare.
This module imports the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

LANGUAGES = ("vi", "en")


class _Word(str, Enum):
    """An enumeration whose members are the words written to files and JSON."""

    # The members are strings: the word itself, not "Class.MEMBER" and not by way of a lookup of the value.
    __str__ = str.__str__

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class AdministrativeStatus(_Word):
    """How far a term may be used (TBX ``administrativeStatus``).

    ``draft`` and ``superseded`` occur only in terms read from other tools.
    """

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"
    DRAFT = "draft"
    SUPERSEDED = "superseded"

    @property
    def accepted(self) -> bool:
        """Whether a translation may use the term: preferred, admitted or draft."""
        return self in _ACCEPTED

    @property
    def rejected(self) -> bool:
        """Whether a translation must not use the term: deprecated, superseded or forbidden."""
        return self not in _ACCEPTED


_ADMITTED = frozenset({AdministrativeStatus.ADMITTED, AdministrativeStatus.DRAFT})
_ACCEPTED = _ADMITTED | {AdministrativeStatus.PREFERRED}


class TermType(_Word):
    """What kind of name a term is (TBX ``termType``)."""

    FULL_FORM = "full form"
    ABBREVIATION = "abbreviation"
    ACRONYM = "acronym"
    SHORT_FORM = "short form"
    VARIANT = "variant"
    PHRASE = "phrase"

    @property
    def abbreviated(self) -> bool:
        """Whether the term is an abbreviation or acronym."""
        return self in (TermType.ABBREVIATION, TermType.ACRONYM)


class PartOfSpeech(_Word):
    """The part of speech of a term (TBX ``partOfSpeech``)."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PROPER_NOUN = "proper noun"
    OTHER = "other"


class GrammaticalNumber(_Word):
    """A restriction on the number of an English noun."""

    PLURAL_ONLY = "plural only"
    UNCOUNTABLE = "uncountable"


class CaseRule(_Word):
    """Whether the capitals of a term must be kept in running text."""

    ANY = "any"
    EXACT = "exact"


class Confidence(_Word):
    """How sure the compilers are of a concept's renderings."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Verification(_Word):
    """How far the source of a term was checked.

    ``verified``: the page or text named was read for this project and prints the form.
    ``reported``: the source is known to print the form from a collection of references; it was not
    read again. ``unverified``: knowledge of the field alone.
    """

    VERIFIED = "verified"
    REPORTED = "reported"
    UNVERIFIED = "unverified"


class RelationType(_Word):
    """How one concept stands to another."""

    BROADER = "broader"
    SEE_ALSO = "see also"
    REPLACED_BY = "replaced by"
    CONFUSED_WITH = "confused with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One name of a concept in one language.

    ``lang`` is ``"vi"`` or ``"en"``. ``profiles`` empty means that the term holds under every
    profile; otherwise it holds under those named only. ``case_rule`` ``None`` leaves the rule to the
    term's own capitals. ``source`` is a readable citation or, in shipped files, a key that
    :mod:`termbase.bundled` has already resolved to one.
    """

    text: str
    lang: str
    status: AdministrativeStatus = AdministrativeStatus.PREFERRED
    type: TermType = TermType.FULL_FORM
    part_of_speech: PartOfSpeech | None = None
    number: GrammaticalNumber | None = None
    case_rule: CaseRule | None = None
    profiles: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    verification: Verification | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a numbered formula, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of sentences that shows a concept in use."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to another concept, by its id."""

    type: RelationType
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One meaning with its names in Vietnamese and English.

    ``subject_field`` is an id of ``glossaries/subject_fields.csv`` in the shipped files and any word
    elsewhere. ``scope`` says where a label holds that several bodies or years use for different
    things. ``valid_from`` and ``valid_to`` are ISO dates, a year, or empty.
    """

    id: str
    terms: tuple[Term, ...]
    glossary: str = ""
    subject_field: str = ""
    definition_vi: str = ""
    definition_en: str = ""
    parts: tuple[Part, ...] = ()
    examples: tuple[Example, ...] = ()
    note: str = ""
    scope: str = ""
    valid_from: str = ""
    valid_to: str = ""
    confidence: Confidence | None = None
    relations: tuple[Relation, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    """Fields of other tools' files that have no place here, as name and value."""

    def in_language(self, lang: str) -> tuple[Term, ...]:
        """Return the terms of one language, in stored order."""
        return tuple([term for term in self.terms if term.lang == lang])

    def accepted(self, lang: str) -> tuple[Term, ...]:
        """Return the preferred and admitted terms of one language, preferred first."""
        best = [t for t in self.terms if t.lang == lang and t.status is AdministrativeStatus.PREFERRED]
        return (*best, *[t for t in self.terms if t.lang == lang and t.status in _ADMITTED])

    def rejected(self, lang: str) -> tuple[Term, ...]:
        """Return the deprecated, superseded and forbidden terms of one language."""
        return tuple([t for t in self.terms if t.lang == lang and t.status not in _ACCEPTED])

    def preferred(self, lang: str) -> Term | None:
        """Return the preferred term of one language, or ``None``.

        A full form is taken before an abbreviation; the first written wins a tie.
        """
        best = [t for t in self.terms if t.lang == lang and t.status is AdministrativeStatus.PREFERRED]
        if len(best) < 2:
            return best[0] if best else None
        return next((term for term in best if not term.type.abbreviated), best[0])

    @property
    def sources(self) -> tuple[str, ...]:
        """The distinct sources of the terms, in order of first use."""
        return tuple(dict.fromkeys(term.source for term in self.terms if term.source))

    def gloss(self, lang: str) -> str:
        """Return the label with its parts, ``"label (part; part)"``, for a first mention.

        A concept without parts gives its preferred term alone, or ``""`` when it has none.
        """
        label = self.preferred(lang)
        text = label.text if label else ""
        parts = [part.vi if lang == "vi" else part.en for part in self.parts]
        return f"{text} ({'; '.join(parts)})" if parts else text


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the caller's text, in code points; ``text`` is what stands there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """A term found in running text.

    ``text`` is ``caller_text[start:end]`` to the letter. ``concepts`` holds every concept that has a
    term of this spelling, best first, and ``terms`` the matching term of each, at the same index.
    ``doubtful`` is set when segmentation puts a word border inside the hit.
    ``nested`` is set when the hit lies inside a longer one.
    """

    start: int
    end: int
    text: str
    lang: str
    concepts: tuple[Concept, ...]
    terms: tuple[Term, ...]
    doubtful: bool = False
    nested: bool = False

    @property
    def concept(self) -> Concept:
        """The likeliest concept."""
        return self.concepts[0]

    @property
    def term(self) -> Term:
        """The matching term of the likeliest concept."""
        return self.terms[0]


class LookupKind(_Word):
    """By what a look-up found its answer, best first."""

    EXACT = "exact"
    ABBREVIATION = "abbreviation"
    FOLDED = "folded"
    PREFIX = "prefix"
    WORDS = "words"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupMatch:
    """One answer of a look-up: ``score`` is 0 to 100, ``term`` the name that matched."""

    score: int
    kind: LookupKind
    term: Term
    concept: Concept


class Severity(_Word):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A proposed change: put ``text`` in place of ``target[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found in a pair of segments.

    ``segment`` is the index of the pair. ``source`` and ``target`` are spans into the caller's two
    strings, ``None`` where there is nothing to point at. ``expected`` lists accepted renderings,
    preferred first. ``confidence`` is 0 to 1.
    """

    kind: str
    severity: Severity
    message: str
    segment: int = 0
    concept_id: str | None = None
    source: Span | None = None
    target: Span | None = None
    expected: tuple[str, ...] = ()
    fix: Replacement | None = None
    confidence: float = field(default=1.0)

    def __str__(self) -> str:
        place = f" “{self.target.text}”" if self.target else ""
        return f"{self.severity}: {self.kind}{place}: {self.message}"
