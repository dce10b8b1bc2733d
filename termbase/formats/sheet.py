"""Rows of a table, whatever file they come from, as concepts, and back.

One row is one concept, or, with the native header, one term. In a cell for terms several are parted by
``;``, ``|`` or a line end; the first of the main column is the preferred one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from termbase.errors import FormatError, InputError, Problem, UsageError
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.guard import free
from termbase.formats.headers import FIELDS, columns_of
from termbase.formats.native_csv import is_native, read_csv_text
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, Example

COLUMNS = {
    "id": "id",
    "subject_field": "subject field",
    "vi": "Vietnamese",
    "vi_also": "Vietnamese also",
    "vi_deprecated": "Vietnamese not recommended",
    "vi_forbidden": "Vietnamese forbidden",
    "en": "English",
    "en_also": "English also",
    "en_deprecated": "English not recommended",
    "en_forbidden": "English forbidden",
    "definition_vi": "Vietnamese definition",
    "definition_en": "English definition",
    "example_vi": "Vietnamese example",
    "example_en": "English example",
    "note": "note",
    "scope": "scope",
}
"""The columns that are written, by field."""

_SPLIT = re.compile(r"(?<!\\)\s*[;|\n]\s*")
_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
_COLUMN_STATUS = {
    "also": "admitted",
    "deprecated": "deprecated",
    "forbidden": "forbidden",
    "abbreviation": "admitted",
}
_MORE = {lang: tuple(f"{lang}_{kind}" for kind in _COLUMN_STATUS) for lang in LANGUAGES}
_CONCEPT_FIELDS = ("subject_field", "definition_vi", "definition_en", "note", "scope")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, from 1, and its cells."""

    number: int
    cells: Sequence[str]


def read_rows(rows: Sequence[Row], options: ReadOptions) -> ReadResult:
    """Return the concepts of a table.

    Raises :class:`FormatError` when no column of Vietnamese and English terms can be made out, and
    :class:`termbase.UsageError` for a mapping to a field that does not exist.
    """
    unknown = [field for field in options.mapping.values() if field not in FIELDS]
    if unknown:
        raise UsageError(f"there is no field {unknown[0]!r}; fields are {', '.join(FIELDS)}")
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        return ReadResult(())
    if is_native(",".join(rows[0].cells)):
        return _native(rows, options)
    builder = Builder(options)
    fields = columns_of(rows[0].cells, options.mapping)
    body = rows[1:]
    if not {"vi", "en"} & set(fields):
        fields, body = _guess(rows, options), rows
        builder.problem(
            f"no header: column {fields.index('vi') + 1} is taken as Vietnamese, {fields.index('en') + 1} as English", 1
        )
    for row in body:
        _concept(row, fields, rows[0].cells if body is not rows else (), builder)
    return builder.result()


def _native(rows: Sequence[Row], options: ReadOptions) -> ReadResult:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow(row.cells)
    return read_csv_text(text.getvalue(), options)


def _guess(rows: Sequence[Row], options: ReadOptions) -> list[str]:
    """Tell by the letters which of the first two columns is Vietnamese."""
    marks = [0, 0]
    for row in rows[:200]:
        for index, cell in enumerate(row.cells[:2]):
            marks[index] += bool(_VIETNAMESE.search(cell))
    if max(len(row.cells) for row in rows) < 2 or marks[0] == marks[1]:
        message = (
            "no columns of Vietnamese and English terms were found; name them with --map HEADER=vi --map HEADER=en"
        )
        raise FormatError([Problem(message=message, path=options.path, line=rows[0].number)])
    first = "vi" if marks[0] > marks[1] else "en"
    return [first, "en" if first == "vi" else "vi", "note"]


def _concept(row: Row, fields: Sequence[str], headers: Sequence[str], builder: Builder) -> None:
    values: dict[str, str] = {}
    properties: list[tuple[str, str]] = []
    for index, cell in enumerate(row.cells):
        text = free(cell).strip()
        field = fields[index] if index < len(fields) else ""
        if field and field != "ignore":
            values[field] = text
        elif text and not field and index < len(headers) and headers[index].strip():
            properties.append((headers[index].strip(), text))
    example = Example(values.get("example_vi", ""), values.get("example_en", ""))
    identifier = values.get("id", "")
    fixed = {name: values[name] for name in _CONCEPT_FIELDS if name in values}
    concept = Concept(
        # A running number says nothing about the concept: the next edition gives it to another one.
        id="" if identifier.isdigit() else identifier,
        terms=(),
        examples=(example,) if example.vi or example.en else (),
        properties=tuple(properties),
        **fixed,  # type: ignore[arg-type]
    )
    builder.add(concept, _terms(row, values), line=row.number)


def _terms(row: Row, values: dict[str, str]) -> Iterator[ReadTerm]:
    for lang in LANGUAGES:
        own = values.get("status", "")
        others = not values.keys().isdisjoint(_MORE[lang]) and any(values.get(name) for name in _MORE[lang])
        for index, text in enumerate(split_cell(values.get(lang, ""))):
            status = own if lang == "en" else ""
            if others and not status:
                status = "admitted" if index else "preferred"
            yield _term(row, lang, text, status, values)
        for kind, status in _COLUMN_STATUS.items() if others else ():
            for text in split_cell(values.get(f"{lang}_{kind}", "")):
                term = _term(row, lang, text, status, values)
                term.type = "abbreviation" if kind == "abbreviation" else ""
                yield term


def _term(row: Row, lang: str, text: str, status: str, values: dict[str, str]) -> ReadTerm:
    return ReadTerm(
        lang=lang,
        text=text,
        status=status,
        part_of_speech=values.get("part_of_speech", ""),
        source=values.get("source", ""),
        line=row.number,
    )


def split_cell(cell: str) -> list[str]:
    r"""Return the terms of a cell.

    >>> split_cell("combat readiness; readiness"), split_cell("a \\; b")
    (['combat readiness', 'readiness'], ['a ; b'])
    """
    if ";" not in cell and "|" not in cell and "\n" not in cell:
        return [cell.strip()] if cell and not cell.isspace() else []
    parts = (part.replace("\\;", ";").replace("\\|", "|").strip() for part in _SPLIT.split(cell))
    return [part for part in parts if part]


def join_cell(texts: Iterable[str]) -> str:
    """Return the cell that :func:`split_cell` takes apart again."""
    return "; ".join(text.replace(";", "\\;").replace("|", "\\|") for text in texts)


def rows_of(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """Yield the header and a row for each concept."""
    yield list(COLUMNS.values())
    for concept in concepts:
        values = {
            "id": concept.id,
            "subject_field": concept.subject_field,
            "definition_vi": concept.definition_vi,
            "definition_en": concept.definition_en,
            "note": concept.note,
            "scope": concept.scope,
        }
        for example in concept.examples[:1]:
            values |= {"example_vi": example.vi, "example_en": example.en}
        for lang in LANGUAGES:
            values |= _term_cells(concept, lang)
        yield [values.get(field, "") for field in COLUMNS]


def _term_cells(concept: Concept, lang: str) -> dict[str, str]:
    columns = {
        AdministrativeStatus.PREFERRED: lang,
        AdministrativeStatus.ADMITTED: f"{lang}_also",
        AdministrativeStatus.DEPRECATED: f"{lang}_deprecated",
        AdministrativeStatus.FORBIDDEN: f"{lang}_forbidden",
    }
    terms = concept.in_language(lang)
    return {
        column: join_cell(term.text for term in terms if term.status is status) for status, column in columns.items()
    }


def check_size(rows: int, options: ReadOptions) -> None:
    """Refuse a table of more rows than any glossary has."""
    if rows > MAX_ROWS:
        raise InputError([Problem(message=f"more than {MAX_ROWS} rows", path=options.path)])


MAX_ROWS = 1_000_000
