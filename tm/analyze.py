"""Leverage analysis: what of a text the memory already holds, as CAT tools count it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import normalize

from tm.options import SearchOptions
from tm.slots import Document
from tm.store import TranslationMemory

if TYPE_CHECKING:
    from tm.analyze_internal import InternalMatches

ROWS = (
    "context",
    "100",
    "repetitions",
    "cross-file repetitions",
    "95-99",
    "85-94",
    "75-84",
    "50-74",
    "none",
)
"""The rows of an analysis, best first; a segment is in the first that fits."""

INTERNAL_ROWS = ("internal 95-99", "internal 85-94", "internal 75-84", "internal 50-74")
"""Rows of segments that are more like an earlier one of the job than like any of the memory."""

RATES: Mapping[str, float] = MappingProxyType(
    {
        "context": 0.0,
        "100": 0.1,
        "repetitions": 0.1,
        "cross-file repetitions": 0.1,
        "95-99": 0.3,
        "85-94": 0.5,
        "75-84": 0.7,
        "50-74": 1.0,
        "none": 1.0,
        "internal 95-99": 0.3,
        "internal 85-94": 0.5,
        "internal 75-84": 0.7,
        "internal 50-74": 1.0,
    }
)
"""What a word of each row counts for in the weighted total, unless the user says otherwise."""

_BANDS = ((95, "95-99"), (85, "85-94"), (75, "75-84"), (50, "50-74"))

_DASH = "-\u058a\u05be\u1400\u1806\u2010-\u2015\u2e17\u2e1a\u2e3a\u2e3b\u301c\u3030\ufe31\ufe32\ufe58\ufe63\uff0d"
_LETTERS = rf"[^\W\d_]+(?:[{_DASH}\u00ad\u2027\"'.][^\W\d_]+)*"
_DIGITS = r"\d+(?:[\"',\u066b.]\d+)*"
_WORD = re.compile(
    rf"{_LETTERS}(?:{_DIGITS}{_LETTERS})*(?:{_DIGITS})?|(?:{_DIGITS}{_LETTERS})+(?:{_DIGITS})?|{_DIGITS}"
)
_ACCELERATOR = re.compile(r"(?<=[^\W\d_])[_&](?=[^\W\d_])")
LOAD_FROM = 50
"""Segments from which on the index is put in memory first."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over segments, as :func:`count` counts them."""

    segments: int = 0
    words: int = 0
    characters: int = 0
    characters_with_spaces: int = 0
    segmented_words: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.segments + other.segments,
            self.words + other.words,
            self.characters + other.characters,
            self.characters_with_spaces + other.characters_with_spaces,
            self.segmented_words + other.segmented_words,
        )


@dataclass(frozen=True, slots=True)
class Analysis:
    """The counts of one file, or of all, by row."""

    name: str
    rows: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        """The sum of the rows."""
        return sum(self.rows.values(), Counts())

    def weighted(self, rates: Mapping[str, float] = RATES) -> float:
        """Return the words, each at the rate of its row."""
        return sum(rates[row] * counts.words for row, counts in self.rows.items())


def count(text: str) -> Counts:
    """Count one segment as CAT tools do; a Vietnamese word so counted is a syllable.

    Words end where Java's word borders are, by which OmegaT counts: not at a hyphen, apostrophe or point
    between letters, nor at a point or comma between digits, but at a slash, and at a hyphen beside a digit.

    >>> counts = count("Sẵn sàng – 24/24 giờ, 95,5%!")
    >>> counts.words, counts.characters, counts.characters_with_spaces
    (6, 23, 28)
    """
    found = _WORD.findall(_ACCELERATOR.sub("", normalize("NFC", text)))
    # Fractions and circled digits are letters to the expression, but no word by themselves.
    words = sum(1 for word in found if word[0].isalpha() or any(c.isalpha() or c.isdecimal() for c in word))
    return Counts(1, words, len("".join(text.split())), len(text.strip()))


def count_segmented(text: str, lang: str) -> Counts:
    """Return :func:`count` with the words as a Vietnamese segmenter finds them; of English, the same words.

    >>> count_segmented("Bộ đội bảo vệ Tổ quốc.", "vi").segmented_words
    3
    """
    counts = count(text)
    if lang != "vi":
        return replace(counts, segmented_words=counts.words)
    from termbase.text.words import segment

    words = sum(1 for span in segment(text) if any(map(str.isalnum, span.text)))
    return replace(counts, segmented_words=words)


def analyze(
    memory: TranslationMemory,
    documents: Sequence[tuple[str, Document]],
    options: SearchOptions | None = None,
    *,
    internal: bool = False,
    segmented: bool = False,
) -> list[Analysis]:
    """Return an analysis of each document, in order, and last the total, named ``"total"``.

    Each segment is in one row. A segment met before counts as a repetition, in its own file or across
    files; the order of the files moves counts between these two rows only. Terms play no part. With
    ``internal`` a segment that is more like one before it than like any of the memory has a row of its own;
    with ``segmented`` the words of a Vietnamese segmenter are counted, too.
    """
    chosen = replace(options or SearchOptions(), repair=False)
    langs = {slot.source.lang for _, document in documents for slot in document.slots}
    if sum(len(document.slots) for _, document in documents) >= LOAD_FROM:
        memory.load(*sorted(langs))
    job = _job(documents, chosen) if internal else None
    place = -1
    seen: dict[tuple[str, ...], str] = {}
    found = []
    for name, document in documents:
        rows: dict[str, Counts] = {}
        own: set[tuple[str, ...]] = set()
        slots = document.slots
        for index, slot in enumerate(slots):
            place += 1
            if not slot.source.text.strip():
                continue
            neighbours = (
                slots[index - 1].source.text if index else "",
                slots[index + 1].source.text if index + 1 < len(slots) else "",
            )
            row = _row(memory, slot.source.text, slot.source.lang, neighbours, chosen)
            key = (slot.source.lang, slot.source.text)
            if row not in ("context", "100") and key in seen:
                row = "repetitions" if key in own else "cross-file repetitions"
            elif job:
                row = _internal_row(row, job.score(place))
            seen.setdefault(key, name)
            own.add(key)
            counts = count_segmented(*key[::-1]) if segmented else count(slot.source.text)
            rows[row] = rows.get(row, Counts()) + counts
        found.append(Analysis(name, _ordered(rows, internal=internal)))
    return [*found, _total(found, internal=internal)]


def _job(documents: Sequence[tuple[str, Document]], options: SearchOptions) -> InternalMatches:
    from tm.analyze_internal import InternalMatches

    return InternalMatches([slot.source for _, document in documents for slot in document.slots], options.points)


def _internal_row(row: str, score: int | None) -> str:
    """Return the row of a segment whose best match within the job has this score."""
    if score is None or row in ("context", "100"):
        return row
    band = next(name for least, name in _BANDS if score >= least)
    return f"internal {band}" if row == "none" or ROWS.index(band) < ROWS.index(row) else row


def _row(memory: TranslationMemory, text: str, lang: str, neighbours: tuple[str, str], options: SearchOptions) -> str:
    search = replace(options, previous=neighbours[0], next=neighbours[1])
    score = memory.best_score(text, lang, options=search)
    if score is None:
        return "none"
    if score >= 100:
        return "context" if score > 100 else "100"
    return next(name for least, name in _BANDS if score >= least)


def _total(found: Sequence[Analysis], *, internal: bool) -> Analysis:
    rows: dict[str, Counts] = {}
    for analysis in found:
        for row, counts in analysis.rows.items():
            rows[row] = rows.get(row, Counts()) + counts
    return Analysis("total", _ordered(rows, internal=internal))


def _ordered(rows: Mapping[str, Counts], *, internal: bool) -> dict[str, Counts]:
    names = (*ROWS[:-1], *INTERNAL_ROWS, ROWS[-1]) if internal else ROWS
    return {row: rows.get(row, Counts()) for row in names}


__all__ = ["INTERNAL_ROWS", "RATES", "ROWS", "Analysis", "Counts", "analyze", "count", "count_segmented"]
