"""The terms within one or two edits of a query, found in the index's lines of keys.

An edit is an insertion, a deletion, a substitution or a swap of neighbours (optimal string alignment).
A key cut in one piece more than there are edits has a piece that no edit touches, unless a swap touches
two of them; so the pieces are looked for with :meth:`str.find`, the swaps across their borders are tried
one by one, and only what is found is measured. This is faster than measuring every term, and needs no
library that a cold look-up would have to load.
"""

from __future__ import annotations

from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbase.index import Index

_LIMIT = 24


def nearest(index: Index, wanted: str, most: int) -> dict[int, int]:
    """Return the terms within ``most`` edits of a folded key by number, with their distance, the nearest first.

    >>> from termbase.index import Index
    >>> from termbase.model import Concept, Term
    >>> index = Index.from_concepts([Concept(id="a", terms=(Term(text="quân đội", lang="vi"),))])
    >>> nearest(index, "qaun doi", 1), nearest(index, "qaun dol", 1)
    ({1: 1}, {})
    """
    candidates: list[tuple[int, str]] = []
    for length in range(max(1, len(wanted) - most), len(wanted) + most + 1):
        first, lines = index.folded(length)
        for line in set(_lines(lines, length, wanted, most)):
            begin = line * (length + 1)
            candidates.append((first + line, lines[begin : begin + length]))
    found = []
    for number, key in candidates:
        edits = few_edits(wanted, key, most)
        if edits is not None:
            found.append((edits, number))
    found.sort()
    return {number: edits for edits, number in found[:_LIMIT]}


def _lines(lines: str, length: int, wanted: str, most: int) -> Iterator[int]:
    """Yield the lines, all of one length, that hold a piece of the key about where the key has it."""
    for start, piece, reach in _pieces(wanted, most):
        place = lines.find(piece)
        while place >= 0:
            line, column = divmod(place, length + 1)
            if -reach <= column - start <= reach:
                yield line
                # One place in a line is enough.
                place = lines.find(piece, (line + 1) * (length + 1))
            else:
                place = lines.find(piece, place + 1)


def _pieces(wanted: str, most: int) -> Iterator[tuple[int, str, int]]:
    """Yield pieces of which each key within the edits holds one: where it starts, the piece, how far it may shift."""
    borders = [len(wanted) * place // (most + 1) for place in range(most + 2)]
    for start, end in pairwise(borders):
        yield start, wanted[start:end], most
    for border in borders[1:-1]:
        swapped = f"{wanted[: border - 1]}{wanted[border]}{wanted[border - 1]}{wanted[border + 1 :]}"
        if most == 1:
            yield 0, swapped, 0
        else:
            yield from _pieces(swapped, most - 1)


def few_edits(one: str, other: str, most: int) -> int | None:
    """Return the distance of two strings, ``None`` where it is more than ``most``.

    >>> few_edits("quan doi", "qaun doi", 1), few_edits("quan", "quan doi", 2)
    (1, None)
    """
    if one == other:
        return 0
    for allowed in range(abs(len(one) - len(other)) or 1, most + 1):
        if _within(one, other, allowed):
            return allowed
    return None


def _within(one: str, other: str, most: int) -> bool:
    start, mine, theirs = 0, len(one), len(other)
    while start < mine and start < theirs and one[start] == other[start]:
        start += 1
    while mine > start and theirs > start and one[mine - 1] == other[theirs - 1]:
        mine -= 1
        theirs -= 1
    one, other = one[start:mine], other[start:theirs]
    if not one or not other or not most:
        return len(one) + len(other) <= most
    swapped = len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]
    if most == 1:
        return len(one) == len(other) == 1 + swapped
    if swapped and _within(one[2:], other[2:], most - 1):
        return True
    return any(_within(one[a:], other[b:], most - 1) for a, b in ((1, 1), (1, 0), (0, 1)))


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance of two short strings.

    >>> distance("quân đội", "qaun đôi")
    3
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, yours in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != yours))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == yours:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
