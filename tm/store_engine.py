"""Opening of databases: where they are, how their connections behave, and what their errors say."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termbase.errors import MissingExtraError, SongnguError, StorageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tm.store_reader import Reader

BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another before it gives up."""

WRITER_LOCK: Final = 0x736F6E67
"""Key of the advisory lock that PostgreSQL writers hold, so that ids are given out in commit order."""

_READER_CACHE: Final = 16_384
"""KiB of the database that a reader keeps: what a search reads is scattered, and little of it is met again."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class Database:
    """An open database: transactions for writing, and quick statements for reading.

    Readers see each committed change at once; a writer holds the only write lock from its beginning.
    A SQLite file is used without SQLAlchemy, whose import would cost a short command half its time, and a large
    one a sixth of its memory; PostgreSQL by its ``engine``.
    """

    def __init__(self, place: str, opened: Engine | Callable[[], sqlite3.Connection]) -> None:
        self.place = place
        self.sqlite = callable(opened)
        self._opened: Any = opened
        self._file: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine of PostgreSQL."""
        engine: Engine = self._opened
        return engine

    @cached_property
    def _reader(self) -> Reader:
        """The reading connection of PostgreSQL."""
        from tm.store_reader import Reader

        return Reader(self.engine)

    @contextmanager
    def write(self) -> Iterator[Connection | sqlite3.Connection]:
        """Yield a connection in one transaction: all of it is stored, or nothing."""
        with self.errors(), self._transaction() if self.sqlite else self.engine.begin() as connection:
            if not self.sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """Yield the SQLite connection that writes, in one transaction."""
        if self._writer is None:
            self._writer = self._opened()
        # The write lock is taken at once: a reader that becomes a writer later would meet a busy database.
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield self._writer
            self._writer.execute("COMMIT")
        except BaseException:
            self._writer.rollback()
            raise

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query with ``?`` for its parameters, as they stand now."""
        return self._read(self._file_rows if self.sqlite else self._reader.rows, sql, parameters)

    def numbered(self, sql: str, numbers: Sequence[int] = ()) -> list[Any]:
        """Return all rows of a query on PostgreSQL without parameters, or with an array of numbers as ``$1``.

        The server keeps its plan, and no cursor is made for it: it is meant for the statement of each search.
        """
        return self._read(self._reader.numbered, sql, numbers)

    def binary(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query on PostgreSQL with ``?`` for its parameters, where values are large."""
        return self._read(self._reader.binary, sql, parameters)

    def _file_rows(self, sql: str, parameters: Sequence[object]) -> list[Any]:
        return self.raw().execute(sql, parameters).fetchall()

    def _read(self, read: Callable[[str, Any], list[Any]], sql: str, parameters: Sequence[object]) -> list[Any]:
        """Return what is read, with the errors of :meth:`errors`; made for statements by the thousand."""
        try:
            return read(sql, parameters)
        except Exception as error:
            told = self._told(error)
            if told is error:
                raise
            raise told from error

    def version(self) -> int | None:
        """Return a number that is another one after each commit of another connection, ``None`` where there is none."""
        if not self.sqlite or self.place == ":memory:":
            return None
        return int(self.rows("PRAGMA data_version")[0][0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all rows read within the block be of one moment."""
        with self.errors():
            if self.sqlite:
                self.raw().execute("BEGIN")
            else:
                self._reader.begin()
        try:
            yield
        finally:
            with self.errors():
                if self.sqlite:
                    self.raw().execute("COMMIT")
                else:
                    self._reader.end()

    def stream(self, sql: str, parameters: Sequence[object] = (), size: int = 1000) -> Iterator[Any]:
        """Yield the rows of a query one by one, at constant memory; runs when the first is asked for."""
        with self.errors():
            if self.sqlite:
                yield from self.raw().execute(sql, parameters)
                return
            with self.engine.connect() as plain:
                connection = plain.execution_options(stream_results=True, yield_per=size)
                result = connection.exec_driver_sql(sql.replace("?", "%s"), tuple(parameters))
                for part in result.partitions(size):
                    yield from part

    def portions(self, sql: str, parameters: Sequence[object] = (), size: int = 20_000) -> Iterator[list[Any]]:
        """Yield the rows of a query by portions, for many short rows; on PostgreSQL within a :meth:`snapshot`."""
        with self.errors():
            if not self.sqlite:
                yield from self._reader.portions(sql, parameters, size)
                return
            cursor = self.raw().execute(sql, parameters)
            while part := cursor.fetchmany(size):
                yield part

    def raw(self) -> sqlite3.Connection:
        """Return the SQLite connection that reads."""
        if self._file is None:
            file: sqlite3.Connection = self._opened()
            if self.place != ":memory:":
                file.execute(f"PRAGMA cache_size = -{_READER_CACHE}")
            self._file = file
        return self._file

    def close(self) -> None:
        """Close all connections."""
        for connection in (self._file, self._writer):
            if connection is not None:
                connection.close()
        self._file = self._writer = None
        if "_reader" in self.__dict__:
            self._reader.close()
        if not self.sqlite:
            self.engine.dispose()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn the errors of the driver into one-line :class:`StorageError`."""
        try:
            yield
        except Exception as error:
            told = self._told(error)
            if told is error:
                raise
            raise told from error

    def _told(self, error: Exception) -> Exception:
        """Return the error to raise for one that was met: itself, unless it is the driver's."""
        home = type(error).__module__.split(".")[0]
        if isinstance(error, SongnguError) or home not in ("sqlite3", "sqlalchemy", "psycopg"):
            return error
        return StorageError(f"{self.place}: {_cause(getattr(error, 'orig', None) or error)}")


def open_database(path_or_url: str | Path) -> Database:
    """Open a SQLite file, ``":memory:"``, or an SQLAlchemy URL; a missing file is created.

    A path may hold any characters. Raises :class:`StorageError`.
    """
    name = str(path_or_url)
    if name == ":memory:":
        return _in_memory()
    if not _URL.match(name):
        return _open_file(name)
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        url = make_url(name)
        if url.get_backend_name() == "sqlite":
            return _open_file(url.database) if url.database else _in_memory()
        if url.get_backend_name() != "postgresql":
            raise StorageError(f"{url.render_as_string()}: a memory is kept in SQLite or PostgreSQL")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url, pool_pre_ping=True, connect_args={"client_encoding": "utf8"})
        return Database(url.render_as_string(), engine)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(f"{name}: not a database URL: {error}") from None
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "psycopg", "postgres") from None


def _in_memory() -> Database:
    """Open a database that lives as long as its one connection."""
    connection = _connect(":memory:")
    return Database(":memory:", lambda: connection)


def _open_file(name: str) -> Database:
    folder = Path(name).absolute().parent
    if not folder.is_dir():
        raise StorageError(f"{name}: the folder {folder} does not exist")
    if Path(name).is_dir():
        raise StorageError(f"{name}: is a folder, not a database")

    return Database(name, lambda: _connect(name))


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "foreign_keys = ON",
            f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "temp_store = FILE",  # the building of an index sorts more than the memory of a small machine holds
            "cache_size = -65536",  # 64 MiB: an import must not spill its indexes
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


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
