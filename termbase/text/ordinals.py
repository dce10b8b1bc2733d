"""Ordinals and Roman numerals: *lần thứ mười ba*, *khóa XIII*, *hạng Nhất*, *13th*, *World War II*."""

from __future__ import annotations

import re

from termbase.text import number_words as words
from termbase.text.values import Claims
from termbase.text.word_numbers import claim_en_fractions, claim_half_units

_ROMAN_CUES = {
    "vi": r"(?:khóa|khoá|kỳ|kì|thứ|hội|chương|phần|mục|kỷ|kỉ|tập|cấp|nhóm|bậc|hạng|quyển|loại|số|điều|đoàn|"
    r"khu|vùng|phụ\s+lục|quý|bảng|lần|đề|bài|bước|thế\s+giới|giai\s+đoạn|đợt|học\s+kỳ)",
    "en": r"(?:chapter|part|volume|section|annex|appendix|book|war|congress|tenure|term|class|type|title|"
    r"schedule|mark|region|topic|lesson|area|theme|unit|phase|article|category|(?:inter-?)?zone|corps|table|stage|figure|group|grade|world\s+war)",
}
_ROMANS = {
    lang: re.compile(rf"(?i:\b{cue}\s+(?:the\s+|lần\s+thứ\s+)?)(?P<one>[IVXLC]{{2,}}|[IVX])(?![\w.]\w|\w)")
    for lang, cue in _ROMAN_CUES.items()
}
_ROMAN_END = re.compile(r"[IVXLC](?:th)?(?!\w)")
"""A cheap test for a word that ends in a letter of Roman numerals."""
_LONE_ROMAN = re.compile(r"(?<![\w./-])(?:WW)?(?P<one>[IVX]{2,}|[IVXL]{3,})(?:th)?(?![\w]|\.\w|[-/]\w)")
_EN_FIGURE_ORDINAL = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:,\d{3}){0,3}|\d{1,9})(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_VI_FIGURE_ORDINAL = re.compile(r"(?<!\w)thứ\s+(\d{1,9})(?![\w/]|[.,-]\d)", re.IGNORECASE)
_VI_CLASS = re.compile(r"(?<!\w)(?:hạng|giải|bậc)\s+(nhất|nhì|hai|ba|tư)(?!\w)", re.IGNORECASE)
_VI_FIRST = re.compile(r"đầu\s+tiên(?!\w)")
_VI_POINTS = re.compile(rf"(?<!\w)({words.VI_DIGIT}|mười)\s+là\s*[,:]", re.IGNORECASE)
_VI_CUES = ("thứ", "hạng", "ải", "bậc", "đầu", "là")
_WEEKDAY = re.compile(r"(?:mỗi|mọi|sáng|trưa|chiều|tối|đêm|hôm|ngày|từ|đến|vào)\s+$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(
    r"\s*(?:,?\s*\(?ngày|hằng\s+tuần|hàng\s+tuần|tuần|\([\d\x00]|,\s*[\d\x00]|\s[\d\x00]{1,2}[-/\x00]|(?:này|tới|trước|sau)(?!\w)"
    r"|\s*(?:và|,|-|hoặc|đến)\s*(?:chủ\s+nhật|CN)(?!\w))",
    re.IGNORECASE,
)
_WEEKDAY_WORDS = frozenset("hai ba tư năm sáu bảy".split())


def claim_romans(claims: Claims, lang: str) -> None:
    """Claim Roman numerals: any behind a word that numbers things, longer ones anywhere."""
    if not _ROMAN_END.search(claims.open):
        return
    for pattern in (_ROMANS[lang], _LONE_ROMAN):
        for match in pattern.finditer(claims.open):
            value = words.read_roman(match["one"])
            if lang == "en" and match["one"] == "I" and not _numbers_one(match):
                continue
            if value is not None and value < 100:
                claims.add(match.start("one"), match.end(), "roman", str(value))


def _numbers_one(match: re.Match[str]) -> bool:
    """Whether the I of "Part I" is a numeral and not the speaker: "the part I played"."""
    if match.group()[0].isupper():
        return True
    return bool(re.match(r"\s*(?:$|[^\w\s'’])|\s+(?:of|and|to|or)\b", match.string[match.end() : match.end() + 8]))


def claim_ordinals(claims: Claims, lang: str) -> None:
    """Claim ordinals in figures and words; Vietnamese weekdays are left."""
    if lang == "vi":
        folded = claims.open.casefold()
        if not any(cue in folded for cue in _VI_CUES):
            return
        for match in _VI_FIGURE_ORDINAL.finditer(claims.open):
            if match[1] in "234567" and _is_weekday(match.string, match):
                claims.hide(match.start(), match.end())
                continue
            claims.add(match.start(), match.end(), "ordinal", str(int(match[1])))
        for match in _VI_CLASS.finditer(claims.open):
            value = words.plain(words.read_vietnamese_ordinal(match[1]))
            claims.add(match.start(1), match.end(1), "ordinal", value)
        for match in _VI_FIRST.finditer(claims.open):
            claims.add(match.start(), match.end(), "ordinal", "1")
        for match in _VI_POINTS.finditer(claims.open):
            claims.add(match.start(1), match.end(1), "ordinal", words.plain(words.read_vietnamese(match[1])))
        for match in words.VI_ORDINAL.finditer(claims.open):
            if not _is_weekday(match.string, match):
                value = words.plain(words.read_vietnamese_ordinal(match[1]))
                claims.add(match.start(), match.end(), "ordinal", value)
        return
    claim_half_units(claims, lang)
    claim_en_fractions(claims)
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
    if match[1][0].isupper() and text[max(0, match.start() - 4) : match.start()].lower().rstrip().endswith(" là"):
        return True
    return bool(
        _WEEKDAY.search(text[max(0, match.start() - 24) : match.start()]) or _WEEKDAY_AFTER.match(text, match.end())
    )
