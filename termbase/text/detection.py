"""Which encoding a whole file is in, and where text was read in the wrong one.

A guess needs many words: every word with a byte above ASCII is decoded by each table and counts for
the encoding when it spells a Vietnamese syllable. Clean text of other languages spells almost none.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from termbase.errors import InputError
from termbase.text.decoding import decode, western_bytes
from termbase.text.syllable import is_syllable


@dataclass(frozen=True, slots=True)
class Detection:
    """``encoding`` is ``""`` when not sure; ``confidence`` is 0 to 1; ``sample`` shows the text decoded."""

    encoding: str
    confidence: float
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Mojibake:
    """``text[start:end]`` was read in the wrong encoding; ``encoding`` is what its bytes are in."""

    start: int
    end: int
    text: str
    repaired: str
    encoding: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1258", "tcvn3", "vni", "viscii", "vps")
_SURE = 0.6
_MIXED = 0.1
_ENOUGH_WORDS = 12
_LONGEST = 1 << 20
_WORD_BYTES = re.compile(rb"[A-Za-z\x80-\xff\x01-\x06\x11-\x19\x1c-\x1f]+")
_VIQR_WORD = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,8}[\'`?~.^(+]|[dD][dD][A-Za-z])[A-Za-z\'`?~.^(+]*")
_VIQR_SIGN = re.compile(r"[aeoAEO]\^|[ouOU]\+|[aA]\([`'?~.]|\A[dD][dD]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE_LENGTH = 120
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def detect(data: bytes) -> Detection:
    """Return the encoding that ``data``, a whole file, is in, or ``""`` when not sure.

    Give all of the file, 40 lines or more where there are so many; a single term is never enough.
    Show ``sample`` and ask before converting. ASCII and valid UTF-8 are ``utf-8``.

    >>> detect("Straße über Köln".encode("latin-1")).encoding, detect("El niño".encode()).encoding
    ('', 'utf-8')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Detection(encoding, 1.0, _sample(data, encoding))
    if 0 in data[:4096]:
        return _detect_utf16(data)
    if data.isascii():
        return _detect_viqr(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detect_legacy(_marked_part(data))
    return Detection("utf-8", 0.99, text[:_SAMPLE_LENGTH])


def _sample(data: bytes, encoding: str) -> str:
    return data[: 4 * _SAMPLE_LENGTH].decode(encoding, "replace").removeprefix("\ufeff")[:_SAMPLE_LENGTH]


def _detect_utf16(data: bytes) -> Detection:
    """Judge data with zero bytes by where they stand."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    share = max(even, odd) / max(1, len(data) // 2)
    if share < 0.2 or min(even, odd) > share * len(data) / 10:
        return Detection("", 0.0)
    return Detection(encoding, 0.9, _sample(data, encoding))


def _detect_viqr(data: bytes) -> Detection:
    text = data[:_LONGEST].decode("ascii")
    words = _VIQR_WORD.findall(text)
    decoded = [decode(word.encode(), "viqr") for word in words]
    valid = [word for word in decoded if not word.isascii() and all(map(is_syllable, _LETTERS.findall(word)))]
    share = len(valid) / max(1, len(_LETTERS.findall(text)))
    enough = len(set(valid)) >= (_ENOUGH_WORDS if share < 0.3 else _ENOUGH_WORDS // 2)
    if (enough and share > 0.15 and len(valid) > 0.8 * len(words)) or (share > 0.05 and _is_signed(words, valid)):
        return Detection("viqr", 0.9, decode(data[: 4 * _SAMPLE_LENGTH], "viqr")[:_SAMPLE_LENGTH])
    return Detection("utf-8", 0.99 if share < 0.02 else 0.7, text[:_SAMPLE_LENGTH])


def _is_signed(words: list[str], valid: list[str]) -> bool:
    """Whether many words have signs that punctuation does not explain: VIQR among lines of another language."""
    signed = {word for word in words if _VIQR_SIGN.search(word)}
    spelled = set(valid)
    good = [word for word in signed if decode(word.encode(), "viqr") in spelled]
    return len(signed) >= 3 * _ENOUGH_WORDS and len(good) > 0.8 * len(signed)


def _marked_part(data: bytes) -> bytes:
    """Return as much as is judged, from the first line on that is not ASCII."""
    found = _HIGH_BYTE.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    return data[start : start + _LONGEST]


def _detect_legacy(data: bytes) -> Detection:
    words = Counter(word for word in _WORD_BYTES.findall(data) if not word.isascii())
    if not words:
        return Detection("", 0.0)
    # UTF-8 with a broken byte, or half of a file in UTF-8: neither is any of these.
    if _score(words, "utf-8") > _MIXED:
        return Detection("", 0.0)
    scores = sorted(((_score(words, encoding), encoding) for encoding in _EIGHT_BIT), reverse=True)
    (best, encoding), (second, _) = scores[:2]
    confidence = round(best * min(1.0, max(0.0, best - second) * 4), 3)
    # All of it must be readable: a file of two encodings is in neither.
    text = _try(data, encoding) if confidence >= _SURE else ""
    return Detection(encoding, confidence, text[:_SAMPLE_LENGTH]) if text else Detection("", confidence)


def _score(words: Counter[bytes], encoding: str) -> float:
    """Return the share of marked words that spell Vietnamese, less where there are few different ones."""
    good = 0
    kinds: set[str] = set()
    for word, count in words.items():
        text = _try(word, encoding)
        if text and all(map(is_syllable, _LETTERS.findall(text))) and _LETTERS.search(text):
            good += count
            kinds.add(text.lower())
    return good / words.total() * min(1.0, len(kinds) / _ENOUGH_WORDS)


def is_windows_1258(data: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 can be nothing but Windows-1258, the code page of Vietnamese Windows.

    Every marked word must spell Vietnamese in it and not in any older encoding; of many words nine of ten,
    for names and loanwords stand among them. Unlike :func:`detect` this needs no long text.

    >>> is_windows_1258(b"h\\xe2\\xf2u c\\xe2\\xccn"), is_windows_1258(b"caf\\xe9")
    (True, False)
    """
    words = Counter(word for word in _WORD_BYTES.findall(_marked_part(data)) if not word.isascii())
    if not words:
        return False
    shares = {encoding: _spelled(words, encoding) for encoding in _EIGHT_BIT}
    share = shares.pop("cp1258")
    return share >= (0.9 if words.total() >= _ENOUGH_WORDS else 1.0) and share > max(shares.values())


def _spelled(words: Counter[bytes], encoding: str) -> float:
    """Return the share of marked words that spell Vietnamese syllables in an encoding."""
    good = sum(count for word, count in words.items() if _spells(_try(word, encoding)))
    return good / words.total()


def _spells(text: str) -> bool:
    return bool(_LETTERS.search(text)) and all(map(is_syllable, _LETTERS.findall(text)))


def _try(word: bytes, encoding: str) -> str:
    try:
        return decode(word, encoding)
    except InputError:
        return ""


def find_mojibake(text: str) -> tuple[Mojibake, ...]:
    """Return the stretches of ``text`` that were read in the wrong encoding, in order.

    Two faults are found: UTF-8 read as Windows-1252 or Latin-1, word by word, for its bytes prove it;
    and text of legacy fonts left as it was (``QuyÕt ®Þnh``), only where the whole text proves it.

    >>> [(m.text, m.repaired) for m in find_mojibake("Ä\x90áº£ng á»§y, Straße")]
    [('Ä\x90áº£ng', 'Đảng'), ('á»§y,', 'ủy,')]
    """
    found = list(_misread_utf8(text))
    if found or text.isascii():
        return tuple(found)
    return tuple(_legacy_fonts(text))


_RUN = re.compile(r"[^ \t\r\n]+")


def _misread_utf8(text: str) -> Iterator[Mojibake]:
    for run in _RUN.finditer(text):
        if run.group().isascii():
            continue
        if (repaired := _read_again(run.group())) != run.group():
            yield Mojibake(run.start(), run.end(), run.group(), unicodedata.normalize("NFC", repaired), "utf-8")


def _read_again(text: str) -> str:
    """Return text with the UTF-8 in it read as such, as often as it was misread; each reading makes it shorter."""
    while not text.isascii():
        try:
            repaired = western_bytes(text).decode("utf-8")
        except UnicodeError:
            break
        if repaired == text:
            break
        text = repaired
    return text


def _legacy_fonts(text: str) -> Iterator[Mojibake]:
    try:
        data = western_bytes(text)
    except UnicodeError:
        return
    encoding = _detect_legacy(data).encoding
    if encoding not in ("tcvn3", "vni"):
        return
    for run in _RUN.finditer(text):
        repaired = decode(western_bytes(run.group()), encoding)
        if repaired != run.group():
            yield Mojibake(run.start(), run.end(), run.group(), repaired, encoding)
