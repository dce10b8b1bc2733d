"""What the columns of other people's tables are called, in English and Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from termbase.formats.words import language_of

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
    "ignore",
)
"""What a column can hold; the names that ``--map HEADER=FIELD`` takes."""

_WORDS = {
    "id": "id; concept id; entry id; mã; mã số; stt; no; số thứ tự",
    "vi": "vi; vietnamese; tiếng việt; việt; thuật ngữ; thuật ngữ tiếng việt; vietnamese term; term vi; vn",
    "en": "en; english; tiếng anh; anh; thuật ngữ tiếng anh; english term; term en; dịch; bản dịch; translation",
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
    "note": "note; notes; comment; comments; remark; ghi chú; chú thích; chú giải",
    "scope": "scope; phạm vi",
}
_BY_WORD = {word.strip(): field for field, words in _WORDS.items() for word in words.split(";")}


def field_of(header: str) -> str:
    """Return the field that a header names, ``""`` for an unknown one.

    >>> field_of("Tiếng Việt"), field_of("en-GB"), field_of("Ghi chú"), field_of("Farbe")
    ('vi', 'en', 'note', '')
    """
    from termbase.text.normalize import normalize_term

    word = re.sub(r"[\s_\-]+", " ", normalize_term(header.lstrip("\ufeff")).casefold()).strip(" :*.")
    # A bare name of a language, or a code with a region, heads the column of its terms.
    return _BY_WORD.get(word) or language_of(header.strip())


def columns_of(headers: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """Return the field of each column; what ``mapping`` says goes first, a field is given out once.

    >>> columns_of(["Term", "Tiếng Việt"], {"Term": "en"})
    ['en', 'vi']
    """
    wanted = {header.strip().casefold(): field for header, field in mapping.items()}
    fields: list[str] = []
    for header in headers:
        field = wanted.get(header.strip().casefold()) or field_of(header)
        fields.append("" if field in fields and field != "ignore" else field)
    return fields
