"""Searches with what people and programs really send: nothing, much, odd marks, odd cutoffs, both directions."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tm.fuzzy.arrays as arrays_module
from termbase.errors import UsageError
from termbase.text.normalize import normalize
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.penalties import Points, compare, text_penalties
from tm.fuzzy.score import similarity
from tm.model import MatchKind, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import SearchOptions, UnitFilter
from tm.search import difference
from tm.store import TranslationMemory

STORED = (
    ("Đại đội 3 sẵn sàng chiến đấu.", "Company 3 is combat ready."),
    ("Giữ vững trận địa đến cùng!", "Hold the position to the end!"),
    ("12.500", "12,500"),
    ("22/12/1944", "22 December 1944"),
    ("…", "…"),
    ("— * —", "— * —"),
    ("OK", "OK"),
    ("a b c d e f g h i j", "letters"),
)


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


@pytest.fixture(params=["database", "numpy", "compiled"])
def memory(request, tmp_path, monkeypatch):
    """A small memory, searched in the database, with numpy, and by compiled code."""
    if request.param == "compiled":
        pytest.importorskip("numba")
        monkeypatch.setattr(arrays_module, "COMPILED_FROM", 1)
    elif request.param == "numpy":
        monkeypatch.setattr(arrays_module, "numba_installed", lambda: False)
    with TranslationMemory.open(tmp_path / "m.db") as opened:
        opened.import_units(pair(vi, en) for vi, en in STORED)
        if request.param != "database":
            opened.load()
        yield opened


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0", "\u200b"])
def test_nothing_finds_nothing(memory, text):
    for percent in (1, 49, 50, 70, 100, 102):
        assert memory.search(text, "vi", percent) == []
    assert memory.fragments(text) == []


@pytest.mark.parametrize(
    ("text", "target", "score"),
    [
        ("12.500", "12,500", 100),
        ("9.100", "9,100", 99),
        ("19/5/1890", "19 May 1890", 99),
        ("…", "…", 100),
        ("—*—", "— * —", 100),
        ("ok", "OK", 99),
    ],
)
def test_numbers_and_marks_alone(memory, text, target, score):
    best = memory.search(text, "vi", 70)[0]
    assert (best.target.text, best.score) == (target, score)


def test_decomposed_text_is_the_same(memory):
    for vi, en in STORED:
        found = memory.search(unicodedata.normalize("NFD", vi), "vi", 100)
        assert [match.target.text for match in found] == [en]


def test_a_very_long_query_is_answered_whole(memory):
    long = " ".join(f"tiếng{i}" for i in range(20_000))
    memory.add(pair(long, "long"))
    start = time.process_time()
    assert [(m.target.text, m.score) for m in memory.search(long)] == [("long", 100)]
    shorter = " ".join(long.split()[:18_000])
    assert [(m.target.text, m.similarity) for m in memory.search(shorter)] == [("long", 90)]
    assert memory.search("ba " * 20_000) == []
    assert time.process_time() - start < 60


@pytest.mark.parametrize("percent", [*range(1, 101, 7), 49, 50, 51, 99, 100])
def test_every_cutoff_gives_what_reaches_it(memory, percent):
    asked = "a b c d e f x y z w"
    own = compare_keys(asked, "vi")
    scores = {en: similarity(own, compare_keys(normalize(vi), "vi")) for vi, en in STORED}
    found = {m.target.text: m.similarity for m in memory.search(asked, "vi", percent, None)}
    assert found == {en: score for en, score in scores.items() if score >= percent and score}


def test_limits_and_cutoffs_out_of_range_are_refused(memory):
    for limit in (0, -1):
        with pytest.raises(UsageError, match="limit is"):
            memory.search("x", limit=limit)
    for percent in (0, -5, 103):
        with pytest.raises(UsageError, match="min_score is"):
            memory.search("x", min_score=percent)
    assert len(memory.search("Giữ vững trận địa đến cùng!", limit=1)) == 1


def test_both_directions(memory):
    for vi, en in STORED:
        assert memory.search(vi, "vi", 100)[0].target.text == en
        assert memory.search(en, "en", 100)[0].target.text == vi
    found = memory.search("Company 8 is combat ready.", "en")[0]
    assert (found.source.lang, found.target.lang) == ("en", "vi")
    assert (found.target.text, found.kind) == ("Đại đội 8 sẵn sàng chiến đấu.", MatchKind.REPAIRED)


def test_equal_scores_are_all_shown_newest_human_first(memory):
    text = "Chào cờ buổi sáng."
    machine = {"provenance": Provenance.MACHINE}
    memory.import_units(
        [
            pair(text, "old", created="2020-01-01T00:00:00Z"),
            pair(text, "new", created="2024-01-01T00:00:00Z"),
            pair(text, "changed", created="2019-01-01T00:00:00Z", changed="2025-01-01T00:00:00Z"),
            pair(text, "machine", created="2026-01-01T00:00:00Z", **machine),
            pair("Chào cờ buổi sáng", "near", created="2026-01-01T00:00:00Z"),
        ]
    )
    found = memory.search(text, "vi", 70, 1)
    assert [match.target.text for match in found] == ["changed", "new", "old"]
    everything = memory.search(text, "vi", 70, None)
    assert [match.target.text for match in everything] == ["changed", "new", "old", "near", "machine"]
    assert [match.score for match in everything] == [100, 100, 100, 99, 85]


def test_each_penalty_is_named_and_adds_up(memory):
    memory.add(
        pair("Bộ đội kỹ thuật: 5 xe.", "t", memory="web", provenance=Provenance.MACHINE, status=UnitStatus.DRAFT)
    )
    memory.set_penalty("web", 4)
    match = memory.search("bộ đội kĩ thuật, 7 xe.", "vi", 50)[0]
    penalties = {penalty.reason: penalty.points for penalty in match.penalties}
    expected = {
        "case": 1,
        "i/y": 1,
        "number": 1,
        "punctuation": 1,
        "memory web": 4,
        "machine-translated": 15,
        "draft": 3,
    }
    assert penalties == expected
    assert match.score == match.similarity - sum(penalties.values()) == 74
    more = SearchOptions(memory_penalties=(("web", 10),))
    assert memory.search("bộ đội kĩ thuật, 7 xe.", "vi", 50, options=more)[0].score == 64


def test_context_is_worth_one_and_two(memory):
    memory.import_units(
        [
            pair("Nghiêm!", "plain"),
            pair("Nghiêm!", "both", previous="Tập hợp!", next="Nghỉ!"),
            pair("Nghiêm!", "one", previous="Tập hợp!", next="Giải tán!"),
        ]
    )
    options = SearchOptions(previous="Tập hợp!", next="Nghỉ!")
    found = memory.search("Nghiêm!", options=options)
    assert [(m.target.text, m.score, m.kind.value) for m in found] == [
        ("both", 102, "context"),
        ("one", 101, "context"),
        ("plain", 100, "exact"),
    ]
    assert [m.target.text for m in memory.search("Nghiêm!", "vi", 102, options=options)] == ["both"]
    assert memory.best_score("Nghiêm!", options=options) == 102
    only = SearchOptions(previous="Tập hợp!", next="Nghỉ!", filter=UnitFilter(contains="plain"))
    assert [m.score for m in memory.search("Nghiêm!", options=only)] == [100]


def test_the_best_score_is_that_of_the_first_match(memory):
    asked = [vi for vi, _ in STORED] + [
        "đại đội 4 sẵn sàng",
        "Giữ trận địa",
        "không có gì giống câu này cả",
        "a b c d e z z z",
    ]
    for text in asked:
        found = memory.search(text, "vi", 50, 1)
        assert memory.best_score(text) == (found[0].score if found else None), text


words = st.sampled_from(
    "giữ Giữ vững trận địa kỹ kĩ 5 12 3,5% ngày 22/12/1944 số 22/2018/QH14 “a” - , . XIII A1 km".split()
)
sentences = st.lists(words, min_size=1, max_size=10).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(sentences, sentences, st.sampled_from(["vi", "en"]))
def test_the_difference_gives_back_both_texts(old, new, lang):
    """The words of the steps, put together, are those of each text; equal texts have neither steps nor penalties."""
    old, new = normalize(old), normalize(new)
    comparison = compare(old, new, lang)
    steps = difference(comparison)
    if steps:
        for text, side in ((old, "old"), (new, "new")):
            told = "".join("".join(getattr(step, side).split()) for step in steps)
            held = "".join(text.split())
            assert [c for c in told if c.isalnum()] == [c for c in held if c.isalnum()]
    else:
        assert comparison.equal
    if old == new:
        assert not steps
        assert text_penalties(comparison, Points()) == []
