"""The index in the database: posting lists that a fresh process reads a few of, and their upkeep.

Segments after the mark ``indexed`` in ``tm_meta`` are not posted yet: a search compares each of them, and
they are posted in bulk, at the end of an import or when there are many.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from tm.fuzzy.bounds import LONGEST_INDEXED, LOWEST_INDEXED
from tm.fuzzy.postings import Posting, build, unpack
from tm.fuzzy.query import Hit, Query
from tm.store_write import Statements, rows_in

if TYPE_CHECKING:
    from tm.store_engine import Database

MOST_PENDING = 5000
"""Segments that may wait to be posted; comparing them all costs some milliseconds."""


_PORTION = 2000


class DatabaseIndex:
    """Fuzzy search by the posting lists in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[int, str] = {}

    def find(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        """Return every segment of ``lang`` at or above ``percent``."""
        if not keys:
            return []
        known, weights = self._vocabulary(keys, lang)
        query = Query(keys, known, percent)
        mark = indexed(self._database.rows)
        if percent < LOWEST_INDEXED:
            return self._verify(query, self._of_lengths(query, lang, ""))
        pending = self._pending(query.least, query.most, lang, mark)
        single = self._of_lengths(query, lang, f" AND id <= {mark}") if query.scans_single_tokens else ()
        return self._verify(query, chain(pending, self._segments(self._posted(query, weights)), single))

    def exact(self, digest: bytes) -> int | None:
        """Return the id of the segment of this digest."""
        rows = self._database.rows("SELECT id FROM tm_segment WHERE digest = ?", (digest,))
        return rows[0][0] if rows else None

    def _vocabulary(self, keys: Sequence[str], lang: str) -> tuple[dict[str, int], dict[int, int]]:
        sql = "SELECT text, id, weight FROM tm_token WHERE lang = ? AND text IN (?)"
        rows = rows_in(self._database.rows, sql, sorted(key for key in set(keys) if "\x00" not in key), lang)
        return {text: identifier for text, identifier, _ in rows}, {row[1]: row[2] for row in rows}

    def _pending(self, least: int, most: int, lang: str, mark: int) -> list[Any]:
        plus = "+" if self._database.sqlite else ""  # keeps SQLite from walking the index of lengths
        return self._database.rows(
            f"SELECT id, tokens FROM tm_segment WHERE id > ? AND {plus}lang = ? AND {plus}length BETWEEN ? AND ?",  # noqa: S608
            (mark, lang, least, most),
        )

    def _of_lengths(self, query: Query, lang: str, condition: str) -> Iterator[Any]:
        sql = f"SELECT id, tokens FROM tm_segment WHERE lang = ? AND length BETWEEN ? AND ?{condition}"  # noqa: S608
        return chain.from_iterable(self._database.portions(sql, (lang, query.least, query.most), _PORTION))

    def _segments(self, ids: Sequence[int]) -> Iterator[Any]:
        """Yield the tokens of these segments; a short-lived process must not hold those of all at once."""
        sql = "SELECT id, tokens FROM tm_segment WHERE id IN (?)"
        for start in range(0, len(ids), _PORTION):
            yield from rows_in(self._database.rows, sql, ids[start : start + _PORTION])

    def _posted(self, query: Query, weights: dict[int, int]) -> list[int]:
        """Return the posted segments that may be near enough."""
        found: set[int] = set()
        needed = query.needed
        sql = "SELECT length, segments, limits FROM tm_posting WHERE element = ? AND length BETWEEN ? AND ?"
        for element, longest in query.prefix(weights.__getitem__):
            for length, segments, limits in self._database.rows(sql, (element, query.least, longest)):
                found.update(_within(segments, limits, 100 * needed[length] // length))
        if query.most > LONGEST_INDEXED:
            sql = "SELECT id FROM tm_segment WHERE length BETWEEN ? AND ?"
            least = max(LONGEST_INDEXED + 1, query.least)
            found.update(row[0] for row in self._database.rows(sql, (least, query.most)))
        return sorted(found)

    def _verify(self, query: Query, rows: Iterable[Any]) -> list[Hit]:
        hits = {}
        for identifier, packed in rows:
            score = query.similarity_packed(packed, self._text_of)
            if score:
                hits[identifier] = Hit(identifier, score)
        return list(hits.values())

    def _text_of(self, token: int) -> str:
        if token not in self._names:
            self._names[token] = self._database.rows("SELECT text FROM tm_token WHERE id = ?", (token,))[0][0]
        return self._names[token]


def _within(segments: bytes, limits: bytes, percent: int) -> array[int]:
    """Return the segments whose limit is at least ``percent``; the limits fall."""
    low, high = 0, len(limits)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if limits[middle] >= percent else (low, middle)
    return unpack(bytes(segments[: 4 * low]))


def indexed(rows: Any) -> int:
    """Return the id of the last posted segment."""
    found = rows("SELECT value FROM tm_meta WHERE name = ?", ("indexed",))
    return int(found[0][0]) if found else 0


def post(statements: Statements, last: int, *, most_pending: int = MOST_PENDING) -> None:
    """Post the waiting segments when there are more than ``most_pending``; ``last`` is the last segment id.

    When they outnumber the posted ones all lists are built anew, with weights of today.
    """
    mark = indexed(statements.rows)
    if last - mark <= most_pending:
        return
    if last - mark > mark:
        rebuild(statements, last)
        return
    weights = _weights(statements)
    sql = "SELECT id, tokens FROM tm_segment WHERE id > ? AND length BETWEEN 1 AND ? ORDER BY id"
    waiting = [(row[0], bytes(row[1])) for row in statements.rows(sql, (mark, LONGEST_INDEXED))]
    _store(statements, build(waiting, weights), last)
    _set_mark(statements, last)


def rebuild(statements: Statements, last: int) -> None:
    """Build all posting lists anew, with the frequencies of today as weights; ``last`` is the last segment id."""
    from tm.store_postings import build_all

    build_all(statements)
    _set_mark(statements, last)


def _weights(statements: Statements) -> array[int]:
    rows = statements.rows("SELECT id, weight FROM tm_token")
    weights = array("q", bytes(8 * (max((row[0] for row in rows), default=0) + 1)))
    for identifier, weight in rows:
        weights[identifier] = weight
    return weights


def _store(statements: Statements, postings: Iterable[Posting], block: int) -> None:
    rows = [(p.element, p.length, block, p.segments, p.limits) for p in postings]
    statements.insert("tm_posting", ("element", "length", "block", "segments", "limits"), rows)


def _set_mark(statements: Statements, last: int) -> None:
    statements.run("DELETE FROM tm_meta WHERE name = ?", ("indexed",))
    statements.run("INSERT INTO tm_meta (name, value) VALUES (?, ?)", ("indexed", str(last)))
