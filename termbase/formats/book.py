"""A glossary as a book: headwords in dictionary order, an English index, lists. For HTML and Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from termbase.formats.base import FormatSpec, WriteOptions
from termbase.formats.losses import Loss, left_out
from termbase.formats.losses import losses as field_losses
from termbase.formats.making import maker
from termbase.model import Concept, Confidence, PartOfSpeech, Term, TermType, Verification

PARTS = {
    PartOfSpeech.NOUN: "n",
    PartOfSpeech.PROPER_NOUN: "n prop",
    PartOfSpeech.VERB: "v",
    PartOfSpeech.ADJECTIVE: "adj",
    PartOfSpeech.ADVERB: "adv",
    PartOfSpeech.OTHER: "",
}
"""Marks for parts of speech."""

STATUS_GUIDE = (
    ("preferred", "ưu tiên", "the rendering to use; it stands first, in bold"),
    ("admitted", "chấp nhận", "may be used; it follows the preferred one"),
    ("deprecated", "không nên dùng", "should not be used; the reason stands in brackets"),
    ("forbidden", "cấm dùng", "must not be used: wrong in sense or harmful"),
)
"""What the statuses mean: the English word, the Vietnamese word, the explanation."""

CONFIDENCE = {Confidence.MEDIUM: "?", Confidence.LOW: "??"}
"""Marks for entries of whose renderings the compilers are not sure."""

_NO_LETTER = re.compile(r"[^\w ]|_")
VERIFICATION = {Verification.VERIFIED: "✓", Verification.REPORTED: "~"}
"""Marks for English terms whose source was checked."""

MARK_GUIDE = (
    ("✓", "đã kiểm chứng", "the source named was read and prints this English term"),
    ("~", "theo tài liệu dẫn", "a collection of references says that its source prints it; not read again"),
    ("", "chưa kiểm chứng", "without ✓ or ~: the compilers’ knowledge of the field alone"),
    ("?", "khá chắc chắn", "medium confidence: look at the sources before you rely on the renderings"),
    ("??", "chưa chắc chắn", "low confidence: a proposal only, ask somebody who knows"),
)
"""What the marks of doubt mean: the mark, the Vietnamese words, the explanation."""


_ABBREVIATED = frozenset({TermType.ABBREVIATION, TermType.ACRONYM})


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept under its headword.

    ``anchor`` is unique in the book, ``best`` the preferred English term, ``en`` are the accepted English terms. The
    accepted terms beside those printed first are in ``also_vi`` and ``also_en``, abbreviations in ``short_vi`` and
    ``short_en``.
    """

    concept: Concept
    headword: str
    anchor: str
    best: Term | None
    en: tuple[Term, ...]
    also_vi: tuple[Term, ...]
    short_vi: tuple[Term, ...]
    also_en: tuple[Term, ...]
    short_en: tuple[Term, ...]

    @property
    def part_of_speech(self) -> str:
        """The mark of the preferred English term's part of speech."""
        term = self.best or self.concept.preferred("vi")
        return PARTS.get(term.part_of_speech, "") if term and term.part_of_speech else ""

    @property
    def english(self) -> str:
        """The rendering to print first."""
        return self.best.text if self.best else ""

    @property
    def checked(self) -> str:
        """The mark of the preferred English term's verification, ``""`` when it was not checked."""
        return checked(self.best) if self.best else ""

    @property
    def doubt(self) -> str:
        """The mark of the concept's confidence, ``""`` when it is high or not stated."""
        return CONFIDENCE.get(self.concept.confidence, "") if self.concept.confidence else ""

    def avoid(self) -> tuple[Term, ...]:
        """The rejected terms of both languages."""
        return (*self.concept.rejected("en"), *self.concept.rejected("vi"))

    @property
    def validity(self) -> str:
        """The years in which the concept holds, ``""`` when it always does."""
        start, end = self.concept.valid_from, self.concept.valid_to
        return f"{start}–{end}" if start or end else ""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the English index or of the list of abbreviations."""

    text: str
    meaning: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Book:
    """All parts of a printed glossary, in order."""

    title: str
    letters: tuple[tuple[str, tuple[Entry, ...]], ...]
    index: tuple[tuple[str, tuple[IndexLine, ...]], ...]
    abbreviations: tuple[IndexLine, ...]
    sources: tuple[str, ...]
    count: int


_make_entry: Callable[..., Entry] = maker(Entry, "concept headword anchor best en also_vi short_vi also_en short_en")
_make_line: Callable[..., IndexLine] = maker(IndexLine, "text meaning anchor")


def checked(term: Term) -> str:
    """Return the mark of a term's verification, ``""`` for one that was not checked.

    >>> checked(Term(text="Party", lang="en", verification=Verification.VERIFIED))
    '✓'
    """
    return VERIFICATION.get(term.verification, "") if term.verification else ""


def losses(concepts: Sequence[Concept], spec: FormatSpec, _options: WriteOptions) -> list[Loss]:
    """Return what the book does not show: beside fields, the verification of any but accepted English terms."""
    lost = field_losses(concepts, spec.holds)
    for concept in concepts:
        shown = concept.accepted("en")
        hidden = [term for term in concept.terms if term not in shown and checked(term)]
        if not concept.accepted("vi") and not shown:
            lost.append(Loss(entry=concept.id, field="concept", message=left_out(concept)))
        if hidden:
            lost.append(Loss(entry=concept.id, field="verification", message="; ".join(t.text for t in hidden)))
    return lost


def make_book(concepts: Iterable[Concept], title: str = "") -> Book:
    """Return the book of these concepts.

    >>> party = Concept(id="dang", terms=(Term(text="Đảng", lang="vi"), Term(text="Party", lang="en")))
    >>> book = make_book([party])
    >>> [(letter, entries[0].headword) for letter, entries in book.letters], book.index[0][1][0].text
    ([('Đ', 'Đảng')], 'Party')
    """
    key = _dictionary_key()
    entries = sorted(_entries(concepts), key=lambda entry: key(entry.headword))
    return Book(
        title or "Vietnamese-English glossary",
        tuple((letter, tuple(group)) for letter, group in groupby(entries, key=lambda e: letter_of(e.headword))),
        _index(entries),
        tuple(sorted(_abbreviations(entries), key=lambda line: key(line.text))),
        tuple(sorted({term.source for entry in entries for term in entry.concept.terms} - {""})),
        len(entries),
    )


@lru_cache
def _dictionary_key() -> Callable[[str], bytes]:
    from termbase.text.collation import dictionary_key

    return lru_cache(maxsize=50_000)(dictionary_key)


def _entries(concepts: Iterable[Concept]) -> list[Entry]:
    entries: list[Entry] = []
    taken: dict[str, int] = {}
    for concept in concepts:
        vi, en = concept.accepted("vi"), concept.accepted("en")
        english = concept.preferred("en")
        best = concept.preferred("vi") or next(iter(vi), None) or english or next(iter(en), None)
        if best is None:
            continue
        number = taken[concept.id] = taken.get(concept.id, 0) + 1
        anchor = concept.id if number == 1 else f"{concept.id}-{number}"
        further = _further(vi, best.text) + _further(en, english.text if english else "")
        entries.append(_make_entry(concept, best.text, anchor, english, en, *further))
    return entries


def _further(terms: tuple[Term, ...], best: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms beside the best one: those that are no abbreviations, and the abbreviations."""
    if len(terms) == 1 and terms[0].text == best:
        return (), ()
    others = [term for term in terms if term.text != best]
    short = tuple([term for term in others if term.type in _ABBREVIATED])
    return (tuple([term for term in others if term.type not in _ABBREVIATED]) if short else tuple(others)), short


def letter_of(headword: str) -> str:
    """Return the letter of the Vietnamese alphabet under which a headword stands, ``#`` for a digit.

    >>> letter_of("ấp chiến lược"), letter_of("“4 tại chỗ”"), letter_of("ủy ban")
    ('Â', '#', 'U')
    """
    first = headword[:1]
    return _letter(first if first.isalnum() else next((char for char in headword if char.isalnum()), "#"))


@lru_cache(maxsize=1024)
def _letter(char: str) -> str:
    first = char.upper()
    if not first.isalpha():
        return "#"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    plain = "".join(char for char in unicodedata.normalize("NFD", first) if char not in tones)
    return unicodedata.normalize("NFC", plain)


def _index(entries: Sequence[Entry]) -> tuple[tuple[str, tuple[IndexLine, ...]], ...]:
    lines = {
        (_sortable(term.text), term.text, entry.headword, entry.anchor)
        for entry in entries
        for term in entry.en
        if term.type not in _ABBREVIATED
    }
    ordered = [_make_line(*line[1:]) for line in sorted(lines)]
    return tuple((letter, tuple(group)) for letter, group in groupby(ordered, key=lambda line: letter_of(line.text)))


@lru_cache(maxsize=50_000)
def _sortable(text: str) -> tuple[bool, str]:
    letters = _NO_LETTER.sub("", unicodedata.normalize("NFD", text.casefold()))
    return letters[:1].isalpha(), letters


def _abbreviations(entries: Sequence[Entry]) -> list[IndexLine]:
    return [
        IndexLine(term.text, f"{entry.headword} = {entry.english}", entry.anchor)
        for entry in entries
        for term in (*entry.short_vi, *entry.short_en)
    ]
