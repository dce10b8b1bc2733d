"""From alike segments to answers: kinds, penalties, context, terms, and the order of the matches."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from termbase.model import Span, TermMatch
from termbase.text.normalize import normalize
from tm.fuzzy.keys import Surface, compare_keys
from tm.fuzzy.penalties import Comparison, compare, tag_penalty, text_penalties
from tm.fuzzy.query import Hit
from tm.fuzzy.score import character_similarity
from tm.model import Edit, Match, MatchKind, Penalty, Provenance, Segment, TermConflict, TranslationUnit
from tm.options import SearchOptions
from tm.repair import Repair, repair
from tm.terms import TermSource

_MOST_CONFLICTS = 3
_FETCH = 8
_MACHINES = (Provenance.MACHINE, Provenance.BACK_TRANSLATED)

Fetch = Callable[[Sequence[int]], Iterable[tuple[int, TranslationUnit]]]
"""Gives the units that hold one of the segments, each with the segment it was found by."""


@dataclass
class SearchContext:
    """One query, and what all its matches are compared with."""

    text: str
    lang: str
    options: SearchOptions
    terms: TermSource | None
    penalties: dict[str, int]

    @cached_property
    def previous(self) -> tuple[str, ...]:
        """The compare keys of the segment before the query."""
        return compare_keys(normalize(self.options.previous), self.lang)

    @cached_property
    def following(self) -> tuple[str, ...]:
        """The compare keys of the segment after the query."""
        return compare_keys(normalize(self.options.next), self.lang)

    @cached_property
    def found_terms(self) -> Sequence[TermMatch]:
        """The terms of the query."""
        return self.terms.recognize(self.text, self.lang) if self.terms else ()


def best_matches(
    context: SearchContext, hits: Sequence[Hit], fetch: Fetch, *, min_score: int, limit: int | None
) -> list[Match]:
    """Return the matches at or above ``min_score``, best first, at most ``limit``.

    Every match by a person, or of unknown hand, comes before every one by a machine, whatever its score.
    Within these, equal scores are ordered by likeness of the characters, then the newest first. Exact and
    context matches are never cut off among equals.
    """
    best = _Best(limit)
    for match in _scored(context, hits, fetch, min_score, best):
        best.add(match)
    return _cut(context, best.found, limit)


class _Best:
    """The matches found so far, and the scores that a further one must have to be among the best."""

    def __init__(self, limit: int | None) -> None:
        self.found: list[Match] = []
        self._limit = limit
        self._scores: dict[bool, list[int]] = {False: [], True: []}

    def add(self, match: Match) -> None:
        """Take a match in."""
        self.found.append(match)
        insort(self._scores[True], match.score)
        if not by_machine(match.unit):
            insort(self._scores[False], match.score)

    def needed(self, *, machine: bool) -> int:
        """Return the least similarity of use: a machine's match stands behind all, a person's behind persons' only.

        It is 100 at most, for a context adds to equal texts alone.
        """
        scores = self._scores[machine]
        return 0 if self._limit is None or len(scores) < self._limit else min(scores[-self._limit], 100)


def _scored(context: SearchContext, hits: Sequence[Hit], fetch: Fetch, min_score: int, best: _Best) -> Iterator[Match]:
    """Yield scored matches by falling similarity, until no further one can be among the best."""
    ordered = sorted(hits, key=lambda hit: -hit.similarity)
    similar = {hit.segment: hit.similarity for hit in ordered}
    for start in range(0, len(ordered), _FETCH):
        part = ordered[start : start + _FETCH]
        if part[0].similarity < best.needed(machine=False):
            return
        units = sorted(fetch([hit.segment for hit in part]), key=lambda item: -similar[item[0]])
        for segment, unit in units:
            if similar[segment] < best.needed(machine=by_machine(unit)):
                continue
            match = score_unit(context, unit, similar[segment])
            if match.score >= min_score:
                yield match


def _cut(context: SearchContext, found: list[Match], limit: int | None) -> list[Match]:
    ordered = sorted(_by_age(found), key=lambda match: _rank(context, match))
    if limit is None or len(ordered) <= limit:
        return ordered
    last = _place(ordered[limit - 1])
    if last[1] > -100:
        return ordered[:limit]
    return [match for index, match in enumerate(ordered) if index < limit or _place(match) == last]


def _by_age(found: list[Match]) -> list[Match]:
    return sorted(found, key=lambda m: (m.unit.changed or m.unit.created, m.unit.id or 0), reverse=True)


def by_trust(units: Iterable[TranslationUnit]) -> tuple[TranslationUnit, ...]:
    """Return the units with a person's before a machine's, then the newest first."""
    newest = sorted(units, key=lambda unit: (unit.changed or unit.created, unit.id or 0), reverse=True)
    return tuple(sorted(newest, key=by_machine))


def by_machine(unit: TranslationUnit) -> bool:
    """Whether a machine made the translation, or the source by translating back."""
    return unit.provenance in _MACHINES


def _place(match: Match) -> tuple[bool, int]:
    return by_machine(match.unit), -match.score


def _rank(context: SearchContext, match: Match) -> tuple[tuple[bool, int], int]:
    likeness = 100 if match.source.text == context.text else character_similarity(context.text, match.source.text)
    return _place(match), -likeness


def score_unit(context: SearchContext, unit: TranslationUnit, similarity: int) -> Match:
    """Return the match of a unit whose source side has this similarity to the query."""
    source, target = sides(unit, context.lang)
    options, points = context.options, context.options.points
    comparison = compare(source.text, context.text, context.lang)
    penalties = text_penalties(comparison, points)
    if options.codes is not None:
        penalties += tag_penalty(source.codes, options.codes, points)
    exact = similarity == 100 and not penalties and comparison.equal
    repaired = None if exact or not options.repair else repair(comparison, target, context.lang, context.terms)
    suggestion = repaired.target if repaired else target
    conflicts, marked = _terms(context, suggestion)
    penalties += _unit_penalties(context, unit)
    if conflicts and points.term:
        penalties.append(Penalty("term conflict", points.term * min(len(conflicts), _MOST_CONFLICTS)))
    bonus = _neighbours(context, unit) if exact else 0
    return Match(
        score=max(0, similarity + bonus - sum(penalty.points for penalty in penalties)),
        similarity=similarity,
        kind=_kind(repaired, exact=exact, context=bonus > 0),
        unit=unit,
        source=source,
        target=suggestion,
        penalties=tuple(penalties),
        difference=difference(comparison),
        term_conflicts=conflicts,
        terms=marked,
        repairs=repaired.notes if repaired else (),
    )


def difference(comparison: Comparison) -> tuple[Edit, ...]:
    """Return the steps from the stored text to the query, ``()`` where no token and no value differs.

    >>> [(e.op, e.old, e.new) for e in difference(compare("Đại đội 3", "Đại đội 5", "vi"))]
    [('equal', 'Đại đội', 'Đại đội'), ('replace', '3', '5')]
    """
    if comparison.equal:
        return ()
    changed = {id(old) for old, _ in comparison.changed_values}
    steps: list[list[Any]] = []
    for op, a, b, c, d in comparison.steps:
        if op != "equal":
            steps.append([op, a, b, c, d])
            continue
        for i, j in zip(range(a, b), range(c, d), strict=True):
            kind = "replace" if id(comparison.old[i]) in changed else "equal"
            if steps and steps[-1][0] == kind and steps[-1][2] == i and kind == "equal":
                steps[-1][2], steps[-1][4] = i + 1, j + 1
            else:
                steps.append([kind, i, i + 1, j, j + 1])
    return tuple(
        Edit(
            op, _cut_text(comparison.old_text, comparison.old[a:b]), _cut_text(comparison.new_text, comparison.new[c:d])
        )
        for op, a, b, c, d in steps
    )


def _cut_text(text: str, tokens: Sequence[Surface]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _kind(repaired: Repair | None, *, exact: bool, context: bool) -> MatchKind:
    if exact:
        return MatchKind.CONTEXT if context else MatchKind.EXACT
    return MatchKind.REPAIRED if repaired and repaired.complete else MatchKind.FUZZY


def sides(unit: TranslationUnit, lang: str) -> tuple[Segment, Segment]:
    """Return the side in ``lang`` and the other one.

    >>> unit = TranslationUnit(source=Segment("vi", "đội"), target=Segment("en", "unit"))
    >>> [segment.text for segment in sides(unit, "en")]
    ['unit', 'đội']
    """
    return (unit.source, unit.target) if unit.source.lang == lang else (unit.target, unit.source)


def _unit_penalties(context: SearchContext, unit: TranslationUnit) -> list[Penalty]:
    points = context.options.points
    found = [
        Penalty(f"memory {unit.memory}", context.penalties.get(unit.memory, 0)),
        Penalty(unit.provenance.value, points.provenance.get(unit.provenance, 0)),
        Penalty(unit.status.value, points.status.get(unit.status, 0)),
    ]
    return [penalty for penalty in found if penalty.points]


def _neighbours(context: SearchContext, unit: TranslationUnit) -> int:
    """Return how many neighbours of the unit are those of the query."""
    if unit.source.lang != context.lang:
        return 0
    before = bool(context.previous) and context.previous == compare_keys(unit.previous, context.lang)
    after = bool(context.following) and context.following == compare_keys(unit.next, context.lang)
    return before + after


def _terms(context: SearchContext, suggestion: Segment) -> tuple[tuple[TermConflict, ...], tuple[Span, ...]]:
    """Return the query's terms that the suggestion breaks, and where it holds accepted ones."""
    if context.terms is None or not context.found_terms:
        return (), ()
    rendered = context.terms.recognize(suggestion.text, suggestion.lang)
    accepted = {c.id for m in rendered for c, t in zip(m.concepts, m.terms, strict=True) if t.status.accepted}
    conflicts: list[TermConflict] = []
    wanted: set[str] = set()
    for match in context.found_terms:
        names = {c.id: [t.text for t in c.accepted(suggestion.lang)] for c in match.concepts}
        wanted |= names.keys()
        if all(names.values()) and not accepted & names.keys():
            expected = tuple(dict.fromkeys(text for texts in names.values() for text in texts))
            conflicts.append(TermConflict(match.concept.id, match.text, expected))
    marked = tuple(
        Span(m.start, m.end, m.text)
        for m in rendered
        if any(c.id in wanted and t.status.accepted for c, t in zip(m.concepts, m.terms, strict=True))
    )
    return tuple(conflicts), marked
