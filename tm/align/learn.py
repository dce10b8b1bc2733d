"""Word pairs learnt from aligned beads: IBM model 1 in both directions (Brown et al. 1993), in numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tm.align.evidence import Floats, Ints

WordPairs = Sequence[tuple[Sequence[str], Sequence[str]]]
_ROUNDS = 4
_MOST_CELLS = 4_000_000
_LEAST_SUPPORT = 1.3
_LEAST_WEIGHT = 0.12


def learn_pairs(beads: WordPairs) -> dict[tuple[str, str], float]:
    """Return word pairs that occur together in two beads or more, each with a weight from 0 to 1.

    The weight is the geometric mean of both directions' probabilities, lowered where support is small.
    Long input is thinned evenly to bound time and memory.

    >>> beads = [(["chó", "sủa"], ["dog", "bark"]), (["chó", "ăn"], ["dog", "eat"]), (["mèo", "ăn"], ["cat", "eat"])]
    >>> sorted(pair for pair, weight in learn_pairs(beads * 2).items() if weight > 0.4)
    [('chó', 'dog'), ('ăn', 'eat')]
    """
    sources = [list(dict.fromkeys(vi)) for vi, _ in beads]
    targets = [list(dict.fromkeys(en)) for _, en in beads]
    cells = sum(len(vi) * len(en) for vi, en in zip(sources, targets, strict=True))
    step = max(1, -(-cells // _MOST_CELLS))
    sources, targets = sources[::step], targets[::step]
    left, right = _numbered(sources), _numbered(targets)
    table = _Table(_ids(sources, left), _ids(targets, right))
    if not len(table.keys):
        return {}
    forward, support = table.estimate(table.source)
    backward, other = table.estimate(table.target)
    support = np.minimum(support, other)
    weight = np.sqrt(forward * backward) * np.clip((support - 0.5) / (support + 0.5), 0.0, 1.0)
    good = (support >= _LEAST_SUPPORT) & (weight >= _LEAST_WEIGHT)
    names = list(left), list(right)
    return {
        (names[0][key // table.width], names[1][key % table.width]): float(value)
        for key, value in zip(table.keys[good].tolist(), weight[good], strict=True)
    }


def _numbered(sides: Sequence[Sequence[str]]) -> dict[str, int]:
    """Number the words that stand in two beads or more, but not in nearly all."""
    counts = Counter(word for words in sides for word in words)
    most = max(4.0, 0.3 * len(sides))
    kept = (word for word, count in counts.items() if 2 <= count <= most)
    return {word: number for number, word in enumerate(kept)}


def _ids(sides: Sequence[Sequence[str]], numbers: dict[str, int]) -> list[Ints]:
    return [np.array([numbers[word] for word in words if word in numbers], np.int64) for words in sides]


class _Table:
    """All pairs of words that meet in a bead: ``cells`` numbers the pair of each meeting."""

    def __init__(self, sources: Sequence[Ints], targets: Sequence[Ints]) -> None:
        self.width = 1 + max((int(ids.max()) for ids in targets if len(ids)), default=0)
        pairs = [(s[:, None] * self.width + t).ravel() for s, t in zip(sources, targets, strict=True)]
        every = np.concatenate(pairs) if pairs else np.zeros(0, np.int64)
        self.keys, self.cells = np.unique(every, return_inverse=True)
        self.source = self._groups(
            [np.repeat(np.arange(len(s)), len(t)) for s, t in zip(sources, targets, strict=True)]
        )
        self.target = self._groups([np.tile(np.arange(len(t)), len(s)) for s, t in zip(sources, targets, strict=True)])

    @staticmethod
    def _groups(parts: Sequence[Ints]) -> Ints:
        """Number the words of all beads on: meetings of one word of one bead share a number."""
        sizes = [int(part.max()) + 1 if len(part) else 0 for part in parts]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])) if sizes else np.zeros(0)
        shifted = [part + int(start) for part, start in zip(parts, starts, strict=True)]
        return np.concatenate(shifted) if shifted else np.zeros(0, np.int64)

    def estimate(self, given: Ints) -> tuple[Floats, Floats]:
        """Return probability and expected count of each pair, words of the ``given`` grouping explained."""
        by_source = given is self.source
        owner = self.keys % self.width if by_source else self.keys // self.width
        chance = np.full(len(self.keys), 1.0)
        count = chance
        null = 0.1
        for _ in range(_ROUNDS):
            weight = chance[self.cells]
            total = np.bincount(given, weight) + null * (1.0 if chance is count else 0.05)
            count = np.bincount(self.cells, weight / total[given], minlength=len(self.keys))
            chance = count / np.bincount(owner, count)[owner]
        return chance, count
