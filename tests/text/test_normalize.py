"""Storage form, the map back, and tone placement."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text import repairs
from termbase.text.normalize import normalize, normalize_mapped, normalize_term, place_tones
from termbase.text.repairs import repair_mapped

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_normalize.json").read_text(encoding="utf-8"))

VIETNAMESE = "".join(
    unicodedata.normalize("NFC", vowel + mark)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
MESSY = st.text(
    alphabet=VIETNAMESE
    + "bcdđghklmnpqrstvxĐÐðƉɖÞæ  .,-/\n\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0335\u0308"
    + "\u00a0\u00ad\u200b\u200c\u200d\u202f\u3000\ufeff\u034f\u1100\u1161\u11a8\u09c7\u09be😀\u0644",
    max_size=40,
)
ANY = st.one_of(MESSY, st.text(max_size=20))


def cases(group: str) -> list[object]:
    return [pytest.param(case, id=case["reason"]) for case in CASES[group]]


@pytest.mark.parametrize("case", cases("normalize"))
def test_normalize(case: dict[str, str]) -> None:
    assert normalize(case["text"]) == case["expected"]


@pytest.mark.parametrize("case", cases("term"))
def test_normalize_term(case: dict[str, str]) -> None:
    assert normalize_term(case["text"]) == case["expected"]


@pytest.mark.parametrize("case", cases("tones"))
def test_place_tones(case: dict[str, str]) -> None:
    assert place_tones(case["text"], "old") == case["old"]
    assert place_tones(case["text"], "new") == case["new"]


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_normalize_is_idempotent_and_nfc(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert normalize_term(normalize_term(text)) == normalize_term(text)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_map_agrees_with_normalize(text: str) -> None:
    mapped = normalize_mapped(text)
    assert mapped.text == normalize(text)
    assert mapped.source_length == len(text)
    if mapped.starts is None or mapped.ends is None:
        assert mapped.text == text
        return
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)
    assert list(mapped.starts) == sorted(mapped.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(mapped.starts, mapped.ends, strict=True))


@settings(max_examples=100, deadline=None)
@given(st.one_of(ANY, MESSY))
def test_counting_letters_gives_the_map_that_words_give(text: str) -> None:
    composed, starts, ends = repair_mapped(text)
    one, begins, finishes = repairs._mapped_by_words(text, 0)
    assert (composed, starts, ends) == (repairs._repair_eths(one), tuple(begins), tuple(finishes))


def test_one_foreign_line_does_not_change_the_map_of_the_others() -> None:
    lines = [unicodedata.normalize("NFD", "Đảng ủy"), "α\u0301 \u1112\u1161\u11ab", "chi\u00adến", "Bộ đội"]
    mapped = normalize_mapped("\n".join(lines))
    assert mapped.text == "Đảng ủy\nά 한\nchiến\nBộ đội"
    assert [mapped.to_source(at, at + 1) for at in (1, 8, 10, 15, 19)] == [
        (1, 3),
        (10, 12),
        (13, 16),
        (21, 22),
        (25, 26),
    ]


@settings(max_examples=100, deadline=None)
@given(MESSY, st.data())
def test_spans_go_back_and_forth(text: str, data: st.DataObject) -> None:
    mapped = normalize_mapped(text)
    start = data.draw(st.integers(0, len(mapped.text)))
    end = data.draw(st.integers(start, len(mapped.text)))
    there = mapped.to_source(start, end)
    assert 0 <= there[0] <= there[1] <= len(text)
    if start < end:
        back = mapped.to_normal(*there)
        assert back[0] <= start
        assert back[1] >= end


def test_clean_text_has_no_map_and_is_the_same_object() -> None:
    text = "Đảng ủy, Bộ Tư lệnh Quân khu – “vững mạnh”"
    assert normalize(text) is text
    assert normalize_mapped(text).starts is None


def test_spans_of_decomposed_text_cover_whole_letters() -> None:
    source = unicodedata.normalize("NFD", "Bộ đội")
    mapped = normalize_mapped(source)
    start, end = mapped.to_source(3, 6)
    assert unicodedata.normalize("NFC", source[start:end]) == "đội"


def test_dropped_characters_stay_outside_the_span_before_them() -> None:
    assert normalize_mapped("quân\u00ad đội").to_source(0, 4) == (0, 4)
    assert normalize_mapped("quân\u00ad đội").to_source(0, 8) == (0, 9)


def test_placement_is_idempotent_and_reversible() -> None:
    text = "Hòa bình, thủy quân, khỏe, ỦY BAN, Úy, xòe, lòa, quý, giá, quà, hoàn, thuyền, khuỷu"
    new = place_tones(text, "new")
    assert place_tones(new, "new") == new
    assert place_tones(new, "old") == text
