"""XLIFF 1.2 and 2.0 to 2.2: as pairs to be imported, and as a document to be filled.

The file is never built anew: translations are spliced into its bytes, so that all else stays as it was.
A unit of version 1.2 whose source is cut into several ``mrk`` segments is read and left alone.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, language
from tm.formats.xml import DEPTH, XmlReader, escape, quote, start_tag
from tm.model import InlineCode, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark
from tm.slots import Fill, Slot, SlotState

_SPANNING = frozenset({"g", "mrk", "pc"})
_OPEN_STATES = frozenset({"", "new", "needs-translation", "initial"})
_DONE_STATES = frozenset({"final", "signed-off", "translated", "reviewed"})
_DECLARATION = re.compile(rb"""^(<\?xml[^>]*?)\sencoding\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass
class _Place:
    """A unit (1.2) or segment (2.x) while it is read; byte offsets into the file."""

    entry: str
    start: int
    attributes: dict[str, str]
    translate: bool
    insert_at: int = 0
    target: tuple[int, int] | None = None
    target_state: str = ""
    sides: dict[str, tuple[str, tuple[InlineCode, ...]]] = field(default_factory=dict)
    segments: int = 0
    notes: list[str] = field(default_factory=list)


class _XliffReader(XmlReader):
    """Finds the units of a file whose bytes are UTF-8."""

    def __init__(self, data: bytes, path: str) -> None:
        super().__init__(path)
        self.data = data
        self.version = ""
        self.langs = {"source": "", "target": ""}
        self.root_end = 0
        self.document = ""
        self.places: list[tuple[_Place, str]] = []
        self._stack: list[str] = []
        self._place: _Place | None = None
        self._unit_id = ""
        self._translate: list[bool] = []
        self._side = ""
        self._side_start = 0
        self._text: list[str] = []
        self._codes: list[InlineCode] = []
        self._length = 0
        self._code: list[str] = []
        self._inside = 0
        self._note: list[str] | None = None
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def _unit_name(self) -> str:
        return "segment" if self.version.startswith("2") else "trans-unit"

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._stack.append(name)
        self._translate.append(attributes.get("translate", "") != "no" and (not self._translate or self._translate[-1]))
        if len(self._stack) > DEPTH:
            raise self.fail(f"elements are nested deeper than {DEPTH}")
        if self._side:
            self._open_code(name, attributes)
        elif len(self._stack) == 1:
            self._begin(name, attributes)
        elif name == "file":
            self.document = attributes.get("original", "")
            for side in self.langs:
                self.langs[side] = attributes.get(f"{side}-language", self.langs[side])
        elif name == "unit":
            self._unit_id = attributes.get("id", "")
        elif name == self._unit_name:
            entry = attributes.get("id") or self._unit_id
            self._place = _Place(entry, self.parser.CurrentByteIndex, attributes, self._translate[-1])
        elif self._place and self._stack[-2] == self._unit_name:
            self._in_unit(name, attributes)
        elif name == "mrk" and self._place and "seg-source" in self._stack and attributes.get("mtype") == "seg":
            self._place.segments += 1

    def _in_unit(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("source", "target"):
            self._side, self._side_start = name, self.parser.CurrentByteIndex
            self._text, self._codes, self._length = [], [], 0
            if name == "target" and self._place:
                self._place.target_state = attributes.get("state", "")
        elif name == "note":
            self._note = []

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.version = attributes.get("version", "")
        if name != "xliff":
            raise self.fail(f"not an XLIFF file: the root element is <{name}>")
        if not re.fullmatch(r"1\.[012]|2\.[012]", self.version):
            raise self.fail(f"XLIFF version {self.version!r} is not known; 1.0 to 1.2 and 2.0 to 2.2 are read")
        self.langs = {"source": attributes.get("srcLang", ""), "target": attributes.get("trgLang", "")}
        self.root_end = tag_end(self.data, self.parser.CurrentByteIndex)

    def _end(self, name: str) -> None:
        self._name = name
        name = name.rpartition(":")[2]
        depth = len(self._stack)
        self._stack.pop()
        self._translate.pop()
        place = self._place
        if place is None:
            return
        if self._side and depth > 1 and self._stack[-1] == self._unit_name:
            self._close_side(place)
        elif self._side:
            self._close_code(name)
        elif name == "seg-source":
            place.insert_at = self._element_end()
        elif name == "note" and self._note is not None:
            place.notes.append("".join(self._note))
            self._note = None
        elif name == self._unit_name:
            self.places.append((place, self.document))
            self._place = None

    def _close_side(self, place: _Place) -> None:
        place.sides[self._side] = "".join(self._text), tuple(self._codes)
        if self._side == "source":
            place.insert_at = self._element_end()
        else:
            place.target = self._side_start, self._element_end()
        self._side = ""

    def _element_end(self) -> int:
        """Return the offset after the element that ends; of an empty one expat tells it already."""
        place = self.parser.CurrentByteIndex
        closing = b"</" + self._name.encode("utf-8")
        return tag_end(self.data, place) if self.data.startswith(closing, place) else place

    def _characters(self, text: str) -> None:
        if self._inside:
            self._code.append(escape(text))
        elif self._side:
            self._text.append(text)
            self._length += len(text)
        elif self._note is not None:
            self._note.append(text)

    def _open_code(self, name: str, attributes: dict[str, str]) -> None:
        tag = start_tag(name, attributes)
        if name in _SPANNING and not self._inside:
            self._codes.append(InlineCode(self._length, name, tag))
            return
        self._code = [tag] if not self._inside else [*self._code, tag]
        self._inside += 1

    def _close_code(self, name: str) -> None:
        if not self._inside:
            self._codes.append(InlineCode(self._length, name, f"</{name}>"))
            return
        self._inside -= 1
        self._code.append(f"</{name}>")
        if not self._inside:
            self._codes.append(InlineCode(self._length, name, "".join(self._code)))


def tag_end(data: bytes, start: int) -> int:
    """Return the offset after the tag that begins at ``start``.

    >>> tag_end(b'<a b=">"/>x', 0)
    10
    """
    mark = 0
    for index in range(start, len(data)):
        byte = data[index]
        if mark:
            mark = 0 if byte == mark else mark
        elif byte in b"\"'":
            mark = byte
        elif byte == ord(">"):
            return index + 1
    return len(data)


def _as_utf8(data: bytes, options: ReadOptions) -> bytes:
    """Return the file in UTF-8, its declaration changed where it was in another encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        found = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", data.removeprefix(codecs.BOM_UTF8))
        encoding = options.encoding or (found.group(1).decode("ascii") if found else "utf-8")
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except (LookupError, UnicodeDecodeError) as error:
        raise FormatError([Problem(path=options.path, message=f"cannot be decoded: {error}")]) from None
    return _DECLARATION.sub(rb'\1 encoding="UTF-8"', text)


@dataclass(frozen=True, slots=True)
class XliffDocument:
    """An XLIFF file and the places of its units."""

    data: bytes
    version: str
    slots: tuple[Slot, ...]
    places: tuple[_Place, ...]
    documents: tuple[str, ...]
    root_end: int
    target_named: bool

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> XliffDocument:
        """Read a file.

        >>> text = b'<xliff version="2.0" srcLang="vi"><file id="f"><unit id="u"><segment><source>a</source>\\
        ... </segment></unit></file></xliff>'
        >>> document = XliffDocument.of(text, ReadOptions())
        >>> b"<target>b</target></segment>" in document.filled({0: Fill(Segment("en", "b"), 100, "main", False)})
        True
        """
        utf8 = _as_utf8(data, options)
        reader = _XliffReader(utf8, options.path)
        for _ in reader.portions(io.BytesIO(utf8)):
            pass
        source = language(reader.langs["source"]) or options.source
        target = language(reader.langs["target"]) or ("en" if source == "vi" else "vi")
        slots = tuple(_slot(place, source, target) for place, _ in reader.places)
        places, documents = tuple(p for p, _ in reader.places), tuple(d for _, d in reader.places)
        named = bool(reader.langs["target"])
        return cls(utf8, reader.version, slots, places, documents, reader.root_end, named)

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the file with targets, each with state and origin."""
        splices: list[tuple[int, int, bytes]] = []
        for index, fill in fills.items():
            place = self.places[index]
            start, end = place.target or (place.insert_at, place.insert_at)
            modern = self.version.startswith("2")
            text = _target_2(fill) if modern else _target_1(fill)
            splices.append((start, end, text.encode("utf-8")))
            if modern:
                splices.append(self._segment_state(place, fill))
        if splices and self.version.startswith("2") and not self.target_named:
            lang = next(iter(fills.values())).target.lang
            splices.append((self.root_end - 1, self.root_end - 1, f' trgLang="{lang}"'.encode()))
        out, position = [], 0
        for start, end, text_bytes in sorted(splices):
            out += [self.data[position:start], text_bytes]
            position = end
        return b"".join([*out, self.data[position:]])

    def _segment_state(self, place: _Place, fill: Fill) -> tuple[int, int, bytes]:
        state = "initial" if fill.fuzzy else "translated"
        origin = re.sub(r"\W+", "-", fill.origin)
        attributes = {**place.attributes, "state": state, "subState": f"songngu:{fill.score}-{origin}"}
        return place.start, tag_end(self.data, place.start), start_tag("segment", attributes).encode("utf-8")


def _slot(place: _Place, source: str, target: str) -> Slot:
    text, codes = place.sides.get("source", ("", ()))
    other, other_codes = place.sides.get("target", ("", ()))
    state = _state(place, text, other)
    return Slot(Segment(source, text, codes), Segment(target, other, other_codes), state, place.entry)


def _state(place: _Place, source: str, target: str) -> SlotState:
    stated = place.target_state or place.attributes.get("state", "")
    if not place.translate or place.attributes.get("approved") == "yes" or place.segments > 1:
        return SlotState.CONFIRMED
    if not target.strip():
        return SlotState.EMPTY
    if stated in ("new", "needs-translation") or (stated == "initial" and target == source):
        return SlotState.UNTRANSLATED
    return SlotState.CONFIRMED if stated in _DONE_STATES else SlotState.TRANSLATED


def content(segment: Segment) -> str:
    """Return text and inline codes as XML content."""
    parts, position = [], 0
    for code in segment.codes:
        parts += [escape(segment.text[position : code.position]), code.xml]
        position = code.position
    return "".join([*parts, escape(segment.text[position:])])


def _target_1(fill: Fill) -> str:
    qualifier = "fuzzy-match" if fill.fuzzy else "exact-match"
    state = "needs-review-translation" if fill.fuzzy else "translated"
    note = f'<note from="songngu">{fill.score} %, {escape(fill.origin)}</note>'
    return f'<target state="{state}" state-qualifier="{quote(qualifier)}">{content(fill.target)}</target>{note}'


def _target_2(fill: Fill) -> str:
    return f"<target>{content(fill.target)}</target>"


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the units that have a translation; unfinished ones as drafts.

    Raises :class:`~termbase.errors.FormatError` for a file that is damaged, of an unknown version, or not
    XLIFF.
    """
    document = XliffDocument.of(stream.read(), options)
    for slot, place, name in zip(document.slots, document.places, document.documents, strict=True):
        if not slot.source.text.strip() or not slot.target.text.strip():
            continue
        if {slot.source.lang, slot.target.lang} != {"vi", "en"}:
            message = f"languages {slot.source.lang!r} and {slot.target.lang!r} are not Vietnamese and English"
            yield Remark(Problem(path=options.path, entry=slot.entry, message=message))
            continue
        status = UnitStatus.TRANSLATED if slot.state is SlotState.CONFIRMED else UnitStatus.DRAFT
        yield TranslationUnit(
            source=slot.source, target=slot.target, document=name, status=status, notes=tuple(place.notes)
        )
