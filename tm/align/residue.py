"""What a web page leaves in a copied article: comment counters, buttons, form hints.

Only lines that no translator translates are named here. Bylines, captions and source lines are text:
they are aligned like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_COUNT = r"\s*[\[(]?\s*\d*\s*[\])]?"
_PATTERNS = {
    "en": [
        rf"(?:leave a |your |add a |post a )?comments?{_COUNT}",
        r"(?:you have )?\d+\s*/\s*\d+ characters? (?:left|remaining)",
        rf"(?:share|print|email|e-mail|save|like|tweet|follow|subscribe|reply|send){_COUNT}",
        r"(?:share|print|email|send|save) (?:this )?(?:article|page|story|post|link)(?: to \w+)?",
        r"(?:print|print version|back to top|go to top|read more|see more|more|next|previous|older|newer|home)",
        r"(?:related|other|latest|most read|most viewed) (?:news|articles?|stories|posts)",
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
    """Return the indexes of the segments that are residue."""
    return frozenset(number for number, text in enumerate(texts) if is_residue(text, lang))
