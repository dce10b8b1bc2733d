"""XLIFF 2.1 as an output; every version is read by :mod:`tm.formats.xliff`."""

from __future__ import annotations

from tm.formats.xliff import read
from tm.formats.xliff_write import write_2 as write

__all__ = ["read", "write"]
