"""One look-up: what the query must share, and the exact comparison of what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from tm.fuzzy.bounds import (
    RESCUE_LENGTH,
    allowed_distance,
    length_window,
    longest_from,
    needed_shared,
    prefix_length,
)
from tm.fuzzy.distance import distance
from tm.fuzzy.postings import OCCURRENCES, element_of, elements, order_key, unpack
from tm.fuzzy.score import similarity_at

UNKNOWN = 1 << 24
"""Ids from here on stand for tokens of a query that the memory does not hold."""


_CHARACTERS = 0x110000
_NO_TOKEN = chr(_CHARACTERS - 1)


class TooManyTokensError(ValueError):
    """A vocabulary is larger than a way of searching can number."""


class Hit(NamedTuple):
    """A stored segment that is alike: its id and the similarity, 0 to 100."""

    segment: int
    similarity: int


@lru_cache(maxsize=4096)
def allowed_distances(percent: int, count: int) -> tuple[int, ...]:
    """Return the allowed distance of ``count`` tokens to a segment of each length that can match.

    >>> allowed_distances(80, 3)
    (0, 0, 0, 1)
    """
    most = length_window(percent, count)[1]
    return tuple(allowed_distance(percent, count, length) for length in range(most + 1))


@lru_cache(maxsize=4096)
def needed_elements(percent: int, count: int) -> tuple[int, ...]:
    """Return how many elements ``count`` tokens share at least with a match of each length.

    >>> needed_elements(80, 3)
    (3, 3, 3, 2)
    """
    most = length_window(percent, count)[1]
    return tuple(needed_shared(percent, count, length) for length in range(most + 1))


@lru_cache(maxsize=4096)
def longest_lengths(percent: int, count: int) -> tuple[int, ...]:
    """Return the greatest length of a match by the place of its first shared element, as far as it may be.

    >>> longest_lengths(70, 10)
    (14, 12, 11, 10)
    """
    return tuple(longest_from(percent, count, rank) for rank in range(prefix_length(percent, count)))


class Query:
    """The tokens of a query, numbered by a memory's vocabulary."""

    def __init__(self, keys: Sequence[str], known: dict[str, int], percent: int) -> None:
        self.keys = tuple(keys)
        self.percent = percent
        self.length = len(self.keys)
        fresh: dict[str, int] = {}
        self.tokens = [known[key] if key in known else fresh.setdefault(key, UNKNOWN + len(fresh)) for key in self.keys]
        self.least, self.most = length_window(percent, self.length)

    @property
    def allowed(self) -> tuple[int, ...]:
        """The allowed distance to a segment of each length, up to the greatest possible."""
        return allowed_distances(self.percent, self.length)

    @property
    def needed(self) -> tuple[int, ...]:
        """The number of shared elements that a match of each length has at least."""
        return needed_elements(self.percent, self.length)

    def prefix(self, weight: Callable[[int], int]) -> list[tuple[int, int]]:
        """Return the known elements of which a match must hold one, rarest first.

        With each comes the greatest length of a match that shares none of those before it. What the memory
        does not hold is rarer than all.
        """
        keyed = [
            order_key(element, weight(element // OCCURRENCES)) if element < UNKNOWN * OCCURRENCES else -1
            for element in elements(self.tokens)
        ]
        keyed.sort()
        longest = longest_lengths(self.percent, self.length)
        return [(element_of(key), most) for key, most in zip(keyed, longest, strict=False) if key >= 0]

    @property
    def scans_single_tokens(self) -> bool:
        """Whether every segment of one token must be compared: one can be rescued without a common token."""
        return self.length == 1

    def similarity(self, tokens: Sequence[int], text_of: Callable[[int], str]) -> int:
        """Return the similarity to stored ``tokens``, 0 where it is below the cutoff."""
        length = len(tokens)
        if not self.least <= length <= self.most:
            return 0
        return self._score(distance(self.tokens, tokens), length, lambda: [text_of(token) for token in tokens])

    def similarity_packed(self, packed: bytes, text_of: Callable[[int], str]) -> int:
        """Return :meth:`similarity` to packed tokens: read as characters, they are compared in a third of the time."""
        length = len(packed) // 4
        if not self.least <= length <= self.most:
            return 0
        try:
            stored = bytes(packed).decode("utf-32-le", "surrogatepass")
        except UnicodeDecodeError:  # a token beyond the last character
            return self.similarity(unpack(packed).tolist(), text_of)
        if _NO_TOKEN in stored:
            return self.similarity(unpack(packed).tolist(), text_of)
        return self._score(distance(self._text, stored), length, lambda: [text_of(ord(token)) for token in stored])

    @cached_property
    def _text(self) -> str:
        return "".join([chr(token) if token < _CHARACTERS else _NO_TOKEN for token in self.tokens])

    def _score(self, steps: int, length: int, texts: Callable[[], list[str]]) -> int:
        if steps > self.allowed[length]:
            return 0
        if steps == 1 and length == self.length <= RESCUE_LENGTH:
            score = similarity_at(1, self.keys, texts())
        else:
            longer = max(length, self.length)
            score = 100 * (longer - steps) // longer
        return score if score >= self.percent else 0
