"""Times of day, read by value in both languages: *7 giờ 30 tối*, *19:30*, *7.30 p.m.*."""

from __future__ import annotations

import re

from termbase.text import number_words as words
from termbase.text.values import Claims

_VI_TIME = re.compile(
    rf"(?:(?<![\w:.,-])|(?<=h-)|(?<=h\d\d-)|(?<=:\d\d-))(?:(?P<h>[01]?\d|2[0-4])|(?P<hw>{words.VI_TENS}|{words.VI_DIGIT}))"
    r"(?:\s?(?:giờ|h|g(?=\s?\d))(?![^\W\d])(?:\s?(?:(?P<mi>[0-5]?\d)(?:\s?(?:phút|ph|p|'|’)(?![^\W_]))?(?!\d)|(?P<half>rưỡi)(?![^\W_])|kém\s+(?P<less>[0-5]?\d)(?:\s+phút)?"
    rf"|(?P<miw>{words.VI_TENS})(?:\s+phút)?(?![^\W_])))?"
    r"|:(?P<mi2>[0-5]\d)(?::[0-5]\d)?(?![\d:]))(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm|khuya)(?![^\W_]))?",
    re.IGNORECASE,
)
_VI_CLOCK = re.compile(r":[0-5]|[iIİı][ờỜ]|[hH](?![^\W\d])|[gG]\s?\d")
"""A cheap test for what every time of day holds: a colon, *giờ*, *h* or *g*."""
_VI_DURATION_BEFORE = re.compile(
    r"(?:trong|suốt|mỗi|hơn|gần|mất|kéo dài|qua|quá|tới|đến|sau|thêm|vòng|khoảng|ít nhất|tối thiểu|tối đa)\s+$",
    re.IGNORECASE,
)
_VI_DAY_AFTER = re.compile(
    r"\s*,?\s*(?:ngày\s+[\d\x00]|\x00|cùng\s+ngày|hôm\s+(?:nay|qua|sau)|ngày\s+(?:mai|hôm))", re.IGNORECASE
)
"""A day behind an hour: then it is no length of time, whatever stands before."""
_VI_DURATION_AFTER = re.compile(
    r"\s*(?:/\s?(?:ngày|tuần)|đồng hồ|liên tục|mỗi|một|làm việc|học|huấn luyện|bay|hành quân|trước|nữa|sau)",
    re.IGNORECASE,
)
_VI_LASTING_BEFORE = re.compile(
    r"(?:kéo\s+dài|trong(?:\s+vòng)?|suốt|mất|thêm|thời\s+gian(?:\s+là)?)\s+(?:hơn\s+|gần\s+|khoảng\s+)?$",
    re.IGNORECASE,
)
"""Words before a length of time, even one of hours and minutes: "kéo dài 1 giờ 30 phút"."""
_VI_CLOCK_BEFORE = re.compile(
    r"(?:(?:lúc|vào|hồi|từ|đúng|vào khoảng|khoảng lúc|lúc khoảng)"
    r"|(?:lúc|từ)\s+\d{1,2}\s?(?:giờ|h)(?:\s?\d{1,2})?(?:\s?phút)?(?:\s+(?:sáng|trưa|chiều|tối))?\s+(?:đến|tới))\s+$",
    re.IGNORECASE,
)
_EN_TIME = re.compile(
    r"(?<![\w:.,-])(?:(?:12(?::00)?\s+|twelve\s+)?(?P<word>noon|midnight)(?![^\W_])|"
    rf"(?:(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<mi>[0-5]\d))?|(?P<hw>{words.EN_HOUR})(?:\s+(?P<miw>thirty|fifteen|forty-five))?)\s?(?P<ap>[ap])\.?\s?m\b\.?"
    rf"|(?:(?<=at )|(?<=by )|(?<=around )|(?<=until ))(?P<h6>{words.EN_HOUR})"
    r"[\s-](?P<mi6>thirty|fifteen|forty-five)(?![\w-])"
    r"|(?P<h2>[01]?\d|2[0-4]):(?P<mi2>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:hours|hrs|h)\b)?(?![\d:])"
    r"(?:\s+in\s+the\s+(?P<part2>morning|afternoon|evening))?"
    r"|(?P<h3>[01]\d|2[0-3])(?P<mi3>[0-5]\d)\s?(?:hours|hrs)\b"
    r"|(?P<h4>[01]?\d|2[0-4])h(?P<mi4>[0-5]\d)(?![^\W_])"
    r"|(?P<h5>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o[’']clock(?:\s+in\s+the\s+(?P<part>morning|afternoon|evening))?"
    r")",
    re.IGNORECASE,
)


_VI_HALF_PAST = re.compile(
    rf"(?<![\w:.,-])(?:(?P<h>1[0-2]|[1-9])|(?P<hw>{words.VI_DIGIT}))\s+rưỡi\s+(?P<part>sáng|trưa|chiều|tối|đêm)(?!\w)",
    re.IGNORECASE,
)


def _claim_half_past(claims: Claims) -> None:
    """Claim "7 rưỡi sáng", an hour that goes without *giờ*."""
    for match in _VI_HALF_PAST.finditer(claims.open):
        hour = int(match["h"] or words.read_vietnamese(match["hw"]))
        claims.add(match.start(), match.end(), "time", f"{_on_the_clock(hour, match['part'].lower()):02d}:30")


def claim_times(claims: Claims, lang: str) -> None:
    """Claim times of day; a bare number of hours that is a length of time is left."""
    if lang == "vi" and "rưỡi" in claims.open:
        _claim_half_past(claims)
    if lang == "vi" and not _VI_CLOCK.search(claims.open):
        return
    pattern, read = (_VI_TIME, _vi_time) if lang == "vi" else (_EN_TIME, _en_time)
    for match in pattern.finditer(claims.open):
        if value := read(match, match.string):
            claims.add(match.start(), match.end(), "time", value)


def _vi_time(match: re.Match[str], text: str) -> str | None:
    exact = match["mi"] or match["mi2"] or match["half"] or match["less"] or match["part"] or match["miw"]
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 24]
    clock = bool(_VI_CLOCK_BEFORE.search(before) or _VI_DAY_AFTER.match(after))
    if not clock and _is_length(match, before, after, exact=bool(exact)):
        return None
    if not exact and (match["hw"] or match["h"] == "24"):
        return None
    hour = int(match["h"]) if match["h"] else int(words.read_vietnamese(match["hw"]))
    minute = int(match["mi"] or match["mi2"] or (words.read_vietnamese(match["miw"]) if match["miw"] else 0)) + (
        30 if match["half"] else 0
    )
    hour = _on_the_clock(hour, (match["part"] or "").lower())
    total = (hour * 60 + minute - int(match["less"] or 0)) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def _is_length(match: re.Match[str], before: str, after: str, *, exact: bool) -> bool:
    """Whether hours are a length of time: "trong 2 giờ", "kéo dài 1 giờ 30 phút", "một giờ rưỡi"."""
    if not exact:
        return bool(_VI_DURATION_BEFORE.search(before) or _VI_DURATION_AFTER.match(after))
    if match["part"]:
        return False
    return bool(_VI_LASTING_BEFORE.search(before) or (match["hw"] and match["half"]))


def _on_the_clock(hour: int, part: str) -> int:
    if part in ("chiều", "tối", "afternoon", "evening") and hour < 12:
        return hour + 12
    if part in ("đêm", "khuya") and 6 < hour <= 12:
        return (hour + 12) % 24
    if part == "trưa" and hour < 6:
        return hour + 12
    return hour


def _en_time(match: re.Match[str], text: str) -> str | None:
    if match["word"]:
        return {"noon": "12:00", "midnight": "00:00"}[match["word"].lower()]
    if match["ap"]:
        hour = int(match["h"] or words.read_english(match["hw"])) % 12 + (12 if match["ap"].lower() == "p" else 0)
        return f"{hour:02d}:{match['mi'] or (int(words.read_english(match['miw'])) if match['miw'] else '00')}"
    if match["h6"]:
        return f"{int(words.read_english(match['h6'])):02d}:{words.read_english(match['mi6'])}"
    if match["h5"]:
        named = match["h5"]
        hour = int(named) if named.isdigit() else int(words.read_english(named))
        return f"{_on_the_clock(hour, (match['part'] or '').lower()):02d}:00"
    if match["h3"]:
        clock = match["h3"].startswith("0") or re.search(
            r"\b(?:at|by|from|before|after|until|till|to|since)\s+$",
            text[max(0, match.start() - 24) : match.start()],
            re.IGNORECASE,
        )
        return f"{match['h3']}:{match['mi3']}" if clock else None
    hour = _on_the_clock(int(match["h2"] or match["h4"]) % 24, (match["part2"] or "").lower())
    return f"{hour:02d}:{match['mi2'] or match['mi4']}"
