"""UTX 1.11 of AAMT: a tab-separated bilingual glossary with part of speech, status and concept id.

Line 1 names version, languages and date, line 2 the columns; ``#`` begins a comment. The status is that
of the target term: approved, provisional, non-standard, forbidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.sources import decode_bytes
from termbase.formats.words import language_of
from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, Term

_HEAD = re.compile(r"#UTX(?:-S)?\s+([\d.]+)\s*;\s*([\w-]+)/([\w-]+)")
_STATUSES = {
    AdministrativeStatus.PREFERRED: "approved",
    AdministrativeStatus.ADMITTED: "approved",
    AdministrativeStatus.DRAFT: "provisional",
    AdministrativeStatus.DEPRECATED: "non-standard",
    AdministrativeStatus.SUPERSEDED: "non-standard",
    AdministrativeStatus.FORBIDDEN: "forbidden",
}
_PARTS = {PartOfSpeech.PROPER_NOUN: "properNoun", PartOfSpeech.OTHER: "sentence"}


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read UTX 1.00 to 1.20, with or without a byte order mark.

    Raises :class:`FormatError` without a UTX header, or for other languages than Vietnamese and English.
    """
    lines = decode_bytes(stream.read(), options).split("\n")
    head = _HEAD.match(lines[0])
    if not head:
        raise FormatError(
            [Problem(message="line 1 is no UTX header (#UTX version; vi/en; …)", path=options.path, line=1)]
        )
    source, target = language_of(head.group(2)), language_of(head.group(3))
    if {source, target} != {"vi", "en"}:
        message = f"its languages are {head.group(2)} and {head.group(3)}, not Vietnamese and English"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    # Comments may stand between the two lines of the header.
    at = next((number for number, line in enumerate(lines[1:], start=1) if "\t" in line), len(lines))
    columns = _columns("".join(lines[at : at + 1]).lstrip("#").split("\t"), source, target)
    return _entries(lines[at + 1 :], at + 2, columns, (source, target), Builder(options))


def _columns(names: Sequence[str], source: str, target: str) -> list[str]:
    """Return the columns under one name each: 1.20 writes ``term:en`` and ``pos:en`` for src and src:pos."""
    sides = {source: "src", target: "tgt"}
    columns: list[str] = []
    for name in (" ".join(name.replace("_", " ").split()).casefold() for name in names):
        kind, _, rest = name.partition(":")
        if kind == "term" and language_of(rest):
            name = sides[language_of(rest)]
        elif rest and language_of(rest):
            name = f"{sides[language_of(rest)]}:{kind}"
        elif kind in ("src", "tgt") and rest:
            name = f"{kind}:{rest.strip()}"
        elif not columns or (len(columns) == 1 and columns[0] in ("src", "tgt")):
            # The first two are the terms, whatever they are called.
            name = sides.get(language_of(name), name) if name not in ("src", "tgt") else name
        columns.append("term status" if name in ("status", "tgt:term status", "tgt:status") else name)
    return columns


_KNOWN = frozenset(
    {"src", "tgt", "src:pos", "tgt:pos", "src:comment", "tgt:comment", "comment", "note", "term status"}
    | {"concept id", "domain", "subject"}
)


def _entries(
    lines: Sequence[str], first: int, columns: Sequence[str], languages: tuple[str, str], builder: Builder
) -> ReadResult:
    groups: dict[str, list[tuple[dict[str, str], int]]] = {}
    for number, line in enumerate(lines, start=first):
        if not line.strip() or line.startswith("#"):
            continue
        row = dict(zip(columns, (cell.strip() for cell in line.rstrip("\r").split("\t")), strict=False))
        if not row.get("src") or not row.get("tgt"):
            builder.skip("a row needs src and tgt; it is left out", number)
            continue
        groups.setdefault(row.get("concept id") or f"\0{number}", []).append((row, number))
    for key, rows in groups.items():
        terms: dict[tuple[str, str], ReadTerm] = {}
        for row, number in rows:
            part, note = row.get("src:pos", ""), row.get("src:comment", "")
            source = ReadTerm(lang=languages[0], text=row["src"], part_of_speech=part, note=note, line=number)
            terms.setdefault((languages[0], row["src"]), source)
        accepted = 0
        for row, number in rows:
            status = row.get("term status", "")
            if status in ("", "approved"):
                status = "admitted" if accepted else "preferred"
                accepted += 1
            part, note = row.get("tgt:pos", ""), row.get("tgt:comment", "")
            target = ReadTerm(
                lang=languages[1], text=row["tgt"], status=status, part_of_speech=part, note=note, line=number
            )
            terms.setdefault((languages[1], row["tgt"]), target)
        identifier = "" if key.startswith("\0") else key
        ordered = sorted(terms.values(), key=lambda term: term.lang == languages[1])
        builder.add(_concept(identifier, [row for row, _ in rows]), ordered, line=rows[0][1])
    return builder.result()


def _concept(identifier: str, rows: Sequence[Mapping[str, str]]) -> Concept:
    """Return the concept without its terms; columns of no meaning here become properties."""
    others = ((name, text) for row in rows for name, text in row.items() if text and name and name not in _KNOWN)
    notes = (row.get("comment") or row.get("note") for row in rows)
    return Concept(
        id=identifier,
        terms=(),
        subject_field=next((row[name] for row in rows for name in ("domain", "subject") if row.get(name)), ""),
        note="\n".join(dict.fromkeys(note for note in notes if note)),
        properties=tuple(dict.fromkeys(others)),
    )


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a row for each target with the preferred source, then one for each further source.

    The source is always Vietnamese: rejected terms are those of the target language.
    """
    today = date.today().isoformat()
    head = f"#UTX 1.11; vi/en; {today}; copyright: ; license: \n"
    stream.write((("\ufeff" if options.bom else "") + head).encode())
    stream.write(b"#src\ttgt\tsrc:pos\tterm status\tconcept ID\n")
    for concept in concepts:
        sources = concept.accepted("vi")
        targets = (*concept.accepted("en"), *concept.rejected("en"))
        if not sources or not concept.accepted("en"):
            continue
        pairs = [(sources[0], target) for target in targets] + [(source, targets[0]) for source in sources[1:]]
        identifier = " ".join(concept.id.split())
        stream.write("".join([_row(source, target, identifier) for source, target in pairs]).encode())


def _row(source: Term, target: Term, identifier: str) -> str:
    text, rendering = " ".join(source.text.split()), " ".join(target.text.split())
    part = source.part_of_speech
    name = _PARTS.get(part, part) if part else ""
    # A line that begins with # would be a comment.
    space = " " if text.startswith("#") else ""
    return f"{space}{text}\t{rendering}\t{name}\t{_STATUSES[target.status]}\t{identifier}\n"
