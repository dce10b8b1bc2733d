"""The length-preserving match key, the inner loop of recognition."""

from __future__ import annotations

import re
from functools import lru_cache

_UNIFIED = (
    ("'", "’‘ʼ´`′‛"),
    ('"', "“”„«»″‟"),
    ("-", "–—‐‑−‒―"),
    (" ", "\n"),
)
_REPLACED = tuple((odd, plain) for plain, odds in _UNIFIED for odd in odds)
_ODD = re.compile("[" + "".join(odd for odd, _ in _REPLACED) + "]")

_OPEN_PAIR = re.compile("[òóỏõọùúủũụ][aey]")
_NEW_STYLE = {
    old + plain: toneless + new
    for toneless, olds, pairs in (
        ("o", "òóỏõọ", (("a", "àáảãạ"), ("e", "èéẻẽẹ"))),
        ("u", "ùúủũụ", (("y", "ỳýỷỹỵ"),)),
    )
    for plain, news in pairs
    for old, new in zip(olds, news, strict=True)
}


def match_key(text: str) -> str:
    """Return the key of ``text`` (NFC) that has its length, so that offsets need no map.

    Case is folded, ``hòa`` and ``hoà`` are one, and so are the kinds of quotes, apostrophes and
    dashes; a line end is a space. A character whose folded form is longer (ß, İ) stays one character.

    >>> match_key("“Thủy – HÒA”") == match_key('"thuỷ - hoà"')
    True
    >>> len(match_key("Straße İ")) == len("Straße İ")
    True
    """
    if text.isascii():
        return text.lower().replace("`", "'").replace("\n", " ")
    key = text.casefold()
    if len(key) != len(text):
        key = _fold_in_place(text)
    # A chain of replacements beats str.translate and one expression on text of more than one byte a letter.
    if _ODD.search(key):
        for odd, plain in _REPLACED:
            key = key.replace(odd, plain)
    return _OPEN_PAIR.sub(_new_style, key)


def _new_style(pair: re.Match[str]) -> str:
    found = pair.group()
    return _NEW_STYLE.get(found, found)


def _fold_in_place(text: str) -> str:
    pieces = _expanding().split(text)
    pieces[::2] = [piece.casefold() for piece in pieces[::2]]
    pieces[1::2] = [low if len(low := piece.lower()) == 1 else piece for piece in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=1)
def _expanding() -> re.Pattern[str]:
    """Return the pattern of all characters whose case folding is longer than they are."""
    found = (chr(code) for code in range(0x80, 0x20000) if len(chr(code).casefold()) > 1)
    return re.compile("([" + "".join(found) + "])")
