"""Writing memories as XLIFF 1.2 and 2.1.

A code of another format becomes a ``ph`` that names it, and is itself again when the file is read. What XLIFF
has no place for, author, origin and provenance, is written as notes whose origin begins with ``songngu-``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO
from xml.parsers import expat

from tm.formats.base import WriteOptions
from tm.formats.codes import PREFIX, PREFIX_2
from tm.formats.xml import escape, start_tag
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus

OWN = "songngu-"
"""Begins the origin of the notes that hold a field of a unit, and the type of codes of other formats."""

REJECTED = "songngu:rejected"
"""The ``subState`` of a rejected unit in 2.x."""

_KINDS_1 = frozenset({"g", "x", "bx", "ex", "bpt", "ept", "ph", "it", "mrk"})
_KINDS_2 = frozenset({"pc", "ph", "sc", "ec", "cp", "mrk", "sm", "em"})
_STATES_1 = {
    UnitStatus.CONFIRMED: "final",
    UnitStatus.TRANSLATED: "translated",
    UnitStatus.DRAFT: "needs-review-translation",
    UnitStatus.REJECTED: "needs-translation",
}
_STATES_2 = {UnitStatus.CONFIRMED: "final", UnitStatus.TRANSLATED: "translated"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD_1 = f'{_HEAD}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write XLIFF 1.2, a ``file`` for each run of units of one document and direction; return their number."""
    stream.write(_HEAD_1.encode())
    count = 0
    for (document, source, target), run in groupby(units, lambda u: (u.document, u.source.lang, u.target.lang)):
        names = {"original": document, "source-language": source, "target-language": target, "datatype": "plaintext"}
        stream.write(f"{start_tag('file', names)}\n<body>\n".encode())
        for unit in run:
            count += 1
            stream.write(_unit_1(unit, count).encode())
        stream.write(b"</body>\n</file>\n")
    if not count:
        names = {"original": "", "source-language": options.source, "datatype": "plaintext"}
        stream.write(f"{start_tag('file', names)}\n<body/>\n</file>\n".encode())
    stream.write(b"</xliff>\n")
    return count


def _unit_1(unit: TranslationUnit, number: int) -> str:
    numbers = _Numbers()
    approved = {"approved": "yes"} if unit.status is UnitStatus.CONFIRMED else {}
    state = {"state": _STATES_1[unit.status]}
    if unit.status is UnitStatus.REJECTED:
        state["state-qualifier"] = "rejected-inaccurate"
    elif unit.provenance is Provenance.MACHINE:
        state["state-qualifier"] = "leveraged-mt"
    notes = [f"<note>{escape(note)}</note>" for note in unit.notes]
    notes += [f'<note from="{name}">{escape(text)}</note>' for name, text in _own_notes(unit)]
    return "\n".join(
        [
            start_tag("trans-unit", {"id": str(number), **approved, "xml:space": "preserve"}),
            f"<source>{_marked(unit.source, numbers, _native_1)}</source>",
            f"{start_tag('target', state)}{_marked(unit.target, numbers, _native_1)}</target>",
            *notes,
            "</trans-unit>\n",
        ]
    )


def write_2(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write XLIFF 2.1, a ``file`` for each run of units of one document; return the number of units.

    The file has one direction: a unit of the other one is turned.
    """
    names = {
        "xmlns": "urn:oasis:names:tc:xliff:document:2.0",
        "version": "2.1",
        "srcLang": options.source,
        "trgLang": options.target,
    }
    stream.write(f"{_HEAD}{start_tag('xliff', names)}\n".encode())
    count = files = 0
    for document, run in groupby(units, lambda unit: unit.document):
        files += 1
        stream.write(f"{_file_2(files, document)}\n".encode())
        for unit in run:
            count += 1
            stream.write(_unit_2(_turned(unit, options), count).encode())
        stream.write(b"</file>\n")
    if not files:
        stream.write(f'{_file_2(1, "")}\n<unit id="u0"><segment><source/></segment></unit>\n</file>\n'.encode())
    stream.write(b"</xliff>\n")
    return count


def _file_2(number: int, document: str) -> str:
    return start_tag("file", {"id": f"f{number}", **({"original": document} if document else {})})


def _turned(unit: TranslationUnit, options: WriteOptions) -> TranslationUnit:
    return unit if unit.source.lang == options.source else replace(unit, source=unit.target, target=unit.source)


def _unit_2(unit: TranslationUnit, number: int) -> str:
    numbers = _Numbers()
    notes = [f"<note>{escape(note)}</note>" for note in unit.notes]
    notes += [f'<note category="{name}">{escape(text)}</note>' for name, text in _own_notes(unit)]
    state = {"state": _STATES_2.get(unit.status, "initial")}
    if unit.status is UnitStatus.REJECTED:
        state["subState"] = REJECTED
    sides = [_marked(side, numbers, _native_2) for side in (unit.source, unit.target)]
    lines = [
        start_tag("unit", {"id": f"u{number}", "xml:space": "preserve"}),
        *(["<notes>", *notes, "</notes>"] if notes else []),
        f"{start_tag('segment', state)}<source>{sides[0]}</source><target>{sides[1]}</target></segment>",
        "</unit>\n",
    ]
    return "\n".join(lines)


def _own_notes(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    for name in ("author", "origin"):
        if getattr(unit, name):
            yield OWN + name, getattr(unit, name)
    if unit.provenance is not Provenance.HUMAN:
        yield f"{OWN}provenance", unit.provenance.value


# --- inline codes


class _Numbers:
    """Gives equal codes of source and target equal ids, and each occurrence on one side its own."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, int], int] = {}
        self._seen: dict[tuple[int, str], int] = {}

    def of(self, side: Segment, code: InlineCode) -> int:
        """Return the number of the next occurrence of a code on one side."""
        key = (id(side), code.xml)
        self._seen[key] = self._seen.get(key, 0) + 1
        return self._ids.setdefault((code.xml, self._seen[key]), len(self._ids) + 1)


def _native_1(code: InlineCode) -> bool:
    return code.kind in _KINDS_1 and (code.xml.startswith("</") or " id=" in code.xml or " mtype=" in code.xml)


def _native_2(code: InlineCode) -> bool:
    named = code.xml.startswith("</") or (" id=" in code.xml and " dataRef" not in code.xml)
    return code.kind in _KINDS_2 and named


def _marked(segment: Segment, numbers: _Numbers, native: Callable[[InlineCode], bool]) -> str:
    """Return text and codes as content; all codes are wrapped where those that are native do not fit."""
    if not segment.codes:
        return escape(segment.text)
    own = [code for code in segment.codes if native(code)]
    modern = native is _native_2
    found = [
        code if code in own else _wrapped(code, numbers.of(segment, code), modern=modern) for code in segment.codes
    ]
    text = content(replace(segment, codes=tuple(found)))
    if own and not _well_formed(text):
        found = [_wrapped(code, numbers.of(segment, code), modern=modern) for code in segment.codes]
        text = content(replace(segment, codes=tuple(found)))
    return text


def _wrapped(code: InlineCode, number: int, *, modern: bool) -> InlineCode:
    if modern:
        names = {"id": f"c{number}", "type": "other", "subType": PREFIX_2 + code.kind, "disp": code.xml}
        return replace(code, xml=start_tag("ph", names)[:-1] + "/>")
    names = {"id": f"c{number}", "ctype": PREFIX + code.kind}
    return replace(code, xml=f"{start_tag('ph', names)}{escape(code.xml)}</ph>")


def _well_formed(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<seg>{text}</seg>".encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def content(segment: Segment) -> str:
    """Return text and inline codes as XML content.

    >>> content(Segment("vi", "a < b", (InlineCode(1, "x", '<x id="1"/>'),)))
    'a<x id="1"/> &lt; b'
    """
    parts, position = [], 0
    for code in segment.codes:
        parts += [escape(segment.text[position : code.position]), code.xml]
        position = max(position, code.position)
    return "".join([*parts, escape(segment.text[position:])])


__all__ = ["OWN", "REJECTED", "content", "write", "write_2"]
