"""Searching a memory: the index of a fresh or a long-running process, and the fetching of what was found.

A process that searches often keeps the index in memory and follows the database: every writer counts up the number
of the last change as it commits, and with it that of the last segment; what is new is taken in. SQLite tells
before a search whether anything was committed. PostgreSQL is asked once a search: the units come with the number
of the last change, and where it is another one than was known, the search is done again.
Units themselves are read from the database at every search, so that an edit or a deletion by any process
is seen at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from termbase.errors import StorageError
from termbase.text.normalize import normalize
from tm.fuzzy.bounds import LOWEST_INDEXED
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.query import Hit, TooManyTokensError
from tm.model import Match, Provenance, TranslationUnit, UnitStatus
from tm.options import SearchOptions, UnitFilter
from tm.search import Candidate, Fetch, SearchContext, best_matches, best_score
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_index import DatabaseIndex
from tm.store_load import follow, load_arrays
from tm.store_rows import SELECTED, from_row
from tm.store_write import segment_digest
from tm.terms import TermSource

if TYPE_CHECKING:
    from tm.fuzzy.live import LiveIndex

_SIZES = (*range(1, 9), 32, 128)
"""Segments asked for by one statement: few sizes, so that the database knows its statements again."""

_STEPS = (100, 85, 70, 50)
"""Cutoffs tried in turn for the best score: a high one costs little, and most texts have a match there."""

LOADED_AFTER = 32
"""Searches by likeness in one language after which its index is put in memory without being asked for."""

_MOST_ADDED = 50_000
_PROVENANCES = {word.value: word for word in Provenance}
_STATUSES = {word.value: word for word in UnitStatus}

_CHANGE = "SELECT value FROM tm_meta WHERE name = 'last_change'"
_STATE = (
    f"SELECT ({_CHANGE}), (SELECT value FROM tm_meta WHERE name = 'last_segment'), "  # noqa: S608
    "(SELECT value FROM tm_meta WHERE name = 'signature'), id, name, penalty "
    "FROM (SELECT 1 AS one) o LEFT JOIN tm_memory ON 1 = 1"
)
_COLUMNS = SELECTED.replace("m.name", "u.memory_id")
_SIDES = ("source_segment", "target_segment")
_UNITS = " UNION ALL ".join(f"SELECT {_COLUMNS}, u.{side} FROM tm_unit u WHERE u.{side} = ANY($1)" for side in _SIDES)  # noqa: S608
_UNITS_NOW = f"SELECT x.*, ({_CHANGE}) FROM ({_UNITS}) x"  # noqa: S608

_Answer = TypeVar("_Answer")


class _ChangedError(Exception):
    """The database is not any more as it was known."""


class Searcher:
    """The searches of one open database."""

    def __init__(self, database: Database, terms: TermSource | None) -> None:
        self._database = database
        self._terms = terms
        self._cold = DatabaseIndex(database)
        self._live: dict[str, LiveIndex] = {}
        self._searches: Counter[str] = Counter()
        self._version: int | None = None
        self._change: str | None = None
        self._unsure = False
        self._signature: str | None = None
        self._last = 0
        self._names: dict[int, str] = {}
        self._penalties: dict[str, int] = {}

    def search(
        self, text: str, lang: str, min_score: int, limit: int | None, options: SearchOptions | None
    ) -> list[Match]:
        """Return :meth:`tm.store.TranslationMemory.search`."""
        options = options or _PLAIN

        def answer() -> list[Match]:
            context = self._context(text, lang, options, self._terms)
            hits = self._hits(compare_keys(context.text, lang), lang, min(min_score, 100))
            if not hits:
                return []
            fetch = self._fetcher(options.filter, lang)
            return best_matches(context, hits, fetch, min_score=min_score, limit=limit)

        return self._as_of_now(answer)

    def best_score(self, text: str, lang: str, options: SearchOptions | None) -> int | None:
        """Return :meth:`tm.store.TranslationMemory.best_score`."""
        options = options or _PLAIN

        def answer() -> int | None:
            context = self._context(text, lang, options, None)
            keys = compare_keys(context.text, lang)
            fetch = self._fetcher(options.filter, lang)
            for percent in _STEPS:
                hits = self._hits(keys, lang, percent)
                score = best_score(context, hits, fetch, min_score=percent) if hits else None
                if score is not None:  # what scores higher is at least as similar, so a higher cutoff has found it
                    return score
            return None

        return self._as_of_now(answer)

    def _as_of_now(self, answer: Callable[[], _Answer]) -> _Answer:
        """Return an answer that has seen all that was committed before.

        On PostgreSQL it is first made from what was known, and made again when the number of the last
        change, read on the way, says that something was committed since.
        """
        if not self._database.sqlite and self._change is not None:
            self._unsure = True
            try:
                found = answer()
                self._confirm()
            except _ChangedError:
                pass
            else:
                return found
            finally:
                self._unsure = False
        self._look()
        return answer()

    def _confirm(self) -> None:
        """See that nothing was committed since the state was read, unless that is known."""
        if self._unsure:
            self._compare(self._database.numbered(_CHANGE))

    def _compare(self, rows: Sequence[Any]) -> None:
        """Set the number of the last change, which stands last in ``rows``, beside the one that is known."""
        if self._unsure and rows[0][-1] != self._change:
            raise _ChangedError
        self._unsure = False

    def _context(self, text: str, lang: str, options: SearchOptions, terms: TermSource | None) -> SearchContext:
        penalties = self._penalties
        if options.memory_penalties:
            penalties = dict(penalties)
            for name, points in options.memory_penalties:
                penalties[name] = penalties.get(name, 0) + points
        return SearchContext(normalize(text), lang, options, terms, penalties)

    def hits(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        """Return the segments of ``lang`` that are at least ``percent`` like the tokens ``keys``."""
        if percent < 100:
            self._look()
        return self._hits(keys, lang, percent)

    def load(self, langs: Sequence[str]) -> None:
        """Put the index of these languages in memory."""
        self._version = None
        self._look()
        for lang in langs:
            self._load(lang)

    def _load(self, lang: str) -> None:
        self._live.pop(lang, None)
        with suppress(TooManyTokensError):  # such a memory is searched in the database
            self._live[lang] = load_arrays(self._database, lang, self._last)

    def _look(self) -> None:
        """See what others have changed: the last segment, and the memories with their penalties."""
        version = self._database.version()
        if version is not None and version == self._version:
            return
        self._version = version
        rows = self._database.rows(_STATE)
        self._change, last, signature = rows[0][:3]
        self._last = int(last or 0)
        self._names = {row[3]: row[4] for row in rows}
        self._penalties = {row[4]: row[5] for row in rows}
        if self._signature not in (None, signature):
            self._version = self._change = None
            place = self._database.place
            raise StorageError(f"{place}: another version of songngu has indexed it anew; open it with that one")
        self._signature = signature

    def _hits(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        if percent == 100:
            segment = self._cold.exact(segment_digest(lang, keys))
            return [Hit(segment, 100)] if segment is not None and keys else []
        live = self._index(lang)
        if live is None or percent < LOWEST_INDEXED:
            self._confirm()
            with self._database.snapshot():
                return self._cold.find(keys, lang, percent)
        return live.find(keys, percent)

    def _index(self, lang: str) -> LiveIndex | None:
        """Return the index in memory as the database is known to be, ``None`` where there is none."""
        live = self._live.get(lang)
        if live is None:
            return self._load_in_use(lang)
        if live.until < self._last <= live.until + _MOST_ADDED:
            follow(self._database, lang, live, self._last)
        if live.until != self._last or live.added > _MOST_ADDED:
            # too much for one by one; or less than was known, in a database put back from a copy
            self._load(lang)
        return self._live.get(lang)

    def _load_in_use(self, lang: str) -> LiveIndex | None:
        """Count a search without an index in memory; load the index once there were many."""
        self._confirm()
        self._searches[lang] += 1
        if self._searches[lang] == LOADED_AFTER:
            self.load([lang])
        return self._live.get(lang)

    def _fetcher(self, wanted: UnitFilter, lang: str) -> Fetch:
        """Return what reads the units of segments, the unit itself only where it is asked for."""
        empty = wanted is _PLAIN.filter or wanted.empty
        if empty and not self._database.sqlite:
            return partial(self._fetch_now, lang)
        where, parameters = ("", []) if empty else condition(wanted)

        def fetch(hits: Sequence[Hit]) -> list[Candidate]:
            self._confirm()
            similar = dict(hits)
            found: list[Candidate] = []
            for start in range(0, len(hits), _SIZES[-1]):
                part = [hit[0] for hit in hits[start : start + _SIZES[-1]]]
                if len(part) not in _SIZES:
                    part += part[-1:] * (next(size for size in _SIZES if size > len(part)) - len(part))
                rows = self._database.rows(_statement(where, len(part)), (*parameters, *part) * 2)
                found += [self._candidate(row, similar[row[21]], lang) for row in rows]
            return found

        return fetch

    def _fetch_now(self, lang: str, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the units of segments on PostgreSQL, and see with the same statement that nothing was committed."""
        similar = dict(hits)
        rows = self._database.numbered(_UNITS_NOW, list(similar))
        if not rows:  # the units were deleted
            self._confirm()
            return []
        self._compare(rows)
        return [self._candidate(row, similar[row[21]], lang) for row in rows]

    def _candidate(self, row: Sequence[Any], similarity: int, lang: str) -> Candidate:
        name = self._names.get(row[1]) or self._name(row[1])
        return Candidate(
            similarity,
            row[4] if row[2] == lang else row[5],
            (row[14] or row[13], row[0]),
            name,
            (_PROVENANCES[row[16]], _STATUSES[row[17]]),
            partial(_unit, row, name),
        )

    def _name(self, memory_id: int) -> str:
        """Return the name of a memory that another process has made just now."""
        self._version = None
        self._look()
        return self._names[memory_id]


_PLAIN = SearchOptions()


@lru_cache(maxsize=64)
def _statement(where: str, count: int) -> str:
    """Return what reads the units that hold one of so many segments and meet a condition."""
    join = f"JOIN tm_memory m ON m.id = u.memory_id WHERE {where} AND" if where else "WHERE"
    marks = ",".join("?" * count)
    return " UNION ALL ".join(
        f"SELECT {_COLUMNS}, u.{side} FROM tm_unit u {join} u.{side} IN ({marks})"  # noqa: S608
        for side in _SIDES
    )


def _unit(row: Sequence[Any], name: str) -> TranslationUnit:
    return from_row((row[0], name, *row[2:]))
