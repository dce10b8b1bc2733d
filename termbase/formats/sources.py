"""Bytes of a file as text, with the encodings that Vietnamese glossaries come in."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from termbase.errors import FormatError, InputError, Problem, UsageError
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

    A byte-order mark decides, then ``options.encoding``, then UTF-8, then Windows-1258 where the bytes can be
    nothing else: it is what Excel writes on Vietnamese Windows. Anything else is refused with
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
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        known = read_as_1258(data)
    return _convert(data, replace(options, encoding="cp1258")) if known else _strict(data, "utf-8", options)


def read_as_1258(data: bytes) -> bool:
    """Tell whether text without a mark and a stated encoding is read as Windows-1258.

    >>> read_as_1258(b"ti\\xea\\xeang"), read_as_1258(b"ti\\xea\\xecng"), read_as_1258("tiếng".encode())
    (False, True, False)
    """
    from termbase.text.encodings import is_windows_1258

    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return 0 not in data[:4096] and is_windows_1258(data)
    return False


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
        return "" if 0 in data[:4096] else "; if it is text, name its encoding with --encoding: cp1258, tcvn3, vni …"
    return f"; it looks like {name}: say --encoding {name} to convert it"


def _convert(data: bytes, options: ReadOptions) -> str:
    from termbase.text.encodings import decode

    try:
        return decode(data, options.encoding)
    except (UnicodeDecodeError, LookupError, InputError) as error:
        raise _refusal(f"cannot be read as {options.encoding}: {error}", options) from None


def recoded_xml(data: bytes, options: ReadOptions) -> bytes:
    """Return an XML file as UTF-8, its text converted from ``options.encoding`` because the caller said so.

    >>> recoded_xml(b'<?xml version="1.0" encoding="x"?><p>\\xae\\xdenh</p>', ReadOptions(encoding="tcvn3")).decode()
    '<?xml version="1.0"?><p>định</p>'
    """
    text = re.sub(r"(<\?xml[^>]*?)\s+encoding\s*=\s*([\"'])[^\"']*\2", r"\1", _convert(data, options), count=1)
    return text.encode()


def font_text(cell: str, options: ReadOptions) -> str:
    """Return a workbook's cell set in an old font as Unicode; other encodings a workbook cannot have.

    >>> font_text("Quy\\xd5t \\xae\\xdenh", ReadOptions(encoding="tcvn3"))
    'Quyết định'
    """
    from termbase.text.encodings import ENCODINGS

    if options.encoding.lower() not in ENCODINGS or options.encoding.lower() == "cp1258":
        known = ", ".join(name for name in ENCODINGS if name != "cp1258")
        raise UsageError(f"a workbook is Unicode; --encoding converts the text of old fonts only: {known}")
    return cell if cell.isascii() and options.encoding.lower() != "viqr" else _convert(cell.encode(), options)


def _refusal(message: str, options: ReadOptions, line: int | None = None) -> FormatError:
    return FormatError([Problem(message=message, path=options.path, line=line)])
