"""XLIFF 2.1 with the glossary module: a unit a concept, its terms as glossary entries.

After OASIS XLIFF 2.1, section 5.2 (Glossary Module). The module has no status and no part of speech;
it holds the source of each term and one definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import FormatSpec, ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.losses import Loss
from termbase.formats.losses import losses as field_losses
from termbase.formats.pairs import blocks
from termbase.formats.words import language_of
from termbase.formats.xml_reader import Element, exact_text, plain_text, read_xml
from termbase.formats.xml_writer import Identifiers, XmlWriter, attribute, leaf_line, plain_id
from termbase.model import Concept, Term

DOCUMENT = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_FILE = "songngu-glossary"


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read the glossary entries of an XLIFF 2 document, ours or another's.

    Raises :class:`FormatError` for other versions of XLIFF and for languages other than Vietnamese and
    English.
    """
    units: list[Element] = []
    root = read_xml(stream.read(), options.path, frozenset({"unit"}), units.append)
    if root.name != "xliff" or not root.get("version").startswith("2."):
        found = f"XLIFF {root.get('version') or 'of no version'}" if root.name == "xliff" else root.name
        message = f"XLIFF 2 with glossary entries is wanted, this is {found}"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    languages = language_of(root.get("srcLang")), language_of(root.get("trgLang"))
    if set(languages) != {"vi", "en"}:
        message = f"its languages are {root.get('srcLang')!r} and {root.get('trgLang')!r}, not Vietnamese and English"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    ours = any(file.get("id") == _FILE for file in root.all("file"))
    builder = Builder(options)
    for unit in units:
        _unit(unit, languages, builder, ours=ours)
    return builder.result()


def _unit(unit: Element, languages: tuple[str, str], builder: Builder, *, ours: bool) -> None:
    glossary = unit.first("glossary")
    if glossary is None:
        return
    text_of = exact_text if ours else plain_text
    notes = [text_of(note) for group in unit.all("notes") for note in group.all("note")]
    entries = list(glossary.all("glossEntry"))
    groups = [entries] if ours else list(_groups(entries))
    for group in groups:
        fields: dict[str, Any] = {}
        terms: dict[tuple[str, str], ReadTerm] = {}
        for entry in group:
            for element in entry.all("term", "translation"):
                lang = languages[0] if element.name == "term" else languages[1]
                text = text_of(element)
                term = ReadTerm(lang=lang, text=text, source=element.get("source"), line=element.line)
                terms.setdefault((lang, text), term)
            if (definition := entry.first("definition")) is not None:
                fields.setdefault(f"definition_{languages[0]}", text_of(definition))
        note = "\n".join(notes) if ours else ""
        identifier = plain_id(unit.get("id")) if ours else ""
        ordered = sorted(terms.values(), key=lambda term: term.lang == languages[1])
        builder.add(Concept(id=identifier, terms=(), note=note, **fields), ordered, line=unit.line)


def _groups(entries: list[Element]) -> Iterator[list[Element]]:
    """Put entries that share their term or their first translation together: synonyms."""
    keyed = []
    for index, entry in enumerate(entries):
        term, translation = entry.first("term"), entry.first("translation")
        keyed.append((plain_text(term) if term else "", plain_text(translation) if translation else "", index))
    for block in blocks(keyed):
        yield [entries[index] for _, _, index in block]


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a unit a concept; the unit's segment shows the preferred pair."""
    xml = XmlWriter(stream)
    languages = {"srcLang": options.source, "trgLang": options.target}
    xml.start("xliff", {"xmlns": DOCUMENT, "xmlns:gls": GLOSSARY, "version": "2.1", **languages})
    xml.start("file", {"id": _FILE})
    taken = Identifiers()
    empty = True
    for concept in concepts:
        sources, targets = concept.accepted(options.source), concept.accepted(options.target)
        if sources and targets:
            lines = "".join(_write_unit(concept, sources, targets, options))
            xml.block(f'  <unit id="{taken.take(concept.id)}">\n{lines}  </unit>\n')
            empty = False
    if empty:
        # A file needs a unit, and a unit a segment.
        xml.start("unit", {"id": "empty"})
        xml.line("<segment><source/></segment>")
        xml.end()
    xml.end()
    xml.end()


def losses(concepts: Sequence[Concept], spec: FormatSpec, options: WriteOptions) -> list[Loss]:
    """Return what is lost: beside the fields, the Vietnamese definition when English is the source."""
    lost = field_losses(concepts, spec.holds)
    if options.source == "en":
        defined = [concept for concept in concepts if concept.definition_vi]
        lost += [Loss(entry=c.id, field="definition_vi", message=c.definition_vi) for c in defined]
    return lost


def _write_unit(
    concept: Concept, sources: tuple[Term, ...], targets: tuple[Term, ...], options: WriteOptions
) -> Iterator[str]:
    """Yield the lines of a unit."""
    yield "   <gls:glossary>\n"
    for index, term in enumerate(sources):
        yield "    <gls:glossEntry>\n"
        yield _term_line("gls:term", term)
        for target in targets if index == 0 else targets[:1]:
            yield _term_line("gls:translation", target)
        if index == 0 and concept.definition_vi and options.source == "vi":
            yield leaf_line(_TERM, "gls:definition", concept.definition_vi)
        yield "    </gls:glossEntry>\n"
    yield "   </gls:glossary>\n"
    if concept.note:
        yield f"   <notes>\n{leaf_line(_PLACE, 'note', concept.note)}   </notes>\n"
    yield f"   <segment>\n{leaf_line(_PLACE, 'source', sources[0].text)}"
    yield f"{leaf_line(_PLACE, 'target', targets[0].text)}   </segment>\n"


_PLACE, _TERM = " " * 4, " " * 5
"""What stands before what is in a unit's segment, and in an entry of its glossary."""


def _term_line(name: str, term: Term) -> str:
    return leaf_line(_TERM, name, term.text, attribute("source", term.source) if term.source else "")
