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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termbase.text.keys import match_key
from tm.fuzzy.distance import edit_script
from tm.fuzzy.keys import Pieces, Surface, key_tokens, pieces, surfaces, valued_pieces
from tm.model import InlineCode, Penalty, Provenance, UnitStatus

if TYPE_CHECKING:
    from termbase.text.numbers import Value

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


class Comparison(NamedTuple):
    """A stored text beside the query: both cut at their tokens, and the steps between these.

    Where ``valued``, the tokens are those of :func:`~tm.fuzzy.keys.surfaces`, otherwise those of
    :func:`~tm.fuzzy.keys.key_tokens`.
    """

    old_text: str
    new_text: str
    lang: str
    old_pieces: Pieces
    new_pieces: Pieces
    steps: tuple[tuple[str, int, int, int, int], ...]
    valued: bool = False
    changed_places: tuple[tuple[int, int], ...] = ()
    """The places of values that are set against each other and differ."""

    @property
    def old(self) -> tuple[Surface, ...]:
        """The tokens of the stored text."""
        return (surfaces if self.valued else key_tokens)(self.old_text, self.lang)

    @property
    def new(self) -> tuple[Surface, ...]:
        """The tokens of the query."""
        return (surfaces if self.valued else key_tokens)(self.new_text, self.lang)

    @property
    def changed_values(self) -> tuple[tuple[Surface, Surface], ...]:
        """The pairs of values that stand in the same place and differ."""
        if not self.changed_places:
            return ()
        old, new = self.old, self.new
        return tuple((old[i], new[j]) for i, j in self.changed_places)

    @property
    def aligned(self) -> bool:
        """Whether no token differs by its key."""
        return not self.steps or (len(self.steps) == 1 and self.steps[0][0] == "equal")

    @property
    def equal(self) -> bool:
        """Whether no token and no value differs."""
        return not self.changed_places and self.aligned

    @property
    def same_keys(self) -> bool:
        """Whether the texts are alike by all their compare keys, so that only values can differ."""
        if not self.valued:
            return self.old_pieces.keys == self.new_pieces.keys
        return pieces(self.old_text, self.lang).keys == pieces(self.new_text, self.lang).keys


def compare(old_text: str, new_text: str, lang: str) -> Comparison:
    """Set a stored text beside the query, both in storage form.

    >>> [step[0] for step in compare("Đại đội 3", "Đại đội 12 mạnh", "vi").steps]
    ['equal', 'insert']
    """
    if old_text == new_text:
        return Comparison(old_text, new_text, lang, _NOTHING, _NOTHING, ())
    old, new = pieces(old_text, lang), pieces(new_text, lang)
    worded = old.worded and new.worded
    classed = () if worded else _classed(old)
    if worded or len(classed) == len(_classed(new)):
        plain = Comparison(old_text, new_text, lang, old, new, _steps(old.keys, new.keys))
        if not _values_concerned(plain, classed):
            return plain
    (old, ours), (new, theirs) = valued_pieces(old_text, lang), valued_pieces(new_text, lang)
    steps = _steps(old.keys, new.keys)
    changed = tuple(_changed(steps, ours, theirs))
    return Comparison(old_text, new_text, lang, old, new, steps, valued=True, changed_places=changed)


_NOTHING = Pieces([""], (), worded=True)


def _steps(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, int, int, int, int], ...]:
    if old == new:
        return (("equal", 0, len(old), 0, len(new)),) if old else ()
    return tuple(edit_script(old, new))


def _changed(
    steps: Sequence[tuple[str, int, int, int, int]], ours: Mapping[int, Value], theirs: Mapping[int, Value]
) -> Iterator[tuple[int, int]]:
    """Yield the places of the values that are set against each other, equal by their keys, and differ."""
    for op, a, b, c, _ in steps:
        for place, value in ours.items() if op == "equal" else ():
            if a <= place < b:
                other = theirs.get(place - a + c)
                if other is not None and other.value != value.value:
                    yield place, place - a + c


def _classed(held: Pieces) -> tuple[int, ...]:
    """Return the places of the tokens that are not of letters alone."""
    return tuple([place for place, key in enumerate(held.keys) if not key.isalpha()])


def _values_concerned(comparison: Comparison, classed: Sequence[int]) -> bool:
    """Whether a value may differ: all but those that stand in the same words on both sides.

    The reading of numbers and dates is the dearest step of a comparison, and seldom needed. ``classed`` are
    the stored text's places of tokens that are not of letters alone; the query has as many.
    """
    old, new = comparison.old_pieces.keys, comparison.new_pieces.keys
    for op, a, b, c, d in comparison.steps if classed else ():
        for place in classed:
            if not a <= place < b:
                continue
            first, last = place - _AROUND, place + _AROUND + 1
            starts = first >= a or (first < 0 and a == c == 0)
            ends = last <= b or (last > len(old) and b == len(old) and d == len(new))
            if op != "equal" or not (starts and ends) or _differ(comparison, first, last, c - a):
                return True
    return False


def _differ(comparison: Comparison, first: int, last: int, shift: int) -> bool:
    """Whether the texts of these tokens differ, or what stands between them."""
    ours = comparison.old_pieces.parts[max(0, 2 * first + 1) : 2 * last]
    after = 2 * (last + shift)
    return ours != comparison.new_pieces.parts[max(0, 2 * (first + shift) + 1) : after]


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
    if _marks_differ(comparison.old_pieces.parts, comparison.new_pieces.parts):
        found.append(Penalty("punctuation", points.punctuation))
    return [penalty for penalty in found if penalty.points]


def _forms(comparison: Comparison) -> tuple[bool, bool]:
    """Return whether tokens that are equal by their keys differ in capitals, and in spelling."""
    case = spelling = False
    old, new = comparison.old_pieces.parts, comparison.new_pieces.parts
    for op, a, b, c, d in comparison.steps:
        if op != "equal":
            continue
        theirs, ours = old[2 * a + 1 : 2 * b : 2], new[2 * c + 1 : 2 * d : 2]
        if theirs == ours:
            continue
        for key, stored, asked in zip(comparison.old_pieces.keys[a:b], theirs, ours, strict=True):
            if asked != stored and key[0].isalnum():
                spelling = spelling or match_key(asked) != match_key(stored)
                case = case or _capitals(asked) != _capitals(stored)
    return case, spelling


def _value_penalties(comparison: Comparison, points: Points) -> list[Penalty]:
    if not comparison.changed_places:
        unlike = comparison.valued and not comparison.aligned and comparison.same_keys
        return [Penalty("number", points.value)] if unlike else []
    counts: dict[str, int] = {}
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


def _marks_differ(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what stands between the tokens differs, without white space, quotes and dashes unified."""
    ours, theirs = ["".join("".join(parts[::2]).split()) for parts in (old, new)]
    return ours != theirs and ours.translate(_ALIKE) != theirs.translate(_ALIKE)


class _Alike(dict[int, str]):
    """The characters met so far, each with the one that stands for all like it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Pd":
            character = "-"
        elif category in ("Pi", "Pf") or character in "\"'":
            character = '"'
        self[code] = character
        return character


_ALIKE = _Alike()
