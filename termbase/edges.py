"""Where a hit is no mention of the term although its letters stand free.

Inside web and mail addresses, legal document numbers, longer numbers, and hyphenated English words
whose other part makes them another word (non-combat, co-operation, build-up).
"""

from __future__ import annotations

import re

JOINTS = frozenset("-/@._:&=~\\'+,")
"""Characters that may bind a hit to what stands beside it."""
_REACH = 160
"""Characters read on either side of a hit; longer unbroken runs are no words of any language here."""

_LABEL = 40
"""Characters on either side that a document number around a hit may have."""

_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[a-z0-9-]+\.)+(?:vn|com|org|net|gov|edu|mil|int|info|io|html?|php|aspx?|pdf|docx?|xlsx?|pptx?|jpe?g|png"
    r"|mp[34]|txt|csv)(?![\w-])(?:/\S*)?"
)
_PREFIXES = frozenset(
    "anti co counter cyber de ex extra hyper infra inter intra macro mega micro mid mini multi neo non over para post "
    "pre pro pseudo quasi re self semi sub super supra trans ultra un under uni vice deputy".split()
)
_PARTICLES = frozenset("and at by down for in less like of off on or out over the to up".split())
_WORD_BEFORE = re.compile(r"\w+$")
_WORD_AFTER = re.compile(r"\w+")


def blocked(text: str, start: int, end: int, lang: str) -> bool:
    """Whether ``text[start:end]``, whole words of a searchable text, is part of something longer.

    >>> blocked("số 57-nq/tw", 9, 11, "vi"), blocked("non-combat unit", 4, 10, "en")
    (True, True)
    >>> blocked("công tác đảng, công tác chính trị", 0, 13, "vi")
    False
    """
    left = text[start - 1] if start else " "
    right = text[end] if end < len(text) else " "
    joined_left = left in JOINTS and start > 1 and not text[start - 2].isspace()
    joined_right = right in JOINTS and end + 1 < len(text) and not text[end + 1].isspace()
    if not (joined_left or joined_right):
        return _marked(left, right)
    if left == "_" or right == "_":
        return True
    if joined_left and left in ".,'" and _joined_before(text, start, left):
        return True
    if joined_right and right in ".,'" and _joined_after(text, end, right):
        return True
    if lang == "en" and _in_compound(text, start, end, left, right):
        return True
    return _in_label(text, start, end)


def _marked(left: str, right: str) -> bool:
    # A stray combining mark belongs to the letter before it; it is no letter to isalnum.
    return "\u0300" <= right <= "\u036f" or left == "_" or right == "_"


def _joined_before(text: str, start: int, left: str) -> bool:
    before = text[start - 2]
    if left == "'":
        return before.isalpha()
    return before.isdigit() and text[start].isdigit()


def _joined_after(text: str, end: int, right: str) -> bool:
    after = text[end + 1]
    if right == "'":
        # A possessive ends the word, any other apostrophe goes on with it.
        return after.isalpha() and not (after == "s" and not text[end + 2 : end + 3].isalnum())
    return after.isdigit() and text[end - 1].isdigit()


def _in_compound(text: str, start: int, end: int, left: str, right: str) -> bool:
    if left == "-":
        before = _WORD_BEFORE.search(text, max(0, start - 1 - _REACH), start - 1)
        if before and before.group() in _PREFIXES:
            return True
    if right == "-":
        after = _WORD_AFTER.match(text, end + 1)
        if after and after.group() in _PARTICLES:
            return True
    return False


def _in_label(text: str, start: int, end: int) -> bool:
    """Whether the unbroken run around the hit is an address or a legal number there."""
    low = max(0, start - _REACH)
    before = text[low:start]
    begin = low
    for space in _SPACE.finditer(before):
        begin = low + space.end()
    space_after = _SPACE.search(text, end, end + _REACH)
    finish = space_after.start() if space_after else min(len(text), end + _REACH)
    run = text[begin:finish]
    for found in _ADDRESS.finditer(run):
        if found.start() + begin < end and found.end() + begin > start:
            return True
    begin, finish = max(begin, start - _LABEL), min(finish, end + _LABEL)
    run = text[begin:finish]
    if not _DIGIT.search(run):
        return False
    from termbase.text.numbers import find_legal

    return any(value.start + begin < end and value.end + begin > start for value in find_legal(run.upper()))
