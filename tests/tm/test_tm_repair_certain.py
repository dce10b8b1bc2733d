"""Values, names, designations and days carried into the suggestion, each where it is certain and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tm import Segment
from tm.fuzzy.penalties import compare
from tm.repair import repair

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tm_repair_certain.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reason"])
def test_what_is_certain_is_carried_over(case):
    lang = case.get("lang", "vi")
    target = Segment("vi" if lang == "en" else "en", case["target"])
    found = repair(compare(case["old"], case["new"], lang), target, lang, None)
    assert (found.target.text if found and found.complete else None) == case["expected"]
