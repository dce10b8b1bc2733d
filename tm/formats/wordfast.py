"""Wordfast Classic memories: tab-separated, a header whose fields begin with ``%``.

Columns: date~time, user, times used, source language, source, target language, target, attributes. ``&'XX;``
stands for a character of the file's code page; the files are UTF-16 or UTF-8 with a mark, or of a code page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, WriteOptions, language
from tm.formats.decoding import decoded
from tm.model import Segment, TranslationUnit
from tm.outcome import Remark

_ESCAPE = re.compile(r"&'([0-9A-Fa-f]{2});")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)~(\d\d)(\d\d)(\d\d)")
_NO_DATE = "20000101~000000"
"""What stands for a date that is not known: a line must have one."""

_LOCALES = {"vi": "VI-VN", "en": "EN-US"}
_HEADER = "%{date}\t%User ID,songngu\t%TU={count:08d}\t%{source}\t%Wordfast TM v.5.51w9/00\t%{target}\t%---1\t\r\n"


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield a unit a line. Raises :class:`~termbase.errors.FormatError` without the header.

    >>> import io
    >>> text = "%20260101~000000\\t%U\\t%TU=1\\t%VI-VN\\t%Wordfast TM\\t%EN-US\\t%-\\r\\n"
    >>> row = "20260102~030405\\tAN\\t0\\tVI-VN\\tđội\\tEN-US\\tunit\\r\\n"
    >>> [(u.source.text, u.author, u.created) for u in read(io.BytesIO((text + row).encode()), ReadOptions())]
    [('đội', 'AN', '2026-01-02T03:04:05Z')]
    """
    lines = decoded(stream, options).split("\n")
    if not lines[0].startswith("%") or "wordfast" not in lines[0].lower():
        raise FormatError([Problem(path=options.path, line=1, message="not a Wordfast memory: no header of % fields")])
    for number, line in enumerate(lines[1:], 2):
        cells = line.rstrip("\r").split("\t")
        if cells == [""]:
            continue
        if len(cells) < 7 or not cells[4].strip() or not cells[6].strip():
            yield Remark(Problem(path=options.path, line=number, message="the line has no source or no target"))
            continue
        if {language(cells[3]), language(cells[5])} != {"vi", "en"}:
            message = f"languages {cells[3]!r} and {cells[5]!r} are not Vietnamese and English"
            yield Remark(Problem(path=options.path, line=number, message=message))
            continue
        yield TranslationUnit(
            source=Segment(language(cells[3]), _unescaped(cells[4])),
            target=Segment(language(cells[5]), _unescaped(cells[6])),
            author="" if cells[1] == "-" else cells[1],
            created=_iso(cells[0]),
        )


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write UTF-16 with a mark and CRLF, as Wordfast does, and return the number of units."""
    rows = [_row(unit, options) for unit in units]
    head = _HEADER.format(
        date=_NO_DATE, count=len(rows), source=_locale(options.source), target=_locale(options.target)
    )
    stream.write("".join(["\ufeff", head, *rows]).encode("utf-16-le", "replace"))
    return len(rows)


def _row(unit: TranslationUnit, options: WriteOptions) -> str:
    turned = unit.source.lang != options.source
    first, second = (unit.target, unit.source) if turned else (unit.source, unit.target)
    digits = re.sub(r"\D", "", unit.created)[:14]
    date = f"{digits[:8]}~{digits[8:]}" if len(digits) == 14 else _NO_DATE
    cells = (date, unit.author or "-", "0", _locale(first.lang), _flat(first.text), _locale(second.lang))
    return "\t".join((*(_flat(cell) for cell in cells), _flat(second.text))) + "\r\n"


def _locale(lang: str) -> str:
    return _LOCALES.get(lang, lang.upper())


def _flat(text: str) -> str:
    return " ".join(text.replace("&'", "&'26;'").split())


def _iso(text: str) -> str:
    match = _DATE.fullmatch(text) if text != _NO_DATE else None
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: bytes([int(m.group(1), 16)]).decode("cp1252", "replace"), text).strip()
