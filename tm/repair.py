"""Repair of a suggestion: a difference of the sources that is known on both sides is carried over.

A difference is carried over when it is a value against a value of the same kind, a designation such as A1
or a name against another, or a term against a term of the same grammar (:mod:`tm.repair_terms`), and the old rendering
stands in the old target exactly once. If every difference is certain the suggestion is repaired. Otherwise
the values alone are carried over, and only when every differing value is certain: a wrong repair costs more
than it saves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tm.fuzzy.keys import Surface, values_in
from tm.fuzzy.penalties import Comparison
from tm.model import InlineCode, Segment
from tm.repair_literals import carry_enumerator, carry_literals, carry_weekdays, lead_end
from tm.repair_names import NameChange, carry_names
from tm.repair_terms import carry_term
from tm.repair_values import carry_value
from tm.terms import TermSource

if TYPE_CHECKING:
    from termbase.text.numbers import Value

_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Repair:
    """A suggestion, a note ``"old → new"`` for each change, and whether every difference was carried over."""

    target: Segment
    notes: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Change:
    """Put ``text`` in place of ``target[start:end]``."""

    start: int
    end: int
    text: str


def repair(comparison: Comparison, target: Segment, lang: str, terms: TermSource | None) -> Repair | None:
    """Return the suggestion with the differences carried over, ``None`` when nothing is certain.

    >>> from tm.fuzzy.penalties import compare
    >>> found = compare("Đại đội 3 hành quân.", "Đại đội 5 hành quân.", "vi")
    >>> repair(found, Segment("en", "Company 3 is on the march."), "vi", None).target.text
    'Company 5 is on the march.'
    >>> found = compare("Đại đội 3 hành quân đêm.", "Đại đội 5 hành quân.", "vi")
    >>> part = repair(found, Segment("en", "Company 3 marches by night."), "vi", None)
    >>> part.target.text, part.complete
    ('Company 5 marches by night.', False)
    """
    lead = carry_enumerator(comparison, target.text)
    values = _values(comparison, target, lang, lead_end(comparison.old_text) if lead else 0)
    if values is None:
        return None
    values += [_Change(change.start, change.end, change.text) for change in lead]
    others = _others(comparison, target, lang, terms, lead)
    whole = None if others is None else _repaired(target, [*values, *others], complete=True)
    if whole is not None or not values:
        return whole
    if comparison.valued and any(step[0] != "equal" and _has_value(comparison, step) for step in comparison.steps):
        return None
    return _repaired(target, values, complete=False)


def _values(comparison: Comparison, target: Segment, lang: str, led: int) -> list[_Change] | None:
    """Return the changes of the values behind ``led``, ``None`` where one is not certain."""
    found = []
    for old, new in comparison.changed_values:
        if led and old.end <= led:
            continue
        change = _value_change(comparison, old, new, target, lang)
        if change is None:
            return None
        found.append(change)
    return found


def _others(
    comparison: Comparison, target: Segment, lang: str, terms: TermSource | None, lead: Sequence[NameChange]
) -> list[_Change] | None:
    """Return the changes of all other differences, ``None`` where one cannot be carried over."""
    named = _named(comparison, target, lang)
    settled = frozenset[int]().union(*[change.steps for change in (*lead, *named)]) if lead or named else _NO_STEPS
    found = [_with_article(target, change.start, change.end, change.text) for change in named]
    for step in _joined(comparison, settled):
        change = _roman_change(comparison, step, target, lang) or _term_change(comparison, step, target, lang, terms)
        if change is None:
            return None
        found.append(change)
    return found


_NO_STEPS: frozenset[int] = frozenset()


def _joined(comparison: Comparison, settled: frozenset[int]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps that are not settled, those that follow one another as one: a term of other length."""
    found: list[tuple[str, int, int, int, int]] = []
    for index, (op, a, b, c, d) in enumerate(comparison.steps):
        if op == "equal" or index in settled:
            continue
        if found and found[-1][2] == a and found[-1][4] == c:
            _, first, _, start, _ = found.pop()
            op, a, c = "replace", first, start
        found.append((op, a, b, c, d))
    return found


def _named(comparison: Comparison, target: Segment, lang: str) -> list[NameChange]:
    """Return the changes of names, designations, addresses and days of the week."""
    if comparison.aligned:
        return []
    found: list[NameChange] = []
    literals, days = _signs(comparison.new_text)
    if literals:
        found += carry_literals(comparison, target.text)
    if days:
        found += carry_weekdays(comparison, target.text, lang)
    old, new = comparison.old_pieces.parts, comparison.new_pieces.parts
    for op, a, b, c, d in comparison.steps:
        if op == "replace" and _capital(new[2 * c + 1 : 2 * d : 2]) and _capital(old[2 * a + 1 : 2 * b : 2]):
            found += carry_names(comparison, target.text, lang)  # a name stands for a name
            break
    return found


def _capital(tokens: Sequence[str]) -> bool:
    """Whether each of the tokens begins with a capital."""
    return tokens[0][0].isupper() and all(token[0].isupper() for token in tokens)


@lru_cache(maxsize=64)
def _signs(query: str) -> tuple[bool, bool]:
    """Return whether a query may hold a designation or an address, and a day of the week."""
    return _LITERAL_SIGNS.search(query) is not None, _DAY_SIGNS.search(query) is not None


_LITERAL_SIGNS = re.compile(r"[A-ZĐ]-?\d|\d[A-ZĐ]|@|://|www\.")
_DAY_SIGNS = re.compile(r"thứ |chủ nhật|day\b", re.IGNORECASE)


def _repaired(target: Segment, changes: Sequence[_Change], *, complete: bool) -> Repair | None:
    sure = sorted(changes, key=lambda change: change.start)
    if not sure or any(a.end > b.start for a, b in pairwise(sure)):
        return None
    notes = tuple(f"{target.text[c.start : c.end]} → {c.text}" for c in sure)
    return Repair(_apply(target, sure), notes, complete)


def _has_value(comparison: Comparison, step: tuple[str, int, int, int, int]) -> bool:
    """Whether a value was added, dropped or set against something else: then no value's place is certain."""
    _, a, b, c, d = step
    return any(token.value for token in (*comparison.old[a:b], *comparison.new[c:d]))


def _apply(target: Segment, changes: Sequence[_Change]) -> Segment:
    text, codes = target.text, list(target.codes)
    for change in reversed(changes):
        text = text[: change.start] + change.text + text[change.end :]
        shift = len(change.text) - (change.end - change.start)
        codes = [_moved(code, change, shift) for code in codes]
    return Segment(target.lang, text, tuple(codes))


def _moved(code: InlineCode, change: _Change, shift: int) -> InlineCode:
    return replace(code, position=code.position + shift) if code.position >= change.end else code


def _value_change(comparison: Comparison, old: Surface, new: Surface, target: Segment, lang: str) -> _Change | None:
    """Return the change that carries a differing value over, if there is no doubt where it stands."""
    if old.value is None or new.value is None:
        return None
    return _carried(comparison, old.value, new.value, target, lang)


def _carried(comparison: Comparison, old: Value, new: Value, target: Segment, lang: str) -> _Change | None:
    twins = [v for v in values_in(comparison.old_text, lang) if v.value == old.value]
    if len(twins) != 1:
        return None
    known = values_in(target.text, target.lang)
    places = [v for v in known if _same_value(v, old)]
    if not places and old.kind != "range":
        ends = [end for whole in known if whole.kind == "range" for end in _ends(whole, target.lang)]
        places = [end for end in ends if _same_value(end, old)]
    if len(places) != 1:
        return None
    text = carry_value(old, new, places[0], lang, names=_names(comparison, old, target, places[0]))
    return None if text is None else _with_article(target, places[0].start, places[0].end, text)


def _ends(whole: Value, lang: str) -> list[Value]:
    """Return the two values of a range, which may be none: up 5% to 105%."""
    from termbase.text.numbers import find_values

    match = _TO.search(whole.text)
    if match is None:
        return []
    second = whole.start + match.end()
    ends = [(whole.start, whole.text[: match.start()]), (second, whole.text[match.end() :])]
    return [replace(v, start=v.start + at, end=v.end + at) for at, text in ends for v in find_values(text, lang)]


_TO = re.compile(r"\s+(?:to|đến)\s+")


def _same_value(value: Value, old: Value) -> bool:
    """Whether a value of the target is the old one; the numbers of documents may be written with D for Đ."""
    if value.value == old.value:
        return True
    return old.kind == value.kind == "legal" and value.value == old.value.replace("Đ", "D")


def _names(comparison: Comparison, old: Value, target: Segment, place: Value) -> bool:
    """Whether a number is a name on both sides, as in Đại đội 1 for Company 1, and counts nothing."""
    before = comparison.old_text[: old.start]
    after = target.text[: place.start]
    return bool(after.endswith(("No. ", "No ")) or (_NAMED_VI.search(before) and _NAMED_EN.search(after)))


_NAMED_VI = re.compile(
    r"(?:đại đội|tiểu đoàn|trung đoàn|lữ đoàn|sư đoàn|quân đoàn|quân khu|trung đội|tiểu đội|vùng|hải đội|hải đoàn|"
    r"phân đội|điều|khoản|chương|mục|phần|bài|số|trang|hình|bảng|phụ lục|phòng|tầng|cấp|loại|khu|tổ|đội|nhóm|đợt|vòng|"
    r"giai đoạn|bước|quốc lộ|khu vực|chi bộ|bàn|lớp|tập|cụm|kho|trạm|đảo|điểm cao|cao điểm|mẫu|kỳ|ca)\s+$",
    re.IGNORECASE,
)
_NAMED_EN = re.compile(
    r"\b(?:company|battalion|regiment|brigade|division|corps|region|platoon|squad|zone|naval region|article|clause|"
    r"chapter|section|part|lesson|no\.|number|page|figure|table|annex|appendix|room|floor|level|category|force|area|team|"
    r"group|phase|round|stage|step|highway|cell|class|volume|cluster|depot|warehouse|station|island|hill|form|shift|command|unit|grade)"
    r"\s+$",
    re.IGNORECASE,
)


def _roman_change(
    comparison: Comparison, step: tuple[str, int, int, int, int], target: Segment, lang: str
) -> _Change | None:
    """Return the change that carries one Roman numeral over for another."""
    tokens = _single(comparison, step)
    if tokens is None or not (_ROMAN.fullmatch(tokens[0]) and _ROMAN.fullmatch(tokens[1])):
        return None
    _, a, _, c, _ = step
    old = [v for v in values_in(comparison.old_text, lang) if v.kind == "roman" and v.start == comparison.old[a].start]
    new = [v for v in values_in(comparison.new_text, lang) if v.kind == "roman" and v.start == comparison.new[c].start]
    return _carried(comparison, old[0], new[0], target, lang) if old and new else None


def _single(comparison: Comparison, step: tuple[str, int, int, int, int]) -> tuple[str, str] | None:
    """Return the texts of a step that puts one token for one."""
    op, a, b, c, d = step
    if op != "replace" or b - a != 1 or d - c != 1:
        return None
    return comparison.old_pieces.parts[2 * a + 1], comparison.new_pieces.parts[2 * c + 1]


def _term_change(
    comparison: Comparison,
    step: tuple[str, int, int, int, int],
    target: Segment,
    lang: str,
    terms: TermSource | None,
) -> _Change | None:
    """Return the change that puts the new term's rendering in place of the old one's."""
    if terms is None or step[0] != "replace":
        return None
    carried = carry_term(comparison, step, target, lang, terms)
    return None if carried is None else _with_article(target, *carried)


def _with_article(target: Segment, start: int, end: int, text: str) -> _Change:
    """Return the change, with an English indefinite article before it made to fit."""
    article = re.search(r"\b(an?)(\s+)$", target.text[:start], re.IGNORECASE) if target.lang == "en" else None
    if article is None:
        return _Change(start, end, text)
    from termbase.text.english import indefinite_article

    word = indefinite_article(text)
    if word == article.group(1).lower():
        return _Change(start, end, text)
    word = word.capitalize() if article.group(1)[0].isupper() else word
    return _Change(article.start(), end, word + article.group(2) + text)
