"""Translation memory: align, keep, search and reuse Vietnamese-English sentence pairs.

>>> from tm import TranslationMemory, TranslationUnit, Segment
>>> memory = TranslationMemory.open(":memory:")
>>> pair = Segment("vi", "Đơn vị sẵn sàng chiến đấu."), Segment("en", "The unit is combat ready.")
>>> memory.add(TranslationUnit(source=pair[0], target=pair[1])) is not None
True
>>> memory.search("Đơn vị sẵn sàng chiến đấu.", lang="vi")[0].target.text
'The unit is combat ready.'

The names below are imported on first use, so that ``import tm`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.align.engine import align, align_segments
    from tm.model import (
        Alignment,
        Bead,
        Match,
        MatchKind,
        Penalty,
        Provenance,
        Segment,
        TranslationUnit,
        UnitStatus,
    )
    from tm.store import TranslationMemory
    from tm.terms import TermSource

_PLACES = {
    "align_segments": "align.engine",
    "TranslationMemory": "store",
    "TermSource": "terms",
}

__all__ = [
    "Alignment",
    "Bead",
    "Match",
    "MatchKind",
    "Penalty",
    "Provenance",
    "Segment",
    "TermSource",
    "TranslationMemory",
    "TranslationUnit",
    "UnitStatus",
    "align",
    "align_segments",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "align":
        return import_module(f"{__name__}.align")  # a package that can be called, see there
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'model')}"), name)
