"""Token edit distance, its edit script, and the same over characters.

Distances are Levenshtein's. RapidFuzz computes them where it is installed, Python's integers as bit
vectors otherwise (Myers, JACM 46, 1999; Hyyrö, 2003); both give the same numbers. Nothing is asked of a
library by a floating cutoff: RapidFuzz 3.14.6 loses pairs that lie exactly on one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

_Distance = Callable[[Sequence[Hashable], Sequence[Hashable]], int]


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


def edit_script(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from ``old`` to ``new`` as ``(op, old_start, old_end, new_start, new_end)``.

    The number of tokens changed, added and dropped is :func:`distance`; neighbouring steps of one kind
    are one step.

    >>> edit_script(["a", "b", "c"], ["a", "x", "c", "d"])
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2), ('equal', 2, 3, 2, 3), ('insert', 3, 3, 3, 4)]
    """
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    steps: list[tuple[str, int, int, int, int]] = [("equal", 0, head, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    for op, i, j in _middle(old[head:old_end], new[head:new_end]):
        i, j = head + i, head + j
        i_end, j_end = i + (op != "insert"), j + (op != "delete")
        if steps and steps[-1][0] == op:
            _, i, _, j, _ = steps.pop()
        steps.append((op, i, i_end, j, j_end))
    if tail:
        if steps and steps[-1][0] == "equal":
            _, old_end, _, new_end, _ = steps.pop()
        steps.append(("equal", old_end, len(old), new_end, len(new)))
    return steps


def _middle(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the steps between what equal heads and tails leave."""
    return _around_one(old, new) if len(old) <= 1 or len(new) <= 1 else _by_bits(old, new)


def _by_bits(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the steps by the bit vectors of :func:`pure_distance`, walked back from the end.

    A bit of ``level`` says that a cell costs what its diagonal neighbour costs, a bit of ``rising`` that it
    costs more than the cell above.
    """
    places: dict[str, int] = {}
    for index, item in enumerate(old):
        places[item] = places.get(item, 0) | (1 << index)
    mask = (1 << len(old)) - 1
    plus, minus = mask, 0
    level, rising = [0], [mask]
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


def _around_one(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the steps of :func:`_middle` where one side has a token at most: it stands for its like, or the last."""
    if not old or not new:
        return [("delete", i, 0) for i in range(len(old))] or [("insert", 0, j) for j in range(len(new))]
    dropping = len(new) == 1
    one, others = (new[0], old) if dropping else (old[0], new)
    place = max((place for place, other in enumerate(others) if other == one), default=-1)
    kept, op = (place, "equal") if place >= 0 else (len(others) - 1, "replace")
    if dropping:
        return [(op, i, 0) if i == kept else ("delete", i, int(i > kept)) for i in range(len(old))]
    return [(op, 0, j) if j == kept else ("insert", int(j > kept), j) for j in range(len(new))]


def _walked(
    old: Sequence[str], new: Sequence[str], level: Sequence[int], rising: Sequence[int]
) -> list[tuple[str, int, int]]:
    i, j = len(old), len(new)
    path: list[tuple[str, int, int]] = []
    while i and j:
        if old[i - 1] == new[j - 1]:
            i, j, op = i - 1, j - 1, "equal"
        elif not level[j] >> (i - 1) & 1:
            i, j, op = i - 1, j - 1, "replace"
        elif rising[j] >> (i - 1) & 1:
            i, op = i - 1, "delete"
        else:
            j, op = j - 1, "insert"
        path.append((op, i, j))
    path += [("delete", k, 0) for k in range(i - 1, -1, -1)]
    path += [("insert", 0, k) for k in range(j - 1, -1, -1)]
    return path[::-1]


_chosen: list[_Distance] = []


def _implementation() -> _Distance:
    if not _chosen:
        try:
            from rapidfuzz.distance import Levenshtein

            _chosen.append(Levenshtein.distance)
        except ImportError:
            _chosen.append(pure_distance)
    return _chosen[0]
