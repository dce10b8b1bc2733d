"""What a file is, by its first bytes: suffixes lie."""

from __future__ import annotations

import codecs


def sniff(head: bytes) -> str:
    """Return the name of the format that the content proves, ``""`` where it proves none.

    >>> sniff(b'{"id": "c1", "terms": []}')
    'jsonl'
    """
    text = _text(head)
    start = text.lstrip()
    if start.startswith("{"):
        return "jsonl"
    return ""


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")
