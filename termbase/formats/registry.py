"""The one registry of termbase formats: by name, by suffix, by content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from termbase.errors import FormatError, InputError, MissingExtraError, Problem, UsageError
from termbase.formats.base import FormatSpec, ReadOptions, ReadResult, WriteOptions
from termbase.formats.doubts import doubts
from termbase.formats.fields import ALL, NATIVE, reduce
from termbase.formats.losses import Loss, Trial, losses, trial
from termbase.formats.making import collector_paused
from termbase.model import Concept

ENTRY_POINTS = "songngu.formats"
"""Entry-point group of third-party formats; each entry is a :class:`FormatSpec`."""

_STATUSES = ("status", "forbidden", "draft", "deprecated", "superseded", "rejected_vi", "synonyms")
_TBX_MIN = ("id", *_STATUSES, "part_of_speech", "part_of_speech_en", "note", "subject_field", "concept_note")
_TBX_BASIC = (*_TBX_MIN, "type", "source", "definition_vi", "definition_en", "examples", "more_examples")
_TABLE = (
    "id",
    "status",
    "rejected_vi",
    "forbidden",
    "deprecated",
    "synonyms",
    "subject_field",
    "definition_vi",
    "definition_en",
    "examples",
    "concept_note",
    "scope",
)


_BOOK = (*(name for name in NATIVE if name not in ("number", "case", "relations", "profiles")),)


_MEMOQ = (
    "status",
    "rejected_vi",
    "forbidden",
    "synonyms",
    "case",
    "subject_field",
    "concept_note",
    "definition_vi",
    "definition_en",
    "examples",
)


_SKOS = (
    "id",
    "status",
    "rejected_vi",
    "forbidden",
    "synonyms",
    "source",
    "note",
    "subject_field",
    "definition_vi",
    "definition_en",
    "examples",
    "more_examples",
    "concept_note",
    "scope",
    "relations",
)


def _service(name: str, title: str, suffix: str, holds: tuple[str, ...] = ("synonyms",)) -> FormatSpec:
    return FormatSpec(
        name=name,
        title=title,
        suffixes=(suffix,),
        reads=False,
        writes=True,
        holds=holds,
        module="termbase.formats.services",
        variant=name,
        note="accepted terms only; further sources point to the preferred target",
    )


def _book(name: str, title: str, suffix: str) -> FormatSpec:
    return FormatSpec(
        name=name,
        title=title,
        suffixes=(suffix,),
        reads=False,
        writes=True,
        holds=_BOOK,
        module=f"termbase.formats.{'html' if name == 'print' else name}",
        variant=name,
        note="for people; cannot be read back",
    )


def _tbx(variant: str, title: str, holds: tuple[str, ...]) -> FormatSpec:
    return FormatSpec(
        name=f"tbx-{variant}",
        title=title,
        suffixes=(".tbx",),
        reads=True,
        writes=True,
        holds=holds,
        module="termbase.formats.tbx",
        variant=variant,
    )


_SPECS = (
    FormatSpec(
        name="csv",
        title="songngu glossary CSV, one row a term",
        suffixes=(".csv",),
        reads=True,
        writes=True,
        holds=NATIVE,
        module="termbase.formats.native_csv",
    ),
    FormatSpec(
        name="jsonl",
        title="JSON Lines, one concept a line, lossless",
        suffixes=(".jsonl", ".ndjson"),
        reads=True,
        writes=True,
        holds=ALL,
        module="termbase.formats.jsonl",
    ),
    FormatSpec(
        name="table",
        title="CSV or TSV of any layout, one row a concept; headers in English or Vietnamese",
        suffixes=(".tsv", ".csv", ".tab", ".txt"),
        reads=True,
        writes=True,
        holds=_TABLE,
        module="termbase.formats.table",
        note="columns are found by their headers or by --map HEADER=FIELD",
    ),
    FormatSpec(
        name="xlsx",
        title="Excel workbook: written one row a term, read in any layout",
        suffixes=(".xlsx", ".xlsm"),
        reads=True,
        writes=True,
        holds=NATIVE,
        module="termbase.formats.xlsx",
        note="needs: pip install 'songngu[xlsx]'",
    ),
    _book("html", "HTML page to read and search", ".html"),
    _book("print", "HTML to print on A4: a dictionary with English index", ".html"),
    _book("markdown", "Markdown document with English index", ".md"),
    FormatSpec(
        name="omegat",
        title="OmegaT glossary: source, tab, target, tab, comment",
        suffixes=(".utf8", ".txt"),
        reads=True,
        writes=True,
        holds=("synonyms", "concept_note"),
        module="termbase.formats.omegat",
    ),
    FormatSpec(
        name="memoq",
        title="memoQ term base CSV",
        suffixes=(".csv",),
        reads=True,
        writes=True,
        holds=_MEMOQ,
        module="termbase.formats.memoq",
        note="forbidden is memoQ's only status besides accepted: deprecated terms become forbidden",
    ),
    FormatSpec(
        name="multiterm",
        title="MultiTerm XML (UTF-16)",
        suffixes=(".xml",),
        reads=True,
        writes=True,
        holds=(*_TBX_BASIC, "proper_noun"),
        module="termbase.formats.multiterm",
    ),
    _service("deepl", "DeepL glossary, TSV", ".tsv"),
    _service("google", "Google Cloud Translation glossary, CSV", ".csv"),
    _service("amazon", "Amazon Translate custom terminology, CSV", ".csv"),
    _service("azure", "Azure Document Translation glossary, TSV", ".tsv"),
    _service("weblate", "Weblate glossary, CSV", ".csv", ("synonyms", "concept_note")),
    FormatSpec(
        name="weblate-tbx",
        title="Weblate glossary, TBX with its flags",
        suffixes=(".tbx",),
        reads=False,
        writes=True,
        holds=("status", "forbidden", "synonyms", "concept_note"),
        module="termbase.formats.weblate_tbx",
        note="one entry a pair; rejected targets are forbidden, a term equal in both languages is read-only",
    ),
    FormatSpec(
        name="utx",
        title="UTX 1.11, tab-separated",
        suffixes=(".utx",),
        reads=True,
        writes=True,
        holds=("id", "status", "forbidden", "deprecated", "draft", "synonyms", "part_of_speech", "proper_noun"),
        module="termbase.formats.utx",
        note="statuses and deprecated terms of the target language only",
    ),
    FormatSpec(
        name="po",
        title="PO glossary",
        suffixes=(".po", ".pot"),
        reads=True,
        writes=True,
        holds=("id", "synonyms", "concept_note"),
        module="termbase.formats.po",
    ),
    FormatSpec(
        name="xliff",
        title="XLIFF 2.1 with the glossary module",
        suffixes=(".xlf", ".xliff"),
        reads=True,
        writes=True,
        holds=("id", "synonyms", "source", "definition_vi", "concept_note"),
        module="termbase.formats.xliff",
    ),
    FormatSpec(
        name="skos",
        title="SKOS concept scheme, Turtle",
        suffixes=(".ttl",),
        reads=True,
        writes=True,
        holds=_SKOS,
        module="termbase.formats.skos",
        note="rejected terms become hidden labels; reading needs: pip install 'songngu[rdf]'",
    ),
    _tbx("basic", "TBX v3 Basic, DCA style", _TBX_BASIC),
    _tbx("basic-dct", "TBX v3 Basic, DCT style", _TBX_BASIC),
    _tbx("min", "TBX v3 Min, DCA style", _TBX_MIN),
    _tbx("min-dct", "TBX v3 Min, DCT style", _TBX_MIN),
    _tbx("core", "TBX v3 Core, DCA style", ("id", "synonyms", "note", "concept_note")),
    _tbx("core-dct", "TBX v3 Core, DCT style", ("id", "synonyms", "note", "concept_note")),
    _tbx("v2", "TBX v2 Basic (2008), for older tools", (*_TBX_BASIC, "proper_noun")),
)

FORMATS: Mapping[str, FormatSpec] = {spec.name: spec for spec in _SPECS}
"""The formats that come with songngu, by name."""


def all_formats() -> dict[str, FormatSpec]:
    """Return the formats of songngu and those that other distributions add.

    >>> "jsonl" in all_formats()
    True
    """
    from importlib.metadata import entry_points

    found = dict(FORMATS)
    for entry in entry_points(group=ENTRY_POINTS):
        spec = entry.load()
        if isinstance(spec, FormatSpec):
            found.setdefault(spec.name, spec)
    return found


def get_format(name: str) -> FormatSpec:
    """Return a format by name; :class:`UsageError` lists the known names.

    >>> get_format("csv").reads
    True
    """
    spec = FORMATS.get(name) or all_formats().get(name)
    if spec is None:
        raise UsageError(f"there is no glossary format {name!r}; known: {', '.join(sorted(all_formats()))}")
    return spec


def format_of(path: str, head: bytes = b"") -> FormatSpec:
    """Return the format of a file, by its content where that tells, else by its suffix.

    >>> format_of("terms.csv", b"concept_id,lang,term").name
    'csv'
    """
    from termbase.formats.sniff import sniff

    name = sniff(head, Path(path).suffix.lower())
    if name:
        return FORMATS[name]
    suffix = Path(path).suffix.lower()
    candidates = [spec for spec in all_formats().values() if suffix in spec.suffixes]
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
    if options.encoding and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from termbase.formats.sources import recoded_xml

        data = recoded_xml(data, options)
    with collector_paused():
        result: ReadResult = _module(spec).read(BytesIO(data), replace(options, variant=spec.variant))
    if not options.normalize:
        # Who reads for validation judges the texts as they are written.
        return result
    found = doubts(data, result.concepts, options)
    return replace(result, problems=(*result.problems, *found)) if found else result


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
    found: list[Loss] = (
        module.losses(concepts, spec, settings) if hasattr(module, "losses") else losses(concepts, spec.holds)
    )
    if not (spec.reads and spec.writes):
        return found
    try:
        return found + trial(concepts, Trial(spec, module, settings))
    except MissingExtraError:
        # What can be written without a package that only the reader needs is not refused for it.
        return found


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name only when the block ends without an error."""
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
