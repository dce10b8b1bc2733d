"""Numbers, dates and document numbers that a translation has changed, lost or added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from termbase.checking.rules import Rules
from termbase.model import Finding, Span
from termbase.text.numbers import Value, compare_values

_KINDS = {"date": "date", "time": "date", "quarter": "date", "decade": "date", "legal": "legal-number"}


def value_findings(source: str, target: str, langs: tuple[str, str], rules: Rules) -> list[Finding]:
    """Return a finding for each value that stands in one text only; two that answer each other are one."""
    if _plainly_equal(source, target):
        return []
    unmatched = compare_values(source, langs[0], target, langs[1])
    left = [item.value for item in unmatched if item.side == "source"]
    right = [item.value for item in unmatched if item.side == "target"]
    pairs = _paired(left, right)
    made = [_finding(one, other, rules) for one, other in pairs]
    return [finding for finding in made if finding]


_DIGITS = re.compile(r"\d+")
_NOT_PLAIN = re.compile(
    r"\d[.,/:]\d|%|\d\s*(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|million|billion|trillion|k|m|bn)\b", re.IGNORECASE
)


def _plainly_equal(source: str, target: str) -> bool:
    """Whether both texts hold the same plain whole numbers, or none: the usual case, seen at once."""
    left, right = sorted(_DIGITS.findall(source)), sorted(_DIGITS.findall(target))
    return left == right and not _NOT_PLAIN.search(source) and not _NOT_PLAIN.search(target)


def _paired(left: Sequence[Value], right: Sequence[Value]) -> list[tuple[Value | None, Value | None]]:
    """Pair what is left of each side, like with like, in order."""
    free = list(right)
    pairs: list[tuple[Value | None, Value | None]] = []
    for value in left:
        other = next((v for v in free if _family(v) == _family(value)), None)
        if other:
            free.remove(other)
        pairs.append((value, other))
    return pairs + [(None, value) for value in free]


def _family(value: Value) -> str:
    return _KINDS.get(value.kind, "number")


def _finding(one: Value | None, other: Value | None, rules: Rules) -> Finding | None:
    value = one or other
    if value is None:
        return None
    kind = _family(value)
    severity = rules.of(kind)
    if severity is None:
        return None
    if one and other:
        message = f"“{other.text}” does not say “{one.text}”"
    elif one:
        message = f"“{one.text}” of the source is not in the target"
    else:
        message = f"“{value.text}” is not in the source"
    return Finding(
        kind=kind,
        severity=severity,
        message=message,
        source=Span(one.start, one.end, one.text) if one else None,
        target=Span(other.start, other.end, other.text) if other else None,
        confidence=0.9 if one and other else 0.8,
    )
