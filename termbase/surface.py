"""Whether the capitals of a stretch of text are those a term asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from termbase.text.syllable import is_syllable

ANY, EXACT, ABBREVIATION = 0, 1, 2
"""Rules: any capitals; at least the term's own; those of an abbreviation."""

_SHORT = 4
"""Abbreviations of fewer letters are read in capitals only: cb, qc and tt are other things."""


class Form(NamedTuple):
    """One spelling of a term, its language and the rule for its capitals."""

    text: str
    lang: str
    rule: int


def fits(form: Form, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, which has the letters of the form, may stand for it.

    >>> form = Form("CB", "vi", ABBREVIATION)
    >>> fits(form, "cb CB", 0, 2), fits(form, "cb CB", 3, 5)
    (False, True)
    """
    if form.rule == ANY:
        return True
    surface = text[start:end]
    if form.rule == EXACT:
        return keeps_capitals(form.text, surface)
    return (surface == form.text or _abbreviation_fits(form, surface)) and not _in_headline(text, start, end)


def keeps_capitals(form: str, surface: str) -> bool:
    """Whether each capital of the form is one in the surface too; white space does not count.

    >>> keeps_capitals("Party", "PARTY"), keeps_capitals("Party", "party")
    (True, False)
    """
    mine = [char for char in form if char.isalnum()]
    theirs = [char for char in surface if char.isalnum()]
    return all(not a.isupper() or b.isupper() for a, b in zip(mine, theirs, strict=False))


def _abbreviation_fits(form: Form, surface: str) -> bool:
    letters = [char for char in form.text if char.isalnum()]
    if not all(char.isupper() or char.isdigit() for char in letters):
        # "Lt. Gen.", "Đ/c": a headline may set them in capitals, a sentence may begin with them.
        return surface.isupper() or surface[:1].upper() + surface[1:] == form.text[:1].upper() + form.text[1:]
    if surface.isupper():
        return True
    return form.lang == "vi" and surface.islower() and len(letters) >= _SHORT and not is_syllable(surface)


_BEFORE = re.compile(r"([^\W\d_]+)\s\Z")
_AFTER = re.compile(r"\s([^\W\d_]+)")


def _in_headline(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation that spells a syllable stands among words in capitals: TU DƯỠNG, CA NGỢI."""
    if not is_syllable(text[start:end]):
        return False
    before = _BEFORE.search(text, max(0, start - 12), start)
    after = _AFTER.match(text, end)
    return any(word and _is_capital_word(word.group(1)) for word in (before, after))


def _is_capital_word(word: str) -> bool:
    return len(word) > 1 and word.isupper() and is_syllable(word)
