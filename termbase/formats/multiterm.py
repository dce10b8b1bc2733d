"""MultiTerm XML: UTF-16, ``mtf`` > ``conceptGrp`` > ``languageGrp`` > ``termGrp``, free field names.

Fields written: Id, Subject, Note, Definition, Status, Part of Speech, Type, Source, Example. A reader of
other files takes the same names in any case; what it does not know becomes a property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from typing import Any, BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.words import language_of
from termbase.formats.xml_reader import Element, read_xml, text_reader
from termbase.formats.xml_writer import OURS, XmlWriter, escaped, leaf_line
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, Example, PartOfSpeech, Term, TermType

_LANGUAGES = {"vi": ("Vietnamese", "VI"), "en": ("English", "EN")}
_FIELDS = {
    "part of speech": "part_of_speech", "partofspeech": "part_of_speech", "word class": "part_of_speech",
    "status": "status", "term status": "status", "usage status": "status", "approval status": "status",
    "type": "type", "term type": "type", "termtype": "type",
    "note": "note", "comment": "note", "source": "source", "reference": "source",
}  # fmt: skip
_SUBJECTS = ("subject", "subject field", "subjectfield", "domain")
_EXAMPLES = ("example", "context")


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read MultiTerm XML in any encoding.

    Raises :class:`FormatError` as :func:`termbase.formats.tbx.read` does.
    """
    data = stream.read()
    reader = _Reader(options, text_reader(data))
    root = read_xml(data, options.path, frozenset({"conceptGrp"}), reader.concept)
    if root.name != "mtf":
        message = f"not MultiTerm XML: its root element is {root.name!r}"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    return reader.builder.result(reader.foreign)


class _Reader:
    def __init__(self, options: ReadOptions, text: Callable[[Element], str]) -> None:
        self.text = text
        self.builder = Builder(options)
        self.foreign: Counter[str] = Counter()

    def concept(self, element: Element) -> None:
        values: dict[str, Any] = {}
        properties: list[tuple[str, str]] = []
        terms: list[ReadTerm] = []
        examples: dict[str, list[str]] = {"vi": [], "en": []}
        for name, text in self.fields(element):
            plain = name.casefold()
            key = "id" if plain == "id" else "subject_field" if plain in _SUBJECTS else plain
            if key in ("id", "subject_field", "note") and key not in values:
                values[key] = text
            elif key == "definition":
                values.setdefault("definition_en" if text.isascii() else "definition_vi", text)
            else:
                properties.append((name, text))
        properties += _transactions(element, self.text)
        for group in element.all("languageGrp"):
            self.language(group, values, terms, examples, properties)
        pairs = zip_longest(examples["vi"], examples["en"], fillvalue="")
        concept = Concept(
            id=values.pop("id", ""),
            terms=(),
            examples=tuple(Example(vi, en) for vi, en in pairs),
            properties=tuple(properties),
            **values,
        )
        self.builder.add(concept, terms, line=element.line)

    def language(
        self,
        group: Element,
        values: dict[str, Any],
        terms: list[ReadTerm],
        examples: dict[str, list[str]],
        properties: list[tuple[str, str]],
    ) -> None:
        language = group.first("language")
        tag = (language.get("lang") or language.get("type")) if language else ""
        lang = language_of(tag) or (language_of(language.get("type")) if language else "")
        if not lang:
            self.foreign[tag] += sum(1 for _ in group.all("termGrp"))
            return
        for name, text in self.fields(group):
            if name.casefold() == "definition" and f"definition_{lang}" not in values:
                values[f"definition_{lang}"] = text
            else:
                properties.append((f"{lang} {name}", text))
        for unit in group.all("termGrp"):
            term = ReadTerm(lang=lang, line=unit.line)
            head = unit.first("term")
            term.text = self.text(head) if head else ""
            if not term.text.strip():
                self.builder.problem("a term without text is left out", unit.line)
            for name, text in self.fields(unit):
                plain = name.casefold()
                field = _FIELDS.get(plain, "")
                if plain in _EXAMPLES:
                    examples[lang].append(text)
                elif plain == "definition" and f"definition_{lang}" not in values:
                    values[f"definition_{lang}"] = text
                elif field in ("note", "source"):
                    held = getattr(term, field)
                    setattr(term, field, "; ".join(filter(None, (held, text))))
                elif field and not getattr(term, field):
                    setattr(term, field, text)
                else:
                    properties.append((f"{lang} {name}", text))
            terms.append(term)

    def fields(self, element: Element) -> Iterator[tuple[str, str]]:
        """Yield the fields of a group, those that stand under another field too, as name and text."""
        for group in element.all("descripGrp"):
            outer = ""
            for descrip in group.all("descrip"):
                outer = descrip.get("type")
                if text := self.text(descrip):
                    yield outer, text
            # What stands under a field, such as the source of a definition, says nothing of the term.
            yield from ((f"{outer} {name}".strip(), text) for name, text in self.fields(group))


def _transactions(element: Element, text: Callable[[Element], str]) -> Iterator[tuple[str, str]]:
    """Yield who made and changed an entry, and when, as name and text."""
    for group in element.all("transacGrp"):
        for child in group.children:
            if found := text(child):
                name = child.get("type") or "transac"
                yield (f"{name} date" if child.name == "date" else name), found


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:  # noqa: ARG001
    """Write MultiTerm XML in UTF-16, as MultiTerm does."""
    buffer = BytesIO()
    xml = XmlWriter(buffer, encoding="UTF-16")
    xml.line(f"<!-- {OURS} -->")
    xml.start("mtf")
    for number, concept in enumerate(concepts, start=1):
        xml.block("".join(_concept(number, concept)))
    xml.end()
    stream.write(buffer.getvalue().decode().encode("utf-16"))


_GROUP, _LANGUAGE, _TERM = " " * 2, " " * 3, " " * 4
"""What stands before the fields of an entry, of a language and of a term."""


def _concept(number: int, concept: Concept) -> Iterator[str]:
    """Yield the lines of an entry."""
    yield f" <conceptGrp>\n  <concept>{number}</concept>\n"
    yield _field(_GROUP, "Id", concept.id)
    yield _field(_GROUP, "Subject", concept.subject_field)
    yield _field(_GROUP, "Note", concept.note)
    for lang in LANGUAGES:
        if terms := concept.in_language(lang):
            name, code = _LANGUAGES[lang]
            yield f'  <languageGrp>\n   <language type="{name}" lang="{code}"/>\n'
            yield _field(_LANGUAGE, "Definition", concept.definition_vi if lang == "vi" else concept.definition_en)
            examples = [example.vi if lang == "vi" else example.en for example in concept.examples]
            for term in terms:
                yield from _term(term, examples)
                examples = []
            yield "  </languageGrp>\n"
    yield " </conceptGrp>\n"


def _term(term: Term, examples: Iterable[str]) -> Iterator[str]:
    yield f"   <termGrp>\n{leaf_line(_TERM, 'term', term.text)}"
    yield _kind(term.status, term.type, term.part_of_speech)
    yield _source(term.source)
    yield _field(_TERM, "Note", term.note)
    for example in examples:
        yield _field(_TERM, "Example", example)
    yield "   </termGrp>\n"


# Many terms share what these two return.
@lru_cache(maxsize=1024)
def _kind(status: AdministrativeStatus, kind: TermType, part: PartOfSpeech | None) -> str:
    return _field(_TERM, "Status", status) + _field(_TERM, "Type", kind) + _field(_TERM, "Part of Speech", part or "")


@lru_cache(maxsize=1024)
def _source(source: str) -> str:
    return _field(_TERM, "Source", source)


def _field(pad: str, name: str, value: str) -> str:
    if not value:
        return ""
    return f'{pad}<descripGrp>\n{pad} <descrip type="{name}">{escaped(value)}</descrip>\n{pad}</descripGrp>\n'
