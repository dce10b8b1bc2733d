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
    "also",
    "abbreviation",
    "subject_field",
    "definition_vi",
    "definition_en",
    "definition",
    "example_vi",
    "example_en",
    "example",
    "part_of_speech",
    "type",
    "status",
    "vi_status",
    "en_status",
    "source",
    "note",
    "scope",
    "source_term",
    "target_term",
    "forbidden_flag",
    "draft_flag",
    "case_flag",
    "approved_flag",
    "ignore",
)
"""What a column can hold; the names that ``--map HEADER=FIELD`` takes.

``source_term`` and ``target_term`` are terms whose language is told by their letters, as that of a ``definition``
or an ``example`` is; ``also`` and ``abbreviation`` are of the language whose terms stand before them. A flag is yes
or no and speaks of the target term, that of case of both.
"""

_WORDS = {
    "id": "id; concept id; entry id; term id; uuid; term uuid; mã; mã số; concept number; e id",
    "vi": "vi; vietnamese; tiếng việt; việt; thuật ngữ tiếng việt; thuật ngữ việt; từ tiếng việt; nghĩa tiếng việt; "
    "tương đương tiếng việt; dịch tiếng việt; vietnamese term; term vi; vn; tiếng việt nam",
    "en": "en; english; tiếng anh; anh; thuật ngữ tiếng anh; thuật ngữ anh; từ tiếng anh; nghĩa tiếng anh; "
    "tương đương tiếng anh; dịch tiếng anh; english term; term en",
    "also": "also; variant; variants; synonym; synonyms; alternative; alternatives; đồng nghĩa; từ đồng nghĩa; "
    "biến thể; cách gọi khác; tên khác",
    "vi_also": "đồng nghĩa tiếng việt",
    "en_also": "đồng nghĩa tiếng anh",
    "vi_deprecated": "vietnamese not recommended; vietnamese deprecated",
    "en_deprecated": "english not recommended; english deprecated; không nên dùng; deprecated",
    "vi_forbidden": "vietnamese forbidden",
    "en_forbidden": "english forbidden; forbidden; cấm dùng; không dùng",
    "abbreviation": "abbreviation; abbreviations; acronym; abbr; viết tắt; chữ viết tắt; từ viết tắt; ký hiệu",
    "subject_field": "subject field; subject; domain; domains; field; category; topic; subject area; e domains; "
    "lĩnh vực; chuyên ngành; chủ đề; ngành; phân loại",
    "definition": "definition; def; description; desc; gloss; định nghĩa; giải thích; diễn giải; mô tả; "
    "giải nghĩa; nội hàm",
    "example": "example; examples; context; usage example; example sentence; sample sentence; ví dụ; câu ví dụ; "
    "ngữ cảnh; văn cảnh",
    "part_of_speech": "part of speech; pos; word class; grammatical category; từ loại; loại từ; src:pos",
    "type": "term type; type; loại thuật ngữ; kiểu thuật ngữ; dạng thuật ngữ",
    "approved_flag": "approved; is approved; đã duyệt; được duyệt",
    "status": "status; term status; administrative status; usage status; approval status; evaluation; t evaluation; "
    "trạng thái; tình trạng; tình trạng sử dụng; mức độ sử dụng",
    "source": "source; reference; references; citation; source document; term source; "
    "nguồn; nguồn tham khảo; tài liệu; tài liệu tham khảo; xuất xứ; trích dẫn",
    "note": "note; notes; comment; comments; remark; remarks; developer comments; explanation; translator comments; "
    "ghi chú; chú thích; chú giải; lưu ý; nhận xét",
    "scope": "scope; phạm vi",
    "source_term": "source term; source text; term; headword; entry; lemma; word; source language; "
    "thuật ngữ; thuật ngữ nguồn; ngôn ngữ nguồn; từ; mục từ; từ gốc; nguyên văn; từ vựng; cụm từ",
    "target_term": "target; target term; target text; target language; translation; translated term; equivalent; "
    "meaning; thuật ngữ đích; ngôn ngữ đích; dịch; bản dịch; nghĩa; dịch nghĩa; nghĩa tương đương; tương đương",
    "case_flag": "case sensitive; casesensitive; case sensitivity; match case; phân biệt hoa thường; "
    "phân biệt chữ hoa chữ thường; phân biệt chữ hoa thường",
    "draft_flag": "fuzzy",
    "ignore": "no; nr; #; stt; tt; số tt; số thứ tự; thứ tự; row; line; item",
}
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?|[^\W\d_]+( [^\W\d_]+)?")
_NAMES = ("english ", "vietnamese ")
_LANGUAGE = r"(?P<lang>vietnamese|tiếng việt|việt|vie|vi(?: vn)?|vn|english|tiếng anh|anh|eng|en(?: (?:gb|us|uk))?)"
_LANGUAGE_FIRST = re.compile(_LANGUAGE + r"\s+(?P<rest>.+)")
_LANGUAGE_LAST = re.compile(r"(?P<rest>.+?)\s+" + _LANGUAGE)
_BY_WORD = {word.strip(): field for field, words in _WORDS.items() for word in words.split(";")}


def field_of(header: str) -> str:
    """Return the field that a header names, ``""`` for an unknown one.

    >>> field_of("Tiếng Việt"), field_of("en-GB"), field_of("Ghi chu"), field_of("Term (EN)"), field_of("Farbe")
    ('vi', 'en', 'note', 'en', '')
    >>> field_of("vi_description"), field_of("English synonyms"), field_of("English_United_Kingdom")
    ('definition_vi', 'en_also', 'en')
    """
    from termbase.text.normalize import normalize_term

    header = header.strip().lstrip("\ufeff#").strip() or header
    word = _word(normalize_term(header))
    # A bare name of a language, or a code with a region, heads the column of its terms.
    return _known(word) or _with_brackets(word) or _with_language(word) or _language_alone(header) or _of_parts(header)


def _of_parts(header: str) -> str:
    """The field of a header in two languages, "Tiếng Việt / Vietnamese": that of its first known part."""
    parts = re.split(r"\s*[/|\n]\s*", header)
    return next((field for part in parts if (field := field_of(part))), "") if len(parts) > 1 else ""


def _language_alone(header: str) -> str:
    """The language of a tag or of a name with its region: the rest must be one, not the name of another field."""
    return language_of(header) if _TAG.fullmatch(header) or _word(header).startswith(_NAMES) else ""


def _with_language(word: str) -> str:
    """The field of a header that names a language before or behind it: "English definition", "vi_note"."""
    for pattern in (_LANGUAGE_FIRST, _LANGUAGE_LAST):
        if found := pattern.fullmatch(word):
            field = _of_language(_known(found.group("rest").strip()), language_of(found.group("lang")))
            if field:
                return field
    return ""


def _of_language(field: str, lang: str) -> str:
    if field in ("definition", "example"):
        return f"{field}_{lang}"
    if field in ("also", "abbreviation", "status"):
        return f"{lang}_{field}"
    if field in ("en_deprecated", "en_forbidden"):
        return f"{lang}_{field[3:]}"
    return lang if field in ("source_term", "target_term") else field


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
    # "Thuật ngữ (EN)" heads English terms, "English (UK)" too, "Note (EN)" a note.
    if inside and outside in ("", *LANGUAGES):
        return inside
    return _of_language(outside, inside) if inside else outside


def columns_of(headers: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """Return the field of each column; what ``mapping`` says goes first.

    A field is given out once; a second column of terms holds further ones.

    >>> columns_of(["Term", "Tiếng Việt"], {"Term": "en"}), columns_of(["vi", "en-GB", "en-US"], {})
    (['en', 'vi'], ['vi', 'en', 'en_also'])
    """
    wanted = {header.strip().casefold(): field for header, field in mapping.items()}
    found = [
        wanted.get(header.strip().casefold()) or (field_of(header) if header.strip() else "") for header in headers
    ]
    fields: list[str] = []
    for index, field in enumerate(_placed(found)):
        if field in fields and field in LANGUAGES:
            field = f"{field}_also"
        if field == "source_term" and field in fields and "target_term" not in found[index:]:
            # "Term", "Term": the second holds the translation.
            field = "target_term"
        fields.append("" if field in fields and field != "ignore" else field)
    return _directed(fields)


def _placed(fields: Sequence[str]) -> list[str]:
    """Give synonyms and abbreviations the language whose terms stand before them."""
    placed: list[str] = []
    single = fields.count("abbreviation") == 1
    for field in fields:
        before = next((lang for lang in reversed(placed) if lang in LANGUAGES), "vi")
        if field == "abbreviation" and single and set(LANGUAGES) <= set(placed):
            # Behind both languages it is that of the Vietnamese term: English lists seldom have one.
            before = "vi"
        placed.append(f"{before}_{field}" if field in ("also", "abbreviation") else field)
    return placed


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
