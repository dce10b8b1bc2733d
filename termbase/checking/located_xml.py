"""Pairs in TMX and XLIFF files, located: the text of segments without their inline codes.

Sources: TMX 1.4b (LISA 2005), XLIFF 1.2 (OASIS 2008), XLIFF 2.1 (OASIS 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from termbase.checking.located import Located, LocatedPair, Piece
from termbase.errors import FormatError, Problem

_TEXT_INSIDE = frozenset({"hi", "g", "mrk", "pc", "sub"})
"""Inline elements whose content is text; that of all others is code."""
_SET_ASIDE = frozenset({"alt-trans", "matches", "notes", "note", "seg-source", "context-group", "header", "glossary"})
_UNITS = frozenset({"tu", "trans-unit", "segment"})
_DONE = frozenset({"final", "signed-off"})


@dataclass
class _Unit:
    """The pair being read."""

    number: int
    line: int
    confirmed: bool = False
    skipped: bool = False
    sides: dict[str, tuple[Piece, ...]] = field(default_factory=dict)


class _Scanner:
    """Collects the segments of a document while Expat reads it; positions are bytes of UTF-8."""

    def __init__(self, data: bytes, langs: tuple[str, str]) -> None:
        self.data = data
        self.langs = langs
        self.units: list[_Unit] = []
        self.unit: _Unit | None = None
        self.side = ""
        self.lang = ""
        self.pieces: list[Piece] = []
        self.aside = self.codes = self.depth = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity

    def entity(self, *_: object) -> None:
        """Refuse declared entities, which can blow a small file up."""
        raise FormatError("the file declares entities; such files are refused")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        name = tag.rpartition(":")[2]
        if self.side:
            self.depth += 1
            if self.codes or name not in _TEXT_INSIDE:
                self.codes += 1
            return
        if self.aside or name in _SET_ASIDE:
            self.aside += 1
            return
        if name in _UNITS:
            self._begin(attributes)
        elif name == "tuv":
            self.lang = (attributes.get("xml:lang") or attributes.get("lang") or "").lower().split("-")[0].split("_")[0]
        elif self.unit and name in ("source", "target", "seg"):
            self.side = self.lang if name == "seg" else self.langs[name == "target"]
            self.pieces = []
            if name == "target" and attributes.get("state") in _DONE:
                self.unit.confirmed = True

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self.unit = _Unit(len(self.units) + 1, self.parser.CurrentLineNumber)
        self.unit.confirmed = attributes.get("approved") == "yes" or attributes.get("state") in _DONE
        self.unit.skipped = attributes.get("translate") == "no"

    def end(self, tag: str) -> None:
        """End an element."""
        name = tag.rpartition(":")[2]
        if self.side and self.depth:
            self.depth -= 1
            self.codes -= bool(self.codes)
        elif self.side:
            if self.unit:
                self.unit.sides[self.side] = tuple(self.pieces)
            self.side = ""
        elif self.aside:
            self.aside -= 1
        elif name in _UNITS and self.unit:
            self.units.append(self.unit)
            self.unit = None

    def characters(self, text: str) -> None:
        """Take a run of text, an entity or a line end."""
        if not self.side or self.codes:
            return
        start = self.parser.CurrentByteIndex
        written = text.encode()
        if self.data.startswith(written, start):
            self.pieces.append(Piece(start, start + len(written), text))
            return
        if self.data.startswith(b"&", start):
            end = self.data.index(b";", start) + 1
        else:
            end = start + (2 if self.data.startswith(b"\r\n", start) else 1)
        self.pieces.append(Piece(start, end, text, plain=False))


def read_xml(content: str, path: str, langs: tuple[str, str]) -> list[LocatedPair]:
    """Return the pairs of a TMX or XLIFF file in which both languages have a segment.

    Raises :class:`FormatError` for a file that is not well-formed or declares entities.

    >>> text = (
    ...     "<tmx><tu><tuv xml:lang='vi'><seg>đội</seg></tuv><tuv xml:lang='en'><seg>a <ph/>unit</seg></tuv></tu></tmx>"
    ... )
    >>> [pair.target.text for pair in read_xml(text, "a.tmx", ("vi", "en"))]
    ['a unit']
    """
    data = content.encode()
    scanner = _Scanner(data, langs)
    try:
        scanner.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise FormatError([Problem(path=path, line=error.lineno, message=expat.ErrorString(error.code))]) from None
    except FormatError as error:
        raise FormatError([Problem(path=path, message=str(error))]) from None
    ways = _Ways(data)
    pairs = []
    for unit in scanner.units:
        source, target = unit.sides.get(langs[0]), unit.sides.get(langs[1])
        if source is None or target is None or unit.skipped or not target:
            continue
        text = "".join(piece.text for piece in source)
        pairs.append(LocatedPair(text, ways.located(target), f"unit {unit.number} (line {unit.line})", unit.confirmed))
    return pairs


class _Ways:
    """Turns byte positions of UTF-8 into positions in the text; asked in rising order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._byte = self._char = 0

    def _place(self, byte: int) -> int:
        if self._ascii:
            return byte
        if byte < self._byte:
            self._byte = self._char = 0
        self._char += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._char

    def located(self, pieces: tuple[Piece, ...]) -> Located:
        """Return a segment of these pieces, by characters, touching plain ones joined."""
        joined: list[Piece] = []
        for piece in pieces:
            start, end = self._place(piece.start), self._place(piece.end)
            last = joined[-1] if joined else None
            if last and last.plain and piece.plain and last.end == start:
                joined[-1] = Piece(last.start, end, last.text + piece.text)
            else:
                joined.append(Piece(start, end, piece.text, piece.plain))
        return Located(tuple(joined))
