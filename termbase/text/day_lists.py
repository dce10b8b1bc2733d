"""Days named together: *các ngày 5, 6 và 7-8*, *28-7 đến 2-8*, *August 5, 6 and 7, 2025*.

The month, and the year where there is one, stand once and hold for every day of a list. Two days of
different months are each a date of their own, in both languages.
"""

from __future__ import annotations

import re

from termbase.text.values import Claims

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1\d\d\d|20\d\d|21\d\d)"
_END = r"(?![\w/%])(?![.,-]\d)"
_VI_LAST = (
    rf"(?:{_DAY})(?:\s?[-/.]\s?|\s+tháng\s+)(?P<m>{_MONTH})(?![\d])"
    rf"(?:(?:\s?[-/.]\s?|\s*,?\s+năm\s+)(?P<y>{_YEAR}))?{_END}"
)
_VI_LIST = re.compile(
    rf"(?<![\w/.-])(?P<days>(?:ngày(?:\s+cuối\s+tuần)?|đêm|sáng|chiều|tối)\s+{_DAY}(?:\s*,\s*(?:ngày\s+)?{_DAY}){{0,9}}"
    rf"(?:\s*,?\s+(?:và|rạng\s+sáng(?:\s+ngày)?|rạng\s+ngày|sang)|\s*,)\s+(?:ngày\s+)?){_VI_LAST}",
    re.IGNORECASE,
)
_NAMES = "january february march april may june july august september october november december".split()
_NUMBERS = {name[:length]: place for place, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
_NAME = "(?:{})".format("|".join(sorted({name.capitalize() for name in _NUMBERS}, key=len, reverse=True)))
_EN_DAY = rf"{_DAY}(?:st|nd|rd|th)?(?![^\W_])"
_EN_MORE = rf"(?:,\s*(?:the\s+)?{_EN_DAY})"
_EN_DAYS = (
    rf"{_EN_DAY}{_EN_MORE}{{1,9}},?\s+(?:and\s+|&\s+)?(?:the\s+)?{_EN_DAY}"
    rf"|{_EN_DAY}{_EN_MORE}{{0,9}},?\s+(?:and|&)\s+(?:the\s+)?{_EN_DAY}"
)
_EN_LISTS = (
    re.compile(rf"(?<![\w-])(?P<m>{_NAME})\.?\s+(?P<days>{_EN_DAYS})(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?{_END}"),
    re.compile(
        rf"(?<![\w.,/-])(?P<days>{_EN_DAYS})\s+(?:of\s+)?(?P<m>{_NAME})\.?(?![^\W_])(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?{_END}"
    ),
)
_VI_PAIR = re.compile(
    rf"(?<![\w/.,-])(?P<d>{_DAY})(?P<s>[-/.])(?P<m>{_MONTH})(?P<to>\s+(?:đến|tới|và)\s+|\s*[–—]\s*|\s+-\s+|,\s+)"
    rf"(?:hết\s+)?(?:ngày\s+)?(?P<d2>{_DAY})(?P=s)(?P<m2>{_MONTH})(?:(?P=s)(?P<y>{_YEAR}))?{_END}"
)
_FIGURES = re.compile(r"\d+")
_DAY_WORD = re.compile(r"(?:ngày|sáng|trưa|chiều|tối|đêm|từ)\s+(?:ngày\s+)?$", re.IGNORECASE)


_JOINED = re.compile(r"\d\s?[-/.]\s?\d")
_MONTH_WORD = re.compile("t(?i:háng)|T(?i:háng)")
"""Cheap tests for a month behind a day: each form has one."""
_TWO_DAYS = re.compile(
    rf"(?<![\w/.,-])(?P<d>{_DAY})(?P<s>[/.])(?P<m>{_MONTH})(?P=s)(?P<y>{_YEAR})\s?[-–—]\s?"
    rf"(?P<d2>{_DAY})(?P=s)(?P<m2>{_MONTH})(?P=s)(?P<y2>{_YEAR}){_END}"
)


def _claim_two_days(claims: Claims) -> None:
    """Claim "7/5/1954-7/5/2024", two days with nothing but a dash between."""
    for match in _TWO_DAYS.finditer(claims.open):
        for n, start, end in (("", match.start(), match.end("y")), ("2", match.start("d2"), match.end())):
            claims.add(start, end, "date", f"{match[f'y{n}']}-{int(match[f'm{n}']):02d}-{int(match[f'd{n}']):02d}")


def claim_day_lists(claims: Claims, lang: str) -> None:
    """Claim lists of days of one month, and in Vietnamese pairs of days written in figures."""
    if lang == "vi" and not _JOINED.search(claims.open) and not _MONTH_WORD.search(claims.open):
        return
    _claim_two_days(claims)
    for pattern in (_VI_LIST,) if lang == "vi" else _EN_LISTS:
        for match in pattern.finditer(claims.open):
            _claim_list(claims, match)
    if lang == "vi":
        for match in _VI_PAIR.finditer(claims.open):
            _claim_pair(claims, match)


def _claim_list(claims: Claims, match: re.Match[str]) -> None:
    stop = match.start("m") if match.start("m") > match.start("days") else match.end("days")
    days = [int(figure) for figure in _FIGURES.findall(match.string[match.start("days") : stop])]
    before = match.string[max(0, match.start() - 10) : match.start()].lower()
    if days != sorted(set(days)) or before.endswith("between "):
        return
    name = match["m"].lower()
    month = int(name) if name.isdigit() else _NUMBERS[name]
    value = ",".join(f"{match['y'] or '-'}-{month:02d}-{day:02d}" for day in days)
    claims.add(match.start(), match.end(), "date", value)


def _claim_pair(claims: Claims, match: re.Match[str]) -> None:
    """Claim two days written in figures; "5-7 và 8-9" only behind a word for a day.

    Days of one month are a range or a list; of two months they are two dates, as *July 28 to August 2, 2025* is.
    """
    (day, month), (day2, month2) = ((int(match[f"d{n}"]), int(match[f"m{n}"])) for n in ("", "2"))
    joined = match["to"].strip() in ("đến", "tới")
    said = _DAY_WORD.search(match.string[max(0, match.start() - 20) : match.start()])
    if not (joined or said or match["y"] or max(day, day2) > 12):
        return
    year = match["y"] or "-"
    low, high = f"{year}-{month:02d}-{day:02d}", f"{year}-{month2:02d}-{day2:02d}"
    if month == month2 and day < day2:
        listed = match["to"].strip() in ("và", ",")
        value = ("date", f"{low},{high}") if listed else ("range", f"{low}..{high}")
        claims.add(match.start(), match.end(), *value)
        return
    claims.add(match.start(), match.end("m"), "date", f"--{month:02d}-{day:02d}")
    claims.add(match.start("d2"), match.end(), "date", high)
