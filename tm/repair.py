"""Repair of a suggestion: a difference of the sources that is known on both sides is carried over.

A difference is carried over when it is a value against a value of the same kind, a designation such as A1
against another, or a term against a term of the same grammar (:mod:`tm.repair_terms`), and the old rendering
stands in the old target exactly once. If every difference is certain the suggestion is repaired. Otherwise
the values alone are carried over, and only when every differing value is certain: a wrong repair costs more
than it saves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tm.fuzzy.keys import Surface, values_in
from tm.fuzzy.penalties import Comparison
from tm.model import InlineCode, Segment
from tm.repair_terms import carry_term
from tm.repair_values import carry_value
from tm.terms import TermSource

if TYPE_CHECKING:
    from termbase.text.numbers import Value

_ROMAN = re.compile(r"[IVXLC]+")
_CODE = re.compile(r"[A-ZĐ]{1,4}\d{1,4}[A-Z]{0,2}")


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
    values = [_value_change(comparison, old, new, target, lang) for old, new in comparison.changed_values]
    changed = [step for step in comparison.steps if step[0] != "equal"]
    if None in values:
        return None
    others: list[_Change | None] = []
    for step in changed:
        others.append(
            _roman_change(comparison, step, target, lang)
            or _code_change(comparison, step, target)
            or _term_change(comparison, step, target, lang, terms)
        )
        if others[-1] is None:  # then not all can be carried over, whatever the rest is
            break
    whole = _repaired(target, [*values, *others], complete=True)
    if whole is not None or any(_has_value(comparison, step) for step in changed):
        return whole
    return _repaired(target, values, complete=False)


def _repaired(target: Segment, changes: Sequence[_Change | None], *, complete: bool) -> Repair | None:
    sure = sorted([change for change in changes if change is not None], key=lambda change: change.start)
    if not sure or len(sure) < len(changes) or any(a.end > b.start for a, b in pairwise(sure)):
        return None
    notes = tuple(f"{target.text[c.start : c.end]} → {c.text}" for c in sure)
    return Repair(_apply(target, sure), notes, complete)


def _has_value(comparison: Comparison, step: tuple[str, int, int, int, int]) -> bool:
    """Whether a value was added, dropped or set against something else: then no value's place is certain."""
    if not comparison.valued:
        return False
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
    places = [v for v in values_in(target.text, target.lang) if v.value == old.value]
    if len(places) != 1:
        return None
    text = carry_value(old, new, places[0], lang)
    return None if text is None else _with_article(target, places[0].start, places[0].end, text)


def _roman_change(
    comparison: Comparison, step: tuple[str, int, int, int, int], target: Segment, lang: str
) -> _Change | None:
    """Return the change that carries one Roman numeral over for another."""
    tokens = _single(comparison, step)
    if tokens is None or not all(map(_ROMAN.fullmatch, tokens)):
        return None
    _, a, _, c, _ = step
    old = [v for v in values_in(comparison.old_text, lang) if v.kind == "roman" and v.start == comparison.old[a].start]
    new = [v for v in values_in(comparison.new_text, lang) if v.kind == "roman" and v.start == comparison.new[c].start]
    return _carried(comparison, old[0], new[0], target, lang) if old and new else None


def _code_change(comparison: Comparison, step: tuple[str, int, int, int, int], target: Segment) -> _Change | None:
    """Return the change that puts one designation such as A1 for another, where it stands on both sides alike."""
    tokens = _single(comparison, step)
    if tokens is None or not all(map(_CODE.fullmatch, tokens)):
        return None
    pattern = re.compile(rf"(?<![\w-]){re.escape(tokens[0])}(?![\w-])")
    places = list(pattern.finditer(target.text))
    if len(places) != 1 or len(pattern.findall(comparison.old_text)) != 1:
        return None
    return _Change(*places[0].span(), tokens[1])


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
