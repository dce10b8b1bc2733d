"""What differs between two glossaries, concept by concept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Literal

from termbase.model import Concept, Term

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field; ``term`` names the term it belongs to, ``""`` for the concept's own."""

    field: str
    before: str
    after: str
    term: str = ""


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """One concept that was added, removed or changed."""

    kind: Kind
    id: str
    changes: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        mark = {"added": "+", "removed": "-", "changed": "~"}[self.kind]
        lines = [f"{mark} {self.id}"]
        for change in self.changes:
            subject = f"{change.term}: " if change.term else ""
            if not change.before:
                lines.append(f"    + {subject}{change.field}: {change.after}")
            elif not change.after:
                lines.append(f"    - {subject}{change.field}: {change.before}")
            else:
                lines.append(f"    ~ {subject}{change.field}: {change.before} → {change.after}")
        return "\n".join(lines)


def diff(before: Iterable[Concept], after: Iterable[Concept]) -> tuple[ConceptChange, ...]:
    """Return the differences, in the order of ``before``, then what was added.

    Concepts are matched by id, terms by language, text and profiles; the order of concepts and
    terms is no difference.

    >>> old = [Concept(id="a", terms=(), note="x")]
    >>> print(*diff(old, [Concept(id="a", terms=(), note="y"), Concept(id="b", terms=())]), sep="\\n")
    ~ a
        ~ note: x → y
    + b
    """
    old = {concept.id: concept for concept in before}
    new = {concept.id: concept for concept in after}
    found: list[ConceptChange] = []
    for identifier, concept in old.items():
        if identifier not in new:
            found.append(ConceptChange("removed", identifier))
        elif changes := tuple(changes_between(concept, new[identifier])):
            found.append(ConceptChange("changed", identifier, changes))
    found.extend(
        ConceptChange("added", identifier, tuple(changes_between(Concept(id=identifier, terms=()), concept)))
        for identifier, concept in new.items()
        if identifier not in old
    )
    return tuple(found)


def changes_between(old: Concept, new: Concept) -> Iterator[FieldChange]:
    """Yield the fields and terms in which two versions of a concept differ; the glossary's name does not count.

    >>> [change.field for change in changes_between(Concept(id="a", terms=(), note="x"), Concept(id="a", terms=()))]
    ['note']
    """
    for field in fields(Concept):
        if field.name in ("id", "terms", "glossary"):
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield FieldChange(field.name, show(before), show(after))
    terms = {_identity(term): term for term in old.terms}
    later = {_identity(term): term for term in new.terms}
    for place, term in terms.items():
        if place not in later:
            yield FieldChange(f"{term.lang} term", f"{term.text} ({term.status})", "")
        else:
            yield from _term_changes(term, later[place])
    for place, term in later.items():
        if place not in terms:
            yield FieldChange(f"{term.lang} term", "", f"{term.text} ({term.status})")


def _identity(term: Term) -> tuple[str, str, tuple[str, ...]]:
    return term.lang, term.text, term.profiles


def _term_changes(old: Term, new: Term) -> Iterator[FieldChange]:
    for field in fields(Term):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield FieldChange(field.name, show(before), show(after), old.text)


def show(value: object) -> str:
    """Return a field's value as people read it.

    >>> show(("a", "b"))
    'a; b'
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(_item(item) for item in value)
    return str(value)


def _item(item: object) -> str:
    if isinstance(item, tuple):
        return ": ".join(str(part) for part in item)
    if hasattr(item, "vi"):
        return f"{item.vi} = {item.en}"  # type: ignore[attr-defined]
    return f"{item.type}: {item.target}" if hasattr(item, "target") else str(item)  # type: ignore[attr-defined]
