"""Excel workbooks of pairs: columns as :mod:`tm.formats.headings` names them, in the first sheet and every other
one that has a header.

Every cell is written as text, so that no spreadsheet takes one for a formula.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from termbase.errors import FormatError, InputError, MissingExtraError, Problem
from tm.formats.base import ReadOptions, WriteOptions
from tm.formats.headings import FIELDS, columns_of
from tm.formats.tsv import guarded, row_of, units_of
from tm.model import TranslationUnit
from tm.outcome import Remark

MOST_UNPACKED = 1 << 30
"""Most bytes that a workbook may unpack to."""

MOST_RATIO = 100
"""How much larger than packed a big workbook may be; what is packed better is a bomb."""

MOST_CHARACTERS = 32_767
"""Most characters of a cell, by Excel's limit."""


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield a unit a row, and remarks on rows without both texts.

    Raises :class:`~termbase.errors.FormatError` for a file that is no workbook or unpacks to a giant one, and
    :class:`~termbase.errors.MissingExtraError` without python-calamine.
    """
    for number, (name, rows) in enumerate(_sheets(stream.read(), options.path)):
        head = next((row for row in rows if any(row)), [])
        if number == 0 or columns_of(head):
            yield from units_of(enumerate(rows, 1), options)
        elif head:
            message = f"the sheet “{name}” names no columns of pairs; it is passed over"
            yield Remark(Problem(path=options.path, message=message), skipped=False)


def _sheets(data: bytes, path: str) -> list[tuple[str, list[list[str]]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtraError("python-calamine", "xlsx") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        size, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
        if size > MOST_UNPACKED or (size > MOST_UNPACKED >> 4 and size > MOST_RATIO * packed):
            message = f"the workbook unpacks to {size >> 20} MiB; at most {MOST_UNPACKED >> 20} are read"
            raise FormatError([Problem(path=path, message=message)])
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError, OSError, EOFError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise FormatError([Problem(path=path, message=f"not a readable workbook: {reason}")]) from None
    return [(name, [[_text(cell) for cell in row] for row in rows]) for name, rows in sheets]


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()  # calamine gives whole numbers as floats
    return str(int(cell)) if whole else "" if cell is None else str(cell)  # type: ignore[call-overload]


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write a header and a row a unit; return the number of units.

    Raises :class:`~termbase.errors.InputError` for a text that no cell can hold.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("XlsxWriter", "xlsx") from None
    buffer = io.BytesIO()
    settings = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    number = 0
    with xlsxwriter.Workbook(buffer, settings) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": "memory"})  # the same units, the same file
        sheet = workbook.add_worksheet("memory")
        sheet.set_column(0, 1, 60)
        head, body = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "num_format": "@"})
        sheet.write_row(0, 0, [options.source, options.target, *FIELDS], head)
        sheet.freeze_panes(1, 0)
        for unit in units:
            number += 1
            for column, cell in enumerate(row_of(unit, options)):
                if len(cell) > MOST_CHARACTERS:
                    message = f"a cell of a workbook holds {MOST_CHARACTERS} characters, unit {number} has {len(cell)}"
                    raise InputError([Problem(message=f"{message}; write TMX or TSV", entry=unit.source.text[:60])])
                if cell.startswith("<r>") and cell.endswith("</r>"):
                    # XlsxWriter takes such a text for markup of its own, unless it is written in parts.
                    sheet.write_rich_string(number, column, cell[:1], body, cell[1:], body)
                elif cell:
                    # A cell of text needs no guard, but one that looks guarded must come back as it is.
                    sheet.write_string(number, column, guarded(cell) if cell[0] == "'" else cell, body)
    stream.write(buffer.getvalue())
    return number
