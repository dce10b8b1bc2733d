"""The shipped glossaries in a form that loads faster than CSV, kept in the user's cache folder.

A file is named by a digest of the glossaries' content and of the code that reads them, so it can never
be stale; a file that cannot be read or was cut off is made anew. It holds plain values only (the
``marshal`` format, which runs no code). Where nothing can be written the CSV is read each time.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from termbase.formats.native_csv import make_concept, make_term
from termbase.model import (
    AdministrativeStatus,
    CaseRule,
    Concept,
    Confidence,
    Example,
    GrammaticalNumber,
    Part,
    PartOfSpeech,
    Relation,
    RelationType,
    Term,
    TermType,
    Verification,
)

_KEPT = 3
"""Files kept; older ones are of glossaries that have changed since."""

_CODE = (
    "model.py",
    "bundled.py",
    "bundled_cache.py",
    "formats/native_csv.py",
    "formats/words.py",
    "formats/guard.py",
    "formats/sources.py",
    "formats/making.py",
)


def load(content: str) -> tuple[Concept, ...] | None:
    """Return the concepts kept for glossaries with this digest, ``None`` when there are none."""
    try:
        return unpack(marshal.loads(_path(content).read_bytes()))  # noqa: S302  # plain values of our own making
    except (OSError, ValueError, EOFError, TypeError, KeyError, IndexError):
        return None


def save(content: str, concepts: tuple[Concept, ...]) -> None:
    """Keep the concepts; nothing happens where the folder cannot be written."""
    path = _path(content)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(marshal.dumps(pack(concepts)))
        os.replace(name, path)  # noqa: PTH105
        old = sorted(path.parent.glob("glossaries-*.bin"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in old[_KEPT:]:
            file.unlink()


def _path(content: str) -> Path:
    from termbase.index_cache import cache_folder

    digest = blake2b(f"{content} {sys.version} ".encode(), digest_size=16)
    for name in _CODE:
        with suppress(OSError):
            digest.update((Path(__file__).parent / name).read_bytes())
    return cache_folder() / f"glossaries-{digest.hexdigest()}.bin"


def pack(concepts: tuple[Concept, ...]) -> tuple[Any, ...]:
    """Return plain tuples and strings from which :func:`unpack` makes the concepts again."""
    kinds: dict[tuple[Any, ...], int] = {}
    packed = []
    for concept in concepts:
        terms = [(t.text, kinds.setdefault(_kind(t), len(kinds)), t.note, t.source) for t in concept.terms]
        packed.append(
            (
                concept.id,
                terms,
                concept.glossary,
                concept.subject_field,
                concept.definition_vi,
                concept.definition_en,
                [(part.vi, part.en) for part in concept.parts],
                [(example.vi, example.en) for example in concept.examples],
                concept.note,
                concept.scope,
                concept.valid_from,
                concept.valid_to,
                str(concept.confidence or ""),
                [(str(link.type), link.target) for link in concept.relations],
                [tuple(pair) for pair in concept.properties],
            )
        )
    return list(kinds), packed


def _kind(term: Term) -> tuple[Any, ...]:
    words = (term.status, term.type, term.part_of_speech, term.number, term.case_rule)
    return (term.lang, *(str(word or "") for word in words), term.profiles, str(term.verification or ""))


def unpack(data: Any) -> tuple[Concept, ...]:
    """Return the concepts that :func:`pack` took apart.

    >>> concepts = (Concept(id="c", terms=(Term(text="Đảng", lang="vi", note="n"),), parts=(Part("a", "b"),)),)
    >>> unpack(pack(concepts)) == concepts
    True
    """
    kinds = [_kind_fields(kind) for kind in data[0]]
    return tuple([_concept(row, kinds) for row in data[1]])


def _concept(row: tuple[Any, ...], kinds: list[tuple[Any, ...]]) -> Concept:
    identifier, terms, glossary, field, definition_vi, definition_en, parts, examples = row[:8]
    note, scope, valid_from, valid_to, confidence, links, properties = row[8:]
    return make_concept(
        identifier,
        tuple([make_term(text, *kinds[kind], remark, source) for text, kind, remark, source in terms]),
        glossary,
        field,
        definition_vi,
        definition_en,
        tuple([Part(*part) for part in parts]) if parts else (),
        tuple([Example(*example) for example in examples]) if examples else (),
        note,
        scope,
        valid_from,
        valid_to,
        Confidence(confidence) if confidence else None,
        tuple([Relation(RelationType(word), target) for word, target in links]) if links else (),
        tuple(properties),
    )


def _kind_fields(kind: tuple[Any, ...]) -> tuple[Any, ...]:
    lang, status, form, part, number, case, profiles, verification = kind
    return (
        lang,
        AdministrativeStatus(status),
        TermType(form),
        PartOfSpeech(part) if part else None,
        GrammaticalNumber(number) if number else None,
        CaseRule(case) if case else None,
        profiles,
        Verification(verification) if verification else None,
    )
