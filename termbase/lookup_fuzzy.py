"""The last tier of look-up: edit distance over folded terms, in the window of lengths that can be near.

The distance is optimal string alignment (one insertion, deletion, substitution or swap of neighbours
each count one), by RapidFuzz.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from math import log
from typing import NamedTuple

from termbase.index import Index, Row
from termbase.lookup_query import Query, words_of
from termbase.lookup_rank import agreement
from termbase.text.keys import strip_marks
from termbase.text.syllable import is_syllable

_ALIKE, _WELL_SPELT = 0.75, 0.85
"""The least share of untouched letters of a suggestion; for a query that is spelt well."""
_SHARED = 0.6
"""The least share of common words, by weight, of a suggestion."""
_SHORTEST = 4
"""Fewer letters are like too many others."""
_RARE, _MOST_WORDS = 60, 12
"""A word in so few terms leads to them; words of a query that are followed."""
_LIMIT = 24
_DIGITS = re.compile(r"\d+")


class Found(NamedTuple):
    """How near a term is: edits without marks, edits with marks, and a score of 0 to 100."""

    distance: int
    marked: int
    score: int


def allowed_edits(query: Query) -> int:
    """Return how many edits may lie between a query and a term.

    One for a slip of the keyboard; two where the query is long, or holds a word that is none in either
    language's spelling and so shows that more went wrong.

    >>> [allowed_edits(Query.of(text)) for text in ("cấp", "quân khu", "kinh doanh", "sẵnn sàgn ddấu")]
    [0, 1, 1, 2]
    """
    length = len(query.folded)
    if length < 4:
        return 0
    broken = query.marked and not all(map(is_syllable, words_of(query.exact)))
    return 2 if length >= 20 or (length >= 9 and broken) else 1


def fuzzy(index: Index, query: Query) -> list[tuple[Found, Row]]:
    """Return the terms within the allowed edits of the query that are nearest to it.

    Numbers are never edited, and a short word in capitals is an abbreviation, which one letter makes
    another one: such queries have no fuzzy answer.
    """
    most = allowed_edits(query)
    if not most or (query.text.isupper() and " " not in query.text):
        return []
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    wanted = query.folded.replace("-", " ")
    first, window = _window(index, len(wanted), most)
    near = extract(wanted, window, scorer=OSA.distance, processor=None, score_cutoff=most, limit=_LIMIT)
    distances = {first + place: int(distance) for _, distance, place in near}
    digits = _DIGITS.findall(query.folded)
    found = []
    for row in index.numbered(distances):
        if row.abbreviated or _DIGITS.findall(row.folded) != digits:
            continue
        distance = distances[row.number]
        marked = int(OSA.distance(query.exact, row.exact)) if query.marked else 0
        score = round(100 * (1 - max(distance, marked / 2) / max(len(query.folded), len(row.folded))))
        found.append((Found(distance, marked, score), row))
    found.sort(key=lambda item: (item[0], item[1].merit))
    return [item for item in found if item[0].distance == found[0][0].distance]


def near(index: Index, query: Query) -> list[tuple[float, Row]]:
    """Return the terms that are near enough to be suggested, each with a nearness of 0 to 1.

    Near is a term a few edits away, measured by its length, or one that shares most of what the query
    says: syllables count by how rare they are in the index, and only with marks that do not contradict
    those typed. Nothing else is offered: a far guess is worse than none.
    """
    weigher = _Weigher(index)
    found = {}
    for row in _candidates(index, query, weigher):
        nearness = max(_likeness(query, row), _shared(query, row, weigher))
        if nearness:
            found[row.number] = (nearness, row)
    return list(found.values())


class _Weigher:
    """What a word says about a term: the rarer it is in the index, the more (inverse document frequency)."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, int] = {}
        self._total = len(index.folded)

    def count(self, word: str) -> int:
        """Return how many terms hold the word."""
        if word not in self._known:
            self._known[word] = self._index.frequency(word)
        return self._known[word]

    def weight(self, words: Iterable[str]) -> float:
        """Return the sum of the weights of the words."""
        return sum(log(1 + self._total / max(1, self.count(word))) for word in words)


def _candidates(index: Index, query: Query, weigher: _Weigher) -> list[Row]:
    """Return the terms of like letters, those with a rare word of the query and those with two words in a row."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    wanted = query.folded.replace("-", " ")
    # Nothing longer or shorter by more than a quarter can be alike; the module is loaded by the last tier already.
    first, window = _window(index, len(wanted), int(len(wanted) * (1 / _ALIKE - 1)) + 1)
    alike = OSA.normalized_similarity
    near_ones = extract(wanted, window, scorer=alike, processor=None, score_cutoff=_ALIKE - 0.05, limit=_LIMIT)
    places = [(key, score, place + first - 1) for key, score, place in near_ones]
    rows = index.numbered([place + 1 for _, _, place in places])
    words = words_of(wanted)[:_MOST_WORDS]
    for word in words:
        if 0 < weigher.count(word) <= _RARE:
            rows += index.words([word], _RARE)
    for pair in pairwise(words):
        rows += index.words(pair, _RARE)
    return list({row.number: row for row in rows}.values())


def _likeness(query: Query, row: Row) -> float:
    """Return the share of letters that no edit touches, 0 where that is too little.

    A query of well-spelt syllables holds no slip within them, so that it must be nearer: *kinh doanh* is
    no misspelt *vinh danh*.
    """
    from rapidfuzz.distance import OSA

    if len(query.folded) < _SHORTEST:
        return 0.0
    folded = OSA.normalized_similarity(query.folded, row.folded)
    marked = OSA.normalized_similarity(query.exact, row.exact) if query.marked else folded
    alike: float = (folded + marked) / 2
    return alike if alike >= (_WELL_SPELT if all(map(is_syllable, words_of(query.exact))) else _ALIKE) else 0.0


def _shared(query: Query, row: Row, weigher: _Weigher) -> float:
    """Return twice the weight of the words both have over the weight of all words, 0 where that is too little."""
    mine, theirs = words_of(query.exact), words_of(row.exact)
    if len(mine) < 2:
        return 0.0
    both: list[str] = []
    rest = list(theirs)
    for word in mine:
        same = next((other for other in rest if _same_word(word, other)), None)
        if same is not None:
            rest.remove(same)
            both.append(strip_marks(word))
    all_words = [*map(strip_marks, mine), *map(strip_marks, theirs)]
    share = 2 * weigher.weight(both) / weigher.weight(all_words)
    return share if share >= _SHARED and len(both) > 1 else 0.0


def _same_word(mine: str, theirs: str) -> bool:
    if mine == theirs:
        return True
    return strip_marks(mine) == strip_marks(theirs) and not agreement(mine, theirs).contradicted


def _window(index: Index, length: int, most: int) -> tuple[int, list[str]]:
    """Return the number of the first term of a fitting length, and the folded keys of all that fit."""
    keys = index.folded
    start = bisect_left(keys, length - most, key=len)
    end = bisect_right(keys, length + most, key=len)
    return start + 1, keys[start:end]
