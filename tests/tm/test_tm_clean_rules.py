"""What cleaning finds in a pair, and what it leaves alone."""

from __future__ import annotations

import pytest

from tm import Segment, TranslationUnit
from tm.clean import RULES

CASES = [
    ("Có 15 đồng chí bị thương.", "Comrades were wounded.", ["number mismatch"], "a number left out"),
    ("Chiến sĩ trẻ.", "Young soldiers (aged 18-25).", ["number mismatch"], "a number put in"),
    ("Có 15 đồng chí bị thương.", "Fifteen comrades were wounded.", [], "a number in words"),
    ("Có năm đồng chí bị thương.", "5 comrades were wounded.", [], "and in figures"),
    ("Khoảng 10 nghìn người.", "About 10,000 people.", [], "another scale"),
    ("Trực 24/24 giờ.", "On duty round the clock.", [], "round the clock"),
    ("Có 1 đồng chí vắng.", "A comrade was absent.", [], "one is an article"),
    ("Nghị định 30/2020/NĐ-CP.", "Decree 30/2020/ND-CP.", [], "D for Đ in the number of a decree"),
    ("Đại hội XIII của Đảng", "The 13th Party Congress", [], "a Roman numeral for an ordinal"),
    ("Đơn vị A &amp; B.", "Units A &amp; B.", ["markup debris"], "an entity on both sides"),
    ("Đơn vị \ufffd.", "The unit \ufffd.", ["markup debris"], "a lost character on both sides"),
    ("Đơn vị \x02A.", "Unit \x02A.", ["markup debris"], "a control character"),
    ("Nhấn <b>OK</b> ngay.", "Press <b>OK</b> now.", [], "the same markup on both sides"),
    ("Nhấn <b>OK</b> ngay.", "Press OK now.", ["markup debris"], "markup on one side"),
    ("Hỏi: 2 < 3 & 4 > 1?", "Asked: 2 < 3 & 4 > 1?", [], "signs that are no markup"),
    ("https://mod.gov.vn/tin-tuc", "https://mod.gov.vn/tin-tuc", [], "an address is not translated"),
    ("thu@qdnd.vn", "thu@qdnd.vn", [], "nor is one of mail"),
    ("MiG-21", "MiG-21", [], "nor a designation"),
    ("Sẵn sàng.", "Sẵn sàng.", ["untranslated"], "words are"),
    ("…", "Now.", ["empty"], "no words"),
]


@pytest.mark.parametrize(("vi", "en", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_rules(vi, en, expected, reason):
    unit = TranslationUnit(source=Segment("vi", vi), target=Segment("en", en))
    assert [name for name, rule in RULES.items() if rule(unit)] == expected
