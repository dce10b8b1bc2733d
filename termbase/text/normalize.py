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
from dataclasses import dataclass
from functools import lru_cache

from termbase.text.syllable import ToneStyle, is_syllable

_ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DROPPED = "\u00ad\u034f\u200b\u2060\ufeff"
_NEVER_KEPT = "\u00ad\u034f\u2060\ufeff"
_JOINERS = "\u200c-\u200f\u202a-\u202e\u2066-\u2069"
_MARKS = "\u0300-\u036f"
_ETHS = "ÐðƉɖ"

_SPACE = re.compile(f"[{_ODD_SPACES}]")
_INVISIBLE = re.compile(f"[{_DROPPED}{_JOINERS}]+")
_SUSPECT = re.compile(f"[{_ODD_SPACES}{_DROPPED}{_JOINERS}{_MARKS}{_ETHS}]")
_LATIN = re.compile(f"[\u0000-\u036f\u1e00-\u1eff\u2000-\u206f{_ODD_SPACES}]")
_LETTERS_BEFORE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*\Z")
_LETTERS_AFTER = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])*")

# What NFC may join to the character before it: combining marks of all scripts, and the starters of
# Hangul and of Indic scripts that Unicode lists with NFC_Quick_Check=Maybe.
_JOINING_STARTERS = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U000110ba\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
    "\u1161-\u1175\u11a8-\u11c2"
)


def _joining_characters() -> str:
    found = (chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return "".join(found) + _JOINING_STARTERS


@lru_cache(maxsize=1)
def _cluster() -> re.Pattern[str]:
    """Return the pattern of a character with what joins it."""
    joining = _joining_characters()
    return re.compile(f"[^{joining}][{joining}]*|[{joining}]+")


_MARK_RUN = re.compile(f"[{_MARKS}]+")
_MARKED_VOWEL = re.compile(f"([aeiouyAEIOUY])([{_MARKS}]{{2,}})|([dD])\u0335")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MODIFIERS = {"\u0302": "aeo", "\u0306": "a", "\u031b": "ou"}

_ETH_WORD = re.compile(rf"[^\W\d_]*[{_ETHS}][^\W\d_]*")
_ETH_TO_D = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_DISTINCTIVE = re.compile("[ĂăƠơƯưẠạẢảẤ-ỹ]")
_GERMANIC = re.compile("[ÞþÆæ]")
_COMRADE = re.compile(r"/c\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mapped:
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


def normalize(text: str) -> str:
    """Return ``text`` in storage form (the rule stands at the head of this module); idempotent.

    >>> normalize("Ðảng\\u00a0ủy"), normalize("sa\\u0303\\u0306n sa\\u0300ng")
    ('Đảng ủy', 'sẵn sàng')
    """
    if _is_clean(text):
        return text
    text = _SPACE.sub(" ", text)
    text = _INVISIBLE.sub(_visible_form, text)
    text = unicodedata.normalize("NFC", text)
    return _repair_eths(_repair_marks(text))


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
    text_length = len(text)
    kept, places = _keep_visible(_SPACE.sub(" ", text))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for chunk in _CHUNK.finditer(kept):
        composed, begins, finishes = _mapped_chunk(chunk.group())
        start = chunk.start()
        pieces.append(composed)
        starts.extend([start + offset for offset in begins])
        ends.extend([start + offset for offset in finishes])
    if len(kept) != text_length:
        starts, ends = [places[at] for at in starts], [places[at - 1] + 1 for at in ends]
    return Mapped(_repair_eths("".join(pieces)), tuple(starts), text_length, tuple(ends))


_CHUNK = re.compile(r"\S+\s*|\s+")


# Words recur: their maps are remembered.
@lru_cache(maxsize=16384)
def _mapped_chunk(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Return a word composed, and the bounds in ``text`` of each character of the outcome."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _cluster().finditer(text):
        start, end = cluster.span()
        composed = _composed(cluster.group())
        joined = composed != cluster.group()
        pieces.append(composed)
        starts += [start] * len(composed) if joined else range(start, end)
        ends += [end] * len(composed) if joined else range(start + 1, end + 1)
    return "".join(pieces), tuple(starts), tuple(ends)


@lru_cache(maxsize=4096)
def _composed(cluster: str) -> str:
    return _repair_marks(unicodedata.normalize("NFC", cluster))


def _is_clean(text: str) -> bool:
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and _SUSPECT.search(text) is None)


def _visible_form(run: re.Match[str]) -> str:
    """Return what a run of invisible characters becomes: nothing, a space, or its joiners."""
    text, start, end = run.string, run.start(), run.end()
    if start and not _LATIN.match(text, start - 1):
        return "".join(c for c in run.group() if c not in _NEVER_KEPT)
    if "\u200b" not in run.group():
        return ""
    before = _LETTERS_BEFORE.search(text, max(0, start - 24), start)
    after = _LETTERS_AFTER.match(text, end)
    left, right = before.group() if before else "", after.group() if after else ""
    return " " if is_syllable(left) and is_syllable(right) and not is_syllable(left + right) else ""


def _keep_visible(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without its invisible characters, and where each that is left stood."""
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for run in _INVISIBLE.finditer(text):
        pieces.append(text[position : run.start()])
        places.extend(range(position, run.start()))
        position = run.end()
        form = _visible_form(run)
        pieces.append(form)
        inside = iter(range(run.start(), run.end()))
        places.extend(run.start() if c == " " else next(i for i in inside if text[i] == c) for c in form)
    pieces.append(text[position:])
    places.extend(range(position, len(text)))
    return "".join(pieces), places


def _repair_marks(text: str) -> str:
    """Put modifiers before tones where NFC left marks standing; ``text`` is NFC."""
    pieces: list[str] = []
    position = 0
    # Searching for the mark and stepping back is ten times faster than searching for letter and mark.
    for marks in _MARK_RUN.finditer(text):
        pieces += [
            text[position : max(position, marks.start() - 1)],
            _repair_letter(text[max(position, marks.start() - 1) : marks.end()]),
        ]
        position = marks.end()
    return "".join(pieces) + text[position:] if pieces else text


def _repair_letter(cluster: str) -> str:
    decomposed = unicodedata.normalize("NFD", cluster)
    return unicodedata.normalize("NFC", _MARKED_VOWEL.sub(_ordered_vowel, decomposed))


def _ordered_vowel(cluster: re.Match[str]) -> str:
    if cluster.group(3):
        return "đ" if cluster.group(3) == "d" else "Đ"
    vowel, marks = cluster.group(1), list(dict.fromkeys(cluster.group(2)))
    modifiers = [m for m in marks if m in _MODIFIERS]
    tones = [m for m in marks if m in _TONES]
    strange = len(modifiers) + len(tones) != len(marks)
    if strange or len(modifiers) > 1 or len(tones) > 1 or any(vowel.lower() not in _MODIFIERS[m] for m in modifiers):
        return cluster.group()
    return vowel + "".join(modifiers + tones)


def _repair_eths(text: str) -> str:
    if not any(eth in text for eth in _ETHS):
        return text
    evidence = _DISTINCTIVE.search(text) is not None
    germanic = _GERMANIC.search(text) is not None

    def repaired(word: re.Match[str]) -> str:
        form = word.group().translate(_ETH_TO_D)
        comrade = len(form) == 1 and _COMRADE.match(text, word.end()) is not None
        return form if comrade or _is_vietnamese(form, evidence, germanic) else word.group()

    return _ETH_WORD.sub(repaired, text)


def _is_vietnamese(word: str, evidence: bool, germanic: bool) -> bool:
    """Return whether a word with its eths read as đ is Vietnamese.

    ``evidence``: the text has letters that are Vietnamese beyond doubt. ``germanic``: it has thorn or
    æ, as Icelandic and Old English do.
    """
    if _DISTINCTIVE.search(word):
        return word[0] in "Đđ"
    if is_syllable(word) and (evidence or not germanic):
        return True
    if word.isupper() and len(word) > 1 and not re.search("[AEIOUYÁÉÍÓÚÝÖ]", word):
        return not germanic
    return evidence and (word.isupper() or len(word) == 1)


_ONSETS = frozenset(re.split(" ", " b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"))
_OPEN_PAIR = re.compile(
    r"(?:o[àáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[ỳýỷỹỵ]|[ùúủũụ]y)(?![^\W\d_]|[\u0300-\u036f])",
    re.IGNORECASE,
)
_LAST_LETTERS = re.compile(r"[^\W\d_]*\Z")


def place_tones(text: str, style: ToneStyle) -> str:
    """Return ``text`` in NFC with the tones of open oa, oe and uy in the old or new placement.

    Only whole Vietnamese syllables change, never ``qu-`` or ``gi-`` (quý, giá, quà).
    Source: Decision 1989/QĐ-BGDĐT (2018), article 8, for the new style; most print keeps the old.

    >>> place_tones("Thuỷ quân, HOÀ bình, quý, khoẻ", "old"), place_tones("hòa, hoàn, ủy", "new")
    ('Thủy quân, HÒA bình, quý, khỏe', 'hoà, hoàn, uỷ')
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)

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
