"""Exchange formats for termbases: one module a format, one registry.

>>> from termbase.formats import FORMATS
>>> FORMATS["jsonl"].suffixes
('.jsonl', '.ndjson')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termbase.formats.base import FormatSpec, ReadOptions, ReadResult, WriteOptions
    from termbase.formats.registry import FORMATS, read, write

__all__ = ["FORMATS", "FormatSpec", "ReadOptions", "ReadResult", "WriteOptions", "read", "write"]

_REGISTRY = ("FORMATS", "read", "write")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{'registry' if name in _REGISTRY else 'base'}"), name)
