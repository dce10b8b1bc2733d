"""Segments that know where each of their characters stands in a file, so that a repair touches nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a file's content that reads as ``text``; ``plain`` when it is that text to the letter."""

    start: int
    end: int
    text: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Located:
    """The text of a segment and the pieces of the file that make it up, in order.

    Between two pieces that do not touch lies something that is no text: an inline code, a line break
    of the format, a quotation mark.
    """

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The segment as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where ``text[start:end]`` stands in the file, or ``None`` when a code or break lies within.

        >>> Located((Piece(10, 14, "chi "), Piece(20, 22, "bộ"))).place(0, 3)
        (10, 13)
        >>> Located((Piece(10, 14, "chi "), Piece(20, 22, "bộ"))).place(2, 6) is None
        True
        """
        at = 0
        first = last = None
        for piece in self.pieces:
            low, high = max(start, at), min(end, at + len(piece.text))
            if low < high:
                whole = low == at and high == at + len(piece.text)
                if not (piece.plain or whole):
                    return None
                begin = piece.start + (low - at) if piece.plain else piece.start
                finish = piece.start + (high - at) if piece.plain else piece.end
                if last is not None and last != begin:
                    return None
                first = begin if first is None else first
                last = finish
            at += len(piece.text)
        return (first, last) if first is not None and last is not None else None


@dataclass(frozen=True, slots=True)
class LocatedPair:
    """A source and its translation in a file.

    ``name`` tells a person where it stands. ``confirmed`` translations are checked, never changed.
    """

    source: str | None
    target: Located
    name: str
    confirmed: bool = False


class Edit(NamedTuple):
    """Put ``text`` in the place of ``content[start:end]``."""

    start: int
    end: int
    text: str


def edited(content: str, edits: Iterable[Edit]) -> str:
    """Return ``content`` with all edits made; they must not overlap.

    >>> edited("abc", [Edit(0, 1, "x"), Edit(2, 3, "")])
    'xb'
    """
    pieces: list[str] = []
    at = 0
    for start, end, text in sorted(edits):
        pieces += (content[at:start], text)
        at = end
    return "".join((*pieces, content[at:]))


def whole(content: str, start: int = 0, end: int | None = None) -> Located:
    """Return a segment that is a plain stretch of ``content``."""
    stop = len(content) if end is None else end
    return Located((Piece(start, stop, content[start:stop]),) if stop > start else ())


def pairs_of_lines(sources: Sequence[str], content: str) -> list[LocatedPair]:
    """Return the pairs of two texts of as many lines that are not blank; the target's lines are located.

    Raises :class:`ValueError` when the numbers of lines differ.
    """
    targets = lines_of(content)
    left = [line for line in sources if line.strip()]
    if len(left) != len(targets):
        raise ValueError(f"{len(left)} lines against {len(targets)}")
    return [
        LocatedPair(source, whole(content, start, end), f"line {number}")
        for source, (number, start, end) in zip(left, targets, strict=True)
    ]


def lines_of(content: str) -> list[tuple[int, int, int]]:
    """Return number, start and end of each line that is not blank, without its line end."""
    found = []
    at = 0
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        text = line.rstrip("\r\n")
        if text.strip():
            found.append((number, at, at + len(text)))
        at += len(line)
    return found
