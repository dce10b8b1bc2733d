"""Quotation marks and brackets within a hit: their other halves belong to it too."""

from __future__ import annotations

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = {"“": "”", "‘": "’", "«": "»", "‹": "›"}
_CLOSING = {**_BRACKETS, **_QUOTES}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_STRAIGHT = '"'


def balanced(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a hit with the marks beside it that close or open what is opened or closed in it.

    ``None`` when a bracket has its other half elsewhere: such a stretch is no phrase. Quotation marks
    may stay alone, as one may well open a longer quotation.

    >>> balanced("phương châm “4 tại chỗ”, …", 0, 22), balanced("(một hai) ba", 1, 12), balanced("a (b c", 0, 4)
    ((0, 23), (0, 12), None)
    """
    missing_after: list[str] = []
    missing_before: list[str] = []
    for place in range(start, end):
        char = text[place]
        if char in _CLOSING:
            missing_after.append(_CLOSING[char])
        elif char in _OPENING and not _is_apostrophe(text, place):
            if missing_after and missing_after[-1] == char:
                missing_after.pop()
            else:
                missing_before.append(_OPENING[char])
        elif char == _STRAIGHT:
            if _STRAIGHT in missing_after:
                missing_after.remove(_STRAIGHT)
            else:
                missing_after.append(_STRAIGHT)
    while missing_after and text.startswith(missing_after[-1], end):
        missing_after.pop()
        end += 1
    if _STRAIGHT in missing_after and start and text[start - 1] == _STRAIGHT:
        missing_after.remove(_STRAIGHT)
        start -= 1
    while missing_before and start and text[start - 1] == missing_before[0]:
        missing_before.pop(0)
        start -= 1
    if any(mark in _OPENING and _OPENING[mark] in _BRACKETS for mark in missing_after):
        return None
    return None if any(mark in _BRACKETS for mark in missing_before) else (start, end)


def _is_apostrophe(text: str, place: int) -> bool:
    """Whether a single closing mark stands within a word or ends a possessive plural."""
    return text[place] == "’" and (text[place + 1 : place + 2].isalnum() or text[place - 1 : place] in ("s", "S"))
