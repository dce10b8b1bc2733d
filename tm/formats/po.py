"""Gettext PO: as pairs to be imported, and as a document to be filled.

The direction is read from the header's ``Language``: a Vietnamese catalogue runs from English. Plural and
obsolete entries are passed over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, language
from tm.formats.decoding import decoded
from tm.model import Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark
from tm.slots import Fill, Slot, SlotState

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*"(.*)"\s*$')
_CONTINUED = re.compile(r'\s*"(.*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")


@dataclass
class _Entry:
    line: int
    end: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    target_lines: tuple[int, int] = (0, 0)
    flags: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    flag_line: int | None = None


def _entries(lines: list[str], path: str) -> Iterator[_Entry]:
    """Yield the entries; lines count from 0."""
    entry: _Entry | None = None
    current = ""
    for number, line in enumerate([*lines, ""]):
        text = line.strip()
        if not text or text.startswith("#~"):
            if entry and entry.texts:
                entry.end = number
                yield entry
            entry = None if not text else entry
            continue
        if entry is None or (text.startswith("#") and "msgstr" in entry.texts):
            if entry and entry.texts:
                entry.end = number
                yield entry
            entry = _Entry(number)
        if text.startswith("#"):
            _comment(entry, text, number)
            continue
        keyword, continued = _KEYWORD.match(text), _CONTINUED.match(text)
        if keyword:
            current = keyword.group(1)
            entry.texts[current] = _unescaped(keyword.group(2))
            if current == "msgstr":
                entry.target_lines = number, number + 1
        elif continued and current in entry.texts:
            entry.texts[current] += _unescaped(continued.group(1))
            if current == "msgstr":
                entry.target_lines = entry.target_lines[0], number + 1
        else:
            raise FormatError([Problem(path=path, line=number + 1, message=f"not a line of a PO file: {text[:60]}")])


def _comment(entry: _Entry, text: str, number: int) -> None:
    if text.startswith("#,"):
        entry.flags |= {flag.strip() for flag in text[2:].split(",")}
        entry.flag_line = number
    elif text.startswith("#.") or text[1:2] == " ":
        entry.notes.append(text[2:].strip())


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m.group(1), m.group(0)), text)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    return text.replace("\n", "\\n")


def _direction(entries: list[_Entry], options: ReadOptions) -> tuple[str, str]:
    header = next((e.texts.get("msgstr", "") for e in entries if e.texts.get("msgid") == ""), "")
    found = re.search(r"^Language:\s*([\w-]+)", header, re.MULTILINE)
    target = language(found.group(1)) if found else options.target
    if target not in ("vi", "en"):
        target = options.target
    return ("en" if target == "vi" else "vi"), target


@dataclass(frozen=True, slots=True)
class PoDocument:
    """A PO file; ``places`` tells for each slot where its entry and its ``msgstr`` stand."""

    lines: tuple[str, ...]
    slots: tuple[Slot, ...]
    places: tuple[tuple[int, int, int, int | None], ...]
    notes: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> PoDocument:
        """Read the entries that have one text and no plural.

        >>> text = 'msgid ""\\nmsgstr "Language: vi\\\\n"\\n\\nmsgid "Save"\\nmsgstr ""\\n'
        >>> [(slot.source.lang, slot.source.text) for slot in PoDocument.of(text.encode(), ReadOptions()).slots]
        [('en', 'Save')]
        """
        lines = decoded(io.BytesIO(data), options).split("\n")
        entries = list(_entries([line.rstrip("\r") for line in lines], options.path))
        source, target = _direction(entries, options)
        chosen = [e for e in entries if e.texts.get("msgid") and "msgstr" in e.texts]
        slots = tuple(
            Slot(
                Segment(source, entry.texts["msgid"]),
                Segment(target, entry.texts["msgstr"]),
                _state(entry),
                f"line {entry.line + 1}",
            )
            for entry in chosen
        )
        places = tuple((entry.line, *entry.target_lines, entry.flag_line) for entry in chosen)
        return cls(tuple(lines), slots, places, tuple(tuple(entry.notes) for entry in chosen))

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the file with the texts of ``msgstr`` filled, each with a comment; fuzzy ones are flagged."""
        replaced: dict[int, list[str]] = {}
        for index, fill in fills.items():
            start, first, last, flags = self.places[index]
            end = "\r" if self.lines[first].endswith("\r") else ""
            for number in range(first, last):
                replaced[number] = []
            replaced[first] = [f'msgstr "{_escaped(fill.target.text)}"{end}']
            head = [f"# songngu: {fill.score} %, {fill.origin}{end}"]
            if fill.fuzzy and flags is None:
                head.append(f"#, fuzzy{end}")
            elif fill.fuzzy and flags is not None:
                replaced[flags] = [self.lines[flags].rstrip("\r") + ", fuzzy" + end]
            replaced[start] = head + replaced.get(start, [self.lines[start]])
        out = [text for number, line in enumerate(self.lines) for text in replaced.get(number, [line])]
        return "\n".join(out).encode("utf-8")


def _state(entry: _Entry) -> SlotState:
    if not entry.texts["msgstr"]:
        return SlotState.EMPTY
    return SlotState.TRANSLATED if "fuzzy" in entry.flags else SlotState.CONFIRMED


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the translated entries; fuzzy ones as drafts, untranslated ones not."""
    document = PoDocument.of(stream.read(), options)
    for slot, notes in zip(document.slots, document.notes, strict=True):
        if slot.state is SlotState.EMPTY:
            continue
        status = UnitStatus.DRAFT if slot.state is SlotState.TRANSLATED else UnitStatus.TRANSLATED
        yield TranslationUnit(source=slot.source, target=slot.target, document=options.path, status=status, notes=notes)
