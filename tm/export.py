"""Writing of units with an account: how many, what was lost, and a signature to name the result by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from typing import BinaryIO
from urllib.parse import quote

from tm.formats import registry
from tm.formats.base import WriteOptions
from tm.model import Provenance, TranslationUnit, UnitStatus
from tm.options import UnitFilter
from tm.store_rows import identity, state

FORMAT_VERSION = 2
"""Version of the signature."""

_EMPTY = {"provenance": Provenance.HUMAN, "status": UnitStatus.TRANSLATED, "memory": "main"}


@dataclass(frozen=True, slots=True)
class ExportResult:
    """``lost`` counts, by field, the units of which the format could not hold it."""

    written: int
    signature: str
    lost: dict[str, int]


@dataclass
class _Account:
    spec: registry.FormatSpec
    hash: blake2b = field(default_factory=lambda: blake2b(digest_size=8))
    count: int = 0
    lost: dict[str, int] = field(default_factory=dict)

    def passing(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield the units, counting."""
        for unit in units:
            self.count += 1
            self.hash.update(identity(unit))
            self.hash.update(state(unit))
            for name in losses_of(unit, self.spec):
                self.lost[name] = self.lost.get(name, 0) + 1
            yield unit


def losses(unit: TranslationUnit, holds: frozenset[str]) -> list[str]:
    """Return the fields of a unit that a format which ``holds`` these would lose.

    >>> from tm.model import Segment
    >>> unit = TranslationUnit(source=Segment("vi", "a"), target=Segment("en", "b"), author="An")
    >>> losses(unit, frozenset({"source", "target"}))
    ['author']
    """
    found = []
    for name in registry.ALL[2:]:
        if name in holds:
            continue
        value = (unit.source.codes or unit.target.codes) if name == "codes" else getattr(unit, name)
        if value not in (_EMPTY.get(name), "", None, ()):
            found.append(name)
    return found


_TABLES = frozenset({"tsv", "csv", "xlsx"})
_LINES = ("moses", "wordfast")
_MARKUP = ("tmx", "xliff", "xliff-2")
_SPACES = re.compile(r"[^\S ]|  |^ | $")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def losses_of(unit: TranslationUnit, spec: registry.FormatSpec) -> list[str]:
    """Return what a format would lose of a unit: fields, and what of its texts it cannot write.

    >>> from tm.model import Segment
    >>> unit = TranslationUnit(source=Segment("vi", "hai\\ndòng"), target=Segment("en", "b"), author="An")
    >>> losses_of(unit, registry.get("moses"))
    ['author', 'line breaks and spaces']
    """
    found = losses(unit, frozenset(spec.holds))
    texts = (unit.source.text, unit.target.text)
    if spec.name in _LINES and any(map(_SPACES.search, texts)):
        found.append("line breaks and spaces")
    if spec.name in _TABLES and any(text != text.strip() for text in texts):
        found.append("spaces around the text")
    if spec.name in _MARKUP and any(map(_NOT_XML.search, texts)):
        found.append("control characters")
    return found


def loss_report(
    units: Iterable[TranslationUnit], spec: registry.FormatSpec
) -> Iterator[tuple[TranslationUnit, list[str]]]:
    """Yield each unit that a format would not hold whole, with what it would lose; runs as they are taken."""
    for unit in units:
        found = losses_of(unit, spec)
        if found:
            yield unit, found


def export(
    units: Iterable[TranslationUnit],
    path: str,
    format: str | None = None,
    options: WriteOptions | None = None,
    *,
    stream: BinaryIO | None = None,
    wanted: UnitFilter | None = None,
) -> ExportResult:
    """Write units to a file or, for ``-``, to ``stream``, and return the account.

    The signature names what was written, so that a result made from it can name its data: versions, format,
    direction, tokens, the filter ``wanted`` by which the units were chosen, their count, and a hash over
    them; equal memories give equal signatures.
    """
    spec = registry.get(format) if format else registry.choose(path, reading=False)
    chosen = options or WriteOptions()
    account = _Account(spec)
    if path == "-":
        if stream is None:
            raise ValueError("no stream to write to")
        registry.write_to(account.passing(units), stream, spec, chosen)
    else:
        registry.write(account.passing(units), path, spec.name, replace(chosen))
    signature = _signature(account, chosen, wanted or UnitFilter())
    return ExportResult(account.count, signature, dict(sorted(account.lost.items())))


def _signature(account: _Account, options: WriteOptions, wanted: UnitFilter) -> str:
    parts = {
        "version": _version(),
        "format": account.spec.name,
        "direction": f"{options.source}-{options.target}",
        "tokens": "underthesea+sacremoses" if options.tokenize else "none",
        "filters": filter_text(wanted),
        "units": account.count,
        "hash": account.hash.hexdigest(),
    }
    return "|".join([f"songngu-tm:{FORMAT_VERSION}", *(f"{name}:{value}" for name, value in parts.items())])


def filter_text(wanted: UnitFilter) -> str:
    """Return a filter in one word, ``"none"`` for one that allows all.

    >>> filter_text(UnitFilter(memories=("main", "qk 7"), since="2026"))
    'memories=main+qk%207,since=2026'
    """
    found = []
    for each in fields(wanted):
        value = getattr(wanted, each.name)
        if value:
            words = [value] if isinstance(value, str) else sorted(map(str, value))
            found.append(f"{each.name}={'+'.join(quote(word, safe='') for word in words)}")
    return ",".join(found) or "none"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("songngu")
    except PackageNotFoundError:
        return "unreleased"
