"""JSON Lines: one CONCEPT object a line; loses nothing, in stable order, made for diffs and merges."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.sources import decode_bytes
from termbase.json import concept_from_json, concept_to_json
from termbase.model import Concept

_ARRAY = re.compile(r"\s*\[\s*\{")
MAX_LINE = 20_000_000
"""Code points a line; a longer one is refused rather than parsed."""


@dataclass(frozen=True, slots=True)
class _LinePlaces:
    lines: tuple[int, ...]

    def find(self, concept: int, term: int | None = None, field: str = "") -> tuple[int, int]:  # noqa: ARG002
        """Return the concept's line; a JSON line is not searched for columns."""
        return self.lines[concept], 1


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read JSON lines; a line that is no concept is skipped and reported."""
    concepts: list[Concept] = []
    problems: list[Problem] = []
    lines: list[int] = []
    text = decode_bytes(stream.read(), options)
    if _ARRAY.match(text):
        return _array(text, options)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            concepts.append(_concept(line, options))
            lines.append(number)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else None
            message = f"not a concept: {_plain(error)}"
            problems.append(Problem(message=message, path=options.path, line=number, column=column))
    return ReadResult(tuple(concepts), tuple(problems), _LinePlaces(tuple(lines)), len(problems))


def _array(text: str, options: ReadOptions) -> ReadResult:
    """Read a JSON array of concepts, as ``glossary list --json`` prints it; entries are counted as lines are."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        message = f"not a JSON array of concepts: {_plain(error)}"
        raise FormatError([Problem(message=message, path=options.path, line=line)]) from None
    lines = "\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return read(BytesIO(lines.encode(errors="surrogatepass")), options)


def _concept(line: str, options: ReadOptions) -> Concept:
    if len(line) > MAX_LINE:
        raise ValueError(f"the line is longer than {MAX_LINE} characters")
    if options.normalize and not line.isascii():
        line = unicodedata.normalize("NFC", line)
    concept = concept_from_json(json.loads(line))
    if options.normalize:
        concept = _normalized(concept)
    return concept if concept.glossary else replace(concept, glossary=options.glossary)


def _normalized(concept: Concept) -> Concept:
    from termbase.text.normalize import normalize_term

    terms = tuple(
        term if (text := normalize_term(term.text)) == term.text else replace(term, text=text) for term in concept.terms
    )
    return concept if terms == concept.terms else replace(concept, terms=terms)


def _plain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:  # noqa: ARG001
    """Write one line a concept, UTF-8, keys in a fixed order."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    stream.writelines(f"{encode(concept_to_json(concept))}\n".encode() for concept in concepts)
