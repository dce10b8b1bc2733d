"""Faults of a translation that need no termbase: spacing, pairs of marks, doubled words, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import eq
from typing import NamedTuple

from termbase.checking.rules import Rules
from termbase.model import Finding, Replacement, Span

_DOUBLE_SPACE = re.compile(r"(?<=[^\s.])[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=\w)[ \u00a0]+(?=[,;:!?](?:\s|$)|\.(?:\s|$))")
_REPEATED = re.compile(r"(?<![\w-])([^\W\d_]+)[ \u00a0]+(\1)(?![\w-])", re.IGNORECASE)
_MAY_REPEAT = {
    "en": frozenset(
        "that had is bye no very so far many more much really really well now there her do in on it".split()
    ),
    "vi": frozenset(),
}
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("«", "»"))
_LIST_MARK = re.compile(r"(?:\A|\s|[“\"])(?:\w{1,2}|[ivxIVX]{1,4})\)\Z")
_MARKS = ".,;:!?()[]“”\"'‘’…"
_LETTER = re.compile(r"[^\W\d_]")
_SYLLABLES = 6
"""Vietnamese syllables from which the length of a translation says something."""
_SHORTEST, _LONGEST = 0.32, 3.2
"""Characters of English for one of Vietnamese; professional pairs lie between 0.6 and 2."""


def quality_findings(source: str, target: str, langs: tuple[str, str], rules: Rules) -> list[Finding]:
    """Return the findings of a pair that concern its form.

    >>> [f.kind for f in quality_findings("Đơn vị.", "The the unit .", ("vi", "en"), Rules())]
    ['repeated-word', 'spacing']
    """
    if not target.strip():
        return []
    makers = (_untranslated, _repeated, _spacing, _unpaired, _length)
    pair = _Pair(source, target, langs, rules)
    return [finding for make in makers for finding in make(pair)]


class _Pair(NamedTuple):
    source: str
    target: str
    langs: tuple[str, str]
    rules: Rules


def _made(
    rules: Rules, kind: str, message: str, target: Span | None, fix: Replacement | None = None, confidence: float = 0.9
) -> Iterator[Finding]:
    severity = rules.of(kind)
    if severity is not None:
        yield Finding(kind=kind, severity=severity, message=message, target=target, fix=fix, confidence=confidence)


def _span(found: re.Match[str], group: int = 0) -> Span:
    return Span(found.start(group), found.end(group), found.group(group))


def _untranslated(pair: _Pair) -> Iterator[Finding]:
    """A target that is the source again, unless it holds names and numbers only."""
    if pair.source.strip() != pair.target.strip():
        return
    words = _LETTER.split(pair.source)
    lower = [word for word in re.findall(r"[^\W\d_]+", pair.source) if word.islower()]
    if len(lower) >= 2 and len(words) > 2:
        yield from _made(
            pair.rules, "untranslated", "the target repeats the source", Span(0, len(pair.target), pair.target)
        )


def _repeated(pair: _Pair) -> Iterator[Finding]:
    # Seen at once that most texts hold no doubled word.
    words = [word.strip(_MARKS) for word in pair.target.lower().split()]
    if not any(map(eq, words, words[1:])):
        return
    for found in _REPEATED.finditer(pair.target):
        word = found.group(1)
        # Names such as "Pleiku Ku Ku" and reduplications of the source keep their capitals.
        if word.lower() in _MAY_REPEAT[pair.langs[1]] or (word[0].isupper() and found.group(2)[0].isupper()):
            continue
        if word[1:] != found.group(2)[1:] or pair.langs[1] == "vi" or found.group().lower() in pair.source.lower():
            continue
        fix = Replacement(found.start(), found.end(), word)
        yield from _made(pair.rules, "repeated-word", f"“{word}” stands twice", _span(found), fix)


def _spacing(pair: _Pair) -> Iterator[Finding]:
    for found in _DOUBLE_SPACE.finditer(pair.target):
        fix = Replacement(found.start(), found.end(), " ")
        yield from _made(pair.rules, "spacing", "more than one space", _span(found), fix)
    for found in _SPACE_BEFORE.finditer(pair.target):
        fix = Replacement(found.start(), found.end(), "")
        yield from _made(pair.rules, "spacing", "a space before a punctuation mark", _span(found), fix)


def _unpaired(pair: _Pair) -> Iterator[Finding]:
    """Marks that are open in the target and not in the source: a stretch cut from a longer quotation is fine."""
    text = pair.target
    for left, right in _PAIRS:
        place = _first_open(text, left, right)
        if place is not None and pair.source.count(left) == pair.source.count(right):
            span = Span(place, place + 1, pair.target[place])
            yield from _made(pair.rules, "unpaired", f"a {span.text} is not paired", span, confidence=0.8)
    if text.count('"') % 2 and pair.source.count('"') % 2 == 0 and not re.search(r'\d"', text):
        place = text.rindex('"')
        yield from _made(pair.rules, "unpaired", 'a " is not paired', Span(place, place + 1, '"'), confidence=0.8)


def _first_open(text: str, left: str, right: str) -> int | None:
    if left not in text and right not in text:
        return None
    waiting: list[int] = []
    for place, char in enumerate(text):
        if char == left:
            waiting.append(place)
        elif char == right:
            if waiting:
                waiting.pop()
            elif not _LIST_MARK.search(text[max(0, place - 6) : place + 1]):
                return place
    return waiting[0] if waiting else None


def _length(pair: _Pair) -> Iterator[Finding]:
    if len(pair.source.split()) < _SYLLABLES:
        return
    share = len(pair.target.strip()) / len(pair.source.strip())
    if pair.langs[0] == "en":
        share = 1 / share
    if share < _SHORTEST or share > _LONGEST:
        word = "short" if (share < 1) == (pair.langs[0] == "vi") else "long"
        message = f"the target is very {word} for its source"
        yield from _made(pair.rules, "length", message, None, confidence=0.6)
