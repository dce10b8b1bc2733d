"""Terminology: concepts and their terms, looked up, recognised, checked and exchanged.

>>> from termbase import Termbase
>>> terms = Termbase.bundled()
>>> terms.lookup("SSCĐ")[0].concept.preferred("en").text
'combat readiness'

The names below are imported on first use, so that ``import termbase`` costs next to nothing.
"""

from __future__ import annotations

# typing is slow to load, and a cold look-up needs nothing of it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from termbase.errors import (
        FormatError,
        InputError,
        MissingExtraError,
        Problem,
        SongnguError,
        StorageError,
        UsageError,
    )
    from termbase.model import (
        AdministrativeStatus,
        Concept,
        Example,
        Finding,
        LookupKind,
        LookupMatch,
        Part,
        PartOfSpeech,
        Relation,
        Replacement,
        Severity,
        Span,
        Term,
        TermMatch,
        TermType,
    )
    from termbase.termbase import Termbase

_ERRORS = (
    "FormatError",
    "InputError",
    "MissingExtraError",
    "Problem",
    "SongnguError",
    "StorageError",
    "UsageError",
)

__all__ = [
    "AdministrativeStatus",
    "Concept",
    "Example",
    "Finding",
    "FormatError",
    "InputError",
    "LookupKind",
    "LookupMatch",
    "MissingExtraError",
    "Part",
    "PartOfSpeech",
    "Problem",
    "Relation",
    "Replacement",
    "Severity",
    "SongnguError",
    "Span",
    "StorageError",
    "Term",
    "TermMatch",
    "TermType",
    "Termbase",
    "UsageError",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    where = "errors" if name in _ERRORS else "termbase" if name == "Termbase" else "model"
    return getattr(import_module(f"{__name__}.{where}"), name)
