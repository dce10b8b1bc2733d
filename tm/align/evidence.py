"""Which features of the two sides mean each other, how often such a link holds, and what a hit is worth.

For a feature *t* of one side and a window *W* of the other the evidence is ``log(1 - λ + λ·m/b)``: *m*
tells whether a partner of *t* stands in *W*, *b* how often one stands in any window (so that a word met
everywhere proves nothing), λ how far the partner of *t* can be relied on. A feature without any partner
in the other document has no opinion: its term is log 1 = 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from termbase.text.syllable import is_syllable
from tm.align.features import SegmentFeatures
from tm.align.lexicon import Lexicon

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CLASSES = {"number": 0.85, "name": 0.7, "term": 0.7, "mark": 0.35, "lexicon": 0.55, "equal": 0.6, "learnt": 0.45}
"""Classes of links, and how far each is relied on before the document has been seen."""

_NAMES = tuple(CLASSES)
_PREFIX_CLASS = {"#": "number", "n": "name", "t": "term", "p": "mark"}
_VIRTUAL = 25.0
"""Sentences without the word that are added to a document's own, so that a short one proves little."""
_VIRTUAL_RATE = 0.03
_MOST_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Side:
    """One document: ``sentences[k]`` holds ``features[k]``; sorted by sentence. ``lengths`` in characters."""

    count: int
    vocabulary: dict[str, int]
    sentences: Ints
    features: Ints
    lengths: Floats


def make_side(segments: Sequence[SegmentFeatures]) -> Side:
    """Number the features of a document."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, segment in enumerate(segments):
        for feature in segment.features:
            rows.append(row)
            columns.append(vocabulary.setdefault(feature, len(vocabulary)))
    lengths = np.array([segment.length for segment in segments], dtype=np.float64)
    return Side(len(segments), vocabulary, np.array(rows, np.int64), np.array(columns, np.int64), lengths)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of features that may mean each other: ids, weight 0 to 1, and class (index of ``CLASSES``)."""

    vi: Ints
    en: Ints
    weight: Floats
    kind: Ints


@lru_cache(maxsize=65536)
def _foreign(word: str) -> bool:
    return len(word) >= 3 and word.isascii() and not is_syllable(word)


def make_links(vi: Side, en: Side, lexicon: Lexicon, learnt: Mapping[tuple[str, str], float]) -> Links:
    """Return the links between two documents: equal features, words of the lexicon, and pairs learnt."""
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for feature, i in vi.vocabulary.items():
        kind, word = feature[0], feature[2:]
        if kind != "w":
            j = en.vocabulary.get(feature)
            if j is not None:
                found[i, j] = (1.0, _NAMES.index(_PREFIX_CLASS[kind]))
            continue
        for rendering in lexicon.links.get(word, ()):
            j = en.vocabulary.get(f"w:{rendering}")
            if j is not None:
                found[i, j] = (1.0, _NAMES.index("lexicon"))
        if _foreign(word) and (j := en.vocabulary.get(feature)) is not None:
            found[i, j] = (1.0, _NAMES.index("equal"))
    _add_learnt(found, vi, en, learnt)
    pairs = np.array(list(found), np.int64).reshape(-1, 2)
    values = np.array(list(found.values()), np.float64).reshape(-1, 2)
    return Links(pairs[:, 0], pairs[:, 1], values[:, 0], values[:, 1].astype(np.int64))


def _add_learnt(
    found: dict[tuple[int, int], tuple[float, int]], vi: Side, en: Side, learnt: Mapping[tuple[str, str], float]
) -> None:
    kind = _NAMES.index("learnt")
    for (source, target), weight in learnt.items():
        i, j = vi.vocabulary.get(f"w:{source}"), en.vocabulary.get(f"w:{target}")
        if i is not None and j is not None and (i, j) not in found:
            found[i, j] = (weight, kind)


@dataclass(frozen=True, slots=True)
class Hits:
    """Source sentences in which a target feature has a partner: (sentence, feature, strength 0 to 1), sorted."""

    sentences: Ints
    features: Ints
    strength: Floats


@dataclass(frozen=True, slots=True)
class Direction:
    """Evidence of the sentences of ``target`` about windows of ``source``."""

    source: Side
    target: Side
    hits: Hits
    background: Floats
    trust: Floats


def make_direction(source: Side, target: Side, links: tuple[Ints, Ints, Floats], trust: Floats) -> Direction:
    """Find where the features of ``target`` have partners; ``links`` are (source, target, weight)."""
    hits = find_hits(source, len(target.vocabulary), links)
    totals = np.bincount(hits.features, hits.strength, minlength=len(target.vocabulary))
    rate = (totals + _VIRTUAL * _VIRTUAL_RATE) / (source.count + _VIRTUAL)
    known = totals > 0
    return Direction(source, target, hits, np.where(known, rate, 1.0), np.where(known, trust, 0.0))


def find_hits(source: Side, targets: int, links: tuple[Ints, Ints, Floats]) -> Hits:
    """Return, for each sentence of ``source``, the target features that have a partner in it."""
    order = np.argsort(links[0], kind="stable")
    first, second, weight = links[0][order], links[1][order], links[2][order]
    starts = np.searchsorted(first, np.arange(len(source.vocabulary) + 1))
    counts = starts[source.features + 1] - starts[source.features]
    places = expand(starts[source.features], counts)
    keys = np.repeat(source.sentences, counts) * targets + second[places]
    return _summed(keys, weight[places], targets)


def _summed(keys: Ints, weights: Floats, targets: int) -> Hits:
    """Add up equal keys, at most to 1."""
    if not len(keys):
        return Hits(keys, keys, weights)
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    strength = np.minimum(np.add.reduceat(weights, firsts), 1.0)
    sentences, features = np.divmod(keys[firsts], targets)
    return Hits(sentences, features, strength)


def expand(starts: Ints, counts: Ints) -> Ints:
    """Return the concatenation of the ranges that begin at ``starts``.

    >>> expand(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    total = int(counts.sum())
    before = np.concatenate(([0], np.cumsum(counts)[:-1])) if len(counts) else counts
    return np.arange(total, dtype=np.int64) + np.repeat(starts - before, counts)


def window_hits(hits: Hits, size: int, targets: int) -> Hits:
    """Return the hits of windows of ``size`` sentences, named by their first."""
    if size == 1:
        return hits
    keys = np.concatenate([(hits.sentences - back) * targets + hits.features for back in range(size)])
    weights = np.tile(hits.strength, size)
    inside = keys >= 0
    return _summed(keys[inside], weights[inside], targets)


def initial_trust(links: Links, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return λ of each Vietnamese and each English feature before anything is known of the document."""
    rates = np.array(list(CLASSES.values()))[links.kind] * links.weight
    found = (np.zeros(sizes[0]), np.zeros(sizes[1]))
    np.maximum.at(found[0], links.vi, rates)
    np.maximum.at(found[1], links.en, rates)
    return found


def estimated_trust(direction: Direction, prior: Floats, beads: Iterable[tuple[range, range]]) -> Floats:
    """Return λ of the target's features as the beads of the last pass show it; ``prior`` is smoothed in."""
    owner_source = np.full(direction.source.count, -1, np.int64)
    owner_target = np.full(direction.target.count, -1, np.int64)
    for number, (sources, targets) in enumerate(beads):
        owner_source[sources.start : sources.stop] = number
        owner_target[targets.start : targets.stop] = number
    size = len(direction.target.vocabulary)
    if not size:
        return prior
    owner = owner_source[direction.hits.sentences]
    linked = owner >= 0
    keys = owner[linked] * size + direction.hits.features[linked]
    reached = _summed(keys, direction.hits.strength[linked], size)
    met = owner_target[direction.target.sentences]
    paired = met >= 0
    wanted = met[paired] * size + direction.target.features[paired]
    known = reached.sentences * size + reached.features
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    hit = np.where(known[place] == wanted, reached.strength[place], 0.0) if len(known) else np.zeros(len(wanted))
    features = direction.target.features[paired]
    seen = np.bincount(features, minlength=size)
    hits = np.bincount(features, hit, minlength=size)
    rate = hits / np.maximum(seen, 1)
    trust = (rate - direction.background) / np.maximum(1.0 - direction.background, 0.05)
    smoothing = 4.0
    mixed = (np.clip(trust, 0.0, 1.0) * seen + smoothing * prior) / (seen + smoothing)
    return np.clip(np.where(prior > 0, mixed, 0.0), 0.0, _MOST_SURE)
