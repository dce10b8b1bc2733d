"""Plain text and tab-separated pairs as documents to be translated."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from termbase.text.sentences import split_sentences
from tm.formats.base import ReadOptions
from tm.formats.decoding import decoded
from tm.model import Segment
from tm.slots import Fill, Slot, SlotState


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text cut into sentences, each line by itself; filled, it is a table of pairs."""

    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> TextDocument:
        """Cut a text.

        >>> document = TextDocument.of("Một. Hai.\\nBa".encode(), ReadOptions())
        >>> [slot.source.text for slot in document.slots]
        ['Một.', 'Hai.', 'Ba']
        """
        lines = decoded(io.BytesIO(data), options).splitlines()
        found = [
            Slot(Segment(options.source, span.text), Segment(options.target, ""), SlotState.EMPTY, f"line {number}")
            for number, line in enumerate(lines, 1)
            for span in split_sentences(line, options.source)
        ]
        return cls(tuple(found))

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return a row a sentence: source, target, score, origin; the last three empty where not filled."""
        return _table([(slot.source.text, "", fills.get(index)) for index, slot in enumerate(self.slots)])


_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class TsvDocument:
    """Rows of source and target, with what else stands in them; filled, a row also tells score and origin.

    ``lines`` are the rows as they stand, each with its line end; ``mark`` is the byte order mark, if any.
    """

    slots: tuple[Slot, ...]
    lines: tuple[tuple[str, str], ...]
    mark: bytes = b""

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> TsvDocument:
        """Read the first two columns of each row; a row with a target counts as confirmed."""
        found = []
        text = decoded(io.BytesIO(data), options)
        lines = [(m.group(1), m.group(2)) for m in _LINE.finditer(text) if m.group()]
        for number, (line, _) in enumerate(lines, 1):
            cells = line.split("\t")
            target = cells[1].strip() if len(cells) > 1 else ""
            state = SlotState.CONFIRMED if target else SlotState.EMPTY
            found.append(
                Slot(
                    Segment(options.source, cells[0].strip()), Segment(options.target, target), state, f"line {number}"
                )
            )
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        return cls(tuple(found), tuple(lines), mark)

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the rows with targets; score and origin follow as the last columns of a filled row.

        >>> document = TsvDocument.of("Một.\\t\\tghi chú\\r\\nHai.".encode(), ReadOptions())
        >>> document.filled({0: Fill(Segment("en", "One."), 100, "main", False)}).decode()
        'Một.\\tOne.\\tghi chú\\t100\\tmain\\r\\nHai.'
        """
        rows = [
            (_filled_row(line, fills[index]) if index in fills else line) + end
            for index, (line, end) in enumerate(self.lines)
        ]
        return self.mark + "".join(rows).encode("utf-8")


def _filled_row(line: str, fill: Fill) -> str:
    cells = [*line.split("\t"), ""] if "\t" not in line else line.split("\t")
    return "\t".join([cells[0], _cell(fill.target.text), *cells[2:], _mark(fill), _cell(fill.origin)])


def _mark(fill: Fill) -> str:
    return f"{fill.score}{' fuzzy' if fill.fuzzy else ''}"


def _cell(text: str) -> str:
    return " ".join(text.split())


def _table(rows: list[tuple[str, str, Fill | None]]) -> bytes:
    lines = []
    for source, target, fill in rows:
        cells = (source, target) if fill is None else (source, fill.target.text, _mark(fill), fill.origin)
        lines.append("\t".join(map(_cell, cells)) + "\n")
    return "".join(lines).encode("utf-8")
