"""The native glossary CSV: one row a term, the rows of a concept together.

Concept-level cells stand on the concept's first row. Several values in a cell are parted by ``;``
(profiles, sources, relations) or ``|`` (parts: ``Vietnamese = English``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO, TypeVar

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.guard import free, guarded
from termbase.formats.making import maker
from termbase.formats.sources import decode_bytes
from termbase.formats.words import language_of, part_of_speech_of, status_of, type_of
from termbase.model import (
    LANGUAGES,
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
_MAX_PROBLEMS = 1000

T = TypeVar("T")

make_term = maker(
    Term,
    "text lang status type part_of_speech number case_rule profiles verification note source",
)
make_concept = maker(
    Concept,
    "id terms glossary subject_field definition_vi definition_en parts examples note scope"
    " valid_from valid_to confidence relations properties",
)


_Row = tuple[int, list[str]]
"""The line where a row begins, and its cells in the order of :data:`COLUMNS`, unknown ones last."""

_AT = {name: index for index, name in enumerate(COLUMNS)}
_ID, _FIELD, _FIRST_CONCEPT, _EXTRA = 0, 1, _AT["confidence"], len(COLUMNS)
_WORDS = ("status", "type", "part_of_speech", "number", "case", "profile", "verification")
_KIND_CELLS = itemgetter(*(_AT[name] for name in _WORDS))
_NAME_CELLS = itemgetter(_AT["lang"], _AT["term"], _AT["note"], _AT["source"])
_Kinds = tuple[
    AdministrativeStatus,
    TermType,
    PartOfSpeech | None,
    GrammaticalNumber | None,
    CaseRule | None,
    tuple[str, ...],
    Verification | None,
]


class CsvPlaces:
    """Finds lines and columns of a CSV file when somebody asks; costs nothing before."""

    __slots__ = ("_columns", "_lines", "_rows", "_text")

    def __init__(self, text: str, columns: dict[str, int], rows: list[list[_Row]]) -> None:
        self._text = text
        self._columns = columns
        self._rows = rows
        self._lines: list[str] = []

    def find(self, concept: int, term: int | None = None, field: str = "") -> tuple[int, int]:
        """Return line and column of the cell ``field``; of the row's start without one."""
        return self.cell(self._rows[concept][term or 0][0], self._columns.get(field, 0))

    def cell(self, line: int, index: int) -> tuple[int, int]:
        """Return line and column of the cell ``index`` of the row that begins at ``line``."""
        self._lines = self._lines or list(io.StringIO(self._text, newline=""))
        return cell_place(self._lines, line, index)


def cell_place(lines: Sequence[str], line: int, index: int, delimiter: str = ",") -> tuple[int, int]:
    r"""Return line and column, from 1, where the cell ``index`` of the row starting at ``line`` begins.

    >>> cell_place(["a,b\n", '"x, y",z\n'], 2, 1)
    (2, 8)
    """
    column, quoted, cell = 1, False, 0
    for text in lines[line - 1 :]:
        for character in text:
            if cell == index:
                return line, column
            column += 1
            if character == '"':
                quoted = not quoted
            elif character == delimiter and not quoted:
                cell += 1
        if not quoted:
            break
        line, column = line + 1, 1
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
    return read_csv_text(decode_bytes(stream.read(), options), options)


def read_csv_text(text: str, options: ReadOptions) -> ReadResult:
    """Read native CSV that is already text; see :func:`read`."""
    return _Reader(text, options).run()


class _Reader:
    def __init__(self, text: str, options: ReadOptions) -> None:
        self.text = text
        self.options = options
        self.normalize = options.normalize
        self.problems: list[Problem] = []
        self.columns: dict[str, int] = {}
        self.kept: list[list[_Row]] = []
        self.places = CsvPlaces(text, self.columns, self.kept)
        self.extra: list[str] = []
        self.nothing: list[str] = []
        self.kinds: dict[tuple[str, ...], _Kinds] = {}
        self.cited: dict[str, str] = {}
        self.skipped = False
        self.left_out = 0

    def run(self) -> ReadResult:
        term = self.term
        concepts: list[Concept] = []
        kept = self.kept
        for identifier, rows in self.groups().items():
            terms = [term(row) for row in rows]
            if self.skipped:
                rows = [row for row, found in zip(rows, terms, strict=True) if found]
                self.skipped = False
            if rows:
                concepts.append(self.concept(identifier, rows, tuple([found for found in terms if found])))
                kept.append(rows)
            else:
                self.left_out += 1
        self.problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
        return ReadResult(tuple(concepts), tuple(self.problems), self.places, self.left_out)

    def groups(self) -> dict[str, list[_Row]]:
        """Return the rows of each concept, in the order of their first ones."""
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        groups: dict[str, list[_Row]] = {}
        last, rows, line = "", [], 1  # type: tuple[str, list[_Row], int]
        try:
            order, width = self.header(next(reader, []))
            line = reader.line_num + 1
            for cells in reader:
                if order is not None or len(cells) != width:
                    cells = self.arranged(line, cells, width, order)
                if cells:
                    if cells[_ID] != last or not last:
                        last, rows = self.group((line, cells), groups, last)
                    rows.append((line, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            raise FormatError([Problem(message=f"not a CSV row: {error}", path=self.options.path, line=line)]) from None
        return groups

    def group(self, row: _Row, groups: dict[str, list[_Row]], last: str) -> tuple[str, list[_Row]]:
        """Return the id and the list that a row with another id than the last one belongs to."""
        identifier = free(row[1][_ID].strip())
        if not identifier:
            self.fault(row, "concept_id", "empty; the row is skipped")
            return "", []
        if identifier in groups and identifier != last:
            self.fault(row, "concept_id", "the rows of a concept must stand together")
        return identifier, groups.setdefault(identifier, [])

    def header(self, names: list[str]) -> tuple[list[int] | None, int]:
        """Check the header; return where each native column stands (``None``: in place) and the width."""
        for index, name in enumerate(names):
            plain = name.strip().lstrip("\ufeff")
            plain = plain.casefold() if plain.casefold() in _AT else plain
            if plain in self.columns:
                self.report(1, index, plain, "this column stands twice; the first is used")
                continue
            self.columns[plain] = index
            if plain not in _AT:
                self.extra.append(plain)
                self.report(1, index, plain, "unknown column; its values are kept as properties")
        missing = [name for name in REQUIRED if name not in self.columns]
        if missing:
            message = f"the header lacks {', '.join(missing)}"
            raise FormatError([Problem(message=message, path=self.options.path, line=1)])
        width = len(names)
        self.nothing = [""] * (len(CONCEPT_COLUMNS) + len(self.extra))
        order = [self.columns.get(name, width) for name in (*COLUMNS, *self.extra)]
        return (None if order == list(range(width)) else order), width

    def arranged(self, line: int, cells: list[str], width: int, order: list[int] | None) -> list[str]:
        """Return the cells in native order; nothing for an empty row."""
        if not any(cells):
            return []
        if len(cells) != width:
            self.report(line, 0, "", f"{len(cells)} cells where the header has {width}")
        # One cell more than the header has: the empty one that stands for absent columns.
        cells = [*cells[:width], *[""] * (width + 1 - len(cells[:width]))]
        return cells[:width] if order is None else [cells[index] for index in order]

    def fault(self, row: _Row, field: str, message: str) -> None:
        self.report(row[0], self.columns.get(field, 0), field, message, row[1][_ID])

    def report(self, line: int, index: int, field: str, message: str, entry: str = "") -> None:
        if len(self.problems) >= _MAX_PROBLEMS:
            return
        line, column = self.places.cell(line, index)
        self.problems.append(
            Problem(message=message, path=self.options.path, line=line, column=column, field=field, entry=entry)
        )

    def term(self, row: _Row) -> Term | None:
        cells = row[1]
        lang, text, note, source = _NAME_CELLS(cells)
        if text[:1] == "'" or note[:1] == "'":
            text, note = free(text), free(note)
        kinds = self.kinds.get(_KIND_CELLS(cells)) or self.kinds_of(row)
        if lang not in LANGUAGES:
            lang = language_of(lang)
        if self.normalize:
            text, note = _clean_term(text), _clean_prose(note)
        if not text or not lang:
            self.skipped = True
            self.fault(row, "term", "no term, or no language that is known; the row is skipped")
            return None
        return make_term(text, lang, *kinds, note, self.cited.get(source) or self.cite(source))

    def kinds_of(self, row: _Row) -> _Kinds:
        """Return the fields that hold one of a few words; rows mostly repeat them."""
        before = len(self.problems)
        cells = row[1]
        kinds: _Kinds = (
            self.word(row, "status", _STATUSES) or _default_status(cells[_AT["status"]]),
            self.word(row, "type", _TYPES) or TermType.FULL_FORM,
            self.word(row, "part_of_speech", _POS),
            self.word(row, "number", _NUMBERS),
            self.word(row, "case", _CASES),
            _list(cells[_AT["profile"]]),
            self.word(row, "verification", _VERIFICATIONS),
        )
        if len(self.problems) == before:
            self.kinds[_KIND_CELLS(cells)] = kinds
        return kinds

    def word(self, row: _Row, name: str, convert: Callable[[str], T | None]) -> T | None:
        text = row[1][_AT[name]]
        value = convert(text) if text else None
        if text and value is None:
            self.fault(row, name, f"unknown word {text!r}")
        return value

    def cite(self, source: str) -> str:
        citations = self.options.citations
        plain = free(source)
        keys = _list(plain) if citations else (plain,)
        cited = self.cited[source] = "; ".join([citations.get(key, key) for key in keys])
        return cited

    def concept(self, entry: str, rows: list[_Row], terms: tuple[Term, ...]) -> Concept:
        cells = rows[0][1]
        if "'" in "\0".join(cells):
            cells = [free(cell) for cell in cells]
        if self.normalize:
            cells = [_clean_prose(cell.strip()) for cell in cells]
        for row in rows[1:]:
            if row[1][_FIELD] or row[1][_FIRST_CONCEPT:] != self.nothing:
                cells = self.later_cells(row, cells)
        confidence, definition_vi, definition_en, example_vi, example_en = cells[13:18]
        parts, scope, valid_from, valid_to, relations, note = cells[18:_EXTRA]
        return Concept(
            id=entry,
            terms=terms,
            glossary=self.options.glossary,
            subject_field=cells[_FIELD],
            definition_vi=definition_vi,
            definition_en=definition_en,
            parts=self.parts(rows[0], parts) if parts else (),
            examples=(Example(example_vi, example_en),) if example_vi or example_en else (),
            note=note,
            scope=scope,
            valid_from=valid_from,
            valid_to=valid_to,
            confidence=self.word(rows[0], "confidence", _CONFIDENCES) if confidence else None,
            relations=self.relations(rows[0], relations) if relations else (),
            properties=tuple([pair for pair in zip(self.extra, cells[_EXTRA:], strict=True) if pair[1]])
            if self.extra
            else (),
        )

    def later_cells(self, row: _Row, first: list[str]) -> list[str]:
        """Return the concept's cells with those that a later row adds; report each."""
        first = list(first)
        for index, name in enumerate((*COLUMNS, *self.extra)):
            cell = free(row[1][index]).strip()
            if (index != _FIELD and index < _FIRST_CONCEPT) or not cell or cell == first[index]:
                continue
            if first[index]:
                self.fault(row, name, "differs from the concept's first row, which is used")
            else:
                first[index] = cell
                self.fault(row, name, "belongs on the concept's first row")
        return first

    def parts(self, row: _Row, cell: str) -> tuple[Part, ...]:
        parts = []
        for item in cell.split("|"):
            vi, equals, en = item.partition(" = ")
            if not equals:
                self.fault(row, "parts", f"a part is written “Vietnamese = English”, not {item.strip()!r}")
            parts.append(Part(vi.strip(), en.strip()))
        return tuple(parts)

    def relations(self, row: _Row, cell: str) -> tuple[Relation, ...]:
        links = []
        for item in _list(cell):
            word, _, target = item.partition(":")
            kind = _RELATIONS(word.strip())
            if kind is None or not target.strip():
                self.fault(row, "relations", f"a relation is written “see also: id”, not {item!r}")
                continue
            links.append(Relation(kind, target.strip()))
        return tuple(links)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(item for part in cell.split(";") if (item := part.strip()))


def _default_status(cell: str) -> AdministrativeStatus:
    # An empty cell says nothing against the term; an unknown word must not make it preferred.
    return AdministrativeStatus.DRAFT if cell else AdministrativeStatus.PREFERRED


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


def _clean_term(text: str) -> str:
    from termbase.text.normalize import normalize_term

    return normalize_term(text)


def _clean_prose(text: str) -> str:
    if text.isascii():
        return text
    from termbase.text.normalize import normalize

    return normalize(text)


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write concepts as native CSV, UTF-8, with ``\\n`` line ends, in the order given."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for concept in concepts:
        writer.writerows(map(guarded, rows_of_concept(concept)))
    stream.write(text.getvalue().encode("utf-8-sig" if options.bom else "utf-8"))


def rows_of_concept(concept: Concept) -> Iterator[Sequence[str]]:
    """Yield the rows of a concept, cells in the order of :data:`COLUMNS`."""
    example = concept.examples[0] if concept.examples else Example("", "")
    first = (
        concept.confidence or "",
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
        term.status,
        term.type,
        term.part_of_speech or "",
        term.number or "",
        term.case_rule or "",
        "; ".join(term.profiles),
        term.note,
        term.source,
        term.verification or "",
    )
