"""Orders: cases by hand, ICU as oracle where it is installed, a plain comparison as reference."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.errors import UsageError
from termbase.text import syllable
from termbase.text.collation import cldr_key, dictionary_key, natural_key, sort_key

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_collation.json").read_text(encoding="utf-8"))
ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['order']}: {c['reason']}") for c in CASES["sorted"]])
def test_sorted(case: dict[str, object]) -> None:
    expected = case["expected"]
    assert isinstance(expected, list)
    key = sort_key(str(case["order"]))
    shuffled = list(expected)
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=key) == expected


def _vocabulary(count: int) -> list[str]:
    chance = random.Random(11)
    spelled = [
        syllable.Syllable(onset, rhyme, tone).spell(style)
        for onset, rhyme in syllable._spellings().values()
        for tone in syllable.Tone
        for style in ("old", "new")
    ]

    def word() -> str:
        plain = chance.choice(spelled)
        return chance.choice([plain, plain, plain.capitalize(), plain.upper(), unicodedata.normalize("NFD", plain)])

    gaps = [" ", " ", "-", ", ", " (", ". ", " – ", "'", " “", "/", " 7 ", "…"]
    return [chance.choice(gaps).join(word() for _ in range(chance.randint(1, 3))) for _ in range(count)]


def test_cldr_order_is_that_of_icu() -> None:
    icu = pytest.importorskip("icu", reason="PyICU, the oracle of the CLDR order, is not installed")
    oracle = icu.Collator.createInstance(icu.Locale("vi")).getSortKey
    tight = [
        a + b + c
        for a in ("b", "B", "")
        for b in "aàạăằâẩAẢÂẬoôơuưdđĐ"
        for c in ("", " ba", " bà", "n", "-b", "é", "ñ", "ß", "1")
    ]
    words = sorted([*_vocabulary(20_000), *tight], key=cldr_key)
    wrong = [(a, b) for a, b in itertools.pairwise(words) if oracle(a) > oracle(b)]
    assert wrong == []


def _reference(text: str) -> list[tuple[list[int], list[int]]]:
    syllables = []
    for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower()):
        split = [syllable._TONED.get(letter, (letter, syllable.Tone.LEVEL)) for letter in word]
        syllables.append(([ALPHABET.index(letter) for letter, _ in split], [int(tone) for _, tone in split if tone]))
    return syllables


def test_letters_and_forms_beside_the_alphabet_sort_as_in_icu() -> None:
    icu = pytest.importorskip("icu", reason="PyICU, the oracle of the CLDR order, is not installed")
    oracle = icu.Collator.createInstance(icu.Locale("vi")).getSortKey
    odd = [
        "Ａ",
        "ａ",
        "²",
        "①",
        "½",
        "ﬁ",
        "™",
        "№",
        "ª",
        "Ⅳ",
        "ł",
        "Ł",
        "ø",
        "ð",
        "ß",
        "æ",
        "ç",
        "ü",
        "ı",
        "þ",
        "ŋ",
        "ss",
        "SS",
        "AE",
        "ae",
        "aé",
    ]
    words = sorted([*odd, *(a + b for a in odd for b in ("a", "đ", " z")), *_vocabulary(300), *ALPHABET], key=cldr_key)
    assert [(a, b) for a, b in itertools.pairwise(words) if oracle(a) > oracle(b)] == []


def test_numbers_of_any_length_sort_by_value() -> None:
    numbers = ["07", "7", "10", "9" * 254, "1" + "0" * 254, "1" + "0" * 300, "2" + "0" * 300, "1" + "0" * 5000]
    assert sorted(random.Random(3).sample(numbers, len(numbers)), key=natural_key) == numbers
    assert natural_key("Khóa ٣") > natural_key("Khóa 2")


def test_dictionary_order_is_syllable_by_syllable() -> None:
    words = sorted((w.replace("'", " ") for w in _vocabulary(10_000)), key=dictionary_key)
    references = [_reference(word) for word in words]
    assert references == sorted(references)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_keys_are_equal_only_for_the_same_text(a: str, b: str) -> None:
    for key in (dictionary_key, cldr_key, natural_key):
        same = unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b)
        assert (key(a) == key(b)) is same
        assert key(unicodedata.normalize("NFD", a)) == key(a)


def test_unknown_order_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown order “alphabetical”; choose one of dictionary, cldr, natural"):
        sort_key("alphabetical")
