"""Reading TMX 1.1 to 1.4b, level 1 and 2, streaming at constant memory (LISA OSCAR, TMX 1.4b, 2005).

A ``tu`` gives one unit for each pair of a Vietnamese and an English ``tuv``. Inline elements are kept with
their places. Context and document are read as OmegaT writes them too (``prev``, ``next``, ``file``), our fields
from properties that begin with ``x-songngu-``.

The file is parsed by expat. Where expat stands directly between two units, :mod:`tm.formats.tmx_plain` takes
those that need no parser; expat never sees them, and goes on behind them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from tm.formats.base import ReadOptions
from tm.formats.tmx_plain import plain_units, sure
from tm.formats.tmx_units import Parts, UnitMaker, Variant
from tm.formats.xml import DEPTH, XmlReader, escape, start_tag
from tm.model import InlineCode, TranslationUnit
from tm.outcome import Remark

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "hi", "sub"})
_UNIT_END = b"</tu>"
_PORTION = 1 << 16


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the units of a TMX file, and remarks on what was left out.

    Raises :class:`~termbase.errors.FormatError` for a file that is damaged, not TMX, or declares entities.

    >>> import io
    >>> sides = "".join(
    ...     f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in [("VI", "chốt"), ("en-GB", "post")]
    ... )
    >>> text = f'<tmx version="1.4"><header srclang="en"/><body><tu>{sides}</tu></body></tmx>'
    >>> [(u.source.text, u.target.text) for u in read(io.BytesIO(text.encode()), ReadOptions())]
    [('post', 'chốt')]
    """
    reader = _TmxReader(options.path, options.encoding)
    for _ in reader.portions(stream):
        yield from reader.found
        reader.found.clear()
    if not reader.version:
        raise reader.fail("not a TMX file")
    yield from reader.closing_remarks()


class _TmxReader(XmlReader):
    """Collects units while expat reads; ``found`` is emptied by the caller."""

    def __init__(self, path: str, encoding: str) -> None:
        super().__init__(path, encoding)
        self.found: list[TranslationUnit | Remark] = []
        self.version = ""
        self._maker = UnitMaker()
        self._depth = 0
        self._parts: Parts | None = None
        self._variant: Variant | None = None
        self._words: list[str] | None = None
        self._property = ""
        self._code: list[str] = []
        self._inside = 0
        self._in_seg = False
        self._kinds: list[str] = []
        self._place = 0
        self._fed = 0
        self._unit_end = -1
        self._plain = encoding.lower() in ("", "utf-8", "utf8")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.AttlistDeclHandler = self._attributes_declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def closing_remarks(self) -> Iterator[Remark]:
        """Yield what holds for the whole file: attributes and languages that were passed over."""
        for name, count in sorted(self._maker.dropped.items()):
            message = f"the attribute {name!r} of {count} elements was passed over; a unit has no place for it"
            yield Remark(self.problem(message), skipped=False)
        for tag, count in sorted(self._maker.other.items()):
            yield Remark(self.problem(f"{count} segments in language {tag!r} were passed over"), skipped=False)

    # --- the way through the bytes

    def portions(self, stream: BinaryIO) -> Iterator[None]:
        """Parse the stream, pausing after each portion for the caller to take what was found."""
        rest = stream.read(_PORTION)
        self._plain = self._plain and not rest.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        while data := stream.read(_PORTION):
            rest += data
            cut = rest.rfind(_UNIT_END) + len(_UNIT_END) if self._plain else 0
            if cut < len(_UNIT_END):
                cut = len(rest)
            self._take(rest[:cut])
            rest = rest[cut:]
            yield
        self._take(rest)
        yield
        self._feed(b"", final=True)
        yield

    def _take(self, data: bytes) -> None:
        """Read whole units, or anything where the quick way is closed."""
        first = data.find(_UNIT_END) + len(_UNIT_END)
        if not self._between_units and self._plain and first >= len(_UNIT_END):
            self._feed(data[:first])
            data = data[first:]
        if not (self._between_units and self._plain):
            self._feed(data)
            return
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            self._feed(data)
            return
        self._take_text(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, quick=sure(data))

    def _take_text(self, text: str, *, quick: bool) -> None:
        """Read whole units, by the quick way where it is open; the parser takes each one that needs it."""
        place = 0
        while place < len(text):
            if quick and self._between_units:
                start, place = place, plain_units(text, place, self._maker, self.found)
                self.lines_before += text.count("\n", start, place)
            end = text.find("</tu>", place) + len("</tu>")
            end = end if quick and end >= len("</tu>") else len(text)
            self._feed(text[place:end].encode("utf-8"))
            place = end

    @property
    def _between_units(self) -> bool:
        """Whether the parser has just ended a unit, and nothing was given to it since."""
        return self._unit_end + len(_UNIT_END) == self._fed

    def _feed(self, data: bytes, *, final: bool = False) -> None:
        self._fed += len(data)
        if data or final:
            self.parse(data, final=final)

    # --- what the parser tells

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG002
        self._plain = self._plain and (encoding or "utf-8").lower() in ("utf-8", "utf8", "us-ascii")

    def _attributes_declared(self, *_: object) -> None:
        self._plain = False  # the parser adds attributes that do not stand in the units

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise self.fail(f"elements are nested deeper than {DEPTH}")
        if self._in_seg:
            self._open_code(name, attributes)
        elif name == "tu":
            self._parts = Parts(attributes)
            self._maker.check_unit(attributes)
        elif name == "tuv" and self._parts:
            lang = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._variant = Variant(lang, attributes)
            self._maker.check_variant(attributes)
            self._parts.variants.append(self._variant)
        elif name == "seg" and self._variant:
            self._in_seg = self._variant.has_text = True
        elif name in ("note", "prop"):
            self._words = []
            self._property = attributes.get("type", "")
        elif name == "header":
            self._maker.srclang = attributes.get("srclang", "")
        elif name == "tmx":
            self._begin(attributes)
        elif self._depth == 1:
            raise self.fail(f"not a TMX file: the root element is <{name}>")

    def _begin(self, attributes: dict[str, str]) -> None:
        self.version = attributes.get("version", "1.4")
        if self._depth > 1 or not re.fullmatch(r"1(\.\d\w?)?", self.version):
            raise self.fail(f"TMX version {self.version!r} is not known; 1.1 to 1.4b are read")

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._in_seg:
            if name == "seg" and not self._kinds:
                self._in_seg = False
            else:
                self._close_code(name)
        elif name == "tuv":
            self._variant = None
        elif name == "tu" and self._parts:
            self.found += self._maker.make(self._parts, self._complain)
            self._parts = None
            if self._depth == 2:
                self._unit_end = self.parser.CurrentByteIndex
        elif name in ("note", "prop"):
            self._keep(name)

    def _complain(self, message: str, entry: str) -> None:
        self.found.append(Remark(self.problem(message, entry)))

    def _text(self, text: str) -> None:
        if self._in_seg and self._variant:
            if self._inside:
                self._code.append(escape(text))
            else:
                self._variant.add(text)
        elif self._words is not None:
            self._words.append(text)

    def _keep(self, name: str) -> None:
        text, self._words = "".join(self._words or ()), None
        if self._parts and name == "note" and text.strip():
            self._parts.notes.append(text)
        elif self._parts and name == "prop":
            self._parts.properties.append((self._property, text))

    def _open_code(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an inline element: ``hi`` marks text, the others hold codes."""
        variant = self._variant
        if name not in _CODES or variant is None:
            raise self.fail(f"<{name}> may not stand in a segment")
        self._kinds.append(name)
        tag = start_tag(name, attributes)
        if name == "hi" and not self._inside:
            variant.codes.append(InlineCode(variant.length, "hi", tag))
            return
        if not self._inside:
            self._code = []
            self._place = variant.length
        self._inside += 1
        self._code.append(tag)

    def _close_code(self, name: str) -> None:
        variant = self._variant
        self._kinds.pop()
        if variant is None:
            return
        if not self._inside:
            variant.codes.append(InlineCode(variant.length, "hi", "</hi>"))
            return
        self._inside -= 1
        self._code.append(f"</{name}>")
        if not self._inside:
            variant.codes.append(InlineCode(self._place, name, "".join(self._code)))
