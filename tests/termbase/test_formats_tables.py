"""Tables of any layout, workbooks, pairs: what the contract tests cannot know."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from sample_concepts import AWKWARD, CONCEPTS, COURSE, FULL, RANK, TENURE

from termbase.errors import FormatError, InputError
from termbase.formats.base import ReadOptions, WriteOptions
from termbase.formats.registry import losses_of, read, write


def load(data, name=None, **options):
    data = data if isinstance(data, bytes) else data.encode()
    return read(BytesIO(data), name, ReadOptions(path="t.csv", glossary="t", **options))


def texts(result):
    return [[(t.lang, t.text, str(t.status)) for t in concept.terms] for concept in result.concepts]


PLAIN = [[("vi", "giao ban", "preferred"), ("en", "briefing", "preferred")]]


@pytest.mark.parametrize(
    "data",
    [
        "Tiếng Việt,Tiếng Anh\ngiao ban,briefing\n",
        "Tiếng Anh;Tiếng Việt\nbriefing;giao ban\n",
        "vi-VN\ten_US\ngiao ban\tbriefing\n",
        "VIETNAMESE|English\r\ngiao ban|briefing\r\n",
        "\ufeffThuật ngữ,Dịch\ngiao ban,briefing\n",
        "STT;Thuật ngữ tiếng Việt;Thuật ngữ tiếng Anh\n1;giao ban;briefing\n",
        "Vietnamese\tEnglish\ngiao ban\tbriefing\n".encode("utf-16"),
        "Vietnamese\tEnglish\ngiao ban\tbriefing\n".encode("utf-16-le"),
    ],
)
def test_layouts_that_people_send(data):
    assert texts(load(data, "table")) == PLAIN


def test_synonyms_in_a_cell_and_columns_of_their_own():
    data = "vi;en;viết tắt;en forbidden\nsẵn sàng chiến đấu | SSCĐ;combat readiness;CTĐ;fight ready\n"
    data = data.replace("en forbidden", "English forbidden")
    assert texts(load(data, "table")) == [
        [
            ("vi", "sẵn sàng chiến đấu", "preferred"),
            ("vi", "SSCĐ", "admitted"),
            ("vi", "CTĐ", "admitted"),
            ("en", "combat readiness", "preferred"),
            ("en", "fight ready", "forbidden"),
        ]
    ]


def test_no_header_is_told_by_the_letters():
    result = load("combat readiness\tsẵn sàng chiến đấu\nbriefing\tgiao ban\n", "table")
    assert [c.preferred("vi").text for c in result.concepts] == ["sẵn sàng chiến đấu", "giao ban"]
    assert "column 2 is taken as Vietnamese" in result.problems[0].message


def test_columns_that_mean_nothing_are_refused():
    with pytest.raises(FormatError, match="--map HEADER=vi"):
        load("a,b\nc,d\n", "table")


def test_unknown_columns_become_properties():
    (concept,) = load("vi,en,Khách hàng\ngiao ban,briefing,QK7\n", "table").concepts
    assert concept.properties == (("Khách hàng", "QK7"),)


def test_the_same_pair_twice_is_one_concept_and_homographs_are_two():
    data = "vi,en\nkhóa,tenure\nkhóa,course\nKhóa,Tenure\n"
    assert [len(c.terms) for c in load(data, "table").concepts] == [2, 2]


def test_windows_1258_is_read_and_told():
    data = "Tiếng Việt;Tiếng Anh\nđảng ủy;Party committee\nsẵn sàng chiến đấu;combat readiness\n"
    raw = composed_1258(data)
    result = load(raw, "table")
    assert result.concepts == load(data, "table").concepts == load(raw, "table", encoding="cp1258").concepts
    assert [problem.message.partition(":")[0] for problem in result.problems] == [
        "not UTF-8; it was read as windows-1258"
    ]


def test_two_words_are_enough_for_windows_1258_and_no_others_are_taken_for_it():
    assert texts(load(composed_1258("vi,en\nhậu cần,logistics\n"), "table"))[0][0][1] == "hậu cần"
    for other in ("vi,en\ncafé,coffee\n".encode("latin-1"), b"vi,en\nQuy\xd5t \xae\xdenh,decision\n"):
        with pytest.raises(FormatError, match="--encoding"):
            load(other, "table")


def test_an_unreadable_encoding_names_the_likely_one():
    lines = "vi;en\nQuyÕt ®Þnh cña ®¶ng ñy vµ chÝnh quyÒn ®Þa ph\xad¬ng;x\n"
    lines += "nh©n d©n, qu©n ®éi, l·nh ®¹o, tæ chøc, nhiÖm vô, tr¸ch nhiÖm;y\n"
    with pytest.raises(FormatError, match=r"not valid UTF-8; it looks like tcvn3: say --encoding tcvn3"):
        load(lines.encode("latin-1"), "table")


def composed_1258(text: str) -> bytes:
    """Windows-1258 has letters with breve, circumflex and horn; tones are characters of their own."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(base + "".join(part for part in parts if part in tones))
    return "".join(out).encode("cp1258")


def test_written_tables_hold_no_formula():
    out = BytesIO()
    write([AWKWARD], out, "table")
    for line in out.getvalue().decode().splitlines():
        for cell in line.split("\t"):
            assert not cell.strip('"').startswith(("=", "+", "-", "@"))


class TestWorkbook:
    def written(self, concepts):
        out = BytesIO()
        write(concepts, out, "xlsx")
        return out.getvalue()

    def test_no_cell_is_a_formula_or_a_link(self):
        with zipfile.ZipFile(BytesIO(self.written(CONCEPTS))) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet

    def test_openpyxl_sees_the_same_text(self):
        import openpyxl

        sheet = openpyxl.load_workbook(BytesIO(self.written([AWKWARD]))).active
        terms = [row[3].value for row in sheet.iter_rows(min_row=2)]
        assert terms == [term.text for term in AWKWARD.terms]
        assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}

    def test_a_foreign_layout_with_numbers(self):
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append(["STT", "Tiếng Việt", "Tiếng Anh", "Ghi chú"])
        book.active.append([1, "giao ban", "briefing", 42])
        book.create_sheet("second").append(["x"])
        out = BytesIO()
        book.save(out)
        result = load(out.getvalue(), "xlsx")
        assert texts(result) == PLAIN
        assert result.concepts[0].note == "42"
        assert "'second' is left out" in result.problems[-1].message

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 2**20))
        with pytest.raises(FormatError, match="unpacks to 101 MiB"):
            load(out.getvalue(), "xlsx")

    def test_a_zip_that_is_no_workbook(self):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "x")
        with pytest.raises(FormatError, match="cannot be read"):
            load(out.getvalue(), "xlsx")


class TestServices:
    def lines(self, name, concepts, **options):
        out = BytesIO()
        write(concepts, out, name, WriteOptions(**options))
        return out.getvalue().decode().splitlines()

    def test_deepl_has_each_source_once(self):
        lines = self.lines("deepl", CONCEPTS)
        sources = [line.split("\t")[0].casefold() for line in lines]
        assert len(sources) == len(set(sources))
        assert "khóa\ttenure" in lines

    def test_homographs_can_be_skipped_and_are_reported(self):
        assert self.lines("deepl", [TENURE, COURSE], choose="skip") == []
        found = losses_of([TENURE, COURSE], "deepl")
        assert [(loss.entry, loss.field) for loss in found if loss.field == "homograph"] == [("khoa-hoc", "homograph")]

    def test_the_other_direction(self):
        assert "Colonel\tĐại tá" in self.lines("deepl", [RANK], source="en", target="vi")

    def test_google_and_amazon_name_their_languages(self):
        assert self.lines("google", [TENURE])[0] == "vi,en"
        assert self.lines("amazon", [TENURE], source="en", target="vi") == ["en,vi", "tenure,khóa"]

    def test_amazon_leaves_out_what_it_would_refuse_and_says_so(self):
        assert not any("=SUM" in line for line in self.lines("amazon", [AWKWARD]))
        assert any("=SUM" in loss.message for loss in losses_of([AWKWARD], "amazon") if loss.field == "limit")

    def test_each_service_has_its_own_limit_of_a_text(self):
        for name, limit in (("deepl", 1024), ("google", 1024), ("amazon", 200)):
            for length, fits in ((limit, True), (limit + 1, False)):
                concept = replace(TENURE, terms=(replace(TENURE.terms[0], text="x" * length), TENURE.terms[1]))
                assert any("x" * length in line for line in self.lines(name, [concept])) is fits, name
                told = [loss.message for loss in losses_of([concept], name) if loss.field == "limit"]
                assert told == ([] if fits else [f"“{'x' * 40}…” is longer than {limit} bytes"])

    def test_sources_that_differ_by_case_are_two_where_the_service_sees_case(self):
        upper = replace(COURSE, terms=(replace(COURSE.terms[0], text="Khóa"), COURSE.terms[1]))
        for name, count in (("deepl", 1), ("google", 1), ("amazon", 2), ("azure", 2)):
            lines = [line for line in self.lines(name, [TENURE, upper]) if "khóa" in line.casefold()]
            assert len(lines) == count, name

    def test_control_characters_are_told_entry_by_entry(self):
        spoilt = replace(TENURE, terms=(replace(TENURE.terms[0], text="kh\u2028óa"), TENURE.terms[1]))
        for name in ("deepl", "google", "amazon", "azure"):
            assert [(x.entry, x.field) for x in losses_of([spoilt, COURSE], name) if x.field == "limit"] == [
                ("khoa-nhiem-ky", "limit")
            ]

    def test_weblate_has_the_columns_of_its_documentation(self):
        import csv

        rows = list(csv.DictReader(self.lines("weblate", [replace(TENURE, note="Đại hội")])))
        assert rows[0]["source"] == "khóa"
        assert (rows[0]["context"], rows[0]["developer_comments"]) == ("khoa-nhiem-ky", "Đại hội")
        assert ",".join(rows[0]) == "location,source,target,ID,fuzzy,context,translator_comments,developer_comments"

    def test_weblate_flags_are_in_its_tbx(self):
        from xml.etree import ElementTree

        rifle = replace(
            TENURE, id="ak", terms=(replace(TENURE.terms[0], text="AK"), replace(TENURE.terms[1], text="AK"))
        )
        root = ElementTree.fromstring("\n".join(self.lines("weblate-tbx", [FULL, rifle])))
        forbidden = {
            "".join(tig.findtext("term"))
            for tig in root.iter("tig")
            if tig.findtext("termNote[@type='administrativeStatus']") == "forbidden"
        }
        assert forbidden == {"four in place", "4 at spot"}
        read_only = [
            e.get("id") for e in root.iter("termEntry") if e.findtext("descrip[@type='Translation needed']") == "No"
        ]
        assert read_only == ["ak"]
        assert all(len(lang.findall("tig")) == 1 for lang in root.iter("langSet"))

    def test_translate_toolkit_reads_weblates_tbx_and_csv(self):
        tbx = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is not installed")
        from translate.storage.csvl10n import csvfile

        store = tbx.tbxfile.parsestring("\n".join(self.lines("weblate-tbx", CONCEPTS)).encode())
        pairs = [(unit.source, unit.target) for unit in store.units]
        assert ("khóa", "tenure") in pairs
        assert ("4 tại chỗ", "4 at spot") in pairs
        table = csvfile.parsestring("\n".join(self.lines("weblate", [TENURE, COURSE])).encode())
        units = [(unit.source, unit.target, unit.context) for unit in table.units if unit.target != "target"]
        assert units == [("khóa", "tenure", "khoa-nhiem-ky"), ("khóa", "course", "khoa-hoc")]

    def test_a_text_too_long_for_deepl_is_reported(self):
        long = replace(TENURE, terms=(replace(TENURE.terms[0], text="đ" * 513), TENURE.terms[1]))
        assert self.lines("deepl", [long]) == []
        assert any("longer than 1024 bytes" in loss.message for loss in losses_of([long], "deepl"))

    def test_too_much_is_refused(self, monkeypatch):
        from termbase.formats import services

        small = replace(services._SERVICES["deepl"], max_bytes=50_000)
        monkeypatch.setitem(services._SERVICES, "deepl", small)
        many = [
            replace(TENURE, id=str(i), terms=(replace(TENURE.terms[0], text=f"{'đ' * 500}{i}"), TENURE.terms[1]))
            for i in range(60)
        ]
        with pytest.raises(InputError, match="deepl takes 50000 bytes"):
            self.lines("deepl", many)

    def test_rejected_terms_are_never_handed_out(self):
        for name in ("deepl", "google", "amazon", "azure", "weblate", "omegat", "po", "xliff"):
            assert not any("four in place" in line for line in self.lines(name, [FULL])), name


def test_omegat_of_others_line_by_line():
    result = load("# coment\nkhóa\ttenure\tĐại hội\nkhóa\tcourse\nlonely\n", "omegat")
    assert [c.preferred("en").text for c in result.concepts] == ["tenure", "course"]
    assert result.concepts[0].note == "Đại hội"
    assert (result.skipped, result.problems[0].line) == (1, 4)


def test_po_of_others_keeps_contexts_apart():
    data = (
        'msgid ""\nmsgstr "Language: vi\\n"\n\n# (tt)\nmsgctxt "menu"\nmsgid "file"\nmsgstr "tập tin; tệp"\n\n'
        '#, fuzzy\nmsgctxt "menu"\nmsgid "folder"\nmsgstr "thư mục"\n\nmsgid "x"\nmsgstr ""\n#~ msgid "y"\n#~ msgstr "z"\n'
    )
    result = load(data, "po")
    assert texts(result) == [
        [("vi", "tập tin", "preferred"), ("vi", "tệp", "admitted"), ("en", "file", "preferred")],
        [("vi", "thư mục", "draft"), ("en", "folder", "preferred")],
    ]
    assert result.concepts[0].properties == (("msgctxt", "menu"),)


def test_memoq_of_others():
    data = (
        "Entry_ID;Entry_Subject;Entry_Domain;Entry_Note;English_Def;English;Term_Info;Term_Example;"
        "English;Term_Info;Term_Example;Vietnamese_Def;Vietnamese;Term_Info;Term_Example\n"
        "7;military;army;;;readiness;CaseSense;;battle ready;CasePermissive;NonTerm;;sẵn sàng;;\n"
    ).replace("CasePermissive;NonTerm;", "CasePermissive,NonTerm;")
    (concept,) = load(data.replace("CasePermissive,NonTerm", '"CasePermissive;NonTerm"'), "memoq").concepts
    assert [(t.text, str(t.status), str(t.case_rule or "")) for t in concept.in_language("en")] == [
        ("readiness", "preferred", "exact"),
        ("battle ready", "forbidden", ""),
    ]
    assert (concept.subject_field, concept.properties) == ("military", (("Entry_Domain", "army"),))


def test_utx_of_others():
    data = (
        "#UTX 1.20; en/vi; 2024-01-01; copyright: x\r\n#src\ttgt\tsrc:pos\r\nbriefing\tgiao ban\tnoun\r\n# c\r\nx\r\n"
    )
    result = load(data, "utx")
    assert texts(result) == PLAIN
    assert result.skipped == 1
    with pytest.raises(FormatError, match="its languages are en and ja"):
        load("#UTX 1.11; en/ja; 2024\n#src\ttgt\n", "utx")
