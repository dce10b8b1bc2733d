"""Terms in running text: every spelling of every term, whole words only, the longest at each place.

A :class:`Recognizer` is compiled once for a set of concepts and may be shared by threads. It matches
syllables, never segmented words (segmentation cuts through 2 % of the terms); segmentation serves only
to mark doubtful hits, see :mod:`termbase.false_friends`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TextIO, cast

from termbase.automaton import Hit, Searchable, leftmost_longest
from termbase.balance import balanced
from termbase.common_words import common_pairs
from termbase.edges import JOINTS, blocked
from termbase.errors import UsageError
from termbase.model import LANGUAGES, Concept, Term, TermMatch
from termbase.senses import Language, as_searched
from termbase.text.keys import match_key
from termbase.text.normalize import normalize_mapped

CHUNK = 1 << 20
"""Characters read at a time from a stream."""


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

    def finished(self) -> TermMatch:
        """Become the value."""
        self.__class__ = TermMatch  # type: ignore[assignment]
        return cast(TermMatch, self)


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
        language = self._language(lang)
        mapped = normalize_mapped(text)
        whole = self._whole(language, mapped.text, lang)
        if not whole:
            return []
        hits = chosen = leftmost_longest(whole)
        inner: set[Hit] = set()
        if nested:
            inner = set(_inside(whole, chosen))
            hits = sorted((*chosen, *inner))
        doubtful: set[int] = set()
        if word_check and lang == "vi":
            from termbase.false_friends import doubtful_hits

            spans = [(start, -end) for start, end, _ in hits]
            doubtful = doubtful_hits(mapped.text, match_key(mapped.text), spans, language.keys.__contains__)
        matches = []
        for place, hit in enumerate(hits):
            start, end = hit[0], -hit[1]
            concepts, terms = language.meaning(hit, mapped.text)
            if mapped.starts is not None:
                start, end = mapped.to_source(start, end)
            draft = _Draft()
            draft.start, draft.end, draft.text, draft.lang = start, end, text[start:end], lang
            draft.concepts, draft.terms = concepts, terms
            draft.doubtful, draft.nested = place in doubtful, nested and hit in inner
            matches.append(draft.finished())
        return matches

    def recognize_many(
        self, texts: Iterable[str], lang: str, *, nested: bool = False, word_check: bool = False
    ) -> Iterator[list[TermMatch]]:
        """Yield the terms of each text, in order; a text is read when its answer is asked for.

        >>> recognizer = Recognizer([Concept(id="a", terms=(Term(text="army", lang="en"),))])
        >>> [len(matches) for matches in recognizer.recognize_many(["The army.", "None."], "en")]
        [1, 0]
        """
        self._language(lang)
        return (self.recognize(text, lang, nested=nested, word_check=word_check) for text in texts)

    def recognize_stream(
        self, file: TextIO, lang: str, *, nested: bool = False, word_check: bool = False
    ) -> Iterator[TermMatch]:
        """Yield the terms of a text file of any size; it is read as the answers are consumed.

        Spans count from the beginning of the file. The answer is that of :meth:`recognize` on the whole.
        """
        from termbase.stream import pieces

        language = self._language(lang)

        def whole(text: str) -> list[tuple[int, int]]:
            mapped = normalize_mapped(text)
            spans = [(start, -end) for start, end, _ in self._whole(language, mapped.text, lang)]
            if lang == "vi":
                # A syllable cut off from its word would look like a term.
                spans += common_pairs(mapped.text)
            return [mapped.to_source(*span) for span in spans]

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

    def _whole(self, language: Language, normal: str, lang: str) -> list[Hit]:
        """Return the hits that are whole words and meant, in the normal text, in no order."""
        searchable = Searchable(normal)
        ends, shifts = searchable.ends, searchable.shifts
        gaps = len(ends)
        strict = language.strict
        found = language.automaton.find(as_searched(searchable.text, lang))
        # With a space behind it the last character has a neighbour, and the first has it too, at -1.
        text = searchable.text + " "
        hits = []
        for pattern, start, end in found:
            left, right = text[start - 1], text[end]
            if left.isalnum() or right.isalnum():
                continue
            if (left in JOINTS or right in JOINTS or right >= "\u0300") and blocked(text, start, end, lang):
                continue
            if gaps:
                place = bisect_right(ends, start)
                across = place < gaps and ends[place] < end
                start += shifts[place]
                end = searchable.place(end - 1) + 1 if across else end + shifts[place]
                if across:
                    span = balanced(normal, start, end)
                    if span is None or (strict[pattern] and not language.meant(pattern, normal, start, end)):
                        continue
                    hits.append((span[0], -span[1], pattern))
                    continue
            if strict[pattern] and not language.meant(pattern, normal, start, end):
                continue
            hits.append((start, -end, pattern))
        return hits


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
