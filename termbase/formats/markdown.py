"""Markdown: the glossary as a document, in Vietnamese dictionary order, with an English index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from termbase.formats.base import WriteOptions
from termbase.formats.book import MARK_GUIDE, STATUS_GUIDE, Book, Entry, checked, losses, make_book
from termbase.model import Concept, Term

__all__ = ["losses", "plain", "write"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_ANY_SPECIAL = _SPECIAL.search


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write a Markdown document (CommonMark with tables)."""
    stream.write("\n".join([*_document(make_book(concepts, options.title)), ""]).encode())


def plain(text: str) -> str:
    """Return the text with what Markdown would take for marks escaped, on one line.

    >>> print(plain("a*b <c>"))
    a\\*b \\<c\\>
    """
    text = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", text) if _ANY_SPECIAL(text) else text


def _document(book: Book) -> Iterator[str]:
    yield f"# {plain(book.title)}\n"
    yield f"{book.count} entries, in Vietnamese dictionary order.\n"
    yield "## How to read an entry\n"
    yield "| status | trạng thái | meaning |\n| --- | --- | --- |"
    yield from (f"| {word} | {vietnamese} | {meaning} |" for word, vietnamese, meaning in STATUS_GUIDE)
    yield "\n| mark | dấu | meaning |\n| --- | --- | --- |"
    yield from (f"| {mark or 'none'} | {vietnamese} | {meaning} |" for mark, vietnamese, meaning in MARK_GUIDE)
    for letter, entries in book.letters:
        yield f"\n## {plain(letter)}\n"
        for entry in entries:
            yield from _entry(entry)
    yield "\n## English index\n"
    yield from (f"- {plain(line.text)}: {plain(line.meaning)}" for _, lines in book.index for line in lines)
    yield "\n## Abbreviations\n"
    yield from (f"- {plain(line.text)}: {plain(line.meaning)}" for line in book.abbreviations)
    yield "\n## Sources\n"
    yield from (f"- {plain(source)}" for source in book.sources)


def _entry(entry: Entry) -> Iterator[str]:
    concept = entry.concept
    part = f" *{entry.part_of_speech}*" if entry.part_of_speech else ""
    abbreviations, also_vi, avoid = entry.short_vi, entry.also_vi, entry.avoid()
    short = f" ({_terms(abbreviations)})" if abbreviations else ""
    more = (*entry.also_en, *entry.short_en)
    also = f"; {_renderings(more)}" if more else ""
    english = f"**{plain(entry.english)}**{_mark(entry.checked)}" if entry.english else ""
    yield f"- **{plain(entry.headword)}**{short}{part} {english}{also}{_mark(entry.doubt)}"
    if also_vi:
        yield f"  - cũng: {_terms(also_vi)}"
    for definition in (concept.definition_vi, concept.definition_en):
        if definition:
            yield f"  - {plain(definition)}"
    yield from (f"  - {plain(part.vi)} = {plain(part.en)}" for part in concept.parts)
    yield from (f"  - *{plain(e.vi)}* {plain(e.en)}" for e in concept.examples[:1])
    yield from (f"  - ✗ ~~{plain(term.text)}~~ {term.status}{_reason(term)}" for term in avoid)
    notes = [concept.note, concept.scope and f"Scope: {concept.scope}", entry.validity and f"Valid: {entry.validity}"]
    if text := " ".join(note for note in notes if note):
        yield f"  - Note: {plain(text)}"


def _terms(terms: Iterable[Term]) -> str:
    return "; ".join([plain(term.text) for term in terms])


def _renderings(terms: Iterable[Term]) -> str:
    return "; ".join([plain(term.text) + _mark(checked(term)) for term in terms])


def _mark(mark: str) -> str:
    # Two tildes strike text out where tables and strikethrough are understood; one is escaped for them.
    return f" {plain(mark)}" if mark else ""


def _reason(term: Term) -> str:
    return f": {plain(term.note)}" if term.note else ""
