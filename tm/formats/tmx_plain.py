"""The quick way through a TMX file: a ``tu`` without inline codes is cut out by one regular expression.

It takes only what is well-formed beyond doubt; at everything else it stops, and the XML parser goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tm.formats.base import language
from tm.formats.tmx_units import UnitMaker, dates_of, fields_of
from tm.model import Segment, TranslationUnit
from tm.outcome import Remark

_S = r"[ \t\n]*"
_ATTRIBUTES = r'((?:[ \t\n]+[A-Za-z_][A-Za-z0-9_.:-]*="[^"<&\t\n]*")*)' + _S
_VARIANT = rf"<tuv{_ATTRIBUTES}>{_S}<seg>([^<]*)</seg>{_S}</tuv>{_S}"
_PROPERTY = r'<prop type="([^"<&\t\n]*)">([^<]*)</prop>'
_EXTRAS = rf'((?:(?:<prop type="[^"<&\t\n]*">[^<]*</prop>|<note>[^<]*</note>){_S})*)'
_UNIT = re.compile(rf"{_S}<tu{_ATTRIBUTES}>{_S}{_EXTRAS}{_VARIANT}{_VARIANT}</tu>")
_ATTRIBUTE = re.compile(r'([A-Za-z_][A-Za-z0-9_.:-]*)="([^"]*)"')
_EXTRA = re.compile(rf"{_PROPERTY}|<note>([^<]*)</note>")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_REFUSED = ("\ufffe".encode(), "\uffff".encode(), b"]]>")
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NONE: Mapping[str, str] = {}
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _NotPlain(Exception):  # noqa: N818 - not an error: the XML parser takes the unit
    """Ends the quick way."""


def plain_units(text: str, place: int, maker: UnitMaker, found: list[TranslationUnit | Remark]) -> int:
    """Append the plain units that stand one after the other from ``place``; return where the next one begins.

    >>> found = []
    >>> text = '<tu><tuv lang="vi"><seg>chốt</seg></tuv><tuv lang="en"><seg>post</seg></tuv></tu><tu/>'
    >>> text[plain_units(text, 0, UnitMaker("vi"), found) :], [(u.source.text, u.target.text) for u in found]
    ('<tu/>', [('chốt', 'post')])
    """
    match = _UNIT.match
    while plain := match(text, place):
        try:
            unit = _unit(maker, plain.groups())
        except _NotPlain:
            break
        maker.units += 1
        found.append(unit)
        place = plain.end()
    return place


def sure(data: bytes) -> bool:
    """Whether a stretch of TMX in UTF-8 has only characters that XML allows in text.

    >>> sure("đội".encode()), sure(b"a\\x0bb"), sure("a\\uffff".encode()), sure(b"a]]>b")
    (True, False, False, False)
    """
    return len(data.translate(None, _CONTROLS)) == len(data) and not any(part in data for part in _REFUSED)


def _unit(maker: UnitMaker, groups: tuple[str, ...]) -> TranslationUnit:
    head, extras, first, one, second, other = groups
    attributes = _attributes(head) if head else _NONE
    layout = _layout(attributes.get("srclang") or maker.srclang if head else maker.srclang, first, second)
    if "&" in one or "&" in other:
        one, other = _text(one), _text(other)
    if layout.turned:
        one, other = other, one
    if not one or one.isspace() or not other or other.isspace():
        raise _NotPlain
    if layout.bare and not head and not extras:
        return pair(_segment(layout.source, one), _segment(layout.target, other))
    properties, notes = _extras(extras)
    fields = {**dates_of(attributes, layout.origin), **fields_of(attributes, notes, properties)}
    maker.check_unit(attributes)
    for name in (first, second):
        maker.check_variant(_attributes(name))
    source, target = Segment(layout.source, one), Segment(layout.target, other)
    return TranslationUnit(source=source, target=target, **fields)  # type: ignore[arg-type]


# A frozen value sets its fields one by one by name, which is half the time of reading a plain unit: a pair that
# has no other field is filled in by the slots themselves.
_new = object.__new__
_DEFAULT = TranslationUnit(source=Segment("", ""), target=Segment("", ""))
_set_source, _set_target, *_setters = [getattr(TranslationUnit, name).__set__ for name in TranslationUnit.__slots__]
_OTHERS = [(put, getattr(_DEFAULT, name)) for put, name in zip(_setters, TranslationUnit.__slots__[2:], strict=True)]
_set_lang, _set_text, _set_codes = [getattr(Segment, name).__set__ for name in ("lang", "text", "codes")]


def pair(source: Segment, target: Segment) -> TranslationUnit:
    """Return the unit of two segments, all else as it is by default.

    >>> one, other = Segment("vi", "chốt"), Segment("en", "post")
    >>> pair(one, other) == TranslationUnit(source=one, target=other)
    True
    """
    unit = _new(TranslationUnit)
    _set_source(unit, source)
    _set_target(unit, target)
    for put, value in _OTHERS:
        put(unit, value)
    return unit


def _segment(lang: str, text: str) -> Segment:
    segment = _new(Segment)
    _set_lang(segment, lang)
    _set_text(segment, text)
    _set_codes(segment, ())
    return segment


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which variant is the source; ``origin`` has the attributes of the target, ``bare`` tells of no others."""

    source: str
    target: str
    turned: bool
    origin: Mapping[str, str]
    bare: bool


@lru_cache(maxsize=1024)
def _layout(stated: str, first: str, second: str) -> _Layout:
    variants = [_attributes(first), _attributes(second)]
    langs = [language(found.get("xml:lang") or found.get("lang") or "") for found in variants]
    source, target = UnitMaker(stated).direction(_NONE, langs[:1])
    if set(langs) != {source, target}:
        raise _NotPlain
    turned = langs[0] == target
    return _Layout(source, target, turned, variants[not turned], all(len(found) == 1 for found in variants))


def _attributes(text: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain  # an attribute twice: not well-formed
    return found


def _extras(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    properties, notes = [], []
    for extra in _EXTRA.finditer(text):
        name, value, note = extra.groups()
        if note is None:
            properties.append((name, _text(value)))
        elif _text(note).strip():
            notes.append(_text(note))
    return properties, notes


def _text(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    allowed = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    if not allowed or number in (0xFFFE, 0xFFFF):
        raise _NotPlain
    return chr(number)
