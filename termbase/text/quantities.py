"""Amounts in figures: plain numbers, percentages, money, measures, ranges, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from termbase.text import number_words as words
from termbase.text import quantity_data as data
from termbase.text.values import Claims

_NUM = r"\d{1,3}(?: \d{3}){2,6}(?![\d.,]\d|\d)|\d+(?:[.,\u00a0\u202f\u2009]\d+)*"
_BEFORE = r"(?<![\w])(?<!\d[.,])(?<!\w[-–/])"
_VI_SCALE = r"(?:(?<=\d)(?:tr|k)|nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm|chục|tá)"
_EN_SCALE = (
    r"(?:(?<=\d)k|(?<=\d)m(?=\s(?:VND|USD|EUR|dongs?|dollars?|euros?|people|tonnes)\b)"
    r"|hundred|thousand|million|billion|trillion|quadrillion|mn|bn|trn|dozen)"
)
_CURRENCY = r"(?:US\s?\$|USD|VND|VNĐ|EUR|GBP|JPY|CNY|RMB|[$€£¥₫])"


def _amount(lang: str) -> re.Pattern[str]:
    scale = _VI_SCALE if lang == "vi" else _EN_SCALE
    to = r"đến|tới" if lang == "vi" else r"to|and|through"
    gap = r"[\s-]?" if lang == "en" else r"\s?"
    units = "|".join(data.UNIT_PATTERNS[lang])
    moneys = "|".join(data.MONEY_PATTERNS[lang])
    return re.compile(
        rf"(?:{_BEFORE}(?P<pre>{_CURRENCY})\s?|(?<![\w])(?<!\d[.,]))(?P<sign>[−–-](?=\d))?(?P<a>{_NUM})"
        rf"(?:(?:\s?(?P<sa>{scale})(?!\w))?(?P<ua>\s?%)?\s*(?P<to>[-–—]|(?<=[\s%])(?:{to})(?=\s))\s*(?:(?:hết\s+)?năm\s+|hết\s+)?(?P<pre2>{_CURRENCY}\s?)?(?P<b>{_NUM})(?![-–]\d))?"
        rf"(?P<scale>(?:[\s-]?{scale}(?!\w)(?!\s+phần)){{1,3}})?(?P<half>\s+rưỡi(?!\w))?"
        rf"(?:[\s-]?(?P<pct>%|phần\s+trăm|điểm\s+(?:phần\s+trăm|%)|per\s?cent(?:age\s+points?)?|pct|percentage\s+points?)(?!\w)"
        rf"|(?P<money>[\s-]?(?:{moneys}))|{gap}(?P<unit>{units})(?P<late>\s+rưỡi(?!\w))?)?",
        re.IGNORECASE if lang == "en" else 0,
    )


_AMOUNTS = {lang: _amount(lang) for lang in ("vi", "en")}
_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMPOUND_VI = re.compile(
    rf"(?<![\w.,])(?P<parts>(?:{_NUM})\s?{_VI_SCALE}(?:\s+{_VI_SCALE}){{0,2}}(?:\s+(?:{_NUM})\s+{_VI_SCALE}(?!\w))+)"
    rf"(?P<money>\s?(?:{'|'.join(data.MONEY_PATTERNS['vi'])}))?"
)
_SCALED_VI = re.compile(r"\d\s?[tknvlmc]")
"""A cheap test for a figure with what can be a scale or unit within a number."""
_PART_VI = re.compile(rf"({_NUM})\s?((?:{_VI_SCALE}\s*){{1,3}})")
_FRACTION = re.compile(r"(?<![\w.,/-])(\d{1,15}(?:[.,]\d{3}){0,4})\s?/\s?(\d{1,15}(?:[.,]\d{3}){0,4})(?![\w/]|[.,-]\d)")
_TAIL_VI = re.compile(
    r"(?<![\w.,/-])(?P<a>\d{1,3})(?P<glued>(?=\S{1,7}\d(?!\w)))?(?:(?P<unit>\s?(?:ly|li)\s?|m(?![1-3](?!\d))|kg)|(?P<scale>\s?(?:tr|triệu|tỷ|tỉ)\s?))(?P<b>\d{1,2})(?![\w/%-]|[.,]\d)"
    rf"(?P<money>\s?(?:{'|'.join(data.MONEY_PATTERNS['vi'])}))?(?(glued)|(?!\s+[^\W\d_]))"
)
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


_MOVED_BEFORE = re.compile(
    r"\b(?:rose|fell|gained|lost|dropped|climbed|jumped|surged|added|shed|up|down)\s+$", re.IGNORECASE
)
"""Verbs before "$1.25 to $66.30": by so much, to so much."""


def _is_span(text: str, match: re.Match[str]) -> bool:
    """Whether the two numbers of a match are ends of a range: "5 and 7" is one only after *between*."""
    groups = match.groupdict()
    if groups.get("pre2") and _MOVED_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    if groups.get("pre2") and data.currency_of(groups["pre2"]) != data.currency_of(groups["pre"] or groups["pre2"]):
        return False
    joint = match.start("pre2") if groups.get("pre2") else match.start("b")
    between = text[match.end("a") : joint].rsplit(None, 1)[-1].lower()
    return between != "and" or bool(re.search(r"(?i)\bbetween\s+$", text[max(0, match.start() - 10) : match.start()]))


def claim_amounts(claims: Claims, lang: str) -> None:
    """Claim everything written in digits that no earlier finder took."""
    if lang == "vi" and _SCALED_VI.search(claims.open):
        for match in _COMPOUND_VI.finditer(claims.open):
            _claim_compound(claims, match)
        for match in _TAIL_VI.finditer(claims.open):
            _claim_tail(claims, match)
    if "/" in claims.open:
        for match in _FRACTION.finditer(claims.open):
            over, under = (re.sub(r"\D", "", group) for group in match.groups())
            claims.add(match.start(), match.end(), "fraction", f"{int(over)}/{int(under)}")
    for match in _vi_amounts(claims.open) if lang == "vi" else _AMOUNTS[lang].finditer(claims.open):
        if lang == "vi" and match.span() == match.span("a") and match["a"].isdecimal() and len(match["a"]) <= _FIGURES:
            claims.add(match.start(), match.end(), "number", str(int(match["a"])))
        else:
            _claim_amount(claims, match, lang)


def _vi_amounts(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``finditer`` does: a look behind at its head lets the pattern try every place of the text."""
    position = 0
    while start := _VI_AMOUNT_START.search(text, position):
        match = _AMOUNTS["vi"].match(text, start.start())
        if match:
            yield match
        position = match.end() if match else start.start() + 1


_VI_AMOUNT_START = re.compile(r"[\d$€£¥₫−–-]|US|VN|EUR|GBP|JPY|CNY|RMB")

_FIGURES = 40
"""More figures than these are no quantity."""


def _claim_compound(claims: Claims, match: re.Match[str]) -> None:
    total = Fraction(0)
    for digits, scale in _PART_VI.findall(match["parts"]):
        total += (words.read_digits(digits, "vi") or 0) * words.read_scale(scale, "vi")
    currency = data.currency_of(match["money"] or "")
    value = words.plain(total) + (f" {currency}" if currency else "")
    claims.add(match.start(), match.end(), "money" if currency else "number", value)


def _claim_tail(claims: Claims, match: re.Match[str]) -> None:
    """Claim "12 ly 7", "1m65" and "2 triệu 5": the last figures are decimals of the first."""
    number = Fraction(f"{match['a']}.{match['b']}")
    if match["unit"]:
        name, factor = data.unit_of(match["unit"], "vi")
        claims.add(match.start(), match.end("b"), "measure", f"{words.plain(number * factor)} {name}")
        return
    value = words.plain(number * words.read_scale(match["scale"], "vi"))
    currency = data.currency_of(match["money"] or "")
    claims.add(match.start(), match.end(), "money" if currency else "number", f"{value} {currency}".rstrip())


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
    half = scale / 2 if match["half"] or match["late"] else None
    kind, suffix, factor = _unit(match, lang)
    start, end = match.start(), match.end()
    sign = -1 if match["sign"] and (kind in ("percent", "measure") or match["sign"] == "−") else 1
    if match["sign"] and sign == 1:
        start += 1
    if (
        last is None
        and not match["sign"]
        and (place := minus_before(match.string, start, kind, suffix, lang)) is not None
    ):
        start, sign = place, -1
    if last is None and lang == "vi" and _is_label(match, suffix):
        return claims.add(start, match.end("a"), "number", words.plain(first))
    if last is None:
        number = first if scale == 1 else first * scale
        number = sign * (number + half if half else number)
        return claims.add(start, end, kind, words.plain(number if factor == 1 else number * factor) + suffix)
    own = words.read_scale(match["sa"] or "", lang)
    first_scale = own if own != 1 else scale
    if first * first_scale >= last * scale or not _is_span(match.string, match):
        return _claim_apart(claims, match, (first * own, last * scale), (kind, suffix, factor))
    low, high = (words.plain(n * factor) + suffix for n in (first * first_scale, last * scale + (half or 0)))
    return claims.add(start, end, "range", f"{low}..{high}")


_LABEL_BEFORE = re.compile(r"(?:đợt|lần|kỳ|kì|khóa|khoá|vòng|giai\s+đoạn|phiên|số|tập|bước|hạng)\s+$", re.IGNORECASE)
_DATE_BEHIND = re.compile(r"\s+[\d\x00]")


def _is_label(match: re.Match[str], suffix: str) -> bool:
    """Whether what looks like a unit is none: "đợt 2 năm 2025", and the bronze behind silver, "5 bạc, 7 đồng"."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    if suffix == " VND" and not match["scale"] and len(match["a"]) < 3:
        return "bạc" in before.lower()
    if match["unit"] not in ("năm", "tháng", "tuần", "ngày"):
        return False
    return bool(_LABEL_BEFORE.search(before) and _DATE_BEHIND.match(match.string, match.end()))


_MINUS = {
    "vi": re.compile(r"(?<!\w)(?<!ghi )(?<!thu )(?<!phát )âm\s+$", re.IGNORECASE),
    "en": re.compile(r"(?<![\w-])(?P<apart>[\w)]+\s+)?(?:minus|negative)\s+$", re.IGNORECASE),
}


def minus_before(text: str, start: int, kind: str, suffix: str, lang: str) -> int | None:
    """Return where the *minus* or *âm* before a number begins; ``None`` where there is none.

    *âm* is also sound and the moon's calendar: it is a sign only before degrees and percentages. English
    *minus* between two numbers takes one from the other.
    """
    if not text[start - 1 : start].isspace():
        return None
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
        own = data.currency_of(match["pre2"] or "")
        kind, suffix = ("money", f" {own}") if own else ("number", "")
    claims.add(
        match.start("pre2") if match["pre2"] else match.start("b"),
        match.end(),
        kind,
        words.plain(numbers[1] * factor) + suffix,
    )


def _claim_versions(claims: Claims, match: re.Match[str]) -> None:
    """Claim what has digits and dots but is no number, such as 2.1.3, as a label."""
    claims.add(match.start("a"), match.end("a"), "code", match["a"])


_ONE = Fraction(1)


def _unit(match: re.Match[str], lang: str) -> tuple[str, str, Fraction]:
    if match["pct"]:
        return "percent", "%", _ONE
    currency = data.currency_of(match["money"] or match["pre"] or "")
    if currency:
        return "money", f" {currency}", _ONE
    if match["unit"] and not match["pre"]:
        name, factor = data.unit_of(match["unit"], lang)
        if name:
            return "measure", f" {name}", Fraction(factor)
    return "number", "", _ONE
