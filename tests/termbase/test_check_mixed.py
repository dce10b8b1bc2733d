"""Own terms beside the shipped glossaries, lists after a plural, and very long segments."""

from __future__ import annotations

import time

import pytest

from termbase import Termbase
from termbase.check import CheckOptions
from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, Term

QUICK = CheckOptions(word_check=False)


def concept(identifier, vi, en, *rejected, part=PartOfSpeech.NOUN):
    wrong = [Term(text=t, lang="en", status=AdministrativeStatus.DEPRECATED, part_of_speech=part) for t in rejected]
    best = Term(text=en, lang="en", status=AdministrativeStatus.PREFERRED, part_of_speech=part)
    name = Term(text=vi, lang="vi", status=AdministrativeStatus.PREFERRED, part_of_speech=part)
    return Concept(id=identifier, terms=(name, best, *wrong), glossary="own")


OWN = [
    concept("post", "sở chỉ huy", "command post", "command office"),
    concept("zone", "khu vực phòng thủ", "defensive area", "protected region"),
    concept("advise", "tham mưu", "advise", part=PartOfSpeech.VERB),
    concept("battalion", "tiểu đoàn", "battalion", "small regiment"),
]
SMALL = Termbase.from_concepts(OWN)


@pytest.fixture(scope="module")
def mixed():
    return Termbase.from_concepts([*OWN, *Termbase.bundled().concepts])


def kinds(terms, source, target):
    return [(f.kind, f.concept_id) for f in terms.check(source, target) if str(f.severity) != "note"]


def test_an_own_term_stands_where_a_shipped_one_crosses_it(mixed):
    # The shipped "các sở" (departments) would take the first two syllables.
    assert kinds(mixed, "Các sở chỉ huy.", "All command offices.") == [("deprecated", "post")]


def test_an_own_term_within_an_unrendered_shipped_one_is_asked_for(mixed):
    assert kinds(mixed, "Diễn tập khu vực phòng thủ.", "A drill was held.") == [("missing", "zone")]
    assert kinds(mixed, "Diễn tập khu vực phòng thủ.", "A defensive area drill was held.") == []


def test_a_short_own_term_in_a_longer_word_is_not_meant():
    assert kinds(SMALL, "Tham mưu trưởng phát biểu.", "The Chief of Staff spoke.") == []
    assert kinds(SMALL, "Tham mưu trưởng tham mưu cho Tư lệnh.", "The Chief of Staff advises the Commander.") == []
    assert kinds(SMALL, "Cơ quan tham mưu cho Tư lệnh.", "The office spoke to the Commander.") == [
        ("missing", "advise")
    ]


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("Tiểu đoàn 4 và Tiểu đoàn 5.", "Battalions 4 and 5.", 0),
        ("Tiểu đoàn 4, Tiểu đoàn 5 và Tiểu đoàn 6.", "Battalions 4 and 5.", 1),
        ("Tiểu đoàn bộ binh và tiểu đoàn pháo binh.", "The infantry and artillery battalions.", 0),
        ("Tiểu đoàn 4. Tiểu đoàn 5.", "The battalions left.", 1),
        ("Tiểu đoàn 4 và Tiểu đoàn 5.", "Battalion 4.", 1),
    ],
)
def test_a_plural_with_a_list_answers_each_that_it_names(source, target, missing):
    found = [f for f in SMALL.check(source, target, options=QUICK) if f.kind == "missing"]
    assert len(found) == missing


def test_wrong_words_beside_the_right_ones_are_reported_once_each():
    source, target = "Tiểu đoàn đã đến.", "The battalion came; the small regiment left; the small regiments rest."
    assert [f.target.text for f in SMALL.check(source, target) if f.kind == "deprecated"] == [
        "small regiment",
        "small regiments",
    ]
    assert SMALL.fix(source, target).target == "The battalion came; the battalion left; the battalions rest."


@pytest.mark.parametrize(
    ("target", "fixed"),
    [
        ("the small regiments’ staff", "the battalions’ staff"),
        ("the ‘small regiments’ of old", "the ‘battalions’ of old"),
    ],
)
def test_possessives_and_quotes_stay(target, fixed):
    assert SMALL.fix("Các tiểu đoàn.", target).target == fixed


def test_the_possessive_mark_follows_the_new_plural():
    men = [concept("man", "quân nhân", "serviceman", "soldier lad"), concept("lad", "tân binh", "recruit", "new man")]
    terms = Termbase.from_concepts(men)
    assert terms.fix("Các quân nhân.", "The soldier lads' pay.").target == "The servicemen's pay."
    assert terms.fix("Các tân binh.", "The new men’s pay.").target == "The recruits’ pay."
    # The mark may close a quotation.
    assert terms.fix("Các quân nhân.", "The 'soldier lads' are here.").target == "The 'soldier lads' are here."


def used(terms, count):
    source = "Sở chỉ huy của Tiểu đoàn 4 ở khu vực phòng thủ, cơ quan tham mưu đầy đủ. " * count
    target = "The command post of small regiment 4 was there, fully staffed. " * count
    started = time.process_time()
    terms.check(source, target, options=QUICK)
    return time.process_time() - started


def test_the_time_for_one_long_segment_grows_with_its_length(mixed):
    used(mixed, 10)
    # The machine may slow down in one of the measurements: growth by the square is 64 in each of them.
    assert min(used(mixed, 1600) / max(used(mixed, 200), 0.02) for _ in range(4)) < 20


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [
        # A verb in the plural would be left beside a singular.
        ("Quan hệ đối ngoại.", "Outside affairs were discussed.", "Outside affairs were discussed."),
        ("Quan hệ đối ngoại.", "Outside affairs, a pillar.", "Foreign policy, a pillar."),
        # "firmly" would stand twice.
        ("Nắm chắc thời cơ.", "They hold the hour firmly.", "They hold the hour firmly."),
        ("Nắm chắc thời cơ.", "They hold the hour.", "They firmly grasp the moment."),
        # A title keeps its capitals behind a hyphen too.
        ("Đoàn xe chở khách.", "The Bus Delegation Left", "The Passenger-Car Unit Left"),
    ],
)
def test_repairs_agree_with_what_stands_around(source, target, fixed):
    terms = Termbase.from_concepts(
        [
            concept("policy", "quan hệ đối ngoại", "foreign policy", "outside affairs"),
            concept("moment", "nắm chắc thời cơ", "firmly grasp the moment", "hold the hour", part=PartOfSpeech.VERB),
            concept("cars", "đoàn xe chở khách", "passenger-car unit", "bus delegation"),
        ]
    )
    assert terms.fix(source, target).target == fixed
