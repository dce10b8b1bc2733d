"""The quick way to English forms gives what the full way gives."""

from __future__ import annotations

import pytest

from termbase.bundled import load_bundled
from termbase.english_variants import english_variants
from termbase.text.english import surface_forms


def _searched(forms: object) -> set[str]:
    return {form.replace("-", " ") for form in forms if not form.endswith(("'s", "’s", "s'", "s’"))}  # type: ignore[attr-defined]


def test_shipped_terms_have_the_same_forms_either_way() -> None:
    terms = [term for concept in load_bundled() for term in concept.in_language("en") if not term.type.abbreviated]
    assert len(terms) > 1000
    for term in terms:
        part = term.part_of_speech.value if term.part_of_speech else None
        number = term.number.value if term.number else None
        quick = _searched(english_variants(term.text, part, number))
        assert quick == _searched({term.text, *surface_forms(term.text, part, number)}), term.text


@pytest.mark.parametrize(
    ("text", "part", "forms"),
    [
        ("Chief of Staff", "noun", {"Chief of Staff", "Chiefs of Staff"}),
        ("defence", "noun", {"defence", "defences", "defense", "defenses"}),
        ("counter attack", "noun", {"counter attack", "counter attacks", "counterattack", "counterattacks"}),
        ("Army", "proper noun", {"Army"}),
        ("combat", "adjective", {"combat"}),
    ],
)
def test_forms(text: str, part: str, forms: set[str]) -> None:
    assert _searched(english_variants(text, part, None)) == forms
