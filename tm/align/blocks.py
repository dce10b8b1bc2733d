"""How a long pair is cut into parts that are aligned on their own.

Cuts are the nodes next to fixed beads and, in long parts, beads that the last pass was sure of, or before
the first pass anchors. No cut is kept: the next pass chooses others.
"""

from __future__ import annotations

from collections.abc import Sequence

from tm.align.model import Block, Step

LONGEST = 4000
"""Sentences of a part, about."""
_SURE = 0.98
_MARGIN = 2


def split_blocks(shape: tuple[int, int], fixed: Sequence[Step]) -> list[Block]:
    """Return the parts between fixed steps, in order; each is followed by its fixed step but the last.

    >>> [tuple(map(list, block)) for block in split_blocks((3, 2), [Step(1, 0, 1, 1, 1.0)])]
    [([0], []), ([2], [1])]
    """
    blocks, i, j = [], 0, 0
    for step in fixed:
        blocks.append(Block(range(i, step.i), range(j, step.j)))
        i, j = step.i + step.vi, step.j + step.en
    return [*blocks, Block(range(i, shape[0]), range(j, shape[1]))]


def cut_block(block: Block, nodes: Sequence[tuple[int, int]], phase: float) -> list[Block]:
    """Cut a long block at some of the ``nodes``, about ``LONGEST`` sentences apart.

    ``phase``, 0 to 1, shifts the places, so that the cuts of one pass lie inside the parts of the next.
    """
    parts, i, j = [], block.vi.start, block.en.start
    goal = i + j + LONGEST * 2 * (phase or 1.0)
    end = block.vi.stop + block.en.stop
    for row, column in nodes:
        if row + column < goal or row + column > end - LONGEST or row <= i or column <= j:
            continue
        parts.append(Block(range(i, row), range(j, column)))
        i, j = row, column
        goal = i + j + 2 * LONGEST
    return [*parts, Block(range(i, block.vi.stop), range(j, block.en.stop))]


def sure_nodes(steps: Sequence[Step], block: Block) -> list[tuple[int, int]]:
    """Return the nodes within a block before steps that are sure, and whose neighbours are."""
    inside = [step for step in steps if block.vi.start <= step.i < block.vi.stop and step.paired]
    sure = [step.chance >= _SURE for step in inside]
    return [
        (step.i, step.j)
        for number, step in enumerate(inside)
        if _MARGIN <= number < len(inside) - _MARGIN and all(sure[number - _MARGIN : number + _MARGIN + 1])
    ]


def steady_nodes(points: Sequence[tuple[int, int]], block: Block, slope: float) -> list[tuple[int, int]]:
    """Return the anchors of a block whose neighbours advance as evenly on both sides."""
    inside = [p for p in points if block.vi.start <= p[0] < block.vi.stop and block.en.start <= p[1] < block.en.stop]
    return [
        point
        for before, point, after in zip(inside, inside[1:], inside[2:], strict=False)
        if _even(before, point, slope) and _even(point, after, slope)
    ]


def _even(one: tuple[int, int], other: tuple[int, int], slope: float) -> bool:
    return abs((other[1] - one[1]) - slope * (other[0] - one[0])) <= _MARGIN
