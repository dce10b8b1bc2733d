"""Documents in, sheets out, lists of pairs."""

from __future__ import annotations

import io
import json
import os
import unicodedata
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner

import cli as root
from termbase.errors import FormatError, InputError, UsageError
from tm.align.engine import align
from tm.align.output import UnitFields
from tm.align.render import write_alignment
from tm.documents import html_text, read_columns, read_document

VI, EN = "Bộ đội giúp dân. Không ai bị thương.", "Soldiers helped people. Nobody was hurt."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>A<br>B</p><p>C", "A\nB\nC"),
        ("<head><title>x</title><body><p>A &amp; B&nbsp;C</p>", "A & B\u00a0C"),
        ("<p>A</p><script>if (a<b) x('</p>')</script><style>p{}</style><nav>Menu</nav><p>B</p>", "A\nB"),
        ("<div hidden><div>x</div>y</div><p>A</p>", "A"),
        ("<ul><li>một<li>hai</ul><table><tr><td>1<td>2</table>", "một\nhai\n1\n2"),
        ("<p>một\n  dòng <b>đậm</b>.</p>", "một dòng đậm."),
    ],
)
def test_html(page, text):
    assert html_text(page) == text


def test_html_file_is_told_by_its_suffix(tmp_path):
    (tmp_path / "a.HTM").write_text("<p>A</p>", encoding="utf-8")
    assert read_document(str(tmp_path / "a.HTM")) == "A"


def test_old_encodings_are_converted_when_named_and_refused_otherwise(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("Tiếng Việt".encode("utf-16"))
    with pytest.raises(InputError, match=r"old\.txt:1: not UTF-8"):
        read_document(str(path))
    path.write_bytes(unicodedata.normalize("NFC", "Đà").encode("cp1258"))
    assert unicodedata.normalize("NFC", read_document(str(path), "cp1258")) == "Đà"


def test_word_document_gives_paragraphs_and_cells_in_order(tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.add_heading("Tiêu đề", 1)
    document.add_paragraph("Một đoạn.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ô 1", "ô 2"
    document.add_paragraph("Cuối.")
    document.save(str(tmp_path / "a.docx"))
    assert read_document(str(tmp_path / "a.docx")) == "Tiêu đề\nMột đoạn.\nô 1\nô 2\nCuối."


NOTES = """<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:t>never</w:t></w:r></w:p></w:{kind}>
<w:{kind} w:id="1"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> Ghi chú </w:t></w:r><w:r><w:t>hai.</w:t></w:r></w:p></w:{kind}>
<w:{kind} w:id="2"><w:p><w:r><w:t>Ghi chú một.</w:t></w:r></w:p><w:p><w:r><w:t>Còn nữa.</w:t></w:r></w:p></w:{kind}>
<w:{kind} w:id="3"><w:p><w:r><w:t>Không ai nhắc tới.</w:t></w:r></w:p></w:{kind}>
</w:{kind}s>"""


def with_notes(kind, content):
    """A Word document whose text refers to note 2, then to note 1, then to one that is not there."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    for text, number in (("Đầu.", "2"), ("Giữa.", "1"), ("Cuối.", "9")):
        reference = OxmlElement(f"w:{kind}Reference")
        reference.set(qn("w:id"), number)
        document.add_paragraph(text).add_run()._r.append(reference)
    main = document.part
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    notes = Part(PackURI(f"/word/{kind}s.xml"), media, content.encode(), main.package)
    main.relate_to(notes, f"{office}/{kind}s")
    return document


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_of_word_files_come_after_the_text(tmp_path, kind):
    path = str(tmp_path / "a.docx")
    with_notes(kind, NOTES.replace("{kind}", kind)).save(path)
    assert read_document(path).split("\n") == ["Đầu.", "Giữa.", "Cuối.", "Ghi chú một.", "Còn nữa.", "Ghi chú hai."]


def test_damaged_notes_of_a_word_file_are_refused(tmp_path):
    path = str(tmp_path / "a.docx")
    with_notes("footnote", "<w:footnotes").save(path)
    with pytest.raises(FormatError, match=r"a\.docx: not a readable Word document"):
        read_document(path)


def test_a_damaged_word_document_is_refused(tmp_path):
    pytest.importorskip("docx", reason="python-docx is not installed")
    (tmp_path / "a.docx").write_bytes(b"PK no")
    with pytest.raises(FormatError, match=r"a\.docx: not a readable Word document"):
        read_document(str(tmp_path / "a.docx"))


@pytest.mark.parametrize("suffix", ["tsv", "csv", "xlsx"])
def test_tables_of_two_columns(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    rows = [("English", "Vietnamese"), ("One, 1.", "Một."), ("", "Hai."), ("Two.", "")]
    if suffix == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        mark = "\t" if suffix == "tsv" else ","
        lines = [mark.join(f'"{cell}"' for cell in row) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
    assert read_columns(str(path)) == ("Một.\nHai.", "One, 1.\nTwo.")


def test_a_damaged_workbook_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no")
    with pytest.raises(FormatError, match=r"a\.xlsx: not a readable workbook"):
        read_columns(str(tmp_path / "a.xlsx"))


def test_every_output_holds_the_beads(tmp_path):
    alignment = align(f"=1+1 {VI}", f"{EN} Comment (0)")
    for suffix in ("json", "review.json", "html", "tmx", "tsv", "xlsx"):
        write_alignment(alignment, str(tmp_path / f"a.{suffix}"), UnitFields(document="a"))
    lines = (tmp_path / "a.tsv").read_text(encoding="utf-8-sig").split("\n")
    assert lines[0] == "bead\tscore\ttype\tvi\ten\tconfirmed"
    assert "\t'=1+1 Bộ đội giúp dân.\t" in lines[1]
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).active
    assert [cell.value for cell in sheet[1]] == ["bead", "score", "type", "vi", "en", "confirmed"]
    assert sheet["D2"].value == "=1+1 Bộ đội giúp dân."
    assert sheet["D2"].data_type == "s"
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["beads"]) == 3
    assert (tmp_path / "a.tmx").read_text(encoding="utf-8").count("</tu>") == 2


def test_an_unknown_output_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"must end in one of \.json"):
        write_alignment(align(VI, EN), str(tmp_path / "a.doc"), UnitFields())
    assert not list(tmp_path.iterdir())


# --- lists -------------------------------------------------------------------------------------


@pytest.fixture
def listed(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.vi.txt").write_text(VI, encoding="utf-8")
        (tmp_path / f"{name}.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "list.tsv").write_text("a.vi.txt\ta.en.txt\n# note\n\nb.vi.txt\tb.en.txt\tzwei\n", encoding="utf-8")
    return tmp_path


def run(folder, *more):
    arguments = ["align", "--pairs", str(folder / "list.tsv"), "--out", str(folder / "out"), *more]
    return CliRunner().invoke(root.cli, arguments)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_list_gives_a_file_each_and_can_be_resumed(listed, jobs):
    done = run(listed, "--jobs", jobs)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (listed / "out").iterdir()) == ["a.json", "zwei.json"]
    assert json.loads((listed / "out" / "a.json").read_text(encoding="utf-8"))["beads"][1]["en"] == [1]
    (listed / "out" / "a.json").unlink()
    kept = (listed / "out" / "zwei.json").stat().st_mtime_ns
    again = run(listed, "--jobs", jobs)
    assert "1 of 2 are done already" in again.stderr
    assert (listed / "out" / "a.json").exists()
    assert (listed / "out" / "zwei.json").stat().st_mtime_ns == kept
    os.utime(listed / "b.en.txt", ns=(kept + 10**9, kept + 10**9))
    assert "1 of 2 are done already" in run(listed, "--jobs", jobs).stderr


def test_a_bad_pair_does_not_stop_the_others(listed):
    (listed / "a.en.txt").write_bytes(b"\xff")
    done = run(listed, "--jobs", "1", "--to", "tsv")
    assert done.exit_code == 3
    assert "a.en.txt:1: not UTF-8" in done.stderr
    assert (listed / "out" / "zwei.tsv").exists()


def test_bad_lines_of_a_list_are_all_named(listed):
    (listed / "list.tsv").write_text("a.vi.txt\na.vi.txt\ta.en.txt\na.vi.txt\ta.en.txt\n", encoding="utf-8")
    done = run(listed)
    assert done.exit_code == 3
    assert "list.tsv:1:" in done.stderr
    assert "(and 1 more)" in done.stderr
