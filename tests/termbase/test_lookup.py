"""Look-up: cases as data, ranking, limits, several indexes."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.index import Index
from termbase.lookup import lookup, suggest
from termbase.model import AdministrativeStatus, Concept, LookupMatch, PartOfSpeech, Term, TermType
from termbase.text.keys import folded_key

CASES = json.loads((Path(__file__).parents[1] / "cases" / "lookup.json").read_text(encoding="utf-8"))


def _term(row: str) -> Term:
    """Read ``lang status type part_of_speech|text``; words left out take their defaults."""
    head, text = row.split("|")
    lang, *words = head.split(",")
    values: dict[str, object] = {"lang": lang, "text": text}
    for word in words:
        if word in AdministrativeStatus._value2member_map_:
            values["status"] = AdministrativeStatus(word)
        elif word in TermType._value2member_map_:
            values["type"] = TermType(word)
        else:
            values["part_of_speech"] = PartOfSpeech(word)
    return Term(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.from_concepts(
        Concept(id=identifier, terms=tuple(map(_term, rows))) for identifier, rows in CASES["concepts"].items()
    )


def _ids(matches: list[LookupMatch]) -> list[str]:
    return [match.concept.id for match in matches]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", CASES["first"], ids=lambda case: case["query"])
def test_first_answer(index: Index, case: dict[str, str], form: str) -> None:
    matches = lookup(index, unicodedata.normalize(form, case["query"]))  # type: ignore[arg-type]
    assert _ids(matches)[:1] == [case["concept"]], case["reason"]
    assert str(matches[0].kind) == case["kind"], case["reason"]


@pytest.mark.parametrize("case", CASES["order"], ids=lambda case: case["query"])
def test_order(index: Index, case: dict[str, object]) -> None:
    found = _ids(lookup(index, str(case["query"]), limit=40))
    wanted = [str(item) for item in case["before"]]  # type: ignore[attr-defined]
    assert [item for item in found if item in wanted] == wanted, case["reason"]


@pytest.mark.parametrize("case", CASES["all"], ids=lambda case: case["query"])
def test_all_senses(index: Index, case: dict[str, object]) -> None:
    found = _ids(lookup(index, str(case["query"]), limit=40))
    wanted = case["concepts"]
    assert isinstance(wanted, list)
    assert set(found[: len(wanted)]) == set(wanted), case["reason"]


@pytest.mark.parametrize("case", CASES["none"], ids=lambda case: repr(case["query"]))
def test_nothing_is_better_than_a_wrong_guess(index: Index, case: dict[str, str]) -> None:
    assert _ids(lookup(index, case["query"])) == [], case["reason"]


@pytest.mark.parametrize("case", CASES["near"], ids=lambda case: case["query"])
def test_suggestions(index: Index, case: dict[str, str]) -> None:
    assert case["near"] in suggest(index, case["query"]), case["reason"]


@pytest.mark.parametrize("case", CASES["far"], ids=lambda case: case["query"])
def test_what_is_far_is_not_suggested(index: Index, case: dict[str, str]) -> None:
    assert suggest(index, case["query"]) == [], case["reason"]


def test_a_language_may_be_asked_for(index: Index) -> None:
    assert {match.term.lang for match in lookup(index, "quân", lang="vi")} == {"vi"}
    assert lookup(index, "combat readiness", lang="vi") == []


def test_limit_and_one_answer_a_concept(index: Index) -> None:
    found = lookup(index, "quân", limit=3)
    assert len(found) == 3
    assert len(set(_ids(lookup(index, "quan", limit=40)))) == len(lookup(index, "quan", limit=40))
    assert lookup(index, "quân", limit=0) == []


def test_the_term_is_the_name_that_matched(index: Index) -> None:
    (match, *_) = lookup(index, "people's heart position")
    assert match.term.status is AdministrativeStatus.DEPRECATED
    assert match.term.text == "people's heart position"


def test_scores_fall_with_the_order(index: Index) -> None:
    for query in ("quan", "quân", "can bo", "chien", "doi"):
        scores = [match.score for match in lookup(index, query, limit=40)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 100 for score in scores)


def test_an_earlier_index_hides_the_same_concept_in_a_later_one(index: Index) -> None:
    own = Index.from_concepts([Concept(id="quan-doi", terms=(Term(text="lực lượng quân đội", lang="vi"),))])
    found = lookup([own, index], "quân đội", limit=40)
    assert [match.term.text for match in found if match.concept.id == "quan-doi"] == ["lực lượng quân đội"]
    assert "quan-khu" in _ids(lookup([own, index], "quân khu"))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_query_is_plain_data(query: str) -> None:
    for match in lookup(_SMALL, query):
        assert match.concept.id in {"a", "b"}
    suggest(_SMALL, query)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("đội ngũ quân hàm ủy úy hòa sĩ Ð 4 - & “ ".split()), min_size=1, max_size=5).map(" ".join)
)
def test_every_term_is_found_by_itself_and_without_marks(text: str) -> None:
    if not any(char.isalnum() for char in text):
        return
    small = Index.from_concepts([Concept(id="t", terms=(Term(text=text, lang="vi"),))])
    assert _ids(lookup(small, text)) == ["t"]
    assert _ids(lookup(small, folded_key(text))) == ["t"]
    assert _ids(lookup(small, unicodedata.normalize("NFD", text.upper()))) == ["t"]


_SMALL = Index.from_concepts(
    [
        Concept(id="a", terms=(Term(text='"OR" AND NOT*', lang="en"), Term(text="100% _x_", lang="vi"))),
        Concept(id="b", terms=(Term(text="NEAR(đội ngũ, 2)", lang="vi"),)),
    ]
)
