"""Gettext PO: as pairs to be imported, and as a document to be filled.

The direction is read from the header's ``Language``: a Vietnamese catalogue runs from English. Each plural form
is a segment of its own; obsolete entries are passed over. The bytes are of the header's ``charset``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, language
from tm.formats.decoding import decoded
from tm.formats.headings import SAMPLE, is_turned
from tm.formats.po_write import OWN, escaped, with_own_fields, write
from tm.model import Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark
from tm.slots import Fill, Slot, SlotState

__all__ = ["PoDocument", "read", "write"]

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*"(.*)"\s*$')
_CONTINUED = re.compile(r'\s*"(.*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_OBSOLETE = re.compile(r"\s*#~\s*msgid\s")


@dataclass
class _Entry:
    """An entry; line numbers count from 0. ``places`` has the first line of each text and the one after it."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    flag_line: int | None = None

    @property
    def targets(self) -> list[str]:
        """The names of its translations: ``msgstr``, or ``msgstr[0]`` and on."""
        return [name for name in self.texts if name.startswith("msgstr")]

    def source_of(self, target: str) -> str:
        """Return the text that a translation is of: the first plural form of several is of the singular."""
        plural = self.texts.get("msgid_plural")
        alone = plural is None or (target == "msgstr[0]" and len(self.targets) > 1)
        return self.texts["msgid"] if alone or plural is None else plural


def _entries(lines: list[str], path: str) -> Iterator[_Entry]:
    """Yield the entries, obsolete ones left out."""
    entry: _Entry | None = None
    current = ""
    for number, line in enumerate([*lines, ""]):
        text = line.strip()
        ends = not text or text.startswith("#~")
        if ends or (text.startswith("#") and entry and entry.targets):
            if entry and entry.texts:
                yield entry
            entry = None
        if ends:
            continue
        keyword = _KEYWORD.match(text)
        if keyword and entry and keyword.group(1) in ("msgctxt", "msgid") and entry.targets:
            yield entry
            entry = None
        entry = entry or _Entry(number)
        if text.startswith("#"):
            _comment(entry, text, number)
            continue
        continued = _CONTINUED.match(text)
        if keyword:
            current = keyword.group(1)
            entry.texts[current] = _unescaped(keyword.group(2))
            entry.places[current] = number, number + 1
        elif continued and current in entry.texts:
            entry.texts[current] += _unescaped(continued.group(1))
            entry.places[current] = entry.places[current][0], number + 1
        else:
            raise FormatError([Problem(path=path, line=number + 1, message=f"not a line of a PO file: {text[:60]}")])


def _comment(entry: _Entry, text: str, number: int) -> None:
    if text.startswith("#,"):
        entry.flags |= {flag.strip() for flag in text[2:].split(",")}
        entry.flag_line = number
    elif text.startswith("#.   ") and entry.notes:
        entry.notes[-1] += "\n" + text[5:]
    elif (text.startswith("#.") or text[1:2] == " ") and not text.startswith("# songngu: "):
        entry.notes.append(text[2:].strip())


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m.group(1), m.group(0)), text)


_CHARSET = re.compile(rb"charset=([\w.:-]+)")


def _decoded(data: bytes, options: ReadOptions) -> str:
    """Return the text: by the option, as UTF-8, or in the encoding that the header names."""
    found = _CHARSET.search(data[:4000])
    name = found.group(1).decode("ascii").lower() if found and not options.encoding else ""
    if name and name not in ("utf-8", "utf8", "charset", "us-ascii", "ascii") and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(io.BytesIO(data), options)


def _direction(entries: list[_Entry], options: ReadOptions) -> tuple[str, str]:
    stated = _stated_language(entries)
    target = language(stated) if stated else options.target
    if not stated and is_turned(_pairs(entries), options):
        target = options.source
    if target not in ("vi", "en"):
        target = options.target
    return ("en" if target == "vi" else "vi"), target


def _stated_language(entries: Iterable[_Entry]) -> str:
    header = next((e.texts.get("msgstr", "") for e in entries if e.texts.get("msgid") == ""), "")
    found = re.search(r"^Language:[ \t]*([\w-]+)", header, re.MULTILINE)
    return found.group(1) if found else ""


def _pairs(entries: Iterable[_Entry]) -> Iterator[tuple[str, str]]:
    translated = ((e, name) for e in entries if e.texts.get("msgid") for name in e.targets if e.texts[name])
    return ((entry.source_of(name), entry.texts[name]) for entry, name in islice(translated, SAMPLE))


@dataclass(frozen=True, slots=True)
class PoDocument:
    """A PO file; ``places`` tells for each slot its entry and the name of its translation."""

    lines: tuple[str, ...]
    slots: tuple[Slot, ...]
    places: tuple[tuple[_Entry, str], ...]
    headers: tuple[_Entry, ...]

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> PoDocument:
        """Read the entries; each plural form is a slot of its own.

        >>> text = 'msgid ""\\nmsgstr "Language: vi\\\\n"\\n\\nmsgid "Save"\\nmsgstr ""\\n'
        >>> [(slot.source.lang, slot.source.text) for slot in PoDocument.of(text.encode(), ReadOptions()).slots]
        [('en', 'Save')]
        """
        lines = _decoded(data, options).split("\n")
        entries = list(_entries([line.rstrip("\r") for line in lines], options.path))
        source, target = _direction(entries, options)
        places = [(entry, name) for entry in entries if entry.texts.get("msgid") for name in entry.targets]
        slots = []
        for entry, name in places:
            sides = Segment(source, entry.source_of(name)), Segment(target, entry.texts[name])
            slots.append(Slot(*sides, _state(entry, name), f"line {entry.places[name][0] + 1}"))
        headers = tuple(entry for entry in entries if entry.texts.get("msgid") == "" and "msgstr" in entry.texts)
        return cls(tuple(lines), tuple(slots), tuple(places), headers)

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the file with the translations filled, each with a comment; fuzzy entries are flagged."""
        replaced: dict[int, list[str]] = {}
        heads: dict[int, tuple[_Entry, list[Fill]]] = {}
        for index, fill in fills.items():
            entry, name = self.places[index]
            first, last = entry.places[name]
            for number in range(first, last):
                replaced[number] = []
            replaced[first] = [f'{name} "{escaped(fill.target.text)}"{self._end(first)}']
            heads.setdefault(entry.line, (entry, []))[1].append(fill)
        for line, (entry, chosen) in heads.items():
            end = self._end(line)
            head = list(dict.fromkeys(f"# songngu: {fill.score} %, {fill.origin}{end}" for fill in chosen))
            if any(fill.fuzzy for fill in chosen):
                if entry.flag_line is None:
                    head.append(f"#, fuzzy{end}")
                else:
                    replaced[entry.flag_line] = [self.lines[entry.flag_line].rstrip("\r") + ", fuzzy" + end]
            replaced[line] = head + replaced.get(line, [self.lines[line]])
        out = [text for number, line in enumerate(self.lines) for text in replaced.get(number, [line])]
        return "\n".join(out).encode("utf-8")

    def _end(self, line: int) -> str:
        return "\r" if self.lines[line].endswith("\r") else ""


def _state(entry: _Entry, name: str) -> SlotState:
    fuzzy = "fuzzy" in entry.flags
    if not entry.texts[name]:
        # A flag holds for all forms: where one waits for a person's eye, the others are not to be added unseen.
        return SlotState.TRANSLATED if fuzzy and any(entry.texts[other] for other in entry.targets) else SlotState.EMPTY
    return SlotState.TRANSLATED if fuzzy else SlotState.CONFIRMED


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the translated entries, fuzzy ones as drafts, and remarks in the places of untranslated ones.

    Raises :class:`~termbase.errors.FormatError` for a catalogue of a third language.
    """
    document = PoDocument.of(stream.read(), options)
    own = any(OWN in entry.texts["msgstr"] for entry in document.headers)
    stated = _stated_language(document.headers)
    if stated and language(stated) not in ("vi", "en"):
        message = f"its language is {stated!r}, neither Vietnamese nor English"
        raise FormatError([Problem(path=options.path, line=1, message=message)])
    for slot, (entry, name) in zip(document.slots, document.places, strict=True):
        if not slot.target.text:
            line = entry.places[name][0] + 1
            yield Remark(Problem(path=options.path, line=line, message="the entry is not translated"))
            continue
        unit = TranslationUnit(
            source=slot.source,
            target=slot.target,
            document="" if own else options.path,
            status=UnitStatus.DRAFT if "fuzzy" in entry.flags else UnitStatus.TRANSLATED,
            notes=tuple(entry.notes),
            properties=(("msgctxt", entry.texts["msgctxt"]),) if "msgctxt" in entry.texts and not own else (),
        )
        yield with_own_fields(unit) if own else unit
    obsolete = sum(_OBSOLETE.match(line) is not None for line in document.lines)
    if obsolete:
        message = f"{obsolete} obsolete entries were passed over"
        yield Remark(Problem(path=options.path, message=message), skipped=False)
