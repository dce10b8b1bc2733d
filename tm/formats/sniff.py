"""What a file of units is, by its first bytes: suffixes lie, and some tools have suffixes of their own."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from termbase.errors import FormatError, Problem

HEAD = 65_536
"""Bytes that are looked at."""

_ROOTS = {"tmx": "tmx", "xliff": "xliff"}
_GLOSSARIES = ("tbx", "martif", "TBX", "mtf")
_TABLES = frozenset({".tsv", ".tab", ".csv", ".txt"})


def sniff(head: bytes, path: str) -> str:
    """Return the name of the format that the first bytes of a file prove, ``""`` where they prove none.

    Raises :class:`~termbase.errors.FormatError` for a glossary and for what Microsoft Office wrote before 2007.

    >>> sniff(b'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">', "a.xml")
    'tmx'
    >>> sniff("Một\\tOne\\nHai\\tTwo\\n".encode(), "a.tmx"), sniff(b"One, two.", "a.tmx")
    ('tsv', '')
    """
    suffix = Path(path).suffix.lower()
    if suffix in (".vi", ".en"):
        return ""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        message = "a document of an old Microsoft Office; save a workbook as .xlsx"
        raise FormatError([Problem(path=path, message=message)])
    text = _text(head)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _of_root(start, path)
    first = start.partition("\n")[0]
    if first.startswith("%") and "wordfast" in first.lower():
        return "wordfast"
    if re.match(r'\{\s*"', first):
        return "jsonl"
    if re.match(r'(#.*\s+)*msg(ctxt|id)\s+"', start):
        return "po"
    return _table(start, suffix)


def _of_root(text: str, path: str) -> str:
    plain = re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text, flags=re.DOTALL)
    root = re.search(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", plain)
    name = root.group(2) if root else ""
    if name in _GLOSSARIES:
        raise FormatError([Problem(path=path, message="a glossary, no memory; read it with glossary import")])
    return _ROOTS.get(name, "")


def _table(text: str, suffix: str) -> str:
    """A table of pairs under another suffix: tabs prove one, other delimiters a header only."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if not lines or "\ufffd" in text or "\0" in text or suffix in _TABLES - {".txt"}:
        return ""
    if all("\t" in line for line in lines[:-1] or lines):
        return "tsv"
    from tm.formats.headings import columns_of

    found = any(columns_of(lines[0].split(delimiter)) for delimiter in ",;")
    return "csv" if found else ""


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if len(head) > 3 and 0 in head[:2] and head[:2] != b"\0\0":
        return head[: len(head) // 2 * 2].decode("utf-16-be" if head[0] == 0 else "utf-16-le", "replace")
    # The last character may be cut in two.
    return codecs.getincrementaldecoder("utf-8-sig")("replace").decode(head)
