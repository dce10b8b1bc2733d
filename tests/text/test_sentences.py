"""Sentence ends: the cases, and laws that hold for any text."""

from __future__ import annotations

import json
import math
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text.sentences import split_sentences

CASES = json.loads((Path(__file__).parent.parent / "cases" / "sentences.json").read_text(encoding="utf-8"))
CUT = "¦"


def unmarked(case: dict[str, str]) -> tuple[str, list[str]]:
    pieces = case["marked"].split(CUT)
    return "".join(pieces), [piece.strip() for piece in pieces]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}-{case['kind']}: {case['reason']}")
def test_case(case: dict[str, str]) -> None:
    text, expected = unmarked(case)
    assert [span.text for span in split_sentences(text, case["lang"])] == expected


def test_there_are_enough_cases_of_both_languages() -> None:
    assert all(case["reason"] for case in CASES)
    for lang in ("vi", "en"):
        assert sum(case["lang"] == lang for case in CASES) >= 60


def test_decomposed_text_is_split_at_the_same_places() -> None:
    for case in CASES:
        text = unmarked(case)[0]
        composed = [span.text for span in split_sentences(unicodedata.normalize("NFC", text), case["lang"])]
        decomposed = [span.text for span in split_sentences(unicodedata.normalize("NFD", text), case["lang"])]
        assert [unicodedata.normalize("NFC", piece) for piece in decomposed] == composed


PIECES = st.sampled_from(
    ["Đơn vị", "TP.", "GS.TS.", "1.", "a)", "- ", "…", "...", ".", "?", "!", '"', "“", "”", "(", ")", "./.", "\n", "\r\n",
     " ", "\u00a0", "\u200b", "e\u0302\u0301", "Ơn", "ơn", "2025", "No.57-NQ/TW", "qdnd.vn", "[1]", "²", ";", "v.v."]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(["vi", "en"]))
def test_spans_cover_everything_but_white_space_once_and_in_order(text: str, lang: str) -> None:
    last = 0
    for span in split_sentences(text, lang):
        assert not text[last : span.start].strip()
        assert text[span.start : span.end] == span.text
        assert span.text and span.text == span.text.strip()
        last = span.end
    assert not text[last:].strip()


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["vi", "en"]))
def test_a_piece_of_signs_alone_is_never_cut_off_within_a_line(text: str, lang: str) -> None:
    line = " ".join(text.split())
    spans = split_sentences(line, lang)
    if any(c.isalnum() for c in line):
        assert all(any(c.isalnum() for c in span.text) for span in spans)


def test_long_dotted_text_takes_linear_time() -> None:
    """Four times the text may cost about four times as much; a quadratic rule would cost sixteen."""

    def cost(text: str) -> float:
        best = math.inf
        for _ in range(3):
            started = time.process_time()
            split_sentences(text, "vi")
            best = min(best, time.process_time() - started)
        return best

    for unit in ("a.", "a. ", "(", '" ', ". ", "A.B ", "1. ", "Hà Nội, Huế... ", "hỏi “A?” "):
        assert cost(unit * 8000) < 9 * cost(unit * 2000) + 0.02, unit


_HOSTS = st.lists(st.sampled_from(["mod", "Mod", "GOV", "vn", "qdnd", "tin-tuc"]), min_size=2, max_size=4).map(".".join)
_ADDRESSES = st.one_of(
    _HOSTS.map("www.{}".format),
    _HOSTS.map("WWW.{}".format),
    _HOSTS.map("Ban.Tin@{}".format),
    _HOSTS.map("https://{}/A.B?C!D".format),
)


@given(_ADDRESSES, st.sampled_from(["", ".", "!", "…", ". Sau đó về."]), st.sampled_from(["vi", "en"]))
def test_an_address_is_never_cut(address: str, after: str, lang: str) -> None:
    assert any(address in span.text for span in split_sentences(f"Xem {address}{after}", lang))
