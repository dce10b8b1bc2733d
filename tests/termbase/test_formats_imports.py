"""Glossaries as other people's programs write them: each case a file, what is read of it, and why it is here."""

from __future__ import annotations

import codecs
import json
from io import BytesIO
from pathlib import Path

import pytest

from termbase.errors import FormatError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import read

CASES = json.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "glossary_imports.json").read_text(encoding="utf-8")
)


def encoded(case) -> bytes:
    encoding = case.get("encoding", "utf-8")
    if encoding == "utf-16-be-bom":
        return codecs.BOM_UTF16_BE + case["text"].encode("utf-16-be")
    return case["text"].encode(encoding)


def shown(term) -> str:
    return f"{term.lang} {term.text}" + ("" if str(term.status) == "preferred" else f" {term.status}")


def terms_of(result):
    return [[shown(term) for term in concept.terms] for concept in result.concepts]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_file_of_others(case, tmp_path):
    path = tmp_path / case["file"]
    path.write_bytes(encoded(case))
    if "error" in case:
        with pytest.raises(FormatError) as caught:
            read(path)
        assert case["error"] in str(caught.value), case["reason"]
        return
    result = read(path)
    assert terms_of(result) == case["terms"], case["reason"]
    for name, value in case.get("fields", {}).items():
        assert getattr(result.concepts[0], name) == value, case["reason"]
    messages = [problem.message for problem in result.problems]
    if "problems" in case:
        assert bool(messages) == bool(case["problems"]), case["reason"]
        assert all(any(part in message for message in messages) for part in case["problems"]), case["reason"]
    if "skipped" in case:
        assert result.skipped == case["skipped"], case["reason"]


def test_every_case_has_a_reason_of_its_own():
    assert len({case["id"] for case in CASES}) == len(CASES) >= 60
    assert all(case["reason"] for case in CASES)


HEAD = ["Tiếng Việt", "Tiếng Anh"]
PLAIN = [["vi giao ban", "en briefing"]]


class TestWorkbooks:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")

    def load(self, book, **options):
        out = BytesIO()
        book.save(out)
        return read(BytesIO(out.getvalue()), "xlsx", ReadOptions(path="t.xlsx", glossary="t", **options))

    def book(self, *sheets):
        book = self.openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        return book

    def test_a_title_and_blank_rows_above_the_header(self):
        result = self.load(self.book(("t", [["Danh mục"], [], [None, None], HEAD, [], ["giao ban", "briefing"]])))
        assert terms_of(result) == PLAIN
        assert "the header stands in row 4" in result.problems[0].message

    def test_sheets_of_the_same_columns_are_one_glossary(self):
        result = self.load(
            self.book(
                ("A", [HEAD, ["giao ban", "briefing"]]),
                ("B", [HEAD, ["bộ đội", "troops"], ["giao ban", "briefing"]]),
            )
        )
        assert terms_of(result) == [*PLAIN, ["vi bộ đội", "en troops"]]
        assert result.problems == ()

    def test_a_cover_sheet_is_passed_over_and_told(self):
        result = self.load(self.book(("Bìa", [["Bộ Tư lệnh"], ["2025"]]), ("Từ", [HEAD, ["giao ban", "briefing"]])))
        assert terms_of(result) == PLAIN
        assert [p.message for p in result.problems] == ["the sheet 'Bìa' is left out; it names no columns of terms"]

    def test_a_merged_cell_speaks_of_all_its_rows(self):
        book = self.book(("t", [HEAD, ["khóa", "tenure"], [None, "course"], ["giao ban", "briefing"]]))
        book.active.merge_cells("A2:A3")
        assert terms_of(self.load(book)) == [
            ["vi khóa", "en tenure"], ["vi khóa", "en course"], ["vi giao ban", "en briefing"],
        ]  # fmt: skip

    def test_a_merged_title_over_the_header(self):
        book = self.book(("t", [["Danh mục thuật ngữ", None, None], ["STT", *HEAD], [1, "giao ban", "briefing"]]))
        book.active.merge_cells("A1:C1")
        assert terms_of(self.load(book)) == PLAIN

    def test_numbers_dates_and_truth_values_are_text(self):
        from datetime import datetime

        rows = [[*HEAD, "Ghi chú"], [4, 4.5, datetime(2025, 7, 1)], ["giao ban", "briefing", True]]
        result = self.load(self.book(("t", rows)))
        assert terms_of(result) == [["vi 4", "en 4.5"], *PLAIN]
        assert result.concepts[0].note.startswith("2025-07-01")

    def test_swapped_columns_far_to_the_right(self):
        rows = [[None, None, "English", None, "Tiếng Việt"], [None, None, "briefing", None, "giao ban"]]
        assert terms_of(self.load(self.book(("t", rows)))) == PLAIN

    def test_our_own_workbook_saved_again_keeps_everything(self):
        from sample_concepts import CONCEPTS

        from termbase.formats.registry import write

        out = BytesIO()
        write(CONCEPTS, out, "xlsx")
        before = read(BytesIO(out.getvalue()), "xlsx", ReadOptions(glossary="t"))
        book = self.openpyxl.load_workbook(BytesIO(out.getvalue()))
        assert self.load(book).concepts == before.concepts
