"""The code page: one byte a character, equal where the match keys are."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.codepage import BOUND, FREE, UNKNOWN, WORD, CodePage, tone_placements
from termbase.text.keys import match_key
from termbase.text.normalize import normalize

_PAGE = CodePage(["Führung", "naïve", "§"])
_TEXT = st.text(st.sampled_from(sorted(_PAGE.known)), max_size=40)


def test_each_letter_of_both_languages_has_a_byte() -> None:
    vowels = [
        unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in ("", *"\u0300\u0301\u0303\u0309\u0323")
    ]
    letters = "".join(vowels) + "bcdđfghjklmnpqrstvwxz"
    assert _PAGE.known.issuperset(letters + letters.upper())
    assert _PAGE.known.issuperset("Fühung ï § “” ‘’ – — …")


def test_nothing_that_storage_form_mends_has_a_byte() -> None:
    page = CodePage("ÐðƉɖ\u00a0\u200b\u0301\u1100\u1161가ﬀ")
    assert not page.known & set("ÐðƉɖ\u00a0\u200b\u0301\u1100\u1161가")
    assert all(normalize(f"a{char}a") == f"a{char}a" for char in page.known)


@settings(max_examples=100, deadline=None)
@given(_TEXT)
def test_a_folded_text_is_the_match_key_but_for_the_places_of_tones(text: str) -> None:
    folded = _PAGE.fold(text)
    assert folded is not None
    assert len(folded) == len(text)
    assert normalize(text) == text
    assert match_key(_PAGE.unfold(folded)) == match_key(text)
    assert _PAGE.fold(match_key(text)) == _PAGE.fold_key(match_key(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_a_key_of_anything_keeps_its_length(text: str) -> None:
    key = match_key(normalize(text))
    folded = _PAGE.fold_key(key)
    assert len(folded) == len(key)
    for char, byte in zip(key, folded, strict=True):
        assert _PAGE.unfold(bytes([byte])) == (char if char in _PAGE.known else UNKNOWN)


def test_edges_tell_letters_from_what_ends_a_word() -> None:
    for char in _PAGE.known:
        edge = _PAGE.exact_edges[_PAGE.fold_key(char)[0]]
        assert (edge == WORD) == char.isalnum()
    assert [_PAGE.exact_edges[ord(char)] for char in ' "(,-?'] == [FREE, FREE, FREE, BOUND, BOUND, FREE]
    assert _PAGE.unsure_edges[ord(UNKNOWN)] == BOUND


def test_tone_placements_are_all_spellings_with_one_match_key() -> None:
    for key in ("hoà", "thuỷ hoà", "quỳ", "quân"):
        forms = list(tone_placements(key))
        assert forms[0] == key
        assert len(set(forms)) == len(forms)
        assert {match_key(form) for form in forms} == {key}
