"""Numbers, fractions and amounts written in words, claimed only where they can be nothing else."""

from __future__ import annotations

import re
from fractions import Fraction

from termbase.text import number_words as words
from termbase.text import quantity_data as data
from termbase.text.quantities import minus_before
from termbase.text.values import Claims

_VI_FRACTION = re.compile(
    rf"(?<!\w)(?P<a>{words.VI_TENS}|{words.VI_DIGIT}|\d{{1,9}})\s+phần\s+(?P<b>{words.VI_TENS}|{words.VI_DIGIT}|tư|\d{{1,9}})(?!\w)|(?<!\w)(?:một\s+)?nửa(?!\w)",
    re.IGNORECASE,
)
_EN_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<a>{words.EN_DIGIT}|an?)[-\s](?P<b>{'|'.join(words.EN_DENOMINATORS)})|half)(?![\w-])",
    re.IGNORECASE,
)
_VI_MONTHLIKE = "năm"
_AFTER_WORDS = {
    lang: re.compile(
        rf"[\s-]?(?:(?P<pct>phần\s+trăm|%|per\s?cent(?:age\s+points?)?|percentage\s+points?)(?!\w)|(?P<money>\s?(?:{'|'.join(data.MONEY_PATTERNS[lang])}))"
        rf"|[-\s]?(?P<unit>{'|'.join(data.UNIT_PATTERNS[lang])})(?P<late>\s+rưỡi(?!\w))?)",
        re.IGNORECASE,
    )
    for lang in ("vi", "en")
}


_HALF_UNITS = {
    "vi": re.compile(rf"(?<!\w)nửa\s+(?P<unit>{'|'.join(data.UNIT_PATTERNS['vi'])})(?!\s+(?:đầu|cuối))", re.IGNORECASE),
    "en": re.compile(rf"(?<![\w-])half\s+an?\s+(?P<unit>{'|'.join(data.UNIT_PATTERNS['en'])})", re.IGNORECASE),
}


_UNIT_AND_HALF = re.compile(
    rf"(?<![\w-])(?:an?|(?P<n>{words.EN_DIGIT}))\s+(?P<unit>{'|'.join(data.UNIT_PATTERNS['en'])})\s+and\s+a\s+half(?!\w)",
    re.IGNORECASE,
)


_SCALES_OF_GUESSES = ("chục", "trăm", "nghìn", "ngàn", "vạn", "ệu", "tỷ", "tỉ")
"""What every guess holds; *ệu* is the rest of *triệu*."""
_IN_COMPOUNDS = (*_SCALES_OF_GUESSES, "mươ", "mườ", "mốt", "lăm", "hăm", "phẩy", "tá")
"""One of these is in every number of two words or more: beginnings of *mươi* and *mười*, the rest of *nhăm*."""


def claim_words(claims: Claims, lang: str) -> None:
    """Claim number words, only where they can be nothing else."""
    if lang == "vi":
        folded = claims.open.casefold()
        if "nửa" in folded or "phần" in folded:
            claim_half_units(claims, lang)
            _claim_vi_fractions(claims)
        if any(scale in folded for scale in _SCALES_OF_GUESSES):
            _claim_guesses(claims)
        _claim_ranges(claims, lang)
        compounds = words.VI_COMPOUND.finditer(claims.open) if any(w in folded for w in _IN_COMPOUNDS) else ()
        for match in compounds:
            if not _is_date_word(match.string, match):
                _claim_words(claims, match, words.read_vietnamese(match.group()), lang)
        for match in words.VI_SINGLE.finditer(claims.open):
            if _counts(match.string, match):
                _claim_words(claims, match, words.read_vietnamese(match.group()), lang)
        return
    if "half" in claims.open:
        _claim_unit_and_half(claims)
    _claim_ranges(claims, lang)
    for match in words.EN_WORDS.finditer(claims.open):
        if match.group().lower() != "one" or _one_counts(match.string, match):
            _claim_words(claims, match, words.read_english(match.group()), lang)


_VI_NUMBER = rf"(?:{words.VI_COMPOUND.pattern}|(?<!\w){words.VI_DIGIT}(?!\w))"
_RANGES = {
    "vi": re.compile(
        rf"(?P<a>{_VI_NUMBER})\s+(?:đến|tới)\s+(?P<b>{_VI_NUMBER})(?!\s+(?:giờ|tháng)\s+(?:\d|sáng|chiều|tối))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"(?P<a>{words.EN_WORDS.pattern})(?:\s+to\s+|-to-)(?P<b>{words.EN_WORDS.pattern})", re.IGNORECASE
    ),
}
_MAY_BE_RANGE = {
    "vi": re.compile(r"[taincmuyỷỉư]\s+(?:đến|tới)\s+[mhbnstckMHBNSTCK]"),
    "en": re.compile(r"(?:ne|wo|ee|ur|ve|ix|en|ht|ty|ed|nd|on)[\s-]to[\s-][a-z]"),
}
"""A cheap test: what stands around *to* between numbers in words."""
_NO_RANGE_BEFORE = re.compile(r"(?:thứ|tháng|lớp|khóa|khoá|one|from\s+zero)\s+$", re.IGNORECASE)


def _claim_ranges(claims: Claims, lang: str) -> None:
    """Claim "five to seven" and "từ ba đến năm"; a scale or unit behind the second holds for both."""
    if not _MAY_BE_RANGE[lang].search(claims.open):
        return
    read = words.read_vietnamese if lang == "vi" else words.read_english
    for match in _RANGES[lang].finditer(claims.open):
        first, last = read(match["a"]), read(match["b"])
        if _NO_RANGE_BEFORE.search(match.string[max(0, match.start() - 12) : match.start()]):
            continue
        scale = match["b"].rsplit(None, 1)[-1].lower()
        if first < 1000 <= last and scale != match["a"].rsplit(None, 1)[-1].lower():
            first *= words.read_scale(scale, lang)
        if not 0 < first < last:
            continue
        after = _AFTER_WORDS[lang].match(match.string, match.end())
        end = after.end() if after else match.end()
        kind, suffix, factor = _unit_behind(after, lang)
        low, high = (words.plain(number * factor) + suffix for number in (first, last))
        claims.add(match.start(), end if kind != "number" else match.end(), "range", f"{low}..{high}")


def _claim_guesses(claims: Claims) -> None:
    """Claim "hai ba chục" as 20 to 30."""
    for match in words.VI_GUESS.finditer(claims.open):
        first, last = (words.read_vietnamese(match[name]) for name in "ab")
        scale = words.read_scale(match["scale"], "vi")
        if last == first + 1:
            low, high = (words.plain(number * scale) for number in (first, last))
            claims.add(match.start(), match.end(), "range", f"{low}..{high}")


def _unit_behind(after: re.Match[str] | None, lang: str) -> tuple[str, str, Fraction]:
    """Return the kind, the suffix and the factor of what stands behind number words."""
    if after is None:
        return "number", "", Fraction(1)
    if after["pct"]:
        return "percent", "%", Fraction(1)
    if currency := data.currency_of(after["money"] or ""):
        return "money", f" {currency}", Fraction(1)
    name, factor = data.unit_of(after["unit"] or "", lang)
    return ("measure", f" {name}", factor) if name else ("number", "", Fraction(1))


def claim_half_units(claims: Claims, lang: str) -> None:
    """Claim "nửa thế kỷ" and "half an hour"."""
    for match in _HALF_UNITS[lang].finditer(claims.open):
        name, factor = data.unit_of(match["unit"], lang)
        claims.add(match.start(), match.end(), "measure", f"{words.plain(factor / 2)} {name}")


def _claim_unit_and_half(claims: Claims) -> None:
    """Claim "a month and a half" and "two years and a half"."""
    for match in _UNIT_AND_HALF.finditer(claims.open):
        name, factor = data.unit_of(match["unit"], "en")
        number = words.read_english(match["n"]) if match["n"] else Fraction(1)
        if name:
            value = words.plain((number + Fraction(1, 2)) * factor)
            claims.add(match.start(), match.end(), "measure", f"{value} {name}")


def _claim_words(claims: Claims, match: re.Match[str], number: Fraction, lang: str) -> None:
    after = _AFTER_WORDS[lang].match(match.string, match.end())
    kind, suffix, factor = _unit_behind(after, lang)
    start, end = match.start(), match.end() if after is None or kind == "number" else after.end()
    if (place := minus_before(match.string, start, kind, suffix, lang)) is not None:
        start, number = place, -number
    if kind == "measure" and after and after["late"]:
        number += Fraction(1, 2)
    claims.add(start, end, kind, words.plain(number * factor) + suffix)


def _claim_vi_fractions(claims: Claims) -> None:
    for match in _VI_FRACTION.finditer(claims.open):
        if match["a"] is None:
            after = match.string[match.end() : match.end() + 24].split(None, 1)
            if after and after[0] in words.VI_SCALES:
                continue
            if not re.search(
                r"(?i)một\s+nửa|nửa\s+(?:đầu|cuối|số|quân|thời|thế|tháng|năm|ngày)",
                match.string[match.start() : match.end() + 8],
            ):
                continue
            claims.add(match.start(), match.end(), "fraction", "1/2")
            continue
        if match["b"].lower() == "trăm" or re.match(r"\s*trăm", match.string[match.end() : match.end() + 24]):
            continue
        over, under = (_small(match[name]) for name in "ab")
        claims.add(match.start(), match.end(), "fraction", f"{over}/{under}")


def _small(word: str) -> int:
    return int(word) if word.isdigit() else 4 if word.lower() == "tư" else int(words.read_vietnamese(word))


def claim_en_fractions(claims: Claims) -> None:
    """Claim "two-thirds", "a quarter" and "half of"."""
    for match in _EN_FRACTION.finditer(claims.open):
        if match["a"] is None:
            if not re.match(
                r"\s+(?:of|the|its|their|all)\b", match.string[match.end() : match.end() + 24], re.IGNORECASE
            ):
                continue
            claims.add(match.start(), match.end(), "fraction", "1/2")
            continue
        if re.search(r"(?i)\band\s+$", match.string[max(0, match.start() - 5) : match.start()]):
            continue
        name = match["b"].lower()
        over = 1 if match["a"].lower() in ("a", "an", "one") else int(words.read_english(match["a"]))
        # "a third" and "a fifth" may count in order as well; "a half" and "a quarter" may not.
        ordinal = match["a"].lower() in ("a", "an") and name not in ("half", "quarter")
        if ordinal and not re.match(r"\s+of\b", match.string[match.end() : match.end() + 24]):
            continue
        claims.add(match.start(), match.end(), "fraction", f"{over}/{words.EN_DENOMINATORS[name]}")


_COUNTED = re.compile(rf"\s+(?:{'|'.join(data.COUNTED_VI)})(?!\w)", re.IGNORECASE)
_NOT_COUNTING_BEFORE = re.compile(
    r"(?:trong|đầu|cuối|mỗi|hằng|hàng|từng|cả|số|các|những|nhiều|mấy|vài|theo|sang|qua|giữa|nửa|trọn|suốt|quanh|lâu|này|"
    r"nay|tháng|ngày|quý|vừa|\d|mười|mươi|hai|ba|bốn|sáu|bảy|tám|chín|một|thứ|tết|học|vụ|mùa|sau|trước)\s+$",
    re.IGNORECASE,
)
_PLAIN_DIGITS = frozenset(("hai", "bốn", "sáu", "bảy", "tám"))
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:là|và|hoặc|hay|thì|mươi|trăm|phần|rưỡi|đến|tới|lúa|đầu|mặt|lòng|tai|nổi|chìm|một|hai|ba|bốn|tư|năm|sáu|"
    r"bảy|tám|chín|mười|chục|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w))[^\W\dA-ZĐ_]{2,}"
)
_YEARLY = re.compile(
    r"(?:mỗi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|hằng|hàng|cả|trong)\s+năm\s+$", re.IGNORECASE
)
_KIN_BEFORE = re.compile(r"(?:thứ|tháng|anh|chị|cô|chú|bác|ông|bà|út|dì|cậu|mợ|thím|con|quý|ngày)\s+$", re.IGNORECASE)
_NOT_THREE = re.compile(r"\s+(?:lô|toong|gác|hoa|ba|phải|rọi|que|đờ|tôi|mẹ|má|con)(?!\w)", re.IGNORECASE)
_FATHER_BEFORE = re.compile(r"(?:thưa|con|gọi|người|ông|thứ|tháng|chiều|mất|thương)\s+$", re.IGNORECASE)
_ONE_AFTER = re.compile(
    r"\s+(?:of|another|who|that|which|whose|by|day\b(?!s)|after|more|can|must|should|has|is|was|may|could|in(?!\s+"
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|a\s+hundred)\b))\b",
    re.IGNORECASE,
)
_NUMBERED_BEFORE = re.compile(
    r"(?:Part|Chapter|Phase|Section|Book|Volume|Number|Article|Zone|Group|Lesson|Stage|Step)\s+$"
)
_ONE_BEFORE = re.compile(r"\b(?:no|any|every|some|each|this|that|the|which|another|only)\s+$", re.IGNORECASE)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a lone digit word counts something: "ba đồng chí", but not "ba tôi" or "năm nay"."""
    # "hai ba", "vài ba", "dăm bảy" are guesses and no numbers.
    yearly = _YEARLY.search(text[max(0, match.start() - 14) : match.start()])
    if not yearly and re.search(
        r"(?:vài|dăm|một|hai|ba|bốn|năm|sáu|bảy|tám)\s+$",
        match.string[max(0, match.start() - 6) : match.start()],
        re.IGNORECASE,
    ):
        return False
    word, before = match.group().lower(), text[max(0, match.start() - 12) : match.start()]
    if match.group() in _PLAIN_DIGITS and _NOUN_AFTER.match(text, match.end()):
        return not _KIN_BEFORE.search(before)
    counted = _COUNTED.match(text, match.end())
    if counted is None or (counted.group().strip().istitle() and match.group().istitle()):
        return False
    if word == "ba" and _NOT_THREE.match(text, match.end()):
        return False
    if word == "năm":
        return not _NOT_COUNTING_BEFORE.search(before) and not re.match(
            r"\s+tháng(?!\s+(?:đầu|cuối|nữa|liền|trước|sau|huấn|tù|một)(?!\w))", text[match.end() : match.end() + 24]
        )
    if word == "một":
        return bool(
            re.match(
                r"\s+(?:năm|tháng|tuần|ngày|giờ|phút|km|mét|ha|tấn|kg|lít|cây\s+số|thế\s+k[ỷỉ]|thập\s+(?:k[ỷỉ]|niên))(?!\w)",
                text[match.end() : match.end() + 24],
                re.IGNORECASE,
            )
        )
    if word == "ba":
        return not _FATHER_BEFORE.search(before)
    return not re.search(r"(?:thứ|tháng)\s+$", before, re.IGNORECASE)


def _is_date_word(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:tháng|thứ)\s+$", text[max(0, match.start() - 8) : match.start()], re.IGNORECASE))


def _one_counts(text: str, match: re.Match[str]) -> bool:
    if text[match.end() : match.end() + 1] == "-" or _NUMBERED_BEFORE.search(
        text[max(0, match.start() - 12) : match.start()]
    ):
        return True
    if not re.match(r"[\s-]+[a-z\d\x00]", text[match.end() : match.end() + 24], re.IGNORECASE) or _ONE_AFTER.match(
        text, match.end()
    ):
        return False
    return not _ONE_BEFORE.search(text[max(0, match.start() - 10) : match.start()])
