"""Sentence ends in Vietnamese and English, with spans into the caller's text.

Text is first cut into blocks at line ends (:func:`_blocks`), then each block at the marks
``. ! ? …``. Every doubt is settled for *not* cutting: a cut missed on both sides of a pair costs an
aligner nothing, a needless one leaves fragments with no evidence in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbase.errors import UsageError
from termbase.model import LANGUAGES, Span
from termbase.text import sentence_data as data
from termbase.text.composed import compose

_LINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MARK = re.compile(r"\./\.|\.(?: \.){2,}|[.!?…。！？]+")
_TAIL = re.compile(r"(?:[\"'”’»›)\]}」』*]|\s*[”»›」』]|(?<=[.!?…\"”])(?:\[\d{1,3}\]|\(\d{1,3}\)(?=\s|$)|[¹²³⁰-⁹]+))*")
_NEXT = re.compile(r"(\s*)([\"'“”‘«‹(\[{\-–—+•*▪■●◦→/ ]*)(\S{0,80})")
_SIGN = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|(?:[IVXL]{1,6}|[A-ZĐ])(?:\.\d{1,3}){1,3}|[IVXL]{1,6}|[ivx]{1,5}|[A-Za-zĐđ])"
_MARKER = rf"(?:[(\[]?{_SIGN}[.)/\]]|\((?:\d{{1,3}}|[a-zđ]|[ivx]{{1,4}})\))"
_BULLET = r"[-–—+•*▪■●◦→►✓❖§]"
_ITEM = re.compile(rf"\s*(?:{_BULLET}+\s*(?=\D)|{_MARKER}(?=\s|$))")
_BARE_MARKER = re.compile(rf"\s*(?:{_BULLET}|{_MARKER})\s*")
_MARKER_TOKEN = re.compile(rf"[\"“(]*{_SIGN}")
_INLINE_ITEM = re.compile(r"(?:\d{1,2}[.)]|[a-zđ]\)|\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\))\s+\S")
_YEAR_END = re.compile(r"(?:^|[-/.])(?:19|20)\d\d$")
_WIDEST_WRAP = 120
_LONGEST_LABEL = 40
_LONGEST_ITEM = 80


_CLOSING_QUOTES = "\"'”’»›"
_ATTRIBUTED = re.compile(r"\s+[-–—]\s+[^\W\d_]")
"""A dash behind a quotation says who spoke."""
_OPENED = re.compile(r"[“‘«]\Z|(?:^|\s)[\"']\Z")
"""Three dots behind an opening mark stand for what was left out."""
_NEXT_WORD = re.compile(r"\s*(\S+)")
_FIRST_LETTER = re.compile(r"[\"'“‘(«\[\s]*([^\W\d_])")
_TERMINAL = (".", "!", "?", "…", ":", ";", ".”", '."', ".’", "!”", "?”", "…”", '!"', '?"', ".)", "./.")
_SPACED_QUOTE = re.compile(r"( \")(?=\s|$)")
_ALNUM = re.compile(r"[^\W_]")
_BRACKET = re.compile(r"[()]")
_DASHES = "-–—"
_STARTS_WORD = re.compile(r"[“\"‘«(]?([^\W\d_])(?:[^\W\d_]|\s|$|[“\"])")
_ADDRESS = re.compile(r"[@/\\=&#]|www\b|\w\.\w", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z][a-z0-9+.-]*://\S+|www\.[a-z0-9-]+(?:\.[a-z0-9-]+)*(?![^\W_])(?:/\S*)?",
    re.IGNORECASE,
)
_PLAIN_TAIL = re.compile(r"[^\W\d_]{2,}[\"'”’»)]*$")
_PLAIN_WORD_FULL = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBERED = re.compile(r"[\d(]|Nos?\b|[IVXLC]+\b|[A-ZĐ](?:\d|\b)")
_WORDS_ON = re.compile(r"[ ](?:(?:Mrs?|Ms|Dr|Prof|Lt|Col|Gen|Maj|Capt|Sgt|GS|TS)\.\s?)*[^.!?…:;,\n“\"]{2,60}")
_WHEN = re.compile(
    r"\s*[\"“(]?(?:At|By|Around|About|Before|After|Until|Since|From|Shortly|Just|On)\s(?:[^\s,]+\s+){0,3}[^\s,]+\Z"
)
_COUNTED = re.compile(r"\d\s(?:đ/c|đc|[mglhstđ])\Z")
"""Behind a number "đ/c" is no title, and a letter is a unit and no initial."""
_LAST_ITEM = re.compile(r",\s*(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s*)+$")
_COUNT_ON = re.compile(
    r"\.[\"”’]?\s+\d+(?:[.,]\d+)*\s+(?!tháng|năm|giờ|phút|của|thuộc|và|to|and|of|in)[^\W\d_A-ZĐ]{2,}"
)
_NAMES_ON = re.compile(r"(?:[^\W\d_]+\s+)*?[^\W\d_]+(?=,|…|\.\.\.|\s+(?:và|and)\s)")
_ABBREVIATIONS = data.BEFORE_NAME | data.NEVER | data.BEFORE_NUMBER | data.MAY_END | data.CLOCK


def split_sentences(text: str, lang: str) -> list[Span]:
    """Return the sentences of ``text`` as spans into it, in order.

    Spans are trimmed of outer white space, and every character that is not white space stands in
    exactly one of them. ``lang`` is ``"vi"`` or ``"en"``; the rules are shared, so that both sides of
    a pair err alike. Text in NFD is split like its NFC form. Empty text gives an empty list.
    Raises :class:`UsageError` for another language.

    >>> [s.text for s in split_sentences("TP. Huế có lũ. Bộ đội cứu dân.", "vi")]
    ['TP. Huế có lũ.', 'Bộ đội cứu dân.']
    """
    if lang not in LANGUAGES:
        raise UsageError(f"unknown language {lang!r}; use 'vi' or 'en'")
    composed = compose(text)
    spans = []
    for bounds in _bounds(composed.text):
        start, end = composed.to_source(*bounds)
        spans.append(Span(start, end, text[start:end]))
    return spans


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    for block_start, block_end in _blocks(text):
        block = text[block_start:block_end]
        start = 0
        for cut in (*_cuts(block), len(block)):
            piece = block[start:cut]
            if bare := piece.strip():
                first = block_start + start + len(piece) - len(piece.lstrip())
                yield first, first + len(bare)
            start = cut


# --- line ends ---------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that line ends cut off: paragraphs, headings, list items, captions."""
    lines = _lines(text)
    if len(lines) == 1:
        yield lines[0]
        return
    wrapped = _wrapped_lines(text, lines)
    start = lines[0][0]
    for index in range(len(lines) - 1):
        (_, end), (following, following_end) = lines[index], lines[index + 1]
        line, then = text[lines[index][0] : end], text[following:following_end]
        if not _runs_on(line, then, wrapped=index in wrapped):
            yield start, end
            start = following
    yield start, lines[-1][1]


def _lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for mark in _LINE.finditer(text):
        lines.append((start, mark.start()))
        start = mark.end()
    lines.append((start, len(text)))
    return lines


def _wrapped_lines(text: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """Return the lines that look filled: the next word would not have fitted into the paragraph.

    Only paragraphs of three lines or more and of ordinary width are judged; a heading over a long
    line, or an article of one line a paragraph, never looks filled.
    """
    found: set[int] = set()
    paragraph: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and text[slice(*lines[index])].strip():
            paragraph.append(index)
            continue
        found.update(_filled(text, [lines[i] for i in paragraph], paragraph))
        paragraph = []
    return frozenset(found)


def _filled(text: str, spans: list[tuple[int, int]], indexes: list[int]) -> list[int]:
    if len(spans) < 3:
        return []
    widths = [end - start for start, end in spans]
    widest = max(widths)
    if not 40 <= widest <= _WIDEST_WRAP:
        return []
    for (start, _), width in zip(spans[1:], widths, strict=False):
        word = _NEXT_WORD.match(text, start)
        if word is None or width + 1 + len(word.group(1)) <= widest:
            return []
    return indexes[:-1]


def _runs_on(line: str, then: str, *, wrapped: bool) -> bool:
    """Whether the sentence in ``line`` goes on in the line ``then``."""
    line, then = line.rstrip(), then.lstrip()
    if not line or not then:
        return False
    if _BARE_MARKER.fullmatch(line):
        return True
    if _ITEM.match(then) and not (line[-1].isdigit() and then[1:].lstrip()[:1].isdigit()):
        return False
    if line.endswith(_TERMINAL) and not _ends_in_abbreviation(line):
        # Wrapped or not: the mark itself decides where the next line joins the paragraph.
        return wrapped or then[0].islower()
    first = _FIRST_LETTER.match(then)
    if first is not None and first.group(1).islower():
        return True
    return wrapped or (line[-1] in ",(“‘[-–" and len(line) > 1) or _hangs(line)


def _hangs(line: str) -> bool:
    """Whether a line ends in a word that wants another; the A of "Nguyễn Văn A" does not."""
    last = line.rsplit(None, 1)[-1]
    return last == "&" or (last.lower() in data.HANGING and not (len(last) == 1 and last.isupper()))


def _ends_in_abbreviation(line: str) -> bool:
    token = line.rsplit(None, 1)[-1].lstrip("(\"'“‘[")[:-1]
    return line[-1] == "." and _part(token) in data.BEFORE_NAME


# --- marks within a block ----------------------------------------------------------------------


def _cuts(block: str) -> Iterator[int]:
    """Yield the offsets in ``block`` at which a new sentence begins or the old one has ended."""
    first = _MARK.search(block)
    if first is None or first.end() == len(block):
        return
    brackets = iter([*_bracketed(block), (len(block), len(block))])
    opened, closed = next(brackets)
    start, word = 0, _first_alnum(block, 0)
    last_word = next((i for i in range(len(block) - 1, -1, -1) if block[i].isalnum()), 0)
    for mark in _MARK.finditer(block, first.start()):
        if mark.start() < start:
            continue
        end = _tail_end(block, mark.end(), start)
        if end > last_word:
            return
        while closed < mark.start():
            opened, closed = next(brackets)
        if word >= mark.start() or _bracket_holds(block, start, mark.start(), opened, closed < end):
            continue
        if _is_end(block, start, mark, end):
            yield end
            start, word = end, _first_alnum(block, end)


def _bracket_holds(block: str, start: int, at: int, opened: int, closes: bool) -> bool:
    """Whether a mark stands in a bracket that is part of a longer sentence."""
    if opened > at:
        return False
    return not closes or bool(block[start:opened].strip())


def _first_alnum(block: str, start: int) -> int:
    found = _ALNUM.search(block, start)
    return found.start() if found else len(block)


def _tail_end(block: str, end: int, start: int) -> int:
    """Return where the closing marks and note signs behind a full stop end."""
    tail = _TAIL.match(block, end)
    end = tail.end() if tail else end
    # A straight quotation mark after a space closes when an odd number stands before it.
    spaced = _SPACED_QUOTE.match(block, end)
    if spaced and block.count('"', start, end) % 2:
        return spaced.end(1)
    return end


def _bracketed(block: str) -> list[tuple[int, int]]:
    """Return the spans of round brackets that close again; marks inside them end nothing."""
    found, opened = [], []
    for bracket in _BRACKET.finditer(block):
        if bracket.group() == "(":
            opened.append(bracket.start())
        elif opened:
            first = opened.pop()
            if not opened:
                found.append((first, bracket.start()))
    return found


def _is_end(block: str, start: int, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    if sign == "./.":
        return True
    if block[mark.start() - 1] in "[(" and block[mark.end() : mark.end() + 1] in "])":
        return False
    if sign in ("…", "...") and _OPENED.search(block, max(0, mark.start() - 2), mark.start()):
        return False
    gap, opening, word = _NEXT.match(block, end).groups()  # type: ignore[union-attr]
    before = _token_before(block, mark.start(), start)
    if not gap:
        return _missing_space(before, sign, end > mark.end(), word if not opening.strip() else opening)
    if _INLINE_ITEM.match(block, end + len(gap)) and sign == "." and not _is_abbreviated(before, word):
        return _item_begins(block, start, mark.start(), before)
    letter = word[:1]
    if end > mark.end() and block[end - 1] in _CLOSING_QUOTES and _ATTRIBUTED.match(block, end):
        return False
    if not letter or letter.islower() or (opening.strip(" ") in _DASHES and opening.strip() and not letter.isupper()):
        return False
    if "…" in sign or ".." in sign.replace(" ", ""):
        return letter.isupper() and not _list_goes_on(block, start, mark.start(), end + len(gap))
    if sign[-1] in "!?！？":
        return not (end > mark.end() and _reported(block, end))
    if sign[-1] == "。":
        return True
    return _full_stop_ends(block, start, mark.start(), before, word, quoted=end > mark.end())


def _token_before(block: str, end: int, start: int) -> str:
    chunk = block[max(start, end - 60) : end]
    token = chunk.rsplit(None, 1)
    return token[-1] if token else ""


def _missing_space(before: str, sign: str, closed: bool, after: str) -> bool:
    """Whether a mark with no space behind it ends a sentence: "độc lập.Tự do"."""
    opening = _STARTS_WORD.match(after)
    if opening is None or not opening.group(1).isupper() or _ADDRESS.search(before):
        return False
    place = len(before)
    if any(found.start() < place < found.end() - 1 for found in _WHOLE_ADDRESS.finditer(before + sign + after)):
        return False
    if sign in ("…", "...", "?", "!") or closed:
        return bool(_PLAIN_TAIL.search(before)) or closed
    word = before.lstrip("(\"'“‘[")
    if sign != "." or not _PLAIN_WORD_FULL.fullmatch(word) or word in _ABBREVIATIONS or len(word) == 1:
        return False
    return _LETTERS.match(after).group().lower() not in data.DOMAIN_ENDINGS  # type: ignore[union-attr]


def _item_begins(block: str, start: int, stop: int, before: str) -> bool:
    """Whether an inline list marker after a full stop opens an item: "1. Đi. 2. Đến."."""
    return not _is_leading_marker(block, start, stop, before) and not before[-1:].isdigit()


def _is_leading_marker(block: str, start: int, stop: int, before: str) -> bool:
    """Whether ``before`` is the marker of an item or label that only now begins."""
    if not _MARKER_TOKEN.fullmatch(before):
        return False
    at = stop - len(before)
    if block[max(start, at - 2) : at].rstrip().endswith((":", ";")):
        return True
    if stop - start > _LONGEST_LABEL:
        return False
    lead = block[start:stop].strip(' \t\u00a0"“(-–+•*')
    words = lead.split()
    return lead == before.strip('"“(') or " ".join(words[:-1]).lower() in data.LABELS


def _full_stop_ends(block: str, start: int, stop: int, before: str, word: str, *, quoted: bool) -> bool:
    if not before or quoted:
        return not (quoted and _reported(block, stop))
    if _is_leading_marker(block, start, stop, before):
        return False
    if word[0].isupper() and _COUNTED.search(block, max(start, stop - 12), stop):
        return True
    if word[0].isdigit():
        return _may_precede_digit(before) or _counts_anew(block, start, stop)
    return not _is_abbreviated(before, word, lead=bool(_WHEN.match(block, start, stop)))


def _may_precede_digit(before: str) -> bool:
    if before[-1].isdigit():
        return bool(_YEAR_END.search(before))
    return len(before) > 1 and not _is_abbreviated(before, "1")


def _counts_anew(block: str, start: int, stop: int) -> bool:
    """Whether a number ends one sentence and another counts in the next: "Quân số là 120. 5 đồng chí vắng."."""
    return (
        block[stop - 1].isdigit() and len(block[start:stop].split(None, 4)) > 3 and bool(_COUNT_ON.match(block, stop))
    )


def _is_abbreviated(before: str, word: str, *, lead: bool = False) -> bool:
    """Whether the full stop behind ``before`` marks an abbreviation and no end.

    ``lead`` says that the sentence has no more so far than when it happened: "At 5:30 a.m. Ship 561 left".
    """
    token = before.lstrip("(\"'“‘[«")
    part = _part(token)
    opens = _first_word(word) in data.OPENERS
    if token in data.NEVER or part in data.BEFORE_NAME:
        return token in data.NEVER or _first_word(word) not in data.NEVER_NAMES
    if token in data.LIST_END:
        return False
    if token in data.CLOCK:
        return lead or _first_word(word) in data.AFTER_CLOCK
    if token.rpartition("-")[2] in data.MAY_END or _DOTTED.fullmatch(token):
        return not opens
    if part in data.BEFORE_NUMBER and (_NUMBERED.match(word) or not (len(part) == 1 and part.isupper())):
        return bool(_NUMBERED.match(word))
    return len(part) == 1 and part.isalpha() and not opens


def _part(token: str) -> str:
    """Return the last of glued titles: "TS" of "GS.TS", "Gen" of "Lt.Gen"."""
    head, _, tail = token.rpartition(".")
    glued = all(part in _ABBREVIATIONS or len(part) == 1 for part in head.split(".")) if head else True
    return tail if glued and token not in _ABBREVIATIONS else token


def _first_word(word: str) -> str:
    match = _LETTERS.match(word)
    return match.group() if match else ""


def _reported(block: str, end: int) -> bool:
    """Whether a verb of speech follows a quotation: “Đi đâu?” Nam hỏi. One that is announced needs none."""
    opened = max(block.rfind(mark, max(0, end - 400), end - 1) for mark in '“"«')
    if opened > 0 and block[:opened].rstrip()[-1:] in (",", ":"):
        return False
    match = _WORDS_ON.match(block, end)
    words = match.group().split() if match else []
    if not words or (words[0] in data.OPENERS and words[0] not in data.SPEAKERS):
        return False
    return any(word in data.REPORTING for word in words[1:6])


def _list_goes_on(block: str, start: int, stop: int, following: int) -> bool:
    """Whether three dots stand inside an enumeration of names: "Hà Nội, Huế... Đà Nẵng và Cần Thơ"."""
    item = _LAST_ITEM.search(block, max(start, stop - _LONGEST_ITEM), stop)
    onward = _NAMES_ON.match(block, following)
    return item is not None and onward is not None
