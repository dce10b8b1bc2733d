"""How well the marks of a query agree with those of a term that has the same letters.

Keys compared here are exact keys; letters are compared one by one without their marks taken apart
beforehand, so that "i" may stand for "y".
"""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from termbase.light import NamedTuple

_KNOWN: dict[str, str] = {}
"""The marks of letters asked for; functools would have to be loaded for its cache."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"


class Agreement(NamedTuple):
    """What marks say: letters whose marks contradict, and unmarked ones that are marked in the term."""

    contradicted: int
    unmarked: int


def agreement(query: str, term: str, *, typing: bool = False) -> Agreement:
    """Compare the marks of two exact keys, over the length of the shorter.

    A marked letter of the query that is marked otherwise in the term, or not at all, contradicts it.
    An unmarked letter may stand for any. With ``typing`` the last syllable of the query is not finished,
    and a tone it does not have yet contradicts nothing.

    >>> agreement("cấp ủy", "cấp úy")
    Agreement(contradicted=1, unmarked=0)
    >>> agreement("cap uy", "cấp úy")
    Agreement(contradicted=0, unmarked=2)
    """
    contradicted = unmarked = 0
    open_from = query.rfind(" ") + 1 if typing else len(query)
    for place, (mine, yours) in enumerate(zip(query, term, strict=False)):
        if mine == yours:
            continue
        own, other = marks(mine), marks(yours)
        if own == other:
            continue
        if not own or (place >= open_from and own == other.rstrip(_TONES)):
            unmarked += 1
        else:
            contradicted += 1
    return Agreement(contradicted, unmarked)


def marks(letter: str) -> str:
    """Return the marks of one letter, the tone last; đ counts as a marked d.

    >>> len(marks("ế")), marks("e"), marks("đ")
    (2, '', 'đ')
    """
    if letter.isascii():
        return ""
    known = _KNOWN.get(letter)
    if known is None:
        known = _KNOWN[letter] = _marks(letter)
    return known


def _marks(letter: str) -> str:
    if letter in "đĐ":
        return "đ"
    found = [char for char in unicodedata.normalize("NFD", letter) if unicodedata.combining(char)]
    return "".join(sorted(found, key=_TONES.__contains__))
