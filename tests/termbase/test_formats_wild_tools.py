"""Glossaries of tools as they come from them: what each says beside its terms is kept or told."""

from __future__ import annotations

from io import BytesIO

import pytest

from termbase.errors import FormatError, InputError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import read, write

NEW = "urn:iso:std:iso:30042:ed-2"


def load(text, name=None, path="t.txt"):
    data = text if isinstance(text, bytes) else text.encode()
    return read(BytesIO(data), name, ReadOptions(path=path, glossary="t"))


def words(concept):
    return [(term.lang, term.text, str(term.status)) for term in concept.terms]


def martif(entries):
    return f'<martif type="TBX" xml:lang="en"><text><body>{entries}</body></text></martif>'


def tig(term, *notes):
    return f"<tig><term>{term}</term>{''.join(notes)}</tig>"


class TestStatuses:
    @pytest.mark.parametrize(
        ("kind", "word", "status"),
        [
            ("normativeAuthorization", "preferredTerm", "preferred"),
            ("normativeAuthorization", "deprecatedTerm", "deprecated"),
            ("normativeAuthorization", "admittedTerm", "admitted"),
            ("administrativeStatus", "PreferredTerm", "preferred"),
            ("administrativeStatus", "supersededTerm-adm-sts", "superseded"),
            ("administrativeStatus", "regulatedTerm-admn-sts", "preferred"),
            ("termStatus", "NEW", "draft"),
        ],
    )
    def test_words_in_the_wild(self, kind, word, status):
        note = f'<termNote type="{kind}">{word}</termNote>'
        text = martif(f'<termEntry id="c"><langSet xml:lang="vi">{tig("chốt", note)}</langSet></termEntry>')
        (concept,) = load(text).concepts
        assert words(concept) == [("vi", "chốt", status)]

    def test_the_term_without_a_status_beside_a_rejected_one_is_preferred(self):
        bad = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
        sets = f'<langSet xml:lang="en">{tig("strongpoint")}{tig("post", bad)}{tig("outpost")}</langSet>'
        (concept,) = load(martif(f'<termEntry id="c">{sets}</termEntry>')).concepts
        assert [status for _, _, status in words(concept)] == ["preferred", "deprecated", "admitted"]

    def test_the_term_without_a_status_beside_a_preferred_one_is_admitted(self):
        good = '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
        sets = f'<langSet xml:lang="en">{tig("post")}{tig("strongpoint", good)}</langSet>'
        (concept,) = load(martif(f'<termEntry id="c">{sets}</termEntry>')).concepts
        assert [status for _, _, status in words(concept)] == ["admitted", "preferred"]


def test_tbx_keeps_addresses_and_subject_fields_and_tells_empty_terms():
    text = (
        f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NEW}"><text><body><conceptEntry id="c">'
        '<descrip type="subjectField">hậu cần</descrip><descrip type="subjectField">vận tải</descrip>'
        '<xref type="externalCrossReference" target="https://example.org/a">more</xref>'
        '<langSec xml:lang="vi"><termSec><term>bến</term></termSec><termSec><term> </term></termSec></langSec>'
        "</conceptEntry></body></text></tbx>"
    )
    result = load(text)
    (concept,) = result.concepts
    assert concept.subject_field == "hậu cần; vận tải"
    assert concept.properties == (("externalCrossReference", "more <https://example.org/a>"),)
    assert [(p.entry, p.message) for p in result.problems] == [("c", "a term without text is left out")]


MULTITERM = """<mtf><conceptGrp><concept>12</concept>
<transacGrp><transac type="origination">lan</transac><date>2024-05-01T00:00:00</date></transacGrp>
<descripGrp><descrip type="Client">QK7</descrip></descripGrp>
<languageGrp><language type="English (United Kingdom)" lang=""/>
<termGrp><term>depot</term><descripGrp><descrip type="Definition">A store.</descrip>
<descripGrp><descrip type="Source">Manual</descrip></descripGrp></descripGrp>
<descripGrp><descrip type="Context">The depot burned.</descrip></descripGrp>
<descripGrp><descrip type="Term status">Deprecated</descrip></descripGrp>
<descripGrp><descrip type="Register">formal</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="Vietnamese" lang="VI"/><termGrp><term>kho trạm</term>
<descripGrp><descrip type="Note">a</descrip></descripGrp><descripGrp><descrip type="Note">b</descrip></descripGrp>
</termGrp></languageGrp></conceptGrp></mtf>"""


def test_multiterm_fields_of_other_names_and_under_fields():
    (concept,) = load(MULTITERM).concepts
    assert words(concept) == [("vi", "kho trạm", "preferred"), ("en", "depot", "deprecated")]
    assert concept.terms[0].note == "a; b"
    assert concept.definition_en == "A store."
    assert [example.en for example in concept.examples] == ["The depot burned."]
    assert concept.properties == (
        ("Client", "QK7"),
        ("origination", "lan"),
        ("transac date", "2024-05-01T00:00:00"),
        ("en Definition Source", "Manual"),
        ("en Register", "formal"),
    )


def test_memoq_keeps_the_columns_that_have_no_field():
    text = "Entry_ID,Entry_ClientID,Entry_Created,English_Def,English,Term_Info,Vietnamese_Def,Vietnamese,Term_Info\n"
    (concept,) = load(text + "7,QK7,1/2/2024,,depot,,,kho trạm,\n").concepts
    assert concept.properties == (("Entry_ClientID", "QK7"), ("Entry_Created", "1/2/2024"))


def test_a_comment_of_an_omegat_glossary_stays_with_its_line():
    text = "# -*- coding: utf-8 -*-\nkho trạm\tdepot\tgoods\nbến\tlanding\n\nđò\tferry\tboat\n"
    assert [concept.note for concept in load(text).concepts] == ["goods", "", "boat"]


class TestUtx:
    def test_the_columns_of_version_1_20(self):
        text = "#UTX 1.20; en-US/vi-VN; 2024; x\r\n#term:en\tterm:vi\tpos:en\tterm status:vi\r\ndepot\tkho trạm\tnoun\t\r\n"
        (concept,) = load("\ufeff" + text).concepts
        assert words(concept) == [("vi", "kho trạm", "preferred"), ("en", "depot", "preferred")]
        assert [str(term.part_of_speech) for term in concept.in_language("en")] == ["noun"]

    def test_comments_domains_and_unknown_columns(self):
        text = (
            "#UTX 1.11; vi/en; 2024; x\n#src\ttgt\tsrc:pos\ttgt:pos\ttgt:comment\tcomment\tdomain\tsrc:plural\n"
            "kho\tdepot\tnoun\tnoun\tcountable\ton hand\tlogistics\tkho\n"
        )
        (concept,) = load(text).concepts
        assert concept.in_language("en")[0].note == "countable"
        assert (concept.note, concept.subject_field) == ("on hand", "logistics")
        assert concept.properties == (("src:plural", "kho"),)


def test_a_po_glossary_tells_what_it_leaves_out():
    text = 'msgid ""\nmsgstr "Language: vi\\n"\n\nmsgid "depot"\nmsgstr ""\n\n#~ msgid "post"\n#~ msgstr "đồn"\n'
    text += '\nmsgid "ferry"\nmsgstr "đò"\n'
    assert [problem.message for problem in load(text).problems] == [
        "1 obsolete entries are left out",
        "“depot” is not translated; it is left out",
    ]


GIANT = "x" * 200_000


@pytest.mark.parametrize(
    "text",
    [
        f"# -*- coding: utf-8 -*-\nkho\t{GIANT}\n",
        f"#UTX 1.11; vi/en; 2024; x\n#src\ttgt\nkho\t{GIANT}\n",
        f'msgid ""\nmsgstr "Language: vi\\n"\n\nmsgid "a"\nmsgstr "{GIANT}"\n',
        f'<mtf><conceptGrp><languageGrp><language lang="VI"/><termGrp><term>{GIANT}</term></termGrp></languageGrp></conceptGrp></mtf>',
        f"vi,en\nkho,{GIANT}\n",
    ],
)
def test_a_giant_term_is_refused(text):
    with pytest.raises(FormatError, match=r"longer than 131072 characters|field limit \(131072\)"):
        load(text, path="t.csv")


def test_a_folder_is_no_place_to_write_to(tmp_path):
    with pytest.raises(InputError, match="is a folder, not a file"):
        write([], tmp_path, "jsonl")


SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a skos:Concept ; skos:prefLabel "phà"@vi-VN , "ferry"@EN ; skos:changeNote "checked" ;
  skos:definition [ rdf:value "Tàu ngang sông"@vi ] .
"""


def test_blank_nodes_of_skos_are_the_same_at_each_reading():
    pytest.importorskip("rdflib")
    (concept,) = load(SKOS, "skos").concepts
    assert load(SKOS, "skos").concepts == (concept,)
    assert words(concept) == [("vi", "phà", "preferred"), ("en", "ferry", "preferred")]
    assert (concept.definition_vi, concept.definition_en) == ("Tàu ngang sông", "")
    assert concept.properties == (("changeNote", "checked"),)


def test_a_skos_file_that_is_cut_off_is_told():
    pytest.importorskip("rdflib")
    with pytest.raises(FormatError, match="it ends too early"):
        load(SKOS.rpartition("[")[0].rstrip().rstrip(";"), "skos")


def test_varieties_of_a_language_that_are_read_as_one_are_told():
    sets = "".join(
        f'<langSet xml:lang="{tag}">{tig(term)}</langSet>'
        for tag, term in (("en-GB", "manoeuvre"), ("en-US", "maneuver"), ("vi-VN", "cơ động"))
    )
    result = load(martif(f'<termEntry id="c">{sets}</termEntry>'))
    assert words(result.concepts[0])[1:] == [("en", "manoeuvre", "preferred"), ("en", "maneuver", "admitted")]
    assert [problem.message for problem in result.problems] == [
        "all are read as English, which is which is not kept: en-GB (1), en-US (1)"
    ]
