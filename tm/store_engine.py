"""Opening of databases: where they are, how their connections behave, and what their errors say."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from termbase.errors import MissingExtraError, StorageError

BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another before it gives up."""

WRITER_LOCK: Final = 0x736F6E67
"""Key of the advisory lock that PostgreSQL writers hold, so that ids are given out in commit order."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class Database:
    """An open database: transactions for writing, and quick statements for reading.

    Readers see each committed change at once; a writer holds the only write lock from its beginning.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        self.sqlite = engine.dialect.name == "sqlite"
        self._reader: Connection | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in one transaction: all of it is stored, or nothing."""
        with self.errors(), self.engine.connect() as plain:
            connection = plain.execution_options(songngu_write=True)
            with connection.begin():
                if not self.sqlite:
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
                yield connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query with ``?`` for its parameters, as they stand now."""
        with self.errors():
            cursor = self._cursor()
            cursor.execute(sql if self.sqlite else sql.replace("?", "%s"), parameters)
            return list(cursor.fetchall())

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all rows read within the block be of one moment."""
        self._execute("BEGIN" if self.sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._execute("COMMIT")

    def _execute(self, sql: str) -> None:
        with self.errors():
            self._cursor().execute(sql)

    def stream(self, sql: str, parameters: Sequence[object] = (), size: int = 1000) -> Iterator[Any]:
        """Yield the rows of a query one by one, at constant memory; runs when the first is asked for."""
        with self.errors(), self.engine.connect() as plain:
            connection = plain.execution_options(stream_results=True, yield_per=size)
            result = connection.exec_driver_sql(sql if self.sqlite else sql.replace("?", "%s"), tuple(parameters))
            for part in result.partitions(size):
                yield from part

    def close(self) -> None:
        """Close all connections."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self.engine.dispose()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the errors of the driver into one-line :class:`StorageError`."""
        try:
            yield
        except DBAPIError as error:
            raise StorageError(f"{self.place}: {_cause(error.orig)}") from error
        except SQLAlchemyError as error:
            raise StorageError(f"{self.place}: {_cause(error)}") from error
        except Exception as error:
            if isinstance(error, sqlite3.Error) or type(error).__module__.startswith("psycopg"):
                raise StorageError(f"{self.place}: {_cause(error)}") from error
            raise

    def _cursor(self) -> Any:
        if self._reader is None:
            self._reader = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return self._reader.connection.cursor()


def open_database(path_or_url: str | Path) -> Database:
    """Open a SQLite file, ``":memory:"``, or an SQLAlchemy URL; a missing file is created.

    A path may hold any characters. Raises :class:`StorageError`.
    """
    name = str(path_or_url)
    if name == ":memory:":
        return Database(_sqlite(":memory:", StaticPool), name)
    if not _URL.match(name):
        return _open_file(name)
    try:
        url = make_url(name)
        if url.get_backend_name() == "sqlite":
            return _open_file(url.database) if url.database else open_database(":memory:")
        if url.get_backend_name() != "postgresql":
            raise StorageError(f"{url.render_as_string()}: a memory is kept in SQLite or PostgreSQL")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return Database(create_engine(url, pool_pre_ping=True), url.render_as_string())
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(f"{name}: not a database URL: {error}") from None
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "psycopg", "postgres") from None


def _open_file(name: str) -> Database:
    folder = Path(name).absolute().parent
    if not folder.is_dir():
        raise StorageError(f"{name}: the folder {folder} does not exist")
    if Path(name).is_dir():
        raise StorageError(f"{name}: is a folder, not a database")
    return Database(_sqlite(name, QueuePool), name)


def _sqlite(name: str, pool: type[QueuePool | StaticPool]) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=pool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer later would meet a busy database."""
    if connection.get_execution_options().get("songngu_write"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _cause(error: object) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    hints = {
        "file is not a database": "not a SQLite database",
        "database is locked": f"locked by another program for more than {BUSY_SECONDS:.0f} s; try again",
        "unable to open database file": "cannot be opened; check the path and its rights",
        "attempt to write a readonly database": "is read-only",
        "database or disk is full": "the disk is full; nothing was changed",
    }
    return hints.get(text, text)
