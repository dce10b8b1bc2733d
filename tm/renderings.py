"""The terms of a query in a suggestion: which it renders as accepted, which it breaks, and where they stand.

A recogniser passes over everyday words such as *unit* or *march*, which name a concept only where the
context is known. Here it is: the query says which concepts to look for, so that their accepted terms are
looked for by their forms. A term is broken when no accepted rendering is there even in other order
(*Military Command of Long Son province*), and the termbase, where it can judge a pair, finds so too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from termbase.model import Concept, Span, Term, TermMatch
from termbase.text.keys import match_key
from tm.model import Segment, TermConflict
from tm.terms import TermJudge, TermSource

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LIGHT = frozenset("a an and for in of on or the to with".split())


def judged(
    terms: TermSource, found: Sequence[TermMatch], query: Segment, suggestion: Segment
) -> tuple[tuple[TermConflict, ...], tuple[Span, ...]]:
    """Return the terms of the query that the suggestion breaks, and where it holds accepted ones.

    ``found`` are the terms of ``query``.
    """
    rendered = terms.recognize(suggestion.text, suggestion.lang)
    accepted = {c.id for m in rendered for c, t in zip(m.concepts, m.terms, strict=True) if t.status.accepted}
    rejected = {c.id for m in rendered for c in m.concepts} - accepted
    wanted: dict[str, Concept] = {c.id: c for m in found for c in m.concepts}
    quiet = [concept for concept in wanted.values() if concept.id not in accepted]
    more = [place for concept in quiet for place in places(concept, suggestion.text, suggestion.lang)]
    said = accepted | {place.concept.id for place in more}
    broken = [match for match in found if _breaks(match, suggestion, said, rejected)]
    if broken and isinstance(terms, TermJudge):
        faults = terms.conflicts(query.text, suggestion.text, query.lang)
        at_fault = [(f.source.start, f.source.end) for f in faults if f.source]
        broken = [m for m in broken if any(start < m.end and m.start < end for start, end in at_fault)]
    marked = [
        Span(m.start, m.end, m.text)
        for m in (*rendered, *more)
        if any(c.id in wanted and t.status.accepted for c, t in zip(m.concepts, m.terms, strict=True))
    ]
    return tuple(_conflict(match, suggestion.lang) for match in broken), _apart(marked)


def _breaks(match: TermMatch, suggestion: Segment, said: set[str], rejected: set[str]) -> bool:
    """Whether no concept that the term may stand for is rendered as accepted."""
    lang = suggestion.lang
    ids = {concept.id for concept in match.concepts}
    if not all(concept.accepted(lang) for concept in match.concepts) or said & ids:
        return False
    if rejected & ids or lang != "en":
        return True
    words = _stems(suggestion.text)
    return not any(
        needed and needed <= words for c in match.concepts for t in c.accepted(lang) for needed in (_stems(t.text),)
    )


def _conflict(match: TermMatch, lang: str) -> TermConflict:
    texts = [term.text for concept in match.concepts for term in concept.accepted(lang)]
    return TermConflict(match.concept.id, match.text, tuple(dict.fromkeys(texts)))


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans in order, without those that lie in another or overlap one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


@lru_cache(maxsize=1 << 14)
def _stems(text: str) -> frozenset[str]:
    from termbase.text.english import key

    return frozenset(key(word) for word in _WORD.findall(text) if word.lower() not in _LIGHT)


def places(concept: Concept, text: str, lang: str) -> list[TermMatch]:
    """Return where accepted terms of a concept stand in a text, in any form, the longest of those that overlap.

    >>> from termbase.model import PartOfSpeech
    >>> unit = Concept(id="u", terms=(Term(text="unit", lang="en", part_of_speech=PartOfSpeech.NOUN),))
    >>> [(place.start, place.text) for place in places(unit, "Units of the united army", "en")]
    [(0, 'Units')]
    """
    searched = match_key(text)
    found = [
        TermMatch(
            start=m.start(), end=m.end(), text=text[slice(*m.span())], lang=lang, concepts=(concept,), terms=(term,)
        )
        for term in concept.accepted(lang)
        if not term.type.abbreviated
        for m in _pattern(term).finditer(searched)
    ]
    found.sort(key=lambda place: (place.start, -place.end))
    kept: list[TermMatch] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


@lru_cache(maxsize=1 << 13)
def _pattern(term: Term) -> re.Pattern[str]:
    """Return what finds the forms of a term in a text as :func:`match_key` gives it."""
    from termbase.text.english import surface_forms

    forms = surface_forms(term.text, term.part_of_speech, term.number) if term.lang == "en" else {term.text}
    keys = sorted({match_key(form) for form in forms}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, keys))})(?![\w-])")
