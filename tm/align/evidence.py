"""Which features of the two sides mean each other, how often such a link holds, and what a hit is worth.

For a feature *t* of one side and a window *W* of the other the evidence is ``log(1 - λ + λ·m/b)``: *m*
tells whether a partner of *t* stands in *W*, *b* how often one stands in any window (so that a word met
everywhere proves nothing), λ how far the partner of *t* can be relied on. A feature without any partner
in the other document has no opinion: its term is log 1 = 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from termbase.text.syllable import is_syllable
from tm.align.learn import LearntPairs
from tm.align.lexicon import Lexicon
from tm.align.sides import Floats, Ints, Side, expand

CLASSES = {
    "number": 0.85,
    "name": 0.7,
    "term": 0.7,
    "mark": 0.35,
    "item": 0.5,
    "lexicon": 0.45,
    "equal": 0.6,
    "learnt": 0.45,
}
"""Classes of links, and how far each is relied on before the document has been seen."""

UNMET = {"number": 0.5, "lexicon": 0.25}
"""The same for numbers and words of the lexicon that have no partner anywhere in the other document."""

_NAMES = tuple(CLASSES)
_PREFIX_CLASS = {"#": "number", "n": "name", "t": "term", "p": "mark", "i": "item"}
_VIRTUAL = 25.0
"""Sentences without the word that are added to a document's own, so that a short one proves little."""
_VIRTUAL_RATE = 0.03
_MOST_SURE = 0.95
_SMOOTHING = 4.0
_CLASS_SMOOTHING = 6.0
_CLASS_BOUNDS = (0.4, 1.6)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of features that may mean each other: ids, weight 0 to 1, and class (index of ``CLASSES``)."""

    vi: Ints
    en: Ints
    weight: Floats
    kind: Ints


NO_LINKS = Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))


@lru_cache(maxsize=65536)
def _foreign(word: str) -> bool:
    return len(word) >= 3 and word.isascii() and not is_syllable(word)


def make_links(vi: Side, en: Side, lexicon: Lexicon, pairs: Mapping[tuple[str, str], float]) -> Links:
    """Return the links known beforehand: equal features, words of the lexicon, and given word pairs."""
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for (source, target), weight in pairs.items():
        i, j = vi.vocabulary.get(f"w:{source}"), en.vocabulary.get(f"w:{target}")
        if i is not None and j is not None:
            found[i, j] = (weight, _NAMES.index("learnt"))
    for feature, i in vi.vocabulary.items():
        for partner, kind in _partners(feature, lexicon):
            j = en.vocabulary.get(partner)
            if j is not None:
                found[i, j] = (1.0, _NAMES.index(kind))
    ids = np.array(list(found), np.int64).reshape(-1, 2)
    values = np.array(list(found.values()), np.float64).reshape(-1, 2)
    return Links(ids[:, 0], ids[:, 1], values[:, 0], values[:, 1].astype(np.int64))


def _partners(feature: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the English features that a Vietnamese one may meet, and the class of that link."""
    kind, word = feature[0], feature[2:]
    if kind != "w":
        yield feature, _PREFIX_CLASS[kind]
        return
    if _foreign(word):
        yield feature, "equal"
    for rendering in lexicon.links.get(word, ()):
        yield f"w:{rendering}", "lexicon"


def unmet_trust(vi: Side, en: Side, lexicon: Lexicon) -> tuple[Floats, Floats]:
    """Return λ of the features that should have a partner if their sentence has one, though none is in sight.

    Numbers, and words that the lexicon knows: where nothing that may render them occurs in the other
    document, their sentence is less likely to have been translated.
    """
    found = []
    for side, known in ((vi, lexicon.links), (en, lexicon.renderings)):
        trust = np.zeros(len(side.vocabulary))
        for feature, number in side.vocabulary.items():
            if feature[0] == "#":
                trust[number] = UNMET["number"]
            elif feature[0] == "w" and feature[2:] in known:
                trust[number] = UNMET["lexicon"]
        found.append(trust)
    return found[0], found[1]


def with_learnt(links: Links, learnt: LearntPairs, width: int) -> Links:
    """Add pairs learnt from the document to the links; what was known before stays as it is."""
    fresh = ~np.isin(learnt.vi * width + learnt.en, links.vi * width + links.en)
    kind = np.full(int(fresh.sum()), _NAMES.index("learnt"), np.int64)
    return Links(
        np.concatenate((links.vi, learnt.vi[fresh])),
        np.concatenate((links.en, learnt.en[fresh])),
        np.concatenate((links.weight, learnt.weight[fresh])),
        np.concatenate((links.kind, kind)),
    )


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
    known = trust > 0
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


def initial_trust(links: Links, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return λ of each Vietnamese and each English feature before anything is known of the document."""
    rates = np.array(list(CLASSES.values()))[links.kind] * links.weight
    found = (np.zeros(sizes[0]), np.zeros(sizes[1]))
    np.maximum.at(found[0], links.vi, rates)
    np.maximum.at(found[1], links.en, rates)
    return found


def kinds_of(links: Links, sizes: tuple[int, int]) -> tuple[Ints, Ints]:
    """Return the class of each Vietnamese and each English feature, that of one of its links; -1 without any."""
    found = np.full(sizes[0], -1), np.full(sizes[1], -1)
    found[0][links.vi] = links.kind
    found[1][links.en] = links.kind
    return found


def estimated_trust(direction: Direction, prior: Floats, kinds: Ints, owners: tuple[Ints, Ints]) -> Floats:
    """Return λ of the target's features as the beads of the last pass show it; ``prior`` is smoothed in.

    So is what the document shows of their class: where list items are numbered otherwise in the
    translation, or names are spelt otherwise, all of that class prove less. ``owners`` give, for each
    sentence of source and target, the number of its bead, -1 for none.
    """
    size = len(direction.target.vocabulary)
    if not size:
        return prior
    prior = prior.copy()
    owner = owners[0][direction.hits.sentences]
    linked = owner >= 0
    keys = owner[linked] * size + direction.hits.features[linked]
    reached = _summed(keys, direction.hits.strength[linked], size)
    met = owners[1][direction.target.sentences]
    features = direction.target.features[met >= 0]
    wanted = met[met >= 0] * size + features
    known = reached.sentences * size + reached.features
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    hit = np.where(known[place] == wanted, reached.strength[place], 0.0) if len(known) else np.zeros(len(wanted))
    seen = np.bincount(features, minlength=size)
    rate = np.bincount(features, hit, minlength=size) / np.maximum(seen, 1)
    trust = np.clip((rate - direction.background) / np.maximum(1.0 - direction.background, 0.05), 0.0, 1.0)
    for kind in range(len(_NAMES)):
        some = kinds == kind
        wanted_of = float((prior[some] * seen[some]).sum())
        got = float((trust[some] * seen[some]).sum())
        prior[some] *= np.clip((got + _CLASS_SMOOTHING) / (wanted_of + _CLASS_SMOOTHING), *_CLASS_BOUNDS)
    prior = np.minimum(prior, _MOST_SURE)
    mixed = (trust * seen + _SMOOTHING * prior) / (seen + _SMOOTHING)
    return np.clip(np.where(prior > 0, mixed, 0.0), 0.0, _MOST_SURE)


def part_of(direction: Direction, source: range, target: range) -> Direction:
    """Return the evidence of a part of both documents; what is known of the features stays that of all."""
    first, last = np.searchsorted(direction.hits.sentences, (source.start, source.stop))
    hits = Hits(
        direction.hits.sentences[first:last] - source.start,
        direction.hits.features[first:last],
        direction.hits.strength[first:last],
    )
    sides = direction.source.part(source), direction.target.part(target)
    return Direction(*sides, hits, direction.background, direction.trust)
