"""Word pairs learnt from aligned beads: IBM model 1 in both directions (Brown et al. 1993), in numpy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tm.align.features import Reading, SegmentFeatures, read_segments
from tm.align.lexicon import Lexicon
from tm.align.sides import Floats, Ints, Side, expand, make_side

_ROUNDS = 4
_MOST_CELLS = 4_000_000
_NULL = 0.1
_MOST_FREQUENT = 0.3
_LEAST_SUPPORT = 1.3
_LEAST_WEIGHT = 0.12


@dataclass(frozen=True, slots=True)
class LearntPairs:
    """Features of both sides that mean each other, by their numbers, and the weight of each pair, 0 to 1."""

    vi: Ints
    en: Ints
    weight: Floats


def learn_words(
    beads: Sequence[tuple[Sequence[str], Sequence[str]]], *, most_frequent: float = _MOST_FREQUENT
) -> dict[tuple[str, str], float]:
    """Return the word pairs of aligned texts that were cut into words, each with a weight from 0 to 1.

    English words come stemmed. Such pairs, from a memory, help to align the next document. Words that stand
    in more than the share ``most_frequent`` of the beads are left out, as they are nearly all particles.

    >>> beads = [(["chó", "sủa"], ["dog", "bark"]), (["chó", "ăn"], ["dog", "eat"]), (["mèo", "ăn"], ["cat", "eat"])]
    >>> sorted(pair for pair, weight in learn_words(beads * 2).items() if weight > 0.4)
    [('chó', 'dog'), ('ăn', 'eat')]
    """
    sides = [
        make_side(SegmentFeatures(tuple(f"w:{word}" for word in dict.fromkeys(bead[side])), 1) for bead in beads)
        for side in (0, 1)
    ]
    return _named(sides[0], sides[1], most_frequent)


def learn_pairs(vi: Side, en: Side, owners: tuple[Ints, Ints], *, most_frequent: float = _MOST_FREQUENT) -> LearntPairs:
    """Return word pairs that occur together in two beads or more.

    ``owners`` give, for each sentence of either side, the number of its bead, -1 for none. The weight is
    the geometric mean of both directions' probabilities, lowered where support is small. Long input is
    thinned evenly to bound time and memory.
    """
    left, right = (_words_of_beads(*held, most_frequent) for held in ((vi, owners[0]), (en, owners[1])))
    table = _Table(left, right, 1 + max(int(part.max(initial=-1)) for part in owners))
    if not len(table.cells):
        return LearntPairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    forward, support = table.estimate(table.by_source, table.sources)
    backward, other = table.estimate(table.by_target, table.targets)
    support = np.minimum(support, other)
    weight = np.sqrt(forward * backward) * np.clip((support - 0.5) / (support + 0.5), 0.0, 1.0)
    good = (support >= _LEAST_SUPPORT) & (weight >= _LEAST_WEIGHT)
    return LearntPairs(table.sources[good], table.targets[good], weight[good])


def _words_of_beads(side: Side, owner: Ints, most_frequent: float) -> tuple[Ints, Ints]:
    """Return (bead, word) for the words that stand in two beads or more but not in very many."""
    chosen = side.words[side.features] & (owner[side.sentences] >= 0)
    size = len(side.vocabulary)
    keys = np.unique(owner[side.sentences[chosen]] * size + side.features[chosen])
    beads, words = np.divmod(keys, max(size, 1))
    counts = np.bincount(words, minlength=size)
    most = max(4.0, most_frequent * len(np.unique(beads)))
    kept = (counts[words] >= 2) & (counts[words] <= most)
    return beads[kept], words[kept]


class _Table:
    """All pairs of words that meet in a bead: ``cells`` numbers the pair of each meeting."""

    def __init__(self, left: tuple[Ints, Ints], right: tuple[Ints, Ints], beads: int) -> None:
        starts = np.searchsorted(right[0], np.arange(beads + 1))
        counts = np.diff(starts)
        meetings = int(counts[left[0]].sum())
        step = max(1, -(-meetings // _MOST_CELLS))
        if step > 1:
            left = left[0][left[0] % step == 0], left[1][left[0] % step == 0]
        sizes = counts[left[0]]
        partner = expand(starts[left[0]], sizes)
        self.by_source = np.repeat(np.arange(len(left[0])), sizes)
        self.by_target = partner
        width = 1 + int(right[1].max(initial=0))
        keys, self.cells = np.unique(left[1][self.by_source] * width + right[1][partner], return_inverse=True)
        self.sources, self.targets = np.divmod(keys, width)

    def estimate(self, given: Ints, words: Ints) -> tuple[Floats, Floats]:
        """Return probability and expected count of each pair.

        ``given`` numbers the occurrence that each meeting explains, ``words`` the word over which the
        probabilities of its pairs add up to 1.
        """
        other = self.targets if words is self.sources else self.sources
        chance = np.full(len(words), 1.0)
        count = chance
        for number in range(_ROUNDS):
            weight = chance[self.cells]
            total = np.bincount(given, weight) + _NULL * (1.0 if not number else 0.05)
            count = np.bincount(self.cells, weight / total[given], minlength=len(words))
            chance = count / np.bincount(other, count)[other]
        return chance, count


def learn_texts(pairs: Iterable[tuple[str, str]], lexicon: Lexicon) -> dict[tuple[str, str], float]:
    """Return the word pairs that aligned sentences teach, such as those of a memory.

    >>> from tm.align.lexicon import make_lexicon
    >>> pairs = [("Tàu đến.", "The ship came."), ("Tàu đi.", "The ship left."), ("Xe đến.", "A car came.")]
    >>> learnt = learn_texts(pairs * 2, make_lexicon([]))
    >>> ("tàu", "ship") in learnt
    True
    """
    reading = Reading(lexicon, None, numbers=False)
    sides = [
        make_side(read_segments(texts, lang, reading))
        for texts, lang in zip(_unzipped(pairs), ("vi", "en"), strict=True)
    ]
    return _named(sides[0], sides[1])


def _unzipped(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    every = list(pairs)
    return [vi for vi, _ in every], [en for _, en in every]


def _named(vi: Side, en: Side, most_frequent: float = _MOST_FREQUENT) -> dict[tuple[str, str], float]:
    owners = np.arange(vi.count)
    learnt = learn_pairs(vi, en, (owners, owners), most_frequent=most_frequent)
    names = [[feature[2:] for feature in side.vocabulary] for side in (vi, en)]
    found = zip(learnt.vi.tolist(), learnt.en.tolist(), learnt.weight.tolist(), strict=True)
    return {(names[0][i], names[1][j]): weight for i, j, weight in found}
