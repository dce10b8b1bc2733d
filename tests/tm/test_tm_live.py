"""An index in memory that has grown answers like one that was built of everything."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.fuzzy import live as live_module
from tm.fuzzy.arrays import ArrayIndex, Segments
from tm.fuzzy.live import LiveIndex
from tm.fuzzy.postings import pack
from tm.fuzzy.score import similarity

WORDS = ["bảng", "bàng", "mở", "tệp", "xóa", "tập", "tin", "colour", "color", "a"]
NUMBERS = {word: number for number, word in enumerate(WORDS, 1)}
sequences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)


def rows(texts, first):
    return [(first + place, pack([NUMBERS[word] for word in text])) for place, text in enumerate(texts)]


def index_of(texts):
    held = rows(texts, 1)
    lengths = array("I", map(len, texts))
    return ArrayIndex(Segments(array("I", [i for i, _ in held]), lengths, b"".join(p for _, p in held)), dict(NUMBERS))


def grown(old, new, portion):
    """An index built of the ``old`` texts that has taken in the ``new`` ones, some at a time."""
    base = index_of(old)
    live = LiveIndex(base, base.texts, len(old))
    for start in range(0, len(new), portion):
        part = new[start : start + portion]
        live.extend(rows(part, len(old) + start + 1), {}, len(old) + start + len(part))
    return live


@pytest.mark.parametrize("loose", [0, 4, 1000])
@settings(max_examples=60, deadline=None)
@given(
    st.lists(sequences, max_size=5),
    st.lists(sequences, max_size=20),
    st.integers(1, 7),
    st.lists(st.sampled_from([*WORDS, "mới", "bang"]), min_size=1, max_size=9),
    st.integers(50, 99),
)
def test_new_segments_are_found_like_old_ones(loose, old, new, portion, query, percent):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_module, "MOST_LOOSE", loose)
        hits = grown(old, new, portion).find(query, percent)
    scores = {number: similarity(query, text) for number, text in enumerate([*old, *new], 1)}
    assert sorted(hits) == [(number, score) for number, score in scores.items() if score >= percent]


def test_a_long_segment_and_one_without_a_known_word_are_found_too():
    long = ["mở", "tệp"] * 1100
    live = grown([], [long, ["bàng"]], 1)
    assert live.find([*long[:-1], "xóa"], 90) == [(1, 99)]
    assert live.find(["bang"], 70) == [(2, 75)]
