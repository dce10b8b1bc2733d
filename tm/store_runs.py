"""Finding runs of a query in the stored segments, and the units that hold them.

A fresh process reads the packed tokens of a language once, by portions that the database joins; one that asks
again keeps them in memory, and takes in what was added since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tm.options import UnitFilter
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_write import rows_in, segment_digest

if TYPE_CHECKING:
    from tm.runs import Corpus, Found, Held, Ints

_PORTION = 1 << 15
_JOINED = {
    True: "group_concat(id), CAST(group_concat(tokens, x'ffffffff') AS BLOB)",
    False: "string_agg(id::text, ',' ORDER BY id), string_agg(tokens, '\\xffffffff'::bytea ORDER BY id)",
}
_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"
_NEWEST = 2000
_CHUNK = 500


class RunFinder:
    """Finds runs in the segments of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asked: Counter[str] = Counter()
        self._held: dict[str, tuple[Held, int]] = {}

    def find(self, keys: Sequence[str], lang: str, wanted: UnitFilter, *, fresh: bool = False) -> Found:
        """Return the longest runs of the tokens that stand in segments, those of the wanted units alone.

        With ``fresh`` nothing kept in memory is used.
        """
        from tm.runs import Found, find_runs

        sql = "SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)"
        known = dict(rows_in(self._database.rows, sql, storable(keys), lang))
        query = [known.get(key, -1) for key in keys]
        if not any(one >= 0 <= other for one, other in pairwise(query)):
            return Found((), ())
        whole = self._database.rows("SELECT id FROM tm_segment WHERE digest = ?", (segment_digest(lang, keys),))
        corpus = self._corpus(query, lang, wanted, fresh=fresh)
        return find_runs(query, corpus, whole[0][0] if whole else None)

    def _corpus(self, query: Sequence[int], lang: str, wanted: UnitFilter, *, fresh: bool) -> Corpus:
        from tm.runs import Pass

        last = last_segment(self._database)
        self._asked[lang] += 1
        if wanted.empty and not fresh and self._asked[lang] > 1:
            return self._in_memory(lang, last)
        met = Pass(query)
        with self._database.snapshot():
            for ids, packed in portions(self._database, lang, (0, last), wanted):
                met.take(packed, ids)
        return met.corpus()

    def _in_memory(self, lang: str, last: int) -> Held:
        from tm.runs import Held

        held, until = self._held.get(lang, (Held(), 0))
        if last > until:
            with self._database.snapshot():
                held = held.grown(portions(self._database, lang, (until, last), UnitFilter()))
            self._held[lang] = held, last
        return held


def storable(keys: Iterable[str]) -> list[str]:
    """Return the distinct tokens that a database can hold: PostgreSQL refuses the character NUL, even to ask for it.

    >>> storable(["b", "a", "a", chr(0)])
    ['a', 'b']
    """
    return sorted({key for key in keys if "\x00" not in key})


def last_segment(database: Database) -> int:
    """Return the id of the last segment that was stored."""
    return int(database.rows("SELECT value FROM tm_meta WHERE name = ?", ("last_segment",))[0][0])


def portions(
    database: Database, lang: str, between: tuple[int, int], wanted: UnitFilter
) -> Iterator[tuple[Ints, bytes]]:
    """Yield ids, which rise, and packed tokens with a border between each two of segments of a language.

    ``between`` are the ids after which and up to which they are read; they belong to wanted units.
    """
    import numpy as np

    parameters: list[object] = []
    # The plus lets SQLite read the table in its own order.
    where = f"id > ? AND id <= ? AND {'+' if database.sqlite else ''}lang = ? AND length > 0"
    if not wanted.empty:
        chosen, values = condition(wanted)
        held = " UNION ".join(f"SELECT u.{side} {_FROM} WHERE {chosen}" for side in _SIDES)
        where, parameters = f"{where} AND id IN ({held})", [*values, *values]
    sql = f"SELECT {_JOINED[database.sqlite]} FROM tm_segment WHERE {where}"  # noqa: S608
    for start in range(*between, _PORTION):
        bounds = (start, min(start + _PORTION, between[1]), lang)
        ids, packed = database.rows(sql, (*bounds, *parameters))[0]
        if ids:
            yield np.fromstring(ids, dtype=np.int64, sep=","), bytes(packed)


_SIDES = ("source_segment", "target_segment")


def holders(database: Database, segments: Sequence[int], wanted: UnitFilter, limit: int) -> tuple[int, list[int]]:
    """Return how many wanted units hold one of the segments, and the ids of the best of them.

    The best are a person's, then confirmed ones, then the newest; where very many segments are given, those of the
    newest segments.
    """
    chosen, parameters = ("1 = 1", []) if wanted.empty else condition(wanted)
    tables = "FROM tm_unit u" if wanted.empty else _FROM
    newest, older = list(segments[-_NEWEST:]), list(segments[:-_NEWEST])
    count, found = 0, []
    for side in _SIDES:
        sql = f"SELECT u.id, u.provenance, u.status, u.changed, u.created {tables} WHERE {chosen} AND u.{side} IN"
        found += list(rows_of(database, sql, parameters, newest))
        sql = f"SELECT count(*) {tables} WHERE {chosen} AND u.{side} IN"
        count += sum(row[0] for row in rows_of(database, sql, parameters, older))
    found.sort(key=lambda row: (row[3] or row[4], row[0]), reverse=True)
    found.sort(key=lambda row: (row[1] in _MACHINES, row[2] == "rejected", row[2] != "confirmed"))
    return count + len(found), [row[0] for row in found[:limit]]


def rows_of(database: Database, sql: str, parameters: Sequence[object], ids: Sequence[int]) -> Iterator[Any]:
    """Yield the rows of a statement that ends in ``IN``, by portions of the ids."""
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        yield from database.rows(f"{sql} ({','.join('?' * len(part))})", (*parameters, *part))


_MACHINES = ("machine-translated", "back-translated")


def texts_of(database: Database, segments: Sequence[int], lang: str) -> list[tuple[str, str]]:
    """Return the text in ``lang`` and the other side of one unit of each segment."""
    found: dict[int, tuple[str, str]] = {}
    for side in _SIDES:
        sql = f"SELECT u.{side}, u.source_lang, u.source, u.target FROM tm_unit u WHERE u.{side} IN"  # noqa: S608
        for segment, source_lang, source, target in rows_of(database, sql, (), segments):
            if segment not in found:
                found[segment] = (source, target) if source_lang == lang else (target, source)
    return [found[segment] for segment in sorted(found)]
