"""The native glossary CSV: one row a term, the rows of a concept together.

Concept-level cells stand on the concept's first row. Several values in a cell are parted by ``;``
(profiles, sources, relations) or ``|`` (parts: ``Vietnamese = English``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.sources import decode_bytes
from termbase.formats.words import language_of, part_of_speech_of, status_of, type_of
from termbase.model import (
    AdministrativeStatus,
    CaseRule,
    Concept,
    Confidence,
    Example,
    GrammaticalNumber,
    Part,
    PartOfSpeech,
    Relation,
    RelationType,
    Term,
    TermType,
    Verification,
)

TERM_COLUMNS = (
    "lang",
    "term",
    "status",
    "type",
    "part_of_speech",
    "number",
    "case",
    "profile",
    "note",
    "source",
    "verification",
)
CONCEPT_COLUMNS = (
    "confidence",
    "definition_vi",
    "definition_en",
    "example_vi",
    "example_en",
    "parts",
    "scope",
    "valid_from",
    "valid_to",
    "relations",
    "concept_note",
)
COLUMNS = ("concept_id", "subject_field", *TERM_COLUMNS, *CONCEPT_COLUMNS)
REQUIRED = ("concept_id", "lang", "term")
_FIRST_ROW = ("subject_field", *CONCEPT_COLUMNS)
_MAX_PROBLEMS = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


class CsvPlaces:
    """Finds lines and columns of a CSV file when somebody asks; costs nothing before."""

    __slots__ = ("_columns", "_rows", "_text")

    def __init__(self, text: str, columns: dict[str, int], rows: list[list[_Row]]) -> None:
        self._text = text
        self._columns = columns
        self._rows = rows

    def find(self, concept: int, term: int | None = None, field: str = "") -> tuple[int, int]:
        """Return line and column of the cell ``field``; of the row's start without one."""
        row = self._rows[concept][term or 0]
        return cell_place(self._text, row.line, self._columns.get(field, 0))


def cell_place(text: str, line: int, index: int, delimiter: str = ",") -> tuple[int, int]:
    r"""Return line and column, from 1, where the cell ``index`` of the row starting at ``line`` begins.

    >>> cell_place('a,b\n"x, y",z\n', 2, 1)
    (2, 8)
    """
    rows = io.StringIO(text, newline="")
    for _ in range(line - 1):
        rows.readline()
    column, quoted, cell = 1, False, 0
    for character in rows.read():
        if cell == index:
            break
        column += 1
        if character == '"':
            quoted = not quoted
        elif character == "\n":
            line, column = line + 1, 1
        elif character == delimiter and not quoted:
            cell += 1
    return line, column


def is_native(head: str) -> bool:
    """Tell whether a header line is that of a native glossary CSV.

    >>> is_native("concept_id,lang,term")
    True
    """
    names = {name.strip().strip('"').casefold() for name in head.lstrip("\ufeff").split(",")}
    return names.issuperset(REQUIRED)


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read a native CSV.

    Rows that cannot be used are skipped and reported by line and column; the rest is read. A file
    without the required columns raises :class:`FormatError`.
    """
    text = decode_bytes(stream.read(), options)
    return _Reader(text, options).run()


class _Reader:
    def __init__(self, text: str, options: ReadOptions) -> None:
        self.text = text
        self.options = options
        self.problems: list[Problem] = []
        self.columns: dict[str, int] = {}
        self.extra: list[tuple[str, int]] = []
        self.clean = _cleaner(options)
        self.prose = _prose_cleaner(options)

    def run(self) -> ReadResult:
        groups = self.group(self.rows())
        concepts: list[Concept] = []
        kept: list[list[_Row]] = []
        for identifier, rows in groups.items():
            used = [(row, term) for row in rows if (term := self.term(identifier, row)) is not None]
            if used:
                concepts.append(self.concept(identifier, rows, tuple(term for _, term in used)))
                kept.append([row for row, _ in used])
        self.problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
        places = CsvPlaces(self.text, self.columns, kept)
        return ReadResult(tuple(concepts), tuple(self.problems[:_MAX_PROBLEMS]), places)

    def rows(self) -> Iterator[_Row]:
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        line = 1
        try:
            self.header(next(reader, []))
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield _Row(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise FormatError([Problem(message=f"not a CSV row: {error}", path=self.options.path, line=line)]) from None

    def header(self, names: list[str]) -> None:
        for index, name in enumerate(names):
            plain = name.strip().lstrip("\ufeff").casefold()
            if plain in self.columns:
                self.report(1, index, plain, "this column stands twice; the first is used")
                continue
            self.columns[plain] = index
            if plain not in COLUMNS:
                self.extra.append((name.strip(), index))
        missing = [name for name in REQUIRED if name not in self.columns]
        if missing:
            message = f"the header lacks {', '.join(missing)}"
            raise FormatError([Problem(message=message, path=self.options.path, line=1)])
        self.width = len(names)
        for name, _ in self.extra:
            self.report(1, self.columns[name.casefold()], name, "unknown column; its values are kept as properties")

    def group(self, rows: Iterable[_Row]) -> dict[str, list[_Row]]:
        groups: dict[str, list[_Row]] = {}
        last = ""
        at = self.columns
        for row in rows:
            if not self.columns["concept_id"] < len(row.cells) or not row.cells[at["concept_id"]].strip():
                self.report(row.line, at["concept_id"], "concept_id", "empty; the row is skipped")
                continue
            if len(row.cells) != self.width:
                message = f"{len(row.cells)} cells where the header has {self.width}"
                self.report(row.line, 0, "", message, row.cells[at["concept_id"]])
                row.cells.extend([""] * (self.width - len(row.cells)))
            identifier = row.cells[at["concept_id"]].strip()
            if identifier != last and identifier in groups:
                self.report(row.line, 0, "concept_id", "the rows of a concept must stand together", identifier)
            groups.setdefault(identifier, []).append(row)
            last = identifier
        return groups

    def report(self, line: int, index: int, field: str, message: str, entry: str = "") -> None:
        if len(self.problems) >= _MAX_PROBLEMS:
            return
        line, column = cell_place(self.text, line, index)
        self.problems.append(
            Problem(message=message, path=self.options.path, line=line, column=column, field=field, entry=entry)
        )

    def cell(self, row: _Row, name: str) -> str:
        index = self.columns.get(name)
        return "" if index is None else row.cells[index]

    def word(self, row: _Row, name: str, convert: Callable[[str], T | None], entry: str) -> T | None:
        """Return the value of a cell that holds one of a few words, reporting any other word."""
        index = self.columns.get(name)
        if index is None or not (text := row.cells[index]):
            return None
        value = convert(text)
        if value is None:
            self.report(row.line, index, name, f"unknown word {text!r}", entry)
        return value

    def term(self, entry: str, row: _Row) -> Term | None:
        cell, word = self.cell, self.word
        text = self.clean(cell(row, "term"))
        lang = word(row, "lang", _lang, entry)
        if not text or lang is None:
            self.report(row.line, self.columns["term"], "term", "no term or language; the row is skipped", entry)
            return None
        profiles = cell(row, "profile")
        return Term(
            text=text,
            lang=lang,
            status=word(row, "status", _STATUSES, entry) or _default_status(cell(row, "status")),
            type=word(row, "type", _TYPES, entry) or TermType.FULL_FORM,
            part_of_speech=word(row, "part_of_speech", _POS, entry),
            number=word(row, "number", _NUMBERS, entry),
            case_rule=word(row, "case", _CASES, entry),
            profiles=_list(profiles) if profiles else (),
            note=self.prose(cell(row, "note")),
            source=cell(row, "source"),
            verification=word(row, "verification", _VERIFICATIONS, entry),
        )

    def concept(self, entry: str, rows: list[_Row], terms: tuple[Term, ...]) -> Concept:
        first = rows[0]
        values = {name: self.prose(self.cell(first, name)) for name in _FIRST_ROW}
        for row in rows[1:]:
            self.later_cells(entry, row, values)
        pairs = [(name, first.cells[index]) for name, index in self.extra if first.cells[index]]
        example = Example(values["example_vi"], values["example_en"])
        return Concept(
            id=entry,
            terms=terms,
            glossary=self.options.glossary,
            subject_field=values["subject_field"],
            definition_vi=values["definition_vi"],
            definition_en=values["definition_en"],
            parts=self.parts(entry, first, values["parts"]) if values["parts"] else (),
            examples=(example,) if example.vi or example.en else (),
            note=values["concept_note"],
            scope=values["scope"],
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            confidence=self.word(first, "confidence", _CONFIDENCES, entry),
            relations=self.relations(entry, first, values["relations"]) if values["relations"] else (),
            properties=tuple(pairs),
        )

    def later_cells(self, entry: str, row: _Row, values: dict[str, str]) -> None:
        for name in _FIRST_ROW:
            index = self.columns.get(name)
            if index is None or not row.cells[index] or self.prose(row.cells[index]) == values[name]:
                continue
            if values[name]:
                message = "differs from the concept's first row, which is used"
                self.report(row.line, index, name, message, entry)
            else:
                values[name] = self.prose(row.cells[index])
                self.report(row.line, index, name, "belongs on the concept's first row", entry)

    def parts(self, entry: str, row: _Row, cell: str) -> tuple[Part, ...]:
        parts = []
        for item in cell.split("|"):
            vi, equals, en = item.partition(" = ")
            if not equals:
                message = f"a part is written “Vietnamese = English”, not {item.strip()!r}"
                self.report(row.line, self.columns["parts"], "parts", message, entry)
            parts.append(Part(vi.strip(), en.strip()))
        return tuple(parts)

    def relations(self, entry: str, row: _Row, cell: str) -> tuple[Relation, ...]:
        links = []
        for item in cell.split(";"):
            word, _, target = item.partition(":")
            kind = _RELATIONS(word.strip())
            if kind is None or not target.strip():
                message = f"a relation is written “see also: id”, not {item.strip()!r}"
                self.report(row.line, self.columns["relations"], "relations", message, entry)
                continue
            links.append(Relation(kind, target.strip()))
        return tuple(links)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(item for part in cell.split(";") if (item := part.strip()))


def _default_status(cell: str) -> AdministrativeStatus:
    # An empty cell says nothing against the term; an unknown word must not make it preferred.
    return AdministrativeStatus.DRAFT if cell else AdministrativeStatus.PREFERRED


def _lang(word: str) -> str | None:
    return word if word in ("vi", "en") else language_of(word) or None


def _words(kind: type[T], also: Callable[[str], T | None] | None = None) -> Callable[[str], T | None]:
    exact: dict[str, T] = {str(member): member for member in kind}  # type: ignore[attr-defined]

    def convert(word: str) -> T | None:
        found = exact.get(word)
        if found is None:
            found = exact.get(word.strip().casefold()) or (also(word) if also else None)
        return found

    return convert


_STATUSES = _words(AdministrativeStatus, status_of)
_TYPES = _words(TermType, type_of)
_POS = _words(PartOfSpeech, part_of_speech_of)
_NUMBERS = _words(GrammaticalNumber)
_CASES = _words(CaseRule)
_VERIFICATIONS = _words(Verification)
_CONFIDENCES = _words(Confidence)
_RELATIONS = _words(RelationType)


def _cleaner(options: ReadOptions) -> Callable[[str], str]:
    if not options.normalize:
        return str
    from termbase.text.normalize import normalize_term

    return normalize_term


def _prose_cleaner(options: ReadOptions) -> Callable[[str], str]:
    if not options.normalize:
        return str
    from termbase.text.normalize import normalize

    return normalize


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write concepts as native CSV, UTF-8, with ``\\n`` line ends, in the order given."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for concept in concepts:
        writer.writerows(_rows(concept))
    stream.write(text.getvalue().encode("utf-8-sig" if options.bom else "utf-8"))


def _rows(concept: Concept) -> Iterator[Sequence[str]]:
    example = concept.examples[0] if concept.examples else Example("", "")
    first = (
        str(concept.confidence or ""),
        concept.definition_vi,
        concept.definition_en,
        example.vi,
        example.en,
        " | ".join(f"{part.vi} = {part.en}" for part in concept.parts),
        concept.scope,
        concept.valid_from,
        concept.valid_to,
        "; ".join(f"{link.type}: {link.target}" for link in concept.relations),
        concept.note,
    )
    rest = ("",) * len(CONCEPT_COLUMNS)
    for index, term in enumerate(concept.terms):
        field = "" if index else concept.subject_field
        yield (concept.id, field, *_term_cells(term), *(rest if index else first))


def _term_cells(term: Term) -> tuple[str, ...]:
    return (
        term.lang,
        term.text,
        str(term.status),
        str(term.type),
        str(term.part_of_speech or ""),
        str(term.number or ""),
        str(term.case_rule or ""),
        "; ".join(term.profiles),
        term.note,
        term.source,
        str(term.verification or ""),
    )
