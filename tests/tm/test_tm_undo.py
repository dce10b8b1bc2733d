"""Taking changes back exactly, and older schemas: brought up to date in one transaction, or left as they were."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import cli
from termbase.errors import StorageError
from tm import store_edit, store_migrate, store_write
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import UnitFilter
from tm.store import TranslationMemory
from tm.store_engine import open_database
from tm.store_rows import COLUMNS
from tm.store_write import Statements

TABLES = ("tm_unit", "tm_memory", "tm_trash", "tm_batch")


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


def contents(memory):
    """All rows of the tables that tell what the user stored, and the distinct segments that are left."""
    found = {}
    for name in TABLES:
        columns = ", ".join(c for c in COLUMNS if not c.endswith("_segment")) if name == "tm_unit" else "*"
        found[name] = lines(memory, f"SELECT {columns} FROM {name}")
    return {**found, "segments": lines(memory, "SELECT lang, tokens FROM tm_segment")}


def lines(memory, sql):
    return sorted(repr(tuple(map(plain, row))) for row in memory._database.rows(sql))


def plain(cell):
    return bytes(cell).hex() if isinstance(cell, (bytes, memoryview)) else cell


FULL = replace(
    pair("Giữ chốt", "Hold", document="d", position=3, author="An", created="2026-01-02T00:00:00Z", notes=("một",)),
    source=Segment("vi", "Giữ chốt", (InlineCode(4, "ph", "<ph/>"),)),
    confidence=0.1 + 0.2,
    properties=(("a", "b"), ("a", "c")),
    status=UnitStatus.CONFIRMED,
    provenance=Provenance.UNKNOWN,
)


@pytest.fixture
def memory(place):
    with TranslationMemory.open(place) as opened:
        opened.import_units([FULL, pair("Một."), pair("Hai.", memory="b"), pair("Hai.", "x", memory="main")])
        yield opened


def test_an_import_is_taken_back_exactly(memory):
    before = contents(memory)
    news = [
        replace(FULL, author="Bình", changed="2026-05-05T00:00:00Z", notes=("hai",)),
        replace(FULL, author="Chi", changed="2026-06-05T00:00:00Z"),
        pair("Một.", author="Dung"),
        *(pair(f"câu {i} mới", memory="new") for i in range(700)),
        pair("câu 5 mới", memory="new", author="again"),
    ]
    report = memory.import_units(news, note="news.tmx")
    assert (report.created, report.merged) == (700, 4)
    assert [(c.kind, c.note, c.units) for c in memory.changes()] == [("import", "news.tmx", 702), ("import", "", 4)]
    change, count = memory.undo_change()
    assert (change.note, count) == ("news.tmx", 702)
    assert contents(memory) == before
    assert memory.search("câu 5 mới", min_score=60) == []
    assert memory.search("Giữ chốt")[0].score == 100
    assert memory.import_units(news).created == 700


def test_nothing_is_left_when_all_is_taken_back(memory):
    assert memory.undo_change()[1] == 4
    assert {name: rows for name, rows in contents(memory).items() if rows} == {}
    assert memory.undo_change() is None
    assert memory.stats()["words"] == {}


def test_an_import_without_news_leaves_no_record(memory):
    assert memory.import_units([pair("Một.")]).unchanged == 1
    assert memory.import_units([pair("Ba.")], dry_run=True).created == 1
    assert len(memory.changes()) == 1


def test_single_additions_are_taken_back_exactly(memory):
    """What is made goes, with its memory; what is merged is as it was; what changes nothing leaves no record."""
    states = [contents(memory)]
    memory.add(pair("Một.", author="An", notes=("later",)))
    states.append(contents(memory))
    memory.add(pair("Bốn.", memory="own", previous="Ba."))
    assert [(c.kind, c.units) for c in memory.changes()] == [("add", 1), ("add", 1), ("import", 4)]
    assert memory.add_told(pair("Bốn.", memory="own", previous="Ba.")) == (5, "unchanged")
    assert len(memory.changes()) == 3
    for state in reversed(states):
        assert memory.undo_change()[0].kind == "add"
        assert contents(memory) == state
    assert memory.search("Bốn.") == []


def test_the_last_change_goes_first(memory):
    states = [contents(memory)]
    for step in (
        lambda: memory.add(pair("Ba.")),
        lambda: memory.import_units([pair("Ba.", author="An"), pair("Bốn.")]),
        lambda: memory.delete(UnitFilter(contains="Ba.")),
        lambda: memory.add(pair("Ba.", author="Bình")),
        lambda: memory.move(UnitFilter(memories=("main",)), "all"),
    ):
        step()
        states.append(contents(memory))
    for state in states[-2::-1]:
        memory.undo_change()
        assert contents(memory) == state


def test_deletions_and_moves_are_taken_back_exactly(memory):
    states = [contents(memory)]
    assert memory.delete(UnitFilter(memories=("main",), contains="Một")) == 1
    states.append(contents(memory))
    assert memory.move(UnitFilter(memories=("main",)), "b") == (1, 1)
    states.append(contents(memory))
    memory.import_units([pair("Ba.")])
    assert [change.kind for change in memory.changes()] == ["import", "move", "delete", "import"]
    for kind, state in zip(["import", "move", "delete"], reversed(states), strict=True):
        assert memory.undo_change()[0].kind == kind
        assert contents(memory) == state


def test_a_deletion_is_brought_back_whatever_came_after(memory):
    memory.delete(UnitFilter(contains="Một"))
    memory.import_units([pair("Ba.")])
    assert memory.undo() == 1
    assert [change.kind for change in memory.changes()] == ["import", "import"]
    assert sorted(unit.source.text for unit in memory.units()) == ["Ba.", "Giữ chốt", "Hai.", "Hai.", "Một."]


def test_segments_nobody_has_are_not_counted(memory):
    before = memory.stats()
    memory.import_units([pair("một câu rất mới", "a very new sentence")])
    memory.delete(UnitFilter(contains="rất mới"))
    assert memory.stats() == before


def test_a_large_import_is_taken_back(place, monkeypatch):
    monkeypatch.setattr(store_write, "BULK_FROM", 100)
    monkeypatch.setattr("tm.store_intake._BATCH", 50)
    monkeypatch.setattr("tm.store_journal._FEW", 100)
    with TranslationMemory.open(place) as memory:
        memory.import_units([pair("Một câu.", "One.")])
        before = contents(memory)
        memory.import_units(pair(f"dòng {chr(97 + i % 26)}{chr(97 + i // 26)} nữa", f"t{i}") for i in range(500))
        memory.undo_change()
        assert contents(memory) == before
        assert memory.search("Một câu.")[0].score == 100


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(cli.cli, ["--db", "m.db", "tm", *arguments])

    assert run("undo").exit_code == 1
    run("add", "Giữ chốt.", "Hold the post.", "--lang", "vi")
    assert "add of 20" in run("undo").stdout
    assert json.loads(run("stats", "--json").stdout)["units"] == 0
    (tmp_path / "p.tsv").write_text("đội\tunit\n", encoding="utf-8")
    run("import", "p.tsv")
    listed = json.loads(run("undo", "--list", "--json").stdout)
    assert [(row["kind"], row["note"], row["units"]) for row in listed] == [("import", "p.tsv", 1)]
    assert "import p.tsv of 20" in run("undo").stdout
    assert json.loads(run("stats", "--json").stdout)["units"] == 0
    result = run("undo", "--list")
    assert (result.exit_code, result.stderr) == (1, "songngu: there is nothing to undo\n")


# --- older schemas

VERSION_1 = """
CREATE TABLE tm_meta (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE tm_memory (id INTEGER NOT NULL, name VARCHAR NOT NULL, penalty SMALLINT NOT NULL, PRIMARY KEY (id),
  UNIQUE (name));
CREATE TABLE tm_segment (id {id} NOT NULL, lang VARCHAR NOT NULL, length INTEGER NOT NULL, digest {bytes} NOT NULL,
  tokens {bytes} NOT NULL, PRIMARY KEY (id));
CREATE UNIQUE INDEX tm_segment_digest ON tm_segment (digest);
CREATE INDEX tm_segment_length ON tm_segment (lang, length);
CREATE TABLE tm_unit (id {id} NOT NULL, memory_id INTEGER NOT NULL, source_lang VARCHAR NOT NULL,
  target_lang VARCHAR NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, source_segment {id} NOT NULL,
  target_segment {id} NOT NULL, source_codes TEXT NOT NULL, target_codes TEXT NOT NULL, document TEXT NOT NULL,
  position INTEGER, previous TEXT NOT NULL, next TEXT NOT NULL, author TEXT NOT NULL, created VARCHAR NOT NULL,
  changed VARCHAR NOT NULL, origin TEXT NOT NULL, provenance VARCHAR NOT NULL, status VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL, notes TEXT NOT NULL, properties TEXT NOT NULL, digest {bytes} NOT NULL,
  state {bytes} NOT NULL, PRIMARY KEY (id), FOREIGN KEY(memory_id) REFERENCES tm_memory (id),
  FOREIGN KEY(source_segment) REFERENCES tm_segment (id), FOREIGN KEY(target_segment) REFERENCES tm_segment (id));
CREATE UNIQUE INDEX tm_unit_digest ON tm_unit (digest);
CREATE INDEX tm_unit_source ON tm_unit (source_segment);
CREATE INDEX tm_unit_target ON tm_unit (target_segment);
CREATE TABLE tm_token (id {id} NOT NULL, lang VARCHAR NOT NULL, text TEXT NOT NULL, weight INTEGER NOT NULL,
  PRIMARY KEY (id));
CREATE UNIQUE INDEX tm_token_text ON tm_token (lang, text);
CREATE TABLE tm_posting (element BIGINT NOT NULL, length INTEGER NOT NULL, block BIGINT NOT NULL,
  segments {bytes} NOT NULL, limits {bytes} NOT NULL, PRIMARY KEY (element, length, block));
CREATE TABLE tm_trash (batch INTEGER NOT NULL, unit_id {id} NOT NULL, deleted VARCHAR NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (batch, unit_id));
"""
COPIED = ("tm_meta", "tm_memory", "tm_segment", "tm_unit", "tm_token", "tm_posting")
GONE = (
    '{"id": 9, "source": {"lang": "vi", "text": "Cũ."}, "target": {"lang": "en", "text": "Old."}, "memory": "main",'
    ' "provenance": "human", "status": "translated"}'
)


def version_1(place):
    """Make a database of schema 1 with units, of which one was deleted."""
    with TranslationMemory.open(":memory:") as newest:
        newest.import_units([FULL, *(pair(f"câu số {i}", f"t{i}") for i in range(600))])
        rows = {name: [tuple(row) for row in newest._database.rows(f"SELECT * FROM {name}")] for name in COPIED}
    database = open_database(place)
    types = {"id": "INTEGER", "bytes": "BLOB"} if database.sqlite else {"id": "BIGINT", "bytes": "BYTEA"}
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        for sql in VERSION_1.format(**types).split(";"):
            if sql.strip():
                statements.run(sql)
        for name, values in rows.items():
            statements.run_many(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values)
        statements.run("UPDATE tm_meta SET value = '1' WHERE name = 'schema'")
        statements.run("INSERT INTO tm_trash VALUES (1, 9, '2026-01-01T00:00:00Z', ?)", (GONE,))
        statements.run("DELETE FROM tm_unit WHERE id = 9")
    database.close()


def tables(place):
    """The version and the rows of every table that a database has."""
    database = open_database(place)
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if database.sqlite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    found = {}
    for (name,) in database.rows(names):
        found[name] = sorted(map(repr, (tuple(map(plain, row)) for row in database.rows(f"SELECT * FROM {name}"))))
    database.close()
    return found


def test_an_older_schema_is_brought_up_to_date_with_its_data(place):
    version_1(place)
    before = tables(place)
    assert "tm_batch" not in before
    TranslationMemory.open(place).close()
    after = tables(place)
    assert {name: after[name] for name in before if name != "tm_meta"} == {
        name: rows for name, rows in before.items() if name != "tm_meta"
    }
    with TranslationMemory.open(place) as memory:
        assert len(memory) == 600
        assert memory.search("câu số 77")[0].target.text == "t77"
        assert memory.get(1) == replace(FULL, id=1)
        assert [(c.kind, c.made, c.units) for c in memory.changes()] == [("delete", "2026-01-01T00:00:00Z", 1)]
        assert memory.undo() == 1
        assert memory.get(9).target.text == "Old."
        memory.import_units([pair("mới")])
        assert memory.undo_change()[0].kind == "import"


def test_a_migration_that_fails_leaves_the_old_schema(place, monkeypatch):
    version_1(place)
    before = tables(place)

    def failing(statements):
        store_migrate.MIGRATIONS[1](statements)
        statements.run("INSERT INTO tm_batch (batch) VALUES (1)")

    original = store_migrate.migrate
    monkeypatch.setattr(store_migrate, "migrate", lambda statements: original(statements, {1: failing}))
    with pytest.raises(StorageError) as caught:
        TranslationMemory.open(place)
    assert "\n" not in str(caught.value)
    assert tables(place) == before
    monkeypatch.undo()
    with TranslationMemory.open(place) as memory:
        assert len(memory) == 600


@pytest.mark.parametrize("version", ["3", "99", "x"])
def test_a_schema_that_is_not_known_is_refused_and_left_alone(place, version):
    TranslationMemory.open(place).close()
    database = open_database(place)
    with database.write() as connection:
        Statements(connection, sqlite=database.sqlite).run(
            "UPDATE tm_meta SET value = ? WHERE name = 'schema'", (version,)
        )
    database.close()
    before = tables(place)
    with pytest.raises(StorageError, match=f"schema {version}, this songngu knows 2; install a newer songngu"):
        TranslationMemory.open(place)
    assert tables(place) == before


def test_two_that_open_an_older_schema_at_once(place):
    version_1(place)
    with TranslationMemory.open(place) as first, TranslationMemory.open(place) as second:
        database = first._database
        with database.write() as connection:  # a second migration finds nothing to do
            store_migrate.migrate(Statements(connection, sqlite=database.sqlite))
        assert len(second.changes()) == 1
        assert store_edit.undo(database, deletions=True)[1] == 1
