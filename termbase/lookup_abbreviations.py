"""Queries made of abbreviations: chains (CTĐ-CTCT, QPAN) and phrases that hold some (chế độ SSCĐ)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, product

_JOINT = re.compile(r"\s*[-–—,;/&.+]\s*|\s+")
_MOST_PHRASES = 24


def chain(text: str, known: Callable[[str], bool]) -> list[str]:
    """Return the members of a chain of abbreviations that are all known, or nothing.

    ``known`` says whether a part is an abbreviation. A run of capitals without joints is cut in two
    where both halves are known.

    >>> chain("CTĐ-XYZ", {"CTĐ"}.__contains__), chain("CTĐ-CTCT", {"CTĐ", "CTCT"}.__contains__)
    ([], ['CTĐ', 'CTCT'])
    """
    parts = [part for part in _JOINT.split(text) if part]
    if len(parts) > 1:
        return parts if all(len(part) > 1 and known(part) for part in parts) else []
    if not text.isupper() or len(text) < 4:
        return []
    for cut in range(2, len(text) - 1):
        halves = [text[:cut], text[cut:]]
        if all(map(known, halves)):
            return halves
    return []


def written_out(text: str, full_forms: Callable[[str], list[str]]) -> Iterator[str]:
    """Yield the phrase with its abbreviations replaced by each of their full forms.

    >>> list(written_out("chế độ SSCĐ", {"SSCĐ": ["sẵn sàng chiến đấu"]}.get))
    ['chế độ sẵn sàng chiến đấu']
    """
    parts = text.split()
    if len(parts) < 2:
        return
    choices = []
    for part in parts:
        forms = full_forms(part) if len(part) > 1 and part.isupper() else []
        choices.append(forms or [part])
    if any(choice != [part] for choice, part in zip(choices, parts, strict=True)):
        for chosen in islice(product(*choices), _MOST_PHRASES):
            yield " ".join(chosen)
