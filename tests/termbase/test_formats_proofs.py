"""What others' tools say of our exports of all shipped glossaries.

jing checks them against the schemas in ``tests/schemas``; translate-toolkit, openpyxl, LibreOffice and the
rules of OmegaT's manual read them. A tool that is absent is named as the reason of the skip.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from sample_concepts import CONCEPTS

from termbase.bundled import load_bundled
from termbase.formats.fields import reduce
from termbase.formats.registry import FORMATS, write

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
JING = shutil.which("jing")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
XML = {
    "tbx-core": "tbx-core",
    "tbx-core-dct": "tbx-core",
    "tbx-min": "tbx-min-dca",
    "tbx-min-dct": "tbx-min-dct",
    "tbx-basic": "tbx-basic-dca",
    "tbx-basic-dct": "tbx-basic-dct",
    "tbx-v2": "tbx-v2-basic",
    "xliff": "xliff-glossary",
}
"""The schema of each format."""

needs_jing = pytest.mark.skipif(not JING, reason="jing is not installed")


@pytest.fixture(scope="module")
def everything():
    """The shipped glossaries and the concepts that use every field, awkward characters among them."""
    return (*load_bundled(), *CONCEPTS)


def written(concepts, name) -> bytes:
    out = BytesIO()
    write(concepts, out, name)
    return out.getvalue()


def faults(schema: str, text: str, tmp_path: Path) -> list[str]:
    """Return what jing finds; the DOCTYPE goes, for the DTD that it names is not here."""
    path = tmp_path / "checked.xml"
    path.write_text(re.sub(r"<!DOCTYPE[^>]*>", "", text), encoding="utf-8")
    done = subprocess.run(
        [str(JING), "-c", str(SCHEMAS / f"{schema}.rnc"), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode == 0) == ("error:" not in done.stdout and "fatal:" not in done.stdout), done.stderr
    return [line for line in done.stdout.splitlines() if "error:" in line or "fatal:" in line]


@pytest.mark.outside
@needs_jing
@pytest.mark.parametrize("name", XML)
def test_exports_of_all_glossaries_are_valid(name, everything, tmp_path):
    assert faults(XML[name], written(everything, name).decode(), tmp_path) == []


FAULTS = [
    ("tbx-basic", ">noun<", ">substantive<", "a word outside the list"),
    ("tbx-basic", 'type="partOfSpeech"', 'type="wordClass"', "a category of no dialect"),
    ("tbx-basic", "preferredTerm-admn-sts", "preferred", "a status of other tools"),
    ("tbx-basic", 'type="context"', 'type="definition"', "a definition at a term"),
    ("tbx-basic", ' id="dai-ta"', ' id="khoa-hoc"', "an id twice"),
    ("tbx-basic", ' id="dai-ta"', ' id="1 ta"', "an id that is no XML name"),
    ("tbx-basic", ' xml:lang="en">', ">", "a section without a language"),
    ("tbx-basic", 'type="TBX-Basic"', 'type="TBX-Min"', "another dialect's name"),
    ("tbx-min", 'type="subjectField"', 'type="definition"', "a category of Basic in Min"),
    ("tbx-core", "<term>khóa</term>", "<term/>", "an empty term"),
    ("tbx-basic-dct", "min:partOfSpeech", "basic:partOfSpeech", "an element of the wrong module"),
    ("tbx-min-dct", "min:administrativeStatus", "min:status", "an element of no module"),
    ("tbx-v2", "<tig>", "<tig><note>first</note>", "a note before the term"),
    ("tbx-v2", 'type="termType"', 'type="kind"', "a category of no dialect"),
    ("xliff", "<gls:term>khóa</gls:term>", "", "an entry without a term"),
    ("xliff", 'version="2.1"', 'version="2.7"', "another version"),
]


@pytest.mark.outside
@needs_jing
@pytest.mark.parametrize(("name", "right", "wrong", "reason"), FAULTS, ids=[f"{f[0]}: {f[3]}" for f in FAULTS])
def test_the_schemas_find_what_is_wrong(name, right, wrong, reason, tmp_path):
    text = written(CONCEPTS, name).decode()
    assert right in text, reason
    assert faults(XML[name], text.replace(right, wrong), tmp_path), reason


@pytest.mark.parametrize("name", XML)
def test_ids_are_unique_in_a_file(name, everything):
    text = written((*everything, *CONCEPTS), name).decode()
    ids = re.findall(r'<(?:conceptEntry|termEntry|unit) id="([^"]*)"', text)
    assert len(ids) > 3000
    assert Counter(ids).most_common(1)[0][1] == 1


class TestTranslateToolkit:
    def test_tbx_version_2_has_equal_entries_and_terms(self, everything):
        tbx = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is not installed")
        data = re.sub(rb"<!DOCTYPE[^>]*>", b"", written(everything, "tbx-v2"))
        store = tbx.tbxfile.parsestring(data)
        expected = [reduce(concept, FORMATS["tbx-v2"].holds) for concept in everything]
        assert len(store.units) == len(expected)
        for unit, concept in zip(store.units, expected, strict=True):
            vi, en = concept.in_language("vi"), concept.in_language("en")
            assert (unit.source, unit.target) == (vi[0].text, en[0].text if en else None)

    def test_tmx_has_equal_pairs(self, everything):
        storage = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
        from tm.formats import tmx
        from tm.formats.base import WriteOptions
        from tm.model import Segment, TranslationUnit

        pairs = [
            (vi.text, en.text)
            for concept in everything
            for vi in concept.accepted("vi")[:1]
            for en in concept.accepted("en")
        ]
        out = BytesIO()
        tmx.write(
            (TranslationUnit(source=Segment("vi", vi), target=Segment("en", en)) for vi, en in pairs),
            out,
            WriteOptions(),
        )
        store = storage.tmxfile.parsestring(out.getvalue(), sourcelanguage="vi", targetlanguage="en")
        assert [(unit.source, unit.target) for unit in store.units] == pairs

    def test_po_has_equal_pairs_and_is_well_formed(self, everything):
        pypo = pytest.importorskip("translate.storage.pypo", reason="translate-toolkit is not installed")
        store = pypo.pofile.parsestring(written(everything, "po"))
        units = [unit for unit in store.units if not unit.isheader()]
        both = [concept for concept in everything if concept.accepted("vi") and concept.accepted("en")]
        assert len(units) >= len(both)
        sources = {str(unit.source) for unit in units}
        assert {concept.accepted("vi")[0].text for concept in both} <= sources


@pytest.fixture(scope="module")
def workbook(everything):
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    return written(everything, "xlsx")


def terms_of(concepts):
    return [term.text for concept in concepts for term in concept.terms]


def test_openpyxl_finds_every_term_and_no_formula(workbook, everything):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    sheet = openpyxl.load_workbook(BytesIO(workbook), read_only=True).active
    rows = sheet.iter_rows(min_row=2)
    header = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
    cells = list(rows)
    assert [row[header.index("term")].value for row in cells] == terms_of(everything)
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}


@pytest.mark.outside
@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_libreoffice_reads_every_term_and_no_formula(name, everything, tmp_path):
    source = tmp_path / f"terms.{name}"
    write(everything, source, name)
    folder = tmp_path / "out"
    # Separator comma, quote ", UTF-8, all cells as they are shown, formulas instead of their values.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
    from_csv = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1"] if name == "csv" else []
    subprocess.run(
        [
            str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *from_csv, "--convert-to", to_csv, "--outdir", str(folder), str(source),
        ],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    (made,) = folder.iterdir()
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8-sig"), newline="")))
    found = [row["term"] for row in rows]
    if name == "csv":
        # The guard against formulas stays on in a spreadsheet: it shows the text and computes nothing.
        found = [text.removeprefix("'") for text in found]
    assert found == terms_of(everything)
    assert not any(value and value.startswith("=") for row in rows for key, value in row.items() if key != "term")


def test_omegat_glossary_has_the_shape_of_the_manual(everything):
    """Source, tab, target, tab, comment: plain UTF-8 lines, no header, ``#`` only for comments."""
    text = written(everything, "omegat").decode("utf-8")
    lines = [line for line in text.split("\n") if line]
    assert all(line.count("\t") in (1, 2) for line in lines)
    assert not any(line.startswith("#") for line in lines)
    assert all(cell.strip() for line in lines for cell in line.split("\t")[:2])
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text
    pairs = {tuple(part.strip() for part in line.split("\t")[:2]) for line in lines}
    for concept in everything:
        if concept.accepted("vi") and concept.accepted("en"):
            best = concept.accepted("vi")[0].text, concept.accepted("en")[0].text
            assert tuple(" ".join(part.split()) for part in best) in pairs
