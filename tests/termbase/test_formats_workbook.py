"""The workbook of our own writing: what others read in it, and that it is the one XlsxWriter would make."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.formats.workbook import MOST_CHARACTERS, Sheet, write_workbook

COLUMNS = ("concept_id", "term", "note")
PIECES = [
    "Đảng ủy", "=1+1", "<r>", "</r>", "<", "&", "]]>", "_x0041_", "_x005F_", "_x0041", "_", "x", "http://a.b", " ", "\n",
    "\t", "\r", "\x00", "\x0b", "\x1f", "\u00a0", "\u200b", "\u2028", "😀", "'", '"', "1", "TRUE", "#N/A",
]  # fmt: skip
cells = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)


def made(rows, **about) -> bytes:
    out = BytesIO()
    write_workbook(out, Sheet(name="terms", columns=COLUMNS, widths=(26, 38, 14), **about), rows)
    return out.getvalue()


@settings(max_examples=100)
@given(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_calamine_reads_the_same_cells(rows):
    calamine = pytest.importorskip("python_calamine", reason="python-calamine is not installed")
    sheet = calamine.CalamineWorkbook.from_filelike(BytesIO(made(rows))).get_sheet_by_index(0)
    found = [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    assert found == [COLUMNS, *rows]


def by_xlsxwriter(rows, title) -> bytes:
    """What the first version of the writer made with XlsxWriter."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet("terms")
        head = book.add_format({"bold": True, "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, (26, 38, 14)[column])
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 2)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell, body)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    return out.getvalue()


def seen(data: bytes):
    """What openpyxl sees: cells with their looks, widths, what is frozen and filtered, the title."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["terms"]
    looks = [
        (c.coordinate, c.value, c.data_type, c.font.b, c.font.name, c.font.sz, c.border.bottom.style, c.number_format,
         c.alignment.wrap_text, c.alignment.vertical)
        for row in sheet.iter_rows() for c in row if c.value is not None or c.has_style
    ]  # fmt: skip
    widths = {n: d.width for d in sheet.column_dimensions.values() for n in range(d.min, d.max + 1)}
    return looks, widths, sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions, book.properties.title


@pytest.mark.parametrize(
    "rows",
    [[], [("dang", "Đảng", "")], [("", "", ""), ("c1", " =1+1", "two\nlines"), ("c2", "http://a.b", "<b>&amp;</b>")]],
)
def test_openpyxl_sees_what_xlsxwriter_would_write(rows):
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    assert seen(made(rows, frozen=2, title="Từ điển <&>")) == seen(by_xlsxwriter(rows, "Từ điển <&>"))


def test_text_that_looks_like_rich_text_is_text():
    """XlsxWriter takes such a cell for markup of its own and writes it unescaped."""
    with zipfile.ZipFile(BytesIO(made([("c1", "<r><t>x</t></r>", "")]))) as archive:
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert [len(item) for item in strings] == [1] * len(strings)
    assert strings[-1][0].text == "<r><t>x</t></r>"


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut_between_characters(text):
    with zipfile.ZipFile(BytesIO(made([(text, "", "")]))) as archive:
        kept = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))[-1][0].text
    assert text.startswith(kept)
    assert MOST_CHARACTERS - 1 <= len(kept.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def test_without_frozen_columns_the_header_alone_stays():
    with zipfile.ZipFile(BytesIO(made([]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1" topLeftCell="A2"' in sheet
    assert "xSplit" not in sheet
