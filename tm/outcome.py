"""What an import did, counted, with what was wrong in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from termbase.errors import Problem

MOST_WARNINGS = 1000
"""Warnings kept in a report; further ones are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of an import; ``read`` is the sum of created, merged, unchanged and skipped.

    ``created`` units were new, ``merged`` ones brought news of a unit that was there, ``unchanged``
    ones nothing, ``skipped`` ones could not be stored, each with a warning.
    """

    read: int = 0
    created: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: int = 0
    warnings: tuple[Problem, ...] = ()
    more_warnings: int = 0

    def to_json(self) -> Mapping[str, Any]:
        """Return the report in the shape of the command line's contract."""
        return {
            "read": self.read,
            "created": self.created,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "warnings": [
                {"path": w.path, "line": w.line, "entry": w.entry, "message": w.message} for w in self.warnings
            ],
            "more_warnings": self.more_warnings,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the memory that can be taken back: an ``import``, ``delete`` or ``move`` of so many ``units``.

    ``made`` is its time, ISO 8601 in UTC; ``note`` says what it was, such as the name of a file.
    """

    number: int
    kind: str
    made: str
    note: str
    units: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A reader's word about its file, in the place where a unit might have come.

    ``skipped`` tells that a unit was left out.
    """

    problem: Problem
    skipped: bool = True
