"""The word list of the aligner: Vietnamese words and their usual English renderings.

The shipped list ``tm/data/lexicon.tsv`` was written for the project: a line is ``vi<TAB>en; en``, the
frequent words of news-like text first. Vietnamese words are of one or more syllables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from termbase.errors import FormatError, Problem
from termbase.text.keys import match_key
from termbase.text.normalize import normalize
from tm.align.stems import stem

LONGEST = 4
"""Words of a unit at most; longer entries are termbase matter."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Pairs of units: ``links[vi]`` are the stemmed English units that may render ``vi``.

    ``vi_units`` and ``en_units`` are those of more than one word, to be found in running text;
    ``longest`` tells for the first word of such a unit, in either language, how many words it has at most.
    ``renderings`` are all English units.
    """

    links: dict[str, tuple[str, ...]]
    vi_units: frozenset[str]
    en_units: frozenset[str]
    longest: tuple[dict[str, int], dict[str, int]]
    renderings: frozenset[str]

    def __len__(self) -> int:
        return len(self.links)


def make_lexicon(entries: Iterable[tuple[str, Iterable[str]]]) -> Lexicon:
    """Return the lexicon of these entries: a Vietnamese word and its English renderings.

    >>> lexicon = make_lexicon([("quân đội", ["army", "armed forces"])])
    >>> lexicon.links, sorted(lexicon.en_units)
    ({'quân đội': ('army', 'arm forc')}, ['arm forc'])
    """
    links: dict[str, dict[str, None]] = {}
    for vi, renderings in entries:
        found = links.setdefault(match_key(normalize(vi)), {})
        for rendering in renderings:
            found[" ".join(stem(word) for word in match_key(rendering).split())] = None
    vi_units = frozenset(vi for vi in links if " " in vi)
    en_units = frozenset(en for found in links.values() for en in found if " " in en)
    return Lexicon(
        links={vi: tuple(found) for vi, found in links.items()},
        vi_units=vi_units,
        en_units=en_units,
        longest=(_longest(vi_units), _longest(en_units)),
        renderings=frozenset(en for found in links.values() for en in found),
    )


def _longest(units: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit in units:
        words = unit.split()
        found[words[0]] = max(found.get(words[0], 0), min(len(words), LONGEST))
    return found


def parse_lexicon(lines: Iterable[str], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the entries of a word list; raises :class:`~termbase.errors.FormatError` for a line without tab.

    >>> list(parse_lexicon(["# news", "năm\\tyear; five"]))
    [('năm', ['year', 'five'])]
    """
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        vi, tab, en = text.partition("\t")
        if not tab:
            message = "no tab between the Vietnamese word and its renderings"
            raise FormatError([Problem(path=path, line=number, message=message)])
        yield vi.strip(), [part.strip() for part in en.split(";") if part.strip()]


@lru_cache(maxsize=8)
def shipped_lexicon(size: int | None = None) -> Lexicon:
    """Return the shipped word list, or its first ``size`` entries.

    >>> "year" in shipped_lexicon().links["năm"]
    True
    """
    text = (files("tm") / "data" / "lexicon.tsv").read_text(encoding="utf-8")
    return make_lexicon(list(parse_lexicon(text.splitlines(), "lexicon.tsv"))[:size])
