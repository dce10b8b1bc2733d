"""What every reader and writer of units takes and gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO, Protocol

from tm.model import TranslationUnit
from tm.outcome import Remark

LANGUAGE_NAMES = {
    "vi": "vi", "vie": "vi", "vn": "vi", "vietnamese": "vi", "tiếng việt": "vi", "tieng viet": "vi", "việt": "vi",
    "en": "en", "eng": "en", "english": "en", "tiếng anh": "en", "tieng anh": "en", "anh": "en",
}  # fmt: skip
"""What files call the two languages, in small letters; region and script do not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read a file of units.

    ``path`` is the name that problems carry. ``source`` and ``target`` are the languages of formats that
    do not state them. ``encoding`` overrules what the file says or is found to be.
    """

    path: str = ""
    source: str = "vi"
    target: str = "en"
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """How to write a file of units.

    Formats of one direction run from ``source`` to ``target``; a unit of the other direction is turned.
    ``tokenize`` writes Moses files as training wants them.
    """

    source: str = "vi"
    target: str = "en"
    tokenize: bool = False
    bom: bool = False


@dataclass
class WriteResult:
    """What was written: units, and what of them the format could not hold, counted by field."""

    written: int = 0
    lost: dict[str, int] = field(default_factory=dict)


class Reader(Protocol):
    """Reads a stream of bytes; runs as its answers are taken."""

    def __call__(self, stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
        """Yield the units, and remarks in the places of what could not be read.

        Raises :class:`~termbase.errors.FormatError` when the stream is damaged or of another format.
        """
        ...


class Writer(Protocol):
    """Writes units to a stream of bytes."""

    def __call__(self, units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
        """Write all units and return their number; the output depends on them and the options alone."""
        ...


@lru_cache(maxsize=1024)
def language(tag: str) -> str:
    """Return ``"vi"`` or ``"en"`` for a language tag of those languages, the tag in lower case otherwise.

    >>> language("VI-VN"), language("eng"), language("en_GB"), language("Tiếng Việt"), language("fr-FR")
    ('vi', 'en', 'en', 'vi', 'fr-fr')
    """
    lower = unicodedata.normalize("NFC", tag).strip().lower().replace("_", "-")
    return LANGUAGE_NAMES.get(re.split(r"\s*[-(]", lower, maxsplit=1)[0], lower)
