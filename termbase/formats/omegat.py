"""OmegaT glossary: source, tab, target, tab, comment; UTF-8, no header, ``#`` begins a comment line.

After the OmegaT manual (Glossaries). A blank line stands between concepts; OmegaT passes over it, and
it lets synonyms and homographs be told apart when the file is read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder
from termbase.formats.pairs import Pair, block_terms, blocks, pairs_of
from termbase.formats.sources import decode_bytes
from termbase.model import Concept

_CODING = re.compile(rb"#\s*-\*-\s*coding:\s*([\w.-]+)\s*-\*-")
_LETTER = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read a glossary; which column is Vietnamese is told by its letters."""
    data = stream.read()
    coding = _CODING.match(data[:200].lstrip(b"\xef\xbb\xbf"))
    if coding and not options.encoding:
        options = replace(options, encoding=coding.group(1).decode())
    builder = Builder(options)
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, line in enumerate(decode_bytes(data, options).split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if line.startswith("#"):
            continue
        if line.strip() and len(cells) < 2:
            builder.skip("no tab between source and target; the line is left out", number)
            continue
        rows.append(cells if line.strip() else [])
        numbers.append(number)
    source, target = _languages(rows)
    for group in _groups(rows, numbers):
        comments = {number: row[2].strip() for row, number in group if len(row) > 2 and row[2].strip()}
        pairs = [(row[0].strip(), row[1].strip(), number) for row, number in group]
        for block in blocks(pairs):
            note = "; ".join(dict.fromkeys(comments[number] for *_, number in block if number in comments))
            builder.add(Concept(id="", terms=(), note=note), block_terms(block, source, target), line=block[0][2])
    return builder.result()


def _groups(rows: list[list[str]], numbers: list[int]) -> list[list[tuple[list[str], int]]]:
    """Return the rows between blank lines; without blank lines each row alone."""
    if not any(not row for row in rows[:-1]):
        return [[(row, number)] for row, number in zip(rows, numbers, strict=True) if row]
    groups: list[list[tuple[list[str], int]]] = [[]]
    for row, number in zip(rows, numbers, strict=True):
        if row:
            groups[-1].append((row, number))
        else:
            groups.append([])
    return [group for group in groups if group]


def _languages(rows: list[list[str]]) -> tuple[str, str]:
    marks = [sum(bool(_LETTER.search(row[place])) for row in rows if row) for place in (0, 1)]
    return ("vi", "en") if marks[0] >= marks[1] else ("en", "vi")


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a line a pair and a blank line after each concept."""
    stream.write(b"\xef\xbb\xbf" if options.bom else b"")
    for concept in concepts:
        if pairs := pairs_of(concept, options):
            note = " ".join(concept.note.split())
            lines = "\n".join([_line(pair, note) for pair in pairs])
            stream.write(f"{lines}\n\n".encode())


def _line(pair: Pair, note: str) -> str:
    source, target = " ".join(pair.source.text.split()), " ".join(pair.target.text.split())
    line = f"{source}\t{target}\t{note}".rstrip("\t")
    # A line that begins with # would be a comment; a space in front is trimmed by the reader.
    return f" {line}" if line.startswith("#") else line
