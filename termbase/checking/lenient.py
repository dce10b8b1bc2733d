"""Renderings that share words or stand in another order: no fault, though no listed form is there.

Coordination shares a head or a modifier (*Party committees and organisations*, *the provincial and
district defensive areas*), a name may come between (*Military Command of Long Son province*), and a
noun phrase may turn round with *of*. Used only to withdraw a would-be ``missing``, never to make one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from termbase.text.english import key

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    "of the a an and or to in on for at by with from be is are was were been being as its their s".split()
)
_PREPOSITIONS = frozenset("of for in on to from with".split())
_JOINS = re.compile(r"\b(?:and|or|as well as)\b|[,&/]", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;:](?:\s|$)|\n")
_ALONE = re.compile(r"(?:\b(?:the|an?|this|that|these|those|its|their|our)\s|[.:;]\s|\A)\Z", re.IGNORECASE)
Same = Callable[[str, str], bool]
_GAP = 8
"""Words that may stand between the parts of a coordinated term."""
_SLACK = 4
"""Words that may stand among those of a term in another order."""


class Words:
    """The words of a target that carry meaning, which of them answer a mention, and where each key stands.

    Words are only ever taken, never freed: a stretch that was once no answer to a term will not become
    one, so each look at a term goes on where the last one ended and a long text costs little more than
    its length.

    >>> words = Words("The Party cells met.", [(4, 15)])
    >>> words.keys, list(words.taken)
    (['party', 'cell', 'met'], [1, 1, 0])
    """

    def __init__(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> None:
        found = [m for m in _WORD.finditer(text) if m.group().lower() not in _EMPTY]
        self.text = text
        self.keys = [key(m.group()) for m in found]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.taken = bytearray(len(found))
        self._places: dict[str, list[int]] = {}
        self._stems: dict[str, list[str]] = {}
        for index, word in enumerate(self.keys):
            if word not in self._places:
                self._stems.setdefault(word[:4], []).append(word)
            self._places.setdefault(word, []).append(index)
        self._found: dict[tuple[str, Same], list[int]] = {}
        self._seen: dict[tuple[str, object], int] = {}
        for start, end in taken:
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Mark the words that meet a stretch as an answer to a mention."""
        index = bisect_left(self.ends, start + 1)
        while index < len(self.keys) and self.starts[index] < end:
            self.taken[index] = 1
            index += 1

    def places(self, part: str, *, same: Same | None) -> list[int]:
        """Return where a key stands, in order; with ``same`` also its relatives, which share four letters."""
        if same is None:
            return self._places.get(part, [])
        known = self._found.get((part, same))
        if known is None:
            family = [word for word in self._stems.get(part[:4], ()) if same(word, part)]
            known = sorted(place for word in family for place in self._places[word])
            self._found[part, same] = known
        return known

    def remaining(self, look: str, what: object, places: Sequence[int]) -> Iterator[int]:
        """Yield the places from which this look has not failed yet."""
        at = self._seen.get((look, what), 0)
        for index in range(at, len(places)):
            self._seen[look, what] = index
            yield places[index]
        self._seen[look, what] = len(places)

    def is_part(self, index: int, part: str, *, same: Same | None) -> bool:
        """Whether a word is that part of a term."""
        word = self.keys[index]
        return word == part or (same is not None and same(word, part))

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of the words from ``first`` to ``last``."""
        return self.starts[first], self.ends[last]


@lru_cache(maxsize=16384)
def content_keys(term: str) -> tuple[str, ...]:
    """Return the keys of the words of a term that carry meaning, in order."""
    return tuple(key(word) for word in _WORD.findall(term) if word.lower() not in _EMPTY)


def coordinated(term: str, words: Words, same: Same | None = None) -> tuple[int, int] | None:
    """Return the stretch where the parts of a term stand around other coordinated words.

    At least one word of it must be free; the shared part may belong to another mention.

    >>> coordinated("provincial defensive area", Words("the provincial and district defensive areas"))
    (4, 43)
    """
    parts = content_keys(term)
    if len(parts) < 2:
        return None
    places = words.places(parts[0], same=same)
    for first in words.remaining("coordinated", (term, same), places):
        found = _follow(parts, words, first, same=same)
        if found and not all(words.taken[index] for index in found):
            start, end = words.stretch(first, found[-1])
            between = words.text[start:end]
            if _JOINS.search(between) and not _BREAK.search(between):
                return start, end
    return None


def _follow(parts: Sequence[str], words: Words, first: int, *, same: Same | None) -> list[int]:
    """Return the indexes of the words that answer ``parts`` in order, each the nearest one; [] if one fails."""
    found = [first]
    for part in parts[1:]:
        limit = range(found[-1] + 1, min(len(words.keys), found[-1] + 2 + _GAP))
        place = next((i for i in limit if words.is_part(i, part, same=same)), None)
        if place is None:
            return []
        found.append(place)
    return found


def turned_round(term: str, words: Words, same: Same | None = None) -> tuple[int, int] | None:
    """Return a short stretch of free words that holds every content word of a term, in any order.

    >>> turned_round("Party cell secretary", Words("the Secretary of the Party cell"))
    (4, 31)
    """
    parts = content_keys(term)
    if len(parts) < 2:
        return None
    width = len(parts) + _SLACK
    places = sorted({place for part in parts for place in words.places(part, same=same)})
    for first in words.remaining("turned", (term, same), places):
        if words.taken[first]:
            continue
        window = [i for i in range(first, min(first + width, len(words.keys))) if not words.taken[i]]
        last = _covered(parts, words, window, same=same)
        if last is not None:
            start, end = words.stretch(first, last)
            if not _BREAK.search(words.text[start:end]):
                return start, end
    return None


def _covered(parts: Sequence[str], words: Words, window: list[int], *, same: Same | None) -> int | None:
    last = 0
    for part in parts:
        place = next((index for index in window if words.is_part(index, part, same=same)), None)
        if place is None:
            return None
        last = max(last, place)
        window.remove(place)
    return last


def head_alone(terms: Iterable[str], words: Words) -> tuple[int, int] | None:
    """Return where a free word is the head of one of the terms: *members* for *Party members*.

    The head of a longer term counts only by itself, as *the contest* for *military sports contest*; with
    other words before it, it is something else.

    >>> head_alone(["Party member", "member of the Party"], Words("The cell met 12 members."))
    (16, 23)
    """
    for term in terms:
        head, long = _head(term), len(content_keys(term)) > 2
        for index in words.remaining("head", (head, long), words.places(head, same=None)):
            alone = not long or _ALONE.search(words.text, max(0, words.starts[index] - 8), words.starts[index])
            if alone and not words.taken[index]:
                return words.stretch(index, index)
    return None


def half_there(terms: Iterable[str], words: Words, share: float = 0.5) -> tuple[int, int] | None:
    """Return where the free words lie that make up a share of a term, half or more, in any form of their family.

    >>> half_there(["discipline management and training"], Words("They are managing discipline."))
    (9, 28)
    """
    for term in terms:
        parts = content_keys(term)
        met = [place for part in parts for place in [_first_free(part, words)] if place is not None]
        if len(parts) > 1 and len(met) >= share * len(parts) and not _replaced(parts, met, words):
            return words.stretch(min(met), max(met))
    return None


def _replaced(parts: Sequence[str], met: Sequence[int], words: Words) -> bool:
    """Whether another word stands among the words met in the place of the part that is missing."""
    first, last = min(met), max(met)
    if len(met) == len(parts) or last - first > len(parts) + 2:
        return False
    between = [i for i in range(first, last) if i not in met and not words.taken[i]]
    return any(not any(related(words.keys[i], part) for part in parts) for i in between)


def _first_free(part: str, words: Words) -> int | None:
    if len(part) < 2:
        return None
    free = words.remaining("half", part, words.places(part, same=related))
    return next((index for index in free if not words.taken[index] and len(words.keys[index]) > 2), None)


def heads_there(terms: Iterable[str], words: Words) -> list[str]:
    """Return those of the terms whose heads stand free among the words.

    >>> heads_there(["Central Committee", "Executive Board"], Words("the Central Executive Board"))
    ['Executive Board']
    """
    return [term for term in terms if any(not words.taken[place] for place in words.places(_head(term), same=None))]


@lru_cache(maxsize=16384)
def _head(term: str) -> str:
    """Return the key of the head of a noun phrase: the word before its first preposition, or the last."""
    found = [key(word) for word in _WORD.findall(term)]
    ends = (i for i, word in enumerate(found) if i and word in _PREPOSITIONS)
    cut = next(ends, len(found))
    return found[cut - 1] if cut and len(found) > 1 else ""


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


_LEVELS = tuple(
    frozenset(map(key, words.split()))
    for words in (
        "province provincial", "commune communal", "region regional", "nation national", "ministry ministerial",
        "division divisional", "department departmental", "locality local",
    )
)  # fmt: skip


def same_level(one: str, other: str) -> bool:
    """Whether two word keys are a level of command or government and its adjective: province, provincial.

    >>> same_level("province", "provincial"), same_level("defence", "defensive")
    (True, False)
    """
    return one == other or any(one in level and other in level for level in _LEVELS)
