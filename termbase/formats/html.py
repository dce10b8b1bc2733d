"""HTML: a page to search and read on the screen, and a dictionary to print on A4.

Both are one file without anything from elsewhere. The printed form has two columns, running page
numbers, guide letters, an English index, the list of abbreviations and the sources.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from termbase.formats.base import WriteOptions
from termbase.formats.book import MARK_GUIDE, STATUS_GUIDE, Book, Entry, IndexLine, checked, losses, make_book
from termbase.formats.html_style import PAGE_STYLE, PRINT_STYLE, SEARCH_SCRIPT
from termbase.model import Concept, Term
from termbase.text.keys import strip_marks

__all__ = ["losses", "write"]


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write the page, or with ``options.variant`` ``"print"`` the printed form."""
    book = make_book(concepts, options.title)
    stream.write("\n".join([*_document(book, printed=options.variant == "print"), ""]).encode())


def escape(text: str) -> str:
    """Return the text as it stands between tags and in attributes.

    >>> escape("QP&AN")
    'QP&amp;AN'
    """
    return html.escape(text) if _SPECIAL(text) else text


_SPECIAL = re.compile("[&<>\"']").search


def _document(book: Book, *, printed: bool) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(book.title)}</title>"
    yield f"<style>{PRINT_STYLE if printed else PAGE_STYLE}</style></head>"
    yield f'<body class="{"print" if printed else "page"}">'
    yield from _cover(book, printed=printed)
    yield from _guide(book)
    yield '<main lang="vi">'
    for letter, entries in book.letters:
        yield f'<section class="letter"><h2 id="letter-{escape(letter)}">{escape(letter)}</h2>'
        for entry in entries:
            yield from _entry(entry, printed=printed)
        yield "</section>"
    yield "</main>"
    yield from _index(book)
    yield from _lists(book)
    if not printed:
        yield f"<script>{SEARCH_SCRIPT}</script>"
    yield "</body></html>"


def _cover(book: Book, *, printed: bool) -> Iterator[str]:
    yield f'<header><h1>{escape(book.title)}</h1><p class="count">{book.count} entries</p>'
    if not printed:
        letters = " ".join(f'<a href="#letter-{escape(letter)}">{escape(letter)}</a>' for letter, _ in book.letters)
        yield f'<nav aria-label="Letters">{letters} <a href="#index">English</a> <a href="#lists">Lists</a></nav>'
        yield '<input id="search" type="search" placeholder="Tìm / search, with or without marks" aria-label="Search">'
    yield "</header>"


def _guide(book: Book) -> Iterator[str]:
    yield '<section class="guide"><h2>How to read an entry</h2>'
    yield "<p>Headwords stand in Vietnamese dictionary order, syllable by syllable: "
    yield "ba, ba mươi, bà, bà con, bá. Then follow part of speech, English, and what is to be known.</p>"
    yield "<table><thead><tr><th>Status</th><th>Trạng thái</th><th>Meaning</th></tr></thead><tbody>"
    for word, vietnamese, meaning in STATUS_GUIDE:
        yield f'<tr><td>{word}</td><td lang="vi">{vietnamese}</td><td>{meaning}</td></tr>'
    yield "</tbody></table>"
    yield '<table class="marks"><thead><tr><th>Mark</th><th>Dấu</th><th>Meaning</th></tr></thead><tbody>'
    for mark, vietnamese, meaning in MARK_GUIDE:
        yield f'<tr><td>{_mark(mark) or "none"}</td><td lang="vi">{vietnamese}</td><td>{meaning}</td></tr>'
    yield "</tbody></table>"
    yield "<p>n noun · n prop proper noun · v verb · adj adjective · adv adverb · <i>vt</i> abbreviation</p>"
    yield "</section>" if book.count else "<p>This glossary is empty.</p></section>"


def _entry(entry: Entry, *, printed: bool) -> Iterator[str]:
    concept = entry.concept
    search = "" if printed else f' data-key="{escape(_search_key(concept))}"'
    yield f'<article id="{escape(entry.anchor)}"{search}>'
    head = f'<b class="head">{escape(entry.headword)}</b>'
    if abbreviations := entry.short_vi:
        head += f' <i class="abbr">vt</i> {_terms(abbreviations)}'
    if entry.part_of_speech:
        head += f' <i class="pos">{entry.part_of_speech}</i>'
    english = f'<b lang="en" class="english">{escape(entry.english)}</b>' if entry.english else ""
    english += _mark(entry.checked)
    more = (*entry.also_en, *entry.short_en)
    if more:
        english += f'; <span lang="en">{_renderings(more)}</span>'
    yield f"<p>{head} {english}{_mark(entry.doubt)}</p>"
    yield from _details(entry)
    yield "</article>"


def _details(entry: Entry) -> Iterator[str]:
    concept = entry.concept
    if also := entry.also_vi:
        yield f'<p class="also">cũng: {_terms(also)}</p>'
    if concept.definition_vi:
        yield f'<p class="definition">{escape(concept.definition_vi)}</p>'
    if concept.definition_en:
        yield f'<p class="definition" lang="en">{escape(concept.definition_en)}</p>'
    if concept.parts:
        items = "".join(f'<li>{escape(p.vi)} = <span lang="en">{escape(p.en)}</span></li>' for p in concept.parts)
        yield f"<ol>{items}</ol>"
    for example in concept.examples[:1]:
        yield f'<p class="example">{escape(example.vi)} <span lang="en">{escape(example.en)}</span></p>'
    if avoid := entry.avoid():
        rejected = "; ".join(_rejected(term) for term in avoid)
        yield f'<p class="avoid" lang="en"><b>✗</b> {rejected}</p>'
    notes = [concept.note, concept.scope and f"Scope: {concept.scope}", entry.validity and f"Valid: {entry.validity}"]
    text = " ".join(note for note in notes if note)
    if text:
        yield f'<p class="note" lang="en">{escape(text)}</p>'


def _terms(terms: Iterable[Term]) -> str:
    return "; ".join([escape(term.text) for term in terms])


def _renderings(terms: Iterable[Term]) -> str:
    return "; ".join([escape(term.text) + _mark(checked(term)) for term in terms])


_MARK_NAMES = {
    "✓": ("checked", "verified"),
    "~": ("checked", "reported"),
    "?": ("doubt", "medium confidence"),
    "??": ("doubt", "low confidence"),
}


_MARKS = {
    mark: f'<sup class="{kind}" lang="en" title="{name}">{mark}</sup>' for mark, (kind, name) in _MARK_NAMES.items()
}


def _mark(mark: str) -> str:
    return _MARKS[mark] if mark else ""


def _rejected(term: Term) -> str:
    reason = f" ({escape(term.note)})" if term.note else ""
    return f'<s class="{term.status}">{escape(term.text)}</s>{reason}'


def _search_key(concept: Concept) -> str:
    # The page folds what is typed in the same way: letters without marks, lower case.
    texts = dict.fromkeys(term.text.casefold() for term in concept.terms)
    return " | ".join([text if text.isascii() else f"{text} {strip_marks(text)}" for text in texts])


def _index(book: Book) -> Iterator[str]:
    yield '<section id="index" class="index"><h2>English index</h2>'
    for letter, lines in book.index:
        yield f"<h3>{escape(letter)}</h3>"
        yield from (_line(line, language="en") for line in lines)
    yield "</section>"


def _line(line: IndexLine, *, language: str) -> str:
    meaning = f'<a href="#{escape(line.anchor)}" lang="vi">{escape(line.meaning)}</a>'
    return f'<p class="line"><span lang="{language}">{escape(line.text)}</span> — {meaning}</p>'


def _lists(book: Book) -> Iterator[str]:
    yield '<section id="lists" class="index"><h2>Abbreviations</h2>'
    yield from (_line(line, language="vi") for line in book.abbreviations)
    yield "</section>"
    yield '<section class="sources"><h2>Sources</h2><ul>'
    yield from (f"<li>{escape(source)}</li>" for source in book.sources)
    yield "</ul></section>"
