"""Workers with the index in memory follow everything a writer does, and answer like a process that has just begun."""

from __future__ import annotations

import random
import threading

import pytest

from termbase.errors import StorageError
from tm import store_search
from tm.fuzzy import live as live_module
from tm.model import Segment, TranslationUnit, UnitStatus
from tm.options import UnitFilter
from tm.store import TranslationMemory
from tm.store_write import Statements

WORDS = "giữ vững trận địa phòng ngự tiến công hành quân đêm mưa rừng núi sông biển".split()


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


def sentence(rng):
    return " ".join(rng.choices(WORDS, k=rng.randint(3, 7)))


def pairs(rng, count, **fields):
    return [pair(sentence(rng), f"x{rng.randint(1, 50)}", **fields) for _ in range(count)]


class HaltedError(Exception):
    """A writer that is stopped in the middle of its work."""


def halted(units):
    yield from units
    raise HaltedError


def roll_back(memory, rng):
    with pytest.raises(HaltedError):
        memory.import_units(halted(pairs(rng, 5)))


def edit(memory, rng):
    """Store the state and a note of a unit anew: the same unit, met again."""
    unit = rng.choice(list(memory.units()))
    memory.add(
        TranslationUnit(
            source=unit.source,
            target=unit.target,
            memory=unit.memory,
            changed="2027-01-01T00:00:00Z",
            status=rng.choice(list(UnitStatus)),
            notes=(sentence(rng),),
        )
    )


def some_ids(memory, rng):
    return tuple(rng.sample([unit.id for unit in memory.units()], k=3))


DEEDS = {
    "add": lambda memory, rng: memory.add(*pairs(rng, 1)),
    "add to a new memory": lambda memory, rng: memory.add(*pairs(rng, 1, memory=f"kho {rng.randint(1, 99)}")),
    "import": lambda memory, rng: memory.import_units(pairs(rng, 20)),
    "dry run": lambda memory, rng: memory.import_units(pairs(rng, 9), dry_run=True),
    "rolled back": roll_back,
    "edit": edit,
    "delete": lambda memory, rng: memory.delete(UnitFilter(ids=some_ids(memory, rng))),
    "delete by ids": lambda memory, rng: memory.delete_ids(some_ids(memory, rng)),
    "undo": lambda memory, _: memory.undo(),
    "undo the last change": lambda memory, _: memory.undo_change(),
    "move": lambda memory, rng: memory.move(UnitFilter(ids=some_ids(memory, rng)), f"kho {rng.randint(1, 3)}"),
    "penalty": lambda memory, rng: memory.set_penalty("main", rng.randint(0, 40)),
}


@pytest.mark.parametrize("most", [15, 10_000])
def test_two_workers_follow_all_that_a_writer_does(place, monkeypatch, most):
    monkeypatch.setattr(live_module, "MOST_LOOSE", 12)
    monkeypatch.setattr(store_search, "_MOST_ADDED", most)
    rng = random.Random(most)
    deeds = [name for name in DEEDS for _ in range(3)]
    rng.shuffle(deeds)
    with TranslationMemory.open(place) as writer, TranslationMemory.open(place) as one:
        for unit in pairs(rng, 40):  # one by one, or they could be taken back
            writer.add(unit)
        one.load()
        with TranslationMemory.open(place) as other:
            other.load("vi")
            for deed in deeds:
                DEEDS[deed](writer, rng)
                queries = [sentence(rng) for _ in range(3)] + [rng.choice(list(writer.units())).source.text]
                with TranslationMemory.open(place) as fresh:
                    for query in queries:
                        expected = fresh.search(query, "vi", 55, None)
                        assert one.search(query, "vi", 55, None) == expected, (deed, query)
                        assert other.search(query, "vi", 55, None) == expected, (deed, query)
                        assert one.best_score(query) == fresh.best_score(query), (deed, query)
                        assert one.search(query, "vi", 100) == fresh.search(query, "vi", 100), (deed, query)


@pytest.mark.parametrize("deed", [name for name in DEEDS if name not in ("dry run", "rolled back")])
def test_every_writer_counts_up_the_number_of_the_last_change(place, deed):
    """It is what workers follow."""
    rng = random.Random(3)
    number = "SELECT value FROM tm_meta WHERE name = 'last_change'"
    with TranslationMemory.open(place) as memory:
        memory.import_units(pairs(rng, 10))
        memory.delete_ids([1])
        before = memory._database.rows(number)[0][0]
        DEEDS[deed](memory, rng)
        assert int(memory._database.rows(number)[0][0]) > int(before)


def test_what_was_committed_before_a_search_began_is_found(place):
    """One thread adds and says so; the other, which searches at the same time, must have found it from then on."""
    told = []
    rng = random.Random(9)
    units = [pair(f"{sentence(rng)} số {' '.join(rng.choices('abcdefgh', k=6))}") for _ in range(60)]

    def write():
        with TranslationMemory.open(place) as writer:
            for unit in units:
                writer.add(unit)
                told.append(unit.source.text)

    with TranslationMemory.open(place) as worker:
        worker.add(pair("giữ vững trận địa"))
        worker.load("vi")
        thread = threading.Thread(target=write)
        thread.start()
        seen = set()
        try:
            while thread.is_alive():
                text = told[-1] if told else "giữ vững trận địa"
                found = worker.search(f"{text} thêm", "vi", 80)
                assert found and found[0].source.text == text
                seen.add(text)
        finally:
            thread.join()
    assert len(seen) > 1


def test_a_database_put_back_from_an_older_copy_is_loaded_anew(place):
    with TranslationMemory.open(place) as memory, TranslationMemory.open(place) as worker:
        memory.add(pair("giữ vững trận địa phòng ngự"))
        memory.add(pair("hành quân đêm mưa rừng"))
        worker.load("vi")
        assert len(worker.search("hành quân đêm mưa núi", "vi", 70)) == 1
        with memory._database.write() as connection:  # what a copy made before the second unit holds
            run = Statements(connection, sqlite=memory._database.sqlite).run
            run("DELETE FROM tm_unit WHERE id = 2")
            run("DELETE FROM tm_segment WHERE id = 3")
            run("UPDATE tm_meta SET value = '2' WHERE name = 'last_segment'")
            run("UPDATE tm_meta SET value = '1' WHERE name IN ('last_unit', 'last_change')")
        assert worker.search("hành quân đêm mưa núi", "vi", 70) == []
        memory.add(pair("tiến công núi sông biển"))
        found = worker.search("tiến công núi sông rừng", "vi", 70)
        assert [match.source.text for match in found] == ["tiến công núi sông biển"]


def test_a_memory_that_another_version_has_indexed_anew_is_not_searched_by_old_keys(place):
    """Its segments are others; a process that began before would miss them and say nothing."""
    with TranslationMemory.open(place) as memory, TranslationMemory.open(place) as worker:
        memory.add(pair("giữ vững trận địa phòng ngự"))
        worker.load("vi")
        assert len(worker.search("giữ vững trận địa phòng thủ", "vi", 70)) == 1
        with memory._database.write() as connection:
            run = Statements(connection, sqlite=memory._database.sqlite).run
            run("UPDATE tm_meta SET value = 'keys:99,score:99' WHERE name = 'signature'")
            run("UPDATE tm_meta SET value = '7' WHERE name = 'last_change'")
        for _ in range(2):
            with pytest.raises(StorageError, match="another version of songngu has indexed it anew"):
                worker.search("giữ vững trận địa phòng thủ", "vi", 70)
