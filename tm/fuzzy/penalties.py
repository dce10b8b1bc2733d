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
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from termbase.text.keys import match_key
from tm.fuzzy.distance import edit_script
from tm.fuzzy.keys import Surface, compare_keys, surfaces
from tm.model import InlineCode, Penalty, Provenance, UnitStatus

_MOST_VALUES = 3


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
    old: tuple[Surface, ...]
    new: tuple[Surface, ...]
    steps: tuple[tuple[str, int, int, int, int], ...]
    same_keys: bool
    """Whether the texts are alike by all their compare keys, so that only values can differ."""
    pairs: tuple[tuple[Surface, Surface], ...]
    """The tokens that are equal by their keys."""
    changed_values: tuple[tuple[Surface, Surface], ...]
    """The pairs of values that stand in the same place and differ."""

    @property
    def equal(self) -> bool:
        """Whether no token and no value differs."""
        return not self.changed_values and all(step[0] == "equal" for step in self.steps)


def compare(old_text: str, new_text: str, lang: str) -> Comparison:
    """Set a stored text beside the query, both in storage form.

    >>> [step[0] for step in compare("Đại đội 3", "Đại đội 12 mạnh", "vi").steps]
    ['equal', 'insert']
    """
    old, new = surfaces(old_text, lang), surfaces(new_text, lang)
    if [token.key for token in old] == [token.key for token in new]:
        steps = [("equal", 0, len(old), 0, len(new))] if old else []
    else:
        steps = edit_script([token.key for token in old], [token.key for token in new])
    same = old_text == new_text or compare_keys(old_text, lang) == compare_keys(new_text, lang)
    pairs = tuple(pair for op, a, b, c, d in steps if op == "equal" for pair in zip(old[a:b], new[c:d], strict=True))
    changed = tuple((a, b) for a, b in pairs if a.value and b.value and a.value.value != b.value.value)
    return Comparison(old_text, new_text, old, new, tuple(steps), same, pairs, changed)


def text_penalties(comparison: Comparison, points: Points) -> list[Penalty]:
    """Return the penalties for what the texts differ in beside their tokens.

    >>> found = text_penalties(compare("Đại đội 3 kỹ thuật.", "đại đội 4 kĩ thuật", "vi"), Points())
    >>> print(*found, sep="; ")
    case −1; i/y −1; number −1; punctuation −1
    """
    if comparison.old_text == comparison.new_text:
        return []
    case = spelling = False
    for old, new in comparison.pairs:
        ours = comparison.new_text[new.start : new.end]
        theirs = comparison.old_text[old.start : old.end]
        if ours != theirs and not old.value:
            spelling |= match_key(ours) != match_key(theirs)
            case |= _capitals(ours) != _capitals(theirs)
    found = [Penalty("case", points.case)] if case else []
    if spelling:
        found.append(Penalty("i/y", points.spelling))
    found += _value_penalties(comparison, points)
    if _marks(comparison.old_text, comparison.old) != _marks(comparison.new_text, comparison.new):
        found.append(Penalty("punctuation", points.punctuation))
    return [penalty for penalty in found if penalty.points]


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
    return "".join(_alike(character) for character in "".join(parts) if not character.isspace())


@lru_cache(maxsize=4096)
def _alike(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    return '"' if category in ("Pi", "Pf") or character in "\"'" else character
