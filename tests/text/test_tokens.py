"""Tokens and their spans."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text.tokens import tokenize

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_tokens.json").read_text(encoding="utf-8"))["cases"]
PIECES = st.sampled_from(
    [
        "Đảng",
        " ",
        "\n",
        "57-NQ/TW",
        ",",
        ".",
        "./.",
        "CTĐ-CTCT",
        "https://a.vn/b",
        "H’Mông",
        "5",
        "km",
        "\u200b",
        "\u0301",
        "T-54",
        "_",
        "½",
        "“",
        "😀",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=25))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reason"])
def test_tokens(case: dict[str, object]) -> None:
    found = tokenize(str(case["text"]), str(case["lang"]))
    assert [[token.text, token.kind] for token in found] == case["tokens"]


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(["vi", "en"]))
def test_spans_cover_all_but_white_space(text: str, lang: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        position = 0
        for token in tokenize(form, lang):
            assert position <= token.start < token.end
            assert form[token.start : token.end] == token.text
            assert not form[position : token.start].strip()
            assert not any(c.isspace() for c in token.text)
            position = token.end
        assert not form[position:].strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reason"])
def test_decomposed_text_has_the_same_tokens(case: dict[str, object]) -> None:
    text = unicodedata.normalize("NFC", str(case["text"]))
    decomposed = tokenize(unicodedata.normalize("NFD", text), str(case["lang"]))
    assert [unicodedata.normalize("NFC", t.text) for t in decomposed] == [
        t.text for t in tokenize(text, str(case["lang"]))
    ]
