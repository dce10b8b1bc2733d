"""One document in numbers: which sentence holds which feature."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.align.features import SegmentFeatures

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """``sentences[k]`` holds ``features[k]``, sorted by sentence; ``lengths`` are in characters.

    ``vocabulary`` numbers the features; ``words`` tells which of them are words. ``kinds`` tells of each
    sentence what it is (:mod:`tm.align.kinds`).
    """

    vocabulary: dict[str, int]
    words: npt.NDArray[np.bool_]
    sentences: Ints
    features: Ints
    lengths: Floats
    kinds: Ints

    @property
    def count(self) -> int:
        """The number of sentences."""
        return len(self.lengths)

    def part(self, which: range) -> Side:
        """Return some of the sentences, numbered from 0, with the vocabulary of all."""
        first, last = np.searchsorted(self.sentences, (which.start, which.stop))
        sentences = self.sentences[first:last] - which.start
        inside = slice(which.start, which.stop)
        held = self.vocabulary, self.words, sentences, self.features[first:last]
        return Side(*held, self.lengths[inside], self.kinds[inside])


def make_side(segments: Iterable[SegmentFeatures]) -> Side:
    """Number the features of a document.

    >>> side = make_side([SegmentFeatures(("w:army",), 4)])
    >>> side.count, side.vocabulary
    (1, {'w:army': 0})
    """
    vocabulary: dict[str, int] = {}
    rows, columns, lengths, kinds = array("q"), array("q"), array("d"), array("q")
    for row, segment in enumerate(segments):
        lengths.append(segment.length)
        kinds.append(segment.kind)
        rows.extend([row] * len(segment.features))
        columns.extend([vocabulary.setdefault(feature, len(vocabulary)) for feature in segment.features])
    words = np.array([feature.startswith("w:") for feature in vocabulary], np.bool_)
    return Side(vocabulary, words, _ints(rows), _ints(columns), np.array(lengths, np.float64), _ints(kinds))


def _ints(values: array[int]) -> Ints:
    return np.array(values, np.int64)


def expand(starts: Ints, counts: Ints) -> Ints:
    """Return the concatenation of the ranges that begin at ``starts``.

    >>> expand(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    total = int(counts.sum())
    before = np.concatenate(([0], np.cumsum(counts)[:-1])) if len(counts) else counts
    return np.arange(total, dtype=np.int64) + np.repeat(starts - before, counts)
