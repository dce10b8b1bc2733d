"""Labels that hold digits but are no quantities: document numbers, codes, phones, addresses."""

from __future__ import annotations

import re
import unicodedata

from termbase.text.values import Claims

_LETTERS = r"[A-ZĐÀ-ỸƯƠÔÂÊĂ][A-Za-zĐđÀ-ỹ]*"
_PART = rf"{_LETTERS}\d*"
_TYPES = (
    r"(?:NQLT|NQ|NĐ|ND|QĐi|QĐ|QD|QyĐ|QC|QT|CT|CTr|CTHĐ|CTPH|TTLT|TTr|TT|KH|HD|HĐ|KL|TB|BC|CV|CVĐT|LB|PA|ĐA|DA|BB|"
    r"GM|GP|TL|TW|L|LCT|PL|SL|STT|SY|TTg|UBND|CP|BQP|BCA|BTC|BNV|QH\d{1,2}|UBTVQH\d{1,2})"
)
_NUMBER = r"(?<![\w/-])(?<!\d[.,])\d{1,5}[a-zđ]?"
_LEGAL = re.compile(
    rf"{_NUMBER}(?:\s?/\s?(?:19|20)\d\d)?\s?[-–‑/]\s?{_PART}(?:\s?[-–‑/&.]\s?{_PART})*\s?[-–‑/]\s?{_PART}(?![\w])"
    rf"|{_NUMBER}\s?/\s?(?:19|20)\d\d\s?/\s?{_PART}(?:[-–‑/]{_PART})*(?![\w])"
    rf"|{_NUMBER}\s?[-–‑/]\s?{_TYPES}(?![\w])"
    r"|(?<!\w)(?:TCVN|QCVN|TCQS|QCQP|STANAG|ISO(?:/IEC)?|MIL-STD)[\s-]?(?:[A-Z]{1,3}[\s-])?\d{1,5}(?:[-:]\d{1,4})*(?:[:/-](?:[A-Z]+|\d{4}))*(?!\w)"
)
_NUMBERED = re.compile(r"\d[a-zđ]?\s?[-–‑/]")
_STANDARD = re.compile("TCVN|QCVN|TCQS|QCQP|STANAG|ISO|MIL-STD")
"""Cheap tests for what each form of :data:`_LEGAL` holds."""
_URL = re.compile(
    r"(?:https?|ftp)://[^\s<>\"”»]+|(?<![\w.])www\.[^\s<>\"”»]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w.@-])[A-Za-z0-9][\w-]{0,63}(?:\.[\w-]{1,63}){0,6}\.(?:com|org|net|vn|gov|edu|info|mil|int|eu|uk|us|io|html?|pdf|docx?|xlsx?|"
    r"jpe?g|png|csv|json|xml|txt|tmx|zip|mp[34]|pptx?)(?:/[^\s<>\"”»]*)?(?![\w])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+84|\(\+84\)|0084)[\s.-]?\(?\d{1,3}\)?(?:[\s.-]?\d{2,4}){2,3}(?![\w/])"
    r"|\(\+?84[\s-]\d{2,3}\)[\s.-]?\d{3,4}[\s.-]?\d{3,4}(?![\w/])"
    r"|(?<![\w.,/-])\(0\d{1,3}\)[\s.-]?\d{3,4}(?:[\s.-]?\d{3,4}){1,2}(?![\w/])"
    r"|(?<![\w.,/-])0\d{2,3}(?:[\s.-]\d{3,4}){2}(?![\w/])"
    r"|(?<![\w.,/-])0\d{9,10}(?![\w/])"
    r"|(?<![\w.,/-])1[89]00[\s.]?\d{4}(?![\w/])"
)
_CODE = re.compile(
    r"(?<![\w-])(?:\d{2}[A-ZĐ]{1,2}\d?[-–]\d{3}\.\d{2}|\d{2}[A-ZĐ]{1,2}\d?[-–]\d{4,5}"
    r"|[A-ZĐ][A-Za-zĐđ]{0,6}[-‑–]?\d{1,4}[A-Za-z]{0,4}\d{0,2}(?:-\d{1,3}[A-Z]{0,2})?|[A-ZĐ]\.\d{1,4}"
    r"|\d{1,4}[A-ZĐ]{1,3}(?:-?\d{1,3}[A-Z]{0,2}\d?)?|\d{1,3}[abc]|(?<!\d )[a-fđ]\d{1,4})(?![\w/%]|[.,]\d)"
)
_MIXED = re.compile(r"\d(?:[A-ZĐabc]|(?<=[A-Za-zĐđ]\d)|(?<=[A-Za-zĐđ][-‑–.]\d))")
"""A cheap test for what each form of :data:`_CODE` holds: a figure beside a letter."""
_CHAIN = re.compile(r"(?<![\w.,/-])\d{1,4}(?:[-–]\d{1,4}){2,}(?![\w/]|[.,]\d)")
_NO_CODE = re.compile(
    r"(?:VND|VNĐ|USD|US|EUR|GBP|JPY|CNY|RMB|No|Nos|AD|BC|Q|Quý|H|T)\d+(?:[-–]\d+)?$|(?:[A-Za-zĐđ]{3,}[-–‑])(?:1[89]|20)\d\d$"
    r"|(?:Level|Phase|Grade|Class|Category|Group|Stage|Tier|Step|Part|Region|Zone|Page|Cấp|Lớp|Nhóm|Khóa|Tổ)[-–‑]\d+$"
    r"|\d+(?:KM|KG|HA|MW|KW|KV|V|W|MB|GB|TB|MM|CM|M|T|H|USD|VND|EUR|USD|AM|PM|ST|ND|RD|TH|C|F|D|Đ)$"
)
_DASH = re.compile(r"\s*([-–‑/&.:])\s*")


_FIGURE = re.compile(r"\d")
_LEAST_PHONE = 7
"""No phone number has fewer figures."""

_ADDRESS = re.compile(r"@|://|www\.|WWW\.|\.[A-Za-z]")


def claim_labels(claims: Claims, *, digits: bool) -> None:
    """Claim addresses, and where there are digits document numbers and phone numbers, in this order."""
    if _ADDRESS.search(claims.open):
        _claim_addresses(claims)
    if not digits:
        return
    claim_legal(claims)
    if len(_FIGURE.findall(claims.open)) < _LEAST_PHONE:
        return
    for match in _PHONE.finditer(claims.open):
        figures = re.sub(r"\D", "", match.group())
        claims.add(match.start(), match.end(), "phone", re.sub(r"^(?:00)?84(?=\d{9})", "0", figures))


def _claim_addresses(claims: Claims) -> None:
    for match in _URL.finditer(claims.open):
        text = match.group().rstrip(".,;:!?)…")
        claims.add(match.start(), match.start() + len(text), "url", text.lower())


_ALWAYS = re.compile(
    r"(?<![\w/])24/(?:24(?:\s?(?:giờ|h|hours))?(?:,?\s+(?:và\s+)?7\s+ngày(?:\s?/\s?|\s+(?:một|mỗi|trong)\s+)tuần)?|7)(?![\w/])"
)


def claim_round_the_clock(claims: Claims) -> None:
    """Claim 24/7 and 24/24 giờ, which are neither a date nor a share."""
    for match in _ALWAYS.finditer(claims.open) if "24/" in claims.open else ():
        claims.add(match.start(), match.end(), "code", "24/7")


_MAP_SCALE = re.compile(r"(?<![\w.,:/-])1\s?[:/]\s?(?P<under>\d{1,3}(?:[., ]\d{3})+|[1-9]\d*000)(?![\w:/]|[.,]\d)")


def claim_map_scales(claims: Claims) -> None:
    """Claim the scale of a map, 1:50.000, which is no time of day."""
    if ":" not in claims.open and "/" not in claims.open:
        return
    for match in _MAP_SCALE.finditer(claims.open):
        claims.add(match.start(), match.end(), "fraction", "1/" + re.sub(r"\D", "", match["under"]))


def claim_legal(claims: Claims) -> None:
    """Claim the numbers of documents: 57-NQ/TW, 30/2020/NĐ-CP, 22/2018/QH14, TCVN 5699:2010."""
    if not (_NUMBERED.search(claims.open) or _STANDARD.search(claims.open)):
        return
    for match in _LEGAL.finditer(claims.open):
        claims.add(match.start(), match.end(), "legal", _canonical(match.group()))


def claim_codes(claims: Claims) -> None:
    """Claim names of arms, roads and sizes that mix letters and digits: AK-47, Su-30MK2, 5G."""
    if _MIXED.search(claims.open):
        for match in _CODE.finditer(claims.open):
            if not _NO_CODE.match(match.group()):
                claims.add(match.start(), match.end(), "code", _code(match.group()))
    if "-" not in claims.open and "–" not in claims.open:
        return
    for match in _CHAIN.finditer(claims.open):
        claims.add(match.start(), match.end(), "code", _canonical(match.group()))


def _code(label: str) -> str:
    """Return a designation with a dash for B.52 and without the English plural of B-52s."""
    one = re.sub(r"(?<=\d)s$", "", _canonical(label))
    return re.sub(r"^([A-ZĐ])\.(?=\d)", r"\1-", one)


def _canonical(label: str) -> str:
    sign = _DASH.sub(lambda match: "-" if match.group(1) in "–‑" else match.group(1), label)
    return " ".join(sign.split())


def fold_label(label: str) -> str:
    """Return a label without marks, case, spaces and dashes: how two printings of it are compared.

    >>> fold_label("30/2020/NĐ-CP") == fold_label("30/2020/ND-CP")
    True
    """
    plain = unicodedata.normalize("NFD", label).replace("Đ", "D").replace("đ", "d")
    return re.sub(r"[^0-9a-z/]", "", plain.lower())
