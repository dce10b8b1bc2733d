"""From likelihoods within the band to a confidence that holds outside it.

The likelihood of a bead says which of the paths is best, not whether any is good: unrelated texts have a
best path too. So it is lowered where the evidence of a bead and of those around it speaks for a chance
meeting. The constants were fitted by hand to documents with known beads, related and not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tm.align.model import Step
from tm.align.sides import Floats

_AROUND = 4
_OWN = 2.0
_LEAST, _MOST = -5.0, 12.0
_MIDDLE, _WIDTH = 2.0, 0.8
_CEILING = 0.99


def confidences(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with their confidence in place of the likelihood; fixed ones keep theirs.

    >>> [step.chance > 0.5 for step in confidences([Step(0, 0, 1, 1, 1.0, 9.0), Step(1, 1, 1, 1, 1.0, -9.0)])]
    [True, False]
    """
    paired = np.array([step.paired for step in steps], np.float64)
    own = np.clip([step.evidence for step in steps], _LEAST, _MOST) * paired
    support = (_around(own) + _OWN * own) / np.maximum(_around(paired) + _OWN * paired, 1.0)
    factor = _CEILING / (1.0 + np.exp((_MIDDLE - support) / _WIDTH))
    return [
        step if step.fixed else step._replace(chance=step.chance * (float(part) if step.paired else _CEILING))
        for step, part in zip(steps, factor, strict=True)
    ]


def _around(values: Floats) -> Floats:
    """Return for each place the sum of the values near it, its own included."""
    sums = np.concatenate((np.zeros(_AROUND + 1), np.cumsum(values)))
    sums = np.concatenate((sums, np.full(_AROUND, sums[-1])))
    found: Floats = sums[2 * _AROUND + 1 :] - sums[: -2 * _AROUND - 1]
    return found
