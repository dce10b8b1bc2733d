"""Memories as people and tools send them: lying suffixes, headers of every kind, code pages, what is passed over."""

from __future__ import annotations

import unicodedata
import zipfile
from io import BytesIO

import pytest

from termbase.errors import FormatError, InputError
from tm.formats.base import ReadOptions
from tm.formats.registry import read
from tm.model import TranslationUnit

VI, EN = "Đại đội hành quân ban đêm.", "The company marches by night."
TMX = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="vi"/>'
    f'<body><tu><tuv xml:lang="{{}}"><seg>{VI}</seg></tuv><tuv xml:lang="{{}}"><seg>{EN}</seg></tuv></tu></body></tmx>'
)
XLIFF = (
    '<xliff version="1.2"><file original="a" source-language="vi" target-language="en" datatype="plaintext"><body>'
    f'<trans-unit id="1"><source>{VI}</source><target>{EN}</target></trans-unit>'
    '<trans-unit id="2"><source>Nghỉ.</source></trans-unit></body></file></xliff>'
)


def load(tmp_path, name, data, **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = list(read(str(path), None, ReadOptions(**options)))
    units = [item for item in found if isinstance(item, TranslationUnit)]
    return units, [item for item in found if not isinstance(item, TranslationUnit)]


def pairs(units):
    return [(unit.source.lang, unit.source.text, unit.target.lang, unit.target.text) for unit in units]


ONE = [("vi", VI, "en", EN)]


def code_page(text):
    """Windows-1258 as Vietnamese Windows writes it: tones are characters of their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(base + "".join(part for part in parts if part in tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("name", ["a.xml", "a.txt", "a.tsv", "a", "a.xlsx", "bộ nhớ dịch.tmx"])
@pytest.mark.parametrize("data", [TMX.format("vi", "en"), XLIFF], ids=["tmx", "xliff"])
def test_xml_is_known_by_its_root(tmp_path, name, data):
    assert pairs(load(tmp_path, name, data)[0]) == ONE


@pytest.mark.parametrize("name", ["a.sdlxliff", "a.mqxliff"])
def test_xliff_of_other_tools(tmp_path, name):
    assert pairs(load(tmp_path, name, XLIFF)[0]) == ONE


@pytest.mark.parametrize("name", ["a.tmx", "a.xlf", "a.xlsx", "a.po", "a", "a.txt"])
@pytest.mark.parametrize("text", [f"{VI}\t{EN}\n", f"Tiếng Việt,Tiếng Anh\n{VI},{EN}\n"], ids=["tabs", "commas"])
def test_a_table_under_another_suffix(tmp_path, name, text):
    assert pairs(load(tmp_path, name, text)[0]) == ONE


@pytest.mark.parametrize("tags", [("VN", "EN-UK"), ("Tiếng Việt", "Tiếng Anh"), ("vie-VN", "eng"), ("VI", "English")])
def test_languages_are_understood_as_they_are_written(tmp_path, tags):
    assert pairs(load(tmp_path, "a.tmx", TMX.format(*tags))[0]) == ONE


@pytest.mark.parametrize(
    "header",
    ["vi-VN,en-US", "VI,EN", "Vietnamese (vi-VN),English (UK)", "Nguyên văn,Bản dịch", "Source text,Target text"],
)
def test_headers_of_tables(tmp_path, header):
    assert pairs(load(tmp_path, "a.csv", f"{header}\n{VI},{EN}\n")[0]) == ONE


def test_letters_tell_the_direction_where_nothing_else_does(tmp_path):
    assert pairs(load(tmp_path, "a.tsv", f"{EN}\t{VI}\nStop.\tDừng lại.\n")[0])[0] == ("en", EN, "vi", VI)
    assert pairs(load(tmp_path, "a.csv", f"Source,Target\n{EN},{VI}\n")[0]) == [("en", EN, "vi", VI)]
    assert pairs(load(tmp_path, "a.tsv", "OK\tOK\n")[0]) == [("vi", "OK", "en", "OK")]
    assert pairs(load(tmp_path, "a.po", f'msgid "{VI}"\nmsgstr "{EN}"\n')[0]) == ONE


def test_other_columns_and_cells_are_kept_or_told(tmp_path):
    units, remarks = load(
        tmp_path, "a.csv", f"vi,en,Người dịch,Khách hàng,Ghi chú\n\n{VI},{EN},Lan,QK7,xong,thừa\n,,,\n"
    )
    assert (units[0].author, units[0].properties, units[0].notes) == ("Lan", (("Khách hàng", "QK7"),), ("xong",))
    assert [(remark.problem.message, remark.skipped) for remark in remarks] == [
        ("1 rows have more cells than there are columns; what stands there is left out", False)
    ]


@pytest.mark.parametrize("name", ["a.tsv", "a.csv"])
def test_windows_1258_and_utf_16_without_a_mark(tmp_path, name):
    delimiter = "\t" if name == "a.tsv" else ","
    text = f"vi{delimiter}en\n{VI}{delimiter}{EN}\n"
    units, remarks = load(tmp_path, name, code_page(text))
    assert pairs(units) == ONE
    assert [remark.problem.message.partition(":")[0] for remark in remarks] == [
        "not UTF-8; it was read as windows-1258"
    ]
    assert pairs(load(tmp_path, name, text.encode("utf-16-le"))[0]) == ONE
    with pytest.raises(FormatError, match="--encoding"):
        load(tmp_path, name, f"vi{delimiter}en\ncafé{delimiter}coffee\n".encode("latin-1"))


def test_moses_files_of_other_encodings(tmp_path):
    (tmp_path / "m.en").write_bytes(f"{EN}\n".encode("utf-16"))
    assert pairs(load(tmp_path, "m.vi", code_page(f"{VI}\n"))[0]) == ONE


def test_what_is_not_translated_is_told(tmp_path):
    _, remarks = load(tmp_path, "a.xlf", XLIFF)
    assert [(r.problem.entry, r.problem.message, r.skipped) for r in remarks] == [
        ("2", "the unit is not translated", True)
    ]
    text = f'msgid ""\nmsgstr "Language: en\\n"\n\nmsgctxt "lệnh"\nmsgid "{VI}"\nmsgstr "{EN}"\n\n'
    units, remarks = load(tmp_path, "a.po", text + 'msgid "Nghỉ."\nmsgstr ""\n\n#~ msgid "cũ"\n#~ msgstr "old"\n')
    assert units[0].properties == (("msgctxt", "lệnh"),)
    assert [(r.problem.line, r.problem.message, r.skipped) for r in remarks] == [
        (9, "the entry is not translated", True),
        (None, "1 obsolete entries were passed over", False),
    ]


def test_a_catalogue_of_a_third_language_is_refused(tmp_path):
    with pytest.raises(FormatError, match="its language is 'fr', neither Vietnamese nor English"):
        load(tmp_path, "a.po", 'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "b"\n')


def test_json_lines_of_bare_texts(tmp_path):
    lines = f'{{"source": "{VI}", "target": "{EN}"}}\n{{"vi": "{VI}", "en": "{EN}"}}\n{{"source": "x"}}\n[1]\n'
    units, remarks = load(tmp_path, "a.jsonl", lines)
    assert pairs(units) == ONE * 2
    assert [remark.problem.message for remark in remarks] == [
        "not a unit: it has no target",
        "not a unit: a JSON object is wanted",
    ]


def test_a_glossary_and_an_empty_file_are_told(tmp_path):
    with pytest.raises(InputError, match="a glossary, no memory; read it with glossary import"):
        load(tmp_path, "a.xml", "<martif type='TBX'><text/></martif>")
    with pytest.raises(InputError, match="the file is empty"):
        load(tmp_path, "a.tmx", b"")


def test_every_sheet_with_a_header_is_read_and_the_others_are_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["English", "Vietnamese"], [EN, VI]):
        book.active.append(row)
    for name, rows in {"Trang 2": [["vi", "en"], ["Nghỉ.", "Rest."]], "Ghi chép": [["x", "y"]], "Trống": []}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    units, remarks = load(tmp_path, "a.xlsx", out.getvalue())
    assert pairs(units) == [*ONE, ("vi", "Nghỉ.", "en", "Rest.")]
    assert [remark.problem.message for remark in remarks] == [
        "the sheet “Ghi chép” names no columns of pairs; it is passed over"
    ]


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 << 20))
    with pytest.raises(FormatError, match="unpacks to 80 MiB"):
        load(tmp_path, "a.xlsx", out.getvalue())


OLD_FONT = [
    "QuyÕt ®Þnh cña ®¶ng ñy",
    "chÝnh quyÒn ®Þa ph\xad¬ng",
    "nh©n d©n vµ qu©n ®éi",
    "l·nh ®¹o, tæ chøc, nhiÖm vô",
]
TYPED = [
    "Nghi. quye^'t cu?a DDa?ng",
    "ddu+o+`ng lo^'i qua^n su+.",
    "nhie^.m vu. chie^'n dda^'u",
    "sa(~n sa`ng ba?o ve^.",
]


def told_by_an_import(tmp_path, lines, encoding="utf-8"):
    from tm.store import TranslationMemory

    path = tmp_path / "old.tsv"
    path.write_bytes("".join(f"{line}\tx{number}\n" for number, line in enumerate(lines)).encode(encoding))
    with TranslationMemory.open(":memory:") as memory:
        return [warning.message for warning in memory.import_units(read(str(path), None, ReadOptions())).warnings]


def test_old_encodings_are_told_with_their_names(tmp_path):
    assert "say --encoding tcvn3 to convert it" in told_by_an_import(tmp_path, OLD_FONT)[0]
    assert told_by_an_import(tmp_path, TYPED) == ["the text looks like viqr: say --encoding viqr to convert it"]
    assert told_by_an_import(tmp_path, [VI, "Chào!", "Don't go (yet)."]) == []
    with pytest.raises(FormatError, match="it looks like tcvn3: say --encoding tcvn3 to convert it"):
        told_by_an_import(tmp_path, OLD_FONT, "latin-1")


def test_old_encodings_are_converted_when_told(tmp_path):
    path = tmp_path / "old.tsv"
    path.write_bytes("QuyÕt ®Þnh\tdecision\n".encode("latin-1"))
    (unit,) = read(str(path), None, ReadOptions(encoding="tcvn3"))
    assert unit.source.text == "Quyết định"


def written(tmp_path, name, *texts):
    from tm.formats.registry import write
    from tm.model import Segment

    units = [TranslationUnit(source=Segment("vi", text), target=Segment("en", "x")) for text in texts]
    write(units, str(tmp_path / name))
    return [item for item in read(str(tmp_path / name)) if isinstance(item, TranslationUnit)]


@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.xlsx"])
def test_what_looks_guarded_comes_back_as_it_was(tmp_path, name):
    texts = ["=1+1", "'=1+1", "''-2", "' @a", "'tis", "\uff1d1", "'", "+84 28"]
    assert [unit.source.text for unit in written(tmp_path, name, *texts)] == texts


@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.xlsx"])
def test_spaces_that_a_table_takes_off_are_told(name):
    from tm.export import losses_of
    from tm.formats.registry import choose
    from tm.model import Segment

    spec = choose(name, reading=False)
    unit = TranslationUnit(source=Segment("vi", " chốt"), target=Segment("en", "post"))
    assert losses_of(unit, spec) == ["spaces around the text"]


def test_wordfast_makes_no_date_up(tmp_path):
    from tm.formats.registry import write
    from tm.model import Segment

    path = tmp_path / "wf.txt"
    write([TranslationUnit(source=Segment("vi", "chốt"), target=Segment("en", "post"))], str(path), "wordfast")
    (unit,) = read(str(path))
    assert unit.created == ""


def test_quotes_of_speech_in_a_table_of_tabs_stay(tmp_path):
    text = '"Đi đi," anh nói.\t"Go," he said.\n"Ở lại.\tStay."\nĐi\tGo\n'
    units, _ = load(tmp_path, "a.tsv", text)
    assert [unit.source.text for unit in units] == ['"Đi đi," anh nói.', '"Ở lại.', "Đi"]
    units, _ = load(tmp_path, "a.tsv", '"Hai\ndòng"\t"Say ""go"""\nĐi\tGo\n')
    assert [(unit.source.text, unit.target.text) for unit in units] == [("Hai\ndòng", 'Say "go"'), ("Đi", "Go")]


def test_a_quote_that_is_never_closed_is_told_by_its_row(tmp_path):
    with pytest.raises(FormatError, match=r"a\.csv:3: a quote opens in this row and is never closed"):
        load(tmp_path, "a.csv", 'vi,en\nĐi,Go\n"Ở lại,Stay\nVề,Back\n')


def test_a_text_of_xliff_states_its_own_language(tmp_path):
    text = XLIFF.replace('source-language="vi"', 'source-language="en-US"')
    text = text.replace("<source>", '<source xml:lang="vi-VN">').replace("<target>", '<target xml:lang="en-GB">')
    assert pairs(load(tmp_path, "a.xlf", text)[0]) == ONE


def test_units_of_other_languages_are_told(tmp_path):
    head = "%20240101~000000\t%User ID,AN\t%TU=1\t%VI-01\t%Wordfast TM v.5\t%EN-US\t%-\r\n"
    rows = f"20240102~000000\tAN\t0\tVI-01\t{VI}\tEN-US\t{EN}\r\n20240102~000000\tAN\t0\tFR-FR\ta\tDE-DE\tb\r\n"
    units, remarks = load(tmp_path, "a.txt", head + rows)
    assert pairs(units) == ONE
    assert remarks[0].problem.message == "languages 'FR-FR' and 'DE-DE' are not Vietnamese and English"
    sides = "".join(
        ['{{"source": {{"lang": "{}", "text": "', VI, '"}}, "target": {{"lang": "{}", "text": "', EN, '"}}}}\n']
    )
    units, remarks = load(tmp_path, "a.jsonl", sides.format("vi-VN", "eng") + sides.format("fr", "en"))
    assert pairs(units) == ONE
    assert remarks[0].problem.message == "not a unit: languages 'fr' and 'en' are not Vietnamese and English"


def test_a_file_without_units_is_not_imported_in_silence(tmp_path):
    from click.testing import CliRunner

    from cli import cli

    path = tmp_path / "none.tmx"
    path.write_text('<tmx version="1.4"><header srclang="vi"/><body></body></tmx>', encoding="utf-8")
    done = CliRunner().invoke(cli, ["--db", str(tmp_path / "m.db"), "tm", "import", str(path)])
    assert done.exit_code == 0
    assert "none.tmx: no units were found in it" in done.stderr
