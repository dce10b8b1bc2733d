"""What writing concepts in a format would lose, told entry by entry before anything is written.

Two sources: the fields that the format does not hold (:func:`losses`, by rule), and what does not come
back when the format's own reader reads what its writer wrote (:func:`trial`, by trying): line ends,
characters and cells that the layout cannot carry, entries that fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any

from termbase.diff import changes_between, show
from termbase.formats.base import FormatSpec, ReadOptions, WriteOptions
from termbase.formats.fields import COVERED, ERASERS, reduce
from termbase.formats.ids import concept_id
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, PartOfSpeech, Term, TermType


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that a format cannot hold: of which entry, which field, and what is lost."""

    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        # One line each, whatever line ends the lost text has.
        return f"{self.entry}: {self.field}: {' '.join(self.message.split())}"


_TERM_FIELDS: dict[str, Callable[[Term], object]] = {
    "type": lambda term: "" if term.type is TermType.FULL_FORM else term.type,
    "part_of_speech": lambda term: term.part_of_speech,
    "part_of_speech_en": lambda term: term.part_of_speech if term.lang == "en" else "",
    "proper_noun": lambda term: term.part_of_speech if term.part_of_speech is PartOfSpeech.PROPER_NOUN else "",
    "number": lambda term: term.number,
    "case": lambda term: term.case_rule,
    "note": lambda term: term.note,
    "source": lambda term: term.source,
    "verification": lambda term: term.verification,
    "profiles": lambda term: ", ".join(term.profiles),
}
_CONCEPT_FIELDS: dict[str, Callable[[Concept], object]] = {
    "subject_field": lambda concept: concept.subject_field,
    "definition_vi": lambda concept: concept.definition_vi,
    "definition_en": lambda concept: concept.definition_en,
    "parts": lambda concept: concept.parts,
    "examples": lambda concept: concept.examples,
    "more_examples": lambda concept: concept.examples[1:],
    "concept_note": lambda concept: concept.note,
    "scope": lambda concept: concept.scope,
    "valid_from": lambda concept: concept.valid_from,
    "valid_to": lambda concept: concept.valid_to,
    "confidence": lambda concept: concept.confidence,
    "relations": lambda concept: concept.relations,
    "properties": lambda concept: concept.properties,
}


def losses(concepts: Iterable[Concept], holds: Iterable[str]) -> list[Loss]:
    """Return what a format that holds these fields would lose, entry by entry.

    The glossary's name is not reported: it is that of the file.

    >>> losses([Concept(id="c1", terms=(), scope="Military Region 7")], ERASERS)
    []
    >>> print(losses([Concept(id="c1", terms=(), scope="Military Region 7")], ("id",))[0])
    c1: scope: Military Region 7
    """
    missing = _missing(frozenset(holds))
    return [
        Loss(entry=concept.id, field=name, message=message)
        for concept in concepts
        for name, message in _field_losses(concept, missing)
    ]


@lru_cache(maxsize=64)
def _missing(holds: frozenset[str]) -> tuple[str, ...]:
    names = [name for name in ERASERS if name not in holds and name != "glossary"]
    return tuple(name for name in names if COVERED.get(name, name) == name or COVERED[name] not in names)


def _field_losses(concept: Concept, missing: Collection[str]) -> Iterator[tuple[str, str]]:
    if not _PLAIN.issuperset([term.status for term in concept.terms]) or "status" in missing:
        yield from _status_losses(concept, missing)
    for name in missing:
        if name in _TERM_FIELDS:
            get = _TERM_FIELDS[name]
            found = [f"{term.text}: {value}" for term in concept.terms if (value := get(term))]
            if found:
                yield name, "; ".join(found)
        elif name in _CONCEPT_FIELDS:
            if value := _CONCEPT_FIELDS[name](concept):
                yield name, show(value)
        elif name == "synonyms":
            kept = ERASERS[name](concept).terms
            if len(kept) < len(concept.terms):
                yield name, "; ".join(term.text for term in concept.terms if term not in kept)


_PLAIN = frozenset({AdministrativeStatus.PREFERRED, AdministrativeStatus.ADMITTED})


def _status_losses(concept: Concept, missing: Collection[str]) -> Iterator[tuple[str, str]]:
    if "status" in missing:
        # Without statuses rejected terms are left out, and the first term of a language is the preferred one.
        after = {id(term) for term in ERASERS["status"](concept).terms}
        found = [f"{term.text} ({term.status})" for term in concept.terms if id(term) not in after]
        if found:
            yield "status", "; ".join(found)
        return
    groups: dict[str, list[str]] = {}
    for term in concept.terms:
        if name := _status_field(term, missing):
            groups.setdefault(name, []).append(f"{term.text} ({term.status})")
    for name, texts in groups.items():
        yield name, "; ".join(texts)


def _status_field(term: Term, missing: Collection[str]) -> str:
    if term.lang == "vi" and term.status.rejected and "rejected_vi" in missing:
        return "rejected_vi"
    return term.status.value if term.status.value in missing else ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A format tried out: its module, and the options that it is written and read with."""

    spec: FormatSpec
    module: Any
    options: WriteOptions

    def back(self, concepts: Sequence[Concept]) -> list[Concept]:
        """Return the concepts as they are after having been written and read."""
        stream = BytesIO()
        self.module.write(concepts, stream, self.options)
        # The name that concepts get that have none; it is not compared.
        options = ReadOptions(glossary="-", variant=self.spec.variant)
        return list(self.module.read(BytesIO(stream.getvalue()), options).concepts)


def trial(concepts: Iterable[Concept], tried: Trial) -> list[Loss]:
    """Return what is lost beside the fields that the format does not hold, entry by entry.

    ``concepts`` are written and read back; each is compared with what :func:`reduce` leaves of it. For
    formats that both read and write.
    """
    wanted = [canonical(reduce(concept, tried.spec.holds)) for concept in concepts]
    back = tried.back(wanted)
    keeps_ids = "id" in tried.spec.holds
    if keeps_ids and len(back) == len(wanted):
        pairs = zip(wanted, back, strict=True)
        return [loss for concept, found in pairs for loss in compared(concept, found, ids=True)]
    return _matched(wanted, back, tried, keeps_ids=keeps_ids)


def _matched(wanted: Sequence[Concept], back: Sequence[Concept], tried: Trial, *, keeps_ids: bool) -> list[Loss]:
    """Compare where entries were left out or fell together, or have no ids: by id or first terms."""
    found: dict[str, list[Concept]] = {}
    for concept in back:
        found.setdefault(concept.id, []).append(concept)
    lost: list[Loss] = []
    seen: set[str] = set()
    for concept in wanted:
        key = concept.id if keeps_ids else concept_id(concept.terms)
        rivals = found.get(key, [])
        if rivals:
            lost += compared(concept, rivals.pop(0), ids=keeps_ids)
        elif key in seen:
            lost.append(Loss(entry=concept.id, field="concept", message="falls together with another entry"))
        else:
            lost += _alone(concept, tried, ids=keeps_ids)
        seen.add(key)
    return lost


def _alone(concept: Concept, tried: Trial, *, ids: bool) -> list[Loss]:
    """Try one concept by itself: it did not come back under its id or its first terms."""
    back = tried.back([concept])
    if not back:
        return [Loss(entry=concept.id, field="concept", message=left_out(concept))]
    lost = compared(concept, back[0], ids=ids)
    if len(back) > 1:
        lost.append(Loss(entry=concept.id, field="concept", message=f"becomes {len(back)} entries"))
    return lost


def left_out(concept: Concept) -> str:
    """Return why an entry is left out of a format that pairs terms of both languages.

    >>> left_out(Concept(id="c1", terms=(Term(text="Đảng", lang="vi"),)))
    'left out: it has no accepted English term'
    """
    lacking = [name for lang, name in (("vi", "Vietnamese"), ("en", "English")) if not concept.accepted(lang)]
    return f"left out: it has no accepted {' or '.join(lacking)} term" if lacking else "left out"


def compared(wanted: Concept, back: Concept, *, ids: bool) -> list[Loss]:
    """Return a loss for each field in which a concept that came back differs.

    >>> before, after = Concept(id="c1", terms=(), note="a\\nb"), Concept(id="c1", terms=(), note="a b")
    >>> [loss.field for loss in compared(before, after, ids=True)]
    ['concept_note']
    """
    lost = []
    if ids and wanted.id != back.id:
        lost.append(Loss(entry=wanted.id, field="id", message=f"becomes {back.id}"))
    if canonical(back).terms == wanted.terms and replace(back, terms=(), id="", glossary="") == replace(
        wanted, terms=(), id="", glossary=""
    ):
        return lost
    for change in changes_between(wanted, back):
        name = _NAMES.get(change.field, change.field) if change.term else _CONCEPT_NAMES.get(change.field, change.field)
        subject = f"{change.term}: " if change.term else ""
        message = f"{subject}{_short(change.before) or 'nothing'} becomes {_short(change.after) or 'nothing'}"
        lost.append(Loss(entry=wanted.id, field=name, message=message))
    return lost


_NAMES = {"case_rule": "case"}
_CONCEPT_NAMES = {"note": "concept_note", "vi term": "term", "en term": "term"}


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…") if text else ""


_ORDER = {status: index for index, status in enumerate(AdministrativeStatus)}


def canonical(concept: Concept) -> Concept:
    """Return the concept with its terms by language and status: formats group them, the groups say nothing.

    >>> canonical(Concept(id="c1", terms=(Term(text="Party", lang="en"), Term(text="Đảng", lang="vi")))).terms[0].lang
    'vi'
    """
    terms = tuple(sorted(concept.terms, key=lambda term: (LANGUAGES.index(term.lang), _ORDER[term.status])))
    return concept if terms == concept.terms else replace(concept, terms=terms)
