"""Token edit distance, its edit script, and the same over characters.

Distances are Levenshtein's. RapidFuzz computes them where it is installed, Python's integers as bit
vectors otherwise (Myers, JACM 46, 1999; Hyyrö, 2003); both give the same numbers. Nothing is asked of a
library by a floating cutoff: RapidFuzz 3.14.6 loses pairs that lie exactly on one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import compress, count
from operator import ne

_Distance = Callable[[Sequence[Hashable], Sequence[Hashable]], int]
_Step = tuple[str, int, int, int, int]


def distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Return the least number of insertions, deletions and replacements that turn one into the other.

    >>> distance("kitten", "sitting"), distance(["a", "b"], ["a", "c", "b"])
    (3, 1)
    """
    return _implementation()(first, second)


def pure_distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Return :func:`distance` by bit vectors in pure Python.

    >>> pure_distance("kitten", "sitting"), pure_distance("", "abc")
    (3, 3)
    """
    if not first or not second:
        return len(first) or len(second)
    places: dict[Hashable, int] = {}
    for index, item in enumerate(first):
        places[item] = places.get(item, 0) | (1 << index)
    mask = (1 << len(first)) - 1
    last = 1 << (len(first) - 1)
    plus, minus, score = mask, 0, len(first)
    for item in second:
        match = places.get(item, 0)
        zero = (((match & plus) + plus) ^ plus) | match | minus
        up = minus | ~(zero | plus) & mask
        down = plus & zero
        score += bool(up & last) - bool(down & last)
        up = (up << 1) | 1
        plus = ((down << 1) | ~(zero | up)) & mask
        minus = up & zero & mask
    return score


def edit_script(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Return the steps from ``old`` to ``new`` as ``(op, old_start, old_end, new_start, new_end)``.

    The number of tokens changed, added and dropped is :func:`distance`; neighbouring steps of one kind
    are one step.

    >>> edit_script(["a", "b", "c"], ["a", "x", "c", "d"])
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2), ('equal', 2, 3, 2, 3), ('insert', 3, 3, 3, 4)]
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    middle = _middle(old[head:old_end], new[head:new_end])
    steps = [(op, head + a, head + b, head + c, head + d) for op, a, b, c, d in middle] if head else middle
    if head:
        steps.insert(0, ("equal", 0, head, 0, head))
    if tail:
        steps.append(("equal", old_end, len(old), new_end, len(new)))
    return steps


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many tokens are equal from the beginning."""
    return next(compress(count(), map(ne, first, second)), min(len(first), len(second)))


def _middle(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Return the steps between what equal heads and tails leave: the first tokens differ, and the last."""
    if not old or not new:
        return [("delete" if old else "insert", 0, len(old), 0, len(new))] if old or new else []
    if not set(old).isdisjoint(new):
        return _by_bits(old, new)
    more = len(old) - len(new)
    replaced = ("replace", max(more, 0), len(old), max(-more, 0), len(new))
    return [("delete" if more > 0 else "insert", 0, replaced[1], 0, replaced[3]), replaced] if more else [replaced]


def _by_bits(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Return the steps by the bit vectors of :func:`pure_distance`, walked back from the end.

    A bit of ``level`` says that a cell costs what its diagonal neighbour costs, a bit of ``rising`` that it
    costs more than the cell above.
    """
    places: dict[str, int] = {}
    bit = 1
    for item in old:
        places[item] = places.get(item, 0) | bit
        bit <<= 1
    mask = bit - 1
    plus, minus = mask, 0
    level, rising = [], []
    for item in new:
        match = places.get(item, 0)
        zero = (((match & plus) + plus) ^ plus) | match | minus
        up = ((minus | ~(zero | plus) & mask) << 1) | 1
        down = plus & zero
        plus = ((down << 1) | ~(zero | up)) & mask
        minus = up & zero & mask
        level.append(zero)
        rising.append(plus)
    return _walked(old, new, level, rising)


def _walked(old: Sequence[str], new: Sequence[str], level: Sequence[int], rising: Sequence[int]) -> list[_Step]:
    i = last_i = len(old)
    j = last_j = len(new)
    last = ""
    steps: list[_Step] = []
    while i or j:
        if not j:
            op = "delete"
        elif not i:
            op = "insert"
        elif old[i - 1] == new[j - 1]:
            op = "equal"
        elif not level[j - 1] >> (i - 1) & 1:
            op = "replace"
        else:
            op = "delete" if rising[j - 1] >> (i - 1) & 1 else "insert"
        if op != last:
            if last:
                steps.append((last, i, last_i, j, last_j))
            last, last_i, last_j = op, i, j
        i -= op != "insert"
        j -= op != "delete"
    steps.append((last, 0, last_i, 0, last_j))
    return steps[::-1]


_chosen: list[_Distance] = []


def _implementation() -> _Distance:
    if not _chosen:
        try:
            from rapidfuzz.distance import Levenshtein

            _chosen.append(Levenshtein.distance)
        except ImportError:
            _chosen.append(pure_distance)
    return _chosen[0]
