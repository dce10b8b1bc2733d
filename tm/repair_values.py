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
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_MARKS = {"vi": (".", ","), "en": (",", ".")}
"""The marks between thousands, and before decimals."""

_COUNTED = frozenset({"number", "measure", "money", "fraction"})


def carry_value(old: Value, new: Value, place: Value, lang: str) -> str | None:
    """Return the value ``new`` in the dress of ``place``, ``None`` when that is not certain.

    ``old`` and ``new`` stand in the stored source and the query, in language ``lang``; ``place`` is the
    rendering of ``old``.

    >>> from termbase.text.numbers import find_values
    >>> old, new = (find_values(t, "vi")[0] for t in ("Ngày 22-12-1944", "Ngày 19-5-1890"))
    >>> carry_value(old, new, find_values("December 22, 1944", "en")[0], "vi")
    'May 19, 1890'
    """
    if not _same_kind(old, new, place) or _turns_number(old, new, lang):
        return None
    writers: tuple[Callable[[Value, Value, Value, str], set[str]], ...] = (
        _by_groups,
        _as_date,
        _as_integer,
        _as_decimal,
        _as_roman,
    )
    for writer in writers:
        found = writer(old, new, place, lang)
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _same_kind(old: Value, new: Value, place: Value) -> bool:
    """Whether the three are values of one kind; a year may be read as a number, a Roman numeral as an ordinal."""
    if old.kind != new.kind:
        return False
    year = old.kind == "date" and all(re.fullmatch(r"\d{4}", value.text) for value in (old, new, place))
    ordinal = old.kind == "roman" and place.kind == "ordinal"
    return place.kind == old.kind or ordinal or (year and place.kind == "number")


def _turns_number(old: Value, new: Value, lang: str) -> bool:
    """Whether an English noun beside the value would change its number."""
    return lang != "en" and old.kind in _COUNTED and "1" in (_count(old), _count(new))


def _count(value: Value) -> str:
    return value.value.split()[0]


def _by_groups(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Put digits for digits, where the three texts have the same groups of them."""
    before, after = _DIGITS.findall(old.text), _DIGITS.findall(new.text)
    if _DIGITS.sub("0", old.text.casefold()) != _DIGITS.sub("0", new.text.casefold()):
        return set()
    if before != _DIGITS.findall(place.text) or (old.kind == "date" and len(before) > 1 and _named(place.text)):
        return set()
    fresh = iter(after)
    text = _DIGITS.sub(lambda _: next(fresh), place.text)
    return {_ORDINAL.sub(lambda m: _ordinal(m.group()), text)}


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
    pairs = zip(_dates(before), _dates(after), strict=True)
    found = [fresh for known, fresh in pairs if known == place.text]
    padded = {re.sub(r"\b0", "", text) for text in found}
    return set(found[:1]) if len(padded) == 1 else set(found)  # a day of two digits hides whether zeros are written


def _dates(match: re.Match[str]) -> list[str]:
    """Return a date in all the ways known, always in the same order."""
    year, month, day = match.groups()
    number = int(month)
    name = _MONTHS[number - 1]
    found = []
    if day is None:
        parts = [f"{name} {year}", f"{name[:3]} {year}", f"{number}/{year}", f"{month}/{year}"]
        return [*parts, f"tháng {number} năm {year}", f"tháng {month} năm {year}", f"tháng {number}/{year}"]
    tails = [""] if year == "-" else [f" {year}", f", {year}"]
    plain = int(day)
    for tail in tails:
        for called in (name, name[:3]):
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


def _as_roman(old: Value, new: Value, place: Value, _: str) -> set[str]:
    """Write a Roman numeral as one, or as the ordinal in digits that stands for it in English."""
    if old.kind != "roman":
        return set()
    if place.text == old.text:
        return {new.text}
    if _ORDINAL.fullmatch(place.text) and place.text.islower() and new.value.isdigit():
        return {_ordinal(f"{new.value}th")}
    return set()
