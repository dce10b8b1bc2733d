"""What a sentence offers as evidence: words, values, names, terms and marks.

A feature is a short string with a prefix that names its kind, so that a word never meets a number:

======  =========================================================
prefix  meaning
======  =========================================================
w:      a word or a unit of the lexicon, English ones stemmed
#:      a value (number, date, money, legal number), canonical
n:      a capitalised word without marks: Nguyễn and Nguyen are one
t:      a concept of the termbase, by its id
i:      the number or letter of a list item
p:      a mark: how the sentence ends, quotation, list item, heading, start of a paragraph
======  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from termbase.text.keys import match_key, strip_marks
from termbase.text.normalize import normalize
from tm.align.kinds import ITEM, kind_of
from tm.align.lexicon import Lexicon
from tm.align.stems import stem
from tm.terms import TermSource

_CAPITALS = "".join(char for char in map(chr, range(0x1F00)) if char.isupper())
_NAME = re.compile(rf"(?<![^\W_])[{_CAPITALS}][^\W_]+(?:['’ʼ][^\W\d_]+)?")
_GROUP = re.compile(r"[^\W_]+(?:[-/.'][^\W_]+)*")
_JOINT = re.compile(r"[-/.]")
_DIGIT = re.compile(r"\d")
_END_MARK = re.compile(r"([.!?:;…,])[\"'”’»)\]\s/.]*$")
_ITEM = re.compile(
    r"\s*(?:[-–—+•*]|[(\[]?(?P<mark>\d{1,2}(?:\.\d{1,2}){0,2}|[A-Za-zđ]|[IVX]{1,5})(?:[.)\]]+|\s?[-–](?=\s)|\.?(?=\s)(?<=\d\.\d)))\s"
)
_SENSES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read from sentences: the lexicon gives the units; ``terms`` and ``numbers`` may be left out."""

    lexicon: Lexicon
    terms: TermSource | None = None
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class SegmentFeatures:
    """The features of one segment, each once, its length without spaces, and its kind (:mod:`tm.align.kinds`)."""

    features: tuple[str, ...]
    length: int
    kind: int = 0


def read_segments(texts: Iterable[str], lang: str, reading: Reading) -> Iterator[SegmentFeatures]:
    """Yield the features of each segment, as they are taken.

    >>> from tm.align.lexicon import make_lexicon
    >>> found = next(read_segments(["Nguyễn Lan có 3 con."], "vi", Reading(make_lexicon([]))))
    >>> sorted(found.features)
    ['#:3', 'n:lan', 'n:nguyen', 'p:.', 'w:con', 'w:có', 'w:lan', 'w:nguyễn']
    """
    return (_read(text, lang, reading) for text in texts)


def mark_starts(segments: Iterable[SegmentFeatures], starts: AbstractSet[int]) -> Iterator[SegmentFeatures]:
    """Add a mark to the segments that begin a paragraph; it is evidence like any other mark.

    >>> [len(s.features) for s in mark_starts([SegmentFeatures((), 1)] * 2, {1})]
    [0, 1]
    """
    for number, segment in enumerate(segments):
        if number in starts:
            yield replace(segment, features=(*segment.features, "p:paragraph"))
        else:
            yield segment


def _read(text: str, lang: str, reading: Reading) -> SegmentFeatures:
    stored = normalize(text)
    words = _words(match_key(stored), lang, reading.lexicon)
    found = [f"w:{word}" for word in words]
    found += [f"n:{_name(name)}" for name in _NAME.findall(stored)]
    found += _marks(stored)
    item = _ITEM.match(stored)
    if item:
        found += ["p:item"] if item["mark"] is None else ["p:item", f"i:{item['mark'].casefold()}"]
    rest = stored[item.end() :] if item else stored
    if reading.numbers and _DIGIT.search(rest):
        found += _values(rest, lang)
    if reading.terms is not None:
        matches = reading.terms.recognize(stored, lang)
        found += [f"t:{concept.id}" for match in matches for concept in match.concepts[:_SENSES]]
    length = len(stored) - sum(map(stored.count, " \n\t"))
    return SegmentFeatures(tuple(dict.fromkeys(found)), length, kind_of(stored, lang) | (ITEM if item else 0))


@lru_cache(maxsize=65536)
def _name(written: str) -> str:
    return strip_marks(match_key(written).removesuffix("'s").replace("ð", "đ"))


def _words(key: str, lang: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a segment, units of the lexicon in one piece; numbers are no words."""
    found: list[str] = []
    for group in _GROUP.findall(key):
        if group.isalpha():
            found.append(group)
        else:
            found += _parts(group)
    if lang == "vi":
        return _units([word.replace("ð", "đ") for word in found], lexicon.vi_units, lexicon.longest[0])
    return _units([stem(word) for word in found], lexicon.en_units, lexicon.longest[1])


@lru_cache(maxsize=65536)
def _parts(group: str) -> tuple[str, ...]:
    """Return the words of a group that marks join: a code stays whole, numbers are left out."""
    pieces = _JOINT.split(group)
    if any(char.isdigit() for char in group):
        return (group,) if any(char.isalpha() for char in group) else ()
    if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
        return (".".join(pieces) + ".",)
    return tuple(pieces)


def _units(words: Sequence[str], units: frozenset[str], longest: Mapping[str, int]) -> list[str]:
    found, place = [], 0
    while place < len(words):
        unit, size = words[place], 1
        for many in range(min(longest.get(unit, 1), len(words) - place), 1, -1):
            joined = " ".join(words[place : place + many])
            if joined in units:
                unit, size = joined, many
                break
        found.append(unit)
        place += size
    return found


def _values(stored: str, lang: str) -> set[str]:
    from termbase.text.numbers import find_values  # slow to import, and not needed for words alone

    found: set[str] = set()
    for value in find_values(stored, lang):
        for part in value.value.split("..") if value.kind == "range" else (value.value,):
            found.add(f"#:{part}")
            if value.kind == "date" and len(part) > 4 and part[:4].isdigit():
                found.add(f"#:{part[:4]}")
            elif value.kind in ("money", "measure", "percent"):
                found.add(f"#:{part.partition(' ')[0].rstrip('%')}")
    return found


def _marks(stored: str) -> set[str]:
    end = _END_MARK.search(stored)
    found = {f"p:{end.group(1)}" if end else "p:heading"}
    if any(mark in stored for mark in '“”"«'):
        found.add("p:quote")
    if "(" in stored:
        found.add("p:bracket")
    return found
