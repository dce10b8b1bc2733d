"""XML written line by line: indentation, escaping, and nothing that XML 1.0 cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_CODED = "_sg."
OURS = "written by songngu"
"""Stands near the beginning of our files: their texts come back to the letter, line ends included."""


def clean(text: str) -> str:
    """Return the text with characters that XML 1.0 forbids replaced by U+FFFD.

    >>> clean("a\\x00b")
    'a�b'
    """
    return _ILLEGAL.sub("\ufffd", text)


def xml_id(identifier: str) -> str:
    """Return an XML ID for an id; one that is no XML name is coded so that :func:`plain_id` gives it back.

    >>> xml_id("san-sang"), xml_id("4 tại chỗ")
    ('san-sang', '_sg.4.20.t.1ea1.i.20.ch.1ed7.')
    """
    if _NAME.fullmatch(identifier) and not identifier.startswith(_CODED):
        return identifier
    return _CODED + re.sub(r"[^A-Za-z0-9_-]", lambda match: f".{ord(match.group()):x}.", identifier)


def plain_id(identifier: str) -> str:
    """Return the id that :func:`xml_id` coded.

    >>> plain_id(xml_id("4 tại chỗ"))
    '4 tại chỗ'
    """
    if not identifier.startswith(_CODED):
        return identifier
    return re.sub(r"\.([0-9a-f]+)\.", lambda match: chr(int(match.group(1), 16)), identifier[len(_CODED) :])


class Identifiers:
    """Gives each id of a file once: a termbase may hold two concepts of one id, an XML file may not.

    >>> taken = Identifiers()
    >>> taken.take("c1"), taken.take("c1"), taken.take("c1-2")
    ('c1', 'c1-2', 'c1-2-2')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, identifier: str) -> str:
        """Return the id as an XML ID, with a number behind it when it is taken."""
        plain, number = identifier, 1
        while plain in self._taken:
            number += 1
            plain = f"{identifier}-{number}"
        self._taken.add(plain)
        return xml_id(plain)


class XmlWriter:
    """Writes elements to a stream as UTF-8, indented by one space a level.

    ``encoding`` is the one declared, for callers that convert the whole afterwards.
    """

    def __init__(self, stream: BinaryIO, encoding: str = "UTF-8") -> None:
        self._stream = stream
        self._open: list[str] = []
        self._indent = ""
        self._lines: list[str] = []
        self.line(f'<?xml version="1.0" encoding="{encoding}"?>')

    def line(self, text: str) -> None:
        """Write one line as it stands."""
        self._lines.append(f"{self._indent}{text}\n")

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Open an element on a line of its own."""
        self._lines.append(f"{self._indent}<{name}{_attributes(attributes) if attributes else ''}>\n")
        self._open.append(name)
        self._indent += " "

    def end(self) -> None:
        """Close the element opened last; the end of the document reaches the stream."""
        name = self._open.pop()
        self._indent = self._indent[1:]
        self.block(f"{self._indent}</{name}>\n")

    def leaf(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """Write an element with text only."""
        self._lines.append(leaf_line(self._indent, name, text, _attributes(attributes) if attributes else ""))

    def block(self, lines: str) -> None:
        """Write lines made elsewhere as they stand, with indentation and line ends of their own."""
        self._lines.append(lines)
        if not self._open or len(self._lines) > _BUFFERED:
            self._stream.write("".join(self._lines).encode())
            self._lines.clear()


def leaf_line(indent: str, name: str, text: str, attributes: str = "") -> str:
    """Return the line of an element with text only; ``attributes`` as :func:`attribute` gives them.

    >>> leaf_line(" ", "term", "QP&AN", attribute("id", "t1"))
    ' <term id="t1">QP&amp;AN</term>\\n'
    """
    if not text:
        return f"{indent}<{name}{attributes}/>\n"
    return f"{indent}<{name}{attributes}>{_text(text) if _SPECIAL(text) else text}</{name}>\n"


def escaped(text: str) -> str:
    """Return the text as it stands between tags.

    >>> escaped("a < b")
    'a &lt; b'
    """
    return _text(text) if _SPECIAL(text) else text


_BUFFERED = 1000
_SPECIAL = re.compile("[^\t\n\x20-\x25\x27-\x3b=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search
"""What is not written as it stands: ``& < >``, a carriage return, characters that XML forbids."""


def _text(text: str) -> str:
    # A bare carriage return would be read as a line feed.
    return escape(clean(text), {"\r": "&#13;"})


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join([attribute(name, value) for name, value in attributes.items()])


@lru_cache(maxsize=1024)
def attribute(name: str, value: str) -> str:
    """Return an attribute as it stands in a tag, a space before it.

    >>> attribute("source", "QP&AN")
    ' source="QP&amp;AN"'
    """
    return f" {name}={quoteattr(clean(value))}"
