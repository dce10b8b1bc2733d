"""Repair: the labelled cases, and what must hold of every repair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase import Termbase
from termbase.check import CheckOptions
from termbase.fix import FixOptions, applied
from termbase.json import concept_from_json
from termbase.model import Replacement

FOLDER = Path(__file__).parents[1] / "cases"
CASES = json.loads((FOLDER / "fix.json").read_text(encoding="utf-8"))["cases"]
CONCEPTS = json.loads((FOLDER / "check.json").read_text(encoding="utf-8"))["concepts"]
TERMS = Termbase.from_concepts(concept_from_json(row) for row in CONCEPTS)
OPTIONS = FixOptions(check=CheckOptions(word_check=False))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case):
    result = TERMS.fix(case["source"], case["target"], options=OPTIONS)
    assert result.target == case["expect"], case["reason"]
    again = TERMS.fix(case["source"], result.target, options=OPTIONS)
    assert (again.target, again.changes) == (result.target, ())


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_changes_tell_what_was_done(case):
    result = TERMS.fix(case["source"], case["target"], options=OPTIONS)
    for change in result.changes:
        assert case["target"][change.start : change.end] == change.before
        assert change.reason
    new = applied(case["target"], [Replacement(c.start, c.end, c.after) for c in result.changes])
    assert new == result.target


WORDS = st.sampled_from(
    "the The a A an cell branch branches Party cells fighting availability plans SSCĐ plan people's heart position "
    "“ ” . , and staff leaders organisation <b> </b> lower officer NCO new two are is".split()
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from([None, "Các chi bộ có kế hoạch tác chiến, SSCĐ cao."])
)
def test_twice_is_once_and_nothing_grows_worse(target, source):
    result = TERMS.fix(source, target, options=OPTIONS)
    again = TERMS.fix(source, result.target, options=OPTIONS)
    assert again.target == result.target
    assert again.changes == ()
    if not result.changes:
        assert result.target == target


@pytest.mark.parametrize(
    ("profile", "target", "expect"),
    [
        (
            "qdnd",
            "The defence organisation of a Party organisation.",
            "The defense organization of a Party organization.",
        ),
        ("mod", "Programs of the Party organization.", "Programmes of the Party organisation."),
        ("mod", "Organizations of the Department of Defense.", "Organisations of the Department of Defense."),
        ("qdnd", "See https://a.vn/defence and `defence`.", "See https://a.vn/defence and `defence`."),
        (None, "A defence organization.", "A defence organization."),
    ],
)
def test_spelling_follows_a_profile_that_was_asked_for(profile, target, expect):
    terms = TERMS.with_profile(profile)
    result = terms.fix(None, target, options=OPTIONS)
    assert result.target == expect
    assert terms.fix(None, result.target, options=OPTIONS).changes == ()


def test_a_cycle_is_refused():
    def concept(id, vi, good, bad):
        return concept_from_json(
            {
                "id": id,
                "terms": [
                    {"lang": "vi", "text": vi, "status": "preferred"},
                    {"lang": "en", "text": good, "status": "preferred"},
                    {"lang": "en", "text": bad, "status": "deprecated"},
                ],
            }
        )

    terms = Termbase.from_concepts(
        [concept("a", "một", "main post", "chief post"), concept("b", "hai", "chief post", "main post")]
    )
    assert terms.fix(None, "The chief post and the main post.").changes == ()
    pair = terms.fix("một", "The chief post.", options=OPTIONS)
    assert pair.target == "The main post."
