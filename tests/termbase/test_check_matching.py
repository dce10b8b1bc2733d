"""Exclusive matching equals brute force, and is exact where first come first served fails."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.checking.matching import WIDE, Candidate, best_matching


def brute(candidates):
    """The best number of mentions and weight over every choice of a span, or none, for each mention."""
    by_mention = {}
    for candidate in candidates:
        by_mention.setdefault(candidate.mention, [None]).append(candidate)
    best = (0, 0)
    for choice in product(*by_mention.values()):
        taken = sorted(((c.start, c.end) for c in choice if c), key=lambda span: span)
        if all(a[1] <= b[0] for a, b in pairwise(taken)):
            best = max(best, (len(taken), sum(c.weight for c in choice if c)))
    return best


SPANS = st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda pair: (pair[0], sum(pair)))
CANDIDATES = st.lists(
    st.builds(
        lambda mention, span, weight: Candidate(mention, span[0], span[1], weight),
        st.integers(0, 4),
        SPANS,
        st.sampled_from([1, 5, 10_000]),
    ),
    max_size=9,
)


@settings(max_examples=100, deadline=None)
@given(CANDIDATES)
def test_equals_brute_force(candidates):
    chosen = best_matching(candidates)
    assert (len(chosen), sum(c.weight for c in chosen.values())) == brute(candidates)
    assert all(mention == c.mention for mention, c in chosen.items())
    spans = sorted((c.start, c.end) for c in chosen.values())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    offered = {(c.mention, c.start, c.end) for c in candidates}
    assert all((c.mention, c.start, c.end) in offered for c in chosen.values())


def test_first_come_first_served_would_fail():
    candidates = [Candidate(0, 0, 10), Candidate(0, 12, 16), Candidate(1, 0, 4), Candidate(2, 6, 10)]
    assert set(best_matching(candidates)) == {0, 1, 2}


def test_equal_mentions_take_spans_in_reading_order():
    candidates = [Candidate(m, s, s + 2) for s in (8, 0, 4) for m in (2, 0, 1)]
    assert [c.start for c in best_matching(candidates).values()] == [0, 4, 8]


def test_a_wide_knot_ends_quickly():
    candidates = [Candidate(m, s, s + 1) for s in range(60) for m in range(WIDE // 40)]
    assert len(best_matching(candidates)) == WIDE // 40
    many = [Candidate(m % 7, s, s + 3) for s in range(70) for m in range(3)]
    assert len(best_matching(many)) == 3
