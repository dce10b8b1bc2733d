"""Tab- or comma-separated pairs: source, target, and further columns by a header.

A first line that names columns in English or Vietnamese is a header; otherwise the first two columns are
source and target. Where no language is named the letters tell which is Vietnamese. Cells that a spreadsheet
would take for a formula are guarded by an apostrophe on export, which is taken off again on import.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, WriteOptions, language
from tm.formats.decoding import decoded
from tm.formats.headings import FIELDS, SAMPLE, columns_of, is_turned
from tm.model import Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark

MOST_CHARACTERS = 20_000_000
"""Most characters of a cell."""

_RISKY = re.compile(r"'*(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_GUARDED = re.compile(r"'+(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield a unit a row, and remarks on rows without both texts.

    >>> found = read(io.BytesIO("đội\\tunit\\n".encode()), ReadOptions(path="a.tsv"))
    >>> [(unit.source.text, unit.target.text) for unit in found]
    [('đội', 'unit')]
    """
    text = decoded(stream, options)
    csv.field_size_limit(MOST_CHARACTERS)
    delimiter = options.delimiter or _delimiter(text, options.path)
    quoted = delimiter != "\t" or _cells_are_quoted(text)
    lines = io.StringIO(text, newline="")
    rows = (
        csv.reader(lines, delimiter=delimiter)
        if quoted
        else csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    try:
        yield from units_of(_numbered(rows, text if quoted else "", options), options)
    except csv.Error as error:
        raise FormatError([Problem(path=options.path, line=rows.line_num, message=str(error))]) from None


def _cells_are_quoted(text: str) -> bool:
    """Tell whether quotes enclose cells of a table of tabs: only where all of them make sense so."""
    if '"\t' not in text and '\t"' not in text:
        return False
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True


def _numbered(rows: Any, text: str, options: ReadOptions) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their line numbers; a quote that is never closed has swallowed the rows behind it."""
    first = 1
    begun = 1
    for row in rows:
        yield rows.line_num, row
        first, begun = begun, rows.line_num + 1
    if text.count('"') % 2:
        lines = io.StringIO(text, newline="").readlines()[first - 1 :]
        try:
            list(csv.reader(lines, dialect=rows.dialect, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                message = "a quote opens in this row and is never closed"
                raise FormatError([Problem(path=options.path, line=first, message=message)]) from None


def units_of(rows: Iterator[tuple[int, Sequence[str]]], options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the units of numbered rows, the first of which may be a header; runs as they are taken.

    Cells behind the known columns are kept under their headings, or counted in a remark where they have none.
    """
    filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    head = list(islice(filled, SAMPLE))
    header = head[0][1] if head else ()
    columns = columns_of(header)
    body = head[1:] if columns else head
    names = columns or ["source", "target"]
    if "source" in names and "target" in names:
        places = names.index("source"), names.index("target")
        texts = ((row[places[0]], row[places[1]]) for _, row in body if len(row) > max(places))
        if is_turned(texts, options):
            options = replace(options, source=options.target, target=options.source)
    others = tuple((i, cell.strip()) for i, cell in enumerate(header) if columns and not names[i] and cell.strip())
    beyond = 0
    for line, row in chain(body, filled):
        cells = [_unguarded(cell) for cell in row]
        beyond += any(cell.strip() for cell in cells[len(names) :])
        unit = unit_of(cells, columns, options, line)
        yield _with_others(unit, cells, others) if others and isinstance(unit, TranslationUnit) else unit
    if beyond:
        message = f"{beyond} rows have more cells than there are columns; what stands there is left out"
        yield Remark(Problem(path=options.path, message=message), skipped=False)


def _with_others(unit: TranslationUnit, cells: Sequence[str], others: Sequence[tuple[int, str]]) -> TranslationUnit:
    """Keep the cells of unknown columns as properties."""
    found = tuple((name, cells[index].strip()) for index, name in others if index < len(cells) and cells[index].strip())
    return replace(unit, properties=unit.properties + found) if found else unit


def _delimiter(text: str, path: str) -> str:
    first = text.split("\n", 1)[0]
    if path.lower().endswith((".tsv", ".tab")) or "\t" in first:
        return "\t"
    return ";" if first.count(";") > first.count(",") else ","


def unit_of(
    row: Sequence[str], columns: Sequence[str] | None, options: ReadOptions, line: int
) -> TranslationUnit | Remark:
    """Return the unit of a row, or what is wrong with it.

    >>> unit_of(["đội", "unit"], None, ReadOptions(), 1).target.text
    'unit'
    """
    if columns is None:
        named = dict(zip(("source", "target"), row, strict=False))
    else:
        named = {name: cell for name, cell in zip(columns, row, strict=False) if name}
    source, target = options.source, options.target
    if "vi" in named and "en" in named:
        named |= {"source": named[source], "target": named[target]}
    first, second = named.get("source", "").strip(), named.get("target", "").strip()
    if not first or not second:
        message = "the row has no " + ("source" if not first else "target")
        return Remark(Problem(path=options.path, line=line, message=message))
    unit = TranslationUnit(source=Segment(language(source), first), target=Segment(language(target), second))
    return with_fields(unit, named)


def with_fields(unit: TranslationUnit, named: dict[str, str]) -> TranslationUnit:
    """Return the unit with the fields that a row names; unknown status words are kept as properties."""
    fields: dict[str, object] = {name: named[name] for name in FIELDS if named.get(name)}
    rest: list[tuple[str, str]] = []
    for name, words in (("provenance", Provenance), ("status", UnitStatus)):
        word = str(fields.pop(name, ""))
        if word in [str(member) for member in words]:
            fields[name] = words(word)
        elif word:
            rest.append((name, word))
    if named.get("note"):
        fields["notes"] = (named["note"],)
    if rest:
        fields["properties"] = tuple(rest)
    return replace(unit, **fields) if fields else unit  # type: ignore[arg-type]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; what looks guarded gets one more apostrophe.

    >>> guarded("=1+1"), guarded("đội"), _unguarded(guarded("-5")), _unguarded(guarded("'=5"))
    ("'=1+1", 'đội', '-5', "'=5")
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def row_of(unit: TranslationUnit, options: WriteOptions) -> list[str]:
    """Return the cells of a unit: both texts in the direction of the file, then the :data:`FIELDS`."""
    sides = {unit.source.lang: unit.source.text, unit.target.lang: unit.target.text}
    cells = [sides.get(options.source, ""), sides.get(options.target, "")]
    return cells + [str(getattr(unit, name)) for name in FIELDS]


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write a header and a row a unit, in UTF-8, and return the number of units."""
    return write_separated(units, stream, options, "\t")


def write_separated(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions, delimiter: str) -> int:
    """Write a header and a row a unit with any delimiter, and return the number of units."""
    if options.bom:
        stream.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([options.source, options.target, *FIELDS])
    count = 0
    for unit in units:
        writer.writerow([guarded(cell) for cell in row_of(unit, options)])
        count += 1
    text.detach()
    return count
