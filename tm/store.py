"""The translation memory: keep sentence pairs in SQLite or PostgreSQL, and find them again.

Every search answers as if each unit had been compared: nothing is approximate. A fresh process reads the
few posting lists it needs; :meth:`TranslationMemory.load` puts the index in memory for long work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from termbase.errors import InputError, UsageError
from termbase.text.normalize import normalize
from tm import store_edit
from tm.fuzzy import keys as keys_module
from tm.fuzzy import score as score_module
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.query import Hit
from tm.model import Alignment, Match, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import FragmentOptions, SearchOptions, UnitFilter
from tm.outcome import Change, ImportReport, Remark
from tm.store_bulk import without_collector
from tm.store_engine import Database, open_database
from tm.store_filter import condition
from tm.store_index import MOST_PENDING, post
from tm.store_intake import Intake, Undo, fault_of
from tm.store_journal import Journal, changes
from tm.store_open import prepare
from tm.store_rows import SELECTED, from_row
from tm.store_search import Searcher
from tm.store_write import Statements, UnitWriter
from tm.terms import TermSource

if TYPE_CHECKING:
    from typing_extensions import Self

    from tm.fragments import Fragment
    from tm.places import PhrasePlace
    from tm.store_fragments import FragmentFinder

SIGNATURE = f"{keys_module.SIGNATURE},{score_module.SIGNATURE}"
"""By what keys and scores the segments of a memory were compared."""

_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"


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
        self._searcher = Searcher(database, terms)

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

        :meth:`undo_change` takes it back. Raises :class:`~termbase.errors.InputError` for a unit without
        text or with an impossible one.
        """
        return self.add_told(unit)[0]

    def add_told(self, unit: TranslationUnit) -> tuple[int, str]:
        """Store one unit as :meth:`add` does, and return its id and what became of it.

        That is ``created``, ``merged`` with the same unit met before, or ``unchanged``.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     unit = TranslationUnit(source=Segment("vi", "chốt"), target=Segment("en", "post"))
        ...     [memory.add_told(unit), memory.add_told(unit)]
        [(1, 'created'), (1, 'unchanged')]
        """
        fault = fault_of(unit)
        if fault:
            raise InputError(fault)
        with self._writer("add") as writer:
            tally = writer.write([unit])
        if tally.created:
            return tally.created[0], "created"
        return (tally.merged[0], "merged") if tally.merged else (tally.unchanged[0], "unchanged")

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
        """Store the sentence pairs of an alignment, with their neighbours as context; confirmed ones stay so."""
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
                status=UnitStatus.CONFIRMED if bead.confirmed else UnitStatus.TRANSLATED,
            )
            for index, (vi, en, bead) in enumerate(pairs)
        ]
        return self.import_units(units)

    def import_units(
        self,
        units: Iterable[TranslationUnit | Remark],
        *,
        memory: str | None = None,
        dry_run: bool = False,
        note: str = "",
    ) -> ImportReport:
        """Store all units or, when reading them fails, none, and report what became of them.

        ``memory`` puts them into that memory whatever they say. A dry run does the same and undoes it.
        ``note`` is what :meth:`changes` shows; :meth:`undo_change` takes the import back.
        """
        intake = Intake(memory)
        try:
            with without_collector(), self._writer("import", note) as writer:
                for batch in intake.batches(units):
                    intake.count(writer.write(batch))
                if dry_run:
                    raise Undo
        except Undo:
            pass
        return intake.report()

    @contextmanager
    def _writer(self, kind: str, note: str = "") -> Iterator[UnitWriter]:
        """Yield a writer in one transaction that journals a change of this kind; an import may be large."""
        bulk = kind == "import"
        with self._database.write() as connection:
            statements = Statements(connection, sqlite=self._database.sqlite)
            record = Journal(statements, kind, note)
            writer = UnitWriter(statements, bulk=bulk, keep=record.keep)
            yield writer
            writer.finish()
            record.close(writer.first, writer.last["unit"])
            post(statements, writer.last["segment"], most_pending=500 if bulk else MOST_PENDING)
            writer.release()

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
        """Return the units whose side in ``lang`` is like ``text``, a person's before a machine's, best first.

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
        return self._searcher.search(text, lang, min_score, limit, options)

    def best_score(self, text: str, lang: str = "vi", *, options: SearchOptions | None = None) -> int | None:
        """Return the score of the first match of :meth:`search`, ``None`` where nothing reaches 50.

        Terms play no part. It is meant for counting: no match is made.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     _ = memory.add(TranslationUnit(source=Segment("vi", "Đại đội 3"), target=Segment("en", "Company 3")))
        ...     memory.best_score("Đại đội 5"), memory.best_score("Quân đoàn")
        (99, None)
        """
        return self._searcher.best_score(text, lang, options)

    def fragments(
        self,
        text: str,
        lang: str = "vi",
        *,
        wanted: UnitFilter | None = None,
        options: FragmentOptions | None = None,
    ) -> list[Fragment]:
        """Return what the memory holds of ``text`` in parts of two tokens and more, in their order.

        These are stored segments that stand whole inside ``text``, and the longest runs of its tokens that
        stand anywhere inside stored segments; of either kind none that a longer one holds, and no run within
        a whole segment. Each comes with its likely counterpart, where one is sure enough. Spans count in the
        caller's ``text``. ``wanted`` takes the place of the filter of ``options``.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     _ = memory.add(TranslationUnit(source=Segment("vi", "giữ chốt"), target=Segment("en", "hold")))
        ...     [(f.text, f.whole, f.units[0].target.text) for f in memory.fragments("Quyết tâm giữ chốt đến cùng.")]
        [('giữ chốt', True, 'hold')]
        """
        from tm.fragments import LEAST_TOKENS

        chosen = options or FragmentOptions()
        if chosen.least_tokens < LEAST_TOKENS:
            raise UsageError(f"a fragment of {chosen.least_tokens} tokens; it must have at least {LEAST_TOKENS}")
        return self._fragments.find(text, lang, replace(chosen, filter=wanted) if wanted else chosen)

    @cached_property
    def _fragments(self) -> FragmentFinder:
        from tm.store_fragments import FragmentFinder

        return FragmentFinder(self._database, self._terms)

    def alike(self, text: str, lang: str = "vi", percent: int = 70) -> list[Hit]:
        """Return the ids of all stored segments that are at least ``percent`` like ``text``, with the similarity.

        This is what :meth:`search` starts from, before units, penalties and terms.
        """
        return self._hits(compare_keys(normalize(text), lang), lang, percent)

    def load(self, *langs: str) -> None:
        """Put the index of these languages (default: both) in memory, for many searches.

        Searches stay up to date: units added later, by whatever process, are found too. A process that
        has searched some dozens of times loads the index of itself; a million units take about five seconds
        and half a gigabyte.
        """
        self._searcher.load(langs or ("vi", "en"))

    def _hits(self, keys: Sequence[str], lang: str, percent: int) -> list[Hit]:
        return self._searcher.hits(keys, lang, percent)

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

    # --- maintenance

    def concordance(
        self,
        phrase: str,
        lang: str = "vi",
        *,
        marks: bool = True,
        limit: int | None = 100,
        wanted: UnitFilter | None = None,
    ) -> list[PhrasePlace]:
        """Return the places of a phrase on the side in ``lang``, with the likely counterpart of each.

        Without ``marks`` Vietnamese letters are compared bare. The units come newest first.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     _ = memory.add(TranslationUnit(source=Segment("vi", "Giữ chốt."), target=Segment("en", "Hold.")))
        ...     [hit.text[hit.start : hit.end] for hit in memory.concordance("giu chot", marks=False)]
        ['Giữ chốt']
        """
        from tm.store_phrase import Phrase, concordance

        asked = Phrase(phrase, lang, marks, limit, wanted or UnitFilter())
        return concordance(self._database, self._terms, asked)

    def delete(self, wanted: UnitFilter) -> int:
        """Delete units and return how many; :meth:`undo` brings them back."""
        return store_edit.delete(self._database, wanted)

    def delete_ids(self, ids: Sequence[int]) -> int:
        """Delete the units of these ids, as one deletion, and return how many."""
        return store_edit.delete_ids(self._database, ids)

    def undo(self) -> int:
        """Bring the units of the last deletion back, and return how many."""
        undone = store_edit.undo(self._database, deletions=True)
        return undone[1] if undone else 0

    def changes(self) -> list[Change]:
        """Return the imports, additions, deletions and moves that can be taken back, the newest first."""
        return changes(self._database.rows)

    def undo_change(self) -> tuple[Change, int] | None:
        """Take the last change back exactly: what it made goes, what it altered or deleted is as it was.

        Called again, it takes the change before back. Returns the change and the number of units removed or put
        back; ``None`` where there is none. Imports, single additions, deletions and moves are changes; penalties
        are not.

        >>> with TranslationMemory.open(":memory:") as memory:
        ...     unit = TranslationUnit(source=Segment("vi", "chốt"), target=Segment("en", "post"))
        ...     _ = memory.import_units([unit], note="a.tmx")
        ...     change, count = memory.undo_change()
        ...     change.kind, change.note, count, len(memory)
        ('import', 'a.tmx', 1, 0)
        """
        return store_edit.undo(self._database)

    def move(self, wanted: UnitFilter, memory: str) -> tuple[int, int]:
        """Put units into another memory; return how many moved, and how many were there already."""
        return store_edit.move(self._database, wanted, memory)

    def set_penalty(self, memory: str, points: int) -> None:
        """Let every match from a memory cost so many points."""
        store_edit.set_penalty(self._database, memory, points)

    def backup(self, path: str | Path) -> None:
        """Copy the database to a new file, while others go on working."""
        store_edit.backup(self._database, path)
