"""Cut a long text into pieces that no term crosses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

_MARGIN = 1024
"""Characters at the end of what was read that may belong to a term not read to its end."""


def pieces(file: TextIO, hits: Callable[[str], Sequence[tuple[int, int]]], size: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) so that the pieces are the file and no hit of a piece crosses its ends.

    ``hits`` returns the spans that may not be cut. About ``size`` characters are read at a time.

    >>> import io
    >>> list(pieces(io.StringIO("một hai ba"), lambda text: [], 4))
    [(0, 'một hai ba')]
    """
    offset = 0
    held = ""
    while True:
        read = file.read(size)
        held += read
        if not read:
            if held:
                yield offset, held
            return
        cut = _cut(held, hits)
        if cut:
            yield offset, held[:cut]
            offset += cut
            held = held[cut:]


def _cut(text: str, hits: Callable[[str], Sequence[tuple[int, int]]]) -> int:
    """Return where to cut: after a line end, or else white space, before the margin; 0 for nowhere."""
    latest = len(text) - _MARGIN
    if latest <= 0:
        return 0
    spans = sorted(hits(text[max(0, latest - 4 * _MARGIN) :]))
    shift = max(0, latest - 4 * _MARGIN)
    for mark in ("\n", " "):
        cut = text.rfind(mark, 0, latest) + 1
        while cut > shift:
            if not any(start + shift < cut < end + shift for start, end in spans):
                return cut
            cut = text.rfind(mark, 0, cut - 1) + 1
    return 0
