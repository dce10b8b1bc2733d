"""The last tier of look-up: edit distance over folded terms, in the window of lengths that can be near.

The distance is optimal string alignment (one insertion, deletion, substitution or swap of neighbours
each count one), by RapidFuzz.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from termbase.index import Index, Row
from termbase.lookup_query import Query, words_of
from termbase.text.syllable import is_syllable

_NEAR = 62
"""The least similarity, in per cent, of a suggestion."""
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
    """Return terms that look like the query as a whole or share most of its words, with a similarity."""
    from rapidfuzz.fuzz import ratio, token_sort_ratio
    from rapidfuzz.process import extract

    best: dict[int, float] = {}
    for scorer in (ratio, token_sort_ratio):
        for _, score, place in extract(query.folded, index.folded, scorer=scorer, score_cutoff=_NEAR, limit=8):
            best[place + 1] = max(score, best.get(place + 1, 0.0))
    return [(best[row.number], row) for row in index.numbered(best)]


def _window(index: Index, length: int, most: int) -> tuple[int, list[str]]:
    """Return the number of the first term of a fitting length, and the folded keys of all that fit."""
    keys = index.folded
    start = bisect_left(keys, length - most, key=len)
    end = bisect_right(keys, length + most, key=len)
    return start + 1, keys[start:end]
