"""Pairs in tab- or comma-separated files, located."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbase.checking.located import Located, LocatedPair, Piece
from termbase.errors import FormatError, Problem

_HEADINGS = {
    "source": "source", "nguồn": "source", "target": "target", "đích": "target",
    "vi": "vi", "vietnamese": "vi", "tiếng việt": "vi", "en": "en", "english": "en", "tiếng anh": "en",
}  # fmt: skip


def read_table(content: str, path: str, langs: tuple[str, str]) -> list[LocatedPair]:
    """Return a pair for each row; a first row that names columns is a header.

    Without a header the first two columns are source and target. Raises :class:`FormatError` for a row
    without a second column.

    >>> [pair.target.text for pair in read_table("vi\\ten\\nđội\\tunit\\n", "a.tsv", ("vi", "en"))]
    ['unit']
    """
    delimiter = _delimiter(content, path)
    rows = list(_rows(content, delimiter))
    columns = _columns(rows[0][1], langs) if rows else None
    first, second = columns or (0, 1)
    pairs = []
    for number, cells in rows[1 if columns else 0 :]:
        if len(cells) <= max(first, second):
            if any(cell.text.strip() for cell in cells):
                raise FormatError([Problem(path=path, line=number, message="the row has no target column")])
            continue
        pairs.append(LocatedPair(cells[first].text, cells[second], f"line {number}"))
    return pairs


def _delimiter(content: str, path: str) -> str:
    head = content.split("\n", 1)[0]
    if path.lower().endswith((".tsv", ".tab")) or "\t" in head:
        return "\t"
    return ";" if head.count(";") > head.count(",") else ","


def _columns(cells: Sequence[Located], langs: tuple[str, str]) -> tuple[int, int] | None:
    names = [_HEADINGS.get(cell.text.strip().lower(), "") for cell in cells]
    for pair in (langs, ("source", "target")):
        if pair[0] in names and pair[1] in names:
            return names.index(pair[0]), names.index(pair[1])
    return None


def _rows(content: str, delimiter: str) -> Iterator[tuple[int, list[Located]]]:
    at, line = int(content.startswith("\ufeff")), 1
    size = len(content)
    while at < size:
        begun = line
        cells = []
        while True:
            cell, at = _cell(content, at, delimiter)
            cells.append(cell)
            if at < size and content[at] == delimiter:
                at += 1
                continue
            break
        line += content.count("\n", cell.pieces[0].start if cell.pieces else at, at)
        if content.startswith("\r\n", at):
            at += 1
        at += 1
        line += 1
        yield begun, cells


def _cell(content: str, at: int, delimiter: str) -> tuple[Located, int]:
    if content[at : at + 1] == '"':
        quoted = _quoted(content, at + 1, delimiter)
        if quoted:
            return quoted
    end = at
    while end < len(content) and content[end] not in (delimiter, "\n", "\r"):
        end += 1
    return Located((Piece(at, end, content[at:end]),) if end > at else ()), end


def _quoted(content: str, at: int, delimiter: str) -> tuple[Located, int] | None:
    """Read a cell in quotation marks, or return ``None`` when the mark opens no such cell."""
    pieces = []
    begin = at
    while True:
        mark = content.find('"', at)
        if mark < 0:
            return None
        if content.startswith('""', mark):
            pieces += [Piece(begin, mark, content[begin:mark]), Piece(mark, mark + 2, '"', plain=False)]
            begin = at = mark + 2
            continue
        if mark + 1 < len(content) and content[mark + 1] not in (delimiter, "\n", "\r"):
            return None
        pieces.append(Piece(begin, mark, content[begin:mark]))
        return Located(tuple(piece for piece in pieces if piece.text)), mark + 1
