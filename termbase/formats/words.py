"""The words of other tools' files, mapped to those of the model.

Statuses follow ISO 30042 and what TermWeb, memoQ, Weblate, Pontoon, UTX and MultiTerm write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from termbase.model import AdministrativeStatus, PartOfSpeech, TermType

T = TypeVar("T")

_LANGUAGES = {
    "vi": "vi", "vie": "vi", "vietnamese": "vi", "vn": "vi", "tieng viet": "vi", "tiếng việt": "vi", "việt": "vi",
    "en": "en", "eng": "en", "english": "en", "tieng anh": "en", "tiếng anh": "en", "anh": "en",
}  # fmt: skip
_REGION = re.compile(r"\s*[(\[,-].*")

_STATUS_WORDS = {
    word: status
    for status, words in {
        AdministrativeStatus.PREFERRED: (
            "preferred",
            "approved",
            "recommended",
            "ưudùng",
            "nêndùng",
            "khuyếndùng",
            "duyệt",
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
            "chấpnhậnđược",
            "đượcdùng",
            "cóthểdùng",
            "đồngnghĩa",
            "valid",
            "acceptable",
        ),
        AdministrativeStatus.DRAFT: (
            "draft",
            "proposed",
            "provisional",
            "new",
            "review",
            "pending",
            "fuzzy",
            "unverified",
            "needsreview",
            "candidate",
            "tobeapproved",
            "dựthảo",
            "chờduyệt",
            "chưaduyệt",
            "đềxuất",
            "nháp",
        ),
        AdministrativeStatus.SUPERSEDED: (
            "superseded",
            "obsolete",
            "outdated",
            "archaic",
            "lỗithời",
            "cũ",
            "đãthaythế",
        ),
        AdministrativeStatus.DEPRECATED: (
            "deprecated",
            "notrecommended",
            "nonstandard",
            "avoid",
            "notpreferred",
            "nonpreferred",
            "discouraged",
            "khôngkhuyếnkhích",
            "khôngkhuyếndùng",
            "tránhdùng",
            "khôngnêndùng",
            "hạnchếdùng",
        ),
        AdministrativeStatus.FORBIDDEN: (
            "forbidden",
            "banned",
            "donotuse",
            "rejected",
            "prohibited",
            "disallowed",
            "notallowed",
            "cấmsửdụng",
            "khôngsửdụng",
            "khôngđượcsửdụng",
            "bịcấm",
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
    "dt": PartOfSpeech.NOUN,
    "đt": PartOfSpeech.VERB,
    "đgt": PartOfSpeech.VERB,
    "đgtừ": PartOfSpeech.VERB,
    "tt": PartOfSpeech.ADJECTIVE,
    "trt": PartOfSpeech.ADVERB,
    "pht": PartOfSpeech.ADVERB,
    "phótừ": PartOfSpeech.ADVERB,
    "dtr": PartOfSpeech.PROPER_NOUN,
    "cụmdanhtừ": PartOfSpeech.NOUN,
    "cụmđộngtừ": PartOfSpeech.VERB,
    "nounphrase": PartOfSpeech.NOUN,
    "verbphrase": PartOfSpeech.VERB,
    "propernoun": PartOfSpeech.PROPER_NOUN,
    "propn": PartOfSpeech.PROPER_NOUN,
    "commonnoun": PartOfSpeech.NOUN,
    "sentence": PartOfSpeech.OTHER,
}


def _squeeze(word: str) -> str:
    return re.sub(r"[\W_]", "", word.strip().casefold())


def _remembered(understand: Callable[[str], T]) -> Callable[[str], T]:
    """Keep the answers for words of usual length: a file says the same few for every term."""
    known = lru_cache(maxsize=1024)(understand)

    @wraps(understand)
    def answer(word: str) -> T:
        return known(word) if len(word) <= _LONG else understand(word)

    return answer


_LONG = 64


@_remembered
def language_of(tag: str) -> str:
    """Return ``"vi"`` or ``"en"`` for a language tag or name, ``""`` for any other.

    Case, region and script do not matter (BCP 47 tags compare without case).

    >>> [language_of(tag) for tag in ("vi-VN", "EN_us", "vie", "Tiếng Anh", "English (United Kingdom)", "fr")]
    ['vi', 'en', 'vi', 'en', 'en', '']
    """
    word = unicodedata.normalize("NFC", tag).strip().casefold()
    found = _LANGUAGES.get(word) or _LANGUAGES.get(re.split(r"[-_]", word, maxsplit=1)[0], "")
    return found or _LANGUAGES.get(_REGION.sub("", word), "")


@_remembered
def status_of(word: str) -> AdministrativeStatus | None:
    """Return the status that a word of any known tool means, ``None`` for an unknown word.

    >>> status_of("notRecommended"), status_of("preferredTerm-admn-sts"), status_of("perhaps")
    (<AdministrativeStatus.DEPRECATED: 'deprecated'>, <AdministrativeStatus.PREFERRED: 'preferred'>, None)
    """
    found = _STATUS_WORDS.get(_squeeze(word))
    return found or _STATUS_WORDS.get(re.sub(r"term(adminsts|admnsts|admsts)?$|(admnsts|admsts)$", "", _squeeze(word)))


@_remembered
def type_of(word: str) -> TermType | None:
    """Return the term type that a word means, ``None`` for an unknown word.

    >>> type_of("fullForm"), type_of("ABBREVIATION")
    (<TermType.FULL_FORM: 'full form'>, <TermType.ABBREVIATION: 'abbreviation'>)
    """
    return _TYPES.get(_squeeze(word))


@_remembered
def part_of_speech_of(word: str) -> PartOfSpeech | None:
    """Return the part of speech that a word means, ``None`` for an unknown word.

    >>> part_of_speech_of("properNoun"), part_of_speech_of("danh từ")
    (<PartOfSpeech.PROPER_NOUN: 'proper noun'>, <PartOfSpeech.NOUN: 'noun'>)
    """
    return _PARTS.get(_squeeze(word))
