"""All that a translation memory knows of a termbase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from termbase.model import TermMatch


class TermSource(Protocol):
    """Anything that can recognise terms; :class:`termbase.Termbase` fits by its shape."""

    def recognize(self, text: str, lang: str) -> Sequence[TermMatch]:
        """Return the terms of ``text``, which is in language ``lang``, in order of their start."""
        ...
