"""The further forms under which a term is asked for or stands in running text.

Generated when a termbase is compiled, so that texts are scanned as they are written:
English inflection and spelling, digits for numerals and numerals for digits in numbered formulas,
the punctuation of glued abbreviations, and i for y in Vietnamese open syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from termbase.text.keys import numeral_variants, strip_marks

MAX_FORMS = 16
"""More i/y spellings than this of one term are not generated."""

_GLUE = re.compile(r"\s*[-–—,;/&.+]\s*|\s+")
_JOINTS = ("-", " - ", ", ", ",", " & ", "&", "/", " ", "")
_NUMERAL = re.compile(r"\d|(?:^|\W)(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\s", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]\s*")
_NUMERALS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10",
}  # fmt: skip
_DIGITS = {digit: word for word, digit in _NUMERALS.items()}
_OPEN_I = re.compile(r"\b(h|k|l|m|s|t|qu)([iyìỳíýỉỷĩỹịỵ])(?!\w)", re.IGNORECASE)
_I_Y = dict(zip("iìíỉĩịIÌÍỈĨỊyỳýỷỹỵYỲÝỶỸỴ", "yỳýỷỹỵYỲÝỶỸỴiìíỉĩịIÌÍỈĨỊ", strict=True))
_ABBREVIATED = ("abbreviation", "acronym")


def look_up_forms(term: Mapping[str, Any], text: str) -> Iterator[str]:
    """Yield the forms beside ``text`` itself under which a term in JSON form is looked up.

    >>> "4 tại chỗ" in look_up_forms({"lang": "vi"}, "bốn tại chỗ")
    True
    """
    if _NUMERAL.search(text):
        yield from numeral_variants(text)
    if term["lang"] == "en" and term.get("type") not in _ABBREVIATED:
        yield from english_forms(text, term.get("part_of_speech"), term.get("number"))


def running_forms(
    text: str, lang: str, *, abbreviated: bool, part_of_speech: str | None = None, number: str | None = None
) -> Iterator[str]:
    """Yield the forms of a term, ``text`` first, that the recogniser must find in running text.

    >>> forms = set(running_forms("CTĐ, CTCT", "vi", abbreviated=True))
    >>> {"CTĐ-CTCT", "CTĐ,CTCT", "CTĐ/CTCT"} <= forms
    True
    >>> list(running_forms("kỷ luật", "vi", abbreviated=False))
    ['kỷ luật', 'kỉ luật']
    """
    yield text
    if abbreviated:
        yield from abbreviation_forms(text, lang)
        if lang == "en" and text[-1:].isupper():
            yield f"{text}s"
        return
    if lang == "en":
        yield from (form for form in english_forms(text, part_of_speech, number) if form != text)
    else:
        yield from _vietnamese_forms(text)


def english_forms(text: str, part_of_speech: str | None, number: str | None) -> Iterator[str]:
    """Yield inflected and respelt forms of an English term, with digits for a leading numeral too.

    >>> "4 on-the-spots" in set(english_forms("four on-the-spots", "noun", "plural only"))
    True
    """
    from termbase.english_variants import english_variants

    # A possessive ending is no part of the term: the edge rules let it stand behind the hit.
    forms = english_variants(text, part_of_speech, number)
    yield from forms
    head, _, rest = text.partition(" ")
    other = _NUMERALS.get(head.casefold()) or _DIGITS.get(head)
    if other and rest:
        for form in forms:
            yield other + form[len(head) :] if form.startswith(head) else form


def abbreviation_forms(text: str, lang: str) -> Iterator[str]:
    """Yield an abbreviation with each usual joint between its parts, and without its Đ.

    >>> list(abbreviation_forms("SSCĐ", "vi"))
    ['SSCD']
    """
    parts = [part for part in _GLUE.split(text) if part]
    forms = [text]
    if len(parts) > 1 and all(part.isalnum() for part in parts):
        forms += [joint.join(parts) for joint in _JOINTS]
    for form in forms:
        if form != text:
            yield form
        plain = strip_marks(form)
        if lang == "vi" and plain != form:
            yield plain


def _vietnamese_forms(text: str) -> Iterator[str]:
    bases = [text, *numeral_variants(text)] if _NUMERAL.search(text) else [text]
    if ", " in text:
        # "vũ khí, trang bị" is as often written without its commas.
        bases += [base.replace(", ", " ") for base in list(bases)]
    if _DASH.search(text):
        bases += [_DASH.sub(joint, base) for base in list(bases) for joint in ("-", " - ")]
    seen = {text}
    for base in bases:
        for form in i_y_forms(base):
            if form not in seen:
                seen.add(form)
                yield form


def i_y_forms(text: str) -> Iterator[str]:
    """Yield ``text`` with i and y exchanged in open syllables after h, k, l, m, s, t and qu.

    >>> list(i_y_forms("sĩ quan kỹ thuật"))
    ['sĩ quan kỹ thuật', 'sĩ quan kĩ thuật', 'sỹ quan kỹ thuật', 'sỹ quan kĩ thuật']
    """
    places = [match.start(2) for match in _OPEN_I.finditer(text)]
    if not places:
        yield text
        return
    choices = [(text[place], _I_Y[text[place]]) for place in places]
    for chosen in islice(product(*choices), MAX_FORMS):
        letters = list(text)
        for place, letter in zip(places, chosen, strict=True):
            letters[place] = letter
        yield "".join(letters)
