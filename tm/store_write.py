"""Writing of units: what is new, what is known, and the segments and tokens behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from hashlib import blake2b
from itertools import chain, islice
from typing import Any

from termbase.errors import UsageError
from tm.model import TranslationUnit
from tm.store_bulk import BULK_FROM, Bulk
from tm.store_rows import (
    ALIKE_COLUMNS,
    COLUMNS,
    COUNTERS,
    OWN_COLUMNS,
    SELECTED,
    alike_cells,
    from_row,
    identities,
    merged,
    runs,
    state,
    stored_forms,
    to_row,
)
from tm.store_segments import SegmentWriter

_CHUNK = 500
_LONG_RUN = 50
_PART = 2000
_AT_ONCE = 64
_MOST_VALUES = 999  # that older versions of SQLite take in one statement

Keep = Callable[[Iterable[tuple[TranslationUnit, bytes]]], None]
"""Takes units, each with its stored state, before they change."""


def now() -> str:
    """Return the time as stored: ISO 8601 in UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Tally:
    """What became of the units written, by id."""

    created: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)


class Statements:
    """Plain SQL on a connection within a transaction, with ``?`` for parameters on either database."""

    def __init__(self, connection: Any, *, sqlite: bool) -> None:
        # The driver's own cursor, on PostgreSQL in SQLAlchemy's transaction: an import has millions of rows.
        self._cursor: Any = (connection if sqlite else connection.connection).cursor()
        self.sqlite = sqlite

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query."""
        self._cursor.execute(self._sql(sql), tuple(parameters))
        found: list[Any] = self._cursor.fetchall()
        return found

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Execute one statement."""
        self._cursor.execute(self._sql(sql), tuple(parameters))

    def run_many(self, sql: str, rows: Iterable[Any]) -> None:
        """Execute one statement for each row."""
        if rows:
            self._cursor.executemany(self._sql(sql), rows)

    def rows_in(self, sql: str, values: Sequence[object], *first: object) -> list[Any]:
        """Return the rows of ``sql``, whose ``(?)`` takes any number of values after the ``first``."""
        return rows_in(self.rows, sql, values, *first)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Any]) -> None:
        """Insert many rows at once; in SQLite binary values are best of ``bytearray``.

        Its driver looks for an adapter of each value of ``bytes``, which takes longer than to store it.
        """
        if not rows:
            return
        names = ", ".join(columns)
        if self.sqlite:
            self._insert_many(f"INSERT INTO {table} ({names})", "?" * len(columns), rows)
            return
        with self._cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def insert_alike(self, table: str, columns: Sequence[str], rows: Sequence[Any], cells: Mapping[str, Any]) -> None:
        """Insert many rows that have further ``cells`` in common.

        In SQLite these stand in the statement itself: to bind nineteen values to each row costs more than its texts.
        """
        literals = [_literal(value) for value in cells.values()] if self.sqlite else [None]
        if None in literals or not rows:
            self.insert(table, (*columns, *cells), [(*row, *cells.values()) for row in rows])
            return
        names = ", ".join((*columns, *cells))
        self._insert_many(f"INSERT INTO {table} ({names})", (*"?" * len(columns), *map(str, literals)), rows)

    def _insert_many(self, head: str, values: Sequence[str], rows: Iterable[Any]) -> None:
        """Insert rows into SQLite, several by one statement, for its start and end cost as much as a short row."""
        row = f"({', '.join(values)})"
        bound = values.count("?")
        at_once = min(_AT_ONCE, _MOST_VALUES // bound)
        several = f"{head} VALUES {', '.join([row] * at_once)}"
        rest = iter(rows)
        while part := list(islice(rest, _PART)):
            whole = len(part) - len(part) % at_once
            cells = chain.from_iterable(part[:whole])
            self._cursor.executemany(several, zip(*[cells] * (at_once * bound), strict=False))
            self._cursor.executemany(f"{head} VALUES {row}", part[whole:])

    def _sql(self, sql: str) -> str:
        return sql if self.sqlite else sql.replace("?", "%s")


def rows_in(
    rows: Callable[[str, Sequence[object]], list[Any]], sql: str, values: Sequence[object], *first: object
) -> list[Any]:
    """Return the rows of ``sql`` by portions of the values that its ``(?)`` takes, after the ``first``."""
    found: list[Any] = []
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK]
        found += rows(sql.replace("(?)", f"({','.join('?' * len(part))})"), (*first, *part))
    return found


def _literal(value: object) -> str | None:
    """Return a value as SQLite writes it, ``None`` for one that cannot stand in a statement.

    >>> [_literal(value) for value in ("it's", b"a", 7, None, "a\\0")]
    ["'it''s'", "x'61'", '7', 'NULL', None]
    """
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) and "\0" not in value else None


class UnitWriter:
    """Writes units within one transaction; :meth:`finish` stores the counters.

    With ``bulk`` a large import of SQLite puts the indexes away until it is finished. ``keep`` is given the
    units that were there before, each with its stored state, before they change.
    """

    def __init__(self, statements: Statements, *, bulk: bool = False, keep: Keep | None = None) -> None:
        self._sql = statements
        names = [f"last_{name}" for name in COUNTERS]
        rows = statements.rows_in("SELECT name, value FROM tm_meta WHERE name IN (?)", names)
        self.last = {name.removeprefix("last_"): int(value) for name, value in rows}
        self.first = self.last["unit"] + 1
        self._memories: dict[str, int] = {}
        self._segments = SegmentWriter(statements, self.last)
        tables = ("tm_unit", "tm_segment")
        self._empty = not any(statements.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in tables)  # noqa: S608
        self._now = now()
        self._may_be_bulk = bulk and statements.sqlite
        self._bulk: Bulk | None = None
        self._keep = keep

    def write(self, units: Iterable[TranslationUnit]) -> Tally:
        """Store units that have text on both sides; a unit that is there already is merged."""
        tally = Tally()
        given = stored_forms(list(units))
        groups = runs(given)
        digests = [digest for run in groups for digest in identities(run)]
        known = {} if self._empty else self._known(digests)
        first = self.last["unit"] + 1
        if known or len(set(digests)) < len(digests):
            fresh = self._met(zip(digests, given, strict=True), known, tally)
            digests, groups = list(fresh), runs(fresh.values())
        self.last["unit"] += len(digests)
        tally.created += range(first, first + len(digests))
        self._create(groups, digests, first)
        self._empty = False
        self._grow()
        return tally

    def _met(
        self, units: Iterable[tuple[bytes, TranslationUnit]], known: dict[bytes, tuple[int, bytes]], tally: Tally
    ) -> dict[bytes, TranslationUnit]:
        """Merge the units that are stored already or come twice, and return the others, as they are merged."""
        fresh: dict[bytes, TranslationUnit] = {}
        numbers: dict[bytes, int] = {}
        for digest, unit in units:
            if digest in known:
                self._meet(unit, digest, known, tally)
            elif digest in fresh:
                earlier = fresh[digest]
                fresh[digest] = merged(earlier, unit)
                (tally.unchanged if fresh[digest] == earlier else tally.merged).append(numbers[digest])
            else:
                fresh[digest] = unit
                numbers[digest] = self.last["unit"] + len(fresh)
        return fresh

    def finish(self) -> None:
        """Store the counters and count the change."""
        if self._bulk:
            self._segments.forget()
            self._bulk.finish()
        self._next("change")
        for name, value in self.last.items():
            self._sql.run("UPDATE tm_meta SET value = ? WHERE name = ?", (str(value), f"last_{name}"))

    def release(self) -> None:
        """Give back what a large import took; after the posting lists were built, if they are."""
        if self._bulk:
            self._bulk.release()
            self._bulk = None

    def memory_id(self, name: str) -> int:
        """Return the id of a memory, which is created when it is not there."""
        if not name.strip():
            raise UsageError("a memory needs a name")
        if name not in self._memories:
            rows = self._sql.rows("SELECT id FROM tm_memory WHERE name = ?", (name,))
            if not rows:
                self._sql.run(
                    "INSERT INTO tm_memory (id, name, penalty) "
                    "SELECT coalesce(max(id), 0) + 1, CAST(? AS TEXT), 0 FROM tm_memory",
                    (name,),
                )
                rows = self._sql.rows("SELECT id FROM tm_memory WHERE name = ?", (name,))
            self._memories[name] = rows[0][0]
        return self._memories[name]

    def _next(self, counter: str) -> int:
        self.last[counter] += 1
        return self.last[counter]

    def _grow(self) -> None:
        """Put the indexes away when the import has become large."""
        created = self.last["unit"] - self.first + 1
        if self._may_be_bulk and created >= BULK_FROM:
            self._may_be_bulk = False
            if 2 * created >= self._sql.rows("SELECT count(*) FROM tm_unit WHERE id < ?", (self.first,))[0][0]:
                self._bulk = Bulk(self._sql)

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        columns = "digest, id, state"
        if self._bulk:
            rows = self._bulk.known("tm_unit", digests, columns)
        else:
            rows = self._sql.rows_in(f"SELECT {columns} FROM tm_unit WHERE digest IN (?)", digests)  # noqa: S608
        return {bytes(digest): (identifier, bytes(stored)) for digest, identifier, stored in rows}

    def _meet(self, unit: TranslationUnit, digest: bytes, known: dict[bytes, tuple[int, bytes]], tally: Tally) -> None:
        """Merge a unit into the stored one of the same identity."""
        identifier, stored = known[digest]
        new_state = state(unit)
        if new_state == stored:
            tally.unchanged.append(identifier)
            return
        row = self._sql.rows(
            f"SELECT {SELECTED} FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id WHERE u.id = ?",  # noqa: S608
            (identifier,),
        )[0]
        old = from_row(row)
        result = merged(old, unit)
        if result == old:
            tally.unchanged.append(identifier)
            return
        if self._keep and identifier < self.first:
            self._keep([(old, stored)])
        self.update(result if unit.changed else replace(result, changed=self._now), new_state)
        known[digest] = (identifier, new_state)
        tally.merged.append(identifier)

    def update(self, unit: TranslationUnit, new_state: bytes) -> None:
        """Store all that is not part of a unit's identity."""
        names = "position author created changed origin provenance status confidence notes properties".split()
        cells = to_row(unit, unit.id or 0, 0, (0, 0), created=unit.created, digests=(b"", b""))
        row = dict(zip(COLUMNS, cells, strict=True))
        assignments = ", ".join(f"{name} = ?" for name in names)
        self._sql.run(
            f"UPDATE tm_unit SET {assignments}, state = ? WHERE id = ?",  # noqa: S608
            (*(row[name] for name in names), new_state, unit.id),
        )

    def _create(self, groups: Sequence[Sequence[TranslationUnit]], digests: Sequence[bytes], first: int) -> None:
        """Store new units, given by runs, under the numbers from ``first``."""
        texts = [([unit.source.text for unit in run], [unit.target.text for unit in run]) for run in groups]
        wanted: dict[str, list[str]] = {}
        for run, sides in zip(groups, texts, strict=True):
            for lang, own in zip((run[0].source.lang, run[0].target.lang), sides, strict=True):
                wanted.setdefault(lang, []).extend(own)
        segments = {lang: iter(found) for lang, found in self._ids(wanted).items()}
        rows: list[Any] = []  # of short runs
        place = 0
        for run, sides in zip(groups, texts, strict=True):
            unit, end = run[0], place + len(run)
            own_segments = [list(islice(segments[side.lang], len(run))) for side in (unit.source, unit.target)]
            numbers = range(first + place, first + end)
            own_rows = zip(numbers, *sides, *own_segments, map(bytearray, digests[place:end]), strict=True)
            place = end
            cells = alike_cells(unit, self.memory_id(unit.memory), unit.created or self._now, state(unit))
            if len(run) < _LONG_RUN:
                rows += [row + cells for row in own_rows]
                continue
            self._sql.insert("tm_unit", COLUMNS, rows)
            rows = []
            self._sql.insert_alike("tm_unit", OWN_COLUMNS, list(own_rows), dict(zip(ALIKE_COLUMNS, cells, strict=True)))
        self._sql.insert("tm_unit", COLUMNS, rows)
        if self._bulk:
            self._bulk.digests["tm_unit"].add(digests, range(first, first + len(digests)))

    def segments(self, texts: Sequence[tuple[str, str]]) -> list[int]:
        """Return the ids of the segments of texts, each behind its language; new ones are stored."""
        wanted: dict[str, list[str]] = {}
        for lang, text in texts:
            wanted.setdefault(lang, []).append(text)
        found = {lang: iter(ids) for lang, ids in self._ids(wanted).items()}
        return [next(found[lang]) for lang, _ in texts]

    def _ids(self, texts: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
        return self._segments.ids(texts, bulk=self._bulk, new=self._empty)


def segment_digest(lang: str, keys: Sequence[str]) -> bytes:
    """Return the identity of a token sequence in a language."""
    return blake2b("\x00".join((lang, *keys)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
