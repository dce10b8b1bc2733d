"""The files that are checked and repaired: two texts, one text, or one file of pairs; edited in place."""

from __future__ import annotations

import codecs
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from termbase.checking.located import Edit, LocatedPair, edited, whole
from termbase.errors import InputError, Problem, UsageError

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PLAIN = (".txt", ".md", ".markdown", "")
MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its content to the letter with its encoding, the pairs in it, and how text is written there."""

    path: str
    content: str
    encoding: str
    pairs: tuple[LocatedPair, ...]
    escape: Callable[[str], str]

    @property
    def markdown(self) -> bool:
        """Whether the file is Markdown."""
        return Path(self.path).suffix.lower() in MARKDOWN

    def edited(self, edits: Sequence[Edit]) -> str:
        """Return the content with all edits made, escaped as the format wants it."""
        return edited(self.content, [edit._replace(text=self.escape(edit.text)) for edit in edits])

    def write(self, content: str, path: str) -> None:
        """Write content in the encoding of this document, whole or not at all."""
        data = content.encode(self.encoding)
        target = Path(path)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(Path(self.path).stat().st_mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def read_content(path: str) -> tuple[str, str]:
    """Return the content of a file to the letter, line ends and byte order mark included, and its encoding.

    ``-`` is standard input; UTF-8, or UTF-16 with its mark. Raises :class:`InputError` for a file that cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "not UTF-8; convert it first: songngu text decode --from ENCODING"
        raise InputError([Problem(path=path, line=line, message=message)]) from None


def _as_it_is(text: str) -> str:
    return text


def _for_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _for_po(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def read_text_alone(path: str) -> Document:
    """Return a text without a source: paragraphs of a TXT or Markdown file, parted by blank lines."""
    content, encoding = read_content(path)
    start = 1 if content.startswith("\ufeff") else 0
    pairs = (LocatedPair(None, whole(content, start), "line 1"),) if content[start:].strip() else ()
    return Document(path, content, encoding, pairs, _as_it_is)


def read_bitext(path: str, langs: tuple[str, str]) -> Document:
    """Return the pairs of a TSV, CSV, TMX, XLIFF or PO file, by its suffix.

    Raises :class:`UsageError` for another suffix, :class:`InputError` for a file that cannot be read.
    """
    suffix = Path(path).suffix.lower()
    content, encoding = read_content(path)
    if suffix in (".tsv", ".tab", ".csv"):
        from termbase.checking.located_table import read_table

        return Document(path, content, encoding, tuple(read_table(content, path, langs)), _as_it_is)
    if suffix in (".tmx", ".xlf", ".xliff", ".mxliff", ".sdlxliff"):
        from termbase.checking.located_xml import read_xml

        return Document(path, content, encoding, tuple(read_xml(content, path, langs)), _for_xml)
    if suffix in (".po", ".pot"):
        from termbase.checking.located_po import read_po

        return Document(path, content, encoding, tuple(read_po(content, path)), _for_po)
    raise UsageError(f"{path}: pairs are read from .tsv, .csv, .tmx, .xlf, .xliff and .po files")


def line_of(content: str, place: int) -> int:
    """Return the number of the line that holds a place, from 1.

    >>> line_of("a\\nb", 2)
    2
    """
    return content.count("\n", 0, place) + 1
