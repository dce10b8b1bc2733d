"""Plain text and tab-separated pairs as documents to be translated."""

from __future__ import annotations

import io
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


@dataclass(frozen=True, slots=True)
class TsvDocument:
    """Rows of source and target; filled, each row also tells score and origin."""

    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> TsvDocument:
        """Read the first two columns of each row; a row with a target counts as confirmed."""
        found = []
        for number, line in enumerate(decoded(io.BytesIO(data), options).splitlines(), 1):
            cells = line.split("\t")
            target = cells[1].strip() if len(cells) > 1 else ""
            state = SlotState.CONFIRMED if target else SlotState.EMPTY
            found.append(
                Slot(
                    Segment(options.source, cells[0].strip()), Segment(options.target, target), state, f"line {number}"
                )
            )
        return cls(tuple(found))

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the rows with targets, scores and origins."""
        return _table([(s.source.text, s.target.text, fills.get(index)) for index, s in enumerate(self.slots)])


def _table(rows: list[tuple[str, str, Fill | None]]) -> bytes:
    lines = []
    for source, target, fill in rows:
        if fill is None:
            cells = (source, target)
        else:
            mark = f"{fill.score}{' fuzzy' if fill.fuzzy else ''}"
            cells = (source, fill.target.text, mark, fill.origin)  # type: ignore[assignment]
        lines.append("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
    return "".join(lines).encode("utf-8")
