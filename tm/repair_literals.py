"""Designations, addresses and days of the week: one takes the other's place where it stands on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tm.fuzzy.keys import Surface
from tm.fuzzy.penalties import Comparison
from tm.repair_names import NameChange

_LITERAL = re.compile(
    r"(?<![\w@.-])(?:(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[A-ZĐ][A-Za-zĐđ]{0,4}-?\d{1,4}(?:[A-ZĐ]{1,2}|-\d{1,3})?|\d{1,4}[A-ZĐ]))(?![\w-])"
)
"""A web or mail address, or a designation: T-54, Su-30, A1, 1B, K15."""


def carry_literals(comparison: Comparison, target: str) -> list[NameChange]:
    """Return the changes that put addresses and designations of the query in place of the old ones.

    One that stands more than once on a side is left alone.

    >>> from tm.fuzzy.penalties import compare
    >>> carry_literals(compare("Xe T-54 dừng.", "Xe T-59 dừng.", "vi"), "The T-54 stops.")[0].text
    'T-59'
    """
    steps: dict[tuple[tuple[int, int], tuple[int, int]], set[int]] = {}
    for index, (op, a, b, c, d) in enumerate(comparison.steps):
        if op == "equal":
            continue
        old = _covering(comparison, a, b, old=True)
        new = _covering(comparison, c, d, old=False)
        if old and new:
            steps.setdefault((old, new), set()).add(index)
    found = []
    for (old, new), settled in steps.items():
        before, after = comparison.old_text[slice(*old)], comparison.new_text[slice(*new)]
        places = _whole(before, target)
        if len(places) == 1 and len(_whole(before, comparison.old_text)) == 1 and _kind(before) == _kind(after):
            found.append(NameChange(*places[0], after, frozenset(settled)))
    return found


def _kind(literal: str) -> str:
    return "mail" if "@" in literal else "link" if "." in literal else "designation"


def _covering(comparison: Comparison, start: int, end: int, *, old: bool) -> tuple[int, int] | None:
    """Return where the literal stands that holds the tokens from ``start`` to ``end``, or ends where they begin."""
    tokens, text = (comparison.old, comparison.old_text) if old else (comparison.new, comparison.new_text)
    if start < end:
        first, last = tokens[start].start, tokens[end - 1].end
    elif start:
        first = last = tokens[start - 1].end
    else:
        return None
    return next((m.span() for m in _LITERAL.finditer(text) if m.start() <= first and last <= m.end()), None)


def _whole(literal: str, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _LITERAL.finditer(text) if m.group() == literal]


_ENUMERATOR = re.compile(r"\s*[(\[]?((?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}|[a-zA-Z]))(?=[.)\]:](?:\s|$))")


def carry_enumerator(comparison: Comparison, target: str) -> list[NameChange]:
    """Return the change of the number or letter that leads an item of a list, where all three texts have one.

    >>> from tm.fuzzy.penalties import compare
    >>> carry_enumerator(compare("1. Mục tiêu", "2. Mục tiêu", "vi"), "1. Objectives")[0].text
    '2'
    """
    old = _ENUMERATOR.match(comparison.old_text)
    new = old and _ENUMERATOR.match(comparison.new_text)
    place = new and _ENUMERATOR.match(target)
    if not (old and new and place) or place.group(1) != old.group(1) or old.group(1) == new.group(1):
        return []
    settled = [
        index
        for index, (op, _, b, _, d) in enumerate(comparison.steps)
        if op != "equal" and _led(comparison.old, b, old.end()) and _led(comparison.new, d, new.end())
    ]
    return [NameChange(*place.span(1), new.group(1), frozenset(settled))]


def _led(tokens: Sequence[Surface], count: int, end: int) -> bool:
    """Whether the first ``count`` tokens lie before ``end``."""
    return not count or tokens[count - 1].end <= end


def lead_end(text: str) -> int:
    """Return where the number or letter that leads an item of a list ends, 0 where there is none.

    >>> lead_end("(2) Mục tiêu"), lead_end("2 mục tiêu")
    (2, 0)
    """
    found = _ENUMERATOR.match(text)
    return found.end() if found else 0


_DAYS = {
    "vi": dict(zip("chủ nhật|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy".split("|"), range(7), strict=True)),
    "en": dict(zip("sunday|monday|tuesday|wednesday|thursday|friday|saturday".split("|"), range(7), strict=True)),
}
_DAY = {lang: re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) for lang, names in _DAYS.items()}


def carry_weekdays(comparison: Comparison, target: str, lang: str) -> list[NameChange]:
    """Return the change that puts one day of the week for another, where each text names one alone.

    >>> from tm.fuzzy.penalties import compare
    >>> carry_weekdays(compare("Họp thứ Hai.", "Họp thứ Ba.", "vi"), "They meet on Monday.", "vi")[0].text
    'Tuesday'
    """
    other = "en" if lang == "vi" else "vi"
    texts = (comparison.old_text, lang), (comparison.new_text, lang), (target, other)
    days = [list(_DAY[named].finditer(text)) for text, named in texts]
    if any(len(found) != 1 for found in days):
        return []
    old, new, place = (found[0] for found in days)
    numbers = [_DAYS[named][m.group().casefold()] for m, (_, named) in zip((old, new, place), texts, strict=True)]
    settled = [
        index
        for index, (op, a, b, c, d) in enumerate(comparison.steps)
        if op != "equal" and _within(comparison.old, a, b, old) and _within(comparison.new, c, d, new)
    ]
    if numbers[0] != numbers[2] or numbers[0] == numbers[1] or not settled:
        return []
    text = next(name for name, number in _DAYS[other].items() if number == numbers[1])
    words = zip(text.split(), place.group().split(), strict=True)
    text = " ".join(new.capitalize() if old[0].isupper() else new for new, old in words)
    return [NameChange(*place.span(), text, frozenset(settled))]


def _within(tokens: Sequence[Surface], start: int, end: int, span: re.Match[str]) -> bool:
    return start < end and span.start() <= tokens[start].start and tokens[end - 1].end <= span.end()
