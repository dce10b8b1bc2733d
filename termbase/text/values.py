"""The value that the number finders report, and the mask that keeps them apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A number, date, amount or label found in a text.

    ``text`` is ``caller_text[start:end]`` to the letter. ``value`` is a canonical string that is equal
    in both languages when the same thing is meant: plain digits for ``number``, ``ordinal`` and
    ``roman``; ``"7.25%"``; ``"15200000000000 VND"``; ``"12000 m"`` for a ``measure``; ISO 8601 for
    ``date`` (``"2022-01-17"``, ``"--01-17"`` without a year, ``"2022-01"``, ``"--01"``, ``"2022"``),
    ``"2022-Q1"`` for ``quarter``, ``"1990s"`` for ``decade``, ``"14:30"`` for ``time``,
    ``"2020..2025"`` for ``range``, days joined by *and* with a comma,
    ``"483/483"`` for ``fraction``; the label itself for ``legal``,
    ``code``, ``phone`` and ``url``.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str


_MASK = "\x00"


class Claims:
    """The values found so far; what they cover is hidden from the finders that come later."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: list[Value] = []
        self._open = text
        self._covered = bytearray(len(text))
        self._pending: list[tuple[int, int]] = []

    @property
    def open(self) -> str:
        """The text with what was claimed blanked out; same length as the text."""
        if self._pending:
            pieces, last = [], 0
            for start, end in sorted(self._pending):
                pieces += [self._open[last:start], _MASK * (end - start)]
                last = end
            self._open = "".join(pieces) + self._open[last:]
            self._pending.clear()
        return self._open

    def add(self, start: int, end: int, kind: str, value: str) -> None:
        """Claim ``text[start:end]``, unless a part of it is taken."""
        if any(self._covered[start:end]):
            return
        self._covered[start:end] = b"\x01" * (end - start)
        self._pending.append((start, end))
        self.values.append(Value(start, end, self.text[start:end], kind, value))

    def hide(self, start: int, end: int) -> None:
        """Keep ``text[start:end]`` from later finders without reporting a value."""
        self._covered[start:end] = b"\x01" * (end - start)
        self._pending.append((start, end))

    def in_order(self) -> list[Value]:
        """Return the values by place."""
        return sorted(self.values, key=lambda value: value.start)
