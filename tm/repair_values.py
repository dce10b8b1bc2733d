"""A value of the query written the way the old target wrote the old value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termbase.text.numbers import Value

_DIGITS = re.compile(r"\d+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?")
_MONTHS = "January February March April May June July August September October November December".split()
_NUMERAL = re.compile(r"(?<![A-Za-z])\d+(?:[.,]\d+)*")
_MARKS = {"vi": (".", ","), "en": (",", ".")}
"""The marks between thousands, and before decimals."""

_COUNTED = frozenset({"number", "measure", "money", "fraction"})


def carry_value(old: Value, new: Value, place: Value, lang: str, *, names: bool = False) -> str | None:
    """Return the value ``new`` in the dress of ``place``, ``None`` when that is not certain.

    ``old`` and ``new`` stand in the stored source and the query, in language ``lang``; ``place`` is the
    rendering of ``old``. With ``names`` they name things and count none.

    >>> from termbase.text.numbers import find_values
    >>> old, new = (find_values(t, "vi")[0] for t in ("Ngày 22-12-1944", "Ngày 19-5-1890"))
    >>> carry_value(old, new, find_values("December 22, 1944", "en")[0], "vi")
    'May 19, 1890'
    """
    if not _same_kind(old, new, place) or (lang == "vi" and not names and _turns_number(old, new, place)):
        return None
    writers: tuple[Callable[[Value, Value, Value, str], set[str]], ...] = (
        _by_groups,
        _as_date,
        _as_time,
        _as_quarter,
        _as_legal,
        _as_ordinal,
        _as_integer,
        _as_decimal,
        _as_amount,
        _as_roman,
    )
    for writer in writers:
        found = writer(old, new, place, lang)
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


_ALIKE = frozenset(
    {("roman", "ordinal"), ("ordinal", "roman"), ("roman", "number"), ("number", "ordinal"), ("ordinal", "number")}
)
"""Kinds that render each other: Đại hội XIII is the 13th Congress, Sư đoàn 312 the 312th Division."""


def _same_kind(old: Value, new: Value, place: Value) -> bool:
    """Whether the three are values of one kind, or of kinds that render each other; a year may be read as a number."""
    if old.kind != new.kind:
        return False
    year = all(re.fullmatch(r"\d{4}", value.text) for value in (old, new, place))
    kinds = {old.kind, place.kind}
    return len(kinds) == 1 or (old.kind, place.kind) in _ALIKE or (year and kinds == {"date", "number"})


def _turns_number(old: Value, new: Value, place: Value) -> bool:
    """Whether an English noun in the value or beside it would change its number."""
    if not (_one(old) or _one(new)) or place.kind == "ordinal":
        return False
    if old.kind in ("money", "measure"):
        return not _INVARIANT.fullmatch(place.text)
    return old.kind in _COUNTED or "point" in place.text


_INVARIANT = re.compile(
    r"(?:[A-Z]{2,3}|US\$|[$€£¥])?\s*\d[\d.,]*\s*(?:[A-Z]{2,3}|%|(?:[kMGmc]?[mgWV]|ha|dong|đồng)[²³23]?)?"
)
"""A sum or measure whose unit has no plural: VND 5, 5 USD, 5 km."""


def _one(value: Value) -> bool:
    """Whether the value counts one of something: 1, 1 ha, but not 1 triệu."""
    if value.value.split()[0].rstrip("%") == "1":
        return True
    return bool(re.match(r"\D*0?1(?![\d.,:/-])(?!\s*(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b)", value.text))


def _by_groups(old: Value, new: Value, place: Value, lang: str) -> set[str]:
    """Put digits for digits, where the three texts have the same groups of them."""
    before, after = _DIGITS.findall(old.text), _DIGITS.findall(new.text)
    if _DIGITS.sub("0", old.text.casefold()) != _DIGITS.sub("0", new.text.casefold()):
        return set()
    if before != _DIGITS.findall(place.text) or (old.kind == "date" and len(before) > 1 and _named(place.text)):
        return set()
    if old.kind == "time" and _HALF.search(place.text):
        return set()  # 14:15 a.m.
    if lang == "vi" and old.kind == "date" and len(before) > 1 and int(before[0]) == int(before[1]):
        return set()  # 5/5 does not show whether the day or the month comes first
    fresh = iter(after)
    text = _DIGITS.sub(lambda _: next(fresh), place.text)
    return {_ORDINAL.sub(lambda m: _ordinal(m.group()), text)}


_HALF = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
"""The half of the day that an hour is in."""


def _named(text: str) -> bool:
    return any(month[:3] in text for month in _MONTHS)


def _ordinal(text: str) -> str:
    number = text[:-2]
    last = "th" if number[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + (last.upper() if text[-1].isupper() else last)


def _as_date(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write the date by each pattern that gives the old rendering from the old date."""
    before, after = _DATE.fullmatch(old.value), _DATE.fullmatch(new.value)
    if old.kind != "date" or not before or not after:
        return set()
    if [g in (None, "-") for g in before.groups()] != [g in (None, "-") for g in after.groups()]:
        return set()
    short = before.group(2) != "05"  # May does not show whether months are shortened
    pairs = zip(_dates(before, short=short), _dates(after, short=short), strict=True)
    written = place.text.removesuffix(".")  # of a month shortened, or of the sentence
    found = [fresh + place.text[len(written) :] for known, fresh in pairs if known == written]
    padded = {re.sub(r"\b0", "", text) for text in found}
    return set(found[:1]) if len(padded) == 1 else set(found)  # a day of two digits hides whether zeros are written


def _dates(match: re.Match[str], *, short: bool = True) -> list[str]:
    """Return a date in all the ways known, always in the same order; with months shortened, too, where ``short``."""
    year, month, day = match.groups()
    number = int(month)
    name = _MONTHS[number - 1]
    found = []
    if day is None and year == "-":
        return [
            name,
            name[:3] if short else "",
            f"tháng {number}",
            f"Tháng {number}",
            f"tháng {month}",
            f"Tháng {month}",
        ]
    if day is None:
        parts = [f"{name} {year}", f"{name[:3]} {year}" if short else "", f"{number}/{year}", f"{month}/{year}"]
        for called in ("tháng", "Tháng"):
            for numeral in (str(number), month):
                parts += [f"{called} {numeral} năm {year}", f"{called} {numeral}/{year}"]
        return parts
    tails = [""] if year == "-" else [f" {year}", f", {year}"]
    plain = int(day)
    for tail in tails:
        for called in (name, name[:3]) if short else (name,):
            for numeral in (str(plain), day, _ordinal(f"{plain}th")):
                found += [f"{numeral} {called}{tail}", f"{called} {numeral}{tail}", f"the {numeral} of {called}{tail}"]
    year_part = "" if year == "-" else year
    for d, m in ((str(plain), str(number)), (day, month)):
        for mark in "/-.":
            end = mark + year_part if year_part else ""
            found += [f"{lead}{d}{mark}{m}{end}" for lead in ("", "ngày ", "Ngày ")]
            found.append(f"{m}{mark}{d}{end}")
        end = f" năm {year_part}" if year_part else ""
        found += [f"{lead}{d} tháng {m}{end}" for lead in ("", "ngày ", "Ngày ")]
    found.append(f"{year}-{month}-{day}")
    return found


def _as_time(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write the time of day by each pattern that gives the old rendering from the old time."""
    if old.kind != "time" or not (_TIME.fullmatch(old.value) and _TIME.fullmatch(new.value)):
        return set()
    pairs = list(zip(_times(old.value), _times(new.value), strict=True))
    written = place.text
    if written.endswith("m.") and all(known != written for known, _ in pairs):
        written = written[:-1]  # the full stop is the sentence's: 5:30am.
    rest = place.text[len(written) :]
    found = list(dict.fromkeys(fresh + rest for known, fresh in pairs if known and known == written and fresh))
    bare = {text for text in found if not text.startswith("0")}
    return bare or set(found)


_TIME = re.compile(r"(\d\d):(\d\d)")


def _times(value: str) -> list[str]:
    """Return a time of day in all the ways known, always in the same order; ``""`` where a way cannot write it."""
    hour, minute = (int(part) for part in value.split(":"))
    half, twelve, full = ("p.m." if hour >= 12 else "a.m."), hour % 12 or 12, minute == 0
    found = []
    for h in (str(hour), f"{hour:02}"):
        found += [f"{h}{mark}{minute:02}" for mark in ":.h"]
        hours = [f"{h} giờ {minute:02}", f"{h} giờ {minute:02} phút", f"{h} giờ {minute}", f"{h} giờ {minute} phút"]
        found += [f"{h} giờ"] * len(hours) if full else hours
        found += [f"{h}h" if full else f"{h}h{minute:02}", f"{h}:{minute:02} hours", f"{h}{minute:02} hours"]
    for suffix in (half, half.upper(), half.replace(".", ""), half.replace(".", "").upper()):
        for gap in (" ", "", "\u00a0"):
            long = f"{twelve}:{minute:02}{gap}{suffix}"
            found += [long, f"{twelve}{gap}{suffix}" if full else long]
            found.append("" if full else f"{twelve}.{minute:02}{gap}{suffix}")
    return found


def _as_quarter(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write the quarter of a year by each pattern that gives the old rendering from the old quarter."""
    if old.kind != "quarter":
        return set()
    ours, theirs = _quarters(old.value), _quarters(new.value)
    if len(ours) != len(theirs):
        return set()
    return {fresh for known, fresh in zip(ours, theirs, strict=True) if known == place.text}


def _quarters(value: str) -> list[str]:
    match = re.fullmatch(r"(?:(\d{4})-)?Q([1-4])", value)
    if match is None:
        return []
    year, number = match.group(1) or "", int(match.group(2))
    word, numeral = ("first", "second", "third", "fourth")[number - 1], ("I", "II", "III", "IV")[number - 1]
    counts = (word, _ordinal(f"{number}th"), word.capitalize())
    ends = [f" {year}", f" of {year}", f", {year}"] if year else [""]
    found = [f"{lead}{count} quarter{end}" for lead in ("", "the ", "The ") for count in counts for end in ends]
    found += [f"Q{number}{end}" for end in ends] + ([f"{word} quarter"] if not year else [])
    tails = [f" năm {year}", f"/{year}", f" {year}"] if year else [""]
    return found + [f"{q} {n}{tail}" for q in ("quý", "Quý") for n in (numeral, number) for tail in tails]


def _as_legal(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write the number of a document as it is, or with D for Đ where the old one was written so."""
    if old.kind != "legal":
        return set()
    if place.text == old.text:
        return {new.text} if old.text.translate(_D) != old.text or new.text.translate(_D) == new.text else set()
    return {new.text.translate(_D)} if place.text == old.text.translate(_D) else set()


_D = str.maketrans("ĐÐđ", "DDd")


def _as_ordinal(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write a bare number as an English ordinal, or an ordinal as a number or a Roman numeral."""
    if not (old.value.isdigit() and new.value.isdigit()) or old.kind in (place.kind, "roman"):
        return set()
    if place.kind == "ordinal" and _ORDINAL.fullmatch(place.text) and new.text.isdigit():
        suffix = place.text[-2:]
        return {_ordinal(new.value + suffix)} if place.text == _ordinal(old.value + suffix) else set()
    if place.kind == "roman" and place.text == _roman(int(old.value)):
        return {_roman(int(new.value))} - {""}
    return {new.value} if place.kind == "number" and place.text == old.value and old.kind == "ordinal" else set()


_SIGNS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    """Return the numeral that :func:`~termbase.text.number_words.read_roman` reads as the number, ``""`` for none.

    >>> _roman(14), _roman(0), _roman(400)
    ('XIV', '', '')
    """
    found = ""
    for value, sign in _SIGNS if 0 < number < 400 else ():
        times, number = divmod(number, value)
        found += times * sign
    return found


def _as_integer(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write a whole number plain or grouped by thousands, as the old rendering was and the query is."""
    if old.kind != "number" or not (old.value.isdigit() and new.value.isdigit()):
        return set()
    before, after = int(old.value), int(new.value)
    plain = not re.search(r"[.,]", new.text)
    styles = ("{}", "{:,}") if plain else ("{:,}", "{}")
    for style in styles:
        for mark in (",", "."):
            if style.format(before).replace(",", mark) == place.text:
                return {style.format(after).replace(",", mark)} if before >= 1000 or plain else set()
    return set()


def _as_decimal(old: Value, new: Value, place: Value, lang: str) -> set[str]:
    """Write another numeral before the same words, as 12 tỷ đồng for 3,5 tỷ đồng, with the marks of the language."""
    ours, theirs, held = (_NUMERAL.findall(value.text) for value in (old, new, place))
    if not len(ours) == len(theirs) == len(held) == 1:
        return set()
    if _NUMERAL.sub("0", old.text.casefold()) != _NUMERAL.sub("0", new.text.casefold()):
        return set()
    other = "en" if lang == "vi" else "vi"
    before, there, after = _decimal(ours[0], lang), _decimal(held[0], other), _decimal(theirs[0], lang)
    if before is None or after is None or before != there:
        return set()
    group, point = _MARKS[other]
    whole = f"{int(after[0]):,}".replace(",", group) if _MARKS[lang][0] in theirs[0] else after[0]
    return {_NUMERAL.sub(lambda _: whole + (point + after[1] if after[1] else ""), place.text)}


def _decimal(text: str, lang: str) -> tuple[str, str] | None:
    """Return the whole and the decimal digits of a numeral, ``None`` where the language does not write it so."""
    group, point = map(re.escape, _MARKS[lang])
    match = re.fullmatch(rf"(\d+|\d{{1,3}}(?:{group}\d{{3}})+)(?:{point}(\d+))?", text)
    return None if match is None else (re.sub(r"\D", "", match.group(1)), match.group(2) or "")


_SCALES = {
    "vi": {"": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn tỷ": 10**12},
    "en": {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
_AMOUNT = re.compile(r"(?P<before>[^\d]*)(?P<numeral>\d+(?:[.,]\d+)*)(?P<after>.*)", re.DOTALL)


def _as_amount(old: Value, new: Value, place: Value, lang: str) -> set[str]:
    """Write an amount of another scale, as 350 million for 2.5 billion, where the unit is the same."""
    other = "en" if lang == "vi" else "vi"
    ours, theirs, held = _amount(old.text, lang), _amount(new.text, lang), _amount(place.text, other)
    if not (ours and theirs and held) or ours[0] != theirs[0] or ours[3].casefold() != theirs[3].casefold():
        return set()
    if ours[2] == theirs[2] or _SCALES[lang][ours[2]] != _SCALES[other][held[2]]:
        return set()
    scale = next((word for word, size in _SCALES[other].items() if size == _SCALES[lang][theirs[2]]), None)
    if not scale or not held[2]:
        return set()
    group, point = _MARKS[other]
    whole, decimals = theirs[1]
    numeral = f"{int(whole):,}".replace(",", group) + (point + decimals if decimals else "")
    return {f"{held[0]}{numeral} {scale}{held[3]}"}


def _amount(text: str, lang: str) -> tuple[str, tuple[str, str], str, str] | None:
    """Return what stands before the numeral, its digits, its scale, and the rest of an amount."""
    match = _AMOUNT.fullmatch(text)
    digits = _decimal(match["numeral"], lang) if match else None
    if match is None or digits is None:
        return None
    for scale in sorted(_SCALES[lang], key=len, reverse=True):
        if scale and re.match(rf" {scale}\b", match["after"]):
            return match["before"], digits, scale, match["after"][len(scale) + 1 :]
    return match["before"], digits, "", match["after"]


def _as_roman(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write a Roman numeral as one, or as the ordinal in digits that stands for it in English."""
    if old.kind != "roman":
        return set()
    if place.text == old.text:
        return {new.text}
    if _ORDINAL.fullmatch(place.text) and place.text.islower() and new.value.isdigit():
        return {_ordinal(f"{new.value}th")}
    if place.kind == "number" and place.text == old.value and new.value.isdigit():
        return {new.value}
    return set()
