"""Keys by which spellings are compared. Keys are for comparing only; text is never rebuilt from them.

=============  =======================================================================================
``match_key``  length-preserving: case, tone placement, quotes, apostrophes, dashes, line ends
``exact_key``  the same, and misplaced tones, spaces, spaces round dashes, double quotes, numerals of
               numbered formulas
``folded_key`` the exact key without marks, đ as d
``loose_key``  the folded key with i for y in open syllables after h k l m s t qu
=============  =======================================================================================

Each is coarser than the one above it: what is equal by one stays equal by the next.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from termbase.text.matching import match_key
from termbase.text.normalize import normalize_term
from termbase.text.slogans import SLOGAN_HEADS, digits_for_words, numeral_variants
from termbase.text.syllable import unify_placement

__all__ = [
    "SLOGAN_HEADS",
    "exact_key",
    "folded_key",
    "loose_key",
    "match_key",
    "numeral_variants",
    "strip_marks",
]

_NON_ASCII_WORD = re.compile(r"[^\W\d_]+")
_AROUND_DASH = re.compile(r"\s*-\s*")
_DOUBLE_QUOTES = re.compile(r'\s*"\s*(?=[\s.,;:!?)]|$)|"')
_SPACES = re.compile(r"\s+")
_Y_SYLLABLE = re.compile(r"(?<![^\W\d_])(h|k|l|m|s|t|qu)y(?![^\W\d_])")
_COMBINING = re.compile("[\u0300-\u036f]+")
_D_FORMS = str.maketrans("đĐðÐɖƉ", "dDdDdD")


def exact_key(text: str) -> str:
    """Return the key under which spellings of one term are equal, marks included.

    Over :func:`match_key` it unifies white space and spaces round dashes, drops double quotes, mends
    misplaced tones (``cuả``), and writes the numeral of a numbered formula in digits.

    >>> exact_key("“Bốn  tại chỗ”"), exact_key("Thủy quân") == exact_key("thuỷ quân")
    ('4 tại chỗ', True)
    >>> exact_key("kinh tế – xã hội") == exact_key("Kinh tế-xã hội"), exact_key("năm 2025")
    (True, 'năm 2025')
    """
    return _exact_key(text)


# The three keys of one term are asked for one after the other.
@lru_cache(maxsize=8)
def _exact_key(text: str) -> str:
    key = match_key(normalize_term(text))
    if '"' in key:
        key = _SPACES.sub(" ", _DOUBLE_QUOTES.sub("", key)).strip() or key
    if "-" in key:
        key = _AROUND_DASH.sub("-", key)
    if not key.isascii():
        key = _NON_ASCII_WORD.sub(lambda word: unify_placement(word.group()), key)
    return digits_for_words(key)


def strip_marks(text: str) -> str:
    """Return ``text`` without tone and letter marks, đ as d; case and all else stay.

    >>> strip_marks("Đảng ủy Quân sự"), strip_marks("El niño")
    ('Dang uy Quan su', 'El nino')
    """
    if text.isascii():
        return text
    plain = _COMBINING.sub("", unicodedata.normalize("NFD", text))
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain).translate(_D_FORMS)


def folded_key(text: str) -> str:
    """Return the key under which spellings with and without Vietnamese marks are equal.

    >>> folded_key("Đảng ủy"), folded_key("bon tai cho") == folded_key("4 tại chỗ")
    ('dang uy', True)
    """
    return _folded_key(text)


@lru_cache(maxsize=8)
def _folded_key(text: str) -> str:
    return digits_for_words(strip_marks(_exact_key(text)).casefold().replace("ʼ", "'"), folded=True)


def loose_key(text: str) -> str:
    """Return the folded key with y as i in open syllables after h, k, l, m, s, t and qu.

    A last resort, never an identity: Decision 1989/QĐ-BGDĐT (2018), article 9, prefers i there and
    usage y. Never joined: ai and ay, ui and uy.

    >>> loose_key("kỷ luật") == loose_key("kỉ luật"), loose_key("tay") == loose_key("tai")
    (True, False)
    """
    return _Y_SYLLABLE.sub(r"\1i", folded_key(text))
