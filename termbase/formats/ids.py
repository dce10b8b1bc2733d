"""Ids for concepts that come without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from termbase.model import Term


def slug(text: str) -> str:
    """Return lower-case ASCII with hyphens.

    >>> slug("Sẵn sàng chiến đấu!")
    'san-sang-chien-dau'
    """
    from termbase.text.keys import strip_marks

    return re.sub(r"[^a-z0-9]+", "-", strip_marks(text).casefold()).strip("-")[:80].rstrip("-")


def concept_id(terms: Sequence[Term]) -> str:
    """Return an id made of the first Vietnamese term and a digest of the pair.

    The same pair of terms, case aside, has the same id in every file; homographs have different ones.

    >>> concept_id([Term(text="khóa", lang="vi"), Term(text="tenure", lang="en")])
    'khoa-32a706'
    """
    first = ["", ""]
    for term in reversed(terms):
        first[term.lang == "en"] = term.text
    pair = "\0".join(text.casefold() for text in first)
    stem = slug(first[0]) or slug(first[1]) or "term"
    return f"{stem}-{blake2b(pair.encode(), digest_size=3).hexdigest()}"
