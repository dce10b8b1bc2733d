"""Likelihoods of beads against all paths counted one by one; long runs that are missing on one side."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from tm.align.band import Band, full_band
from tm.align.cells import SHAPES
from tm.align.chances import Gaps, posteriors
from tm.align.engine import AlignOptions, align_segments
from tm.align.lexicon import make_lexicon

GAPS = Gaps(0.2, 0.7)


def every_path(band, node=(0, 0)):
    """Yield the paths from a node to the last as lists of (shape, node)."""
    rows, columns = len(band.low) - 1, int(band.high[-1]) - 1
    if node == (rows, columns):
        yield []
    for place, (a, b) in enumerate(SHAPES):
        i, j = node[0] + a, node[1] + b
        if i <= rows and band.low[i] <= j < band.high[i]:
            yield from ([(place, node), *rest] for rest in every_path(band, (i, j)))


def number_of(band, node):
    return int(band.offsets[node[0]] + node[1] - band.low[node[0]])


def likelihood(band, scores, path):
    """Return the likelihood of one path, and how often sentences without partner begin in it."""
    total, alone, runs = 0.0, False, 0
    for place, node in path:
        nulls = not all(SHAPES[place])
        chance = GAPS.go_on if alone else GAPS.begin
        total += float(scores[place, number_of(band, node)]) + math.log(chance if nulls else 1 - chance)
        runs += nulls and not alone
        alone = nulls
    return math.exp(total), runs


@pytest.mark.parametrize(
    "band",
    [full_band(3, 3), full_band(1, 4), full_band(4, 1), Band(np.array([0, 0, 1, 2]), np.array([2, 4, 4, 5]))],
    ids=["square", "wide", "high", "strip"],
)
def test_likelihoods_are_those_of_all_paths(band):
    scores = np.random.default_rng(5).normal(0.0, 1.0, (len(SHAPES), band.size)).astype(np.float32)
    found, runs = posteriors(band, scores, GAPS)
    wanted = np.zeros_like(scores)
    total = expected = 0.0
    for path in every_path(band):
        chance, begun = likelihood(band, scores, path)
        total += chance
        expected += begun * chance
        for place, node in path:
            wanted[place, number_of(band, node)] += chance
    assert np.allclose(found, wanted / total, atol=1e-5)
    assert runs == pytest.approx(expected / total, abs=1e-4)


# --- documents of which a part is missing -----------------------------------------------------

NO_LEXICON = AlignOptions(lexicon=make_lexicon([]))


def sentences(count):
    """Pairs in two invented languages, some with a name or a number; one word in five is rendered freely."""
    random_ = random.Random(11)
    words = [
        (random_.choice("bcdghklmnt") + random_.choice("aeiou") + random_.choice("cmnpt"), "".join(rendering))
        for rendering in ([*random_.choices("prsvwz", k=3), random_.choice("aeiou")] for _ in range(150))
    ]
    pairs = []
    for _ in range(count):
        chosen = random_.choices(words, [1 / (rank + 5) for rank in range(150)], k=random_.randint(5, 12))
        en = [right if random_.random() < 0.8 else random_.choice(words)[1] for _, right in chosen]
        name = random_.choice([*[""] * 50, " Rokko", " Fylan", " 17", " 240", " 3095"])
        vi = " ".join(left for left, _ in chosen).capitalize()
        pairs.append((f"{vi}{name}.", f"{' '.join(en).capitalize()}{name}."))
    return pairs


@pytest.mark.parametrize("share", [0.25, 0.5])
@pytest.mark.parametrize("place", ["start", "middle", "end"])
@pytest.mark.parametrize("side", ["vi", "en"])
def test_a_long_run_missing_on_one_side_stays_alone(share, place, side):
    """Little is known but what the document teaches, so that leftovers could be paired with anything."""
    count = 300
    pairs = sentences(count)
    size = int(count * share)
    first = {"start": 0, "middle": (count - size) // 2, "end": count - size}[place]
    gone = range(first, first + size)
    vi = [k for k in range(count) if side == "en" or k not in gone]
    en = [k for k in range(count) if side == "vi" or k not in gone]
    beads = align_segments([pairs[k][0] for k in vi], [pairs[k][1] for k in en], options=NO_LEXICON)
    found = {(tuple(vi[i] for i in b.vi), tuple(en[j] for j in b.en)) for b in beads}
    right = {((k,), (k,)) for k in range(count) if k not in gone}
    right |= {((), (k,)) if side == "vi" else ((k,), ()) for k in gone}
    assert len(found & right) >= 0.97 * len(right)
