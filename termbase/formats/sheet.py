"""Rows of a table, whatever file they come from, as concepts, and back.

One row is one concept, or, with the native header, one term. In a cell for terms several are parted by
``;``, ``|`` or a line end; the first of the main column is the preferred one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from termbase.errors import InputError, Problem, UsageError
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.guard import free
from termbase.formats.headers import FIELDS
from termbase.formats.layout import Layout, Row, find_layout
from termbase.formats.native_csv import read_csv_text
from termbase.formats.plain_pairs import OTHER_SPACES, PlainPairs
from termbase.formats.words import type_of
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, Example
from termbase.text.normalize import SUSPECT, normalize

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

_SIMPLE = frozenset({"id", "vi", "en", "subject_field", "definition_vi", "definition_en", "note", "scope"})
_SEVERAL = re.compile(r"[;|\n]").search
_SPLIT = re.compile(r"(?<!\\)\s*[;|\n]\s*")
_COLUMN_STATUS = {
    "also": "admitted",
    "deprecated": "deprecated",
    "forbidden": "forbidden",
    "abbreviation": "admitted",
}
_MORE = {lang: tuple(f"{lang}_{kind}" for kind in _COLUMN_STATUS) for lang in LANGUAGES}
_RULE = re.compile(r"\s*:?-{2,}:?\s*").fullmatch
"""A cell of the line that Markdown draws under a header."""
_YES = frozenset({"true", "1", "yes", "y", "x", "có", "đúng"})
_RULED = frozenset(":-")
_NO = frozenset({"false", "0", "no", "n", "không", "sai"})
_CONCEPT_FIELDS = ("subject_field", "definition_vi", "definition_en", "note", "scope")


def read_rows(rows: Sequence[Row], options: ReadOptions) -> ReadResult:
    """Return the concepts of a table.

    Raises :class:`FormatError` when no column of Vietnamese and English terms can be made out, and
    :class:`termbase.UsageError` for a mapping to a field that does not exist.
    """
    unknown = [field for field in options.mapping.values() if field not in FIELDS]
    if unknown:
        raise UsageError(f"there is no field {unknown[0]!r}; fields are {', '.join(FIELDS)}")
    rows = [row for row in rows if any(map(str.strip, row.cells))]
    if not rows:
        return ReadResult(())
    layout = find_layout(rows, options)
    if layout.native:
        return _native(rows[layout.first :], options)
    if layout.stacked:
        from termbase.formats.stacked import read_stacked

        return read_stacked(rows, layout, options)
    builder = Builder(options)
    for remark in layout.remarks:
        builder.problem(remark, rows[0].number)
    reader = _RowReader(layout, builder)
    plain = PlainPairs(layout, builder, reader.read)
    for start in range(layout.first, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        whole = "\n".join(["\n".join(row.cells) for row in chunk])
        # Most tables are in storage form: one look at many rows tells, and no cell is looked at again.
        odd = _ODD(whole) is not None
        builder.clean = not options.normalize or (not (odd and _FULL_WIDTH(whole)) and _stored(whole, odd=odd))
        if builder.clean:
            plain.take(chunk, spaced=odd)
        else:
            for row in chunk:
                reader.read(row)
    return builder.result()


_CHUNK = 500
_FULL_WIDTH = re.compile("[\uff01-\uff5e]").search
_ODD = re.compile(f"[{SUSPECT.pattern[1:-1]}\uff01-\uff5e{OTHER_SPACES}]").search
"""All that is looked for in a table whose texts may be as they should: in one go."""


def _stored(text: str, *, odd: bool) -> bool:
    return normalize(text) == text if odd else unicodedata.is_normalized("NFC", text)


def _native(rows: Sequence[Row], options: ReadOptions) -> ReadResult:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow(row.cells)
    return read_csv_text(text.getvalue(), options)


class _RowReader:
    """Reads the rows of one layout; most rows are a pair of terms with little beside it, and go a short way."""

    def __init__(self, layout: Layout, builder: Builder) -> None:
        self.layout = layout
        self.builder = builder
        named = [(index, field) for index, field in enumerate(layout.fields) if field and field != "ignore"]
        self.columns = tuple(named)
        self.width = max(len(layout.headers), len(layout.fields))
        known = {index for index, field in enumerate(layout.fields) if field}
        self.others = tuple(
            (index, header.strip())
            for index, header in enumerate(layout.headers)
            if index not in known and header.strip()
        )

    def read(self, row: Row) -> None:
        cells = row.cells
        if len(cells) > self.width:
            self.beyond(row)
        values: dict[str, str] = {}
        for index, field in self.columns:
            if index < len(cells) and (cell := cells[index]):
                values[field] = (free(cell) if cell[0] == "'" else cell).strip()
        properties: tuple[tuple[str, str], ...] = ()
        if self.others:
            texts = [(name, free(cells[index]).strip()) for index, name in self.others if index < len(cells)]
            properties = tuple([pair for pair in texts if pair[1]])
        if not properties and _SIMPLE.issuperset(values):
            vi, en = values.get("vi", ""), values.get("en", "")
            if vi and en and not _SEVERAL(vi) and not _SEVERAL(en):
                if vi[0] not in _RULED or not (_RULE(vi) and _RULE(en)):
                    self.builder.add_pair(vi, en, values, row.number)
                return
        if values and not all(map(_RULE, values.values())):
            self.whole(row, values, properties)

    def beyond(self, row: Row) -> None:
        """Tell what stands behind the last column."""
        texts = [cell.strip() for cell in row.cells[self.width :] if cell.strip()]
        if texts:
            message = f"the row has more cells than there are columns; left out: “{'”, “'.join(texts)}”"
            self.builder.problem(message, row.number)

    def whole(self, row: Row, values: dict[str, str], properties: tuple[tuple[str, str], ...]) -> None:
        if len(values) == 1 and not properties and next(iter(values.values())).startswith("#"):
            # A line of comment, as glossaries kept by hand have.
            return
        example = Example(values.get("example_vi", ""), values.get("example_en", ""))
        _flags(values)
        properties += _base_term(values)
        if type_of(values.get("type", "")) is None and values.get("type"):
            properties += (("type", values.pop("type")),)
        identifier = values.get("id", "")
        fixed = {name: values[name] for name in _CONCEPT_FIELDS if name in values}
        concept = Concept(
            # A running number says nothing about the concept: the next edition gives it to another one.
            id="" if identifier.isdigit() else identifier,
            terms=(),
            examples=(example,) if example.vi or example.en else (),
            properties=properties,
            **fixed,  # type: ignore[arg-type]
        )
        self.builder.add(concept, _terms(row, values, self.layout.target), line=row.number)


def _flags(values: dict[str, str]) -> None:
    """Read columns of yes and no: of another status than preferred there is only one."""
    forbidden = values.get("en_forbidden", "").casefold()
    if forbidden in _YES or forbidden in _NO:
        values["forbidden_flag"] = values.pop("en_forbidden")
    if values.get("forbidden_flag", "").casefold() in _YES:
        values["status"] = "forbidden"
    elif values.get("draft_flag", "").casefold() in _YES or values.get("approved_flag", "").casefold() in _NO:
        values.setdefault("status", "draft")


def _base_term(values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Put a term of the table's base language where a column of languages leaves its place empty."""
    text = values.pop("source_term", "")
    empty = [lang for lang in LANGUAGES if lang not in values]
    if text and len(empty) == 1:
        values[empty[0]] = text
        return ()
    return () if not text or text in (values.get("vi"), values.get("en")) else (("term", text),)


def _terms(row: Row, values: dict[str, str], target: str) -> Iterator[ReadTerm]:
    for lang in LANGUAGES:
        own = values.get(f"{lang}_status") or (values.get("status", "") if lang == target else "")
        main = split_cell(values.get(lang, ""))
        # As many words of status as terms, or one for all.
        owns = split_cell(own) if own else []
        others = any(values.get(name) for name in _MORE[lang])
        for index, text in enumerate(main):
            status = owns[index] if len(owns) == len(main) else own
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
        type=values.get("type", ""),
        part_of_speech=values.get("part_of_speech", ""),
        case="exact" if values.get("case_flag", "").casefold() in _YES else "",
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
    return "; ".join([text.replace(";", "\\;").replace("|", "\\|") for text in texts])


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
    texts: dict[str, list[str]] = {}
    for term in concept.in_language(lang):
        if column := _STATUS_COLUMN[lang].get(term.status):
            texts.setdefault(column, []).append(term.text)
    return {column: join_cell(cell) for column, cell in texts.items()}


_STATUS_COLUMN = {
    lang: {
        AdministrativeStatus.PREFERRED: lang,
        AdministrativeStatus.ADMITTED: f"{lang}_also",
        AdministrativeStatus.DEPRECATED: f"{lang}_deprecated",
        AdministrativeStatus.FORBIDDEN: f"{lang}_forbidden",
    }
    for lang in LANGUAGES
}


def check_size(rows: int, options: ReadOptions) -> None:
    """Refuse a table of more rows than any glossary has."""
    if rows > MAX_ROWS:
        raise InputError([Problem(message=f"more than {MAX_ROWS} rows", path=options.path)])


MAX_ROWS = 1_000_000
