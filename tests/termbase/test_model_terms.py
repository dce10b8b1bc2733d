"""Which terms of a concept are accepted, rejected and preferred, and the words of the statuses."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from termbase.model import LANGUAGES, AdministrativeStatus, Concept, Term, TermType, Verification

term = st.builds(
    Term,
    text=st.sampled_from(["a", "b", "c"]),
    lang=st.sampled_from(LANGUAGES),
    status=st.sampled_from(AdministrativeStatus),
    type=st.sampled_from(TermType),
)


@given(st.lists(term, max_size=8).map(tuple), st.sampled_from(LANGUAGES))
def test_the_terms_of_a_language_by_status(terms, lang):
    concept = Concept(id="c", terms=terms)
    own = [t for t in terms if t.lang == lang]
    accepted = sorted((t for t in own if t.status.accepted), key=lambda t: t.status.value != "preferred")
    best = sorted((t for t in own if t.status.value == "preferred"), key=lambda t: t.type.abbreviated)
    assert concept.in_language(lang) == tuple(own)
    assert list(map(id, concept.accepted(lang))) == list(map(id, accepted))
    assert list(map(id, concept.rejected(lang))) == [id(t) for t in own if t.status.rejected]
    assert concept.preferred(lang) is (best[0] if best else None)


def test_a_word_of_the_model_is_written_as_itself():
    word = Verification.VERIFIED
    assert (str(word), f"{word}", f"{word:>10}", json.dumps(word)) == (
        "verified",
        "verified",
        "  verified",
        '"verified"',
    )
    assert type(str(word)) is str
    assert repr(word) == "<Verification.VERIFIED: 'verified'>"
