from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import replace

import pytest
from sample_concepts import CONCEPTS, COURSE, FULL, RANK, TENURE

from termbase import schema
from termbase.errors import Problem, StorageError, UsageError
from termbase.formats.base import ReadResult
from termbase.model import AdministrativeStatus, Term
from termbase.store import TermStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "own.db"


@pytest.fixture
def store(path):
    with TermStore.open(path) as opened:
        yield opened


def test_concepts_come_back_as_they_were(path):
    with TermStore.open(path) as store:
        store.put(CONCEPTS, "add")
    with TermStore.open(path) as store:
        assert store.concepts() == CONCEPTS
        assert store.get("dai-ta") == RANK
        assert store.get("nowhere") is None
        assert len(store) == len(CONCEPTS)


def test_put_replaces_in_place_and_tells_whether_anything_changed(store):
    store.put([FULL, RANK], "add")
    assert store.put([FULL], "edit") is None
    changed = replace(FULL, note="new")
    assert store.put([changed], "edit") == 2
    assert store.concepts() == (changed, RANK)


def test_remove_is_all_or_nothing(store):
    store.put([FULL, RANK], "add")
    with pytest.raises(UsageError, match="not among your own terms: nowhere"):
        store.remove(["dai-ta", "nowhere"])
    assert len(store) == 2
    store.remove(["bon-tai-cho"])
    assert store.concepts() == (RANK,)


def test_import_reports_and_again_changes_nothing(store):
    result = ReadResult(CONCEPTS, (Problem(message="odd", line=3),), None, 2)
    report = store.import_result(result, title="a.csv")
    assert (report.read, report.created, report.merged, report.unchanged, report.skipped) == (7, 5, 0, 0, 2)
    assert report.warnings == (Problem(message="odd", line=3),)
    again = store.import_result(result, title="a.csv")
    assert (again.created, again.merged, again.unchanged, again.batch) == (0, 0, 5, None)
    assert store.concepts() == CONCEPTS
    assert report.to_json().keys() >= {"read", "created", "merged", "unchanged", "skipped", "warnings"}


def test_dry_run_stores_nothing_and_says_the_same(store):
    dry = store.import_result(ReadResult(CONCEPTS), dry_run=True)
    assert (dry.created, dry.batch, len(store), store.history()) == (5, None, 0, ())


def test_undo_restores_exactly_in_order(store, path):
    store.put([FULL, RANK, TENURE], "add")
    before = dump(path)
    merged = replace(RANK, terms=(*RANK.terms, Term(text="Đ/tá", lang="vi", status=AdministrativeStatus.ADMITTED)))
    report = store.import_result(ReadResult((merged, COURSE)), title="b.csv")
    assert dump(path) != before
    batch = store.undo()
    assert (batch.id, batch.action, batch.title, batch.concepts) == (
        report.batch,
        "import",
        "b.csv",
        ("dai-ta", "khoa-hoc"),
    )
    assert dump(path) == before


def test_undo_of_a_removal_puts_the_concept_back_in_its_place(store):
    store.put([FULL, RANK, TENURE], "add")
    store.remove(["dai-ta"])
    store.undo()
    assert store.concepts() == (FULL, RANK, TENURE)


def test_undo_refuses_what_was_changed_again(store):
    first = store.put([RANK], "add")
    second = store.put([replace(RANK, note="later")], "edit")
    with pytest.raises(UsageError, match=f"dai-ta was changed again by batch {second}"):
        store.undo(first)
    store.undo(second)
    store.undo(first)
    assert len(store) == 0
    with pytest.raises(UsageError, match="nothing to undo"):
        store.undo()


def test_an_older_batch_of_other_concepts_can_be_undone(store):
    first = store.put([RANK], "add")
    store.put([TENURE], "add")
    store.undo(first)
    assert store.concepts() == (TENURE,)
    with pytest.raises(UsageError, match="there is no batch"):
        store.undo(first)


def test_a_failing_import_stores_nothing(store, monkeypatch):
    store.put([RANK], "add")

    def broken(*_):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("termbase.store._store", broken)
    with pytest.raises(sqlite3.OperationalError):
        store.import_result(ReadResult(CONCEPTS))
    monkeypatch.undo()
    assert store.concepts() == (RANK,)
    assert len(store.history()) == 1


def test_newer_tables_are_refused(path):
    TermStore.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tb_meta SET value = '99'")
    connection.close()
    with pytest.raises(StorageError, match="version 99, this songngu knows 1"):
        TermStore.open(path)


def test_older_tables_are_brought_up_to_date(path, monkeypatch):
    with TermStore.open(path) as store:
        store.put([RANK], "add")
    monkeypatch.setattr(schema, "VERSION", 2)
    monkeypatch.setattr(schema, "MIGRATIONS", {1: ["ALTER TABLE tb_batch ADD COLUMN remark TEXT"]})
    with TermStore.open(path) as store:
        assert store.concepts() == (RANK,)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value FROM tb_meta").fetchone() == ("2",)
        assert "remark" in [row[1] for row in connection.execute("PRAGMA table_info(tb_batch)")]
    connection.close()


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be looked at" * 50, b"SQLite format 3\0" + b"x" * 200]
)
def test_a_file_that_is_no_database_is_one_line(tmp_path, content):
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(StorageError) as error:
        TermStore.open(bad)
    assert "bad.db: " in str(error.value)
    assert "\n" not in str(error.value)
    assert bad.read_bytes() == content


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(StorageError, match="unable to open"):
        TermStore.open(tmp_path)


def test_unknown_urls_are_wrong_use():
    with pytest.raises(UsageError, match="is not known"):
        TermStore.open("nosuch://host/name")
    with pytest.raises(UsageError, match="cannot be read"):
        TermStore.open("post gres://host:port/x")


def test_pragmas(store, path):
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5000
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_two_writers_wait_for_each_other(path):
    TermStore.open(path).close()
    errors = []

    def write(number):
        try:
            with TermStore.open(path) as store:
                for index in range(5):
                    store.put([replace(RANK, id=f"c{number}-{index}")], "add")
        except StorageError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with TermStore.open(path) as store:
        assert len(store) == 20
        assert len(store.history()) == 20


def test_a_held_database_is_a_plain_message(path, monkeypatch):
    TermStore.open(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("termbase.store.BUSY_SECONDS", 0.1)
    try:
        with pytest.raises(StorageError, match="another program has held the database"):
            TermStore.open(path)
    finally:
        holder.close()


@pytest.mark.outside
@pytest.mark.skipif("SONGNGU_TEST_POSTGRES" not in os.environ, reason="SONGNGU_TEST_POSTGRES names no database")
def test_postgres_keeps_and_undoes():
    from sqlalchemy import create_engine

    url = os.environ["SONGNGU_TEST_POSTGRES"]
    engine = create_engine(url)
    schema.metadata.drop_all(engine)
    engine.dispose()
    with TermStore.open(url) as store:
        store.import_result(ReadResult(CONCEPTS), title="a.csv")
        assert store.concepts() == CONCEPTS
        store.put([replace(RANK, note="x")], "edit")
        store.undo()
        assert store.concepts() == CONCEPTS
        store.undo()
        assert len(store) == 0


def dump(path) -> list[str]:
    """All content but the counters, which may go on."""
    connection = sqlite3.connect(path)
    try:
        return [
            str(row)
            for table in ("tb_concept", "tb_term", "tb_batch", "tb_change")
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        ]
    finally:
        connection.close()
