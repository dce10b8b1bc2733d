"""JSON Lines: one unit a line, all fields, lossless."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from termbase.errors import Problem
from tm.formats.base import ReadOptions, WriteOptions
from tm.match_json import unit_from_json, unit_to_json
from tm.model import TranslationUnit
from tm.outcome import Remark


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield a unit a line, and remarks on lines that hold none.

    >>> import io
    >>> line = b'{"source": {"lang": "vi", "text": "a"}, "target": {"lang": "en", "text": "b"}}'
    >>> [unit.target.text for unit in read(io.BytesIO(line), ReadOptions())]
    ['b']
    """
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            yield unit_from_json(json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            message = f"not a unit: {type(error).__name__}: {error}"
            yield Remark(Problem(path=options.path, line=number, message=" ".join(message.split())[:300]))


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:  # noqa: ARG001
    """Write a line a unit, and return their number; the ids of the store are left out."""
    count = 0
    for unit in units:
        row = unit_to_json(unit)
        row.pop("id", None)
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        count += 1
    return count
