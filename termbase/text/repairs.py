"""The repairs behind :func:`termbase.text.normalize.normalize`, whose module states the rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from termbase.text.normalize import SUSPECT
from termbase.text.syllable import is_syllable

_ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DROPPED = "\u00ad\u034f\u200b\u2060\ufeff"
_NEVER_KEPT = "\u00ad\u034f\u2060\ufeff"
_JOINERS = "\u200c-\u200f\u202a-\u202e\u2066-\u2069"
_MARKS = "\u0300-\u036f"
_ETHS = "ÐðƉɖ"

_SPACE = re.compile(f"[{_ODD_SPACES}]")
_INVISIBLE = re.compile(f"[{_DROPPED}{_JOINERS}]+")
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


def repair(text: str) -> str:
    """Return text that is not clean in storage form.

    >>> repair("Ðảng\\u00a0ủy")
    'Đảng ủy'
    """
    composed = unicodedata.normalize("NFC", text)
    if SUSPECT.search(composed) is None:
        return composed
    text = _SPACE.sub(" ", text)
    text = _INVISIBLE.sub(_visible_form, text)
    return _repair_eths(_repair_marks(unicodedata.normalize("NFC", text)))


def repair_mapped(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Return text in storage form, and where in ``text`` each of its characters begins and ends.

    >>> repair_mapped("e\\u0301\\u0302 a")
    ('ế a', (0, 3, 4), (3, 4, 5))
    """
    if (whole := _mapped_at_once(text, 0)) is not None:
        composed, begins, finishes = whole
        return _repair_eths(composed), tuple(begins), tuple(finishes)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    # Nothing is composed across a line end, so that one odd letter slows down no more than its line.
    for line in _LINE.findall(text):
        composed, begins, finishes = _mapped_at_once(line, position) or _mapped_by_words(line, position)
        pieces.append(composed)
        starts += begins
        ends += finishes
        position += len(line)
    return _repair_eths("".join(pieces)), tuple(starts), tuple(ends)


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def _mapped_at_once(text: str, offset: int) -> tuple[str, Sequence[int], Sequence[int]] | None:
    """Return text composed, and the bounds of each character of the outcome, ``offset`` added.

    ``None`` where it is not enough to count letters: characters are dropped, or scripts mixed.
    """
    size = len(text)
    if SUSPECT.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text, range(offset, offset + size), range(offset + 1, offset + size + 1)
    if _SIMPLE.fullmatch(text) is None:
        return None
    blocks = text.encode("utf-16-le", "surrogatepass")[1::2]
    bases = list(compress(range(offset, offset + size), blocks.translate(_JOINS)))
    composed = _repair_marks(unicodedata.normalize("NFC", _SPACE.sub(" ", text)))
    # As many characters as letters: so each letter with its marks became one character.
    if len(bases) != len(composed):
        return None
    return composed, bases, [*bases[1:], offset + size]


# Characters that all stay, and of which only those of U+0300 to U+036F join the one before them.
_SIMPLE = re.compile(
    "[\x00-\xac\xae-\u034e\u0350-\u036f\u1e00-\u1eff\u2000-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20bf\u2100-\u22ff]*"
)
_JOINS = bytes(block != 3 for block in range(256))


def _mapped_by_words(text: str, offset: int) -> tuple[str, list[int], list[int]]:
    """Return the same as :func:`_mapped_at_once` for any text."""
    kept, places = _keep_visible(_SPACE.sub(" ", text))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for chunk in _CHUNK.finditer(kept):
        composed, begins, finishes = _mapped_chunk(chunk.group())
        start = chunk.start()
        pieces.append(composed)
        starts += [start + at for at in begins]
        ends += [start + at for at in finishes]
    return "".join(pieces), [offset + places[at] for at in starts], [offset + places[at - 1] + 1 for at in ends]


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
        alone = len(form) == 1
        comrade = alone and _COMRADE.match(text, word.end()) is not None
        price = alone and not germanic and text[word.start() - 1 : word.start()].isdecimal()
        return form if comrade or price or _is_vietnamese(form, evidence, germanic) else word.group()

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
