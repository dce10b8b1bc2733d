"""Pre-translation of files as tools make them: cut units, prefixes, plurals, other encodings and line ends."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET

import pytest

from tm.formats.base import ReadOptions
from tm.formats.po import PoDocument
from tm.formats.xliff import XliffDocument, read
from tm.model import InlineCode, Segment, TranslationUnit
from tm.pretranslate import PretranslateOptions, pretranslate
from tm.slots import SlotState
from tm.store import TranslationMemory


def pair(vi, en, **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


@pytest.fixture
def memory():
    with TranslationMemory.open(":memory:") as opened:
        opened.import_units(
            [
                pair("Giữ chốt.", "Hold the post."),
                pair("Tiến lên.", "Advance."),
                pair("Cả đại đội giữ vững trận địa.", "The whole company holds the position."),
                TranslationUnit(
                    source=Segment("vi", "Dừng lại.", (InlineCode(0, "g", '<g id="5">'), InlineCode(9, "g", "</g>"))),
                    target=Segment("en", "Halt.", (InlineCode(0, "g", '<g id="5">'), InlineCode(5, "g", "</g>"))),
                ),
                TranslationUnit(source=Segment("en", "%d files"), target=Segment("vi", "%d tập tin")),
                pair("Một tập tin", "One file"),
                pair("Nhiều tập tin", "Many files"),
                pair("Đóng", "Close"),
            ]
        )
        yield opened


def cut(body, target=""):
    return f"""<?xml version="1.0" encoding="utf-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://example.org/x">
<file original="a.docx" source-language="vi-VN" target-language="en-GB" datatype="x-docx"><body>
<trans-unit id="u1"><source>…</source><seg-source>{body}</seg-source>{target}<note>kept</note></trans-unit>
</body></file></xliff>"""


THREE = (
    '<g id="1"><mrk mtype="seg" mid="1">Giữ chốt.</mrk> <mrk mtype="seg" mid="2">Lạ lắm.</mrk> '
    '<mrk mtype="seg" mid="3"><g id="5">Dừng lại.</g></mrk></g>'
)


def filled(memory, text, **options):
    document = XliffDocument.of(text.encode() if isinstance(text, str) else text, ReadOptions(path="a.xlf"))
    fills, report = pretranslate(memory, document, PretranslateOptions(**options))
    out = document.filled(fills).decode()
    ET.fromstring(out.encode())
    return out, document, report


def targets(text):
    document = XliffDocument.of(text.encode(), ReadOptions())
    return {slot.entry.rpartition(" ")[2]: (slot.target.text, slot.state) for slot in document.slots}


def test_each_mrk_of_a_cut_unit_is_a_segment(memory):
    out, document, report = filled(memory, cut(THREE))
    assert [slot.source.text for slot in document.slots] == ["Giữ chốt.", "Lạ lắm.", "Dừng lại."]
    assert report.counts == {"exact": 2, "no match": 1}
    made = (
        '<target state="needs-translation"><g id="1"><mrk mtype="seg" mid="1">Hold the post.</mrk> '
        '<mrk mtype="seg" mid="2"></mrk> <mrk mtype="seg" mid="3"><g id="5">Halt.</g></mrk></g></target>'
        '<note from="songngu">1: 100 %, main</note><note from="songngu">3: 100 %, main</note>'
    )
    assert out == cut(THREE, made)
    assert targets(out)["2"] == ("", SlotState.EMPTY)


@pytest.mark.parametrize("empty", ["<target/>", "<target></target>", '<target state="new"> </target>'])
def test_an_empty_target_takes_the_shape_of_the_source(memory, empty):
    out, *_ = filled(memory, cut(THREE, empty))
    assert (targets(out)["1"][0], targets(out)["3"][0]) == ("Hold the post.", "Halt.")
    assert out.count("<target") == 1


def test_a_translated_mrk_is_never_touched(memory):
    target = (
        '<target state="needs-translation" xml:lang="en"><g id="1"><mrk mtype="seg" mid="1">Keep it.</mrk> '
        '<mrk mtype="seg" mid="2" sdl:x="1"/></g></target>'
    )
    out, _, report = filled(memory, cut(THREE, target))
    assert report.counts["translated"] == 1
    assert '<mrk mtype="seg" mid="1">Keep it.</mrk>' in out
    assert '<mrk mtype="seg" mid="2" sdl:x="1"/>' in out
    assert targets(out)["3"][0] == "Halt."
    assert '<target state="needs-translation" xml:lang="en">' in out


def test_a_target_without_one_of_the_segments_gets_it_in_its_place(memory):
    for given, expected in (("1 3", "2"), ("1 2", "3"), ("2 3", "1")):
        body = "".join(f'<mrk mtype="seg" mid="{mid}">Tiến lên.</mrk>' for mid in "123")
        target = "".join(f'<mrk mtype="seg" mid="{mid}">old {mid}</mrk>' for mid in given.split())
        out, *_ = filled(memory, cut(body, f"<target>{target}</target>"))
        inside = ET.fromstring(out.encode()).find(".//{*}target")
        assert [mrk.get("mid") for mrk in inside] == ["1", "2", "3"]
        assert [mrk.text for mrk in inside if mrk.get("mid") == expected] == ["Advance."]
        assert inside.get("state") == "translated"


def test_a_second_run_changes_nothing(memory):
    once, *_ = filled(memory, cut(THREE), min_score=60)
    twice, *_ = filled(memory, once, min_score=60)
    assert twice == once


@pytest.mark.parametrize("guard", ['translate="no"', 'approved="yes"'])
def test_guarded_units_stay_as_they_are(memory, guard):
    text = cut(THREE).replace('<trans-unit id="u1"', f'<trans-unit id="u1" {guard}')
    assert filled(memory, text)[0] == text


def test_a_translation_that_is_not_cut_is_left_alone(memory):
    text = cut(THREE, "<target>All of it at once.</target>")
    assert filled(memory, text)[0] == text


def test_pairs_of_cut_units_are_read():
    import io

    target = '<target><mrk mtype="seg" mid="1">Hold.</mrk> <mrk mtype="seg" mid="3"><g id="5">Stop.</g></mrk></target>'
    first, missing, last = read(io.BytesIO(cut(THREE, target).encode()), ReadOptions())
    assert [(u.source.text, u.target.text) for u in (first, last)] == [("Giữ chốt.", "Hold."), ("Dừng lại.", "Stop.")]
    assert (missing.problem.message, missing.skipped) == ("the unit is not translated", True)
    assert last.target.codes == (InlineCode(0, "g", '<g id="5">'), InlineCode(5, "g", "</g>"))
    assert first.notes == ("kept",)


def test_the_prefix_of_the_file_is_used(memory):
    text = """<x:xliff version="1.2" xmlns:x="urn:oasis:names:tc:xliff:document:1.2"><x:file original="a"
source-language="vi" target-language="en" datatype="plaintext"><x:body><x:group><x:trans-unit id="1"><x:source>Giữ
chốt.</x:source></x:trans-unit></x:group></x:body></x:file></x:xliff>"""
    out, *_ = filled(memory, text)
    root = ET.fromstring(out)
    assert root.find(".//{urn:oasis:names:tc:xliff:document:1.2}target").text == "Hold the post."


def test_confirmed_states_of_2_x_are_kept(memory):
    def segment(state, target):
        return f"<segment{state}><source>Giữ chốt.</source>{target}</segment>"

    body = "".join(
        [
            segment("", ""),
            segment(' state="initial"', "<target></target>"),
            segment(' state="initial"', "<target>Giữ chốt.</target>"),
            segment(' state="initial"', "<target>Draft.</target>"),
            segment(' state="translated"', "<target>Done.</target>"),
            segment(' state="final"', "<target>Final.</target>"),
        ]
    )
    text = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="vi" trgLang="en"><file id="f">
<unit id="u"><notes><note>n</note></notes>{body}</unit></file></xliff>"""
    out, document, report = filled(memory, text)
    assert report.counts == {"exact": 3, "translated": 1, "confirmed": 2}
    found = [slot.target.text for slot in XliffDocument.of(out.encode(), ReadOptions()).slots]
    assert found == ["Hold the post."] * 3 + ["Draft.", "Done.", "Final."]
    assert len(document.slots) == 6


PLURALS = """msgid ""
msgstr ""
"Language: {lang}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={count}; plural={rule};\\n"

#, c-format
msgid "{one}"
msgid_plural "{many}"
{forms}

#~ msgid "Giữ chốt."
#~ msgstr ""
"""


def po(memory, text, **options):
    document = PoDocument.of(text.encode(), ReadOptions())
    fills, report = pretranslate(memory, document, PretranslateOptions(**options))
    return document.filled(fills).decode(), report


def test_the_one_form_of_vietnamese_is_that_of_the_plural(memory):
    parts = {"lang": "vi", "count": 1, "rule": "0", "one": "%d file", "many": "%d files"}
    out, _ = po(memory, PLURALS.format(**parts, forms='msgstr[0] ""'))
    assert 'msgstr[0] "%d tập tin"' in out
    assert "fuzzy" not in out
    assert out.count("# songngu: 100 %, main") == 1


def test_the_forms_of_english_are_filled_each_from_its_own(memory):
    parts = {"lang": "en", "count": 2, "rule": "n!=1", "one": "Một tập tin", "many": "Nhiều tập tin"}
    out, report = po(memory, PLURALS.format(**parts, forms='msgstr[0] ""\nmsgstr[1] ""'))
    assert 'msgstr[0] "One file"\nmsgstr[1] "Many files"' in out
    assert report.counts == {"exact": 2}
    confirmed = PLURALS.format(**parts, forms='msgstr[0] "A file"\nmsgstr[1] ""')
    out, report = po(memory, confirmed)
    assert 'msgstr[0] "A file"\nmsgstr[1] "Many files"' in out
    assert report.counts == {"confirmed": 1, "exact": 1}


def test_a_fuzzy_plural_is_a_person_s(memory):
    parts = {"lang": "en", "count": 2, "rule": "n!=1", "one": "Một tập tin", "many": "Nhiều tập tin"}
    text = PLURALS.format(**parts, forms='msgstr[0] "A file"\nmsgstr[1] ""').replace(
        "#, c-format", "#, fuzzy, c-format"
    )
    assert po(memory, text)[0] == text


def test_entries_that_follow_without_a_blank_line(memory):
    text = 'msgid ""\nmsgstr "Language: en\\n"\nmsgid "Giữ chốt."\nmsgstr ""\nmsgctxt "menu"\nmsgid "Đóng"\nmsgstr ""\n'
    out, report = po(memory, text)
    assert report.counts == {"exact": 2}
    assert 'msgstr "Hold the post."\n# songngu: 100 %, main\nmsgctxt "menu"' in out


def test_texts_over_several_lines_and_crlf(memory):
    text = 'msgid ""\r\nmsgstr "Language: en\\n"\r\n\r\nmsgid ""\r\n"Giữ "\r\n"chốt."\r\nmsgstr ""\r\n""\r\n'
    out, _ = po(memory, text)
    assert out.endswith('# songngu: 100 %, main\r\nmsgid ""\r\n"Giữ "\r\n"chốt."\r\nmsgstr "Hold the post."\r\n')


def test_the_charset_of_the_header_is_obeyed(memory):
    head = 'msgid ""\nmsgstr "Language: vi\\nContent-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
    document = PoDocument.of(f'{head}msgid "Café"\nmsgstr ""\n'.encode("latin-1"), ReadOptions())
    assert [slot.source.text for slot in document.slots] == ["Café"]


def test_filled_catalogues_are_read_by_others(memory):
    toolkit = pytest.importorskip("translate.storage.po", reason="translate-toolkit is not installed")
    parts = {"lang": "en", "count": 2, "rule": "n!=1", "one": "Một tập tin", "many": "Nhiều tập tin"}
    text = PLURALS.format(**parts, forms='msgstr[0] ""\nmsgstr[1] ""') + '\nmsgid "Giữ chốt!"\nmsgstr ""\n'
    out, _ = po(memory, text, min_score=60)
    store = toolkit.pofile.parsestring(out.encode())
    units = [unit for unit in store.units if not unit.isheader() and not unit.isobsolete()]
    assert [str(string) for string in units[0].target.strings] == ["One file", "Many files"]
    assert (units[1].isfuzzy(), str(units[1].target)) == (True, "Hold the post.")


def test_filled_xliff_is_read_by_others(memory):
    toolkit = pytest.importorskip("translate.storage.xliff", reason="translate-toolkit is not installed")
    text = cut("Giữ chốt.").replace(
        "<source>…</source><seg-source>Giữ chốt.</seg-source>", "<source>Giữ chốt.</source>"
    )
    out, *_ = filled(memory, text)
    units = toolkit.xlifffile.parsestring(out.encode()).units
    assert [(unit.source, unit.target) for unit in units] == [("Giữ chốt.", "Hold the post.")]


def test_filled_xliff_is_valid(memory, xliff_schema, tmp_path):
    for name, text in (("1.2", cut(THREE)), ("2.0", None)):
        if text is None:
            text = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="vi"><file id="f"><unit id="u">
<segment><source>Giữ chốt.</source></segment><segment><source>Giữ chốt nhé.</source></segment></unit></file></xliff>"""
        out, *_ = filled(memory, text.replace(' xmlns:sdl="http://example.org/x"', ""), min_score=60)
        (tmp_path / "a.xlf").write_text(out, encoding="utf-8")
        command = ["xmllint", "--noout", "--nonet", "--schema", str(xliff_schema(name)), str(tmp_path / "a.xlf")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
