"""How alike two segments are, in whole per cent rounded down, so that 100 means equal tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from termbase.text.keys import strip_marks
from tm.fuzzy.bounds import RESCUE_LENGTH
from tm.fuzzy.distance import distance

SIGNATURE = "score:1"


def similarity(query: Sequence[str], stored: Sequence[str]) -> int:
    """Return how alike two token sequences are, 0 to 100.

    The measure is 1 − d / L, with *d* the token edit distance and L the longer length. Segments of equal
    length up to four tokens that differ by the spelling or the marks of one token are measured by their
    characters if that is more.

    >>> similarity(["bảo", "vệ", "tổ", "quốc"], ["bảo", "vệ", "nhân", "dân"])
    50
    >>> similarity(["mở", "bảng"], ["mở", "bàng"])
    83
    """
    return similarity_at(distance(query, stored), query, stored)


def similarity_at(steps: int, query: Sequence[str], stored: Sequence[str]) -> int:
    """Return :func:`similarity` for a pair whose token distance is known to be ``steps``."""
    longer = max(len(query), len(stored))
    if not longer:
        return 100
    score = 100 * (longer - steps) // longer
    if steps == 1 and len(query) == len(stored) <= RESCUE_LENGTH:
        return max(score, _rescued(query, stored))
    return score


def _rescued(query: Sequence[str], stored: Sequence[str]) -> int:
    ours, theirs = next((a, b) for a, b in zip(query, stored, strict=True) if a != b)
    steps = respelling(ours, theirs)
    if steps is None:
        return 0
    characters = max(sum(map(len, query)), sum(map(len, stored)))
    return 100 * (characters - steps) // characters


@lru_cache(maxsize=65536)
def respelling(ours: str, theirs: str) -> int | None:
    """Return by how many characters two different tokens differ when one respells the other.

    They are alike but for their marks, or one edit apart and at least four characters long.

    >>> respelling("bảng", "bàng"), respelling("colour", "color"), respelling("năm", "nam"), respelling("ba", "bà")
    (1, 1, 1, 1)
    >>> respelling("ba", "bo") is None
    True
    """
    if _bare(ours) == _bare(theirs):
        return distance(ours, theirs)
    alike = min(len(ours), len(theirs)) >= 4 and abs(len(ours) - len(theirs)) <= 1
    return 1 if alike and distance(ours, theirs) == 1 else None


_bare = lru_cache(maxsize=65536)(strip_marks)


def character_similarity(query: str, stored: str) -> int:
    """Return how alike two texts are by characters, 0 to 100; it only breaks ties.

    >>> character_similarity("sẵn sàng", "sẵn sang")
    87
    """
    longer = max(len(query), len(stored))
    return 100 * (longer - distance(query, stored)) // longer if longer else 100
