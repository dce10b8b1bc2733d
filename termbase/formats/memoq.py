"""memoQ term base CSV: one row an entry, a group of columns a term, names repeated.

Columns after memoQ's documentation: ``Entry_ID, Entry_Subject, Entry_Domain, Entry_Note``, then for each
term ``X_Def, X, Term_Info, Term_Example``. ``Term_Info`` holds case and matching, and ``NonTerm`` for a
forbidden term. memoQ knows no other status.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any, BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.guard import free, guarded
from termbase.formats.sources import decode_bytes
from termbase.formats.table import find_delimiter
from termbase.formats.words import language_of
from termbase.model import LANGUAGES, AdministrativeStatus, CaseRule, Concept, Example

_ENTRY = ("Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_Note")
_NAMES = {"vi": "Vietnamese", "en": "English"}
_CASES = {CaseRule.EXACT: "CaseSense", CaseRule.ANY: "CaseInsense", None: "CasePermissive"}
_CASE_WORDS = {"casesense": "exact", "caseinsense": "any"}


def is_memoq(head: str) -> bool:
    """Tell whether a header line is memoQ's.

    >>> is_memoq("Entry_ID;Entry_Subject;English_Def;English;Term_Info")
    True
    """
    return "entry_id" in head.casefold() and "term_info" in head.casefold()


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read a memoQ CSV with any delimiter.

    Raises :class:`FormatError` when it has no columns of Vietnamese or English terms.
    """
    text = decode_bytes(stream.read(), options)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=options.delimiter or find_delimiter(text))
    builder = Builder(options)
    line = 1
    try:
        headers = next(reader, [])
        line = reader.line_num + 1
        columns = _columns(headers, options)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _entry([free(cell) for cell in cells], columns, line, builder)
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError([Problem(message=f"not a memoQ row: {error}", path=options.path, line=line)]) from None
    return builder.result()


def _columns(headers: Sequence[str], options: ReadOptions) -> list[tuple[str, str]]:
    """Return for each column what it holds and of which language, or the name of a property: ``("term", "vi")``."""
    columns: list[tuple[str, str]] = []
    lang = ""
    for header in (header.strip().lstrip("\ufeff") for header in headers):
        plain = header.casefold()
        if plain in ("entry_id", "entry_subject", "entry_note"):
            columns.append((plain, ""))
        elif plain.startswith("entry_"):
            columns.append(("property", header))
        elif plain in ("term_info", "term_example"):
            columns.append((plain, lang))
        elif plain.endswith("_def"):
            lang = language_of(header[:-4].replace("_", " ").split()[0]) if header[:-4].strip() else ""
            columns.append(("definition", lang))
        else:
            lang = language_of(header.replace("_", " ").split()[0]) if header else ""
            columns.append(("term" if lang else "", lang))
    if not any(kind == "term" for kind, _ in columns) and headers:
        message = "no columns of Vietnamese or English terms; is it a memoQ term base?"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    return columns


def _entry(cells: Sequence[str], columns: Sequence[tuple[str, str]], line: int, builder: Builder) -> None:
    fields: dict[str, Any] = {"subject_field": "", "note": ""}
    properties: list[tuple[str, str]] = []
    terms: list[ReadTerm] = []
    examples: dict[str, list[str]] = {"vi": [], "en": []}
    for (kind, lang), cell in zip(columns, cells, strict=False):
        value = cell.strip()
        if kind == "term":
            terms.append(ReadTerm(lang=lang, text=value, line=line))
        elif not value:
            continue
        elif kind == "term_info" and terms:
            _info(terms[-1], value)
        elif kind == "term_example" and lang:
            examples[lang].append(value)
        elif kind == "definition" and lang:
            fields.setdefault(f"definition_{lang}", value)
        elif kind == "entry_subject":
            fields["subject_field"] = value
        elif kind == "entry_note":
            fields["note"] = value
        elif kind == "property":
            properties.append((lang, value))
    _statuses(terms)
    pairs = tuple(Example(vi, en) for vi, en in zip_longest(examples["vi"], examples["en"], fillvalue=""))
    concept = Concept(id="", terms=(), examples=pairs, properties=tuple(properties), **fields)
    builder.add(concept, terms, line=line)


def _info(term: ReadTerm, value: str) -> None:
    words = [word.strip().casefold() for word in value.split(";")]
    if "nonterm" in words:
        term.status = "forbidden"
    term.case = next((_CASE_WORDS[word] for word in words if word in _CASE_WORDS), "")


def _statuses(terms: Iterable[ReadTerm]) -> None:
    seen: set[str] = set()
    for term in terms:
        if term.text and not term.status:
            term.status = "admitted" if term.lang in seen else "preferred"
            seen.add(term.lang)


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write one row an entry; as many groups of columns as the entry with most terms needs."""
    entries = list(concepts)
    widths = {lang: max((_width(concept, lang) for concept in entries), default=1) for lang in LANGUAGES}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=options.delimiter or ",", lineterminator="\r\n")
    header = list(_ENTRY)
    for lang in LANGUAGES:
        header.append(f"{_NAMES[lang]}_Def")
        header += [_NAMES[lang], "Term_Info", "Term_Example"] * widths[lang]
    writer.writerow(header)
    for number, concept in enumerate(entries, start=1):
        row = [str(number), concept.subject_field, "", concept.note]
        for lang in LANGUAGES:
            row += _language_cells(concept, lang, widths[lang])
        writer.writerow(guarded(row))
    stream.write(text.getvalue().encode("utf-8-sig" if options.bom else "utf-8"))


def _width(concept: Concept, lang: str) -> int:
    return max(1, len(concept.in_language(lang)), len(concept.examples))


def _language_cells(concept: Concept, lang: str, width: int) -> list[str]:
    cells = [concept.definition_vi if lang == "vi" else concept.definition_en]
    terms = (*concept.accepted(lang), *concept.rejected(lang))
    examples = [example.vi if lang == "vi" else example.en for example in concept.examples]
    for term, example in zip_longest(terms, examples):
        text, info = (term.text, _term_info(term.case_rule, term.status)) if term else ("", "")
        cells += text, info, example or ""
    return cells + [""] * (1 + 3 * width - len(cells))


@lru_cache
def _term_info(case_rule: CaseRule | None, status: AdministrativeStatus) -> str:
    words = [_CASES[case_rule], "HalfPrefix"]
    if status is AdministrativeStatus.FORBIDDEN:
        words.append("NonTerm")
    return ";".join(words)
