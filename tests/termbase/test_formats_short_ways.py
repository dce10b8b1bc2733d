"""Where a writer looks once and goes a short way, the result is that of the long way."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.formats.base import WriteOptions
from termbase.formats.fields import ERASERS, reduce, restructured
from termbase.formats.guard import guard, guarded
from termbase.formats.registry import FORMATS, write
from termbase.formats.services import write as write_service
from termbase.model import LANGUAGES, AdministrativeStatus, Concept, PartOfSpeech, Term
from termbase.text.keys import strip_marks

cells = st.lists(st.text("'=+-@\t\r\n\0a＝ ", max_size=4), max_size=6)
statuses = st.sampled_from([AdministrativeStatus.PREFERRED, AdministrativeStatus.ADMITTED, *AdministrativeStatus])
terms = st.builds(
    Term,
    text=st.sampled_from(["Đảng ủy", "Đảng", "Party", "QP&AN", "=1"]),
    lang=st.sampled_from(LANGUAGES),
    status=statuses,
    part_of_speech=st.sampled_from([None, PartOfSpeech.NOUN]),
    profiles=st.sampled_from([(), (), (), ("mod",)]),
)
concepts = st.lists(terms, max_size=5).map(lambda made: Concept(id="c1", terms=tuple(made)))


@given(cells)
def test_a_row_is_guarded_as_its_cells_are(row):
    assert list(guarded(row)) == [guard(cell) for cell in row]


def without_statuses(concept: Concept) -> tuple[Term, ...]:
    """By language, accepted terms only, the first one of each preferred and the others admitted."""
    chosen = [term for lang in LANGUAGES for term in concept.accepted(lang)]
    firsts = [concept.accepted(lang)[0] for lang in LANGUAGES if concept.accepted(lang)]
    return tuple(
        Term(
            text=term.text,
            lang=term.lang,
            status=AdministrativeStatus.PREFERRED
            if any(term is first for first in firsts)
            else AdministrativeStatus.ADMITTED,
            part_of_speech=term.part_of_speech,
            profiles=term.profiles,
        )
        for term in chosen
    )


@given(concepts)
def test_terms_without_statuses(concept):
    assert ERASERS["status"](concept).terms == without_statuses(concept)


@pytest.mark.parametrize("name", [name for name, spec in FORMATS.items() if spec.writes and name != "xlsx"])
@settings(max_examples=15, deadline=None)
@given(made=st.lists(concepts, min_size=1, max_size=3))
def test_what_a_format_does_not_hold_may_stay_in(name, made):
    """Writers get such fields unemptied; what they write is what they would write without them."""
    spec = FORMATS[name]
    emptied = [reduce(concept, spec.holds) for concept in made]
    assert len(restructured(made, spec.holds)) == len(made)
    assert written(made, name) == written(emptied, name)


def written(made: list[Concept], name: str) -> bytes:
    out = BytesIO()
    write(made, out, name)
    return out.getvalue()


@given(st.text("aáăđĐ ñ\u0301\u0323ß’Å한", max_size=6))
def test_marks_are_stripped_letter_by_letter(text):
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    expected = unicodedata.normalize("NFC", plain).replace("đ", "d").replace("Đ", "D")
    assert strip_marks(text) == expected


@pytest.mark.parametrize(("length", "kept"), [(50, True), (66, True), (67, False)])
def test_a_text_is_measured_in_bytes(length, kept):
    """Amazon takes 200 bytes: sixty-six letters of three bytes each, of one byte many more."""
    pair = (Term(text="ờ" * length, lang="vi"), Term(text="a" * 200, lang="en"))
    out = BytesIO()
    write_service([Concept(id="c1", terms=pair)], out, WriteOptions(variant="amazon"))
    assert ("ờ" in out.getvalue().decode()) is kept
