"""A loaded index follows the database: what any process adds, edits or deletes is seen by the next search."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from termbase.errors import StorageError
from tm import store_load, store_search
from tm.fuzzy import live as live_module
from tm.model import Segment, TranslationUnit
from tm.options import UnitFilter
from tm.store import TranslationMemory

ROOT = Path(__file__).resolve().parents[2]


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


def elsewhere(place, code):
    """Run code on the memory in another process."""
    program = (
        "import sys\nfrom tm.model import *\nfrom tm.options import UnitFilter\n"
        "from tm.store import TranslationMemory\n"
        f"with TranslationMemory.open(sys.argv[1]) as memory:\n    {code}\n"
    )
    done = subprocess.run([sys.executable, "-c", program, place], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def targets(memory, text, **options):
    return [match.target.text for match in memory.search(text, **options)]


def test_what_another_process_does_is_seen_at_once(place):
    """The index in memory is not built again: it takes in the new segments, and the units are read as they are."""
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ vững trận địa phòng ngự.", "Hold the defensive position."))
        memory.load()
        base = memory._searcher._live["vi"]._base
        assert targets(memory, "Giữ vững trận địa phòng ngự.") == ["Hold the defensive position."]

        add = (
            'memory.add(TranslationUnit(source=Segment("vi", "Giữ vững bàn đạp tiến công."), '
            'target=Segment("en", "Hold the springboard.")))'
        )
        elsewhere(place, add)
        assert targets(memory, "Giữ vững bàn đạp tiến công!") == ["Hold the springboard."]
        assert targets(memory, "Hold the springboard.", lang="en") == ["Giữ vững bàn đạp tiến công."]

        elsewhere(place, 'memory.set_penalty("main", 7)')
        assert memory.search("Giữ vững bàn đạp tiến công.")[0].score == 93

        elsewhere(place, "memory.delete(UnitFilter(ids=(1,)))")
        assert targets(memory, "Giữ vững trận địa phòng ngự.") == []
        elsewhere(place, "memory.undo()")
        assert targets(memory, "Giữ vững trận địa phòng ngự.") == ["Hold the defensive position."]

        elsewhere(place, 'memory.move(UnitFilter(ids=(2,)), "archive")')
        found = memory.search("Giữ vững bàn đạp tiến công.")
        assert [(match.unit.memory, match.score) for match in found] == [("archive", 100)]
        assert memory._searcher._live["vi"]._base is base


@pytest.mark.parametrize("loose", [0, 3, 500])
def test_new_segments_answer_as_old_ones(place, monkeypatch, loose):
    """Few new segments stand in lists, more get arrays of their own; both answer like a fresh process."""
    monkeypatch.setattr(live_module, "MOST_LOOSE", loose)
    texts = [f"{a} {b} {c} trận địa" for a in ("giữ", "bỏ") for b in ("vững", "chắc") for c in ("một", "hai", "các")]
    texts += ["chốt", "chót", "Đại đội 3", "Đại đội 5 hành quân"]
    with TranslationMemory.open(place) as memory, TranslationMemory.open(place) as fresh:
        memory.import_units(map(pair, texts[:4]))
        memory.load()
        for start in range(4, len(texts), 3):
            memory.import_units(map(pair, texts[start : start + 3]))
            for text in (*texts, "chot", "giữ chắc ba trận địa"):
                for percent in (50, 75, 80, 100):
                    assert memory.search(text, "vi", percent) == fresh.search(text, "vi", percent), (text, percent)


def test_a_loaded_index_is_loaded_again_when_much_was_added(place, monkeypatch):
    from tm import store_search

    monkeypatch.setattr(store_search, "_MOST_ADDED", 20)
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ chốt."))
        memory.load("vi")
        before = memory._searcher._live["vi"]
        memory.import_units(pair(f"dòng {chr(97 + i)}{chr(98 + i)} nữa") for i in range(24))
        assert memory.search("dòng ab nữa", "vi", 99)[0].score == 100
        assert memory._searcher._live["vi"] is not before
        assert memory._searcher._live["vi"].added == 0


def test_a_vocabulary_too_large_for_the_arrays_stays_in_the_database(tmp_path, monkeypatch):
    from tm.fuzzy import array_search

    monkeypatch.setattr(array_search, "MOST_TOKENS", 3)
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.add(pair("một hai ba bốn năm"))
        memory.load("vi")
        assert targets(memory, "một hai ba bốn") == ["x"]
        assert not memory._searcher._live


def test_a_memory_made_elsewhere_is_known_by_its_name(place):
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ chốt."))
        memory.load("vi")
        assert len(memory.search("Giữ chốt.")) == 1
        elsewhere(
            place,
            'memory.add(TranslationUnit(source=Segment("vi", "Giữ chốt."), target=Segment("en", "y"), memory="hai"))',
        )
        found = memory.search("Giữ chốt.", options=None)
        assert {match.unit.memory for match in found} == {"main", "hai"}
        assert {unit.memory for unit in memory.units(UnitFilter(memories=("hai",)))} == {"hai"}


def test_a_process_that_searches_often_keeps_the_index(place):
    """Nobody has to ask for it, and one that searches a few times does not pay for it."""
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ vững trận địa phòng ngự.", "Hold the defensive position."))
        for number in range(1, store_search.LOADED_AFTER + 5):
            assert targets(memory, "Giữ vững trận địa phòng thủ.", min_score=60) == ["Hold the defensive position."]
            assert set(memory._searcher._live) == ({"vi"} if number >= store_search.LOADED_AFTER else set())
        elsewhere(place, 'memory.add(TranslationUnit(source=Segment("vi", "Bàn đạp."), target=Segment("en", "It.")))')
        assert targets(memory, "Bàn đạp!") == ["It."]


@pytest.mark.parametrize("block", [1, 3, 20_000])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_segments_are_read_as_they_are_stored(tmp_path, monkeypatch, encoding, block):
    """Joined by the database, whatever bytes their tokens have and however it keeps texts."""
    monkeypatch.setattr(store_load, "_BLOCK", block)
    with sqlite3.connect(tmp_path / "m.db") as file:
        file.execute(f"PRAGMA encoding = '{encoding}'")
        file.execute("CREATE TABLE other (name TEXT)")
    words = [f"từ {chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(400)]
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.import_units(pair(" ".join(words[i : i + i % 5 + 1]), f"x {words[i]}") for i in range(395))
        database = memory._searcher._database
        assert database.rows("PRAGMA encoding") == [(encoding,)]
        rows = database.rows("SELECT id, length, tokens FROM tm_segment WHERE lang = 'vi' AND length > 0 ORDER BY id")
        found = store_load._of_file(database, "vi", rows[-2][0])
    assert found.ids.tolist() == [row[0] for row in rows[:-1]]
    assert found.lengths.tolist() == [row[1] for row in rows[:-1]]
    assert bytes(found.tokens) == b"".join(row[2] for row in rows[:-1])


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Connection.setlimit is new in Python 3.11")
def test_segments_too_many_for_one_value_are_read_in_parts(tmp_path):
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.import_units(
            pair(f"câu {'dài ' * (i % 7)}số {chr(97 + i % 26)} x{i}", f"sentence {i}") for i in range(90)
        )
        database = memory._searcher._database
        whole = store_load._of_file(database, "vi", 10_000)
        database.raw().setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 600)
        parts = store_load._of_file(database, "vi", 10_000)
        assert (parts.ids, parts.lengths, parts.tokens) == (whole.ids, whole.lengths, whole.tokens)
        assert len(whole.ids) == 90
        database.raw().setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 30)
        with pytest.raises(StorageError, match="too big|too large"):
            store_load._of_file(database, "vi", 10_000)
