"""Reading TBX of every kind found: versions 2 and 3, both styles, ``tig`` and ``ntig``, TBX-Min 1.0.

Elements are taken by local name and data categories by element or ``type`` attribute, so that both
styles and any namespace prefix read alike. What has no place in the model becomes a property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.making import maker
from termbase.formats.tbx_words import STATUS_MARK
from termbase.formats.words import language_of, status_of
from termbase.formats.xml_reader import Element, read_xml, text_reader
from termbase.formats.xml_writer import plain_id
from termbase.model import Concept

_ENTRIES = frozenset({"conceptEntry", "termEntry", "entry"})
_SECTIONS = frozenset({"langSec", "langSet", "langGroup"})
_UNITS = frozenset({"termSec", "tig", "ntig", "termGroup"})
_GROUPS = frozenset({"descripGrp", "termNoteGrp", "adminGrp", "transacGrp", "termGrp", "auxInfo", "noteGrp"})
_TYPED = frozenset({"termNote", "descrip", "admin", "ref", "xref", "transac", "date", "hi", "adminNote", "descripNote"})
_STATUS_NAMES = frozenset({"administrativeStatus", "normativeAuthorization", "processStatus", "termStatus", "status"})
_NOTES = frozenset({"note", "usageNote"})
_ROOTS = frozenset({"tbx", "martif", "TBX"})


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read TBX; entries that cannot be used are reported by line and id.

    Raises :class:`FormatError` when the file is not TBX, not well-formed, declares entities, or has
    neither Vietnamese nor English terms.
    """
    data = stream.read()
    reader = _Reader(options, text_reader(data))
    root = read_xml(data, options.path, _ENTRIES, reader.entry)
    if root.name not in _ROOTS:
        raise FormatError([Problem(message=f"not TBX: its root element is {root.name!r}", path=options.path, line=1)])
    for lang, name in (("vi", "Vietnamese"), ("en", "English")):
        tags = {tag: count for tag, count in reader.tags.items() if language_of(tag) == lang}
        if len({tag.casefold().replace("_", "-") for tag in tags}) > 1:
            listed = ", ".join(f"{tag} ({count})" for tag, count in tags.items())
            reader.builder.problem(f"all are read as {name}, which is which is not kept: {listed}")
    return reader.builder.result(reader.foreign)


_make: Callable[..., Concept] = maker(
    Concept, "id subject_field definition_vi definition_en note examples properties",
    terms=(), glossary="", parts=(), scope="", valid_from="", valid_to="", confidence=None, relations=(),
)  # fmt: skip


@dataclass(slots=True)
class _Entry:
    """What is gathered of one entry."""

    identifier: str = ""
    terms: list[ReadTerm] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    contexts: dict[str, list[str]] = field(default_factory=dict)
    properties: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    def __init__(self, options: ReadOptions, text: Callable[[Element], str]) -> None:
        self.text = text
        self.builder = Builder(options)
        self.foreign: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()

    def entry(self, element: Element) -> None:
        identifier = element.get("id") or element.get("xml:id")
        entry = _Entry(identifier=identifier)
        for name, child in _categories(element):
            self.concept_category(entry, name, child)
        for section in element.children:
            if section.name in _SECTIONS:
                self.section(entry, section)
        texts = [entry.fields.get(name, "") for name in ("subject_field", "definition_vi", "definition_en")]
        examples = _examples(entry.contexts) if entry.contexts else ()
        note, properties = "\n".join(entry.notes), tuple(entry.properties)
        concept = _make(plain_id(identifier), *texts, note, examples, properties)
        self.builder.add(concept, entry.terms, line=element.line)

    def concept_category(self, entry: _Entry, name: str, child: Element) -> None:
        text = _with_target(child, self.text(child))
        if name == "subjectField":
            held = entry.fields.get("subject_field")
            entry.fields["subject_field"] = f"{held}; {text}" if held and text else held or text
        elif name == "definition":
            lang = language_of(child.get("xml:lang"))
            # Without a language it is in the one that holds no definition yet, English first.
            target = f"definition_{lang}" if lang else "definition_en"
            entry.fields.setdefault(target, text)
        elif name in _NOTES:
            entry.notes.append(text)
        elif text:
            entry.properties.append((name, text))

    def section(self, entry: _Entry, section: Element) -> None:
        tag = section.get("xml:lang") or section.get("lang")
        lang = language_of(tag)
        if not lang:
            self.foreign[tag] += sum(1 for unit in section.children if unit.name in _UNITS)
            return
        self.tags[tag] += 1
        for name, child in _categories(section):
            if name == "definition":
                entry.fields[f"definition_{lang}"] = self.text(child)
            else:
                self.concept_category(entry, name, child)
        for unit in section.children:
            if unit.name in _UNITS:
                self.unit(entry, unit, lang)

    def unit(self, entry: _Entry, unit: Element, lang: str) -> None:
        term = ReadTerm(lang, "", "", "", "", "", "", "", unit.line)
        notes: list[str] = []
        for name, child in _categories(unit):
            text = _with_target(child, self.text(child))
            if name == "term":
                term.text = text
            elif name in _STATUS_NAMES:
                term.status = term.status or text
            elif name in _NOTES and text.startswith(STATUS_MARK) and status_of(text[len(STATUS_MARK) :]):
                term.status = text[len(STATUS_MARK) :]
            elif name in _NOTES:
                notes.append(text)
            elif name == "partOfSpeech":
                term.part_of_speech = text
            elif name == "termType":
                term.type = text
            elif name == "source":
                term.source = "; ".join(part for part in (term.source, text) if part)
            elif name == "context":
                entry.contexts.setdefault(lang, []).append(text)
            elif name == "definition":
                entry.fields.setdefault(f"definition_{lang}", text)
            elif text:
                entry.properties.append((f"{lang} {name}", text))
        term.note = "\n".join(notes)
        if not term.text.strip():
            self.builder.problem("a term without text is left out", unit.line, entry.identifier)
        entry.terms.append(term)


def _with_target(element: Element, text: str) -> str:
    """Return the text of a reference with the address that it points to outside the file."""
    if element.name not in _REFERENCES:
        return text
    target = element.get("target")
    return f"{text} <{target}>".strip() if "://" in target and target != text else text


_REFERENCES = frozenset({"ref", "xref"})
_PARTS = _SECTIONS | _UNITS


def _categories(element: Element) -> list[tuple[str, Element]]:
    """Return the data categories of an element, through groups, as name and element."""
    found: list[tuple[str, Element]] = []
    for child in element.children:
        name = child.name
        if name in _TYPED:
            found.append((child.attributes.get("type") or name, child))
        elif name in _GROUPS:
            found += _categories(child)
        elif name not in _PARTS:
            found.append((name, child))
    return found


def _examples(contexts: dict[str, list[str]]) -> tuple[Any, ...]:
    from termbase.model import Example

    vi, en = contexts.get("vi", []), contexts.get("en", [])
    count = max(len(vi), len(en))
    return tuple(Example(vi[i] if i < len(vi) else "", en[i] if i < len(en) else "") for i in range(count))
