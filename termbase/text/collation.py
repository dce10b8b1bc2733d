"""Sort keys for Vietnamese: the order of printed dictionaries, CLDR ``vi``, and natural order.

Both language orders have the alphabet a ă â b c d đ e ê … y (f j w z in their Latin places) and the
tones level < huyền < hỏi < ngã < sắc < nặng. They differ in when tones count:

* **dictionary**: syllable by syllable, as in printed glossaries: ba, ba mươi, bà, bà con, bá.
  Source: Vũ Xuân Lương, Vietnam Lexicography Centre (vietlex.com), on the order of entries.
* **cldr**: tones after all letters of the whole string: ba, bà, bá, bà con, ba mươi.
  Source: Unicode CLDR, collation ``vi`` (standard), over the root order of UTS 35.
* **natural**: the dictionary order with runs of digits by their value: Quân khu 7 before Quân khu 10.

Keys are bytes, so that a database can sort by them; equal keys mean equal NFC text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, get_args

from termbase.errors import UsageError

Order = Literal["dictionary", "cldr", "natural"]

_ALPHABET = "aăâbƀcdđɖɗeêǝəɛfghiıjklmnŋoôơpqrstŧuưvwxyzʒþ"
_MODIFIED = "ăâêôơư"
# Tone marks first, in Vietnamese order, then the other marks in the order of the CLDR root.
_MARKS = "\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0338\u0327\u0328\u0304"
_SPELLED_OUT = {
    "æ": "a\u0363e",
    "œ": "o\u0363e",
    "ß": "s\u0363s",
    "ø": "o\u0338",
    "Æ": "A\u0363E",
    "Œ": "O\u0363E",
    "Ø": "O\u0338",
    "ł": "l\u0338",
    "Ł": "L\u0338",
    "ð": "d\u0335",
    "Ð": "D\u0335",
    "‥": "..",
    "…": "...",
}
_SYMBOLS = (
    "\t\n\x0b\x0c\r\x85\u2028\u2029 \u203e_\u2017-\u2010\u2012–—―,;:!¡?¿.‥…·'‘’‚‛‹›\"“”„‟«»()[]{}§¶@*/\\&#%‰†‡•"
    "\u2032\u2033`´˜^¯¨°©®←→↑↓+±÷×<=>¬|¦~⁄■□◆○●★☆✓¤¢$£¥₫€"
)
"""Space, punctuation and symbols in the order of the CLDR root."""
_SAME_AS = {
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u00a0", " "),
    "\u2011": "\u2010",
}
_FIRST_SYMBOL, _OTHER_SYMBOL, _FIRST_DIGIT, _FIRST_LETTER, _OTHER_LETTER = 0x10, 0xB0, 0xB4, 0xC0, 0xFE
_COMMON, _UPPER = 2, 8
_FORMATS = {"<wide": 1, "<font": 3, "<circle": 4, "<super": 18, "<sub": 19, "<square": 26, "<fraction": 28}
"""How far forms of a letter stand behind it in the third weight, after UTS 10, table 20."""


def _split_letter(character: str) -> tuple[str, str]:
    """Return the base of an NFC character, with breve, circumflex or horn where Vietnamese, and its marks."""
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    for modifier in "\u0302\u0306\u031b":
        joined = unicodedata.normalize("NFC", base + modifier)
        if modifier in marks and joined.lower() in _MODIFIED:
            return joined, marks.replace(modifier, "", 1)
    return base, marks


def _primary(base: str) -> bytes:
    low = base.lower()
    if len(low) == 1 and low in _ALPHABET:
        return bytes([_FIRST_LETTER + _ALPHABET.index(low)])
    if base.isdecimal():
        return bytes([_FIRST_DIGIT + unicodedata.decimal(base)])
    if (place := _SYMBOLS.find(_SAME_AS.get(base, base))) >= 0:
        return bytes([_FIRST_SYMBOL + place])
    if unicodedata.category(base) in ("Cc", "Cf"):
        return b""
    group = _OTHER_LETTER if base.isalnum() else _OTHER_SYMBOL
    return bytes([group]) + ord(low[0]).to_bytes(3, "big")


def _mark_weight(mark: str) -> int:
    return 3 + (_MARKS.index(mark) if mark in _MARKS else len(_MARKS) + min(ord(mark) - 0x300, 200) % 200)


def _is_formatted(character: str) -> bool:
    """Whether a character is another in full width, raised, ringed … (``Ａ``, ``²``, ``①``)."""
    return unicodedata.decomposition(character).startswith("<") and character not in _SYMBOLS + "".join(_SAME_AS)


class _Weights(dict[str, tuple[bytes, bytes, bytes]]):
    """The three weights of a character, worked out when first met."""

    def __missing__(self, character: str) -> tuple[bytes, bytes, bytes]:
        if character in _SPELLED_OUT:
            parts = [self[part] for part in _SPELLED_OUT[character]]
            weights = self._joined(parts, 2)
        elif _is_formatted(character):
            parts = [self[part] for part in unicodedata.normalize("NFKD", character)]
            weights = self._joined(parts, _FORMATS.get(unicodedata.decomposition(character).split(">")[0], 2))
        elif unicodedata.combining(character):
            weights = (b"", bytes([_mark_weight(character)]), bytes([_COMMON]))
        else:
            weights = self._of_base(character)
        self[character] = weights
        return weights

    @staticmethod
    def _joined(parts: list[tuple[bytes, bytes, bytes]], case: int) -> tuple[bytes, bytes, bytes]:
        tertiary = bytes(weight + case for _, _, weights in parts for weight in weights)
        return b"".join(p[0] for p in parts), b"".join(p[1] for p in parts), tertiary

    @staticmethod
    def _of_base(character: str) -> tuple[bytes, bytes, bytes]:
        base, marks = _split_letter(character)
        primary = _primary(base)
        if not primary:
            return b"", b"", b""
        secondary = bytes([_COMMON, *(_mark_weight(mark) for mark in marks)])
        case = _UPPER if base != base.lower() else _COMMON
        return primary, secondary, bytes([case] + [_COMMON] * len(marks))


_WEIGHTS = _Weights()


def cldr_key(text: str) -> bytes:
    """Return the sort key of ``text`` in CLDR ``vi`` order: letters, then tones, then case.

    >>> sorted(["bà con", "bá", "ba mươi", "bà", "ba"], key=cldr_key)
    ['ba', 'bà', 'bá', 'bà con', 'ba mươi']
    """
    text = unicodedata.normalize("NFC", text)
    weights = [_WEIGHTS[character] for character in text]
    primary, secondary, tertiary = zip(*weights, strict=True) if weights else ((), (), ())
    return b"\0".join(
        (b"".join(primary), b"".join(secondary), b"".join(tertiary), text.encode("utf-8", "surrogatepass"))
    )


# Syllables are short and few, so their keys are remembered; apostrophes belong to the word (H'Mông).
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_APOSTROPHE = re.compile("(?<=\\w)['’ʼ](?=\\w)")
_DIGITS = re.compile(r"\d+")
_END_OF_SYLLABLE = b"\x02"
_MANY_DIGITS = 255


@lru_cache(maxsize=65536)
def _syllable_key(word: str, natural: bool) -> tuple[bytes, bytes]:
    """Return letters with tones behind them, and the case of each letter."""
    if natural and (digits := _DIGITS.search(word)):
        return _number_key(word, digits)
    weights = [_WEIGHTS[character] for character in word]
    tones = b"".join(secondary.replace(b"\x02", b"") for _, secondary, _ in weights)
    letters = b"".join(primary for primary, _, _ in weights)
    return letters + tones + _END_OF_SYLLABLE, b"".join(tertiary[:1] for _, _, tertiary in weights)


def _number_key(word: str, digits: re.Match[str]) -> tuple[bytes, bytes]:
    before, after = word[: digits.start()], word[digits.end() :]
    # Digit by digit, for int() refuses more than 4300 of them; longer numbers sort behind by their length.
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits.group()).lstrip("0") or "0"
    length = bytes([len(value)]) if len(value) < _MANY_DIGITS else b"%c%010d" % (_MANY_DIGITS, len(value))
    number = bytes([_FIRST_DIGIT]) + length + value.encode()
    head, tail = (_syllable_key(part, True) if part else (b"", b"") for part in (before, after))
    return head[0].removesuffix(_END_OF_SYLLABLE) + number + (tail[0] or _END_OF_SYLLABLE), head[1] + tail[1]


def _by_syllables(text: str, natural: bool) -> bytes:
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(_APOSTROPHE.sub("", text) if "'" in text or "’" in text or "ʼ" in text else text)
    keys = [_syllable_key(word, natural) for word in words]
    main = b"".join([key[0] for key in keys])
    case = b"".join([key[1] for key in keys])
    return main + b"\0" + case + b"\0" + text.encode("utf-8", "surrogatepass")


def dictionary_key(text: str) -> bytes:
    """Return the sort key of ``text`` in the order of printed Vietnamese dictionaries.

    Syllable by syllable, each by its letters and then its tone; lower case first where all else is
    equal. Spaces, hyphens and other signs only part syllables. Tone placement does not count.

    >>> sorted(["bá", "bà con", "bà", "ba mươi", "ba"], key=dictionary_key)
    ['ba', 'ba mươi', 'bà', 'bà con', 'bá']
    """
    return _by_syllables(text, False)


def natural_key(text: str) -> bytes:
    """Return the dictionary key of ``text`` with runs of digits compared by their value.

    >>> sorted(["Quân khu 10", "Quân khu 7"], key=natural_key)
    ['Quân khu 7', 'Quân khu 10']
    """
    return _by_syllables(text, True)


def sort_key(order: str) -> Callable[[str], bytes]:
    """Return the key function of an order: ``dictionary``, ``cldr`` or ``natural``.

    Raises :class:`~termbase.errors.UsageError` for any other name.

    >>> sorted(["đa", "da", "dạ"], key=sort_key("dictionary"))
    ['da', 'dạ', 'đa']
    """
    orders = {"dictionary": dictionary_key, "cldr": cldr_key, "natural": natural_key}
    if order not in orders:
        raise UsageError(f"unknown order “{order}”; choose one of {', '.join(get_args(Order))}")
    return orders[order]
