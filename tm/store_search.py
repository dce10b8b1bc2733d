"""Searching a memory: the index of a fresh or a long-running process, and the fetching of what was found.

A process that searches often keeps the index in memory and follows the database: before each search it looks at
the number of the last segment, which every writer counts up as it commits, and takes in those that are new.
Units themselves are read from the database at every search, so that an edit or a deletion by any process
is seen at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from termbase.text.normalize import normalize
from tm.fuzzy.bounds import LOWEST_INDEXED
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.query import Hit, TooManyTokensError
from tm.model import Match, Provenance, TranslationUnit, UnitStatus
from tm.options import SearchOptions, UnitFilter
from tm.search import Candidate, Fetch, SearchContext, best_matches, best_score
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_index import DatabaseIndex, follow, load_arrays
from tm.store_rows import SELECTED, from_row
from tm.store_write import segment_digest
from tm.terms import TermSource

if TYPE_CHECKING:
    from tm.fuzzy.live import LiveIndex

_SIZES = (1, 2, 4, 8, 32, 128)
"""Segments asked for by one statement: few sizes, so that the database knows its statements again."""

_STEPS = (100, 85, 70, 50)
"""Cutoffs tried in turn for the best score: a high one costs little, and most texts have a match there."""

LOADED_AFTER = 32
"""Searches by likeness in one language after which its index is put in memory without being asked for."""

_MOST_ADDED = 50_000
_PROVENANCES = {word.value: word for word in Provenance}
_STATUSES = {word.value: word for word in UnitStatus}
_STATE = "SELECT (SELECT value FROM tm_meta WHERE name = 'last_segment'), id, name, penalty FROM tm_memory"


class Searcher:
    """The searches of one open database."""

    def __init__(self, database: Database, terms: TermSource | None) -> None:
        self._database = database
        self._terms = terms
        self._cold = DatabaseIndex(database)
        self._live: dict[str, LiveIndex] = {}
        self._searches: Counter[str] = Counter()
        self._version: int | None = None
        self._last = 0
        self._names: dict[int, str] = {}
        self._penalties: dict[str, int] = {}

    def search(
        self, text: str, lang: str, min_score: int, limit: int | None, options: SearchOptions | None
    ) -> list[Match]:
        """Return :meth:`tm.store.TranslationMemory.search`."""
        context = self._context(text, lang, options or _PLAIN, self._terms)
        hits = self._hits(compare_keys(context.text, lang), lang, min(min_score, 100))
        if not hits:
            return []
        fetch = self._fetcher(context.options.filter, lang)
        return best_matches(context, hits, fetch, min_score=min_score, limit=limit)

    def best_score(self, text: str, lang: str, options: SearchOptions | None) -> int | None:
        """Return :meth:`tm.store.TranslationMemory.best_score`."""
        context = self._context(text, lang, options or _PLAIN, None)
        keys = compare_keys(context.text, lang)
        fetch = self._fetcher(context.options.filter, lang)
        for percent in _STEPS:
            hits = self._hits(keys, lang, percent)
            score = best_score(context, hits, fetch, min_score=percent) if hits else None
            if score is not None:  # what scores higher is at least as similar, so a higher cutoff has found it
                return score
        return None

    def _context(self, text: str, lang: str, options: SearchOptions, terms: TermSource | None) -> SearchContext:
        self._look()
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
            self._live.pop(lang, None)
            with suppress(TooManyTokensError):  # such a memory is searched in the database
                self._live[lang] = load_arrays(self._database, lang, self._last)

    def _look(self) -> None:
        """See what other connections have changed: the last segment, and the memories with their penalties."""
        version = self._database.version()
        if version is not None and version == self._version:
            return
        self._version = version
        rows = self._database.rows(_STATE)
        self._last = int(rows[0][0]) if rows else 0
        self._names = {row[1]: row[2] for row in rows}
        self._penalties = {row[2]: row[3] for row in rows}

    def _hits(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        if percent == 100:
            segment = self._cold.exact(segment_digest(lang, keys))
            return [Hit(segment, 100)] if segment is not None and keys else []
        live = self._live.get(lang) or self._load_in_use(lang)
        if live is None or percent < LOWEST_INDEXED:
            with self._database.snapshot():
                return self._cold.find(keys, lang, percent)
        if self._last > live.until:
            follow(self._database, lang, live, self._last)
            if live.added > _MOST_ADDED:
                live = self._live[lang] = load_arrays(self._database, lang, self._last)
        return live.find(keys, percent)

    def _load_in_use(self, lang: str) -> LiveIndex | None:
        """Count a search without an index in memory; load the index once there were many."""
        self._searches[lang] += 1
        if self._searches[lang] == LOADED_AFTER:
            self.load([lang])
        return self._live.get(lang)

    def _fetcher(self, wanted: UnitFilter, lang: str) -> Fetch:
        """Return what reads the units of segments, the unit itself only where it is asked for."""
        where, parameters = ("", []) if wanted.empty else condition(wanted)
        join = f"JOIN tm_memory m ON m.id = u.memory_id WHERE {where} AND" if where else "WHERE"
        columns = SELECTED if where else SELECTED.replace("m.name", "u.memory_id")

        def fetch(hits: Sequence[Hit]) -> list[Candidate]:
            similar = dict(hits)
            found: list[Candidate] = []
            for start in range(0, len(hits), _SIZES[-1]):
                part = [hit.segment for hit in hits[start : start + _SIZES[-1]]]
                part += part[-1:] * (next(size for size in _SIZES if size >= len(part)) - len(part))
                marks = ",".join("?" * len(part))
                sql = " UNION ALL ".join(
                    f"SELECT {columns}, u.{side} FROM tm_unit u {join} u.{side} IN ({marks})"  # noqa: S608
                    for side in ("source_segment", "target_segment")
                )
                rows = self._database.rows(sql, (*parameters, *part) * 2)
                found += [self._candidate(row, similar[row[-1]], lang, named=bool(where)) for row in rows]
            return found

        return fetch

    def _candidate(self, row: Sequence[Any], similarity: int, lang: str, *, named: bool) -> Candidate:
        name = row[1] if named else self._name(row[1])
        return Candidate(
            similarity,
            row[4] if row[2] == lang else row[5],
            (row[14] or row[13], row[0]),
            name,
            (_PROVENANCES[row[16]], _STATUSES[row[17]]),
            partial(_unit, row, name),
        )

    def _name(self, memory_id: int) -> str:
        if memory_id not in self._names:  # a memory that another process has made just now
            self._version = None
            self._look()
        return self._names[memory_id]


_PLAIN = SearchOptions()


def _unit(row: Sequence[Any], name: str) -> TranslationUnit:
    return from_row((row[0], name, *row[2:]))
