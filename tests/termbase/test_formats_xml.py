"""TBX, MultiTerm and XLIFF as found in the wild, and XML that means harm."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_concepts import CONCEPTS, FULL

from termbase.bundled import load_bundled
from termbase.errors import FormatError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import read, write
from termbase.formats.words import status_of, type_of
from termbase.formats.xml_reader import read_xml
from termbase.formats.xml_writer import plain_id, xml_id
from termbase.model import AdministrativeStatus


def load(text, name="tbx-basic"):
    data = text if isinstance(text, bytes) else text.encode()
    return read(BytesIO(data), name, ReadOptions(path="t.tbx", glossary="t"))


def written(concepts, name) -> str:
    out = BytesIO()
    write(concepts, out, name)
    return out.getvalue().decode()


def martif(body: str) -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
        f'<martif type="TBX" xml:lang="en"><text><body>{body}</body></text></martif>'
    )


def test_version_2_with_ntig_and_loose_words():
    body = """<termEntry id="c1"><descripGrp><descrip type="definition">A meeting.</descrip></descripGrp>
      <langSet xml:lang="EN-us"><ntig><termGrp><term>briefing</term>
        <termNote type="administrativeStatus">standardizedTerm-admn-sts</termNote>
        <termNoteGrp><termNote type="partOfSpeech">noun</termNote></termNoteGrp></termGrp></ntig>
        <ntig><termGrp><term>hand over</term><termNote type="normativeAuthorization">notRecommended</termNote>
        </termGrp></ntig></langSet>
      <langSet xml:lang="vie"><tig><term>giao ban</term><note>hằng ngày</note></tig></langSet>
      <langSet xml:lang="de"><tig><term>Besprechung</term></tig></langSet></termEntry>"""
    result = load(martif(body), "tbx-v2")
    (concept,) = result.concepts
    assert [(t.lang, t.text, str(t.status), str(t.part_of_speech or "")) for t in concept.terms] == [
        ("vi", "giao ban", "preferred", ""),
        ("en", "briefing", "preferred", "noun"),
        ("en", "hand over", "deprecated", ""),
    ]
    assert concept.definition_en == "A meeting."
    assert concept.terms[0].note == "hằng ngày"
    assert "de (1)" in result.problems[0].message


def test_tbx_min_of_the_older_draft():
    text = """<TBX dialect="TBX-Min"><languages source="en" target="vi"/><body><entry id="C1">
      <subjectField>army</subjectField><langGroup xml:lang="en"><termGroup><term>briefing</term>
      <termStatus>preferred</termStatus><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
      <langGroup xml:lang="vi"><termGroup><term>giao ban</term></termGroup></langGroup></entry></body></TBX>"""
    (concept,) = load(text).concepts
    assert (concept.id, concept.subject_field, concept.preferred("en").text) == ("C1", "army", "briefing")


def test_unknown_status_is_a_reported_draft_and_kept():
    body = """<termEntry id="c1"><langSet xml:lang="vi"><tig><term>giao ban</term>
      <termNote type="administrativeStatus">wobbly</termNote></tig></langSet></termEntry>"""
    result = load(martif(body), "tbx-v2")
    assert str(result.concepts[0].terms[0].status) == "draft"
    assert ("vi status", "wobbly") in result.concepts[0].properties
    assert "wobbly" in result.problems[0].message


def test_no_language_of_ours_is_an_error_that_lists_theirs():
    body = '<termEntry id="c"><langSet xml:lang="de"><tig><term>Heer</term></tig></langSet></termEntry>'
    with pytest.raises(FormatError, match=r"its languages are de \(1\)"):
        load(martif(body), "tbx-v2")


def test_any_prefix_of_the_module_namespaces_is_read():
    text = written([FULL], "tbx-basic-dct").replace("min:", "m0:").replace("basic:", "b:")
    text = text.replace("xmlns:min=", "xmlns:m0=").replace("xmlns:basic=", "xmlns:b=")
    assert load(text).concepts == load(written([FULL], "tbx-basic-dct")).concepts


def test_both_styles_import_to_equal_concepts():
    for dialect in ("basic", "min", "core"):
        dca, dct = (load(written(CONCEPTS, f"tbx-{dialect}{style}")).concepts for style in ("", "-dct"))
        assert dca == dct


def test_forbidden_is_marked_beside_the_status_it_shares():
    text = written([FULL], "tbx-basic")
    assert "<note>status: forbidden</note>" in text
    assert text.count("deprecatedTerm-admn-sts") == 2


@pytest.mark.parametrize("identifier", ["4-tai-cho", "a b", "đảng", "_sg.x", "ok-1"])
def test_every_id_becomes_an_xml_name_and_comes_back(identifier):
    assert plain_id(xml_id(identifier)) == identifier
    assert xml_id(identifier)[0].isalpha() or xml_id(identifier)[0] == "_"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "entity bomb": f"<?xml version='1.0'?>{BOMB}<tbx>&b;</tbx>",
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><tbx>&e;</tbx>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost/x">%p;]><tbx/>',
    "deep nesting": "<tbx>" + "<a>" * 5000 + "</a>" * 5000 + "</tbx>",
    "undefined entity": "<tbx>&nothing;</tbx>",
    "cut off": "<tbx><text>",
    "wrong encoding": '<?xml version="1.0" encoding="no-such"?><tbx/>',
    "bytes that are not UTF-8": b"<?xml version='1.0'?><tbx>\xff\xfe</tbx>",
    "another document": "<html></html>",
    "nothing": "",
}


@pytest.mark.parametrize("name", ["tbx-basic", "multiterm", "xliff"])
@pytest.mark.parametrize("danger", HOSTILE)
def test_hostile_xml_is_one_plain_line(name, danger):
    with pytest.raises(FormatError) as error:
        load(HOSTILE[danger], name)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("t.tbx")


def test_a_doctype_alone_is_no_danger():
    body = '<termEntry id="c"><langSet xml:lang="vi"><tig><term>Đảng</term></tig></langSet></termEntry>'
    assert load(martif(body), "tbx-v2").concepts[0].terms[0].text == "Đảng"


def test_a_huge_text_is_refused(monkeypatch):
    monkeypatch.setattr("termbase.formats.xml_reader.MAX_TEXT", 1000)
    body = f'<termEntry id="c"><langSet xml:lang="vi"><tig><term>{"a" * 2000}</term></tig></langSet></termEntry>'
    with pytest.raises(FormatError, match="more than 1000 characters"):
        load(martif(body), "tbx-v2")


def test_xliff_1_is_refused_with_its_version():
    with pytest.raises(FormatError, match=r"this is XLIFF 1\.2"):
        load('<xliff version="1.2"/>', "xliff")


def test_xliff_of_others_entry_by_entry():
    text = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en-US" trgLang="vi-VN"
      xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"><file id="f"><unit id="u"><gls:glossary>
      <gls:glossEntry><gls:term source="s">briefing</gls:term><gls:translation>giao ban</gls:translation>
      <gls:definition>A meeting.</gls:definition></gls:glossEntry>
      <gls:glossEntry><gls:term>Party</gls:term><gls:translation>Đảng</gls:translation></gls:glossEntry>
      </gls:glossary><segment><source>x</source></segment></unit></file></xliff>"""
    first, second = load(text, "xliff").concepts
    assert (first.preferred("vi").text, first.definition_en, first.preferred("en").source) == (
        "giao ban",
        "A meeting.",
        "s",
    )
    assert second.preferred("en").text == "Party"


SCHEMAS = os.environ.get("SONGNGU_TBX_SCHEMAS", "")


@pytest.mark.outside
@pytest.mark.skipif(not SCHEMAS or not shutil.which("jing"), reason="jing or SONGNGU_TBX_SCHEMAS is missing")
@pytest.mark.parametrize(
    ("name", "schemas"),
    [
        ("tbx-core", ["TBX_Core_RNG/TBXcoreStructV03.rng"]),
        ("tbx-min", ["TBX_Core_RNG/TBXcoreStructV03.rng", "TBX-Min_dialect/DCA/TBX-Min_DCA.sch"]),
        ("tbx-basic", ["TBX_Core_RNG/TBXcoreStructV03.rng", "TBX-Basic_dialect/DCA/TBX-Basic_DCA.sch"]),
        ("tbx-min-dct", ["TBX-Min_dialect/DCT/TBX-Min_DCT.sch"]),
        ("tbx-basic-dct", ["TBX-Basic_dialect/DCT/TBX-Basic_DCT.sch"]),
    ],
)
def test_shipped_glossaries_are_valid_by_the_public_schemas(name, schemas, tmp_path):
    path = tmp_path / "out.tbx"
    write((*CONCEPTS, *load_bundled()), path, name)
    for schema in schemas:
        done = subprocess.run(
            ["jing", str(Path(SCHEMAS) / schema), str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[:2000]


PIECES = ["x", "Đảng", "\n ", "&lt;&#x41;", "<![CDATA[<y>]]>", "<!--c-->", "<?pi z?>"]
trees = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(
        lambda name, attributes, parts: f"<{name}{attributes}>{''.join(parts)}</{name}>",
        st.sampled_from(["a", "b", "p:c", "term"]),
        st.sampled_from(["", ' id="1&amp;2"', ' xml:lang="vi" type="t"']),
        st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)


@given(st.lists(trees, max_size=4).map("".join), st.sampled_from(["utf-8", "utf-16"]))
def test_elements_are_those_of_elementtree(inner, encoding):
    """Names, attributes, children, and text in order, for mixed content of any shape."""
    data = f'<?xml version="1.0"?><root xmlns:p="urn:p">{inner}</root>'.encode(encoding)

    def theirs(element):
        name = element.tag.rpartition("}")[2]
        attributes = {key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"): v for key, v in element.items()}
        return name, attributes, "".join(element.itertext()), [theirs(child) for child in element]

    def ours(element):
        return element.name, element.attributes, element.text, [ours(child) for child in element.children]

    assert ours(read_xml(data, "", frozenset(), lambda _: None)) == theirs(ElementTree.fromstring(data))


@pytest.mark.parametrize("word", ["preferred", " Preferred ", "p" * 65, "preferred" + " " * 80, ""])
def test_a_word_means_the_same_the_second_time(word):
    assert [status_of(word), type_of(word)] == [status_of(word), type_of(word)]
    assert status_of(word) == (AdministrativeStatus.PREFERRED if word.strip().casefold() == "preferred" else None)
