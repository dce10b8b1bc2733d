"""The user's own terms, kept in SQLite or PostgreSQL.

Every change is one transaction and one batch that :meth:`TermStore.undo` takes back exactly. A
concept is stored whole, as the JSON of :mod:`termbase.json`, beside a table of its terms' keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from termbase import schema
from termbase.errors import MissingExtraError, Problem, StorageError, UsageError
from termbase.formats.base import ReadResult
from termbase.json import concept_from_json, concept_to_json
from termbase.merge import Change, Conflict, Prefer, plan, term_key
from termbase.model import Concept

if TYPE_CHECKING:
    from typing_extensions import Self

BUSY_SECONDS = 10
"""How long a writer waits for another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or with a dry run would do. The counts are of entries of the file."""

    read: int
    created: int
    merged: int
    unchanged: int
    skipped: int
    warnings: tuple[Problem, ...]
    batch: int | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def warned(self) -> int:
        """How many warnings there are, conflicts among them."""
        return len(self.warnings)

    def to_json(self) -> dict[str, Any]:
        """Return the report as the commands print it."""
        warnings = [{"path": w.path, "line": w.line, "entry": w.entry, "message": w.message} for w in self.warnings]
        return {
            "read": self.read,
            "created": self.created,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "warned": self.warned,
            "warnings": warnings,
            "conflicts": [
                {"entry": c.entry, "field": c.field, "old": c.old, "new": c.new, "kept": c.kept} for c in self.conflicts
            ],
            "batch": self.batch,
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """One change of the store: an import, an addition, an edit or a removal."""

    id: int
    made_at: str
    action: str
    title: str
    concepts: tuple[str, ...]


class TermStore:
    """The terms in one database; a context manager that closes it.

    >>> from termbase.model import Term
    >>> with TermStore.open(":memory:") as store:
    ...     _ = store.put([Concept(id="dang", terms=(Term(text="Đảng", lang="vi"),))], "add")
    ...     [concept.id for concept in store.concepts()], store.undo().action, len(store)
    (['dang'], 'add', 0)
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @classmethod
    def open(cls, path_or_url: str | Path, *, create: bool = True) -> TermStore:
        """Open a SQLite file (made with its folder if need be) or an SQLAlchemy URL.

        With ``create=False`` a missing file is refused. Raises :class:`StorageError` when the
        database cannot be opened, :class:`UsageError` for a URL that means nothing.
        """
        url, name = _url(str(path_or_url), create=create)
        store = cls(_engine(url), name)
        with store._transaction() as connection:
            schema.prepare(connection)
        return store

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._transaction(write=False) as connection:
            return int(connection.execute(select(func.count()).select_from(schema.concept)).scalar_one())

    def concepts(self) -> tuple[Concept, ...]:
        """Return all concepts, in the order in which they were first stored."""
        with self._transaction(write=False) as connection:
            return tuple(concept for _, concept in _load(connection).values())

    def get(self, concept_id: str) -> Concept | None:
        """Return one concept by id, or ``None``."""
        with self._transaction(write=False) as connection:
            data = connection.execute(
                select(schema.concept.c.data).where(schema.concept.c.id == concept_id)
            ).scalar_one_or_none()
        return None if data is None else concept_from_json(json.loads(data))

    def put(self, concepts: Iterable[Concept], action: str, title: str = "") -> int | None:
        """Store concepts as they are, each in place of the one with its id; return the batch, if any changed."""
        wanted = {concept.id: concept for concept in concepts}
        with self._transaction() as connection:
            stored = _load(connection, list(wanted))
            changes = [
                Change(before=stored[i][1] if i in stored else None, after=concept) for i, concept in wanted.items()
            ]
            return _apply(connection, [c for c in changes if c.before != c.after], action, title)

    def remove(self, concept_ids: Iterable[str], title: str = "") -> int | None:
        """Remove concepts by id; ids that are not stored raise :class:`UsageError`, and nothing is removed."""
        ids = list(dict.fromkeys(concept_ids))
        with self._transaction() as connection:
            stored = _load(connection, ids)
            missing = [i for i in ids if i not in stored]
            if missing:
                raise UsageError(f"not among your own terms: {', '.join(missing)}")
            return _apply(connection, [_Removal(stored[i][1]) for i in ids], "remove", title)

    def import_result(
        self, result: ReadResult, *, title: str = "", prefer: Prefer = "new", dry_run: bool = False
    ) -> ImportReport:
        """Merge what a reader found; all of it or nothing.

        Conflicts stand among the warnings, after the reader's problems. Importing the same file
        again changes nothing and makes no batch.
        """
        with self._transaction() as connection:
            stored = [concept for _, concept in _load(connection).values()]
            planned = plan(stored, result.concepts, prefer=prefer)
            batch = None if dry_run else _apply(connection, list(planned.changes), "import", title)
        conflicts = tuple(
            Problem(message=f"{c.field}: “{c.old}” against “{c.new}”; “{c.kept}” is kept", path=title, entry=c.entry)
            for c in planned.conflicts
        )
        return ImportReport(
            read=planned.read + result.skipped,
            created=planned.created,
            merged=planned.merged,
            unchanged=planned.unchanged,
            skipped=result.skipped,
            warnings=(*result.problems, *conflicts),
            batch=batch,
            conflicts=planned.conflicts,
        )

    def history(self) -> tuple[Batch, ...]:
        """Return the batches that can be undone, newest first."""
        with self._transaction(write=False) as connection:
            rows = connection.execute(select(schema.batch).order_by(schema.batch.c.id.desc())).all()
            return tuple(_batch(connection, row) for row in rows)

    def undo(self, batch_id: int | None = None) -> Batch:
        """Take back a batch, by default the newest, exactly; return it.

        A batch whose concepts were changed again later is refused with :class:`UsageError`, as is an
        unknown one.
        """
        with self._transaction() as connection:
            query = select(schema.batch).order_by(schema.batch.c.id.desc())
            if batch_id is not None:
                query = query.where(schema.batch.c.id == batch_id)
            row = connection.execute(query.limit(1)).first()
            if row is None:
                raise UsageError("there is nothing to undo" if batch_id is None else f"there is no batch {batch_id}")
            batch = _batch(connection, row)
            _refuse_if_changed_later(connection, batch)
            _revert(connection, batch.id)
            return batch

    @contextmanager
    def _transaction(self, *, write: bool = True) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(songngu_write=write) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise _storage_error(error, self._name) from error


@dataclass(frozen=True, slots=True)
class _Removal:
    before: Concept
    after: None = None


def _url(path_or_url: str, *, create: bool) -> tuple[Any, str]:
    if "://" in path_or_url:
        try:
            url = make_url(path_or_url)
        except ArgumentError:
            raise UsageError("the database URL cannot be read; write dialect+driver://user@host/name") from None
        return url, url.render_as_string(hide_password=True)
    if path_or_url != ":memory:":
        path = Path(path_or_url).expanduser()
        if not create and not path.exists():
            raise StorageError(f"{path}: there is no such database")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{path.parent}: {error.strerror}") from None
        path_or_url = str(path)
    return make_url("sqlite://").set(database=path_or_url), path_or_url


def _engine(url: Any) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    except NoSuchModuleError:
        raise UsageError(f"the database kind {url.drivername!r} is not known") from None
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "psycopg", "postgres") from None
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late (at the first write), so they are turned off
    # and BEGIN is said by _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("songngu_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _storage_error(error: SQLAlchemyError, name: str) -> StorageError:
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "locked" in cause:
        cause = f"another program has held the database for {BUSY_SECONDS} seconds; try again"
    return StorageError(f"{name}: {cause}")


def _load(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, tuple[int, Concept]]:
    query = select(schema.concept).order_by(schema.concept.c.position)
    rows: list[Any] = []
    if ids is None:
        rows.extend(connection.execute(query).all())
    else:
        for start in range(0, len(ids), 500):
            rows.extend(connection.execute(query.where(schema.concept.c.id.in_(ids[start : start + 500]))).all())
    return {row.id: (row.position, concept_from_json(json.loads(row.data))) for row in rows}


def _dump(concept: Concept | None) -> str | None:
    if concept is None:
        return None
    return json.dumps(concept_to_json(concept), ensure_ascii=False, separators=(",", ":"))


def _apply(connection: Connection, changes: Sequence[Change | _Removal], action: str, title: str) -> int | None:
    if not changes:
        return None
    made_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    result = connection.execute(insert(schema.batch).values(made_at=made_at, action=action, title=title))
    batch_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    positions = _positions(connection)
    following = max(positions.values(), default=0) + 1
    rows: list[dict[str, Any]] = []
    for index, change in enumerate(changes):
        concept = change.after or change.before
        assert concept is not None
        position = positions.get(concept.id)
        if position is None:
            position, following = following, following + 1
        rows.append(
            {
                "batch_id": batch_id,
                "position": index,
                "concept_id": concept.id,
                "concept_position": position,
                "before": _dump(change.before),
                "after": _dump(change.after),
            }
        )
    connection.execute(insert(schema.change), rows)
    _store(connection, [(row["concept_id"], row["concept_position"], row["after"]) for row in rows])
    return batch_id


def _positions(connection: Connection) -> dict[str, int]:
    rows = connection.execute(select(schema.concept.c.id, schema.concept.c.position))
    return {row.id: row.position for row in rows}


def _store(connection: Connection, states: Sequence[tuple[str, int, str | None]]) -> None:
    """Put concepts into the state given: identity, position, JSON (``None``: not stored)."""
    ids = [identifier for identifier, _, _ in states]
    for start in range(0, len(ids), 500):
        connection.execute(delete(schema.term).where(schema.term.c.concept_id.in_(ids[start : start + 500])))
        connection.execute(delete(schema.concept).where(schema.concept.c.id.in_(ids[start : start + 500])))
    concepts: list[dict[str, Any]] = []
    terms: list[dict[str, Any]] = []
    for identifier, position, data in states:
        if data is None:
            continue
        concepts.append({"id": identifier, "position": position, "data": data})
        terms.extend(
            {
                "concept_id": identifier,
                "position": index,
                "lang": term["lang"],
                "text": term["text"],
                "key": term_key(term["text"]),
                "status": term["status"],
            }
            for index, term in enumerate(json.loads(data)["terms"])
        )
    if concepts:
        connection.execute(insert(schema.concept), concepts)
    if terms:
        connection.execute(insert(schema.term), terms)


def _batch(connection: Connection, row: Any) -> Batch:
    query = select(schema.change.c.concept_id).where(schema.change.c.batch_id == row.id)
    ids = connection.execute(query.order_by(schema.change.c.position)).scalars()
    return Batch(row.id, row.made_at, row.action, row.title, tuple(ids))


def _refuse_if_changed_later(connection: Connection, batch: Batch) -> None:
    later = select(schema.change.c.concept_id, schema.change.c.batch_id).where(schema.change.c.batch_id > batch.id)
    touched = set(batch.concepts)
    for row in connection.execute(later):
        if row.concept_id in touched:
            raise UsageError(
                f"batch {batch.id} cannot be undone: {row.concept_id} was changed again by batch {row.batch_id};"
                " undo that first"
            )


def _revert(connection: Connection, batch_id: int) -> None:
    rows = connection.execute(select(schema.change).where(schema.change.c.batch_id == batch_id)).all()
    _store(connection, [(row.concept_id, row.concept_position, row.before) for row in rows])
    connection.execute(delete(schema.batch).where(schema.batch.c.id == batch_id))
    connection.execute(delete(schema.change).where(schema.change.c.batch_id == batch_id))
