"""JSON Lines: one unit a line, all fields, lossless."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from termbase.errors import Problem
from tm.formats.base import ReadOptions, WriteOptions, language
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
            value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip())
            yield unit_from_json(_shaped(value, options))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            yield Remark(Problem(path=options.path, line=number, message=f"not a unit: {_reason(error)}"))


def _shaped(value: Any, options: ReadOptions) -> Any:
    """Return a unit whose texts are bare strings, as pipelines write them, in the shape of ours."""
    if not isinstance(value, dict):
        raise TypeError("a JSON object is wanted")
    if isinstance(value.get("vi"), str) and isinstance(value.get("en"), str):
        value = {"source": value[options.source], "target": value[options.target]} | value
    missing = [name for name in ("source", "target") if not value.get(name)]
    if missing:
        raise ValueError(f"it has no {missing[0]}")
    langs = []
    for name, lang in (("source", options.source), ("target", options.target)):
        held = {"lang": lang, "text": value[name]} if isinstance(value[name], str) else value[name]
        stated = str(held.get("lang", "")) if isinstance(held, dict) else ""
        langs.append(stated)
        value = {**value, name: {**held, "lang": language(stated)} if stated else held}
    if all(langs) and {language(lang) for lang in langs} != {"vi", "en"}:
        raise ValueError(f"languages {langs[0]!r} and {langs[1]!r} are not Vietnamese and English")
    return value


def _reason(error: Exception) -> str:
    reason = f"it has no {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
    return " ".join(reason.split())[:300]


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:  # noqa: ARG001
    """Write a line a unit, and return their number; the ids of the store are left out."""
    count = 0
    for unit in units:
        row = unit_to_json(unit)
        row.pop("id", None)
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        count += 1
    return count
