"""The last tier of look-up: edit distance over folded terms, in the window of lengths that can be near.

The distance is optimal string alignment (one insertion, deletion, substitution or swap of neighbours
each count one): :mod:`termbase.edits` for few edits, RapidFuzz for suggestions.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, log

from termbase.edits import distance, nearest
from termbase.index import Index, Row
from termbase.lookup_query import Query, words_of
from termbase.lookup_rank import agreement
from termbase.text.syllable import is_syllable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NamedTuple
else:
    from termbase.light import NamedTuple

_ALIKE, _WELL_SPELT = 0.75, 0.85
"""The least share of untouched letters of a suggestion; for a query that is spelt well."""
_SHARED = 0.6
"""The least share of common words, by weight, of a suggestion."""
_SHORTEST = 4
"""Fewer letters are like too many others."""
_LONG = 14
"""So many letters bear two edits, if they are misspelt."""
_RARE, _MOST_WORDS = 60, 12
"""A word in so few terms leads to them; words of a query that are followed."""
_LIMIT = 24


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
    if most == 1 and len(query.folded) >= _LONG and not all(map(index.frequency, words_of(query.folded))):
        # A word that no term has shows as well that more went wrong.
        most = 2
    if not most or (query.text.isupper() and " " not in query.text):
        return []
    wanted, digits = query.folded.replace("-", " "), _digits(query.folded)
    rows: list[Row] = []
    for edits in range(1, most + 1):
        distances = nearest(index, wanted, edits)
        rows = [r for r in index.numbered(distances) if not r.abbreviated and _digits(r.folded) == digits]
        if rows:
            break
    least = min((distances[row.number] for row in rows), default=0)
    found = []
    for row in rows:
        if distances[row.number] == least:
            marked = distance(query.exact, row.exact) if query.marked else 0
            score = round(100 * (1 - max(least, marked / 2) / max(len(query.folded), len(row.folded))))
            found.append((Found(least, marked, score), row))
    found.sort(key=lambda item: (item[0], item[1].merit))
    return found


def _digits(key: str) -> list[str]:
    return "".join([char if char.isdecimal() else " " for char in key]).split()


def near(index: Index, query: Query) -> list[tuple[float, Row]]:
    """Return the terms that are near enough to be suggested, each with a nearness of 0 to 1.

    Near is a term a few edits away, measured by its length, or one that shares most of what the query
    says: syllables count by how rare they are in the index, and only with marks that do not contradict
    those typed. Nothing else is offered: a far guess is worse than none.
    """
    weigher = _Weigher(index)
    words = list(zip(words_of(query.exact), words_of(query.folded), strict=False))
    # A query of well-spelt syllables holds no slip within them, so that it must be nearer: *kinh doanh* is
    # no misspelt *vinh danh*.
    least = _WELL_SPELT if all(is_syllable(word) for word, _ in words) else _ALIKE
    found = {}
    for row in _candidates(index, query, least, weigher):
        nearness = max(_likeness(query, row, least), _shared(words, row, weigher))
        if nearness:
            found[row.number] = (nearness, row)
    return list(found.values())


class _Weigher:
    """What a word says about a term: the rarer it is in the index, the more (inverse document frequency)."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, int] = {}
        self._total = index.total

    def count(self, word: str) -> int:
        """Return how many terms hold the word."""
        if word not in self._known:
            self._known[word] = self._index.frequency(word)
        return self._known[word]

    def weight(self, words: Iterable[str]) -> float:
        """Return the sum of the weights of the words."""
        return sum(log(1 + self._total / max(1, self.count(word))) for word in words)


def _candidates(index: Index, query: Query, least: float, weigher: _Weigher) -> list[Row]:
    """Return the terms of like letters, those with a rare word of the query and those with two words in a row."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    wanted = query.folded.replace("-", " ")
    alike = OSA.normalized_similarity
    scored: list[tuple[float, int]] = []
    # What is longer or shorter by more cannot be alike; marks make nothing more alike than it is without them.
    for length in range(max(1, ceil(len(wanted) * least)), int(len(wanted) / least) + 1):
        first, keys = index.folded(length)
        lines = keys.split("\n") if keys else []
        found = extract(wanted, lines, scorer=alike, processor=None, score_cutoff=least, limit=_LIMIT)
        scored += [(-score, first + place) for _, score, place in found]
    rows = index.numbered([number for _, number in sorted(scored)[:_LIMIT]])
    words = words_of(wanted)[:_MOST_WORDS]
    for word in words:
        if 0 < weigher.count(word) <= _RARE:
            rows += index.words([word], _RARE)
    for pair in pairwise(words):
        rows += index.words(pair, _RARE)
    return list({row.number: row for row in rows}.values())


def _likeness(query: Query, row: Row, least: float) -> float:
    """Return the share of letters that no edit touches, 0 where that is less than ``least``."""
    from rapidfuzz.distance import OSA

    if len(query.folded) < _SHORTEST:
        return 0.0
    folded = OSA.normalized_similarity(query.folded, row.folded)
    marked = OSA.normalized_similarity(query.exact, row.exact) if query.marked else folded
    alike: float = (folded + marked) / 2
    return alike if alike >= least else 0.0


def _shared(mine: Sequence[tuple[str, str]], row: Row, weigher: _Weigher) -> float:
    """Return twice the weight of the words both have over the weight of all words, 0 where that is too little."""
    theirs = list(zip(words_of(row.exact), words_of(row.folded), strict=False))
    rest = list(theirs)
    both: list[str] = []
    for word, folded in mine:
        same = next((pair for pair in rest if pair[1] == folded and _agree(word, pair[0])), None)
        if same is not None:
            rest.remove(same)
            both.append(folded)
    if len(both) < 2:
        return 0.0
    share = 2 * weigher.weight(both) / weigher.weight(folded for _, folded in (*mine, *theirs))
    return share if share >= _SHARED else 0.0


def _agree(mine: str, theirs: str) -> bool:
    return mine == theirs or not agreement(mine, theirs).contradicted
