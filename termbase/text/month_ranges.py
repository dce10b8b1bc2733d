"""Ranges and lists of months, the year named once or twice: *tháng 3-4/2025*, *March and April 2025*."""

from __future__ import annotations

import re

from termbase.text.values import Claims

_YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)"
_VI_NUMBER = r"(?:1[0-2]|0?[1-9])"
_VI_OF = r"(?:\s?[-/.]\s?|,?\s+năm\s+)"
_VI = re.compile(
    rf"(?<!\w)tháng\s+(?P<m>{_VI_NUMBER})(?:{_VI_OF}(?P<y>{_YEAR}))?(?![\w/])"
    rf"\s*(?P<to>[-–—]|(?<=\s)(?:đến|tới|và)(?=\s))\s*(?:hết\s+)?(?P<named>tháng\s+)?"
    rf"(?P<m2>{_VI_NUMBER})(?:{_VI_OF}(?P<y2>{_YEAR}))?(?![\w/])(?![.,-]\d)",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"\s*(?:%|(?:triệu|tỷ|tỉ|nghìn|ngàn|phần)(?!\w))")
_VI_DAY_BEFORE = re.compile(
    r"(?:\d|mười|mươi|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín)\s+(?:của\s+)?$", re.IGNORECASE
)
_NAMES = "january february march april may june july august september october november december".split()
_EN_NUMBERS = {name[:length]: place for place, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
_EN_NAME = "(?:{})".format("|".join(sorted({name.capitalize() for name in _EN_NUMBERS}, key=len, reverse=True)))
_EN = re.compile(
    rf"(?<![\w-])(?P<m>{_EN_NAME})\.?(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?"
    r"\s*(?P<to>[-–—]|(?<=[\s.])(?:to|through|until|and)(?=\s))\s*"
    rf"(?P<m2>{_EN_NAME})(?![^\W_])\.?(?:,?\s+(?:of\s+)?(?P<y2>{_YEAR}))?(?![\w/])(?!,?\s+\d{{1,2}}(?!\d))"
)
_EN_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?:\s+(?:day\s+)?(?:of\s+)?|-)$|\bday\s+of\s+$", re.IGNORECASE)


_VI_LIST = re.compile(
    rf"(?<!\w)tháng\s+(?P<m>{_VI_NUMBER}(?:\s*,\s*{_VI_NUMBER}){{1,10}}(?:\s*,?\s+và\s+{_VI_NUMBER})?){_VI_OF}(?P<y>{_YEAR})(?![\w/-])",
    re.IGNORECASE,
)
_EN_LIST = re.compile(
    rf"(?<![\w-])(?P<m>{_EN_NAME}(?:,\s+{_EN_NAME}){{1,10}},?\s+and\s+{_EN_NAME}),?\s+(?:of\s+)?(?P<y>{_YEAR})(?![\w/-])"
)


def _claim_lists(claims: Claims, lang: str) -> None:
    for match in (_VI_LIST if lang == "vi" else _EN_LIST).finditer(claims.open):
        names = re.findall(r"\d+" if lang == "vi" else _EN_NAME, match["m"])
        months = [int(name) if lang == "vi" else _EN_NUMBERS[name.lower()] for name in names]
        value = ",".join(f"{match['y']}-{month:02d}" for month in months)
        claims.add(match.start(), match.end(), "date", value)


def claim_month_ranges(claims: Claims, lang: str) -> None:
    """Claim two months as a range, or as a list where *and* joins them; a day before makes it none."""
    if lang == "vi" and "háng" not in claims.open.casefold():
        return
    _claim_lists(claims, lang)
    pattern, day_before = (_VI, _VI_DAY_BEFORE) if lang == "vi" else (_EN, _EN_DAY_BEFORE)
    for match in pattern.finditer(claims.open):
        if day_before.search(match.string[max(0, match.start() - 16) : match.start()]):
            continue
        if lang == "vi" and not _is_month(match):
            continue
        months = [int(m) if m.isdigit() else _EN_NUMBERS[m.lower()] for m in (match["m"], match["m2"])]
        if found := _read(match, months[0], months[1]):
            claims.add(match.start(), match.end(), *found)


def _is_month(match: re.Match[str]) -> bool:
    """Whether the second number of "tháng 3 - 4" must be a month."""
    if match["named"] or match["y2"]:
        return True
    return not match["to"].isalpha() and not _AMOUNT_AFTER.match(match.string, match.end())


def _read(match: re.Match[str], first: int, last: int) -> tuple[str, str] | None:
    start, end = match["y"], match["y2"]
    if start and not end:
        return None
    if end and not start:
        # The year stands once: "tháng 11 đến tháng 2/2025" began in the year before.
        start = end if first < last else str(int(end) - 1)
    low, high = f"{start or '-'}-{first:02d}", f"{end or '-'}-{last:02d}"
    if first == last and start == end:
        return None
    before = match.string[max(0, match.start() - 10) : match.start()].lower()
    if match["to"].lower() in ("and", "và") and not before.endswith(("between ", "giữa ")):
        return ("date", f"{low},{high}") if start == end or match["y"] else None
    return ("range", f"{low}..{high}") if not start or low < high else None
