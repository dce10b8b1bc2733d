"""Large imports: the indexes of SQLite wait until the end, and what is known meanwhile stands in memory.

An index that is filled in random order costs more than the rows themselves; built at the end, it is sorted
once. All of it is in the one transaction of the import: whoever reads meanwhile has the old indexes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.store_write import Statements

    Array = NDArray[Any]

BULK_FROM = 5_000
"""Units from which on an import is large, if there were not more than twice as many before."""

_TABLES = ("tm_unit", "tm_segment")
_READ = 50_000
_SMALL_CACHE = -16_384  # KiB


class DigestTable:
    """Numbers by 16-byte digest, twelve bytes an entry: the first half of the digest, sorted, and the number.

    An answer is a guess to be verified: digests that share their first half share a number.

    >>> table = DigestTable()
    >>> table.add([b"a" * 16, b"b" * 16], [7, 8])
    >>> table.find([b"b" * 16, b"c" * 16])
    [8, 0]
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Array, Array]] = []

    def add(self, digests: Sequence[bytes], numbers: Sequence[int]) -> None:
        """Take in digests with their numbers, from 1."""
        import numpy as np

        if not digests:
            return
        run = _sorted(_halves(digests), np.asarray(numbers, dtype=np.uint32))
        while self._runs and len(self._runs[-1][0]) < 2 * len(run[0]):
            run = _merged(self._runs.pop(), run)
        self._runs.append(run)

    def find(self, digests: Sequence[bytes]) -> list[int]:
        """Return a number for each digest, 0 for one that is surely not there."""
        import numpy as np

        wanted = _halves(digests)
        found = np.zeros(len(wanted), dtype=np.uint32)
        for keys, values in self._runs:
            places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            hits = keys[places] == wanted
            found[hits] = values[places[hits]]
        answer: list[int] = found.tolist()
        return answer


def _halves(digests: Sequence[bytes]) -> Array:
    import numpy as np

    both: Array = np.frombuffer(b"".join(digests), dtype="<u8")
    return both[::2]


def _sorted(keys: Array, values: Array) -> tuple[Array, Array]:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    return keys[order], values[order]


def _merged(one: tuple[Array, Array], other: tuple[Array, Array]) -> tuple[Array, Array]:
    """Return two sorted runs as one; less is copied than sorting would."""
    import numpy as np

    places = np.searchsorted(one[0], other[0]) + np.arange(len(other[0]))
    rest = np.ones(len(one[0]) + len(places), dtype=bool)
    rest[places] = False
    merged = []
    for left, right in zip(one, other, strict=True):
        column = np.empty(len(rest), dtype=left.dtype)
        column[places], column[rest] = right, left
        merged.append(column)
    return merged[0], merged[1]


@contextmanager
def without_collector() -> Iterator[None]:
    """Let no cyclic garbage be looked for: millions of values are made that have no cycles, each looked at again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Bulk:
    """The state of a large import into SQLite: the indexes that were put away, and all digests."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self.digests = {table: self._read(table) for table in _TABLES}
        rows = statements.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (?, ?) "
            "ORDER BY name",
            _TABLES,
        )
        self._indexes = [sql for _, sql in rows]
        # Rows are appended now, which needs no large cache; building the posting lists does.
        self._cache = statements.rows("PRAGMA cache_size")[0][0]
        statements.run(f"PRAGMA cache_size = {_SMALL_CACHE}")
        for name, _ in rows:
            statements.run(f"DROP INDEX {name}")

    def known(self, table: str, digests: Sequence[bytes], columns: str) -> list[Any]:
        """Return the rows of these digests: the digest, the id, and further columns."""
        guesses = sorted(set(self.digests[table].find(digests)) - {0})
        return self._sql.rows_in(f"SELECT {columns} FROM {table} WHERE id IN (?)", guesses)  # noqa: S608

    def finish(self) -> None:
        """Build the indexes; a digest that stood there twice would end the import with an error."""
        self.digests.clear()
        for sql in self._indexes:
            self._sql.run(sql)
        self._sql.run(f"PRAGMA cache_size = {self._cache}")

    def _read(self, table: str) -> DigestTable:
        digests, last = DigestTable(), 0
        sql = f"SELECT id, digest FROM {table} WHERE id > ? ORDER BY id LIMIT {_READ}"  # noqa: S608
        while rows := self._sql.rows(sql, (last,)):
            last = rows[-1][0]
            digests.add([row[1] for row in rows], [row[0] for row in rows])
        return digests
