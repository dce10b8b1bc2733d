"""Values made quickly are those that their class makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.model import Edit, InlineCode, Match, MatchKind, Penalty, Provenance, Segment, TranslationUnit
from tm.quick import maker

quick_segment, quick_unit, quick_match, quick_edit = map(maker, (Segment, TranslationUnit, Match, Edit))
segments = st.builds(Segment, st.sampled_from(["vi", "en"]), st.text(max_size=5))
units = st.builds(TranslationUnit, source=segments, target=segments, provenance=st.sampled_from(Provenance))


def again(quick, value):
    """The value made anew from its fields."""
    return quick(**{field.name: getattr(value, field.name) for field in dataclasses.fields(value)})


@given(segments, units)
def test_quick_values_are_those_of_their_class(segment, unit):
    match = Match(score=90, similarity=91, kind=MatchKind.FUZZY, unit=unit, source=segment, target=unit.target)
    made = (
        (again(quick_segment, segment), segment),
        (again(quick_unit, unit), unit),
        (again(quick_match, match), match),
        (quick_edit("equal", "a", "b"), Edit("equal", "a", "b")),
    )
    for value, expected in made:
        assert type(value) is type(expected)
        assert value == expected
        assert hash(value) == hash(expected)
        assert repr(value) == repr(expected)
        assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == expected
        assert dataclasses.replace(value) == expected
        assert dataclasses.asdict(value) == dataclasses.asdict(expected)
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, "other")


def test_defaults_and_mistakes_are_those_of_the_class():
    unit = TranslationUnit(source=Segment("vi", "đội"), target=Segment("en", "unit"))
    assert quick_unit(source=quick_segment("vi", "đội"), target=Segment("en", "unit")) == unit
    assert quick_segment("vi", "a", (InlineCode(0, "ph", "<ph/>"),)).codes[0].kind == "ph"
    with pytest.raises(TypeError):
        quick_unit(unit.source, unit.target)
    with pytest.raises(TypeError):
        quick_edit("equal", "a")
    assert maker(Penalty)("case", 1) == Penalty("case", 1)
