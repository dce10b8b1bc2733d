"""Tables as people and tools send them: headers of every kind, one row a term, numbers, comments, ragged rows."""

from __future__ import annotations

from io import BytesIO

import pytest

from termbase.errors import InputError
from termbase.formats.base import ReadOptions
from termbase.formats.headers import columns_of
from termbase.formats.registry import read


def load(text, name="table", path="danh-muc.csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return read(BytesIO(data), name, ReadOptions(path=path, glossary="t", **options))


def terms(concept):
    return [(term.lang, term.text, str(term.status)) for term in concept.terms]


DRILL = [("vi", "diễn tập", "preferred"), ("en", "exercise", "preferred")]


@pytest.mark.parametrize(
    "text",
    [
        "Từ,Nghĩa\ndiễn tập,exercise\n",
        "Mục từ;Nghĩa tiếng Anh\ndiễn tập;exercise\n",
        "Term,Term\ndiễn tập,exercise\n",
        "Ngôn ngữ nguồn,Ngôn ngữ đích\ndiễn tập,exercise\n",
        "Term,Translation\nexercise,diễn tập\n",
        "Thuật ngữ\tNghĩa tiếng Việt\nexercise\tdiễn tập\n",
        "Tiếng Việt / Vietnamese,Tiếng Anh / English\ndiễn tập,exercise\n",
        "No.,English (United Kingdom),Vietnamese (Vietnam)\n1.,exercise,diễn tập\n",
        "1\texercise\tdiễn tập\n2\texercise\tdiễn tập\n",
        "# kept by hand since 2019\n# second line\nVI,EN\n# A to D\ndiễn tập,exercise\n",
        "diễn tập,exercise,vi,en\n",
        "term,description,vi,vi_description,en\nexercise,,diễn tập,,\n",
    ],
)
def test_headers_and_rows_that_people_send(text):
    (concept,) = load(text).concepts
    assert terms(concept) == DRILL


def test_a_definition_is_in_the_language_of_its_letters():
    (concept,) = load(
        "Term,Translation,Definition,Context\nexercise,diễn tập,Hoạt động huấn luyện,A field exercise\n"
    ).concepts
    assert (concept.definition_vi, concept.definition_en) == ("Hoạt động huấn luyện", "")
    assert [(example.vi, example.en) for example in concept.examples] == [("", "A field exercise")]


def test_a_header_with_a_language_and_a_field_is_not_a_column_of_terms():
    fields = columns_of(["vi", "vi_description", "en", "English synonyms", "Example (VI)", "en_note"], {})
    assert fields == ["vi", "definition_vi", "en", "en_also", "example_vi", "note"]


def test_abbreviations_belong_to_the_language_before_them():
    (concept,) = load("VI,Viết tắt,EN,Abbreviation\nphòng không,PK,air defence,AD\n").concepts
    assert [(term.lang, term.text, str(term.type)) for term in concept.terms] == [
        ("vi", "phòng không", "full form"),
        ("vi", "PK", "abbreviation"),
        ("en", "air defence", "full form"),
        ("en", "AD", "abbreviation"),
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Ưu tiên", "preferred"),
        ("Khuyến dùng", "preferred"),
        ("chấp nhận được", "admitted"),
        ("Không nên dùng", "deprecated"),
        ("không khuyến khích", "deprecated"),
        ("Cấm sử dụng", "forbidden"),
        ("Prohibited", "forbidden"),
        ("chờ duyệt", "draft"),
        ("lỗi thời", "superseded"),
    ],
)
def test_words_of_status(word, status):
    (concept,) = load(f"Tiếng Việt,Tiếng Anh,Trạng thái\ndiễn tập,drill,{word}\n").concepts
    assert terms(concept)[1] == ("en", "drill", status)


@pytest.mark.parametrize(("word", "part"), [("dt", "noun"), ("đgt.", "verb"), ("tt", "adjective"), ("Danh từ", "noun")])
def test_parts_of_speech_as_vietnamese_dictionaries_write_them(word, part):
    (concept,) = load(f"Tiếng Việt;Loại từ;Tiếng Anh\ndiễn tập;{word};exercise\n").concepts
    assert {str(term.part_of_speech) for term in concept.terms} == {part}


def test_a_flag_of_case_makes_the_capitals_count():
    first, second = load("vi,en,Case sensitive\nĐoàn,Youth Union,Yes\ndiễn tập,exercise,no\n").concepts
    assert {str(term.case_rule) for term in first.terms} == {"exact"}
    assert {term.case_rule for term in second.terms} == {None}


def test_cells_beyond_the_header_are_told():
    result = load("vi;en\ndiễn tập;exercise; field training\n")
    assert [(problem.line, problem.message) for problem in result.problems] == [
        (2, "the row has more cells than there are columns; left out: “field training”")
    ]


STACKED = """Concept ID;Language;Term;Status;Part of speech;Definition;Owner
KN-1;vi;diễn tập;Preferred;noun;Hoạt động;QK7
KN-1;en;exercise;Preferred;noun;Activity;QK7
KN-1;en;manoeuvres;Not recommended;noun;;QK7
KN-1;fr;exercice;Preferred;;;
KN-2;Tiếng Việt;hành quân;;verb;;
;English;march;;verb;;
KN-3;en;;;;;
"""


def test_one_row_a_term_with_the_headers_of_other_tools():
    result = load(STACKED)
    first, second = result.concepts
    assert (first.id, second.id) == ("KN-1", "KN-2")
    assert terms(first) == [*DRILL, ("en", "manoeuvres", "deprecated")]
    assert (first.definition_vi, first.definition_en, first.properties) == (
        "Hoạt động",
        "Activity",
        (("Owner", "QK7"),),
    )
    assert terms(second) == [("vi", "hành quân", "preferred"), ("en", "march", "preferred")]
    told = [problem.message for problem in result.problems]
    assert "terms in other languages are left out: fr (1)" in told
    assert "a row without a language or a term is left out" in told


def test_one_row_a_term_without_ids():
    text = "Language,Term\nvi,diễn tập\nen,exercise\nen,drill\nvi,hành quân\nen,march\n"
    assert [[term.text for term in concept.terms] for concept in load(text).concepts] == [
        ["diễn tập", "exercise", "drill"],
        ["hành quân", "march"],
    ]


@pytest.mark.parametrize("path", ["t.tbx", "t.xlsx", "t.po", "t.jsonl", "t.psv", "t", "-", "t.xlf"])
def test_a_table_under_any_name(path):
    (concept,) = load("Tiếng Việt;Tiếng Anh\ndiễn tập;exercise\n", None, path).concepts
    assert terms(concept) == DRILL


@pytest.mark.parametrize("text", ["Kính gửi, các đồng chí.\nXin báo cáo, như sau.\n", "\x00\x01\x02"])
def test_what_is_no_table_is_not_taken_for_one(text):
    with pytest.raises(InputError, match="the format is not known"):
        load(text, None, "t")


def test_a_memory_is_told_from_a_glossary():
    with pytest.raises(InputError, match="a translation memory, no glossary; read it with tm import"):
        load('<?xml version="1.0"?><tmx version="1.4"><header/><body/></tmx>', None, "t.tbx")


def test_a_quote_that_is_never_closed_is_told_by_its_row():
    with pytest.raises(InputError, match=r"csv:3: a quote opens in this row and is never closed"):
        load('vi,en\nphà,ferry\n"bến,landing\ncầu,bridge\n')
    (concept,) = load('vi\ten\n"phà" ngang\t"ferry" across\n').concepts
    assert concept.preferred("vi").text == '"phà" ngang'


def test_a_status_of_each_language_has_a_column_of_its_own():
    (concept,) = load("VN,EN,Trạng thái VN,Trạng thái EN\nphà,raft,ưu tiên,cấm\n").concepts
    assert terms(concept) == [("vi", "phà", "preferred"), ("en", "raft", "forbidden")]


def test_as_many_statuses_as_terms_are_one_for_each():
    (concept,) = load("vi,en,status\nphà,ferry; raft,preferred; forbidden\n").concepts
    assert terms(concept)[1:] == [("en", "ferry", "preferred"), ("en", "raft", "forbidden")]


def test_columns_of_type_and_approval():
    first, second = load("vi,en,type,Approved\nPK,AD,viết tắt,Yes\nphà,ferry,mới,No\n").concepts
    assert {str(term.type) for term in first.terms} == {"abbreviation"}
    assert terms(second)[1] == ("en", "ferry", "draft")
    assert second.properties == (("type", "mới"),)
