"""Changing what is stored: deleting with undo, moving between memories, penalties, and backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from termbase.errors import StorageError, UsageError
from tm.model import TranslationUnit
from tm.options import UnitFilter
from tm.outcome import Change
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_index import post
from tm.store_journal import Journal, changes, drop_unused, stored_units, take_back
from tm.store_rows import identity
from tm.store_write import Statements, UnitWriter

_PART = 500


def delete(database: Database, wanted: UnitFilter) -> int:
    """Delete units, keeping them in the trash, and return how many."""
    where, parameters = condition(wanted)
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        return _discard(statements, stored_units(statements, where, parameters))


def delete_ids(database: Database, ids: Sequence[int]) -> int:
    """Delete the units of any number of ids, as :func:`delete` does."""
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        units = []
        for start in range(0, len(ids), _PART):
            part = ids[start : start + _PART]
            units += stored_units(statements, f"u.id IN ({','.join('?' * len(part))})", part)
        return _discard(statements, units)


def _discard(statements: Statements, units: Sequence[tuple[TranslationUnit, bytes]]) -> int:
    if not units:
        return 0
    journal = Journal(statements, "delete")
    journal.keep(units)
    numbers = [(unit.id,) for unit, _ in units]
    sql = "SELECT source_segment, target_segment FROM tm_unit WHERE id IN (?)"
    segments = [segment for row in statements.rows_in(sql, [n for (n,) in numbers]) for segment in row]
    statements.run_many("DELETE FROM tm_unit WHERE id = ?", numbers)
    drop_unused(statements, segments)
    journal.close()
    UnitWriter(statements).finish()
    return len(units)


def undo(database: Database, *, deletions: bool = False) -> tuple[Change, int] | None:
    """Take the last change back, or with ``deletions`` the last deletion, whatever came after it.

    Returns the change and the number of units that were removed or put back, ``None`` where there is no
    change. A deleted unit that was added again meanwhile is not doubled.
    """
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        found = [change for change in changes(statements.rows) if not deletions or change.kind == "delete"]
        if not found:
            return None
        writer = UnitWriter(statements)
        count = take_back(statements, writer, found[0].number)
        writer.finish()
        post(statements, writer.last["segment"])
    return found[0], count


def move(database: Database, wanted: UnitFilter, memory: str) -> tuple[int, int]:
    """Put units into another memory: it splits one, or merges two.

    Returns how many were moved, and how many were there already and were merged into one.
    """
    where, parameters = condition(wanted)
    moved = doubled = 0
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        journal = Journal(statements, "move", f"to {memory}")
        writer = UnitWriter(statements)
        target = writer.memory_id(memory)
        units = stored_units(statements, f"{where} AND u.memory_id <> ?", (*parameters, target))
        journal.keep(units)
        for unit, _ in units:
            digest = identity(replace(unit, memory=memory))
            if statements.rows("SELECT 1 FROM tm_unit WHERE digest = ?", (digest,)):
                statements.run("DELETE FROM tm_unit WHERE id = ?", (unit.id,))
                doubled += 1
            else:
                statements.run("UPDATE tm_unit SET memory_id = ?, digest = ? WHERE id = ?", (target, digest, unit.id))
                moved += 1
        journal.close()
        writer.finish()
    return moved, doubled


def set_penalty(database: Database, memory: str, points: int) -> None:
    """Let every match from a memory cost so many points, 0 to 100.

    Raises :class:`~termbase.errors.UsageError` for an unknown memory or impossible points.
    """
    if not 0 <= points <= 100:
        raise UsageError(f"a penalty of {points} points; it must be from 0 to 100")
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        if not statements.rows("SELECT 1 FROM tm_memory WHERE name = ?", (memory,)):
            raise UsageError(f"there is no memory named {memory!r}")
        statements.run("UPDATE tm_memory SET penalty = ? WHERE name = ?", (points, memory))
        UnitWriter(statements).finish()


def backup(database: Database, path: str | Path) -> None:
    """Copy the whole database to a new file by SQLite's own means, while others go on working.

    Raises :class:`~termbase.errors.UsageError` where the file exists, and
    :class:`~termbase.errors.StorageError` for PostgreSQL, which has ``pg_dump``.
    """
    if not database.sqlite:
        raise StorageError(f"{database.place}: back a PostgreSQL database up with pg_dump")
    if Path(path).exists():
        raise UsageError(f"{path} exists; a backup goes to a new file")
    if not Path(path).absolute().parent.is_dir():
        raise UsageError(f"{path}: the folder {Path(path).absolute().parent} does not exist")
    with database.errors():
        try:
            with closing(sqlite3.connect(path)) as copy:
                database.raw().backup(copy)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise
