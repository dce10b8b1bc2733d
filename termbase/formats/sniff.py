"""What a file is, by its first bytes: suffixes lie."""

from __future__ import annotations

import codecs
import re

from termbase.formats.memoq import is_memoq
from termbase.formats.native_csv import is_native


def sniff(head: bytes, suffix: str) -> str:
    """Return the name of the format that the content proves, ``""`` where it proves none.

    A ``.csv`` file without the native header is a table of some other layout.

    >>> sniff(b'{"id": "c1", "terms": []}', ".txt")
    'jsonl'
    """
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = _text(head)
    start = text.lstrip()
    if start.startswith("{") or re.match(r"\[\s*\{", start):
        return "jsonl"
    if start.startswith("<"):
        return _xml(start)
    if re.match(r"(#.*\s+)*(@prefix|@base|PREFIX)\s", start):
        return "skos"
    first = start.partition("\n")[0]
    if start.startswith(("#UTX", "\ufeff#UTX")):
        return "utx"
    if re.match(r"#\s*-\*-\s*coding:", start):
        return "omegat"
    if re.match(r'(#.*\s+)*msg(ctxt|id) "', start):
        return "po"
    if is_native(first):
        return "csv"
    if is_memoq(first):
        return "memoq"
    return "table" if suffix == ".csv" or (suffix not in _TEXTS and _is_table(start)) else ""


_TEXTS = frozenset({".tsv", ".tab", ".txt", ".utf8"})
"""Suffixes of formats that are tables, which their own readers know best."""


def _is_table(text: str) -> bool:
    """Tell whether text of a suffix that promises something else is a table: its header or its columns say so."""
    from termbase.formats.headers import columns_of, has_terms
    from termbase.formats.table import find_delimiter

    lines = [line for line in text.splitlines()[:20] if line.strip() and not line.startswith("#")]
    if not lines or "\ufffd" in text or "\0" in text:
        return False
    delimiter = find_delimiter("\n".join(lines))
    rows = [line.split(delimiter) for line in lines]
    # Without a header, lines of as many cells each: prose with commas is no table.
    even = len(rows) > 1 and len({len(row) for row in rows[:-1]}) == 1 and len(rows[0]) > 1 and delimiter != ","
    return even or any(has_terms(columns_of(row, {})) for row in rows)


_ROOTS = {"xliff": "xliff", "mtf": "multiterm", "tbx": "tbx-basic", "martif": "tbx-v2", "TBX": "tbx-v2"}


def root_of(head: bytes) -> str:
    """Return the name of the root element that a file begins with, ``""`` where it is no XML.

    >>> root_of(b'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">')
    'tmx'
    """
    return _root(_text(head).lstrip())


def _xml(text: str) -> str:
    return _ROOTS.get(_root(text), "")


def _root(text: str) -> str:
    plain = re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text, flags=re.DOTALL)
    root = re.search(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", plain)
    return root.group(2) if root and text.startswith("<") else ""


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if len(head) > 3 and 0 in head[:2] and head[:2] != b"\0\0":
        return head[: len(head) // 2 * 2].decode("utf-16-be" if head[0] == 0 else "utf-16-le", errors="replace")
    # The last character may be cut in two.
    return codecs.getincrementaldecoder("utf-8-sig")("replace").decode(head)
