"""Posting lists: which segments hold an element in their prefix, and up to which cutoff.

An element is a token and its occurrence, one integer: ``token * 4096 + occurrence``. Elements are ordered
rarest first by :func:`order_key`, the same way for every segment and query until the lists are rebuilt.
Only the prefixes for cutoffs from 50 per cent upwards are kept, the rarer half of each segment.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tm.fuzzy.bounds import LOWEST_INDEXED, entry_limit

if TYPE_CHECKING:
    from numpy.typing import NDArray

OCCURRENCES = 4096
"""One more than the greatest occurrence of a token in a posted segment."""

_TOKENS = 1 << 24
_BULK = 2000
_LITTLE = sys.byteorder == "little"


@dataclass(frozen=True, slots=True)
class Posting:
    """The segments of one length that hold ``element``: packed 32-bit ids and, for each, its limit.

    ``limits[i]`` is the greatest cutoff at which the element lies in the prefix of segment *i*; they fall.
    """

    element: int
    length: int
    segments: bytes
    limits: bytes


def pack(tokens: Iterable[int]) -> bytes:
    """Return token ids as little-endian 32-bit integers.

    >>> unpack(pack([1, 70000])).tolist()
    [1, 70000]
    """
    values = array("I", tokens)
    return values.tobytes() if _LITTLE else _little(values).tobytes()


def unpack(data: bytes) -> array[int]:
    """Return the integers that :func:`pack` packed."""
    values = array("I")
    values.frombytes(data)
    return _little(values)


def _little(values: array[int]) -> array[int]:
    if not _LITTLE:
        values.byteswap()
    return values


def elements(tokens: Iterable[int]) -> list[int]:
    """Return the elements of a token sequence, in its order.

    >>> elements([7, 9, 7])
    [28672, 36864, 28673]
    """
    seen: dict[int, int] = {}
    found = []
    for token in tokens:
        occurrence = seen.get(token, 0)
        seen[token] = occurrence + 1
        found.append(token * OCCURRENCES + occurrence)
    return found


def order_key(element: int, weight: int) -> int:
    """Return the place of an element in the one order: rare before frequent, repeated before first.

    ``weight`` is the frequency of its token. Newer tokens of equal weight come first, for the frequent
    ones are met early.

    >>> order_key(5 * 4096, 10) < order_key(6 * 4096, 90), order_key(5 * 4096 + 1, 90) < order_key(6 * 4096, 90)
    (True, True)
    """
    token, occurrence = divmod(element, OCCURRENCES)
    return (weight >> min(2 * occurrence, 30)) << 36 | (_TOKENS - 1 - token) << 12 | occurrence


def build(segments: Sequence[tuple[int, bytes]], weights: Sequence[int]) -> Iterator[Posting]:
    """Yield the postings of ``segments`` (id and packed tokens).

    ``weights[token]`` is the weight of a token; tokens beyond its end count as new. Large sets are built
    with numpy, small ones without it: the postings are the same.

    >>> [(p.element, list(unpack(p.segments)), list(p.limits)) for p in build([(1, pack([5, 6]))], [])]
    [(20480, [1], [100]), (24576, [1], [100])]
    """
    if len(segments) < _BULK:
        yield from build_pure(segments, weights)
        return
    by_length: dict[int, tuple[list[int], list[bytes]]] = {}
    for identifier, data in segments:
        ids, texts = by_length.setdefault(len(data) // 4, ([], []))
        ids.append(identifier)
        texts.append(data)
    for length in sorted(by_length):
        ids, texts = by_length.pop(length)
        yield from build_bulk(ids, b"".join(texts), length, weights)


def build_pure(segments: Iterable[tuple[int, bytes]], weights: Sequence[int]) -> Iterator[Posting]:
    """Yield :func:`build` in pure Python."""
    lists: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for identifier, data in segments:
        keyed = sorted(order_key(e, _weight(weights, e // OCCURRENCES)) for e in elements(unpack(data)))
        for position, key in enumerate(keyed):
            limit = entry_limit(position, len(keyed))
            if limit < LOWEST_INDEXED:
                break
            lists.setdefault((len(keyed), element_of(key)), []).append((-limit, identifier))
    for (length, element), entries in sorted(lists.items()):
        entries.sort()
        yield Posting(element, length, pack(e[1] for e in entries), bytes(-e[0] for e in entries))


def _weight(weights: Sequence[int], token: int) -> int:
    return weights[token] if token < len(weights) else 0


def element_of(key: int) -> int:
    """Return the element of an :func:`order_key`.

    >>> element_of(order_key(7 * 4096 + 2, 1000)) == 7 * 4096 + 2
    True
    """
    return (_TOKENS - 1 - (key >> 12 & _TOKENS - 1)) * OCCURRENCES + (key & OCCURRENCES - 1)


def build_bulk(ids: Sequence[int], data: bytes, length: int, weights: Sequence[int]) -> Iterator[Posting]:
    """Yield the postings of segments of one length with numpy; ``data`` is their packed tokens, joined."""
    import numpy as np

    if not length or not ids:
        return
    tokens = np.frombuffer(data, dtype="<u4").reshape(len(ids), length)
    frozen = np.asarray(weights if len(weights) else [0], dtype=np.int64)
    flat, places, marks = sorted_entries(tokens, frozen)
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1])))
    packed, limit_bytes = np.asarray(ids, dtype="<u4")[places].tobytes(), marks.tobytes()
    ends = [*starts[1:].tolist(), len(flat)]
    for element, start, end in zip(flat[starts].tolist(), starts.tolist(), ends, strict=True):
        yield Posting(element, length, packed[4 * start : 4 * end], limit_bytes[start:end])


def sorted_entries(tokens: NDArray[Any], weights: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the posted elements of segments of one length, a row of ``tokens`` each, with their rows and limits.

    They are sorted by element, falling limit, and row. All three are one integer of 64 bits while they are
    sorted, which is many times as fast as sorting by three columns: there may be four million rows at most.
    """
    import numpy as np

    found, limits = prefix_elements(tokens, weights)
    falling = np.uint64(100) - limits.astype(np.uint64)
    keys = found.astype(np.uint64) << np.uint64(28) | falling[np.newaxis, :] << np.uint64(22)
    keys |= np.arange(len(tokens), dtype=np.uint64)[:, np.newaxis]
    flat = keys.ravel()
    flat.sort()
    marks = (100 - (flat >> np.uint64(22) & np.uint64(63))).astype(np.uint8)
    return (flat >> np.uint64(28)).astype(np.int64), (flat & np.uint64((1 << 22) - 1)).astype(np.int64), marks


def prefix_elements(tokens: NDArray[Any], weights: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the posted elements of segments of one length, a row each, and the limit of each column."""
    import numpy as np

    length = tokens.shape[1]
    ordered = np.sort(tokens, axis=1)
    if ordered.max(initial=0) >= len(weights):
        weights = np.append(weights, 0)  # for all beyond the end
    keys = order_keys(ordered, 0, weights.take(ordered, mode="clip"))
    again, occurrences = _repeated(ordered)
    repeated = ordered.reshape(-1)[again]
    keys.reshape(-1)[again] = order_keys(repeated, occurrences, weights.take(repeated, mode="clip"))
    keys.sort(axis=1)
    limits = [entry_limit(position, length) for position in range(length)]
    kept = sum(limit >= LOWEST_INDEXED for limit in limits)
    keys = keys[:, :kept]
    found = (_TOKENS - 1 - (keys >> 12 & _TOKENS - 1)) * OCCURRENCES + (keys & OCCURRENCES - 1)
    return found, np.array(limits[:kept], dtype=np.int64)


def order_keys(tokens: NDArray[Any], occurrences: NDArray[Any] | int, weights: NDArray[Any]) -> NDArray[Any]:
    """Return the :func:`order_key` of each of many elements; ``weights`` are those of their tokens.

    >>> import numpy as np
    >>> keys = order_keys(np.array([5, 6]), np.array([0, 3]), np.array([10, 9000]))
    >>> keys.tolist() == [order_key(5 * 4096, 10), order_key(6 * 4096 + 3, 9000)]
    True
    """
    import numpy as np

    newer_first = (_TOKENS - 1 - tokens.astype(np.int64)) << 12
    return (weights >> np.minimum(2 * occurrences, 30)) << 36 | newer_first | occurrences


def _repeated(ordered: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the places of tokens that stand before in their row, too, and how often; each row is sorted.

    Places are counted through all rows. They are few.
    """
    import numpy as np

    flat = ordered.reshape(-1)
    again = np.flatnonzero(flat[1:] == flat[:-1]) + 1
    again = again[again % ordered.shape[1] != 0]
    firsts = np.flatnonzero(np.diff(again, prepend=-1) != 1)
    counts = np.diff(firsts, append=len(again))
    return again, np.arange(1, len(again) + 1) - firsts.repeat(counts)
