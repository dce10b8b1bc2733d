"""The index and its search compiled by numba, where it is installed: the same answers, sooner.

Only :mod:`tm.fuzzy.arrays` uses this module, for large memories. The functions are compiled when they are
first called on a machine, which takes some seconds; numba keeps them for later processes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from tm.fuzzy.bounds import RESCUE_LENGTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Function = TypeVar("_Function", bound=Callable[..., Any])

_OCCURRENCES = 4096
_TOKENS = 1 << 24
_ONE, _ALL, _TOP = np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(63)
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(57)
_ODD, _PAIRS, _NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)
_S1, _S2, _S4, _S56, _S6 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56), np.uint64(6)


def compiled(function: _Function) -> _Function:
    """Return the function compiled; it is kept on disk for later processes."""
    made: Any = numba.njit(cache=True, nogil=True)(function)
    return cast("_Function", made)


class Table(NamedTuple):
    """The arrays of a :class:`~tm.fuzzy.array_build.Layout`, and room to work in.

    ``folds`` are those of the owners (:func:`tm.fuzzy.compiled_search.folds`); ``stamp`` has the last query that met a
    segment, ``slot`` the row of a token of the query.
    """

    lengths: NDArray[np.int64]
    first: NDArray[np.int64]
    starts: NDArray[np.int64]
    tokens: NDArray[np.uint32]
    signatures: NDArray[np.uint64]
    weights: NDArray[np.int64]
    elements: NDArray[np.int64]
    bounds: NDArray[np.int64]
    owners: NDArray[np.int32]
    rests: NDArray[np.uint16]
    folds: NDArray[np.uint64]
    stamp: NDArray[np.int64]
    slot: NDArray[np.int32]


class Asked(NamedTuple):
    """A query: its tokens, those unknown beyond the vocabulary; segments ``low`` to ``high`` can match.

    Those from ``long`` on, and the ``others``, are compared whatever they share. No two queries of one
    table have the same ``number``.
    """

    tokens: NDArray[np.int64]
    others: NDArray[np.int64]
    percent: int
    low: int
    long: int
    high: int
    number: int


@compiled
def find(table: Table, asked: Asked) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the segments within the distance that the cutoff allows them, and their distances."""
    masks = _masks(table, asked.tokens)
    low, high = signature(asked.tokens)
    found = np.empty(64, dtype=np.int64)
    steps = np.empty(64, dtype=np.int64)
    chosen = _holding(table, asked, _candidates(table, asked, low, high))
    count = 0
    for index in chosen:
        begin = table.starts[index]
        length = table.starts[index + 1] - begin
        most = _allowed(asked.percent, len(asked.tokens), length)
        distance = _distance(table.slot, masks, len(asked.tokens), table.tokens[begin : begin + length], most)
        if distance > most:
            continue
        if count == len(found):
            found = np.concatenate((found, found))
            steps = np.concatenate((steps, steps))
        found[count] = index
        steps[count] = distance
        count += 1
    for token in asked.tokens:
        if token < len(table.slot):
            table.slot[token] = 0
    return found[:count], steps[:count]


@compiled
def _holding(table: Table, asked: Asked, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, at the front of ``chosen``, the segments that hold enough tokens of the query, noted in ``slot``.

    Each token that is missing costs an edit. Counting them is quicker than the distance, for it waits for nothing.
    """
    size = len(asked.tokens)
    count = 0
    for index in chosen:
        begin = table.starts[index]
        length = table.starts[index + 1] - begin
        held = 0
        for token in table.tokens[begin : begin + length]:
            held += int(table.slot[token] != 0)
        chosen[count] = index
        count += int(max(length, size) - min(held, size) <= _allowed(asked.percent, size, length))
    return chosen[:count]


@compiled
def _masks(table: Table, tokens: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return for each distinct token of the query the places it has there, and note its row in ``slot``."""
    words = (len(tokens) + 63) // 64
    masks = np.zeros((len(tokens) + 1, words), dtype=np.uint64)
    rows = 0
    for place in range(len(tokens)):
        token = tokens[place]
        if token >= len(table.slot):
            continue
        if table.slot[token] == 0:
            rows += 1
            table.slot[token] = rows
        masks[table.slot[token], place >> 6] |= _ONE << np.uint64(place & 63)
    return masks


@compiled
def _distance(
    slot: NDArray[np.int32], masks: NDArray[np.uint64], count: int, stored: NDArray[np.uint32], most: int
) -> int:
    """Return the token edit distance by bit vectors (Myers, Hyyrö), or more than ``most`` where it is more."""
    words = masks.shape[1]
    if words == 1:
        return _distance_in_word(slot, masks, count, stored, most)
    plus = np.full(words, _ALL, dtype=np.uint64)
    minus = np.zeros(words, dtype=np.uint64)
    last = _ONE << np.uint64((count - 1) & 63)
    score, left = count, len(stored)
    for token in stored:
        left -= 1
        row = slot[token]
        up, down = _ONE, np.uint64(0)
        for word in range(words):
            match, vp, vn = masks[row, word], plus[word], minus[word]
            crossed = match | down
            zero = (((crossed & vp) + vp) ^ vp) | crossed | vn
            hp, hn = vn | ~(zero | vp), zero & vp
            if word == words - 1:
                score += int((hp & last) != 0) - int((hn & last) != 0)
            hp_out, hn_out = hp >> _TOP, hn >> _TOP
            hp, hn = (hp << _S1) | up, (hn << _S1) | down
            plus[word], minus[word] = hn | ~(zero | hp), hp & zero
            up, down = hp_out, hn_out
        if score - left > most:
            return most + 1
    return score


@compiled
def _distance_in_word(
    slot: NDArray[np.int32], masks: NDArray[np.uint64], count: int, stored: NDArray[np.uint32], most: int
) -> int:
    """Return :func:`_distance` for a query of at most 64 tokens, whose bits are one word each."""
    plus, minus = _ALL, np.uint64(0)
    last = _ONE << np.uint64(count - 1)
    score, left = count, len(stored)
    for token in stored:
        left -= 1
        match = masks[slot[token], 0]
        zero = (((match & plus) + plus) ^ plus) | match | minus
        up, down = minus | ~(zero | plus), zero & plus
        score += int((up & last) != 0) - int((down & last) != 0)
        if score - left > most:
            return most + 1
        up, down = (up << _S1) | _ONE, down << _S1
        plus, minus = down | ~(zero | up), up & zero
    return score


@compiled
def _allowed(percent: int, first: int, second: int) -> int:
    """Return :func:`tm.fuzzy.bounds.allowed_distance`."""
    longer = max(first, second)
    allowed = longer - (percent * longer + 99) // 100
    if first == second and first <= RESCUE_LENGTH:
        return max(allowed, 1)
    return allowed


@compiled
def _candidates(table: Table, asked: Asked, low: np.uint64, high: np.uint64) -> NDArray[np.int64]:
    """Return the segments that share enough, and whose signature does not prove that too much differs.

    A segment whose first shared element has ``left`` elements of the query from there on, or ``rest`` of its
    own, shares no more than the lesser of the two.
    """
    chosen = np.empty(256, dtype=np.int64)
    count = 0
    size = len(asked.tokens)
    fold = low | high
    held = _ones(fold)
    prefix = _prefix(asked.tokens, table.weights, asked.percent)
    for rank in range(len(prefix)):
        begin, end = _posted(table, prefix[rank])
        if begin == end:
            continue
        longest = max((size - rank) * 100 // asked.percent, size)
        position = begin + _place(table.owners[begin:end], asked.low)
        after = table.first[min(longest + 1, len(table.first) - 1)]
        while position < end and table.owners[position] < after:
            length = table.lengths[table.owners[position]]
            until = position + _place(table.owners[position:end], table.first[length + 1])
            if len(chosen) < count + until - position:
                chosen = _grown(chosen, count + until - position)
            need, most = _needed(asked.percent, size, length), _allowed(asked.percent, size, length)
            start = count
            for place in range(position, until):  # without branches, so that nothing waits for memory
                chosen[count] = table.owners[place]
                stored = table.folds[place]
                near = max(held, _ones(stored)) - _ones(stored & fold) <= most
                count += int(near) & int(table.rests[place] >= need)
            position, count = until, _signed(table, chosen, (start, count), (low, high), most)
            count = _fresh(table, chosen, (start, count), asked.number)
    if asked.high <= asked.long and not len(asked.others):
        return chosen[:count]
    rest = np.concatenate((asked.others, np.arange(max(asked.long, asked.low), asked.high)))
    fresh = rest[table.stamp[rest] != asked.number]
    return np.concatenate((chosen[:count], fresh))


@compiled
def _posted(table: Table, element: int) -> tuple[int, int]:
    """Return where the posting list of an element begins and ends."""
    place = _place(table.elements, element) if element >= 0 else len(table.elements)
    if place == len(table.elements) or table.elements[place] != element:
        return 0, 0
    return table.bounds[place], table.bounds[place + 1]


@compiled
def _place(ordered: NDArray[Any], value: int) -> int:
    """Return the first place in ``ordered`` that is not less than ``value``."""
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) >> 1
        if ordered[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _grown(values: NDArray[np.int64], needed: int) -> NDArray[np.int64]:
    wider = np.empty(max(2 * len(values), needed), dtype=np.int64)
    wider[: len(values)] = values
    return wider


@compiled
def _signed(
    table: Table, chosen: NDArray[np.int64], part: tuple[int, int], own: tuple[np.uint64, np.uint64], most: int
) -> int:
    """Keep, in ``chosen`` from the start of ``part`` on, what may be near enough; return the new end."""
    low, high = own
    count = part[0]
    for place in range(part[0], part[1]):
        index = chosen[place]
        stored_low, stored_high = table.signatures[index, 0], table.signatures[index, 1]
        ours = _ones(low & ~stored_low) + _ones(high & ~stored_high)
        theirs = _ones(stored_low & ~low) + _ones(stored_high & ~high)
        chosen[count] = index
        count += int(max(ours, theirs) <= most)
    return count


@compiled
def _fresh(table: Table, chosen: NDArray[np.int64], part: tuple[int, int], number: int) -> int:
    """Keep what this query has not met yet; return the new end."""
    count = part[0]
    for place in range(part[0], part[1]):
        index = chosen[place]
        if table.stamp[index] != number:
            table.stamp[index] = number
            chosen[count] = index
            count += 1
    return count


@compiled
def _needed(percent: int, first: int, second: int) -> int:
    """Return how many elements two segments of these lengths must share."""
    longer = max(first, second)
    needed = (percent * longer + 99) // 100
    if first == second and first <= RESCUE_LENGTH:
        needed = min(needed, first - 1)
    return max(needed, 1)


@compiled
def _prefix(tokens: NDArray[np.int64], weights: NDArray[np.int64], percent: int) -> NDArray[np.int64]:
    """Return the elements of which a match must hold one, rarest first, −1 for each that is unknown."""
    count = len(tokens)
    ordered = np.sort(tokens)
    keys = np.empty(count, dtype=np.int64)
    known = occurrence = 0
    for place in range(count):
        token = ordered[place]
        occurrence = occurrence + 1 if place and token == ordered[place - 1] else 0
        if token < len(weights):
            keys[known] = key_of(token, occurrence, weights[token])
            known += 1
    shared = (percent * count + 99) // 100
    if count <= RESCUE_LENGTH:
        shared = min(shared, count - 1)
    wanted = max(count - max(shared, 1) + 1 - (count - known), 0)
    found = np.full(count - known + wanted, -1, dtype=np.int64)
    ranked = np.sort(keys[:known])
    for place in range(wanted):
        token, occurrence = parts_of(ranked[place])
        found[count - known + place] = token * _OCCURRENCES + occurrence
    return found


@compiled
def key_of(token: int, occurrence: int, weight: int) -> int:
    """Return :func:`tm.fuzzy.postings.order_key`."""
    return (weight >> min(2 * occurrence, 30)) << 36 | (_TOKENS - 1 - token) << 12 | occurrence


@compiled
def parts_of(key: int) -> tuple[int, int]:
    """Return the token and the occurrence of an order key."""
    return _TOKENS - 1 - (key >> 12 & (_TOKENS - 1)), key & (_OCCURRENCES - 1)


@compiled
def signature(tokens: NDArray[Any]) -> tuple[np.uint64, np.uint64]:
    """Return the two halves of a segment's signature, one bit of 128 for each distinct token."""
    low = high = np.uint64(0)
    for token in tokens:
        place = (np.uint64(token) * _MIX) >> _SHIFT
        bit = _ONE << (place & _TOP)
        if place >> _S6:
            high |= bit
        else:
            low |= bit
    return low, high


@compiled
def _ones(value: np.uint64) -> int:
    """Return how many bits are set."""
    value = value - ((value >> _S1) & _ODD)
    value = (value & _PAIRS) + ((value >> _S2) & _PAIRS)
    value = (value + (value >> _S4)) & _NIBBLES
    return int((value * _BYTES) >> _S56)
