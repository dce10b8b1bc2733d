"""TBX: version 3 (ISO 30042:2019) Core, Min and Basic in both styles, and version 2 Basic.

TBX has no word for forbidden or draft: such terms carry a note ``status: forbidden`` beside the nearest
status, so that they come back as they were. Dialects after the public definitions of LTAC Global.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
_UNIT, _INNER = " " * 5, " " * 6
"""What stands before the lines of a term and of what is in it: text, body, entry and section lie around it."""
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

    @property
    def categories(self) -> bool:
        """Whether the dialect has data categories at all."""
        return self.type != "TBX-Core"

    @property
    def rich(self) -> bool:
        """Whether it has those of Basic."""
        return self.type == "TBX-Basic"


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
        self.opening, self.closing = f"{_UNIT}<{dialect.unit}>\n", f"{_UNIT}</{dialect.unit}>\n"

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
            if dialect.style == "dct" and dialect.categories:
                names = ("min", "basic") if dialect.rich else ("min",)
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
        languages = [lang for lang in LANGUAGES if concept.in_language(lang)]
        if not languages:
            return
        self.xml.start(self.dialect.entry, {"id": self.ids.take(concept.id)})
        if self.dialect.categories:
            self.category("descrip", "subjectField", concept.subject_field)
        if concept.note:
            self.xml.leaf("note", concept.note)
        for lang in languages:
            self.section(concept, lang)
        self.xml.end()

    def section(self, concept: Concept, lang: str) -> None:
        self.xml.start(self.dialect.section, {"xml:lang": lang})
        contexts: list[str] = []
        if self.dialect.rich:
            definition = concept.definition_vi if lang == "vi" else concept.definition_en
            self.category("descrip", "definition", definition)
            contexts = [example.vi if lang == "vi" else example.en for example in concept.examples]
        for index, term in enumerate(concept.in_language(lang)):
            self.term(term, () if index else contexts)
        self.xml.end()

    def term(self, term: Term, contexts: Iterable[str]) -> None:
        dialect = self.dialect
        lines = [self.opening, leaf_line(_INNER, "term", term.text)]
        if dialect.categories:
            kind = (term.part_of_speech, term.type, term.status)
            lines.append(self.kinds.get(kind) or self.kind(term))
        lines += [self.line(_INNER, "descrip", "context", context) for context in contexts if context]
        if dialect.rich and term.source:
            lines.append(self.sources.get(term.source) or self.source(term.source))
        lines += [leaf_line(_INNER, "note", note) for note in _notes(term, categories=dialect.categories)]
        lines.append(self.closing)
        self.xml.block("".join(lines))

    def kind(self, term: Term) -> str:
        """Return the lines of a term's part of speech, type and status, which many terms share."""
        part = PARTS.get(term.part_of_speech) if term.part_of_speech else None
        lines = [self.line(_INNER, "termNote", "partOfSpeech", part)] if part else []
        if self.dialect.rich:
            lines.append(self.line(_INNER, "termNote", "termType", TYPES[term.type]))
        lines.append(self.line(_INNER, "termNote", "administrativeStatus", STATUSES[term.status]))
        self.kinds[term.part_of_speech, term.type, term.status] = "".join(lines)
        return "".join(lines)

    def source(self, source: str) -> str:
        """Return the line of a source, which many terms share too."""
        self.sources[source] = self.line(_INNER, "admin", "source", source)
        return self.sources[source]

    def category(self, element: str, name: str, value: str) -> None:
        if value:
            self.xml.block(self.line(self.xml.indent, element, name, value))

    def line(self, indent: str, element: str, name: str, value: str) -> str:
        if self.dialect.style == "dca":
            return leaf_line(indent, element, value, {"type": name})
        return leaf_line(indent, f"{'min' if name in _IN_MIN else 'basic'}:{name}", value)


def _notes(term: Term, *, categories: bool) -> Iterator[str]:
    if term.note:
        yield term.note
    if categories and term.status in (AdministrativeStatus.FORBIDDEN, AdministrativeStatus.DRAFT):
        yield f"{STATUS_MARK}{term.status}"
