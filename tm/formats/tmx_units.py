"""From the parts of a TMX ``tu`` to units: direction, dates, and what properties and notes stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tm.formats.base import language
from tm.formats.codes import freed
from tm.formats.tmx_write import KEPT
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_PROVENANCES = {str(word): word for word in Provenance}
_STATUSES = {str(word): word for word in UnitStatus}
_Fields = dict[str, object]
_OWN = "x-songngu-"
_VARIANT_ATTRIBUTES = frozenset({"xml:lang", "lang", "creationdate", "creationid", "changedate", "changeid"})
_UNIT_ATTRIBUTES = frozenset({*KEPT, "srclang", "creationdate", "changedate", "changeid"})
_CONTEXT = {"prev": "previous", "next": "next", "file": "document"}


@dataclass
class Variant:
    """A ``tuv`` while it is read."""

    lang: str
    attributes: Mapping[str, str]
    text: list[str] = field(default_factory=list)
    codes: list[InlineCode] = field(default_factory=list)
    length: int = 0
    has_text: bool = False

    def add(self, text: str) -> None:
        """Add text outside of inline elements."""
        self.text.append(text)
        self.length += len(text)

    def segment(self) -> Segment:
        """Return the text with its codes."""
        return freed(Segment(language(self.lang), "".join(self.text), tuple(self.codes)))


@dataclass
class Parts:
    """A ``tu`` while it is read."""

    attributes: Mapping[str, str]
    variants: list[Variant] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class UnitMaker:
    """Makes units, and counts what was passed over in the whole file; ``srclang`` is that of the header."""

    srclang: str = ""
    units: int = 0
    other: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, names: Iterable[str]) -> None:
        """Count attributes that a unit has no place for."""
        for name in names:
            self.dropped[name] = self.dropped.get(name, 0) + 1

    def check_unit(self, attributes: Mapping[str, str]) -> None:
        """Count the attributes of a ``tu`` that are lost."""
        self.drop(attributes.keys() - _UNIT_ATTRIBUTES)

    def check_variant(self, attributes: Mapping[str, str]) -> None:
        """Count the attributes of a ``tuv`` that are lost."""
        if len(attributes) > 1:
            self.drop(attributes.keys() - _VARIANT_ATTRIBUTES)

    def make(self, parts: Parts, complain: Callable[[str, str], None]) -> Iterator[TranslationUnit]:
        """Yield a unit for each pair of a Vietnamese and an English variant; ``complain`` of what is no pair."""
        self.units += 1
        sides: dict[str, list[Variant]] = {"vi": [], "en": []}
        for variant in parts.variants:
            lang = language(variant.lang)
            if lang in sides and variant.has_text:
                sides[lang].append(variant)
            else:
                self.other[variant.lang] = self.other.get(variant.lang, 0) + 1
        entry = parts.attributes.get("tuid") or f"tu {self.units}"
        named = (("Vietnamese", "vi"), ("English", "en"))
        missing = " and no ".join(name for name, lang in named if not sides[lang])
        if missing:
            complain(f"the unit has no {missing} segment", entry)
            return
        source, target = self.direction(parts.attributes, [variant.lang for variant in parts.variants])
        fields = fields_of(parts.attributes, parts.notes, parts.properties)
        for first in sides[source]:
            for second in sides[target]:
                one, other = first.segment(), second.segment()
                if not one.text.strip() or not other.text.strip():
                    complain("the unit has an empty segment", entry)
                    continue
                dates = dates_of(parts.attributes, second.attributes)
                yield TranslationUnit(source=one, target=other, **dates, **fields)  # type: ignore[arg-type]

    def direction(self, attributes: Mapping[str, str], tags: Iterable[str]) -> tuple[str, str]:
        """Return source and target language: as stated, otherwise by the order of the variants."""
        source = language(attributes.get("srclang") or self.srclang)
        if source not in ("vi", "en"):
            source = next((language(tag) for tag in tags if language(tag) in ("vi", "en")), "vi")
        return (source, "en" if source == "vi" else "vi")


def dates_of(unit: Mapping[str, str], target: Mapping[str, str]) -> dict[str, str]:
    """Return author and dates; those of the target variant come before those of the unit.

    >>> dates_of({"changeid": "An", "creationdate": "20260102T030405Z"}, {})["created"]
    '2026-01-02T03:04:05Z'
    """
    if not unit and len(target) < 2:
        return {}

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


def fields_of(
    attributes: Mapping[str, str], notes: Iterable[str], properties: Iterable[tuple[str, str]]
) -> dict[str, object]:
    """Sort notes and properties into the fields of a unit; unknown properties stay properties.

    >>> fields_of({}, [], [("prev", "Trước."), ("x-songngu-memory", "khu"), ("màu", "đỏ")])
    {'previous': 'Trước.', 'memory': 'khu', 'notes': (), 'properties': (('màu', 'đỏ'),)}
    """
    kept = _kept_attributes(attributes)
    if not properties and not notes and not kept:
        return {}
    fields: _Fields = {}
    rest: list[tuple[str, str]] = kept
    for name, value in properties:
        key = name.removeprefix(_OWN)
        if name in _CONTEXT:
            fields[_CONTEXT[name]] = value
        elif name == key or not _own_field(fields, key, value):
            rest.append((name, value))
    return {**fields, "notes": tuple(notes), "properties": tuple(rest)}


def _kept_attributes(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the attributes of a ``tu`` that no field of a unit holds; they are properties by their own names."""
    if not given:
        return []
    author = given.get("changeid")
    kept = [(name, given[name]) for name in KEPT if given.get(name)]
    return [(name, value) for name, value in kept if name != "creationid" or author not in (None, value)]


def _own_field(fields: _Fields, key: str, value: str) -> bool:
    """Set a field that our writer wrote as a property; return whether it was one."""
    if key in ("document", "previous", "next", "memory", "origin"):
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
