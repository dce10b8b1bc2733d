"""From the bytes of a text file to its text: byte-order marks, UTF-8, and what else is named."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(stream: BinaryIO, options: ReadOptions) -> str:
    """Return the text of a stream: by the option, by its byte-order mark, as UTF-8 otherwise.

    UTF-16 without a mark is told by its zero bytes, Windows-1258 by its words.

    Raises :class:`~termbase.errors.FormatError` for bytes that are not of the encoding, naming the line.

    >>> import io
    >>> decoded(io.BytesIO("đội".encode("utf-16")), ReadOptions())
    'đội'
    """
    return text_of(stream.read(), options)


def text_of(data: bytes, options: ReadOptions) -> str:
    """Return the text of a file's bytes, as :func:`decoded` does."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if options.encoding and not encoding:
        from termbase.text.encodings import decode

        return decode(data, options.encoding)
    if not encoding and len(data) > 3 and 0 in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if not encoding and is_code_page(data):
            from termbase.text.encodings import decode

            return decode(data, "cp1258")
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {encoding or 'UTF-8'}; {_hint(data)}"
        raise FormatError([Problem(path=options.path, line=line, message=message)]) from None


def _hint(data: bytes) -> str:
    from termbase.text.encodings import detect

    name = detect(data).encoding
    known = name and not name.startswith("utf")
    return (
        f"it looks like {name}: say --encoding {name} to convert it" if known else "name its encoding with --encoding"
    )


def is_code_page(data: bytes) -> bool:
    """Tell whether text, or the beginning of one, is not UTF-8 and can be nothing but Windows-1258.

    >>> is_code_page(b"h\\xe2\\xf2u c\\xe2\\xccn"), is_code_page("hậu".encode()[:-1])
    (True, False)
    """
    if 0 in data[:4096] or any(data.startswith(mark) for mark, _ in _MARKS):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        from termbase.text.encodings import is_windows_1258

        return is_windows_1258(data)
    return False
