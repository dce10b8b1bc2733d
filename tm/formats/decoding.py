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

    Raises :class:`~termbase.errors.FormatError` for bytes that are not of the encoding, naming the line.

    >>> import io
    >>> decoded(io.BytesIO("đội".encode("utf-16")), ReadOptions())
    'đội'
    """
    data = stream.read()
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if options.encoding and not encoding:
        from termbase.text.encodings import decode

        return decode(data, options.encoding)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {encoding or 'UTF-8'}; name its encoding with --encoding"
        raise FormatError([Problem(path=options.path, line=line, message=message)]) from None
