"""Repair: carried over only when it is certain, term conflicts, and the marks of terms."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from termbase.model import AdministrativeStatus, Concept, GrammaticalNumber, PartOfSpeech, Term, TermMatch
from termbase.text.english import forms
from tm.fuzzy.penalties import compare
from tm.model import MatchKind, Segment, TranslationUnit
from tm.repair import repair
from tm.store import TranslationMemory

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tm_repair.json").read_text(encoding="utf-8"))


NOUN, NAME, VERB = PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN, PartOfSpeech.VERB
MASS = GrammaticalNumber.UNCOUNTABLE


def concept(vi, en, part=None, number=None, also=(), bad=()):
    other = [Term(text=t, lang="en", status=AdministrativeStatus.DEPRECATED) for t in bad]
    more = [Term(text=t, lang="en", part_of_speech=part, number=number) for t in also]
    english = Term(text=en, lang="en", part_of_speech=part, number=number)
    return Concept(id=vi, terms=(Term(text=vi, lang="vi", part_of_speech=part), english, *more, *other))


class Terms:
    """A small termbase: finds its terms, and the forms of the English ones, by their letters."""

    CONCEPTS = (
        concept("dân quân", "militia", NOUN, bad=("people's army",)),
        concept("tự vệ", "self-defence force", NOUN),
        concept("an ninh", "intelligence unit", NOUN),
        concept("pháo binh", "artillery", NOUN, MASS),
        concept("công binh", "engineering", NOUN, MASS),
        concept("xe tăng", "tank", NOUN),
        concept("máy bay", "aircraft", NOUN),
        concept("đại đội", "company", NOUN),
        concept("tiểu đoàn", "battalion", NOUN),
        concept("trung đội", "platoon", NOUN, also=("section",)),
        concept("trung đoàn", "regiment"),
        concept("lữ đoàn", "brigade"),
        concept("huấn luyện", "train", VERB),
        concept("hành quân", "march", VERB),
        concept("Bộ Quốc phòng", "Ministry of Defence", NAME),
        concept("Bộ Công an", "Ministry of Public Security", NAME),
        concept("Quân khu Bốn", "Military Region Four", NAME),
    )

    def recognize(self, text, lang):
        found = [
            TermMatch(start=m.start(), end=m.end(), text=m.group(), lang=lang, concepts=(concept,), terms=(term,))
            for concept in self.CONCEPTS
            for term in concept.in_language(lang)
            for form in (dict.fromkeys(f.text for f in forms(term.text, "noun")) if lang == "en" else [term.text])
            if "'" not in form or form == term.text
            for m in re.finditer(rf"\b{re.escape(form)}\b", text, re.IGNORECASE)
        ]
        return sorted(found, key=lambda match: match.start)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["reason"])
def test_repair(case):
    lang, other = case.get("lang", "vi"), "vi" if case.get("lang") == "en" else "en"
    found = repair(compare(case["old"], case["new"], lang), Segment(other, case["target"]), lang, Terms())
    assert (found.target.text if found else None) == case["expected"]
    assert found is None or found.complete is not case.get("partial", False)


def unit(vi, en):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en))


def test_a_repaired_match_says_so_and_keeps_its_score():
    with TranslationMemory.open(":memory:", terms=Terms()) as memory:
        memory.add(unit("Lực lượng dân quân trực.", "The militia is on duty."))
        match = memory.search("Lực lượng tự vệ trực.", min_score=50)[0]
    assert (match.kind, match.score, match.similarity) == (MatchKind.REPAIRED, 60, 60)
    assert match.repairs == ("militia → self-defence force",)
    assert match.target.text == "The self-defence force is on duty."
    assert [span.text for span in match.terms] == ["self-defence force"]
    assert match.unit.target.text == "The militia is on duty."


def test_term_conflicts_cost_and_are_named():
    with TranslationMemory.open(":memory:", terms=Terms()) as memory:
        memory.add(unit("Lực lượng dân quân trực.", "The people's army is on duty."))
        memory.add(unit("Lực lượng dân quân trực.", "The militia is on duty."))
        good, bad = memory.search("Lực lượng dân quân trực.")
    assert (good.score, good.term_conflicts, [s.text for s in good.terms]) == (100, (), ["militia"])
    assert (bad.score, [str(p) for p in bad.penalties]) == (97, ["term conflict −3"])
    assert [(c.term, c.expected) for c in bad.term_conflicts] == [("dân quân", ("militia",))]


def test_values_of_a_fuzzy_match_are_put_in_and_told():
    with TranslationMemory.open(":memory:") as memory:
        memory.add(
            unit(
                "Khu vực 2 vừa ổn định sau khi sáp nhập, vừa đạt 100% chỉ tiêu.",
                "After the merger Area 2 met 100% of its targets.",
            )
        )
        match = memory.search("Khu vực 5 vừa ổn định, vừa đạt 98% chỉ tiêu.", min_score=50)[0]
    assert match.kind is MatchKind.FUZZY
    assert match.target.text == "After the merger Area 5 met 98% of its targets."
    assert match.repairs == ("2 → 5", "100% → 98%")
    assert [str(p) for p in match.penalties] == ["number −1", "percent −1"]
    assert match.unit.target.text == "After the merger Area 2 met 100% of its targets."
