"""Files that mean harm, or came to harm, in every reader: one clear line or a usable answer, never a traceback."""

from __future__ import annotations

import random
import time
import zipfile
from io import BytesIO

import pytest
from sample_concepts import CONCEPTS

from termbase.errors import InputError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import FORMATS, read, write
from termbase.model import Concept

READERS = [name for name, spec in FORMATS.items() if spec.reads]
XML = [name for name in READERS if name.startswith(("tbx", "xliff", "multiterm"))]
TEXT = [name for name in READERS if name != "xlsx" and name not in XML]
SECRET = "the secret of another file"


def sample(name: str) -> bytes:
    spec = FORMATS[name]
    if not spec.writes:
        pytest.skip(f"{name} is not written")
    out = BytesIO()
    write(CONCEPTS, out, name)
    return out.getvalue()


def harmless(data: bytes, name: str | None, limit: float = 2.0, **options) -> tuple[Concept, ...]:
    """Read; an error must be one line that names the file, and come soon."""
    started = time.process_time()
    concepts: tuple[Concept, ...] = ()
    try:
        concepts = read(BytesIO(data), name, ReadOptions(path="bad.file", glossary="g", **options)).concepts
    except InputError as error:
        assert "\n" not in str(error), str(error)
        assert "bad.file" in str(error)
        assert len(str(error)) < 500
    assert time.process_time() - started < limit
    return concepts


@pytest.mark.parametrize("name", READERS)
def test_cut_off_at_every_seventh_byte(name):
    data = sample(name)
    step = 7 if len(data) < 6_000 else len(data) // 800
    for end in range(0, len(data), step):
        harmless(data[:end], name)


@pytest.mark.parametrize("name", READERS)
def test_random_bytes(name):
    random_bytes = random.Random(7).randbytes
    for length in (0, 1, 2, 3, 5, 17, 100, 4_000):
        for _ in range(6):
            harmless(random_bytes(length), name)


@pytest.mark.parametrize("name", READERS)
def test_damaged_bytes(name):
    data, chance = bytearray(sample(name)), random.Random(11)
    for _ in range(60):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        harmless(bytes(spoilt), name)


@pytest.mark.parametrize("name", TEXT)
def test_damaged_structure(name):
    """Stretches doubled, dropped and moved: valid text, nonsense as a file."""
    data, chance = sample(name).decode("utf-8-sig"), random.Random(13)
    for _ in range(40):
        a, b = sorted(chance.randrange(len(data)) for _ in range(2))
        harmless((data[:a] + data[b:]).encode(), name)
        harmless((data[:b] + data[a:]).encode(), name)


@pytest.mark.parametrize(
    "declared", ["utf-16", "utf-32", "iso-8859-1", "windows-1258", "ascii", "no-such", "viscii", "utf-7"]
)
@pytest.mark.parametrize("name", XML)
def test_wrong_declarations(name, declared):
    data = sample(name)
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8")
    text = text.replace('encoding="UTF-8"', f'encoding="{declared}"').replace(
        'encoding="UTF-16"', f'encoding="{declared}"'
    )
    harmless(text.encode(), name)


BOMBS = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]>',
    "external": '<!DOCTYPE x [<!ENTITY a SYSTEM "SECRET_URI">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "SECRET_URI"> %p;]>',
    "subset": '<!DOCTYPE x SYSTEM "SECRET_URI">',
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", XML)
def test_entities_are_refused_and_no_other_file_is_read(name, bomb, tmp_path):
    secret = tmp_path / "secret.dtd"
    secret.write_text(SECRET, encoding="utf-8")
    data = sample(name)
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8")
    _, _, rest = text.partition("?>")
    doctype = BOMBS[bomb].replace("SECRET_URI", secret.as_uri())
    if bomb == "subset":
        # Naming a DTD is ordinary; it is not loaded.
        rest = rest.replace('<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">', "")
        found = harmless(f'<?xml version="1.0"?>{doctype}{rest}'.encode(), name)
        assert found
    else:
        rest = rest.replace("<term>khóa</term>", "<term>&a;</term>", 1).replace(
            '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">', ""
        )
        with pytest.raises(InputError, match="declares XML entities|not well-formed|external entity"):
            read(BytesIO(f'<?xml version="1.0"?>{doctype}{rest}'.encode()), name, ReadOptions(path="bad.file"))
        found = ()
    assert SECRET not in repr(found)


@pytest.mark.parametrize("name", XML)
def test_depth(name):
    root = {"xliff": "xliff", "multiterm": "mtf"}.get(name, "tbx")
    with pytest.raises(InputError, match="nested deeper"):
        read(BytesIO(f"<{root}>{'<a>' * 100_000}".encode()), name, ReadOptions(path="bad.file"))


@pytest.mark.parametrize("name", ["jsonl", "table", "csv", "po", "omegat", "utx", "memoq"])
def test_depth_of_brackets_and_quotes(name):
    for unit in ('{"a":', "[", '"', "(", "\\", "#", "<"):
        harmless((unit * 100_000).encode(), name)
        harmless(sample(name) + (unit * 100_000).encode(), name)


@pytest.mark.parametrize("name", READERS)
def test_a_cell_of_20_megabytes(name):
    mark = "giao ban buổi sáng"
    concept = Concept(id="c1", glossary="g", terms=CONCEPTS[2].terms, note=mark)
    out = BytesIO()
    write([concept], out, name)
    if name == "xlsx":
        pytest.skip("Excel's cells end at 32,767 characters; bombs of workbooks are tried apart")
    data = out.getvalue()
    encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"
    key = mark.encode(encoding)
    if key not in data:
        key = CONCEPTS[2].terms[0].text.encode(encoding)
    huge = data.replace(key, key + "x".encode(encoding) * 20_000_000, 1)
    assert len(huge) > 20_000_000
    harmless(huge, name, limit=6.0)


class TestWorkbooks:
    def packed(self, **entries: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name.replace("__", "/"), content)
        return out.getvalue()

    def repacked(self, change) -> bytes:
        source, out = zipfile.ZipFile(BytesIO(sample("xlsx"))), BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in source.infolist():
                archive.writestr(entry.filename, change(entry.filename, source.read(entry)))
        return out.getvalue()

    def test_a_bomb_that_tells_its_size(self):
        with pytest.raises(InputError, match="unpacks to"):
            read(BytesIO(self.packed(xl__worksheets__sheet1_xml=b"0" * (101 * 2**20))), "xlsx", ReadOptions(path="b"))

    def test_a_bomb_that_lies_about_its_size(self):
        data = self.packed(xl__worksheets__sheet1_xml=b"0" * (30 * 2**20))
        lied = data.replace((30 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
        assert lied != data
        harmless(lied, "xlsx")

    def test_names_that_climb_out_of_the_folder(self, tmp_path):
        climbing = self.packed(**{"..__..__evil.txt": b"x", "C:__evil.txt": b"x", "__etc__evil": b"x"})
        harmless(climbing, "xlsx")
        assert not list(tmp_path.parent.rglob("evil*"))

    def test_entities_and_depth_inside_a_workbook(self):
        laughs = BOMBS["laughs"].encode()
        for poison in (laughs, b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"):
            data = self.repacked(
                lambda name, old, poison=poison: old.replace(b"?>", b"?>" + poison, 1) if name.endswith(".xml") else old
            )
            found = harmless(data, "xlsx")
            assert "root:" not in repr(found)
        harmless(self.repacked(lambda name, old: b"<a>" * 100_000 if "sheet1" in name else old), "xlsx")

    def test_parts_missing_or_mixed_up(self):
        for part in (
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/sharedStrings.xml",
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
        ):
            harmless(self.repacked(lambda name, old, part=part: b"" if name == part else old), "xlsx")
            harmless(self.repacked(lambda name, old, part=part: b"<x/>" if name == part else old), "xlsx")

    def test_a_sheet_that_claims_to_be_endless(self):
        def wide(name: str, old: bytes) -> bytes:
            import re

            return re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', old)

        harmless(self.repacked(wide), "xlsx")

    def test_a_cell_at_the_far_end_is_no_bomb(self):
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
        book = openpyxl.Workbook()
        book.active.append(["vi", "en"])
        book.active.append(["giao ban", "briefing"])
        book.active["XFD1048576"] = "x"
        out = BytesIO()
        book.save(out)
        with pytest.raises(InputError, match="a sheet spans 17179869184 cells"):
            read(BytesIO(out.getvalue()), "xlsx", ReadOptions(path="bad.file"))

    def test_other_packed_formats_are_not_tried(self):
        content = b'<table:table-row table:number-rows-repeated="1048576"/>'
        with pytest.raises(InputError, match="not a workbook"):
            read(
                BytesIO(
                    self.packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content})
                ),
                "xlsx",
            )


@pytest.mark.parametrize("name", READERS)
def test_another_format_under_a_forced_name(name):
    for other in READERS:
        harmless(sample(other), name)


def test_suffixes_lie_and_content_decides(tmp_path):
    for name in READERS:
        for suffix in (".csv", ".txt", ".xlsx", ".tbx", ".jsonl", ""):
            data = sample(name)
            path = tmp_path / f"lie{suffix}"
            path.write_bytes(data)
            try:
                assert isinstance(read(path).concepts, tuple)
            except InputError as error:
                assert "\n" not in str(error)


def test_surrogates_and_nul_do_no_harm():
    line = '{"id": "a\\ud800", "terms": [{"lang": "vi", "text": "x\\u0000\\udfff"}]}'
    harmless(line.encode(), "jsonl")
    harmless(b"vi,en\na\0b,c\n", "table")
    harmless(b"concept_id,lang,term\nc1,vi,a\0b\n", "csv")
    harmless(("\ufeff" * 10_000).encode(), "table")
