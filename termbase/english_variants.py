"""The forms of English terms for compiling: those of the text layer, quickly where a phrase is plain.

Most phrases are of plain words: spelled one way in Britain and America, no preposition, no joint that
may be closed up. Their forms are the phrase and the plural of its last word, which is remembered from
phrase to phrase; all others go through :func:`termbase.text.english.surface_forms`. Possessive endings
are left out, and where a hyphen and a space are searched alike (see :mod:`termbase.recognize`) so are
forms that differ by one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from termbase.text import english_data as data
from termbase.text.english import forms, spellings, surface_forms

_POSSESSIVE = re.compile("(?:['’]s|s['’])$")
_ROMAN = frozenset("ivxl")
_SPECIAL = data.PREPOSITIONS | data.POSTPOSITIVE | frozenset(
    """
    and or the a an man woman no nos number class
    practice practise license licence program programme meter metre
    """.split()
)  # fmt: skip
_NAMES = frozenset(word for pair in data.NAME_VARIANTS for name in pair for word in name.split())
_NOUNS = (None, "noun", "proper noun")


def english_variants(text: str, part_of_speech: str | None, number: str | None) -> list[str]:
    """Return the forms of an English term, ``text`` first: inflected, respelt, solid.

    >>> english_variants("armed force", "noun", None), english_variants("tactic", "noun", "uncountable")
    (['armed force', 'armed forces'], ['tactic'])
    """
    words = text.split(" ")
    if part_of_speech == "verb" or not _is_plain(words):
        found = surface_forms(text, part_of_speech, number)
        return [text, *(form for form in found if form != text and not _POSSESSIVE.search(form))]
    single_name = part_of_speech == "proper noun" and len(words) == 1
    if number or single_name or part_of_speech not in _NOUNS:
        return [text]
    last = words[-1]
    lead = text[: -len(last)]
    return [text, *(lead + plural for plural in _plurals(last))]


def _is_plain(words: list[str]) -> bool:
    if not all(map(_plain_word, words)):
        return False
    return not any(word.lower() in data.SOLID_PREFIXES for word in words[:-1])


@lru_cache(maxsize=65536)
def _plain_word(word: str) -> bool:
    lower = word.lower()
    if not (word.isascii() and word.isalpha()) or len(word) < 2 or lower in _SPECIAL or lower.rstrip("s") in _SPECIAL:
        return False
    return word not in _NAMES and not set(lower) <= _ROMAN and spellings(word) == (word,)


@lru_cache(maxsize=65536)
def _plurals(word: str) -> tuple[str, ...]:
    return tuple(form.text for form in forms(word, "noun") if form.feature == "plural")
