"""Cleaning: what is wrong with the units of a memory, found first and removed only when told.

Each rule is a pure function of a unit; duplicates and near-duplicates look at several. A unit is given for
each reason that holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from termbase.text.keys import match_key
from tm.fuzzy.keys import class_values, compare_keys
from tm.model import Provenance, TranslationUnit

LENGTH_RATIO = 4.0
"""One side more than this many times as long as the other, in words, is suspect …"""

LENGTH_LEAST = 5
"""… when the longer side has at least this many words."""

_DEBRIS = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}|#\d{2,6});|\{\\[a-z]+\d*|\ufffd|\\[uU][0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A unit and what is wrong with it; ``detail`` says it in words."""

    unit: TranslationUnit
    reason: str
    detail: str


def empty(unit: TranslationUnit) -> str:
    """Say which side has no letters or digits."""
    for name, segment in (("source", unit.source), ("target", unit.target)):
        if not any(character.isalnum() for character in segment.text):
            return f"the {name} has no words"
    return ""


def untranslated(unit: TranslationUnit) -> str:
    """Say that the target repeats a source of several words."""
    same = match_key(unit.source.text.strip()) == match_key(unit.target.text.strip())
    words = re.findall(r"[^\W\d_]{2,}", unit.source.text)
    return "the target is the source" if same and len(words) > 1 else ""


def length_ratio(unit: TranslationUnit) -> str:
    """Say that one side is far longer than the other.

    >>> from tm.model import Segment
    >>> length_ratio(TranslationUnit(source=Segment("vi", "một hai ba bốn năm sáu"), target=Segment("en", "one")))
    '6 words against 1'
    """
    counts = sorted((len(unit.source.text.split()), len(unit.target.text.split())))
    short, long = counts
    if long >= LENGTH_LEAST and long > LENGTH_RATIO * max(short, 1):
        return f"{long} words against {short}"
    return ""


def wrong_language(unit: TranslationUnit) -> str:
    """Say which side is surely in the other language."""
    from termbase.text.language import detect_language

    for name, segment in (("source", unit.source), ("target", unit.target)):
        found, _ = detect_language(segment.text)
        if found and segment.lang in ("vi", "en") and found != segment.lang and len(segment.text.split()) > 2:
            return f"the {name} looks {'Vietnamese' if found == 'vi' else 'English'}"
    return ""


def numbers(unit: TranslationUnit) -> str:
    """Say which values written in digits stand on one side only.

    >>> from tm.model import Segment
    >>> numbers(TranslationUnit(source=Segment("vi", "Có 15 người"), target=Segment("en", "There are 16 people")))
    'only in the source: 15; only in the target: 16'
    """
    ours, theirs = (_values(segment.text, segment.lang) for segment in (unit.source, unit.target))
    parts = []
    for name, left, right, other in (
        ("source", ours, theirs, unit.target.text),
        ("target", theirs, ours, unit.source.text),
    ):
        lone = sorted(text for value, text in left.items() if value not in right and not _digits_in(text, other))
        if lone:
            parts.append(f"only in the {name}: {', '.join(lone)}")
    return "; ".join(parts) if len(parts) == 2 else ""


def _values(text: str, lang: str) -> dict[str, str]:
    return {value.value: value.text for value in class_values(text, lang)}


def _digits_in(text: str, other: str) -> bool:
    """Whether all digit groups of ``text`` stand in ``other``: a value read in two ways is no fault."""
    return set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", other))


def debris(unit: TranslationUnit) -> str:
    """Say what markup or broken text stands in the words of one side only."""
    found = [set(_DEBRIS.findall(segment.text)) for segment in (unit.source, unit.target)]
    lone = sorted(found[0] ^ found[1])
    return f"markup on one side: {', '.join(lone[:5])}" if lone else ""


RULES: dict[str, Callable[[TranslationUnit], str]] = {
    "empty": empty,
    "untranslated": untranslated,
    "length ratio": length_ratio,
    "wrong language": wrong_language,
    "number mismatch": numbers,
    "markup debris": debris,
}
"""Rules that look at one unit."""

PAIR_RULES = ("duplicate", "near-duplicate")
"""Rules that look at several: equal texts in one memory, and texts that differ by case, marks of
punctuation or tone placement alone."""


def find_flaws(units: Iterable[TranslationUnit], rules: Iterable[str]) -> Iterator[Flaw]:
    """Yield the flaws of units by the rules named, a unit once for each reason; runs as they are taken.

    Of duplicates the one to keep is never given: a person's before a machine's, then the first stored.
    """
    chosen = list(rules)
    kept: dict[tuple[object, ...], TranslationUnit] = {}
    near: dict[tuple[object, ...], TranslationUnit] = {}
    for unit in units:
        for name in chosen:
            detail = RULES[name](unit) if name in RULES else ""
            if detail:
                yield Flaw(unit, name, detail)
        if "duplicate" in chosen:
            key = (unit.memory, unit.source.lang, unit.source.text, unit.target.text)
            yield from _double(kept, key, unit, "duplicate")
        if "near-duplicate" in chosen:
            yield from _near(near, unit)


def _near(seen: dict[tuple[object, ...], TranslationUnit], unit: TranslationUnit) -> Iterator[Flaw]:
    values = tuple(v.value for s in (unit.source, unit.target) for v in class_values(s.text, s.lang))
    keys = tuple(compare_keys(segment.text, segment.lang) for segment in (unit.source, unit.target))
    key = (unit.memory, unit.source.lang, keys, values)
    first = seen.get(key)
    if first is None or (first.source.text, first.target.text) != (unit.source.text, unit.target.text):
        yield from _double(seen, key, unit, "near-duplicate")
    elif first.provenance is not Provenance.HUMAN:
        seen[key] = unit


def _double(
    known: dict[tuple[object, ...], TranslationUnit], key: tuple[object, ...], unit: TranslationUnit, reason: str
) -> Iterator[Flaw]:
    first = known.get(key)
    if first is None:
        known[key] = unit
        return
    worse = unit
    if first.provenance is not Provenance.HUMAN and unit.provenance is Provenance.HUMAN:
        known[key], worse, first = unit, first, unit
    yield Flaw(worse, reason, f"as unit {first.id}")
