"""The words to put in the place of a rejected term: same number, tense, case, article, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from termbase.checking.agreement import (
    begins_with_verb,
    differ_in_number_only,
    number_fits,
    number_shown,
    plural_head,
    same_part_of_speech,
    says_the_same,
)
from termbase.checking.occurrences import Occurrence, Sense
from termbase.model import Replacement, Term
from termbase.text.english import forms, indefinite_article, key, spelling_of, to_spelling

_ARTICLE = re.compile(r"(?<![\w'’-])(an?)(\s+)\Z", re.IGNORECASE)
_BEFORE = re.compile(r"([\w'’]+)[\s-]+\Z")
_AFTER = re.compile(r"[\s-]+([\w'’]+)")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…]['\"”’)\]]*\s|\n)[\s\"'“‘«(\[*_#>•\-–—]*\Z")
_BESIDE = 120
"""Characters on either side that may agree with a term or say the same as it."""
_SMALL = frozenset("a an and as at but by for from in into nor of on or over the to with".split())


def replacement(target: str, found: Occurrence, senses: Iterable[Sense], new: Term) -> Replacement | None:
    """Return the change that puts ``new`` in the place of ``found``, or ``None`` where none is safe.

    ``senses`` are the readings of the words found that are to be replaced. Unsafe are: a verb for a
    noun, a form that several features share but whose counterparts differ, a plural for a word without
    one where other words agree with it, and a word that would stand twice.

    >>> old = Term(text="fighting unit", lang="en")
    >>> sense = Sense(0, old, "fighting units", "plural")
    >>> found = Occurrence(4, 18, "fighting units", (sense,))
    >>> replacement("The fighting units left.", found, [sense], Term(text="combat unit", lang="en"))
    Replacement(start=4, end=18, text='combat units')
    """
    senses = _likely(senses)
    wordings = {_inflected(target, found, sense, new) for sense in senses}
    if len(wordings) != 1 or None in wordings:
        return None
    words = wordings.pop() or ""
    if new.lang == "en":
        words = _respelt(words, found.surface, target)
    if "'" in words and "’" in target and "'" not in target:
        words = words.replace("'", "’")
    words = _broken_alike(_cased(words, found, senses[0], target), found.surface)
    start, end = found.start, found.end
    if new.lang == "en":
        possessive = _possessive(words, target, start, end)
        if possessive is None:
            return None
        words, end = possessive
    if _doubles(words, target, start, end):
        return None
    before, after = target[max(0, start - _BESIDE) : start], target[end : end + _BESIDE]
    if new.lang == "en" and not says_the_same(found.surface, words, before, after):
        return None
    return _with_article(words, target, start, end) if new.lang == "en" else Replacement(start, end, words)


def _likely(senses: Iterable[Sense]) -> list[Sense]:
    """Return the readings but those as a verb of a phrase that nobody has called one and that begins like a noun's."""
    given = list(senses)
    nouns = [s for s in given if s.term.part_of_speech or s.feature in ("base", "plural")]
    return nouns if nouns and not any(begins_with_verb(s.term.text) for s in given) else given


_OPEN_QUOTE = re.compile(r"(?<![\w.,!?])['‘](?=\w)")


def _possessive(words: str, target: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the words with the possessive mark that they want, and where what they replace then ends.

    *soldiers'* becomes *servicemen's*, *servicemen's* becomes *soldiers'*. ``None`` where the mark may close
    a quotation instead.
    """
    mark = target[end : end + 1]
    if mark not in ("'", "’") or not words:
        return words, end
    plural_s = words[-1:].lower() == "s"
    with_s = target[end + 1 : end + 2].lower() == "s" and not target[end + 2 : end + 3].isalnum()
    if with_s:
        was_plural = target[start:end][-1:].lower() != "s"
        return (words + mark, end + 2) if plural_s and was_plural and plural_head(words) else (words, end)
    if plural_s or target[end + 1 : end + 2].isalnum() or target[end - 1 : end].lower() != "s":
        return words, end
    if _OPEN_QUOTE.search(target, 0, start + 1):
        return None
    return words + mark + ("S" if words.isupper() else "s"), end + 1


def expansion(target: str, start: int, end: int, new: Term) -> Replacement | None:
    """Return the change of an abbreviation left in ``target[start:end]`` into ``new``."""
    words = new.text
    if new.lang == "en":
        words = _respelt(words, "", target)
    if _starts_sentence(target, start):
        words = words[:1].upper() + words[1:]
    if _doubles(words, target, start, end):
        return None
    return _with_article(words, target, start, end)


def _inflected(target: str, found: Occurrence, sense: Sense, new: Term) -> str | None:
    """Return ``new`` with the feature of the form found, or ``None`` where that cannot be known."""
    if new.lang != "en":
        return new.text
    if not same_part_of_speech(sense.term, new):
        return None
    feature = number_shown(sense)
    before, after = target[max(0, found.start - _BESIDE) : found.start], target[found.end : found.end + _BESIDE]
    if differ_in_number_only(sense.term.text, new.text):
        return new.text
    if not number_fits(feature, sense.term, new, before, after):
        return None
    if feature == "base" or (feature == "plural" and (new.number is not None or plural_head(new.text))):
        return new.text
    for form in forms(new.text, new.part_of_speech or sense.term.part_of_speech, new.number):
        if form.feature == feature:
            return form.text
    return None


def _respelt(words: str, surface: str, target: str) -> str:
    """Return the words in the spelling of what they replace, or else of the text around."""
    variety = spelling_of(surface) or _spelling(target)
    return to_spelling(words, variety) if variety else words


@lru_cache(maxsize=4)
def _spelling(target: str) -> Literal["en-GB", "en-US", ""]:
    """Return the spelling of a whole target, which is asked for at each of its findings."""
    return spelling_of(target)


def _cased(words: str, found: Occurrence, sense: Sense, target: str) -> str:
    """Return the words with the capitals that the words found have beyond those of the term."""
    surface = found.surface
    letters = [char for char in surface if char.isalpha()]
    if len(letters) > 3 and all(char.isupper() for char in letters) and not sense.form.isupper():
        return words.upper()
    if _is_title(surface) and not _is_title(sense.form):
        return _title(words)
    raised = surface[:1].isupper() and not sense.form[:1].isupper()
    # A fragment that began small, as a cell of a table does, stays small.
    if raised or (surface[:1].isupper() and _starts_sentence(target, found.start)):
        return words[:1].upper() + words[1:]
    return words


def _is_title(text: str) -> bool:
    words = [word for word in re.split(r"[\s-]+", text) if word[:1].isalpha() and word.lower() not in _SMALL]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _title(text: str) -> str:
    words = text.split(" ")
    return " ".join(w if i and w.lower() in _SMALL else _raised(w) for i, w in enumerate(words))


def _raised(word: str) -> str:
    """Return a word of a title with its first letter large, and that of each part behind a hyphen."""
    first, *others = word.split("-")
    parts = [part if part.lower() in _SMALL else part[:1].upper() + part[1:] for part in others]
    return "-".join([first[:1].upper() + first[1:], *parts])


def _starts_sentence(target: str, start: int) -> bool:
    return bool(_SENTENCE_START.search(target[max(0, start - 40) : start]) if start else True)


def _broken_alike(words: str, surface: str) -> str:
    """Return the words with the line break of what they replace at a like place."""
    gaps: list[str] = re.findall(r"\s+", surface)
    place = next((i for i, gap in enumerate(gaps) if "\n" in gap or "\r" in gap), None)
    parts = words.split(" ")
    if place is None or len(parts) == 1:
        return words
    cut = min(place + 1, len(parts) - 1)
    return " ".join(parts[:cut]) + gaps[place] + " ".join(parts[cut:])


def _doubles(words: str, target: str, start: int, end: int) -> bool:
    """Whether a word of the replacement would stand beside itself."""
    before = _BEFORE.search(target[max(0, start - 60) : start])
    after = _AFTER.match(target, end)
    inner = re.findall(r"[\w'’]+", words)
    if not inner:
        return True
    return bool((before and key(before.group(1)) == key(inner[0])) or (after and key(after.group(1)) == key(inner[-1])))


def _with_article(words: str, target: str, start: int, end: int) -> Replacement:
    """Return the change of ``target[start:end]``, with an article before it put right by sound."""
    article = _ARTICLE.search(target[max(0, start - 8) : start])
    if article is None:
        return Replacement(start, end, words)
    right = indefinite_article(words)
    written = article.group(1)
    if written.lower() == right:
        return Replacement(start, end, words)
    if written[0].isupper():
        shouted = (written.isupper() and len(written) > 1) or (" " in words and words.isupper())
        right = right.upper() if shouted else right.capitalize()
    return Replacement(start - len(article.group()), end, right + article.group(2) + words)
