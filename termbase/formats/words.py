"""The words of other tools' files, mapped to those of the model.

Statuses follow ISO 30042 and what TermWeb, memoQ, Weblate, Pontoon, UTX and MultiTerm write.
"""

from __future__ import annotations

import re

from termbase.model import AdministrativeStatus, PartOfSpeech, TermType

_LANGUAGES = {
    "vi": "vi", "vie": "vi", "vietnamese": "vi", "vn": "vi", "tieng viet": "vi", "tiếng việt": "vi", "việt": "vi",
    "en": "en", "eng": "en", "english": "en", "tieng anh": "en", "tiếng anh": "en", "anh": "en",
}  # fmt: skip

_STATUS_WORDS = {
    word: status
    for status, words in {
        AdministrativeStatus.PREFERRED: (
            "preferred",
            "approved",
            "standardized",
            "legal",
            "regulated",
            "ưutiên",
            "đãduyệt",
            "chínhthức",
        ),
        AdministrativeStatus.ADMITTED: (
            "admitted",
            "allowed",
            "accepted",
            "synonym",
            "alternative",
            "chấpnhận",
            "đượcdùng",
            "đồngnghĩa",
        ),
        AdministrativeStatus.DRAFT: (
            "draft",
            "proposed",
            "provisional",
            "new",
            "review",
            "pending",
            "fuzzy",
            "dựthảo",
            "đềxuất",
            "nháp",
        ),
        AdministrativeStatus.SUPERSEDED: ("superseded", "obsolete", "lỗithời", "cũ"),
        AdministrativeStatus.DEPRECATED: (
            "deprecated",
            "notrecommended",
            "nonstandard",
            "avoid",
            "khôngnêndùng",
            "hạnchếdùng",
        ),
        AdministrativeStatus.FORBIDDEN: (
            "forbidden",
            "banned",
            "donotuse",
            "rejected",
            "nonterm",
            "cấm",
            "cấmdùng",
            "khôngdùng",
            "khôngđượcdùng",
        ),
    }.items()
    for word in words
}

_TYPES = {re.sub(r"\W", "", kind.value): kind for kind in TermType} | {
    "fullform": TermType.FULL_FORM,
    "shortform": TermType.SHORT_FORM,
    "initialism": TermType.ACRONYM,
    "viếttắt": TermType.ABBREVIATION,
    "synonym": TermType.VARIANT,
    "phraseologicalunit": TermType.PHRASE,
    "abbreviatedform": TermType.ABBREVIATION,
}

_PARTS = {re.sub(r"\W", "", part.value): part for part in PartOfSpeech} | {
    "n": PartOfSpeech.NOUN,
    "v": PartOfSpeech.VERB,
    "vb": PartOfSpeech.VERB,
    "adj": PartOfSpeech.ADJECTIVE,
    "adv": PartOfSpeech.ADVERB,
    "pn": PartOfSpeech.PROPER_NOUN,
    "danhtừ": PartOfSpeech.NOUN,
    "độngtừ": PartOfSpeech.VERB,
    "tínhtừ": PartOfSpeech.ADJECTIVE,
    "trạngtừ": PartOfSpeech.ADVERB,
    "danhtừriêng": PartOfSpeech.PROPER_NOUN,
    "sentence": PartOfSpeech.OTHER,
}


def _squeeze(word: str) -> str:
    return re.sub(r"[\W_]", "", word.strip().casefold())


def language_of(tag: str) -> str:
    """Return ``"vi"`` or ``"en"`` for a language tag or name, ``""`` for any other.

    Case, region and script do not matter (BCP 47 tags compare without case).

    >>> [language_of(tag) for tag in ("vi-VN", "EN_us", "vie", "Tiếng Anh", "fr")]
    ['vi', 'en', 'vi', 'en', '']
    """
    word = tag.strip().casefold()
    return _LANGUAGES.get(word) or _LANGUAGES.get(re.split(r"[-_]", word, maxsplit=1)[0], "")


def status_of(word: str) -> AdministrativeStatus | None:
    """Return the status that a word of any known tool means, ``None`` for an unknown word.

    >>> status_of("notRecommended"), status_of("preferredTerm-admn-sts"), status_of("perhaps")
    (<AdministrativeStatus.DEPRECATED: 'deprecated'>, <AdministrativeStatus.PREFERRED: 'preferred'>, None)
    """
    return _STATUS_WORDS.get(_squeeze(re.sub(r"(Term)?-admn-sts$", "", word.strip())))


def type_of(word: str) -> TermType | None:
    """Return the term type that a word means, ``None`` for an unknown word.

    >>> type_of("fullForm"), type_of("ABBREVIATION")
    (<TermType.FULL_FORM: 'full form'>, <TermType.ABBREVIATION: 'abbreviation'>)
    """
    return _TYPES.get(_squeeze(word))


def part_of_speech_of(word: str) -> PartOfSpeech | None:
    """Return the part of speech that a word means, ``None`` for an unknown word.

    >>> part_of_speech_of("properNoun"), part_of_speech_of("danh từ")
    (<PartOfSpeech.PROPER_NOUN: 'proper noun'>, <PartOfSpeech.NOUN: 'noun'>)
    """
    return _PARTS.get(_squeeze(word))
