"""English surface forms of terms: inflection, spelling, articles.

Terms are expanded when a termbase is compiled; running text is never lemmatised. A form knows which
feature it carries, so that a repair can give the same feature to another term.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from termbase.model import GrammaticalNumber, PartOfSpeech
from termbase.text import english_data as data
from termbase.text.english_inflection import Form, forms, inflect_like, singular
from termbase.text.english_spelling import american, spelling_of, spellings, to_spelling

__all__ = [
    "Form",
    "forms",
    "indefinite_article",
    "inflect_like",
    "key",
    "spelling_of",
    "spellings",
    "surface_forms",
    "to_spelling",
]


@lru_cache(maxsize=1 << 15)
def surface_forms(
    text: str,
    part_of_speech: PartOfSpeech | str | None = None,
    number: GrammaticalNumber | str | None = None,
) -> frozenset[str]:
    """Return every way ``text`` may stand in running text: inflected, respelt, compounded.

    Both apostrophes are given for possessives. ``text`` itself is always among them. Answers are kept: the
    look-up index, the recogniser and the checker of one termbase ask for the same terms.

    >>> sorted(surface_forms("defence zone", "noun"))[:4]
    ['defence zone', "defence zone's", 'defence zones', "defence zones'"]
    """
    found = {text}
    for variant in spellings(text):
        for form in forms(variant, part_of_speech, number):
            found.add(form.text)
            if "'" in form.text:
                found.add(form.text.replace("'", "’"))
    return frozenset(found)


_AN_LETTERS = frozenset("AEFHILMNORSX")
_LEAD = re.compile(r"[\s\"'“”‘’«(\[*_$£€#~+<≈]*([^\s\"“”«»)\]]+)")
# Letters read one by one: NCO, US-led, R&D, MoU, MSc, F-16, M16, U.S.
_ACRONYM = re.compile(
    r"[A-Z][A-Z0-9]+(?:s|'s|’s)?(?:[-–/&'’].*)?|[A-Z](?:[&/][A-Z])+(?:[-–].*)?|[A-Z][a-z][A-Z]s?|[A-Z]{2}c|"
    r"[A-Z](?:[-–.'’][A-Za-z0-9.-]*)?|[A-Z]{1,3}\d[\w-]*"
)
_PLAIN_D = str.maketrans("ĐÐ", "DD")
_YOU_SOUND = re.compile(
    r"(?:uni(?!n|m[ap]|l|s|r|d(?!irect))|unil(?!l)|unis(?:on|ex)|unanim|unesco|us(?:e|u|a(?:b|g)|i(?:ng))|ut(?:il|en|op|ah)|"
    r"ura|ure(?:a|t)|uri|uro|urug|uig|"
    r"uk|ug(?:a)|ubi|uv|eu|ew|one(?:$|[^a-z]|self|ness)|once|ouija|uy)"
)
_SILENT_H = re.compile(r"h(?:our|onest|ono(?!l)|eir|ors d)")


def indefinite_article(phrase: str) -> str:
    """Return ``"a"`` or ``"an"`` by the sound of the first word of ``phrase``.

    Letters spelt out, numbers and digits are read aloud: *an NCO*, *a UN*, *an M16*, *an 11th*.

    >>> [indefinite_article(p) for p in ("NCO", "unified command", "hour", "UAV", "M16", "8th corps")]
    ['an', 'a', 'an', 'a', 'an', 'an']
    """
    lead = _LEAD.match(phrase)
    if lead is None:
        return "a"
    word = lead.group(1)
    if word[0].isdigit():
        return "an" if _vowel_number(word) else "a"
    plain = unicodedata.normalize("NFD", word.translate(_PLAIN_D))
    if word[1:2] in ("-", "–"):
        plain = plain[0].upper() + plain[1:]  # u-turn, x-ray
    if _ACRONYM.fullmatch(plain.rstrip(".,;:!?")) and not _is_spoken(word):
        return "an" if plain[0] in _AN_LETTERS or word in data.SPOKEN_UN else "a"
    plain = plain.lower()
    if _YOU_SOUND.match(plain):
        return "a"
    return "an" if plain[0] in "aeiou" or _SILENT_H.match(plain) else "a"


def _is_spoken(word: str) -> bool:
    return re.split(r"[-/'’]", word)[0] in data.SPOKEN_ACRONYMS


def _vowel_number(word: str) -> bool:
    digits = re.match(r"\d+(?:[,.]\d{3})*", word)
    number = re.sub(r"\D", "", digits.group()) if digits else ""
    return number.startswith("8") or (number[:2] in ("11", "18") and len(number) % 3 == 2)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return a key of one word that spelling, number, case and possessive do not change.

    It is for comparing, never for display, and merges nothing else: *office* and *officer* differ.

    >>> key("Organisations"), key("organization’s"), key("officer") == key("office")
    ('organization', 'organization', False)
    """
    lower = word.casefold().replace("’", "'")
    for ending in ("'s", "'"):
        lower = lower.removesuffix(ending)
    *first, last = lower.split("-")
    return "-".join(american(part) for part in (*first, singular(last)))
