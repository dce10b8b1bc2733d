"""The largest number of mentions that spans of the target can answer, no two spans overlapping.

The problem is the exclusive matching of the WMT 2026 terminology evaluation
(FredericOdermatt/wmt26-terminology-evaluation, docs/term-matching.md), searched exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

LIMIT = 20_000
"""States visited at most for one knot of mentions; beyond it no better answer is looked for."""
WIDE = 240
"""Candidates in a knot beyond which it is answered from the left without a search."""


class Candidate(NamedTuple):
    """A span of the target that would answer a mention; of two equal answers the heavier is better."""

    mention: int
    start: int
    end: int
    weight: int = 0


def best_matching(candidates: Sequence[Candidate]) -> dict[int, Candidate]:
    """Return an answer for as many mentions as possible, by mention; then the greatest total weight.

    Each mention gets at most one span and spans do not overlap. Mentions that are equally served take
    spans in reading order.

    >>> best_matching([Candidate(0, 0, 5), Candidate(1, 0, 5), Candidate(1, 6, 9)])
    {0: Candidate(mention=0, start=0, end=5, weight=0), 1: Candidate(mention=1, start=6, end=9, weight=0)}
    """
    chosen: dict[int, Candidate] = {}
    for knot in _knots(candidates):
        simple = _simple(knot)
        chosen.update(simple if simple is not None else _search(knot))
    return dict(sorted(chosen.items()))


def _simple(knot: list[Candidate]) -> dict[int, Candidate] | None:
    """Answer a knot of one mention, the usual case, or one too wide to search; ``None`` for the others."""
    if len(knot) > WIDE:
        return _from_the_left(knot)
    if len({candidate.mention for candidate in knot}) > 1:
        return None
    best = max(knot, key=lambda c: (c.weight, -c.start))
    return {best.mention: best}


def _knots(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Split the candidates into groups that share neither a mention nor any text."""
    parent = list(range(len(candidates)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    by_mention: dict[int, int] = {}
    for index, candidate in enumerate(candidates):
        parent[root(index)] = root(by_mention.setdefault(candidate.mention, index))
    reach, last = -1, -1
    for index in sorted(range(len(candidates)), key=lambda i: candidates[i].start):
        if candidates[index].start < reach:
            parent[root(index)] = root(last)
        if candidates[index].end > reach:
            reach, last = candidates[index].end, index
    groups: dict[int, list[Candidate]] = {}
    for index, candidate in enumerate(candidates):
        groups.setdefault(root(index), []).append(candidate)
    return list(groups.values())


def _from_the_left(knot: list[Candidate]) -> dict[int, Candidate]:
    """Take the span that ends first, for the first mention still without one, again and again."""
    chosen: dict[int, Candidate] = {}
    free_from = -1
    for candidate in sorted(knot, key=lambda c: (c.end, -c.weight, c.mention)):
        if candidate.start >= free_from and candidate.mention not in chosen:
            chosen[candidate.mention] = candidate
            free_from = candidate.end
    return chosen


def _search(knot: list[Candidate]) -> dict[int, Candidate]:
    """Search a knot exactly: at each candidate, by start, take it or leave it."""
    ordered = sorted(knot, key=lambda c: (c.start, c.end, c.mention))
    last = len(ordered)
    kinds = _kinds(ordered)
    later = [frozenset(kinds[c.mention] for c in ordered[i:]) for i in range(last + 1)]
    room: dict[int, int] = {}
    for mention in {c.mention for c in ordered}:
        room[kinds[mention]] = room.get(kinds[mention], 0) + 1
    by_kind = list(_one_a_kind(ordered, kinds))
    visited = 0

    @cache
    def best(index: int, free_from: int, used: tuple[tuple[int, int], ...]) -> tuple[int, int, tuple[int, ...]]:
        nonlocal visited
        visited += 1
        while index < last and (not by_kind[index] or ordered[index].start < free_from):
            index += 1
        if index == last:
            return 0, 0, ()
        candidate = ordered[index]
        counts = dict(used)
        kind = kinds[candidate.mention]
        taken: tuple[int, int, tuple[int, ...]] = (-1, 0, ())
        if counts.get(kind, 0) < room[kind]:
            counts[kind] = counts.get(kind, 0) + 1
            kept = tuple(sorted((k, n) for k, n in counts.items() if k in later[index + 1]))
            number, weight, path = best(index + 1, candidate.end, kept)
            taken = (number + 1, weight + candidate.weight, (index, *path))
        if visited > LIMIT:
            return taken
        kept = tuple((k, n) for k, n in used if k in later[index + 1])
        left = best(index + 1, free_from, kept)
        return taken if taken[:2] >= left[:2] else left

    return _handed_out([ordered[i] for i in best(0, -1, ())[2]], kinds)


def _kinds(ordered: list[Candidate]) -> dict[int, int]:
    """Number the mentions so that those with the same candidates, which are interchangeable, are one kind."""
    offers: dict[int, set[tuple[int, int, int]]] = {}
    for mention, start, end, weight in ordered:
        offers.setdefault(mention, set()).add((start, end, weight))
    numbers: dict[frozenset[tuple[int, int, int]], int] = {}
    return {mention: numbers.setdefault(frozenset(offer), len(numbers)) for mention, offer in sorted(offers.items())}


def _one_a_kind(ordered: list[Candidate], kinds: dict[int, int]) -> list[bool]:
    """Mark one candidate of each span and kind; the others are the same choice again."""
    seen: set[tuple[int, int, int, int]] = set()
    marks = []
    for mention, start, end, weight in ordered:
        choice = (kinds[mention], start, end, weight)
        marks.append(choice not in seen)
        seen.add(choice)
    return marks


def _handed_out(spans: list[Candidate], kinds: dict[int, int]) -> dict[int, Candidate]:
    """Give the spans chosen for a kind to its mentions in order."""
    waiting: dict[int, list[int]] = {}
    for mention, kind in sorted(kinds.items()):
        waiting.setdefault(kind, []).append(mention)
    chosen = {}
    for candidate in spans:
        mention = waiting[kinds[candidate.mention]].pop(0)
        chosen[mention] = candidate._replace(mention=mention)
    return chosen
