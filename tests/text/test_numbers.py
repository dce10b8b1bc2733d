"""Numbers, dates, money and labels by value: the cases, and laws that hold for any text."""

from __future__ import annotations

import json
import math
import time
import unicodedata
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text import number_words, quantities, times, word_numbers
from termbase.text.numbers import compare_values, find_legal, find_values

DATA = json.loads((Path(__file__).parent.parent / "cases" / "numbers.json").read_text(encoding="utf-8"))
COMPARED = json.loads((Path(__file__).parent.parent / "cases" / "numbers_compared.json").read_text(encoding="utf-8"))


def values(text: str, lang: str) -> list[str]:
    return [value.value for value in find_values(text, lang)]


@pytest.mark.parametrize("case", DATA["pairs"], ids=lambda case: f"{case['kind']}: {case['reason']}")
def test_both_languages_give_the_same_values(case: dict[str, list[str]]) -> None:
    assert values(str(case["vi"]), "vi") == case["values"]
    assert values(str(case["en"]), "en") == case["en_values"]
    assert compare_values(str(case["vi"]), "vi", str(case["en"]), "en") == []


@pytest.mark.parametrize("case", DATA["singles"], ids=lambda case: f"{case['lang']}: {case['reason']}")
def test_one_text(case: dict[str, str]) -> None:
    assert values(case["text"], case["lang"]) == case["values"]


def test_decomposed_text_has_the_same_values() -> None:
    for case in DATA["pairs"]:
        text = unicodedata.normalize("NFD", case["vi"])
        found = find_values(text, "vi")
        assert [value.value for value in found] == case["values"], case["vi"]
        assert all(text[value.start : value.end] == value.text for value in found)


@pytest.mark.parametrize("case", COMPARED, ids=lambda case: case["reason"])
def test_unmatched(case: dict[str, str]) -> None:
    found = compare_values(case["vi"], "vi", case["en"], "en")
    assert [f"{one.side}: {one.value.text}" for one in found] == case["unmatched"]


PIECES = st.sampled_from(
    ["15.200 tỷ", "7,25 %", "17-1-2022", "ngày ", "tháng ", "năm ", "ba ", "mười ", " đến ", "-", "/", ".", ",", "57-NQ/TW", "XIII", "thứ ",
     "14 giờ 30", " đồng", "January ", "2025", "twenty-", "five", " and a half", "half ", "million", "the 1990s", "$", "km", "\u0301", "\x00",
     " ", "+84 98 765 4321", "a@b.vn", "AK-47", "rưỡi", "phần ", "quý I", "0", "31/12", "p.m.", "5 "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(["vi", "en"]))
def test_spans_are_in_order_apart_and_true(text: str, lang: str) -> None:
    last = 0
    for value in find_values(text, lang):
        assert last <= value.start < value.end
        assert text[value.start : value.end] == value.text
        assert value.value
        last = value.end


WRITTEN = (
    "1 12 1.500 7,5 -5 −3 – - / : % $ US$ USD VND € 5km 3k 2tr5 tr giờ GIỜ h g H 30 rưỡi kém phút sáng mười Mười mươi một "
    "Hai ba năm trăm TRĂM nghìn triệu Triệu tỷ vạn phẩy chục tá lăm nhăm mốt linh không âm dưới đến đồng người"
).split()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WRITTEN), st.sampled_from(["", " ", " ", ", "])), max_size=9))
def test_cheap_tests_keep_no_pattern_from_a_match(pieces: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, pieces))
    amounts = quantities._AMOUNTS["vi"].finditer(text)
    assert [match.span() for match in quantities._vi_amounts(text)] == [match.span() for match in amounts]
    assert times._VI_CLOCK.search(text) or not times._VI_TIME.search(text)
    in_compounds = any(part in text.casefold() for part in word_numbers._IN_COMPOUNDS)
    assert in_compounds or not number_words.VI_COMPOUND.search(text)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**13), st.integers(0, 99))
def test_a_number_reads_the_same_in_both_conventions(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert values(f"là {vietnamese} đồng", "vi") == values(f"is {english} VND", "en")
    [value] = values(f"is {english} VND", "en")
    assert Fraction(value.removesuffix(" VND")) == Fraction(whole) + Fraction(cents, 100)


EN_MONTHS = "January February March April May June July August September October November December".split()


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_reads_the_same_in_every_way_to_write_it(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    for text in (f"ngày {d}-{m}-{y}", f"{d:02d}/{m:02d}/{y}", f"{d}.{m}.{y}", f"ngày {d} tháng {m} năm {y}"):
        assert values(text, "vi") == [day.isoformat()], text
    month = EN_MONTHS[m - 1]
    for text in (f"{month} {d}, {y}", f"{d} {month} {y}", f"{d} {month[:3]} {y}", f"on {day.isoformat()}"):
        assert values(text, "en") == [day.isoformat()], text
    following = day + timedelta(days=1)
    assert compare_values(f"ngày {d}-{m}-{y}", "vi", f"{d} {month} {y}", "en") == []
    assert compare_values(f"ngày {d}-{m}-{y}", "vi", f"on {following.isoformat()}", "en")


VI_UNITS = "không một hai ba bốn năm sáu bảy tám chín".split()


def spell_vietnamese(number: int) -> str:
    """Spell 10 to 999 the plain way."""
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    parts = [VI_UNITS[hundreds], "trăm"] if hundreds else []
    if not rest:
        return " ".join(parts)
    if not tens:
        return " ".join([*parts, "linh", VI_UNITS[unit]])
    parts += ["mười"] if tens == 1 else [VI_UNITS[tens], "mươi"]
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(unit, VI_UNITS[unit])
    return " ".join([*parts, last]).strip()


def test_vietnamese_number_words() -> None:
    for number in range(10, 1000):
        spelt = spell_vietnamese(number)
        assert values(f"gồm {spelt} chiếc", "vi") == [str(number)], spelt
        assert values(f"gồm {spelt} nghìn chiếc", "vi") == [str(number * 1000)], spelt


def test_legal_numbers_alone() -> None:
    found = find_legal("Theo 57 - NQ/TW và 30/2020/NĐ-CP, năm 2025, tỷ lệ 3/4, mã 12-34.")
    assert [value.value for value in found] == ["57-NQ/TW", "30/2020/NĐ-CP"]
    assert [value.text for value in found] == ["57 - NQ/TW", "30/2020/NĐ-CP"]


@pytest.mark.parametrize("unit", ["9", "9,999", "9.", "1/9", "tỷ ", "million ", "9th", "một trăm tỷ "])
def test_figures_without_end_are_no_error(unit: str) -> None:
    """Python refuses to turn more than 4,300 figures into a number; such a run is a label at most."""
    for lang in ("vi", "en"):
        text = unit * 6000
        assert all(text[value.start : value.end] == value.text for value in find_values(text, lang))


def test_long_digits_take_linear_time() -> None:
    """Four times the text may cost about four times as much; a quadratic rule would cost sixteen."""

    def cost(text: str) -> float:
        best = math.inf
        for _ in range(2):
            started = time.process_time()
            find_values(text, "vi")
            find_values(text, "en")
            best = min(best, time.process_time() - started)
        return best

    units = """1.|1,|1 |1/|1-|a.|năm |hai |twenty-|100 000 |và 5 |5, |ngày 5, |1:50.|1tr5|five to |point one |January 5, |tỷ |million """
    for unit in units.split("|"):
        assert cost(unit * 2000) < 9 * cost(unit * 500) + 0.02, unit
