"""Sentence alignment of Vietnamese and English documents.

``engine`` aligns; ``features`` says what a sentence offers as evidence, ``lexicon`` and ``learn`` what
means what, ``evidence`` and ``cells`` how much a pair of sentences speaks for itself, ``band`` where to
look, ``path`` what the best path is and how sure each bead of it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.align.engine import AlignOptions
    from tm.model import Alignment
    from tm.terms import TermSource


class _CallablePackage(ModuleType):
    """Makes ``tm.align`` the function as well as the package.

    ``from tm import align`` must give the function, but importing any module of this package puts the
    package itself under that name; so the package can be called.
    """

    def __call__(
        self, vi_text: str, en_text: str, terms: TermSource | None = None, *, options: AlignOptions | None = None
    ) -> Alignment:
        """Align two texts; see :func:`tm.align.engine.align`."""
        from tm.align.engine import align

        return align(vi_text, en_text, terms, options=options)


sys.modules[__name__].__class__ = _CallablePackage
