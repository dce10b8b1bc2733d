"""One plural that names several: *Battalions 4 and 5*, *the infantry and artillery battalions*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termbase.checking.agreement import number_shown

if TYPE_CHECKING:
    from termbase.checking.occurrences import Occurrence, Sense

_NAME = r"(?:(?:Nos?\.\s?)?\d+[A-Z]?|[A-ZĐ][\w’'-]*(?:\s[A-ZĐ][\w’'-]*){0,3})"
_JOINT = r"(?:,\s|,?\s(?:and|or)\s|\s?[&/]\s?|\sto\s)"
_BEHIND = re.compile(rf"\s(?:of\s)?({_NAME}(?:{_JOINT}{_NAME})+)")
_WORD = r"[\w’'-]+(?:\s(?!and\b|or\b)[\w’'-]+)?"
_LAST = r"(?!(?:all|the|other|these|those|its|their|many|several|some|new)\b)[\w’'-]+"
_BEFORE = re.compile(rf"({_WORD}(?:,\s{_WORD})*,?\s(?:and|or|&)\s{_LAST})\s\Z", re.IGNORECASE)
_SPLIT = re.compile(_JOINT)
_REACH = 160


def named_by(occurrence: Occurrence, senses: Sequence[Sense], target: str) -> int:
    """Return how many the words of the target name: more than one for a plural with a list beside it.

    >>> from termbase.checking.occurrences import Occurrence, Sense
    >>> from termbase.model import Term
    >>> senses = (Sense(0, Term(text="battalion", lang="en"), "battalions", "plural"),)
    >>> named_by(Occurrence(0, 10, "Battalions", senses), senses, "Battalions 4, 5 and 6 moved.")
    3
    """
    if not any(number_shown(sense) == "plural" for sense in senses):
        return 1
    lists = (
        _BEHIND.match(target, occurrence.end, occurrence.end + _REACH),
        _BEFORE.search(target, max(0, occurrence.start - _REACH), occurrence.start),
    )
    return max((len(_SPLIT.split(found.group(1))) for found in lists if found), default=1)
