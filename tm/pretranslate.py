"""Filling the untranslated segments of a document from the memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from tm.formats.codes import required, taken_over
from tm.model import Match, MatchKind, Provenance, Segment
from tm.options import SearchOptions
from tm.slots import Document, Fill, Slot
from tm.store import TranslationMemory

LOAD_FROM = 100
"""Segments from which on the index is put in memory first."""

_TRIED = 3
"""Matches whose inline codes are tried; a segment without any takes the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PretranslateOptions:
    """``min_score`` is the least score that is filled in; below 100 the segment is marked fuzzy.

    A machine's pair is never filled in as final. ``search`` bounds which units may serve.
    """

    min_score: int = 100
    search: SearchOptions = field(default_factory=SearchOptions)


@dataclass(frozen=True, slots=True)
class PretranslateReport:
    """What was filled, counted by ``context``, ``exact``, ``repaired``, ``fuzzy``, and what was not:
    ``confirmed``, ``translated``, ``no match``, ``codes differ``, ``other language``.
    """

    segments: int
    counts: dict[str, int]


def pretranslate(
    memory: TranslationMemory, document: Document, options: PretranslateOptions | None = None
) -> tuple[dict[int, Fill], PretranslateReport]:
    """Return translations for the open segments of a document, by their index, and the account.

    Only empty and untranslated segments are filled, and only from matches whose inline codes are those of
    the segment.

    >>> from tm.formats.base import ReadOptions
    >>> from tm.formats.plain import TextDocument
    >>> from tm.model import TranslationUnit
    >>> memory = TranslationMemory.open(":memory:")
    >>> _ = memory.add(TranslationUnit(source=Segment("vi", "Giữ chốt."), target=Segment("en", "Hold.")))
    >>> fills, report = pretranslate(memory, TextDocument.of("Giữ chốt. Khác.".encode(), ReadOptions()))
    >>> [(index, fill.target.text) for index, fill in fills.items()], report.counts
    ([(0, 'Hold.')], {'exact': 1, 'no match': 1})
    """
    chosen = options or PretranslateOptions()
    if chosen.min_score < 100 and len(document.slots) >= LOAD_FROM:
        memory.load(document.slots[0].source.lang)
    fills: dict[int, Fill] = {}
    counts: Counter[str] = Counter()
    for index, slot in enumerate(document.slots):
        if not slot.open:
            counts[slot.state.value] += 1
            continue
        if {slot.source.lang, slot.target.lang} != {"vi", "en"}:
            counts["other language"] += 1
            continue
        fill, reason = _best(memory, document.slots, index, chosen)
        counts[reason] += 1
        if fill is not None:
            fills[index] = fill
    return fills, PretranslateReport(len(document.slots), dict(counts))


def _best(
    memory: TranslationMemory, slots: tuple[Slot, ...], index: int, options: PretranslateOptions
) -> tuple[Fill | None, str]:
    """Return what the best match with known places for the inline codes gives, and its kind or what is wrong."""
    source = slots[index].source
    codes = required(source.codes)
    search = replace(
        options.search,
        previous=slots[index - 1].source.text if index else "",
        next=slots[index + 1].source.text if index + 1 < len(slots) else "",
        codes=codes,
    )
    found = memory.search(source.text, source.lang, options.min_score, _TRIED if codes else 1, options=search)
    wanted = Segment(source.lang, source.text, codes)
    for match in found:
        target = taken_over(wanted, match.source, match.target)
        if target is not None:
            return _fill(match, target), match.kind.value
    return None, "codes differ" if found else "no match"


def _fill(match: Match, target: Segment) -> Fill:
    machine = match.unit.provenance in (Provenance.MACHINE, Provenance.BACK_TRANSLATED)
    sure = match.score >= 100 and match.kind in (MatchKind.EXACT, MatchKind.CONTEXT) and not machine
    origin = match.unit.memory + (f" ({match.unit.provenance.value})" if machine else "")
    return Fill(target, match.score, origin, fuzzy=not sure)
