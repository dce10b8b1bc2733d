"""Vietnamese care in every reader: twins in other encodings, old fonts, mojibake, language tags."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest

from termbase.errors import FormatError, UsageError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import FORMATS, read, write
from termbase.formats.words import language_of
from termbase.model import Concept, Term
from termbase.text.encodings import decode

PAIRS = [
    ("đảng ủy", "Party committee"), ("sẵn sàng chiến đấu", "combat readiness"), ("bộ đội", "troops"),
    ("quyết định", "decision"), ("giáo dục", "education"), ("chính trị", "politics"), ("hậu cần", "logistics"),
    ("kỹ thuật", "engineering"), ("huấn luyện", "training"), ("biên giới", "border"), ("nhiệm vụ", "task"),
    ("đơn vị", "unit"), ("thường trực", "standing"), ("dân quân", "militia"), ("lữ đoàn", "brigade"),
]  # fmt: skip
CONCEPTS = tuple(
    Concept(id=f"c{number}", glossary="g", terms=(Term(text=vi, lang="vi"), Term(text=en, lang="en")), note=f"{vi} 1")
    for number, (vi, en) in enumerate(PAIRS)
)
TEXTS = {name for name, spec in FORMATS.items() if spec.reads and spec.writes} - {"xlsx"}
XML = {name for name in TEXTS if name.startswith(("tbx", "xliff", "multiterm"))}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def text_of(name) -> str:
    out = BytesIO()
    write(CONCEPTS, out, name)
    data = out.getvalue()
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig").replace("UTF-16", "UTF-8")


def load(data, name, **options):
    return read(BytesIO(data if isinstance(data, bytes) else data.encode()), name, ReadOptions(path="t", **options))


def windows_1258(text: str) -> bytes:
    """Windows-1258 has letters with breve, circumflex and horn; tones are characters of their own."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        out.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)))
        out.extend(part for part in parts if part in TONES)
    return "".join(out).encode("cp1258")


def tcvn3(text: str) -> bytes:
    """Lower-case Vietnamese in the bytes of TCVN3, by the inverse of the decoder."""
    letters = {decode(bytes([byte]), "tcvn3"): byte for byte in range(255, 160, -1)}
    return bytes(letters.get(char) or ord(char) for char in unicodedata.normalize("NFC", text))


def misread(text: str) -> str:
    """UTF-8 taken for Windows-1252, its holes for control characters."""
    holes = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(byte) if byte in holes else bytes([byte]).decode("cp1252") for byte in text.encode())


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_nfd_and_windows_1258_twins_read_as_the_same_entries(name):
    text = text_of(name)
    plain = load(text, name)
    assert [concept.accepted("vi")[0].text for concept in plain.concepts] == [vi for vi, _ in PAIRS]
    assert load(unicodedata.normalize("NFD", text), name).concepts == plain.concepts
    declared = text.replace('encoding="UTF-8"', 'encoding="windows-1258"')
    assert load(windows_1258(declared), name, encoding="cp1258").concepts == plain.concepts
    unstated = load(windows_1258(declared), name)
    assert unstated.concepts == plain.concepts
    told = any("it was read as windows-1258" in problem.message for problem in unstated.problems)
    assert told == (name not in XML)


@pytest.mark.parametrize("name", sorted(TEXTS - XML - {"jsonl"}))
def test_tcvn3_is_told_and_converted_only_when_asked(name):
    text = text_of(name)
    with pytest.raises(FormatError, match="it looks like tcvn3: say --encoding tcvn3 to convert it"):
        load(tcvn3(text), name)
    assert load(tcvn3(text), name, encoding="tcvn3").concepts == load(text, name).concepts


@pytest.mark.parametrize("name", sorted(TEXTS - {"jsonl"}))
def test_an_old_font_saved_as_unicode_is_told_and_converted_only_when_asked(name):
    text = text_of(name)
    saved = tcvn3(text).decode("latin-1")
    result = load(saved, name)
    assert len([p for p in result.problems if "say --encoding tcvn3 to convert it" in p.message]) == 1
    assert result.concepts[0].accepted("vi")[0].text != PAIRS[0][0]
    converted = load(saved, name, encoding="tcvn3")
    assert converted.concepts == load(text, name).concepts
    assert converted.problems == ()


def test_a_workbook_in_an_old_font():
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    book.active.append(["vi", "en"])
    for vi, en in PAIRS:
        book.active.append([tcvn3(vi).decode("latin-1"), en])
    out = BytesIO()
    book.save(out)
    assert any("--encoding tcvn3" in problem.message for problem in load(out.getvalue(), "xlsx").problems)
    found = load(out.getvalue(), "xlsx", encoding="tcvn3").concepts
    assert [concept.accepted("vi")[0].text for concept in found] == [vi for vi, _ in PAIRS]
    with pytest.raises(UsageError, match="a workbook is Unicode"):
        load(out.getvalue(), "xlsx", encoding="cp1258")


def test_viqr_is_told_and_converted_only_when_asked():
    rows = ["dda?ng u?y", "sa(~n sa`ng chie^'n dda^'u", "bo^. ddo^.i", "quye^'t ddi.nh", "gia'o du.c", "chi'nh tri."]
    data = "vi\ten\n" + "".join(f"{row}\tx{number}\n" for number, row in enumerate(rows))
    result = load(data, "table")
    assert [p.message for p in result.problems] == ["it looks like viqr: say --encoding viqr to convert it"]
    assert result.concepts[0].accepted("vi")[0].text == "dda?ng u?y"
    assert load(data, "table", encoding="viqr").concepts[0].accepted("vi")[0].text == "đảng ủy"


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_mojibake_is_reported_and_left_as_it_is(name):
    result = load(misread(text_of(name)).replace("\u0085", "\u2026"), name)
    told = [problem for problem in result.problems if "UTF-8 read in another encoding" in problem.message]
    assert 1 <= len(told) <= 20
    assert "it should be “" in told[0].message
    if name not in XML:
        assert told[0].line


def test_utf_8_declared_as_latin_1_is_reported():
    text = text_of("tbx-basic").replace('encoding="UTF-8"', 'encoding="iso-8859-1"')
    assert any("UTF-8 read in another encoding" in problem.message for problem in load(text, "tbx-basic").problems)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_clean_vietnamese_raises_no_doubt(name):
    assert load(text_of(name), name).problems == ()


def test_western_text_raises_no_doubt():
    text = "vi,en\nđội,équipe «forte» £5 ½ naïve Ångström §\nÂu,Ã la carte\nÁ “Âu”,Straße\n"
    assert load(text, "table").problems == ()


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("vi", "vi"), ("VI", "vi"), ("vi-VN", "vi"), ("vi_VN", "vi"), ("vie", "vi"), ("VIE", "vi"), ("vi-Latn-VN", "vi"),
        ("en", "en"), ("en-GB", "en"), ("EN-us", "en"), ("eng", "en"), ("fr", ""), ("vietnam", ""), ("v", ""), ("", ""),
    ],
)  # fmt: skip
def test_language_tags(tag, language):
    assert language_of(tag) == language


@pytest.mark.parametrize("name", ["tbx-basic", "tbx-v2", "multiterm"])
def test_bad_language_tags_are_counted(name):
    text = text_of(name)
    wrong = text.replace('"en"', '"english!"', 3).replace('type="English" lang="EN"', 'type="Xish" lang="XX"', 3)
    result = load(wrong, name)
    assert result.concepts
    told = [
        problem.message for problem in result.problems if "terms in other languages are left out" in problem.message
    ]
    assert told == [f"terms in other languages are left out: {'XX' if name == 'multiterm' else 'english!'} (3)"]


VIQR = {"đảng ủy": "dda?ng u?y", "sẵn sàng chiến đấu": "sa(~n sa`ng chie^'n dda^'u", "bộ đội": "bo^. ddo^.i"}
VIQR |= {"quyết định": "quye^'t ddi.nh", "giáo dục": "gia'o du.c", "chính trị": "chi'nh tri.", "hậu cần": "ha^.u ca^`n"}


@pytest.mark.parametrize("name", sorted(XML))
def test_viqr_inside_xml_is_told_and_its_vietnamese_converted_only_when_asked(name):
    concepts = [
        Concept(
            id=f"c{i}", glossary="t", terms=(Term(text=viqr, lang="vi"), Term(text=f"English term. No {i}?", lang="en"))
        )
        for i, viqr in enumerate(VIQR.values())
    ]
    out = BytesIO()
    write(concepts, out, name)
    result = load(out.getvalue(), name)
    assert [p.message for p in result.problems] == ["it looks like viqr: say --encoding viqr to convert it"]
    assert result.concepts[0].accepted("vi")[0].text == "dda?ng u?y"
    converted = load(out.getvalue(), name, encoding="viqr")
    assert [c.accepted("vi")[0].text for c in converted.concepts] == list(VIQR)
    assert converted.concepts[0].accepted("en")[0].text == "English term. No 0?"
    assert converted.problems == ()


def test_viqr_in_a_workbook_is_told():
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    book.active.append(["vi", "en"])
    for number, viqr in enumerate(VIQR.values()):
        book.active.append([viqr, f"x{number}"])
    out = BytesIO()
    book.save(out)
    assert any("--encoding viqr" in problem.message for problem in load(out.getvalue(), "xlsx").problems)
