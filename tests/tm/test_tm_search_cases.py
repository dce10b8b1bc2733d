"""What a translator is shown: score, kind, penalties and suggestion of one stored pair for one query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tm_search.json").read_text(encoding="utf-8"))


def named(penalties):
    return ", ".join(p.reason if p.points == 1 else f"{p.reason} {p.points}" for p in penalties)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["reason"])
def test_search(case):
    lang = case.get("lang", "vi")
    with TranslationMemory.open(":memory:") as memory:
        memory.add(TranslationUnit(source=Segment("vi", case["vi"]), target=Segment("en", case["en"])))
        found = memory.search(case["query"], lang, case.get("min_score", 70))
    if case["score"] is None:
        assert found == []
        return
    assert [match.target.text for match in found] == [case["target"]]
    match = found[0]
    assert (match.score, match.kind.value, named(match.penalties)) == (case["score"], case["kind"], case["penalties"])
    assert match.similarity - sum(p.points for p in match.penalties) == match.score
    assert match.source.text == (case["vi"] if lang == "vi" else case["en"])
    assert bool(match.repairs) == (match.target.text != (case["en"] if lang == "vi" else case["vi"]))
    if match.difference:
        assert "".join(e.new for e in match.difference).split() or all(e.op == "delete" for e in match.difference)
