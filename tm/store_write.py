"""Writing of units: what is new, what is known, and the segments and tokens behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from termbase.errors import UsageError
from tm.fuzzy.postings import pack
from tm.model import TranslationUnit
from tm.store_bulk import BULK_FROM, Bulk
from tm.store_keys import keys_of
from tm.store_rows import COLUMNS, COUNTERS, SELECTED, from_row, identity, merged, state, stored_form, to_row

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 500

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

    def __init__(self, connection: Connection, *, sqlite: bool) -> None:
        # The driver's own cursor, in SQLAlchemy's transaction: an import reads and writes millions of rows.
        self._cursor: Any = connection.connection.cursor()
        self.sqlite = sqlite

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query."""
        self._cursor.execute(self._sql(sql), tuple(parameters))
        found: list[Any] = self._cursor.fetchall()
        return found

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Execute one statement."""
        self._cursor.execute(self._sql(sql), tuple(parameters))

    def run_many(self, sql: str, rows: Sequence[Any]) -> None:
        """Execute one statement for each row."""
        if rows:
            self._cursor.executemany(self._sql(sql), rows)

    def rows_in(self, sql: str, values: Sequence[object], *first: object) -> list[Any]:
        """Return the rows of ``sql``, whose ``(?)`` takes any number of values after the ``first``."""
        return rows_in(self.rows, sql, values, *first)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        """Insert many rows at once."""
        if not rows:
            return
        names = ", ".join(columns)
        if self.sqlite:
            marks = ", ".join("?" * len(columns))
            self._cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
            return
        with self._cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

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
        self._tokens: dict[str, dict[str, int]] = {}
        self._now = now()
        self._may_be_bulk = bulk and statements.sqlite
        self._bulk: Bulk | None = None
        self._keep = keep

    def write(self, units: Iterable[TranslationUnit]) -> Tally:
        """Store units that have text on both sides; a unit that is there already is merged."""
        tally = Tally()
        fresh: dict[bytes, tuple[int, TranslationUnit]] = {}
        given = [(identity(unit), unit) for unit in map(stored_form, units)]
        known = self._known([digest for digest, _ in given])
        for digest, unit in given:
            if digest in known:
                self._meet(unit, digest, known, tally)
            elif digest in fresh:
                number, earlier = fresh[digest]
                fresh[digest] = number, merged(earlier, unit)
                (tally.unchanged if fresh[digest][1] == earlier else tally.merged).append(number)
            else:
                fresh[digest] = self._next("unit"), unit
        self._create(fresh)
        tally.created += [number for number, _ in fresh.values()]
        self._grow()
        return tally

    def finish(self) -> None:
        """Store the counters and count the change."""
        if self._bulk:
            self._bulk.finish()
            self._bulk = None
        self._next("change")
        for name, value in self.last.items():
            self._sql.run("UPDATE tm_meta SET value = ? WHERE name = ?", (str(value), f"last_{name}"))

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

    def _rows_of(self, table: str, digests: Sequence[bytes], columns: str) -> list[Any]:
        """Return the rows of digests that are stored: digest, id, and further columns."""
        if self._bulk:
            return self._bulk.known(table, digests, columns)
        return self._sql.rows_in(f"SELECT {columns} FROM {table} WHERE digest IN (?)", digests)  # noqa: S608

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Any], digests: Sequence[bytes]) -> None:
        self._sql.insert(table, columns, rows)
        if self._bulk:
            self._bulk.digests[table].add(digests, [row[0] for row in rows])

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        rows = self._rows_of("tm_unit", digests, "digest, id, state")
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

    def _create(self, units: dict[bytes, tuple[int, TranslationUnit]]) -> None:
        sides = [side for _, unit in units.values() for side in (unit.source, unit.target)]
        segments = self.segments([(side.lang, keys_of(side.text, side.lang)) for side in sides])
        rows = []
        for place, (digest, (number, unit)) in enumerate(units.items()):
            pair = (segments[2 * place], segments[2 * place + 1])
            created, digests = unit.created or self._now, (digest, state(unit))
            rows.append(to_row(unit, number, self.memory_id(unit.memory), pair, created=created, digests=digests))
        self._insert("tm_unit", COLUMNS, rows, list(units))

    def segments(self, sequences: Sequence[tuple[str, tuple[str, ...]]]) -> list[int]:
        """Return the ids of token sequences, which are stored when they are not there."""
        digests = [segment_digest(lang, keys) for lang, keys in sequences]
        distinct = dict(zip(digests, sequences, strict=True))
        known = {bytes(row[0]): row[1] for row in self._rows_of("tm_segment", list(distinct), "digest, id")}
        missing = {digest: sequence for digest, sequence in distinct.items() if digest not in known}
        self._learn(missing.values())
        first = self.last["segment"] + 1
        self.last["segment"] += len(missing)
        known.update(zip(missing, range(first, first + len(missing)), strict=True))
        new = [
            (known[digest], lang, len(keys), digest, pack(map(self._tokens[lang].__getitem__, keys)))
            for digest, (lang, keys) in missing.items()
        ]
        self._insert("tm_segment", ("id", "lang", "length", "digest", "tokens"), new, list(missing))
        return [known[digest] for digest in digests]

    def _learn(self, sequences: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Give every token an id."""
        wanted: dict[str, set[str]] = {}
        for lang, keys in sequences:
            wanted.setdefault(lang, set()).update(keys)
        new = []
        for lang in sorted(wanted):
            tokens = self._tokens.setdefault(lang, {})
            unknown = sorted(wanted[lang] - tokens.keys())
            sql = "SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)"
            tokens.update((row[0], row[1]) for row in self._sql.rows_in(sql, unknown, lang))
            for key in unknown:
                if key not in tokens:
                    tokens[key] = self._next("token")
                    new.append((tokens[key], lang, key, 0))
        self._sql.insert("tm_token", ("id", "lang", "text", "weight"), new)


def segment_digest(lang: str, keys: Sequence[str]) -> bytes:
    """Return the identity of a token sequence in a language."""
    return blake2b("\x00".join((lang, *keys)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
