"""Which words of a sentence pair render each other, as far as there is evidence.

Evidence is, by falling strength: equal values (numbers, dates), terms of one concept of the termbase, names written
alike, the word list of the aligner, and word pairs learnt from the memory. Each word is linked at most once, the
strongest links first (competitive linking: Melamed, Models of translational equivalence, CL 26, 2000); of equal words
those at like places go together. Particles are linked last, and only beside a link of their neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from termbase.text.keys import match_key, strip_marks
from tm.align.lexicon import Lexicon
from tm.align.stems import stem
from tm.fuzzy.keys import key_tokens
from tm.terms import TermSource

VALUE, TERM, NAME, WORD, DERIVED, PART, PARTICLE = 1.0, 0.95, 0.9, 0.85, 0.65, 0.5, 0.5

_PARTICLES = {
    "vi": frozenset(
        """và của các những là có được trong cho với này về để tại từ đến khi như ra vào trên cũng đó sẽ đã đang do
        theo mà thì bị bởi ở một sự việc cái chiếc con cuộc nên rồi qua lên xuống lại ấy kia thế rất hay hoặc nếu
        vì tôi bạn anh chị ông bà họ nó chúng ta mình em bằng phải hãy nhé ạ à""".split()
    ),
    "en": frozenset(
        """a an the and or but of in on at to for from by with as is are was were be been being has have had do does
        did this that these those it its he she they them their his her him we us our you your i me my who which will
        would can could may might must shall should there here if so than then into onto up out one""".split()
    ),
}
_BARRIERS = {
    "en": frozenset("across against within along between among through over under after before about during".split())
    | frozenset("without near behind below above towards toward because when while".split()),
    "vi": frozenset("khỏi giữa sau trước ngoài dưới gần không chưa đừng cùng ngay đều vẫn".split()),
}
"""Words beside the particles that no noun phrase reaches across."""

_MISSTEMMED = frozenset({("của", "be"), ("người", "one")})
"""Entries of the word list whose stems, of "'s" and "one", are those of other words ("is", "first") too."""

_DIGIT = re.compile(r"\d")
_LONGEST = 4
_APART = 0.25
_NEAR = 2
_LARGER = 0.15


class Word(NamedTuple):
    """A token of a text: ``text[start:end]``, the form it is compared by, and whether it is a mere particle.

    A particle, or a preposition, is a barrier: a phrase does not grow across it by guess.
    """

    start: int
    end: int
    form: str
    particle: bool
    barrier: bool


class Link(NamedTuple):
    """Words of one side and words of the other (half open ranges) that render each other, 0 to 1 sure."""

    own: tuple[int, int]
    other: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What links are known from: ``learnt`` are pairs of a word in the first of ``langs`` and one in the second."""

    langs: tuple[str, str]
    lexicon: Lexicon
    terms: TermSource | None = None
    learnt: Mapping[tuple[str, str], float] = field(default_factory=dict)


def words_of(text: str, lang: str) -> list[Word]:
    """Return the words of a text; English forms are stemmed.

    >>> [(word.form, word.particle) for word in words_of("The soldiers", "en")]
    [('the', True), ('soldier', False)]
    """
    return [
        Word(token.start, token.end, *_read(text[token.start : token.end], lang)) for token in key_tokens(text, lang)
    ]


@lru_cache(maxsize=65536)
def _read(surface: str, lang: str) -> tuple[str, bool, bool]:
    """Return the form of a word, whether it is a particle, and whether a barrier."""
    key = match_key(surface)
    particle = key in _PARTICLES.get(lang, ())
    return stem(key) if lang == "en" else key, particle, particle or key in _BARRIERS.get(lang, ())


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sentence pair, with the words of each side."""

    texts: tuple[str, str]
    own: list[Word]
    other: list[Word]


def link_words(texts: tuple[str, str], words: tuple[list[Word], list[Word]], known: Knowledge) -> list[Link]:
    """Return the links between the words of two texts, in the order of the first."""
    pair = _Pair(texts, *words)
    best: dict[tuple[tuple[int, int], tuple[int, int]], float] = {}
    for link in _candidates(pair, known):
        key = link[:2]
        best[key] = max(best.get(key, 0.0), link.weight)
    links = [Link(*key, weight) for key, weight in best.items()]
    heavy = [link for link in links if not _is_particle(link, pair)]
    light = [link for link in links if _is_particle(link, pair)]
    chosen = _compete(heavy, pair)
    chosen += _joined(heavy, chosen)
    chosen += _beside(light, chosen)
    return sorted(chosen)


def _candidates(pair: _Pair, known: Knowledge) -> Iterator[Link]:
    yield from _values(pair, known.langs)
    if known.terms is not None:
        yield from _terms(pair, known.langs, known.terms)
    yield from _names(pair)
    if known.langs == ("vi", "en"):
        yield from _lexical(pair.own, pair.other, known.lexicon)
    elif known.langs == ("en", "vi"):
        for link in _lexical(pair.other, pair.own, known.lexicon):
            yield Link(link.other, link.own, link.weight)
    for i, own in enumerate(pair.own):
        for j, other in enumerate(pair.other):
            weight = known.learnt.get((own.form, other.form), 0.0)
            if weight and not (own.particle and other.particle):
                yield Link((i, i + 1), (j, j + 1), min(weight, WORD) * (PART if own.particle or other.particle else 1))


def _values(pair: _Pair, langs: tuple[str, str]) -> Iterator[Link]:
    if not all(map(_DIGIT.search, pair.texts)):  # numbers in words are in the word list
        return
    from termbase.text.numbers import find_values

    found: tuple[dict[str, list[tuple[int, int]]], ...] = ({}, {})
    for side, (text, words) in enumerate(zip(pair.texts, (pair.own, pair.other), strict=True)):
        for value in find_values(text, langs[side]):
            span = covering(words, value.start, value.end)
            if span:
                found[side].setdefault(value.value, []).append(span)
    for value_text, spans in found[0].items():
        # Equal values are paired in their order.
        for own, other in zip(spans, found[1].get(value_text, ()), strict=False):
            yield Link(own, other, VALUE)


def _terms(pair: _Pair, langs: tuple[str, str], terms: TermSource) -> Iterator[Link]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in terms.recognize(pair.texts[0], langs[0]):
        span = covering(pair.own, match.start, match.end)
        for concept in match.concepts if span else ():
            found.setdefault(concept.id, []).append(span)  # type: ignore[arg-type]
    for match in terms.recognize(pair.texts[1], langs[1]) if found else ():
        span = covering(pair.other, match.start, match.end)
        for concept in match.concepts if span else ():
            for own in found.get(concept.id, ()):
                yield Link(own, span, TERM)  # type: ignore[arg-type]


def _names(pair: _Pair) -> Iterator[Link]:
    bare: dict[str, list[int]] = {}
    for j, word in enumerate(pair.other):
        # "An" within a sentence is a name.
        if (not word.particle or (j and pair.texts[1][word.start].isupper())) and word.end - word.start > 1:
            bare.setdefault(_bare(pair.texts[1], word), []).append(j)
    for i, word in enumerate(pair.own):
        for j in bare.get(_bare(pair.texts[0], word), ()) if not word.particle else ():
            capitals = pair.texts[0][word.start].isupper() and pair.texts[1][pair.other[j].start].isupper()
            if capitals or (word.form == pair.other[j].form and word.form.isascii() and len(word.form) > 2):
                yield Link((i, i + 1), (j, j + 1), NAME)


def _bare(text: str, word: Word) -> str:
    return strip_marks(match_key(text[word.start : word.end])).replace("đ", "d")


def _lexical(vi: Sequence[Word], en: Sequence[Word], lexicon: Lexicon) -> Iterator[Link]:
    grams = _grams(en)
    covered: set[int] = set()
    for size in range(_LONGEST, 0, -1):
        for i in range(len(vi) - size + 1):
            unit = " ".join([word.form for word in vi[i : i + size]])
            renderings = lexicon.links.get(unit)
            if not renderings:
                continue
            inner = all(k in covered for k in range(i, i + size))
            found = False
            for rendering in renderings:
                if (unit, rendering) in _MISSTEMMED:
                    continue
                width = rendering.count(" ") + 1
                for j in grams.get(rendering, ()):
                    found = True
                    yield Link((i, i + size), (j, j + width), PART if inner else WORD)
                if width == 1 and rendering not in grams:
                    for j in _derived(rendering, en):
                        found = True
                        yield Link((i, i + size), (j, j + 1), PART if inner else DERIVED)
            if found and size > 1:
                covered.update(range(i, i + size))


def _grams(words: Sequence[Word]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for size in range(1, _LONGEST + 1):
        for j in range(len(words) - size + 1):
            found.setdefault(" ".join([word.form for word in words[j : j + size]]), []).append(j)
    return found


def _derived(rendering: str, words: Sequence[Word]) -> list[int]:
    """Return the words that begin as a rendering does, such as "implementing" and "implementation"."""
    if len(rendering) < 5:
        return []
    head = rendering[: max(5, (2 * len(rendering) + 2) // 3)]
    return [
        j
        for j, word in enumerate(words)
        if word.form.startswith(head) and len(word.form) <= 2 * len(rendering) and not word.particle
    ]


def _is_particle(link: Link, pair: _Pair) -> bool:
    own, other = (words[slice(*span)] for words, span in ((pair.own, link.own), (pair.other, link.other)))
    return all(word.particle for word in own) or all(word.particle for word in other)


def _compete(links: Sequence[Link], pair: _Pair) -> list[Link]:
    """Return the strongest links of which no two share a word."""
    sizes = max(len(pair.own), 1), max(len(pair.other), 1)

    def strength(link: Link) -> tuple[float, Link]:
        tokens = link.own[1] - link.own[0] + link.other[1] - link.other[0]
        apart = abs(sum(link.own) / 2 / sizes[0] - sum(link.other) / 2 / sizes[1])
        return -link.weight * (1 + _LARGER * (tokens - 2)) + _APART * apart, link

    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = []
    for link in sorted(links, key=strength):
        spans = range(*link.own), range(*link.other)
        if not any(used & set(span) for used, span in zip(taken, spans, strict=True)):
            chosen.append(link)
            for used, span in zip(taken, spans, strict=True):
                used.update(span)
    return chosen


def _joined(links: Sequence[Link], chosen: Sequence[Link]) -> list[Link]:
    """Return links of words left over to what renders the word beside them: both are one word, in two pieces."""
    own = {k: link for link in chosen for k in range(*link.own)}
    other = {k: link for link in chosen for k in range(*link.other)}
    found: list[Link] = []
    for link in sorted(links, key=lambda link: (-link.weight, link)):
        (i, end), (j, last) = link.own, link.other
        if end - i == 1 and i not in own and j in other:
            held = other[j]
            if i + 1 == held.own[0] or i == held.own[1]:
                own[i] = Link((i, end), held.other, link.weight)
                found.append(own[i])
        elif last - j == 1 and j not in other and i in own:
            held = own[i]
            if j + 1 == held.other[0] or j == held.other[1]:
                other[j] = Link(held.own, (j, last), link.weight)
                found.append(other[j])
    return found


def _beside(links: Sequence[Link], chosen: Sequence[Link]) -> list[Link]:
    """Return the links of particles that stand beside a linked word on both sides."""
    own = {k for link in chosen for k in range(*link.own)}
    other = {k for link in chosen for k in range(*link.other)}
    found = []
    for link in sorted(links, key=lambda link: (-link.weight, link)):
        spans = set(range(*link.own)), set(range(*link.other))
        if spans[0] & own or spans[1] & other:
            continue
        if any(_near(link.own, held.own) and _near(link.other, held.other) for held in chosen):
            found.append(Link(link.own, link.other, min(link.weight, PARTICLE)))
            own |= spans[0]
            other |= spans[1]
    return found


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] - other[1] <= _NEAR and other[0] - one[1] <= _NEAR


def covering(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Return the range of the words that a stretch of the text touches.

    >>> covering(words_of("The soldiers left", "en"), 4, 12)
    (1, 2)
    """
    inside = [k for k, word in enumerate(words) if word.start < end and start < word.end]
    return (inside[0], inside[-1] + 1) if inside else None
