"""From likelihoods within the band to a confidence that holds outside it.

The likelihood of a bead says which of the paths is best, not whether any is good: unrelated texts have a
best path too. So it is weighed with the evidence of the bead, with that of the beads around it, and with
that of the document: a logistic function, whose weights were fitted to documents with known beads, some of
them unrelated, some related in part, some with sentences missing or added.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tm.align.model import Step
from tm.align.sides import Floats

_LEAST, _MOST = -6.0, 12.0
_BIAS, _LIKELY, _OWN, _DOCUMENT, _AROUND = -11.1, 0.85, 0.38, 1.25, 0.6
"""Weights of: nothing, the log-odds of the likelihood, the bead's evidence, the document's, that around it."""
_OWN_MOST, _DOCUMENT_MOST, _AROUND_MOST = 3.0, 6.0, 5.0
_NEAR = 15
_NEAR_MOST = 8.0
_USUAL, _USUAL_BEADS = 4.0, 1.0
"""Evidence of a usual pair; as many such are added, so that a short document is not doubted for its shortness."""
_EDGE = 1e-3
_CEILING = 0.99
_SAME = 0.2
_RUNNING = 3
"""Words in small letters that make a text a running one."""


def untranslated(steps: Sequence[Step], texts: tuple[Sequence[str], Sequence[str]]) -> list[Step]:
    """Return the steps with little confidence in pairs of which both sides are the same running text.

    The same sentence on both sides is no translation. Names, numbers and codes may well be the same.

    >>> found = untranslated([Step(0, 0, 1, 1, 0.9)], (["Mọi việc đã xong cả."], ["Mọi việc đã xong cả."]))
    >>> found[0].chance
    0.2
    """
    return [
        step._replace(chance=min(step.chance, _SAME)) if _is_same(step, texts) and not step.fixed else step
        for step in steps
    ]


def _is_same(step: Step, texts: tuple[Sequence[str], Sequence[str]]) -> bool:
    if not step.paired or step.vi != step.en:
        return False
    vi, en = (
        " ".join(side[first : first + step.vi]).split() for side, first in zip(texts, (step.i, step.j), strict=True)
    )
    return vi == en and sum(word.islower() for word in vi) >= _RUNNING


def confidences(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with their confidence in place of the likelihood; fixed ones keep theirs.

    >>> [step.chance > 0.5 for step in confidences([Step(0, 0, 1, 1, 1.0, 9.0), Step(1, 1, 1, 1, 0.6, -9.0)])]
    [True, False]
    """
    paired = np.array([step.paired for step in steps], np.float64)
    evidence = np.clip([step.evidence for step in steps], _LEAST, _MOST) * paired
    likely = np.clip([step.chance for step in steps], _EDGE, 1.0 - _EDGE)
    known = _USUAL * _USUAL_BEADS
    document = float((evidence.sum() + known) / (paired.sum() + _USUAL_BEADS))
    near = np.minimum(evidence, _NEAR_MOST)
    around = (_around(near) + known) / (_around(np.ones(len(steps))) + _USUAL_BEADS)
    odds = _BIAS + _LIKELY * np.log(likely / (1.0 - likely)) + _OWN * np.minimum(evidence, _OWN_MOST)
    odds += _DOCUMENT * min(document, _DOCUMENT_MOST) + _AROUND * np.minimum(around, _AROUND_MOST)
    sure = _CEILING / (1.0 + np.exp(-odds))
    return [
        step if step.fixed else step._replace(chance=float(part) if step.paired else step.chance * _CEILING)
        for step, part in zip(steps, sure, strict=True)
    ]


def _around(values: Floats) -> Floats:
    """Return for each place the sum of the values near it, its own included."""
    sums = np.concatenate((np.zeros(_NEAR + 1), np.cumsum(values)))
    sums = np.concatenate((sums, np.full(_NEAR, sums[-1])))
    found: Floats = sums[2 * _NEAR + 1 :] - sums[: -2 * _NEAR - 1]
    return found
