"""The terms of one language compiled for recognition: patterns, and what each may stand for.

A sense is a plain tuple of numbers and strings. There are several for every term, and the garbage
collector leaves such tuples alone, where objects would cost it a walk in every long run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbase.automaton import Automaton, normalized_terms, searchable_all
from termbase.codepage import UNKNOWN, CodePage, tone_placements
from termbase.common_words import swallowed
from termbase.model import AdministrativeStatus, CaseRule, Concept, Term, TermType
from termbase.surface import ABBREVIATION, ANY, EXACT, Form, fits
from termbase.variants import running_forms

_ORDER = {status: place for place, status in enumerate(AdministrativeStatus)}
_LATE = _ORDER[AdministrativeStatus.DRAFT]

Sense = tuple[int, int, int, int, int, int, str]
"""Rejected, variant, status, place of the concept, place of the term in it, rule of capitals, form:
in this order the best sorts first."""

_BETWEEN = "\0"

Meaning = tuple[tuple[Concept, ...], tuple[Term, ...]]


def needs_context(term: Term) -> bool:
    """Whether a term is an everyday word that names its concept only where the context is known.

    Such is an English short form of one word in small letters: *mission* for a working delegation.
    Alone in running text it says nothing, so it is not recognised; as a rendering it is accepted.

    >>> needs_context(Term(text="mission", lang="en", type=TermType.SHORT_FORM))
    True
    >>> needs_context(Term(text="working mission", lang="en")), needs_context(Term(text="regiment", lang="en"))
    (False, False)
    """
    return term.type is TermType.SHORT_FORM and term.lang == "en" and term.text.isalpha() and term.text.islower()


class Language:
    """The compiled terms of one language.

    Patterns are the spellings of the terms in both tone placements, as bytes of the code page ``page``.
    ``owners`` tells of each pattern which spelling it is, ``strict`` of each spelling whether
    :meth:`meant` must be asked, and ``known`` what it stands for, as far as that was asked already and
    depends on nothing; ``keys`` holds the spellings.

    >>> language = Language([Concept(id="a", terms=(Term(text="army", lang="en"),))], "en")
    >>> sorted(language.keys)
    ['armies', 'army']
    """

    __slots__ = (
        "_alone", "_concepts", "_senses", "_spellings", "_unsure",
        "automaton", "keys", "known", "lang", "owners", "page", "strict",
    )  # fmt: skip

    def __init__(self, concepts: Sequence[Concept], lang: str) -> None:
        named = [
            (place, position, term)
            for place, concept in enumerate(concepts)
            for position, term in enumerate(concept.terms)
            if term.lang == lang and not needs_context(term)
        ]
        texts = normalized_terms([term.text for _, _, term in named])
        senses: list[Sense] = []
        for (place, position, term), text in zip(named, texts, strict=True):
            senses.extend(_senses(place, position, term, text))
        found: dict[str, tuple[Sense, ...]] = {}
        for key, sense in zip(searchable_all([sense[6] for sense in senses]), senses, strict=True):
            key = as_searched(key, lang)
            others = found.get(key)
            found[key] = (sense,) if others is None else _best((*others, sense))
        found.pop("", None)
        self.lang = lang
        self._concepts = concepts
        self._senses = list(found.values())
        self._spellings = list(found)
        self.keys = frozenset(found)
        self.known: list[Meaning | None] = [None] * len(found)
        # A Vietnamese syllable that is a word by itself may be a part of a longer one as well.
        self._alone = [lang == "vi" and key.isalpha() for key in found]
        self.page = CodePage(self._spellings)
        self._unsure = {
            place for place, key in enumerate(found) if UNKNOWN in key or not self.page.known.issuperset(key)
        }
        capitals = [all(sense[5] != ANY for sense in group) for group in self._senses]
        self.strict = [one or other for one, other in zip(capitals, self._alone, strict=True)]
        for place in self._unsure:
            self.strict[place] = True
        self.owners, patterns = _patterns(self._spellings, self.page)
        self.automaton = Automaton(patterns)

    def find(self, data: bytes) -> list[tuple[int, int, int]]:
        """Return every occurrence of a pattern in folded text as (pattern, start, end)."""
        return self.automaton.find(data.replace(b"-", b" ") if self.lang == "en" else data)

    def meant(self, spelling: int, normal: str, start: int, end: int) -> bool:
        """Whether ``normal[start:end]`` is a word by itself and its capitals allow one of the senses."""
        if self._alone[spelling] and swallowed(normal, start, end):
            return False
        if spelling in self._unsure:
            (key,) = searchable_all([normal[start:end]])
            if as_searched(key, self.lang) != self._spellings[spelling]:
                return False
        return any(fits(self._form(sense), normal, start, end) for sense in self._senses[spelling])

    def meaning(self, spelling: int, normal: str, start: int, end: int) -> Meaning:
        """Return the concepts and terms a hit stands for, the likeliest first."""
        senses = self._senses[spelling]
        if len(senses) == 1:
            concept = self._concepts[senses[0][3]]
            meaning = self.known[spelling] = (concept,), (concept.terms[senses[0][4]],)
            return meaning
        surface = normal[start:end]
        fitting = [sense for sense in senses if fits(self._form(sense), normal, start, end)]
        # Among equals the one whose capitals are those of the text is meant.
        fitting.sort(key=lambda sense: (sense[0], sense[6] != surface, sense))
        concepts = tuple([self._concepts[sense[3]] for sense in fitting])
        return concepts, tuple([c.terms[sense[4]] for c, sense in zip(concepts, fitting, strict=True)])

    def _form(self, sense: Sense) -> Form:
        return Form(sense[6], self.lang, sense[5])


def _patterns(spellings: Sequence[str], page: CodePage) -> tuple[list[int], list[bytes]]:
    """Return each spelling in both tone placements, folded, and the places of the spellings they are of."""
    owners, keys = [], []
    for place, spelling in enumerate(spellings):
        for key in tone_placements(spelling):
            owners.append(place)
            keys.append(key)
    joined = _BETWEEN.join(keys)
    if joined.count(_BETWEEN) + 1 == len(keys):
        return owners, page.fold_key(joined).split(_BETWEEN.encode())
    return owners, [page.fold_key(key) for key in keys]


def as_searched(key: str, lang: str) -> str:
    """Return a searchable text as it is searched: an English hyphen and space are one.

    >>> as_searched("combat-ready", "en"), as_searched("qp-an", "vi")
    ('combat ready', 'qp-an')
    """
    return key.replace("-", " ") if lang == "en" else key


def _senses(place: int, position: int, term: Term, text: str) -> Iterator[Sense]:
    abbreviated = term.type.abbreviated
    rule = ABBREVIATION if abbreviated else EXACT if term.case_rule is CaseRule.EXACT else ANY
    part = term.part_of_speech.value if term.part_of_speech else None
    number = term.number.value if term.number else None
    status = _ORDER[term.status]
    rejected = status if status > _LATE else 0
    variant = 0
    for form in running_forms(text, term.lang, abbreviated=abbreviated, part_of_speech=part, number=number):
        yield rejected, variant, status, place, position, rule, form
        variant = 1


def _best(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Sort senses, the best first, and keep one a concept."""
    best: dict[int, Sense] = {}
    for sense in sorted(senses):
        best.setdefault(sense[3], sense)
    return tuple(best.values())
