"""What the columns of other people's tables are called, in English and Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from termbase.formats.words import language_of
from termbase.model import LANGUAGES

FIELDS = (
    "id",
    "vi",
    "vi_also",
    "vi_deprecated",
    "vi_forbidden",
    "vi_abbreviation",
    "en",
    "en_also",
    "en_deprecated",
    "en_forbidden",
    "en_abbreviation",
    "subject_field",
    "definition_vi",
    "definition_en",
    "definition",
    "example_vi",
    "example_en",
    "part_of_speech",
    "status",
    "source",
    "note",
    "scope",
    "source_term",
    "target_term",
    "forbidden_flag",
    "draft_flag",
    "ignore",
)
"""What a column can hold; the names that ``--map HEADER=FIELD`` takes.

``source_term`` and ``target_term`` are terms whose language is told by their letters; a flag is yes or no and
speaks of the target term.
"""

_WORDS = {
    "id": "id; concept id; entry id; term id; uuid; term uuid; mã; mã số; stt; tt; no; số thứ tự",
    "vi": "vi; vietnamese; tiếng việt; việt; thuật ngữ; thuật ngữ tiếng việt; thuật ngữ việt; từ tiếng việt; "
    "vietnamese term; term vi; vn",
    "en": "en; english; tiếng anh; anh; thuật ngữ tiếng anh; thuật ngữ anh; từ tiếng anh; nghĩa tiếng anh; "
    "tương đương tiếng anh; english term; term en; dịch; bản dịch; translation",
    "vi_also": "vietnamese also; vietnamese variants; vietnamese synonyms; đồng nghĩa tiếng việt; biến thể",
    "en_also": "english also; english variants; english synonyms; đồng nghĩa tiếng anh",
    "vi_deprecated": "vietnamese not recommended; vietnamese deprecated",
    "en_deprecated": "english not recommended; english deprecated; không nên dùng; deprecated",
    "vi_forbidden": "vietnamese forbidden",
    "en_forbidden": "english forbidden; forbidden; cấm dùng; không dùng",
    "vi_abbreviation": "vietnamese abbreviation; viết tắt; chữ viết tắt; viết tắt tiếng việt; abbreviation",
    "en_abbreviation": "english abbreviation; viết tắt tiếng anh",
    "subject_field": "subject field; subject; domain; field; lĩnh vực; chuyên ngành; chủ đề",
    "definition_vi": "definition vi; vietnamese definition; định nghĩa tiếng việt; định nghĩa",
    "definition_en": "definition en; english definition; định nghĩa tiếng anh; definition",
    "example_vi": "example vi; vietnamese example; ví dụ tiếng việt; ví dụ",
    "example_en": "example en; english example; ví dụ tiếng anh; example",
    "part_of_speech": "part of speech; pos; từ loại",
    "status": "status; term status; trạng thái; tình trạng",
    "source": "source; reference; nguồn; nguồn tham khảo",
    "note": "note; notes; comment; comments; remark; remarks; developer comments; explanation; "
    "ghi chú; chú thích; chú giải",
    "scope": "scope; phạm vi",
    "source_term": "source term; source text; term; thuật ngữ nguồn",
    "target_term": "target; target term; target text; thuật ngữ đích",
    "draft_flag": "fuzzy",
}
_BY_WORD = {word.strip(): field for field, words in _WORDS.items() for word in words.split(";")}


def field_of(header: str) -> str:
    """Return the field that a header names, ``""`` for an unknown one.

    >>> field_of("Tiếng Việt"), field_of("en-GB"), field_of("Ghi chu"), field_of("Term (EN)"), field_of("Farbe")
    ('vi', 'en', 'note', 'en', '')
    """
    from termbase.text.normalize import normalize_term

    word = _word(normalize_term(header.lstrip("\ufeff")))
    # A bare name of a language, or a code with a region, heads the column of its terms.
    return _known(word) or language_of(header.strip()) or _with_brackets(word)


def _word(header: str) -> str:
    return re.sub(r"[\s_\-]+", " ", header.casefold()).strip(" :*.")


def _known(word: str) -> str:
    found = _BY_WORD.get(word)
    return found or (_folded().get(word, "") if word.isascii() else "")


@lru_cache(maxsize=1)
def _folded() -> Mapping[str, str]:
    """The Vietnamese words as they are typed without marks, where no other word is the same."""
    from termbase.text.keys import strip_marks

    found: dict[str, str] = {}
    for word, field in _BY_WORD.items():
        if not word.isascii():
            found.setdefault(strip_marks(word), field)
    return found


def _with_brackets(word: str) -> str:
    found = re.fullmatch(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]", word)
    if not found:
        return ""
    inside = language_of(found.group(2).replace(" ", "-"))
    outside = _known(found.group(1)) or language_of(found.group(1))
    if inside and outside in ("definition", "definition_vi", "definition_en"):
        return f"definition_{inside}"
    if inside and outside in ("example_vi", "example_en"):
        return f"example_{inside}"
    # "Thuật ngữ (EN)" heads English terms, "English (UK)" too, "Note (EN)" a note.
    return inside if inside and outside in ("", "vi", "en", "source_term") else outside


def columns_of(headers: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """Return the field of each column; what ``mapping`` says goes first.

    A field is given out once; a second column of terms holds further ones.

    >>> columns_of(["Term", "Tiếng Việt"], {"Term": "en"}), columns_of(["vi", "en-GB", "en-US"], {})
    (['en', 'vi'], ['vi', 'en', 'en_also'])
    """
    wanted = {header.strip().casefold(): field for header, field in mapping.items()}
    fields: list[str] = []
    for header in headers:
        field = wanted.get(header.strip().casefold()) or (field_of(header) if header.strip() else "")
        if field in fields and field in LANGUAGES:
            field = f"{field}_also"
        fields.append("" if field in fields and field != "ignore" else field)
    return _directed(fields)


def _directed(fields: list[str]) -> list[str]:
    """Take a column that says "source" for a term where another one says "target", else for a citation."""
    if "target_term" in fields and "source_term" not in fields and "source" in fields:
        fields[fields.index("source")] = "source_term"
    sides = [field for field in ("source_term", "target_term") if field in fields]
    missing = [lang for lang in LANGUAGES if lang not in fields]
    if len(sides) == 1 and len(missing) == 1:
        # One column names its language, the other one holds the other language.
        fields[fields.index(sides[0])] = missing[0]
    elif len(sides) == 2 and len(missing) < 2:
        fields = ["" if field in sides else field for field in fields]
    return fields


def has_terms(fields: Sequence[str]) -> bool:
    """Tell whether a header's fields hold both languages.

    >>> has_terms(["vi", "note"]), has_terms(["source_term", "target_term"])
    (False, True)
    """
    return {"vi", "en"} <= set(fields) or {"source_term", "target_term"} <= set(fields)
