"""NFC text that remembers where each of its characters stood.

Unlike :mod:`termbase.text.normalize` nothing is repaired or dropped here: the scanners for sentences
and numbers need composed letters, and spans into whatever the caller handed in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CLUSTER = re.compile(
    r"[^\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff][\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]*|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Composed:
    """``text`` in NFC; ``offsets[i]`` is where its character ``i`` began in the source.

    ``offsets`` has one entry more than ``text``, the length of the source. ``None`` means that the
    source was NFC already.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that ``text[start:end]`` came from."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def compose(text: str) -> Composed:
    """Return ``text`` in NFC with a map back; text that is NFC already costs one check.

    >>> composed = compose("Đo\\u0302\\u0323i 5")
    >>> composed.text, composed.to_source(1, 2)
    ('Đội 5', (1, 4))
    """
    if unicodedata.is_normalized("NFC", text):
        return Composed(text)
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFC", cluster.group())
        pieces.append(piece)
        offsets.extend([cluster.start()] * len(piece))
    offsets.append(len(text))
    return Composed("".join(pieces), tuple(offsets))
