"""The formats of memories: by name, by suffix, and by what the file begins with.

Other distributions add formats through the entry-point group ``songngu.memory_formats``, each a
:class:`FormatSpec`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, BinaryIO, cast

from termbase.errors import FormatError, InputError, Problem, SongnguError, UsageError
from tm.formats.base import Reader, ReadOptions, WriteOptions, Writer
from tm.formats.decoding import is_code_page
from tm.formats.sniff import HEAD, sniff
from tm.model import TranslationUnit
from tm.outcome import Remark

PAIR = ("source", "target")
CONTEXT = ("document", "position", "previous", "next")
DATES = ("author", "created", "changed")
STATE = ("status", "provenance", "confidence", "origin")
TABLE = (*PAIR, "document", "previous", "next", *DATES, "origin", "provenance", "status", "memory")
XLIFF = (*PAIR, "codes", "document", "author", "origin", "provenance", "status", "notes")
ALL = (*PAIR, "codes", *CONTEXT, *DATES, *STATE, "memory", "notes", "properties")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatSpec:
    """One format: ``module`` has ``read`` and ``write`` where the flags say so; ``holds`` names the
    fields of a unit that survive a round trip.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    reads: bool = True
    writes: bool = True
    holds: tuple[str, ...] = PAIR
    note: str = ""


FORMATS = {
    spec.name: spec
    for spec in (
        FormatSpec(
            name="tmx",
            title="TMX 1.4b (reads 1.1 to 1.4b)",
            suffixes=(".tmx",),
            module="tmx",
            holds=ALL,
        ),
        FormatSpec(
            name="xliff",
            title="XLIFF 1.2 (reads 1.0 to 1.2 and 2.0 to 2.2)",
            suffixes=(".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf"),
            module="xliff",
            holds=XLIFF,
        ),
        FormatSpec(
            name="xliff-2",
            title="XLIFF 2.1 (reads as xliff does)",
            suffixes=(".xlf", ".xliff"),
            module="xliff2",
            holds=XLIFF,
        ),
        FormatSpec(
            name="po",
            title="Gettext PO",
            suffixes=(".po", ".pot"),
            module="po",
            holds=(*PAIR, "document", "status", "notes"),
        ),
        FormatSpec(name="tsv", title="Tab-separated pairs", suffixes=(".tsv", ".tab"), module="tsv", holds=TABLE),
        FormatSpec(
            name="csv", title="Comma- or semicolon-separated pairs", suffixes=(".csv",), module="csv_pairs", holds=TABLE
        ),
        FormatSpec(
            name="xlsx", title="Excel workbook of pairs (extra xlsx)", suffixes=(".xlsx",), module="xlsx", holds=TABLE
        ),
        FormatSpec(
            name="jsonl", title="JSON Lines, lossless", suffixes=(".jsonl", ".ndjson"), module="jsonl", holds=ALL
        ),
        FormatSpec(
            name="wordfast",
            title="Wordfast Classic memory",
            suffixes=(".txt",),
            module="wordfast",
            holds=(*PAIR, "author", "created"),
            note="dates are those of creation",
        ),
        FormatSpec(
            name="moses", title="Moses: two aligned files, NAME.vi and NAME.en", suffixes=(".vi", ".en"), module="moses"
        ),
    )
}


ENTRY_POINTS = "songngu.memory_formats"
"""Entry-point group of formats of other distributions; each entry is a :class:`FormatSpec`."""


def formats() -> dict[str, FormatSpec]:
    """Return all formats by name, those of other distributions included.

    >>> formats()["tmx"].suffixes
    ('.tmx',)
    """
    return _guests()[0]


def broken_formats() -> dict[str, str]:
    """Return the formats of other distributions that cannot be used, with the reason.

    >>> "tmx" in broken_formats()
    False
    """
    return _guests()[1]


@cache
def _guests() -> tuple[dict[str, FormatSpec], dict[str, str]]:
    found, broken = dict(FORMATS), {}
    for point in entry_points(group=ENTRY_POINTS):
        try:
            spec = point.load()
        except Exception as error:  # noqa: BLE001  # whatever a guest does, the formats of the house are there
            broken[point.name] = f"{type(error).__name__}: {error}".splitlines()[0]
            continue
        if isinstance(spec, FormatSpec):
            found.setdefault(spec.name, spec)
        else:
            broken[point.name] = f"{point.value} is no FormatSpec"
    return found, broken


def get(name: str) -> FormatSpec:
    """Return a format by name. Raises :class:`~termbase.errors.UsageError` for an unknown one."""
    if name in broken_formats() and name not in formats():
        raise UsageError(f"the format {name!r} cannot be used: {broken_formats()[name]}")
    if name not in formats():
        raise UsageError(f"unknown format {name!r}; known are {', '.join(sorted(formats()))}")
    return formats()[name]


def choose(path: str, *, reading: bool) -> FormatSpec:
    """Return the format of a file by its suffix.

    >>> choose("memory.TMX", reading=True).name
    'tmx'
    """
    suffix = Path(path).suffix.lower()
    for spec in formats().values():
        if suffix in spec.suffixes and (spec.reads if reading else spec.writes):
            return spec
    verb, option = ("reads", "--from") if reading else ("writes", "--to")
    raise UsageError(f"{path}: no format {verb} {suffix or 'files without a suffix'}; name one with {option}")


def read(
    path: str, format: str | None = None, options: ReadOptions | None = None, *, stream: BinaryIO | None = None
) -> Iterator[TranslationUnit | Remark]:
    """Yield the units and remarks of a file; runs as they are taken.

    ``stream`` is read instead of the file where it is given; then ``format`` is needed. Raises
    :class:`~termbase.errors.InputError`.
    """
    if format or stream is not None:
        spec = get(format) if format else choose(path, reading=True)
    else:
        head = _head(path)
        name = sniff(head, path)
        spec = get(name) if name else choose(path, reading=True)
        if not head and spec.name != "moses":
            raise FormatError([Problem(path=path, message="the file is empty")])
    if not spec.reads:
        raise UsageError(f"format {spec.name} is written only")
    chosen = replace(options or ReadOptions(), path=path)
    return _read(path, spec, chosen, stream)


def _head(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        choose(path, reading=True)
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None


def _read(path: str, spec: FormatSpec, options: ReadOptions, stream: BinaryIO | None) -> Iterator[Any]:
    reader = cast("Reader", _module(spec).read)
    if stream is not None:
        yield from reader(stream, options)
        return
    try:
        opened = Path(path).open("rb")  # noqa: SIM115 - closed by the with below
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None
    with opened as file:
        if spec.name in _BY_CODE_PAGE and not options.encoding and is_code_page(file.read(HEAD)):
            message = "not UTF-8; it was read as windows-1258: name another encoding with --encoding"
            yield Remark(Problem(path=path, message=message), skipped=False)
        file.seek(0)
        if spec.name in FORMATS:
            yield from reader(file, options)
        else:
            yield from _of_guest(reader(file, options), spec, options)


def _of_guest(found: Iterator[Any], spec: FormatSpec, options: ReadOptions) -> Iterator[Any]:
    """Yield what the reader of another distribution yields; whatever it raises is told in one line."""
    try:
        yield from found
    except (SongnguError, GeneratorExit):
        raise
    except Exception as error:
        message = f"the reader of format {spec.name} failed: {type(error).__name__}: {error}"
        raise FormatError([Problem(path=options.path, message=" ".join(message.split()))]) from error


_BY_CODE_PAGE = ("tsv", "csv", "wordfast", "moses")


def write(
    units: Iterable[TranslationUnit], path: str, format: str | None = None, options: WriteOptions | None = None
) -> int:
    """Write units to a file, whole or not at all, and return their number."""
    spec = get(format) if format else choose(path, reading=False)
    if spec.name == "moses":
        from tm.formats.moses import write_files

        return write_files(units, path, options or WriteOptions())
    with replacing(Path(path)) as stream:
        return write_to(units, stream, spec, options)


def write_to(
    units: Iterable[TranslationUnit], stream: BinaryIO, spec: FormatSpec, options: WriteOptions | None = None
) -> int:
    """Write units to a stream in a format, and return their number."""
    check_writable(spec, "-")
    return cast("Writer", _module(spec).write)(units, stream, options or WriteOptions())


def check_writable(spec: FormatSpec, path: str) -> None:
    """Raise :class:`~termbase.errors.UsageError` for a format that cannot be written there."""
    if not spec.writes:
        raise UsageError(f"format {spec.name} is read only")
    if path == "-" and not hasattr(_module(spec), "write"):
        raise UsageError(f"the {spec.name} format is more than one file; name a file instead of -")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes take the place of ``path`` when the block ends without an error.

    Raises :class:`~termbase.errors.InputError` where no file can be made.
    """
    if path.is_dir():
        raise InputError([Problem(path=str(path), message="is a folder, not a file")])
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name[:40]}.", suffix=".part")
    except OSError as error:
        raise InputError([Problem(path=str(path), message=f"cannot be written: {error.strerror or error}")]) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _module(spec: FormatSpec) -> Any:
    ours = FORMATS.get(spec.name) is spec and "." not in spec.module
    return import_module(f"tm.formats.{spec.module}" if ours else spec.module)


__all__ = [
    "ENTRY_POINTS",
    "FORMATS",
    "FormatError",
    "FormatSpec",
    "broken_formats",
    "check_writable",
    "choose",
    "formats",
    "get",
    "read",
    "replacing",
    "write",
    "write_to",
]
