"""TMX: every version, level and encoding in; valid by the DTD out; hostile files refused in one line."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.errors import FormatError
from tm.formats import tmx
from tm.formats.base import ReadOptions, WriteOptions
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark

BODY = """<tmx version="{version}"><header srclang="vi" segtype="sentence" o-tmf="x" adminlang="en" datatype="x"
creationtool="x" creationtoolversion="1"/><body><tu><tuv {lang}="VI-VN"><seg>Đội hòa bình</seg></tuv>
<tuv {lang}="en-GB"><seg>Peace team</seg></tuv></tu></body></tmx>"""


def read(data, path="a.tmx"):
    data = data.encode() if isinstance(data, str) else data
    return list(tmx.read(io.BytesIO(data), ReadOptions(path=path)))


def written(units):
    out = io.BytesIO()
    tmx.write(units, out, WriteOptions())
    return out.getvalue()


def wrap(units, header='srclang="vi"'):
    return f'<tmx version="1.4"><header {header}/><body>{units}</body></tmx>'


@pytest.mark.parametrize(
    ("version", "lang"),
    [("1.1", "lang"), ("1.2", "lang"), ("1.3", "xml:lang"), ("1.4", "xml:lang"), ("1.4b", "xml:lang")],
)
def test_versions(version, lang):
    found = read(BODY.format(version=version, lang=lang))
    assert [(u.source, u.target) for u in found] == [(Segment("vi", "Đội hòa bình"), Segment("en", "Peace team"))]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1258", "us-ascii"]
)
def test_encodings(encoding):
    text = BODY.format(version="1.4", lang="xml:lang")
    declared = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    if encoding == "windows-1258":
        text = text.replace("ộ", "ô\u0323").replace("ò", "o\u0300").replace("ì", "i\u0300")
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    data = (mark + text).encode(encoding, "xmlcharrefreplace" if encoding == "us-ascii" else "strict")
    from termbase.text.normalize import normalize

    assert [normalize(u.source.text) for u in read(data)] == ["Đội hòa bình"]


def test_inline_codes_keep_their_places():
    seg = 'A <bpt i="1">&lt;b&gt;</bpt>đậm<ept i="1">&lt;/b&gt;</ept> <ph x="2"/> <hi type="t">sáng<it pos="begin">x</it></hi>.'
    text = wrap(f'<tu><tuv xml:lang="vi"><seg>{seg}</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>')
    unit = read(text)[0]
    assert unit.source.text == "A đậm  sáng."
    assert [(c.position, c.kind) for c in unit.source.codes] == [
        (2, "bpt"), (5, "ept"), (6, "ph"), (7, "hi"), (11, "it"), (11, "hi"),
    ]  # fmt: skip
    assert read(written([unit]))[0].source == unit.source
    assert b'<ph x="2"></ph>' in written([unit])


def test_direction_follows_srclang():
    tuvs = '<tuv xml:lang="vi"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv>'
    assert read(wrap(f"<tu>{tuvs}</tu>", 'srclang="EN-us"'))[0].source.text == "b"
    assert read(wrap(f'<tu srclang="vi">{tuvs}</tu>', 'srclang="en"'))[0].source.text == "a"
    assert read(wrap(f"<tu>{tuvs}</tu>", 'srclang="*all*"'))[0].source.text == "a"


def test_several_variants_give_all_pairs():
    tuvs = "".join(f'<tuv xml:lang="{lang}"><seg>{lang}</seg></tuv>' for lang in ("vi", "en-GB", "en-US", "fr"))
    found = read(wrap(f"<tu>{tuvs}</tu>"))
    assert [u.target.text for u in found if isinstance(u, TranslationUnit)] == ["en-GB", "en-US"]
    assert [r.problem.message for r in found if isinstance(r, Remark)] == [
        "1 segments in language 'fr' were passed over"
    ]


def test_units_without_a_side_are_named():
    text = wrap(
        '<tu tuid="T7"><tuv xml:lang="vi"><seg>a</seg></tuv></tu><tu><tuv xml:lang="vi"><seg> </seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>'
    )
    first, second = read(text)
    assert (first.problem.entry, first.problem.message) == ("T7", "the unit has no English segment")
    assert second.problem.message == "the unit has an empty segment"


FULL = TranslationUnit(
    source=Segment("vi", 'Đội <3> & "x"'),
    target=Segment("en", "Team"),
    memory="m",
    document="d.txt",
    position=4,
    previous="trước",
    next="sau",
    author="An",
    created="2026-01-02T03:04:05Z",
    changed="2026-01-03T03:04:05Z",
    origin="o",
    provenance=Provenance.MACHINE,
    status=UnitStatus.CONFIRMED,
    confidence=0.5,
    notes=("n1", "n2"),
    properties=(("tuid", "7"), ("p", "v")),
)


KEPT_TU = (
    '<tu tuid="9" usagecount="12" lastusagedate="20260102T030405Z" datatype="xml" segtype="sentence" '
    'creationid="An" changeid="Bình" x-odd="1">{}</tu>'
)
SIDES = '<tuv xml:lang="vi"{}><seg>a</seg></tuv><tuv xml:lang="en"{}><seg>b</seg></tuv>'


def test_attributes_of_a_unit_survive_and_others_are_told():
    unit, *remarks = read(wrap(KEPT_TU.format(SIDES.format("", ' usagecount="3"'))))
    assert unit.author == "Bình"
    assert dict(unit.properties) == {
        "tuid": "9",
        "usagecount": "12",
        "lastusagedate": "20260102T030405Z",
        "datatype": "xml",
        "segtype": "sentence",
        "creationid": "An",
    }
    assert [remark.problem.message.split(";")[0] for remark in remarks] == [
        "the attribute 'usagecount' of 1 elements was passed over",
        "the attribute 'x-odd' of 1 elements was passed over",
    ]
    assert not any(remark.skipped for remark in remarks)
    again = written([unit])
    assert b'usagecount="12"' in again
    assert read(again) == [unit]


def test_an_impossible_segment_type_stays_a_property():
    unit = replace(FULL, properties=(("segtype", "odd"), ("usagecount", "1"), ("usagecount", "2")))
    assert b'<prop type="segtype">odd</prop>' in written([unit])
    assert set(read(written([unit]))[0].properties) == set(unit.properties)


def test_all_fields_survive():
    assert read(written([FULL])) == [FULL]


@pytest.mark.skipif(not shutil.which("xmllint"), reason="xmllint is not installed")
def test_export_is_valid_by_the_dtd(tmp_path):
    odd = TranslationUnit(
        source=Segment("en", "a\x01b\ud800", (InlineCode(1, "g", "<g id='1'>"), InlineCode(2, "ph", "<ph>"))),
        target=Segment("vi", "c"),
    )
    (tmp_path / "a.tmx").write_bytes(written([FULL, odd]))
    dtd = Path(__file__).with_name("tmx14.dtd")
    command = ["xmllint", "--noout", "--nonet", "--dtdvalid", str(dtd), str(tmp_path / "a.tmx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "a.tmx").write_bytes(written([FULL]).replace(b"<seg>", b"<segx>").replace(b"</seg>", b"</segx>"))
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


@settings(max_examples=50)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40),
    st.text(max_size=10),
)
def test_any_text_survives(text, note):
    unit = TranslationUnit(source=Segment("vi", f"a{text}"), target=Segment("en", "b"))
    kept = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert read(written([unit]))[0].source.text == f"a{kept}"


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB + wrap("<tu/>"), "entity declarations are refused"),
        ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + wrap("&x;"), "entity declarations are refused"),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + wrap("<tu>&nbsp;</tu>"), "nbsp"),
        (wrap("<tu>")[:50], "cut off"),
        ("", "cut off or empty"),
        ("plain text", "not well-formed"),
        ("<html/>", "root element is <html>"),
        ('<tmx version="2.0"/>', "version '2.0'"),
        (wrap("<x>" * 300), "deeper than"),
        ('<?xml version="1.0" encoding="utf-8"?><tmx version="1.4">\xff'.encode("latin-1"), "not well-formed"),
        ('<?xml version="1.0" encoding="UTF-16"?><tmx version="1.4"/>', "not in the encoding it declares"),
        ('<?xml version="1.0" encoding="x-nonsense"?><tmx version="1.4"/>', "encoding"),
        (wrap('<tu><tuv xml:lang="vi"><seg><b>x</b></seg></tuv></tu>'), "<b> may not stand"),
    ],
)
def test_bad_files_are_refused_in_one_line(data, message):
    with pytest.raises(FormatError, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("a.tmx:")


def test_an_ordinary_doctype_is_fine():
    assert len(read(f'<!DOCTYPE tmx SYSTEM "tmx14.dtd">{BODY.format(version="1.4", lang="xml:lang")}')) == 1


def test_reading_streams_at_constant_memory():
    unit = (
        '<tu><tuv xml:lang="vi"><seg>Đội hòa bình hành quân</seg></tuv><tuv xml:lang="en"><seg>March</seg></tuv></tu>'
    )
    data = wrap(unit * 30_000).encode()
    tracemalloc.start()
    count = sum(1 for _ in tmx.read(io.BytesIO(data), ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 2_000_000
