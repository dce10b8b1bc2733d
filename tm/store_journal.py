"""The journal of changes: what an import, an addition, a deletion or a move did, and taking the last of them back.

A change made some units, which are a run of numbers, and altered or deleted others, whose former rows stand in
``tm_trash``. Taken back, the units it made are gone and the others are as they were, to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tm.match_json import unit_from_json, unit_to_json
from tm.model import TranslationUnit
from tm.outcome import Change
from tm.store_rows import COLUMNS, SELECTED, from_row, identity, state, to_row
from tm.store_write import Statements, UnitWriter, now

_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"
_COLUMNS = ("batch", "kind", "made", "note", "first_unit", "last_unit", "last_memory")
_FEW = 20_000


class Journal:
    """The record of one change, within its transaction; nothing is kept where nothing changed."""

    def __init__(self, statements: Statements, kind: str, note: str = "") -> None:
        self._sql = statements
        self._kind, self._note = kind, note
        rows = statements.rows("SELECT max(batch) FROM tm_batch")
        self._number = (rows[0][0] or 0) + 1
        self._memories = statements.rows("SELECT max(id) FROM tm_memory")[0][0] or 0
        self._time = now()
        self._kept = 0

    def keep(self, units: Iterable[tuple[TranslationUnit, bytes]]) -> None:
        """Keep units as they are before they change, each with the state that is stored of it."""
        rows = [(self._number, unit.id, self._time, _packed(unit, held)) for unit, held in units]
        self._kept += len(rows)
        if self._sql.sqlite or len(rows) < 100:
            sql = "INSERT INTO tm_trash (batch, unit_id, deleted, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            self._sql.run_many(sql, rows)
        else:
            self._sql.insert("tm_trash", ("batch", "unit_id", "deleted", "data"), rows)

    def close(self, first: int = 0, last: int = -1) -> None:
        """Store the record; the change made the units numbered ``first`` to ``last``."""
        if self._kept or last >= first:
            row = (self._number, self._kind, self._time, self._note, first, last, self._memories)
            self._sql.insert("tm_batch", _COLUMNS, [row])


def stored_units(statements: Statements, condition: str, parameters: Sequence[object]) -> list[Any]:
    """Return the units of an SQL condition on ``tm_unit u`` and ``tm_memory m``, each with its stored state."""
    sql = f"SELECT {SELECTED}, u.state {_FROM} WHERE {condition} ORDER BY u.id"
    return [(from_row(row), bytes(row[-1])) for row in statements.rows(sql, parameters)]


def _packed(unit: TranslationUnit, held: bytes) -> str:
    return json.dumps({**unit_to_json(unit), "state": held.hex()}, ensure_ascii=False)


def changes(rows: Callable[[str], list[Any]]) -> list[Change]:
    """Return the changes that can be taken back, the newest first."""
    sql = (
        "SELECT b.batch, b.kind, b.made, b.note, b.first_unit, b.last_unit, "
        "(SELECT count(*) FROM tm_trash t WHERE t.batch = b.batch) FROM tm_batch b ORDER BY b.batch DESC"
    )
    return [
        Change(number=n, kind=kind, made=made, note=note, units=max(0, last - first + 1) + kept)
        for n, kind, made, note, first, last, kept in rows(sql)
    ]


def take_back(statements: Statements, writer: UnitWriter, number: int) -> int:
    """Undo one change, and return how many units were removed or put back."""
    sql = "SELECT first_unit, last_unit, last_memory FROM tm_batch WHERE batch = ?"
    first, last, last_memory = statements.rows(sql, (number,))[0]
    removed = statements.rows("SELECT count(*) FROM tm_unit WHERE id BETWEEN ? AND ?", (first, last))[0][0]
    segments = _segments_of(statements, first, last) if removed <= _FEW else None
    statements.run("DELETE FROM tm_unit WHERE id BETWEEN ? AND ?", (first, last))
    restored = _restore(statements, writer, number)
    drop_unused(statements, segments)
    statements.run(
        "DELETE FROM tm_memory WHERE id > ? AND penalty = 0 AND id NOT IN (SELECT memory_id FROM tm_unit)",
        (last_memory,),
    )
    statements.run("DELETE FROM tm_trash WHERE batch = ?", (number,))
    statements.run("DELETE FROM tm_batch WHERE batch = ?", (number,))
    return int(removed) + restored


def _segments_of(statements: Statements, first: int, last: int) -> list[int]:
    sql = "SELECT source_segment, target_segment FROM tm_unit WHERE id BETWEEN ? AND ?"
    return [segment for row in statements.rows(sql, (first, last)) for segment in row]


def _restore(statements: Statements, writer: UnitWriter, number: int) -> int:
    """Put back the units that the change altered or deleted; one that was added again meanwhile stays as it is."""
    restored, last = 0, -1
    sql = "SELECT unit_id, data FROM tm_trash WHERE batch = ? AND unit_id > ? ORDER BY unit_id LIMIT 2000"
    while rows := statements.rows(sql, (number, last)):
        last = rows[-1][0]
        found = {unit_id: json.loads(data) for unit_id, data in rows}
        units = {unit_id: unit_from_json(value) for unit_id, value in found.items()}
        statements.run_many("DELETE FROM tm_unit WHERE id = ?", [(unit_id,) for unit_id in units])
        digests = {unit_id: identity(unit) for unit_id, unit in units.items()}
        there = statements.rows_in("SELECT digest FROM tm_unit WHERE digest IN (?)", list(digests.values()))
        known = {bytes(row[0]) for row in there}
        back = []
        for unit_id, unit in units.items():
            if digests[unit_id] not in known:
                pair = writer.segments([(side.lang, side.text) for side in (unit.source, unit.target)])
                held = found[unit_id].get("state")  # schema 1 did not keep it
                marks = digests[unit_id], bytes.fromhex(held) if held else state(unit)
                memory = writer.memory_id(unit.memory)
                back.append(to_row(unit, unit_id, memory, (pair[0], pair[1]), created=unit.created, digests=marks))
        statements.insert("tm_unit", COLUMNS, back)
        restored += len(back)
    return restored


def drop_unused(statements: Statements, segments: Sequence[int] | None = None) -> None:
    """Delete the segments that no unit has any more: of those given, or all."""
    if segments is None:
        statements.run(
            "DELETE FROM tm_segment WHERE id NOT IN (SELECT source_segment FROM tm_unit) "
            "AND id NOT IN (SELECT target_segment FROM tm_unit)"
        )
        return
    statements.run_many(
        "DELETE FROM tm_segment WHERE id = ? "
        "AND NOT EXISTS (SELECT 1 FROM tm_unit u WHERE u.source_segment = tm_segment.id) "
        "AND NOT EXISTS (SELECT 1 FROM tm_unit u WHERE u.target_segment = tm_segment.id)",
        [(segment,) for segment in sorted(set(segments))],
    )
