"""Putting concepts together: into the user's own terms, and three ways for git.

Into a store, an incoming concept is matched by its id, else by its terms: the same preferred
Vietnamese term and a common accepted English one, compared by exact key. Nothing is deleted by a
merge; where both sides have a value, the incoming one wins unless told otherwise, and it is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from termbase.diff import show
from termbase.model import AdministrativeStatus, Concept, Term

Prefer = Literal["new", "old"]

TEXT_FIELDS = (
    "glossary",
    "subject_field",
    "definition_vi",
    "definition_en",
    "parts",
    "note",
    "scope",
    "valid_from",
    "valid_to",
    "confidence",
)
LIST_FIELDS = ("examples", "relations", "properties")
TERM_FIELDS = ("text", "status", "type", "part_of_speech", "number", "case_rule", "note", "source", "verification")


@lru_cache(maxsize=300_000)
def term_key(text: str) -> str:
    """Return the exact key of a term; an import asks for each of them several times.

    >>> term_key("Đảng") == term_key("ĐẢNG")
    True
    """
    from termbase.text.keys import exact_key

    return exact_key(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two values for one field; ``kept`` is the one that was taken."""

    entry: str
    field: str
    old: str
    new: str
    kept: str

    def __str__(self) -> str:
        return f"{self.entry}: {self.field}: “{self.old}” against “{self.new}”; “{self.kept}” is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one concept of a store: ``before`` is ``None`` for a new one."""

    before: Concept | None
    after: Concept


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import will do; the four numbers count incoming concepts."""

    read: int
    created: int
    merged: int
    unchanged: int
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def plan(existing: Iterable[Concept], incoming: Iterable[Concept], *, prefer: Prefer = "new") -> Plan:
    """Return what importing ``incoming`` into ``existing`` changes; planning it again changes nothing.

    >>> party = Concept(id="dang", terms=(Term(text="Đảng", lang="vi"), Term(text="Party", lang="en")))
    >>> plan([], [party]).created, plan([party], [party]).unchanged
    (1, 1)
    """
    planner = _Planner(existing, prefer)
    return planner.run(incoming)


class _Planner:
    def __init__(self, existing: Iterable[Concept], prefer: Prefer) -> None:
        self.key = term_key
        self.prefer = prefer
        self.before = {concept.id: concept for concept in existing}
        self.now = dict(self.before)
        self.by_term: dict[str, list[str]] = {}
        for concept in self.before.values():
            self.register(concept)

    def register(self, concept: Concept) -> None:
        term = concept.preferred("vi")
        if term is not None:
            owners = self.by_term.setdefault(self.key(term.text), [])
            if concept.id not in owners:
                owners.append(concept.id)

    def run(self, incoming: Iterable[Concept]) -> Plan:
        conflicts: list[Conflict] = []
        targets: list[str] = []
        for concept in map(_single_preferred, incoming):
            target = self.target(concept)
            targets.append(target)
            old = self.now.get(target)
            if old is None:
                self.now[target] = concept
            else:
                self.now[target], found = merge_concepts(old, concept, prefer=self.prefer)
                conflicts.extend(found)
            self.register(self.now[target])
        changed = {i: c for i, c in self.now.items() if self.before.get(i) != c}
        first_at: dict[str, int] = {}
        for index, target in enumerate(targets):
            first_at.setdefault(target, index)
        return Plan(
            read=len(targets),
            created=len({target for target in targets if target not in self.before}),
            merged=sum(
                1
                for i, target in enumerate(targets)
                if target in changed and (target in self.before or first_at[target] < i)
            ),
            unchanged=sum(1 for target in targets if target not in changed),
            changes=tuple(Change(before=self.before.get(i), after=c) for i, c in changed.items()),
            conflicts=tuple(conflicts),
        )

    def target(self, concept: Concept) -> str:
        if concept.id in self.now:
            return concept.id
        vi = concept.preferred("vi")
        if vi is None:
            return concept.id
        english = {self.key(term.text) for term in concept.accepted("en")}
        for candidate in self.by_term.get(self.key(vi.text), ()):
            if english & {self.key(term.text) for term in self.now[candidate].accepted("en")}:
                return candidate
        return concept.id


def _single_preferred(concept: Concept) -> Concept:
    """Leave one preferred term a language and profile, the first; the rest are admitted."""
    taken: set[tuple[str, tuple[str, ...]]] = set()
    terms: list[Term] = []
    for term in concept.terms:
        if term.status is AdministrativeStatus.PREFERRED:
            if (term.lang, term.profiles) in taken:
                term = replace(term, status=AdministrativeStatus.ADMITTED)
            taken.add((term.lang, term.profiles))
        terms.append(term)
    return concept if tuple(terms) == concept.terms else replace(concept, terms=tuple(terms))


def merge_concepts(old: Concept, new: Concept, *, prefer: Prefer = "new") -> tuple[Concept, tuple[Conflict, ...]]:
    """Return ``old`` with what ``new`` adds, and the fields in which they differ.

    ``new`` has at most one preferred term a language and profile. The id of ``old`` stays. Empty
    values never overwrite.

    >>> a = Concept(id="dang", terms=(Term(text="Đảng", lang="vi"),), note="old")
    >>> b = Concept(id="x", terms=(Term(text="Party", lang="en"),), note="new")
    >>> merged, conflicts = merge_concepts(a, b)
    >>> [term.text for term in merged.terms], merged.note, len(conflicts)
    (['Đảng', 'Party'], 'new', 1)
    """
    conflicts: list[Conflict] = []
    changes: dict[str, Any] = {}
    for name in TEXT_FIELDS:
        value = _choose(old.id, name, getattr(old, name), getattr(new, name), prefer, conflicts)
        changes[name] = value
    changes["glossary"] = old.glossary or new.glossary
    for name in LIST_FIELDS:
        changes[name] = tuple(dict.fromkeys((*getattr(old, name), *getattr(new, name))))
    changes["terms"] = _merge_terms(old, new, prefer, conflicts)
    merged = replace(old, **changes)
    listed = tuple(conflict for conflict in conflicts if conflict.field != "glossary")
    return (old if merged == old else merged), listed


def _choose(entry: str, name: str, old: Any, new: Any, prefer: Prefer, conflicts: list[Conflict]) -> Any:
    if not new or new == old:
        return old
    if not old:
        return new
    kept = new if prefer == "new" else old
    conflicts.append(Conflict(entry=entry, field=name, old=show(old), new=show(new), kept=show(kept)))
    return kept


def _merge_terms(old: Concept, new: Concept, prefer: Prefer, conflicts: list[Conflict]) -> tuple[Term, ...]:
    terms = list(old.terms)
    pairs = _pair_terms(old.terms, new.terms)
    incoming: set[int] = set()
    for index, term in enumerate(new.terms):
        place = pairs.get(index)
        if place is None:
            place = len(terms)
            terms.append(term)
        elif terms[place] != term:
            terms[place] = _merge_term(old.id, terms[place], term, prefer, conflicts)
        incoming.add(place)
    _one_preferred(old, terms, incoming, prefer, conflicts)
    return tuple(terms)


def _pair_terms(old: Sequence[Term], new: Sequence[Term]) -> dict[int, int]:
    """Return which term of ``old`` each of ``new`` is: the same text first, then the same key."""
    by_text = {(term.lang, term.text, term.profiles): index for index, term in enumerate(old)}
    pairs = {
        index: place
        for index, term in enumerate(new)
        if (place := by_text.get((term.lang, term.text, term.profiles))) is not None
    }
    free: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for place, term in enumerate(old):
        if place not in pairs.values():
            free.setdefault((term.lang, term_key(term.text), term.profiles), []).append(place)
    for index, term in enumerate(new):
        if index not in pairs and (places := free.get((term.lang, term_key(term.text), term.profiles))):
            pairs[index] = places.pop(0)
    return pairs


def _merge_term(entry: str, old: Term, new: Term, prefer: Prefer, conflicts: list[Conflict]) -> Term:
    values = {
        name: _choose(entry, f"{old.text}: {name}", getattr(old, name), getattr(new, name), prefer, conflicts)
        for name in TERM_FIELDS
    }
    return replace(old, **values)


def _one_preferred(
    old: Concept, terms: list[Term], incoming: set[int], prefer: Prefer, conflicts: list[Conflict]
) -> None:
    """Keep one preferred term a language and profile: the losers of the merge become admitted."""
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for place, term in enumerate(terms):
        if term.status is AdministrativeStatus.PREFERRED:
            groups.setdefault((term.lang, term.profiles), []).append(place)
    for places in groups.values():
        ours = [p for p in places if p < len(old.terms) and old.terms[p].status is AdministrativeStatus.PREFERRED]
        theirs = [place for place in places if place in incoming]
        if len(places) < 2 or not ours or not theirs:
            continue
        winner = theirs[0] if prefer == "new" else ours[0]
        loser = next(place for place in places if place != winner)
        mine, other = (loser, winner) if prefer == "new" else (winner, loser)
        conflicts.append(
            Conflict(
                entry=old.id,
                field="preferred",
                old=terms[mine].text,
                new=terms[other].text,
                kept=terms[winner].text,
            )
        )
        for place in places:
            if place != winner:
                terms[place] = replace(terms[place], status=AdministrativeStatus.ADMITTED)
