"""Recognition with the shipped terms: what must be found in a text, what must not, and traps at word edges.

Glossaries grow, so that a text may hold further terms than the ones named.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from termbase import Termbase
from termbase.check import check
from termbase.text.keys import exact_key

CASES = json.loads((Path(__file__).parents[1] / "cases" / "recognize_shipped.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped() -> Termbase:
    return Termbase.bundled()


def _composed(texts: Any) -> list[str]:
    return [unicodedata.normalize("NFC", text) for text in texts]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["text"][:40])
def test_terms_are_found_and_nothing_within_other_words(shipped: Termbase, case: dict[str, Any], form: str) -> None:
    text = unicodedata.normalize(form, case["text"])  # type: ignore[arg-type]
    found = shipped.recognize(text, case["lang"], nested=case.get("nested", False))
    assert all(text[match.start : match.end] == match.text for match in found)
    got = _composed(match.text for match in found)
    assert [term for term in _composed(case["found"]) if term not in got] == [], case["reason"]
    assert [term for term in case["absent"] if term in got] == [], case["reason"]


@pytest.mark.parametrize("case", CASES["traps"], ids=lambda case: case["text"][:40])
def test_false_friends_are_marked_and_true_ones_kept(shipped: Termbase, case: dict[str, Any]) -> None:
    matches = shipped.recognize(case["text"], "vi", nested=True, word_check=True)
    sure = {exact_key(match.text) for match in matches if not match.doubtful}
    assert (exact_key(case["term"]) not in sure) is case["doubtful"], case["reason"]


# A check takes no term of three syllables for a chance meeting.
SHORT = [case for case in CASES["traps"] if case["doubtful"] and len(case["term"].split()) < 3]


@pytest.mark.parametrize("case", SHORT, ids=lambda case: case["text"][:40])
def test_a_check_asks_for_no_rendering_of_a_false_friend(shipped: Termbase, case: dict[str, Any]) -> None:
    wanted = exact_key(case["term"])
    for finding in check(shipped, case["text"], "Words that render nothing of it."):
        told = finding.source is not None and exact_key(finding.source.text) == wanted
        assert not (told and finding.kind == "missing" and finding.severity != "note"), case["reason"]
