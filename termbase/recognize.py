"""Terms in running text: every spelling of every term, whole words only, the longest at each place.

A :class:`Recognizer` is compiled once for a set of concepts and may be shared by threads. It matches
syllables, never segmented words (segmentation cuts through 2 % of the terms); segmentation serves only
to mark doubtful hits, see :mod:`termbase.false_friends`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from termbase.automaton import Hit, Searchable, leftmost_longest
from termbase.balance import balanced
from termbase.codepage import WORD
from termbase.common_words import common_pairs
from termbase.edges import blocked
from termbase.errors import UsageError
from termbase.model import LANGUAGES, Concept, Term, TermMatch
from termbase.senses import Language
from termbase.text.keys import match_key

CHUNK = 1 << 20
"""Characters read at a time from a stream."""

_STOPS = b",."

_set = object.__setattr__
"""Sets a field of a match that nobody else holds yet."""


class _Draft:
    """A match in the making, field for field a :class:`TermMatch`.

    A frozen value sets each field by a call, which alone would take a third of the time of a search;
    this one is filled plainly and then is a :class:`TermMatch`, the same in every respect.
    """

    __slots__ = TermMatch.__slots__

    start: int
    end: int
    text: str
    lang: str
    concepts: tuple[Concept, ...]
    terms: tuple[Term, ...]
    doubtful: bool
    nested: bool


class Recognizer:
    """Finds the terms of a set of concepts in running text.

    Compiles each language on its first use.

    >>> terms = (Term(text="sẵn sàng chiến đấu", lang="vi"), Term(text="SSCĐ", lang="vi"))
    >>> recognizer = Recognizer([Concept(id="sscd", terms=terms)])
    >>> [(m.start, m.end, m.text) for m in recognizer.recognize("Duy trì SSCĐ.", "vi")]
    [(8, 12, 'SSCĐ')]
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = tuple(concepts)
        self._languages: dict[str, Language] = {}

    def compile(self, *langs: str) -> None:
        """Compile the terms of these languages, or of both, now instead of on first use."""
        for lang in langs or LANGUAGES:
            self._language(lang)

    def recognize(self, text: str, lang: str, *, nested: bool = False, word_check: bool = False) -> list[TermMatch]:
        """Return the terms of ``text``, which is in ``lang``, in order; spans are into ``text`` as it is.

        The longest term wins and hits do not overlap; with ``nested`` the shorter ones inside a longer
        one follow it, marked so. ``word_check`` segments the Vietnamese sentence around short hits and
        marks those doubtful that lie across a word border. Raises :class:`termbase.UsageError` for
        another language.
        """
        return _recognize(self._language(lang), text, nested, word_check)

    def recognize_many(
        self, texts: Iterable[str], lang: str, *, nested: bool = False, word_check: bool = False
    ) -> Iterator[list[TermMatch]]:
        """Yield the terms of each text, in order; a text is read when its answer is asked for.

        >>> recognizer = Recognizer([Concept(id="a", terms=(Term(text="army", lang="en"),))])
        >>> [len(matches) for matches in recognizer.recognize_many(["The army.", "None."], "en")]
        [1, 0]
        """
        language = self._language(lang)
        return (_recognize(language, text, nested, word_check) for text in texts)

    def recognize_stream(
        self, file: TextIO, lang: str, *, nested: bool = False, word_check: bool = False
    ) -> Iterator[TermMatch]:
        """Yield the terms of a text file of any size; it is read as the answers are consumed.

        Spans count from the beginning of the file. The answer is that of :meth:`recognize` on the whole.
        """
        from termbase.stream import pieces

        language = self._language(lang)

        def whole(text: str) -> list[tuple[int, int]]:
            searchable = Searchable(text, language.page)
            spans = [(start, -end) for start, end, _ in _whole(language, searchable)]
            if lang == "vi":
                # A syllable cut off from its word would look like a term.
                spans += common_pairs(searchable.normal)
            return [searchable.to_source(*span) for span in spans]

        for offset, piece in pieces(file, whole, CHUNK):
            for match in self.recognize(piece, lang, nested=nested, word_check=word_check):
                yield _moved(match, offset)

    def _language(self, lang: str) -> Language:
        if lang not in LANGUAGES:
            raise UsageError(f"there is no language {lang!r}; known: {', '.join(LANGUAGES)}")
        language = self._languages.get(lang)
        if language is None:
            language = self._languages[lang] = Language(self._concepts, lang)
        return language


def _recognize(language: Language, text: str, nested: bool, word_check: bool) -> list[TermMatch]:
    searchable = Searchable(text, language.page)
    whole = _whole(language, searchable)
    if not whole:
        return []
    hits = chosen = leftmost_longest(whole)
    inner: set[Hit] = set()
    if nested:
        inner = set(_inside(whole, chosen))
        hits = sorted((*chosen, *inner))
    matches = _matches(language, searchable, text, hits)
    for match, hit in zip(matches, hits, strict=True) if inner else ():
        _set(match, "nested", hit in inner)
    if word_check and language.lang == "vi":
        from termbase.false_friends import doubtful_hits

        normal = searchable.normal
        spans = [(start, -end) for start, end, _ in hits]
        for place in doubtful_hits(normal, match_key(normal), spans, language.keys.__contains__):
            _set(matches[place], "doubtful", True)
    return matches


def _whole(language: Language, searchable: Searchable) -> list[Hit]:
    """Return the hits that are whole words and meant, in the normal text, in no order."""
    found = language.find(searchable.data)
    if not found:
        return []
    # With a space behind it the last character has a neighbour, and the first has it too, at -1.
    data = searchable.data + b" "
    edges = data.translate(language.page.unsure_edges if searchable.unsure else language.page.exact_edges)
    owners, strict, normal = language.owners, language.strict, searchable.normal
    ends, shifts = searchable.ends, searchable.shifts
    gaps = len(ends)
    hits = []
    for pattern, start, end in found:
        right = edges[end]
        if right or edges[start - 1]:
            if right == WORD or edges[start - 1] == WORD:
                continue
            # A comma or full stop with a space behind it is the commonest case by far.
            plain = not edges[start - 1] and data[end] in _STOPS and data[end + 1 : end + 2] == b" "
            if not plain and _bound(searchable.text, start, end, language.lang):
                continue
        spelling = owners[pattern]
        if gaps:
            place = bisect_right(ends, start)
            if place < gaps and ends[place] < end:
                start, end = searchable.to_normal(start, end)
                span = balanced(normal, start, end)
                if span is None or (strict[spelling] and not language.meant(spelling, normal, start, end)):
                    continue
                hits.append((span[0], -span[1], spelling))
                continue
            start += shifts[place]
            end += shifts[place]
        if strict[spelling] and not language.meant(spelling, normal, start, end):
            continue
        hits.append((start, -end, spelling))
    return hits


def _bound(text: str, start: int, end: int, lang: str) -> bool:
    """Whether ``text[start:end]``, beside a character that may bind it, is part of something longer."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return left.isalnum() or right.isalnum() or blocked(text, start, end, lang)


def _matches(language: Language, searchable: Searchable, text: str, hits: list[Hit]) -> list[TermMatch]:
    """Return the hits as matches of the caller's text."""
    known, normal, lang, mapped = language.known, searchable.normal, language.lang, searchable.mapped
    matches: list[Any] = []
    for start, end, spelling in hits:
        draft = _Draft()
        draft.concepts, draft.terms = known[spelling] or language.meaning(spelling, normal, start, -end)
        end = -end
        if mapped is not None:
            start, end = mapped.to_source(start, end)
        draft.start = start
        draft.end = end
        draft.text = text[start:end]
        draft.lang = lang
        draft.doubtful = draft.nested = False
        draft.__class__ = TermMatch  # type: ignore[assignment]
        matches.append(draft)
    return matches


def _inside(whole: list[Hit], chosen: list[Hit]) -> Iterator[Hit]:
    """Yield the hits that lie inside a chosen one."""
    rest = iter(sorted(whole))
    hit = next(rest, None)
    for outer in chosen:
        while hit is not None and hit[0] < -outer[1]:
            if hit[0] >= outer[0] and hit[1] >= outer[1] and hit != outer:
                yield hit
            hit = next(rest, None)


def _moved(match: TermMatch, offset: int) -> TermMatch:
    if not offset:
        return match
    return TermMatch(
        start=match.start + offset,
        end=match.end + offset,
        text=match.text,
        lang=match.lang,
        concepts=match.concepts,
        terms=match.terms,
        doubtful=match.doubtful,
        nested=match.nested,
    )
