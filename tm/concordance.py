"""Concordance: where a phrase stands in the memory, in either language, and how it was rendered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from termbase.text.keys import match_key, strip_marks
from termbase.text.normalize import normalize
from tm.counterpart import Counterpart, Place, counterparts, learnt_pairs
from tm.fuzzy.keys import CLASS_MARK, Surface, fold, key_tokens
from tm.links import words_of
from tm.model import TranslationUnit
from tm.places import PhrasePlace
from tm.search import sides
from tm.terms import TermSource

Key = Callable[[str, Surface], str]


def phrase_key(*, marks: bool) -> Key:
    """Return how tokens are compared: by their letters, with ``marks`` or without."""

    def key(text: str, token: Surface) -> str:
        surface = match_key(text[token.start : token.end]) if token.key.startswith(CLASS_MARK) else token.key
        return surface if marks else strip_marks(surface)

    return key


def find_phrase(text: str, phrase: str, lang: str, key: Key) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``phrase`` in ``text``, whole tokens only.

    >>> list(find_phrase("Sẵn sàng chiến đấu", "san sang", "vi", phrase_key(marks=False)))
    [(0, 8)]
    >>> list(find_phrase("Sẵn sàng chiến đấu", "san sang", "vi", phrase_key(marks=True)))
    []
    """
    wanted = [key(phrase, token) for token in parted(phrase, lang)]
    tokens = parted(text, lang)
    keys = [key(text, token) for token in tokens]
    width = len(wanted)
    for start in range(len(keys) - width + 1) if width else ():
        if keys[start : start + width] == wanted:
            yield tokens[start].start, tokens[start + width - 1].end


def parted(text: str, lang: str) -> list[Surface]:
    """Return the tokens of a text, dates in their parts: the year of a date is a phrase of its own.

    >>> [text[t.start : t.end] for text in ["on 22 December 1944"] for t in parted(text, "en")]
    ['on', '22', 'December', '1944']
    """
    found = []
    for token in key_tokens(text, lang):
        if token.key != DATE:
            found.append(token)
            continue
        for part in _PART.finditer(text, token.start, token.end):
            key = NUMBER if part[0].isdecimal() else fold(part[0], lang)
            found.append(Surface(part.start(), part.end(), key))
    return found


DATE, NUMBER = f"{CLASS_MARK}date", f"{CLASS_MARK}number"
_PART = re.compile(r"[^\W_]+")


def hits_in(units: Iterable[TranslationUnit], phrase: str, lang: str, *, marks: bool) -> list[PhrasePlace]:
    """Return the places of a phrase in units, without counterparts."""
    key = phrase_key(marks=marks)
    found = []
    for unit in units:
        if lang not in (unit.source.lang, unit.target.lang):
            continue
        own, other = sides(unit, lang)
        for start, end in find_phrase(own.text, phrase, lang, key):
            found.append(PhrasePlace(unit, lang, own.text, start, end, other.text))
    return found


def with_counterparts(
    hits: Sequence[PhrasePlace], background: Sequence[tuple[str, str]], terms: TermSource | None = None
) -> list[PhrasePlace]:
    """Return the hits with the likely counterpart of the phrase marked.

    The words of each pair are linked by values, terms, names, the word list and what the pairs themselves
    teach (:mod:`tm.counterpart`); ``background`` are pairs without the phrase, texts in the language of the
    hits first. Where that says nothing, the run of words that the other sides share is taken, if it stands
    with the phrase much oftener than without (the Dice measure of association; Smadja, McKeown and
    Hatzivassiloglou, CL 22, 1996).
    """
    if not hits:
        return []
    langs = hits[0].lang, sides(hits[0].unit, hits[0].lang)[1].lang
    texts = [(hit.text, hit.other) for hit in hits]
    found = counterparts(
        [Place(hit.text, hit.start, hit.end, hit.other) for hit in hits],
        langs,
        terms=terms,
        learnt=learnt_pairs([*texts[:_LEARNT], *background[:_LEARNT]], langs),
    )
    # A unit that holds the phrase twice is evidence once.
    ranked = _associated([other for _, other in dict.fromkeys(texts)], [other for _, other in background], langs[1])
    marked = []
    for hit, one in zip(hits, found, strict=True):
        if one is None and (run := _first_run(hit.other, ranked, langs[1])):
            one = Counterpart(run[1], run[2], run[0])
        marked.append(replace(hit, counterpart=(one.start, one.end), confidence=one.confidence) if one else hit)
    return marked


_LEARNT = 300
"""Pairs with the phrase, and without it, from which words are learnt."""

_LONGEST_RUN = 6
_LEAST_SHARED = 3
_LEAST_DICE = 0.5


def _runs(text: str, lang: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield the runs of words that begin and end with one that is no particle, with their places."""
    words = words_of(text, lang)
    ends = [k for k, word in enumerate(words) if not word.particle]
    for start in ends:
        for last in ends:
            if start <= last < start + _LONGEST_RUN:
                keys = tuple(word.form for word in words[start : last + 1])
                yield keys, words[start].start, words[last].end


def _associated(others: Sequence[str], background: Sequence[str], lang: str) -> dict[tuple[str, ...], float]:
    """Return runs of words with their association to the phrase; only sure ones."""
    inside = Counter(run for text in others for run in {keys for keys, _, _ in _runs(text, lang)})
    candidates = {run: count for run, count in inside.items() if count >= max(_LEAST_SHARED, len(others) // 8)}
    outside = Counter(
        run for text in background for run in {keys for keys, _, _ in _runs(text, lang)} if run in candidates
    )
    scores = {run: 2 * count / (count + outside[run] + len(others)) for run, count in candidates.items()}
    return {run: score for run, score in scores.items() if score >= _LEAST_DICE}


def _first_run(text: str, ranked: dict[tuple[str, ...], float], lang: str) -> tuple[float, int, int] | None:
    best = max(
        ((ranked[keys], len(keys), -start, start, end) for keys, start, end in _runs(text, lang) if keys in ranked),
        default=None,
    )
    return (best[0], best[3], best[4]) if best else None


def by_rendering(hits: Sequence[PhrasePlace]) -> list[tuple[str, list[PhrasePlace]]]:
    """Return the hits grouped by rendering, the most frequent first, the unknown last.

    Renderings that differ in capitals alone are one, named as most of them are written.
    """
    groups: dict[str, list[PhrasePlace]] = {}
    for hit in hits:
        groups.setdefault(match_key(normalize(hit.rendering)), []).append(hit)
    ordered = sorted(groups.items(), key=lambda item: (not item[0], -len(item[1]), item[0]))
    return [(Counter(hit.rendering for hit in held).most_common(1)[0][0], held) for _, held in ordered]
