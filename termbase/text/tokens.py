"""Tokens with spans into the caller's own text; nothing but white space lies between two of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

TokenKind = Literal["word", "number", "code", "punct", "url", "other"]


class Token(NamedTuple):
    """``text`` is ``caller_text[start:end]``; ``kind`` says what it is."""

    start: int
    end: int
    text: str
    kind: TokenKind


# Combining marks and invisible characters belong to the letter before them: the text may be NFD.
_M = "\u0300-\u036f\u00ad\u034f\u200b-\u200d\u2060\ufeff"
_L = rf"[^\W\d_][{_M}]*"
# A capital without a tone: Đ and Ư stand in abbreviations, Á in a title set in capitals.
_UP = r"[A-ZĐÐĂÂÊÔƠƯ][\u0302\u0306\u031b]?(?![\u0300-\u036f])"
_CAPS = rf"(?:{_UP})(?:{_UP}|\d)*"
_TLD = r"(?:vn|com|org|net|gov|edu|info|int|eu|uk|us|cn|ru|io|mil)"
_DOMAIN = rf"(?i:(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.{_TLD})(?![\w-])"
_URL_END = r"[^\s<>\"“”«».,;:!?)\]}'’…]"
_INITIALS = {"en": r"(?<![^\W_])(?:[A-Za-z]\.){2,}|", "vi": ""}


@lru_cache(maxsize=2)
def _pattern(lang: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
          # Most words, seen at once: letters and then a space or plain punctuation.
          (?P<plain> [^\W\d_]+ (?= [\s,;!?)”"] | \.(?:\s|\Z) | \Z) )
        | (?P<url>
              (?i:https?|ftp)://[^\s<>"“”«»]*{_URL_END}
            | (?<![\w.@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
            | (?<![\w.@-]){_DOMAIN}(?:/[^\s<>"“”«»]*{_URL_END})?
          )
        | (?P<code>
              (?<!\w)\d+(?:/\d{{4}})?[/-]{_CAPS}(?:[&/.-]{_CAPS})*(?![^\W_])
            | (?<!\w){_CAPS}(?:[&/-](?:{_CAPS}|\d+(?:{_UP}|\d)*))+(?![^\W_])
            | (?<!\w)[A-ZĐ](?:{_L}){{0,5}}-\d+(?:{_UP}|\d)*(?![^\W_])
            | (?<!\w)(?:(?:{_L})+\d|\d+(?:{_UP}))(?:{_L}|\d)*(?![^\W_])
          )
        | (?P<number> \d+(?:[.,:/–-]\d+)* )
        | (?P<word> {_INITIALS.get(lang, "")}(?:{_L})+(?:['’ʼ](?:{_L})+)* )
        | (?P<punct> \./\. | \.{{2,}} | [^\w\s{_M}][\ufe0f]? )
        | (?P<other> \S )
        """,
        re.VERBOSE,
    )


def tokenize(text: str, lang: str) -> list[Token]:
    """Return the tokens of ``text`` in order; Vietnamese words are syllables.

    ``lang`` is ``"vi"`` or ``"en"``. Document numbers (``57-NQ/TW``), glued abbreviations
    (``CTĐ-CTCT``) and designations (``T-54``) are one token of kind ``code``; dates, times and ranges
    one ``number``. Spans count code points of ``text`` as it came, NFC or NFD.

    >>> [(t.text, t.kind) for t in tokenize("Nghị quyết 57-NQ/TW, 2025.", "vi")]
    [('Nghị', 'word'), ('quyết', 'word'), ('57-NQ/TW', 'code'), (',', 'punct'), ('2025', 'number'), ('.', 'punct')]
    """
    return [
        Token(found.start(), found.end(), found.group(), _KINDS[found.lastgroup or ""])
        if found.lastgroup != "punct"
        else _mark(found)
        for found in _pattern(lang).finditer(text)
    ]


_KINDS: dict[str, TokenKind] = {
    "plain": "word",
    "word": "word",
    "number": "number",
    "code": "code",
    "url": "url",
    "other": "other",
}


def _mark(found: re.Match[str]) -> Token:
    text = found.group()
    kind: TokenKind = "punct" if unicodedata.category(text[0]).startswith("P") else "other"
    return Token(found.start(), found.end(), text, kind)
