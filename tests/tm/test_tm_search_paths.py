"""Every way of searching gives the answers of brute force, pairs exactly on the cutoff included."""

from __future__ import annotations

import importlib.util
import itertools
import random
from array import array
from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import tm.fuzzy.arrays as arrays_module
from tm import store_search
from tm.fuzzy import array_build, array_search
from tm.fuzzy import distance as distance_module
from tm.fuzzy.array_build import MIX, lay_out
from tm.fuzzy.arrays import ArrayIndex, Segments
from tm.fuzzy.bounds import LONGEST_INDEXED, prefix_length
from tm.fuzzy.distance import pure_distance
from tm.fuzzy.postings import elements, order_key, pack
from tm.fuzzy.query import Query
from tm.fuzzy.score import similarity
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

CUTOFFS = range(50, 100, 5)
NUMBA = importlib.util.find_spec("numba") is not None
WAYS = [False, pytest.param(True, marks=pytest.mark.skipif(not NUMBA, reason="numba is not installed"))]
WORDS = "quân đội nhân dân việt nam sẵn sàng chiến đấu bảo vệ tổ quốc bàng bảng băng color colour".split()
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(tuple)


def index_of(sequences, *, compiled):
    vocabulary: dict[str, int] = {}
    for sequence in sequences:
        for key in sequence:
            vocabulary.setdefault(key, len(vocabulary) + 1)
    ids, lengths = array("I", range(1, len(sequences) + 1)), array("I", map(len, sequences))
    packed = b"".join(pack(vocabulary[key] for key in sequence) for sequence in sequences)
    return ArrayIndex(Segments(ids, lengths, packed), vocabulary, compiled=compiled)


def brute(stored, query, percent):
    scores = [(number, similarity(query, sequence)) for number, sequence in enumerate(stored, 1)]
    return {(number, score) for number, score in scores if score >= percent}


def on_the_cutoff(percent, length):
    """A query, and stored segments that are equally long or longer and exactly on the cutoff, above and below."""
    query = tuple(f"w{i}" for i in range(length))
    kept = -(-percent * length // 100)
    changed = tuple(f"x{i}" for i in range(length - kept))
    stored = [query[:kept] + changed, changed + query[length - kept :], query[:kept]]
    if kept > 1:
        stored.append((*query[: kept - 1], "y", *changed))
    return query, stored


@pytest.mark.parametrize("compiled", WAYS)
@pytest.mark.parametrize("percent", CUTOFFS)
def test_pairs_exactly_on_a_cutoff(percent, compiled):
    on = 0
    for length in (*range(1, 48), 60, 63, 64, 65, 100, 127, 128, 129, 200):
        query, stored = on_the_cutoff(percent, length)
        found = set(index_of(stored, compiled=compiled).find(query, percent))
        assert found == brute(stored, query, percent), (percent, length)
        on += sum(score == percent for _, score in found)
    assert on


@pytest.mark.parametrize("compiled", WAYS)
@settings(max_examples=80, deadline=None)
@given(stored=st.lists(words, min_size=1, max_size=25), query=words, percent=st.integers(50, 100))
def test_arrays_equal_brute_force_at_any_cutoff(compiled, stored, query, percent):
    found = index_of(stored, compiled=compiled).find(query, percent)
    assert len(found) == len(set(found))
    assert set(found) == brute(stored, query, percent)


@pytest.mark.parametrize("compiled", WAYS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 30), size=st.sampled_from([3, 8, 20, 60, 150]), percent=st.integers(50, 100))
def test_many_words_share_the_bits_of_a_signature(compiled, seed, size, percent):
    """A vocabulary far beyond the bits: words that only one side has may fall together, and lose no match."""
    rng = random.Random(seed)
    vocabulary = [f"w{number}" for number in range(2000)]
    stored = [tuple(rng.choices(vocabulary, k=rng.randint(max(1, size // 2), 2 * size))) for _ in range(6)]
    query = list(stored[0])
    for place in rng.sample(range(len(query)), rng.randint(0, len(query) // 2)):
        query[place] = rng.choice((*vocabulary, "unknown"))
    stored += [tuple(rng.sample(query, len(query))), tuple(query[1:]), tuple(query * 2)]
    stored = [sequence for sequence in stored if sequence]
    assert set(index_of(stored, compiled=compiled).find(query, percent)) == brute(stored, tuple(query), percent)


@settings(max_examples=80, deadline=None)
@given(
    stored=st.lists(words, min_size=18, max_size=60),
    query=words,
    percent=st.integers(50, 100),
    few=st.sampled_from([0, 1000]),
)
def test_numpy_counts_what_is_shared_before_it_measures(stored, query, percent, few):
    """Counting the tokens of the query in a candidate keeps every match, and is skipped for few candidates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_search, "_FEW", few)
        found = index_of(stored, compiled=False).find(query, percent)
    assert len(found) == len(set(found))
    assert set(found) == brute(stored, query, percent)


tokens = st.lists(
    st.sampled_from([1, 2, 3, 4, 0xD7FF, 0xD800, 0xDFFF, 0x10FFFE, 0x10FFFF, 0x110000, 0x1FFFFF]), max_size=9
)


@settings(max_examples=100, deadline=None)
@given(stored=tokens, asked=tokens.filter(bool), percent=st.integers(1, 100))
def test_packed_tokens_are_compared_as_tokens_are(stored, asked, percent):
    """Ids that are no characters, and words that the memory does not hold, beside the last character."""
    names = {number: f"t{number:x}" for number in {*stored, *asked}}
    query = Query([names[number] for number in asked], {names[n]: n for n in stored}, percent)
    assert query.similarity_packed(pack(stored), names.__getitem__) == query.similarity(stored, names.__getitem__)


@pytest.mark.parametrize("compiled", WAYS)
def test_long_segments_and_repeated_tokens(compiled):
    rng = random.Random(5)
    stored = [tuple(rng.choices("abcdef", k=rng.choice((30, 70, 130, 300)))) for _ in range(60)]
    stored += [("a",) * 2500, ("b",) * 2001, ("a",) * 1999 + ("b",), ("c", "d") * 1100]
    index = index_of(stored, compiled=compiled)
    asked = [stored[3][:-2], stored[-1][:-100], ("a",) * 2400, ("zz",) * 50, ("a", "q") * 1500]
    for query in asked:
        for percent in (50, 70, 85, 95):
            assert set(index.find(query, percent)) == brute(stored, query, percent)


def layout_of(stored, *, compiled):
    tokens = np.array([token for sequence in stored for token in sequence], dtype=np.uint32)
    lengths = np.array([len(sequence) for sequence in stored], dtype=np.int64)
    return lay_out(tokens, lengths, np.argsort(lengths, kind="stable"), compiled=compiled)


def plain_layout(stored):
    """The signatures, and the posting lists by element, as their definitions say."""
    ordered = sorted(stored, key=len)
    weights = Counter(token for sequence in stored for token in sequence)
    signatures, lists = [], {}
    for number, sequence in enumerate(ordered):
        bits = 0
        for token in sequence:
            bits |= 1 << (token * MIX % (1 << 64) >> 57)
        signatures.append([bits % (1 << 64), bits >> 64])
        if len(sequence) > LONGEST_INDEXED:
            continue
        ranked = sorted(elements(sequence), key=lambda element: order_key(element, weights[element // 4096]))
        for position, element in enumerate(ranked[: prefix_length(50, len(sequence))]):
            lists.setdefault(element, []).append((number, len(sequence) - position))
    return ordered, signatures, lists


numbers = st.sampled_from([1, 2, 3, 4, 5, 60, 61, 70_000])
sequences = st.one_of(st.lists(numbers, min_size=1, max_size=9), st.lists(numbers, min_size=30, max_size=90))


@pytest.mark.parametrize("compiled", WAYS)
@settings(max_examples=60, deadline=None)
@given(stored=st.lists(sequences, max_size=30), portion=st.sampled_from([1, 3, 20_000]))
@example(stored=[[7] * 2001, [7] * 2000, [7, 8] * 500, [8], [7, 8, 7]], portion=20_000)
def test_an_index_is_what_its_definition_says(compiled, stored, portion):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_build, "_PORTION", portion)
        patch.setattr(array_build, "_TALLIED", portion)
        layout = layout_of(stored, compiled=compiled)
    ordered, signatures, lists = plain_layout(stored)
    assert layout.tokens.tolist() == [token for sequence in ordered for token in sequence]
    assert layout.signatures.tolist() == signatures
    found = layout.postings
    pairs = list(zip(found.owners.tolist(), found.rests.tolist(), strict=True))
    cuts = itertools.pairwise(found.bounds.tolist())
    cut = {element: pairs[slice(*place)] for element, place in zip(found.elements.tolist(), cuts, strict=True)}
    assert cut == lists
    assert list(cut) == sorted(cut)


@pytest.mark.skipif(not NUMBA, reason="numba is not installed")
def test_both_builders_give_the_same_arrays():
    rng = random.Random(11)
    stored = [tuple(rng.choices(range(1, 80), k=rng.choice((1, 2, 3, 4, 5, 9, 70, 2100)))) for _ in range(300)]
    for held in (stored, []):
        one, other = (layout_of(held, compiled=compiled) for compiled in (False, True))
        arrays = [(*layout[:-1], *layout.postings) for layout in (one, other)]
        for name, first, second in zip((*one._fields[:-1], *one.postings._fields), *arrays, strict=True):
            assert np.array_equal(first, second), name
            assert first.dtype == second.dtype, name


def test_whole_searches_agree_on_every_way(tmp_path, monkeypatch):
    """Pure Python from the database, RapidFuzz from the database, numpy and numba: the same matches in order."""
    rng = random.Random(2)
    sentences = [
        " ".join(rng.choices(WORDS, k=rng.randint(1, 12))) + rng.choice(["", ".", " 5", " 12."]) for _ in range(800)
    ]
    asked = [rng.choice(sentences) for _ in range(25)]
    asked += [" ".join([*text.split()[1:], rng.choice(WORDS)]) for text in asked[:25]]
    memory = TranslationMemory.open(tmp_path / "memory.db")
    memory.import_units(
        TranslationUnit(source=Segment("vi", text), target=Segment("en", f"{i}")) for i, text in enumerate(sentences)
    )

    monkeypatch.setattr(store_search, "LOADED_AFTER", -1)

    def answers():
        return [memory.search(text, "vi", percent, 20) for text in asked for percent in CUTOFFS]

    from_database = answers()
    assert sum(map(len, from_database)) > 500
    monkeypatch.setattr(distance_module, "_chosen", [pure_distance])
    assert answers() == from_database
    monkeypatch.undo()
    monkeypatch.setattr(arrays_module, "numba_installed", lambda: False)
    memory.load("vi")
    assert answers() == from_database
    if NUMBA:
        monkeypatch.setattr(arrays_module, "numba_installed", lambda: True)
        monkeypatch.setattr(arrays_module, "COMPILED_FROM", 1)
        memory.load("vi")
        assert answers() == from_database


def test_the_choice_of_the_way(monkeypatch):
    """Small memories and machines without numba are searched without it."""
    stored = [("a", "b"), ("a", "c")]
    assert type(index_of(stored, compiled=None)._way).__name__ == "ArraySearch"
    monkeypatch.setattr(arrays_module, "COMPILED_FROM", 2)
    monkeypatch.setattr(arrays_module, "numba_installed", lambda: False)
    assert type(index_of(stored, compiled=None)._way).__name__ == "ArraySearch"
    if NUMBA:
        monkeypatch.setattr(arrays_module, "numba_installed", lambda: True)
        assert type(index_of(stored, compiled=None)._way).__name__ == "CompiledSearch"
