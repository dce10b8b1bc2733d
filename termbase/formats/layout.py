"""How a table is laid out: where its header stands, what its columns hold, which languages they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions
from termbase.formats.headers import columns_of, has_terms
from termbase.formats.native_csv import is_native
from termbase.formats.words import language_of
from termbase.model import LANGUAGES

_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d+([.,]\d+)*[.)]?)?\s*").fullmatch
_MOST_ABOVE = 20
_SAMPLE = 200


class Row(NamedTuple):
    """One row: its number in the file, from 1, and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the columns of a table hold.

    ``fields`` names each column's field, ``headers`` what stands over it; ``first`` is the index of the
    first row with an entry; ``target`` is the language of which a status column speaks; ``native`` is set
    when the header, at ``first``, is that of the native CSV, ``stacked`` when each row is a term of a stated
    language. ``remarks`` are told to the user.
    """

    fields: Sequence[str] = ()
    headers: Sequence[str] = ()
    first: int = 0
    target: str = "en"
    native: bool = False
    stacked: bool = False
    remarks: tuple[str, ...] = ()


def find_layout(rows: Sequence[Row], options: ReadOptions) -> Layout:
    """Return the layout of a table without empty rows.

    Raises :class:`FormatError` when no column of Vietnamese and English terms can be made out.

    >>> layout = find_layout([Row(1, ["List of 2025", ""]), Row(2, ["Tiếng Việt", "Tiếng Anh"])], ReadOptions())
    >>> layout.fields, layout.first
    (['vi', 'en'], 2)
    """
    at = _header_at(rows, options)
    headers = rows[at].cells
    remarks = (f"the header stands in row {rows[at].number}; what stands above it is left out",) if at else ()
    if is_native(",".join(headers)):
        return Layout(first=at, native=True, remarks=remarks)
    if stacked := _stacked(headers, options):
        return Layout(fields=stacked, headers=headers, first=at + 1, stacked=True, remarks=remarks)
    fields = columns_of(headers, options.mapping)
    for index, field in enumerate(fields):
        if field in ("definition", "example"):
            named = f"{field}_{_language_of_texts(rows[at + 1 :], index)}"
            fields[index] = "" if named in fields else named
    if _codes_only(fields, rows):
        # DeepL writes a pair and, without a header, the codes of its languages behind it.
        return Layout(fields=[*(lang for lang in map(language_of, headers[2:4]) if lang), "ignore", "ignore"])
    if "source_term" in fields and "target_term" in fields:
        places = fields.index("source_term"), fields.index("target_term")
        doubt = "the columns of source and target name no languages"
        first = _first_language(rows[at + 1 :], places, options, doubt, headed=True)
        fields[places[0]], fields[places[1]] = first, _other(first)
        return Layout(fields=fields, headers=headers, first=at + 1, target=_other(first), remarks=remarks)
    if "source_term" in fields and not {"vi", "en"} & set(fields):
        place = fields.index("source_term")
        fields[place] = _language_of_texts(rows[at + 1 :], place)
    if {"vi", "en"} & set(fields):
        return Layout(fields=fields, headers=headers, first=at + 1, remarks=remarks)
    return _without_header(rows, options)


def _without_header(rows: Sequence[Row], options: ReadOptions) -> Layout:
    """Take the first two columns as terms; a column of running numbers before them is passed over."""
    skip = int(len(rows[0].cells) > 2 and all(_NUMBER(row.cells[0]) for row in rows[:_SAMPLE]))
    doubt = "no columns of Vietnamese and English terms were found"
    first = _first_language(rows, (skip, skip + 1), options, doubt)
    fields = [*["ignore"] * skip, first, _other(first), "note"]
    places = [fields.index(lang) + 1 for lang in LANGUAGES]
    remark = f"no header: column {places[0]} is taken as Vietnamese, {places[1]} as English"
    return Layout(fields=fields, remarks=(remark,))


def _other(lang: str) -> str:
    return "en" if lang == "vi" else "vi"


def _header_at(rows: Sequence[Row], options: ReadOptions) -> int:
    """Return the index of the header: titles and dates may stand above it."""
    for index, row in enumerate(rows[:_MOST_ABOVE]):
        if is_native(",".join(row.cells)) or has_terms(columns_of(row.cells, options.mapping)):
            return index
        if _stacked(row.cells, options):
            return index
    return 0


def _stacked(headers: Sequence[str], options: ReadOptions) -> list[str]:
    from termbase.formats.stacked import stacked_fields

    return [] if options.mapping else stacked_fields(headers)


def _codes_only(fields: Sequence[str], rows: Sequence[Row]) -> bool:
    """Tell whether what looks like a header of two languages stands in every row, behind a pair of terms."""
    if [index for index, field in enumerate(fields) if field in LANGUAGES] != [2, 3]:
        return False
    return all(len(row.cells) > 3 and all(map(language_of, row.cells[2:4])) for row in rows)


def _first_language(
    rows: Sequence[Row], places: tuple[int, int], options: ReadOptions, doubt: str, *, headed: bool = False
) -> str:
    """Tell by the letters, else by the syllables, which of two columns is Vietnamese; the first one's language."""
    sample = [row.cells for row in rows[:_SAMPLE] if len(row.cells) > max(places)]
    # Where no header promises terms, syllables alone would make terms of anything.
    for vietnamese in (_has_letters, _has_syllables) if headed else (_has_letters,):
        marks = [sum(vietnamese(cells[place]) for cells in sample) for place in places]
        if marks[0] != marks[1]:
            return "vi" if marks[0] > marks[1] else "en"
    message = f"{doubt}; name them with --map HEADER=vi --map HEADER=en"
    raise FormatError([Problem(message=message, path=options.path, line=rows[0].number if rows else None)])


def _language_of_texts(rows: Sequence[Row], place: int) -> str:
    """Tell by the letters which language most texts of a column are in."""
    cells = [row.cells[place] for row in rows[:_SAMPLE] if len(row.cells) > place and row.cells[place].strip()]
    return "vi" if 2 * sum(map(_has_letters, cells)) >= len(cells) else "en"


def _has_letters(cell: str) -> bool:
    return _VIETNAMESE.search(cell) is not None


def _has_syllables(cell: str) -> bool:
    from termbase.text.syllable import is_syllable

    words = cell.split()
    # A single short word may be a syllable of Vietnamese and a word of English.
    return len(words) > 1 and all(map(is_syllable, words))
