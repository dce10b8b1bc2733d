"""Scores of a system's terminology: how many terms it got right, and how steadily.

Success follows the tiers of the WMT 2026 terminology evaluation
(FredericOdermatt/wmt26-terminology-evaluation): base form, any form, and exclusive matching, in which a
stretch of output answers one term. Consistency follows WMT 2025 (wmt-conference/wmt25-terminology): the
share of renderings that agree with the first, the most frequent, or the preferred one. The reference
translation scored in the same way is the ceiling.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termbase.check import Checker, CheckOptions

if TYPE_CHECKING:
    from termbase.checking.mentions import Mention
    from termbase.checking.occurrences import Occurrence
    from termbase.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Score:
    """Terminology scores, all 0 to 1; 1.0 where there was nothing to count.

    ``base``, ``any_form`` and ``exclusive`` are shares of ``mentions``; ``first``, ``most_frequent`` and
    ``preferred`` are shares of the answered mentions, over all concepts. ``signature`` names everything that
    the figures depend on: equal signatures make them comparable.
    """

    mentions: int
    base: float
    any_form: float
    exclusive: float
    first: float
    most_frequent: float
    preferred: float
    signature: str


@dataclass
class _Tally:
    mentions: int = 0
    base: int = 0
    any_form: int = 0
    exclusive: int = 0
    renderings: dict[int, list[str]] = field(default_factory=dict)


def score(terms: Termbase, sources: Iterable[str], targets: Iterable[str], *, source_lang: str = "vi") -> Score:
    """Return how a system's ``targets`` render the terms of their ``sources``, which are in ``source_lang``.

    Mentions with several meanings are not counted. Raises :class:`ValueError` when the numbers differ and
    :class:`termbase.UsageError` for a language other than Vietnamese and English.

    >>> from termbase.model import Concept, Term
    >>> from termbase.termbase import Termbase
    >>> cell = Concept(id="c", terms=(Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en")))
    >>> made = score(Termbase.from_concepts([cell]), ["chi bộ", "các chi bộ"], ["a Party cell", "Party cells"])
    >>> made.mentions, made.base, made.any_form, made.exclusive
    (2, 0.5, 1.0, 1.0)
    """
    langs = CheckOptions(source_lang=source_lang, target_lang="vi" if source_lang == "en" else "en").langs
    checker = Checker(terms, langs)
    tally = _Tally()
    for source, target in zip(sources, targets, strict=True):
        _count(checker, tally, source, target)
    total = tally.mentions

    def share(count: int, of: int) -> float:
        return count / of if of else 1.0

    answered = sum(map(len, tally.renderings.values()))
    best = {index: terms.concepts[index].preferred(langs[1]) for index in tally.renderings}
    first = sum(said.count(said[0]) for said in tally.renderings.values())
    frequent = sum(Counter(said).most_common(1)[0][1] for said in tally.renderings.values())
    preferred = sum(said.count(term.text) for index, said in tally.renderings.items() if (term := best[index]))
    return Score(
        total,
        share(tally.base, total),
        share(tally.any_form, total),
        share(tally.exclusive, total),
        share(first, answered),
        share(frequent, answered),
        share(preferred, answered),
        signature(terms, source_lang=source_lang),
    )


def signature(terms: Termbase, *, source_lang: str = "vi") -> str:
    """Return a line that names the termbase, its profile, the direction and the rules that a score depends on."""
    text = "\n".join(repr(concept) for concept in terms.concepts)
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    profile = terms.profile.name if terms.profile else "none"
    langs = "en-vi" if source_lang == "en" else "vi-en"
    return f"songngu-score|rules:2|langs:{langs}|concepts:{len(terms)}|termbase:{mark}|profile:{profile}"


def _count(checker: Checker, tally: _Tally, source: str, target: str) -> None:
    answers = checker.terminology.answers(source, target)
    found = checker.terminology.found(target)
    for answer in answers:
        mention = answer.mention
        if answer.surplus or not mention.certain or not checker.terminology.expected(mention.concepts):
            continue
        tally.mentions += 1
        forms = _accepted(mention, found)
        tally.any_form += bool(forms)
        tally.base += any(_is_base(mention, occurrence) for occurrence in forms)
        if answer.found and answer.senses[0].term.status.accepted:
            tally.exclusive += 1
            tally.renderings.setdefault(mention.concepts[0], []).append(answer.senses[0].term.text)


def _accepted(mention: Mention, found: Iterable[Occurrence]) -> list[Occurrence]:
    return [
        occurrence
        for occurrence in found
        if any(s.concept in mention.concepts and s.term.status.accepted for s in occurrence.senses)
    ]


def _is_base(mention: Mention, occurrence: Occurrence) -> bool:
    """Whether the words are a listed term to the letter, capitals aside."""
    texts = {s.term.text.casefold() for s in occurrence.senses if s.concept in mention.concepts}
    return occurrence.surface.casefold() in texts
