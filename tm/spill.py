"""Bytes sorted into buckets: in memory as long as they are few, in a temporary file when they are many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from types import TracebackType
from typing import IO, TYPE_CHECKING

from termbase.errors import StorageError

if TYPE_CHECKING:
    from typing_extensions import Self

_MOST_HELD = 1 << 21


class Spill:
    """Buckets of bytes by number. A context manager: the file goes with it, or with the process.

    >>> with Spill() as spill:
    ...     spill.add(2, b"b")
    ...     spill.add(1, b"a")
    ...     spill.add(2, b"c")
    ...     spill.buckets(), spill.take(2), spill.take(2)
    ([1, 2], b'bc', b'')
    """

    def __init__(self, most_held: int = _MOST_HELD) -> None:
        self._most = most_held
        self._held: dict[int, list[bytes]] = {}
        self._size = 0
        self._written: dict[int, list[tuple[int, int]]] = {}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, bucket: int, data: bytes) -> None:
        """Append to a bucket. Raises :class:`~termbase.errors.StorageError` when there is no room for the file."""
        self._held.setdefault(bucket, []).append(data)
        self._size += len(data)
        if self._size > self._most:
            self._write()

    def buckets(self) -> list[int]:
        """Return the numbers of the buckets, in order."""
        return sorted(self._held.keys() | self._written.keys())

    def take(self, bucket: int) -> bytes:
        """Return what was appended to a bucket, in this order, and forget it."""
        parts: list[bytes] = []
        if self._file is not None:
            for place, length in self._written.pop(bucket, ()):
                self._file.seek(place)
                parts.append(self._file.read(length))
        return b"".join([*parts, *self._held.pop(bucket, ())])

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the object
            place = self._file.seek(0, 2)
            for bucket, parts in self._held.items():
                length = self._append(parts)
                self._written.setdefault(bucket, []).append((place, length))
                place += length
            self._file.flush()
        except OSError as error:
            reason = error.strerror or error
            raise StorageError(f"{tempfile.gettempdir()}: no room for a temporary file: {reason}") from error
        self._held.clear()
        self._size = 0

    def _append(self, parts: Iterable[bytes]) -> int:
        data = b"".join(parts)
        if self._file is not None:
            self._file.write(data)
        return len(data)
