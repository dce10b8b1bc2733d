"""Cells that a spreadsheet would take for formulas: guarded when written, freed when read.

After OWASP's advice on CSV injection: a cell that begins with ``= + - @``, a tab or a line end gets an
apostrophe in front. A cell that begins with an apostrophe before such a character gets one more, so
that freeing is the exact inverse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

_RISKY_CELL = re.compile("\0['=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]").search
"""Finds, in cells with U+0000 before each, one that :func:`guard` may change."""


def guard(cell: str) -> str:
    """Return the cell as it is safe to write.

    >>> guard("=1+1"), guard("'=1"), guard("plain")
    ("'=1+1", "''=1", 'plain')
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def guarded(row: Sequence[str]) -> Sequence[str]:
    """Return the cells of a row as they are safe to write; most rows are as they stand, which one look tells.

    >>> guarded(["a", "=1"])
    ['a', "'=1"]
    """
    return [guard(cell) for cell in row] if _RISKY_CELL("\0" + "\0".join(row)) else row


def free(cell: str) -> str:
    """Return the cell as it was before :func:`guard`.

    >>> free("'=1+1"), free("''=1"), free("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
