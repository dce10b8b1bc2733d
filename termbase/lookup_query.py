"""A query and its keys."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from termbase.light import NamedTuple

_AROUND = " \t\"'“”„‘’‚«»‹›()[]{}<>.,;:!?…*_"
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
    forms.append(_without_hyphens(forms[-1]))
    return [form for form in dict.fromkeys(forms) if words_of(form)]


def words_of(text: str) -> list[str]:
    """Return the runs of letters and digits.

    >>> words_of("quốc phòng - an ninh")
    ['quốc', 'phòng', 'an', 'ninh']
    """
    if not text.replace(" ", "").isalnum():
        text = "".join([char if char.isalnum() else " " for char in text])
    return text.split()


def _without_hyphens(text: str) -> str:
    """Put a space for each hyphen between small letters of the Latin alphabet."""
    for hyphen in "-‐‑":
        parts = text.split(hyphen)
        text = parts[0]
        for part in parts[1:]:
            between = "a" <= text[-1:] <= "z" and "a" <= part[:1] <= "z"
            text += (" " if between else hyphen) + part
    return text
