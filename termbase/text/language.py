"""Telling Vietnamese from English by cheap statistics: no model, and an honest "not sure"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from termbase.text.syllable import is_syllable, plain_spellings

_LONGEST = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH_WORDS = frozenset(
    re.split(
        r"\s+",
        "the of and to in is was for that on are with as by at from this which it be or an not have has had"
        " were been its their they will would can should shall all also more between under over after during"
        " into through we our you he his she her who what when where there these those no than then about"
        " against army military party people defence defense national committee central force forces combat"
        " any being but could did do if may most new one other out said so some such them up your",
    )
)
_ENGLISH_END = re.compile(r"(?:tion|ness|ment|ing|ship|able|ible|ity|ous|ence|ance|ward|ful|less|ally|ised|ized)s?\Z")
_OTHER_WORDS = frozenset(
    re.split(
        r"\s+",
        "der das und ist nicht ein eine mit auf für les des est une dans pour que avec sur pas los las del por"
        " para una il che",
    )
)
_SURE = 0.65


def detect_language(text: str) -> tuple[str, float]:
    """Return ``"vi"``, ``"en"`` or ``""`` (not sure, another language) and a confidence of 0 to 1.

    Vietnamese without marks is known from four words on.

    >>> detect_language("Bộ đội sẵn sàng chiến đấu.")[0], detect_language("The troops are ready.")[0]
    ('vi', 'en')
    >>> detect_language("Straße über Köln")[0], detect_language("57-NQ/TW")
    ('', ('', 0.0))
    """
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text[:_LONGEST])) if not _is_label(word)]
    if not words:
        return "", 0.0
    kinds = Counter(map(_kind, words))
    best, lang, rest = _weigh(kinds, len(words))
    confidence = round(best / (best + rest), 3) if best + rest else 0.0
    return (lang, confidence) if best and confidence >= _SURE else ("", confidence)


def _weigh(kinds: Counter[str], count: int) -> tuple[float, str, float]:
    """Return the score of the likelier language, its name, and the score of all else."""
    # to, in, can, do … are words of both languages; the others decide which they are here.
    foreign = kinds["plain"] + kinds["ending"] + kinds["english"]
    vietnamese = foreign <= 0.2 * count or kinds["marked"] + kinds["capital"] > foreign
    unmarked = 0.5 * (kinds["unmarked"] + (kinds["either"] if vietnamese else 0))
    # An ending such as -tion proves English in a term; in a sentence English has its small words too.
    english = kinds["english"] + (0 if vietnamese else kinds["either"])
    english += kinds["ending"] if english or count <= 4 else 0
    plain = 0.5 * (kinds["plain"] + kinds["ending"])
    marked = kinds["marked"] + (0.5 if english else 1.0) * kinds["capital"]
    if english and marked:
        unmarked = 0.0  # among names, unmarked syllables speak for neither language
    scores = {
        "vi": marked + (unmarked if marked or unmarked >= 2 else 0.0),
        "en": english + (plain + unmarked if english else 0.0),
        "": kinds["strange"] + (0.0 if english else plain),
    }
    lang = "vi" if scores["vi"] >= scores["en"] else "en"
    best = scores.pop(lang)
    return best, lang, sum(scores.values())


def _is_label(word: str) -> bool:
    """Whether a word is an abbreviation, which speaks no language."""
    return len(word) < 2 or (word.isupper() and len(word) < 6 and not is_syllable(word))


@lru_cache(maxsize=16384)
def _kind(word: str) -> str:
    if word != word.lower():
        kind = _kind(word.lower())
        if kind == "either":
            return "unmarked"  # the name An, not the article
        return "capital" if kind == "marked" else kind
    if not word.isascii():
        letters = word.replace("’", "'")
        if letters.isascii():
            return _kind(letters)
        return "marked" if is_syllable(word) else "strange"
    if word in _OTHER_WORDS:
        return "strange"
    if word in _ENGLISH_WORDS or "'" in word:
        return "either" if word in plain_spellings() else "english"
    if word in plain_spellings():
        return "unmarked"
    return "ending" if _ENGLISH_END.search(word) else "plain"
