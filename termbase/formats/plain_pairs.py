"""Rows that are a plain pair of terms with texts beside it, taken many at once.

Most tables are made of such rows. What the long way finds out cell by cell (guards, spaces, several terms in a
cell, rules drawn under a header) is found out here by one look at a column of many rows; rows that are not plain
are left to the long way. The result is the same, which the tests show on tables made of odd cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from termbase.formats.building import PAIR_TEXTS, Builder
from termbase.formats.layout import Layout, Row
from termbase.model import LANGUAGES

_FEW = 8
"""Rows that are not worth another look at their columns."""

OTHER_SPACES = "\t\x0b-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""All that ``str.isspace`` knows but for the plain space and the line feed, for a set of a regular expression."""

_SPACES = re.compile(f"[{OTHER_SPACES}]").search
_SEVERAL = ("  ", "\n", ";", "|")
"""In terms: spaces to put right, several terms in a cell."""
_TERM_HEADS = frozenset({"", "'", ":", "-"})
"""How a term does not begin that is taken as it stands: an empty cell, a guard, a rule."""
_TEXT_HEADS = frozenset({"'"})


class PlainPairs:
    """Takes rows of one layout; what is not plain goes to ``other``, row by row, in order."""

    def __init__(self, layout: Layout, builder: Builder, other: Callable[[Row], None]) -> None:
        self.builder = builder
        self.other = other
        self.places = {field: index for index, field in enumerate(layout.fields) if field and field != "ignore"}
        self.most = max(len(layout.headers), len(layout.fields))
        unnamed = any(
            header.strip() and (index >= len(layout.fields) or not layout.fields[index])
            for index, header in enumerate(layout.headers)
        )
        wanted = set(LANGUAGES)
        self.usable = not unnamed and wanted <= self.places.keys() <= wanted.union(PAIR_TEXTS, ["id"])

    def take(self, rows: Sequence[Row], *, spaced: bool = True) -> None:
        """Add the concepts of these rows, whose texts are in storage form as far as they are normalised at all.

        ``spaced=False`` says that no white space is in them but plain spaces and line feeds.
        """
        columns = self._columns(rows, spaced) if self.usable and len(rows) > _FEW else None
        if columns is not None:
            self.builder.add_pairs(columns, [row.number for row in rows])
        elif not self.usable or len(rows) <= _FEW:
            for row in rows:
                self.other(row)
        else:
            middle = len(rows) // 2
            self.take(rows[:middle], spaced=spaced)
            self.take(rows[middle:], spaced=spaced)

    def _columns(self, rows: Sequence[Row], spaced: bool) -> dict[str, Sequence[str]] | None:
        """Return the cells of each field, ``None`` when a row is not plain."""
        widths = set(map(len, [row.cells for row in rows]))
        if len(widths) > 1 or not max(self.places.values()) < widths.pop() <= self.most:
            return None
        cells = list(zip(*[row.cells for row in rows], strict=True))
        columns: dict[str, Sequence[str]] = {}
        for field, index in self.places.items():
            column, several = cells[index], _SEVERAL if field in LANGUAGES else ()
            whole = "\0".join(column)
            if whole.count("\0") != len(rows) - 1 or any(mark in whole for mark in several):
                return None
            heads = {cell[:1] for cell in column}
            if not heads.isdisjoint(_TERM_HEADS if several else _TEXT_HEADS) or tuple(map(str.strip, column)) != column:
                return None
            if spaced and several and _SPACES(whole):
                return None
            columns[field] = cells[index]
        return columns
