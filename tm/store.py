"""The translation memory: keep sentence pairs in SQLite or PostgreSQL, and find them again.

Every search answers as if each unit had been compared: nothing is approximate. A fresh process reads the
few posting lists it needs; :meth:`TranslationMemory.load` puts the index in memory for long work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from termbase.errors import InputError, Problem, UsageError
from termbase.text.normalize import normalize
from tm.fuzzy import keys as keys_module
from tm.fuzzy import score as score_module
from tm.fuzzy.bounds import LOWEST_INDEXED
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.query import Hit
from tm.model import Alignment, Match, Provenance, Segment, TranslationUnit
from tm.options import SearchOptions, UnitFilter
from tm.outcome import MOST_WARNINGS, ImportReport, Remark
from tm.search import SearchContext, best_matches
from tm.store_engine import Database, open_database
from tm.store_filter import condition
from tm.store_index import MOST_PENDING, DatabaseIndex, load_arrays, post
from tm.store_open import prepare
from tm.store_rows import SELECTED, from_row
from tm.store_write import Statements, Tally, UnitWriter, rows_in, segment_digest
from tm.terms import TermSource

if TYPE_CHECKING:
    from typing_extensions import Self

    from tm.fuzzy.arrays import ArrayIndex

SIGNATURE = f"{keys_module.SIGNATURE},{score_module.SIGNATURE}"
"""By what keys and scores the segments of a memory were compared."""

_BATCH = 2000
_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"
_MOST_CHARACTERS = 20_000_000


class TranslationMemory:
    """Units of several named memories in one database. Use one object a thread; it is a context manager.

    >>> with TranslationMemory.open(":memory:") as memory:
    ...     _ = memory.add(TranslationUnit(source=Segment("vi", "Đại đội 3"), target=Segment("en", "Company 3")))
    ...     [(match.score, match.target.text) for match in memory.search("Đại đội 5")]
    [(99, 'Company 5')]
    """

    def __init__(self, database: Database, terms: TermSource | None = None) -> None:
        self._database = database
        self._terms = terms
        self._cold = DatabaseIndex(database)
        self._arrays: dict[str, tuple[ArrayIndex, int]] = {}

    @classmethod
    def open(cls, path_or_url: str | Path, terms: TermSource | None = None) -> TranslationMemory:
        """Open the memory in a SQLite file, an SQLAlchemy URL or ``":memory:"``; a new one is made.

        ``terms`` marks and judges the terms of suggestions. Raises
        :class:`~termbase.errors.StorageError` when the database cannot be used, or is of a newer songngu.
        """
        database = open_database(path_or_url)
        try:
            prepare(database, SIGNATURE)
        except BaseException:
            database.close()
            raise
        return cls(database, terms)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the object must not be used any more."""
        self._database.close()

    # --- writing

    def add(self, unit: TranslationUnit) -> int:
        """Store one unit and return its id; the same unit met again is merged, never doubled.

        Raises :class:`~termbase.errors.InputError` for a unit without text or with an impossible one.
        """
        fault = _fault(unit)
        if fault:
            raise InputError(fault)
        with self._writer() as writer:
            tally = writer.write([unit])
        return (tally.created or tally.merged or tally.unchanged)[0]

    def add_alignment(
        self,
        alignment: Alignment,
        *,
        origin: str = "",
        memory: str = "main",
        document: str = "",
        author: str = "",
        provenance: Provenance = Provenance.HUMAN,
    ) -> ImportReport:
        """Store the sentence pairs of an alignment, with their neighbours as context."""
        pairs = alignment.pairs()
        units = [
            TranslationUnit(
                source=Segment("vi", vi),
                target=Segment("en", en),
                memory=memory,
                document=document,
                position=index,
                previous=pairs[index - 1][0] if index else "",
                next=pairs[index + 1][0] if index + 1 < len(pairs) else "",
                author=author,
                origin=origin,
                provenance=provenance,
                confidence=bead.score,
            )
            for index, (vi, en, bead) in enumerate(pairs)
        ]
        return self.import_units(units)

    def import_units(
        self, units: Iterable[TranslationUnit | Remark], *, memory: str | None = None, dry_run: bool = False
    ) -> ImportReport:
        """Store all units or, when reading them fails, none, and report what became of them.

        ``memory`` puts them into that memory whatever they say. A dry run does the same and undoes it.
        """
        intake = _Intake(memory)
        try:
            with self._writer(bulk=True) as writer:
                for batch in intake.batches(units):
                    intake.count(writer.write(batch))
                if dry_run:
                    raise _Undo
        except _Undo:
            pass
        return intake.report()

    @contextmanager
    def _writer(self, *, bulk: bool = False) -> Iterator[UnitWriter]:
        with self._database.write() as connection:
            statements = Statements(connection, sqlite=self._database.sqlite)
            writer = UnitWriter(statements)
            yield writer
            writer.finish()
            post(statements, writer.last["segment"], most_pending=500 if bulk else MOST_PENDING)

    # --- reading

    def search(
        self,
        text: str,
        lang: str = "vi",
        min_score: int = 70,
        limit: int | None = 5,
        *,
        options: SearchOptions | None = None,
    ) -> list[Match]:
        """Return the units whose side in ``lang`` is like ``text``, best first.

        ``min_score`` is a whole per cent, compared with the score after penalties; the answer is that of
        scoring every unit. ``limit`` bounds the number of matches (``None``: all); exact ones of equal
        score are never cut apart.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     memory.search("Sẵn sàng chiến đấu")
        []
        """
        if not 1 <= min_score <= 102:
            raise UsageError(f"min_score is {min_score}; it must be from 1 to 102")
        if limit is not None and limit < 1:
            raise UsageError(f"limit is {limit}; it must be at least 1, or None")
        chosen = options or SearchOptions()
        stored = normalize(text)
        penalties = {name: points for _, name, points in self._memories()}
        for name, points in chosen.memory_penalties:
            penalties[name] = penalties.get(name, 0) + points
        context = SearchContext(stored, lang, chosen, self._terms, penalties)
        hits = self._hits(compare_keys(stored, lang), lang, min(min_score, 100))
        return best_matches(context, hits, self._fetcher(chosen.filter), min_score=min_score, limit=limit)

    def load(self, *langs: str) -> None:
        """Put the index of these languages (default: both) in memory, for many searches.

        Searches stay up to date: units added later, by whatever process, are found too.
        """
        rows = self._database.rows("SELECT value FROM tm_meta WHERE name = ?", ("last_segment",))
        until = int(rows[0][0])
        for lang in langs or ("vi", "en"):
            self._arrays[lang] = load_arrays(self._database, lang, until), until

    def _hits(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        if percent == 100:
            segment = self._cold.exact(segment_digest(lang, keys))
            return [Hit(segment, 100)] if segment is not None and keys else []
        if lang not in self._arrays or percent < LOWEST_INDEXED:
            with self._database.snapshot():
                return self._cold.find(keys, lang, percent)
        index, until = self._arrays[lang]
        return index.find(keys, percent) + self._cold.find_after(keys, lang, percent, until)

    def _fetcher(self, wanted: UnitFilter) -> Callable[[Sequence[int]], list[tuple[int, TranslationUnit]]]:
        where, parameters = condition(wanted)

        def fetch(segments: Sequence[int]) -> list[tuple[int, TranslationUnit]]:
            found = []
            for side in ("source_segment", "target_segment"):
                sql = f"SELECT {SELECTED}, u.{side} {_FROM} WHERE {where} AND u.{side} IN (?)"
                rows = rows_in(self._database.rows, sql, segments, *parameters)
                found += [(row[-1], from_row(row)) for row in rows]
            return found

        return fetch

    def units(self, wanted: UnitFilter | None = None) -> Iterator[TranslationUnit]:
        """Yield the units, by id; runs now, reads on as they are taken."""
        where, parameters = condition(wanted or UnitFilter())
        sql = f"SELECT {SELECTED} {_FROM} WHERE {where} ORDER BY u.id"
        return (from_row(row) for row in self._database.stream(sql, parameters))

    def get(self, unit_id: int) -> TranslationUnit | None:
        """Return the unit of this id."""
        return next(self.units(UnitFilter(ids=(unit_id,))), None)

    def __len__(self) -> int:
        return int(self._database.rows("SELECT count(*) FROM tm_unit")[0][0])

    def _memories(self) -> list[Any]:
        return self._database.rows("SELECT id, name, penalty FROM tm_memory ORDER BY id")

    def stats(self) -> dict[str, Any]:
        """Return counts: units by memory, status, provenance and document, distinct segments and tokens."""
        rows = self._database.rows
        by: dict[str, Any] = {}
        for name, column in (("memories", "m.name"), ("statuses", "u.status"), ("provenances", "u.provenance")):
            sql = f"SELECT {column}, count(*) {_FROM} GROUP BY {column} ORDER BY {column}"
            by[name] = {key: count for key, count in rows(sql)}  # noqa: C416 - rows are not pairs of a mapping
        languages = rows("SELECT source_lang, target_lang, count(*) FROM tm_unit GROUP BY 1, 2 ORDER BY 1, 2")
        segments = rows("SELECT lang, count(*), sum(length) FROM tm_segment GROUP BY lang ORDER BY lang")
        return {
            "units": len(self),
            **by,
            "directions": {f"{source}-{target}": count for source, target, count in languages},
            "documents": rows("SELECT count(DISTINCT document) FROM tm_unit WHERE document <> ''")[0][0],
            "segments": {lang: count for lang, count, _ in segments},
            "words": {lang: int(total or 0) for lang, _, total in segments},
        }


class _Undo(Exception):  # noqa: N818 - not an error: it ends a dry run
    """Ends a dry run."""


class _Intake:
    """Batches of units from a reader, and the counts of what became of them."""

    def __init__(self, memory: str | None) -> None:
        self._memory = memory
        self._counts = {"created": 0, "merged": 0, "unchanged": 0, "skipped": 0}
        self._warnings: list[Problem] = []
        self._more = 0

    def batches(self, units: Iterable[TranslationUnit | Remark]) -> Iterator[list[TranslationUnit]]:
        """Yield the units that can be stored, by portions."""
        batch: list[TranslationUnit] = []
        for unit in units:
            if isinstance(unit, Remark):
                self._note(unit)
                continue
            fault = _fault(unit)
            if fault:
                self._note(Remark(Problem(message=fault, entry=unit.source.text[:60])))
                continue
            batch.append(replace(unit, memory=self._memory) if self._memory else unit)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def count(self, tally: Tally) -> None:
        """Add the outcome of a batch."""
        for name in ("created", "merged", "unchanged"):
            self._counts[name] += len(getattr(tally, name))

    def report(self) -> ImportReport:
        """Return the counts."""
        total = sum(self._counts.values())
        return ImportReport(read=total, warnings=tuple(self._warnings), more_warnings=self._more, **self._counts)

    def _note(self, remark: Remark) -> None:
        self._counts["skipped"] += remark.skipped
        if len(self._warnings) < MOST_WARNINGS:
            self._warnings.append(remark.problem)
        else:
            self._more += 1


def _fault(unit: TranslationUnit) -> str:
    """Return why a unit cannot be stored, ``""`` when it can."""
    for name, segment in (("source", unit.source), ("target", unit.target)):
        if not segment.text.strip():
            return f"the {name} is empty"
        if "\x00" in segment.text:
            return f"the {name} holds a NUL character"
        if len(segment.text) > _MOST_CHARACTERS:
            return f"the {name} has {len(segment.text)} characters, more than {_MOST_CHARACTERS}"
    if unit.source.lang == unit.target.lang:
        return f"source and target are both in {unit.source.lang!r}"
    return ""
