"""Numbers, dates and document numbers that a translation has changed, lost or added."""

from __future__ import annotations

import re
from collections import deque
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
    left = [v.value for v in unmatched if v.side == "source"]
    right = [v.value for v in unmatched if v.side == "target"]
    parted = [v.text for v in (*left, *right) if _FRACTION.search(v.text) and _family(v) == "number"]
    in_parts = {number for text in parted for number in _DIGITS.findall(text)}
    left = [v for v in left if not _said(v, target, langs[1], in_parts)]
    right = [v for v in right if not _said(v, source, langs[0], in_parts)]
    pairs = _paired(left, right)
    made = [_finding(one, other, rules) for one, other in pairs]
    return [finding for finding in made if finding]


_DIGITS = re.compile(r"\d+")
_FRACTION = re.compile(r"\d+/\d+")
_NOT_PLAIN = re.compile(
    r"\d[.,/:]\d|\d\s*(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|million|billion|trillion|k|m|bn)\b", re.IGNORECASE
)


def _plainly_equal(source: str, target: str) -> bool:
    """Whether both texts hold the same plain whole numbers, or none: the usual case, seen at once."""
    left, right = sorted(_DIGITS.findall(source)), sorted(_DIGITS.findall(target))
    if left != right or source.count("%") != target.count("%"):
        return False
    return not _NOT_PLAIN.search(source) and not _NOT_PLAIN.search(target)


_WHOLE = {
    "en": re.compile(r"\b(?:all|every|entirely|whole|fully|full|each)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:toàn|tất cả|mọi|hoàn toàn)\b", re.IGNORECASE),
}
_PERCENT = re.compile(r"\bper ?cent\b|\bphần trăm\b", re.IGNORECASE)
_ALWAYS = {
    "en": re.compile(r"\bround[- ]the[- ]clock\b|\b24/7\b|\bday and night\b", re.IGNORECASE),
    "vi": re.compile(r"\b24/24\b|\bsuốt ngày đêm\b", re.IGNORECASE),
}
_MAY = "--05"
_MAY_NAMED = re.compile(r"(?<=[a-z,;] )May\b")
"""The month where only its capital tells it from the verb: "its regular May session"."""
_DATES = re.compile(r"(?:\d{4}|-)-\d\d")


def _said(value: Value, other: str, lang: str, in_parts: set[str]) -> bool:
    """Whether the other text says a value in words or in parts: *all* for 100%, *593 of the 630* for 593/630."""
    if value.value == "100%":
        # All of it is said in many ways; only another percentage contradicts.
        return bool(_WHOLE[lang].search(other)) or ("%" not in other and not _PERCENT.search(other))
    if value.text.startswith(("24/24", "24/7")):
        return bool(_ALWAYS[lang].search(other))
    if value.value == _MAY:
        return lang == "en" and bool(_MAY_NAMED.search(other))
    if value.kind == "legal" or not in_parts:
        return False
    numbers = set(_DIGITS.findall(value.text))
    return numbers <= in_parts and numbers <= set(_DIGITS.findall(other))


def _paired(left: Sequence[Value], right: Sequence[Value]) -> list[tuple[Value | None, Value | None]]:
    """Pair what is left of each side, like with like, in order."""
    taken: set[int] = set()
    partners: dict[int, Value] = {}
    for alike in (_family, _is_legal):
        free: dict[str, deque[int]] = {}
        for place, value in enumerate(right):
            if place not in taken:
                free.setdefault(alike(value), deque()).append(place)
        for place, value in enumerate(left):
            waiting = free.get(alike(value))
            if waiting and place not in partners:
                partners[place] = right[waiting[0]]
                taken.add(waiting.popleft())
    rest = [(None, value) for place, value in enumerate(right) if place not in taken]
    return [*((value, partners.get(place)) for place, value in enumerate(left)), *rest]


def _is_legal(value: Value) -> str:
    """Return what a year and a number share that is none of a document's: they may answer each other."""
    return "legal" if value.kind == "legal" else ""


def _family(value: Value) -> str:
    if value.kind == "range" and _DATES.match(value.value):
        return "date"
    return _KINDS.get(value.kind, "number")


def _finding(one: Value | None, other: Value | None, rules: Rules) -> Finding | None:
    value = one or other
    if value is None:
        return None
    kind = "date" if other and _family(other) == "date" else _family(value)
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
