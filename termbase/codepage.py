"""Text as one byte a character, the form in which the recogniser searches it.

A text of the two languages needs fewer than 256 characters, so that it fits a code page of its own: what
UTF-8 spends two and three bytes on is one byte, a place in the bytes is a place in the text, and case,
quotes, dashes and line ends are folded by one table. A text that holds anything else takes the long way
over :func:`termbase.text.keys.match_key`; the answers are the same.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from termbase.edges import JOINTS
from termbase.text.keys import match_key

FREE, BOUND, WORD = 0, 1, 2
"""What a character beside a hit says: it ends there; it may be part of something longer; it is so."""

UNKNOWN = "?"
"""What stands for every character without a byte of its own, besides itself."""

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_LETTERS = "".join(letter for letter in _VOWELS + _VOWELS.upper() if not letter.isascii())
_MARKS = "’‘“”–—…•«»·°‑−„′½×″‚§‒"
"""The commonest first: what the patterns hold takes the place of the last."""

_ASCII = "\t\n\v\r" + "".join(map(chr, range(0x20, 0x7F)))
_HOLE = "\ufffe"
_SLOTS = 256
_PLACED = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")
_MOST_TOGGLED = 6
"""More syllables than this of one term are not written in each mixture of the two tone placements."""


class CodePage:
    """A byte for each of up to 255 characters: those of both languages, and what the patterns hold besides.

    >>> page = CodePage()
    >>> page.fold("Quân Đội") == page.fold("quân đội"), page.fold("\\u00d0ội")
    (True, None)
    """

    __slots__ = ("_encoding", "_folding", "_page", "exact_edges", "known", "unsure_edges")

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        page = _page(_wanted(patterns))
        codes = {char: code for code, char in enumerate(page) if char != _HOLE}
        folded = {char: codes.get(match_key(char)) for char in codes}
        # A character whose folded form has no byte cannot be folded by a table.
        self._page = "".join(char if folded.get(char) is not None else _HOLE for char in page)
        self._encoding = codecs.charmap_build(self._page)
        self._folding = bytes(folded.get(char) or code for code, char in enumerate(page))
        self.known = frozenset(char for char, code in folded.items() if code is not None)
        self.exact_edges = bytes(map(_edge, self._page))
        unknown = ord(UNKNOWN)
        self.unsure_edges = self.exact_edges[:unknown] + bytes([BOUND]) + self.exact_edges[unknown + 1 :]

    def fold(self, text: str) -> bytes | None:
        """Return the match key of ``text`` with each tone where it was typed, a byte a character.

        ``None`` where a character has no byte. A text that is folded is in storage form.
        """
        try:
            return codecs.charmap_encode(text, "strict", self._encoding)[0].translate(self._folding)
        except UnicodeEncodeError:
            return None

    def fold_key(self, key: str) -> bytes:
        """Return a match key, a byte a character; what has none is :data:`UNKNOWN`.

        >>> CodePage().fold_key("a中")
        b'a?'
        """
        return codecs.charmap_encode(key, "replace", self._encoding)[0]

    def unfold(self, folded: bytes) -> str:
        """Return the folded text as a string.

        >>> page = CodePage()
        >>> page.unfold(page.fold("Đảng ủy") or b"")
        'đảng ủy'
        """
        return codecs.charmap_decode(folded, "strict", self._page)[0]


def tone_placements(key: str) -> Iterable[str]:
    """Return a match key with its tones in each of the two placements: texts are folded as they were typed.

    >>> list(tone_placements("hoà thuận")), list(tone_placements("quân đội"))
    (['hoà thuận', 'hòa thuận'], ['quân đội'])
    """
    if _PLACED.search(key) is None:
        return (key,)
    pieces: list[tuple[str, ...]] = []
    at = toggled = 0
    for found in _PLACED.finditer(key):
        pieces += ((key[at : found.start()],), (found.group(), _other_placements()[found.group()]))
        at = found.end()
        toggled += 1
    pieces.append((key[at:],))
    if toggled <= _MOST_TOGGLED:
        return map("".join, product(*pieces))
    return ["".join(piece[style] for piece in pieces) for style in (0, -1)]


@lru_cache(maxsize=1)
def _other_placements() -> dict[str, str]:
    """Return each pair of vowels of a match key that may also be typed with the tone on its first."""
    typed = (first + second for first in "òóỏõọùúủũụ" for second in "aey")
    return {match_key(pair): pair for pair in typed if match_key(pair) != pair}


def _wanted(patterns: Iterable[str]) -> list[str]:
    """Return the characters of the patterns that the page does not hold anyway, the commonest first."""
    joined = "".join(patterns)
    wanted = [char for char in set(joined).difference(_ASCII, _LETTERS) if _may_stand_alone(char)]
    return sorted(wanted, key=lambda char: (-joined.count(char), char))


def _may_stand_alone(char: str) -> bool:
    """Whether a character is the same in any surroundings: no mark, and nothing that storage form mends."""
    if not "\x20" < char < "\uffff" or unicodedata.category(char)[0] not in "LNPS" or char in "ÐðƉɖ":
        return False
    # Hangul letters are composed, and half-width ones look alike.
    return unicodedata.is_normalized("NFC", char) and not unicodedata.name(char, "HANGUL").startswith("HANGUL")


def _page(wanted: list[str]) -> str:
    slots = [_HOLE] * _SLOTS
    slots[0] = "\0"
    for char in _ASCII:
        slots[ord(char)] = char
    free = [code for code, char in enumerate(slots) if char == _HOLE]
    chars = dict.fromkeys((*_LETTERS, *wanted, *_MARKS))
    for code, char in zip(free, chars, strict=False):
        slots[code] = char
    return "".join(slots)


def _edge(char: str) -> int:
    if char == _HOLE or char in JOINTS:
        return BOUND
    return WORD if char.isalnum() else FREE
