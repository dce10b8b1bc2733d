"""Undoing of typed keys."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from termbase.text import syllable
from termbase.text.typing import untype

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_typing.json").read_text(encoding="utf-8"))["cases"]
TELEX = dict(zip("\u0300\u0309\u0303\u0301\u0323", "frxsj", strict=True))
VNI = dict(zip("\u0300\u0309\u0303\u0301\u0323", "23415", strict=True))


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['typed']}: {c['reason']}") for c in CASES])
def test_typed_keys(case: dict[str, str | None]) -> None:
    assert untype(str(case["typed"])) == case["meant"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chieens ddaaus", "chiến đấu"),
        ("sawnx sangf chieens ddaaus", "sẵn sàng chiến đấu"),
        ("quaan khu 7", "quân khu 7"),
        ("truwcj SSCDd", "trực SSCĐ"),
        ("Nghij quyeets 05-NQ/TW", "Nghị quyết 05-NQ/TW"),
        ("Hieepj ddinhj Geneva", "Hiệp định Geneva"),
        ("dduowngf loois", "đường lối"),
        ("nguoiwf", "người"),
        ("Booj Tuw leenhj", "Bộ Tư lệnh"),
        ("quoocs phongf", "quốc phòng"),
        ("giuwx gifn", "giữ gìn"),
        ("dangd", "đang"),
        ("toio", "tôi"),
        ("d9o65i", "đội"),
        ("tu7 le65nh", "tư lệnh"),
        ("dang9", "đang"),
        ("QUAAN DDOOIJ", "QUÂN ĐỘI"),
        ("thuyr quaan", "thủy quân"),
        ("sẵn sangf", "sẵn sàng"),
        ("Dda?ng u?y", "Đảng ủy"),
        ("chie^'n dda^'u", "chiến đấu"),
        ("hoa` bi`nh SSCD", "hoà bình SSCD"),
        ("cai ca^`u", "cai cầu"),
        ("don't", None),
        ("what?", None),
        ("rock'n roll", None),
        ("2^10", None),
        ("dda^'u đá", None),
        ("combat readiness", None),
        ("the army", None),
        ("sẵn sàng", None),
        ("san sang", None),
        ("chien ddaaus", None),
        ("57-NQ/TW", None),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", None),
        ("2025", None),
        ("", None),
    ],
)
def test_untype(typed: str, meant: str | None) -> None:
    assert untype(typed) == meant


def _type(word: str, tones: dict[str, str], letters: dict[str, str]) -> str:
    typed, key = "", ""
    for letter in word:
        base, *marks = unicodedata.normalize("NFD", letter)
        modifiers = "".join(mark for mark in marks if mark not in tones)
        key = key or "".join(tones[mark] for mark in marks if mark in tones)
        plain = unicodedata.normalize("NFC", base + modifiers)
        typed += letters.get(plain, plain)
    return typed + key


def test_every_syllable_with_marks_comes_back() -> None:
    telex = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
    vni = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}
    spelled = [
        syllable.Syllable(onset, rhyme, tone).spell()
        for onset, rhyme in list(syllable._spellings().values())[::7]
        if "oo" not in rhyme  # typed oo is ô; xoong takes a third o
        for tone in (syllable.Tone.SAC, syllable.Tone.NANG)
    ]
    for tones, letters in ((TELEX, telex), (VNI, vni)):
        wrong = [(word, untype(_type(word, tones, letters))) for word in spelled]
        wrong = [(word, found) for word, found in wrong if found != word]
        assert wrong == []
