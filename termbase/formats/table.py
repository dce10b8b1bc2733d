"""CSV and TSV of any layout: delimiter, encoding and columns are found out.

Reads what Excel with Vietnamese settings writes (semicolons), its "Unicode text" (UTF-16, tabs), and
files with or without a byte order mark or a header. Writes one row a concept, guarded against formulas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.guard import guarded
from termbase.formats.headers import field_of
from termbase.formats.layout import Row
from termbase.formats.sheet import check_size, read_rows, rows_of
from termbase.formats.sources import decode_bytes
from termbase.model import Concept

_DELIMITERS = ("\t", ";", ",", "|")
_HINT = re.compile("sep=([\t;,|])\r?\n")
"""The line by which Excel is told the delimiter."""


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read a table; see :func:`termbase.formats.sheet.read_rows` for its columns."""
    text = decode_bytes(stream.read(), options)
    hint = _HINT.match(text)
    delimiter = options.delimiter or (hint.group(1) if hint else find_delimiter(text))
    rows = _rows(text, delimiter, options)
    return read_rows(rows[1:] if hint else rows, options)


def _rows(text: str, delimiter: str, options: ReadOptions) -> list[Row]:
    if len(delimiter) != 1:
        raise FormatError([Problem(message=f"a delimiter is one character, not {delimiter!r}", path=options.path)])
    lines = io.StringIO(text, newline="")
    if delimiter == "\t" and (_bare_quotes(text) or not _quotes_close(text)):
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError([Problem(message=f"not a table row: {error}", path=options.path, line=line)]) from None
    if rows and reader.dialect.quoting != csv.QUOTE_NONE and text.count('"') % 2:
        _refuse_open_quote(text, rows[-1], reader.line_num, delimiter, options)
    check_size(len(rows), options)
    return rows


def _refuse_open_quote(text: str, last: Row, end: int, delimiter: str, options: ReadOptions) -> None:
    """Refuse a table whose last row begins a quote that is never closed: it has swallowed the rows behind it."""
    lines = io.StringIO(text, newline="").readlines()[last.number - 1 : end]
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            message = "a quote opens in this row and is never closed"
            raise FormatError([Problem(message=message, path=options.path, line=last.number)]) from None


def _quotes_close(text: str) -> bool:
    """Tell whether the quotes of a table of tabs can all enclose cells."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error as error:
        return "field limit" in str(error)
    return True


def _bare_quotes(text: str) -> bool:
    """Tell whether quotes are part of the text: who writes them bare within a cell does not quote cells."""
    if '"' not in text:
        return True
    if '"\t' not in text and '\t"' not in text:
        return True
    cells = (cell for line in text.split("\n") if '"' in line for cell in line.rstrip("\r").split("\t"))
    return any(cell[:1] != '"' and '"' in cell and '""' not in cell and cell.count('"') % 2 == 0 for cell in cells)


def find_delimiter(text: str) -> str:
    """Return the delimiter: the one that makes known headers, else the most even columns.

    >>> find_delimiter("Tiếng Việt;Tiếng Anh\\nđất, nước;land")
    ';'
    """
    sample = text[:20_000].splitlines()[:30]
    return max(_DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: list[str], delimiter: str) -> tuple[int, int, int]:
    try:
        rows = [row for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0, 0
    if not rows:
        return 0, 0, 0
    headers = max((sum(1 for cell in row if cell and field_of(cell)) for row in rows[:20] if len(row) > 1), default=0)
    widths = [len(row) for row in rows]
    common = max(set(widths), key=widths.count)
    return headers, widths.count(common) if common > 1 else 0, -_DELIMITERS.index(delimiter)


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write one row a concept, tab-separated unless ``options.delimiter`` says otherwise."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=options.delimiter or "\t", lineterminator="\n")
    for row in rows_of(concepts):
        writer.writerow(guarded(row))
    stream.write(text.getvalue().encode("utf-8-sig" if options.bom else "utf-8"))
