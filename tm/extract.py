"""Term candidates from aligned sentences: what is said in Vietnamese wherever something is said in English.

Statistics alone, no model: Vietnamese syllable groups and English noun phrases that occur in several pairs
are compared by how often they occur together (Dice coefficient, with Dunning's log-likelihood ratio, 1993,
as the measure of surprise). A candidate is a pair of which each is the other's best partner.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from termbase.text.keys import match_key
from termbase.text.normalize import normalize
from termbase.text.tokens import Token, tokenize
from tm.align.sides import Ints, expand
from tm.align.stems import stem
from tm.terms import TermSource

_VI_STOPS = frozenset(
    """và của các những là có được trong cho với không đã này về để tại từ đến khi như ra vào trên cũng đó sẽ
    đang phải do theo sau trước hơn rất còn lại nên nếu thì mà nhưng hay hoặc cả mọi mỗi từng toàn một hai
    ba nhiều số qua bằng bị cùng vừa mới vẫn luôn chỉ ngay đều rồi nay đây đó ấy kia nào gì ai sao vì bởi
    tuy dù cần giữa dưới ngoài gần hết đi lên xuống ông bà anh chị tôi chúng ta họ nó mình năm ngày tháng
    giờ lúc sự việc cuộc gồm nhất thứ lần""".split()
)
_EN_STOPS = frozenset(
    """a an the and or but of in on at to for from by with as is are was were be been being has have had do
    does did not no this that these those it its he she they them their his her we our you your i my who
    which what when where while will would can could may might must shall should there here than then so if
    into over under about after before between during through up down out all each every many more most some
    any other such only also very both per via against among within without one two three first new mr ms
    mrs said say says""".split()
)
_EN_INSIDE = frozenset("of and for the in on to".split())
_LONGEST = {"vi": 6, "en": 5}
_NEARLY = 0.85
_EXAMPLES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    """What to propose: candidates in ``min_count`` pairs or more, with a score of ``min_score`` or more."""

    min_count: int = 3
    min_score: float = 0.4
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposed pair of terms.

    ``score`` is 0 to 1: how nearly always the two occur together, lowered where they are rare. ``count`` is
    the number of sentence pairs with both, ``vi_count`` and ``en_count`` with either. ``surprise`` is the
    log-likelihood ratio. ``known`` is ``"known"`` when a termbase has the pair, ``"other"`` when it has
    the Vietnamese term with other renderings, else ``"new"``. ``examples`` are sentence pairs.
    """

    vi: str
    en: str
    score: float
    count: int
    vi_count: int
    en_count: int
    surprise: float
    known: str = "new"
    concept_id: str = ""
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Phrases:
    """The phrases of one language: how often each occurs, in which pairs, and how it is written."""

    counts: Counter[str] = field(default_factory=Counter)
    surfaces: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: list[set[str]] = field(default_factory=list)


def extract_terms(
    pairs: Iterable[tuple[str, str]], terms: TermSource | None = None, *, options: ExtractOptions | None = None
) -> list[Candidate]:
    """Return term candidates from (Vietnamese, English) sentence pairs, best first.

    >>> pairs = [(f"Trung đoàn {n} diễn tập.", f"Regiment {n} held an exercise.") for n in range(3)]
    >>> pairs += [(f"Trung đoàn {n} về.", f"Regiment {n} is back.") for n in range(3)]
    >>> [(found.vi, found.en, found.count) for found in extract_terms(pairs)][:2]
    [('trung đoàn', 'regiment', 6), ('diễn tập', 'exercise', 3)]
    """
    chosen = options or ExtractOptions()
    texts = list(dict.fromkeys(pairs))
    vi = _phrases([pair[0] for pair in texts], "vi", chosen.min_count)
    en = _phrases([pair[1] for pair in texts], "en", chosen.min_count)
    joint = _together(vi.pairs, en.pairs)
    found = [
        (pair, _candidate(pair, count, (vi, en), len(texts)))
        for pair, count in _mutual(joint, vi.counts, en.counts).items()
        if count >= chosen.min_count
    ]
    kept = [item for item in found if item[1].score >= chosen.min_score]
    kept.sort(key=lambda item: (-item[1].score, -item[1].count, item[1].vi))
    return [_completed(candidate, pair, (vi, en), texts, terms) for pair, candidate in kept[: chosen.limit]]


def _phrases(texts: Sequence[str], lang: str, least: int) -> _Phrases:
    """Count the phrases of all texts; keep those that are frequent and not mere parts of longer ones."""
    found = _Phrases()
    for text in texts:
        inside: set[str] = set()
        for key, surface in _grams(text, lang):
            if key not in inside:
                inside.add(key)
                found.counts[key] += 1
            found.surfaces[key][surface] += 1
        found.pairs.append(inside)
    frequent = {key for key, count in found.counts.items() if count >= least}
    kept = frequent - _parts(frequent, found.counts)
    found.pairs = [inside & kept for inside in found.pairs]
    return found


def _parts(phrases: set[str], counts: Mapping[str, int]) -> set[str]:
    """Return the phrases that nearly always stand within one longer phrase."""
    parts = set()
    for phrase in phrases:
        words = phrase.split()
        for part in (" ".join(words[1:]), " ".join(words[:-1])):
            if part in phrases and counts[phrase] >= _NEARLY * counts[part]:
                parts.add(part)
    return parts


def _grams(text: str, lang: str) -> Iterable[tuple[str, str]]:
    """Yield (key, text) of all groups of words that may be a term."""
    stored = normalize(text)
    key = match_key(stored)
    tokens = tokenize(stored, lang)
    stops, longest = (_VI_STOPS, _LONGEST["vi"]) if lang == "vi" else (_EN_STOPS, _LONGEST["en"])
    for run in _runs(tokens):
        words = [key[t.start : t.end] for t in run]
        for first in range(len(run)):
            for last in range(first + 1, min(len(run), first + longest) + 1):
                if _glued(stored, run, first) or _glued(stored, run, last) or not _fits(words[first:last], lang, stops):
                    continue
                named = words[first:last] if lang == "vi" else [stem(word) for word in words[first:last]]
                yield " ".join(named), _written(stored, run[first].start, run[last - 1].end)


def _written(stored: str, start: int, end: int) -> str:
    """Return a phrase as it stands in the text, without the capital that the start of a sentence gives it."""
    text = stored[start:end]
    return text[0].lower() + text[1:] if not stored[:start].strip() and text[1:].islower() else text


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words between marks; a hyphen within a word parts nothing."""
    run: list[Token] = []
    for token in tokens:
        if token.kind in ("word", "code"):
            run.append(token)
        elif token.text != "-" or not run or run[-1].end != token.start:
            yield run
            run = []
    yield run


def _glued(stored: str, run: Sequence[Token], place: int) -> bool:
    """Whether a hyphen joins the word at ``place`` to the one before."""
    return 0 < place < len(run) and "-" in stored[run[place - 1].end : run[place].start]


def _fits(group: Sequence[str], lang: str, stops: frozenset[str]) -> bool:
    if group[0] in stops or group[-1] in stops or (len(group) == 1 and len(group[0]) < 3):
        return False
    if lang == "en":
        return all(word in _EN_INSIDE or word not in stops for word in group[1:-1])
    return len(group) > 1 or not group[0].isascii() or group[0].isupper()


def _together(vi: Sequence[set[str]], en: Sequence[set[str]]) -> dict[tuple[str, str], int]:
    """Return in how many sentence pairs two phrases occur together."""
    left, right = _numbered(vi), _numbered(en)
    counts = np.bincount(right[0], minlength=len(vi))
    starts = np.concatenate(([0], np.cumsum(counts)))[:-1]
    sizes = counts[left[0]]
    partners = right[1][expand(starts[left[0]], sizes)]
    width = max(len(right[2]), 1)
    keys, numbers = np.unique(np.repeat(left[1], sizes) * width + partners, return_counts=True)
    often = numbers > 1
    return {
        (left[2][key // width], right[2][key % width]): int(number)
        for key, number in zip(keys[often].tolist(), numbers[often], strict=True)
    }


def _numbered(sides: Sequence[set[str]]) -> tuple[Ints, Ints, list[str]]:
    numbers: dict[str, int] = {}
    rows, columns = [], []
    for row, phrases in enumerate(sides):
        for phrase in sorted(phrases):
            rows.append(row)
            columns.append(numbers.setdefault(phrase, len(numbers)))
    return np.array(rows, np.int64), np.array(columns, np.int64), list(numbers)


def _mutual(
    joint: Mapping[tuple[str, str], int], vi: Mapping[str, int], en: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """Return the pairs of which each is the other's best partner; of equals the longer one is better."""
    ranks = {pair: (2 * n / (vi[pair[0]] + en[pair[1]]), len(pair[0]) + len(pair[1])) for pair, n in joint.items()}
    best: tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]] = {}, {}
    for pair, rank in ranks.items():
        for side in (0, 1):
            old = best[side].get(pair[side])
            if old is None or rank > ranks[old]:
                best[side][pair[side]] = pair
    return {pair: joint[pair] for pair in best[0].values() if best[1][pair[1]] == pair}


def _candidate(pair: tuple[str, str], count: int, sides: tuple[_Phrases, _Phrases], total: int) -> Candidate:
    vi, en = pair
    vi_count, en_count = sides[0].counts[vi], sides[1].counts[en]
    dice = 2 * count / (vi_count + en_count)
    return Candidate(
        vi=sides[0].surfaces[vi].most_common(1)[0][0],
        en=sides[1].surfaces[en].most_common(1)[0][0],
        score=round(dice * count / (count + 0.5), 4),
        count=count,
        vi_count=vi_count,
        en_count=en_count,
        surprise=round(log_likelihood(count, vi_count, en_count, total), 1),
    )


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Return Dunning's log-likelihood ratio of two events that fall together ``both`` times of ``total``.

    >>> log_likelihood(10, 10, 10, 100) > log_likelihood(2, 10, 10, 100)
    True
    """
    observed = (both, first - both, second - both, total - first - second + both)
    rows, columns = (first, total - first), (second, total - second)
    expected = (
        rows[0] * columns[0] / total,
        rows[0] * columns[1] / total,
        rows[1] * columns[0] / total,
        rows[1] * columns[1] / total,
    )
    return 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected, strict=True) if o > 0 and e > 0)


def _completed(
    candidate: Candidate,
    keys: tuple[str, str],
    sides: tuple[_Phrases, _Phrases],
    texts: Sequence[tuple[str, str]],
    terms: TermSource | None,
) -> Candidate:
    """Add example pairs, and whether the termbase knows the candidate."""
    places = (n for n in range(len(texts)) if keys[0] in sides[0].pairs[n] and keys[1] in sides[1].pairs[n])
    examples = tuple(texts[n] for _, n in zip(range(_EXAMPLES), places, strict=False))
    known, concept = _knowledge(candidate, terms)
    return replace(candidate, known=known, concept_id=concept, examples=examples)


def _knowledge(candidate: Candidate, terms: TermSource | None) -> tuple[str, str]:
    if terms is None:
        return "new", ""
    whole = [m for m in terms.recognize(candidate.vi, "vi") if (m.start, m.end) == (0, len(candidate.vi))]
    for match in whole:
        for concept in match.concepts:
            for term in concept.in_language("en"):
                if _stems(term.text) == _stems(candidate.en):
                    return "known", concept.id
    return ("other", whole[0].concept.id) if whole else ("new", "")


def _stems(text: str) -> list[str]:
    return [stem(word) for word in match_key(normalize(text)).split()]
