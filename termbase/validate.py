"""Faults of glossaries: what a terminologist would mark on reading them.

Every rule is a function from a concept to the faults it finds; :data:`RULES` lists them. Rules that
need all concepts together work on :class:`_Book`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from termbase.errors import Problem
from termbase.formats.base import ReadOptions, ReadResult
from termbase.model import AdministrativeStatus, Concept, RelationType, Term, Verification
from termbase.profiles import HOUSE, PROFILES

EXPERT = "expert"
"""The source key that stands for knowledge of the field alone."""

_SPACES = re.compile(r"^\s|\s$|\s\s|[^\S ]|[\u200b-\u200f\u2060\ufeff\u00ad]")
_ETH = re.compile(r"[ðÐƉɖ]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u052f]")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TONE_CLUSTER = re.compile(r"[oòóỏõọuùúủũụ][aàáảãạeèéẻẽẹyỳýỷỹỵ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What a set of glossaries has agreed on.

    ``sources`` and ``subject_fields`` are the known keys, ``None`` where any word will do. ``tone``
    is the placement of tone marks that the files keep; ``None`` asks only that they do not mix.
    ``strict`` asks for the house form of ids and a source on every term. ``known_ids`` are concepts
    outside the set that relations may name.
    """

    sources: Collection[str] | None = None
    subject_fields: Collection[str] | None = None
    tone: Literal["old", "new"] | None = None
    strict: bool = False
    known_ids: Collection[str] = field(default_factory=frozenset)


class _Fault(NamedTuple):
    message: str
    field: str = ""
    term: int | None = None


class _Book:
    """All concepts of a validation, with what rules look up across them."""

    def __init__(self, concepts: Sequence[Concept], rules: Rulebook) -> None:
        from termbase.text.keys import exact_key

        self.rules = rules
        self.key = exact_key
        self.concepts = concepts
        self.ids = {concept.id for concept in concepts} | set(rules.known_ids)
        self.tone = rules.tone or _majority_tone(concepts)
        self.preferred: dict[tuple[str, str], list[str]] = {}
        for concept in concepts:
            for term in concept.terms:
                if term.status is AdministrativeStatus.PREFERRED:
                    owners = self.preferred.setdefault((term.lang, exact_key(term.text)), [])
                    owners.append(concept.id)
        self.successors = {
            concept.id: [link.target for link in concept.relations if link.type is RelationType.REPLACED_BY]
            for concept in concepts
        }


def shipped_rules() -> Rulebook:
    """Return the rules of the shipped glossaries.

    >>> shipped_rules().tone
    'old'
    """
    from termbase.bundled import load_sources, load_subject_fields

    return Rulebook(
        sources=frozenset(load_sources()),
        subject_fields=frozenset(load_subject_fields()),
        tone="old",
        strict=True,
    )


def validate_files(
    paths: Iterable[str | Path], rules: Rulebook | None = None, format: str | None = None
) -> list[Problem]:
    """Return the faults of glossary files, those of reading included, in order of the files.

    Raises :class:`termbase.InputError` for a file that cannot be read at all.
    """
    from termbase.formats.registry import read

    options = ReadOptions(normalize=False)
    return validate([(str(path), read(path, format, options)) for path in paths], rules)


def validate(files: Sequence[tuple[str, ReadResult]], rules: Rulebook | None = None) -> list[Problem]:
    """Return the faults of glossaries read as they stand, in order of file, line and column.

    Relations and collisions are followed across all files. Read with ``normalize=False``, or the
    faults of encoding are already mended.

    >>> from termbase.formats.base import ReadResult
    >>> concept = Concept(id="c1", terms=(Term(text="Ðảng", lang="vi"), Term(text="Party", lang="en", source="x")))
    >>> print(*validate([("own.csv", ReadResult((concept,)))]), sep="\\n")
    own.csv: term: “Ðảng” has the Icelandic letter eth for đ
    """
    book = _Book([concept for _, result in files for concept in result.concepts], rules or Rulebook())
    problems: list[Problem] = []
    first_seen: dict[str, str] = {}
    for path, result in files:
        found = list(result.problems)
        for index, concept in enumerate(result.concepts):
            faults = [fault for rule in RULES for fault in rule(concept, book)]
            if (where := first_seen.setdefault(concept.id, path)) and where is not path:
                faults.append(_Fault(f"the id also stands in {where}", "concept_id"))
            found.extend(_problem(path, result, index, concept, fault) for fault in faults)
        problems.extend(sorted(found, key=lambda p: (p.line or 0, p.column or 0)))
    return problems


def _problem(path: str, result: ReadResult, index: int, concept: Concept, fault: _Fault) -> Problem:
    line: int | None = None
    column: int | None = None
    if result.places is not None:
        line, column = result.places.find(index, fault.term, fault.field)
    return Problem(message=fault.message, path=path, line=line, column=column, field=fault.field, entry=concept.id)


def _texts(concept: Concept) -> Iterator[tuple[str, str, str, int | None]]:
    """Yield every text of a concept: language, field, text, index of the term."""
    for index, term in enumerate(concept.terms):
        yield term.lang, "term", term.text, index
        yield "", "note", term.note, index
    yield "vi", "definition_vi", concept.definition_vi, None
    yield "en", "definition_en", concept.definition_en, None
    for example in concept.examples:
        yield "vi", "example_vi", example.vi, None
        yield "en", "example_en", example.en, None
    for part in concept.parts:
        yield "vi", "parts", part.vi, None
        yield "en", "parts", part.en, None
    yield "", "concept_note", concept.note, None
    yield "", "scope", concept.scope, None


def _writing(concept: Concept, book: _Book) -> Iterator[_Fault]:
    for lang, name, text, term in _texts(concept):
        if not text or text.isascii():
            message = _space_fault(text)
        else:
            message = (
                _letter_fault(text) or _space_fault(text) or _form_fault(text) or _tone_fault(text, lang, book.tone)
            )
        if message:
            yield _Fault(f"“{_short(text)}” {message}", name, term)


def _letter_fault(text: str) -> str:
    if _ETH.search(text):
        return "has the Icelandic letter eth for đ"
    if not unicodedata.is_normalized("NFC", text):
        return "is not in Unicode normal form C"
    if any(_OTHER_SCRIPT.search(word) and re.search("[A-Za-z]", word) for word in text.split()):
        return "mixes Latin letters with letters of another script"
    return ""


def _form_fault(text: str) -> str:
    from termbase.text.normalize import normalize

    return "" if normalize(text) == text else "is not in storage form; songngu text normalize shows it"


def _space_fault(text: str) -> str:
    return "has a space at an end, a double or an odd space" if text and _SPACES.search(text) else ""


def _tone_fault(text: str, lang: str, tone: Literal["old", "new"] | None) -> str:
    if lang == "en" or tone is None or not _TONE_CLUSTER.search(text):
        return ""
    from termbase.text.normalize import place_tones

    placed = place_tones(text, tone)
    return "" if placed == text else f"places tone marks otherwise than the rest; write “{_short(placed)}”"


def _majority_tone(concepts: Sequence[Concept]) -> Literal["old", "new"] | None:
    from termbase.text.normalize import place_tones

    old = new = 0
    for text in (t.text for c in concepts for t in c.terms if t.lang == "vi" and _TONE_CLUSTER.search(t.text)):
        new += place_tones(text, "old") != text
        old += place_tones(text, "new") != text
    if not old and not new:
        return None
    return "old" if old >= new else "new"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _identity(concept: Concept, book: _Book) -> Iterator[_Fault]:
    if book.rules.strict and not _ID.fullmatch(concept.id):
        yield _Fault("an id is lower-case ASCII with hyphens", "concept_id")
    elif re.search(r"\s", concept.id):
        yield _Fault("an id has no spaces", "concept_id")


def _duplicates(concept: Concept, book: _Book) -> Iterator[_Fault]:
    seen: dict[tuple[str, str], list[Term]] = {}
    for index, term in enumerate(concept.terms):
        twins = seen.setdefault((term.lang, book.key(term.text)), [])
        for twin in twins:
            if not twin.profiles or not term.profiles or set(twin.profiles) & set(term.profiles):
                yield _Fault(_twice(term.text, twin.text), "term", index)
                break
        twins.append(term)


def _twice(text: str, twin: str) -> str:
    if text == twin:
        return f"“{text}” stands twice in this concept"
    return f"“{text}” is “{twin}” again: case, quotes, dashes, spaces and tone placement make no other term"


def _one_preferred(concept: Concept, book: _Book) -> Iterator[_Fault]:  # noqa: ARG001
    for lang, name in (("vi", "Vietnamese"), ("en", "English")):
        terms = [(i, t) for i, t in enumerate(concept.terms) if t.lang == lang]
        best = [(i, t) for i, t in terms if t.status is AdministrativeStatus.PREFERRED]
        if not best:
            yield _Fault(f"no preferred {name} term", "status")
            continue
        if all(t.profiles and HOUSE not in t.profiles for _, t in best):
            yield _Fault(f"no preferred {name} term outside other houses' profiles", "status")
        taken: dict[str, str] = {}
        for index, term in best:
            for profile in term.profiles or ("",):
                under = f" under the profile {profile}" if profile else ""
                if profile in taken:
                    message = f"“{term.text}” is a second preferred {name} term{under}, beside “{taken[profile]}”"
                    yield _Fault(message, "status", index)
                taken.setdefault(profile, term.text)


def _rejected(concept: Concept, book: _Book) -> Iterator[_Fault]:
    for index, term in enumerate(concept.terms):
        if not term.status.rejected or term.note:
            continue
        owners = [i for i in book.preferred.get((term.lang, book.key(term.text)), ()) if i != concept.id]
        if owners:
            message = f"“{term.text}” is {term.status} here and preferred in {owners[0]}; a note must say why"
        else:
            message = f"“{term.text}” is {term.status} without a reason"
        yield _Fault(message, "note", index)


def _doublets(concept: Concept, book: _Book) -> Iterator[_Fault]:
    vi, en = concept.preferred("vi"), concept.preferred("en")
    if vi is None or en is None or concept.scope:
        return
    same_en = set(book.preferred.get(("en", book.key(en.text)), ()))
    for other in book.preferred.get(("vi", book.key(vi.text)), ()):
        if other != concept.id and other in same_en:
            yield _Fault(
                f"the same preferred terms as {other}: one concept written twice, or a scope is missing", "term"
            )


def _vocabulary(concept: Concept, book: _Book) -> Iterator[_Fault]:
    fields = book.rules.subject_fields
    if fields is not None and concept.subject_field not in fields:
        yield _Fault(f"unknown subject field {concept.subject_field!r}", "subject_field")
    for index, term in enumerate(concept.terms):
        for profile in term.profiles:
            if profile not in PROFILES:
                yield _Fault(f"unknown profile {profile!r}", "profile", index)


def _sources(concept: Concept, book: _Book) -> Iterator[_Fault]:
    known, strict = book.rules.sources, book.rules.strict
    if not strict and not any(term.source for term in concept.terms):
        yield _Fault("no term of this concept names its source", "source")
    for index, term in enumerate(concept.terms):
        keys = [key.strip() for key in term.source.split(";")] if term.source else []
        if strict and not keys:
            yield _Fault(f"“{term.text}” names no source", "source", index)
        for key in keys:
            if known is not None and key not in known:
                yield _Fault(f"unknown source {key!r}", "source", index)
        if keys == [EXPERT] and term.verification not in (None, Verification.UNVERIFIED):
            yield _Fault("knowledge of the field alone cannot be verified", "verification", index)


def _both_languages(concept: Concept, book: _Book) -> Iterator[_Fault]:  # noqa: ARG001
    if bool(concept.definition_vi) != bool(concept.definition_en):
        missing = "definition_en" if concept.definition_vi else "definition_vi"
        yield _Fault("the definition stands in one language only", missing)
    for example in concept.examples:
        if bool(example.vi) != bool(example.en):
            yield _Fault("the example stands in one language only", "example_en" if example.vi else "example_vi")
    for part in concept.parts:
        if not part.vi or not part.en:
            yield _Fault(f"the part “{part.vi or part.en}” stands in one language only", "parts")


def _relations(concept: Concept, book: _Book) -> Iterator[_Fault]:
    for link in concept.relations:
        if link.target not in book.ids:
            yield _Fault(f"{link.type}: there is no concept {link.target!r}", "relations")
        elif link.target == concept.id:
            yield _Fault(f"{link.type}: the concept itself", "relations")
    chain = [concept.id]
    while len(successors := book.successors.get(chain[-1], [])) and successors[0] not in chain:
        chain.append(successors[0])
    if len(chain) > 1 and concept.id in book.successors.get(chain[-1], []):
        yield _Fault(f"replaced by itself in a circle: {' → '.join([*chain, concept.id])}", "relations")


def _validity(concept: Concept, book: _Book) -> Iterator[_Fault]:  # noqa: ARG001
    for name, date in (("valid_from", concept.valid_from), ("valid_to", concept.valid_to)):
        if date and not _DATE.fullmatch(date):
            yield _Fault(f"{date!r} is not a year or an ISO date", name)
    if concept.valid_from and concept.valid_to and concept.valid_from > concept.valid_to:
        yield _Fault(f"ends ({concept.valid_to}) before it begins ({concept.valid_from})", "valid_to")


RULES: Sequence[Callable[[Concept, _Book], Iterator[_Fault]]] = (
    _writing,
    _identity,
    _duplicates,
    _one_preferred,
    _rejected,
    _doublets,
    _vocabulary,
    _sources,
    _both_languages,
    _relations,
    _validity,
)


def summary(problems: Sequence[Problem]) -> Mapping[str, int]:
    """Return how many faults each field has, most first.

    >>> summary([Problem(message="x", field="term"), Problem(message="y", field="term")])
    {'term': 2}
    """
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.field] = counts.get(problem.field, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))
