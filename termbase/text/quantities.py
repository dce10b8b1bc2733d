"""Amounts: plain numbers, percentages, money, measures, ranges, fractions, ordinals, Roman numerals."""

from __future__ import annotations

import re
from fractions import Fraction

from termbase.text import number_words as words
from termbase.text import quantity_data as data
from termbase.text.values import Claims

_NUM = r"\d+(?:[.,\u00a0\u202f\u2009]\d+)*|\d{1,3}(?: \d{3}){2,6}(?!\d)"
_BEFORE = r"(?<![\w])(?<!\d[.,])(?<!\w[-–/])"
_VI_SCALE = r"(?:(?<=\d)(?:tr|k)|nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm|chục|tá)"
_EN_SCALE = r"(?:(?<=\d)k|hundred|thousand|million|billion|trillion|mn|bn|trn|dozen)"
_CURRENCY = r"(?:US\s?\$|USD|VND|VNĐ|EUR|GBP|JPY|CNY|RMB|[$€£¥])"


def _amount(lang: str) -> re.Pattern[str]:
    scale = _VI_SCALE if lang == "vi" else _EN_SCALE
    to = r"đến|tới" if lang == "vi" else r"to|and|through"
    gap = r"[\s-]?" if lang == "en" else r"\s?"
    units = "|".join(data.UNIT_PATTERNS[lang])
    moneys = "|".join(data.MONEY_PATTERNS[lang])
    return re.compile(
        rf"(?:{_BEFORE}(?P<pre>{_CURRENCY})\s?|(?<![\w])(?<!\d[.,]))(?P<sign>[−-](?=\d))?(?P<a>{_NUM})"
        rf"(?:(?:\s?(?P<sa>{scale})(?!\w))?(?P<ua>\s?%)?\s*(?P<to>[-–—]|(?<=[\s%])(?:{to})(?=\s))\s*(?:năm\s+)?(?P<pre2>{_CURRENCY}\s?)?(?P<b>{_NUM})(?![-–]\d))?"
        rf"(?P<scale>(?:[\s-]?{scale}(?!\w)(?!\s+phần))+)?(?P<half>\s+rưỡi(?!\w))?"
        rf"(?:[\s-]?(?P<pct>%|phần\s+trăm|điểm\s+phần\s+trăm|per\s?cent(?:age\s+points?)?|pct|percentage\s+points?)(?!\w)"
        rf"|(?P<money>[\s-]?(?:{moneys}))|{gap}(?P<unit>{units})(?P<late>\s+rưỡi(?!\w))?)?",
        re.IGNORECASE if lang == "en" else 0,
    )


_AMOUNTS = {lang: _amount(lang) for lang in ("vi", "en")}
_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMPOUND_VI = re.compile(
    rf"(?<![\w.,])(?P<parts>(?:{_NUM})\s?{_VI_SCALE}(?:\s+{_VI_SCALE})*(?:\s+(?:{_NUM})\s+{_VI_SCALE}(?!\w))+)"
    rf"(?P<money>\s?(?:{'|'.join(data.MONEY_PATTERNS['vi'])}))?"
)
_PART_VI = re.compile(rf"({_NUM})\s?((?:{_VI_SCALE}\s*)+)")
_FRACTION = re.compile(r"(?<![\w.,/-])(\d+(?:\.\d{3})*)\s?/\s?(\d+(?:\.\d{3})*)(?![\w/]|[.,-]\d)")
_YEAR_RANGE = re.compile(
    r"(?<![\w.,/-])(?P<a>1[5-9]\d\d|20\d\d|21\d\d)(?:\s?[-–—]\s?|/|\s+(?:đến|tới|to|and|through|until)\s+(?:hết\s+)?(?:năm\s+)?)"
    r"(?P<b>1[5-9]\d\d|20\d\d|21\d\d|\d\d)(?![\w%]|[-–/]\d|[.,]\d)"
)


def claim_year_ranges(claims: Claims) -> None:
    """Claim terms of years: 2020-2025, từ năm 2020 đến năm 2025, from 2020 to 2025."""
    for match in _YEAR_RANGE.finditer(claims.open):
        first, last = match["a"], match["b"]
        if len(last) == 2:
            last = first[:2] + last
        if int(first) < int(last) and _is_span(match.string, match):
            claims.add(match.start(), match.end(), "range", f"{first}..{last}")


def _is_span(text: str, match: re.Match[str]) -> bool:
    """Whether the two numbers of a match are ends of a range: "5 and 7" is one only after *between*."""
    between = text[match.end("a") : match.start("b")].rsplit(None, 1)[-1].lower()
    return between != "and" or bool(re.search(r"(?i)\bbetween\s+$", text[max(0, match.start() - 10) : match.start()]))


def claim_amounts(claims: Claims, lang: str) -> None:
    """Claim everything written in digits that no earlier finder took."""
    if lang == "vi":
        for match in _COMPOUND_VI.finditer(claims.open):
            _claim_compound(claims, match)
    for match in _FRACTION.finditer(claims.open):
        over, under = (group.replace(".", "") for group in match.groups())
        claims.add(match.start(), match.end(), "fraction", f"{int(over)}/{int(under)}")
    for match in _AMOUNTS[lang].finditer(claims.open):
        _claim_amount(claims, match, lang)


def _claim_compound(claims: Claims, match: re.Match[str]) -> None:
    total = Fraction(0)
    for digits, scale in _PART_VI.findall(match["parts"]):
        total += (words.read_digits(digits, "vi") or 0) * words.read_scale(scale, "vi")
    currency = data.currency_of(match["money"] or "")
    value = words.plain(total) + (f" {currency}" if currency else "")
    claims.add(match.start(), match.end(), "money" if currency else "number", value)


def _claim_amount(claims: Claims, match: re.Match[str], lang: str) -> None:
    if match["pre"] and _ENGLISH_GROUPS.fullmatch(match["a"]):
        lang = "en"
    first = words.read_digits(match["a"], lang)
    last = words.read_digits(match["b"], lang) if match["b"] else None
    if first is None or (match["b"] and last is None):
        return _claim_versions(claims, match)
    # "$5,000" is grouped the English way in any text, but the words around it are not.
    scale = words.read_scale((match["scale"] or "").replace("-", " "), lang)
    if match["pre"] and match["unit"] == "m":
        scale *= 10**6
    half = scale / 2 if match["half"] or match["late"] else Fraction(0)
    kind, suffix, factor = _unit(match, lang)
    start, end = match.start(), match.end()
    sign = -1 if match["sign"] and (kind in ("percent", "measure") or match["sign"] == "−") else 1
    if match["sign"] and sign == 1:
        start += 1
    if last is None and not match["sign"] and (place := _minus(match.string, start, kind, suffix, lang)) is not None:
        start, sign = place, -1
    if last is None:
        value = words.plain(sign * (first * scale + half) * factor) + suffix
        return claims.add(start, end, kind, value)
    own = words.read_scale(match["sa"] or "", lang)
    first_scale = own if own != 1 else scale
    if first * first_scale >= last * scale or not _is_span(match.string, match):
        return _claim_apart(claims, match, (first * own, last * scale), (kind, suffix, factor))
    low, high = (words.plain(n * factor) + suffix for n in (first * first_scale, last * scale + half))
    return claims.add(start, end, "range", f"{low}..{high}")


_MINUS = {
    "vi": re.compile(r"(?<!\w)(?<!ghi )(?<!thu )(?<!phát )âm\s+$", re.IGNORECASE),
    "en": re.compile(r"(?<![\w-])(?P<apart>[\w)]+\s+)?(?:minus|negative)\s+$", re.IGNORECASE),
}


def _minus(text: str, start: int, kind: str, suffix: str, lang: str) -> int | None:
    """Return where the *minus* or *âm* before a number begins; ``None`` where there is none.

    *âm* is also sound and the moon's calendar: it is a sign only before degrees and percentages. English
    *minus* between two numbers takes one from the other.
    """
    before = _MINUS[lang].search(text, max(0, start - 24), start)
    if before is None or (lang == "vi" and kind != "percent" and not suffix.startswith(" °")):
        return None
    if lang == "vi":
        return before.start()
    apart = (before["apart"] or "").strip()
    if apart[-1:].isdigit() or words.EN_WORDS.fullmatch(apart) or apart.endswith("\x00"):
        return None
    return before.start() + len(before["apart"] or "")


def _claim_apart(
    claims: Claims, match: re.Match[str], numbers: tuple[Fraction, Fraction], unit: tuple[str, str, Fraction]
) -> None:
    """Claim "3 - 0" or "VND5 billion and 7" as two amounts: they are no range."""
    kind, suffix, factor = unit
    currency = data.currency_of(match["pre"] or "")
    own = f" {currency}" if currency else "%" if match["ua"] else ""
    own_kind = "money" if currency else "percent" if match["ua"] else "number"
    end = max(match.end("a"), match.end("sa"), match.end("ua"))
    claims.add(match.start("pre") if currency else match.start("a"), end, own_kind, words.plain(numbers[0]) + own)
    if currency and not match["money"]:
        kind, suffix = "number", ""
    claims.add(match.start("b"), match.end(), kind, words.plain(numbers[1] * factor) + suffix)


def _claim_versions(claims: Claims, match: re.Match[str]) -> None:
    """Claim what has digits and dots but is no number, such as 2.1.3, as a label."""
    claims.add(match.start("a"), match.end("a"), "code", match["a"])


def _unit(match: re.Match[str], lang: str) -> tuple[str, str, Fraction]:
    if match["pct"]:
        return "percent", "%", Fraction(1)
    currency = data.currency_of(match["money"] or match["pre"] or "")
    if currency:
        return "money", f" {currency}", Fraction(1)
    if match["unit"] and not match["pre"]:
        name, factor = data.unit_of(match["unit"], lang)
        if name:
            return "measure", f" {name}", Fraction(factor)
    return "number", "", Fraction(1)


# --- Roman numerals and ordinals ---------------------------------------------------------------

_ROMAN_CUES = {
    "vi": r"(?:khóa|khoá|kỳ|kì|thứ|hội|chương|phần|mục|kỷ|kỉ|tập|cấp|nhóm|bậc|hạng|quyển|loại|số|điều|đoàn|"
    r"khu|vùng|phụ\s+lục|quý|bảng|lần|thế\s+giới|giai\s+đoạn|đợt|học\s+kỳ)",
    "en": r"(?:chapter|part|volume|section|annex|appendix|book|war|congress|tenure|term|class|type|title|"
    r"schedule|phase|article|category|zone|corps|table|stage|figure|group|grade|world\s+war)",
}
_ROMANS = {
    lang: re.compile(rf"(?i:\b{cue}\s+(?:the\s+|lần\s+thứ\s+)?)(?P<one>[IVXLC]+)(?![\w.]\w|\w)")
    for lang, cue in _ROMAN_CUES.items()
}
_LONE_ROMAN = re.compile(r"(?<![\w./-])(?P<one>[IVX]{2,}|[IVXL]{3,})(?:th)?(?![\w]|\.\w|[-/]\w)")
_EN_FIGURE_ORDINAL = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_VI_FIGURE_ORDINAL = re.compile(r"(?<!\w)thứ\s+(\d+)(?![\w/]|[.,-]\d)", re.IGNORECASE)
_VI_CLASS = re.compile(r"(?<!\w)(?:hạng|giải|bậc)\s+(nhất|nhì|hai|ba|tư)(?!\w)", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:sáng|trưa|chiều|tối|đêm|hôm|ngày|từ|đến|vào)\s+$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(r"\s*(?:,?\s*\(?ngày|hằng\s+tuần|hàng\s+tuần|tuần|\(\d|,\s*\d)", re.IGNORECASE)
_WEEKDAY_WORDS = frozenset("hai ba tư năm sáu bảy".split())


def claim_romans(claims: Claims, lang: str) -> None:
    """Claim Roman numerals: any behind a word that numbers things, longer ones anywhere."""
    for pattern in (_ROMANS[lang], _LONE_ROMAN):
        for match in pattern.finditer(claims.open):
            value = words.read_roman(match["one"])
            if value is not None and value < 100:
                claims.add(match.start("one"), match.end(), "roman", str(value))


def claim_ordinals(claims: Claims, lang: str) -> None:
    """Claim ordinals in figures and words; Vietnamese weekdays are left."""
    if lang == "vi":
        for match in _VI_FIGURE_ORDINAL.finditer(claims.open):
            if match[1] in "234567" and _is_weekday(match.string, match):
                claims.hide(match.start(), match.end())
                continue
            claims.add(match.start(), match.end(), "ordinal", str(int(match[1])))
        for match in _VI_CLASS.finditer(claims.open):
            value = words.plain(words.read_vietnamese_ordinal(match[1]))
            claims.add(match.start(1), match.end(1), "ordinal", value)
        for match in words.VI_ORDINAL.finditer(claims.open):
            if not _is_weekday(match.string, match):
                value = words.plain(words.read_vietnamese_ordinal(match[1]))
                claims.add(match.start(), match.end(), "ordinal", value)
        return
    _claim_half_units(claims, lang)
    _claim_en_fractions(claims)
    for match in _EN_FIGURE_ORDINAL.finditer(claims.open):
        claims.add(match.start(), match.end(), "ordinal", str(int(match[1].replace(",", ""))))
    for match in words.EN_ORDINAL.finditer(claims.open):
        value = words.plain(words.read_english_ordinal(match.group()))
        claims.add(match.start(), match.end(), "ordinal", value)


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    if (match[1].lower() not in _WEEKDAY_WORDS and not match[1].isdigit()) or re.search(
        r"lần\s+$", text[max(0, match.start() - 24) : match.start()], re.IGNORECASE
    ):
        return False
    return bool(
        _WEEKDAY.search(text[max(0, match.start() - 24) : match.start()]) or _WEEKDAY_AFTER.match(text, match.end())
    )


# --- number words ------------------------------------------------------------------------------

_VI_FRACTION = re.compile(
    rf"(?<!\w)(?P<a>{words.VI_TENS}|{words.VI_DIGIT}|\d+)\s+phần\s+(?P<b>{words.VI_TENS}|{words.VI_DIGIT}|tư|\d+)(?!\w)|(?<!\w)(?:một\s+)?nửa(?!\w)",
    re.IGNORECASE,
)
_EN_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<a>{words.EN_DIGIT}|an?)[-\s](?P<b>{'|'.join(words.EN_DENOMINATORS)})|half)(?![\w-])",
    re.IGNORECASE,
)
_VI_MONTHLIKE = "năm"
_AFTER_WORDS = {
    lang: re.compile(
        rf"\s?(?:(?P<pct>phần\s+trăm|%|per\s?cent(?:age\s+points?)?|percentage\s+points?)(?!\w)|(?P<money>\s?(?:{'|'.join(data.MONEY_PATTERNS[lang])}))"
        rf"|[-\s]?(?P<unit>{'|'.join(data.UNIT_PATTERNS[lang])})(?P<late>\s+rưỡi(?!\w))?)",
        re.IGNORECASE,
    )
    for lang in ("vi", "en")
}


_HALF_UNITS = {
    "vi": re.compile(rf"(?<!\w)nửa\s+(?P<unit>{'|'.join(data.UNIT_PATTERNS['vi'])})(?!\s+(?:đầu|cuối))", re.IGNORECASE),
    "en": re.compile(rf"(?<![\w-])half\s+an?\s+(?P<unit>{'|'.join(data.UNIT_PATTERNS['en'])})", re.IGNORECASE),
}


def claim_words(claims: Claims, lang: str) -> None:
    """Claim number words, only where they can be nothing else."""
    if lang == "vi":
        _claim_half_units(claims, lang)
        _claim_vi_fractions(claims)
        for match in words.VI_COMPOUND.finditer(claims.open):
            if not _is_date_word(match.string, match):
                _claim_words(claims, match, words.read_vietnamese(match.group()), lang)
        for match in words.VI_SINGLE.finditer(claims.open):
            if _counts(match.string, match):
                _claim_words(claims, match, words.read_vietnamese(match.group()), lang)
        return
    for match in words.EN_WORDS.finditer(claims.open):
        if match.group().lower() != "one" or _one_counts(match.string, match):
            _claim_words(claims, match, words.read_english(match.group()), lang)


def _claim_half_units(claims: Claims, lang: str) -> None:
    """Claim "nửa thế kỷ" and "half an hour"."""
    for match in _HALF_UNITS[lang].finditer(claims.open):
        name, factor = data.unit_of(match["unit"], lang)
        claims.add(match.start(), match.end(), "measure", f"{words.plain(factor / 2)} {name}")


def _claim_words(claims: Claims, match: re.Match[str], number: Fraction, lang: str) -> None:
    after = _AFTER_WORDS[lang].match(match.string, match.end())
    if after is None:
        start = _minus(match.string, match.start(), "number", "", lang)
        sign = 1 if start is None else -1
        start = match.start() if start is None else start
        return claims.add(start, match.end(), "number", words.plain(sign * number))
    name, factor = data.unit_of(after["unit"] or "", lang)
    kind = "percent" if after["pct"] else "measure" if name else "number"
    start = match.start()
    if (place := _minus(match.string, start, kind, f" {name}", lang)) is not None:
        start, number = place, -number
    if after["pct"]:
        return claims.add(start, after.end(), "percent", words.plain(number) + "%")
    if currency := data.currency_of(after["money"] or ""):
        return claims.add(start, after.end(), "money", f"{words.plain(number)} {currency}")
    if not name:
        return claims.add(start, match.end(), "number", words.plain(number))
    number += Fraction(1, 2) if after["late"] else 0
    return claims.add(start, after.end(), "measure", f"{words.plain(number * factor)} {name}")


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


def _claim_en_fractions(claims: Claims) -> None:
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
_FATHER_BEFORE = re.compile(r"(?:thưa|con|gọi|người|ông|thứ|tháng|chiều|mất|thương)\s+$", re.IGNORECASE)
_ONE_AFTER = re.compile(
    r"\s+(?:of|another|who|that|which|whose|by|day\b(?!s)|after|more|can|must|should|has|is|was|may|could|in)\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(r"\b(?:no|any|every|some|each|this|that|the|which|another|only)\s+$", re.IGNORECASE)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a lone digit word counts something: "ba đồng chí", but not "ba tôi" or "năm nay"."""
    # "hai ba", "vài ba", "dăm bảy" are guesses and no numbers.
    if re.search(
        r"(?:vài|dăm|một|hai|ba|bốn|năm|sáu|bảy|tám)\s+$",
        match.string[max(0, match.start() - 6) : match.start()],
        re.IGNORECASE,
    ):
        return False
    word, before = match.group().lower(), text[max(0, match.start() - 12) : match.start()]
    if not _COUNTED.match(text, match.end()):
        return False
    if word == "năm":
        return not _NOT_COUNTING_BEFORE.search(before) and not re.match(
            r"\s+tháng\s+(?:qua|ấy|đó|gian|chiến)", text[match.end() : match.end() + 24]
        )
    if word == "một":
        return bool(
            re.match(
                r"\s+(?:năm|tháng|tuần|ngày|giờ|phút|km|mét|ha|tấn|kg|lít|cây\s+số)(?!\w)",
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
    if not re.match(r"[\s-]+[a-z]", text[match.end() : match.end() + 24], re.IGNORECASE) or _ONE_AFTER.match(
        text, match.end()
    ):
        return False
    return not _ONE_BEFORE.search(text[max(0, match.start() - 10) : match.start()])
