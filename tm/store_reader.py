"""The reading connection to a PostgreSQL server: quick statements, and a new connection where the old one was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from psycopg import Connection
    from sqlalchemy import Engine

_Result = TypeVar("_Result")

_MANY = 1000
_WITHOUT_PLAN = 5
"""Executions of a prepared statement that PostgreSQL plans one by one before it compares costs."""


class Reader:
    """Reads on one connection, each statement as the database stands when it begins.

    Statements go past SQLAlchemy to psycopg, whose cursors alone would cost a short one half its time:
    :meth:`numbered` asks libpq itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Any = None
        self._connection: Connection[Any] | None = None
        self._prepared: dict[str, _Prepared] = {}
        self._numbers = count(1)  # a name is used once, for a statement may fail after the server knows it
        self._in_block = False

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query with ``?`` for its parameters."""
        marked = percent_marks(sql)
        return self._again(lambda connection: connection.execute(marked, parameters).fetchall())

    def numbered(self, sql: str, numbers: Sequence[int]) -> list[Any]:
        """Return all rows of a query without parameters, or with an array of numbers as ``$1``; it is planned once."""
        return self._again(lambda connection: self._statement(connection, sql).rows(numbers))

    def binary(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query with ``?``, in the server's binary form on their way: for large values."""
        marked = percent_marks(sql)
        return self._again(lambda connection: connection.execute(marked, parameters, binary=True).fetchall())

    def portions(self, sql: str, parameters: Sequence[object], size: int) -> Iterator[list[Any]]:
        """Yield the rows of a query with ``?`` by portions, between :meth:`begin` and :meth:`end`."""
        with self._opened().cursor(name="songngu_portions") as cursor:
            cursor.execute(percent_marks(sql), parameters)
            while part := cursor.fetchmany(size):
                yield part

    def begin(self) -> None:
        """Let what is read be of one moment, until :meth:`end`."""
        self._again(lambda connection: connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        self._in_block = True

    def end(self) -> None:
        """Read each statement as of its own moment again."""
        self._in_block = False
        if self._connection is not None and not self._connection.closed:
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        if self._held is not None:
            self._held.close()
        self._forget()

    def _again(self, read: Callable[[Connection[Any]], _Result]) -> _Result:
        """Return what ``read`` reads, from a new connection where the server has ended the old one.

        A server that was restarted shows itself only when it is asked; what reads may be asked twice.
        """
        connection = self._opened()
        try:
            return read(connection)
        except Exception:
            if not connection.closed:
                raise
            self._held.invalidate()
            self._held.close()
            self._forget()
            if self._in_block:
                raise
        return read(self._opened())

    def _opened(self) -> Connection[Any]:
        if self._connection is None:
            self._held = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection = self._held.connection.driver_connection
        assert self._connection is not None
        return self._connection

    def _forget(self) -> None:
        self._held = self._connection = None
        self._prepared = {}

    def _statement(self, connection: Connection[Any], sql: str) -> _Prepared:
        found = self._prepared.get(sql)
        if found is None:
            found = self._prepared[sql] = _Prepared(connection, sql, next(self._numbers))
        return found


class _Prepared:
    """A statement that the server knows by name and has a plan of."""

    def __init__(self, connection: Connection[Any], sql: str, number: int) -> None:
        from psycopg import pq
        from psycopg.adapt import Transformer
        from psycopg.errors import error_from_result

        self._name = f"songngu_{number}".encode()
        self._run = connection.pgconn.exec_prepared
        self._good, self._error = pq.ExecStatus.TUPLES_OK, error_from_result
        prepared = connection.pgconn.prepare(self._name, sql.encode())
        if prepared.status != pq.ExecStatus.COMMAND_OK:
            raise error_from_result(prepared)
        self._takes_numbers = "$1" in sql
        self._values: Any = Transformer.from_context(connection)
        self._plan(connection)

    def _plan(self, connection: Connection[Any]) -> None:
        """Make the server keep one plan by indexes.

        It plans the first executions one by one, and goes on so as long as that looks cheaper: arrays of many
        make the one plan look cheap. A table that is small now may be large when the plan is next used.
        """
        connection.execute("SET enable_seqscan = off")
        try:
            for _ in range(_WITHOUT_PLAN):
                self._ask([0] * _MANY)
            self._values.set_pgresult(self._ask([]))
        finally:
            connection.execute("RESET enable_seqscan")

    def rows(self, numbers: Sequence[int]) -> list[Any]:
        """Return the rows for these numbers."""
        result = self._ask(numbers)
        values = self._values
        values.set_pgresult(result, set_loaders=False)
        found: list[Any] = values.load_rows(0, result.ntuples, tuple)
        return found

    def _ask(self, numbers: Sequence[int]) -> Any:
        given = [f"{{{','.join(map(str, numbers))}}}".encode()] if self._takes_numbers else None
        result = self._run(self._name, given)
        if result.status != self._good:
            raise self._error(result)
        return result


@lru_cache(maxsize=256)
def percent_marks(sql: str) -> str:
    """Return the statement with the marks of psycopg for its parameters.

    >>> percent_marks("SELECT name FROM tm_memory WHERE id = ?")
    'SELECT name FROM tm_memory WHERE id = %s'
    """
    return sql.replace("?", "%s")
