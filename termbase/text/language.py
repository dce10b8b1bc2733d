"""Which of the two languages a text is in, by cheap statistics and no model."""

from __future__ import annotations

import re
import unicodedata

from termbase.text.syllable import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0306\u031b")
_ENGLISH = frozenset(
    "a about after all also an and any are as at be been being but by can could did do for from had has have he her"
    " his if in into is it its may more most new no not of on one or other our out over said shall she should so some"
    " such than that the their them then there these they this those to up was we were what when which who will with"
    " would you your".split()
)
_SAMPLE = 4000


def detect_language(text: str) -> tuple[str, float]:
    """Return ``("vi" | "en" | "", confidence)``; the empty language means not sure.

    Each word votes: one with a Vietnamese mark for Vietnamese, an English function word or a word that
    is no Vietnamese syllable for English, one with letters of neither language against both. Names and
    numbers alone decide nothing. Confidence is the winner's share of the votes, 0 to 1; only the first
    4,000 characters are read.

    >>> detect_language("Đơn vị duy trì nghiêm chế độ trực.")[0]
    'vi'
    >>> detect_language("The unit keeps the duty regime strictly.")[0]
    'en'
    >>> detect_language("57-NQ/TW")
    ('', 0.0)
    """
    vietnamese = english = other = 0.0
    for word in _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE])):
        if _is_marked(word):
            vietnamese += 1
        elif not word.isascii():
            other += 2
        elif word.lower() in _ENGLISH:
            english += 1
        elif word.islower():
            if is_syllable(word):
                vietnamese += 0.25
            else:
                english += 0.5
    total = vietnamese + english + other
    if total < 1:
        return "", 0.0
    lang, votes = ("vi", vietnamese) if vietnamese > english else ("en", english)
    share = votes / total
    return (lang, share) if share >= 0.6 else ("", share)


def _is_marked(word: str) -> bool:
    if word.isascii():
        return False
    if "đ" in word or "Đ" in word:
        return True
    return any(c in _MARKED or _MARKS.intersection(unicodedata.normalize("NFD", c)) for c in word) and is_syllable(word)
