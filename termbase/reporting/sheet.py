"""Guesses of a report as a glossary sheet that a person completes and imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, Term
from termbase.reporting.model import Guess, Rendering


def guessed_concepts(guesses: Iterable[Guess], known: Sequence[Concept]) -> list[Concept]:
    """Return the guesses as concepts whose guessed terms are drafts, which no check takes for accepted.

    A new rendering of a known concept joins all the terms of that concept, because an imported concept
    stands in place of the shipped one of its id. The others are concepts of their own, without a
    Vietnamese term, which only a person can give. Ids are not those of ``known``.

    >>> from termbase.reporting.model import Rendering
    >>> phrases = [Rendering(text, "guess", 1, {"a.txt": 1}) for text in ("big tent", "large tent")]
    >>> made = guessed_concepts([Guess(tuple(phrases), "the same head")], [])
    >>> made[0].id, [(term.text, str(term.status)) for term in made[0].terms]
    ('guess-1', [('big tent', 'draft'), ('large tent', 'draft')])
    """
    by_id = {concept.id: concept for concept in known}
    made: dict[str, Concept] = {}
    number = 0
    for guess in guesses:
        if guess.concept_id in by_id:
            old = made.get(guess.concept_id, by_id[guess.concept_id])
            have = {term.text for term in old.terms}
            new = [_draft(r, guess.reason) for r in guess.renderings if r.text not in have]
            made[old.id] = replace(old, terms=(*old.terms, *new))
            continue
        number += 1
        while f"guess-{number}" in by_id:
            number += 1
        terms = tuple(_draft(rendering, guess.reason) for rendering in guess.renderings)
        made[f"guess-{number}"] = Concept(id=f"guess-{number}", terms=terms)
    return list(made.values())


def _draft(rendering: Rendering, reason: str) -> Term:
    where = ", ".join(f"{name} {count}" for name, count in rendering.by_document.items())
    return Term(
        text=rendering.text,
        lang="en",
        status=AdministrativeStatus.DRAFT,
        part_of_speech=PartOfSpeech.NOUN,
        note=f"guess: {reason}; met in {where}",
    )
