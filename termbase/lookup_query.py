"""A query and its keys."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_AROUND = " \t\"'“”„‘’‚«»‹›()[]{}<>.,;:!?…*_"
_HYPHEN = re.compile(r"(?<=[a-z])[-‐‑](?=[a-z])")
_ARTICLES = ("the ", "a ", "an ", "to ")
MAX_LENGTH = 400
"""No term is longer: what follows in a query is not read."""


class Query(NamedTuple):
    """A query with its keys; ``marked`` when it was typed with Vietnamese marks."""

    text: str
    exact: str
    folded: str
    loose: str
    squeezed: str
    squeezed_exact: str
    marked: bool

    @classmethod
    def of(cls, text: str) -> Query:
        """Make the keys of a normalised query.

        >>> Query.of("CTĐ, CTCT").squeezed
        'ctdctct'
        """
        from termbase.text.keys import exact_key, folded_key, loose_key

        return cls.keyed(text, exact_key(text), folded_key(text), loose_key(text))

    @classmethod
    def keyed(cls, text: str, exact: str, folded: str, loose: str) -> Query:
        """Make a query whose keys are known."""
        return cls(text, exact, folded, loose, cls.squeeze(folded), cls.squeeze(exact), exact != folded)

    @staticmethod
    def squeeze(key: str) -> str:
        """Return the letters and digits of a key, run together."""
        return "".join(char for char in key if char.isalnum())


def clean_forms(text: str) -> list[str]:
    """Return the query as typed, then without what stands around it, an article, its hyphens.

    >>> clean_forms(" “the General Staff”. ")
    ['“the General Staff”.', 'the General Staff', 'General Staff']
    """
    from termbase.text.normalize import normalize_term

    forms = [normalize_term(text[:MAX_LENGTH])]
    forms.append(forms[0].strip(_AROUND))
    lowered = forms[1].casefold()
    for article in _ARTICLES:
        if lowered.startswith(article):
            forms.append(forms[1][len(article) :].lstrip())
    if _HYPHEN.search(forms[-1]):
        forms.append(_HYPHEN.sub(" ", forms[-1]))
    return [form for form in dict.fromkeys(forms) if words_of(form)]


def words_of(text: str) -> list[str]:
    """Return the runs of letters and digits.

    >>> words_of("quốc phòng - an ninh")
    ['quốc', 'phòng', 'an', 'ninh']
    """
    return _WORD.findall(text)
