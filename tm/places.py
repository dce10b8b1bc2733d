"""Where a phrase stands in the memory, and what renders it: what concordance and fragments have in common."""

from __future__ import annotations

from dataclasses import dataclass

from tm.model import TranslationUnit


@dataclass(frozen=True, slots=True)
class PhrasePlace:
    """Where a phrase stands in a unit: ``text[start:end]`` of its side in the language ``lang``.

    ``counterpart`` is the likely rendering, a span of ``other`` in code points, with its ``confidence``, 0 to 1;
    ``None`` where there is no evidence.
    """

    unit: TranslationUnit
    lang: str
    text: str
    start: int
    end: int
    other: str
    counterpart: tuple[int, int] | None = None
    confidence: float = 0.0

    @property
    def rendering(self) -> str:
        """The words of the counterpart, ``""`` where it is not known."""
        return self.other[slice(*self.counterpart)] if self.counterpart else ""
