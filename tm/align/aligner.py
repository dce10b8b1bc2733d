"""The passes over a document pair, and what is learnt between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from tm.align.anchors import anchor_points, diagonal_points, strip
from tm.align.band import Band, full_band
from tm.align.blocks import LONGEST, cut_block, split_blocks, steady_nodes, sure_nodes
from tm.align.cells import PRIORS, SHAPES, LengthModel, score_beads
from tm.align.chances import Gaps, posteriors
from tm.align.evidence import (
    Direction,
    Links,
    estimated_trust,
    initial_trust,
    kinds_of,
    make_direction,
    make_links,
    part_of,
    unmet_trust,
    with_learnt,
)
from tm.align.learn import LearntPairs, learn_pairs
from tm.align.model import AlignOptions, Block, Step, owners_of
from tm.align.path import best_path
from tm.align.sides import Floats, Side
from tm.align.similar import SimilarityBlock

PASSES = 3
_SMALL = 60_000
"""Nodes up to which all of a part are looked at: 245 against 245 sentences."""
_MOST = 700_000
_LOPSIDED = 1.15
_PSEUDO = 30.0
_SURE = 0.5
_CLEAR = 0.9
_NEAR = 7
"""Rows and columns beside the last path that are looked at at least."""
_SETTLED = 0.985
_COUNTS = len(SHAPES) + 1
_FIRST_BEGIN, _FIRST_RUN = 0.1, 1.4
"""How often sentences without partner begin after a pair, and how many they are, before the document is seen."""
_RUNS = 3.0
_PIECES = 4.0
_USUAL_LOG = 0.15
"""Log of the length of an English text over that of its Vietnamese."""
_NOT_MISSING = 0.25


class Aligner:
    """What is known of a document pair, better after each pass; ``fixed`` steps rise on both sides."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        texts: tuple[Sequence[str], Sequence[str]],
        fixed: Sequence[Step],
        options: AlignOptions,
    ) -> None:
        self.vi, self.en = sides
        self.texts = texts
        self.fixed = list(fixed)
        self.options = options
        self.shape = self.vi.count, self.en.count
        self.known = make_links(self.vi, self.en, options.lexicon, options.pairs)
        self.unmet = unmet_trust(self.vi, self.en, options.lexicon)
        self.learnt: LearntPairs | None = None
        self.length = _first_length(self.vi, self.en)
        self.priors: Mapping[tuple[int, int], float] = PRIORS
        self.gaps = _first_gaps(self.vi, self.en)
        self.steps: list[Step] = []
        self.directions: tuple[Direction, Direction] | None = None
        self.points: list[tuple[int, int]] = []

    def run(self) -> list[Step]:
        """Return the path of the last pass; a pass that changes next to nothing is the last."""
        for number in range(PASSES):
            before = {step[:4] for step in self.steps}
            self.directions = self._directions(_surely(self.steps) or self.fixed)
            if not self.steps:
                self.points = anchor_points(self.directions[0]) or diagonal_points(self.directions[0])
            expected = self._walk(number)
            if number == PASSES - 1 or _share_of(self.steps, before) >= _SETTLED:
                break
            self._learn(expected)
        if self.options.progress is not None:
            self.options.progress(1.0)
        return self.steps

    def _walk(self, number: int) -> Floats:
        """Find the path of one pass, part by part; return how many beads of each shape, and runs, are expected."""
        expected = np.zeros(_COUNTS)
        steps: list[Step] = []
        outer = split_blocks(self.shape, self.fixed)
        for block, step in zip(outer, [*self.fixed, None], strict=True):
            for part in self._cut(block, number):
                found, counts = self._part(part)
                steps += found
                expected += counts
                self._report(number, part)
            if step is not None:
                steps.append(step)
        self.steps = steps
        return expected

    def _report(self, number: int, part: Block) -> None:
        if self.options.progress is not None:
            done = (part.vi.stop + part.en.stop) / max(sum(self.shape), 1)
            self.options.progress(min((number + done) / PASSES, 0.999))

    def _cut(self, block: Block, number: int) -> list[Block]:
        if len(block.vi) + len(block.en) <= 2 * LONGEST * 1.5:
            return [block]
        if not self.steps:
            slope = self.shape[1] / max(self.shape[0], 1)
            return cut_block(block, steady_nodes(self.points, block, slope), 1.0)
        return cut_block(block, sure_nodes(self.steps, block), 0.5 if number == 1 else 0.75)

    def align_part(self, part: Block) -> list[Step]:
        """Align a part of both documents on its own, with all that is known after :meth:`run`."""
        return self._part(part)[0]

    def affinity(self, part: Block) -> float:
        """Return how surprising it is that so many words of one side have partners on the other."""
        assert self.directions is not None
        english = part_of(self.directions[0], part.vi, part.en)
        shared = np.intersect1d(english.hits.features, english.target.features)
        return float((-np.log(english.background[shared]) * english.trust[shared]).sum())

    def _part(self, part: Block) -> tuple[list[Step], Floats]:
        if not part.vi or not part.en:
            alone = [Step(i, part.en.start, 1, 0, 1.0) for i in part.vi]
            return alone + [Step(part.vi.stop, j, 0, 1, 1.0) for j in part.en], np.zeros(_COUNTS)
        assert self.directions is not None
        english = part_of(self.directions[0], part.vi, part.en)
        vietnamese = part_of(self.directions[1], part.en, part.vi)
        band = self._band(part)
        scores = score_beads(band, (english, vietnamese), self.length, self.priors)
        if self.options.similarity is not None:
            opinion = SimilarityBlock(self.options.similarity, self.texts, part)
            opinion.add_to(scores, band)
        chances, runs = posteriors(band, scores, self.gaps)
        steps = []
        for i, j, place, node in best_path(band, chances):
            a, b = SHAPES[place]
            evidence = float(scores[place, node]) - float(np.log(self.priors[a, b]))
            steps.append(Step(part.vi.start + i, part.en.start + j, a, b, float(chances[place, node]), evidence))
        return steps, np.append(chances.sum(axis=1, dtype=np.float64), runs)

    def _band(self, part: Block) -> Band:
        shape = len(part.vi), len(part.en)
        # Where much is missing on one side the diagonal says nothing: look everywhere while that can be paid.
        most = _SMALL if self.steps or max(shape) <= _LOPSIDED * min(shape) else _MOST
        if (shape[0] + 1) * (shape[1] + 1) <= most:
            return full_band(*shape)
        rows, columns = part.vi.start, part.en.start
        if not self.steps:
            return strip([(i - rows, j - columns) for i, j in self.points if i in part.vi and j in part.en], shape)
        # Between beads that are not sure, such as those near a long run without partner, look wider.
        sure = [(step.i, step.j) for step in self.steps if step.paired and step.chance >= _CLEAR]
        return strip([(i - rows, j - columns) for i, j in sure if i in part.vi and j in part.en], shape, _NEAR)

    def _directions(self, trusted: Sequence[Step]) -> tuple[Direction, Direction]:
        links = self.known
        if self.learnt is not None:
            links = with_learnt(links, self.learnt, len(self.en.vocabulary))
        return self._direction(links, trusted, english=True), self._direction(links, trusted, english=False)

    def _direction(self, links: Links, trusted: Sequence[Step], *, english: bool) -> Direction:
        """Return the evidence of one direction; each feature is trusted as it behaved in the last pass."""
        which = 1 if english else 0
        prior = initial_trust(links, (len(self.vi.vocabulary), len(self.en.vocabulary)))[which]
        prior = np.where(prior > 0, prior, self.unmet[which])
        ends = (links.vi, links.en) if english else (links.en, links.vi)
        sides = (self.vi, self.en) if english else (self.en, self.vi)
        direction = make_direction(*sides, (*ends, links.weight), prior)
        if not trusted:
            return direction
        owners = owners_of(trusted, self.shape)
        kinds = kinds_of(links, (len(self.vi.vocabulary), len(self.en.vocabulary)))[which]
        trust = estimated_trust(direction, prior, kinds, owners if english else (owners[1], owners[0]))
        return replace(direction, trust=trust)

    def _learn(self, expected: Floats) -> None:
        pairs = _surely(self.steps)
        self.learnt = learn_pairs(self.vi, self.en, owners_of(pairs, self.shape))
        self.length = _fitted_length(self.length, self.vi, self.en, pairs)
        self.priors = _fitted_priors(expected[:-1])
        self.gaps = _fitted_gaps(expected)


def _share_of(steps: Sequence[Step], before: AbstractSet[tuple[object, ...]]) -> float:
    """Return the share of the steps that the pass before has found too."""
    return sum(step[:4] in before for step in steps) / max(len(steps), 1)


def _surely(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.paired and step.chance >= _SURE]


def _first_length(vi: Side, en: Side) -> LengthModel:
    """Return the length model before the first pass: half what is usual, half what this document shows.

    Where a part is missing on one side the texts as wholes do not compare, but their sentences do; where
    one translator cuts sentences that the other joins it is the other way round. The more usual one holds.
    """
    sums = np.log([vi.lengths.sum() + 200.0, en.lengths.sum() + 200.0])
    means = np.log([vi.lengths.mean() + 3.0, en.lengths.mean() + 3.0])
    ratio = min((float(sums[1] - sums[0]), float(means[1] - means[0])), key=lambda value: abs(value - _USUAL_LOG))
    chance = float(np.hypot(np.log(vi.lengths + 3.0).std(), np.log(en.lengths + 3.0).std()))
    return LengthModel(float(np.clip((_USUAL_LOG + ratio) / 2, -0.2, 0.45)), 0.28, max(chance, 0.4))


def _fitted_length(old: LengthModel, vi: Side, en: Side, steps: Sequence[Step]) -> LengthModel:
    """Return the length model of this document: median and median deviation, held within bounds."""
    if len(steps) < 5:
        return old
    first, second = (np.concatenate(([0.0], np.cumsum(side.lengths))) for side in (vi, en))
    i, j, a, b = (np.array([step[k] for step in steps]) for k in range(4))
    off = np.log((second[j + b] - second[j] + 3.0) / (first[i + a] - first[i] + 3.0))
    mean = float(np.median(off))
    spread = float(np.clip(1.4826 * np.median(np.abs(off - mean)), 0.12, 0.45))
    trust = len(steps) / (len(steps) + 10.0)
    return LengthModel(trust * mean + (1 - trust) * old.mean, trust * spread + (1 - trust) * old.spread, old.chance)


def _fitted_priors(expected: Floats) -> dict[tuple[int, int], float]:
    """Return how frequent each shape is among pairs in this document, smoothed."""
    counts = {shape: float(count) + _PSEUDO * PRIORS[shape] for shape, count in zip(SHAPES, expected, strict=True)}
    total = sum(count for shape, count in counts.items() if all(shape))
    return {shape: count / total if all(shape) else PRIORS[shape] for shape, count in counts.items()}


def _first_gaps(vi: Side, en: Side) -> Gaps:
    """Return how sentences without partner come in a document of which only the lengths are known."""
    sums = float(vi.lengths.sum()), float(en.lengths.sum() / np.exp(_USUAL_LOG))
    missing = max(0.0, abs(sums[0] - sums[1]) / max(*sums, 1.0) - _NOT_MISSING)
    length = _FIRST_RUN + missing * max(vi.count, en.count) / _PIECES
    return Gaps(_FIRST_BEGIN, 1.0 - 1.0 / length)


def _fitted_gaps(expected: Floats) -> Gaps:
    """Return how sentences without partner come in this document, smoothed."""
    runs = float(expected[-1])
    pairs, alone = (
        float(sum(count for shape, count in zip(SHAPES, expected, strict=False) if all(shape) is kind))
        for kind in (True, False)
    )
    begin = (runs + _PSEUDO * _FIRST_BEGIN) / (pairs + _PSEUDO)
    end = (runs + _RUNS) / (alone + _RUNS * _FIRST_RUN)
    return Gaps(float(np.clip(begin, 0.002, 0.5)), float(np.clip(1.0 - end, 0.3, 0.995)))
