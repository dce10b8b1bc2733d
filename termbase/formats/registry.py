"""The one registry of termbase formats: by name, by suffix, by content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from termbase.errors import FormatError, InputError, MissingExtraError, Problem, SongnguError, UsageError
from termbase.formats.base import FormatSpec, ReadOptions, ReadResult, WriteOptions
from termbase.formats.doubts import doubts
from termbase.formats.fields import reduce, restructured
from termbase.formats.losses import Loss, Trial, losses, trial
from termbase.formats.making import collector_paused
from termbase.formats.specs import FORMATS
from termbase.model import Concept

__all__ = [
    "ENTRY_POINTS",
    "FORMATS",
    "all_formats",
    "atomic",
    "broken_formats",
    "format_of",
    "get_format",
    "losses_of",
    "read",
    "spec_for_writing",
    "write",
]

ENTRY_POINTS = "songngu.formats"
"""Entry-point group of third-party formats; each entry is a :class:`FormatSpec`."""


def all_formats() -> dict[str, FormatSpec]:
    """Return the formats of songngu and those that other distributions add.

    >>> "jsonl" in all_formats()
    True
    """
    found = dict(FORMATS)
    for spec in _guests()[0]:
        found.setdefault(spec.name, spec)
    return found


def broken_formats() -> dict[str, str]:
    """Return the formats of other distributions that cannot be used, with the reason.

    >>> "jsonl" in broken_formats()
    False
    """
    return _guests()[1]


def _guests() -> tuple[list[FormatSpec], dict[str, str]]:
    from importlib.metadata import entry_points

    specs: list[FormatSpec] = []
    broken: dict[str, str] = {}
    for entry in entry_points(group=ENTRY_POINTS):
        try:
            spec = entry.load()
        except Exception as error:  # noqa: BLE001  # whatever a guest does, the formats of the house are there
            broken[entry.name] = f"{type(error).__name__}: {error}".splitlines()[0]
            continue
        if isinstance(spec, FormatSpec):
            specs.append(spec)
        else:
            broken[entry.name] = f"{entry.value} is no FormatSpec"
    return specs, broken


def get_format(name: str) -> FormatSpec:
    """Return a format by name; :class:`UsageError` lists the known names.

    >>> get_format("csv").reads
    True
    """
    spec = FORMATS.get(name) or all_formats().get(name)
    if spec is None and name in broken_formats():
        raise UsageError(f"the glossary format {name!r} cannot be used: {broken_formats()[name]}")
    if spec is None:
        raise UsageError(f"there is no glossary format {name!r}; known: {', '.join(sorted(all_formats()))}")
    return spec


def format_of(path: str, head: bytes = b"") -> FormatSpec:
    """Return the format of a file, by its content where that tells, else by its suffix.

    >>> format_of("terms.csv", b"concept_id,lang,term").name
    'csv'
    """
    from termbase.formats.sniff import root_of, sniff

    name = sniff(head, Path(path).suffix.lower())
    if name:
        return FORMATS[name]
    if root_of(head) == "tmx":
        raise InputError([Problem(message="a translation memory, no glossary; read it with tm import", path=path)])
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        message = "a document of an old Microsoft Office; save a workbook as .xlsx"
        raise InputError([Problem(message=message, path=path)])
    suffix = Path(path).suffix.lower()
    candidates = [spec for spec in all_formats().values() if suffix in spec.suffixes]
    candidates.sort(key=lambda spec: not spec.reads)
    if not candidates:
        raise InputError([Problem(message="the format is not known; name one with --from or --to", path=path)])
    return candidates[0]


def read(source: str | Path | BinaryIO, format: str | None = None, options: ReadOptions | None = None) -> ReadResult:
    """Read a glossary.

    ``source`` is a path or a binary stream. Raises :class:`InputError` when the file cannot be
    opened or is not of the format, :class:`UsageError` when the format is unknown or write-only.

    >>> text = '{"id": "c1", "terms": [{"lang": "vi", "text": "Đảng"}]}'
    >>> read(BytesIO(text.encode()), "jsonl").concepts[0].id
    'c1'
    """
    options = options or ReadOptions()
    if isinstance(source, (str, Path)):
        path = Path(source)
        options = replace(options, path=options.path or str(source), glossary=options.glossary or path.stem)
        data = _load(path)
    else:
        data = source.read()
    spec = get_format(format) if format else format_of(options.path, data[:65536])
    if not spec.reads:
        raise UsageError(f"{spec.name} can be written, not read")
    is_xml = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    if is_xml and options.encoding.lower() == "viqr":
        from termbase.formats.viqr import converted

        plain = read(BytesIO(data), spec.name, replace(options, encoding="", normalize=False))
        return replace(plain, concepts=tuple(map(converted, plain.concepts)))
    if options.encoding and is_xml:
        from termbase.formats.sources import recoded_xml

        data = recoded_xml(data, options)
    with collector_paused():
        result = _read(spec, data, replace(options, variant=spec.variant))
    _refuse_giants(data, result, options)
    if not options.normalize:
        # Who reads for validation judges the texts as they are written.
        return result
    found = doubts(data, result.concepts, options)
    return replace(result, problems=(*result.problems, *found)) if found else result


def _read(spec: FormatSpec, data: bytes, options: ReadOptions) -> ReadResult:
    """Read; whatever the reader of another distribution raises is told in one line."""
    if spec.name in FORMATS:
        result: ReadResult = _module(spec).read(BytesIO(data), options)
        return result
    try:
        result = _module(spec).read(BytesIO(data), options)
    except SongnguError:
        raise
    except Exception as error:
        message = f"the reader of format {spec.name} failed: {type(error).__name__}: {error}"
        raise FormatError([Problem(message=" ".join(message.split()), path=options.path)]) from error
    return result


_MOST_CHARACTERS = 131_072
"""Most characters of a term, as of a cell of a table: what is longer is a damaged or a hostile file."""


def _refuse_giants(data: bytes, result: ReadResult, options: ReadOptions) -> None:
    # Only a file with a line of that length can hold such a term.
    if len(data) <= _MOST_CHARACTERS or max(map(len, data.split(b"\n"))) <= _MOST_CHARACTERS:
        return
    for concept in result.concepts:
        if any(len(term.text) > _MOST_CHARACTERS for term in concept.terms):
            message = f"a term is longer than {_MOST_CHARACTERS} characters"
            raise FormatError([Problem(message=message, path=options.path, entry=concept.id)])


def _load(path: Path) -> bytes:
    from termbase.formats.sources import MAX_BYTES

    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormatError([Problem(message=f"larger than {MAX_BYTES // 2**20} MiB", path=str(path))])
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem(message=f"cannot be read: {reason}", path=str(path))]) from None


def write(
    concepts: Iterable[Concept],
    target: str | Path | BinaryIO,
    format: str | None = None,
    options: WriteOptions | None = None,
) -> None:
    """Write a glossary; a path is replaced only when all of it has been written.

    Raises :class:`UsageError` when the format is unknown or read-only.

    >>> out = BytesIO()
    >>> write([Concept(id="c1", terms=())], out, "jsonl")
    >>> out.getvalue()[:10]
    b'{"id":"c1"'
    """
    spec = get_format(format) if format else spec_for_writing(str(target))
    if not spec.writes:
        raise UsageError(f"{spec.name} can be read, not written")
    settings = replace(options or WriteOptions(), variant=spec.variant)
    module = _module(spec)
    # Writers get no more than the format holds, so that what is lost is what the loss report says.
    with collector_paused():
        if spec.sparing:
            concepts = restructured(concepts, spec.holds)
        else:
            concepts = [reduce(concept, spec.holds) for concept in concepts]
        if isinstance(target, (str, Path)):
            with atomic(Path(target)) as stream:
                module.write(concepts, stream, settings)
        else:
            module.write(concepts, target, settings)


def spec_for_writing(path: str) -> FormatSpec:
    """Return the format that the suffix of a path to be written names; :class:`UsageError` if none.

    >>> spec_for_writing("terms.jsonl").name
    'jsonl'
    """
    suffix = Path(path).suffix.lower()
    for spec in all_formats().values():
        if suffix in spec.suffixes and spec.writes:
            return spec
    raise UsageError(f"{path}: no format has the suffix {suffix!r}; name one with --to")


def losses_of(concepts: Iterable[Concept], format: str, options: WriteOptions | None = None) -> list[Loss]:
    """Return what writing these concepts in that format would lose, entry by entry.

    >>> print(*losses_of([Concept(id="c1", terms=(), scope="Military Region 7")], "csv"))
    c1: concept: left out: it has no accepted Vietnamese or English term
    """
    spec = get_format(format)
    settings = replace(options or WriteOptions(), variant=spec.variant)
    module = _module(spec)
    concepts = tuple(concepts)
    with collector_paused():
        found: list[Loss] = (
            module.losses(concepts, spec, settings) if hasattr(module, "losses") else losses(concepts, spec.holds)
        )
    if not (spec.reads and spec.writes):
        return found
    try:
        with collector_paused():
            return found + trial(concepts, Trial(spec, module, settings))
    except MissingExtraError:
        # What can be written without a package that only the reader needs is not refused for it.
        return found


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name only when the block ends without an error."""
    if path.is_dir():
        raise InputError([Problem(message="is a folder, not a file", path=str(path))])
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError([Problem(message=f"cannot be written: {error.strerror}", path=str(path))]) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        with suppress(OSError):
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _module(spec: FormatSpec) -> Any:
    return import_module(spec.module)
