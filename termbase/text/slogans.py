"""Numbered formulas: 4 tại chỗ, bốn tại chỗ, “Ba sẵn sàng”.

*Năm* is five and year, *ba* three and father, so a numeral word equals a digit only right before a
listed head, only as the whole number (never the 3 of 13 or of *mười ba*), and only where the label
ends behind the head: *ba sẵn sàng*, but not *ba sẵn sàng đi xa*.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

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
chuẩn; chất lượng; thành thạo; vững; xung kích; xin; luôn; giảm; tăng; hơn; giữ; gắn; vùng; giáp công; điểm cao;
dũng cảm; khẩn trương; cải tiến; cửa; cửa liên thông; kết hợp; ổn định; hóa; ưu tiên; tình nguyện;
bám sát; liên kết; mẫu mực; nâng cao; nói; nghe; hạn chế; tấm gương; lá cờ đầu; bước; bước đột phá; khẳng định
""")
"""What may stand behind the numeral of a formula, in storage form and any case."""

_YEAR_HEADS = frozenset(
    _listed("""
nhất; không; có; tự; xây; an toàn; kiên quyết; kiên trì; đẩy mạnh; đột phá; xây dựng; kịp thời; thống nhất;
quyết tâm; quyết liệt; thi đua; đúng; đủ; gương mẫu; đi đầu; đi trước; đồng hành; hỗ trợ; bảo đảm; tăng cường;
phối hợp; không được; khắc phục; đổi mới; hiệu quả; công khai; tiên phong; tập trung; chất lượng; chuẩn; xin; luôn;
giảm; tăng; hơn; giữ; gắn; dũng cảm; khẩn trương; cải tiến; kết hợp; ổn định; ưu tiên; liên kết; mẫu mực; nâng cao;
nói; nghe; hạn chế; khẳng định; bám sát
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
_PREVIOUS = re.compile(r"(\w+)\s\Z")
_TOKEN = re.compile(r"[^\W_]+")
_LONGEST_NUMERAL = 3


class _Formula(NamedTuple):
    """A numeral at ``text[start:end]`` right before a listed head that ends at ``stop``."""

    start: int
    end: int
    stop: int
    value: int
    head: str
    year: bool = False
    """Whether the numeral is *năm* before a head that reads as the year as well."""


def _beside(place: int, others: set[int], way: int) -> bool:
    """Whether a formula stands next to ``place``, behind a space or behind a comma and a space."""
    return place + way in others or place + 2 * way in others


class _Grammar:
    """The tables by which formulas are found in marked or in folded text.

    Tables of words are built in a millisecond; one expression of all of them takes thirty to compile.
    """

    def __init__(self, *, folded: bool) -> None:
        change = plain if folded else str
        self.values = _numeral_table(folded)
        self.heads = frozenset(change(match_key(head)) for head in SLOGAN_HEADS)
        self.longest_head = max(head.count(" ") for head in self.heads) + 1
        self.year_heads = frozenset(change(match_key(head)) for head in _YEAR_HEADS)
        self.year_heads_in_text = frozenset(change(match_key(head)) for head in _YEAR_HEADS_IN_TEXT)
        self.year = change("năm")
        self.after = re.compile(rf"\s*(?:\Z|[^\w\s%])|\s(?:{change(_GOES_ON)})\b|\s\d")

    def formulas(self, text: str) -> list[_Formula]:
        """Return the formulas of a key, in order."""
        tokens = [found.span() for found in _TOKEN.finditer(text)]
        found: list[_Formula] = []
        years: list[_Formula] = []
        for index, (start, _) in enumerate(tokens):
            if found and start < found[-1].end:
                continue
            formula = self._formula_at(text, tokens, index)
            if formula:
                (years if formula.year else found).append(formula)
        # *Năm không* alone may be a year; in a list of formulas (năm không, ba sạch) it is five.
        if years and found:
            starts, stops = {one.start for one in found}, {one.stop for one in found}
            found += [year for year in years if _beside(year.stop, starts, 1) or _beside(year.start, stops, -1)]
            found.sort(key=lambda formula: formula.start)
        return found

    def _formula_at(self, text: str, tokens: list[tuple[int, int]], index: int) -> _Formula | None:
        start = tokens[index][0]
        for last in range(min(index + _LONGEST_NUMERAL, len(tokens)) - 1, index - 1, -1):
            end = tokens[last][1]
            number = text[start:end]
            value = self._value(number)
            head = self._head_at(text, tokens, last + 1) if value else ""
            if value and head and text[end : tokens[last + 1][0]].isspace() and tokens[last + 1][0] == end + 1:
                year = number == self.year and head in self.year_heads
                stop = tokens[last + 1][0] + len(head)
                return _Formula(start, end, stop, value, head, year) if self._stands(text, start, number) else None
        return None

    def _value(self, number: str) -> int:
        if number.isascii() and number.isdigit():
            return int(number) if len(number) <= 2 else 0
        return self.values.get(number, 0)

    def _head_at(self, text: str, tokens: list[tuple[int, int]], index: int) -> str:
        for last in range(min(index + self.longest_head, len(tokens)) - 1, index - 1, -1):
            end = tokens[last][1]
            if text[tokens[index][0] : end] in self.heads and self._ends_label(text, tokens, last):
                return text[tokens[index][0] : end]
        return ""

    def _ends_label(self, text: str, tokens: list[tuple[int, int]], last: int) -> bool:
        if self.after.match(text, tokens[last][1]):
            return True
        return last + 1 < len(tokens) and text[slice(*tokens[last + 1])] in self.values

    def _stands(self, text: str, start: int, number: str) -> bool:
        """Whether the numeral counts: no part of a longer number, no year, no ordinal."""
        if _INSIDE.search(text, max(0, start - 2), start):
            return False
        previous = _PREVIOUS.search(text, max(0, start - 24), start)
        word = plain(previous.group(1)) if previous else ""
        if word.isdigit() or word in _NUMERAL_WORDS:
            return False
        if number.isdigit():
            return True
        if word in _LABEL_BEFORE:
            return False
        return number != self.year or word not in _TIME_BEFORE


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
    pieces: list[str] = []
    position = 0
    for formula in _grammar(folded).formulas(text):
        pieces += [text[position : formula.start], str(formula.value)]
        position = formula.end
    return "".join(pieces) + text[position:]


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
    formulas = grammar.formulas(key)
    variants: dict[str, None] = {}
    for write in (_plain_digits, _padded_digits, _words):
        pieces: list[str] = []
        position = 0
        for formula in formulas:
            pieces += [text[position : formula.start], write(text[formula.start : formula.end], formula, grammar)]
            position = formula.end
        variants["".join(pieces) + text[position:]] = None
    variants.pop(text, None)
    return tuple(variants)


def _plain_digits(_before: str, formula: _Formula, _grammar: _Grammar) -> str:
    return str(formula.value)


def _padded_digits(_before: str, formula: _Formula, _grammar: _Grammar) -> str:
    return f"{formula.value:02}"


def _words(before: str, formula: _Formula, grammar: _Grammar) -> str:
    if not before.isdigit() or (formula.value == 5 and formula.head in grammar.year_heads_in_text):
        return before
    return spell(formula.value)
