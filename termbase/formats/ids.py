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
    plain = "-".join([part for part in text.translate(_LETTERS).split("-") if part])
    return plain[:80].rstrip("-")


class _Letters(dict[int, str]):
    """What becomes of each character in a slug, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        from termbase.text.keys import strip_marks

        plain = strip_marks(chr(code)).casefold()
        # A combining mark by itself vanishes; what is neither letter nor digit parts.
        made = "" if not plain else re.sub(r"[^a-z0-9]+", "-", plain)
        self[code] = made
        return made


_LETTERS = _Letters()


def concept_id(terms: Sequence[Term]) -> str:
    """Return an id made of the first Vietnamese term and a digest of the pair.

    The same pair of terms, case aside, has the same id in every file; homographs have different ones.

    >>> concept_id([Term(text="khóa", lang="vi"), Term(text="tenure", lang="en")])
    'khoa-32a706'
    """
    first = ["", ""]
    for term in reversed(terms):
        first[term.lang == "en"] = term.text
    return pair_id(*first)


def pair_id(vi: str, en: str) -> str:
    """Return the id of a concept with these first terms; either may be empty.

    >>> pair_id("khóa", "Tenure")
    'khoa-32a706'
    """
    stem = slug(vi) or slug(en) or "term"
    digest = blake2b(f"{vi.casefold()}\0{en.casefold()}".encode("utf-8", "surrogatepass"), digest_size=3)
    return f"{stem}-{digest.hexdigest()}"
