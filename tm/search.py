"""From alike segments to answers: kinds, penalties, context, terms, and the order of the matches."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from termbase.model import Span, TermMatch
from termbase.text.normalize import normalize
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.penalties import Comparison, compare, tag_penalty, text_penalties
from tm.fuzzy.query import Hit
from tm.fuzzy.score import character_similarity
from tm.model import Edit, Match, MatchKind, Penalty, Provenance, Segment, TermConflict, TranslationUnit, UnitStatus
from tm.options import SearchOptions
from tm.renderings import judged
from tm.repair import Repair, repair
from tm.terms import TermSource

_MOST_CONFLICTS = 3
_FETCH = (8, 32, 128)
"""Units read at a time, for the best matches; for the best score alone a few of the likest are read before."""

_FETCH_ONE = (2, *_FETCH)
_MACHINES = (Provenance.MACHINE, Provenance.BACK_TRANSLATED)

_Key = tuple[bool, int, int]


@dataclass(slots=True)
class Candidate:
    """A unit that is alike, with what its place among the matches depends on; ``make`` gives the unit."""

    similarity: int
    text: str
    age: tuple[str, int]
    memory: str
    standing: tuple[Provenance, UnitStatus]
    make: Callable[[], TranslationUnit]
    made: TranslationUnit | None = None

    @property
    def unit(self) -> TranslationUnit:
        """The unit itself, made when it is first asked for."""
        if self.made is None:
            self.made = self.make()
        return self.made

    @property
    def machine(self) -> bool:
        """Whether a machine made the translation, or the source by translating back."""
        return self.standing[0] in _MACHINES


Fetch = Callable[[Sequence[Hit]], Iterable[Candidate]]
"""Gives the units that hold one of the segments."""


@dataclass
class SearchContext:
    """One query, and what all its matches are compared with."""

    text: str
    lang: str
    options: SearchOptions
    terms: TermSource | None
    penalties: dict[str, int]
    known: dict[tuple[str, Provenance, UnitStatus], tuple[Penalty, ...]] = field(default_factory=dict)
    """The penalties for memory, provenance and status, of the units met so far."""

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
    Within these, equal scores are ordered by likeness of the characters, then a person's first, then the newest
    first. Exact and context matches are never cut off among equals.
    """
    return [_match(context, scored) for scored in _ranked(context, hits, fetch, min_score, _Best(limit))]


def best_score(context: SearchContext, hits: Sequence[Hit], fetch: Fetch, *, min_score: int) -> int | None:
    """Return the score of the first of :func:`best_matches`, which takes less work than the match."""
    best = _Best(1, by_score=True)
    found = _ranked(context, hits, fetch, min_score, best)
    return found[0].score if found else None


def _ranked(context: SearchContext, hits: Sequence[Hit], fetch: Fetch, min_score: int, best: _Best) -> list[_Scored]:
    """Return the best of the candidates, which are scored as long as one can still be among them."""
    for part in _portions(hits, _FETCH_ONE if best.by_score else _FETCH):
        if best.refuses((False, -part[0].similarity - _most_bonus(context, part[0].similarity), -100)):
            break
        ranked = sorted(
            ((_hope(context, each, best), index, each) for index, each in enumerate(fetch(part))), key=_first
        )
        for hope, _, candidate in ranked:
            if best.refuses(hope):
                break
            if -hope[1] < min_score:
                continue
            scored = _score(context, candidate, hope[2])
            if scored.score >= min_score:
                best.add(scored)
    return best.cut()


def _first(item: tuple[_Key, int, Candidate]) -> tuple[_Key, int]:
    return item[:2]


def _portions(hits: Sequence[Hit], sizes: Sequence[int]) -> Iterator[Sequence[Hit]]:
    """Yield the hits by falling similarity, first few, then more at a time."""
    ordered = sorted(hits, key=_likeness, reverse=True)
    start = 0
    for size in chain(sizes, repeat(sizes[-1])):
        if start >= len(ordered):
            return
        yield ordered[start : start + size]
        start += size


_likeness = attrgetter("similarity")


@dataclass(slots=True)
class _Scored:
    """A candidate with its score, and what that was made from."""

    candidate: Candidate
    key: _Key
    score: int
    comparison: Comparison
    penalties: list[Penalty]
    bonus: int
    exact: bool
    suggestion: _Suggestion | None


class _Best:
    """The best found so far: those that a limit cannot cut off; ``by_score`` alone, no matter which."""

    def __init__(self, limit: int | None, *, by_score: bool = False) -> None:
        self._limit = limit
        self.by_score = by_score
        self._found: list[_Scored] = []
        self._keys: list[_Key] = []

    def add(self, scored: _Scored) -> None:
        """Take one in."""
        self._found.append(scored)
        insort(self._keys, scored.key)

    def refuses(self, key: _Key) -> bool:
        """Whether nothing that ranks like ``key`` at best can still be among the answers."""
        limit = self._limit
        if limit is None or len(self._keys) < limit:
            return False
        machine, score, likeness = self._keys[limit - 1]
        if self.by_score:
            return key[:2] >= (machine, score)
        return key > (machine, score, 1 if score <= -100 else likeness)

    def cut(self) -> list[_Scored]:
        """Return the best in order, at most the limit, with all that equal the last where it is exact."""
        ordered = sorted(self._found, key=lambda scored: scored.candidate.age, reverse=True)
        ordered.sort(key=lambda scored: (scored.key, scored.candidate.standing[0] is not Provenance.HUMAN))
        limit = self._limit
        if limit is None or len(ordered) <= limit:
            return ordered
        last = ordered[limit - 1].key[:2]
        if last[1] > -100:
            return ordered[:limit]
        return [scored for place, scored in enumerate(ordered) if place < limit or scored.key[:2] == last]


def _hope(context: SearchContext, candidate: Candidate, best: _Best) -> _Key:
    """Return the best rank that a candidate can have: by hand, score, and likeness of the characters."""
    score = candidate.similarity + _most_bonus(context, candidate.similarity)
    if penalties := _unit_penalties(context, candidate):
        score = max(0, score - sum([penalty.points for penalty in penalties]))
    if best.by_score:
        return candidate.machine, -score, 0
    likeness = 100 if candidate.text == context.text else character_similarity(context.text, candidate.text)
    return candidate.machine, -score, -likeness


def _most_bonus(context: SearchContext, similarity: int) -> int:
    return 2 if similarity == 100 and (context.options.previous or context.options.next) else 0


def by_trust(units: Iterable[TranslationUnit]) -> tuple[TranslationUnit, ...]:
    """Return the units with a person's before a machine's, then the newest first."""
    newest = sorted(units, key=lambda unit: (unit.changed or unit.created, unit.id or 0), reverse=True)
    return tuple(sorted(newest, key=by_machine))


def by_machine(unit: TranslationUnit) -> bool:
    """Whether a machine made the translation, or the source by translating back."""
    return unit.provenance in _MACHINES


def score_unit(context: SearchContext, unit: TranslationUnit, similarity: int) -> Match:
    """Return the match of a unit whose source side has this similarity to the query."""
    text, age = sides(unit, context.lang)[0].text, (unit.changed or unit.created, unit.id or 0)
    candidate = Candidate(similarity, text, age, unit.memory, (unit.provenance, unit.status), lambda: unit)
    return _match(context, _score(context, candidate, 0))


class _Suggestion(NamedTuple):
    """The translation offered, and what the terms of the query say of it."""

    repaired: Repair | None
    target: Segment
    conflicts: tuple[TermConflict, ...]
    marked: tuple[Span, ...]


def _score(context: SearchContext, candidate: Candidate, likeness: int) -> _Scored:
    """Return the candidate with its score; the suggestion is made now only where it bears on the score."""
    options = context.options
    comparison = compare(candidate.text, context.text, context.lang)
    penalties = text_penalties(comparison, options.points)
    if options.codes is not None:
        penalties += tag_penalty(sides(candidate.unit, context.lang)[0].codes, options.codes, options.points)
    exact = candidate.similarity == 100 and not penalties and comparison.equal
    suggestion = _suggest(context, candidate, comparison, exact=exact) if context.terms else None
    penalties += _unit_penalties(context, candidate)
    if suggestion and suggestion.conflicts and options.points.term:
        points = options.points.term * min(len(suggestion.conflicts), _MOST_CONFLICTS)
        penalties.append(Penalty("term conflict", points))
    bonus = _neighbours(context, candidate.unit) if exact and _most_bonus(context, 100) else 0
    score = max(0, candidate.similarity + bonus - sum([penalty.points for penalty in penalties]))
    key = (candidate.machine, -score, likeness)
    return _Scored(candidate, key, score, comparison, penalties, bonus, exact, suggestion)


def _suggest(context: SearchContext, candidate: Candidate, comparison: Comparison, *, exact: bool) -> _Suggestion:
    target = sides(candidate.unit, context.lang)[1]
    repaired = None if exact or not context.options.repair else repair(comparison, target, context.lang, context.terms)
    suggestion = repaired.target if repaired else target
    if context.terms is None or not context.found_terms:
        return _Suggestion(repaired, suggestion, (), ())
    query = Segment(context.lang, context.text)
    return _Suggestion(repaired, suggestion, *judged(context.terms, context.found_terms, query, suggestion))


def _match(context: SearchContext, scored: _Scored) -> Match:
    """Return the match of a scored candidate."""
    candidate, comparison = scored.candidate, scored.comparison
    suggestion = scored.suggestion or _suggest(context, candidate, comparison, exact=scored.exact)
    unit = candidate.unit
    source = unit.source if unit.source.lang == context.lang else unit.target
    return Match(
        score=scored.score,
        similarity=candidate.similarity,
        kind=_kind(suggestion.repaired, exact=scored.exact, context=scored.bonus > 0),
        unit=unit,
        source=source,
        target=suggestion.target,
        penalties=tuple(scored.penalties),
        difference=difference(comparison),
        term_conflicts=suggestion.conflicts,
        terms=suggestion.marked,
        repairs=suggestion.repaired.notes if suggestion.repaired else (),
    )


def difference(comparison: Comparison) -> tuple[Edit, ...]:
    """Return the steps from the stored text to the query, ``()`` where no token and no value differs.

    >>> [(e.op, e.old, e.new) for e in difference(compare("Đại đội 3", "Đại đội 5", "vi"))]
    [('equal', 'Đại đội', 'Đại đội'), ('replace', '3', '5')]
    """
    if comparison.equal:
        return ()
    if not comparison.changed_places:
        return _edits(comparison, comparison.steps)
    changed = {place for place, _ in comparison.changed_places}
    steps: list[list[Any]] = []
    for op, a, b, c, d in comparison.steps:
        if op != "equal":
            steps.append([op, a, b, c, d])
            continue
        for i, j in zip(range(a, b), range(c, d), strict=True):
            kind = "replace" if i in changed else "equal"
            if steps and steps[-1][0] == kind and steps[-1][2] == i and kind == "equal":
                steps[-1][2], steps[-1][4] = i + 1, j + 1
            else:
                steps.append([kind, i, i + 1, j, j + 1])
    return _edits(comparison, steps)


def _edits(comparison: Comparison, steps: Iterable[Sequence[Any]]) -> tuple[Edit, ...]:
    old, new = comparison.old_pieces.parts, comparison.new_pieces.parts
    return tuple(
        [Edit(op, "".join(old[2 * a + 1 : 2 * b]), "".join(new[2 * c + 1 : 2 * d])) for op, a, b, c, d in steps]
    )


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


def _unit_penalties(context: SearchContext, candidate: Candidate) -> tuple[Penalty, ...]:
    provenance, status = candidate.standing
    key = (candidate.memory, provenance, status)
    found = context.known.get(key)
    if found is None:
        points = context.options.points
        costs = (
            (f"memory {candidate.memory}", context.penalties.get(candidate.memory, 0)),
            (provenance.value, points.provenance.get(provenance, 0)),
            (status.value, points.status.get(status, 0)),
        )
        found = context.known[key] = tuple([Penalty(reason, cost) for reason, cost in costs if cost])
    return found


def _neighbours(context: SearchContext, unit: TranslationUnit) -> int:
    """Return how many neighbours of the unit are those of the query."""
    if unit.source.lang != context.lang:
        return 0
    before = bool(context.previous) and context.previous == compare_keys(unit.previous, context.lang)
    after = bool(context.following) and context.following == compare_keys(unit.next, context.lang)
    return before + after
