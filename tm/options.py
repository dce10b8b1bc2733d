"""How to search a memory, and which of its units."""

from __future__ import annotations

from dataclasses import dataclass, field

from tm.fuzzy.penalties import Points
from tm.model import InlineCode


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFilter:
    """Which units are meant; an empty field allows all, several words of one field any of them.

    ``since`` and ``until`` are ISO dates, compared with the date of change (or of creation);
    ``until`` includes its day. ``contains`` is a text that source or target holds to the letter.
    """

    memories: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    provenances: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    contains: str = ""
    ids: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether every unit is meant."""
        return self == UnitFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentOptions:
    """Which fragments of a query to give: of ``least_tokens`` and more, at most ``limit`` (``None``: all).

    Each is shown in at most ``units`` units.
    """

    least_tokens: int = 2
    limit: int | None = 20
    units: int = 5
    filter: UnitFilter = UnitFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What a search takes into account beside the text.

    ``previous`` and ``next`` are the neighbouring segments of the query: an exact match between the same
    neighbours scores 101 with one of them, 102 with both. ``codes`` are the inline codes of the query,
    ``None`` where it is plain text that knows of none. ``memory_penalties`` are added to those stored.
    """

    previous: str = ""
    next: str = ""
    codes: tuple[InlineCode, ...] | None = None
    filter: UnitFilter = UnitFilter()
    memory_penalties: tuple[tuple[str, int], ...] = ()
    points: Points = field(default_factory=Points)
    repair: bool = True
