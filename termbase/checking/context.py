"""What has been said so far in a document, which lets a later short form stand for a full one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from termbase.checking.protect import touches
from termbase.model import Term

_DETERMINED = r"(?:the|this|that|these|those|its|their|our|his|her|each|both|such)"


class Context:
    """The concepts rendered so far, by index; grows as segments are checked."""

    __slots__ = ("rendered",)

    def __init__(self, rendered: Iterable[int] = ()) -> None:
        self.rendered = set(rendered)

    def knows(self, concepts: Iterable[int]) -> bool:
        """Whether one of the concepts was rendered in full before."""
        return not self.rendered.isdisjoint(concepts)


def short_form(terms: Iterable[Term], target: str, taken: Sequence[tuple[int, int]] = ()) -> re.Match[str] | None:
    """Return where the head of a term stands alone with a determiner: *the Command*, *this area*.

    The stretches ``taken``, in order and apart, answer other mentions.

    >>> short_form([Term(text="Regional Defence Command", lang="en")], "Then the Command moved.").group()
    'the Command'
    """
    from termbase.text.english import forms

    heads: set[str] = set()
    for term in terms:
        words = term.text.split()
        for cut in range(1, len(words)):
            tail = " ".join(words[cut:])
            if words[cut].lower() not in ("of", "and", "or", "for", "in", "to", "the"):
                heads.update(form.text for form in forms(tail, "noun"))
    if not heads:
        return None
    choice = "|".join(sorted(map(re.escape, heads), key=len, reverse=True))
    for found in re.finditer(rf"\b{_DETERMINED} (?:\w+ )?(?:{choice})\b", target, re.IGNORECASE):
        if not touches(taken, *found.span()):
            return found
    return None
