"""Rejected renderings of a term that stands inside a longer one of the source.

The longer term (*bí thư chi bộ*) is the mention, yet its translation may say the inner one (*chi bộ*)
in a way that the termbase rejects: then that is the fault, and the longer term is not also missing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from termbase.checking.leftovers import Leftover
from termbase.checking.mentions import Mention
from termbase.checking.occurrences import Occurrence, Sense, around
from termbase.checking.protect import joined

if TYPE_CHECKING:
    from termbase.checking.terminology import Answer


def answered_within(
    answers: Sequence[Answer], found: Sequence[Occurrence], nested: Callable[[], Sequence[Mention]]
) -> list[Answer]:
    """Return ``answers`` with open mentions answered by the rejected rendering of a term inside them.

    ``nested`` gives all mentions of the source with the inner ones; it is asked only when the target
    holds a rejected rendering that answers nothing yet.
    """
    result = list(answers)
    if all(answer.found or answer.leftover for answer in answers):
        return result
    taken = sorted((answer.found.start, answer.found.end) for answer in answers if answer.found)
    spare = [occurrence for occurrence in found if _spare(occurrence, taken, found)]
    inner = _by_concept(answers, nested()) if spare else {}
    done: set[int] = set()
    for occurrence in spare:
        waiting = (item for sense in occurrence.senses for item in inner.get(sense.concept, ()))
        mention, place = next((item for item in waiting if item[1] not in done), (None, -1))
        if mention is not None:
            senses = tuple(sense for sense in occurrence.senses if sense.concept in mention.concepts)
            result[place] = replace(result[place], mention=mention, found=occurrence, senses=senses)
            done.add(place)
    return result


def surplus(answers: Sequence[Answer], found: Sequence[Occurrence], left: Sequence[Leftover]) -> list[Answer]:
    """Return answers for rejected words and abbreviations left that stand beside what answers their mention.

    The target says one mention twice, and once wrongly. Single words may translate something else.
    """
    first: dict[int, Answer] = {}
    for answer in answers:
        for concept in answer.mention.concepts if answer.mention.certain else ():
            first.setdefault(concept, answer)
    spans = [(a.found.start, a.found.end) for a in answers if a.found] + [a.lenient for a in answers if a.lenient]
    taken = joined(spans)
    result: list[Answer] = []
    free = 0
    for occurrence in found:
        own = next((first[sense.concept] for sense in occurrence.senses if sense.concept in first), None)
        if own is not None and occurrence.start >= free and _spare(occurrence, taken, found):
            senses = tuple(sense for sense in occurrence.senses if sense.concept in own.mention.concepts)
            result.append(replace(own, found=occurrence, senses=senses, lenient=None, leftover=None, surplus=True))
            free = occurrence.end
    told = {answer.leftover.match.start for answer in answers if answer.leftover}
    for item in left:
        own = next((first[concept] for concept in item.concepts if concept in first), None)
        if own is not None and item.match.start not in told:
            result.append(replace(own, found=None, senses=(), lenient=None, leftover=item, surplus=True))
    return result


def _by_concept(answers: Sequence[Answer], nested: Sequence[Mention]) -> dict[int, list[tuple[Mention, int]]]:
    """Return the certain inner mentions of open answers by concept, each with the index of its answer."""
    starts = [answer.mention.match.start for answer in answers]
    found: dict[int, list[tuple[Mention, int]]] = {}
    for mention in nested:
        place = bisect_right(starts, mention.match.start) - 1
        if place < 0 or not (mention.match.nested and mention.certain):
            continue
        answer = answers[place]
        if not (answer.found or answer.leftover) and mention.match.end <= answer.mention.match.end:
            for concept in mention.concepts:
                found.setdefault(concept, []).append((mention, place))
    return found


def _spare(occurrence: Occurrence, taken: Sequence[tuple[int, int]], found: Sequence[Occurrence]) -> bool:
    """Whether words are rejected in every sense and neither answer a mention nor lie in a longer accepted term."""
    if " " not in occurrence.surface or not _rejected(occurrence.senses):
        return False
    before = bisect_right(taken, (occurrence.end, -1)) - 1
    if before >= 0 and taken[before][1] > occurrence.start:
        return False
    return not any(
        occurrence.inside(other) and any(sense.term.status.accepted for sense in other.senses)
        for other in around(found, occurrence)
    )


def _rejected(senses: Sequence[Sense]) -> bool:
    return all(sense.term.status.rejected for sense in senses)
