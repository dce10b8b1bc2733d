"""Two texts as pairs: paragraph by paragraph, or by sentences where their paragraphs differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from termbase.checking.documents import Document, read_content
from termbase.checking.located import Located, LocatedPair, Piece, lines_of, pairs_of_lines

if TYPE_CHECKING:
    from termbase.model import Span
    from termbase.termbase import Termbase


def read_texts(source: str, target: str, langs: tuple[str, str], terms: Termbase) -> Document:
    """Return two texts as pairs; the second is the document that a repair edits.

    Texts with as many paragraphs are paired by them; others are aligned by sentences, and what
    has no counterpart is left out.
    """
    left = read_content(source)[0].removeprefix("\ufeff")
    right, encoding = read_content(target)
    if len(lines_of(left)) == len(lines_of(right)):
        return Document(target, right, encoding, tuple(pairs_of_lines(left.splitlines(), right)), str)
    from tm.align.engine import align

    mark = right.startswith("\ufeff")
    texts = dict(zip(langs, (left, right[mark:]), strict=True))
    aligned = align(texts["vi"], texts["en"], terms)
    segments = {"vi": aligned.vi, "en": aligned.en}
    pairs: list[LocatedPair] = []
    for bead in aligned.beads:
        sides = {"vi": bead.vi, "en": bead.en}
        if not (bead.vi and bead.en):
            continue
        said = " ".join(segments[langs[0]][i].text for i in sides[langs[0]])
        located = joined(right, [segments[langs[1]][i] for i in sides[langs[1]]], int(mark))
        pairs.append(LocatedPair(said, located, f"pair {len(pairs) + 1}"))
    return Document(target, right, encoding, tuple(pairs), str)


def joined(content: str, spans: Iterable[Span], shift: int = 0) -> Located:
    """Return segments of ``content``, parted by one space, with their places moved by ``shift``.

    >>> from termbase.model import Span
    >>> joined("One.  Two.", [Span(0, 4, "One."), Span(6, 10, "Two.")]).text
    'One. Two.'
    """
    return Located(tuple(_pieces(content, spans, shift)))


def _pieces(content: str, spans: Iterable[Span], shift: int) -> Iterator[Piece]:
    before = None
    for span in spans:
        start, end = span.start + shift, span.end + shift
        if before is not None:
            gap = content[before:start]
            # A line break or other text between two segments must not be swallowed by a repair.
            yield Piece(before, start, " ") if gap == " " else Piece(before, before, " ", plain=False)
        yield Piece(start, end, content[start:end])
        before = end
