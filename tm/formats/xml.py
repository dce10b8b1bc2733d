"""Reading XML by expat, safely: a stream in, events out, nothing declared, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from termbase.errors import FormatError, Problem

DEPTH = 200
"""Deepest nesting of elements that is read."""

_PORTION = 1 << 16


class XmlReader:
    """Feeds a stream to an expat parser; a subclass sets the handlers and collects what they find.

    Entity declarations are refused before anything expands. A DOCTYPE is accepted and not loaded.
    """

    def __init__(self, path: str, encoding: str = "") -> None:
        self.path = path
        self.lines_before = 0
        self.parser = expat.ParserCreate(encoding or None)
        self.parser.buffer_text = True
        self.parser.buffer_size = 1 << 16
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.SkippedEntityHandler = self._refuse_skipped
        self.parser.ExternalEntityRefHandler = self._refuse_external

    @property
    def line(self) -> int:
        """The line that is being read, from 1; ``lines_before`` counts those the parser was not given."""
        return self.parser.CurrentLineNumber + self.lines_before

    def problem(self, message: str, entry: str = "") -> Problem:
        """Return a problem at the current line."""
        return Problem(path=self.path, line=self.line, message=message, entry=entry)

    def fail(self, message: str) -> FormatError:
        """Return the error that ends the reading."""
        return FormatError([self.problem(message)])

    def portions(self, stream: BinaryIO) -> Iterator[None]:
        """Parse the stream, pausing after each portion for the caller to take what was found."""
        while True:
            data = stream.read(_PORTION)
            self.parse(data, final=not data)
            yield
            if not data:
                return

    def parse(self, data: bytes, *, final: bool = False) -> None:
        """Give bytes to the parser. Raises :class:`~termbase.errors.FormatError` for damaged ones."""
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError as error:
            raise self._damaged(error) from None
        except (LookupError, ValueError, UnicodeError) as error:
            raise self.fail(f"cannot be decoded: {error}") from None

    def _damaged(self, error: expat.ExpatError) -> FormatError:
        text = expat.ErrorString(error.code)
        hint = {
            "no element found": "the file ends too early; it is cut off or empty",
            "unclosed token": "the file ends too early; it is cut off",
            "encoding specified in XML declaration is incorrect": "the text is not in the encoding it declares",
        }.get(text, f"not well-formed XML: {text}")
        line = error.lineno + self.lines_before
        return FormatError([Problem(path=self.path, line=line, column=error.offset + 1, message=hint)])

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise self.fail(f"declares the entity {name!r}; entity declarations are refused")

    def _refuse_skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise self.fail(f"uses the entity &{name}; that XML does not know")

    def _refuse_external(self, *_: object) -> int:
        raise self.fail("refers to an outside entity; nothing is fetched")


def escape(text: str) -> str:
    """Return ``text`` for XML content; characters that XML cannot hold become U+FFFD.

    >>> escape("a < b & c")
    'a &lt; b &amp; c'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text if text.isprintable() else "".join(c if _allowed(c) else "\ufffd" for c in text)


def quote(text: str) -> str:
    """Return ``text`` for an attribute in double quotes.

    >>> quote('a "b"')
    'a &quot;b&quot;'
    """
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def start_tag(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag as source.

    >>> start_tag("bpt", {"i": "1"})
    '<bpt i="1">'
    """
    written = "".join([f' {key}="{quote(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}>"


def _allowed(character: str) -> bool:
    return (
        (character >= " " or character in "\t\n\r")
        and not "\ud800" <= character <= "\udfff"
        and (character not in "\ufffe\uffff")
    )
