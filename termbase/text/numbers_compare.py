"""Which values of one text have no counterpart in its translation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from termbase.text import legal_numbers
from termbase.text.values import Value


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A value that stands in one text only; ``side`` says in which."""

    side: Literal["source", "target"]
    value: Value


@dataclass(frozen=True, slots=True)
class _Atom:
    """One comparable part of a value: a range has two."""

    kind: str
    value: str
    origin: Value

    @property
    def written_in_words(self) -> bool:
        return not any(c.isdigit() for c in self.origin.text) and self.origin.kind != "roman"


def compare_values(source_text: str, source_lang: str, target_text: str, target_lang: str) -> list[Unmatched]:
    """Return the values of each text that the other lacks, the source's first.

    Conventions, units written or left out, number words, ordinals, a year named once, and ranges
    written as two numbers do not count as differences. A small number written as a word is reported
    only when both texts hold one without a counterpart.

    >>> compare_values("Chi 15.200 tỷ đồng.", "vi", "It cost 15,200 billion VND.", "en")
    []
    >>> [u.value.text for u in compare_values("Có 25 xã.", "vi", "There are 26 communes.", "en")]
    ['25', '26']
    """
    from termbase.text.numbers import find_values

    source = _atoms(find_values(source_text, source_lang))
    target = _atoms(find_values(target_text, target_lang))
    for same in (_equal, _same_span, _same_amount, _same_date, _same_label):
        source, target = _pair(source, target, same)
    source = _absorbed(source, find_values(target_text, target_lang))
    target = _absorbed(target, find_values(source_text, source_lang))
    source, target = _without_shares(source, target)
    source, target = _named(source, target_text, target_lang), _named(target, source_text, source_lang)
    if not (source and target):
        source = [atom for atom in source if not _weak(atom)]
        target = [atom for atom in target if not _weak(atom)]
    return [*_report(source, "source"), *_report(target, "target")]


def _report(atoms: list[_Atom], side: Literal["source", "target"]) -> list[Unmatched]:
    return [Unmatched(side, value) for value in dict.fromkeys(atom.origin for atom in atoms)]


def _atoms(values: list[Value]) -> list[_Atom]:
    atoms = []
    for value in values:
        parts = _ENDS.split(value.value) if value.kind in ("range", "date") else [value.value]
        atoms += [_Atom(_kind_of(part) if value.kind == "range" else value.kind, part, value) for part in parts]
    return atoms


def _kind_of(part: str) -> str:
    if part.endswith("%"):
        return "percent"
    if part.startswith("--") or part.count("-") == 2:
        return "date"
    return "number" if " " not in part else "measure"


def _pair(
    source: list[_Atom], target: list[_Atom], same: Callable[[_Atom, _Atom], bool]
) -> tuple[list[_Atom], list[_Atom]]:
    """Take out the atoms that ``same`` pairs one to one; return what is left."""
    left, free = [], list(target)
    for atom in source:
        partner = next((other for other in free if same(atom, other)), None)
        if partner is None:
            left.append(atom)
        else:
            free.remove(partner)
    return left, free


def _equal(one: _Atom, other: _Atom) -> bool:
    return one.value == other.value


_SPANS = {"s": (1, "s"), "min": (60, "s"), "h": (3600, "s"), "d": (86400, "s"), "wk": (604800, "s"),
          "mo": (1, "mo"), "yr": (12, "mo"), "decade": (120, "mo"), "century": (1200, "mo")}  # fmt: skip


def _same_span(one: _Atom, other: _Atom) -> bool:
    """Whether two lengths of time agree in other units: "30 phút" and "half an hour"."""
    if one.kind != "measure" or other.kind != "measure":
        return False
    (figure, _, unit), (figure2, _, unit2) = one.value.partition(" "), other.value.partition(" ")
    if unit not in _SPANS or unit2 not in _SPANS or _SPANS[unit][1] != _SPANS[unit2][1]:
        return False
    return Fraction(figure) * _SPANS[unit][0] == Fraction(figure2) * _SPANS[unit2][0]


def _amount(atom: _Atom) -> str:
    """Return the bare figure of a counted or measured value, ``""`` for labels and dates."""
    if atom.kind == "time":
        return str(int(atom.value[:2])) if atom.value.endswith(":00") else ""
    if atom.kind == "quarter":
        return atom.value[-1]
    if atom.kind in ("number", "ordinal", "roman", "percent", "money", "measure", "date"):
        return atom.value.partition(" ")[0].rstrip("%")
    return ""


def _same_amount(one: _Atom, other: _Atom) -> bool:
    """Whether the figures agree and no unit, currency or percent sign contradicts."""
    strict = ("percent", "money", "measure")
    if one.kind in strict and other.kind in strict:
        return False
    if "percent" in (one.kind, other.kind) or one.kind == other.kind == "quarter":
        return False
    return bool(_amount(one)) and _amount(one) == _amount(other)


def _same_date(one: _Atom, other: _Atom) -> bool:
    """Whether one date says less than the other but nothing else: no year on one side."""
    if "date" not in (one.kind, other.kind) and "quarter" not in (one.kind, other.kind):
        return False
    short, long = sorted((one.value, other.value), key=len)
    if short.startswith("--") and len(long) > 4:
        return long.endswith(short[1:]) and long[:1] != "-"
    return long.endswith(short) and one.kind == other.kind == "quarter"


_ENDS = re.compile(r"\.\.|,")
_TRAILING_DIGITS = re.compile(r"\d+")


def _same_label(one: _Atom, other: _Atom) -> bool:
    """Whether two labels differ in marks and dashes only, or a glued code holds the number: QK7, 7."""
    labels = ("legal", "code", "phone", "url", "fraction")
    if one.kind in labels and other.kind in labels:
        return legal_numbers.fold_label(one.value) == legal_numbers.fold_label(other.value)
    if "code" in (one.kind, other.kind):
        code, plain = (one, other) if one.kind == "code" else (other, one)
        return _TRAILING_DIGITS.findall(code.value) == [plain.value]
    return False


def _absorbed(atoms: list[_Atom], others: list[Value]) -> list[_Atom]:
    """Drop what a fuller value of the other text says too: a year inside a date, a repeated value."""
    said = {value.value for value in others}
    years = {value.value[:4] for value in others if value.kind in ("date", "quarter", "range")}
    years |= {value.value.rpartition("..")[2][:4] for value in others if value.kind == "range"}
    for value in others:
        if (count := _days_in(value)) > 1:
            said |= {str(count), f"{count} d"}
    return [atom for atom in atoms if atom.value not in said and atom.value not in years]


_DAY = re.compile(r"(?:-|\d{4})-(\d\d)-(\d\d)")


def _days_in(value: Value) -> int:
    """Return how many days a list or a range within one month names: "in two days, 12 and 13 August"."""
    days = _DAY.findall(value.value)
    if value.kind == "date":
        return len(days)
    if value.kind != "range" or len(days) != 2 or days[0][0] != days[1][0]:
        return 0
    return int(days[1][1]) - int(days[0][1]) + 1


def _without_shares(source: list[_Atom], target: list[_Atom]) -> tuple[list[_Atom], list[_Atom]]:
    """Drop shares that the other text writes as two numbers: "45/50" for "45 out of 50"."""
    for one, other in ((source, target), (target, source)):
        for share in [atom for atom in one if atom.kind == "fraction"]:
            free, found = list(other), 0
            for part in share.value.split("/"):
                partner = next((atom for atom in free if _amount(atom) == part), None)
                if partner is not None:
                    free.remove(partner)
                    found += 1
            if found == 2:
                one.remove(share)
                other[:] = free
    return source, target


_MENTIONS = {
    "en": {
        "1": r"one|a|an|single|first|once|sole|only|every|each|per",
        "2": r"two|both|second|twice|doubl(?:e|ed|es|ing)|twofold|dual|pair|bilateral|couple|twin",
        "3": r"three|third|thrice|tripl(?:e|ed|es|ing)|threefold|trilateral",
        "4": r"four|fourth|quadruple",
        "5": r"five|fifth",
        "6": r"six|sixth|half",
        "7": r"seven|seventh",
        "8": r"eight|eighth",
        "9": r"nine|ninth",
        "10": r"ten|tenth|decade",
        "12": r"twelve|twelfth|dozen",
        "20": r"score|twenty",
        "100": r"hundred|century",
    },
    "vi": {
        "1": r"một|nhất|duy nhất|mỗi|từng|đầu|đơn|mốt",
        "2": r"hai|đôi|cặp|song|kép|nhì|lưỡng|cả hai",
        "3": r"ba|tam",
        "4": r"bốn|tư|tứ",
        "5": r"năm|lăm|ngũ",
        "6": r"sáu|nửa năm|lục",
        "7": r"bảy|bẩy|thất",
        "8": r"tám|bát",
        "9": r"chín|cửu",
        "10": r"mười|chục|thập",
        "12": r"mười hai|tá",
        "20": r"hai mươi",
        "100": r"trăm|bách|thế kỷ",
    },
}


def _named(atoms: list[_Atom], text: str, lang: str) -> list[_Atom]:
    """Drop small numbers that the other text names by any word: 2 for *both*, 1 for *an*."""
    kept = []
    for atom in atoms:
        mention = _MENTIONS[lang].get(_amount(atom))
        if mention is None or not re.search(rf"(?<!\w)(?:{mention})(?!\w)", text, re.IGNORECASE):
            kept.append(atom)
    return kept


def _weak(atom: _Atom) -> bool:
    """Whether a missing counterpart proves nothing: small numbers in words, halves, lone months."""
    if atom.kind == "date" and atom.value.startswith("--") and len(atom.value) == 4:
        return atom.written_in_words
    if not atom.written_in_words:
        return False
    amount = _amount(atom) or "0"
    return atom.kind in ("fraction", "time", "quarter") or not amount.isdigit() or int(amount) <= 12
