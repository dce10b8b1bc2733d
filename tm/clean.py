"""Cleaning: what is wrong with the units of a memory, found first and removed only when told.

Each rule is a pure function of a unit; duplicates and near-duplicates look at several. A unit is given for
each reason that holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbase.text.keys import match_key
from tm.fuzzy.keys import class_values, compare_keys
from tm.model import Provenance, Segment, TranslationUnit

if TYPE_CHECKING:
    from termbase.text.numbers import Value

LENGTH_RATIO = 4.0
"""One side more than this many times as long as the other, in words, is suspect …"""

LENGTH_LEAST = 5
"""… when the longer side has at least this many words."""

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_BROKEN = re.compile(
    r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,6});|\{\\[a-z]+\d*|\\[uU][0-9a-fA-F]{4}"
    r"|[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
"""Entities, RTF, escapes, the mark of a lost character, characters of private use and control characters."""


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


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+")


def untranslated(unit: TranslationUnit) -> str:
    """Say that the target repeats a source of several words."""
    same = match_key(unit.source.text.strip()) == match_key(unit.target.text.strip())
    words = re.findall(r"[^\W\d_]{2,}", _ADDRESS.sub("", unit.source.text))
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
    """Say which values written in digits the other side has neither in digits nor in words.

    Nothing is said of 0, 1 and 2 alone on a side, which languages write as *no*, *a* and *both*, nor of *24/24*.

    >>> from tm.model import Segment
    >>> numbers(TranslationUnit(source=Segment("vi", "Có 15 người"), target=Segment("en", "There are 16 people")))
    'only in the source: 15; only in the target: 16'
    >>> numbers(TranslationUnit(source=Segment("vi", "Có 15 người"), target=Segment("en", "There are fifteen")))
    ''
    """
    found = []
    for name, side, other in (("source", unit.source, unit.target), ("target", unit.target, unit.source)):
        own = {value.value: value.text for value in class_values(side.text, side.lang)}
        lone = {value: text for value, text in own.items() if not _digits_in(text, other.text)}
        if lone:
            there = {value.value for value in _all_values(other)}
            found.append((name, {value: text for value, text in lone.items() if value not in there}))
    found = [(name, lone) for name, lone in found if lone]
    if len(found) < 2 and all(_unwritten(value) for _, lone in found for value in lone):
        return ""
    return "; ".join(f"only in the {name}: {', '.join(sorted(lone.values()))}" for name, lone in found)


def _all_values(segment: Segment) -> list[Value]:
    from termbase.text.numbers import find_values

    return find_values(segment.text, segment.lang)


def _unwritten(value: str) -> bool:
    """Whether a value may be left out or put in words of another kind: no, a, both, round the clock."""
    return bool(re.fullmatch(r"[012]|24/24|24/7|(\d+)/\1", value))


def _digits_in(text: str, other: str) -> bool:
    """Whether all digit groups of ``text`` stand in ``other``: a value read in two ways is no fault."""
    return set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", other))


def debris(unit: TranslationUnit) -> str:
    """Say what broken text stands in the words, or what markup on one side alone.

    >>> from tm.model import Segment
    >>> debris(TranslationUnit(source=Segment("vi", "A &amp; B"), target=Segment("en", "A &amp; B")))
    'left over: &amp;'
    """
    texts = unit.source.text, unit.target.text
    broken = sorted({found for text in texts for found in _BROKEN.findall(text)})
    if broken:
        return f"left over: {', '.join(map(_shown, broken[:5]))}"
    tags = [set(_MARKUP.findall(text)) for text in texts]
    lone = sorted(tags[0] ^ tags[1])
    return f"markup on one side: {', '.join(lone[:5])}" if lone else ""


def _shown(text: str) -> str:
    return text if text.isprintable() else f"U+{ord(text[0]):04X}"


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
