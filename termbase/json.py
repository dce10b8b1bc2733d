"""Concepts and terms as JSON objects: the shapes that commands print and ``jsonl`` files hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from termbase.model import (
    AdministrativeStatus,
    CaseRule,
    Concept,
    Confidence,
    Example,
    GrammaticalNumber,
    Part,
    PartOfSpeech,
    Relation,
    RelationType,
    Term,
    TermType,
    Verification,
)

E = TypeVar("E", bound=Enum)


def term_to_json(term: Term) -> dict[str, Any]:
    """Return the TERM object of a term.

    >>> term_to_json(Term(text="combat readiness", lang="en"))["status"]
    'preferred'
    """
    return {
        "lang": term.lang,
        "text": term.text,
        "status": str(term.status),
        "type": str(term.type),
        "part_of_speech": _value(term.part_of_speech),
        "number": _value(term.number),
        "case": _value(term.case_rule),
        "profiles": list(term.profiles),
        "note": term.note,
        "source": term.source,
        "verification": _value(term.verification),
    }


def concept_to_json(concept: Concept) -> dict[str, Any]:
    """Return the CONCEPT object of a concept; nothing of it is lost.

    >>> concept_to_json(Concept(id="c1", terms=()))["definitions"]
    {'vi': '', 'en': ''}
    """
    return {
        "id": concept.id,
        "glossary": concept.glossary,
        "subject_field": concept.subject_field,
        "terms": [term_to_json(term) for term in concept.terms],
        "definitions": {"vi": concept.definition_vi, "en": concept.definition_en},
        "parts": [{"vi": part.vi, "en": part.en} for part in concept.parts],
        "examples": [{"vi": example.vi, "en": example.en} for example in concept.examples],
        "note": concept.note,
        "scope": concept.scope,
        "valid_from": concept.valid_from,
        "valid_to": concept.valid_to,
        "confidence": _value(concept.confidence),
        "relations": [{"type": str(link.type), "target": link.target} for link in concept.relations],
        "properties": [{"name": name, "value": value} for name, value in concept.properties],
        "sources": list(concept.sources),
    }


def term_from_json(data: Mapping[str, Any]) -> Term:
    """Return the term that a TERM object describes; keys left out take their defaults.

    Raises ``ValueError`` naming the key that is missing or has a value of the wrong kind.

    >>> term_from_json({"lang": "en", "text": "combat readiness"}).type.value
    'full form'
    """
    _expect_object(data, "a term")
    lang = _text(data, "lang")
    if lang not in ("vi", "en"):
        raise ValueError(f'lang: "vi" or "en" is wanted, not {lang!r}')
    text = _text(data, "text")
    if not text:
        raise ValueError("text: a term needs a text")
    return Term(
        text=text,
        lang=lang,
        status=_enum(AdministrativeStatus, data, "status") or AdministrativeStatus.PREFERRED,
        type=_enum(TermType, data, "type") or TermType.FULL_FORM,
        part_of_speech=_enum(PartOfSpeech, data, "part_of_speech"),
        number=_enum(GrammaticalNumber, data, "number"),
        case_rule=_enum(CaseRule, data, "case"),
        profiles=tuple(str(name) for name in _list(data, "profiles")),
        note=_text(data, "note"),
        source=_text(data, "source"),
        verification=_enum(Verification, data, "verification"),
    )


def concept_from_json(data: Mapping[str, Any]) -> Concept:
    """Return the concept that a CONCEPT object describes; ``sources`` is derived and not read.

    Raises ``ValueError`` naming the key that is missing or has a value of the wrong kind.

    >>> concept = Concept(id="c1", terms=(Term(text="Đảng", lang="vi"),), note="n")
    >>> concept_from_json(concept_to_json(concept)) == concept
    True
    """
    _expect_object(data, "a concept")
    identifier = _text(data, "id")
    if not identifier:
        raise ValueError("id: a concept needs an id")
    definitions = data.get("definitions") or {}
    _expect_object(definitions, "definitions")
    return Concept(
        id=identifier,
        terms=tuple(term_from_json(item) for item in _list(data, "terms")),
        glossary=_text(data, "glossary"),
        subject_field=_text(data, "subject_field"),
        definition_vi=_text(definitions, "vi"),
        definition_en=_text(definitions, "en"),
        parts=tuple(Part(*_pair(item, "parts", ("vi", "en"))) for item in _list(data, "parts")),
        examples=tuple(Example(*_pair(item, "examples", ("vi", "en"))) for item in _list(data, "examples")),
        note=_text(data, "note"),
        scope=_text(data, "scope"),
        valid_from=_text(data, "valid_from"),
        valid_to=_text(data, "valid_to"),
        confidence=_enum(Confidence, data, "confidence"),
        relations=tuple(_relation(item) for item in _list(data, "relations")),
        properties=tuple(_pair(item, "properties", ("name", "value")) for item in _list(data, "properties")),
    )


def _value(member: Enum | None) -> str | None:
    # The members are the words themselves; ``value`` would be looked up by a descriptor of Python's own.
    return None if member is None else str(member)


def _expect_object(data: object, what: str) -> None:
    if not isinstance(data, Mapping):
        raise ValueError(f"{what} must be a JSON object")


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key}: a string is wanted")
    return value


def _list(data: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = data.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError(f"{key}: a list is wanted")
    return value


def _enum(kind: type[E], data: Mapping[str, Any], key: str) -> E | None:
    word = _text(data, key)
    if not word:
        return None
    try:
        return kind(word)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise ValueError(f"{key}: {word!r} is none of {known}") from None


def _pair(item: object, key: str, names: tuple[str, str]) -> tuple[str, str]:
    if not isinstance(item, Mapping):
        raise ValueError(f"{key}: objects with {names[0]!r} and {names[1]!r} are wanted")
    return _text(item, names[0]), _text(item, names[1])


def _relation(item: object) -> Relation:
    kind, target = _pair(item, "relations", ("type", "target"))
    return Relation(_enum(RelationType, {"relations": kind}, "relations") or RelationType.SEE_ALSO, target)
