"""Runs: the longest parts of a query that stand anywhere inside stored segments.

The stored segments are one long sequence of token ids with a border after each, so that no run crosses a
segment's end. Two ways give the places of a query's tokens in it: :class:`Held` keeps the sequence in
memory, :class:`Met` only what a single pass met.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

BORDER = 0xFFFFFFFF
"""Stands after the last token of every segment; no token has this id."""

SHORTEST = 2
"""Tokens that a run has at least."""

Ints = npt.NDArray[np.int64]
_MOST_UNLISTED = 500_000
_NONE = np.zeros(0, np.int64)
_BORDER = np.array([BORDER], np.uint32)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``start`` to ``end`` of a query, and the numbers of the segments that hold them, rising."""

    start: int
    end: int
    segments: Ints


class Corpus(Protocol):
    """Where tokens stand in the sequence of all segments."""

    def places(self, tokens: Iterable[int]) -> dict[int, Ints]:
        """Return the positions of each of the tokens, rising."""
        ...

    def at(self, positions: Ints) -> npt.NDArray[Any]:
        """Return the tokens at positions; what is none of the query's tokens may be any other number."""
        ...

    def segments(self, positions: Ints) -> Ints:
        """Return the distinct ids of the segments at positions, which rise."""
        ...

    def within(self, segment: int) -> tuple[int, int]:
        """Return the first position of a segment and the one after its last."""
        ...


class _Numbered:
    """The borders of segments: ``starts`` are their first positions, ``ids`` their ids, both rising."""

    def __init__(self, starts: Ints, ids: Ints, count: int) -> None:
        self._starts = starts
        self._ids = ids
        self._count = count

    def segments(self, positions: Ints) -> Ints:
        """Return the distinct ids of the segments at positions, which rise."""
        places = np.searchsorted(self._starts, positions, side="right") - 1
        if not len(places):
            return _NONE
        return self._ids[places[np.concatenate(([True], places[1:] != places[:-1]))]]

    def within(self, segment: int) -> tuple[int, int]:
        """Return the first position of a segment and the one after its last; none where it is not there."""
        place = int(np.searchsorted(self._ids, segment))
        if place == len(self._ids) or int(self._ids[place]) != segment:
            return 0, 0
        following = place + 1 < len(self._ids)
        return int(self._starts[place]), int(self._starts[place + 1]) if following else self._count


class _Listed(NamedTuple):
    """The places of each token in the sequence up to ``until``: ``order[bounds[t] : bounds[t + 1]]``."""

    order: npt.NDArray[Any]
    bounds: Ints
    until: int

    def places(self, token: int) -> Ints:
        """Return where a token stands."""
        if not 0 <= token < len(self.bounds) - 1:
            return _NONE
        found: Ints = self.order[self.bounds[token] : self.bounds[token + 1]].astype(np.int64)
        return found


def _listed(tokens: npt.NDArray[np.uint32]) -> _Listed:
    """List the places of each token: a stable sort by halves, which numpy does by counting."""
    order = np.argsort(tokens.astype(np.uint16), kind="stable")
    order = order[np.argsort((tokens >> 16).astype(np.uint16)[order], kind="stable")]
    counts = np.bincount(tokens[tokens != BORDER])
    return _Listed(order.astype(np.uint32), np.concatenate(([0], np.cumsum(counts))), len(tokens))


class Held(_Numbered):
    """The whole sequence in memory, and where each token stands: some 150 bytes a segment of fifteen tokens.

    What came since the places were listed is looked through.
    """

    def __init__(self, tokens: npt.NDArray[np.uint32] | None = None, starts: Ints = _NONE, ids: Ints = _NONE) -> None:
        self._tokens = np.zeros(0, np.uint32) if tokens is None else tokens
        self._listed = _Listed(_NONE, _NONE, 0)
        super().__init__(starts, ids, len(self._tokens))

    def grown(self, portions: Iterable[tuple[Ints, bytes]]) -> Held:
        """Return the sequence with further segments: their ids, which rise, and their tokens with borders between."""
        parts, starts, ids, count = [self._tokens], [self._starts], [self._ids], self._count
        for numbers, packed in portions:
            tokens = np.frombuffer(packed, "<u4")
            parts += [tokens, _BORDER]
            starts.append(starts_in(tokens) + count)
            ids.append(numbers)
            count += len(tokens) + 1
        longer = Held(np.concatenate(parts), np.concatenate(starts), np.concatenate(ids))
        listed = self._listed
        longer._listed = _listed(longer._tokens) if count - listed.until > _MOST_UNLISTED else listed
        return longer

    def places(self, tokens: Iterable[int]) -> dict[int, Ints]:
        """Return the positions of each of the tokens, rising."""
        wanted, listed = set(tokens), self._listed
        rest = self._tokens[listed.until :]
        places = np.flatnonzero(marked(wanted).take(rest, mode="clip"))
        newer = by_token(places + listed.until, rest[places], wanted)
        return {token: np.concatenate((listed.places(token), newer[token])) for token in wanted}

    def at(self, positions: Ints) -> npt.NDArray[Any]:
        """Return the tokens at positions."""
        return self._tokens.take(positions, mode="clip")


class Met(_Numbered):
    """What one pass over the segments met of a query's tokens."""

    def __init__(self, positions: Ints, tokens: npt.NDArray[np.uint32], borders: tuple[Ints, Ints, int]) -> None:
        super().__init__(*borders)
        self._positions = positions
        self._tokens = tokens

    def places(self, tokens: Iterable[int]) -> dict[int, Ints]:
        """Return the positions of each of the tokens, rising."""
        return by_token(self._positions, self._tokens, set(tokens))

    def at(self, positions: Ints) -> npt.NDArray[Any]:
        """Return the tokens at positions."""
        if not len(self._positions):
            return np.full(len(positions), BORDER, np.uint32)
        places = np.searchsorted(self._positions, positions)
        found = self._positions.take(places, mode="clip") == positions
        return np.where(found, self._tokens.take(places, mode="clip"), np.uint32(BORDER))


class Pass:
    """A pass over all segments by portions, which keeps what it meets of some tokens."""

    def __init__(self, tokens: Iterable[int]) -> None:
        self._wanted = marked(tokens)
        self._count = 0
        self._positions: list[Ints] = []
        self._tokens: list[npt.NDArray[np.uint32]] = []
        self._starts: list[Ints] = []
        self._ids: list[Ints] = []

    def take(self, packed: bytes, ids: Ints) -> None:
        """Take a portion in: the packed tokens of segments with a border between each two, and their ids."""
        tokens = np.frombuffer(packed, "<u4")
        self._starts.append(starts_in(tokens) + self._count)
        self._ids.append(ids)
        places = np.flatnonzero(self._wanted.take(tokens, mode="clip"))
        self._positions.append(places + self._count)
        self._tokens.append(tokens[places])
        self._count += len(tokens) + 1

    def corpus(self) -> Met:
        """Return what was met."""
        starts, ids = (np.concatenate([_NONE, *parts]) for parts in (self._starts, self._ids))
        positions = np.concatenate([_NONE, *self._positions])
        tokens = np.concatenate([np.zeros(0, np.uint32), *self._tokens])
        return Met(positions, tokens, (starts, ids, self._count))


def starts_in(tokens: npt.NDArray[np.uint32]) -> Ints:
    """Return where the segments of a portion begin.

    >>> starts_in(np.array([7, 8, BORDER, 9], np.uint32)).tolist()
    [0, 3]
    """
    return np.concatenate(([0], np.flatnonzero(tokens == BORDER) + 1))


def marked(tokens: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Return a table that tells of every id whether it is one of ``tokens``; its last place is never one."""
    wanted = [token for token in set(tokens) if token >= 0]
    table = np.zeros(max(wanted, default=0) + 2, np.bool_)
    table[wanted] = True
    return table


def by_token(positions: Ints, tokens: npt.NDArray[np.uint32], wanted: Iterable[int]) -> dict[int, Ints]:
    """Return the positions of each wanted token.

    >>> by_token(np.array([4, 7, 9]), np.array([2, 1, 2], np.uint32), [2])[2].tolist()
    [4, 9]
    """
    return {token: positions[tokens == token] for token in wanted}


@dataclass(frozen=True, slots=True)
class Found:
    """The runs of a query, in its order, and segments from which their words can be learnt."""

    runs: tuple[Run, ...]
    examples: tuple[int, ...]


def find_runs(query: Sequence[int], corpus: Corpus, whole: int | None = None) -> Found:
    """Return the runs of two tokens and more of the query that no longer one holds.

    A token the memory does not know is -1. ``whole`` is the segment that the query itself is: it is no
    evidence. These are the maximal matches of matching statistics (Gusfield, Algorithms on Strings, 7.8).
    """
    places = corpus.places(token for token in query if token >= 0)
    if whole is not None:
        first, end = corpus.within(whole)
        places = {token: held[(held < first) | (held >= end)] for token, held in places.items()}
    found, reached = [], 0
    for start in range(len(query) - 1):
        positions, length = _extended(query, start, places, corpus)
        if length >= SHORTEST and start + length > reached:
            reached = start + length
            found.append(Run(start, reached, corpus.segments(positions)))
    return Found(tuple(found), tuple(_examples(query, found, places, corpus)))


_OF_RUN, _OF_PART, _OF_ALL = 16, 6, 400
_TOO_FREQUENT = 8_000


def _examples(query: Sequence[int], runs: Sequence[Run], places: dict[int, Ints], corpus: Corpus) -> list[int]:
    """Return segments that hold a run, or a pair of its tokens, or one of them that is not too frequent."""
    parts = {
        tuple(query[k : k + size]) for run in runs for size in (1, 2) for k in range(run.start, run.end - size + 1)
    }
    chosen = dict.fromkeys(segment for run in runs for segment in sample(run.segments, _OF_RUN))
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        positions = _extended(part, 0, places, corpus)[0] if len(part) == 2 else places[part[0]]
        if len(positions) <= _TOO_FREQUENT:
            chosen.update(dict.fromkeys(sample(corpus.segments(positions), _OF_PART)))
    return sorted(list(chosen)[:_OF_ALL])


def sample(ids: Ints, most: int) -> list[int]:
    """Return at most so many of the ids, by a hash: always the same ones, and without a pattern.

    >>> len(sample(np.arange(100), 10)), sample(np.arange(3), 10)
    (10, [0, 1, 2])
    """
    if len(ids) > most:
        order = (ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
        ids = np.sort(ids[np.argpartition(order, most)[:most]])
    chosen: list[int] = ids.tolist()
    return chosen


def _extended(query: Sequence[int], start: int, places: dict[int, Ints], corpus: Corpus) -> tuple[Ints, int]:
    """Return where the longest run from ``start`` stands, and its length."""
    one, other = (places.get(token, _NONE) for token in query[start : start + 2])
    if len(one) <= len(other):
        here = one[corpus.at(one + 1) == query[start + 1]]
    else:
        other = other[other > 0]
        here = other[corpus.at(other - 1) == query[start]] - 1
    length = 2 if len(here) else 0
    while length and start + length < len(query) and query[start + length] >= 0:
        longer = here[corpus.at(here + length) == query[start + length]]
        if not len(longer):
            break
        here, length = longer, length + 1
    return here, length
