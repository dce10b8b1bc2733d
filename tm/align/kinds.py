"""What a line of an article is besides running text: by-line, time of publication, caption, source.

Such a line is paired with one of its own kind or left alone: a by-line on one side and the line with the
time on the other stand at the same place but do not mean each other.
"""

from __future__ import annotations

import re

BYLINE, TIME, CAPTION, SOURCE, ITEM = 1, 2, 4, 8, 16
PENALTIES = {BYLINE: 4.0, TIME: 4.0, CAPTION: 3.0, SOURCE: 4.0}
"""What a bead loses, as log-odds, for each kind that only one of its sides has."""
INNER_ITEM = 2.0
"""What it loses for each list item that begins inside one of its sides but not inside the other."""

_LONGEST = 90
_CAPITAL = "A-ZĐÐÀ-ÖØ-ÝĂÂÊÔƠƯ\u0102\u0110\u0168\u01a0\u01af\u1ea0-\u1ef8"
_NAME = rf"[{_CAPITAL}][\w.'’-]*(?:\s+[{_CAPITAL}][\w.'’-]*){{0,4}}"
_NAMES = rf"{_NAME}(?:\s*(?:,|-|–|&|/|and|và|\s)\s*{_NAME}){{0,3}}"
_FULL = rf"[{_CAPITAL}][\w.'’-]*(?:\s+[{_CAPITAL}][\w.'’-]*){{1,4}}"
_FULLS = rf"{_FULL}(?:\s*(?:,|-|–|&|/|and\s)\s*{_FULL}){{0,3}}"
_LOUD = rf"[{_CAPITAL}]{{2,}}"
_SURNAMES = (
    "NGUYỄN|NGUYEN|TRẦN|TRAN|LÊ|LE|PHẠM|PHAM|HOÀNG|HOANG|HUỲNH|HUYNH|PHAN|VŨ|VU|VÕ|VO|ĐẶNG|DANG|BÙI|BUI|ĐỖ|DO|HỒ|HO|"
    "NGÔ|NGO|DƯƠNG|DUONG|LÝ|LY|ĐINH|DINH|TRỊNH|TRINH|TRƯƠNG|TRUONG|ĐÀO|DAO|LƯU|LUU|MAI|TÔ"
)
_SHOUTED = rf"(?:{_SURNAMES})(?: {_LOUD}){{1,3}}|{_LOUD}(?: {_LOUD}){{1,2}} ?[-–] ?{_LOUD}(?: {_LOUD}){{1,2}}"
"""Names in capitals: those with a usual surname, or two with a dash between them."""

_WRITERS = {
    "vi": r"(?i:bài(?: và|,)? ảnh|tin(?:,| và)? (?:bài|ảnh)(?:,? ảnh)?|bài|tin|người viết|tác giả|thực hiện|biên dịch|"
    r"người dịch|lược dịch|biên soạn|tổng hợp|phóng viên|cộng tác viên|ctv|pv)\s*:",
    "en": r"(?i:(?:text|story|words|report(?:ed)?|written|compiled|translated|edited|photos?|article|news)"
    r"(?:,? (?:and|&) (?:photos?|pictures?|video|edited|translated))?\s*(?:by\b|:)|author\s*:|translator\s*:)",
}
_DAYS = {
    "vi": r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật",
    "en": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b",
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FIGURES = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}"
_DATE = rf"(?:{_FIGURES}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})"
_CLOCK = r"\d{1,2}(?::|h|g|\.)\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
_ZONE = r"\(?(?:gmt|utc)\s*[+-]?\s*\d{0,2}(?::\d\d)?\)?"
_LEAD = {
    "vi": r"(?:cập nhật|đăng|ngày đăng|xuất bản|đăng lúc|cập nhật lúc|lúc)\s*:?",
    "en": r"(?:updated|published|posted|last updated|posted on|date)\s*:?(?: on| at)?",
}
_TIMES = {
    lang: re.compile(
        rf"(?:{_LEAD[lang]}\s*)?(?:(?:{_DAYS[lang]})[\s,.-]*)?(?:ngày\s*)?"
        rf"(?:{_DATE}[\s,|–-]*(?:{_CLOCK})?|{_CLOCK}[\s,|–-]*(?:ngày\s*)?{_DATE})\s*(?:{_ZONE})?\W*",
        re.IGNORECASE,
    )
    for lang in ("vi", "en")
}
_CREDIT = {"vi": r"ảnh(?: minh họa| tư liệu| chụp)?", "en": r"(?:file |illustrative )?(?:photos?|pictures?|images?)"}
_CREDITED = {lang: re.compile(word, re.IGNORECASE) for lang, word in _CREDIT.items()}
_CAPTIONS = {
    lang: re.compile(
        rf"\W*(?i:{word})\s*(?:\d{{1,2}}\s*)?[:.](?=\s).*|"
        rf".*[.)\s(]\s*(?i:{word})\s*(?::|(?i:by\b|courtesy of))\s*[^.!?]{{1,60}}[.)]*",
        re.DOTALL,
    )
    for lang, word in _CREDIT.items()
}
_BYLINES = {
    "vi": re.compile(rf"\W*(?:{_WRITERS['vi']}\s*{_NAMES}|{_SHOUTED})\W*"),
    "en": re.compile(
        rf"\W*(?:(?:{_WRITERS['en']}\s*{_NAMES}|(?i:by) {_FULLS})"
        rf"(?:\W+(?i:translated|edited|photos?) by {_NAMES})*|{_SHOUTED})\W*"
    ),
}
_SOURCES = {
    "vi": re.compile(rf"\W*(?:(?i:nguồn|theo nguồn)\s*:\s*.{{2,60}}|\(?Theo {_NAMES}\)?)\W*"),
    "en": re.compile(rf"\W*(?:(?i:source)\s*:\s*.{{2,60}}|\((?:VNA|VNS|QDND|VOV|{_NAME})\))\W*"),
}


def kind_of(text: str, lang: str) -> int:
    """Return what a segment is, as a sum of the constants above; 0 for running text.

    >>> kind_of("Bài và ảnh: MINH THU", "vi") == BYLINE, kind_of("Wednesday, 09/10/2024 - 07:15 (GMT+7)", "en") == TIME
    (True, True)
    >>> (
    ...     kind_of("Soldiers help people harvest rice. Photo: VNA", "en") == CAPTION,
    ...     kind_of("Source: VNA", "en") == SOURCE,
    ... )
    (True, True)
    >>> kind_of("By 2030 the army will be modern.", "en"), kind_of("Hội nghị bế mạc ngày 5-3-2024.", "vi")
    (0, 0)
    """
    bare = text.strip()
    if _CREDITED[lang].search(bare) and _CAPTIONS[lang].fullmatch(bare) and not _BYLINES[lang].fullmatch(bare):
        return CAPTION
    if len(bare) > _LONGEST or not bare:
        return 0
    if _TIMES[lang].fullmatch(bare):
        return TIME
    if _SOURCES[lang].fullmatch(bare):
        return SOURCE
    return BYLINE if _BYLINES[lang].fullmatch(bare) else 0
