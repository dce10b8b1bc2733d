from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_concepts import CONCEPTS

from termbase.errors import FormatError
from termbase.formats.base import ReadOptions, WriteOptions
from termbase.formats.guard import free, guard
from termbase.formats.native_csv import COLUMNS, read, write
from termbase.model import AdministrativeStatus, Concept, Term


def load(text: str, **options):
    return read(BytesIO(text.encode()), ReadOptions(path="t.csv", glossary="t", **options))


def places(result):
    return [(p.line, p.column, p.field) for p in result.problems]


def test_minimal_columns():
    (concept,) = load("concept_id,lang,term\nc1,vi,Đảng\nc1,en,Party\n").concepts
    assert [(t.lang, t.text, t.status) for t in concept.terms] == [
        ("vi", "Đảng", AdministrativeStatus.PREFERRED),
        ("en", "Party", AdministrativeStatus.PREFERRED),
    ]


def test_columns_in_any_order_and_case():
    (concept,) = load("Term,LANG,Concept_ID\nĐảng,vi,c1\n").concepts
    assert (concept.id, concept.terms[0].text) == ("c1", "Đảng")


def test_missing_column_is_named():
    with pytest.raises(FormatError, match=r"t\.csv:1: the header lacks term"):
        load("concept_id,lang\nc1,vi\n")


def test_bom_and_windows_line_ends():
    data = "\ufeffconcept_id,lang,term\r\nc1,vi,Đảng\r\n".encode()
    assert read(BytesIO(data), ReadOptions()).concepts[0].terms[0].text == "Đảng"


def test_utf16_is_read():
    data = "concept_id,lang,term\nc1,vi,Đảng\n".encode("utf-16")
    assert read(BytesIO(data), ReadOptions()).concepts[0].terms[0].text == "Đảng"


def test_unknown_column_is_reported_and_kept():
    result = load("concept_id,lang,term,client\nc1,vi,Đảng,Q7\n")
    assert result.concepts[0].properties == (("client", "Q7"),)
    assert places(result) == [(1, 22, "client")]


@pytest.mark.parametrize(
    ("row", "line", "column", "field"),
    [
        ("c1,fr,Parti,", 2, 7, "term"),
        ("c1,vi,,", 2, 7, "term"),
        (",vi,Đảng,", 2, 1, "concept_id"),
        ('c1,vi,"Đảng, Đoàn",perhaps', 2, 20, "status"),
        ("c1,vi,Đảng", 2, 1, ""),
    ],
)
def test_fault_is_told_by_line_and_column(row, line, column, field):
    result = load(f"concept_id,lang,term,status\n{row}\n")
    assert (line, column, field) in places(result)


def test_place_after_a_cell_of_two_lines():
    result = load('concept_id,lang,note,term,status\nc1,vi,"a\nb",Đảng,perhaps\n')
    assert places(result) == [(3, 9, "status")]


def test_unknown_status_is_a_draft_not_preferred():
    result = load("concept_id,lang,term,status\nc1,vi,Đảng,perhaps\n")
    assert result.concepts[0].terms[0].status is AdministrativeStatus.DRAFT


def test_words_of_other_tools_are_understood():
    (concept,) = load("concept_id,lang,term,status,part_of_speech\nc1,vi-VN,Đảng,approved,danh từ\n").concepts
    term = concept.terms[0]
    assert (term.lang, str(term.status), str(term.part_of_speech)) == ("vi", "preferred", "noun")


def test_rows_of_a_concept_apart_are_joined_and_reported():
    result = load("concept_id,lang,term\nc1,vi,Đảng\nc2,vi,Đoàn\nc1,en,Party\n")
    assert [len(concept.terms) for concept in result.concepts] == [2, 1]
    assert places(result) == [(4, 1, "concept_id")]


def test_concept_cells_on_a_later_row():
    header = "concept_id,subject_field,lang,term,concept_note\n"
    late = load(header + "c1,a,vi,Đảng,\nc1,,en,Party,n\n")
    assert late.concepts[0].note == "n"
    assert places(late) == [(3, 14, "concept_note")]
    other = load(header + "c1,a,vi,Đảng,n\nc1,b,en,Party,\n")
    assert other.concepts[0].subject_field == "a"
    assert places(other) == [(3, 4, "subject_field")]


def test_parts_and_relations_with_slips():
    header = "concept_id,lang,term,parts,relations\n"
    result = load(header + "c1,vi,Đảng,một = one | hai,see also: x; wrong\n")
    assert [(p.vi, p.en) for p in result.concepts[0].parts] == [("một", "one"), ("hai", "")]
    assert [link.target for link in result.concepts[0].relations] == ["x"]
    assert [field for _, _, field in places(result)] == ["parts", "relations"]


def test_text_is_normalised_unless_told_otherwise():
    text = "concept_id,lang,term\nc1,vi,Ho\u0300a  bình\n"
    assert load(text).concepts[0].terms[0].text == "Hòa bình"
    assert load(text, normalize=False).concepts[0].terms[0].text == "Ho\u0300a  bình"


def test_formulas_are_guarded_and_freed():
    formula = Concept(id="c1", terms=(Term(text='=HYPERLINK("x")', lang="en", note="+1"),))
    out = BytesIO()
    write([formula], out, WriteOptions())
    cells = out.getvalue().decode().splitlines()[1]
    assert ',"\'=HYPERLINK(""x"")",' in cells
    assert ",'+1," in cells
    assert read(BytesIO(out.getvalue()), ReadOptions()).concepts == (formula,)


@given(st.text(max_size=20))
def test_free_undoes_guard(cell):
    assert free(guard(cell)) == cell
    assert guard(cell)[:1] not in tuple("=+-@\t\r\n")


def test_header_is_the_documented_one():
    out = BytesIO()
    write(CONCEPTS, out, WriteOptions())
    assert out.getvalue().decode().splitlines()[0] == ",".join(COLUMNS)


words = st.text(st.characters(whitelist_categories=("L", "N", "P"), max_codepoint=0x1EFF), min_size=1, max_size=12)
terms = st.builds(Term, text=words, lang=st.sampled_from(["vi", "en"]), note=words, source=words)
concepts = st.builds(
    Concept,
    id=st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
    terms=st.lists(terms, min_size=1).map(tuple),
    note=words,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(concepts, max_size=3, unique_by=lambda concept: concept.id))
def test_whatever_is_written_is_read_back(values):
    out = BytesIO()
    write(values, out, WriteOptions())
    result = read(BytesIO(out.getvalue()), ReadOptions(normalize=False))
    assert result.concepts == tuple(values)
    assert result.problems == ()
