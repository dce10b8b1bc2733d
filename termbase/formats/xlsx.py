"""Excel workbooks: any layout read with python-calamine, one row a term written with XlsxWriter."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import chain, islice
from typing import Any, BinaryIO

from termbase.errors import FormatError, MissingExtraError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.guard import guard
from termbase.formats.layout import Row, find_layout
from termbase.formats.native_csv import COLUMNS, rows_of_concept
from termbase.formats.sheet import check_size, read_rows
from termbase.formats.sources import font_text
from termbase.model import Concept

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes that a workbook may unpack to: a 200 kB file can be made to fill the memory."""

MAX_CELLS = 20_000_000
"""Cells that a sheet may span, empty ones included."""

_REF = re.compile(rb"""r\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}\d|[A-Za-z]\d{6,})""")
"""A cell beyond column Z or row 99,999."""

_NO_VALUE = re.compile(
    rb"""<c\s[^>]*?\br="([A-Z]{1,3}\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_ERROR = re.compile(rb"""<c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}\d+)"[^>]*>""")
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_FAULTS = 20

_HEAD = 300
"""Rows that tell the layout of a sheet."""
_WIDTHS = {"concept_id": 26, "term": 38, "note": 40, "source": 30, "definition_vi": 50, "definition_en": 50}


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read the first sheet with columns of terms and all others whose header names both languages.

    Sheets without such a header are reported, as are cells whose formula has no value or a fault.
    """
    data = stream.read()
    faults = _refuse_bomb(data, options)
    filled = [(name, rows) for name, rows in _load(data, options) if rows]
    if not filled:
        return ReadResult(())
    fields = [_fields(rows, options) for _, rows in filled]
    first = next((index for index, found in enumerate(fields) if found), 0)
    alike = [
        index for index, found in enumerate(fields) if index == first or (found and _is_alike(found, fields[first]))
    ]
    results = []
    for index in alike:
        name, rows = filled[index]
        path = f"{options.path} [{name}]" if len(alike) > 1 else options.path
        results.append(read_rows(rows, replace(options, path=path)))
    left_out = tuple(
        Problem(message=f"the sheet {name!r} is left out; it names no columns of terms", path=options.path)
        for index, (name, _) in enumerate(filled)
        if index not in alike
    )
    return _joined(results, (*faults, *left_out))


def _is_alike(found: tuple[str, ...], first: tuple[str, ...]) -> bool:
    return found == first or {"vi", "en"}.issubset(found) or found[0] == "native" or {"lang", "term"}.issubset(found)


def _fields(rows: list[Row], options: ReadOptions) -> tuple[str, ...]:
    """Return what the columns of a sheet with a header hold; nothing for a sheet without one."""
    try:
        layout = find_layout([row for row in rows[:_HEAD] if any(map(str.strip, row.cells))] or rows[:1], options)
    except FormatError:
        return ()
    return ("native",) if layout.native else tuple(layout.fields) if layout.headers else ()


def _joined(results: list[ReadResult], left_out: tuple[Problem, ...]) -> ReadResult:
    if len(results) == 1:
        (only,) = results
        return ReadResult(only.concepts, (*only.problems, *left_out), only.places, only.skipped)
    from termbase.merge import merge_concepts

    concepts: dict[str, Concept] = {}
    for concept in (concept for result in results for concept in result.concepts):
        old = concepts.get(concept.id)
        concepts[concept.id] = merge_concepts(old, concept, prefer="old")[0] if old else concept
    problems = tuple(problem for result in results for problem in result.problems)
    return ReadResult(tuple(concepts.values()), (*problems, *left_out), None, sum(result.skipped for result in results))


def _refuse_bomb(data: bytes, options: ReadOptions) -> list[Problem]:
    """Refuse what would fill the memory: unpacked size, and cells so far out that the sheet is huge.

    The cells that will be empty because their formula has no value or a fault are returned as problems.
    """
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if size > MAX_UNPACKED:
                message = f"the workbook unpacks to {size // 2**20} MiB; at most {MAX_UNPACKED // 2**20} are read"
                raise FormatError([Problem(message=message, path=options.path)])
            if not {"xl/workbook.xml", "[Content_Types].xml"} <= {entry.filename for entry in entries}:
                raise zipfile.BadZipFile
            cells = 0
            for entry in entries:
                part = archive.read(entry)
                cells = max(cells, _extent(part))
                problems += _faults(part, options) if b"sheetData" in part else ()
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError):
        raise FormatError(
            [Problem(message="the workbook cannot be read: not a workbook, or damaged", path=options.path)]
        ) from None
    if cells > MAX_CELLS:
        message = f"a sheet spans {cells} cells; at most {MAX_CELLS} are read"
        raise FormatError([Problem(message=message, path=options.path)])
    return problems


def _faults(part: bytes, options: ReadOptions) -> list[Problem]:
    """Return the cells of a sheet that read as empty though something stands in them, at most twenty."""
    found: list[tuple[bytes, str]] = []
    if b"<f" in part:
        message = "a formula without a value, read as empty; save the workbook with a spreadsheet program"
        found += [(match.group(1), message) for match in islice(_NO_VALUE.finditer(part), _MOST_FAULTS)]
    if b't="e"' in part:
        message = "a cell with an error instead of a value, read as empty"
        found += [(match.group(1), message) for match in islice(_ERROR.finditer(part), _MOST_FAULTS)]
    return [
        Problem(message=message, path=options.path, line=int(ref.lstrip(_LETTERS)[:9]), field=ref.decode("ascii"))
        for ref, message in found[:_MOST_FAULTS]
    ]


def _extent(part: bytes) -> int:
    """Return how many cells the rectangle around a sheet's cells has; 0 for other parts and sheets surely small.

    Readers lay the whole rectangle out in memory: one cell in the far corner is enough to kill the process.
    """
    if b"sheetData" not in part or not _FAR.search(part):
        return 0
    refs = set(_REF.findall(part))
    return max(_column(letters) for letters, _ in refs) * max(int(row[:9]) for _, row in refs)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _load(data: bytes, options: ReadOptions) -> list[tuple[str, list[Row]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ModuleNotFoundError:
        raise MissingExtraError("python-calamine", "xlsx") from None
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [(name, _rows(workbook.get_sheet_by_name(name), options)) for name in workbook.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        cause = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FormatError([Problem(message=f"the workbook cannot be read: {cause}", path=options.path)]) from None


def _rows(sheet: Any, options: ReadOptions) -> list[Row]:
    cells = sheet.to_python(skip_empty_area=False)
    check_size(len(cells), options)
    for (top, left), (bottom, _) in getattr(sheet, "merged_cell_ranges", None) or ():
        # A cell merged over several rows speaks of each of them.
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = cells[top][left]
    rows = [_make_row(row) for row in enumerate(cells, start=1) if any(row[1])]
    if not _STRINGS.issuperset(map(type, chain.from_iterable(cells))):
        rows = [Row(row.number, list(map(_text, row.cells))) for row in rows]
    if options.encoding:
        rows = [Row(row.number, [font_text(cell, options) for cell in row.cells]) for row in rows]
    return rows


_STRINGS = frozenset({str})
_make_row = partial(tuple.__new__, Row)
"""What ``Row._make`` does, without looking whether there are two values."""


def _text(cell: object) -> str:
    if type(cell) is str:
        return cell
    # Calamine gives whole numbers as floats.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a workbook with one sheet; every cell is text, so nothing is taken for a formula or a link.

    What is beyond the longest text that a cell can hold is cut off.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise MissingExtraError("XlsxWriter", "xlsx") from None
    buffer = BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": _CELLS,
    }
    with xlsxwriter.Workbook(buffer, settings) as workbook:
        # The same terms make the same file.
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": options.title})
        sheet = workbook.add_worksheet("terms")
        head = workbook.add_format({"bold": True, "bottom": 1, **_PLAIN})
        body = workbook.add_format()
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 4)
        put = sheet.write_string
        rows = (row for concept in concepts for row in rows_of_concept(concept))
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if not cell:
                    continue
                if cell[0] in "'<" or len(cell) > _LONG:
                    _write_special(sheet, (number, column), cell, body)
                else:
                    put(number, column, cell)
        sheet.autofilter(0, 0, max(number, 1), len(COLUMNS) - 1)
    stream.write(buffer.getvalue())


_CELLS = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top", "num_format": 49}
"""How all cells look: as text (the built-in format ``@``), wrapped. As the workbook's own format, not that of each
of 160,000 cells, which takes a sixth of the time."""

_PLAIN = {"text_wrap": False, "valign": "bottom", "num_format": "General"}

_MOST_CHARACTERS = 32_767
"""Most UTF-16 units of a cell, by Excel's limit."""

_LONG = _MOST_CHARACTERS // 2
"""A text of at most so many characters has no more units than a cell holds."""


def _write_special(sheet: Any, place: tuple[int, int], cell: str, body: Any) -> None:
    """Write a text that must be changed, or written in another way, to come back as it is."""
    # A cell of text needs no guard, but one that looks guarded does.
    text = guard(cell) if cell[0] == "'" else cell
    if len(text) > _LONG:
        text = text.encode("utf-16-le")[: 2 * _MOST_CHARACTERS].decode("utf-16-le", "ignore")
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for markup of its own, unless it is written in parts.
        sheet.write_rich_string(*place, text[:1], body, text[1:], body)
    else:
        sheet.write_string(*place, text, body)
