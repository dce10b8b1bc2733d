"""Numbers written in words, or in digits and scale words, in Vietnamese and English.

Written numbers follow each language's convention: ``1.234,5`` in Vietnamese, ``1,234.5`` in English.
A separator that cannot be what the convention says (``7.25`` in Vietnamese) is read the other way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

Number = Fraction

_VI_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
VI_SCALES = {
    "tr": 10**6, "k": 10**3, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_EN_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()
    )
}
_EN_TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_EN_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "trn": 10**12,
}  # fmt: skip
_EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    "fourth": 4, "sixth": 6, "seventh": 7, "tenth": 10, "eleventh": 11,
    **{f"{word}th": value for word, value in _EN_UNITS.items() if 13 <= value <= 19},
    **{f"{word[:-1]}ieth": value for word, value in _EN_TENS.items()},
    "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
EN_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip


def plain(number: Number) -> str:
    """Return a number as plain digits, with ``.`` before decimals and no needless zeros.

    >>> plain(Fraction(29, 4)), plain(Fraction(1500))
    ('7.25', '1500')
    """
    if number.denominator == 1:
        return str(number.numerator)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact:f}".rstrip("0") if exact == exact.normalize() else f"{exact:f}"


_GROUPS = {".": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"), ",": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")}
_LONGEST = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")


def read_digits(text: str, lang: str) -> Number | None:
    """Return the value of a number written in digits by the convention of ``lang``, ``None`` for what is none.

    More than forty figures are no quantity.

    >>> read_digits("15.200", "vi") == read_digits("15,200", "en") == 15200
    True
    >>> read_digits("7.25", "vi") == read_digits("7,25", "vi") == read_digits("7.25", "en")
    True
    """
    bare = _SPACES.sub("", text)
    if len(bare) > _LONGEST:
        return None
    if bare.isdecimal():
        return Fraction(int(bare))
    group, point = (".", ",") if lang == "vi" else (",", ".")
    whole, mark, tail = _split_decimals(bare, group, point)
    if whole is None or not whole.isdigit() or (mark and not tail.isdigit()):
        return None
    return Fraction(Decimal(f"{whole}.{tail}" if tail else whole))


def _split_decimals(bare: str, group: str, point: str) -> tuple[str | None, str, str]:
    if bare.isdigit():
        return bare, "", ""
    for thousands, decimal in ((group, point), (point, group)):
        whole, mark, tail = bare.partition(decimal)
        if decimal in tail:
            continue
        if thousands in whole:
            if not _GROUPS[thousands].fullmatch(whole):
                continue
            whole = whole.replace(thousands, "")
        elif thousands in tail or (thousands == point and mark and len(tail) == 3 and bare[0] != "0"):
            continue
        return whole, mark, tail
    return None, "", ""


# --- Vietnamese --------------------------------------------------------------------------------

VI_DIGIT = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_VI_LOW = r"(?:mốt|một|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
VI_TENS = (
    rf"(?:{VI_DIGIT}\s+mươi(?:\s+(?:mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
    r"|mười(?:\s+(?:một|hai|ba|bốn|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
    rf"|{VI_DIGIT}\s+(?:mốt|lăm|nhăm))"
)
_VI_HUNDREDS = rf"(?:{VI_DIGIT}|không)\s+trăm(?:\s+(?:{VI_TENS}|(?:linh|lẻ)\s+{_VI_LOW}))?"
_VI_UNDER_1000 = rf"(?:{_VI_HUNDREDS}|{VI_TENS}|{VI_DIGIT})"
_VI_SCALE = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
_VI_PART = rf"(?:{_VI_UNDER_1000}|nửa)(?:\s+{_VI_SCALE}){{1,3}}"
_VI_TAIL = rf"(?:\s+(?:(?:linh|lẻ)\s+{_VI_LOW}|{_VI_HUNDREDS}|{VI_TENS}))?"
_VI_PLACES = rf"(?:không|{VI_DIGIT})(?:\s+(?:không|{_VI_LOW})(?!\w)){{0,9}}"
_VI_POINT = rf"(?:{_VI_UNDER_1000}|không)\s+phẩy\s+(?:{VI_TENS}|{_VI_PLACES})"
VI_COMPOUND = re.compile(
    rf"(?<!\w)(?:{_VI_POINT}(?:\s+{_VI_SCALE}){{0,2}}|{_VI_PART}(?:\s+{_VI_PART})*{_VI_TAIL}(?:\s+rưỡi|\s+(?:mốt|hai|tư|lăm)(?!\w))?"
    rf"|{_VI_HUNDREDS}(?:\s+rưỡi)?|{VI_TENS}|{VI_DIGIT}\s+(?:chục|tá)(?:\s+rưỡi)?(?:\s+{_VI_SCALE}){{0,2}}"
    r")(?!\w)",
    re.IGNORECASE,
)
"""A Vietnamese number of two words or more, and *mười*."""
VI_GUESS = re.compile(
    rf"(?<!\w)(?P<a>{VI_DIGIT}),?\s+(?P<b>{VI_DIGIT}|mười)(?P<scale>(?:\s+(?:chục|trăm|{_VI_SCALE})){{1,3}})(?!\w)",
    re.IGNORECASE,
)
"""Two numbers that follow each other, for a guess between them: *hai ba chục*, *chín, mười vạn*."""
VI_YEAR = rf"(?:một|hai)\s+(?:nghìn|ngàn)(?:\s+(?:{_VI_HUNDREDS}|{VI_TENS}|(?:linh|lẻ)\s+{_VI_LOW}))?"
VI_SINGLE = re.compile(rf"(?<!\w){VI_DIGIT}(?!\w)", re.IGNORECASE)


def read_vietnamese(words: str) -> Number:
    """Return the value of Vietnamese number words.

    >>> read_vietnamese("hai mươi lăm") == 25, read_vietnamese("một trăm linh năm") == 105
    (True, True)
    >>> read_vietnamese("hai triệu rưỡi") == 2_500_000, read_vietnamese("nửa triệu") == 500_000
    (True, True)
    """
    total = section = current = Fraction(0)
    last_scale = Fraction(0)
    whole, point, decimals = " ".join(words.lower().split()).partition(" phẩy ")
    if point:
        return _read_vietnamese_decimals(whole, decimals.split())
    tokens = whole.split()
    for index, word in enumerate(tokens):
        if word in _VI_UNITS:
            # "một triệu hai" is short for 1,200,000: a bare last digit counts tenths of the scale.
            bare = index == len(tokens) - 1 and index and tokens[index - 1] in VI_SCALES
            digit = Fraction(_VI_UNITS[word]) * (last_scale / 10 if bare else 1)
            if word in ("mốt", "lăm", "nhăm") and 0 < current < 10:
                current *= 10  # "hai lăm" is short for "hai mươi lăm"
            current = digit + (current if current >= 10 else 0)
        elif word in ("mười", "mươi", "chục"):
            current = Fraction(10) * (current or 1) if word != "mười" else Fraction(10)
        elif word == "tá":
            current = Fraction(12) * (current or 1)
        elif word == "trăm":
            section, current = section + current * 100, Fraction(0)
            last_scale = Fraction(100)
        elif word == "nửa":
            current = Fraction(1, 2)
        elif word == "rưỡi":
            section += Fraction(last_scale or 1) / 2
        elif word in VI_SCALES:
            scale = Fraction(VI_SCALES[word])
            base = section + current
            if not base and total:
                total *= scale
            else:
                total += base * scale
            section, current, last_scale = Fraction(0), Fraction(0), scale
    return total + section + current


def _read_vietnamese_decimals(whole: str, tail: list[str]) -> Number:
    scale = Fraction(1)
    while tail[-1] in VI_SCALES:
        scale *= VI_SCALES[tail.pop()]
    digits = "".join(str(_VI_UNITS[word]) for word in tail if word in _VI_UNITS)
    if "mười" in tail or "mươi" in tail:
        digits = plain(read_vietnamese(" ".join(tail)))
    return (read_vietnamese(whole) + Fraction(int(digits), 10 ** len(digits))) * scale


# --- English -----------------------------------------------------------------------------------

EN_DIGIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_EN_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_EN_TEN = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_EN_UNDER_100 = rf"(?:{_EN_TEN}(?:[-\s]{EN_DIGIT})?|{_EN_TEEN}|{EN_DIGIT})"
_EN_JOIN = r"(?:[-\s]+(?:and\s+)?)"
_EN_HUNDREDS = rf"(?:(?:{_EN_UNDER_100}|an?)[-\s]+hundred(?:{_EN_JOIN}{_EN_UNDER_100})?)"
_EN_UNDER_1000 = rf"(?:{_EN_HUNDREDS}|{_EN_UNDER_100})"
_EN_SCALE = r"(?:hundred|thousand|million|billion|trillion|quadrillion)"
_EN_PLACES = rf"(?:[-\s]+(?:zero|oh|{EN_DIGIT})(?![^\W_])){{1,10}}"
_EN_POINT = rf"(?:zero|{_EN_UNDER_1000})\s+point{_EN_PLACES}(?:[-\s]+{_EN_SCALE}(?![^\W_])){{0,2}}"
_EN_LARGE = rf"(?:(?:half\s+an?|{_EN_UNDER_1000}(?:[-\s]+and[-\s]+a[-\s]+half)?|an?)(?:[-\s]+{_EN_SCALE}){{1,3}})"
EN_WORDS = re.compile(
    rf"(?<![\w-])(?:{_EN_POINT}|{_EN_LARGE}(?:,?\s+(?:and\s+)?{_EN_LARGE})*(?:{_EN_JOIN}{_EN_UNDER_1000})?"
    rf"|(?:{_EN_UNDER_100}|an?|half\s+a)\s+dozen|{_EN_HUNDREDS}|{_EN_UNDER_100}(?:[-\s]+and[-\s]+a[-\s]+half)?|zero)(?!\w)",
    re.IGNORECASE,
)
"""An English number in words, of one word or more."""


EN_HOUR = rf"(?:ten|eleven|twelve|{EN_DIGIT})"


def read_english(words: str) -> Number:
    """Return the value of English number words.

    >>> read_english("one hundred and twenty-five") == 125, read_english("half a million") == 500_000
    (True, True)
    >>> read_english("three hundred thousand") == 300_000, read_english("two dozen") == 24
    (True, True)
    """
    total = current = Fraction(0)
    tokens = re.findall(r"[a-z]+", words.lower())
    if "point" in tokens:
        return _read_english_decimals(tokens)
    for index, word in enumerate(tokens):
        if word in _EN_UNITS:
            current += _EN_UNITS[word]
        elif word in _EN_TENS:
            current += _EN_TENS[word]
        elif word in ("a", "an"):
            current += 0 if "half" in tokens[max(0, index - 1) : index + 2] else 1
        elif word == "half":
            current += Fraction(1, 2)
        elif word == "dozen":
            current = Fraction(current or 1) * 12
        elif word == "hundred":
            current = Fraction(current or 1) * 100
        elif word in _EN_SCALES:
            total, current = total + (current or 1) * _EN_SCALES[word], Fraction(0)
    return total + current


def _read_english_decimals(tokens: list[str]) -> Number:
    place = tokens.index("point")
    scale, tail = Fraction(1), tokens[place + 1 :]
    while tail[-1] in _EN_SCALES:
        scale *= _EN_SCALES[tail.pop()]
    digits = "".join(str(_EN_UNITS.get(word, 0)) for word in tail)
    return (read_english(" ".join(tokens[:place])) + Fraction(int(digits), 10 ** len(digits))) * scale


EN_YEAR_FORM = (
    r"(?P<cw>(?i:sixteen|seventeen|eighteen|nineteen|twenty))[-\s]"
    rf"(?P<yw>(?i:oh[-\s]{EN_DIGIT}|{_EN_TEEN}|{_EN_TEN}(?:[-\s]{EN_DIGIT})?))(?![\w-])"
)
EN_YEAR = re.compile(rf"(?<![\w-]){EN_YEAR_FORM}")
"""A year as it is spoken: *nineteen forty-five*, *nineteen oh five*, *twenty twenty-five*."""


def read_english_year(century: str, year: str) -> str:
    """Return the digits of the two parts of :data:`EN_YEAR`.

    >>> read_english_year("nineteen", "forty-five"), read_english_year("Twenty", "oh five")
    ('1945', '2005')
    """
    return f"{read_english(century)}{int(read_english(year.lower().replace('oh', 'zero'))):02d}"


_EN_ORDINALS |= {f"{word}ly": _EN_ORDINALS[word] for word in ("first", "second", "third", "fourth", "fifth")}
_EN_ORDINAL_WORDS = "|".join(sorted(_EN_ORDINALS, key=len, reverse=True))
EN_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?:{_EN_HUNDREDS}{_EN_JOIN})?(?:{_EN_TEN}[-\s])?(?:{_EN_ORDINAL_WORDS}))(?!\w)", re.IGNORECASE
)
VI_ORDINAL = re.compile(rf"(?<!\w)thứ\s+(nhất|nhì|{_VI_HUNDREDS}|{VI_TENS}|{VI_DIGIT}|tư)(?!\w)", re.IGNORECASE)


def read_english_ordinal(words: str) -> Number:
    """Return the value of an English ordinal in words.

    >>> read_english_ordinal("twenty-first") == 21
    True
    """
    tokens = re.findall(r"[a-z]+", words.lower())
    last = _EN_ORDINALS[tokens[-1]]
    return read_english(" ".join(tokens[:-1])) + last if len(tokens) > 1 else Fraction(last)


def read_vietnamese_ordinal(words: str) -> Number:
    """Return the value of what follows *thứ*.

    >>> read_vietnamese_ordinal("nhất") == 1, read_vietnamese_ordinal("mười hai") == 12
    (True, True)
    """
    special = {"nhất": 1, "nhì": 2, "tư": 4}
    bare = words.lower()
    return Fraction(special[bare]) if bare in special else read_vietnamese(bare)


def read_scale(words: str, lang: str) -> Number:
    """Return the factor of scale words behind digits: *nghìn tỷ*, *hundred thousand*, ``1`` for none.

    >>> read_scale("nghìn tỷ", "vi") == 10**12, read_scale("billion", "en") == 10**9
    (True, True)
    """
    if not words:
        return _ONE
    factor = _ONE
    for word in words.lower().split():
        factor *= _FACTORS[lang].get(word, 1)
    return factor


_ONE = Fraction(1)
_FACTORS = {"vi": {**VI_SCALES, "trăm": 100, "chục": 10, "tá": 12}, "en": {**_EN_SCALES, "dozen": 12}}


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
ROMAN_FORM = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def read_roman(numeral: str) -> int | None:
    """Return the value of a well-formed Roman numeral up to 399, or ``None``.

    >>> read_roman("XIII"), read_roman("IIX")
    (13, None)
    """
    if not numeral or not ROMAN_FORM.fullmatch(numeral):
        return None
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _hint(pieces: str, after: str = "") -> re.Pattern[str]:
    """Return a fast test for any of some letters in lower case, with a capital, or in capitals.

    Only literals at its head let :mod:`re` skip through the text: no flag, no look behind.
    """
    cased = {form: None for piece in pieces.split("|") for form in (piece, piece.capitalize(), piece.upper())}
    return re.compile(f"(?:{'|'.join(cased)}){after}")


DATE_HINTS = {
    "vi": _hint("tháng|quý|quí|thập|những năm|giờ|năm"),
    "en": _hint(
        "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|quarter|teen|wenty|ies|noon|midnight|clock|thirty|fifteen|"
        r"forty|\.m|lunar"
    ),
}
ORDINAL_HINTS = {
    "vi": _hint("thứ|hạng|giải|bậc|là|đầu"),
    "en": _hint("first|second|third|rth|fth|xth|nth|hth|ieth|dth|half|quarter"),
}
WORD_HINTS = {
    "vi": _hint("một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|nửa|không", r"(?!\w)"),
    "en": _hint(
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|hundred|thousand|illion|dozen|half|"
        "twenty|thirty|forty|fifty|sixty|eighty|ninety"
    ),
}
"""Cheap tests whether a text can hold dates, ordinals or number words at all."""
