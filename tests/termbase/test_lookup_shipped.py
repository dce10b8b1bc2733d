"""Look-up among the shipped terms: queries as people type them, and those that must find nothing."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import cli
from termbase import Termbase
from termbase.text.keys import exact_key

CASES = json.loads((Path(__file__).parents[1] / "cases" / "lookup_shipped.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped() -> Termbase:
    return Termbase.bundled()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["query"])
def test_the_first_answer_is_right(shipped: Termbase, case: dict[str, str], form: str) -> None:
    (best,) = shipped.lookup(unicodedata.normalize(form, case["query"]), limit=1)  # type: ignore[arg-type]
    assert exact_key(case["term"]) in {exact_key(term.text) for term in best.concept.terms}, case["reason"]


@pytest.mark.parametrize("case", CASES["none"], ids=lambda case: repr(case["query"]))
def test_a_query_of_another_field_finds_nothing_and_says_so(case: dict[str, str]) -> None:
    result = CliRunner().invoke(cli, ["lookup", "--", case["query"]])
    assert result.exit_code == 1, case["reason"]
    assert result.stdout == ""
    assert result.stderr.startswith("songngu: not found:")
