"""Concordance as a translator uses it: odd phrases, both sides, renderings with counts, and the columns shown."""

from __future__ import annotations

import json
import unicodedata

import pytest
from click.testing import CliRunner

import cli
from tm.commands.tm_concordance import columns, kwic
from tm.concordance import by_rendering
from tm.model import Segment, TranslationUnit
from tm.options import UnitFilter
from tm.store import TranslationMemory

PAIRS = [
    ("Tàu hộ vệ cập cảng sáng nay.", "The frigate docked this morning."),
    ("Hai tàu hộ vệ rời cảng; Hải quân tiễn.", "Two frigates left port; the Navy saw them off."),
    ("Thủy thủ tàu hộ vệ được khen.", "The crew of the frigate were commended."),
    ("Chiếc tàu hộ vệ cũ thành bảo tàng.", "The old escort ship became a museum."),
    ("Ngày 22/12/1944 là ngày thành lập.", "22 December 1944 is the founding day."),
    ("Mở tệp (a+b)*[c] rồi lưu.", "Open the file (a+b)*[c] and save it."),
    ("Anh hoà giải, chị hoà nhạc.", "He mediates, she plays music."),
    ("Trời mưa.", "It is raining."),
]


def pair(vi, en, **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


@pytest.fixture
def memory(place):
    with TranslationMemory.open(place) as opened:
        opened.import_units(pair(vi, en) for vi, en in PAIRS)
        yield opened


def shown(found):
    return sorted(hit.text[hit.start : hit.end] for hit in found)


def test_renderings_are_counted_and_the_most_frequent_comes_first(memory):
    groups = by_rendering(memory.concordance("tàu hộ vệ"))
    assert [(rendering, len(hits)) for rendering, hits in groups] == [
        ("frigate", 2),
        ("escort ship", 1),
        ("frigates", 1),
    ]
    hit = groups[0][1][0]
    assert hit.other[slice(*hit.counterpart)] == "frigate"
    assert 0.6 <= hit.confidence <= 1


@pytest.mark.parametrize(
    ("phrase", "lang", "marks", "places"),
    [
        ("TÀU HỘ VỆ", "vi", True, 4),
        (unicodedata.normalize("NFD", "tàu hộ vệ"), "vi", True, 4),
        ("tau ho ve", "vi", False, 4),
        ("tau ho ve", "vi", True, 0),
        ("hòa", "vi", True, 2),
        ("hoa", "vi", False, 2),
        ("cảng, hải quân", "vi", True, 1),
        ("cảng hải", "vi", True, 1),
        ("tàu", "vi", True, 4),
        ("(a+b)*[c]", "vi", True, 1),
        ("a b c", "vi", True, 1),
        (".*", "vi", True, 0),
        ("%", "vi", True, 0),
        ("_", "vi", False, 0),
        ("the FRIGATE", "en", True, 2),
        ("22/12/1944", "vi", True, 1),
        ("1944", "vi", True, 1),
        ("ngày 22", "vi", True, 1),
        ("ngay 22", "vi", False, 1),
        ("194", "vi", True, 0),
        ("1945", "vi", True, 0),
        ("december", "en", True, 1),
        ("22 December", "en", True, 1),
        ("December 1944 is the", "en", True, 1),
        ("March 1944", "en", True, 0),
        ("the  frigate\n", "en", True, 2),
        (" ".join(["tàu"] * 30), "vi", True, 0),
        (" ".join(["tau"] * 30), "vi", False, 0),
        ("", "vi", True, 0),
        ("\x00", "vi", True, 0),
        ("zyx", "vi", False, 0),
    ],
)
def test_phrases_of_any_kind(memory, phrase, lang, marks, places):
    found = memory.concordance(phrase, lang, marks=marks)
    assert len(found) == places
    for hit in found:
        assert hit.counterpart is None or hit.other[slice(*hit.counterpart)].strip() == hit.rendering != ""


def test_a_long_phrase_is_found_whole(memory):
    words = [f"âm{chr(97 + k)}" for k in range(26)] + ["cuối", "cùng", "của", "câu"]
    memory.add(pair("Đầu " + " ".join(words) + " hết.", "Start " + " ".join(f"s{k}" for k in range(30)) + " end."))
    assert shown(memory.concordance(" ".join(words).upper())) == [" ".join(words)]
    assert memory.concordance(" ".join([*words[:-1], "chữ"])) == []


def test_units_are_chosen_and_the_newest_come_first(memory):
    memory.import_units([pair("Tàu hộ vệ mới.", "A new frigate.", memory="b", changed="2099-01-01")])
    assert [hit.unit.memory for hit in memory.concordance("tàu hộ vệ", limit=2)] == ["b", "main"]
    assert len(memory.concordance("tàu hộ vệ", wanted=UnitFilter(memories=("b",)))) == 1
    assert len(memory.concordance("tàu hộ vệ", limit=None)) == 5


# --- what a terminal shows


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Đơn vị sẵn sàng", 7, 10),
        (unicodedata.normalize("NFD", "Đơn vị ở đâu"), 9, 12),
        ("漢字とカナの文 sẵn", 9, 12),
        ("한국어 sẵn", 4, 7),
        ("x" * 300 + " sẵn", 301, 304),
        ("ở\u200b\ufeff sẵn", 4, 7),
        ("Một\nhai\tba sẵn", 11, 14),
        ("sẵn", 0, 3),
    ],
)
def test_the_phrase_stands_in_one_column(text, start, end):
    line = kwic(text, start, end)
    assert "\n" not in line
    assert "\t" not in line
    assert columns(line[: line.rindex("[")]) == 40
    assert line[line.rindex("[") + 1 : line.rindex("]")] == text[start:end]


def test_what_follows_is_cut_to_a_column():
    line = kwic("sẵn " + "漢" * 60, 0, 3)
    assert columns(line[line.index("]") + 1 :]) in (39, 40)


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(cli.cli, ["--db", "m.db", "tm", *arguments])

    for vi, en in PAIRS[:4]:
        run("add", vi, en, "--lang", "vi")
    result = run("concordance", "tàu hộ vệ", "--no-terms")
    lines = result.stdout.splitlines()
    assert lines[0] == "2 × frigate"
    assert {line.index("[") for line in lines if "[tàu hộ vệ]" in line.lower()} == {42}
    assert "    The crew of the [frigate] were commended." in lines
    row = json.loads(run("concordance", "frigate", "--no-terms", "--json").stdout)[0]
    assert (row["lang"], row["text"][row["start"] : row["end"]]) == ("en", "frigate")
    assert (
        row["counterpart"]["text"]
        == row["rendering"]
        == row["other"][slice(*(row["counterpart"][k] for k in ("start", "end")))]
    )
    few = run("concordance", "tàu hộ vệ", "--limit", "2", "--no-terms")
    assert few.stdout.count("[tàu hộ vệ]") + few.stdout.count("[Tàu hộ vệ]") == 2
    assert "the newest 2 places" in few.stderr
