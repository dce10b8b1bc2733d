"""Align a Vietnamese and an English document into sentence pairs.

Three passes. Each scores all beads of a band (:mod:`tm.align.cells`), finds their likelihoods and the
best path (:mod:`tm.align.path`), and learns from it for the next: the length ratio of this document, how
often sentences are merged, how far each word can be relied on, and new word pairs (IBM model 1).

The design follows what the literature found to work: dynamic programming over beads (Gale and Church
1993), a dictionary learnt from the document itself (Varga et al. 2005, hunalign; Moore 2002), anchors that
both sides share, scores compared against chance (Thompson and Koehn 2019).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from termbase.model import Span
from termbase.text.sentences import split_sentences
from tm.align.anchors import first_band
from tm.align.band import Band, band_around, full_band
from tm.align.cells import PRIORS, SHAPES, LengthModel, score_beads
from tm.align.evidence import (
    Direction,
    Floats,
    Side,
    estimated_trust,
    initial_trust,
    make_direction,
    make_links,
    make_side,
)
from tm.align.features import Reading, SegmentFeatures, read_segments
from tm.align.learn import learn_pairs
from tm.align.lexicon import Lexicon, shipped_lexicon
from tm.align.path import best_path, posteriors
from tm.model import Alignment, Bead
from tm.terms import TermSource

_PASSES = 3
_HALF = 14
_SMALL = 60_000
_PSEUDO = 30.0
_SURE = 0.5

Step = tuple[int, int, int, float]
"""A bead of a path: first Vietnamese and first English sentence, index of its shape, likelihood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """How to align.

    ``lexicon`` is the word list, the shipped one by default. ``numbers`` off leaves equal numbers out of
    the evidence. ``pairs`` are word pairs learnt elsewhere (:func:`tm.align.learn.learn_pairs`), such as
    from a memory, with weights from 0 to 1.
    """

    lexicon: Lexicon = field(default_factory=shipped_lexicon)
    numbers: bool = True
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)


def align(
    vi_text: str, en_text: str, terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> Alignment:
    """Align two texts; every sentence of both stands in exactly one bead.

    Sentences are spans into the texts as they came. A bead's ``score`` is the likelihood that it is
    right, 0 to 1; sentences without a partner have beads with one empty side. ``terms`` lets terms of a
    termbase count as evidence: SSCĐ against *combat readiness*.

    >>> found = align("Bộ đội giúp dân. Không ai bị thương.", "Soldiers helped people. Nobody was hurt.")
    >>> [(bead.vi, bead.en) for bead in found.beads]
    [((0,), (0,)), ((1,), (1,))]
    """
    vi, en = split_sentences(vi_text, "vi"), split_sentences(en_text, "en")
    beads = align_segments([span.text for span in vi], [span.text for span in en], terms, options=options)
    return Alignment(tuple(vi), tuple(en), beads)


def align_segments(
    vi: Sequence[str], en: Sequence[str], terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> tuple[Bead, ...]:
    """Align segments that are cut already; every index stands in exactly one bead.

    >>> [(b.vi, b.en) for b in align_segments(["Năm 2025."], ["The year 2025.", "Comment (0)"])]
    [((0,), (0,)), ((), (1,))]
    """
    chosen = options or AlignOptions()
    reading = Reading(chosen.lexicon, terms, chosen.numbers)
    read = read_segments(vi, "vi", reading), read_segments(en, "en", reading)
    if not vi or not en:
        return tuple(Bead((i,), (), 1.0) for i in range(len(vi))) + tuple(Bead((), (j,), 1.0) for j in range(len(en)))
    steps = _Aligner(read, chosen).run()
    return tuple(_bead(step) for step in steps)


def _bead(step: Step) -> Bead:
    i, j, place, chance = step
    a, b = SHAPES[place]
    return Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(min(max(chance, 0.0), 1.0), 4))


class _Aligner:
    """What is known of a document pair, better after each pass."""

    def __init__(self, read: tuple[list[SegmentFeatures], list[SegmentFeatures]], options: AlignOptions) -> None:
        self.read = read
        self.options = options
        self.vi, self.en = make_side(read[0]), make_side(read[1])
        self.shape = self.vi.count, self.en.count
        self.learnt: dict[tuple[str, str], float] = {}
        self.length = _first_length(self.vi, self.en)
        self.priors: Mapping[tuple[int, int], float] = PRIORS
        self.steps: list[Step] = []

    def run(self) -> list[Step]:
        """Return the path of the last pass."""
        for number in range(_PASSES):
            directions = self._directions()
            band = self._band(directions[0])
            scores = score_beads(band, directions, self.length, self.priors)
            chances = posteriors(band, scores)
            self.steps = best_path(band, chances)
            if number < _PASSES - 1:
                self._learn([float(row.sum()) for row in chances])
        return self.steps

    def _directions(self) -> tuple[Direction, Direction]:
        links = make_links(self.vi, self.en, self.options.lexicon, {**self.options.pairs, **self.learnt})
        trust = initial_trust(links, (len(self.vi.vocabulary), len(self.en.vocabulary)))
        english = make_direction(self.vi, self.en, (links.vi, links.en, links.weight), trust[1])
        vietnamese = make_direction(self.en, self.vi, (links.en, links.vi, links.weight), trust[0])
        return self._trusted(english, trust[1], 0), self._trusted(vietnamese, trust[0], 1)

    def _trusted(self, direction: Direction, prior: Floats, side: int) -> Direction:
        """Weigh each feature by how it behaved in the beads of the last pass."""
        if not self.steps:
            return direction
        ranges = [_ranges(step) for step in self.steps if step[3] >= _SURE]
        beads = [(pair[side], pair[1 - side]) for pair in ranges if pair[0] and pair[1]]
        trust = estimated_trust(direction, prior, beads)
        return Direction(direction.source, direction.target, direction.hits, direction.background, trust)

    def _band(self, direction: Direction) -> Band:
        if (self.shape[0] + 1) * (self.shape[1] + 1) <= _SMALL:
            return full_band(*self.shape)
        if not self.steps:
            return first_band(direction)
        return band_around([step[:2] for step in self.steps], self.shape, _HALF)

    def _learn(self, expected: list[float]) -> None:
        pairs = [_ranges(step) for step in self.steps if step[3] >= _SURE]
        pairs = [(vi, en) for vi, en in pairs if vi and en]
        vi, en = self.read
        words = [([w for i in a for w in vi[i].words], [w for j in b for w in en[j].words]) for a, b in pairs]
        self.learnt = learn_pairs(words)
        self.length = _fitted_length(self.length, self.vi, self.en, pairs)
        self.priors = _fitted_priors(expected)


def _ranges(step: Step) -> tuple[range, range]:
    i, j, place, _ = step
    a, b = SHAPES[place]
    return range(i, i + a), range(j, j + b)


def _first_length(vi: Side, en: Side) -> LengthModel:
    usual = 0.15
    ratio = float(np.log((en.lengths.sum() + 200.0) / (vi.lengths.sum() + 200.0)))
    chance = float(np.hypot(np.log(vi.lengths + 3.0).std(), np.log(en.lengths + 3.0).std()))
    return LengthModel(float(np.clip((usual + ratio) / 2, -0.2, 0.45)), 0.28, max(chance, 0.4))


def _fitted_length(old: LengthModel, vi: Side, en: Side, pairs: Sequence[tuple[range, range]]) -> LengthModel:
    """Return the length model of this document: median and median deviation, held within bounds."""
    if len(pairs) < 5:
        return old
    off = np.array([np.log((en.lengths[list(b)].sum() + 3.0) / (vi.lengths[list(a)].sum() + 3.0)) for a, b in pairs])
    mean = float(np.median(off))
    spread = float(np.clip(1.4826 * np.median(np.abs(off - mean)), 0.12, 0.45))
    trust = len(pairs) / (len(pairs) + 10.0)
    return LengthModel(trust * mean + (1 - trust) * old.mean, trust * spread + (1 - trust) * old.spread, old.chance)


def _fitted_priors(expected: Sequence[float]) -> dict[tuple[int, int], float]:
    """Return how often each shape occurs in this document, smoothed; both kinds of null count as one."""
    counts = {shape: count + _PSEUDO * PRIORS[shape] for shape, count in zip(SHAPES, expected, strict=True)}
    alone = (counts[1, 0] + counts[0, 1]) / 2
    counts |= {(1, 0): alone, (0, 1): alone}
    total = sum(counts.values())
    return {shape: count / total for shape, count in counts.items()}


def align_lines(
    vi_text: str, en_text: str, terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> Alignment:
    """Align two texts of which every line that is not blank is one segment already.

    >>> [bead.type for bead in align_lines("Bộ đội. Dân.\\n\\nHết.", "Soldiers. People.\\nThe end.").beads]
    ['1-1', '1-1']
    """
    vi, en = _lines(vi_text), _lines(en_text)
    beads = align_segments([span.text for span in vi], [span.text for span in en], terms, options=options)
    return Alignment(vi, en, beads)


def _lines(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            spans.append(Span(first, first + len(bare), bare))
        start += len(line) + 1
    return tuple(spans)
