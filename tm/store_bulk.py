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

BULK_FROM = 2_500
"""Units from which on an import is large, if there were not more than twice as many before."""

_TABLES = ("tm_unit", "tm_segment")
_READ = 50_000
_LONGEST_RUN = 1 << 18
_NUMBER = (1 << 32) - 1
_SMALL_CACHE = -4_096  # KiB


class DigestTable:
    """Numbers by 16-byte digest, eight bytes an entry: the beginning of the digest and the number, sorted.

    An answer is a guess to be verified: a number may belong to another digest of the same beginning.

    >>> table = DigestTable()
    >>> table.add([b"a" * 16, b"b" * 16], [7, 8])
    >>> table.find([b"b" * 16, b"c" * 16])
    [8]
    """

    def __init__(self) -> None:
        self._runs: list[Array] = []

    def add(self, digests: Sequence[bytes], numbers: Sequence[int]) -> None:
        """Take in digests with their numbers, from 1."""
        import numpy as np

        if not digests:
            return
        run = _beginnings(digests) | np.asarray(numbers, dtype=np.uint64)
        while self._runs and len(self._runs[-1]) < min(2 * len(run), _LONGEST_RUN):
            run = np.concatenate((self._runs.pop(), run))
        run.sort()
        self._runs.append(run)

    def find(self, digests: Sequence[bytes]) -> list[int]:
        """Return the numbers that the digests may have, rising, each once; no other digest has been added."""
        import numpy as np

        if not digests:
            return []
        wanted = _beginnings(digests)
        wanted.sort()
        found = []
        for run in self._runs:
            places, sought = np.searchsorted(run, wanted), wanted
            while len(places):  # several digests of one beginning are very rare
                inside = places < len(run)
                places, sought = places[inside], sought[inside]
                same = run[places] - sought <= _NUMBER
                places, sought = places[same], sought[same]
                found.append(run[places] & _NUMBER)
                places = places + 1
        return sorted(set(np.concatenate(found).tolist())) if found else []


def _beginnings(digests: Sequence[bytes]) -> Array:
    """Return four bytes of each digest, in the upper half of an integer."""
    import numpy as np

    quarters: Array = np.frombuffer(b"".join(digests), dtype="<u4")
    beginnings: Array = quarters[::4].astype(np.uint64) << np.uint64(32)
    return beginnings


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
        # All is written in order now, which needs no large cache.
        self._cache = statements.rows("PRAGMA cache_size")[0][0]
        statements.run(f"PRAGMA cache_size = {_SMALL_CACHE}")
        for name, _ in rows:
            statements.run(f"DROP INDEX {name}")

    def known(self, table: str, digests: Sequence[bytes], columns: str) -> list[Any]:
        """Return the rows of these digests: the digest, the id, and further columns."""
        guesses = self.digests[table].find(digests)
        return self._sql.rows_in(f"SELECT {columns} FROM {table} WHERE id IN (?)", guesses)  # noqa: S608

    def finish(self) -> None:
        """Build the indexes; a digest that stood there twice would end the import with an error."""
        self.digests.clear()
        for sql in self._indexes:
            self._sql.run(sql)

    def release(self) -> None:
        """Give the connection its cache back."""
        self._sql.run(f"PRAGMA cache_size = {self._cache}")

    def _read(self, table: str) -> DigestTable:
        digests, last = DigestTable(), 0
        sql = f"SELECT id, digest FROM {table} WHERE id > ? ORDER BY id LIMIT {_READ}"  # noqa: S608
        while rows := self._sql.rows(sql, (last,)):
            last = rows[-1][0]
            digests.add([row[1] for row in rows], [row[0] for row in rows])
        return digests
