"""Writing of units with an account: how many, what was lost, and a signature to name the result by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import BinaryIO

from tm.formats import registry
from tm.formats.base import WriteOptions
from tm.model import Provenance, TranslationUnit, UnitStatus
from tm.store_rows import identity, state

FORMAT_VERSION = 1
"""Version of the signature."""

_EMPTY = {"provenance": Provenance.HUMAN, "status": UnitStatus.TRANSLATED, "memory": "main"}


@dataclass(frozen=True, slots=True)
class ExportResult:
    """``lost`` counts, by field, the units whose value the format cannot hold."""

    written: int
    signature: str
    lost: dict[str, int]


@dataclass
class _Account:
    holds: frozenset[str]
    hash: blake2b = field(default_factory=lambda: blake2b(digest_size=8))
    count: int = 0
    lost: dict[str, int] = field(default_factory=dict)

    def passing(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield the units, counting."""
        for unit in units:
            self.count += 1
            self.hash.update(identity(unit))
            self.hash.update(state(unit))
            for name in losses(unit, self.holds):
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


def export(
    units: Iterable[TranslationUnit],
    path: str,
    format: str | None = None,
    options: WriteOptions | None = None,
    *,
    stream: BinaryIO | None = None,
) -> ExportResult:
    """Write units to a file or, for ``-``, to ``stream``, and return the account.

    The signature names what was written: format, direction, count, and a hash over the units; equal
    memories give equal signatures.
    """
    spec = registry.get(format) if format else registry.choose(path, reading=False)
    chosen = options or WriteOptions()
    account = _Account(frozenset(spec.holds))
    if path == "-":
        if stream is None:
            raise ValueError("no stream to write to")
        registry.write_to(account.passing(units), stream, spec, chosen)
    else:
        registry.write(account.passing(units), path, spec.name, replace(chosen))
    direction = f"{chosen.source}-{chosen.target}"
    signature = f"songngu-tm:{FORMAT_VERSION}|{spec.name}|{direction}|{account.count}|{account.hash.hexdigest()}"
    return ExportResult(account.count, signature, dict(sorted(account.lost.items())))
