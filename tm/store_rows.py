"""Units as rows of ``tm_unit`` and back: identity, state, and the packing of tuples."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any

from termbase.text.normalize import SUSPECT, normalize, normalize_mapped
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.store_keys import hashes

SCHEMA_VERSION = 2
"""Version of the tables in :mod:`tm.schema`."""

COUNTERS = ("unit", "segment", "token", "change")
"""Counters in ``tm_meta``: the last id given out, and the number of the last change."""

OWN_COLUMNS = ("id", "source", "target", "source_segment", "target_segment", "digest")
"""The columns of ``tm_unit`` that differ in a run of units alike."""

ALIKE_COLUMNS = (
    "memory_id",
    "source_lang",
    "target_lang",
    "source_codes",
    "target_codes",
    "document",
    "position",
    "previous",
    "next",
    "author",
    "created",
    "changed",
    "origin",
    "provenance",
    "status",
    "confidence",
    "notes",
    "properties",
    "state",
)
"""The columns that are the same in a run of units alike, in the order of :func:`alike_cells`."""

COLUMNS = OWN_COLUMNS + ALIKE_COLUMNS
"""The columns of ``tm_unit``, in the order of :func:`to_row`."""

SELECTED = (
    "u.id, m.name, u.source_lang, u.target_lang, u.source, u.target, u.source_codes, u.target_codes, u.document, "
    "u.position, u.previous, u.next, u.author, u.created, u.changed, u.origin, u.provenance, u.status, "
    "u.confidence, u.notes, u.properties"
)
"""What :func:`from_row` reads, of ``tm_unit u`` and ``tm_memory m``."""

_BLOCK = 64
_alike = attrgetter(
    "source.lang",
    "target.lang",
    "source.codes",
    "target.codes",
    "memory",
    *(name for name in ALIKE_COLUMNS[5:-1]),
)

_PROVENANCE = {str(word): word for word in Provenance}
_STATUS = {str(word): word for word in UnitStatus}


def runs(units: Iterable[TranslationUnit]) -> list[list[TranslationUnit]]:
    """Return the units by runs: neighbours that differ in nothing but their texts and ids.

    >>> one = TranslationUnit(source=Segment("vi", "một"), target=Segment("en", "one"))
    >>> two = replace(one, source=Segment("vi", "hai"))
    >>> [len(run) for run in runs([one, two, replace(one, author="An")])]
    [2, 1]
    """
    return [list(run) for _, run in groupby(units, key=_alike)]


def stored_forms(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    """Return :func:`stored_form` of each unit; many texts in storage form are seen to be so at once."""
    found: list[TranslationUnit] = []
    for start in range(0, len(units), _BLOCK):
        block = units[start : start + _BLOCK]
        texts = [text for unit in block for text in (unit.source.text, unit.target.text, unit.previous, unit.next)]
        found += block if _are_clean(texts) else map(stored_form, block)
    return found


def _are_clean(texts: Iterable[str]) -> bool:
    """Whether texts are in storage form; as lines of one text, for a line end parts what could be composed."""
    lines = "\n".join([text for text in texts if not text.isascii()])
    return SUSPECT.search(lines) is None and unicodedata.is_normalized("NFC", lines)


def stored_form(unit: TranslationUnit) -> TranslationUnit:
    """Return the unit with its texts in storage form; inline codes keep their places.

    >>> unit = TranslationUnit(source=Segment("vi", "Hoa\\u0300"), target=Segment("en", "Peace"))
    >>> stored_form(unit).source.text == "Ho\\u00e0"
    True
    """
    source, target = _stored_segment(unit.source), _stored_segment(unit.target)
    previous, following = normalize(unit.previous), normalize(unit.next)
    if source is unit.source and target is unit.target and previous == unit.previous and following == unit.next:
        return unit
    return replace(unit, source=source, target=target, previous=previous, next=following)


def _stored_segment(segment: Segment) -> Segment:
    text = normalize(segment.text)
    if text == segment.text:
        return segment
    if not segment.codes:
        return Segment(segment.lang, text)
    mapped = normalize_mapped(segment.text)
    codes = tuple(replace(code, position=mapped.to_normal(code.position, code.position)[0]) for code in segment.codes)
    return Segment(segment.lang, mapped.text, codes)


def identity(unit: TranslationUnit) -> bytes:
    """Return the digest that two units share when they are the same: memory, texts, document, context."""
    return identities([unit])[0]


def identities(run: Sequence[TranslationUnit]) -> list[bytes]:
    """Return the :func:`identity` of each unit of a run (:func:`runs`)."""
    unit = run[0]
    codes = [pack_codes(side.codes) if side.codes else "" for side in (unit.source, unit.target)]
    begun = blake2b(f"{unit.memory}\x1f{unit.source.lang}\x1f".encode("utf-8", "surrogatepass"), digest_size=16)
    middle = f"\x1f{unit.target.lang}\x1f"
    end = "\x1f".join(("", unit.document, unit.previous, unit.next, *codes))
    texts = [f"{unit.source.text}{middle}{unit.target.text}{end}" for unit in run]
    return hashes(begun, [text.encode("utf-8", "surrogatepass") for text in texts])


def state(unit: TranslationUnit) -> bytes:
    """Return a digest of all that can change while a unit stays the same."""
    parts = (
        str(unit.position),
        unit.author,
        unit.created,
        unit.changed,
        unit.origin,
        unit.provenance.value,
        unit.status.value,
        str(unit.confidence),
        *unit.notes,
        *(f"{name}\x1e{value}" for name, value in unit.properties),
    )
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def to_row(
    unit: TranslationUnit,
    number: int,
    memory_id: int,
    segments: tuple[int, int],
    *,
    created: str,
    digests: tuple[bytes, bytes],
) -> Any:
    """Return the row of a unit; ``segments`` are those of source and target, ``digests`` identity and state."""
    own = (number, unit.source.text, unit.target.text, *segments, digests[0])
    return own + alike_cells(unit, memory_id, created, digests[1])


def alike_cells(unit: TranslationUnit, memory_id: int, created: str, held: bytes) -> tuple[Any, ...]:
    """Return what is the same in the rows of a run of units; ``held`` is their state."""
    return (
        memory_id,
        unit.source.lang,
        unit.target.lang,
        pack_codes(unit.source.codes) if unit.source.codes else "",
        pack_codes(unit.target.codes) if unit.target.codes else "",
        unit.document,
        unit.position,
        unit.previous,
        unit.next,
        unit.author,
        created,
        unit.changed,
        unit.origin,
        unit.provenance.value,
        unit.status.value,
        "" if unit.confidence is None else repr(unit.confidence),
        _dump(unit.notes) if unit.notes else "",
        _dump(unit.properties) if unit.properties else "",
        held,
    )


def from_row(row: Sequence[Any]) -> TranslationUnit:
    """Return the unit of a row of :data:`SELECTED`."""
    return TranslationUnit(
        id=row[0],
        memory=row[1],
        source=Segment(row[2], row[4], unpack_codes(row[6]) if row[6] else ()),
        target=Segment(row[3], row[5], unpack_codes(row[7]) if row[7] else ()),
        document=row[8],
        position=row[9],
        previous=row[10],
        next=row[11],
        author=row[12],
        created=row[13],
        changed=row[14],
        origin=row[15],
        provenance=_PROVENANCE[row[16]],
        status=_STATUS[row[17]],
        confidence=float(row[18]) if row[18] else None,
        notes=tuple(json.loads(row[19])) if row[19] else (),
        properties=tuple((n, v) for n, v in json.loads(row[20])) if row[20] else (),
    )


def pack_codes(codes: Sequence[InlineCode]) -> str:
    """Return inline codes as JSON text, ``""`` for none."""
    return _dump([(code.position, code.kind, code.xml) for code in codes])


def unpack_codes(text: str) -> tuple[InlineCode, ...]:
    """Return the codes that :func:`pack_codes` packed."""
    return tuple(InlineCode(*item) for item in json.loads(text)) if text else ()


def merged(old: TranslationUnit, new: TranslationUnit) -> TranslationUnit:
    """Return ``old`` with the news of ``new``, the same unit met again.

    What ``new`` leaves empty stays; notes and properties are united; the later date of change stands,
    and status, provenance and author follow it. An older copy adds only what was missing.

    >>> a = TranslationUnit(source=Segment("vi", "đội"), target=Segment("en", "unit"), changed="2026-01-02")
    >>> b = TranslationUnit(
    ...     source=a.source, target=a.target, changed="2026-01-01", author="An", status=UnitStatus.DRAFT
    ... )
    >>> [(u.author, u.status.value, u.changed) for u in [merged(a, b)]]
    [('An', 'translated', '2026-01-02')]
    """
    newer = new.changed >= old.changed or not new.changed
    first, second = (new, old) if newer else (old, new)
    return replace(
        old,
        position=first.position if first.position is not None else second.position,
        author=first.author or second.author,
        created=min(filter(None, (old.created, new.created)), default=""),
        changed=max(old.changed, new.changed),
        origin=first.origin or second.origin,
        provenance=first.provenance,
        status=first.status,
        confidence=first.confidence if first.confidence is not None else second.confidence,
        notes=tuple(dict.fromkeys((*old.notes, *new.notes))),
        properties=tuple(dict.fromkeys((*old.properties, *new.properties))),
    )


def _dump(value: Sequence[object]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
