"""Terms in running text: every spelling of every term, whole words only, the longest at each place.

A :class:`Recognizer` is compiled once for a set of concepts and may be shared by threads. It matches
syllables, never segmented words (segmentation cuts through 2 % of the terms); segmentation serves only
to mark doubtful hits, see :mod:`termbase.false_friends`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from termbase.automaton import Automaton, Hit, Searchable, leftmost_longest, normalized_terms, searchable_all
from termbase.edges import JOINTS, blocked
from termbase.errors import UsageError
from termbase.model import LANGUAGES, AdministrativeStatus, CaseRule, Concept, Term, TermMatch
from termbase.surface import ABBREVIATION, ANY, EXACT, Form, fits
from termbase.text.keys import match_key
from termbase.text.normalize import normalize_mapped
from termbase.variants import running_forms

_ORDER = {status: place for place, status in enumerate(AdministrativeStatus)}
_LATE = _ORDER[AdministrativeStatus.DRAFT]
CHUNK = 1 << 20
"""Characters read at a time from a stream."""


class _Sense(NamedTuple):
    """A pattern's meaning: a form, and which term of which concept it stands for; best sorts first."""

    order: tuple[int, ...]
    form: Form
    concept: Concept
    term: Term


class _Language:
    """The compiled terms of one language."""

    __slots__ = ("automaton", "conditional", "keys", "plain", "senses")

    def __init__(self, concepts: Sequence[Concept], lang: str) -> None:
        named = [(place, c, term) for place, c in enumerate(concepts) for term in c.terms if term.lang == lang]
        texts = normalized_terms([term.text for _, _, term in named])
        senses: list[_Sense] = []
        for (place, concept, term), text in zip(named, texts, strict=True):
            senses.extend(_senses(place, concept, term, text))
        found: dict[str, list[_Sense]] = {}
        for key, sense in zip(searchable_all([sense.form.text for sense in senses]), senses, strict=True):
            found.setdefault(_pattern(key, lang), []).append(sense)
        found.pop("", None)
        self.senses = [_ordered(group) for group in found.values()]
        self.conditional = [any(s.form.rule != ANY for s in group) or len(group) > 1 for group in self.senses]
        self.plain = [(tuple(s.concept for s in group), tuple(s.term for s in group)) for group in self.senses]
        self.keys = frozenset(found)
        self.automaton = Automaton(list(found))


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
        self._languages: dict[str, _Language] = {}

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
        hits = chosen = leftmost_longest(whole)
        inner: set[Hit] = set()
        if nested:
            inner = set(_inside(whole, chosen))
            hits = sorted((*chosen, *inner))
        doubtful: set[int] = set()
        if word_check and lang == "vi" and hits:
            from termbase.false_friends import doubtful_hits

            spans = [(start, -end) for start, end, _ in hits]
            doubtful = doubtful_hits(mapped.text, match_key(mapped.text), spans, language.keys.__contains__)
        matches = []
        for place, hit in enumerate(hits):
            start, end = hit[0], -hit[1]
            concepts, terms = _meaning(language, hit, mapped.text)
            if mapped.starts is not None:
                start, end = mapped.to_source(start, end)
            matches.append(
                TermMatch(
                    start=start,
                    end=end,
                    text=text[start:end],
                    lang=lang,
                    concepts=concepts,
                    terms=terms,
                    doubtful=place in doubtful,
                    nested=hit in inner,
                )
            )
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
            return [mapped.to_source(start, -end) for start, end, _ in self._whole(language, mapped.text, lang)]

        for offset, piece in pieces(file, whole, CHUNK):
            for match in self.recognize(piece, lang, nested=nested, word_check=word_check):
                yield _moved(match, offset)

    def _language(self, lang: str) -> _Language:
        if lang not in LANGUAGES:
            raise UsageError(f"there is no language {lang!r}; known: {', '.join(LANGUAGES)}")
        language = self._languages.get(lang)
        if language is None:
            language = self._languages[lang] = _Language(self._concepts, lang)
        return language

    def _whole(self, language: _Language, normal: str, lang: str) -> list[Hit]:
        """Return the hits that are whole words and meant, in the normal text, in no order."""
        searchable = Searchable(normal)
        gaps = bool(searchable.ends)
        conditional = language.conditional
        # With a space behind it the last character has a neighbour, and the first has it too, at -1.
        text = searchable.text + " "
        hits = []
        for pattern, start, end in language.automaton.find(_pattern(searchable.text, lang)):
            left, right = text[start - 1], text[end]
            if left.isalnum() or right.isalnum():
                continue
            if (left in JOINTS or right in JOINTS or right >= "\u0300") and blocked(text, start, end, lang):
                continue
            if gaps:
                start, end, across = searchable.to_normal(start, end)
                if across and not _balanced(normal, start, end):
                    continue
            if conditional[pattern] and not _meant(language.senses[pattern], normal, start, end):
                continue
            hits.append((start, -end, pattern))
        return hits


def _pattern(key: str, lang: str) -> str:
    """Return a searchable text as it is searched: an English hyphen may be a space, and a space a hyphen."""
    return key.replace("-", " ") if lang == "en" else key


def _senses(place: int, concept: Concept, term: Term, text: str) -> Iterator[_Sense]:
    abbreviated = term.type.abbreviated
    rule = ABBREVIATION if abbreviated else EXACT if term.case_rule is CaseRule.EXACT else ANY
    part = term.part_of_speech.value if term.part_of_speech else None
    number = term.number.value if term.number else None
    status = _ORDER[term.status]
    order = (status if status > _LATE else 0, 0, status, place)
    for form in running_forms(text, term.lang, abbreviated=abbreviated, part_of_speech=part, number=number):
        yield _Sense(order, Form(form, term.lang, rule), concept, term)
        order = (order[0], 1, status, place)


def _ordered(senses: list[_Sense]) -> tuple[_Sense, ...]:
    """Sort the senses of a pattern, best first, one a concept."""
    if len(senses) == 1:
        return (senses[0],)
    best: dict[int, _Sense] = {}
    for sense in sorted(senses, key=lambda sense: sense.order):
        best.setdefault(id(sense.concept), sense)
    return tuple(best.values())


def _meant(senses: tuple[_Sense, ...], normal: str, start: int, end: int) -> bool:
    return any(fits(sense.form, normal, start, end) for sense in senses)


def _meaning(language: _Language, hit: Hit, normal: str) -> tuple[tuple[Concept, ...], tuple[Term, ...]]:
    """Return the concepts and terms a hit stands for, the likeliest first."""
    start, end, pattern = hit[0], -hit[1], hit[2]
    if not language.conditional[pattern]:
        return language.plain[pattern]
    surface = normal[start:end]
    fitting = [sense for sense in language.senses[pattern] if fits(sense.form, normal, start, end)]
    # Among equals the one whose capitals are those of the text is meant.
    fitting.sort(key=lambda sense: (sense.order[0], sense.form.text != surface, sense.order))
    return tuple([sense.concept for sense in fitting]), tuple([sense.term for sense in fitting])


def _inside(whole: list[Hit], chosen: list[Hit]) -> Iterator[Hit]:
    """Yield the hits that lie inside a chosen one."""
    rest = iter(sorted(whole))
    hit = next(rest, None)
    for outer in chosen:
        while hit is not None and hit[0] < -outer[1]:
            if hit[0] >= outer[0] and hit[1] >= outer[1] and hit != outer:
                yield hit
            hit = next(rest, None)


_CLOSING = {"(": ")", "[": "]", "{": "}"}


def _balanced(normal: str, start: int, end: int) -> bool:
    """Whether brackets opened or closed within a hit have their other half within or right beside it."""
    open_ones: list[str] = []
    for char in normal[start:end]:
        if char in _CLOSING:
            open_ones.append(_CLOSING[char])
        elif char in ")]}":
            if open_ones and open_ones[-1] == char:
                open_ones.pop()
            elif start == 0 or _CLOSING.get(normal[start - 1]) != char:
                return False
    return normal.startswith("".join(reversed(open_ones)), end)


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
