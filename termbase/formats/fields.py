"""The fields of a concept, one by one: what a format holds, and what it would lose.

A format names the fields it holds; :func:`reduce` cuts a concept down to them. What it cuts off is in the
loss report (:mod:`termbase.formats.losses`), so that report and round-trip tests come from one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from termbase.formats.making import maker
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, PartOfSpeech, Term, TermType
from termbase.profiles import apply_profile

T = TypeVar("T")


_TUPLES = ("parts", "examples", "relations", "properties")


def _with_terms(concept: Concept, terms: tuple[Term, ...]) -> Concept:
    return make_concept(*_CONCEPT_VALUES(concept)[:-1], terms)


def _restated(term: Term, status: AdministrativeStatus) -> Term:
    return _changed(term, _STATUS, status)


def _changed(term: Term, index: int, value: object) -> Term:
    values = _TERM_VALUES(term)
    return make_term(*values[:index], value, *values[index + 1 :])


def _concept_field(name: str) -> Callable[[Concept], Concept]:
    empty: Any = {"confidence": None}.get(name, () if name in ("parts", "examples", "relations", "properties") else "")
    return lambda concept: replace(concept, **{name: empty})


def _term_field(name: str, empty: object) -> Callable[[Concept], Concept]:
    change: Any = {name: empty}

    def erase(concept: Concept) -> Concept:
        if all(getattr(term, name) == empty for term in concept.terms):
            return concept
        return _with_terms(concept, tuple(replace(term, **change) for term in concept.terms))

    return erase


def _each_status(old: Iterable[AdministrativeStatus], new: AdministrativeStatus) -> Callable[[Concept], Concept]:
    gone = frozenset(old)

    def erase(concept: Concept) -> Concept:
        if gone.isdisjoint([term.status for term in concept.terms]):
            return concept
        return _with_terms(concept, tuple([_restated(t, new) if t.status in gone else t for t in concept.terms]))

    return erase


def _status(concept: Concept) -> Concept:
    # A format without statuses must not hand out rejected terms as good ones. The first term of a
    # language is then the preferred one.
    if _statusless(concept.terms):
        return concept
    terms: list[Term] = []
    for lang in LANGUAGES:
        status = AdministrativeStatus.PREFERRED
        for term in concept.accepted(lang):
            terms.append(term if term.status is status else _restated(term, status))
            status = AdministrativeStatus.ADMITTED
    return concept if tuple(terms) == concept.terms else _with_terms(concept, tuple(terms))


def _statusless(terms: tuple[Term, ...]) -> bool:
    """Tell whether the terms stand as they do without statuses: by language, of each the first one preferred."""
    last = ""
    for term in terms:
        lang = term.lang
        if term.status is not (AdministrativeStatus.ADMITTED if lang == last else AdministrativeStatus.PREFERRED):
            return False
        if lang != last and (last, lang) not in _ORDERS:
            return False
        last = lang
    return True


_ORDERS = frozenset({("", "vi"), ("", "en"), ("vi", "en")})
_ACCEPTED = frozenset(status for status in AdministrativeStatus if status.accepted)


def _proper(concept: Concept) -> Concept:
    proper = PartOfSpeech.PROPER_NOUN
    if proper not in [term.part_of_speech for term in concept.terms]:
        return concept
    terms = [_changed(t, _PART, PartOfSpeech.NOUN) if t.part_of_speech is proper else t for t in concept.terms]
    return _with_terms(concept, tuple(terms))


def _rejected_vi(concept: Concept) -> Concept:
    kept = [term for term in concept.terms if term.lang != "vi" or term.status in _ACCEPTED]
    return concept if len(kept) == len(concept.terms) else _with_terms(concept, tuple(kept))


def _part_of_speech_en(concept: Concept) -> Concept:
    if not any(term.part_of_speech and term.lang == "en" for term in concept.terms):
        return concept
    return _with_terms(concept, tuple([_changed(t, _PART, None) if t.lang == "en" else t for t in concept.terms]))


def _synonyms(concept: Concept) -> Concept:
    chosen = {lang: terms[0] for lang in LANGUAGES if (terms := concept.accepted(lang))}
    chosen |= {lang: best for lang in LANGUAGES if (best := concept.preferred(lang))}
    kept = tuple(term for term in concept.terms if any(term is t for t in chosen.values()))
    return concept if len(kept) == len(concept.terms) else _with_terms(concept, kept)


def _profiles(concept: Concept) -> Concept:
    # Without profiles a file shows the terms as the house does when no profile is asked for.
    if not [term for term in concept.terms if term.profiles]:
        return concept
    best: dict[tuple[str, str], Term] = {}
    for term in apply_profile(concept, None).terms:
        known = best.setdefault((term.lang, term.text), term)
        if known.status.rejected and term.status.accepted:
            best[term.lang, term.text] = term
    return _with_terms(concept, tuple(replace(term, profiles=()) for term in best.values()))


def _more_examples(concept: Concept) -> Concept:
    return replace(concept, examples=concept.examples[:1]) if len(concept.examples) > 1 else concept


ERASERS: Mapping[str, Callable[[Concept], Concept]] = MappingProxyType(
    {
        "profiles": _profiles,
        "status": _status,
        "forbidden": _each_status([AdministrativeStatus.FORBIDDEN], AdministrativeStatus.DEPRECATED),
        "rejected_vi": _rejected_vi,
        "draft": _each_status([AdministrativeStatus.DRAFT], AdministrativeStatus.ADMITTED),
        # For formats that know accepted and forbidden only: the safer side.
        "deprecated": _each_status(
            [AdministrativeStatus.DEPRECATED, AdministrativeStatus.SUPERSEDED], AdministrativeStatus.FORBIDDEN
        ),
        "superseded": _each_status([AdministrativeStatus.SUPERSEDED], AdministrativeStatus.DEPRECATED),
        "synonyms": _synonyms,
        "type": _term_field("type", TermType.FULL_FORM),
        "part_of_speech": _term_field("part_of_speech", None),
        "part_of_speech_en": _part_of_speech_en,
        "proper_noun": _proper,
        "number": _term_field("number", None),
        "case": _term_field("case_rule", None),
        "note": _term_field("note", ""),
        "source": _term_field("source", ""),
        "verification": _term_field("verification", None),
        "glossary": _concept_field("glossary"),
        "subject_field": _concept_field("subject_field"),
        "definition_vi": _concept_field("definition_vi"),
        "definition_en": _concept_field("definition_en"),
        "parts": _concept_field("parts"),
        "examples": _concept_field("examples"),
        "more_examples": _more_examples,
        "concept_note": _concept_field("note"),
        "scope": _concept_field("scope"),
        "valid_from": _concept_field("valid_from"),
        "valid_to": _concept_field("valid_to"),
        "confidence": _concept_field("confidence"),
        "relations": _concept_field("relations"),
        "properties": _concept_field("properties"),
    }
)
"""How to take each field out of a concept. ``id`` is not here: it is kept or made anew."""

COVERED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("rejected_vi", "forbidden", "draft", "deprecated", "superseded"), "status"),
        "more_examples": "examples",
        "part_of_speech_en": "part_of_speech",
        "proper_noun": "part_of_speech",
    }
)
"""Fields that are lost with another field, when a format holds neither."""

ALL = ("id", *ERASERS)
"""Every field: what a lossless format holds."""

NATIVE = tuple(name for name in ALL if name not in ("glossary", "more_examples", "properties"))
"""What the native CSV holds: the glossary is the file's name, an example is one pair."""


def restructured(concepts: Iterable[Concept], holds: Iterable[str]) -> list[Concept]:
    """Return the concepts with their terms as they are without the fields that are not among ``holds``.

    What :func:`reduce` does but for emptying plain fields: for writers that look at no field that they do not
    hold, to whom full and empty are the same.

    >>> from termbase.model import Term
    >>> wrong = Term(text="Đảng bộ", lang="vi", status=AdministrativeStatus.FORBIDDEN)
    >>> both = Concept(id="c1", terms=(Term(text="Đảng", lang="vi", note="n"), wrong))
    >>> [term.note for term in restructured([both], ("id",))[0].terms]
    ['n']
    """
    cut = list(concepts)
    for erase in _plan(tuple(holds)).structure:
        cut = list(map(erase, cut))
    return cut


def reduce(concept: Concept, holds: Iterable[str]) -> Concept:
    """Return the concept without the fields that are not among ``holds``.

    The same as all erasers of the missing fields one after the other, in one pass over the plain ones.

    >>> from termbase.model import Term
    >>> concept = Concept(id="c1", terms=(Term(text="Đảng", lang="vi", note="n"),))
    >>> reduce(concept, ("id",)).terms[0].note
    ''
    """
    plan = _plan(tuple(holds))
    for erase in (*plan.structure, *plan.marks):
        concept = erase(concept)
    if plan.terms:
        terms = tuple([_blanked(term, _TERM_VALUES, plan.terms, make_term) for term in concept.terms])
        concept = make_concept(*_CONCEPT_VALUES(concept)[:-1], terms)
    return _blanked(concept, _CONCEPT_VALUES, plan.concept, make_concept) if plan.concept else concept


_Blanks = tuple[tuple[int, Any], ...]


class _Plan(NamedTuple):
    """How to take the fields that a format does not hold out of a concept."""

    structure: tuple[Callable[[Concept], Concept], ...]
    marks: tuple[Callable[[Concept], Concept], ...]
    terms: _Blanks
    concept: _Blanks


_MARKS = frozenset({"part_of_speech_en"})
"""Plain fields of some terms only: a writer that does not hold them looks at them no more than at others."""
_PLAIN_TERM: Mapping[str, tuple[str, Any]] = {
    "type": ("type", TermType.FULL_FORM),
    "part_of_speech": ("part_of_speech", None),
    "number": ("number", None),
    "case": ("case_rule", None),
    "note": ("note", ""),
    "source": ("source", ""),
    "verification": ("verification", None),
}
_PLAIN_CONCEPT: Mapping[str, tuple[str, Any]] = {
    **{name: (name, "") for name in ("glossary", "subject_field", "definition_vi", "definition_en", "scope")},
    **{name: (name, "") for name in ("valid_from", "valid_to")},
    **{name: (name, ()) for name in _TUPLES},
    "concept_note": ("note", ""),
    "confidence": ("confidence", None),
}
_TERM_NAMES = tuple(field.name for field in dataclass_fields(Term))
_STATUS, _PART = _TERM_NAMES.index("status"), _TERM_NAMES.index("part_of_speech")
# The terms stand last, where they can be exchanged.
_CONCEPT_NAMES = (*(field.name for field in dataclass_fields(Concept) if field.name != "terms"), "terms")
_TERM_VALUES: Callable[[Any], tuple[Any, ...]] = attrgetter(*_TERM_NAMES)
_CONCEPT_VALUES: Callable[[Any], tuple[Any, ...]] = attrgetter(*_CONCEPT_NAMES)
make_term = maker(Term, " ".join(_TERM_NAMES))
make_concept = maker(Concept, " ".join(_CONCEPT_NAMES))


@lru_cache(maxsize=64)
def _plan(holds: tuple[str, ...]) -> _Plan:
    missing = [name for name in ERASERS if name not in holds]
    # A field that goes with another one needs no eraser of its own.
    missing = [name for name in missing if COVERED.get(name) not in missing]
    rest = [name for name in missing if name not in _PLAIN_TERM and name not in _PLAIN_CONCEPT]
    plain_terms = [_PLAIN_TERM[name] for name in missing if name in _PLAIN_TERM]
    plain_concepts = [_PLAIN_CONCEPT[name] for name in missing if name in _PLAIN_CONCEPT]
    return _Plan(
        tuple(ERASERS[name] for name in rest if name not in _MARKS),
        tuple(ERASERS[name] for name in rest if name in _MARKS),
        tuple((_TERM_NAMES.index(name), empty) for name, empty in plain_terms),
        tuple((_CONCEPT_NAMES.index(name), empty) for name, empty in plain_concepts),
    )


def _blanked(value: T, values: Callable[[Any], tuple[Any, ...]], blanks: _Blanks, make: Callable[..., T]) -> T:
    fields = list(values(value))
    for index, empty in blanks:
        fields[index] = empty
    return make(*fields)
