"""Bytes in buckets: in order, in memory or in a file, and one line where there is no room for the file."""

from __future__ import annotations

import errno
import random

import pytest

from termbase.errors import StorageError
from tm import spill, store_postings
from tm.model import Segment, TranslationUnit
from tm.spill import Spill
from tm.store import TranslationMemory


@pytest.mark.parametrize("held", [0, 1, 50, 10_000])
def test_buckets_come_back_as_they_were_filled(held):
    rng = random.Random(held)
    expected: dict[int, bytes] = {}
    with Spill(held) as buckets:
        for _ in range(300):
            bucket, data = rng.randrange(20), rng.randbytes(rng.randrange(12))
            buckets.add(bucket, data)
            expected[bucket] = expected.get(bucket, b"") + data
        assert buckets.buckets() == sorted(expected)
        for bucket in rng.sample(sorted(expected), len(expected)):
            assert buckets.take(bucket) == expected[bucket]
            assert buckets.take(bucket) == b""
        assert buckets.buckets() == []


def test_no_room_for_the_file_is_one_line_and_stores_nothing(tmp_path, monkeypatch):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_postings, "Spill", lambda: Spill(100))
    monkeypatch.setattr(spill.tempfile, "TemporaryFile", full)
    units = [
        TranslationUnit(source=Segment("vi", f"câu {'a' * number} của người"), target=Segment("en", "b" * number))
        for number in range(1, 601)
    ]
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.add(units[0])
        with pytest.raises(StorageError, match="no room for a temporary file: No space left on device"):
            memory.import_units(units)
        assert len(memory) == 1
    monkeypatch.undo()
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        assert memory.import_units(units).created == 599
