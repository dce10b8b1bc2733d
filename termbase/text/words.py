"""Word borders by underthesea and Moses-style tokens by sacremoses, both imported on first use.

What is guarded against, for underthesea 9.5.0: no function returns offsets; ``token_normalize`` re-spells
letters; ``fixed_words`` leaks into later calls (underthesea pull request 1075); the import calls
``logging.basicConfig``; its tokeniser is quadratic on long dotted strings; it cuts document numbers.
For sacremoses 0.2.0: ``escape`` is on by default, and ``vi`` is taken for English without a word.
"""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from termbase.model import Span
from termbase.text.normalize import normalize_mapped
from termbase.text.tokens import tokenize

_LONGEST_PIECE = 400
"""Code points handed to underthesea at once: its time grows with the square of this."""

_LOCK = threading.Lock()
_PIECE_END = re.compile(r"[.;:!?…]\s|\n")
_GAP = re.compile(r"\s+")


def segment(text: str) -> list[Span]:
    """Return the Vietnamese words of ``text``, in order, with spans into ``text`` as it came.

    A flag against false friends, never a matcher: words may be wrong. Document numbers, abbreviations
    and addresses stay whole. Text is handed over in pieces of at most 400 characters.

    >>> [span.text for span in segment("Bộ đội bảo vệ Tổ quốc.")]
    ['Bộ đội', 'bảo vệ', 'Tổ quốc', '.']
    """
    mapped = normalize_mapped(text)
    borders: list[tuple[int, int]] = []
    for start, end in _pieces(mapped.text):
        borders.extend((start + a, start + b) for a, b in _segment_piece(mapped.text[start:end]))
    spans: list[Span] = []
    for start, end in (mapped.to_source(*border) for border in _join_protected(borders, mapped.text)):
        if spans and start < spans[-1].end:  # marks that the letter before does not take: one place in the text
            start = spans.pop().start
        spans.append(Span(start, end, text[start:end]))
    return spans


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of at most the allowed length, cut behind a clause, a space, or anywhere."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _LONGEST_PIECE)
        if end < len(text):
            window = text[start:end]
            cuts = [m.end() for m in _PIECE_END.finditer(window)] or [m.end() for m in _GAP.finditer(window)]
            end = start + cuts[-1] if cuts else end
        yield start, end
        start = end


def _segment_piece(piece: str) -> list[tuple[int, int]]:
    if not piece.strip():
        return []
    with _LOCK:
        words = _word_tokenize()(piece, use_token_normalize=False)
    return _locate(piece, words) or [(token.start, token.end) for token in tokenize(piece, "vi")]


def _locate(piece: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where ``words`` stand in ``piece``, white space aside; empty where letters were changed."""
    found: list[tuple[int, int]] = []
    position = 0
    for word in words:
        start = -1
        for character in word:
            if character.isspace():
                continue
            while position < len(piece) and piece[position].isspace():
                position += 1
            if position == len(piece) or piece[position] != character:
                return []
            start = position if start < 0 else start
            position += 1
        if start >= 0:
            found.append((start, position))
    return [] if piece[position:].strip() else found


def _join_protected(borders: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join words that share a number, code or address."""
    whole = [t for t in tokenize(text, "vi") if t.kind in ("code", "url", "number")]
    joined: list[tuple[int, int]] = []
    at = 0
    for start, end in borders:
        while at < len(whole) and whole[at].end <= start:
            at += 1
        inside = at < len(whole) and whole[at].start < start
        if inside and joined:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=1)
def _word_tokenize() -> Callable[..., list[str]]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        from underthesea import word_tokenize
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    tokenizer: Callable[..., list[str]] = word_tokenize
    return tokenizer


def moses_tokenize(text: str, lang: str) -> list[str]:
    """Return Moses-style tokens of ``text``, without escapes, for statistics and exchange files.

    Vietnamese has no prefix list of its own in Moses; the English one is used.

    >>> moses_tokenize("The army's tasks.", "en")
    ['The', 'army', "'s", 'tasks', '.']
    """
    tokens: list[str] = _moses("tokenizer", lang).tokenize(unicodedata.normalize("NFC", text), escape=False)
    return tokens


def moses_detokenize(tokens: Sequence[str], lang: str) -> str:
    """Return Moses tokens as text. A target segment must never be rebuilt this way.

    >>> moses_detokenize(["The", "army", "'s", "tasks", "."], "en")
    "The army's tasks."
    """
    return str(_moses("detokenizer", lang).detokenize(list(tokens), unescape=False))


@lru_cache(maxsize=8)
def _moses(kind: str, lang: str) -> Any:
    from sacremoses import MosesDetokenizer, MosesTokenizer

    known = "en" if lang == "vi" else lang
    return MosesTokenizer(lang=known) if kind == "tokenizer" else MosesDetokenizer(lang=known)
