"""Reading TMX 1.1 to 1.4b, level 1 and 2, streaming at constant memory (LISA OSCAR, TMX 1.4b, 2005).

A ``tu`` gives one unit for each pair of a Vietnamese and an English ``tuv``. Inline elements are kept with
their places. Context and document are read as OmegaT writes them (``prev``, ``next``, ``file``), our other
fields from properties that begin with ``x-songngu-``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tm.formats.base import ReadOptions, language
from tm.formats.tmx_write import KEPT
from tm.formats.xml import DEPTH, XmlReader, escape, start_tag
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "hi", "sub"})
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_PROVENANCES = {str(word): word for word in Provenance}
_STATUSES = {str(word): word for word in UnitStatus}
_Fields = dict[str, object]
_OWN = "x-songngu-"
_VARIANT_ATTRIBUTES = frozenset({"xml:lang", "lang", "creationdate", "creationid", "changedate", "changeid"})
_UNIT_ATTRIBUTES = frozenset({*KEPT, "srclang", "creationdate", "changedate", "changeid"})
_CONTEXT = {"prev": "previous", "next": "next", "file": "document"}


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


@dataclass
class _Variant:
    lang: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    codes: list[InlineCode] = field(default_factory=list)
    length: int = 0
    has_text: bool = False

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def segment(self) -> Segment:
        return Segment(language(self.lang), "".join(self.text), tuple(self.codes))


@dataclass
class _Unit:
    attributes: dict[str, str]
    line: int
    variants: list[_Variant] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)


class _TmxReader(XmlReader):
    """Collects units while expat reads; ``found`` is emptied by the caller."""

    def __init__(self, path: str, encoding: str) -> None:
        super().__init__(path, encoding)
        self.found: list[TranslationUnit | Remark] = []
        self.version = ""
        self._srclang = ""
        self._depth = 0
        self._unit: _Unit | None = None
        self._variant: _Variant | None = None
        self._words: list[str] | None = None
        self._code: list[str] = []
        self._inside = 0
        self._in_seg = False
        self._kinds: list[str] = []
        self._place = 0
        self._units = 0
        self._other: dict[str, int] = {}
        self._dropped: dict[str, int] = {}
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def closing_remarks(self) -> Iterator[Remark]:
        """Yield what holds for the whole file: attributes and languages that were passed over."""
        for name, count in sorted(self._dropped.items()):
            message = f"the attribute {name!r} of {count} elements was passed over; a unit has no place for it"
            yield Remark(self.problem(message), skipped=False)
        for tag, count in sorted(self._other.items()):
            yield Remark(self.problem(f"{count} segments in language {tag!r} were passed over"), skipped=False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise self.fail(f"elements are nested deeper than {DEPTH}")
        if self._in_seg:
            self._open_code(name, attributes)
        elif name == "tu":
            self._unit = _Unit(attributes, self.line)
            self._drop(attributes.keys() - _UNIT_ATTRIBUTES)
        elif name == "tuv" and self._unit:
            lang = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._variant = _Variant(lang, attributes)
            if len(attributes) > 1:
                self._drop(attributes.keys() - _VARIANT_ATTRIBUTES)
            self._unit.variants.append(self._variant)
        elif name == "seg" and self._variant:
            self._in_seg = self._variant.has_text = True
        elif name in ("note", "prop"):
            self._words = []
            self._property = attributes.get("type", "")
        elif name == "header":
            self._srclang = attributes.get("srclang", "")
        elif name == "tmx":
            self._begin(attributes)
        elif self._depth == 1:
            raise self.fail(f"not a TMX file: the root element is <{name}>")

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self._dropped[name] = self._dropped.get(name, 0) + 1

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
        elif name == "tu" and self._unit:
            self._finish(self._unit)
            self._unit = None
        elif name in ("note", "prop"):
            self._keep(name)

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
        if self._unit and name == "note" and text.strip():
            self._unit.notes.append(text)
        elif self._unit and name == "prop":
            self._unit.properties.append((self._property, text))

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

    def _finish(self, unit: _Unit) -> None:
        """Turn a ``tu`` into units, one for each pair of languages."""
        self._units += 1
        sides: dict[str, list[_Variant]] = {"vi": [], "en": []}
        for variant in unit.variants:
            lang = language(variant.lang)
            if lang in sides and variant.has_text:
                sides[lang].append(variant)
            else:
                self._other[variant.lang] = self._other.get(variant.lang, 0) + 1
        entry = unit.attributes.get("tuid") or f"tu {self._units}"
        if not sides["vi"] or not sides["en"]:
            missing = " and no ".join(
                name for name, lang in (("Vietnamese", "vi"), ("English", "en")) if not sides[lang]
            )
            self.found.append(Remark(self.problem(f"the unit has no {missing} segment", entry)))
            return
        source, target = self._direction(unit)
        fields = _fields(unit)
        for first in sides[source]:
            for second in sides[target]:
                self._make(first, second, unit, fields, entry)

    def _make(self, first: _Variant, second: _Variant, unit: _Unit, fields: _Fields, entry: str) -> None:
        one, other = first.segment(), second.segment()
        if not one.text.strip() or not other.text.strip():
            self.found.append(Remark(self.problem("the unit has an empty segment", entry)))
            return
        dates = _dates(unit.attributes, second.attributes)
        self.found.append(TranslationUnit(source=one, target=other, **dates, **fields))  # type: ignore[arg-type]

    def _direction(self, unit: _Unit) -> tuple[str, str]:
        stated = unit.attributes.get("srclang") or self._srclang
        source = language(stated)
        if source not in ("vi", "en"):
            source = next((language(v.lang) for v in unit.variants if language(v.lang) in ("vi", "en")), "vi")
        return (source, "en" if source == "vi" else "vi")


def _dates(unit: dict[str, str], target: dict[str, str]) -> dict[str, str]:
    def pick(*names: str) -> str:
        return next((value for name in names for value in (target.get(name), unit.get(name)) if value), "")

    return {
        "author": pick("changeid", "creationid"),
        "created": _iso(pick("creationdate")),
        "changed": _iso(pick("changedate")),
    }


def _iso(date: str) -> str:
    match = _DATE.fullmatch(date)
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""


def _fields(unit: _Unit) -> _Fields:
    """Sort notes and properties into the fields of a unit; unknown properties stay properties."""
    kept = _kept_attributes(unit)
    if not unit.properties and not unit.notes and not kept:
        return {}
    fields: _Fields = {}
    rest: list[tuple[str, str]] = kept
    for name, value in unit.properties:
        key = name.removeprefix(_OWN)
        if name in _CONTEXT:
            fields[_CONTEXT[name]] = value
        elif name == key or not _own_field(fields, key, value):
            rest.append((name, value))
    return {**fields, "notes": tuple(unit.notes), "properties": tuple(rest)}


def _kept_attributes(unit: _Unit) -> list[tuple[str, str]]:
    """Return the attributes of a ``tu`` that no field of a unit holds; they are properties by their own names."""
    given = unit.attributes
    if not given:
        return []
    author = given.get("changeid")
    kept = [(name, given[name]) for name in KEPT if given.get(name)]
    return [(name, value) for name, value in kept if name != "creationid" or author not in (None, value)]


def _own_field(fields: _Fields, key: str, value: str) -> bool:
    """Set a field that our writer wrote as a property; return whether it was one."""
    if key in ("memory", "origin"):
        fields[key] = value
    elif key == "status" and value in _STATUSES:
        fields[key] = _STATUSES[value]
    elif key == "provenance" and value in _PROVENANCES:
        fields[key] = _PROVENANCES[value]
    elif key == "position" and value.isdecimal():
        fields[key] = int(value)
    elif key == "confidence" and re.fullmatch(r"[01](\.\d+)?", value):
        fields[key] = float(value)
    else:
        return False
    return True
