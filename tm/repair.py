"""Repair of a suggestion: a difference of the sources that is known on both sides is carried over.

A difference is carried over when it is a value against a value of the same kind, or a term against a term,
and the old rendering stands in the old target exactly once. If any difference is not certain nothing is
repaired: a wrong repair costs more than it saves, so the caller shows the difference only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from termbase.model import TermMatch
from tm.fuzzy.keys import Surface, class_values
from tm.fuzzy.penalties import Comparison
from tm.model import InlineCode, Segment
from tm.repair_values import carry_value
from tm.terms import TermSource


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired suggestion, and a note ``"old → new"`` for each change."""

    target: Segment
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """Put ``text`` in place of ``target[start:end]``."""

    start: int
    end: int
    text: str


def repair(comparison: Comparison, target: Segment, lang: str, terms: TermSource | None) -> Repair | None:
    """Return the suggestion with every difference carried over, ``None`` when one is not certain.

    >>> from tm.fuzzy.penalties import compare
    >>> found = compare("Đại đội 3 hành quân.", "Đại đội 5 hành quân.", "vi")
    >>> repair(found, Segment("en", "Company 3 is on the march."), "vi", None).target.text
    'Company 5 is on the march.'
    """
    changes = [_value_change(comparison, old, new, target, lang) for old, new in comparison.changed_values]
    changed = [step for step in comparison.steps if step[0] != "equal"]
    changes += [_term_change(comparison, step, target, lang, terms) for step in changed]
    sure = [change for change in changes if change is not None]
    if not sure or len(sure) < len(changes):
        return None
    sure.sort(key=lambda change: change.start)
    if any(a.end > b.start for a, b in pairwise(sure)):
        return None
    notes = tuple(f"{target.text[c.start : c.end]} → {c.text}" for c in sure)
    return Repair(_apply(target, sure), notes)


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
    twins = [s for s in comparison.old if s.value and s.value.value == old.value.value]
    places = [v for v in class_values(target.text, target.lang) if v.value == old.value.value]
    if len(twins) != 1 or len(places) != 1:
        return None
    text = carry_value(old.value, new.value, places[0], lang)
    return None if text is None else _Change(places[0].start, places[0].end, text)


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
    _, a, b, c, d = step
    old = _covering(terms.recognize(comparison.old_text, lang), comparison.old[a:b])
    new = _covering(terms.recognize(comparison.new_text, lang), comparison.new[c:d])
    if old is None or new is None or len(old.concepts) != 1 or len(new.concepts) != 1:
        return None
    if _around(comparison.old, old, a, b) != _around(comparison.new, new, c, d):
        return None
    wanted = [term for term in new.concept.accepted(target.lang) if term.status.value == "preferred"]
    rendered = [m for m in terms.recognize(target.text, target.lang) if old.concept in m.concepts]
    if not wanted or len(rendered) != 1 or not rendered[0].term.status.accepted:
        return None
    twins = [m for m in terms.recognize(comparison.old_text, lang) if old.concept in m.concepts]
    place = rendered[0]
    base = new.concept.preferred(target.lang)
    if len(twins) != 1 or base is None or len(place.concepts) != 1:
        return None
    text = base.text if target.lang == "vi" else _like_form(place, base.text)
    return None if text is None else _with_article(target, place, text)


def _covering(found: Sequence[TermMatch], tokens: Sequence[Surface]) -> TermMatch | None:
    if not tokens:
        return None
    start, end = tokens[0].start, tokens[-1].end
    return next((m for m in found if m.start <= start and end <= m.end), None)


def _around(
    tokens: Sequence[Surface], match: TermMatch, start: int, end: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tokens of the term before and after the difference."""
    before = tuple(t.key for t in tokens[:start] if t.start >= match.start)
    after = tuple(t.key for t in tokens[end:] if t.end <= match.end)
    return before, after


def _like_form(place: TermMatch, base: str) -> str | None:
    """Return ``base`` in the number of the old rendering, ``None`` when that is not certain."""
    from termbase.text.english import forms, inflect_like

    old, surface = place.term, place.text
    part = old.part_of_speech.value if old.part_of_speech else "noun"
    if part not in ("noun", "proper noun"):
        return base if surface == old.text else None
    if surface.casefold() == old.text.casefold():
        feature = "base"
    else:
        found = {form.feature for form in forms(old.text, part) if form.text.casefold() == surface.casefold()}
        if found != {"plural"}:
            return None
        feature = "plural"
    text = base if feature == "base" else inflect_like(base, part, feature)
    raised = surface[:1].isupper() and not old.text[:1].isupper()
    return text[:1].upper() + text[1:] if raised else text


def _with_article(target: Segment, place: TermMatch, text: str) -> _Change:
    """Return the change, with an indefinite article before the term made to fit."""
    article = re.search(r"\b(an?)(\s+)$", target.text[: place.start], re.IGNORECASE) if target.lang == "en" else None
    if article is None:
        return _Change(place.start, place.end, text)
    from termbase.text.english import indefinite_article

    word = indefinite_article(text)
    word = word.capitalize() if article.group(1)[0].isupper() else word
    return _Change(article.start(), place.end, word + article.group(2) + text)
