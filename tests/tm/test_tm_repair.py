"""Repair: carried over only when it is certain, term conflicts, and the marks of terms."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from termbase.model import AdministrativeStatus, Concept, Term, TermMatch
from tm.fuzzy.penalties import compare
from tm.model import MatchKind, Segment, TranslationUnit
from tm.repair import repair
from tm.store import TranslationMemory

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tm_repair.json").read_text(encoding="utf-8"))


class Terms:
    """A small termbase: finds its terms by their letters."""

    CONCEPTS = tuple(
        Concept(id=vi, terms=(Term(text=vi, lang="vi"), Term(text=en, lang="en"), *(Term(text=t, lang="en", status=AdministrativeStatus.DEPRECATED) for t in bad)))
        for vi, en, bad in [
            ("dân quân", "militia", ("people's army",)),
            ("tự vệ", "self-defence force", ()),
            ("pháo binh", "artillery", ()),
        ]
    )  # fmt: skip

    def recognize(self, text, lang):
        found = [
            TermMatch(start=m.start(), end=m.end(), text=m.group(), lang=lang, concepts=(concept,), terms=(term,))
            for concept in self.CONCEPTS
            for term in concept.in_language(lang)
            for m in re.finditer(re.escape(term.text), text, re.IGNORECASE)
        ]
        return sorted(found, key=lambda match: match.start)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["reason"])
def test_repair(case):
    found = repair(compare(case["old"], case["new"], "vi"), Segment("en", case["target"]), "vi", Terms())
    assert (found.target.text if found else None) == case["expected"]


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
