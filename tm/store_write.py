"""Writing of units: what is new, what is known, and the segments and tokens behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tm.fuzzy.keys import compare_keys
from tm.fuzzy.postings import pack
from tm.model import TranslationUnit
from tm.store_rows import COLUMNS, COUNTERS, SELECTED, from_row, identity, merged, state, stored_form, to_row

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CHUNK = 500


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
        self._connection = connection
        self.sqlite = sqlite

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query."""
        return list(self._connection.exec_driver_sql(self._sql(sql), tuple(parameters)).fetchall())

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Execute one statement."""
        self._connection.exec_driver_sql(self._sql(sql), tuple(parameters))

    def run_many(self, sql: str, rows: Sequence[Any]) -> None:
        """Execute one statement for each row."""
        if rows:
            self._connection.exec_driver_sql(self._sql(sql), list(rows))

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
            self._connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608
            return
        cursor = self._connection.connection.cursor()
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
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
    """Writes units within one transaction; :meth:`finish` stores the counters."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        names = [f"last_{name}" for name in COUNTERS]
        rows = statements.rows_in("SELECT name, value FROM tm_meta WHERE name IN (?)", names)
        self.last = {name.removeprefix("last_"): int(value) for name, value in rows}
        self._memories: dict[str, int] = {}
        self._tokens: dict[tuple[str, str], int] = {}
        self._now = now()

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
        return tally

    def finish(self) -> None:
        """Store the counters and count the change."""
        self._next("change")
        for name, value in self.last.items():
            self._sql.run("UPDATE tm_meta SET value = ? WHERE name = ?", (str(value), f"last_{name}"))

    def memory_id(self, name: str) -> int:
        """Return the id of a memory, which is created when it is not there."""
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

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        rows = self._sql.rows_in("SELECT digest, id, state FROM tm_unit WHERE digest IN (?)", digests)
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
        segments = self.segments([(side.lang, compare_keys(side.text, side.lang)) for side in sides])
        rows = []
        for place, (digest, (number, unit)) in enumerate(units.items()):
            pair = (segments[2 * place], segments[2 * place + 1])
            created, digests = unit.created or self._now, (digest, state(unit))
            rows.append(to_row(unit, number, self.memory_id(unit.memory), pair, created=created, digests=digests))
        self._sql.insert("tm_unit", COLUMNS, rows)

    def segments(self, sequences: Sequence[tuple[str, tuple[str, ...]]]) -> list[int]:
        """Return the ids of token sequences, which are stored when they are not there."""
        digests = [segment_digest(lang, keys) for lang, keys in sequences]
        distinct = dict(zip(digests, sequences, strict=True))
        rows = self._sql.rows_in("SELECT digest, id FROM tm_segment WHERE digest IN (?)", list(distinct))
        known = {bytes(digest): identifier for digest, identifier in rows}
        missing = {digest: sequence for digest, sequence in distinct.items() if digest not in known}
        self._learn({(lang, key) for lang, keys in missing.values() for key in keys})
        tokens = self._tokens
        new = []
        for digest, (lang, keys) in missing.items():
            known[digest] = self._next("segment")
            packed = pack([tokens[lang, key] for key in keys])
            new.append((known[digest], lang, len(keys), digest, packed))
        self._sql.insert("tm_segment", ("id", "lang", "length", "digest", "tokens"), new)
        return [known[digest] for digest in digests]

    def _learn(self, wanted: set[tuple[str, str]]) -> None:
        """Give every token an id."""
        unknown = sorted(wanted - self._tokens.keys())
        for lang in sorted({lang for lang, _ in unknown}):
            keys = [key for each, key in unknown if each == lang]
            rows = self._sql.rows_in("SELECT lang, text, id FROM tm_token WHERE lang = ? AND text IN (?)", keys, lang)
            self._tokens.update({(row[0], row[1]): row[2] for row in rows})
        new = []
        for pair in unknown:
            if pair not in self._tokens:
                self._tokens[pair] = self._next("token")
                new.append((self._tokens[pair], *pair, 0))
        self._sql.insert("tm_token", ("id", "lang", "text", "weight"), new)


def segment_digest(lang: str, keys: Sequence[str]) -> bytes:
    """Return the identity of a token sequence in a language."""
    return blake2b("\x00".join((lang, *keys)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
