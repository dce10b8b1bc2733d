from __future__ import annotations

import pytest
from sample_concepts import RANK, TENURE

from termbase.errors import UsageError
from termbase.model import AdministrativeStatus, Concept, Term
from termbase.profiles import PROFILES, apply_profile, get_profile

S = AdministrativeStatus


def statuses(concept):
    return {term.text: str(term.status) for term in concept.terms if term.lang == "en"}


def test_without_a_profile_the_house_is_preferred_and_nothing_rejected():
    seen = statuses(apply_profile(RANK, None))
    assert seen["Colonel"] == "preferred"
    assert seen["Senior Colonel"] == "admitted"


@pytest.mark.parametrize(
    ("name", "preferred", "rejected"), [("mod", "Colonel", "Senior Colonel"), ("qdnd", "Senior Colonel", "Colonel")]
)
def test_a_profile_rejects_the_terms_of_the_other(name, preferred, rejected):
    concept = apply_profile(RANK, PROFILES[name])
    assert concept.preferred("en").text == preferred
    term = next(term for term in concept.terms if term.text == rejected)
    assert term.status is S.DEPRECATED
    assert f"not under {name}" in term.note


def test_own_term_of_a_profile_goes_before_the_general_one():
    concept = Concept(
        id="c", terms=(Term(text="general", lang="en"), Term(text="special", lang="en", profiles=("qdnd",)))
    )
    assert statuses(apply_profile(concept, PROFILES["qdnd"])) == {"general": "admitted", "special": "preferred"}
    assert statuses(apply_profile(concept, PROFILES["mod"])) == {"general": "preferred", "special": "deprecated"}


def test_the_only_term_of_a_language_is_never_rejected():
    concept = Concept(id="c", terms=(Term(text="special", lang="en", profiles=("qdnd",)),))
    assert statuses(apply_profile(concept, PROFILES["mod"])) == {"special": "preferred"}


def test_spelling_follows_the_profile_and_rejected_terms_stay():
    concept = Concept(
        id="c",
        terms=(
            Term(text="national defence", lang="en"),
            Term(text="national defence thing", lang="en", status=S.DEPRECATED),
        ),
    )
    texts = [term.text for term in apply_profile(concept, PROFILES["qdnd"]).terms]
    assert texts == ["national defense", "national defence thing"]
    assert apply_profile(concept, PROFILES["mod"]) is concept


def test_terms_that_become_equal_are_one():
    concept = Concept(
        id="c", terms=(Term(text="defence", lang="en"), Term(text="defense", lang="en", status=S.ADMITTED))
    )
    assert [t.text for t in apply_profile(concept, PROFILES["qdnd"]).terms] == ["defense"]


def test_a_concept_without_profiles_is_returned_as_it_is():
    assert apply_profile(TENURE, None) is TENURE


def test_unknown_profile_names_the_known():
    with pytest.raises(UsageError, match="known: mod, qdnd"):
        get_profile("bbc")
