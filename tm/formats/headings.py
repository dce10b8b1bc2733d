"""What the columns of a table of pairs are called, in English and Vietnamese, and which side is Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tm.formats.base import ReadOptions, language

FIELDS = ("document", "previous", "next", "author", "created", "changed", "origin", "provenance", "status", "memory")
"""The fields of a unit that a table has columns for, beside the texts."""

_WORDS = {
    "source": "source; source text; source segment; source language; original; nguồn; câu nguồn; văn bản nguồn; "
    "ngôn ngữ nguồn; nguyên văn; bản gốc; câu gốc; gốc",
    "target": "target; target text; target segment; target language; translation; đích; câu đích; văn bản đích; "
    "ngôn ngữ đích; bản dịch; câu dịch; dịch",
    "note": "note; notes; comment; comments; ghi chú; chú thích",
    "document": "tài liệu; tên tài liệu; file; file name; filename; tệp; tập tin",
    "author": "tác giả; người dịch; translator; created by; creator; user",
}
_HEADINGS = {word.strip(): name for name, words in _WORDS.items() for word in words.split(";")}
_HEADINGS |= {name: name for name in FIELDS}
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z]{4})?([-_]([a-z]{2}|[0-9]{3}))?")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
SAMPLE = 200
"""Rows by which the languages of two columns are told."""


@lru_cache(maxsize=256)
def heading_of(cell: str) -> str:
    """Return what a heading names: ``source``, ``target``, ``vi``, ``en``, ``note`` or a field; ``""`` if unknown.

    >>> heading_of("Tiếng Việt"), heading_of("en-GB"), heading_of("English (UK)"), heading_of("Người dịch")
    ('vi', 'en', 'en', 'author')
    """
    word = " ".join(cell.casefold().replace("_", " ").split()).strip("\ufeff :*")
    plain = _BRACKETS.sub("", word)
    known = _HEADINGS.get(word) or _HEADINGS.get(plain)
    if known:
        return known
    for name in (word.replace(" ", "-") if _TAG.fullmatch(word.replace(" ", "-")) else word, plain):
        if language(name) in ("vi", "en"):
            return language(name)
    return ""


def columns_of(row: Sequence[str]) -> list[str] | None:
    """Return the names of the columns that a header names, ``None`` for a row that is no header.

    >>> columns_of(["Tiếng Anh", "Tiếng Việt", "?"])
    ['en', 'vi', '']
    """
    names: list[str] = []
    for cell in row:
        name = heading_of(cell) if len(cell) <= 60 else ""
        names.append("" if name in names else name)
    known = set(names)
    paired = {"source", "target"} <= known or {"vi", "en"} <= known
    return names if paired else None


def is_turned(pairs: Iterable[tuple[str, str]], options: ReadOptions) -> bool:
    """Tell by the letters whether pairs run the other way than ``options`` says.

    Only where one side has no Vietnamese letter at all and the other side has them the answer is yes.

    >>> is_turned([("The unit trains.", "Đơn vị huấn luyện.")], ReadOptions())
    True
    """
    counts = [0, 0]
    for pair in pairs:
        for side, text in enumerate(pair):
            counts[side] += _VIETNAMESE.search(text) is not None
    first, second = counts if options.source == "vi" else reversed(counts)
    return first == 0 and second > 0
