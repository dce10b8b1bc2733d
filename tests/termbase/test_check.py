"""Checking pairs: the labelled cases, the contract of the library call, and the shipped demonstration."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from termbase import Termbase
from termbase.check import CheckOptions, check_pairs
from termbase.errors import UsageError
from termbase.json import concept_from_json

CASES = json.loads((Path(__file__).parents[1] / "cases" / "check.json").read_text(encoding="utf-8"))
TERMS = Termbase.from_concepts(concept_from_json(row) for row in CASES["concepts"])


def label(finding):
    return [finding.kind, finding.concept_id or "", finding.target.text if finding.target else ""]


def judged(case, terms):
    context = [tuple(pair) for pair in case.get("context", [])]
    options = CheckOptions(word_check=case.get("word_check", False))
    findings = terms.check(case["source"], case["target"], context=context, options=options)
    wanted = {row[0] for row in case["expect"]}
    return [label(finding) for finding in findings if str(finding.severity) != "note" or finding.kind in wanted]


@pytest.mark.parametrize("case", CASES["cases"], ids=[case["id"] for case in CASES["cases"]])
def test_case(case):
    assert judged(case, TERMS) == case["expect"], case["reason"]


def test_every_case_is_labelled():
    ids = [case["id"] for case in CASES["cases"]]
    assert len(ids) == len(set(ids))
    assert all(case["reason"] and case["category"] for case in CASES["cases"])


def demo(lang):
    text = (files("tm") / "data" / f"demo.{lang}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def test_demo_has_its_three_faults_and_no_other():
    found = [f for group in check_pairs(Termbase.bundled(), zip(demo("vi"), demo("en"), strict=True)) for f in group]
    grave = {(f.kind, f.target.text): f for f in found if str(f.severity) != "note"}
    assert sorted(grave) == [
        ("deprecated", "Defensive Area Command"),
        ("deprecated", "people's heart position"),
        ("untranslated-abbreviation", "SSCĐ"),
    ]
    assert grave["deprecated", "Defensive Area Command"].fix.text == "Regional Defence Command"
    assert {f.segment for f in grave.values()} == {2, 5}


def test_spans_are_into_the_callers_text():
    source, target = "Các chi bộ và đảng bộ.", "The  cell branches and the party organizations met in “No. 5”."
    for finding in TERMS.check(source, target):
        for span, text in ((finding.source, source), (finding.target, target)):
            assert span is None or text[span.start : span.end] == span.text


def test_other_languages_are_refused():
    with pytest.raises(UsageError, match="vi and en"):
        TERMS.check("a", "b", options=CheckOptions(source_lang="fr"))


def test_pairs_are_checked_as_they_are_asked_for():
    taken = []

    def pairs():
        for number in range(3):
            taken.append(number)
            yield "chi bộ", "cell branch"

    results = check_pairs(TERMS, pairs())
    assert taken == []
    assert next(results)[0].segment == 0
    assert taken == [0]
    assert next(results)[0].segment == 1
