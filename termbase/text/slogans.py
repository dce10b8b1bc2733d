"""Numbered formulas: 4 tại chỗ, bốn tại chỗ, “Ba sẵn sàng”.

*Năm* is five and year, *ba* three and father, so a numeral word equals a digit only right before a
listed head, only as the whole number (never the 3 of 13 or of *mười ba*), and only where the label
ends behind the head: *ba sẵn sàng*, but not *ba sẵn sàng đi xa*.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from termbase.text.matching import match_key
from termbase.text.normalize import normalize_term


def _listed(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split(";"))


SLOGAN_HEADS: tuple[str, ...] = _listed("""
sẵn sàng; tại chỗ; thực chất; chủ động; xung phong; nhất; không; chống; có; rõ; dám; tốt; cùng; bám;
trách nhiệm; khoan; đảm đang; thật; tự; xây; an toàn; nhanh; chắc; thạo; giỏi; kiên quyết; kiên trì;
kiên định; đẩy mạnh; đột phá; khâu đột phá; mũi đột phá; mũi giáp công; thứ quân; vùng chiến lược; quan điểm;
quan điểm chỉ đạo; bài học; bài học kinh nghiệm; nguyên tắc; phương châm; nội dung; tiêu chí; tiêu chuẩn;
mục tiêu; giải pháp; nhóm giải pháp; nhiệm vụ; nhiệm vụ chiến lược; nhiệm vụ trọng tâm; chế độ; nền nếp;
chế độ nền nếp; lời thề; lời thề danh dự; điều kỷ luật; chức trách; mối quan hệ; mối đoàn kết; phẩm chất;
chuẩn mực; xây dựng; chữ vàng; điều Bác Hồ dạy; điều đảng viên không được làm; biểu hiện; nguy cơ; kịp thời;
thống nhất; đồng bộ; quyết tâm; quyết liệt; thi đua; vững mạnh; nắm; biết; đúng; đủ; gương mẫu; đi đầu;
đi trước; đồng hành; hỗ trợ; bảo đảm; tăng cường; phối hợp; phân công; không được; nòng cốt; trụ cột;
trụ cột chiến lược; cánh quân; tư tưởng; khắc phục; đổi mới; hiệu quả; nói không; công khai; sạch; coi trọng;
chú trọng; trọng tâm; trọng điểm; mũi nhọn; tiên phong; làm chủ; chân; mũi; tập trung;
chuẩn; chất lượng; thành thạo; vững
""")
"""What may stand behind the numeral of a formula, in storage form and any case."""

_YEAR_HEADS = frozenset(
    _listed("""
nhất; không; có; tự; xây; an toàn; kiên quyết; kiên trì; đẩy mạnh; đột phá; xây dựng; kịp thời; thống nhất;
quyết tâm; quyết liệt; thi đua; đúng; đủ; gương mẫu; đi đầu; đi trước; đồng hành; hỗ trợ; bảo đảm; tăng cường;
phối hợp; không được; khắc phục; đổi mới; hiệu quả; công khai; tiên phong; tập trung; chất lượng; chuẩn
""")
)
"""Heads before which *năm* may well be the year (năm đổi mới), so that it is never read as five."""

_YEAR_HEADS_IN_TEXT = _YEAR_HEADS | frozenset(
    _listed("chủ động; nội dung; mục tiêu; giải pháp; phương châm; nhiệm vụ; chế độ; trọng tâm; trọng điểm")
)
"""Heads before which *năm* is five where the label stands alone, but rarely in running text."""

_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_TAIL_UNITS = {**_UNITS, "mốt": 1, "tư": 4, "lăm": 5}
_SPELLED = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_TIME_BEFORE = frozenset(
    _listed("""
trong; ca; hang; moi; dau; cuoi; giua; tu; suot; nhieu; may; cac; nhung; sang; qua; quanh; toi; truoc; sau; nua;
vai; tung; den; nhan; cua; voi; ve
""")
)
_LABEL_BEFORE = frozenset(_listed("thu; thang; ngay; lop; hang; cap; loai; so; khoa"))
_GOES_ON = "trong|của|về|và|là|cho|với|để|ở|đã|được|do|theo|khi|trên|tại|từ"
_PLAIN_D = str.maketrans("đ", "d")


def plain(text: str) -> str:
    """Return lower-case ``text`` without marks, đ as d.

    >>> plain("tại chỗ")
    'tai cho'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN_D)


_NUMERAL_WORDS = frozenset(map(plain, (*_TAIL_UNITS, "mười", "linh", "lẻ", "trăm", "nghìn", "triệu", "tỷ")))


def _numeral_table(folded: bool) -> dict[str, int]:
    """Return the spelled numerals of 1 to 99 with their values."""
    table = dict(_UNITS) | {"mười": 10}
    table |= {f"mười {word}": 10 + value for word, value in _TAIL_UNITS.items()}
    for word, value in _UNITS.items():
        if value > 1:
            table |= {f"{word} mươi": value * 10, f"{word} chục": value * 10}
            table |= {f"{word} mươi {unit}": value * 10 + tail for unit, tail in _TAIL_UNITS.items()}
            table |= {f"{word} {unit}": value * 10 + tail for unit, tail in (("tư", 4), ("lăm", 5), ("mốt", 1))}
    return {plain(word): value for word, value in table.items()} if folded else table


_INSIDE = re.compile(r"[\d][.,:/-]\Z|[^\s“\"'(\[«,;:-]\Z")


class _Grammar:
    """The compiled pattern of formulas over marked or over folded text."""

    def __init__(self, *, folded: bool) -> None:
        change = plain if folded else str
        self.folded = folded
        self.values = _numeral_table(folded)
        self.year_heads = frozenset(change(match_key(head)) for head in _YEAR_HEADS)
        self.year_heads_in_text = frozenset(change(match_key(head)) for head in _YEAR_HEADS_IN_TEXT)
        self.year = change("năm")
        words = "|".join(sorted(self.values, key=len, reverse=True))
        heads = "|".join(sorted({change(match_key(head)) for head in SLOGAN_HEADS}, key=len, reverse=True))
        # The numeral comes first, without a look-behind, so that the search skips to its first letters.
        self.pattern = re.compile(
            rf"(?P<number>0?\d|[1-9]\d|{words})(?P<gap>\s)(?P<head>{heads})"
            rf"(?=\s*(?:$|[^\w\s%])|\s(?:{change(_GOES_ON)})\b|\s(?:\d|(?:{words})\s))"
        )
        self.before = re.compile(r"(\w+)\s\Z")

    def value_at(self, found: re.Match[str]) -> int | None:
        """Return the number of a formula, or ``None`` where the words only look like one."""
        if _INSIDE.search(found.string, max(0, found.start() - 2), found.start()):
            return None
        number = found.group("number")
        value = int(number) if number.isdigit() else self.values[number]
        previous = self.before.search(found.string, max(0, found.start() - 24), found.start())
        word = previous.group(1) if previous else ""
        if word.isdigit() or plain(word) in _NUMERAL_WORDS:
            return None
        if number.isdigit():
            return value or None
        if plain(word) in _LABEL_BEFORE:
            return None
        if number == self.year and (found.group("head") in self.year_heads or plain(word) in _TIME_BEFORE):
            return None
        return value


@lru_cache(maxsize=2)
def _grammar(folded: bool) -> _Grammar:
    return _Grammar(folded=folded)


_MAY_HOLD = re.compile(r"\d|\b(?:m[oôộ]t|hai|ba|b[oốô]n|n[aă]m|s[aá]u|b[aảẩ]y|t[aá]m|ch[ií]n|m[uư][oơờ]i)\s")


def digits_for_words(text: str, *, folded: bool = False) -> str:
    """Return a key with the numeral of every formula as digits without leading zero.

    ``text`` is lower case, in :func:`termbase.text.keys.match_key` form, or without marks when ``folded``.

    >>> digits_for_words("bốn tại chỗ"), digits_for_words("năm 2025"), digits_for_words("mười ba tại chỗ")
    ('4 tại chỗ', 'năm 2025', '13 tại chỗ')
    """
    if _MAY_HOLD.search(text) is None:
        return text
    grammar = _grammar(folded)

    def written(found: re.Match[str]) -> str:
        value = grammar.value_at(found)
        return found.group() if value is None else f"{value}{found.group('gap')}{found.group('head')}"

    return grammar.pattern.sub(written, text)


def spell(value: int) -> str:
    """Return 1 to 99 in Vietnamese words.

    >>> spell(4), spell(15), spell(21), spell(34)
    ('bốn', 'mười lăm', 'hai mươi mốt', 'ba mươi tư')
    """
    if value <= 10:
        return _SPELLED[value]
    tens, unit = divmod(value, 10)
    tail = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(unit, _SPELLED[unit])
    return f"{'mười' if tens == 1 else _SPELLED[tens] + ' mươi'} {tail}".rstrip()


def numeral_variants(text: str) -> tuple[str, ...]:
    """Return the other spellings of a numbered formula: digits for its words, words for its digits.

    The tuple is empty where ``text`` is no formula. *Năm* is left out before heads where it reads as
    the year. The capitals of the rest stay; a spelled numeral takes those of ``text``.

    >>> numeral_variants("4 tại chỗ")
    ('04 tại chỗ', 'bốn tại chỗ')
    >>> numeral_variants("Ba sẵn sàng"), numeral_variants("năm 2025")
    (('3 sẵn sàng', '03 sẵn sàng'), ())
    """
    text = normalize_term(text)
    key = match_key(text)
    if _MAY_HOLD.search(key) is None:
        return ()
    grammar = _grammar(False)
    found = [(m, value) for m in grammar.pattern.finditer(key) if (value := grammar.value_at(m)) is not None]
    variants: dict[str, None] = {}
    for write in (_plain_digits, _padded_digits, _words):
        pieces, position = [], 0
        for match, value in found:
            start, end = match.span("number")
            pieces += [text[position:start], write(text[start:end], value, match.group("head"), grammar)]
            position = end
        variants["".join(pieces) + text[position:]] = None
    variants.pop(text, None)
    return tuple(variants)


def _plain_digits(_before: str, value: int, _head: str, _grammar: _Grammar) -> str:
    return str(value)


def _padded_digits(_before: str, value: int, _head: str, _grammar: _Grammar) -> str:
    return f"{value:02}"


def _words(before: str, value: int, head: str, grammar: _Grammar) -> str:
    if not before.isdigit():
        return before
    if value == 5 and head in grammar.year_heads_in_text:
        return before
    return spell(value)
