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
    return "table" if suffix == ".csv" else ""


_ROOTS = {"xliff": "xliff", "mtf": "multiterm", "tbx": "tbx-basic", "martif": "tbx-v2", "TBX": "tbx-v2"}


def _xml(text: str) -> str:
    plain = re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text, flags=re.DOTALL)
    root = re.search(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", plain)
    return _ROOTS.get(root.group(2), "") if root else ""


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")
