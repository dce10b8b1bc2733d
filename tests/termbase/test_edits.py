"""Few edits: equal to measuring every key with RapidFuzz."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from termbase.edits import distance, few_edits, nearest
from termbase.index import Index
from termbase.model import Concept, Term

_KEY = (
    st.text("ab n", min_size=4, max_size=10).map(lambda text: " ".join(text.split())).filter(lambda key: len(key) > 3)
)


@settings(max_examples=100, deadline=None)
@given(st.text("abc ", max_size=9), st.text("abc ", max_size=9))
def test_distances_are_those_of_rapidfuzz(one: str, other: str) -> None:
    wanted = OSA.distance(one, other)
    assert distance(one, other) == wanted
    for most in (1, 2):
        assert few_edits(one, other, most) == (wanted if wanted <= most else None)


@pytest.mark.parametrize("most", [1, 2])
@settings(max_examples=60, deadline=None)
@given(st.lists(_KEY, min_size=1, max_size=12, unique=True), st.data())
def test_nearest_finds_all_that_measuring_every_key_finds(most: int, keys: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.one_of(_KEY, st.sampled_from(keys).flatmap(_slips)).filter(lambda key: len(key) > 3))
    index = Index.from_concepts(Concept(id=key, terms=(Term(text=key, lang="vi"),)) for key in keys)
    found = {row.folded: edits for row, edits in _rows(index, nearest(index, wanted, most))}
    measured = {key: int(OSA.distance(wanted, key)) for key in keys}
    assert found == {key: edits for key, edits in measured.items() if edits <= most}
    index.close()


def _rows(index: Index, found: dict[int, int]) -> list[tuple[object, int]]:
    return [(row, found[row.number]) for row in index.numbered(found)]


def _slips(key: str) -> st.SearchStrategy[str]:
    """Swap neighbours at any two places, the edit that a border between pieces would hide."""
    places = st.integers(0, len(key) - 2)
    return st.tuples(places, places).map(lambda both: _swapped(_swapped(key, both[0]), both[1]))


def _swapped(key: str, place: int) -> str:
    return key[:place] + key[place + 1] + key[place] + key[place + 2 :]
