"""Many patterns in one text: an overlapping Aho-Corasick search over the match key of the text.

The search is overlapping on purpose. A leftmost-longest automaton knows no word edges: in "các tài
liệu" a listed "ác tà" would eat the first letters of "tài liệu", and the edge filter would then drop
the false hit with the true one already gone. So: all hits, then whole words, then the longest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, AnyStr, Generic

from termbase.text.keys import match_key
from termbase.text.normalize import Mapped, normalize, normalize_mapped, normalize_term

if TYPE_CHECKING:
    from termbase.codepage import CodePage

_QUOTES = "\"'()[]{}"
_AROUND = " " + _QUOTES.replace("'", "")
_GAP = (" \t\r\n" + _QUOTES).encode()
_RARE = bytes.maketrans((_QUOTES + "\r").encode(), b"\t" * (len(_QUOTES) + 1))
_BORDER = "\v"
_TAB = 9


class Searchable:
    """A text as it is searched: its match key with each gap made one space, and the way back.

    A gap is a run of white space, quotes and brackets that holds white space: ``4 “tại chỗ”`` is
    searched as ``4 tại chỗ"``. A blank line is a border that no term crosses. ``ends`` are the places
    in :attr:`text` behind the gaps; ``shifts`` is what to add to a position before the first, and behind each.

    With a code page :attr:`data` is the text a byte a character; ``unsure`` is set where that does not
    tell every character. ``normal`` is the storage form of the text, ``mapped`` the way back from it.

    >>> Searchable("sẵn  sàng\\nchiến đấu").text
    'sẵn sàng chiến đấu'
    """

    __slots__ = ("_page", "_text", "data", "ends", "mapped", "normal", "shifts", "unsure")

    def __init__(self, text: str, page: CodePage | None = None) -> None:
        folded = page.fold(text) if page else None
        self._page = page
        self._text: str | None = None
        self.normal = text
        self.mapped: Mapped | None = None
        self.unsure = folded is None
        if folded is None:
            self.mapped = normalize_mapped(text)
            self.normal = self.mapped.text
            self._text = match_key(self.normal)
            folded = page.fold_key(self._text) if page else self._text.encode("ascii", "replace")
        self.ends: list[int] = []
        self.shifts = [0]
        # A number is looked for several times faster than a byte string, and find is faster than "in".
        if _TAB in (rare := folded.translate(_RARE)) or rare.find(b"  ") >= 0:
            folded = self._closed(folded, list(_gaps(rare)))
        self.data = folded

    def _closed(self, folded: bytes, gaps: Sequence[tuple[int, int]]) -> bytes:
        """Make each gap of the text one space or a border, and note where they were."""
        pieces: list[bytes] = []
        letters: list[str] = []
        at = length = 0
        for start, end in gaps:
            joint = _joint(self.normal[start:end])
            if joint is None:
                continue
            pieces += (folded[at:start], joint.encode())
            if self._text is not None:
                letters += (self._text[at:start], joint)
            length += start - at + 1
            at = end
            self.ends.append(length)
            self.shifts.append(end - length)
        if self._text is not None:
            self._text = "".join((*letters, self._text[at:])).replace("\t", " ").replace("\r", " ")
        return b"".join((*pieces, folded[at:])).replace(b"\t", b" ").replace(b"\r", b" ")

    @property
    def text(self) -> str:
        """The searched text; with a code page each tone may stand where it was typed."""
        if self._text is None:
            assert self._page is not None
            self._text = self._page.unfold(self.data)
        return self._text

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the caller's text of one in the normal text."""
        return (start, end) if self.mapped is None else self.mapped.to_source(start, end)

    def to_normal(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the normal text of a hit in :attr:`text` that ends on no gap.

        >>> Searchable("a  b").to_normal(0, 3)
        (0, 4)
        """
        last = end - 1 + self.shifts[bisect_right(self.ends, end - 1)]
        return start + self.shifts[bisect_right(self.ends, start)], last + 1


def _gaps(rare: bytes) -> Iterator[tuple[int, int]]:
    """Yield the runs of two or more gap characters, in order; all of them but the space are tabs here."""
    # Looking for the rare places is many times faster than one expression over every space.
    places = sorted({*_occurrences(rare, b"\t"), *_occurrences(rare, b"  ")})
    last = 0
    for place in places:
        if place < last:
            continue
        start, last = place, place + 1
        while start and rare[start - 1] in _GAP:
            start -= 1
        while last < len(rare) and rare[last] in _GAP:
            last += 1
        if last - start > 1:
            yield start, last


def _occurrences(rare: bytes, wanted: bytes) -> Iterator[int]:
    place = rare.find(wanted)
    while place >= 0:
        yield place
        place = rare.find(wanted, place + 1)


def _joint(gap: str) -> str | None:
    """Return what a gap is searched as: a space, a border, or ``None`` to leave it as it is."""
    breaks = gap.count("\n")
    if breaks > 1:
        return _BORDER
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


class Automaton(Generic[AnyStr]):
    """A compiled set of patterns, which are searchable already: strings, or bytes of a code page.

    >>> sorted(Automaton(["tác chiến", "chiến"]).find("tác chiến"))
    [(0, 0, 9), (1, 4, 9)]
    """

    def __init__(self, patterns: Sequence[AnyStr]) -> None:
        from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, MatchKind

        self._machine: Any = None
        if patterns and isinstance(patterns[0], bytes):
            self._machine = BytesAhoCorasick(patterns, matchkind=MatchKind.Standard)
        elif patterns:
            self._machine = AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False)  # type: ignore[arg-type]

    def find(self, text: AnyStr) -> list[tuple[int, int, int]]:
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
