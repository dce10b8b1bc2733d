"""Stretches of a text that no repair may touch: addresses, placeholders, tags, code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

_ALWAYS = re.compile(
    r"""
      (?:https?|ftp)://\S+ | www\.\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+              # addresses
    | (?:[A-Za-z]:)?(?:[\\/][\w.-]+){2,}                                          # paths, file names
    | \b[\w-]+\.(?:html?|php|aspx?|pdf|docx?|xlsx?|txt|md|csv|json|xml|py|png|jpg)\b
    | </?[A-Za-z][^<>]*> | <!--.{0,4000}?--> | &(?:\#\d+|\#x[0-9A-Fa-f]+|\w+);           # tags, entities
    | \{\{.{0,200}?\}\} | \$\{[^{}]*\} | \{[\w.:!-]*\} | %\(\w+\)[sdif] | %%            # placeholders
    | %(?:\d+\$)?[-+0\#]?\d*(?:\.\d+)?[sdifux@](?!\w)
    | ``.{1,400}?`` | `[^`\n]+`                                                         # code
    """,
    re.VERBOSE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"""
      \A\ufeff?---\r?\n.*?^---[ \t]*\r?$                # front matter
    | ^(?P<fence>[ ]{0,3}(?P<mark>`{3,}|~{3,})).*?(?:^[ ]{0,3}(?P=mark)[`~]*[ \t]*\r?$|\Z)
    | (?:^(?:[ ]{4}|\t)[^\n]*(?:\n|\Z))+                 # indented code
    | (?<=\])\([^()\s]*(?:\s+"[^"]*")?\)                # link targets
    | ^[ ]{0,3}\[[^\]]+\]:[^\n]*$                           # link definitions
    | (?<=\])\[[^\]]*\]                                 # link labels
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


_SIGNS = re.compile(r"[<`{%@&\\]|/\S+/|://|www\.|\.[A-Za-z]")


def has_markup(text: str) -> bool:
    """Whether a text may hold anything that :func:`protected` would find.

    >>> has_markup("Plain prose. And more."), has_markup("a <b>tag</b>")
    (False, True)
    """
    return bool(_SIGNS.search(text))


def protected(text: str, *, markdown: bool = False) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that are not prose, in order.

    >>> text = "See https://a.vn/cell for {name}."
    >>> [text[start:end] for start, end in protected(text)]
    ['https://a.vn/cell', '{name}']
    """
    spans = [found.span() for found in _ALWAYS.finditer(text)]
    if markdown:
        spans += [found.span() for found in _MARKDOWN.finditer(text) if found.end() > found.start()]
    return joined(spans)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that overlap made one.

    >>> joined([(6, 9), (0, 4), (3, 5)])
    [(0, 5), (6, 9)]
    """
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``start:end`` meets one of the spans, which are in order and do not overlap.

    >>> touches([(0, 4), (6, 9)], 4, 6), touches([(0, 4), (6, 9)], 5, 7)
    (False, True)
    """
    before = bisect_left(spans, (end, -1)) - 1
    return before >= 0 and spans[before][1] > start
