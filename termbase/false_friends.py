"""Hits whose letters belong to other words: "chiến *sĩ quan* tâm", "Trung *Quốc phòng* chống".

Two judges, the cheap one first. Known words: the cheapest reading of the syllables around a hit, with
the terms and some common words as the lexicon; it decides where one reading is better. Segmentation:
where the lexicon is of two minds or knows no other reading, a word of :func:`termbase.text.words.segment`
that lies across an edge of the hit makes it doubtful. Doubtful hits are marked, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from termbase.common_words import BOTH_MEANT, common_words, free_syllables

_SYLLABLE = re.compile(r"[^\W\d_]+")
_LONGEST = 4
_AROUND = 4
"""Syllables read on either side of a hit."""

_WORD, _SINGLE, _BOUND = 4, 6, 7
"""What a reading pays for a known word of several syllables, for a syllable by itself, and for one that is
hardly ever a word by itself: "phòng *không khí*" leaves *phòng* alone, "*phòng không* khí" leaves *khí*."""

Known = Callable[[str], bool]


class _Window(NamedTuple):
    """The syllables around a hit, as keys, and the places of the hit among them."""

    syllables: tuple[str, ...]
    first: int
    last: int


def doubtful_hits(normal: str, key: str, hits: Sequence[tuple[int, int]], known: Known) -> set[int]:
    """Return the indexes of the hits, spans of the normal text, that lie across a word border.

    ``key`` is the match key of the text, ``known`` says whether a key is a term. Hits of more than
    three syllables are never doubtful; those of one only by known words.

    >>> text = "chiến sĩ quan tâm"
    >>> doubtful_hits(text, text, [(6, 13)], {"sĩ quan", "chiến sĩ"}.__contains__)
    {0}
    """
    words = common_words()
    whole = words - BOTH_MEANT
    lexicon = lambda word: word in words or known(word)  # noqa: E731
    doubtful: set[int] = set()
    open_ones: list[int] = []
    for index, (start, end) in enumerate(hits):
        count = len(_SYLLABLE.findall(key, start, end))
        if not 1 <= count <= 3:
            continue
        verdict = _by_lexicon(_window(key, start, end), lexicon, whole)
        if verdict:
            doubtful.add(index)
        elif verdict is None and count > 1:
            open_ones.append(index)
    doubtful.update(_by_segmentation(normal, hits, open_ones))
    return doubtful


def _window(key: str, start: int, end: int) -> _Window:
    """Return the syllables of the hit with its neighbours up to punctuation or a number."""
    inner = [found.group() for found in _SYLLABLE.finditer(key, start, end)]
    before: list[str] = []
    at = start
    left = list(_SYLLABLE.finditer(key, max(0, start - 48), start))
    while left and len(before) < _AROUND and not key[left[-1].end() : at].strip():
        at = left[-1].start()
        before.append(left.pop().group())
    after: list[str] = []
    at = end
    for found in _SYLLABLE.finditer(key, end, end + 48):
        if len(after) == _AROUND or key[at : found.start()].strip():
            break
        at = found.end()
        after.append(found.group())
    return _Window((*reversed(before), *inner, *after), len(before), len(before) + len(inner))


def _by_lexicon(window: _Window, known: Known, common: Container[str]) -> bool | None:
    """Whether another reading is better (true), worse (false), or nothing is known of one (``None``)."""
    across = [word for word in _words(window.syllables, known) if _against(window, *word, common)]
    if not across:
        return None
    whole = _cost(window, known, kept=True)
    other = min(_cost(window, known, forced=word) for word in across)
    return None if whole == other else other < whole


def _against(window: _Window, start: int, end: int, common: Container[str]) -> bool:
    """Whether a word at these syllables tells against the hit: it cuts it, or swallows its one syllable.

    A longer term around the hit is made of it (*lực lượng dân quân*) and tells nothing.
    """
    if not (start < window.first < end or start < window.last < end):
        return False
    if start > window.first or end < window.last:
        return True
    return window.last - window.first == 1 and " ".join(window.syllables[start:end]) in common


def _words(syllables: Sequence[str], known: Known) -> Iterator[tuple[int, int]]:
    for start in range(len(syllables)):
        for end in range(start + 2, min(start + _LONGEST, len(syllables)) + 1):
            if known(" ".join(syllables[start:end])):
                yield start, end


def _cost(window: _Window, known: Known, *, kept: bool = False, forced: tuple[int, int] | None = None) -> int:
    """Return the cost of the cheapest reading that keeps the hit as one word, or has the forced word."""
    syllables, first, last = window
    word = (first, last) if kept else forced
    assert word is not None
    best = [0]
    for end in range(1, len(syllables) + 1):
        costs = []
        for start in range(max(0, end - _LONGEST), end):
            if (start, end) != word and start < word[1] and end > word[0]:
                continue
            if (start, end) == word or (end - start > 1 and known(" ".join(syllables[start:end]))):
                costs.append(best[start] + _WORD)
            elif end - start == 1:
                free = syllables[start] in free_syllables() or known(syllables[start])
                costs.append(best[start] + (_SINGLE if free else _BOUND))
        # Places inside the word are no borders of this reading.
        best.append(min(costs, default=10_000))
    return best[-1]


def _by_segmentation(normal: str, hits: Sequence[tuple[int, int]], indexes: Sequence[int]) -> Iterator[int]:
    if not indexes:
        return
    from termbase.text.words import segment

    lines: dict[tuple[int, int], list[int]] = {}
    for index in indexes:
        start, end = hits[index]
        place = normal.rfind("\n", 0, start) + 1, normal.find("\n", end)
        lines.setdefault(place, []).append(index)
    for (begin, finish), inside in lines.items():
        line = normal[begin:] if finish < 0 else normal[begin:finish]
        spans = [(word.start + begin, word.end + begin) for word in segment(line)]
        for index in inside:
            start, end = hits[index]
            if any(a < start < b < end or start < a < end < b for a, b in spans):
                yield index
