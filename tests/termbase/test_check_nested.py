"""A rejected rendering of a term inside a longer term of the source is found, once, and repaired."""

from __future__ import annotations

import pytest

from termbase import Termbase
from termbase.check import CheckOptions
from termbase.fix import FixOptions
from termbase.json import concept_from_json

QUICK = CheckOptions(word_check=False)


def concept(id, glossary, vi, *english):
    terms = [{"lang": "vi", "text": vi, "status": "preferred", "part_of_speech": "noun"}]
    for number, text in enumerate(english):
        text, _, status = text.partition("|")
        status = status or ("admitted" if number else "preferred")
        terms.append({"lang": "en", "text": text, "status": status, "part_of_speech": "noun"})
    return {"id": id, "glossary": glossary, "subject_field": "party-org", "terms": terms}


def termbase(glossary):
    return Termbase.from_concepts(
        concept_from_json(row)
        for row in (
            concept("cell", glossary, "chi bộ", "Party cell", "party department|deprecated"),
            concept("head", glossary, "bí thư chi bộ", "Party cell secretary", "Secretary of the Party cell"),
            concept("press", glossary, "phòng báo chí", "party department press room"),
        )
    )


@pytest.mark.parametrize("glossary", ["own", "party"])
@pytest.mark.parametrize(
    ("source", "target", "kinds", "reason"),
    [
        ("Bí thư chi bộ họp.", "The secretary of the party department met.", ["deprecated"], "the inner term is wrong"),
        ("Bí thư chi bộ họp.", "The party department secretary met.", ["deprecated"], "in the other order"),
        ("Bí thư chi bộ họp.", "The Party cell secretary met.", [], "the longer term is right"),
        ("Bí thư chi bộ họp.", "The Party cell secretary met in the party department.", [], "the term is answered"),
        ("Họ họp.", "The party department met.", [], "the source has neither term"),
        ("Bí thư chi bộ và chi bộ.", "The Party cell secretary and the party department.", ["deprecated"], "each once"),
    ],
)
def test_what_is_said_inside_a_longer_term(glossary, source, target, kinds, reason):
    terms = termbase(glossary)
    findings = [f for f in terms.check(source, target, options=QUICK) if str(f.severity) != "note"]
    assert [f.kind for f in findings] == kinds, reason
    assert all(f.source.text == "chi bộ" and f.concept_id == "cell" for f in findings)


def test_words_of_a_longer_accepted_term_are_left():
    target = "The secretary in the party department press room."
    findings = termbase("own").check("Bí thư chi bộ.", target, options=QUICK)
    assert "deprecated" not in [f.kind for f in findings]


def test_the_repair_is_made_although_a_title_may_have_capitals():
    result = termbase("party").fix(
        "Bí thư chi bộ họp.", "The secretary of the party department met.", options=FixOptions(check=QUICK)
    )
    assert result.target == "The secretary of the Party cell met."
