"""What a web page or a printed page leaves in a copied text: comment counters, buttons, running heads.

Only lines that no translator translates are named here. Bylines, captions and source lines are text:
they are aligned like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

_COUNT = r"\s*[\[(]?\s*\d*\s*[\])]?"
_PATTERNS = {
    "en": [
        rf"(?:leave a |your |add a |post a )?comments?{_COUNT}",
        r"(?:you have )?\d+\s*/\s*\d+ characters? (?:left|remaining)",
        rf"(?:share|print|email|e-mail|save|like|tweet|follow|subscribe|reply|send){_COUNT}",
        r"(?:share|print|email|send|save) (?:this )?(?:article|page|story|post|link)(?: to \w+)?",
        r"(?:print|print version|back to top|go to top|read more|see more|more|next|previous|older|newer|home)",
        r"(?:related|other|latest|most read|most viewed|more) (?:news|articles?|stories|posts|from .{1,40})",
        r"(?:in the same category|you may also like|recommended for you)",
        rf"(?:views?|page views?|likes?|shares?)\s*:?{_COUNT}",
        r"(?:tags?|keywords?)\s*:.{0,120}",
        r"(?:full name|name|email|e-mail|security code|title|content)\s*[:*]+",
        r"please (?:enter|type) (?:at least )?\d+ (?:or more )?characters?",
        r"(?:log ?in|sign ?in|sign ?up|register|log ?out)(?: to comment)?",
        r"(?:all rights reserved|copyright|©).{0,80}",
        r"(?:facebook|twitter|zalo|google\+?|linkedin|youtube)(?:\s*[|/,]?\s*(?:facebook|twitter|zalo|google\+?|linkedin|youtube))*",
    ],
    "vi": [
        rf"(?:gửi |viết |ý kiến )?bình luận{_COUNT}",
        r"(?:bạn )?còn \d+\s*/\s*\d+ (?:ký|kí) tự",
        rf"(?:chia sẻ|in|lưu|thích|theo dõi|trả lời|gửi|quan tâm){_COUNT}",
        r"(?:chia sẻ|in|gửi|lưu) (?:bài|bài viết|trang|tin)(?: này)?(?: qua \w+)?",
        r"(?:bản in|về đầu trang|lên đầu trang|xem thêm|đọc thêm|xem tiếp|trang chủ|trở về|quay lại)",
        r"(?:tin|bài|các tin|các bài|tin bài|bài viết) (?:liên quan|khác|cùng chuyên mục|mới nhất|đọc nhiều)",
        r"(?:cùng chuyên mục|tin cùng mục|có thể bạn quan tâm|đọc nhiều nhất)",
        rf"(?:lượt xem|số lượt xem|lượt thích)\s*:?{_COUNT}",
        r"(?:từ khóa|từ khoá|thẻ|tags?)\s*:.{0,120}",
        r"(?:họ và tên|họ tên|email|tiêu đề|nội dung|mã xác nhận)\s*[:*]+",
        r"(?:vui lòng|xin|hãy) nhập (?:ít nhất |từ )?\d+ (?:ký|kí) tự(?: trở lên)?",
        r"đăng (?:nhập|ký|xuất)(?: để bình luận)?",
        r"(?:bản quyền|©).{0,80}",
        r"(?:facebook|twitter|zalo|google\+?|linkedin|youtube)(?:\s*[|/,]?\s*(?:facebook|twitter|zalo|google\+?|linkedin|youtube))*",
    ],
}
_LONGEST = 140
_FEW_PAGES = 3
_APART = 6
_PAGE = re.compile(
    r"([-–—~\[(]+|\W*(?:page|trang|p\.|tr\.)|[^\d|•·]{1,100}[|•·]|)\s*(\d{1,4})\s*"
    r"((?:(?:/|of|trên)\s*\d{1,4})?\W{0,3}|[|•·][^\d|•·]{1,100})",
    re.IGNORECASE,
)
"""A page number, alone, named, between dashes, or set off from the title by a bar or a dot."""
_RULE = re.compile(r"[-–—_=*~•.\s]{3,}")
_RESIDUE = {lang: re.compile(rf"\W*(?:{'|'.join(patterns)})\W*", re.IGNORECASE) for lang, patterns in _PATTERNS.items()}


def is_residue(text: str, lang: str) -> bool:
    """Whether a segment is a part of a web page and not of the article, or a line of dashes.

    >>> is_residue("Comment (0)", "en"), is_residue("You have 500/500 characters left", "en")
    (True, True)
    >>> is_residue("No comment was made on the exercise.", "en")
    False
    """
    if len(text) > _LONGEST:
        return bool(_RULE.fullmatch(text.strip()))
    return bool(_RULE.fullmatch(text.strip()) or _RESIDUE[lang].fullmatch(text.strip()))


def residue_of(texts: Sequence[str], lang: str) -> frozenset[int]:
    """Return the indexes of the segments that are residue, page numbers and running heads among them."""
    found = frozenset(number for number, text in enumerate(texts) if is_residue(text, lang))
    return found | page_lines(texts)


def page_lines(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes of page numbers and of the running heads that stand next to them.

    Page numbers are three lines or more that are alike but for a number, which rises by one or two from
    each to the next while text stands between them, much of it where the number is bare: it may number the
    rows of a table. A running head is a short line that is repeated beside
    at least half of them.

    >>> sorted(page_lines(["One.", "Two.", "- 4 -", "Head", "Three.", "- 5 -", "Head", "Four.", "- 6 -", "Head"]))
    [2, 3, 5, 6, 8, 9]
    """
    lines: dict[str, list[tuple[int, int]]] = {}
    for place, text in enumerate(texts):
        bare = text.strip()
        found = _PAGE.fullmatch(bare) if len(bare) <= _LONGEST else None
        if found:
            lines.setdefault(f"{found[1]}#{found[3]}".casefold(), []).append((place, int(found[2])))
    pages = {k for frame, many in lines.items() for k in _rising_pages(many, _APART if frame in ("#", "#.") else 1)}
    return frozenset(pages | _heads(texts, pages))


def _rising_pages(lines: Sequence[tuple[int, int]], least: int) -> list[int]:
    """Return the places of (place, number) if these are page numbers with ``least`` lines between, else nothing."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(lines)]
    even = sum(apart > least and 1 <= rise <= 2 for apart, rise in steps)
    return [place for place, _ in lines] if len(lines) >= _FEW_PAGES and even == len(steps) else []


def _heads(texts: Sequence[str], pages: AbstractSet[int]) -> set[int]:
    beside = {k for page in pages for k in (page - 1, page + 1) if 0 <= k < len(texts)} - pages
    counts = Counter(texts[k].strip() for k in beside if len(texts[k]) <= _LONGEST)
    heads = {text for text, count in counts.items() if count >= max(_FEW_PAGES, len(pages) / 2)}
    return {k for k in beside if texts[k].strip() in heads}
