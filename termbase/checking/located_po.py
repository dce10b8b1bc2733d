"""Pairs in gettext PO files, located."""

from __future__ import annotations

import re

from termbase.checking.located import Located, LocatedPair, Piece
from termbase.errors import FormatError, Problem

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(?=\")")
_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"'?])|x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def read_po(content: str, path: str) -> list[LocatedPair]:
    """Return a pair for each translated message and plural form; the header and obsolete ones are left out.

    Raises :class:`FormatError` for a string that is not closed.

    >>> text = 'msgid "đội"\\nmsgstr "a "\\n"unit"\\n'
    >>> [pair.target.text for pair in read_po(text, "a.po")]
    ['a unit']
    """
    reader = _Reader(path)
    at = 0
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        reader.line(line.rstrip("\r\n"), at, number)
        at += len(line)
    reader.finish()
    return reader.pairs


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.pairs: list[LocatedPair] = []
        self.texts: dict[str, list[Piece]] = {}
        self.keyword = ""
        self.begun = 1

    def line(self, line: str, at: int, number: int) -> None:
        text = line.lstrip()
        indent = len(line) - len(text)
        keyword = _KEYWORD.match(text)
        if keyword:
            if keyword.group(1) in ("msgctxt", "msgid") and any(name.startswith("msgstr") for name in self.texts):
                self.finish()
            if not self.texts:
                self.begun = number
            self.keyword = keyword.group(1)
            self.texts[self.keyword] = []
            indent += keyword.end()
            text = text[keyword.end() :]
        if text.startswith('"') and self.keyword:
            inner = text.rstrip()
            if len(inner) < 2 or not inner.endswith('"') or (inner.endswith('\\"') and not inner.endswith('\\\\"')):
                raise FormatError([Problem(path=self.path, line=number, message="the string is not closed")])
            self.texts[self.keyword] += _pieces(inner[1:-1], at + indent + 1)
        elif text.startswith("#~") or not text:
            self.finish()

    def finish(self) -> None:
        """Take what was read as a message."""
        source = "".join(piece.text for piece in self.texts.get("msgid", ()))
        for name, pieces in self.texts.items():
            if name.startswith("msgstr") and pieces and source:
                plural = "msgid_plural" in self.texts and name != "msgstr[0]"
                said = "".join(piece.text for piece in self.texts["msgid_plural"]) if plural else source
                self.pairs.append(LocatedPair(said, Located(tuple(pieces)), f"line {self.begun}"))
        self.texts = {}
        self.keyword = ""


def _pieces(inner: str, at: int) -> list[Piece]:
    pieces = []
    last = 0
    for escape in _ESCAPE.finditer(inner):
        if escape.start() > last:
            pieces.append(Piece(at + last, at + escape.start(), inner[last : escape.start()]))
        name, code, octal = escape.groups()
        text = _NAMED.get(name, name) if name else chr(int(code, 16) if code else int(octal, 8))
        pieces.append(Piece(at + escape.start(), at + escape.end(), text, plain=False))
        last = escape.end()
    if last < len(inner):
        pieces.append(Piece(at + last, at + len(inner), inner[last:]))
    return pieces
