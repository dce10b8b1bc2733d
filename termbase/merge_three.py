"""Merging two descendants of one glossary, as git asks for it: concept by concept, field by field, term by term."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from termbase.diff import show
from termbase.merge import LIST_FIELDS, TERM_FIELDS, TEXT_FIELDS, Conflict
from termbase.model import AdministrativeStatus, Concept, Term


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a three-way merge; where there is a conflict, ours is taken."""

    concepts: tuple[Concept, ...]
    conflicts: tuple[Conflict, ...]


def merge3(base: Sequence[Concept], ours: Sequence[Concept], theirs: Sequence[Concept]) -> Merged:
    """Merge two descendants of ``base``, concept by concept, field by field and term by term.

    The order is ours; concepts that only they added follow the one they stand after in theirs.

    >>> base = [Concept(id="a", terms=(), note="n"), Concept(id="b", terms=())]
    >>> ours = [Concept(id="a", terms=(), note="ours"), Concept(id="b", terms=())]
    >>> theirs = [Concept(id="a", terms=(), note="n", scope="theirs"), Concept(id="c", terms=())]
    >>> result = merge3(base, ours, theirs)
    >>> [(c.id, c.note, c.scope) for c in result.concepts], result.conflicts
    ([('a', 'ours', 'theirs'), ('c', '', '')], ())
    """
    conflicts: list[Conflict] = []
    by_id = [{concept.id: concept for concept in side} for side in (base, ours, theirs)]
    result: dict[str, Concept] = {}
    for identifier in _order(list(by_id[1]), list(by_id[2])):
        old, mine, other = (side.get(identifier) for side in by_id)
        merged = _merge3_concept(identifier, old, mine, other, conflicts)
        if merged is not None:
            result[identifier] = merged
    return Merged(tuple(result.values()), tuple(conflicts))


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    result, known = list(ours), set(ours)
    for index, identifier in enumerate(theirs):
        if identifier in known:
            continue
        before = next((theirs[i] for i in range(index - 1, -1, -1) if theirs[i] in known), None)
        result.insert(result.index(before) + 1 if before is not None else 0, identifier)
        known.add(identifier)
    return result


def _merge3_concept(
    identifier: str, base: Concept | None, mine: Concept | None, other: Concept | None, conflicts: list[Conflict]
) -> Concept | None:
    if other in (mine, base):
        return mine
    if mine == base:
        return other
    if mine is None or other is None:
        kept = mine or other
        old, new = ("changed", "removed") if mine else ("removed", "changed")
        conflicts.append(Conflict(entry=identifier, field="concept", old=old, new=new, kept="changed"))
        return kept
    base = base or Concept(id=identifier, terms=())
    values = {
        name: _three(identifier, name, (getattr(base, name), getattr(mine, name), getattr(other, name)), conflicts)
        for name in TEXT_FIELDS
    }
    for name in LIST_FIELDS:
        lists = (getattr(base, name), getattr(mine, name), getattr(other, name))
        values[name] = _three_lists(identifier, name, lists, conflicts)
    return replace(mine, terms=_merge3_terms(identifier, (base, mine, other), conflicts), **values)


def _three(entry: str, name: str, values: tuple[Any, Any, Any], conflicts: list[Conflict]) -> Any:
    base, mine, other = values
    if other in (mine, base):
        return mine
    if mine == base:
        return other
    conflicts.append(Conflict(entry=entry, field=name, old=_value(mine), new=_value(other), kept=_value(mine)))
    return mine


def _value(value: Any) -> str:
    return f"{value.text} ({value.status})" if isinstance(value, Term) else show(value) or "nothing"


def _merge3_terms(entry: str, sides: tuple[Concept, Concept, Concept], conflicts: list[Conflict]) -> tuple[Term, ...]:
    identity: Callable[[Term], tuple[object, ...]] = lambda term: (term.lang, term.text, term.profiles)  # noqa: E731
    maps: list[Mapping[tuple[object, ...], Term]] = [{identity(t): t for t in side.terms} for side in sides]
    result = []
    for place in dict.fromkeys((*maps[1], *maps[2])):
        base, mine, other = (side.get(place) for side in maps)
        if mine and other:
            merged: Term | None = _three_fields(entry, base, mine, other, conflicts)
        else:
            merged = _three(entry, f"term {place[1]}", (base, mine, other), conflicts)
        if merged is not None:
            result.append(merged)
    return tuple(_one_preferred3(entry, sides, result, conflicts))


def _three_fields(entry: str, base: Term | None, mine: Term, other: Term, conflicts: list[Conflict]) -> Term:
    if other in (mine, base):
        return mine
    # Of a term that both sides added no status and no type was there before.
    old = replace(base) if base else Term(text=mine.text, lang=mine.lang)
    known = TERM_FIELDS if base else [name for name in TERM_FIELDS if name not in ("status", "type")]
    values = {}
    for name in TERM_FIELDS:
        before = getattr(old, name) if name in known else None
        sides = (before, getattr(mine, name), getattr(other, name))
        values[name] = _three(entry, f"{mine.text}: {name}", sides, conflicts)
    return replace(mine, **values)


def _three_lists(
    entry: str, name: str, lists: tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]], conflicts: list[Conflict]
) -> tuple[Any, ...]:
    """Take what each side added and leave out what each removed; one value replaced on both sides is a conflict."""
    base, mine, other = lists
    added = tuple(value for value in other if value not in base and value not in mine)
    replaced = any(value not in mine and value not in other for value in base)
    if added and replaced and any(value not in base for value in mine):
        return cast("tuple[Any, ...]", _three(entry, name, lists, conflicts))
    return tuple(value for value in mine if value in other or value not in base) + added


def _one_preferred3(
    entry: str, sides: tuple[Concept, Concept, Concept], terms: list[Term], conflicts: list[Conflict]
) -> list[Term]:
    """Where each side made another term the preferred one, ours stays so and theirs becomes admitted."""
    result = list(terms)
    for group in dict.fromkeys((term.lang, term.profiles) for term in terms):
        base, mine, other = ([term.text for term in _preferred(side.terms, group)] for side in sides)
        places = [place for place, term in enumerate(result) if term in _preferred(result, group)]
        if len(places) < 2 or len(places) <= max(len(base), len(mine), len(other)):
            continue
        losers = [place for place in places if result[place].text not in mine]
        for place in losers:
            text = result[place].text
            conflicts.append(Conflict(entry=entry, field="preferred", old=mine[0], new=text, kept=mine[0]))
            result[place] = replace(result[place], status=AdministrativeStatus.ADMITTED)
    return result


def _preferred(terms: Iterable[Term], group: tuple[str, tuple[str, ...]]) -> list[Term]:
    return [t for t in terms if t.status is AdministrativeStatus.PREFERRED and (t.lang, t.profiles) == group]
