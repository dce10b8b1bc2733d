"""XML read safely, one entry at a time, with expat.

Entity declarations are refused before anything expands, a DOCTYPE is accepted and never loaded, and
depth and the size of a text are capped. Attribute and element names come without their prefixes;
``xml:lang`` and ``xml:id`` keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from termbase.errors import FormatError, Problem
from termbase.formats.xml_writer import OURS

MAX_DEPTH = 64
MAX_TEXT = 20_000_000
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Element:
    """One element with its children; ``pieces`` are its character data and, in their places, its children."""

    name: str
    namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    pieces: list[str | Element] = field(default_factory=list)
    line: int = 0

    @property
    def text(self) -> str:
        """All character data of the element and its descendants, in order."""
        if len(self.pieces) == 1 and not self.children:
            return self.pieces[0]  # type: ignore[return-value]
        return "".join([piece if type(piece) is str else piece.text for piece in self.pieces])  # type: ignore[union-attr]

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Element | None:
        """Return the first child of one of these names."""
        return next(self.all(*names), None)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def walk(self) -> Iterator[Element]:
        """Yield the descendants, in document order."""
        for child in self.children:
            yield child
            yield from child.walk()


def read_xml(data: bytes, path: str, entries: frozenset[str], found: Callable[[Element], None]) -> Element:
    """Parse a document; call ``found`` for each element whose name is among ``entries``.

    Entries are cut out of the tree, so that what is returned, the document element with the rest, is
    small. Raises :class:`FormatError`, with the line, for anything that is not well-formed or not safe.

    >>> names = []
    >>> root = read_xml(b"<a><b>x</b></a>", "", frozenset({"b"}), lambda e: names.append(e.text))
    >>> root.name, names
    ('a', ['x'])
    """
    reader = _Reader(path, entries, found)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.errors.messages[error.code]
        raise FormatError([Problem(message=f"not well-formed XML: {message}", path=path, line=error.lineno)]) from None
    except (LookupError, ValueError) as error:
        raise FormatError([Problem(message=f"cannot be read: {error}", path=path)]) from None
    assert reader.root is not None
    reader.check_size(reader.root, len(data))
    return reader.root


def plain_text(element: Element) -> str:
    """Return the text of an element as people read it: trimmed, white space run together.

    >>> plain_text(Element("p", pieces=["a\\n   b "]))
    'a b'
    """
    return " ".join(element.text.split())


def text_reader(data: bytes) -> Callable[[Element], str]:
    """Return how to take the text of a document's elements: as it stands in files of ours, else as people read it.

    >>> text_reader(b"<a>written by songngu</a>")(Element("p", pieces=["a\\n b"]))
    'a\\n b'
    """
    head = data[:4096].replace(b"\0", b"")
    return exact_text if OURS.encode() in head else plain_text


def exact_text(element: Element) -> str:
    """Return the text of an element as it stands.

    >>> exact_text(Element("p", pieces=["a\\n", " b"]))
    'a\\n b'
    """
    return element.text


class _Reader:
    def __init__(self, path: str, entries: frozenset[str], found: Callable[[Element], None]) -> None:
        self.path = path
        self.entries = entries
        self.found = found
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.names: dict[str, tuple[str, str, bool]] = {}
        self.plain: dict[str, str] = {}
        self.data: list[str] = []
        self.begun = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        # Character data is gathered without a call of ours for each piece; the next tag gives it to its element.
        self.parser.CharacterDataHandler = self.data.append
        self.parser.EntityDeclHandler = self.entity
        self.parser.ExternalEntityRefHandler = self.external

    def refuse(self, message: str) -> FormatError:
        return FormatError([Problem(message=message, path=self.path, line=self.parser.CurrentLineNumber)])

    def entity(self, *_: object) -> None:
        raise self.refuse("the file declares XML entities, which songngu refuses")

    def external(self, *_: object) -> int:
        raise self.refuse("the file refers to an external entity, which songngu refuses")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        stack, parser = self.stack, self.parser
        if len(stack) >= MAX_DEPTH:
            raise self.refuse(f"elements are nested deeper than {MAX_DEPTH}")
        namespace, local, is_entry = self.names.get(name) or self.name(name)
        if attributes:
            attributes = {self.plain.get(key) or self.attribute(key): value for key, value in attributes.items()}
        element = Element(local, namespace, attributes, [], [], parser.CurrentLineNumber)
        if stack:
            above = stack[-1]
            if self.data:
                above.pieces.extend(self.data)
                self.data.clear()
            if not is_entry:
                above.children.append(element)
                above.pieces.append(element)
        else:
            self.root = element
        if is_entry:
            self.begun = parser.CurrentByteIndex
        stack.append(element)

    def end(self, name: str) -> None:
        element = self.stack.pop()
        if self.data:
            element.pieces.extend(self.data)
            self.data.clear()
        if self.names[name][2]:
            self.check_size(element, self.parser.CurrentByteIndex - self.begun)
            self.found(element)

    def check_size(self, element: Element, size: int) -> None:
        """Refuse an element with too much text; ``size`` is that of its stretch of the file in bytes."""
        if size > MAX_TEXT and len(element.text) > MAX_TEXT:
            raise self.refuse(f"an entry holds more than {MAX_TEXT} characters")

    def name(self, name: str) -> tuple[str, str, bool]:
        """Return namespace, local name and whether it is that of an entry; each name is taken apart once."""
        namespace, _, local = name.rpartition(" ")
        self.names[name] = namespace, local, local in self.entries
        return self.names[name]

    def attribute(self, name: str) -> str:
        """Return the name of an attribute without its namespace, ``xml:`` aside."""
        namespace, _, local = name.rpartition(" ")
        self.plain[name] = f"xml:{local}" if namespace == _XML else local
        return self.plain[name]
