"""Comma- or semicolon-separated pairs; read as :mod:`tm.formats.tsv` reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from tm.formats.base import WriteOptions
from tm.formats.tsv import read, write_separated
from tm.model import TranslationUnit

__all__ = ["read", "write"]


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write a header and a row a unit, separated by commas, and return the number of units."""
    return write_separated(units, stream, options, ",")
