"""Whether words may stand in the place of others: number, part of speech, and nothing said more or less."""

from __future__ import annotations

import re

from termbase.checking.occurrences import Sense
from termbase.model import GrammaticalNumber, PartOfSpeech, Term
from termbase.text.english import key
from termbase.text.english_inflection import singular

_ONE_BEFORE = re.compile(r"\b(?:an?|each|every|one|another)\s+(?:[\w'’-]+\s+){0,2}\Z", re.IGNORECASE)
_SINGULAR_BEFORE = re.compile(r"\b(?:an?|each|every|this|that|one|another)\s+(?:[\w'’-]+\s+){0,2}\Z", re.IGNORECASE)
_PLURAL_BEFORE = re.compile(
    r"\b(?:these|those|many|few|several|both|two|three|four|five|six|seven|eight|nine|ten|\d+)"
    r"\s+(?:[\w'’-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"\b(?:the|an?|this|that|its|their|our|his|her|each|every|any|no|some)\s+(?:[\w-]+\s+){0,2}\Z"
    r"|['’]s\s+(?:[\w-]+\s+)?\Z",
    re.IGNORECASE,
)
_NO_AGREEMENT = re.compile(
    r"\s*(?:[.,;:!?)\]”\"]|\Z)"
    r"|\s+(?:of|in|for|to|at|on|by|with|from|and|or|will|must|should|can|could|may|would|\w+ed)\b",
    re.IGNORECASE,
)
"""What may follow a noun without a verb that agrees with its number."""
_PLURAL_VERB = re.compile(r"\s+(?:are|were|have)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|for|in|on|at|to|from|with|by|under|against)\s")
_NOT_A_VERB = re.compile(r"(?:onal|ial|ical|ic|ous|ary|able|ible|ful|less|tion|sion|ness|ity|ance|ence|ship|ism)\Z")
_ROWS = (
    "zero;one;two second twice;three third;four fourth;five fifth;"
    "six sixth;seven seventh;eight eighth;nine ninth;ten tenth"
)
_NUMBERS = {word: str(number) for number, row in enumerate(_ROWS.split(";")) for word in row.split()} | {"first": "1st"}
_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")


def plural_head(text: str) -> bool:
    """Whether the head of a noun phrase is a plural: the word before its first preposition, or the last.

    >>> plural_head("first years of the war"), plural_head("people's heart posture"), plural_head("armed forces")
    (True, False, True)
    """
    words = _WORD.findall(_PREPOSITION.split(text, maxsplit=1)[0])
    head = next((word for word in reversed(words) if not word.isdigit()), "")
    return len(head) > 3 and head.lower() != singular(head.lower())


def number_shown(sense: Sense) -> str:
    """Return ``plural`` for a form that is one, even where the term itself stands in the plural."""
    noun = sense.term.part_of_speech in (None, PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN)
    if sense.feature == "base" and noun:
        return "plural" if sense.term.number is GrammaticalNumber.PLURAL_ONLY or plural_head(sense.form) else "base"
    return sense.feature


def number_fits(feature: str, old: Term, new: Term, before: str, after: str) -> bool:
    """Whether a noun may stand here as far as its number goes: nothing around counts it or agrees with it."""
    if feature not in ("base", "plural"):
        return True
    plural_only = new.number is GrammaticalNumber.PLURAL_ONLY or plural_head(new.text)
    # "affairs" is no plural of anything, and yet its verb is one.
    if feature == "base" and not plural_only and old.text.endswith("s") and _PLURAL_VERB.match(after):
        return False
    if plural_only and feature == "base":
        return not _SINGULAR_BEFORE.search(before) and bool(_NO_AGREEMENT.match(after))
    if new.number is GrammaticalNumber.UNCOUNTABLE:
        if feature == "plural":
            return not _PLURAL_BEFORE.search(before) and bool(_NO_AGREEMENT.match(after))
        return not _ONE_BEFORE.search(before)
    needs_article = old.number is GrammaticalNumber.UNCOUNTABLE and feature == "base" and not plural_only
    noun = new.part_of_speech in (None, PartOfSpeech.NOUN)
    return not (needs_article and noun) or bool(_DETERMINED.search(before))


_VERBS = frozenset(
    "develop build promote carry make do maintain keep raise improve strengthen enhance implement perform organise "
    "organize conduct hold take give bring protect defend grasp follow fight consolidate "
    "ensure mobilise mobilize prevent settle handle overcome uphold serve join consult".split()
)
"""Verbs that begin the phrases of this field; a noun term that begins with one is a verb phrase after all."""


def same_part_of_speech(old: Term, new: Term) -> bool:
    """Whether a verb stands for a verb and a noun for a noun, as far as the terms and their words tell."""
    parts = [str(part).replace("proper noun", "noun") for part in (old.part_of_speech, new.part_of_speech) if part]
    if len(set(parts)) > 1:
        return False
    if new.part_of_speech is PartOfSpeech.VERB:
        first = old.text.split()[0].lower() if old.text.split() else ""
        return not _NOT_A_VERB.search(first)
    return begins_with_verb(old.text) == begins_with_verb(new.text)


def begins_with_verb(text: str) -> bool:
    """Whether a phrase begins with one of the verbs of this field.

    >>> begins_with_verb("strengthen discipline"), begins_with_verb("officer of contact")
    (True, False)
    """
    words = text.lower().split()
    return len(words) > 1 and words[0] in _VERBS


def says_the_same(old: str, new: str, before: str, after: str) -> bool:
    """Whether a replacement neither adds nor drops a number, nor repeats what stands beside it.

    >>> says_the_same("4th Resolution", "Resolution of the 4th plenum of the 12th Committee", "", "")
    False
    >>> says_the_same(
    ...     "practical summation", "review of practice and theoretical research", "", ", theoretical research"
    ... )
    False
    """
    if _numbers(old) != _numbers(new):
        return False
    had = {key(word) for word in _WORD.findall(old)}
    added = {key(word) for word in _WORD.findall(new) if len(word) > 3} - had
    beside = _WORD.findall(before)[-4:] + _WORD.findall(after)[:4]
    far = {key(word) for word in (*_WORD.findall(before)[-8:], *_WORD.findall(after)[:8]) if word.endswith("ly")}
    if added & far:
        return False
    # One word in common is chance (the Party …), two are the same thing said again.
    if len(added & {key(word) for word in beside}) > 1:
        return False
    # A list that goes on behind would be cut in two by a list put in its first place.
    goes_on = re.match(r"\s*,", after) is not None and re.search(r",| and ", new) is not None
    return not goes_on or (re.search(r",| and ", old) is not None and old.count(",") >= new.count(","))


def _numbers(text: str) -> list[str]:
    return sorted(
        _NUMBERS.get(word.lower(), word) for word in _WORD.findall(text)
        if word.isdigit() or (word.lower() in _NUMBERS and word.lower() != "one")
    )  # fmt: skip


def differ_in_number_only(old: str, new: str) -> bool:
    """Whether two terms are the same words but for the number of the last one.

    >>> differ_in_number_only("Ho Chi Minh thoughts", "Ho Chi Minh Thought")
    True
    """
    one, other = _WORD.findall(old.casefold()), _WORD.findall(new.casefold())
    return one[:-1] == other[:-1] and one[-1:] != other[-1:] and key(one[-1]) == key(other[-1])
