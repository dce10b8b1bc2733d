"""All that a translation memory knows of a termbase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from termbase.model import Finding, TermMatch


class TermSource(Protocol):
    """Anything that can recognise terms; :class:`termbase.Termbase` fits by its shape."""

    def recognize(self, text: str, lang: str) -> Sequence[TermMatch]:
        """Return the terms of ``text``, which is in language ``lang``, in order of their start."""
        ...


@runtime_checkable
class TermJudge(Protocol):
    """A source of terms that can also judge a pair, as :class:`termbase.Termbase` can."""

    def conflicts(self, source: str, target: str, lang: str) -> Sequence[Finding]:
        """Return the terms of ``source``, in language ``lang``, that ``target`` renders wrongly or leaves out."""
        ...
