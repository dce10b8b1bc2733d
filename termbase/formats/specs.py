"""The formats that come with songngu: the table that the registry, the commands and the docs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from termbase.formats.base import FormatSpec
from termbase.formats.fields import ALL, NATIVE

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
)

# Our own writers are sparing, all of them, which the tests of the contract prove.
FORMATS: Mapping[str, FormatSpec] = {spec.name: replace(spec, sparing=True) for spec in _SPECS}
"""The formats that come with songngu, by name."""
