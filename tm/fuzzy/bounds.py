"""The integer bounds of the lossless filter.

With *n* and *m* tokens, L = max(n, m), and similarity 1 − d / L for the token edit distance *d*, a pair
reaches *p* per cent exactly when d ≤ L − ⌈p·L / 100⌉. No float ever decides, so a pair exactly on the
cutoff is kept.

Elements
    The k-th occurrence of a token is an element of its own, which turns a multiset of tokens into a set;
    one edit destroys at most one shared element, so a pair that reaches *p* shares at least ⌈p·L / 100⌉.
Prefixes
    With all elements in one fixed order, rarest first, two sets of *n* and *m* that share at least *o*
    share one of the first n − o + 1 of the one and the first m − o + 1 of the other (Chaudhuri, Ganti and
    Kaushik, ICDE 2006; Bayardo, Ma and Srikant, WWW 2007). Frequent elements thus are hardly ever read.
Short segments
    A pair of up to four tokens that differ by the spelling of one is *rescued* by its characters
    (:mod:`tm.fuzzy.score`); the bounds allow for it.
"""

from __future__ import annotations

LOWEST_INDEXED = 50
"""The least cutoff, in per cent, that the posting lists answer; below it every unit is compared."""

RESCUE_LENGTH = 4
"""Most tokens of a segment that can be rescued by its characters."""

LONGEST_INDEXED = 2000
"""Most tokens of a segment that is posted; the few longer ones are always compared."""


def ceil_percent(percent: int, count: int) -> int:
    """Return ⌈percent · count / 100⌉ in integers.

    >>> ceil_percent(70, 10), ceil_percent(70, 11)
    (7, 8)
    """
    return -(-percent * count // 100)


def allowed_distance(percent: int, first: int, second: int) -> int:
    """Return the greatest token distance at which lengths ``first`` and ``second`` can be a match.

    >>> allowed_distance(80, 5, 5), allowed_distance(80, 5, 4), allowed_distance(90, 3, 3)
    (1, 1, 1)
    """
    longer = max(first, second)
    allowed = longer - ceil_percent(percent, longer)
    return max(allowed, 1) if first == second <= RESCUE_LENGTH else allowed


def length_window(percent: int, count: int) -> tuple[int, int]:
    """Return the least and the greatest length that can reach ``percent`` against ``count`` tokens.

    >>> length_window(70, 10)
    (7, 14)
    """
    return ceil_percent(percent, count), 100 * count // percent


def needed_shared(percent: int, first: int, second: int) -> int:
    """Return how many elements segments of lengths ``first`` and ``second`` share at least when they match.

    >>> needed_shared(70, 10, 12), needed_shared(90, 3, 3)
    (9, 2)
    """
    longer = max(first, second)
    shared = ceil_percent(percent, longer)
    if first == second <= RESCUE_LENGTH:
        shared = min(shared, first - 1)
    return max(shared, 1)


def prefix_length(percent: int, count: int) -> int:
    """Return how many of the rarest elements of a segment of ``count`` must be looked at.

    >>> prefix_length(70, 10), prefix_length(100, 3)
    (4, 2)
    """
    return count - needed_shared(percent, count, count) + 1


def longest_from(percent: int, count: int, rank: int) -> int:
    """Return the greatest length of a match whose first shared element has the place ``rank`` (from 0).

    Only ``count - rank`` elements of the query can be shared then; a longer segment must share more.

    >>> [longest_from(70, 10, rank) for rank in range(4)]
    [14, 12, 11, 10]
    """
    return max(100 * (count - rank) // percent, count)


def entry_limit(position: int, count: int) -> int:
    """Return the greatest cutoff at which the element at ``position`` (from 0) lies in the prefix.

    >>> [entry_limit(position, 10) for position in range(5)]
    [100, 90, 80, 70, 60]
    >>> all(
    ...     (entry_limit(j, m) >= p) == (j < prefix_length(p, m))
    ...     for p in range(50, 101)
    ...     for m in range(1, 40)
    ...     for j in range(m)
    ... )
    True
    """
    if position == 0 or (count <= RESCUE_LENGTH and position <= 1):
        return 100
    return 100 * (count - position) // count
