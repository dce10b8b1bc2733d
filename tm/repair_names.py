"""A name of the query put where the old target has the old name, when its form there is certain.

An English text names a Vietnamese person or place without tone marks, or with them. Which of the two is
seen from how it names the old one; that the new one is such a name, too, must be certain: a family name
leads it, it is a province or a city of Viet Nam, or the word for a commune or district stands before it.
Names that English has words of its own for (*China*, *Xi Jinping*) are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from termbase.text.keys import strip_marks
from termbase.text.syllable import is_syllable
from tm.fuzzy.keys import Pieces
from tm.fuzzy.penalties import Comparison

_FAMILY = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm Phùng "
    "Mai Tô Hà Tạ Chu Châu Cao Thái Lương Lưu Quách Kiều Tống Triệu Thạch Nông Hứa Giàng Vừ Lò Lường Khuất Nghiêm Doãn "
    "Đàm Đồng Giang Mạc Ninh Tăng Thân Văn Bế Đậu Trà Bạch Thiều".split()
)
_CITIES = frozenset("Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Huế|Nha Trang|Đà Lạt|Vũng Tàu|Hạ Long|Biên Hòa|Vinh".split("|"))
_PROVINCES = frozenset(
    "An Giang|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|"
    "Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|Hậu Giang|Hòa Bình|"
    "Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|"
    "Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|"
    "Thái Bình|Thái Nguyên|Thanh Hóa|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái".split("|")
)
_NOT_PERSONS = frozenset(
    "Thái Lan|Thái Bình Dương|Cao Ly|Văn Phòng|Đồng Bào|"
    "Hà Lan|Hoàng Sa|Trường Sa|Lý Sơn|Hồ Chí Minh|Hồ Cẩm Đào|Lý Hiển Long|Lý Quang Diệu|Lý Cường|Vương Nghị|"
    "Đặng Tiểu Bình|Chu Ân Lai|Tống Khánh Linh|Giang Trạch Dân|Lưu Thiếu Kỳ|Đồng Nai|Cao Miên|Châu Âu|Châu Á|Châu Phi|"
    "Châu Mỹ|Châu Úc|Hồ Tây|Hồ Gươm|Hồ Hoàn Kiếm|Tống Đào|Lương Quang Liệt|Thường Vạn Toàn".split("|")
)
_SINITIC = re.compile(
    r"\b(?:Trung Quốc|Đài Loan|Hồng Công|Hồng Kông|Singapore|Xin-ga-po|Hàn Quốc|Triều Tiên|Trung Hoa)\b"
)
_COMMUNE = re.compile(r"(?:huyện|xã|phường|quận|thị xã|thị trấn|thôn|bản|ấp|khu phố)\s+$", re.IGNORECASE)
_HONOUR = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|em|cô|chú|bác|cụ|đồng chí|đ/c|ngài|tướng|tá|úy|sĩ|Tổng thống|Thủ tướng|Bộ trưởng|"
    r"Đại sứ|Mr|Mrs|Ms|Miss|Dr|Comrade|General|Colonel|Major|Captain|Lieutenant|President|Minister|Ambassador|"
    r"Secretary)\.?\s+$",
    re.IGNORECASE,
)
_ADMINISTRATIVE = re.compile(
    r"\s*(?:['’]s\s+)?(?:province|provincial|city|municipality|town)\b|\s*-based", re.IGNORECASE
)
_ADMINISTRATIVE_BEFORE = re.compile(r"(?:province|city|municipality|tỉnh|thành phố|TP\.?)(?: of)?\s+$", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[A-Z][a-z]+")
_LONGEST = 5

Place = tuple[int, int, str]


class NameChange(NamedTuple):
    """Put ``text`` in place of ``target[start:end]``; ``steps`` are the steps of the difference that it settles."""

    start: int
    end: int
    text: str
    steps: frozenset[int]


class _Run(NamedTuple):
    """Tokens ``first`` to ``last`` of a text, which begin with capitals."""

    first: int
    last: int


def carry_names(comparison: Comparison, target: str, lang: str) -> list[NameChange]:
    """Return the changes that put names of the query in place of old ones, as far as they are certain.

    >>> from tm.fuzzy.penalties import compare
    >>> pair = "Đồng chí Lê Văn An đến.", "Đồng chí Trần Thị Bình đến."
    >>> carry_names(compare(*pair, "vi"), "Comrade Le Van An came.", "vi")[0].text
    'Tran Thi Binh'
    """
    steps = [(i, step) for i, step in enumerate(comparison.steps) if step[0] != "equal"]
    found: list[NameChange] = []
    done: set[int] = set()
    for index, step in steps:
        if index in done or step[0] != "replace":
            continue
        change = _widest(comparison, index, target, lang)
        if change is not None:
            found.append(change)
            done |= change.steps
    return found


def _widest(comparison: Comparison, index: int, target: str, lang: str) -> NameChange | None:
    """Return the change of the longest name that holds a step."""
    _, a, b, c, d = comparison.steps[index]
    old, new = _run(comparison, a, b, old=True), _run(comparison, c, d, old=False)
    if old is None or new is None:
        return None
    starts = [(old.first, new.first), *((a - n, c - n) for n in range(min(a - old.first, c - new.first), -1, -1))]
    ends = [(old.last, new.last), *((b + n, d + n) for n in range(min(old.last - b, new.last - d), -1, -1))]
    for first, start in dict.fromkeys(starts):
        for last, end in dict.fromkeys(ends):
            change = _carried(comparison, ((first, last), (start, end)), target, lang)
            if change is not None:
                return change
    return None


def _run(comparison: Comparison, start: int, end: int, *, old: bool) -> _Run | None:
    """Return the run of capitalised tokens, one space apart, that holds the tokens from ``start`` to ``end``."""
    parts = (comparison.old_pieces if old else comparison.new_pieces).parts
    valued = (comparison.old if old else comparison.new) if comparison.valued else ()

    def joined(place: int) -> bool:
        """Whether a token belongs with the next."""
        return parts[2 * place + 2] == " " and capital(place) and capital(place + 1)

    def capital(place: int) -> bool:
        return parts[2 * place + 1][0].isupper() and not (valued and valued[place].value)

    if not all(map(capital, range(start, end))) or not all(map(joined, range(start, end - 1))):
        return None
    first, last = start, end
    while first and joined(first - 1):
        first -= 1
    while 2 * last + 1 < len(parts) and joined(last - 1):
        last += 1
    return _Run(first, last)


def _carried(
    comparison: Comparison, spans: tuple[tuple[int, int], tuple[int, int]], target: str, lang: str
) -> NameChange | None:
    (first, last), (start, end) = spans
    if not 0 < last - first <= _LONGEST or not 0 < end - start <= _LONGEST:
        return None
    old_at, old = _words(comparison.old_pieces, first, last)
    new_at, new = _words(comparison.new_pieces, start, end)
    kinds = (
        _kind(old, comparison.old_text[:old_at], comparison.old_text, lang),
        _kind(new, comparison.new_text[:new_at], comparison.new_text, lang),
    )
    if not kinds[0] or kinds[0].isdisjoint(kinds[1]) or len(_whole(old, comparison.old_text)) != 1:
        return None
    place = _placed(old, new, target, lang, place="place" in kinds[0] & kinds[1])
    if place is None or ("short" in kinds[0] & kinds[1] and not _HONOUR.search(target[: place[0]])):
        return None
    if kinds[0] & kinds[1] == {"place"} and _level(old) != _level(new) and _leveled(target, place):
        return None
    settled = [
        i
        for i, (op, a, b, c, d) in enumerate(comparison.steps)
        if op != "equal" and first <= a and b <= last and start <= c and d <= end
    ]
    return NameChange(*place, frozenset(settled))


def _words(held: Pieces, first: int, last: int) -> tuple[int, str]:
    """Return where the tokens from ``first`` to ``last`` begin, and their text."""
    return len("".join(held.parts[: 2 * first + 1])), "".join(held.parts[2 * first + 1 : 2 * last])


def _kind(name: str, before: str, text: str, lang: str) -> set[str]:
    """Return what a name certainly is: a person's, a place's, a foreigner's, or one word after a title."""
    words = name.split()
    if lang == "en":
        return {"place"} if name in _ENGLISH_PLACES else _foreign(words, before, lang)
    commune = {"commune"} if _COMMUNE.search(before) else set[str]()
    if name in _CITIES or name in _PROVINCES:
        return {"place", *commune}
    if not all(map(is_syllable, words)):
        return _foreign(words, before, lang)
    if _SINITIC.search(text) or name in _NOT_PERSONS:
        return set()
    found = commune
    if len(words) > 1 and words[0] in _FAMILY:
        found.add("person")
    if len(words) == 1 and _HONOUR.search(before):
        found.add("short")
    return found


def _foreign(words: list[str], before: str, lang: str) -> set[str]:
    plain = all(map(_PLAIN_WORD.fullmatch, words)) and not any(map(is_syllable, words))
    return {"foreign"} if plain and (_HONOUR.search(before) or (lang == "vi" and len(words) > 1)) else set()


def _english(place: str) -> str:
    return "Hanoi" if place == "Hà Nội" else strip_marks(place)


_ENGLISH_PLACES = {_english(name): name for name in _CITIES | _PROVINCES} | {"Ha Noi": "Hà Nội"}


def _placed(old: str, new: str, target: str, lang: str, *, place: bool) -> Place | None:
    """Return where the old name stands in the target, once and in one form, and the new one in that form."""
    forms = _forms((old, new), target, lang, place=place)
    found = [(start, end, text) for form, text in forms for start, end in _whole(form, target)]
    return found[0] if len(found) == 1 else None


def _forms(names: tuple[str, str], target: str, lang: str, *, place: bool) -> Iterator[tuple[str, str]]:
    """Yield the forms that the old name may have in the target, each with the new one in it."""
    old, new = names
    if lang == "en":
        if place:
            yield _ENGLISH_PLACES[old], _ENGLISH_PLACES[new]
        else:
            yield old, new
        return
    bare = strip_marks(old)
    if bare == old:
        yield old, new if strip_marks(target) != target else strip_marks(new)
        return
    yield old, new
    yield bare, _english(new) if place and old != "Hà Nội" else strip_marks(new)
    if place and _english(old) != bare:
        yield _english(old), _english(new)


def _whole(name: str, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def _level(place: str) -> bool:
    return place in _CITIES or _ENGLISH_PLACES.get(place) in _CITIES


def _leveled(target: str, place: Place) -> bool:
    """Whether the target says beside the place what it is."""
    after = _ADMINISTRATIVE.match(target, place[1])
    return bool(after or _ADMINISTRATIVE_BEFORE.search(target[: place[0]]))
