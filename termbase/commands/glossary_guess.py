"""Guesses of a report, confirmed one by one with ``songngu glossary add --from-report``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from termbase.commands.common import read_text
from termbase.errors import InputError, Problem, UsageError
from termbase.model import AdministrativeStatus, PartOfSpeech, Term


class Guessed(NamedTuple):
    """A group of phrases that a report puts together, and the concept that they may render, if it is a known one."""

    renderings: tuple[str, ...]
    reason: str
    concept_id: str


def read_guesses(path: str) -> tuple[Guessed, ...]:
    """Return the guesses of a file that ``songngu report --json`` wrote; :class:`InputError` for another file."""
    try:
        made = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError([Problem(path=path, line=error.lineno, message=error.msg)]) from None
    rows = made.get("guesses") if isinstance(made, Mapping) else None
    if not isinstance(rows, list) or not all(map(_is_guess, rows)):
        raise InputError([Problem(path=path, message="no report; make one with: songngu report DOC… --json")])
    return tuple(
        Guessed(
            tuple(str(r["text"]) for r in row["renderings"]), str(row.get("reason") or ""), row.get("concept_id") or ""
        )
        for row in rows
    )


def _is_guess(row: Any) -> bool:
    said = row.get("renderings") if isinstance(row, Mapping) else None
    return isinstance(said, list) and all(isinstance(r, Mapping) and "text" in r for r in said)


def chosen(guesses: Sequence[Guessed], number: int, path: str) -> Guessed:
    """Return a guess by its number, from 1."""
    if not 1 <= number <= len(guesses):
        known = f"numbers 1 to {len(guesses)}" if guesses else "no guess"
        raise UsageError(f"{path} holds {known}; not {number}")
    return guesses[number - 1]


def with_guessed(given: Sequence[Term], guess: Guessed) -> tuple[Term, ...]:
    """Return the terms given on the command line and the guessed ones that they do not name, as admitted.

    Where no English term is given, the first guessed one is the preferred one of a new concept.
    """
    from termbase.text.keys import exact_key
    from termbase.text.normalize import normalize_term

    named = {exact_key(term.text) for term in given if term.lang == "en"}
    part = next((term.part_of_speech for term in given if term.part_of_speech), PartOfSpeech.NOUN)
    note = f"confirmed guess: {guess.reason}" if guess.reason else "confirmed guess"
    terms = list(given)
    for text in dict.fromkeys(map(normalize_term, guess.renderings)):
        if exact_key(text) in named:
            continue
        best = not guess.concept_id and not any(t.lang == "en" and t.status.accepted for t in terms)
        status = AdministrativeStatus.PREFERRED if best else AdministrativeStatus.ADMITTED
        terms.append(Term(text=text, lang="en", status=status, part_of_speech=part, note=note))
    return tuple(terms)
