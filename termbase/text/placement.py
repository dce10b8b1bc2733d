"""Moving of tone marks between the old and the new placement."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from termbase.text.syllable import ToneStyle

_ONSETS = frozenset(re.split(" ", " b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"))
_OPEN_PAIR = re.compile(
    r"(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[ỳýỷỹỵ]|[ùúủũụ]y)(?![^\W\d_]|[\u0300-\u036f])",
    re.IGNORECASE,
)
_LAST_LETTERS = re.compile(r"[^\W\d_]*\Z")


def move_tones(text: str, style: ToneStyle) -> str:
    """Return NFC text with the tones of whole syllables in open oa, oe and uy placed in one style.

    >>> move_tones("hoà", "old")
    'hòa'
    """

    def placed(pair: re.Match[str]) -> str:
        letters = _LAST_LETTERS.search(text, max(0, pair.start() - 4), pair.start())
        onset = letters.group().lower() if letters else ""
        return _move_tone(pair.group(), style) if onset in _ONSETS else pair.group()

    return _OPEN_PAIR.sub(placed, text)


@lru_cache(maxsize=512)
def _move_tone(pair: str, style: ToneStyle) -> str:
    first, second = (unicodedata.normalize("NFD", letter) for letter in pair)
    mark = first[1:] or second[1:]
    placed = first[0] + mark + second[0] if style == "old" else first[0] + second[0] + mark
    return unicodedata.normalize("NFC", placed)
