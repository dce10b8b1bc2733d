"""The workbook of a glossary: every cell comes back as the text it was, whatever it looks like."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.formats.registry import read, write
from termbase.model import Concept, Term

pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
calamine = pytest.importorskip("python_calamine", reason="python-calamine is not installed")

PIECES = [
    "Đảng ủy", "=1+1", "<r>", "</r>", "<", "&", "]]>", "_x0041_", "_x005F_", "_", "http://a.b", " ", "\n",
    "😀", "'", '"', "1", "TRUE", "#N/A",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join).filter(str.strip)


def workbook(*notes: str) -> bytes:
    concepts = [
        Concept(
            id=f"c{number}", terms=(Term(lang="vi", text="Đảng ủy", note=note), Term(lang="en", text="Party committee"))
        )
        for number, note in enumerate(notes)
    ]
    out = BytesIO()
    write(concepts, out, "xlsx")
    return out.getvalue()


def notes_in(data: bytes) -> list[str]:
    head, *rows = calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    language, note = head.index("lang"), head.index("note")
    return [row[note] for row in rows if row[language] == "vi"]


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_notes_come_back(notes):
    found = read(BytesIO(workbook(*notes)), "xlsx").concepts
    assert [term.note for concept in found for term in concept.terms if term.lang == "vi"] == notes


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "<r></r>", "<r>&</r>"])
def test_what_looks_like_rich_text_is_text(text):
    """XlsxWriter would take such a cell for markup of its own and write it unescaped."""
    assert notes_in(workbook(text)) == [text]
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    cells = openpyxl.load_workbook(BytesIO(workbook(text))).active.iter_rows(values_only=True)
    assert any(text in row for row in cells)


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut_between_characters(text):
    (kept,) = notes_in(workbook(text))
    assert text.startswith(kept)
    assert 32_766 <= len(kept.encode("utf-16-le")) // 2 <= 32_767


def test_cells_are_wrapped_text_and_headers_plain():
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    sheet = openpyxl.load_workbook(BytesIO(workbook("3-4", "<r></r>"))).active
    cells = [cell for row in sheet for cell in row if cell.value]
    looks = {(c.row > 1, c.number_format, c.alignment.wrap_text, c.alignment.vertical, c.font.b) for c in cells}
    assert looks == {(False, "General", None, None, True), (True, "@", True, "top", False)}
