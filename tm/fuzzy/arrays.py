"""The index of a long-running process: posting lists and segments in arrays.

Segments are numbered by length, so that the lengths a query can match are one run of numbers. The answers
are those of the posting lists in the database, which a short-lived process reads instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termbase.text.keys import strip_marks
from tm.fuzzy.bounds import LONGEST_INDEXED, LOWEST_INDEXED, RESCUE_LENGTH
from tm.fuzzy.postings import OCCURRENCES, prefix_elements
from tm.fuzzy.query import Hit, Query

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SURROGATES = 0xD800
_MANY = 24
_MIX = 0x9E3779B97F4A7C15
_WHOLE = (1 << 64) - 1
MOST_TOKENS = (1 << 20) - 1
"""Greatest token id that a character can stand for; a larger vocabulary stays in the database."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Token sequences in arrays: segment ids, their lengths, and all tokens end to end, in one order."""

    ids: array[int]
    lengths: array[int]
    tokens: bytes


def as_text(tokens: Iterable[int]) -> str:
    """Return token ids as characters, one a token, for quick comparison.

    >>> len(as_text([0, 0xD7FF, 0xD800, 100_000]))
    4
    """
    return "".join([chr(t if t < _SURROGATES else t + 0x800) for t in tokens])


class ArrayIndex:
    """Segments of one language, ready to be searched without the database."""

    def __init__(self, segments: Segments, texts: dict[str, int]) -> None:
        import numpy as np

        self.texts = texts
        self._names: dict[int, str] = {}
        self._alone: dict[str, list[int]] | None = None
        lengths = np.frombuffer(segments.lengths, dtype=np.uint32).astype(np.int64)
        tokens = np.frombuffer(segments.tokens, dtype="<u4")
        order = np.argsort(lengths, kind="stable")
        starts = np.concatenate(([0], np.cumsum(lengths)))
        self._ids = np.frombuffer(segments.ids, dtype=np.uint32)[order].tolist()
        self._lengths = lengths[order]
        counts = np.bincount(tokens, minlength=1) if len(tokens) else np.zeros(1, dtype=np.int64)
        self._weights = counts.astype(np.int64).tolist()
        self._build(tokens, starts[:-1][order], counts.astype(np.int64))
        self._most = int(self._lengths[-1]) if len(order) else 0
        self._first = np.searchsorted(self._lengths, np.arange(self._most + 2)).tolist()

    def _build(self, tokens: NDArray[Any], starts: NDArray[Any], weights: NDArray[Any]) -> None:
        """Cut the segments into groups of one length; each gives its texts and its posted elements."""
        import numpy as np

        found: list[NDArray[Any]] = []
        owners: list[NDArray[Any]] = []
        limits: list[NDArray[Any]] = []
        texts: list[NDArray[Any]] = []
        signatures: tuple[list[NDArray[Any]], ...] = ([], [])
        values, firsts = np.unique(self._lengths, return_index=True)
        ends = [*firsts[1:].tolist(), len(starts)] if len(starts) else []
        for length, first, end in zip(values.tolist(), firsts.tolist(), ends, strict=True):
            rows = tokens[starts[first:end, None] + np.arange(length)]
            texts.append(rows.ravel())
            for half, signature in zip(signatures, _signature(rows), strict=True):
                half.append(signature)
            if length > LONGEST_INDEXED:
                continue
            elements, marks = prefix_elements(rows, weights)
            found.append(elements.ravel())
            owners.append(np.repeat(np.arange(first, end, dtype=np.int32), elements.shape[1]))
            limits.append(np.tile(marks.astype(np.uint8), end - first))
        self._texts = _as_text(texts)
        self._signatures = [_join(half, np.uint64) for half in signatures]
        self._starts = np.concatenate(([0], np.cumsum(self._lengths))).tolist()
        self._group(_join(found, np.int64), _join(owners, np.int32), _join(limits, np.uint8))

    def _group(self, found: NDArray[Any], owners: NDArray[Any], limits: NDArray[Any]) -> None:
        import numpy as np

        order = np.argsort(found, kind="stable")
        found = found[order]
        self._owners, self._limits = owners[order], limits[order]
        self._elements, first = np.unique(found, return_index=True)
        self._bounds = np.concatenate((first, [len(found)]))

    def find(self, keys: Sequence[str], percent: int) -> list[Hit]:
        """Return every segment at or above ``percent``, in the order of the index.

        Raises :class:`ValueError` below 50 per cent, which no posting list answers.
        """
        if percent < LOWEST_INDEXED:
            raise ValueError(f"the index answers from {LOWEST_INDEXED} per cent")
        query = Query(keys, self.texts, percent)
        if not keys:
            return []
        return self._verify(query, self._candidates(query))

    def scan(self, keys: Sequence[str], percent: int) -> list[Hit]:
        """Return :meth:`find` by comparing every segment of a possible length."""
        query = Query(keys, self.texts, percent)
        low, high = self._window(query)
        return self._verify(query, range(low, high))

    def _window(self, query: Query) -> tuple[int, int]:
        if query.least > self._most:
            return 0, 0
        return self._first[query.least], self._first[min(query.most, self._most) + 1]

    def _candidates(self, query: Query) -> Iterable[int]:
        import numpy as np

        low, high = self._window(query)
        alone = self._respelt(query.keys[0]) if query.scans_single_tokens else ()
        wanted = np.array(query.prefix(self._weight), dtype=np.int64)
        places = np.searchsorted(self._elements, wanted)
        parts: list[Any] = [np.arange(max(low, self._first[min(LONGEST_INDEXED, self._most) + 1]), high)]
        for place, element in zip(places.tolist(), wanted.tolist(), strict=True):
            if place == len(self._elements) or self._elements[place] != element:
                continue
            start, end = self._bounds[place], self._bounds[place + 1]
            owners = self._owners[start:end]
            first, last = np.searchsorted(owners, (low, high))
            parts.append(owners[first:last][self._limits[start + first : start + last] >= query.percent])
        return [*self._signed(query, np.concatenate(parts)), *alone]

    def _respelt(self, key: str) -> list[int]:
        """Return the segments of one token that may be rescued: equal without marks, or an edit away.

        Two words are at most one edit apart only if they share a form with at most one letter left out.
        """
        if self._alone is None:
            self._alone = {}
            last = self._first[2] if self._most > 1 else len(self._ids)
            for index in range(self._first[1], last):
                for form in _forms(self._text_at(index)):
                    self._alone.setdefault(form, []).append(index)
        found = {index for form in _forms(key) for index in self._alone.get(form, ())}
        return [index for index in found if self._text_at(index) != key]

    def _text_at(self, index: int) -> str:
        return self._text_of(_tokens(self._texts[self._starts[index]])[0])

    def _weight(self, token: int) -> int:
        return self._weights[token] if token < len(self._weights) else 0

    def _signed(self, query: Query, found: NDArray[Any]) -> list[int]:
        """Keep the candidates whose signature does not prove that too many tokens differ.

        A signature has one bit of 128 for each distinct token; a bit that only one side has is a token that
        only that side has, and each such token costs an edit.
        """
        import numpy as np

        own = [np.uint64(half) for half in _halves(query.tokens)]
        ours, theirs = np.zeros(len(found), dtype=np.uint8), np.zeros(len(found), dtype=np.uint8)
        for half, signature in zip(own, self._signatures, strict=True):
            stored = signature[found]
            ours += _count_bits(half & ~stored)
            theirs += _count_bits(stored & ~half)
        allowed = np.array(query.allowed)[self._lengths[found]]
        return sorted(set(found[np.maximum(ours, theirs) <= allowed].tolist()))

    def _verify(self, query: Query, candidates: Iterable[int]) -> list[Hit]:
        starts, texts, ids = self._starts, self._texts, self._ids
        count, percent, allowed = query.length, query.percent, query.allowed
        chosen = list(candidates)
        stored = [texts[starts[index] : starts[index + 1]] for index in chosen]
        hits = []
        for place, steps in _near(as_text(query.tokens), stored, allowed):
            length = len(stored[place])
            if steps == 1 and length == count <= RESCUE_LENGTH:
                score = query.similarity(_tokens(stored[place]), self._text_of)
            else:
                longer = max(length, count)
                score = 100 * (longer - steps) // longer
            if score >= percent:
                hits.append(Hit(ids[chosen[place]], score))
        return hits

    def _text_of(self, token: int) -> str:
        if not self._names:
            self._names = {identifier: text for text, identifier in self.texts.items()}
        return self._names[token]


def _near(text: str, others: Sequence[str], allowed: Sequence[int]) -> list[tuple[int, int]]:
    """Return the place and the distance of each of ``others`` within the distance allowed for its length.

    Many are compared by one call; distances are whole numbers there too, so that none is lost on a cutoff.
    """
    if len(others) < _MANY:
        from rapidfuzz.distance.Levenshtein import distance

        found = [(place, distance(text, other)) for place, other in enumerate(others)]
        return [(place, steps) for place, steps in found if steps <= allowed[len(others[place])]]
    import numpy as np
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    steps = cdist([text], others, scorer=Levenshtein.distance, score_cutoff=max(allowed), dtype=np.int32)[0]
    most = np.array(allowed)[np.fromiter(map(len, others), dtype=np.int32, count=len(others))]
    near = np.flatnonzero(steps <= most)
    return list(zip(near.tolist(), steps[near].tolist(), strict=True))


def _forms(text: str) -> set[str]:
    """Return the forms under which a word is found by words that may be its respelling."""
    forms = {f"={strip_marks(text)}"}
    if len(text) >= 4:
        forms |= {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}
    return forms


def _signature(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the two halves of the signature of each row of tokens."""
    import numpy as np

    places = (rows.astype(np.uint64) * np.uint64(_MIX)) >> np.uint64(57)
    bits = np.uint64(1) << (places & np.uint64(63))
    low = places < 64
    first, second = (np.bitwise_or.reduce(np.where(half, bits, np.uint64(0)), axis=1) for half in (low, ~low))
    return first, second


def _halves(tokens: Iterable[int]) -> tuple[int, int]:
    """Return :func:`_signature` of one sequence, which is quicker so.

    >>> import numpy as np
    >>> _halves([5, 70_000]) == tuple(int(half[0]) for half in _signature(np.array([[5, 70_000]])))
    True
    """
    bits = 0
    for token in tokens:
        bits |= 1 << ((token * _MIX & _WHOLE) >> 57)
    return bits & _WHOLE, bits >> 64


def _count_bits(values: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    counts: NDArray[Any]
    if hasattr(np, "bitwise_count"):
        counts = np.bitwise_count(values)
    else:  # numpy before 2.0
        counts = np.unpackbits(values.view(np.uint8).reshape(-1, 8), axis=1).sum(axis=1, dtype=np.uint8)
    return counts


def _tokens(text: str) -> list[int]:
    return [code if code < _SURROGATES else code - 0x800 for code in map(ord, text)]


def _join(parts: list[NDArray[Any]], kind: Any) -> NDArray[Any]:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)


def _as_text(parts: list[NDArray[Any]]) -> str:
    import numpy as np

    if not parts:
        return ""
    values = np.concatenate(parts)
    values = np.where(values < _SURROGATES, values, values + 0x800)
    return values.astype("<u4").tobytes().decode("utf-32-le")


__all__ = ["MOST_TOKENS", "OCCURRENCES", "ArrayIndex", "Segments", "as_text"]
