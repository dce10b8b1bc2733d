"""The storage form of text, the map back to the caller's string, and tone placement.

The rule for storage:

* NFC, with a tone typed before its modifier put right (``ã`` + breve is ``ẵ``), a doubled mark single,
  and ``d`` + stroke overlay as ``đ``;
* eth and African D (Ð ð Ɖ ɖ) posing as Đ đ are repaired where the word is Vietnamese, never in ``Það``;
* no-break and other odd spaces (U+00A0, U+2007, U+202F, U+3000 …) become one plain space each;
* soft hyphens, word joiners, byte order marks and grapheme joiners are dropped; joiners, direction marks
  and zero-width spaces are dropped behind Latin text and kept elsewhere (emoji, Arabic, Khmer need them);
* a zero-width space in Latin text becomes a space where it stands between two whole Vietnamese
  syllables that are none together (``quân|đội``, against ``chi|ến``);
* line ends, tabs, double spaces, quotes, dashes, capitals and tone placement stay as written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from termbase.text.syllable import ToneStyle

# The characters that the rule may touch; how it does stands in termbase.text.repairs, loaded only then.
SUSPECT = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u00ad\u034f\u200b\u2060\ufeff\u200c-\u200f\u202a-\u202e\u2066-\u2069"
    "\u0300-\u036fÐðƉɖ]"
)


class Mapped(NamedTuple):
    """``text`` in storage form with the way back to the source.

    ``starts[i]`` and ``ends[i]`` bound, in code points of the source, what character ``i`` came from;
    both are ``None`` where source and text are the same. What was dropped lies between two entries.
    """

    text: str
    starts: tuple[int, ...] | None
    source_length: int
    ends: tuple[int, ...] | None = None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that ``text[start:end]`` came from.

        >>> normalize_mapped("Đo\\u0302\\u0323i").to_source(1, 2)
        (1, 4)
        """
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            point = self.starts[start] if start < len(self.starts) else self.source_length
            return point, point
        return self.starts[start], self.ends[end - 1]

    def to_normal(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of ``text`` that holds every character touched by ``source[start:end]``.

        >>> normalize_mapped("Đo\\u0302\\u0323i").to_normal(1, 4)
        (1, 2)
        """
        if self.starts is None or self.ends is None:
            return start, end
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


def _is_clean(text: str) -> bool:
    return text.isascii() or (SUSPECT.search(text) is None and unicodedata.is_normalized("NFC", text))


def normalize(text: str) -> str:
    """Return ``text`` in storage form (the rule stands at the head of this module); idempotent.

    >>> normalize("Ðảng\\u00a0ủy"), normalize("sa\\u0303\\u0306n sa\\u0300ng")
    ('Đảng ủy', 'sẵn sàng')
    """
    if _is_clean(text):
        return text
    from termbase.text.repairs import repair

    return repair(text)


def normalize_term(text: str) -> str:
    """Return ``text`` as a term is stored: :func:`normalize`, full-width forms plain, single spaces.

    >>> normalize_term("  ＱＰ＆ＡＮ \\n toàn  dân ")
    'QP&AN toàn dân'
    """
    if not text.isascii():
        text = normalize(_FULL_WIDTH.sub(_half_width, text))
    return " ".join(text.split())


_FULL_WIDTH = re.compile("[\uff01-\uff5e]")


def _half_width(character: re.Match[str]) -> str:
    return chr(ord(character.group()) - 0xFEE0)


def normalize_mapped(text: str) -> Mapped:
    """Return the storage form of ``text`` with the map back to it; clean text costs one check.

    >>> mapped = normalize_mapped("chi\\u00adến đấu")
    >>> mapped.text, mapped.to_source(0, 5)
    ('chiến đấu', (0, 6))
    """
    if _is_clean(text):
        return Mapped(text, None, len(text))
    from termbase.text.repairs import repair_mapped

    repaired, starts, ends = repair_mapped(text)
    return Mapped(repaired, starts, len(text), ends)


def place_tones(text: str, style: ToneStyle) -> str:
    """Return ``text`` in NFC with the tones of open oa, oe and uy in the old or new placement.

    Only whole Vietnamese syllables change, never ``qu-`` or ``gi-`` (quý, giá, quà).
    Source: Decision 1989/QĐ-BGDĐT (2018), article 8, for the new style; most print keeps the old.

    >>> place_tones("Thuỷ quân, HOÀ bình, quý, khoẻ", "old"), place_tones("hòa, hoàn, ủy", "new")
    ('Thủy quân, HÒA bình, quý, khỏe', 'hoà, hoàn, uỷ')
    """
    if text.isascii():
        return text
    from termbase.text.placement import move_tones

    return move_tones(unicodedata.normalize("NFC", text), style)
