"""What a file is, by its first bytes: suffixes lie."""

from __future__ import annotations

import codecs
import re


def sniff(head: bytes) -> str:
    """Return the name of the format that the content proves, ``""`` where it proves none.

    >>> sniff(b'{"id": "c1", "terms": []}')
    'jsonl'
    """
    text = _text(head)
    start = text.lstrip()
    if start.startswith("{"):
        return "jsonl"
    if start.startswith("<"):
        return _xml(start)
    return ""


_ROOTS = {"tbx": "tbx-basic", "martif": "tbx-v2", "TBX": "tbx-v2"}


def _xml(text: str) -> str:
    root = re.search(
        r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text, flags=re.DOTALL)
    )
    return _ROOTS.get(root.group(2), "") if root else ""


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")
