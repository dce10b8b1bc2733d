"""Dates, months, quarters and decades, read by value in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from termbase.text import number_words as words
from termbase.text.values import Claims

_D = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_M = r"(?P<m>0?[1-9]|1[0-2])"
_Y = r"(?P<y>1[0-9]\d\d|20\d\d|21\d\d)"
_EDGE = r"(?<![\w/])(?<!\d[.,-])"
_END = r"(?![\w/])(?![.,-]\d)"

_VI_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_VI_MONTH_WORD = "|".join(sorted(_VI_MONTHS, key=len, reverse=True))
_EN_MONTH_NAMES = "january february march april may june july august september october november december".split()
_EN_MONTHS = {name[:length]: i for i, name in enumerate(_EN_MONTH_NAMES, 1) for length in (3, len(name))}
_EN_MONTHS["sept"] = 9
_EN_MONTH = (
    r"(?P<mon>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|"
    r"NOVEMBER|DECEMBER)\.?(?![^\W_])"
)
_EN_D = r"(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_EN_D2 = r"(?P<d2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r"\s*(?P<to>-|–|—|\bđến\b|\btới\b|\bto\b|\band\b|\bvà\b|\buntil\b)\s*"

Reader = Callable[[re.Match[str], str], "tuple[str, str] | None"]
_Rule = tuple[re.Pattern[str], Reader]


def _iso(year: str | None, month: int | str | None, day: int | str | None) -> str:
    head = year or ("-" if month else "")
    if month is None:
        return head
    tail = f"-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return head + tail


def _possible(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _numeric(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    day, month = int(match["d"]), int(match["m"])
    return ("date", _iso(match["y"], month, day)) if _possible(day, month) else None


def _month_first(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    day, month = int(match["d"]), int(match["m"])
    return ("date", _iso(match["y"], month, day)) if day > 12 and _possible(day, month) else None


def _vi_month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("m"):
        return int(match["m"])
    return _VI_MONTHS[" ".join(match["mw"].lower().split())]


def _vi_written(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    day = match["d"] or words.plain(words.read_vietnamese(re.sub(r"(?i)m[ùồ]ng", "", match["dw"])))
    year = match["y"] or (words.plain(words.read_vietnamese(match["yw"])) if match["yw"] else None)
    return ("date", _iso(year, _vi_month(match), day)) if _possible(int(day), _vi_month(match)) else None


def _vi_month_year(match: re.Match[str], text: str) -> tuple[str, str] | None:
    if match.groupdict().get("mw") and not match["y"] and not _month_word_is_clear(match, text):
        return None
    return "date", _iso(match["y"], _vi_month(match), None)


_VI_BEFORE_MONTH = re.compile(
    r"(?:vào|trong|đầu|giữa|cuối|từ|đến|hết|sang|mạng|ngày|khoảng|hằng|hàng|mỗi)\s+$", re.IGNORECASE
)
_VI_AFTER_MONTH = re.compile(r"\s*(?:[.,;:)…!?]|$)|\s+(?:vừa|tới|này|qua|năm|lịch|hằng|hàng|thành|âm|dương)(?![^\W_])")


def _month_word_is_clear(match: re.Match[str], text: str) -> bool:
    word = match["mw"]
    if word[0].isupper() or word in ("giêng", "chạp"):
        return True
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if re.search(r"(?:những|các|nhiều|bao|qua)\s+$", before, re.IGNORECASE) or word == "năm":
        return bool(_VI_BEFORE_MONTH.search(before) and _VI_AFTER_MONTH.match(after)) and word != "năm"
    return bool(_VI_BEFORE_MONTH.search(before) or _VI_AFTER_MONTH.match(after))


_DAY_BEFORE = re.compile(
    r"(?<![^\W_])(?:đường|phố|quảng\s+trường|công\s+viên|chủ\s+nhật|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|ngày|sáng|trưa|chiều|tối|đêm|hôm|rạng\s+sáng|lễ|khánh|dịp|mừng|niệm|mùng|mồng|on|dated|TTXVN|TTX|VNA|VOV|VGP|QĐND),?\s+(?:ngày\s+)?\(?$",
    re.IGNORECASE,
)


_SINCE_BEFORE = re.compile(r"(?<![^\W_])(?:từ|trước|sau|đến|hết|qua|vào|tới)\s+$", re.IGNORECASE)
_SINCE_AFTER = re.compile(r"\s*(?:[,.;:)–-]|$)|\s+(?:đến|tới|năm|trở|này|vừa|sẽ|đã|là|tại|ở|\x00)(?!\w)", re.IGNORECASE)
"""What may stand around a day that has no word for a day: "từ 1/7, lương tăng"."""
_CALENDAR_AFTER = re.compile(r"\s+(?:âm|dương)\s+lịch", re.IGNORECASE)
_NAMED_DAY = re.compile(
    r"(?<!\w)(?:(?:Ngày(?:\s+hội)?|Tết|Giỗ|Lễ)\s+(?=[A-ZĐÁÂ])(?:[^\W\d_]+\s+){1,7}|(?:[Qq]uốc\s+[Tt]ế|[Nn]gày\s+[Ll]ễ)\s+(?:[^\W\d_]+\s+){1,4})\(?$"
)
"""A day with a name: "Ngày Pháp luật 9/11", "Quốc tế Lao động 1-5"."""


def _day_month(match: re.Match[str], text: str) -> tuple[str, str] | None:
    """Read "11-7" or "30/4" as a date where the words or the figures leave no other reading."""
    day, month = int(match["d"]), int(match["m"])
    if not _possible(day, month):
        return None
    before = text[max(0, match.start() - 20) : match.start()]
    clear = bool(_DAY_BEFORE.search(before)) or (day > month and day > 12)
    if match["s"] == "/" and _SINCE_BEFORE.search(before):
        clear = clear or bool(_SINCE_AFTER.match(text, match.end()))
    clear = clear or bool(_CALENDAR_AFTER.match(text, match.end()))
    clear = clear or bool(_NAMED_DAY.search(text[max(0, match.start() - 60) : match.start()]))
    return ("date", _iso(None, month, day)) if clear else None


def _days(match: re.Match[str], month: int) -> tuple[str, str]:
    """Return two days of a month: the ends of a range, or a list where *and* joins them."""
    first, last = (_iso(match["y"], month, match[name]) for name in ("d", "d2"))
    joined = match["to"].strip().lower()
    between = match.string[max(0, match.start() - 24) : match.start()].rstrip().lower().endswith("between")
    if joined in ("and", "và") and not between:
        return "date", f"{first},{last}"
    return "range", f"{first}..{last}"


def _day_range(match: re.Match[str], text: str) -> tuple[str, str] | None:
    first, last, month = int(match["d"]), int(match["d2"]), int(match["m"])
    if first >= last or not _possible(last, month):
        return None
    before = text[max(0, match.start() - 20) : match.start()]
    if (
        not match["y"]
        and not re.search(r"(?:ngày|từ|sáng|chiều|hai)\s+$", before, re.IGNORECASE)
        and not match.group().lower().startswith(("ngày", "từ"))
    ):
        return None
    return _days(match, month)


def _en_written(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    month, day = _EN_MONTHS[match["mon"].lower()], int(match["d"])
    return ("date", _iso(match["y"], month, day)) if _possible(day, month) else None


def _en_range(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    month, first, last = _EN_MONTHS[match["mon"].lower()], int(match["d"]), int(match["d2"])
    if first >= last:
        return None
    return _days(match, month)


def _en_spelt(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    month, day = _EN_MONTHS[match["mon"].lower()], int(words.read_english_ordinal(match["dw"]))
    year = words.read_english_year(match["cw"], match["yw"]) if match["cw"] else match["y"]
    return ("date", _iso(year, month, day)) if _possible(day, month) else None


def _en_lunar(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    day = int(match["d"] or words.read_english_ordinal(match["dw"]))
    month = int(words.read_english_ordinal(match["lw"]))
    return ("date", _iso(None, month, day)) if month <= 12 and day <= 30 else None


_EN_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|by|since|from|until|till|during|early|mid|late|last|next|this|every|each|to|and|between|through|before|after|"
    r"throughout|around|end\s+of)[\s-]+$",
    re.IGNORECASE,
)


def _en_month(match: re.Match[str], text: str) -> tuple[str, str] | None:
    name = match["mon"]
    if not match["y"]:
        doubtful = len(name) == 3 or name == "March"
        if name.isupper() or (
            doubtful and not _EN_BEFORE_MONTH.search(text[max(0, match.start() - 24) : match.start()])
        ):
            return None
    return "date", _iso(match["y"], _EN_MONTHS[name.lower()], None)


def _year(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    return "date", match["y"]


_QUARTER_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "một": 1,
    "bốn": 4,
}


def _quarter(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    sign = match["q"]
    number = int(sign[0]) if sign[0].isdigit() else words.read_roman(sign) or _QUARTER_WORDS.get(sign.lower(), 0)
    if not 1 <= number <= 4:
        return None
    return "quarter", f"{match['y']}-Q{number}" if match["y"] else f"Q{number}"


def _decade(match: re.Match[str], _text: str) -> tuple[str, str] | None:
    figure = match["dec"]
    if len(figure) == 2:
        figure = ("20" if figure < "30" else "19") + figure
        if match.groupdict().get("cent"):
            century = match["cent"]
            number = int(century) if century.isdigit() else words.read_roman(century.upper()) or 20
            figure = f"{number - 1:02d}{figure[2:]}"
    return "decade", f"{figure}s"


_VI_YEAR = rf"(?:\s*(?:,?\s*năm\s+|\s?[-/.,]\s?)\s*{_Y}{_END}|,?\s+năm\s+(?P<yw>{words.VI_YEAR})(?!\w))?"
_VI_DAY_WORDS = rf"(?P<dw>(?:m[ùồ]ng\s+)?(?:{words.VI_TENS}|{words.VI_DIGIT}))"

_COMMON: tuple[_Rule, ...] = (
    (re.compile(rf"{_EDGE}{_Y}(?P<s>[-/.])(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01]){_END}"), _numeric),
    (re.compile(rf"{_EDGE}{_D}\s?(?P<s>[-–/.])\s?{_M}\s?(?P=s)\s?{_Y}{_END}"), _numeric),
)
_VI_RULES: tuple[_Rule, ...] = (
    (
        re.compile(
            rf"(?<![\w/.,-])(?:từ\s+)?(?:ngày\s+)?{_D}{_TO}(?:ngày\s+)?(?P<d2>0?[1-9]|[12]\d|3[01])"
            rf"(?:\s?[-/.]\s?|\s+tháng\s+){_M}(?:(?:\s?[-/.]\s?|\s+năm\s+){_Y})?{_END}",
            re.IGNORECASE,
        ),
        _day_range,
    ),
    *_COMMON,
    (
        re.compile(
            rf"(?<![\w/.,-])(?:(?:ngày|đêm)\s+)?(?:m[ùồ]ng\s+)?(?:{_D}|{_VI_DAY_WORDS})\s+tháng\s+"
            rf"(?:{_M}|(?P<mw>{_VI_MONTH_WORD}))(?![^\W_])(?!\s+(?:ngày|tuần)(?!\w))(?!(?<=\snăm)\s+[12]\d{{3}}){_VI_YEAR}",
            re.IGNORECASE,
        ),
        _vi_written,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:quý|quí)\s+(?P<q>IV|I{{1,3}}|[1-4]|một|nhất|hai|ba|tư|bốn)(?![^\W_])"
            rf"(?:\s*(?:[-/]\s?|,?\s*năm\s+){_Y}{_END})?",
            re.IGNORECASE,
        ),
        _quarter,
    ),
    (
        re.compile(
            r"(?<!\w)(?:những\s+năm|thập\s+(?:niên|kỷ|kỉ)(?:\s+năm)?)\s+(?P<dec>1[5-9]\d0|20\d0|[1-9]0)"
            r"(?:\s+(?:của\s+)?thế\s+k[ỷỉ]\s+(?:thứ\s+)?(?P<cent>[IVX]+|\d\d))?(?![^\W_])",
            re.IGNORECASE,
        ),
        _decade,
    ),
    (
        re.compile(
            rf"(?<!\w)(?<!\d )tháng\s+(?:{_M}|(?P<mw>{_VI_MONTH_WORD}))(?![^\W_])(?!\s+(?:ngày|tuần)\s*[.,;])"
            r"(?![-–]\d{1,2}(?!\d))"
            rf"(?:\s*(?:,?\s*năm\s+|\s?[-/.]\s?){_Y}{_END})?",
            re.IGNORECASE,
        ),
        _vi_month_year,
    ),
    (re.compile(rf"{_EDGE}{_M}[-/]{_Y}{_END}"), _vi_month_year),
    (re.compile(rf"(?<![\w/.,-]){_D}(?P<s>[-/.]){_M}(?![\w/%-])(?!\.\d)(?!\s*(?:%|phần\s))"), _day_month),
    (
        re.compile(
            rf"(?<!\w)(?<=năm ){_Y}(?![\w/])(?![-–.,]\d)(?!\s*[-–]\s*\d)(?!\s+(?:đến|tới)\s+(?:hết\s+)?(?:năm\s+)?\d)"
        ),
        _year,
    ),
)
_ORDINAL_DAY = (
    r"(?:twenty|thirty)[-\s](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
_EN_YEAR = rf"(?:(?:,?\s+|,)(?:of\s+)?{_Y}(?![^\W_]))?"
_SPELT = re.compile(r"[dht]\s+(?:of|day)\s|(?:een|enty)[\s-][tfsenotTFSENO]|ies")
"""A cheap test for days, years and decades in words."""
_EN_SPELT_RULES: tuple[_Rule, ...] = (
    (
        re.compile(
            rf"(?<![\w-])(?:the\s+)?(?P<dw>{_ORDINAL_DAY})(?:\s+day)?\s+of\s+{_EN_MONTH}(?:,?\s+{words.EN_YEAR_FORM}|{_EN_YEAR})"
        ),
        _en_spelt,
    ),
    (
        re.compile(
            rf"(?<![\w-])(?:the\s+)?(?:(?P<dw>{_ORDINAL_DAY})|(?P<d>\d{{1,2}})(?:st|nd|rd|th))"
            rf"(?:\s+day)?\s+of\s+the\s+(?P<lw>{_ORDINAL_DAY})\s+(?:lunar\s+)?month"
        ),
        _en_lunar,
    ),
    (words.EN_YEAR, lambda m, _t: ("date", words.read_english_year(m["cw"], m["yw"]))),
    (
        re.compile(
            r"(?<=[Tt]he )(?:(?:early|late|mid)[\s-])?(?P<tens>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies(?!\w)"
        ),
        lambda m, _t: ("decade", f"19{words.plain(words.read_english(m['tens'] + 'y'))}s"),
    ),
)
_EN_RULES: tuple[_Rule, ...] = (
    (re.compile(rf"(?<!\w){_EN_MONTH}\s*{_EN_D}{_TO}{_EN_D2}(?![^\W_]){_EN_YEAR}"), _en_range),
    (re.compile(rf"(?<![\w.,/-]){_EN_D}{_TO}(?:the\s+)?{_EN_D2}\s+(?:of\s+)?{_EN_MONTH}{_EN_YEAR}"), _en_range),
    *_COMMON,
    (re.compile(rf"{_EDGE}{_M}(?P<s>[-/]){_D}(?P=s){_Y}{_END}"), _month_first),
    (re.compile(rf"(?<!\w){_EN_MONTH}\s*(?:the\s+)?{_EN_D}(?![\w:%])(?![.,]\d|\s?%){_EN_YEAR}"), _en_written),
    (
        re.compile(
            rf"(?<![\w.,/-]){_EN_D}(?:\s+day)?[\s-]+(?:of\s+)?{_EN_MONTH}(?:[\s-]*,?\s*(?:of\s+)?{_Y}(?![^\W_]))?"
        ),
        _en_written,
    ),
    (
        re.compile(
            rf"(?<!\w)(?:(?:the\s+)?(?P<q>first|second|third|fourth|last|[1-4](?:st|nd|rd|th))[\s-]quarter)(?!s?\s+final)(?![^\W_])"
            rf"(?:,?\s+(?:of\s+)?(?:the\s+year\s+)?{_Y}(?![^\W_]))?",
            re.IGNORECASE,
        ),
        _quarter,
    ),
    (re.compile(rf"(?<![\w.,/-]){_Y}[\s-]?Q(?P<q>[1-4])(?!\w)"), _quarter),
    (re.compile(rf"(?<!\w)(?:Q|Quarter\s+)(?P<q>[1-4]|IV|I{{1,3}})(?:[\s,/-]*(?:of\s+)?{_Y})?(?![^\W_])"), _quarter),
    (re.compile(r"(?<!\w)['’‘]?(?P<dec>1[5-9]\d0|20\d0|[1-9]0)['’]?s(?![^\W_])"), _decade),
    (re.compile(rf"(?<!\w){_EN_MONTH}(?:,?\s+(?:of\s+)?{_Y}(?![^\W_]))?"), _en_month),
    (re.compile(rf"{_EDGE}{_M}/{_Y}{_END}"), lambda m, _t: ("date", _iso(m["y"], m["m"], None))),
    (re.compile(rf"(?<![\w/.,-]){_D}(?P<s>[-/]){_M}(?![\w/%-])(?!\.\d)"), _day_month),
    (
        re.compile(
            rf"(?<!\w)(?:(?<=in )|(?<=since )|(?<=by )|(?<=year )|(?<=until )|(?<=of )|"
            r"(?<=before )|(?<=after )|(?<=during ))"
            rf"{_Y}(?![\w/])(?![-–.,]\d)(?!\s*[-–]\s*\d)(?!\s+(?:to|and)\s+\d)",
            re.IGNORECASE,
        ),
        _year,
    ),
)


_FIGURE = re.compile(r"\d")


def _hint(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return a fast test for what a rule cannot do without: a month, a quarter, a decade, or a figure."""
    form = pattern.pattern
    if "(?P<mon>" in form:
        return re.compile("|".join(name[:3] for name in (*_EN_NAMES, *map(str.upper, _EN_NAMES))))
    if "(?P<mw>" in form:
        return re.compile("tháng|Tháng|THÁNG")
    if "(?P<q>" in form:
        return re.compile("quarter|Quarter|Q|quý|Quý|QUÝ|quí|Quí")
    if "(?P<d2>" in form:
        return re.compile(r"\d\s?[-/.]\s?\d|[tT][hH][áÁ][nN][gG]")
    if "những" in form:
        return re.compile("[ăĂ][mM]|[hH][ậẬ][pP]")
    if "(?P<s>" in form or form.startswith((f"{_EDGE}{_M}[-/]{_Y}", f"{_EDGE}{_M}/{_Y}")):
        return re.compile(r"\d\s?[-–/.]\s?\d")
    return re.compile(r"năm \d") if "(?<=năm )" in form else _FIGURE


_EN_NAMES = tuple(map(str.capitalize, _EN_MONTH_NAMES))
_HINTED = {
    lang: tuple((_hint(pattern), pattern, read) for pattern, read in rules)
    for lang, rules in (("vi", _VI_RULES), ("en", _EN_RULES))
}


def claim_dates(claims: Claims, lang: str) -> None:
    """Claim dates, quarters and decades of one language."""
    if lang == "en" and _SPELT.search(claims.open):
        for pattern, read in _EN_SPELT_RULES:
            _claim_by(claims, pattern, read)
    for hint, pattern, read in _HINTED[lang]:
        if hint.search(claims.open):
            _claim_by(claims, pattern, read)


def _claim_by(claims: Claims, pattern: re.Pattern[str], read: Reader) -> None:
    for match in pattern.finditer(claims.open):
        if found := read(match, match.string):
            claims.add(match.start(), match.end(), *found)
