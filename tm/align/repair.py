"""Passages that stand elsewhere in the translation: runs left alone on both sides are tried on each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tm.align.model import Block, Step

_MOST_RUNS = 60
_LEAST_EVIDENCE = 5.0
_LEAST_ALONE = 8.0
_LEAST_COVER = 0.6
_LEAST_CHANCE = 0.5


def repaired(
    steps: Sequence[Step], align_part: Callable[[Block], list[Step]], affinity: Callable[[Block], float]
) -> list[Step]:
    """Return the steps with exchanged passages paired; these cross the others.

    ``align_part`` aligns a part of both documents on its own; it is asked where ``affinity``, the most
    that their words could speak for each other, is high. Passages are paired when their sentences
    speak clearly for each other, never to fill a gap.
    """
    runs = _runs(steps, vi=True), _runs(steps, vi=False)
    if not runs[0] or not runs[1] or len(runs[0]) > _MOST_RUNS or len(runs[1]) > _MOST_RUNS:
        return list(steps)
    found = []
    for vi in runs[0]:
        for en in runs[1]:
            block = Block(vi, en)
            if max(len(vi), len(en)) > 4 * min(len(vi), len(en)) or affinity(block) < _LEAST_ALONE:
                continue
            part = align_part(block)
            worth = _worth(part, vi, en)
            if worth > 0:
                found.append((worth, part))
    return _put(steps, _chosen(found))


def _runs(steps: Sequence[Step], *, vi: bool) -> list[range]:
    """Return the runs of sentences of one side that are alone, in order."""
    alone = [
        step.i if vi else step.j
        for step in steps
        if not step.fixed and (step.vi, step.en) == ((1, 0) if vi else (0, 1))
    ]
    runs: list[range] = []
    for index in sorted(alone):
        if runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs


def _worth(part: Sequence[Step], vi: range, en: range) -> float:
    """Return the evidence for two runs to mean the same, 0 when it is not clear."""
    paired = [step for step in part if step.paired and step.chance >= _LEAST_CHANCE]
    if not paired:
        return 0.0
    evidence = sum(step.evidence for step in paired)
    covered = sum(step.vi + step.en for step in paired) / (len(vi) + len(en))
    needed = _LEAST_ALONE if len(paired) == 1 else _LEAST_EVIDENCE
    return evidence if covered >= _LEAST_COVER and evidence / len(paired) >= needed else 0.0


def _chosen(found: list[tuple[float, list[Step]]]) -> list[Step]:
    """Return the steps of the best passages of which no sentence is in two."""
    chosen: list[Step] = []
    used: tuple[set[int], set[int]] = set(), set()
    for _, part in sorted(found, key=lambda item: -item[0]):
        vi = {k for step in part for k in range(step.i, step.i + step.vi)}
        en = {k for step in part for k in range(step.j, step.j + step.en)}
        if not (vi & used[0] or en & used[1]):
            used[0].update(vi)
            used[1].update(en)
            chosen += [step for step in part if step.paired]
    return chosen


def _put(steps: Sequence[Step], chosen: Sequence[Step]) -> list[Step]:
    """Put the chosen steps in the place of the sentences that were alone, in Vietnamese order."""
    if not chosen:
        return list(steps)
    taken = {k for s in chosen for k in range(s.i, s.i + s.vi)}, {k for s in chosen for k in range(s.j, s.j + s.en)}
    starts = {step.i: step for step in chosen}
    result = []
    for step in steps:
        if step.vi and not step.en and step.i in taken[0]:
            if step.i in starts:
                result.append(starts[step.i])
        elif not (step.en and not step.vi and step.j in taken[1]):
            result.append(step)
    return result
