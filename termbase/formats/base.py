"""What every reader and writer takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from termbase.errors import Problem
from termbase.model import Concept

_NO_MAPPING: Mapping[str, str] = MappingProxyType({})


class Places(Protocol):
    """Where the parts of a concept stand in the file they were read from."""

    def find(self, concept: int, term: int | None = None, field: str = "") -> tuple[int, int]:
        """Return line and column, from 1, of a field of the concept (and term) with that index."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read a file.

    ``path`` is the name that problems carry, ``glossary`` the name that concepts without one get
    (default: the file's stem). ``normalize=False`` keeps the text as written, for validation.
    ``encoding`` overrules detection; ``delimiter`` and ``mapping`` (header → field) steer tables.
    ``citations`` turns the source keys of a file into readable citations.
    """

    path: str = ""
    glossary: str = ""
    normalize: bool = True
    encoding: str = ""
    delimiter: str = ""
    mapping: Mapping[str, str] = field(default_factory=lambda: _NO_MAPPING)
    citations: Mapping[str, str] = field(default_factory=lambda: _NO_MAPPING)
    variant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """How to write a file.

    Two-column formats run from ``source`` to ``target``. ``choose`` says what a format that holds
    one target a source does with the rest: ``"first"`` keeps the first, ``"skip"`` leaves such
    sources out. ``bom`` begins text files with a byte-order mark.
    """

    source: str = "vi"
    target: str = "en"
    choose: str = "first"
    bom: bool = False
    title: str = ""
    delimiter: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader found: concepts in file order, problems in file order, entries left out."""

    concepts: tuple[Concept, ...]
    problems: tuple[Problem, ...] = ()
    places: Places | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatSpec:
    """One exchange format.

    ``holds`` names the fields (see :mod:`termbase.formats.fields`) that survive a round trip.
    ``module`` is imported when the format is used; it has ``read(stream, options) -> ReadResult``
    where ``reads`` is set and ``write(concepts, stream, options) -> None`` where ``writes`` is.
    A pair format's module may have ``losses(concepts, spec, options)`` beside what ``holds`` says.
    ``variant`` goes into the options of either. ``note`` is one line for people. ``sparing`` says that the
    writer looks at no plain field that ``holds`` leaves out: then such fields are not emptied before it, which
    saves a quarter of the time of writing.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool
    writes: bool
    holds: tuple[str, ...]
    module: str
    variant: str = ""
    note: str = ""
    sparing: bool = False
