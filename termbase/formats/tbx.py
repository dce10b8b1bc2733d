"""TBX: version 3 (ISO 30042:2019) Core, Min and Basic in both styles, and version 2 Basic.

TBX has no word for forbidden or draft: such terms carry a note ``status: forbidden`` beside the nearest
status, so that they come back as they were. Dialects after the public definitions of LTAC Global.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from termbase.formats.base import WriteOptions
from termbase.formats.tbx_read import read
from termbase.formats.tbx_words import PARTS, STATUS_MARK, STATUSES, TYPES
from termbase.formats.xml_writer import OURS, Identifiers, XmlWriter, leaf_line
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, PartOfSpeech, Term, TermType

__all__ = ["read", "write"]

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}
_ENTRY, _SECTION, _UNIT, _INNER = (" " * depth for depth in (3, 4, 5, 6))
"""What stands before the lines of an entry, of a language, of a term and of what is in it."""
_MARKED = frozenset({AdministrativeStatus.FORBIDDEN, AdministrativeStatus.DRAFT})
_IN_MIN = ("subjectField", "partOfSpeech", "administrativeStatus")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Element names of a version, and what the dialect allows."""

    type: str
    style: str
    entry: str = "conceptEntry"
    section: str = "langSec"
    unit: str = "termSec"
    version: int = 3


_DIALECTS = {
    "core": _Dialect("TBX-Core", "dca"),
    "core-dct": _Dialect("TBX-Core", "dct"),
    "min": _Dialect("TBX-Min", "dca"),
    "min-dct": _Dialect("TBX-Min", "dct"),
    "basic": _Dialect("TBX-Basic", "dca"),
    "basic-dct": _Dialect("TBX-Basic", "dct"),
    "v2": _Dialect("TBX-Basic", "dca", "termEntry", "langSet", "tig", 2),
}


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a TBX document in the dialect of ``options.variant``."""
    dialect = _DIALECTS[options.variant]
    _Writer(XmlWriter(stream), dialect, options).document(concepts)


class _Writer:
    def __init__(self, xml: XmlWriter, dialect: _Dialect, options: WriteOptions) -> None:
        self.xml = xml
        self.dialect = dialect
        self.options = options
        self.ids = Identifiers()
        self.kinds: dict[tuple[PartOfSpeech | None, TermType, AdministrativeStatus], str] = {}
        self.sources: dict[str, str] = {}
        self.categories, self.rich = dialect.type != "TBX-Core", dialect.type == "TBX-Basic"
        self.opening, self.closing = f"{_UNIT}<{dialect.unit}>\n{_INNER}", f"{_UNIT}</{dialect.unit}>\n"
        self.sections = {lang: f'{_SECTION}<{dialect.section} xml:lang="{lang}">\n' for lang in LANGUAGES}

    def document(self, concepts: Iterable[Concept]) -> None:
        xml = self.xml
        self.head()
        xml.start("text")
        xml.start("body")
        for concept in concepts:
            self.concept(concept)
        xml.end()
        xml.end()
        xml.end()

    def head(self) -> None:
        xml, dialect = self.xml, self.dialect
        if dialect.version == 2:
            xml.line('<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">')
            xml.start("martif", {"type": dialect.type, "xml:lang": self.options.source})
        else:
            attributes = {"type": dialect.type, "style": dialect.style, "xml:lang": self.options.source}
            attributes["xmlns"] = NAMESPACE
            if dialect.style == "dct" and self.categories:
                names = ("min", "basic") if self.rich else ("min",)
                attributes |= {f"xmlns:{name}": _MODULES[name] for name in names}
            xml.start("tbx", attributes)
        xml.start("tbxHeader" if dialect.version == 3 else "martifHeader")
        xml.start("fileDesc")
        if self.options.title:
            xml.start("titleStmt")
            xml.leaf("title", self.options.title)
            xml.end()
        xml.start("sourceDesc")
        xml.leaf("p", f"Vietnamese-English glossary, {OURS}")
        xml.end()
        xml.end()
        if dialect.version == 2:
            xml.start("encodingDesc")
            xml.leaf("p", "TBXBasicXCSV02.xcs", {"type": "XCSURI"})
            xml.end()
        xml.end()

    def concept(self, concept: Concept) -> None:
        """Write an entry in one go: what stands before its lines is known, and so is how they nest."""
        languages = [(lang, terms) for lang in LANGUAGES if (terms := concept.in_language(lang))]
        if not languages:
            return
        entry = self.dialect.entry
        lines = [f'{_ENTRY}<{entry} id="{self.ids.take(concept.id)}">\n']
        if self.categories and concept.subject_field:
            lines.append(self.line(_SECTION, "descrip", "subjectField", concept.subject_field))
        if concept.note:
            lines.append(leaf_line(_SECTION, "note", concept.note))
        for lang, terms in languages:
            self.section(concept, lang, terms, lines)
        lines.append(f"{_ENTRY}</{entry}>\n")
        self.xml.block("".join(lines))

    def section(self, concept: Concept, lang: str, terms: Iterable[Term], lines: list[str]) -> None:
        lines.append(self.sections[lang])
        contexts: list[str] = []
        if self.rich:
            definition = concept.definition_vi if lang == "vi" else concept.definition_en
            if definition:
                lines.append(self.line(_UNIT, "descrip", "definition", definition))
            contexts = [example.vi if lang == "vi" else example.en for example in concept.examples]
        for term in terms:
            self.term(term, contexts, lines)
            contexts = []
        lines.append(f"{_SECTION}</{self.dialect.section}>\n")

    def term(self, term: Term, contexts: Iterable[str], lines: list[str]) -> None:
        lines.append(leaf_line(self.opening, "term", term.text))
        if self.categories:
            lines.append(self.kinds.get((term.part_of_speech, term.type, term.status)) or self.kind(term))
        if contexts:
            lines += [self.line(_INNER, "descrip", "context", context) for context in contexts if context]
        if self.rich and term.source:
            lines.append(self.sources.get(term.source) or self.source(term.source))
        if term.note:
            lines.append(leaf_line(_INNER, "note", term.note))
        if self.categories and term.status in _MARKED:
            lines.append(leaf_line(_INNER, "note", f"{STATUS_MARK}{term.status}"))
        lines.append(self.closing)

    def kind(self, term: Term) -> str:
        """Return the lines of a term's part of speech, type and status, which many terms share."""
        part = PARTS.get(term.part_of_speech) if term.part_of_speech else None
        lines = [self.line(_INNER, "termNote", "partOfSpeech", part)] if part else []
        if self.rich:
            lines.append(self.line(_INNER, "termNote", "termType", TYPES[term.type]))
        lines.append(self.line(_INNER, "termNote", "administrativeStatus", STATUSES[term.status]))
        self.kinds[term.part_of_speech, term.type, term.status] = "".join(lines)
        return "".join(lines)

    def source(self, source: str) -> str:
        """Return the line of a source, which many terms share too."""
        self.sources[source] = self.line(_INNER, "admin", "source", source)
        return self.sources[source]

    def line(self, indent: str, element: str, name: str, value: str) -> str:
        if self.dialect.style == "dca":
            return leaf_line(indent, element, value, f' type="{name}"')
        return leaf_line(indent, f"{'min' if name in _IN_MIN else 'basic'}:{name}", value)
