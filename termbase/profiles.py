"""House profiles: one consistent set of choices for a job, never mixed in one text.

``mod``: the Ministry of National Defence, White Papers and laws in English: British spelling, Colonel
is Đại tá. ``qdnd``: the English pages of the People's Army Newspaper: American spelling, Senior Colonel
is Đại tá and Colonel is Thượng tá.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from termbase.errors import UsageError
from termbase.model import AdministrativeStatus, Concept, Term

Spelling = Literal["en-GB", "en-US"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One house's choices: English spelling, rank names (by the profile's name), tone placement."""

    name: str
    title: str
    spelling: Spelling
    tone: Literal["old", "new"] = "old"


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "mod": Profile(name="mod", title="Ministry of National Defence, White Papers, laws", spelling="en-GB"),
        "qdnd": Profile(name="qdnd", title="People's Army Newspaper in English", spelling="en-US"),
    }
)

HOUSE = "mod"
"""The profile whose terms are preferred when none is asked for."""


def get_profile(name: str) -> Profile:
    """Return a profile by name; :class:`UsageError` names the known ones.

    >>> get_profile("qdnd").spelling
    'en-US'
    """
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f"there is no profile {name!r}; known: {', '.join(PROFILES)}") from None


def apply_profile(concept: Concept, profile: Profile | None) -> Concept:
    """Return the concept as a house sees it.

    Under an explicit profile the terms of other profiles are deprecated with a note, a term of the
    profile goes before a general one, and accepted English terms take the profile's spelling.
    Without a profile nothing is rejected: the terms of other houses are merely not preferred.

    >>> from termbase.model import Term
    >>> rank = Concept(
    ...     id="dai-ta",
    ...     terms=(
    ...         Term(text="Colonel", lang="en", profiles=("mod",)),
    ...         Term(text="Senior Colonel", lang="en", profiles=("qdnd",)),
    ...     ),
    ... )
    >>> [str(term.status) for term in apply_profile(rank, PROFILES["qdnd"]).terms]
    ['deprecated', 'preferred']
    >>> [str(term.status) for term in apply_profile(rank, None).terms]
    ['preferred', 'admitted']
    """
    terms = concept.terms
    if any(term.profiles for term in terms):
        terms = _choose(terms, profile)
    if profile is not None:
        terms = _respell(terms, profile)
    return concept if terms is concept.terms else replace(concept, terms=terms)


def _choose(terms: tuple[Term, ...], profile: Profile | None) -> tuple[Term, ...]:
    name = profile.name if profile else HOUSE
    preferred = [term for term in terms if term.status is AdministrativeStatus.PREFERRED]
    # A language is "owned" when the profile has a preferred term of its own there,
    # "covered" when it has that or a general one.
    owned = {term.lang for term in preferred if name in term.profiles}
    covered = owned | {term.lang for term in preferred if not term.profiles}
    return tuple(_place(term, name, owned, covered, strict=profile is not None) for term in terms)


def _place(term: Term, name: str, owned: set[str], covered: set[str], *, strict: bool) -> Term:
    if term.status.rejected or name in term.profiles or term.lang not in covered:
        return term
    if strict and term.profiles:
        houses = ", ".join(term.profiles)
        note = f"used under the profile {houses}, not under {name}"
        note = f"{term.note}; {note}" if term.note else note
        return replace(term, status=AdministrativeStatus.DEPRECATED, note=note)
    second = bool(term.profiles) or term.lang in owned
    if second and term.status is AdministrativeStatus.PREFERRED:
        return replace(term, status=AdministrativeStatus.ADMITTED)
    return term


def _respell(terms: tuple[Term, ...], profile: Profile) -> tuple[Term, ...]:
    from termbase.text.english import to_spelling

    changed = False
    result: list[Term] = []
    for term in terms:
        if term.lang == "en" and term.status.accepted:
            text = to_spelling(term.text, profile.spelling)
            if text != term.text:
                changed = True
                term = replace(term, text=text)
        result.append(term)
    if not changed:
        return terms
    best = {(t.lang, t.text, t.profiles): t for t in reversed(result)}
    return tuple(t for t in result if best[t.lang, t.text, t.profiles] is t)
