"""Decoding of legacy Vietnamese encodings, always by an explicit name."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from termbase.errors import InputError, UsageError
from termbase.text import encoding_tables as tables
from termbase.text.syllable import is_syllable

_NAMES = {
    "cp1258": ("windows-1258", "1258", "x-cp1258"),
    "tcvn3": ("abc", "vntime", "tcvn-3", "tcvn3-abc", "tcvn-3-abc", "x-viet-tcvn", "x-viet-tcvn5712"),
    "tcvn3-caps": ("tcvn3-upper", "abc-caps", "vntimeh"),
    "tcvn5712-1": ("tcvn", "tcvn-5712", "tcvn5712", "tcvn5712-1:1993", "vn1"),
    "vni": ("vniwindows", "x-viet-vni"),
    "viscii": ("viscii1.1", "viscii1.1-1", "csviscii"),
    "vps": ("x-viet-vps",),
    "viqr": ("csviqr", "vietnet"),
}
ENCODINGS: tuple[str, ...] = tuple(_NAMES)
"""The encodings decoded by tables of this project; any text codec of Python is taken as well."""

_ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in (name, *aliases)}


def decode(data: bytes, encoding: str) -> str:
    """Return ``data`` as text in NFC.

    ``encoding`` is one of :data:`ENCODINGS` (``tcvn3-caps`` for text set in a font whose name ends in
    H, such as .VnTimeH, which draws capitals), the name of a legacy font (``.VnArialH``, ``VNI-Helve``)
    or any text codec of Python. Legacy text that a word
    processor has saved as UTF-8 (``QuyÕt ®Þnh``) is taken as well. Raises
    :class:`~termbase.errors.UsageError` for an unknown name and :class:`~termbase.errors.InputError`
    where the bytes cannot be of that encoding.

    >>> decode(b"Quy\\xd5t \\xae\\xdenh", "tcvn3"), decode(b"Qua\\xe2n \\xf1o\\xe4i", "vni")
    ('Quyết định', 'Quân đội')
    >>> decode(b"sa(~n sa`ng", "viqr")
    'sẵn sàng'
    """
    name = _named(encoding)
    if name is None:
        return _decode_with_codec(data, encoding)
    if name == "cp1258":
        return unicodedata.normalize("NFC", _strict(data, "cp1258"))
    return unicodedata.normalize("NFC", _DECODERS[name](_surface_bytes(data)))


def _named(encoding: str) -> str | None:
    """Return the encoding of this project that ``encoding`` means, also by the name of a font in it."""
    plain = re.sub(r"[\s_()]+", "-", encoding.lower()).strip("-")
    if plain in _ALIASES:
        return _ALIASES[plain]
    if plain.startswith(".vn"):
        return "tcvn3-caps" if plain.endswith("h") else "tcvn3"
    return next((name for name in ("vni", "vps") if plain.startswith(name + "-")), None)


def _decode_with_codec(data: bytes, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError):
        codec = None
    if codec is None or not getattr(codec, "_is_text_encoding", True):
        known = ", ".join(ENCODINGS)
        raise UsageError(f"unknown encoding “{encoding}”; choose one of {known}, utf-8, utf-16 …")
    return _strict(data, codec.name).removeprefix("\ufeff")


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _refused(codec, data, error.start) from None
    except UnicodeError as error:
        raise InputError(f"not valid {codec}: {error}; choose another encoding") from None


def _refused(codec: str, data: bytes, offset: int) -> InputError:
    line = data.count(b"\n", 0, offset) + 1
    place = f"byte {data[offset : offset + 1].hex()} at offset {offset}, line {line}"
    return InputError(f"not valid {codec}: {place}; choose another encoding")


def _surface_bytes(data: bytes) -> bytes:
    """Return the legacy bytes of text that was saved as UTF-8 by a program that took them for Windows-1252."""
    if data.isascii():
        return data
    try:
        return western_bytes(data.decode("utf-8-sig"))
    except UnicodeError:
        return data


def western_bytes(text: str) -> bytes:
    """Return text as Windows-1252, codes that it leaves undefined as they are."""
    return b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in text)


def _western_text(data: bytes) -> str:
    if undefined := _UNDEFINED.search(data):
        raise _refused("windows-1252 text", data, undefined.start())
    return data.decode("latin-1").translate(_western_table())


_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@lru_cache(maxsize=1)
def _western_table() -> dict[int, str]:
    decoded = ((code, bytes([code]).decode("cp1252", "ignore")) for code in range(0x80, 0xA0))
    return {code: character for code, character in decoded if character}


@lru_cache(maxsize=4)
def _byte_table(high: str, low: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return dict(low) | {0x80 + index: character for index, character in enumerate(high)}


def _by_table(high: str, low: dict[int, str]) -> Callable[[bytes], str]:
    return lambda data: data.decode("latin-1").translate(_byte_table(high, tuple(low.items())))


# ABC fonts keep quotes, dashes and the ellipsis of Windows where VN1 has capitals with tones.
_TYPOGRAPHIC = {
    0x85: "…",
    0x91: "‘",
    0x92: "’",
    0x93: "“",
    0x94: "”",
    0x95: "•",
    0x96: "–",
    0x97: "—",
}
_KEPT = 0xF700
_KEPT_CAPITALS = {code + _KEPT: tables.TCVN_HIGH[code - 0x80] for code in _TYPOGRAPHIC}
_CAPITALS = re.compile("[A-Z\xa1-\xa7\x80-\x9f]{3,}")
_INNER_SIGN = re.compile("[\x85\x91-\x97]")
_NO_SMALL_LETTERS = re.compile(r"(?<![a-z])[^\W\d_a-z]{2,}(?![a-z])")
_SMALL_LETTER = re.compile("[a-z]")


def _decode_tcvn3(data: bytes) -> str:
    surface = data.decode("latin-1")
    letters = _byte_table(tables.TCVN_HIGH, tuple(tables.TCVN_LOW.items()))
    # VN1 files do have capitals there: inside a word in capitals the sign is a letter if that spells a syllable.
    surface = _CAPITALS.sub(lambda found: _vn1_capitals(found.group(), letters), surface)
    text = surface.translate({**letters, **_TYPOGRAPHIC, **_KEPT_CAPITALS})
    return "".join(map(_mend_capitals, text.splitlines(keepends=True)))


def _vn1_capitals(run: str, letters: dict[int, str]) -> str:
    if _INNER_SIGN.search(run, 1, len(run) - 1) is None or not is_syllable(run.translate(letters)):
        return run
    return "".join(chr(ord(c) + _KEPT) if ord(c) in _TYPOGRAPHIC else c for c in run)


def _mend_capitals(line: str) -> str:
    """Raise toned letters among typed capitals: ABC fonts have none, so ``CéNG`` stands for CỘNG."""
    if _SMALL_LETTER.search(line) is None and _has_two_capitals(line):
        return line.upper()
    return _NO_SMALL_LETTERS.sub(lambda w: w.group().upper() if _has_two_capitals(w.group()) else w.group(), line)


def _has_two_capitals(text: str) -> bool:
    return sum("A" <= c <= "Z" for c in text) > 1


# Fonts have i with its tone in one code; some writers of VNI use a mark of its own there too (iù, iø).
_VNI_PAIR = re.compile(
    "([aeouyAEOUYôöÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|([iI])([ùøûõïÙØÛÕÏ])|([ñÑöÖôÔæÆóÓòÒîÎ])"
)


def _decode_vni(data: bytes) -> str:
    return _VNI_PAIR.sub(_vni_letter, _western_text(data))


def _vni_letter(found: re.Match[str]) -> str:
    if found.group(5):
        return tables.VNI_SINGLE[found.group(5)]
    if found.group(3):
        return unicodedata.normalize("NFC", found.group(3) + tables.VNI_TONES[found.group(4).lower()])
    base, mark = tables.VNI_SINGLE.get(found.group(1), found.group(1)), found.group(2).lower()
    if mark in tables.VNI_TONES:
        return unicodedata.normalize("NFC", base + tables.VNI_TONES[mark])
    if mark in tables.VNI_CIRCUMFLEX and base in "aeoAEO":
        return unicodedata.normalize("NFC", base + "\u0302" + tables.VNI_CIRCUMFLEX[mark])
    if mark in tables.VNI_BREVE and base in "aA":
        return unicodedata.normalize("NFC", base + "\u0306" + tables.VNI_BREVE[mark])
    return base + tables.VNI_SINGLE.get(found.group(2), found.group(2))


_VIQR_WORD = re.compile(r"(?:\\.|[A-Za-z'`?~.^(+*-])+")
_VIQR_LETTER = re.compile(r"\\(.)|([dD])[dD]|([aeiouyAEIOUY])([\^(+*]?)(['`?~.]?)")
_VIQR_FIT = {"^": "aeo", "(": "a", "+": "ou", "*": "ou"}
_VIQR_SURE = re.compile(r"[aeoAEO]\^|[ouOU][+*]|[aA]\([`'?~.]|\A[dD][dD]|\A[^AEIOUYaeiouy]*DD[^AEIOUYaeiouy]*\Z")


def _decode_viqr(data: bytes) -> str:
    return _VIQR_WORD.sub(lambda word: _viqr_word(word.group()), _western_text(data))


def _viqr_word(word: str) -> str:
    """Return one run of letters and signs.

    A sign at the end is punctuation where the letters are no syllable with it (``gi`?``), and a run
    that is no syllable at all is left alone (``don't``) unless it has signs that only VIQR writes.
    """
    whole = _VIQR_LETTER.sub(_viqr_letter, word)
    if "\\" in word or len(whole) == 1:
        return whole
    bare = len(word.rstrip("'`?~.(-"))
    # A letter takes two signs at most; what stands behind them is punctuation.
    for end in range(min(len(word), bare + 2), bare - 1, -1):
        text = _VIQR_LETTER.sub(_viqr_letter, word[:end])
        letters = re.findall(r"[^\W\d_]+", text)
        if letters and text[-1].isalpha() and all(map(is_syllable, letters)):
            return text + word[end:]
    return whole if _VIQR_SURE.search(word) else word


def _viqr_letter(found: re.Match[str]) -> str:
    escaped, d, vowel, modifier, tone = found.groups()
    if escaped:
        return str(escaped)
    if d:
        return "đ" if d == "d" else "Đ"
    if modifier and vowel.lower() not in _VIQR_FIT[modifier]:
        return found.group()
    marks = tables.VIQR_MODIFIERS.get(modifier, "") + tables.VIQR_TONES.get(tone, "")
    return unicodedata.normalize("NFC", vowel + marks)


_DECODERS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": _decode_tcvn3,
    "tcvn3-caps": lambda data: _decode_tcvn3(data).upper(),
    "tcvn5712-1": _by_table(tables.TCVN_HIGH, tables.TCVN_LOW),
    "vni": _decode_vni,
    "viscii": _by_table(tables.VISCII_HIGH, tables.VISCII_LOW),
    "vps": _by_table(tables.VPS_HIGH, tables.VPS_LOW),
    "viqr": _decode_viqr,
}
