"""Guessing which unknown phrases of English documents may render one concept.

Two phrases are put together when they share their head and a modifier of one family but not the others
(*regional defense command*, *Defensive Area Command*), or all but their head (*people's heart position*,
*people's heart posture*). A phrase may also be a known term without a word in its middle (*two-tier
government* beside *two-tier local government*). Guesses are for a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from termbase.checking.lenient import content_keys, related
from termbase.reporting.model import ConceptReport, Guess, Place, Rendering
from termbase.text.english import key

_MOST = 12
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?=-[a-z])(?:-[a-z]+)?|[^\w\s]|\d+")
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINT = re.compile(r"[ -]|\u2011")
_BORDER = frozenset(
    "a an the and or of to in on at by for with from as is are was were be been being has have had do does did will "
    "would can could may must should shall not no this that these those its their his her our they it he she we who "
    "which what when where while after before during into over under between among through about than then so such "
    "also all both each every any some more most many much other another own same new first last next one two three "
    "four five six seven eight nine ten there here up out off only very well now year years day month per percent "
    "towards toward against within without along across according".split()
)


class _Phrase(NamedTuple):
    keys: tuple[str, ...]
    text: str
    place: Place


def guesses(documents: Sequence[tuple[str, str]]) -> list[Guess]:
    """Return groups of phrases that may mean one thing, the likeliest first.

    Only phrases of different documents are put together.

    >>> texts = [("a", "The regional defense commands met."), ("b", "The Defensive Area Command met.")]
    >>> [[r.text for r in guess.renderings] for guess in guesses(texts)]
    [['regional defense commands', 'Defensive Area Command']]
    """
    groups: dict[tuple[str, ...], list[_Phrase]] = {}
    for name, text in documents:
        for phrase in _phrases(name, text):
            groups.setdefault(phrase.keys, []).append(phrase)
    candidates = [keys for keys in groups if len(keys) >= 3]
    found = []
    for keys, other in _near(candidates):
        reason = _alike(groups[keys][0], groups[other][0])
        documents_of = {p.place.document for k in (keys, other) for p in groups[k]}
        if reason and len(documents_of) > 1:
            weight = len(groups[keys]) + len(groups[other])
            found.append((weight, Guess((_rendering(groups[keys]), _rendering(groups[other])), reason)))
    found.sort(key=lambda item: -item[0])
    return [guess for _, guess in found[:_MOST]]


def _near(candidates: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the pairs with one head, or all but the head in common; no others can be alike."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, keys in enumerate(candidates):
        alike.setdefault(keys[-1:], []).append(place)
        alike.setdefault((*keys[:-1], ""), []).append(place)
    pairs = {pair for places in alike.values() for pair in combinations(places, 2)}
    return ((candidates[first], candidates[other]) for first, other in sorted(pairs))


def shortened(documents: Sequence[tuple[str, str]], concepts: Sequence[ConceptReport]) -> list[Guess]:
    """Return phrases that are a rendering of the documents without one of its inner words.

    Only where the document of the phrase never has that rendering whole: there it would be a short form.
    Renderings of fewer than four words are too near to everyday phrases. ``documents`` are texts with
    their known terms blanked out.
    """
    sought: dict[tuple[str, ...], tuple[ConceptReport, Rendering]] = {}
    for concept in concepts:
        for rendering in concept.renderings:
            for keys in _shorter(rendering.text):
                sought.setdefault(keys, (concept, rendering))
    met: dict[tuple[str, ...], list[_Phrase]] = {}
    for name, text in documents if sought else ():
        for phrase in _runs(name, text, {len(keys) for keys in sought}):
            known = sought.get(phrase.keys)
            if known and not any(name in r.by_document for r in known[0].renderings):
                met.setdefault(phrase.keys, []).append(phrase)
    reason = "a known term without one of its words"
    return [
        Guess((sought[keys][1], _rendering(found)), reason, sought[keys][0].concept_id) for keys, found in met.items()
    ]


def _shorter(term: str) -> Iterator[tuple[str, ...]]:
    """Yield the word keys of a term of four words or more without one inner word; *two-tier* goes whole or not."""
    words = [tuple(key(part) for part in _PART.findall(word)) for word in term.split()]
    if sum(map(len, words)) < 4:
        return
    for inner in range(1, len(words) - 1):
        keys = tuple(part for word in (*words[:inner], *words[inner + 1 :]) for part in word)
        if len(content_keys(" ".join(keys))) >= 3:
            yield keys


def _runs(name: str, text: str, widths: set[int]) -> Iterator[_Phrase]:
    """Yield every run of as many words as asked that only spaces and hyphens part."""
    words = list(_PART.finditer(text))
    keys = [key(word.group()) for word in words]
    joined = [_JOINT.fullmatch(text, a.end(), b.start()) is not None for a, b in pairwise(words)]
    for first, word in enumerate(words):
        for width in widths:
            last = first + width - 1
            if last < len(words) and all(joined[first:last]):
                start, end = word.start(), words[last].end()
                place = Place(name, start, text[max(0, start - 50) : start], text[start:end], text[end : end + 50])
                yield _Phrase(tuple(keys[first : last + 1]), text[start:end], place)


def _phrases(name: str, text: str) -> Iterator[_Phrase]:
    """Yield every three words in a row without a border word or mark among them."""
    run: list[re.Match[str]] = []
    for found in [*_WORD.finditer(text), None]:
        word = found.group() if found else "."
        if found and word[0].isalpha() and word.lower() not in _BORDER:
            run.append(found)
            continue
        for first in range(len(run) - 2):
            words = run[first : first + 3]
            start, end = words[0].start(), words[-1].end()
            if "\n" not in text[start:end]:
                place = Place(name, start, text[max(0, start - 50) : start], text[start:end], text[end : end + 50])
                yield _Phrase(tuple(key(w.group()) for w in words), text[start:end], place)
        run = []


def _alike(first: _Phrase, second: _Phrase) -> str:
    """Return why two phrases may mean one thing, ``""`` when nothing says so."""
    one, other = first.keys, second.keys
    if one[:-1] == other[:-1]:
        named = first.text.rpartition(" ")[0].istitle()
        return "" if named or related(one[-1], other[-1]) else "the same words before another head"
    if one[-1] != other[-1]:
        return ""
    mine, yours = one[:-1], other[:-1]
    if set(mine) & set(yours):
        return ""
    shared = [(a, b) for a in mine for b in yours if related(a, b)]
    return "the same head and a modifier of one family" if len(shared) == 1 else ""


def _rendering(phrases: Sequence[_Phrase]) -> Rendering:
    by_document: dict[str, int] = {}
    for phrase in phrases:
        by_document[phrase.place.document] = by_document.get(phrase.place.document, 0) + 1
    return Rendering(phrases[0].text, "guess", len(phrases), by_document, tuple(p.place for p in phrases[:3]))
