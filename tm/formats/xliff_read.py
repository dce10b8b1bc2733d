"""The places of an XLIFF file: its units and segments, with the byte offsets at which they can be filled.

In version 1.2 a ``trans-unit`` whose ``seg-source`` is cut into ``mrk mtype="seg"`` has a place for each of
them (XLIFF 1.2, 2.6); in 2.x each ``segment`` is a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tm.formats.xml import DEPTH, XmlReader, escape, start_tag
from tm.model import InlineCode

_SPANNING = frozenset({"g", "mrk", "pc"})
Span = tuple[int, int]


@dataclass
class Content:
    """Text with its inline codes, while it is read."""

    text: list[str] = field(default_factory=list)
    codes: list[InlineCode] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        """Add text."""
        self.text.append(text)
        self.length += len(text)

    def code(self, kind: str, xml: str) -> None:
        """Add an inline code."""
        self.codes.append(InlineCode(self.length, kind, xml))

    def whole(self) -> tuple[str, tuple[InlineCode, ...]]:
        """Return the text and its codes."""
        return "".join(self.text), tuple(self.codes)


@dataclass
class Part:
    """A ``mrk mtype="seg"``: byte offsets of the element and of what it holds, ``None`` where it is ``<mrk/>``."""

    mid: str
    element: Span
    inner: Span | None = None
    content: Content = field(default_factory=Content)


@dataclass
class Side:
    """An element ``source``, ``seg-source`` or ``target``: byte offsets, attributes, text and parts."""

    name: str
    element: Span
    attributes: dict[str, str] = field(default_factory=dict)
    inner: Span | None = None
    content: Content = field(default_factory=Content)
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass
class Place:
    """A unit (1.2) or segment (2.x): its start tag, its sides by name, and where a target may be put.

    ``notes`` are texts, each with who or what it is from.
    """

    entry: str
    start: int
    name: str
    attributes: dict[str, str]
    document: str
    langs: tuple[str, str]
    translate: bool
    sides: dict[str, Side] = field(default_factory=dict)
    insert_at: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """The namespace prefix of the file's elements, with its colon."""
        return self.name[: self.name.rfind(":") + 1]


class XliffReader(XmlReader):
    """Finds the places of a file whose bytes are UTF-8."""

    def __init__(self, data: bytes, path: str) -> None:
        super().__init__(path)
        self.data = data
        self.version = ""
        self.langs = {"source": "", "target": ""}
        self.root_end = 0
        self.places: list[Place] = []
        self._document = ""
        self._stack: list[str] = []
        self._place: Place | None = None
        self._unit_id = ""
        self._unit_notes: list[tuple[str, str]] = []
        self._translate: list[bool] = []
        self._side: Side | None = None
        self._side_depth = 0
        self._part: Part | None = None
        self._part_depth = 0
        self._code: list[str] = []
        self._inside = 0
        self._note: list[str] | None = None
        self._note_from = ""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def _unit_name(self) -> str:
        return "segment" if self.version.startswith("2") else "trans-unit"

    @property
    def _content(self) -> Content | None:
        return self._part.content if self._part else self._side.content if self._side else None

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = full_name.rpartition(":")[2]
        self._stack.append(name)
        self._translate.append(attributes.get("translate", "") != "no" and (not self._translate or self._translate[-1]))
        if len(self._stack) > DEPTH:
            raise self.fail(f"elements are nested deeper than {DEPTH}")
        if self._side:
            self._in_side(self._side, name, attributes)
        elif len(self._stack) == 1:
            self._begin(name, attributes)
        elif name == "file":
            self._document = attributes.get("original", "")
            if self._unit_name == "trans-unit":
                self.langs = {side: attributes.get(f"{side}-language", "") for side in self.langs}
        elif name == "unit":
            self._unit_id, self._unit_notes = attributes.get("id", ""), []
        elif name == self._unit_name:
            entry = attributes.get("id") or self._unit_id
            where = self.parser.CurrentByteIndex
            langs = self.langs["source"], self.langs["target"]
            self._place = Place(entry, where, full_name, attributes, self._document, langs, self._translate[-1])
            self._place.notes += self._unit_notes
        elif name == "note":
            self._note, self._note_from = [], attributes.get("from") or attributes.get("category", "")
        elif self._place and self._stack[-2] == self._unit_name and name in ("source", "seg-source", "target"):
            self._side, self._side_depth = Side(full_name, self._tag(), attributes), len(self._stack)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.version = attributes.get("version", "")
        if name != "xliff":
            raise self.fail(f"not an XLIFF file: the root element is <{name}>")
        if not re.fullmatch(r"1\.[012]|2\.[012]", self.version):
            raise self.fail(f"XLIFF version {self.version!r} is not known; 1.0 to 1.2 and 2.0 to 2.2 are read")
        self.langs = {"source": attributes.get("srcLang", ""), "target": attributes.get("trgLang", "")}
        self.root_end = self._tag()[1]

    def _tag(self) -> Span:
        """Return the offsets of the start tag that is being read."""
        place = self.parser.CurrentByteIndex
        return place, tag_end(self.data, place)

    def _in_side(self, side: Side, name: str, attributes: dict[str, str]) -> None:
        """Begin an inline element; ``mrk`` of a segment is no code."""
        cut = side.name.endswith("seg-source") or (self._place and self._place.sides.get("seg-source"))
        if name == "mrk" and attributes.get("mtype") == "seg" and cut and not self._part and not self._inside:
            self._part, self._part_depth = Part(attributes.get("mid", ""), self._tag()), len(self._stack)
            return
        content, tag = self._content, start_tag(name, attributes)
        if name in _SPANNING and not self._inside and content:
            content.code(name, tag)
            return
        self._code = [tag] if not self._inside else [*self._code, tag]
        self._inside += 1

    def _end(self, full_name: str) -> None:
        name = full_name.rpartition(":")[2]
        depth = len(self._stack)
        self._stack.pop()
        self._translate.pop()
        place = self._place
        if self._side and place and depth == self._side_depth:
            self._side.inner, self._side.element = self._ended(self._side.element, full_name)
            place.sides[name] = self._side
            place.insert_at = place.insert_at if name == "target" else self._side.element[1]
            self._side = None
        elif self._side and self._part and depth == self._part_depth:
            self._part.inner, self._part.element = self._ended(self._part.element, full_name)
            self._side.parts.setdefault(self._part.mid, self._part)
            self._part = None
        elif self._side:
            self._close_code(name)
        elif name == "note" and self._note is not None:
            (place.notes if place else self._unit_notes).append((self._note_from, "".join(self._note)))
            self._note = None
        elif name == self._unit_name and place:
            self.places.append(place)
            self._place = None

    def _ended(self, tag: Span, name: str) -> tuple[Span | None, Span]:
        """Return the offsets of the content, and of the whole element, that ends; ``tag`` is its start tag."""
        place = self.parser.CurrentByteIndex
        if self.data.startswith(b"</" + name.encode("utf-8"), place) and place >= tag[1]:
            return (tag[1], place), (tag[0], tag_end(self.data, place))
        return None, tag

    def _characters(self, text: str) -> None:
        content = self._content
        if self._inside:
            self._code.append(escape(text))
        elif content:
            content.add(text)
        elif self._note is not None:
            self._note.append(text)

    def _close_code(self, name: str) -> None:
        content = self._content
        if not self._inside:
            if content:
                content.code(name, f"</{name}>")
            return
        self._inside -= 1
        self._code.append(f"</{name}>")
        if not self._inside and content:
            content.code(name, "".join(self._code))


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
