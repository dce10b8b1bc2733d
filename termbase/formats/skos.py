"""SKOS in Turtle: labels, definitions, notes and relations of concepts, for linked data.

After the W3C SKOS Reference (2009) with its appendix SKOS-XL, and RDF 1.1 Turtle. Rejected terms are hidden
labels, which is what SKOS has for forms that must be found but not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from termbase.formats.base import WriteOptions
from termbase.formats.skos_read import BASE, read
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, Relation, RelationType, Term

_RELATIONS = {
    RelationType.BROADER: "skos:broader",
    RelationType.SEE_ALSO: "skos:related",
    RelationType.REPLACED_BY: "dct:isReplacedBy",
    RelationType.CONFUSED_WITH: "rdfs:seeAlso",
}
_ESCAPES = str.maketrans(
    {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
    | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)
_SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\]').search
__all__ = ["read", "write"]


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a concept scheme; concepts are named ``urn:songngu:concept:ID``."""
    lines = [
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "",
        "<urn:songngu:scheme> a skos:ConceptScheme ;",
        f"  dct:title {literal(options.title or 'Vietnamese-English glossary', 'en')} .",
    ]
    stream.write(("\n".join(lines) + "\n").encode())
    for concept in concepts:
        statements = " ;\n  ".join(_statements(concept))
        stream.write(f"\n<{_iri(concept.id)}> a skos:Concept ;\n  {statements} .\n".encode())


def literal(text: str, lang: str = "") -> str:
    """Return a Turtle literal.

    >>> print(literal('say "Đảng"', "vi"))
    "say \\"Đảng\\""@vi
    """
    escaped = text.translate(_ESCAPES) if _SPECIAL(text) else text
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def _iri(identifier: str) -> str:
    return BASE + quote(identifier, safe="-._~")


def _statements(concept: Concept) -> Iterator[str]:
    yield "skos:inScheme <urn:songngu:scheme>"
    yield f"skos:notation {literal(concept.id)}"
    for lang in LANGUAGES:
        terms = concept.in_language(lang)
        # Not the first full form: whether a term is one is not kept.
        best = next((term for term in terms if term.status is AdministrativeStatus.PREFERRED), None)
        for term in terms:
            label, text = _label(term, best), literal(term.text, lang)
            yield f"skos:{label} {text}"
            if term.source or term.note:
                yield _about(term, label, text)
    for lang, text in (("vi", concept.definition_vi), ("en", concept.definition_en)):
        if text:
            yield f"skos:definition {literal(text, lang)}"
    for example in concept.examples:
        yield from (f"skos:example {literal(t, lang)}" for lang, t in (("vi", example.vi), ("en", example.en)) if t)
    if concept.note:
        yield f"skos:note {literal(concept.note)}"
    if concept.scope:
        yield f"skos:scopeNote {literal(concept.scope)}"
    if concept.subject_field:
        yield f"dct:subject {literal(concept.subject_field)}"
    yield from (_link(link) for link in concept.relations)


def _label(term: Term, best: Term | None) -> str:
    if term is best:
        return "prefLabel"
    return "hiddenLabel" if term.status.rejected else "altLabel"


def _about(term: Term, label: str, text: str) -> str:
    """Return a label of SKOS-XL: a plain one can carry neither source nor note."""
    source = f" ; dct:source {literal(term.source)}" if term.source else ""
    note = f" ; skos:note {literal(term.note)}" if term.note else ""
    return f"skosxl:{label} [ skosxl:literalForm {text}{source}{note} ]"


def _link(link: Relation) -> str:
    return f"{_RELATIONS[link.type]} <{_iri(link.target)}>"
