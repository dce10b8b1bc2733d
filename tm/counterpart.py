"""The likely counterpart of a phrase: where its rendering stands in the other text of a pair, and how sure that is.

The words of each pair are linked (:mod:`tm.links`), and the counterpart is the run of words that the links of the
phrase span, if no word outside the phrase is rendered there (a phrase consistent with the alignment: Koehn, Och and
Marcu, Statistical phrase-based translation, NAACL 2003). Words without a link belong to the phrase where nothing
else is left that they could render. Several places vote: a rendering that stands in more than one of them is surer,
and stands in for those whose links say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tm.align.lexicon import shipped_lexicon
from tm.links import Knowledge, Word, covering, link_words, words_of
from tm.terms import TermSource

SURE = 0.6
"""Confidence from which on a counterpart is shown as the likely one."""


class Place(NamedTuple):
    """A phrase, ``text[start:end]``, and the other text of its pair."""

    text: str
    start: int
    end: int
    other: str


class Counterpart(NamedTuple):
    """The rendering of a phrase, a span of the other text in code points, and how sure it is, 0 to 1."""

    start: int
    end: int
    confidence: float


def learnt_pairs(texts: Iterable[tuple[str, str]], langs: tuple[str, str]) -> dict[tuple[str, str], float]:
    """Return pairs of words that occur together in sentence pairs, with weights (IBM model 1 both ways).

    >>> texts = [("Tàu đến.", "Ships came."), ("Tàu đi.", "A ship left."), ("Xe đến.", "Cars came.")]
    >>> ("tàu", "ship") in learnt_pairs(texts * 2, ("vi", "en"))
    True
    """
    from tm.align.learn import learn_words

    beads = [
        ([word.form for word in words_of(own, langs[0])], [word.form for word in words_of(other, langs[1])])
        for own, other in dict.fromkeys(texts)
    ]
    return learn_words(beads, most_frequent=0.6)


def counterparts(
    places: Sequence[Place],
    langs: tuple[str, str],
    *,
    terms: TermSource | None = None,
    learnt: dict[tuple[str, str], float] | None = None,
) -> list[Counterpart | None]:
    """Return the counterpart of each place, ``None`` where none is likely.

    ``langs`` are the languages of the phrase and of the other side; ``learnt`` comes from :func:`learnt_pairs`.

    >>> place = Place("Bộ đội sửa đường.", 7, 16, "The troops repaired the road.")
    >>> [place.other[found.start : found.end] for found in counterparts([place], ("vi", "en")) if found]
    ['repaired the road']
    """
    known = Knowledge(langs, shipped_lexicon(), terms, learnt or {})
    read = [_read(place, known) for place in places]
    return _voted(read, [reading.counterpart() for reading in read])


def _read(place: Place, known: Knowledge) -> _Reading:
    """Read a place; where the phrase cuts through a term, without terms."""
    reading = _Reading(place, known)
    return _Reading(place, replace(known, terms=None)) if reading.cut and known.terms is not None else reading


_RESIDUE = 0.65
"""What a word without a link counts where only the other side's words without a link can be its rendering."""

_ABSORBED = 0.55
"""What a word without a link counts where no word is left that could render it: its neighbours' rendering has it."""

_UNSURE = 0.6
"""Factor for each doubt about where the counterpart ends."""

_VOTE = 0.45
"""Confidence from which on a place strengthens the others of its rendering."""

_DOUBT_LEFT = 0.75
"""What each further such place leaves of the doubt."""

_CHANCE = 0.62
"""How likely words that two places share beside the phrase are chance, to be raised to the number of places."""

_JOINERS = " \u00a0-‐‑'’"
_HARD = 0.5
_CLAIMED = {"vi": 1.4, "en": 2.5}
"""Words of the other language that a word of this one may have as its rendering."""


class _Reading:
    """A place with its words and links; ``span`` are the words of the phrase."""

    def __init__(self, place: Place, known: Knowledge) -> None:
        self.place = place
        self.claimed = _CLAIMED.get(known.langs[0], 2.0)
        self.syllables = known.langs[1] == "vi"
        self.own, self.other = words_of(place.text, known.langs[0]), words_of(place.other, known.langs[1])
        self.links = links = link_words((place.text, place.other), (self.own, self.other), known)
        first, end = self.span = covering(self.own, place.start, place.end) or (0, 0)
        self.inside = [link for link in links if first <= link.own[0] and link.own[1] <= end]
        outside = [link for link in links if link not in self.inside]
        self.cut = any(link.own[0] < end and first < link.own[1] for link in outside)
        self.taken = {j for link in outside for j in range(link.other[0], link.other[1]) if link.weight > _HARD}
        self.linked = (
            {k for link in links for k in range(*link.own)},
            {k for link in links for k in range(*link.other)},
        )
        self.missing = [k for k in self._free(self.own, 0) if first <= k < end]
        self.elsewhere = [k for k in self._free(self.own, 0) if not first <= k < end]

    def counterpart(self) -> Counterpart | None:
        """Return what the links say, ``None`` where they say nothing."""
        first, end = self.span
        if first == end or not self.other:
            return None
        if (first, end) == (0, len(self.own)):
            return self.made(0, len(self.other), 1.0)
        targets = self._targets()
        if targets:
            return self._weighed((min(targets), max(targets) + 1), targets)
        bounds = self._left_over()
        return self._weighed(bounds, {}) if bounds else None

    def made(self, first: int, end: int, confidence: float) -> Counterpart:
        """Return words of the other text as a counterpart."""
        return Counterpart(self.other[first].start, self.other[end - 1].end, confidence)

    def around(self) -> set[str]:
        """Return the words beside the phrase that are no particles."""
        first, end = self.span
        return {word.form for k, word in enumerate(self.own) if not first <= k < end and not word.particle}

    def unclaimed(self) -> set[str]:
        """Return the words of the other text that no word beside the phrase is linked to."""
        return {word.form for j, word in enumerate(self.other) if j not in self.taken and not word.particle}

    def block(self, forms: set[str]) -> tuple[int, int] | None:
        """Return the one stretch of words of these forms, particles between them included."""
        places = [j for j, word in enumerate(self.other) if word.form in forms and j not in self.taken]
        if not places or len(places) != len(forms):
            return None
        bounds = places[0], places[-1] + 1
        inner = all(j in places or self.other[j].particle for j in range(*bounds))
        return bounds if inner and not self.extends(bounds) else None

    def _free(self, words: Sequence[Word], side: int) -> list[int]:
        """Return the words without a link that are no particles."""
        return [k for k, word in enumerate(words) if k not in self.linked[side] and not word.particle]

    def _targets(self) -> dict[int, float]:
        """Return the words that the phrase is linked to, in the stretch without others' words that has most of them."""
        weights: dict[int, float] = {}
        for link in self.inside:
            for j in range(*link.other):
                weights[j] = max(weights.get(j, 0.0), link.weight)
        stretches: dict[int, dict[int, float]] = defaultdict(dict)
        number = 0
        for j in range(len(self.other)):
            number += j in self.taken
            if j in weights:
                stretches[number][j] = weights[j]
        return max(stretches.values(), key=lambda held: sum(held.values()), default={})

    def _left_over(self) -> tuple[int, int] | None:
        """Return the only words without a link, where those of the phrase are the only ones too."""
        free = self._free(self.other, 1)
        if self.cut or not free or self.elsewhere:
            return None
        bounds = free[0], free[-1] + 1
        return None if any(j in self.taken for j in range(*bounds)) else bounds

    def _weighed(self, bounds: tuple[int, int], targets: dict[int, float]) -> Counterpart:
        """Return the counterpart between these bounds or a little wider, with its confidence."""
        bounds, doubts = self._bounded(bounds)
        free = [j for j in self._free(self.other, 1) if bounds[0] <= j < bounds[1]]
        residue = _RESIDUE if free else _ABSORBED
        met = [link for link in self.inside if any(j in targets for j in range(*link.other))]
        reached = {k: link.weight for link in met for k in range(*link.own)}
        words = self._content(self.own, *self.span)
        own = [reached.get(k, residue if k in self.missing else 0.0) for k in words]
        other = [targets.get(j, residue) for j in self._content(self.other, *bounds)]
        confidence = (_mean(own) * _mean(other)) ** 0.5 * _UNSURE**doubts
        return self.made(*self._with_auxiliary(bounds), confidence)

    def _bounded(self, bounds: tuple[int, int]) -> tuple[tuple[int, int], int]:
        """Return where the counterpart begins and ends, and how many doubts there are about that."""
        doubts = int(self.cut)
        if not self.missing and not self.syllables:
            inner = [j for j in self._free(self.other, 1) if bounds[0] <= j < bounds[1]]
            return bounds, doubts + bool(inner)
        contested = self._contested()
        wider = self._widened(bounds, across=bool(self.missing) and not self.elsewhere)
        doubts += wider != bounds and contested
        if self.missing or not contested:
            bounds = wider
        if self.missing:
            free = self._free(self.other, 1)
            rest = [j for j in free if not bounds[0] <= j < bounds[1]]
            doubts += len(rest) > self.claimed * len(self.elsewhere) + 1
            doubts += len(rest) == len(free) and self._widened(bounds, across=True) != bounds
        return bounds, doubts

    def _with_auxiliary(self, bounds: tuple[int, int]) -> tuple[int, int]:
        """Return the bounds with the auxiliary of a "not" that they begin with."""
        first, end = bounds
        negated = self.other[first].form == "not" and first and first - 1 not in self.linked[1]
        return (first - 1, end) if negated and self.other[first - 1].particle else bounds

    @staticmethod
    def _content(words: Sequence[Word], first: int, end: int) -> list[int]:
        """Return the words that are no particles, all where there are no others."""
        return [k for k in range(first, end) if not words[k].particle] or list(range(first, end))

    def _contested(self) -> bool:
        """Whether a word without a link stands beside the phrase, but for particles."""
        first, end = self.span
        for steps in (range(first - 1, -1, -1), range(end, len(self.own))):
            for k in steps:
                if k in self.linked[0]:
                    break
                if not self.own[k].particle:
                    return True
        return False

    def _widened(self, bounds: tuple[int, int], *, across: bool) -> tuple[int, int]:
        """Return the bounds with the words without a link beside them, those across particles too or not."""
        first, end = low, high = bounds
        while low > 0 and self._joins(low - 1, low, low - 1, across=across):
            low -= 1
            first = low if not self.other[low].barrier else first
        while high < len(self.other) and self._joins(high - 1, high, high, across=across):
            high += 1
            end = high if not self.other[high - 1].barrier else end
        return first, end

    def extends(self, bounds: tuple[int, int]) -> bool:
        """Whether a word that nothing else claims stands beside these bounds."""
        return self._widened(bounds, across=False) != bounds

    def _joins(self, one: int, following: int, new: int, *, across: bool) -> bool:
        """Whether two words stand together without a mark between them, and the new one has no link."""
        if new in self.linked[1] or (self.other[new].barrier and not across):
            return False
        return not self.place.other[self.other[one].end : self.other[following].start].strip(_JOINERS)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _voted(read: Sequence[_Reading], found: Sequence[Counterpart | None]) -> list[Counterpart | None]:
    """Return the counterparts that are likely enough, after each rendering's places have strengthened each other."""
    votes: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for reading, one in zip(read, found, strict=True):
        if one:
            votes[_forms(reading, one)][reading.place.other] = one.confidence
    strength = {forms: _together(list(held.values())) for forms, held in votes.items() if forms}
    shared, sure = _shared(read)
    answers: list[Counterpart | None] = []
    for reading, one in zip(read, found, strict=True):
        best = one._replace(confidence=strength.get(_forms(reading, one), one.confidence)) if one else None
        for forms, confidence in strength.items():
            if confidence >= SURE and (best is None or best.confidence < SURE):
                best = _standing(reading, one, forms, confidence) or best
        if shared and (best is None or best.confidence < SURE):
            best = _holding(reading.block(shared), reading, one, sure) or best
        answers.append(best if best and best.confidence >= SURE else None)
    return answers


def _shared(read: Sequence[_Reading]) -> tuple[set[str], float]:
    """Return the words without other evidence that all places have on the other side, and how sure they are.

    There are none where the places share more than the phrase on its own side.
    """
    pairs = {(reading.place.text, reading.place.other): reading for reading in read}
    if len(pairs) < 2:
        return set(), 0.0
    around = set.intersection(*[reading.around() for reading in pairs.values()])
    common = set.intersection(*[reading.unclaimed() for reading in pairs.values()])
    return (set() if around else common), 1.0 - _CHANCE ** len(pairs)


def _together(confidences: Sequence[float]) -> float:
    doubt = 1.0 - max(confidences)
    return 1.0 - doubt * _DOUBT_LEFT ** max(0, sum(confidence >= _VOTE for confidence in confidences) - 1)


def _forms(reading: _Reading, one: Counterpart) -> tuple[str, ...]:
    forms = [word.form for word in reading.other if one.start <= word.start and word.end <= one.end]
    return tuple(forms[1:] if forms and forms[0] in ("the", "a", "an") else forms)


def _standing(
    reading: _Reading, own: Counterpart | None, forms: tuple[str, ...], confidence: float
) -> Counterpart | None:
    """Return the one place where a rendering met elsewhere stands here, untouched by other words' links.

    It must not be a part of what the links here make of the phrase, nor, where they make something of it, seem
    to be a part of more.
    """
    width = len(forms)
    places = [
        j
        for j in range(len(reading.other) - width + 1)
        if all(word.form == form for word, form in zip(reading.other[j : j + width], forms, strict=True))
        and not any(k in reading.taken for k in range(j, j + width))
    ]
    partial = own is not None or reading.cut
    if len(places) != 1 or (partial and reading.extends((places[0], places[0] + width))):
        return None
    return _holding((places[0], places[0] + width), reading, own, 0.95 * confidence)


def _holding(
    bounds: tuple[int, int] | None, reading: _Reading, own: Counterpart | None, confidence: float
) -> Counterpart | None:
    """Return the counterpart between bounds, if it holds what the links make of the phrase."""
    made = reading.made(*bounds, confidence) if bounds else None
    return made if made and (own is None or (made.start <= own.start and own.end <= made.end)) else None
