"""Writing TMX 1.4b, valid by ``tmx14.dtd``.

What TMX has no place for is written as ``prop`` with names that begin with ``x-songngu-``. Document and context
have names of ours too: a pair whose ``file`` or ``prev`` is named as OmegaT does it would serve there in that
place of that file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.parsers import expat

from tm.formats.base import WriteOptions
from tm.formats.codes import PREFIX
from tm.formats.xml import escape, quote
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="songngu" creationtoolversion="1" segtype="sentence" o-tmf="songngu" adminlang="en" \
srclang="{}" datatype="plaintext"/>
<body>
"""
CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "hi"})
"""The inline elements that may stand in a segment."""

KEPT = (
    "tuid",
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationid",
    "segtype",
    "o-tmf",
)
"""Attributes of a ``tu`` that a unit keeps as properties of the same names."""

_SEGMENT_TYPES = ("block", "paragraph", "sentence", "phrase")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z?)?")


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write the units as UTF-8 and return their number.

    >>> import io
    >>> out = io.BytesIO()
    >>> write([TranslationUnit(source=Segment("vi", "a"), target=Segment("en", "b"))], out, WriteOptions())
    1
    """
    stream.write(_HEAD.format(quote(options.source)).encode("utf-8"))
    count = 0
    for unit in units:
        stream.write(_unit(unit, options.source).encode("utf-8"))
        count += 1
    stream.write(b"</body>\n</tmx>\n")
    return count


def _unit(unit: TranslationUnit, srclang: str) -> str:
    held = _held(unit)
    attributes = {
        **held,
        "creationdate": _date(unit.created),
        "changedate": _date(unit.changed),
        "changeid": unit.author,
        "srclang": unit.source.lang if unit.source.lang != srclang else "",
    }
    lines = ["<tu" + "".join(f' {name}="{quote(value)}"' for name, value in attributes.items() if value) + ">"]
    lines += [f"<note>{escape(note)}</note>" for note in unit.notes]
    lines += [f'<prop type="{quote(name)}">{escape(value)}</prop>' for name, value in _properties(unit) if value]
    lines += [_variant(unit.source), _variant(unit.target), "</tu>\n"]
    return "\n".join(lines)


def _held(unit: TranslationUnit) -> dict[str, str]:
    """Return the properties that are written as attributes: the first of each of these names."""
    held: dict[str, str] = {}
    for name, value in unit.properties:
        if name in KEPT and (name != "segtype" or value in _SEGMENT_TYPES):
            held.setdefault(name, value)
    return held


def _properties(unit: TranslationUnit) -> list[tuple[str, str]]:
    own = {
        "document": unit.document,
        "previous": unit.previous,
        "next": unit.next,
        "memory": unit.memory if unit.memory != "main" else "",
        "position": "" if unit.position is None else str(unit.position),
        "origin": unit.origin,
        "provenance": unit.provenance.value if unit.provenance is not Provenance.HUMAN else "",
        "status": unit.status.value if unit.status is not UnitStatus.TRANSLATED else "",
        "confidence": "" if unit.confidence is None else f"{unit.confidence:.12g}",
    }
    held = _held(unit)
    return [
        *((f"x-songngu-{name}", value) for name, value in own.items()),
        *((name, value) for name, value in unit.properties if held.get(name) != value),
    ]


def _variant(segment: Segment) -> str:
    return f'<tuv xml:lang="{quote(segment.lang)}"><seg>{marked_up(segment)}</seg></tuv>'


def marked_up(segment: Segment) -> str:
    """Return the text of a segment as TMX content, its inline codes in their places.

    A code of another format is wrapped in ``ph``, from which the reader frees it.
    """
    if not segment.codes:
        return escape(segment.text)
    content = _content(segment, {code: code.xml for code in segment.codes if code.kind in CODES})
    return content if _well_formed(content) else _content(segment, {})


def _content(segment: Segment, native: dict[InlineCode, str]) -> str:
    parts, position = [], 0
    for code in segment.codes:
        parts.append(escape(segment.text[position : code.position]))
        parts.append(native.get(code) or f'<ph type="{PREFIX}{quote(code.kind)}">{escape(code.xml)}</ph>')
        position = max(position, code.position)
    return "".join([*parts, escape(segment.text[position:])])


def _well_formed(content: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<seg>{content}</seg>".encode(), True)
    except expat.ExpatError:
        return False
    return True


def _date(iso: str) -> str:
    match = _DATE.fullmatch(iso)
    if not match:
        return ""
    year, month, day, hour, minute, second = match.groups(default="00")
    return f"{year}{month}{day}T{hour}{minute}{second}Z"
