"""What other people's programs make of our exports: schemas, translate-toolkit, gettext, openpyxl."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

from termbase.errors import FormatError, InputError
from tm.formats import registry
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark

BASE = TranslationUnit(
    source=Segment("vi", 'Đại đội 3 <b> & "x"\nhai dòng'),
    target=Segment("en", "=Company 3\ttab"),
    document="lệnh <1>.txt",
    author="An & Bình",
    origin="tay",
    notes=("một", "hai\ndòng"),
)
CODES = (
    InlineCode(0, "g", '<g id="1">'),
    InlineCode(3, "g", "</g>"),
    InlineCode(3, "bpt", '<bpt i="1">&lt;b&gt;</bpt>'),
    InlineCode(4, "hi", "<hi>"),
    InlineCode(4, "ph", '<ph id="7"/>'),
)
UNITS = [
    *(replace(BASE, status=status, source=Segment("vi", f"câu {status}")) for status in UnitStatus),
    *(replace(BASE, provenance=word, document="", source=Segment("vi", f"câu {word}")) for word in Provenance),
    replace(BASE, source=Segment("vi", "một hai", CODES), target=Segment("en", "one two", CODES)),
    replace(BASE, source=Segment("en", "odd"), target=Segment("vi", "lẻ", CODES[:1])),
    BASE,
    replace(BASE, target=Segment("en", "another target")),
]
TURNED = next(index for index, unit in enumerate(UNITS) if unit.source.lang == "en")


@pytest.fixture(params=["xliff", "xliff-2", "po", "xlsx", "tmx", "jsonl"])
def exported(request, tmp_path):
    """A file in each format, with the format's name."""
    spec = registry.get(request.param)
    path = str(tmp_path / f"a{spec.suffixes[0]}")
    assert registry.write(UNITS, path, spec.name) == len(UNITS)
    return request.param, path


def test_what_is_held_comes_back(exported):
    name, path = exported
    holds = set(registry.get(name).holds)
    found = list(registry.read(path, name))
    assert not any(isinstance(item, Remark) for item in found)
    for index, (unit, again) in enumerate(zip(UNITS, found, strict=True)):
        if index == TURNED and again.source.lang == "vi":  # a format of one direction
            unit = replace(unit, source=unit.target, target=unit.source)
        for field in holds - {"codes", "source", "target"}:
            assert getattr(again, field) == getattr(unit, field), (name, index, field)
        for side in ("source", "target"):
            assert getattr(again, side).text == getattr(unit, side).text
            if "codes" in holds:
                assert [plain(c) for c in getattr(again, side).codes] == [plain(c) for c in getattr(unit, side).codes]


def plain(code):
    """A code with the short form of an empty element spelt out, as parsers tell it."""
    return code.position, code.kind, code.xml.replace("/>", "></ph>") if code.kind == "ph" else code.xml


@pytest.mark.parametrize(("name", "version"), [("xliff", "1.2"), ("xliff-2", "2.0")])
@pytest.mark.parametrize("units", [UNITS, []], ids=["units", "nothing"])
def test_xliff_is_valid_by_the_schema(name, version, units, tmp_path, xliff_schema):
    path = tmp_path / "a.xlf"
    registry.write(units, str(path), name)
    if version == "2.0":  # the schema of the core is the same, but for the number
        path.write_text(path.read_text(encoding="utf-8").replace('version="2.1"', 'version="2.0"'), encoding="utf-8")
    command = ["xmllint", "--noout", "--nonet", "--schema", str(xliff_schema(version)), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path.write_text(path.read_text(encoding="utf-8").replace("<source", "<sauce").replace("</source", "</sauce"))
    if units:
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(
    ("name", "module", "kind"),
    [("tmx", "tmx", "tmxfile"), ("xliff", "xliff", "xlifffile"), ("po", "po", "pofile")],
)
def test_translate_toolkit_reads_as_many(name, module, kind, tmp_path):
    toolkit = pytest.importorskip(f"translate.storage.{module}", reason="translate-toolkit is not installed")
    path = tmp_path / f"a.{name}"
    registry.write(UNITS, str(path), name)
    store = getattr(toolkit, kind).parsefile(str(path))
    units = [unit for unit in store.units if not unit.isheader()]
    assert len(units) == len(UNITS)
    pairs = {(str(unit.source), str(unit.target)) for unit in units}
    assert ("câu confirmed", "=Company 3\ttab") in pairs
    if name != "po":  # translate-toolkit names a context in front of the source
        assert (BASE.source.text, "another target") in pairs


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_gettext_accepts_our_catalogue(tmp_path):
    registry.write(UNITS, str(tmp_path / "a.po"), "po")
    subprocess.run(["msgfmt", "-o", str(tmp_path / "a.mo"), str(tmp_path / "a.po")], check=True, capture_output=True)


def test_a_workbook_has_no_formula(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    registry.write(UNITS, str(tmp_path / "a.xlsx"), "xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows())
    assert [cell.value for cell in rows[0][:3]] == ["vi", "en", "document"]
    assert len(rows) == len(UNITS) + 1
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).startswith("=") for cell in cells)


def test_a_workbook_of_a_person_is_read(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in (["Tiếng Anh", "Tiếng Việt", "Ghi chú"], ["unit", "đội", "n"], [42, "bốn hai", None], [], ["x", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    *units, remark = registry.read(str(tmp_path / "a.xlsx"))
    assert [(u.source.text, u.target.text, u.notes) for u in units] == [("đội", "unit", ("n",)), ("bốn hai", "42", ())]
    assert (remark.problem.line, remark.problem.message) == (5, "the row has no source")


def test_bad_workbooks_are_one_line(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(FormatError, match="not a readable workbook"):
        list(registry.read(str(path)))
    registry.write(UNITS, str(path), "xlsx")
    monkeypatch.setattr("tm.formats.xlsx.MOST_UNPACKED", 100)
    with pytest.raises(FormatError, match="unpacks to"):
        list(registry.read(str(path)))


def test_a_text_too_long_for_a_cell_is_told_and_nothing_written(tmp_path):
    long = replace(BASE, target=Segment("en", "x" * 40_000))
    with pytest.raises(InputError, match="a cell of a workbook holds 32767 characters, unit 2 has 40000"):
        registry.write([BASE, long], str(tmp_path / "a.xlsx"), "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_machine_pairs_of_other_tools_are_told_apart(tmp_path):
    unit = (
        '<trans-unit id="1"><source>a</source><target state="translated" state-qualifier="{}">b</target></trans-unit>'
    )
    for word, expected in (("leveraged-mt", "machine-translated"), ("exact-match", "human")):
        (tmp_path / "a.xlf").write_text(
            '<xliff version="1.2"><file original="o" source-language="vi" target-language="en" datatype="x"><body>'
            f"{unit.format(word)}</body></file></xliff>"
        )
        assert [str(u.provenance) for u in registry.read(str(tmp_path / "a.xlf"))] == [expected]
