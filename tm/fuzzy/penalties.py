"""What two alike texts differ in beside their tokens, each a named penalty of few points.

``case``         a letter is capital on one side only
``i/y``          kỹ against kĩ
``number``, ``date``, ``legal`` …   a value of that kind differs (the kinds of
                 :func:`termbase.text.numbers.find_values`), one point each, three at most
``punctuation``  other characters than letters, digits and white space differ; quotes and dashes are alike
``tag``          the inline codes differ
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from termbase.text.keys import match_key
from tm.fuzzy.distance import edit_script
from tm.fuzzy.keys import Surface, compare_keys, key_tokens, surfaces
from tm.model import InlineCode, Penalty, Provenance, UnitStatus

_MOST_VALUES = 3
_AROUND = 6
"""Tokens on either side of digits that may be part of their value, as in "ngày 22 tháng 12 năm 1944"."""


@dataclass(frozen=True, slots=True)
class Points:
    """How many points each difference costs.

    ``provenance`` keeps a machine's pair below a person's of the same likeness, ``status`` one that
    nobody confirmed below one that was.
    """

    case: int = 1
    spelling: int = 1
    value: int = 1
    punctuation: int = 1
    tag: int = 1
    term: int = 3
    provenance: dict[Provenance, int] = field(
        default_factory=lambda: {Provenance.MACHINE: 15, Provenance.BACK_TRANSLATED: 15, Provenance.UNKNOWN: 0}
    )
    status: dict[UnitStatus, int] = field(default_factory=lambda: {UnitStatus.DRAFT: 3, UnitStatus.REJECTED: 40})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stored text beside the query: the tokens of both and the steps between them."""

    old_text: str
    new_text: str
    lang: str
    old: tuple[Surface, ...]
    new: tuple[Surface, ...]
    steps: tuple[tuple[str, int, int, int, int], ...]
    changed_values: tuple[tuple[Surface, Surface], ...] = ()
    """The pairs of values that stand in the same place and differ."""

    @property
    def equal(self) -> bool:
        """Whether no token and no value differs."""
        return not self.changed_values and all(step[0] == "equal" for step in self.steps)

    @property
    def same_keys(self) -> bool:
        """Whether the texts are alike by all their compare keys, so that only values can differ."""
        return compare_keys(self.old_text, self.lang) == compare_keys(self.new_text, self.lang)


def compare(old_text: str, new_text: str, lang: str) -> Comparison:
    """Set a stored text beside the query, both in storage form.

    >>> [step[0] for step in compare("Đại đội 3", "Đại đội 12 mạnh", "vi").steps]
    ['equal', 'insert']
    """
    if old_text == new_text:
        return Comparison(old_text, new_text, lang, (), (), ())
    old, new = key_tokens(old_text, lang), key_tokens(new_text, lang)
    steps = _steps(old, new)
    plain = Comparison(old_text, new_text, lang, old, new, steps)
    if not _values_concerned(plain):
        return plain
    old, new = surfaces(old_text, lang), surfaces(new_text, lang)
    steps = _steps(old, new)
    changed = tuple(
        (a, b)
        for a, b in _pairs(old, new, steps)
        if a.value is not None and b.value is not None and a.value.value != b.value.value
    )
    return Comparison(old_text, new_text, lang, old, new, steps, changed)


def _steps(old: Sequence[Surface], new: Sequence[Surface]) -> tuple[tuple[str, int, int, int, int], ...]:
    ours, theirs = [token.key for token in old], [token.key for token in new]
    if ours == theirs:
        return (("equal", 0, len(old), 0, len(new)),) if old else ()
    return tuple(edit_script(ours, theirs))


def _pairs(
    old: Sequence[Surface], new: Sequence[Surface], steps: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[tuple[Surface, Surface]]:
    """Yield the tokens that are equal by their keys."""
    for op, a, b, c, d in steps:
        if op == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)


def _values_concerned(comparison: Comparison) -> bool:
    """Whether a value may differ: all but those that stand in the same words on both sides.

    The reading of numbers and dates is the dearest step of a comparison, and seldom needed.
    """
    old, new = comparison.old, comparison.new
    classed = sum([not token.key.isalpha() for token in old])
    if classed != sum([not token.key.isalpha() for token in new]):
        return True
    for op, a, b, c, d in comparison.steps if classed else ():
        shift = c - a
        for place in range(a, b):
            if old[place].key.isalpha():
                continue
            first, last = place - _AROUND, place + _AROUND + 1
            starts = first >= a or (first < 0 and a == c == 0)
            ends = last <= b or (last > len(old) and b == len(old) and d == len(new))
            if op != "equal" or not (starts and ends) or _around(comparison, first, last, shift):
                return True
            classed -= 1
    return classed > 0


def _around(comparison: Comparison, first: int, last: int, shift: int) -> bool:
    """Whether the texts of these tokens differ, or what stands between them."""
    ours = _stretch(comparison.old_text, comparison.old, first, last)
    return ours != _stretch(comparison.new_text, comparison.new, first + shift, last + shift)


def _stretch(text: str, tokens: Sequence[Surface], first: int, last: int) -> str:
    start = tokens[first].start if first >= 0 else 0
    return text[start : tokens[last - 1].end] if last <= len(tokens) else text[start:]


def text_penalties(comparison: Comparison, points: Points) -> list[Penalty]:
    """Return the penalties for what the texts differ in beside their tokens.

    >>> found = text_penalties(compare("Đại đội 3 kỹ thuật.", "đại đội 4 kĩ thuật", "vi"), Points())
    >>> print(*found, sep="; ")
    case −1; i/y −1; number −1; punctuation −1
    """
    if comparison.old_text == comparison.new_text:
        return []
    case, spelling = _forms(comparison)
    found = [Penalty("case", points.case)] if case else []
    if spelling:
        found.append(Penalty("i/y", points.spelling))
    found += _value_penalties(comparison, points)
    if _marks(comparison.old_text, comparison.old) != _marks(comparison.new_text, comparison.new):
        found.append(Penalty("punctuation", points.punctuation))
    return [penalty for penalty in found if penalty.points]


def _forms(comparison: Comparison) -> tuple[bool, bool]:
    """Return whether tokens that are equal by their keys differ in capitals, and in spelling."""
    case = spelling = False
    old_text, new_text, old, new = comparison.old_text, comparison.new_text, comparison.old, comparison.new
    for op, a, b, c, d in comparison.steps:
        if op != "equal" or old_text[old[a].start : old[b - 1].end] == new_text[new[c].start : new[d - 1].end]:
            continue
        for mine, other in zip(old[a:b], new[c:d], strict=True):
            theirs, ours = old_text[mine.start : mine.end], new_text[other.start : other.end]
            if ours != theirs and not mine.value:
                spelling = spelling or match_key(ours) != match_key(theirs)
                case = case or _capitals(ours) != _capitals(theirs)
    return case, spelling


def _value_penalties(comparison: Comparison, points: Points) -> list[Penalty]:
    counts: dict[str, int] = {}
    if not comparison.changed_values and not comparison.equal and comparison.same_keys:
        return [Penalty("number", points.value)]
    for old, _ in comparison.changed_values:
        kind = old.value.kind if old.value else ""
        counts[kind] = counts.get(kind, 0) + 1
    return [Penalty(kind, points.value * min(count, _MOST_VALUES)) for kind, count in counts.items()]


def tag_penalty(old: Sequence[InlineCode], new: Sequence[InlineCode], points: Points) -> list[Penalty]:
    """Return the penalty for other inline codes than the query has."""
    same = [code.kind for code in old] == [code.kind for code in new]
    return [] if same or not points.tag else [Penalty("tag", points.tag)]


def _capitals(text: str) -> list[bool]:
    return [character.isupper() for character in text]


def _marks(text: str, tokens: Sequence[Surface]) -> str:
    """Return what stands between the tokens, without white space, quotes and dashes unified."""
    position, parts = 0, []
    for token in tokens:
        parts.append(text[position : token.start])
        position = token.end
    parts.append(text[position:])
    bare = "".join("".join(parts).split())
    return "".join([_alike(character) for character in bare]) if bare else ""


@lru_cache(maxsize=4096)
def _alike(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    return '"' if category in ("Pi", "Pf") or character in "\"'" else character
