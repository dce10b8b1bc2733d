"""Changing what is stored: deleting with undo, moving between memories, penalties, and backup."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from termbase.errors import StorageError, UsageError
from tm.fuzzy.keys import compare_keys
from tm.match_json import unit_from_json, unit_to_json
from tm.model import TranslationUnit
from tm.options import UnitFilter
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_rows import COLUMNS, SELECTED, from_row, identity, state, to_row
from tm.store_write import Statements, UnitWriter, now, rows_in

_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"


def delete(database: Database, wanted: UnitFilter) -> int:
    """Delete units, keeping them in the trash, and return how many."""
    where, parameters = condition(wanted)
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        rows = statements.rows(f"SELECT {SELECTED} {_FROM} WHERE {where} ORDER BY u.id", parameters)
        return _discard(statements, [from_row(row) for row in rows])


def delete_ids(database: Database, ids: Sequence[int]) -> int:
    """Delete the units of any number of ids, as :func:`delete` does."""
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        rows = statements.rows_in(f"SELECT {SELECTED} {_FROM} WHERE u.id IN (?)", ids)
        return _discard(statements, [from_row(row) for row in rows])


def _discard(statements: Statements, units: Sequence[TranslationUnit]) -> int:
    if not units:
        return 0
    batch = (statements.rows("SELECT max(batch) FROM tm_trash")[0][0] or 0) + 1
    time = now()
    kept = [(batch, unit.id, time, json.dumps(unit_to_json(unit), ensure_ascii=False)) for unit in units]
    statements.insert("tm_trash", ("batch", "unit_id", "deleted", "data"), kept)
    statements.run_many("DELETE FROM tm_unit WHERE id = ?", [(unit.id,) for unit in units])
    UnitWriter(statements).finish()
    return len(units)


def undo(database: Database) -> int:
    """Put the units of the last deletion back, with their numbers, and return how many came back.

    A unit that was added again meanwhile is not doubled.
    """
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        batch = statements.rows("SELECT max(batch) FROM tm_trash")[0][0]
        if batch is None:
            return 0
        rows = statements.rows("SELECT unit_id, data FROM tm_trash WHERE batch = ? ORDER BY unit_id", (batch,))
        writer = UnitWriter(statements)
        units = {number: unit_from_json(json.loads(data)) for number, data in rows}
        digests = {number: identity(unit) for number, unit in units.items()}
        there = rows_in(statements.rows, "SELECT digest FROM tm_unit WHERE digest IN (?)", list(digests.values()))
        known = {bytes(row[0]) for row in there}
        back = []
        for number, unit in units.items():
            if digests[number] in known:
                continue
            segments = writer.segments([(s.lang, compare_keys(s.text, s.lang)) for s in (unit.source, unit.target)])
            memory_id = writer.memory_id(unit.memory)
            pair, marks = (segments[0], segments[1]), (digests[number], state(unit))
            back.append(to_row(unit, number, memory_id, pair, created=unit.created, digests=marks))
        statements.insert("tm_unit", COLUMNS, back)
        statements.run("DELETE FROM tm_trash WHERE batch = ?", (batch,))
        writer.finish()
    return len(back)


def move(database: Database, wanted: UnitFilter, memory: str) -> tuple[int, int]:
    """Put units into another memory: it splits one, or merges two.

    Returns how many were moved, and how many were there already and were merged into one.
    """
    where, parameters = condition(wanted)
    moved = doubled = 0
    with database.write() as connection:
        statements = Statements(connection, sqlite=database.sqlite)
        writer = UnitWriter(statements)
        target = writer.memory_id(memory)
        sql = f"SELECT {SELECTED} {_FROM} WHERE {where} AND u.memory_id <> ? ORDER BY u.id"
        for row in statements.rows(sql, (*parameters, target)):
            unit = replace(from_row(row), memory=memory)
            digest = identity(unit)
            if statements.rows("SELECT 1 FROM tm_unit WHERE digest = ?", (digest,)):
                statements.run("DELETE FROM tm_unit WHERE id = ?", (unit.id,))
                doubled += 1
            else:
                statements.run("UPDATE tm_unit SET memory_id = ?, digest = ? WHERE id = ?", (target, digest, unit.id))
                moved += 1
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


def backup(database: Database, path: str | Path) -> None:
    """Copy the whole database to a new file by SQLite's own means, while others go on working.

    Raises :class:`~termbase.errors.UsageError` where the file exists, and
    :class:`~termbase.errors.StorageError` for PostgreSQL, which has ``pg_dump``.
    """
    if not database.sqlite:
        raise StorageError(f"{database.place}: back a PostgreSQL database up with pg_dump")
    if Path(path).exists():
        raise UsageError(f"{path} exists; a backup goes to a new file")
    with database.errors():
        try:
            with closing(sqlite3.connect(path)) as copy:
                database.raw().backup(copy)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise
