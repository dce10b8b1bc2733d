"""Keys, distances, bounds and scores: the filter must lose nothing at any cutoff."""

from __future__ import annotations

import json
import random
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text.normalize import normalize
from tm.fuzzy.arrays import ArrayIndex, Segments
from tm.fuzzy.bounds import allowed_distance, length_window, prefix_length
from tm.fuzzy.distance import distance, edit_script, pure_distance
from tm.fuzzy.keys import compare_keys, cut, key_tokens, pieces, surfaces, valued_pieces
from tm.fuzzy.penalties import Points, compare, text_penalties
from tm.fuzzy.postings import build_bulk, build_pure, elements, pack
from tm.fuzzy.score import similarity

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tm_fuzzy.json").read_text(encoding="utf-8"))
CUTOFFS = range(50, 100, 5)
WORDS = [f"w{i}" for i in range(12)]
sequences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14)


@pytest.mark.parametrize("case", CASES["similarity"], ids=lambda c: c["reason"])
def test_similarity(case):
    a, b = (compare_keys(normalize(case[side]), case["lang"]) for side in "ab")
    assert similarity(a, b) == case["expected"]
    assert similarity(b, a) == case["expected"]


@pytest.mark.parametrize("case", CASES["penalties"], ids=lambda c: c["reason"])
def test_penalties(case):
    found = text_penalties(compare(normalize(case["old"]), normalize(case["new"]), case["lang"]), Points())
    assert "; ".join(map(str, found)) == case["expected"]


@given(st.lists(st.integers(0, 5), max_size=90), st.lists(st.integers(0, 5), max_size=90))
def test_pure_distance_is_that_of_the_library(a, b):
    assert pure_distance(a, b) == distance(a, b)


def by_table(old, new):
    """The steps by the whole table of distances, walked back: like tokens, then a change, a deletion, an insertion."""
    cost = [[distance(old[:i], new[:j]) for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    i, j = len(old), len(new)
    steps = []
    while i or j:
        if i and j and old[i - 1] == new[j - 1]:
            op, a, c = "equal", i - 1, j - 1
        elif i and j and cost[i][j] == cost[i - 1][j - 1] + 1:
            op, a, c = "replace", i - 1, j - 1
        elif i and (not j or cost[i][j] == cost[i - 1][j] + 1):
            op, a, c = "delete", i - 1, j
        else:
            op, a, c = "insert", i, j - 1
        if steps and steps[-1][0] == op:
            steps[-1] = (op, a, steps[-1][2], c, steps[-1][4])
        else:
            steps.append((op, a, i, c, j))
        i, j = a, c
    return steps[::-1]


few = st.lists(st.sampled_from("abc"), max_size=9)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.tuples(few, few), st.tuples(few, st.lists(st.sampled_from("cde"), max_size=9))))
def test_edit_script_takes_the_steps_of_the_whole_table(pair):
    """The short ways for equal ends, one side alone and nothing in common are those of the long way, both ways round."""
    for old, new in (pair, pair[::-1]):
        if old[:1] != new[:1] and old[-1:] != new[-1:]:  # equal tokens at the ends are set beside each other first
            joined = ["x", *old, "y", "z"], ["x", *new, "y", "z"]
            assert edit_script(old, new) == by_table(old, new)
            assert edit_script(*joined) == by_table(*joined)
        joined = ["p", *old, "q"], ["r", *new, "s"]
        assert edit_script(*joined) == by_table(*joined)


@given(sequences, sequences)
def test_edit_script_has_the_cost_of_the_distance(a, b):
    script = edit_script(a, b)
    assert sum(max(i1 - i0, j1 - j0) for op, i0, i1, j0, j1 in script if op != "equal") >= distance(a, b)
    costs = {"equal": 0, "replace": 1, "insert": 1, "delete": 1}
    assert sum(costs[op] * max(i1 - i0, j1 - j0) for op, i0, i1, j0, j1 in script) == distance(a, b)
    rebuilt = [x for op, i0, i1, j0, j1 in script for x in (a[i0:i1] if op == "equal" else b[j0:j1])]
    assert rebuilt == b


@given(sequences, sequences, st.sampled_from(CUTOFFS))
def test_bounds_admit_every_match(a, b, percent):
    """Every pair at or above the cutoff lies in the window, the distance, and shares a prefix element."""
    if similarity(a, b) < percent:
        return
    least, most = length_window(percent, len(a))
    assert least <= len(b) <= most
    assert distance(a, b) <= allowed_distance(percent, len(a), len(b))
    if len(a) == 1:
        return
    order = {word: i for i, word in enumerate(WORDS)}
    first, second = (sorted(elements([order[w] for w in s]))[: prefix_length(percent, len(s))] for s in (a, b))
    assert set(first) & set(second)


def test_both_builders_give_the_same_postings():
    rng = random.Random(3)
    weights = [rng.randrange(50) for _ in range(30)]
    for length in (1, 2, 3, 4, 5, 9, 30):
        rows = [(i, pack(rng.choices(range(1, 40), k=length))) for i in range(1, 60)]
        bulk = list(build_bulk([i for i, _ in rows], b"".join(d for _, d in rows), length, weights))
        assert bulk == list(build_pure(rows, weights))
        assert bulk


def index_of(sequences_):
    vocabulary: dict[str, int] = {}
    for sequence in sequences_:
        for key in sequence:
            vocabulary.setdefault(key, len(vocabulary) + 1)
    ids = array("I", range(1, len(sequences_) + 1))
    lengths = array("I", map(len, sequences_))
    packed = b"".join(pack(vocabulary[key] for key in sequence) for sequence in sequences_)
    return ArrayIndex(Segments(ids, lengths, packed), vocabulary)


@settings(max_examples=60)
@given(st.lists(sequences, min_size=1, max_size=25), sequences, st.sampled_from(CUTOFFS))
def test_array_index_equals_brute_force(stored, query, percent):
    found = {(hit.segment, hit.similarity) for hit in index_of(stored).find(query, percent)}
    scores = {(i, similarity(query, sequence)) for i, sequence in enumerate(stored, 1)}
    assert found == {(i, score) for i, score in scores if score >= percent}


def test_array_index_rescues_single_tokens():
    index = index_of([("bảng",), ("bàng",), ("color",), ("cửa", "sổ")])
    assert [(h.segment, h.similarity) for h in index.find(("bang",), 70)] == [(1, 75), (2, 75)]
    assert [(h.segment, h.similarity) for h in index.find(("colour",), 80)] == [(3, 83)]


@given(st.text(alphabet="aăâbcđ 12.,-/()“”'\u0301\u0323ÀỎỹY\n", max_size=60), st.sampled_from(["vi", "en"]))
def test_surfaces_are_places_in_the_text(text, lang):
    text = normalize(text)
    assert tuple(token.key for token in key_tokens(text, lang)) == compare_keys(text, lang)
    for found in (surfaces(text, lang), key_tokens(text, lang)):
        position = 0
        for surface in found:
            assert position <= surface.start < surface.end <= len(text)
            position = surface.end


words = st.sampled_from(
    [
        "đội",
        "Kỹ",
        "ngày",
        "22-12-1944",
        "5",
        "tháng",
        "năm",
        "7h30",
        "triệu",
        "d’Arc",
        "e\u0301",
        "km",
        "–",
        ",",
        "%",
        "_",
        "XIII",
    ]
)


@given(st.lists(words, max_size=10).map(" ".join), st.sampled_from(["vi", "en"]))
def test_pieces_are_the_text_cut_at_its_tokens(text, lang):
    """The short ways that make no places are those of the tokens with places, values included."""
    assert pieces(text, lang)[:2] == cut(text, key_tokens(text, lang))[:2]
    held, values = valued_pieces(text, lang)
    tokens = surfaces(text, lang)
    assert held == cut(text, tokens)
    assert values == {place: token.value for place, token in enumerate(tokens) if token.value}
    assert "".join(held.parts) == text


def test_texts_that_differ_are_never_exact():
    """Keys see classes only: whatever else differs must cost a point."""
    texts = [f"ngày {d} tháng {m} năm 1944" for d in (5, 31, 45) for m in (2, 12, 99)]
    texts += ["22/12/1944", "19/5/1890", "1.000 km", "1,000 km", "7h30", "8h", "5%", "5"]
    for old in texts:
        for new in texts:
            if old != new and compare_keys(old, "vi") == compare_keys(new, "vi"):
                assert text_penalties(compare(old, new, "vi"), Points()), (old, new)
