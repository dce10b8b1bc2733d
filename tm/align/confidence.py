"""From likelihoods within the band to a confidence that holds outside it.

The likelihood of a bead says which of the paths is best, not whether any is good: unrelated texts have a
best path too. So it is lowered where the evidence of a bead and of those around it speaks for a chance
meeting.
"""

from __future__ import annotations

from collections.abc import Sequence

from tm.align.model import Step

_AROUND = 4


def confidences(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with their confidence in place of the likelihood; fixed ones keep theirs."""
    return list(steps)
