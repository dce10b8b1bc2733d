"""Tables of one row a term, as other tools write them: a column says the language, another one the term.

The rows of a concept have the same id; where a file has no ids a concept ends when its first language comes
again after another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.guard import free
from termbase.formats.headers import field_of
from termbase.formats.layout import Layout, Row
from termbase.formats.words import language_of
from termbase.model import Concept, Example

_LANGUAGE = frozenset({"lang", "language", "language code", "locale", "l code", "ngôn ngữ", "mã ngôn ngữ"})
_TERM = frozenset({"term", "t term", "term text", "text", "label", "thuật ngữ", "từ", "tên gọi"})
_TYPE = frozenset({"type", "term type", "t type", "loại", "loại thuật ngữ", "kiểu"})
_TERM_FIELDS = ("status", "type", "part_of_speech", "note", "source")


def stacked_fields(headers: Sequence[str]) -> list[str]:
    """Return the field of each column where the header is that of one row a term, else an empty list.

    >>> stacked_fields(["Concept ID", "Language", "Term", "Status"]), stacked_fields(["Tiếng Việt", "Tiếng Anh"])
    (['id', 'lang', 'term', 'status'], [])
    """
    words = [re.sub(r"[\s_\-]+", " ", header.casefold()).strip(" :*.\ufeff") for header in headers]
    if not (_LANGUAGE.intersection(words) and _TERM.intersection(words)):
        return []
    fields: list[str] = []
    for word, header in zip(words, headers, strict=True):
        if word in _LANGUAGE:
            name = "lang"
        elif word in _TERM:
            name = "term"
        elif word in _TYPE:
            name = "type"
        else:
            name = field_of(header) if word else ""
        fields.append("" if name in fields else name)
    return [] if {"vi", "en"} & set(fields) else fields


@dataclass(slots=True)
class _Group:
    """The rows of one concept so far."""

    line: int
    identifier: str = ""
    terms: list[ReadTerm] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    properties: list[tuple[str, str]] = field(default_factory=list)


def read_stacked(rows: Sequence[Row], layout: Layout, options: ReadOptions) -> ReadResult:
    """Return the concepts of a table of one row a term, in order of their first rows."""
    builder = Builder(options)
    for remark in layout.remarks:
        builder.problem(remark, rows[0].number)
    groups: dict[str, _Group] = {}
    foreign: Counter[str] = Counter()
    last = ""
    for row in rows[layout.first :]:
        cells = [free(cell).strip() for cell in row.cells]
        values = {name: cell for name, cell in zip(layout.fields, cells, strict=False) if name and cell}
        lang, text = language_of(values.get("lang", "")), values.get("term", "")
        if not lang and values.get("lang"):
            foreign[values["lang"]] += 1
            continue
        last = values.get("id") or last if "id" in layout.fields else _next_key(groups, last, lang, row)
        group = groups.setdefault(last, _Group(row.number, values.get("id", "")))
        if not (lang and text):
            builder.problem("a row without a language or a term is left out", row.number, group.identifier)
            continue
        _take(group, values, lang, row)
        _take_others(group, cells, layout)
    for group in groups.values():
        builder.add(_concept(group), group.terms, line=group.line)
    return builder.result(foreign)


def _next_key(groups: dict[str, _Group], last: str, lang: str, row: Row) -> str:
    """The key of a row's concept in a file without ids."""
    seen = groups[last].languages if last else []
    ended = not seen or (lang == seen[0] and seen[-1] != lang)
    return f"row {row.number}" if ended else last


def _take(group: _Group, values: dict[str, str], lang: str, row: Row) -> None:
    group.languages.append(lang)
    texts = {name: values.get(name, "") for name in _TERM_FIELDS}
    group.terms.append(ReadTerm(lang=lang, text=values["term"], line=row.number, **texts))
    for name in ("subject_field", "scope", "definition_vi", "definition_en"):
        if name in values:
            group.values.setdefault(name, values[name])
    if "definition" in values:
        group.values.setdefault(f"definition_{lang}", values["definition"])
    if "example" in values:
        group.examples.setdefault(lang, values["example"])


_KNOWN = frozenset(
    {"id", "lang", "term", *_TERM_FIELDS, "subject_field", "scope", "definition", "definition_vi", "definition_en"}
    | {"example", "ignore"}
)


def _take_others(group: _Group, cells: Sequence[str], layout: Layout) -> None:
    """Keep what no field holds under the name of its column."""
    for name, header, cell in zip(layout.fields, layout.headers, cells, strict=False):
        if cell and name not in _KNOWN and (header.strip(), cell) not in group.properties:
            group.properties.append((header.strip(), cell))


def _concept(group: _Group) -> Concept:
    example = Example(group.examples.get("vi", ""), group.examples.get("en", ""))
    return Concept(
        # A running number says nothing about the concept: the next edition gives it to another one.
        id="" if group.identifier.isdigit() else group.identifier,
        terms=(),
        examples=(example,) if group.examples else (),
        properties=tuple(group.properties),
        **group.values,  # type: ignore[arg-type]
    )
