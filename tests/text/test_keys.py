"""Keys: what they make equal, what they keep apart, and their laws."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text.keys import (
    SLOGAN_HEADS,
    exact_key,
    folded_key,
    loose_key,
    match_key,
    numeral_variants,
    strip_marks,
)
from termbase.text.normalize import normalize, place_tones

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_keys.json").read_text(encoding="utf-8"))
KEYS = {"exact": exact_key, "folded": folded_key, "loose": loose_key}
PAIRS = [
    pytest.param(group, case, id=f"{group}: {case['reason']}")
    for group, group_cases in CASES.items()
    if group != "variants"
    for case in group_cases
]

WORDS = st.sampled_from(
    re.split(
        "[|]",
        "Đảng|ủy|thuỷ|thủy|hoà|hòa|QUÂN|đội|4|04|13|ba|bốn|năm|mười|mươi|tại chỗ|sẵn sàng|không,|chống|“|”|\"|-|–|’|H'Mông"
        "|ß|İ|Ð|kỷ|kỉ|quý|gía|cuả|trong|thứ|2025|57-NQ/TW|\n",
    )
)
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=20))


@pytest.mark.parametrize(("group", "case"), PAIRS)
def test_pairs(group: str, case: dict[str, str]) -> None:
    name, relation = group.split("_")
    key = KEYS[name]
    assert (key(case["a"]) == key(case["b"])) is (relation == "equal"), (key(case["a"]), key(case["b"]))


@pytest.mark.parametrize("case", CASES["variants"], ids=lambda case: case["reason"])
def test_numeral_variants(case: dict[str, object]) -> None:
    assert list(numeral_variants(str(case["text"]))) == case["expected"]


@pytest.mark.parametrize("head", SLOGAN_HEADS)
def test_variants_of_every_head_share_its_keys(head: str) -> None:
    for number in (1, 3, 4, 5, 6, 10, 13, 21, 34, 45):
        label = f"{number} {head}"
        for variant in numeral_variants(label):
            assert exact_key(variant) == exact_key(label)
            assert folded_key(strip_marks(variant)) == folded_key(label)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_match_key_preserves_length(text: str) -> None:
    text = normalize(text)
    assert len(match_key(text)) == len(text)
    assert match_key(match_key(text)) == match_key(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_keys_are_idempotent_and_each_is_coarser(text: str) -> None:
    for key in KEYS.values():
        assert key(key(text)) == key(text)
    assert folded_key(exact_key(text)) == folded_key(text)
    assert loose_key(folded_key(text)) == loose_key(text)
    assert exact_key(normalize(text)) == exact_key(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_keys_ignore_form_case_placement_and_marks(text: str) -> None:
    assert exact_key(unicodedata.normalize("NFD", text)) == exact_key(text)
    assert exact_key(place_tones(text, "new")) == exact_key(place_tones(text, "old")) == exact_key(text)
    assert folded_key(strip_marks(text)) == folded_key(text)
    assert match_key(place_tones(text, "old")) == match_key(place_tones(text, "new"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("Đảng ủy|thuỷ|HÒA|bình|quân|Kỹ|lý|H’Mông|57-NQ/TW".split("|")), min_size=2, max_size=6))
def test_the_key_of_the_first_words_begins_the_key_of_all(words: list[str]) -> None:
    for key in KEYS.values():
        assert key(" ".join(words)).startswith(key(" ".join(words[:-1])) + " ")


def test_folded_key_of_vietnamese_is_ascii() -> None:
    assert re.fullmatch(r"[a-z0-9 -]+", folded_key("Đường lối quân sự – ổn định, ẵm ngửa ỹ".replace(",", "")))


def test_match_key_keeps_the_single_character_of_a_long_folding() -> None:
    assert match_key("ẞ") == match_key("ß")
    assert [len(match_key(c)) for c in "ßİŉǰﬁẞ"] == [1] * 6
