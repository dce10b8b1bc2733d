"""The contract of every format: what it holds survives a round trip, what it does not is told, bad input is
refused in one line."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from termbase.errors import FormatError, InputError, UsageError
from termbase.text.normalize import normalize
from tm.export import export, losses
from tm.formats import registry
from tm.formats.base import ReadOptions, WriteOptions
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark
from tm.store import TranslationMemory

UNITS = [
    TranslationUnit(
        source=Segment("vi", "Đại đội 3 “sẵn sàng” – chiến đấu; hoà bình, thuỷ quân."),
        target=Segment("en", 'Company 3 is "ready"; peace, marines.'),
        memory="khu",
        document="lệnh.txt",
        position=2,
        previous="Trước, đó.",
        next='Sau "đó".',
        author="An",
        created="2026-01-02T03:04:05Z",
        changed="2026-02-02T03:04:05Z",
        origin="dịch",
        provenance=Provenance.MACHINE,
        status=UnitStatus.CONFIRMED,
        confidence=0.5,
        notes=("một", "hai"),
        properties=(("khoá", "giá trị"),),
    ),
    TranslationUnit(source=Segment("vi", "=1+1 'và'"), target=Segment("en", "-1 @x"), created="2026-01-02T03:04:05Z"),
    TranslationUnit(
        source=Segment("vi", "Giữ chốt", (InlineCode(4, "ph", '<ph x="1">&lt;b/&gt;</ph>'),)),
        target=Segment("en", "Hold", (InlineCode(0, "ph", '<ph x="1">&lt;b/&gt;</ph>'),)),
        created="2026-01-02T03:04:05Z",
    ),
]
DEFAULT = TranslationUnit(source=Segment("vi", ""), target=Segment("en", ""))
WRITERS = [name for name, spec in registry.FORMATS.items() if spec.writes]


def held(unit, holds):
    """The unit with only the fields that a format holds."""
    fields = {name: getattr(unit, name) for name in registry.ALL[3:] if name in holds}
    sides = (
        (unit.source, unit.target)
        if "codes" in holds
        else (Segment(s.lang, s.text) for s in (unit.source, unit.target))
    )
    source, target = sides
    return replace(DEFAULT, source=source, target=target, **fields)


@pytest.mark.parametrize("name", WRITERS)
def test_round_trip_is_identity_for_what_is_held(name, tmp_path):
    spec = registry.get(name)
    path = str(tmp_path / f"a{spec.suffixes[0]}")
    registry.write(UNITS, path, name)
    assert list(registry.read(path, name)) == [held(unit, spec.holds) for unit in UNITS]


@pytest.mark.parametrize("name", WRITERS)
def test_loss_report_is_complete(name, tmp_path):
    spec = registry.get(name)
    path = tmp_path / f"a{spec.suffixes[0]}"
    result = export(UNITS, str(path), name)
    assert result.written == len(UNITS)
    for field in registry.ALL[2:]:
        changed = [unit for unit in UNITS if field in losses(unit, frozenset(set(registry.ALL) - {field}))]
        assert result.lost.get(field, 0) == (0 if field in spec.holds else len(changed)), field


@pytest.mark.parametrize("name", WRITERS)
def test_output_is_deterministic_and_signed(name, tmp_path):
    spec = registry.get(name)
    signatures = [export(UNITS, str(tmp_path / f"{i}{spec.suffixes[0]}"), name).signature for i in range(2)]
    assert signatures[0] == signatures[1]
    assert signatures[0] != export(UNITS[:2], str(tmp_path / f"c{spec.suffixes[0]}"), name).signature
    for suffix in (".vi", ".en") if name == "moses" else spec.suffixes[:1]:
        assert (tmp_path / f"0{suffix}").read_bytes() == (tmp_path / f"1{suffix}").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "nfd", "cp1258"])
def test_twins_in_other_encodings_import_to_the_same_units(encoding, tmp_path):
    text = "Hoà bình và đoàn kết\tPeace and unity\n"
    if encoding == "nfd":
        import unicodedata

        data = unicodedata.normalize("NFD", text).encode()
    elif encoding == "cp1258":
        data = text.replace("ì", "i\u0300").replace("ế", "ê\u0301").encode("cp1258")
    else:
        data = text.encode(encoding)
    (tmp_path / "a.tsv").write_bytes(data)
    options = ReadOptions(encoding="cp1258" if encoding == "cp1258" else "")
    with TranslationMemory.open(":memory:") as memory:
        memory.import_units(registry.read(str(tmp_path / "a.tsv"), None, options))
        assert [u.source.text for u in memory.units()] == [normalize("Hoà bình và đoàn kết")]


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.tsv", b"\xff\xfea", FormatError, "utf-16"),
        ("a.tsv", "đội\tx\n\xe9".encode("latin-1", "replace").replace(b"?", b"\xd0"), FormatError, "not UTF-8"),
        ("a.txt", b"no header\n", FormatError, "not a Wordfast memory"),
        ("a.po", b"nonsense\n", FormatError, "not a line of a PO file"),
        ("a.xlf", b"<xliff version='1.2'><file>", FormatError, "cut off"),
        ("a.vi", b"x\ny\n", InputError, "a.en"),
    ],
)
def test_bad_files_are_refused_in_one_line(name, data, error, message, tmp_path):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=message) as caught:
        list(registry.read(str(tmp_path / name)))
    assert "\n" not in str(caught.value)


def test_bad_lines_are_named_and_passed_over(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"source": 1}\nnonsense\n\n{"source":{"lang":"vi","text":"a"},"target":{"lang":"en","text":"b"}}\n'
    )
    found = list(registry.read(str(tmp_path / "a.jsonl")))
    assert [item.problem.line for item in found if isinstance(item, Remark)] == [1, 2]
    assert len(found) == 3


def test_csv_layouts(tmp_path):
    for text in (
        "Tiếng Anh;Tiếng Việt;Ghi chú\nunit;đội;n\n",
        "en,vi,note\nunit,đội,n\n",
        "source,target,note\nđội,unit,n\n",
    ):
        (tmp_path / "a.csv").write_text(text, encoding="utf-8-sig")
        unit = next(iter(registry.read(str(tmp_path / "a.csv"))))
        assert (unit.source.text, unit.target.text, unit.notes) == ("đội", "unit", ("n",)), text


def test_a_unit_of_the_other_direction_is_turned(tmp_path):
    turned = TranslationUnit(source=Segment("en", "unit"), target=Segment("vi", "đội"))
    for name in ("tsv", "csv", "moses", "wordfast"):
        spec = registry.get(name)
        path = str(tmp_path / f"{name}{spec.suffixes[0]}")
        registry.write([turned], path, name)
        assert [(u.source.text, u.target.text) for u in registry.read(path, name)] == [("đội", "unit")]


def test_a_failed_export_leaves_the_old_file(tmp_path):
    (tmp_path / "a.tmx").write_text("old")

    def broken():
        yield UNITS[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        registry.write(broken(), str(tmp_path / "a.tmx"))
    assert (tmp_path / "a.tmx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


def test_two_files_do_not_go_to_one_stream():
    with pytest.raises(UsageError, match="more than one file"):
        registry.write_to(UNITS, io.BytesIO(), registry.get("moses"), WriteOptions())
