"""English forms, spellings and articles: the cases, and laws that hold for any term."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.model import GrammaticalNumber, PartOfSpeech
from termbase.text.english import (
    forms,
    indefinite_article,
    inflect_like,
    key,
    spelling_of,
    spellings,
    surface_forms,
    to_spelling,
)

DATA = json.loads((Path(__file__).parent.parent / "cases" / "english.json").read_text(encoding="utf-8"))


def with_feature(text: str, pos: str, feature: str, number: str | None = None) -> list[str]:
    return [form.text for form in forms(text, pos, number) if form.feature == feature]


@pytest.mark.parametrize("case", DATA["plurals"], ids=lambda case: case["text"])
def test_plural(case: dict[str, str]) -> None:
    assert with_feature(case["text"], case["pos"], "plural")[:1] == case["plurals"][:1]


@pytest.mark.parametrize("case", DATA["verbs"], ids=lambda case: case["text"])
def test_verb_forms(case: dict[str, str]) -> None:
    for name, feature in (("third", "3sg"), ("past", "past"), ("participle", "participle"), ("gerund", "gerund")):
        assert with_feature(case["text"], "verb", feature)[0] == case[name]


@pytest.mark.parametrize("case", DATA["spellings"], ids=lambda case: case["uk"])
def test_spelling_pairs(case: dict[str, str]) -> None:
    uk, us = case["uk"], case["us"]
    assert (to_spelling(uk, "en-US"), to_spelling(us, "en-US"), to_spelling(uk, "en-GB")) == (us, us, uk)
    assert to_spelling(uk.title(), "en-US") == us.title()
    assert to_spelling(uk.upper(), "en-US") == us.upper()
    if case["back"]:
        assert to_spelling(us, "en-GB") == uk
    assert spelling_of(uk) == "en-GB"
    assert key(uk) == key(us)
    assert us in spellings(uk)


@pytest.mark.parametrize("word", DATA["same"])
def test_words_that_have_one_spelling(word: str) -> None:
    assert to_spelling(word, "en-US") == to_spelling(word, "en-GB") == word
    assert spelling_of(word) == ""


@pytest.mark.parametrize("article", ["a", "an"])
def test_articles(article: str) -> None:
    for phrase in re.split(r",(?!\d{3})", DATA["articles"][article]):
        assert indefinite_article(phrase) == article, phrase


def test_each_may_have_its_own() -> None:
    plurals = with_feature("Secretary of the provincial Party Committee", "noun", "plural")
    assert plurals == [
        "Secretaries of the provincial Party Committee",
        "Secretaries of provincial Party Committees",
    ]


def test_possessives_with_both_apostrophes() -> None:
    found = surface_forms("Party committee", PartOfSpeech.NOUN)
    for text in ("Party committee's", "Party committee’s", "Party committees'", "Party committees’"):
        assert text in found
    assert {"Congress's", "Congress’"} <= surface_forms("Congress", "noun")


def test_number_restrictions() -> None:
    assert with_feature("armed forces", "noun", "plural", "plural only") == []
    assert with_feature("equipment", "noun", "plural", GrammaticalNumber.UNCOUNTABLE) == []
    assert with_feature("heavy equipment", "noun", "plural") == []


def test_defence_is_never_respelt_by_inflection() -> None:
    assert all("defence" in form.text for form in forms("defence zone", "noun"))
    assert {"defence zones", "defense zones"} <= surface_forms("defence zone", "noun")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("socio-economic", {"socio economic", "socioeconomic", "socio - economic"}),
        ("counterattack", {"counter-attack", "counter attack"}),
        ("anti-aircraft gun", {"antiaircraft gun", "anti aircraft gun"}),
        ("cooperation", {"co-operation"}),
        ("subunit", {"sub-unit"}),
        ("commander-in-chief", {"commander in chief"}),
        ("cyber security", {"cybersecurity", "cyber-security"}),
        ("decision making", {"decision-making"}),
        ("Hanoi Capital Command", {"Ha Noi Capital Command"}),
        ("self-defence militia", {"self-defense militia", "self defence militia", "self defense militia"}),
    ],
)
def test_compounds(text: str, others: set[str]) -> None:
    found = spellings(text)
    assert found[0] == text
    assert others <= set(found)


@pytest.mark.parametrize(
    ("text", "variety", "expected"),
    [
        ("units practice daily", "en-GB", "units practice daily"),
        ("they must practice daily", "en-GB", "they must practise daily"),
        ("a driving license", "en-GB", "a driving licence"),
        ("to license the sale", "en-GB", "to license the sale"),
        ("a computer program", "en-GB", "a computer program"),
        ("a training program", "en-GB", "a training programme"),
        ("World Health Organization offices organized it", "en-GB", "World Health Organization offices organised it"),
        ("Pearl Harbor and the harbor", "en-GB", "Pearl Harbor and the harbour"),
        ("DEFENCE Defence defence", "en-US", "DEFENSE Defense defense"),
        ("five-metre and 3-kilometre runs", "en-US", "five-meter and 3-kilometer runs"),
    ],
)
def test_spelling_in_running_text(text: str, variety: str, expected: str) -> None:
    assert to_spelling(text, "en-GB" if variety == "en-GB" else "en-US") == expected


@pytest.mark.parametrize(
    ("base", "pos", "feature", "expected"),
    [
        ("Chief of Staff", "noun", "plural", "Chiefs of Staff"),
        ("defence zone", "noun", "plural possessive", "defence zones'"),
        ("headquarters", "noun", "plural", "headquarters"),
        ("firmly grasp", "verb", "3sg", "firmly grasps"),
        ("lead", "verb", "past", "led"),
        ("fully", "adverb", "plural", "fully"),
    ],
)
def test_inflect_like(base: str, pos: str, feature: str, expected: str) -> None:
    assert inflect_like(base, pos, feature) == expected


def test_key_keeps_look_alikes_apart() -> None:
    assert key("general") != key("generally")
    assert key("office") != key("officer")
    assert key("Self-Defence") == key("self-defense")
    assert key("Committees’") == key("committee's") == key("committee")


WORDS = st.sampled_from(
    "Party committee Chief of Staff defence self-defence organise travel quickly and the in-Chief 7 No. 5 means ’s (SSCĐ) Đảng - ' s be y".split()
)
PHRASES = st.one_of(st.text(max_size=30), st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
PARTS = st.sampled_from(["noun", "verb", "adjective", "proper noun", "other", None])


@settings(max_examples=100, deadline=None)
@given(PHRASES, PARTS)
def test_the_base_comes_first_and_every_form_is_text(text: str, pos: str | None) -> None:
    found = forms(text, pos)
    assert found[0].text == text and found[0].feature == "base"
    assert text in surface_forms(text, pos)
    assert len(set(found)) == len(found)


@settings(max_examples=100, deadline=None)
@given(PHRASES)
def test_respelling_twice_changes_nothing_more(text: str) -> None:
    for variety in ("en-GB", "en-US"):
        once = to_spelling(text, "en-GB" if variety == "en-GB" else "en-US")
        assert to_spelling(once, "en-GB" if variety == "en-GB" else "en-US") == once
    assert indefinite_article(text) in ("a", "an")
