"""Renderings that share words or stand in another order: no fault, though no listed form is there.

Coordination shares a head or a modifier (*Party committees and organisations*, *the provincial and
district defensive areas*), a name may come between (*Military Command of Long Son province*), and a
noun phrase may turn round with *of*. Used only to withdraw a would-be ``missing``, never to make one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from termbase.text.english import key

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    "of the a an and or to in on for at by with from be is are was were been being as its their s".split()
)
_PREPOSITIONS = frozenset("of for in on to from with".split())
_JOINS = re.compile(r"\b(?:and|or|as well as)\b|[,&/]", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;:](?:\s|$)|\n")
_Same = Callable[[str, str], bool]
_GAP = 8
"""Words that may stand between the parts of a coordinated term."""
_SLACK = 4
"""Words that may stand among those of a term in another order."""


class Word(NamedTuple):
    """A word of the target: its span, its key, and whether a rendering of another mention holds it."""

    start: int
    end: int
    key: str
    taken: bool


def words_of(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Word]:
    """Return the words of ``text`` with their keys; hyphens part words."""
    spans = list(taken)
    return [
        Word(m.start(), m.end(), key(m.group()), any(start < m.end() and m.start() < end for start, end in spans))
        for m in _WORD.finditer(text)
    ]


@lru_cache(maxsize=16384)
def content_keys(term: str) -> tuple[str, ...]:
    """Return the keys of the words of a term that carry meaning, in order."""
    return tuple(key(word) for word in _WORD.findall(term) if word.lower() not in _EMPTY)


def coordinated(term: str, words: Sequence[Word], target: str, *, derived: bool = False) -> tuple[int, int] | None:
    """Return the stretch where the parts of a term stand around other coordinated words.

    At least one word of it must be free; the shared part may belong to another mention.

    >>> text = "the provincial and district defensive areas"
    >>> coordinated("provincial defensive area", words_of(text), text)
    (4, 43)
    """
    parts = content_keys(term)
    if len(parts) < 2:
        return None
    same = related if derived else _equal
    content = [word for word in words if word.key not in _EMPTY]
    for first, word in enumerate(content):
        if same(word.key, parts[0]):
            found = _follow(parts, content, first, same)
            if found and any(not content[i].taken for i in found):
                start, end = word.start, content[found[-1]].end
                between = target[start:end]
                if _JOINS.search(between) and not _BREAK.search(between):
                    return start, end
    return None


def _follow(parts: Sequence[str], content: Sequence[Word], first: int, same: _Same) -> list[int]:
    """Return the indexes of the words that answer ``parts`` in order, each the nearest one; [] if one fails."""
    found = [first]
    for part in parts[1:]:
        limit = range(found[-1] + 1, min(len(content), found[-1] + 2 + _GAP))
        place = next((i for i in limit if same(content[i].key, part)), None)
        if place is None:
            return []
        found.append(place)
    return found


def turned_round(term: str, words: Sequence[Word], target: str, *, derived: bool = False) -> tuple[int, int] | None:
    """Return a short stretch of free words that holds every content word of a term, in any order.

    >>> text = "the Secretary of the Party cell"
    >>> turned_round("Party cell secretary", words_of(text), text)
    (4, 31)
    """
    parts = content_keys(term)
    if len(parts) < 2:
        return None
    same = related if derived else _equal
    content = [word for word in words if word.key not in _EMPTY]
    width = len(parts) + _SLACK
    for first, word in enumerate(content):
        if word.taken or not any(same(word.key, part) for part in parts):
            continue
        window = [w for w in content[first : first + width] if not w.taken]
        end = _covered(parts, window, same)
        if end is not None and not _BREAK.search(target[word.start : end]):
            return word.start, end
    return None


def _covered(parts: Sequence[str], window: Sequence[Word], same: _Same) -> int | None:
    left = list(window)
    end = 0
    for part in parts:
        place = next((i for i, word in enumerate(left) if same(word.key, part)), None)
        if place is None:
            return None
        end = max(end, left[place].end)
        del left[place]
    return end


def head_alone(terms: Iterable[str], words: Sequence[Word]) -> tuple[int, int] | None:
    """Return where a free word is the head of one of the terms: *members* for *Party members*.

    >>> text = "The cell met 12 members."
    >>> head_alone(["Party member", "member of the Party"], words_of(text))
    (16, 23)
    """
    heads = {head for head in map(_head, terms) if head}
    return next(((word.start, word.end) for word in words if not word.taken and word.key in heads), None)


def half_there(terms: Iterable[str], words: Sequence[Word], share: float = 0.5) -> tuple[int, int] | None:
    """Return where the free words lie that make up a share of a term, half or more, in any form of their family.

    >>> text = "They are managing discipline."
    >>> half_there(["discipline management and training"], words_of(text))
    (9, 28)
    """
    free = [word for word in words if not word.taken and len(word.key) > 2]
    for term in terms:
        parts = content_keys(term)
        met = [word for part in parts for word in [next((w for w in free if related(w.key, part)), None)] if word]
        if len(parts) > 1 and len(met) >= share * len(parts):
            return min(word.start for word in met), max(word.end for word in met)
    return None


@lru_cache(maxsize=16384)
def _head(term: str) -> str:
    """Return the key of the head of a noun phrase: the word before its first preposition, or the last."""
    found = [key(word) for word in _WORD.findall(term)]
    ends = (i for i, word in enumerate(found) if i and word in _PREPOSITIONS)
    cut = next(ends, len(found))
    return found[cut - 1] if cut and len(found) > 1 else ""


def _equal(one: str, other: str) -> bool:
    return one == other


_ENDINGS = frozenset(
    "e es ed en d ing ings s al ally ial ially ation ations ational ion ions ional ment ments ement ive "
    "ively sive ce se cy y ies ied ness iness ity ities ly ical ically ic sory ory ary t te tes ted ting "
    "tion tions r rs ning ned ling led".split()
) | {""}


@lru_cache(maxsize=65536)
def related(one: str, other: str) -> bool:
    """Whether two word keys are of one family: province and provincial, renew and renewal.

    >>> related("defence", "defensive"), related("military", "militia"), related("command", "commander")
    (True, False, False)
    """
    if one == other:
        return True
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return common >= 4 and one[common:] in _ENDINGS and other[common:] in _ENDINGS
