"""The memory: what is kept, what is found, and that nothing at or above the cutoff is lost."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest

from termbase.errors import InputError, StorageError, UsageError
from termbase.model import Span
from termbase.text.normalize import normalize
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.penalties import Points
from tm.fuzzy.score import similarity
from tm.model import Alignment, Bead, InlineCode, MatchKind, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import SearchOptions, UnitFilter
from tm.outcome import Remark
from tm.search import SearchContext, score_unit
from tm.store import TranslationMemory

SYLLABLES = "đơn vị sẵn sàng chiến đấu cao huấn luyện bộ đội dân quân xây dựng nền quốc phòng toàn".split()


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


@pytest.fixture
def memory(place):
    with TranslationMemory.open(place) as opened:
        yield opened


def sentences(count, seed=1):
    rng = random.Random(seed)
    found = []
    while len(found) < count:
        sentence = rng.choices(SYLLABLES, k=rng.choice([1, 2, 3, 4, 5, 8, 10, 20]))
        if found and rng.random() < 0.6:
            sentence = rng.choice(found).split()
            for _ in range(rng.randint(1, 3)):
                sentence[rng.randrange(len(sentence))] = rng.choice([*SYLLABLES, "sang", "1", "27", "bô"])
        found.append(" ".join(sentence))
    return found


def test_a_unit_comes_back_as_it_was(memory):
    unit = pair(
        "Giữ vững <b>trận địa</b>.",
        "Hold the position.",
        memory="field",
        document="lệnh 5.txt",
        position=3,
        previous="Trước.",
        next="Sau.",
        author="Nguyễn An",
        created="2026-01-02T03:04:05Z",
        changed="2026-02-03T04:05:06Z",
        origin="dịch tay",
        provenance=Provenance.MACHINE,
        status=UnitStatus.CONFIRMED,
        confidence=0.75,
        notes=("một", "hai"),
        properties=(("x", "1"), ("x", "2")),
    )
    unit = replace(unit, target=replace(unit.target, codes=(InlineCode(5, "ph", '<ph x="1">a</ph>'),)))
    number = memory.add(unit)
    assert memory.get(number) == replace(unit, id=number)


def test_search_answers_at_once_and_from_another_opening(memory, place):
    memory.add(pair("Đơn vị sẵn sàng chiến đấu.", "The unit is combat ready."))
    with TranslationMemory.open(place) as other:
        match = other.search("Đơn vị sẵn sàng chiến đấu.")[0]
        assert (match.score, match.kind, match.target.text) == (100, MatchKind.EXACT, "The unit is combat ready.")
        memory.add(pair("Đơn vị hành quân.", "The unit is on the march."))
        assert other.search("Đơn vị hành quân.")[0].score == 100


def test_both_directions(memory):
    memory.add(pair("Đơn vị hành quân.", "The unit is on the march."))
    match = memory.search("The unit was on the march.", lang="en")[0]
    assert (match.score, match.source.lang, match.target.text) == (83, "en", "Đơn vị hành quân.")


@pytest.mark.parametrize("arrays", [False, True], ids=["database", "arrays"])
@pytest.mark.parametrize("posted", [True, False], ids=["posted", "pending"])
def test_every_unit_at_or_above_the_cutoff(memory, arrays, posted):
    """The answers equal brute force over all units at cutoffs 50 to 95, the exact boundaries included."""
    stored = sentences(1500)
    if posted:
        memory.import_units(pair(text, f"t{i}") for i, text in enumerate(stored))
    else:
        for start in range(0, 400, 200):  # small imports leave segments waiting
            memory.import_units(pair(text, f"t{start + i}") for i, text in enumerate(stored[start : start + 200]))
        stored = stored[:400]
    if arrays:
        memory.load("vi")
    units = list(memory.units())
    keys = [compare_keys(unit.source.text, "vi") for unit in units]
    boundary = 0
    for query in sentences(12, seed=5):
        own = compare_keys(normalize(query), "vi")
        context = SearchContext(normalize(query), "vi", SearchOptions(), None, {})
        scored = [score_unit(context, unit, similarity(own, key)) for unit, key in zip(units, keys, strict=True)]
        for percent in range(50, 100, 5):
            found = {m.unit.id: (m.score, m.similarity) for m in memory.search(query, "vi", percent, None)}
            assert found == {m.unit.id: (m.score, m.similarity) for m in scored if m.score >= percent}
            boundary += sum(m.score == percent for m in scored)
    assert boundary > 0


def test_cutoffs_below_the_index_compare_everything(memory):
    memory.add(pair("một hai ba bốn năm sáu bảy tám chín mười"))
    assert [m.similarity for m in memory.search("một hai ba", min_score=30)] == [30]


def test_limit_keeps_the_best(memory):
    stored = sentences(600, seed=9)
    memory.import_units(pair(text, f"t{i}") for i, text in enumerate(stored))
    for query in sentences(10, seed=11):
        everything = memory.search(query, min_score=60, limit=None)
        best = memory.search(query, min_score=60, limit=4)
        assert [m.score for m in best[:4]] == [m.score for m in everything[:4]]
        assert best == everything[: len(best)]


def test_equal_exact_matches_are_all_shown_human_first_newest_first(memory):
    for i in range(7):
        memory.add(pair("Sẵn sàng.", f"Ready {i}.", created=f"2026-01-0{i + 1}T00:00:00Z"))
    memory.add(pair("Sẵn sàng.", "MT", created="2026-02-01T00:00:00Z", provenance=Provenance.MACHINE))
    found = memory.search("Sẵn sàng.", limit=3)
    assert [m.target.text for m in found] == [f"Ready {i}." for i in range(6, -1, -1)]
    last = memory.search("Sẵn sàng.", limit=None)[-1]
    assert (last.target.text, last.score, [str(p) for p in last.penalties]) == ("MT", 85, ["machine-translated −15"])


@pytest.mark.parametrize("made_by", [Provenance.MACHINE, Provenance.BACK_TRANSLATED])
@pytest.mark.parametrize("points", [Points(), Points(provenance={})])
def test_a_machine_never_outranks_a_person(memory, made_by, points):
    memory.add(pair("Giữ vững chốt.", "machine", provenance=made_by))
    memory.add(pair("Giữ vững đồn.", "person"))
    memory.add(pair("Giữ vững bốt.", "unknown", provenance=Provenance.UNKNOWN))
    options = SearchOptions(points=points)
    found = memory.search("Giữ vững chốt.", min_score=60, options=options)
    assert [m.similarity for m in found if m.target.text == "machine"] == [100]
    assert [m.target.text for m in found] == ["unknown", "person", "machine"]
    assert found[-1].score == 100 - points.provenance.get(made_by, 0) > found[0].score
    for limit in (1, 2):
        assert memory.search("Giữ vững chốt.", min_score=60, limit=limit, options=options) == found[:limit]


def test_limit_keeps_the_best_of_mixed_hands(memory):
    hands = list(Provenance)
    stored = sentences(400, seed=3)
    memory.import_units(pair(text, f"t{i}", provenance=hands[i % 4 if i % 5 else 1]) for i, text in enumerate(stored))
    mixed = 0
    for query in sentences(10, seed=4):
        everything = memory.search(query, min_score=50, limit=None)
        machines = [m.unit.provenance in (Provenance.MACHINE, Provenance.BACK_TRANSLATED) for m in everything]
        assert machines == sorted(machines)
        mixed += len(set(machines)) == 2
        for limit in (1, 3, 8):
            best = memory.search(query, min_score=50, limit=limit)
            assert best == everything[: len(best)]
            assert len(best) >= min(limit, len(everything))
    assert mixed


def test_the_better_context_is_found_behind_another(memory):
    for previous in ("Một.", "Khác.", "Một."):
        memory.add(pair("Sẵn sàng.", f"after {previous}", previous=previous, next="Ba."))
    memory.add(pair("Sẵn sàng.", "both", previous="Một.", next="Hai."))
    options = SearchOptions(previous="Một.", next="Hai.")
    found = memory.search("Sẵn sàng.", limit=1, options=options)
    assert [(m.target.text, m.score) for m in found] == [("both", 102)]


def test_context_scores_101_and_102(memory):
    memory.add(pair("Thực hiện nghiêm.", "Comply strictly.", previous="Một.", next="Hai."))
    memory.add(pair("Thực hiện nghiêm.", "Do it strictly."))
    scores = {}
    for previous, following in [("", ""), ("Một.", ""), ("một", "hai"), ("Ba.", "Hai.")]:
        options = SearchOptions(previous=previous, next=following)
        found = memory.search("Thực hiện nghiêm.", options=options)
        scores[previous, following] = [(m.score, m.kind.value) for m in found]
    assert scores == {
        ("", ""): [(100, "exact"), (100, "exact")],
        ("Một.", ""): [(101, "context"), (100, "exact")],
        ("một", "hai"): [(102, "context"), (100, "exact")],
        ("Ba.", "Hai."): [(101, "context"), (100, "exact")],
    }


def test_repeated_import_changes_nothing_and_says_so(memory):
    units = [pair(text, f"t{i}") for i, text in enumerate(sentences(50))]
    first, second = memory.import_units(units), memory.import_units(units)
    assert (first.read, first.created) == (50, 50)
    assert (second.read, second.created, second.merged, second.unchanged) == (50, 0, 0, 50)
    assert len(memory) == 50


def test_news_of_a_known_unit_are_merged(memory):
    memory.import_units([pair("Sẵn sàng.", "Ready.")])
    report = memory.import_units([pair("Sẵn sàng.", "Ready.", author="An", notes=("n",))])
    assert (report.merged, report.created) == (1, 0)
    unit = next(memory.units())
    assert (unit.author, unit.notes) == ("An", ("n",))


def test_import_is_all_or_nothing(memory):
    memory.add(pair("Giữ.", "Keep."))

    def broken():
        for i in range(3000):
            yield pair(f"câu {i}", "x")
        raise InputError("cut off")

    with pytest.raises(InputError):
        memory.import_units(broken())
    assert len(memory) == 1
    assert memory.search("câu 5", min_score=50) == []


def test_dry_run_reports_and_stores_nothing(memory):
    report = memory.import_units([pair("Giữ.", "Keep."), pair(" ", "x")], dry_run=True)
    assert (report.read, report.created, report.skipped) == (2, 1, 1)
    assert "source is empty" in report.warnings[0].message
    assert len(memory) == 0


def test_mojibake_is_reported(memory):
    wrong = "Đảng ủy và bộ đội".encode().decode("latin-1")
    report = memory.import_units([pair(wrong, "x")])
    assert report.created == 1
    assert "wrong encoding" in report.warnings[0].message
    assert memory.import_units([pair("Đảng ủy và bộ đội", "y")]).warnings == ()


def test_remarks_are_counted(memory):
    from termbase.errors import Problem

    report = memory.import_units([Remark(Problem(message="bad")), Remark(Problem(message="odd"), skipped=False)])
    assert (report.read, report.skipped, len(report.warnings)) == (1, 1, 2)


@pytest.mark.parametrize(
    "fault", [pair("", "x"), pair("a\x00b", "x"), TranslationUnit(source=Segment("vi", "a"), target=Segment("vi", "b"))]
)
def test_impossible_units_are_refused(memory, fault):
    with pytest.raises(InputError):
        memory.add(fault)


@pytest.mark.parametrize(
    "name", ["a?b=1.db", "a#b.db", "100%.db", "a%20b.db", 'it\'s "x".db', "Quân khu 7 – điện.db", "file:x.db", "&=;.db"]
)
def test_odd_paths_open_that_file_and_no_other(tmp_path, name):
    with TranslationMemory.open(tmp_path / name) as memory:
        memory.add(pair("Giữ.", "Keep."))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {name}
    assert sqlite3.connect(tmp_path / name).execute("SELECT count(*) FROM tm_unit").fetchone() == (1,)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda d: d / "no" / "such" / "m.db", "does not exist"),
        (lambda d: d, "is a folder"),
        (
            lambda d: (d / "text.db").write_text("not a database at all, only text " * 50) and d / "text.db",
            "not a SQLite database",
        ),
        (lambda _: "mysql://host/db", "SQLite or PostgreSQL"),
    ],
    ids=["missing folder", "folder", "text", "other server"],
)
def test_trouble_is_one_line(tmp_path, make, message):
    with pytest.raises(StorageError, match=message) as caught:
        TranslationMemory.open(make(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_newer_schema_is_refused(tmp_path):
    TranslationMemory.open(tmp_path / "m.db").close()
    with sqlite3.connect(tmp_path / "m.db") as connection:
        connection.execute("UPDATE tm_meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StorageError, match="schema 99"):
        TranslationMemory.open(tmp_path / "m.db")


def test_other_keys_are_indexed_again(tmp_path):
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.import_units(pair(text, f"t{i}") for i, text in enumerate(sentences(30)))
        expected = memory.search("đơn vị sẵn sàng", min_score=50, limit=None)
    with sqlite3.connect(tmp_path / "m.db") as connection:
        connection.execute("UPDATE tm_meta SET value = 'keys:0' WHERE name = 'signature'")
        connection.execute("UPDATE tm_segment SET digest = randomblob(16)")
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        assert memory.search("đơn vị sẵn sàng", min_score=50, limit=None) == expected


def test_filters(memory):
    memory.import_units([pair("Giữ chốt.", "Hold.", memory="a", author="An", created="2026-01-01T00:00:00Z")])
    memory.import_units([pair("Giữ chốt.", "Keep.", memory="b", document="d%", created="2026-03-01T00:00:00Z")])
    for wanted, expected in [
        (UnitFilter(), ["Hold.", "Keep."]),
        (UnitFilter(memories=("b",)), ["Keep."]),
        (UnitFilter(authors=("An", "Bình")), ["Hold."]),
        (UnitFilter(documents=("d%",)), ["Keep."]),
        (UnitFilter(since="2026-02"), ["Keep."]),
        (UnitFilter(until="2026-01-01"), ["Hold."]),
        (UnitFilter(contains="%"), []),
        (UnitFilter(contains="Kee"), ["Keep."]),
    ]:
        assert [u.target.text for u in memory.units(wanted)] == expected, wanted
        found = memory.search("Giữ chốt.", options=SearchOptions(filter=wanted))
        assert sorted(m.target.text for m in found) == expected, wanted


def test_a_confirmed_pair_of_an_alignment_stays_confirmed(memory):
    vi = (Span(0, 4, "Một."), Span(5, 9, "Hai."))
    en = (Span(0, 4, "One."), Span(5, 9, "Two."))
    memory.add_alignment(Alignment(vi, en, (Bead((0,), (0,), 1.0, confirmed=True), Bead((1,), (1,), 0.9))))
    assert [unit.status.value for unit in memory.units()] == ["confirmed", "translated"]


def test_an_alignment_is_stored_with_its_context(memory):
    vi = tuple(Span(i, i + 1, text) for i, text in enumerate(["Một.", "Hai.", "Ba."]))
    en = tuple(Span(i, i + 1, text) for i, text in enumerate(["One.", "Two and", "three."]))
    beads = (Bead((0,), (0,), 0.9), Bead((1, 2), (1, 2), 0.8))
    report = memory.add_alignment(Alignment(vi, en, beads), origin="bài", document="d")
    assert report.created == 2
    units = list(memory.units())
    assert [(u.source.text, u.target.text, u.previous, u.next, u.confidence) for u in units] == [
        ("Một.", "One.", "", "Hai. Ba.", 0.9),
        ("Hai. Ba.", "Two and three.", "Một.", "", 0.8),
    ]


def test_min_score_must_have_a_meaning(memory):
    with pytest.raises(UsageError):
        memory.search("x", min_score=0)
