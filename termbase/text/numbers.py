"""Numbers, dates, money and labels in running text, by value.

A value is a canonical string that is the same in Vietnamese and English, so that *15.200 tỷ đồng* and
*15,200 billion VND*, *ngày 17-1-2022* and *January 17, 2022*, *khóa XIII* and *13th tenure* compare
equal. Document numbers such as 57-NQ/TW are one label and never a quantity.
"""

from __future__ import annotations

import re
from fractions import Fraction

from termbase.text import dates, day_lists, legal_numbers, month_ranges, ordinals, quantities, times, word_numbers
from termbase.text import number_words as words
from termbase.text.composed import Composed, compose
from termbase.text.numbers_compare import Unmatched, compare_values
from termbase.text.values import Claims, Value

_DIGIT = re.compile(r"\d")

__all__ = ["Unmatched", "Value", "compare_values", "find_legal", "find_values"]


def find_values(text: str, lang: str) -> list[Value]:
    """Return the values in ``text``, in order and not overlapping, with spans into it.

    ``lang`` (``"vi"`` or ``"en"``) decides which separator groups thousands and which words count.
    Number words are taken only where they can be nothing else: *năm* (year, five) and *ba* (father,
    three) count only before what is counted or inside a longer number.

    >>> [(v.kind, v.value) for v in find_values("Chi 15.200 tỷ đồng theo số 57-NQ/TW", "vi")]
    [('money', '15200000000000 VND'), ('legal', '57-NQ/TW')]
    """
    composed = compose(text)
    claims = Claims(composed.text)
    digits = _DIGIT.search(composed.text) is not None
    legal_numbers.claim_labels(claims, digits=digits)
    if digits:
        legal_numbers.claim_round_the_clock(claims)
        legal_numbers.claim_map_scales(claims)
        quantities.claim_year_ranges(claims)
    if digits or words.DATE_HINTS[lang].search(composed.text):
        month_ranges.claim_month_ranges(claims, lang)
        day_lists.claim_day_lists(claims, lang)
        dates.claim_dates(claims, lang)
        times.claim_times(claims, lang)
    if digits or words.ORDINAL_HINTS[lang].search(composed.text):
        ordinals.claim_ordinals(claims, lang)
    if digits:
        legal_numbers.claim_codes(claims)
        quantities.claim_amounts(claims, lang)
    ordinals.claim_romans(claims, lang)
    if words.WORD_HINTS[lang].search(claims.open):
        word_numbers.claim_words(claims, lang)
    return _in_source(claims, composed, text, ranges=True)


def find_legal(text: str) -> list[Value]:
    """Return the numbers of documents in ``text``: each one label, its spaces and dashes unified.

    >>> [v.value for v in find_legal("Resolution No.57-NQ/TW and Decree 30/2020/NĐ-CP")]
    ['57-NQ/TW', '30/2020/NĐ-CP']
    """
    composed = compose(text)
    claims = Claims(composed.text)
    legal_numbers.claim_legal(claims)
    return _in_source(claims, composed, text)


_TO = re.compile(r"\s+(?:đến|tới|to)\s+(?:hết\s+)?|\s*[-–—]\s*")


def _joined(found: list[Value], text: str) -> list[Value]:
    """Join "3 năm đến 10 năm" into the range that "3-10 năm" is: one unit, written twice."""
    joined: list[Value] = []
    for value in found:
        last = joined[-1] if joined else None
        if last and last.kind == value.kind and value.kind in _COUNTED and _are_ends(text, last, value):
            (low, unit), (high, other) = (_figure(one.value) for one in (last, value))
            if unit == other and low < high:
                whole = text[last.start : value.end]
                joined[-1] = Value(last.start, value.end, whole, "range", f"{last.value}..{value.value}")
                continue
        joined.append(value)
    return joined


def _are_ends(text: str, first: Value, last: Value) -> bool:
    between = text[max(0, first.start - 10) : first.start].lower().endswith(("between ", "giữa "))
    return bool((_BETWEEN if between else _TO).fullmatch(text, first.end, last.start))


_BETWEEN = re.compile(r"\s+(?:and|và)\s+")
_COUNTED = frozenset(("measure", "money", "percent"))


def _figure(value: str) -> tuple[Fraction, str]:
    figure, _, unit = value.partition("%" if value.endswith("%") else " ")
    return Fraction(figure), unit


def _in_source(claims: Claims, composed: Composed, text: str, *, ranges: bool = False) -> list[Value]:
    found = _joined(claims.in_order(), claims.text) if ranges else claims.in_order()
    if composed.offsets is None:
        return found
    values = []
    for value in found:
        start, end = composed.to_source(value.start, value.end)
        values.append(Value(start, end, text[start:end], value.kind, value.value))
    return values
