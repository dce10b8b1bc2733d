"""What a sentence offers as evidence: words, values, names, terms and marks.

A feature is a short string with a prefix that names its kind, so that a word never meets a number:

======  =========================================================
prefix  meaning
======  =========================================================
w:      a word or a unit of the lexicon, English ones stemmed
#:      a value (number, date, money, legal number), canonical
n:      a capitalised word without marks: Nguyễn and Nguyen are one
t:      a concept of the termbase, by its id
p:      a mark: how the sentence ends, quotation, list item, heading, start of a paragraph
======  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from termbase.text.keys import match_key, strip_marks
from termbase.text.normalize import normalize
from termbase.text.numbers import find_values
from termbase.text.tokens import Token, tokenize
from tm.align.lexicon import LONGEST, Lexicon
from tm.align.stems import stem
from tm.terms import TermSource

_END_MARK = re.compile(r"([.!?:;…,])[\"'”’»)\]\s/.]*$")
_ITEM = re.compile(r"\s*(?:[-–—+•*]|[(\[]?(?:\d{1,3}|[A-Za-zđ])[.)])\s")
_SENSES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read from sentences: the lexicon gives the units; ``terms`` and ``numbers`` may be left out."""

    lexicon: Lexicon
    terms: TermSource | None = None
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class SegmentFeatures:
    """The features of one segment, each once, and its length in characters without spaces."""

    features: frozenset[str]
    length: int


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

    >>> [len(s.features) for s in mark_starts([SegmentFeatures(frozenset(), 1)] * 2, {1})]
    [0, 1]
    """
    for number, segment in enumerate(segments):
        if number in starts:
            yield SegmentFeatures(segment.features | {"p:paragraph"}, segment.length)
        else:
            yield segment


def _read(text: str, lang: str, reading: Reading) -> SegmentFeatures:
    stored = normalize(text)
    key = match_key(stored)
    tokens = tokenize(stored, lang)
    found = {f"w:{word}" for word in _words(key, tokens, lang, reading.lexicon)}
    found |= {f"n:{_plain(key[t.start : t.end])}" for t in tokens if _is_name(t)} | _marks(stored)
    if reading.numbers:
        found |= _values(stored, lang)
    if reading.terms is not None:
        matches = reading.terms.recognize(text, lang)
        found |= {f"t:{concept.id}" for match in matches for concept in match.concepts[:_SENSES]}
    length = len(stored) - sum(map(stored.count, " \n\t"))
    return SegmentFeatures(frozenset(found), length)


def _is_name(token: Token) -> bool:
    return token.kind in ("word", "code") and token.text[0].isupper() and len(token.text) > 1


def _plain(key: str) -> str:
    return strip_marks(key.removesuffix("'s").replace("ð", "đ"))


def _words(key: str, tokens: Sequence[Token], lang: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a segment, units of the lexicon in one piece."""
    plain = [key[t.start : t.end] for t in tokens if t.kind in ("word", "code", "url")]
    if lang == "vi":
        return _units([word.replace("ð", "đ") for word in plain], lexicon.vi_units)
    return _units([stem(part) for word in plain for part in word.split("-") if part], lexicon.en_units)


def _units(words: Sequence[str], units: frozenset[str]) -> list[str]:
    found, place = [], 0
    while place < len(words):
        for size in range(min(LONGEST, len(words) - place), 1, -1):
            unit = " ".join(words[place : place + size])
            if unit in units:
                break
        else:
            unit, size = words[place], 1
        found.append(unit)
        place += size
    return found


def _values(stored: str, lang: str) -> set[str]:
    if not any(char.isdigit() for char in stored):
        return set()
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
    if _ITEM.match(stored):
        found.add("p:item")
    if any(mark in stored for mark in '“”"«'):
        found.add("p:quote")
    if "(" in stored:
        found.add("p:bracket")
    return found
