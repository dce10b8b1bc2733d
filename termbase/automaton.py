"""Many patterns in one text: an overlapping Aho-Corasick search over the match key of the text.

The search is overlapping on purpose. A leftmost-longest automaton knows no word edges: in "các tài
liệu" a listed "ác tà" would eat the first letters of "tài liệu", and the edge filter would then drop
the false hit with the true one already gone. So: all hits, then whole words, then the longest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from termbase.text.keys import match_key
from termbase.text.normalize import normalize, normalize_term

_QUOTES = "\"'()[]{}"
_AROUND = " " + _QUOTES.replace("'", "")
_GAP_MARKS = (*_QUOTES, "\t", "\r", "  ")
_GAP_CHARS = frozenset(" \t\r\n\"'()[]{}")


class Searchable:
    """A text as it is searched: its match key with each gap made one space, and the way back.

    A gap is a run of white space, quotes and brackets that holds white space: ``4 “tại chỗ”`` is
    searched as ``4 tại chỗ"``. A blank line is a border that no term crosses. ``ends`` are the places
    in :attr:`text` behind the gaps; ``shifts`` is what to add to a position before the first, and behind each.

    >>> Searchable("sẵn  sàng\\nchiến đấu").text
    'sẵn sàng chiến đấu'
    """

    __slots__ = ("ends", "shifts", "text")

    def __init__(self, normal: str) -> None:
        key = match_key(normal)
        pieces: list[str] = []
        self.ends: list[int] = []
        self.shifts: list[int] = [0]
        at = length = 0
        for start, end in _gaps(key):
            joint = _joint(normal[start:end])
            if joint is None:
                continue
            pieces += (key[at:start], joint)
            length += start - at + 1
            at = end
            self.ends.append(length)
            self.shifts.append(end - length)
        if pieces:
            key = "".join((*pieces, key[at:]))
        if "\t" in key or "\r" in key:
            key = key.replace("\t", " ").replace("\r", " ")
        self.text = key

    def place(self, position: int) -> int:
        """Return the position in the normal text of one in :attr:`text` that is not inside a gap.

        >>> Searchable("a  b").place(2)
        3
        """
        return position + self.shifts[bisect_right(self.ends, position)]

    def to_normal(self, start: int, end: int) -> tuple[int, int, bool]:
        """Return the span in the normal text of a hit, and whether the hit lies across a gap.

        >>> Searchable("a  b").to_normal(0, 3)
        (0, 4, True)
        """
        first = bisect_right(self.ends, start)
        across = first < len(self.ends) and self.ends[first] < end
        last = self.place(end - 1) + 1 if across else end + self.shifts[first]
        return start + self.shifts[first], last, across


def _gaps(key: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of two or more gap characters, in order."""
    # Looking for each rare character is many times faster than one expression over every space.
    places = sorted(place for mark in _GAP_MARKS if mark in key for place in _occurrences(key, mark))
    last = 0
    for place in places:
        if place < last:
            continue
        start, last = place, place + 1
        while start and key[start - 1] in _GAP_CHARS:
            start -= 1
        while last < len(key) and key[last] in _GAP_CHARS:
            last += 1
        if last - start > 1:
            yield start, last


def _occurrences(key: str, wanted: str) -> Iterator[int]:
    place = key.find(wanted)
    while place >= 0:
        yield place
        place = key.find(wanted, place + 1)


def _joint(gap: str) -> str | None:
    """Return what a gap is searched as: a space, a border, or ``None`` to leave it as it is."""
    breaks = gap.count("\n")
    if breaks > 1:
        return "\v"
    return " " if breaks or " " in gap or "\t" in gap else None


Hit = tuple[int, int, int]
"""Start, negated end and pattern: sorted, the leftmost comes first and of those the longest."""

_BETWEEN = "\x00"
_UNTIDY = re.compile(r"[\uff01-\uff5e]|\s[\s\x00]|[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]|\x00\s|^\s|\s$")


def normalized_terms(texts: Sequence[str]) -> list[str]:
    """Return :func:`normalize_term` of each text, at once where nothing is to be done.

    >>> normalized_terms(["quân  đội ", "đội"])
    ['quân đội', 'đội']
    """
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) == len(texts) - 1 and normalize(joined) == joined and not _UNTIDY.search(joined):
        return list(texts)
    return [normalize_term(text) for text in texts]


def searchable_all(normals: Sequence[str]) -> list[str]:
    """Return the searchable text of each normal text, in one go.

    >>> searchable_all(["Quân đội", "4 “tại chỗ”"])
    ['quân đội', '4 tại chỗ']
    """
    joined = _BETWEEN.join(normals)
    if joined.count(_BETWEEN) == max(0, len(normals) - 1):
        keys = Searchable(joined).text.split(_BETWEEN) if normals else []
    else:
        keys = [Searchable(normal).text for normal in normals]
    return [key.strip(_AROUND) for key in keys]


class Automaton:
    """A compiled set of patterns, which are searchable texts already.

    >>> sorted(Automaton(["tác chiến", "chiến"]).find("tác chiến"))
    [(0, 0, 9), (1, 4, 9)]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._machine = AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False) if patterns else None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return every occurrence as (pattern, start, end), also inside and across others."""
        if self._machine is None:
            return []
        hits: list[tuple[int, int, int]] = self._machine.find_matches_as_indexes(text, overlapping=True)
        return hits


def leftmost_longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that a reader from the left takes, the longest at each place.

    >>> leftmost_longest([(4, -9, 1), (0, -9, 0), (8, -12, 2)])
    [(0, -9, 0)]
    """
    chosen = []
    free = 0
    for hit in sorted(hits):
        if hit[0] >= free:
            chosen.append(hit)
            free = -hit[1]
    return chosen
