"""Internal matches of an analysis: segments of the job that are alike one another ("homogeneity")."""

from __future__ import annotations

from collections.abc import Iterable

from tm.fuzzy.penalties import Points
from tm.model import Segment, TranslationUnit
from tm.options import SearchOptions
from tm.store import TranslationMemory

LEAST = 50
"""Scores below are no match."""


class InternalMatches:
    """The segments of a job in the order in which they will be translated, each found by the later ones alone.

    >>> found = InternalMatches([Segment("vi", "Giữ vững trận địa."), Segment("vi", "Giữ vững trận địa ấy.")])
    >>> found.score(0), found.score(1)
    (None, 80)
    """

    def __init__(self, segments: Iterable[Segment], points: Points | None = None) -> None:
        self._segments = list(segments)
        self._options = SearchOptions(repair=False, points=points or Points())
        self._memory = TranslationMemory.open(":memory:")
        first: dict[tuple[str, str], int] = {}
        for place, segment in enumerate(self._segments):
            if segment.text.strip():
                first.setdefault((segment.lang, segment.text), place)
        self._memory.import_units(
            TranslationUnit(
                source=Segment(lang, text), target=Segment("en" if lang == "vi" else "vi", text), position=place
            )
            for (lang, text), place in first.items()
        )
        self._memory.load()

    def score(self, place: int) -> int | None:
        """Return the best score of the segment at ``place`` against those before it."""
        segment = self._segments[place]
        found = self._memory.search(segment.text, segment.lang, LEAST, None, options=self._options)
        earlier = (m for m in found if m.unit.source.lang == segment.lang and (m.unit.position or 0) < place)
        return max((match.score for match in earlier), default=None)
