"""SKOS and SKOS-XL read from Turtle with rdflib, statements in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, BinaryIO
from urllib.parse import unquote

from termbase.errors import FormatError, MissingExtraError, Problem
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.sources import decode_bytes
from termbase.formats.words import language_of
from termbase.model import Concept, Example, Relation, RelationType

BASE = "urn:songngu:concept:"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
XL = "http://www.w3.org/2008/05/skos-xl#"
_LABELS = {
    f"{base}{name}": status
    for base in (SKOS, XL)
    for name, status in (("prefLabel", "preferred"), ("altLabel", "admitted"), ("hiddenLabel", "forbidden"))
}
_RELATIONS = {
    f"{SKOS}broader": RelationType.BROADER,
    f"{SKOS}related": RelationType.SEE_ALSO,
    f"{DCT}isReplacedBy": RelationType.REPLACED_BY,
    "http://www.w3.org/2000/01/rdf-schema#seeAlso": RelationType.CONFUSED_WITH,
}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_KNOWN = frozenset(
    {_TYPE, f"{DCT}subject", f"{DCT}source"}
    | {f"{SKOS}{name}" for name in ("notation", "definition", "example", "note", "scopeNote")}
    | {f"{SKOS}{name}" for name in ("inScheme", "topConceptOf")}
)
_Statements = list[tuple[str, Any]]


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read the concepts of a SKOS file in Turtle.

    Preferred labels are preferred terms, alternative ones admitted, hidden ones forbidden. Raises
    :class:`FormatError` for what is not Turtle, or has neither Vietnamese nor English labels, and
    :class:`MissingExtraError` without rdflib.
    """
    subjects = _parse(decode_bytes(stream.read(), options), options)
    concepts = {
        subject: statements
        for subject, statements in subjects.items()
        if any(name in _LABELS or (name == _TYPE and str(value) == f"{SKOS}Concept") for name, value in statements)
        and not any(name == _TYPE and str(value) == f"{SKOS}ConceptScheme" for name, value in statements)
    }
    ids = {subject: _identifier(subject, statements) for subject, statements in concepts.items()}
    builder = Builder(options)
    foreign: Counter[str] = Counter()
    for subject, statements in concepts.items():
        terms = _terms(statements, subjects, foreign)
        builder.add(_concept(ids[subject], statements, ids, subjects), terms)
    return builder.result(foreign)


def _parse(text: str, options: ReadOptions) -> dict[str, _Statements]:
    try:
        from rdflib import Graph
    except ModuleNotFoundError:
        raise MissingExtraError("rdflib", "rdf") from None
    subjects: dict[str, _Statements] = {}

    class Ordered(Graph):
        """A graph would forget the order in which synonyms and examples stand."""

        def add(self, triple: Any) -> Any:
            subject, predicate, value = triple
            subjects.setdefault(_key(subject), []).append((str(predicate), value))
            return self

    try:
        Ordered().parse(data=text, format="turtle")
    except RecursionError:
        raise FormatError([Problem(message="not Turtle: nested too deeply", path=options.path)]) from None
    except Exception as error:  # noqa: BLE001  # rdflib lets errors of many kinds through
        line = getattr(error, "lines", None)
        ended = isinstance(error, IndexError)
        cause = getattr(error, "_why", "") or ("it ends too early" if ended else type(error).__name__)
        at = line + 1 if isinstance(line, int) else None
        message = f"not Turtle: {str(cause).splitlines()[0][:200]}"
        raise FormatError([Problem(message=message, path=options.path, line=at)]) from None
    return subjects


def _identifier(subject: str, statements: _Statements) -> str:
    notations = [str(value) for name, value in statements if name == f"{SKOS}notation"]
    if len(notations) == 1 and notations[0].strip():
        return notations[0]
    if subject.startswith("_:"):
        # A blank node has another name at each reading.
        return ""
    if subject.startswith(BASE):
        return unquote(subject[len(BASE) :])
    return unquote(subject.rstrip("/#").replace("#", "/").rpartition("/")[2])


def _terms(statements: _Statements, subjects: dict[str, _Statements], foreign: Counter[str]) -> list[ReadTerm]:
    """Return the terms of a concept: labels, and what SKOS-XL says of them."""
    source = "; ".join(dict.fromkeys(str(value) for name, value in statements if name == f"{DCT}source"))
    terms: dict[tuple[str, str], ReadTerm] = {}
    for name, value in statements:
        if name not in _LABELS:
            continue
        about = subjects.get(_key(value), []) if name.startswith(XL) else []
        label = next((form for what, form in about if what == f"{XL}literalForm"), value)
        tag = getattr(label, "language", None) or ""
        lang = language_of(tag)
        if not lang:
            foreign[tag] += 1
            continue
        term = terms.setdefault((lang, str(label)), ReadTerm(lang=lang, text=str(label), status=_LABELS[name]))
        term.source = "; ".join(str(text) for what, text in about if what == f"{DCT}source") or term.source or source
        term.note = "\n".join(str(text) for what, text in about if what == f"{SKOS}note") or term.note
    return list(terms.values())


def _concept(
    identifier: str, statements: _Statements, ids: dict[str, str], subjects: dict[str, _Statements]
) -> Concept:
    texts: dict[str, list[str]] = {}
    for name, value in statements:
        lang = _language(value, subjects)
        key = f"{name}@{lang or 'en'}" if name in (f"{SKOS}definition", f"{SKOS}example") else name
        texts.setdefault(key, []).append(_text(value, subjects))

    def joined(name: str) -> str:
        return "\n".join(dict.fromkeys(texts.get(name, ())))

    examples = zip_longest(texts.get(f"{SKOS}example@vi", ()), texts.get(f"{SKOS}example@en", ()), fillvalue="")
    return Concept(
        id=identifier,
        terms=(),
        subject_field=joined(f"{DCT}subject"),
        definition_vi=joined(f"{SKOS}definition@vi"),
        definition_en=joined(f"{SKOS}definition@en"),
        examples=tuple(Example(vi, en) for vi, en in examples),
        note=joined(f"{SKOS}note"),
        scope=joined(f"{SKOS}scopeNote"),
        relations=tuple(
            Relation(_RELATIONS[name], ids.get(_key(value), _identifier(_key(value), [])))
            for name, value in statements
            if name in _RELATIONS
        ),
        properties=tuple(_others(statements, subjects)),
    )


def _others(statements: _Statements, subjects: dict[str, _Statements]) -> Iterator[tuple[str, str]]:
    """Yield what is said of a concept and has no field, by the last part of its name."""
    for name, value in statements:
        known = name in _KNOWN or name in _LABELS or name in _RELATIONS
        text = "" if known else _text(value, subjects)
        if text:
            yield name.replace("#", "/").rpartition("/")[2], text


def _key(node: Any) -> str:
    """Return a name of a node that tells blank nodes from others."""
    return str(node.n3()) if type(node).__name__ == "BNode" else str(node)


def _text(value: Any, subjects: dict[str, _Statements]) -> str:
    """Return the text of a value; a blank node says its own by ``rdf:value``, or has none."""
    if type(value).__name__ != "BNode":
        return str(value)
    return next((str(text) for name, text in subjects.get(_key(value), ()) if name == _VALUE), "")


def _language(value: Any, subjects: dict[str, _Statements]) -> str:
    said = [value, *(text for name, text in subjects.get(_key(value), ()) if name == _VALUE)]
    return next((lang for text in said if (lang := language_of(getattr(text, "language", None) or ""))), "")
