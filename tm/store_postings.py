"""Building all posting lists: one pass over the segments, and the lists written in the order of their table.

The segments are sorted by length, and the entries made of them by element, in temporary files; memory holds
one length or one range of elements at a time. What is written in order needs no place sought for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tm.fuzzy.bounds import LONGEST_INDEXED
from tm.fuzzy.postings import OCCURRENCES, sorted_entries
from tm.spill import Spill
from tm.store_write import Statements

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_READ = 10_000
_MOST_ENTRIES = 200_000
_COLUMNS = ("element", "length", "block", "segments", "limits")
_ROW = [("element", "<u8"), ("block", "<u4"), ("length", "<u4"), ("count", "<u4")]


def build_all(statements: Statements) -> None:
    """Store the posting lists of all segments, with the frequencies of today as weights of the tokens."""
    statements.run("DELETE FROM tm_posting")
    with Spill() as segments:
        weights = _by_length(statements, segments)
        changed = ((weight, token) for token, weight in enumerate(weights) if weight)
        statements.run_many("UPDATE tm_token SET weight = ? WHERE id = ?", changed)
        lists = _Lists(weights)
        with lists:
            for length in segments.buckets():
                lists.add(length, segments.take(length))
            lists.store(statements)


def _by_length(statements: Statements, spill: Spill) -> array[int]:
    """Sort all segments, each as its id and its tokens, by length; return the frequency of each token."""
    import numpy as np

    greatest = statements.rows("SELECT max(id) FROM tm_token")[0][0]
    counts = np.zeros((greatest or 0) + 1, dtype=np.int64)
    last = 0
    sql = "SELECT id, tokens FROM tm_segment WHERE id > ? AND length BETWEEN 1 AND ? ORDER BY id LIMIT ?"
    while part := statements.rows(sql, (last, LONGEST_INDEXED, _READ)):
        last = part[-1][0]
        ids, packed = zip(*part, strict=True)
        tokens = np.frombuffer(b"".join(packed), dtype="<u4")
        numbers, lengths = np.array(ids, dtype="<u4"), np.array(list(map(len, packed))) // 4
        starts = np.cumsum(lengths) - lengths
        for length in np.unique(lengths).tolist():
            rows = np.flatnonzero(lengths == length)
            table = np.empty((len(rows), length + 1), dtype="<u4")
            table[:, 0], table[:, 1:] = numbers[rows], tokens[starts[rows, np.newaxis] + np.arange(length)]
            spill.add(length, table.tobytes())
        counts += np.bincount(tokens, minlength=len(counts))
    return array("q", counts.tobytes())


class _Lists:
    """The entries of posting lists, sorted by ranges of elements."""

    def __init__(self, weights: array[int]) -> None:
        import numpy as np

        self._weights = np.frombuffer(weights, dtype=np.int64)
        # A range has at most so many entries as its tokens have places in the segments.
        ranges = np.cumsum(self._weights) // _MOST_ENTRIES
        self._borders = np.flatnonzero(ranges[1:] != ranges[:-1]).astype(np.int64) * OCCURRENCES + OCCURRENCES
        self._rows, self._ids, self._limits = Spill(), Spill(), Spill()

    def __enter__(self) -> None:
        """Begin; nothing is open yet."""

    def __exit__(self, *error: object) -> None:
        for spill in (self._rows, self._ids, self._limits):
            spill.__exit__(None, None, None)

    def add(self, length: int, data: bytes) -> None:
        """Take in the segments of one length."""
        import numpy as np

        table = np.frombuffer(data, dtype="<u4").reshape(-1, length + 1)
        step = max(1, _MOST_ENTRIES // length)
        for start in range(0, len(table), step):
            self._add(length, table[start : start + step])

    def _add(self, length: int, table: Array) -> None:
        import numpy as np

        entries, places, limits = sorted_entries(table[:, 1:], self._weights)
        starts = np.flatnonzero(np.concatenate(([True], entries[1:] != entries[:-1])))
        rows = np.empty(len(starts), dtype=_ROW)
        rows["element"], rows["block"], rows["length"] = entries[starts], table[-1, 0], length
        rows["count"] = np.diff(starts, append=len(entries))
        ids, marks = table[places, 0].astype("<u4").tobytes(), limits.tobytes()
        cuts = [0, *np.searchsorted(entries, self._borders).tolist(), len(entries)]
        row_cuts = [0, *np.searchsorted(rows["element"], self._borders).tolist(), len(rows)]
        for bucket in range(len(cuts) - 1):
            start, end = cuts[bucket : bucket + 2]
            if start < end:
                self._rows.add(bucket, rows[row_cuts[bucket] : row_cuts[bucket + 1]].tobytes())
                self._ids.add(bucket, ids[4 * start : 4 * end])
                self._limits.add(bucket, marks[start:end])

    def store(self, statements: Statements) -> None:
        """Write the lists, in the order of the table's key."""
        for bucket in self._rows.buckets():
            statements.insert("tm_posting", _COLUMNS, self._range(bucket))

    def _range(self, bucket: int) -> Iterator[tuple[int, int, int, bytearray, bytearray]]:
        """Yield the rows of one range of elements."""
        import numpy as np

        rows = np.frombuffer(self._rows.take(bucket), dtype=_ROW)
        ids, limits = bytearray(self._ids.take(bucket)), bytearray(self._limits.take(bucket))
        ends = np.cumsum(rows["count"], dtype=np.int64)
        order = np.argsort(rows["element"], kind="stable")  # by length and block they are sorted already
        rows, ends = rows[order], ends[order]
        for start in range(0, len(rows), _READ):
            part, last = rows[start : start + _READ], ends[start : start + _READ]
            first = last - part["count"]
            yield from zip(
                *[part[name].tolist() for name in ("element", "length", "block")],
                map(ids.__getitem__, map(slice, (4 * first).tolist(), (4 * last).tolist())),
                map(limits.__getitem__, map(slice, first.tolist(), last.tolist())),
                strict=True,
            )
