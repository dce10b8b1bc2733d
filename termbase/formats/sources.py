"""Bytes of a file as text, with the encodings that Vietnamese glossaries come in."""

from __future__ import annotations

import codecs

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions

MAX_BYTES = 256 * 1024 * 1024
"""Files larger than this are refused: no glossary is, and a mistaken path or a bomb may be."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_bytes(data: bytes, options: ReadOptions) -> str:
    """Return the text of a file.

    A byte-order mark decides, then ``options.encoding``, then UTF-8. Anything else is refused with
    :class:`FormatError` that names the likely encoding; it is converted only when told to.

    >>> decode_bytes("Đảng".encode("utf-16"), ReadOptions())
    'Đảng'
    """
    if len(data) > MAX_BYTES:
        raise _refusal(f"the file is larger than {MAX_BYTES // 2**20} MiB", options)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, options)
    if options.encoding:
        return _convert(data, options)
    if data[:4].count(0) >= 1 and len(data) > 3:
        return _strict(data, "utf-16-le" if data[1] == 0 else "utf-16-be", options)
    return _strict(data, "utf-8", options)


def _strict(data: bytes, encoding: str, options: ReadOptions) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(f"not valid {encoding.upper().replace('-SIG', '')}{_guess(data)}", options, line) from None


def _guess(data: bytes) -> str:
    from termbase.text.encodings import detect

    found = detect(data)
    name = getattr(found, "encoding", "")
    if not name or name.startswith("utf"):
        return ""
    return f"; it looks like {name}: say --encoding {name} to convert it"


def _convert(data: bytes, options: ReadOptions) -> str:
    from termbase.text.encodings import decode

    try:
        return decode(data, options.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _refusal(f"cannot be read as {options.encoding}: {error}", options) from None


def _refusal(message: str, options: ReadOptions, line: int | None = None) -> FormatError:
    return FormatError([Problem(message=message, path=options.path, line=line)])
