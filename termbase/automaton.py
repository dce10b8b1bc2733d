"""Many patterns in one text: an overlapping Aho-Corasick search over the match key of the text.

The search is overlapping on purpose. A leftmost-longest automaton knows no word edges: in "các tài
liệu" a listed "ác tà" would eat the first letters of "tài liệu", and the edge filter would then drop
the false hit with the true one already gone. So: all hits, then whole words, then the longest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from termbase.text.keys import match_key
from termbase.text.normalize import normalize, normalize_term

_GAP = re.compile(r"[ \t\r\n\"'()\[\]{}]{2,}")
"""White space, quotes and brackets in a row."""


_AROUND = " \"()[]{}"


class Searchable:
    """A text as it is searched: its match key with each gap made one space, and the way back.

    A gap is a run of white space, quotes and brackets that holds white space: ``4 “tại chỗ”`` is
    searched as ``4 tại chỗ"``. A blank line is a border that no term crosses.

    >>> Searchable("sẵn  sàng\\nchiến đấu").text
    'sẵn sàng chiến đấu'
    """

    __slots__ = ("_places", "_shifts", "text")

    def __init__(self, normal: str) -> None:
        key = match_key(normal)
        pieces: list[str] = []
        self._places: list[int] = []
        self._shifts: list[int] = []
        at = length = 0
        for gap in _GAP.finditer(key):
            start, end = gap.span()
            joint = _joint(normal[start:end])
            if joint is None:
                continue
            pieces += (key[at:start], joint)
            length += start - at + 1
            at = end
            self._places.append(length)
            self._shifts.append(end - length)
        if pieces:
            key = "".join((*pieces, key[at:]))
        self.text = key.replace("\n", " ").replace("\t", " ").replace("\r", " ")

    def place(self, position: int) -> int:
        """Return the position in the normal text of a position, not inside a gap, in :attr:`text`."""
        found = bisect_right(self._places, position)
        return position + self._shifts[found - 1] if found else position

    @property
    def same(self) -> bool:
        """Whether positions are those of the normal text."""
        return not self._places


def _joint(gap: str) -> str | None:
    """Return what a gap is searched as: a space, a border, or ``None`` to leave it as it is."""
    breaks = gap.count("\n")
    if breaks > 1:
        return "\v"
    return " " if breaks or " " in gap or "\t" in gap else None


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

    >>> Automaton(["tác chiến", "chiến"]).find("tác chiến")
    [(1, 4, 9), (0, 0, 9)]
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


def leftmost_longest(hits: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the hits, (start, end, pattern), that a reader from the left takes, the longest at each place.

    >>> leftmost_longest([(4, 9, 1), (0, 9, 0), (8, 12, 2)])
    [(0, 9, 0)]
    """
    chosen = []
    free = 0
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if hit[0] >= free:
            chosen.append(hit)
            free = hit[1]
    return chosen
