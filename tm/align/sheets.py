"""An alignment as a spreadsheet for people: tab-separated text or an Excel workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import BinaryIO

from termbase.errors import MissingExtraError, UsageError
from tm.align.output import alignment_rows
from tm.model import Alignment

HEADINGS = ("bead", "score", "type", "vi", "en", "confirmed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(alignment: Alignment, path: str, stream: BinaryIO) -> int:
    """Write a row for each bead and return their number; the suffix of ``path`` tells ``.tsv`` or ``.xlsx``.

    Raises :class:`~termbase.errors.UsageError` for another suffix,
    :class:`~termbase.errors.MissingExtraError` where workbooks cannot be written.
    """
    rows = [[row[name] for name in HEADINGS] for row in alignment_rows(alignment)]
    suffix = Path(path).suffix.lower()
    if suffix == ".tsv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows([_plain(cell) for cell in row] for row in rows)
        stream.write(buffer.getvalue().encode("utf-8-sig"))
    elif suffix == ".xlsx":
        stream.write(_workbook(rows))
    else:
        raise UsageError(f"{path}: a sheet is a .tsv or an .xlsx file")
    return len(rows)


def _plain(cell: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    text = " ".join(str(cell).split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _workbook(rows: list[list[object]]) -> bytes:
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("XlsxWriter", "xlsx") from None
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("alignment")
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        bold = workbook.add_format({"bold": True})
        sheet.write_row(0, 0, HEADINGS, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, wrapped)
                else:
                    sheet.write(number, column, cell, wrapped)
        sheet.set_column(0, 2, 8)
        sheet.set_column(3, 4, 60)
        sheet.freeze_panes(1, 0)
        scale = {"type": "3_color_scale", "min_color": "#F8A5A5", "mid_color": "#FFE9A8", "max_color": "#B7E1B0"}
        sheet.conditional_format(1, 1, max(len(rows), 1), 1, scale)
    return buffer.getvalue()
