"""What is PostgreSQL's own: one planned statement a search, and servers that end connections."""

from __future__ import annotations

import psycopg
import pytest

from termbase.errors import StorageError
from tm.model import Segment, TranslationUnit
from tm.options import SearchOptions, UnitFilter
from tm.store import TranslationMemory

pytestmark = pytest.mark.outside


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


def targets(memory, text, **options):
    return [match.target.text for match in memory.search(text, **options)]


@pytest.fixture
def memory(postgres_url):
    with TranslationMemory.open(postgres_url) as opened:
        opened.add(pair("Giữ vững trận địa phòng ngự.", "Hold the defensive position."))
        opened.load()
        opened.search("Giữ vững")
        yield opened


@pytest.fixture
def other(postgres_url):
    """A connection of nobody's to the same database."""
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


@pytest.fixture
def counted(memory, monkeypatch):
    """The statements that reach the server, by the way they take."""
    asked = []
    for name in ("rows", "numbered", "binary"):
        way = getattr(memory._database._reader, name)
        monkeypatch.setattr(
            memory._database._reader, name, lambda *given, way=way, name=name: asked.append(name) or way(*given)
        )
    return asked


def end_connections(other):
    """End all other connections to this database, as a server does that goes down."""
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Giữ vững trận địa.", {"min_score": 50}),
        ("Giữ vững trận địa phòng ngự.", {}),
        ("Chưa từng có câu như vậy", {}),
        ("", {}),
    ],
)
def test_a_search_asks_the_server_once(memory, counted, text, options):
    memory.search(text, **options)
    assert counted == ["numbered"]


def test_a_search_after_a_change_asks_for_the_state_and_follows(memory, counted, postgres_url):
    with TranslationMemory.open(postgres_url) as writer:
        writer.add(pair("Giữ vững bàn đạp.", "Hold the springboard."))
    assert targets(memory, "Giữ vững bàn đạp!") == ["Hold the springboard."]
    assert counted[-1] == "numbered" and 1 < len(counted) <= 5
    counted.clear()
    assert targets(memory, "Giữ vững bàn đạp!") == ["Hold the springboard."]
    assert counted == ["numbered"]


def test_segments_without_units_are_no_answer_and_hide_no_change(memory, counted, postgres_url):
    """The index in memory has a segment still when its units are deleted."""
    text = "Giữ vững trận địa phòng ngự."
    with TranslationMemory.open(postgres_url) as writer:
        writer.delete_ids([1])
        assert targets(memory, text, min_score=99) == []
        counted.clear()
        assert targets(memory, text, min_score=99) == []
        assert counted == ["numbered", "numbered"]  # for the units; that nothing was committed
        writer.undo()
        assert targets(memory, text, min_score=99) == ["Hold the defensive position."]


def test_the_statement_of_each_search_is_planned_once_and_by_indexes(memory, postgres_url):
    for number in range(30):
        memory.search(f"Giữ vững trận địa {number}", min_score=50)
    rows = memory._database.rows
    sql = "SELECT name, statement, generic_plans, custom_plans FROM pg_prepared_statements WHERE name LIKE ?"
    held = {statement: (name, generic, custom) for name, statement, generic, custom in rows(sql, ("songngu%",))}
    assert len(held) == 2
    for statement, (_, generic, custom) in held.items():
        assert custom <= 5 and generic >= 1, statement
    assert sum(generic for _, generic, _ in held.values()) >= 30
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as fresh:
        assert fresh.execute("SHOW enable_seqscan").fetchone() == rows("SHOW enable_seqscan")[0]
    units = next(name for statement, (name, *_) in held.items() if "tm_unit" in statement)
    plan = "\n".join(row[0] for row in rows(f"EXPLAIN EXECUTE {units} ('{{1,2}}')"))
    assert "tm_unit_source" in plan and "tm_unit_target" in plan
    assert "Seq Scan on tm_unit" not in plan


def test_a_worker_goes_on_after_the_server_was_restarted(memory, other, postgres_url):
    """It opens a new connection, and has followed what was written meanwhile."""
    base = memory._searcher._live["vi"]._base
    end_connections(other)
    assert targets(memory, "Giữ vững trận địa phòng ngự.") == ["Hold the defensive position."]
    end_connections(other)
    with TranslationMemory.open(postgres_url) as writer:
        writer.add(pair("Giữ vững bàn đạp.", "Hold the springboard."))
    assert targets(memory, "Giữ vững bàn đạp!") == ["Hold the springboard."]
    assert memory._searcher._live["vi"]._base is base
    end_connections(other)
    assert targets(memory, "Hold the springboard.", lang="en") == ["Giữ vững bàn đạp."]
    end_connections(other)
    memory.add(pair("Hành quân đêm.", "Night march."))
    assert targets(memory, "Hành quân đêm!") == ["Night march."]


def test_ways_of_searching_that_begin_a_transaction_go_on_too(memory, other):
    """Below the lowest cutoff of the index, and in a process without one, a search reads within a transaction."""
    end_connections(other)
    assert targets(memory, "Giữ vững trận địa khác hẳn.", min_score=40) == ["Hold the defensive position."]
    end_connections(other)
    memory._searcher._live.clear()
    assert targets(memory, "Giữ vững trận địa phòng thủ.") == ["Hold the defensive position."]
    end_connections(other)
    options = SearchOptions(filter=UnitFilter(memories=("main",)))
    assert targets(memory, "Giữ vững trận địa phòng thủ.", options=options) == ["Hold the defensive position."]


def test_a_connection_lost_within_a_transaction_is_one_clear_error(memory, other):
    with pytest.raises(StorageError, match="^postgresql.*") as told, memory._database.snapshot():
        memory._database.rows("SELECT 1")
        end_connections(other)
        memory._database.rows("SELECT 1")
    assert "\n" not in str(told.value)
    assert targets(memory, "Giữ vững trận địa phòng ngự.") == ["Hold the defensive position."]


def test_while_the_server_takes_nobody_in_there_is_one_clear_error(memory, postgres_server, postgres_url):
    name = postgres_url.rpartition("/")[2]
    plain = postgres_server.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as outside:
        outside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        outside.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        for _ in range(2):
            with pytest.raises(StorageError, match="not currently accepting connections") as told:
                memory.search("Giữ vững trận địa phòng ngự.")
            assert "\n" not in str(told.value)
        outside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert targets(memory, "Giữ vững trận địa phòng ngự.") == ["Hold the defensive position."]


def test_a_fault_in_a_planned_statement_is_told_like_any_other(memory):
    with pytest.raises(StorageError, match='relation "nowhere" does not exist'):
        memory._database.numbered("SELECT 1 FROM nowhere WHERE id = ANY($1)", [1])
    for fault in (1, 0, 1000):  # 0 and 1000 numbers are asked for when it is planned
        sql = f"SELECT 1 / (cardinality($1::bigint[]) - {fault})"
        for _ in range(2):
            with pytest.raises(StorageError, match="division by zero"):
                memory._database.numbered(sql, [1] * fault)
    assert memory._database.rows("SHOW enable_seqscan") == [("on",)]
    assert memory._database.numbered("SELECT unnest($1::bigint[])", [3, 1]) == [(3,), (1,)]


def test_texts_come_whole_whatever_encoding_a_client_is_set_to(postgres_url, monkeypatch):
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with TranslationMemory.open(postgres_url) as memory:
        memory.add(pair("Giữ vững trận địa 🚩 phòng ngự", "Hold — 🚩"))
        memory.load()
        assert targets(memory, "Giữ vững trận địa phòng ngự") == ["Hold — 🚩"]
        assert [unit.target.text for unit in memory.units()] == ["Hold — 🚩"]
