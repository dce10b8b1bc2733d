"""What an import takes in: batches of units that can be stored, and the account of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from termbase.errors import Problem
from tm.model import TranslationUnit
from tm.outcome import MOST_WARNINGS, ImportReport, Remark
from tm.store_write import Tally

_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 2500
_SAMPLE = 1000
_MOST_CHARACTERS = 20_000_000


class Undo(Exception):  # noqa: N818 - not an error: it ends a dry run
    """Ends a dry run."""


class Intake:
    """Batches of units from a reader, and the counts of what became of them."""

    def __init__(self, memory: str | None) -> None:
        self._memory = memory
        self._counts = {"created": 0, "merged": 0, "unchanged": 0, "skipped": 0}
        self._warnings: list[Problem] = []
        self._more = 0
        self._sample: list[str] = []

    def batches(self, units: Iterable[TranslationUnit | Remark]) -> Iterator[list[TranslationUnit]]:
        """Yield the units that can be stored, by portions."""
        batch: list[TranslationUnit] = []
        source = iter(units)
        while items := list(islice(source, _BATCH - len(batch))):
            taken = self._storable(items)
            for unit in taken[: (_SAMPLE - len(self._sample) + 1) // 2]:
                self._sample += (unit.source.text, unit.target.text)
            batch += [replace(unit, memory=self._memory) for unit in taken] if self._memory else taken
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _storable(self, items: list[TranslationUnit | Remark]) -> list[TranslationUnit]:
        """Return the units that can be stored; take account of the others and of remarks."""
        units = [item for item in items if not isinstance(item, Remark)]
        if len(units) == len(items) and _faultless(units):
            return units
        kept = []
        for item in items:
            if isinstance(item, Remark):
                self._note(item)
            elif fault := fault_of(item):
                self._note(Remark(Problem(message=fault, entry=item.source.text[:60])))
            else:
                kept.append(item)
        return kept

    def count(self, tally: Tally) -> None:
        """Add the outcome of a batch."""
        for name in ("created", "merged", "unchanged"):
            self._counts[name] += len(getattr(tally, name))

    def report(self) -> ImportReport:
        """Return the counts; a text that seems read in the wrong encoding is among the warnings."""
        self._look_for_mojibake()
        total = sum(self._counts.values())
        return ImportReport(read=total, warnings=tuple(self._warnings), more_warnings=self._more, **self._counts)

    def _look_for_mojibake(self) -> None:
        from tm.misread import misread

        message = misread(self._sample[::2], self._sample[1::2])
        if message:
            self._note(Remark(Problem(message=message), skipped=False))

    def _note(self, remark: Remark) -> None:
        self._counts["skipped"] += remark.skipped
        if len(self._warnings) < MOST_WARNINGS:
            self._warnings.append(remark.problem)
        else:
            self._more += 1


def _faultless(units: Sequence[TranslationUnit]) -> bool:
    """Whether :func:`fault_of` finds nothing in any of many units, seen at once."""
    texts = [text for unit in units for text in (unit.source.text, unit.target.text)]
    everything = "\n".join(texts)
    return (
        all(map(str.strip, texts))
        and "\x00" not in everything
        and _encodable(everything)
        and max(map(len, texts)) <= _MOST_CHARACTERS
        and all(unit.source.lang != unit.target.lang for unit in units)
    )


def _encodable(text: str) -> bool:
    """Whether a text has no half of a character; to encode it is faster than to look for one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def fault_of(unit: TranslationUnit) -> str:
    """Return why a unit cannot be stored, ``""`` when it can."""
    for name, segment in (("source", unit.source), ("target", unit.target)):
        if not segment.text.strip():
            return f"the {name} is empty"
        if "\x00" in segment.text:
            return f"the {name} holds a NUL character"
        if _SURROGATE.search(segment.text):
            return f"the {name} holds half a character (a lone surrogate)"
        if len(segment.text) > _MOST_CHARACTERS:
            return f"the {name} has {len(segment.text)} characters, more than {_MOST_CHARACTERS}"
    if unit.source.lang == unit.target.lang:
        return f"source and target are both in {unit.source.lang!r}"
    return ""
