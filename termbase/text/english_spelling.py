"""US and UK spelling, and the hyphen, space and solid ways to write a compound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from termbase.text import english_data as data

Variety = Literal["en-GB", "en-US"]

_WORD = re.compile(r"[A-Za-z]+")
_ISE = re.compile(r"([a-z]{2,}?)(is)(e|es|ed|ing|er|ers|ation|ations|ational|ationally|able|ability)")
_IZE = re.compile(r"([a-z]{2,}?)(iz)(e|es|ed|ing|er|ers|ation|ations|ational|ationally|able|ability)")
# Not "electrolyses", which is the plural of the noun as well.
_LYSE = re.compile(r"([a-z]+[ao])lys(e|ed|ing|er|ers)")
_LYZE = re.compile(r"([a-z]+[ao])lyz(e|es|ed|ing|er|ers)")
_PREFIX = re.compile(
    r"(un|dis|mis|re|multi|over|out|non|demi|self|pre|sub|anti|counter|co|inter|in|water|epi|be|dec[ai]|hecto|centi|milli)(?=[a-z]{5})"
)
_NOUN_BEFORE = re.compile(r"(?:computer|software|parking|gas|water|electricity|power|light)\s+$", re.IGNORECASE)
_VERB_BEFORE = re.compile(
    r"(?:\bto|will|would|must|should|shall|can|could|may|might|not|regularly|also)\s+$", re.IGNORECASE
)
_METERED = re.compile(r"[ -](?:read|box|maid|fault|install)", re.IGNORECASE)
_PROTECTED = re.compile("|".join(re.escape(name) for name in data.PROTECTED_NAMES))
_VARIANTS_AT_MOST = 64


def to_spelling(text: str, variety: Variety) -> str:
    """Return ``text`` with its words in the spelling of one variety; nothing else changes.

    Names such as *World Health Organization* keep their own spelling. *practice* and *license* become
    *practise* and *licence* in ``"en-GB"`` only where the words around show verb or noun.

    >>> to_spelling("National defense organizations", "en-GB")
    'National defence organisations'
    >>> to_spelling("A skilful defence programme", "en-US")
    'A skillful defense program'
    """
    pieces, last = [], 0
    for name in _PROTECTED.finditer(text):
        pieces += [_respell(text[last : name.start()], variety), name.group()]
        last = name.end()
    pieces.append(_respell(text[last:], variety))
    return "".join(pieces)


def _respell(text: str, variety: Variety) -> str:
    def change(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        if variety == "en-US":
            return _like(word, american(lower))
        if lower == "meter" and _METERED.match(text, match.end()):
            return word
        return _like(word, _british_in_context(lower, text[max(0, match.start() - 24) : match.start()]))

    return _WORD.sub(change, text)


def _british_in_context(word: str, before: str) -> str:
    if word in ("practice", "practices"):
        return word.replace("ctice", "ctise") if word == "practice" and _VERB_BEFORE.search(before) else word
    if word in ("license", "licenses"):
        return word if _VERB_BEFORE.search(before) else word.replace("ense", "ence")
    if word in ("program", "programs", "meter", "meters") and _NOUN_BEFORE.search(before):
        return word
    return _british(word)


def spelling_of(word: str) -> Literal["en-GB", "en-US", ""]:
    """Return the variety that ``word`` (or any word of a phrase) shows, ``""`` when none or both.

    >>> spelling_of("defence"), spelling_of("organization"), spelling_of("exercise")
    ('en-GB', 'en-US', '')
    """
    found: set[Variety] = set()
    for match in _WORD.finditer(_PROTECTED.sub(" ", word)):
        lower = match.group().lower()
        if american(lower) != lower:
            found.add("en-GB")
        elif lower not in data.ONE_WAY and _british(lower) != lower:
            found.add("en-US")
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1 << 15)
def spellings(text: str) -> tuple[str, ...]:
    """Return ``text`` and its other accepted spellings: US/UK, hyphen, space, solid, serial comma, names.

    The first is ``text`` itself. The number is capped at 64; text of more than 500 characters is no term
    and has no others. Answers are kept: the recogniser and the checker of one termbase ask for the same terms.

    >>> spellings("self-defence")
    ('self-defence', 'self-defense', 'self defence', 'self defense')
    >>> spellings("lean, compact and strong")
    ('lean, compact and strong', 'lean, compact, and strong')
    """
    found = {text: None}
    if len(text) > data.LONGEST_TERM:
        return tuple(found)
    for listed in (text, *_serial_comma(text)):
        for compound in _compounds(listed):
            for variant in (compound, *_other_varieties(compound)):
                found.setdefault(variant)
                if len(found) >= _VARIANTS_AT_MOST:
                    return tuple(found)
    return tuple(found)


_LAST_OF_LIST = re.compile(r"(,[^,]*[^\s,])(,?)( (?:and|or) [^,]*)\Z")


def _serial_comma(text: str) -> Iterator[str]:
    """Yield a list of three or more with the comma before its last member put in or taken out."""
    if match := _LAST_OF_LIST.search(text):
        comma = "" if match[2] else ","
        yield f"{text[: match.start()]}{match[1]}{comma}{match[3]}"


def _other_varieties(text: str) -> Iterator[str]:
    for variety in _VARIETIES:
        if (changed := to_spelling(text, variety)) != text:
            yield changed
    for one, other in data.NAME_VARIANTS:
        if one in text:
            yield text.replace(one, other)
        elif other in text:
            yield text.replace(other, one)


_VARIETIES: tuple[Variety, ...] = ("en-GB", "en-US")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-‐‑](?=[A-Za-z])")
_TOKEN = re.compile(r"\s+|[-‐‑]|[^\s‐‑-]+")


def _compounds(text: str) -> Iterator[str]:
    """Yield ``text`` with each of its compounds written the other ways, one compound at a time."""
    yield text
    spaced = _HYPHEN.sub(" ", text)
    if spaced != text:
        yield spaced
    for match in _HYPHEN.finditer(text):
        yield f"{text[: match.start()]} {text[match.end() :]}"
    for start, end, ways in _joints(text):
        for way in ways:
            yield text[:start] + way + text[end:]


_JOINT = re.compile(r"([A-Za-z]+)( - |[ ‐‑-])(?=([A-Za-z]+))")


def _joints(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for match in _JOINT.finditer(text):
        first, last = match.group(1).lower(), match.group(3).lower()
        if last in data.SOLID_PREFIXES.get(first, ()):
            ways = ("-", " ") if first in data.NEVER_SOLID else ("-", " ", "")
            extra = (" - ",) if first == "socio" else ()
            # A capital inside a solid word would read as a typing error.
            yield match.start(2), match.end(2), ways + extra
        elif match.group(2) == " " and (first in data.HYPHEN_STARTS or last in data.HYPHEN_HEADS):
            yield match.start(2), match.end(2), ("-",)
    for match in _WORD.finditer(text):
        if size := _solid_prefix(match.group().lower()):
            place = match.start() + size
            yield place, place, ("-", " ")


@lru_cache(maxsize=4096)
def _solid_prefix(word: str) -> int:
    for size in range(2, min(9, len(word) - 1)):
        if word[size:] in data.SOLID_PREFIXES.get(word[:size], ()):
            return size
    return 0


def _like(model: str, word: str) -> str:
    """Return ``word`` with the capitals of ``model``."""
    if model.islower() or not model:
        return word
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return UK to US and US to UK, whole words."""
    to_us: dict[str, str] = {}
    for uk, (us, *suffixes) in data.UK_SUFFIXED.items():
        if uk == us:
            continue
        for suffix in ("", *(s for s in suffixes if s != "-")):
            to_us[uk + suffix] = us + suffix
    for verb in data.DOUBLING_L:
        for suffix in ("ed", "ing", "er", "ers"):
            to_us[f"{verb}l{suffix}"] = f"{verb}{suffix}"
    to_uk = {us: uk for uk, us in to_us.items() if us not in data.NEVER_TO_UK}
    return to_us, to_uk


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """Return a lower-case word in US spelling."""
    table = _tables()[0]
    if word in table:
        return table[word]
    if (match := _ISE.fullmatch(word)) and not _keeps_ise(match):
        return f"{match.group(1)}iz{match.group(3)}"
    if match := _LYSE.fullmatch(word):
        return f"{match.group(1)}lyz{match.group(2)}"
    return _behind_prefix(word, table)


@lru_cache(maxsize=65536)
def _british(word: str) -> str:
    table = _tables()[1]
    if word in table:
        return table[word]
    if (match := _IZE.fullmatch(word)) and f"{match.group(1)}ize" not in data.NOT_IZE:
        return f"{match.group(1)}is{match.group(3)}"
    if match := _LYZE.fullmatch(word):
        return f"{match.group(1)}lys{match.group(2)}"
    return _behind_prefix(word, table)


def _keeps_ise(match: re.Match[str]) -> bool:
    return f"{match.group(1)}ise" in data.NOT_ISE or match.group() in data.NOT_ISE_FORMS


def _behind_prefix(word: str, table: dict[str, str]) -> str:
    prefix = _PREFIX.match(word)
    if prefix and (changed := table.get(word[prefix.end() :])):
        return prefix.group() + changed
    return word
