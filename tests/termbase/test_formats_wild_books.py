"""Workbooks as offices keep them: sheets of several layouts, formulas, errors, merged and stacked cells."""

from __future__ import annotations

from io import BytesIO

import pytest

from termbase.errors import InputError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import read

openpyxl = pytest.importorskip("openpyxl")


def load(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return read(BytesIO(out.getvalue()), None, ReadOptions(path="b.xlsx", glossary="t"))


def pairs(result):
    return [tuple(term.text for term in concept.terms) for concept in result.concepts]


def test_each_sheet_is_read_by_its_own_header():
    result = load(
        {
            "A": [["Tiếng Việt", "Tiếng Anh", "Ghi chú"], ["cầu phao", "pontoon bridge", ""]],
            "B": [["Danh mục"], [], ["English", "Vietnamese"], ["ferry", "phà"]],
            "C": [["ID", "Language", "Term"], ["K1", "vi", "bến"], [None, "en", "landing"]],
            "D": [["Soạn năm 2022"]],
        }
    )
    assert pairs(result) == [("cầu phao", "pontoon bridge"), ("phà", "ferry"), ("bến", "landing")]
    assert "the sheet 'D' is left out; it names no columns of terms" in [p.message for p in result.problems]


def test_cells_that_only_a_spreadsheet_can_fill_are_told():
    result = load({"A": [["vi", "en"], ["phà", '=CONCATENATE("fer","ry")'], ["bến", "#N/A"], ["cầu", "bridge"]]})
    assert [(problem.line, problem.field) for problem in result.problems] == [(2, "B2"), (3, "B3")]
    assert "a formula without a value" in result.problems[0].message
    assert "an error instead of a value" in result.problems[1].message


def test_a_workbook_of_the_old_kind_is_told():
    with pytest.raises(InputError, match=r"save a workbook as \.xlsx"):
        read(BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), None, ReadOptions(path="b.xls"))
