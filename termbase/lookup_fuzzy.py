"""The last tier of look-up: edit distance over folded terms, in the window of lengths that can be near.

The distance is optimal string alignment (one insertion, deletion, substitution or swap of neighbours
each count one), by RapidFuzz.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from termbase.index import Index, Row
from termbase.lookup_query import Query

_NEAR = 62
"""The least similarity, in per cent, of a suggestion."""
_LIMIT = 24
_DIGITS = re.compile(r"\d+")


class Found(NamedTuple):
    """How near a term is: edits without marks, edits with marks, and a score of 0 to 100."""

    distance: int
    marked: int
    score: int


def allowed_edits(length: int) -> int:
    """Return how many edits may lie between a query of this length and a term.

    >>> [allowed_edits(length) for length in (3, 6, 12, 30)]
    [0, 1, 2, 3]
    """
    if length < 4:
        return 0
    if length < 9:
        return 1
    return 2 if length < 22 else 3


def fuzzy(index: Index, query: Query) -> list[tuple[Found, Row]]:
    """Return the terms within the allowed edits of the query, nearest first.

    Numbers are never edited, and a short word in capitals is an abbreviation, which one letter makes
    another one: such queries have no fuzzy answer.
    """
    most = allowed_edits(len(query.folded))
    if not most or (query.text.isupper() and " " not in query.text):
        return []
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    first, window = _window(index, len(query.folded), most)
    near = extract(query.folded, window, scorer=OSA.distance, processor=None, score_cutoff=most, limit=_LIMIT)
    digits = _DIGITS.findall(query.folded)
    found = []
    for row in index.numbered(first + place for _, _, place in near):
        if row.abbreviated or _DIGITS.findall(row.folded) != digits:
            continue
        distance = int(OSA.distance(query.folded, row.folded))
        marked = int(OSA.distance(query.exact, row.exact)) if query.marked else 0
        score = round(100 * (1 - max(distance, marked / 2) / max(len(query.folded), len(row.folded))))
        found.append((Found(distance, marked, score), row))
    found.sort(key=lambda item: (item[0], item[1].merit))
    return found


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
