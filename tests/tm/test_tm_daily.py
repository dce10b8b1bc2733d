"""Daily work: concordance, cleaning, deletion with undo, memories, backup, analysis, pre-translation."""

from __future__ import annotations

import random
import subprocess
import xml.etree.ElementTree as ET

import pytest

from termbase.errors import FormatError, StorageError, UsageError
from tm.analyze import ROWS, Counts, analyze, count
from tm.clean import PAIR_RULES, RULES, find_flaws
from tm.concordance import by_rendering
from tm.formats.base import ReadOptions
from tm.formats.plain import TextDocument, TsvDocument
from tm.formats.po import PoDocument
from tm.formats.xliff import XliffDocument
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import UnitFilter
from tm.pretranslate import PretranslateOptions, pretranslate
from tm.slots import SlotState
from tm.store import TranslationMemory


def pair(vi, en, **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


@pytest.fixture
def memory(place):
    with TranslationMemory.open(place) as opened:
        yield opened


# --- concordance


@pytest.fixture
def phrases(memory):
    memory.import_units(
        [
            pair("Đơn vị luôn sẵn sàng chiến đấu.", "The unit is always combat ready."),
            pair("Trung đoàn sẵn sàng chiến đấu cao.", "The regiment is highly combat ready."),
            pair("Sân sang năm mới.", "The yard next year."),
            pair("Bữa cơm đã sẵn sàng.", "The meal is ready."),
            pair("Năm 2024 sẵn sàng.", "Ready in 2024."),
            pair("Trời đẹp.", "The weather is fine."),
        ]
    )
    return memory


def test_concordance_finds_whole_syllables(phrases):
    found = phrases.concordance("sẵn sàng chiến đấu")
    assert sorted(hit.text[hit.start : hit.end] for hit in found) == ["sẵn sàng chiến đấu"] * 2
    assert {hit.rendering for hit in found} == {"combat ready"}
    assert [(rendering, len(hits)) for rendering, hits in by_rendering(found)] == [("combat ready", 2)]


def test_concordance_with_and_without_marks(phrases):
    assert phrases.concordance("san sang") == []
    found = phrases.concordance("san sang", marks=False)
    assert sorted(hit.text[hit.start : hit.end].lower() for hit in found) == ["sân sang", *["sẵn sàng"] * 4]


def test_concordance_in_english_and_by_value(phrases):
    assert [hit.other for hit in phrases.concordance("meal", lang="en")] == ["Bữa cơm đã sẵn sàng."]
    assert len(phrases.concordance("2024")) == 1
    assert phrases.concordance("2025") == []
    assert phrases.concordance("không có") == []


def test_few_places_shown_have_the_evidence_of_all(memory):
    memory.import_units(
        pair(f"Câu {word} có sẵn sàng ở đây", f"{word} {word} ready {word} {i}")
        for i, word in enumerate(["một", "hai", "ba", "bốn", "năm", "sáu"])
    )
    memory.import_units(pair(f"khác {word}", f"other {word}") for word in ("một", "hai", "ba", "bốn", "năm", "sáu"))
    assert [hit.rendering for hit in memory.concordance("sẵn sàng", limit=1)] == ["ready"]


def test_a_unit_that_holds_the_phrase_twice_is_evidence_once(memory):
    memory.import_units(
        [
            pair("tập tin này nếu đã sửa thì tập tin kia", "this file if changed then that file"),
            pair("mở tập tin", "open a file"),
            pair("đóng cửa", "close the door"),
        ]
    )
    assert {hit.rendering for hit in memory.concordance("file", lang="en")} == {"tập tin"}


# --- fragments


def test_fragments_are_the_longest_stored_parts(memory):
    memory.import_units(
        [pair("giữ chốt", "hold"), pair("Giữ chốt đến cùng.", "hold out"), pair("đến cùng", "to the end")]
    )
    memory.import_units(
        [pair("quyết tâm", "resolve", provenance=Provenance.MACHINE), pair("quyết tâm", "determination")]
    )
    text = "Quyê\u0301t tâm giữ chốt đến cùng nhé"
    found = memory.fragments(text)
    assert [(text[f.start : f.end], [u.target.text for u in f.units]) for f in found] == [
        ("Quyê\u0301t tâm", ["determination", "resolve"]),
        ("giữ chốt đến cùng", ["hold out"]),
    ]
    assert memory.fragments("không có gì") == []
    assert memory.fragments("chốt") == []


# --- cleaning


@pytest.mark.parametrize(
    ("reason", "unit"),
    [
        ("empty", pair("...", "x")),
        ("untranslated", pair("combat ready unit", "Combat ready unit")),
        ("length ratio", pair("một hai ba bốn năm sáu bảy tám chín", "one")),
        ("wrong language", pair("The unit is always ready for the fight.", "The unit is ready to fight again.")),
        ("number mismatch", pair("Có 15 người", "There are 16 people")),
        ("markup debris", pair("Giữ <b>chốt</b>", "Hold the post")),
    ],
)
def test_each_rule_finds_its_fault(reason, unit):
    assert [flaw.reason for flaw in find_flaws([unit], [reason])] == [reason]
    good = pair("Đơn vị có 15 đồng chí <b>mới</b>.", "The unit has 15 <b>new</b> comrades.")
    assert list(find_flaws([good], [*RULES, *PAIR_RULES])) == []


def test_duplicates_keep_a_person_s(memory):
    machine = pair("Giữ chốt.", "Hold the post.", provenance=Provenance.MACHINE, document="a")
    memory.import_units([machine, pair("Giữ chốt.", "Hold the post."), pair("giữ chốt", "Hold the post!")])
    found = [(flaw.unit.id, flaw.reason, flaw.detail) for flaw in find_flaws(memory.units(), PAIR_RULES)]
    assert found == [(1, "duplicate", "as unit 2"), (3, "near-duplicate", "as unit 2")]


def test_numbers_make_no_near_duplicates(memory):
    memory.import_units([pair("Đại đội 3", "Company 3"), pair("Đại đội 4", "Company 4")])
    assert list(find_flaws(memory.units(), PAIR_RULES)) == []


# --- deletion, memories, backup


def test_delete_and_undo_restore_everything(phrases):
    before = list(phrases.units())
    assert phrases.delete(UnitFilter(contains="sẵn sàng")) == 4
    assert len(phrases) == 2
    assert phrases.search("Bữa cơm đã sẵn sàng.") == []
    assert phrases.delete(UnitFilter(contains="đẹp")) == 1
    assert (phrases.undo(), phrases.undo(), phrases.undo()) == (1, 4, 0)
    assert list(phrases.units()) == before
    assert phrases.search("Bữa cơm đã sẵn sàng.")[0].score == 100


def test_undo_does_not_double_what_was_added_again(phrases):
    phrases.delete(UnitFilter(contains="đẹp"))
    phrases.add(pair("Trời đẹp.", "The weather is fine."))
    assert phrases.undo() == 0
    assert len(phrases) == 6


def test_move_splits_and_merges(memory):
    memory.import_units([pair("Một.", "One."), pair("Hai.", "Two."), pair("Hai.", "Two.", memory="b")])
    assert memory.move(UnitFilter(memories=("main",)), "b") == (1, 1)
    assert sorted((u.source.text, u.memory) for u in memory.units()) == [("Hai.", "b"), ("Một.", "b")]
    assert memory.import_units([pair("Một.", "One.", memory="b")]).unchanged == 1


def test_a_memory_can_cost_points(memory):
    memory.add(pair("Giữ chốt.", "Hold.", memory="public"))
    memory.set_penalty("public", 5)
    match = memory.search("Giữ chốt.")[0]
    assert (match.score, match.similarity, str(match.penalties[0])) == (95, 100, "memory public −5")
    with pytest.raises(UsageError, match="no memory named"):
        memory.set_penalty("none", 5)


def test_backup_is_a_whole_memory(phrases, place, tmp_path):
    if "://" in place:
        with pytest.raises(StorageError, match="pg_dump"):
            phrases.backup(tmp_path / "copy.db")
        return
    phrases.backup(tmp_path / "copy.db")
    with TranslationMemory.open(tmp_path / "copy.db") as copy:
        assert list(copy.units()) == list(phrases.units())
    with pytest.raises(UsageError, match="exists"):
        phrases.backup(tmp_path / "copy.db")


# --- analysis


def documents(*texts):
    return [(f"{i}.txt", TextDocument.of(text.encode(), ReadOptions())) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("một hai", 2),
        ("một – hai", 2),
        ("24/24", 2),
        ("22-12-1944", 3),
        ("1.200,5", 1),
        ("don't", 1),
        ("“được”!", 1),
        ("...", 0),
        ("a,b", 2),
        ("state-of-the-art", 1),
        ("QĐ-BGDĐT", 1),
        ("29-NQ/TW", 3),
        ("a.b@example.org", 2),
        ("x_y R&D a_1", 4),
        ("½", 0),
        ("5km ma\u0301y", 2),
    ],
)
def test_words_are_counted_as_cat_tools_do(text, words):
    assert count(text).words == words


def test_each_segment_is_in_one_row(memory):
    sentence = "Một hai ba bốn năm sáu bảy tám chín mười."
    memory.add(pair("Đơn vị hành quân.", "x"))
    memory.add(pair("Có trước. ", "x", previous="Đầu tiên nhé.", next="Đơn vị hành quân."))
    memory.add(pair(sentence, "x"))
    text = "\n".join(
        [
            "Đầu tiên nhé.",  # none
            "Có trước.",  # context
            "Đơn vị hành quân.",  # 100
            "Đầu tiên nhé.",  # repetition
            "đơn vị hành quân.",  # 95-99: case
            "Một hai ba bốn năm sáu bảy tám chín đủ.",  # 85-94
            "Một hai ba bốn năm sáu bảy tám đủ cả.",  # 75-84
            "Một hai ba bốn năm sáu đủ cả rồi nhé.",  # 50-74
        ]
    )
    first, second, total = analyze(memory, documents(text, "Đầu tiên nhé."))
    assert {row: c.segments for row, c in first.rows.items()} == {
        "context": 1, "100": 1, "repetitions": 1, "cross-file repetitions": 0,
        "95-99": 1, "85-94": 1, "75-84": 1, "50-74": 1, "none": 1,
    }  # fmt: skip
    assert second.rows["cross-file repetitions"].segments == 1
    assert total.total == first.total + second.total
    assert sum((count(line) for line in [*text.split("\n"), "Đầu tiên nhé."]), Counts()) == total.total


def test_file_order_moves_repetitions_only(memory):
    rng = random.Random(4)
    lines = [" ".join(rng.choices(["an", "ba", "ca"], k=3)) + "." for _ in range(40)]
    memory.add(pair("An ba ca.", "x"))
    texts = ["\n".join(rng.choices(lines, k=30)) for _ in range(3)]
    one, other = (analyze(memory, documents(*order))[-1] for order in (texts, texts[::-1]))
    movable = {"repetitions", "cross-file repetitions"}
    assert {r: c for r, c in one.rows.items() if r not in movable} == {
        r: c for r, c in other.rows.items() if r not in movable
    }
    assert sum((one.rows[r] for r in movable), Counts()) == sum((other.rows[r] for r in movable), Counts())
    assert list(one.rows) == list(ROWS)


# --- pre-translation


@pytest.fixture
def ready(memory):
    memory.add(pair("Giữ chốt.", "Hold the post."))
    memory.add(TranslationUnit(source=Segment("en", "Save file"), target=Segment("vi", "Lưu tập tin")))
    codes = (InlineCode(4, "g", '<g id="1">'), InlineCode(8, "g", "</g>"))
    target = (InlineCode(9, "g", '<g id="1">'), InlineCode(13, "g", "</g>"))
    memory.add(
        TranslationUnit(
            source=Segment("vi", "Giữ chốt cao.", codes), target=Segment("en", "Hold the post high.", target)
        )
    )
    return memory


XLIFF1 = """<?xml version="1.0" encoding="UTF-8"?>
<!-- kept -->
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="vi" target-language="en" datatype="x"><body>
<trans-unit id="1"><source>Giữ chốt.</source></trans-unit>
<trans-unit id="2"><source>Giữ chốt.</source><target state="final">Done.</target></trans-unit>
<trans-unit id="3"><source>Giữ chốt.</source><target/></trans-unit>
<trans-unit id="4" approved="yes"><source>Giữ chốt.</source><target></target></trans-unit>
<trans-unit id="5"><source>Giữ <g id="1">chốt</g> cao.</source><alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>
<trans-unit id="6"><source>Giữ <x id="9"/>chốt.</source></trans-unit>
<trans-unit id="7" translate="no"><source>Giữ chốt.</source></trans-unit>
<trans-unit id="8"><source>Giữ chốt nhé.</source></trans-unit>
</body></file></xliff>
"""


def test_xliff_1_2(ready):
    document = XliffDocument.of(XLIFF1.encode(), ReadOptions())
    fills, report = pretranslate(ready, document, PretranslateOptions(min_score=60))
    assert sorted(fills) == [0, 2, 4, 7]
    assert report.counts == {"exact": 3, "confirmed": 3, "codes differ": 1, "fuzzy": 1}
    out = document.filled(fills).decode()
    exact = '<target state="translated" state-qualifier="exact-match">Hold the post.</target><note from="songngu">100 %, main</note>'
    assert f"<source>Giữ chốt.</source>{exact}</trans-unit>" in out
    assert f'<trans-unit id="3"><source>Giữ chốt.</source>{exact}' in out
    assert '<target state="final">Done.</target>' in out
    assert 'exact-match">Hold the <g id="1">post</g> high.</target>' in out
    assert 'state="needs-review-translation" state-qualifier="fuzzy-match">Hold the post.' in out
    unfilled = out
    for part in out.split("<target state=")[1:]:
        if not part.startswith('"final"'):
            unfilled = unfilled.replace("<target state=" + part.split("</note>")[0] + "</note>", "")
    assert unfilled == XLIFF1.replace("<target/>", "")
    ET.fromstring(out)
    again = XliffDocument.of(out.encode(), ReadOptions())
    assert pretranslate(ready, again)[0] == {}


def test_xliff_2(ready):
    text = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="vi"><file id="f"><unit id="u">
<segment id="s1"><source>Giữ chốt.</source></segment><ignorable><source> </source></ignorable>
<segment id="s2" state="final"><source>Giữ chốt.</source><target>Đã</target></segment></unit></file></xliff>"""
    document = XliffDocument.of(text.encode("utf-16"), ReadOptions())
    fills, _ = pretranslate(ready, document)
    out = document.filled(fills).decode("utf-16")
    assert 'srcLang="vi" trgLang="en">' in out
    assert (
        '<segment id="s1" state="translated" subState="songngu:100-main"><source>Giữ chốt.</source><target>Hold the post.</target></segment>'
        in out
    )
    assert list(fills) == [0]


@pytest.mark.parametrize(
    ("text", "message"), [('<xliff version="3.0"/>', "version '3.0'"), ("<a/>", "root element"), ("<xliff", "cut off")]
)
def test_xliff_refusals(text, message):
    with pytest.raises(FormatError, match=message):
        XliffDocument.of(text.encode(), ReadOptions(path="a.xlf"))


PO = """# title
msgid ""
msgstr "Language: vi\\n"

#: a.c:1
#, c-format
msgid "Save file"
msgstr ""

msgid "Save file now"
msgstr ""

#, fuzzy
msgid "Save file"
msgstr "cũ"

msgid "one"
msgid_plural "many"
msgstr[0] ""

#~ msgid "old"
#~ msgstr "cũ"
"""


def test_po(ready):
    document = PoDocument.of(PO.encode(), ReadOptions())
    empty = SlotState.EMPTY
    assert [slot.state for slot in document.slots] == [empty, empty, SlotState.TRANSLATED, empty]
    assert document.slots[3].source.text == "many"  # Vietnamese has one form
    fills, _ = pretranslate(ready, document, PretranslateOptions(min_score=60))
    out = document.filled(fills).decode()
    expected = PO.replace(
        '#: a.c:1\n#, c-format\nmsgid "Save file"\nmsgstr ""',
        '# songngu: 100 %, main\n#: a.c:1\n#, c-format\nmsgid "Save file"\nmsgstr "Lưu tập tin"',
    ).replace(
        'msgid "Save file now"\nmsgstr ""',
        '# songngu: 66 %, main\n#, fuzzy\nmsgid "Save file now"\nmsgstr "Lưu tập tin"',
    )
    assert out == expected


def test_po_is_read_by_gettext_when_there(ready, tmp_path):
    import shutil

    if not shutil.which("msgfmt"):
        pytest.skip("gettext is not installed")
    text = PO.replace("Language: vi\\n", "Language: vi\\nContent-Type: text/plain; charset=UTF-8\\n")
    text = text.replace('#, fuzzy\nmsgid "Save file"', '#, fuzzy\nmsgid "Save"')
    document = PoDocument.of(text.encode(), ReadOptions())
    (tmp_path / "a.po").write_bytes(document.filled(pretranslate(ready, document)[0]))
    subprocess.run(["msgfmt", "-o", str(tmp_path / "a.mo"), str(tmp_path / "a.po")], check=True)


def test_tsv(ready):
    document = TsvDocument.of("Giữ chốt.\t\nGiữ chốt.\tHold on.\nKhác\n".encode(), ReadOptions())
    fills, report = pretranslate(ready, document)
    assert document.filled(fills).decode() == "Giữ chốt.\tHold the post.\t100\tmain\nGiữ chốt.\tHold on.\nKhác\n"
    assert report.counts == {"exact": 1, "confirmed": 1, "no match": 1}


def test_a_machine_s_pair_is_never_final(memory):
    memory.add(pair("Giữ chốt.", "Hold.", provenance=Provenance.MACHINE, status=UnitStatus.CONFIRMED))
    document = TsvDocument.of("Giữ chốt.\n".encode(), ReadOptions())
    fills, _ = pretranslate(memory, document, PretranslateOptions(min_score=80))
    assert (fills[0].fuzzy, fills[0].origin) == (True, "main (machine-translated)")
