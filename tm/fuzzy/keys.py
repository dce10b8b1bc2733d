"""What a segment is compared by: its folded tokens.

Vietnamese is compared by syllables, for a wrong word border would break a match. Case, tone placement,
quotes and the spelling i/y are folded here and charged, where they differ, as named penalties
(:mod:`tm.fuzzy.penalties`). A number, date or legal reference in digits becomes a *class* token, so that
two segments that differ by a value alone are alike. Punctuation is no token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from termbase.text.keys import match_key

if TYPE_CHECKING:
    from termbase.text.numbers import Value

SIGNATURE = "keys:3"
"""Version of the folding; a store built under another one must be indexed again."""

CLASS_MARK = "\x01"
"""First character of a class token; no text token can begin with it."""

_TOKEN = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*(?:['’ʼ][^\W_]+)*")
_SPLIT = re.compile(f"({_TOKEN.pattern})")
_ODD = re.compile("[_'’\u0300-\u036f]")
_WORD = re.compile(r"\w+")
"""The tokens of a text that holds none of :data:`_ODD`, as nearly all do; found in half the time."""

_SPLIT_WORDS = re.compile(r"(\w+)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_NUMERIC = (
    r"(?<![^\W_])(?:(?P<date>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d)"
    r"|(?P<legal>\d+(?:/\d{4})?[/-][^\W\d_]{2,}\d{0,2}(?:[/-][^\W\d_]+)*)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th))"
    r"|(?P<time>\d{1,2}h\d{0,2})"
    r"|(?P<number>\d+(?:[.,:/]\d+)*[^\W\d_]{0,3}))(?![^\W_])"
)
_EN_DATE = (
    rf"(?P<named>(?<![^\W_])(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{4}})(?![^\W_]))"
)
_CLASSED = {
    "vi": re.compile(rf"(?=\d){_NUMERIC}|{_TOKEN.pattern}"),
    "en": re.compile(
        rf"(?=[\dJFMASOND])(?:{_EN_DATE.replace('named', 'date')}|{_NUMERIC.replace('<date>', '<day>')})"
        f"|{_TOKEN.pattern}"
    ),
}
_UNIT = re.compile(r"[\d.,:/]+")
_DIGIT = re.compile(r"\d")
_CLASSES = frozenset("number percent money date legal time range measure fraction ordinal quarter decade phone".split())
_OPEN_Y = re.compile(r"(?:[hklmst]|qu)[yỳýỷỹỵ]")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


class Surface(NamedTuple):
    """A token as it stands in the text: ``text[start:end]``, its key, and its value when a class token."""

    start: int
    end: int
    key: str
    value: Value | None = None


class _Folds(dict[str, str]):
    """The keys of the tokens of one language met so far; the others are made when asked for."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST_FOLDS:
            self.clear()
        key = self[token] = fold_once(token, self._lang)
        return key


def fold_once(token: str, lang: str) -> str:
    """Return :func:`fold` of a token, and remember nothing: for callers that remember more than tokens.

    >>> fold_once("Kỹ", "vi")
    'kĩ'
    """
    key = match_key(token)
    if lang == "vi" and _OPEN_Y.fullmatch(key):
        key = key[:-1] + key[-1].translate(_Y_TO_I)
    return key


_MOST_FOLDS = 262_144
_VIETNAMESE, _OTHER = _Folds("vi"), _Folds("")


def fold(token: str, lang: str) -> str:
    """Return the key of one token.

    >>> fold("Hoà", "vi") == fold("hòa", "vi"), fold("Kỹ", "vi") == fold("kĩ", "vi")
    (True, True)
    """
    return _VIETNAMESE[token] if lang == "vi" else _OTHER[token]


def compare_keys(text: str, lang: str) -> tuple[str, ...]:
    """Return the tokens by which ``text``, in storage form, is compared.

    A text without letters or digits is one token: itself, without white space.

    >>> compare_keys("Đại đội 3, sẵn sàng!", "vi")
    ('đại', 'đội', '\\x01number', 'sẵn', 'sàng')
    """
    folds = _VIETNAMESE if lang == "vi" else _OTHER
    if _DIGIT.search(text):
        return tuple([_key(match, folds) for match in _classed(lang).finditer(text)])  # a digit is a token at least
    found = (_TOKEN if _ODD.search(text) else _WORD).findall(text)
    if not found:
        bare = "".join(text.split())
        return (bare,) if bare else ()
    return tuple(map(folds.__getitem__, found))


def _classed(lang: str) -> re.Pattern[str]:
    return _CLASSED["en" if lang == "en" else "vi"]


def _key(match: re.Match[str], folds: _Folds) -> str:
    """Return the key of a token of :func:`_classed`: folded text, or the mark of its class."""
    kind = match.lastgroup
    if kind is None:
        return folds[match.group()]
    if kind == "number":
        return f"{CLASS_MARK}number{_UNIT.sub('', match.group()).casefold()}"
    return CLASS_MARK + ("date" if kind == "day" else kind)


@lru_cache(maxsize=512)
def key_tokens(text: str, lang: str) -> tuple[Surface, ...]:
    """Return the tokens of :func:`compare_keys` with their places; none has a value.

    >>> [t.key for t in key_tokens("on 22 December 1944 at 7.30", "en")]
    ['on', '\\x01date', 'at', '\\x01number']
    """
    folds = _VIETNAMESE if lang == "vi" else _OTHER
    if _DIGIT.search(text):
        found = [Surface(*match.span(), _key(match, folds)) for match in _classed(lang).finditer(text)]
    else:
        found = _words(text, 0, len(text), lang)
    if not found and (bare := text.strip()):
        start = text.index(bare)
        return (Surface(start, start + len(bare), "".join(bare.split())),)
    return tuple(found)


class Pieces(NamedTuple):
    """A text cut at its tokens: ``parts`` are what stands before, the first token, what follows, and so on.

    ``keys`` are those of the tokens; ``worded`` says that all tokens are letters.
    """

    parts: list[str]
    keys: tuple[str, ...]
    worded: bool


@lru_cache(maxsize=512)
def pieces(text: str, lang: str) -> Pieces:
    """Return the tokens of :func:`key_tokens` with what stands between them; much quicker than their places.

    >>> pieces("Giữ vững!", "vi")
    Pieces(parts=['', 'Giữ', ' ', 'vững', '!'], keys=('giữ', 'vững'), worded=True)
    """
    folds = _VIETNAMESE if lang == "vi" else _OTHER
    if not _DIGIT.search(text):
        parts = (_SPLIT if _ODD.search(text) else _SPLIT_WORDS).split(text)
        if len(parts) == 1:
            return cut(text, key_tokens(text, lang))
        return Pieces(parts, tuple(map(folds.__getitem__, parts[1::2])), worded=True)
    parts, keys, position = [], [], 0
    for match in _classed(lang).finditer(text):
        start, end = match.span()
        parts += (text[position:start], text[start:end])
        keys.append(_key(match, folds))
        position = end
    parts.append(text[position:])
    return Pieces(parts, tuple(keys), worded=False)


def cut(text: str, tokens: Sequence[Surface]) -> Pieces:
    """Return the text cut at these tokens."""
    parts: list[str] = []
    position = 0
    for token in tokens:
        parts += (text[position : token.start], text[token.start : token.end])
        position = token.end
    parts.append(text[position:])
    return Pieces(parts, tuple([token.key for token in tokens]), worded=False)


@lru_cache(maxsize=512)
def surfaces(text: str, lang: str) -> tuple[Surface, ...]:
    """Return the tokens of ``text`` for scoring, with their places and values, in order.

    They differ from :func:`key_tokens` in that a value of several words is one token.

    >>> [text[s.start : s.end] for text in ["Ngày 22-12-1944, đội"] for s in surfaces(text, "vi")]
    ['Ngày', '22-12-1944', 'đội']
    """
    found: list[Surface] = []
    position = 0
    for value in class_values(text, lang):
        found += _words(text, position, value.start, lang)
        found.append(Surface(value.start, value.end, CLASS_MARK + value.kind, value))
        position = value.end
    found += _words(text, position, len(text), lang)
    if not found and (bare := text.strip()):
        start = text.index(bare)
        return (Surface(start, start + len(bare), "".join(bare.split())),)
    return tuple(found)


@lru_cache(maxsize=512)
def valued_pieces(text: str, lang: str) -> tuple[Pieces, dict[int, Value]]:
    """Return the text cut at the tokens of :func:`surfaces`, and the values among these by their places.

    >>> held, values = valued_pieces("Ngày 22-12-1944, đội", "vi")
    >>> held.parts, {place: value.value for place, value in values.items()}
    (['', 'Ngày', ' ', '22-12-1944', ', ', 'đội', ''], {1: '1944-12-22'})
    """
    folds = _VIETNAMESE if lang == "vi" else _OTHER
    parts: list[str] = []
    keys: list[str] = []
    values: dict[int, Value] = {}
    position = 0
    for value in (*class_values(text, lang), None):
        between = text[position : value.start if value else len(text)]
        found = (_SPLIT if _ODD.search(between) else _SPLIT_WORDS).split(between)
        parts += found
        keys += map(folds.__getitem__, found[1::2])
        if value:
            values[len(keys)] = value
            parts.append(text[value.start : value.end])
            keys.append(CLASS_MARK + value.kind)
            position = value.end
    if not keys:
        return cut(text, surfaces(text, lang)), values
    return Pieces(parts, tuple(keys), worded=False), values


def class_values(text: str, lang: str) -> list[Value]:
    """Return the values of ``text`` that are compared by class: those written with a digit."""
    if not _DIGIT.search(text):
        return []
    return [v for v in values_in(text, lang) if v.kind in _CLASSES and _DIGIT.search(v.text)]


@lru_cache(maxsize=512)
def values_in(text: str, lang: str) -> tuple[Value, ...]:
    """Return the values that :func:`~termbase.text.numbers.find_values` finds, kept for the texts met last.

    >>> [value.value for value in values_in("Đại đội 3, ngày 22-12-1944", "vi")]
    ['3', '1944-12-22']
    """
    from termbase.text.numbers import find_values

    return tuple(find_values(text, lang))


def _words(text: str, start: int, end: int, lang: str) -> list[Surface]:
    folds = _VIETNAMESE if lang == "vi" else _OTHER
    token = _TOKEN if _ODD.search(text, start, end) else _WORD
    return [Surface(*match.span(), folds[match[0]]) for match in token.finditer(text, start, end)]
