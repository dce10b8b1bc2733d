"""Files to be translated: their segments, and the file again with translations filled in.

A document keeps the bytes of its file; filling changes the places of the filled segments alone.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from termbase.errors import FormatError, InputError, Problem, UsageError
from tm.formats.base import ReadOptions
from tm.model import Segment


class SlotState(Enum):
    """How far a segment of a document is translated."""

    EMPTY = "empty"
    UNTRANSLATED = "untranslated"
    TRANSLATED = "translated"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Slot:
    """A segment of a document and what stands in the place of its translation."""

    source: Segment
    target: Segment
    state: SlotState = SlotState.EMPTY
    entry: str = ""

    @property
    def open(self) -> bool:
        """Whether a translation may be filled in."""
        return self.state in (SlotState.EMPTY, SlotState.UNTRANSLATED)


@dataclass(frozen=True, slots=True)
class Fill:
    """A translation for a slot: ``origin`` names the memory, ``fuzzy`` asks for a person's eye."""

    target: Segment
    score: int
    origin: str
    fuzzy: bool


class Document(Protocol):
    """A file with segments."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The segments, in the order of the file."""
        ...

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the bytes of the file with translations at the slots of these indexes."""
        ...


SUFFIXES = {
    ".txt": "text",
    ".md": "text",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".po": "po",
    ".pot": "po",
    ".xlf": "xliff",
    ".xliff": "xliff",
}


def load(path: str, options: ReadOptions, format: str = "") -> Document:
    """Read a document, for ``-`` from standard input; ``format`` overrules the suffix.

    Raises :class:`~termbase.errors.InputError` or, for a format that is not known here,
    :class:`~termbase.errors.UsageError`.
    """
    kind = format or SUFFIXES.get(Path(path).suffix.lower(), "")
    if path == "-" and not kind:
        raise UsageError("standard input needs a format: --from text, tsv, po or xliff")
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None
    if kind == "text":
        from tm.formats.plain import TextDocument

        return TextDocument.of(data, options)
    if kind == "tsv":
        from tm.formats.plain import TsvDocument

        return TsvDocument.of(data, options)
    if kind == "po":
        from tm.formats.po import PoDocument

        return PoDocument.of(data, options)
    if kind == "xliff":
        from tm.formats.xliff import XliffDocument

        return XliffDocument.of(data, options)
    if format:
        raise UsageError(f"no document format {format!r}; known are {', '.join(sorted(set(SUFFIXES.values())))}")
    known = ", ".join(sorted(set(SUFFIXES)))
    raise UsageError(f"{path}: no document format for this file; known are {known}")


__all__ = ["Document", "Fill", "FormatError", "Slot", "SlotState", "load"]
