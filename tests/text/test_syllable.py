"""Which syllables exist, and their parts."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from termbase.text import syllable
from termbase.text.syllable import Tone, is_syllable, parse_syllable, unify_placement

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_syllable.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["valid"], ids=lambda case: case["text"])
def test_valid(case: dict[str, str]) -> None:
    assert is_syllable(case["text"])
    assert is_syllable(unicodedata.normalize("NFD", case["text"]))
    assert is_syllable(case["text"].upper())


@pytest.mark.parametrize("case", CASES["invalid"], ids=lambda case: repr(case["text"]))
def test_invalid(case: dict[str, str]) -> None:
    assert not is_syllable(case["text"])


@pytest.mark.parametrize("case", CASES["parts"], ids=lambda case: case["text"])
def test_parts(case: dict[str, object]) -> None:
    parsed = parse_syllable(str(case["text"]))
    assert parsed is not None
    assert (parsed.onset, parsed.rhyme, parsed.tone) == (case["onset"], case["rhyme"], case["tone"])


def test_every_spelling_parses_back_in_both_styles() -> None:
    count = 0
    for onset, rhyme in syllable._spellings().values():
        for tone in (Tone.SAC, Tone.NANG):
            parsed = syllable.Syllable(onset, rhyme, tone)
            for style in ("old", "new"):
                assert parse_syllable(parsed.spell(style)) == parsed
                assert unify_placement(parsed.spell(style)) == parsed.spell("new")
                count += 1
    assert count > 10_000


def test_stops_carry_two_tones_only() -> None:
    assert [is_syllable(word) for word in ("tac", "tàc", "tảc", "tãc", "tác", "tạc")] == [False] * 4 + [True] * 2
