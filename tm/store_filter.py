"""Filters of units as SQL conditions."""

from __future__ import annotations

from tm.options import UnitFilter

_WORDS = (
    ("memories", "m.name"),
    ("documents", "u.document"),
    ("authors", "u.author"),
    ("origins", "u.origin"),
    ("provenances", "u.provenance"),
    ("statuses", "u.status"),
    ("ids", "u.id"),
)
_DATE = "CASE WHEN u.changed <> '' THEN u.changed ELSE u.created END"


def condition(wanted: UnitFilter) -> tuple[str, list[object]]:
    """Return an SQL condition on ``tm_unit u`` and ``tm_memory m``, with its parameters.

    >>> condition(UnitFilter(memories=("main",), since="2026-01-01"))[1]
    ['main', '2026-01-01']
    """
    parts: list[str] = []
    parameters: list[object] = []
    for name, column in _WORDS:
        values = getattr(wanted, name)
        if values:
            parts.append(f"{column} IN ({','.join('?' * len(values))})")
            parameters += values
    if wanted.since:
        parts.append(f"{_DATE} >= ?")
        parameters.append(wanted.since)
    if wanted.until:
        parts.append(f"substr({_DATE}, 1, {len(wanted.until)}) <= ?")
        parameters.append(wanted.until)
    if wanted.contains:
        parts.append("(replace(u.source, ?, '') <> u.source OR replace(u.target, ?, '') <> u.target)")
        parameters += [wanted.contains] * 2
    return " AND ".join(parts) or "1 = 1", parameters
