"""Source-language words that a translation has left standing: SSCĐ in English text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from termbase.checking.mentions import Mention, Mentions
from termbase.checking.occurrences import Occurrence
from termbase.model import TermMatch

CAPITALS = re.compile(r"(?<![\w-])(?:[A-ZĐÐĂÂÊÔƠƯ]{2,}|[A-ZĐÐĂÂÊÔƠƯ]+[A-Za-zĐđĂÂÊÔƠƯ]*[A-ZĐÐĂÂÊÔƠƯ])(?![\w-])")
"""A word set in capitals, which an abbreviation may be."""

_LEAST_LETTERS = 3
"""A shorter abbreviation without Vietnamese letters may be English: TS, QC."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A source-language term in the target. ``concepts`` are those that it may name."""

    match: TermMatch
    concepts: tuple[int, ...]
    mentioned: tuple[tuple[int, int], ...]
    """Where the source says it too."""
    certain: bool = True

    def answers(self, mention: Mention) -> bool:
        """Whether the mention is what was left untranslated, or holds it."""
        if not set(self.concepts).isdisjoint(mention.concepts):
            return True
        return any(mention.match.start <= start and end <= mention.match.end for start, end in self.mentioned)


def leftovers(mentions: Mentions, source: str, target: str, lang: str, found: Sequence[Occurrence]) -> list[Leftover]:
    """Return the abbreviations of the source language that stand in the target and are no term of its own."""
    if lang != "vi" or not CAPITALS.search(target):
        return []
    own = [(o.start, o.end) for o in found if any(sense.term.status.accepted for sense in o.senses)]
    result = []
    inner = None
    for mention in mentions.find(target, lang):
        match = mention.match
        if not match.term.type.abbreviated or not CAPITALS.search(match.text):
            continue
        if match.text.isascii() and len(match.text) < _LEAST_LETTERS:
            continue
        if any(start < match.end and match.start < end for start, end in own) or _is_gloss(match, target):
            continue
        if inner is None:
            inner = mentions.nested(source, lang)
        said = tuple([(m.match.start, m.match.end) for m in inner if not set(m.concepts).isdisjoint(mention.concepts)])
        if said:
            result.append(Leftover(match, mention.concepts, said, mention.certain))
    return result


def _is_gloss(match: TermMatch, target: str) -> bool:
    """Whether the abbreviation stands alone in brackets behind what it abbreviates: combat readiness (SSCĐ)."""
    return target[: match.start].rstrip().endswith("(") and target[match.end :].lstrip().startswith(")")
