"""Documents to align: plain text, HTML, Word, and tables of two columns.

Every reader gives text with a line for each paragraph, heading, list item or cell. Bytes of an old
Vietnamese encoding are converted when it is named and refused otherwise.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from termbase.errors import FormatError, InputError, MissingExtraError, Problem

TABLES = (".tsv", ".tab", ".csv", ".xlsx")
"""Suffixes of files that hold both sides, one in each of two columns."""

_LANGUAGES = {"vi": "vi", "vietnamese": "vi", "tiếng việt": "vi", "en": "en", "english": "en", "tiếng anh": "en"}


def read_document(path: str, encoding: str = "", *, lenient: bool = False) -> str:
    """Return the text of a document; ``-`` is standard input.

    The format is told by the suffix: ``.html`` and ``.htm``, ``.docx``, everything else plain text. Notes
    of a Word file come after its text; one typed in fonts of an old encoding is converted too when that is
    named. ``lenient`` reads what is UTF-8 as such although another encoding is named, as is right for the
    English side of a Vietnamese text.
    Raises :class:`~termbase.errors.InputError` for a missing file or bytes that are not of ``encoding``
    (default UTF-8), :class:`~termbase.errors.MissingExtraError` where Word files cannot be read.
    """
    data = _bytes(path)
    suffix = Path(path).suffix.lower()
    if suffix == ".docx":
        text = _docx(data, path)
        return text if lenient else _converted(text, path, encoding)
    text = _decoded(data, path, "" if lenient and _is_utf8(data) else encoding)
    return html_text(text) if suffix in (".html", ".htm", ".xhtml") else text


def is_table(path: str) -> bool:
    """Whether a file holds both sides in two columns, by its suffix.

    >>> is_table("pairs.XLSX"), is_table("article.txt")
    (True, False)
    """
    return Path(path).suffix.lower() in TABLES


def read_columns(path: str, encoding: str = "") -> tuple[str, str]:
    """Return the two columns of a table as texts of one line a cell; empty cells give no line.

    A first row that names the languages (vi, en) settles which is which; otherwise Vietnamese comes
    first. Raises what :func:`read_document` does.
    """
    data = _bytes(path)
    if Path(path).suffix.lower() == ".xlsx":
        rows = _xlsx(data, path)
    else:
        text = _decoded(data, path, encoding)
        delimiter = "," if Path(path).suffix.lower() == ".csv" else "\t"
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    named = {"vi": "vi", "vietnamese": "vi", "tiếng việt": "vi", "en": "en", "english": "en", "tiếng anh": "en"}
    places = (
        {named[cell.strip().lower()]: k for k, cell in enumerate(rows[0]) if cell.strip().lower() in named}
        if rows
        else {}
    )
    if len(places) == 2:
        vi, en, rows = places["vi"], places["en"], rows[1:]
    else:
        vi, en = 0, 1
    return _column(rows, vi), _column(rows, en)


def _column(rows: Iterable[list[str]], place: int) -> str:
    cells = (" ".join(row[place].split()) for row in rows if place < len(row))
    return "\n".join(cell for cell in cells if cell)


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _converted(text: str, path: str, encoding: str) -> str:
    """Convert text that was typed in the fonts of an old encoding, which a program saved as Unicode."""
    return text if _is_plain(encoding) else _decoded(text.encode("utf-8"), path, encoding)


def _decoded(data: bytes, path: str, encoding: str) -> str:
    name = "standard input" if path == "-" else path
    try:
        text = _decoder(encoding)(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(path=name, line=line, message=f"not UTF-8; {_advice(data)}")]) from None
    except InputError as error:
        raise InputError([Problem(path=name, message=str(error))]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _advice(data: bytes) -> str:
    from termbase.text.encodings import detect

    likely = detect(data).encoding
    if likely and likely != "utf-8":
        return f"it looks like {likely}: name it with --encoding {likely}"
    return "name its encoding with --encoding (tcvn3, vni, cp1258 …)"


def _is_plain(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in ("", "utf-8", "utf8")


def _decoder(encoding: str) -> Callable[[bytes], str]:
    if _is_plain(encoding):
        return lambda data: data.decode("utf-8-sig")
    from termbase.text.encodings import decode

    return lambda data: decode(data, encoding)


# --- HTML --------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    """address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr html li main ol option p pre section table tbody td tfoot th thead title tr ul""".split()
)
_HIDDEN = frozenset("script style template noscript head nav svg button select textarea".split())
_VOID = frozenset("br hr img input meta link source wbr area base col embed param track".split())


class _Text(HTMLParser):
    """Collects the running text of a page, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; hide what is no text."""
        named = dict(attrs)
        away = tag in _HIDDEN or "hidden" in named or named.get("aria-hidden") == "true"
        if tag == "body":
            # The end tags of the head may be left out.
            self.hidden.clear()
        elif tag not in _VOID and (away or tag in self.hidden[-1:]):
            self.hidden.append(tag)
        if tag in _BLOCKS:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()
        if tag in _BLOCKS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if not self.hidden:
            self.lines[-1].append(data)


def html_text(page: str) -> str:
    """Return the running text of an HTML page, a line for each block; no script, style or form is read.

    >>> html_text("<h1>Tin</h1><p>Bộ đội <b>giúp</b> dân.<script>x()</script></p>")
    'Tin\\nBộ đội giúp dân.'
    """
    parser = _Text()
    parser.feed(page)
    parser.close()
    lines = (" ".join(re.split(r"[ \t\n\r\f]+", "".join(line))).strip() for line in parser.lines)
    return "\n".join(line for line in lines if line)


# --- Word and Excel ----------------------------------------------------------------------------


def _docx(data: bytes, path: str) -> str:
    try:
        import docx
    except ImportError:
        raise MissingExtraError("python-docx", "docx") from None
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # noqa: BLE001 - the library raises many kinds for a damaged file
        raise FormatError([Problem(path=path, message=f"not a readable Word document: {error}")]) from None
    try:
        lines = [*_docx_lines(document), *_docx_notes(document)]
    except (ValueError, SyntaxError) as error:
        raise FormatError([Problem(path=path, message=f"not a readable Word document: {error}")]) from None
    return "\n".join(line for line in lines if line.strip())


def _docx_lines(container: Any) -> Iterator[str]:
    """Yield the paragraphs of a document or cell in reading order, tables row by row."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            seen: set[int] = set()
            for row in block.rows:
                for cell in row.cells:
                    # A merged cell comes once for each column that it spans.
                    if id(cell._tc) not in seen:  # noqa: SLF001 - python-docx names no other identity
                        seen.add(id(cell._tc))  # noqa: SLF001
                        yield from _docx_lines(cell)
        else:
            yield from block.text.split("\n")


def _docx_notes(document: Any) -> Iterator[str]:
    """Yield the paragraphs of footnotes, then of endnotes, in the order in which the text refers to them."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for kind in ("footnote", "endnote"):
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith(f"/{kind}s")), None)
        if part is None:
            continue
        notes = {note.get(qn("w:id")): note for note in parse_xml(part.blob).iter(qn(f"w:{kind}"))}
        for reference in document.element.body.iter(qn(f"w:{kind}Reference")):
            note = notes.pop(reference.get(qn("w:id")), None)
            for paragraph in () if note is None else note.iter(qn("w:p")):
                yield from Paragraph(paragraph, document).text.strip().split("\n")


def _xlsx(data: bytes, path: str) -> list[list[str]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtraError("python-calamine", "xlsx") from None
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise FormatError([Problem(path=path, message=f"not a readable workbook: {error}")]) from None
    return [[str(cell) for cell in row] for row in rows]
