"""Pairs labelled before they were first tried, in the styles of the field, with the shipped glossaries and small own ones.

``first_try`` says whether the label was met at the first run; ``known_failure`` marks what still is not, strictly:
a case that comes right has to lose the mark.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from termbase import Termbase
from termbase.json import concept_from_json

CASES = json.loads((Path(__file__).parents[1] / "cases" / "check_fresh.json").read_text(encoding="utf-8"))
OWN = Termbase.from_concepts(concept_from_json(row) for row in CASES["concepts"])


@pytest.fixture(scope="module")
def shipped():
    return Termbase.bundled()


def unmet(case, terms):
    """Return the findings above a note that nobody expects, and what is expected and not found."""
    wanted = [tuple(row) for row in case["expect"]]
    kinds = {kind for kind, _ in wanted}
    strange = []
    for finding in terms.check(case["source"], case["target"]):
        if str(finding.severity) == "note" and finding.kind not in kinds:
            continue
        spans = [span.text.casefold() for span in (finding.target, finding.source) if span]
        met = next((w for w in wanted if w[0] == finding.kind and (not w[1].strip() or w[1].casefold() in spans)), None)
        if met:
            wanted.remove(met)
        else:
            strange.append(str(finding))
    return strange, wanted


@pytest.mark.parametrize("case", CASES["check"], ids=lambda case: case["target"][:40])
def test_fresh_pair(case, shipped):
    result = unmet(case, shipped if case["glossary"] == "shipped" else OWN)
    assert (result == ([], [])) is not case.get("known_failure", False), (case["reason"], result)


@pytest.mark.parametrize("case", CASES["fix"], ids=lambda case: case["target"][:40])
def test_fresh_repair(case):
    made = OWN.fix(case["source"], case["target"]).target
    assert made == case["expect"], case["reason"]
    assert OWN.fix(case["source"], made).target == made


def test_every_fresh_case_has_a_reason_and_its_first_result():
    for case in (*CASES["check"], *CASES["fix"]):
        assert case["reason"]
        assert isinstance(case["first_try"], bool)
