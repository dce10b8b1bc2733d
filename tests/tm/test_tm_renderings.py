"""Terms of the query in the suggestion: a rendering counts in any form and order, a break is named."""

from __future__ import annotations

import pytest

from termbase import Termbase
from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, Term, TermType
from tm import Provenance, Segment, TranslationMemory, TranslationUnit
from tm.commands.near_terms import NearTerms, first_words


def concept(name, vi, *english, kind=TermType.FULL_FORM, part=PartOfSpeech.NOUN, bad=()):
    rejected = [Term(text=t, lang="en", status=AdministrativeStatus.DEPRECATED, part_of_speech=part) for t in bad]
    accepted = [Term(text=t, lang="en", type=kind, part_of_speech=part) for t in english]
    return Concept(id=name, terms=(Term(text=vi, lang="vi"), *accepted, *rejected))


CONCEPTS = (
    concept("don-vi", "đơn vị", "unit", kind=TermType.SHORT_FORM),
    concept("hanh-quan", "hành quân", "march", kind=TermType.SHORT_FORM, part=PartOfSpeech.VERB),
    concept("bo-chi-huy", "Bộ Chỉ huy quân sự tỉnh", "provincial Military Command", "Military Command of the province"),
    concept("chi-bo", "chi bộ", "Party cell", bad=["cell branch"]),
    concept("dan-quan", "dân quân", "militia"),
)

CASES = [
    (
        "Đơn vị nghỉ.",
        "The units rest.",
        [],
        ["units"],
        "an everyday word counts where the query asks for it, in the plural",
    ),
    ("Họ hành quân đêm.", "They marched by night.", [], ["marched"], "a verb counts in the past"),
    (
        "Bộ Chỉ huy quân sự tỉnh Long Sơn họp.",
        "The Military Command of Long Son province met.",
        [],
        [],
        "the words of an accepted rendering are all there, with a name between them",
    ),
    ("Chi bộ họp.", "The cell branch met.", ["Chi bộ"], [], "a deprecated rendering is a conflict"),
    ("Dân quân họp.", "The people's army met.", ["Dân quân"], [], "another word is a conflict"),
    (
        "Dân quân và đơn vị họp.",
        "The militia met.",
        ["đơn vị"],
        ["militia"],
        "a term left out is one, the other is marked",
    ),
]


@pytest.mark.parametrize(("query", "target", "conflicts", "marked", "reason"), CASES, ids=[case[-1] for case in CASES])
@pytest.mark.parametrize("near", [False, True], ids=["termbase", "near terms"])
def test_terms_of_a_suggestion(query, target, conflicts, marked, reason, near):
    terms = Termbase.from_concepts(CONCEPTS)
    source = NearTerms(terms, first_words(terms.concepts)) if near else terms
    with TranslationMemory.open(":memory:", terms=source) as memory:
        memory.add(TranslationUnit(source=Segment("vi", query), target=Segment("en", target)))
        match = memory.search(query)[0]
    assert [conflict.term for conflict in match.term_conflicts] == conflicts
    assert match.score == 100 - 3 * len(conflicts)
    assert [span.text for span in match.terms] == marked
    assert all(target[span.start : span.end] == span.text for span in match.terms)


def test_of_equal_matches_a_person_s_comes_before_one_of_unknown_hand():
    pair = Segment("vi", "Giữ chốt.")
    with TranslationMemory.open(":memory:") as memory:
        for target, made, provenance in (
            ("Old", "2020-01-01T00:00:00Z", Provenance.HUMAN),
            ("Nobody's", "2025-01-01T00:00:00Z", Provenance.UNKNOWN),
            ("New", "2024-01-01T00:00:00Z", Provenance.HUMAN),
        ):
            memory.add(TranslationUnit(source=pair, target=Segment("en", target), created=made, provenance=provenance))
        found = memory.search("Giữ chốt.")
    assert [match.target.text for match in found] == ["New", "Old", "Nobody's"]


SHIPS = (
    concept("tau-ngam", "tàu ngầm", "submarine"),
    concept("tau-ho-ve", "tàu hộ vệ", "frigate"),
    concept("su-doan", "sư đoàn", "division", kind=TermType.SHORT_FORM),
    concept("lu-doan", "lữ đoàn", "brigade", kind=TermType.SHORT_FORM),
    concept("dai-doi", "đại đội", "company", kind=TermType.SHORT_FORM),
)


@pytest.mark.parametrize(
    ("old", "target", "query", "expected", "reason"),
    [
        ("Tàu ngầm ra khơi.", "Submarine put to sea.", "Tàu hộ vệ ra khơi.", "Frigate put to sea.", "a longer term"),
        (
            "Tàu hộ vệ ra khơi.",
            "A frigate put to sea.",
            "Tàu ngầm ra khơi.",
            "A submarine put to sea.",
            "a shorter one",
        ),
        ("Các sư đoàn đi.", "The divisions left.", "Các lữ đoàn đi.", "The brigades left.", "an everyday word"),
        ("Đại đội thăm công ty.", "The unit saw the company.", "Lữ đoàn thăm công ty.", None, "company is a firm here"),
    ],
)
def test_a_term_takes_the_place_of_another(old, target, query, expected, reason):
    with TranslationMemory.open(":memory:", terms=Termbase.from_concepts(SHIPS)) as memory:
        memory.add(TranslationUnit(source=Segment("vi", old), target=Segment("en", target)))
        match = memory.search(query, min_score=30)[0]
    assert match.target.text == (expected or target)
    assert (match.kind.value == "repaired") is (expected is not None)
