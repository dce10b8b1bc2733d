"""Vietnamese, English, or not sure."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from termbase.text.language import detect_language

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_language.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['text']}: {c['reason']}") for c in CASES])
def test_short_texts(case: dict[str, str]) -> None:
    assert detect_language(case["text"])[0] == case["lang"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Bộ đội sẵn sàng chiến đấu.", "vi"),
        ("quân", "vi"),
        ("quân đội", "vi"),
        ("đảng ủy", "vi"),
        ("Dang uy Quan khu 7 lanh dao cac co quan, don vi", "vi"),
        ("Nguyễn Văn An", "vi"),
        ("QUÂN ĐỘI NHÂN DÂN VIỆT NAM", "vi"),
        ("Thực hiện chiến lược “diễn biến hòa bình” (peaceful evolution)", "vi"),
        ("The troops are ready for combat.", "en"),
        ("combat readiness", "en"),
        ("Ministry of National Defence", "en"),
        ("the people’s army", "en"),
        ("General Phan Văn Giang visited Hà Nội on Monday and met officers of the unit", "en"),
        ("quan khu 7", "vi"),
        ("Bo Quoc phong", "vi"),
        ("bo doi", "vi"),
        ("dang uy", "vi"),
        ("toan dan", "vi"),
        ("can bo, chien si", "vi"),
        ("Nguyen Duy Hien", ""),  # a name stands in texts of both languages
        ("in Ha Noi", ""),
        ("tai chi", ""),
        ("kim chi", ""),
        ("con amore", ""),
        ("officer", "en"),
        ("command post", "en"),
        ("political commissar", "en"),
        ("Bundeswehr", ""),
        ("la guerre", ""),
        ("SSCĐ", ""),
        ("57-NQ/TW", ""),
        ("2025 – 2030", ""),
        ("", ""),
        ("Straße über Köln", ""),
        ("El niño come pan", ""),
        ("L'été dernier à la forêt", ""),
        ("Der Bundestag hat gestern beschlossen", ""),
        ("Le gouvernement a pris la situation en main", ""),
    ],
)
def test_language(text: str, lang: str) -> None:
    found, confidence = detect_language(text)
    assert found == lang
    assert 0 <= confidence <= 1
    assert detect_language(unicodedata.normalize("NFD", text))[0] == lang


def test_confidence_is_high_for_plain_text_and_low_when_not_sure() -> None:
    assert detect_language("Các đơn vị duy trì nghiêm chế độ sẵn sàng chiến đấu.")[1] > 0.9
    assert detect_language("The units were on duty and they have not left it.")[1] > 0.9
    assert detect_language("Straße über Köln")[1] < 0.65
