"""What a web page leaves in a text that is no part of the article."""

from __future__ import annotations

import re

_RESIDUE = re.compile(
    r"""
      \s*(?:https?://|www\.)\S+\s*
    | \s*(?:photos?|image|source|author|caption|related\ news|read\ more|tags?|share|print|comments?)\s*[:|].{0,99}
    | \s*(?:ảnh|nguồn|tác\ giả)\s*:.{0,160}
    | \s*(?:[-=_*•·.]\s?){3,}\s*
    | \s*\./\.\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_residue(text: str) -> str:
    """Return ``text`` with page residue blanked out by spaces, so that every place stays the same.

    >>> without_residue("Text.\\nPhoto: A. B.\\nhttps://a.vn/x\\nMore.").split()
    ['Text.', 'More.']
    """
    lines = text.splitlines(keepends=True)
    return "".join(_blank(line) if _RESIDUE.fullmatch(line.rstrip("\r\n")) else line for line in lines)


def _blank(line: str) -> str:
    return "".join(char if char in "\r\n" else " " for char in line)
