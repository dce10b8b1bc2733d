"""Text that was read in the wrong encoding, found over a whole file and reported.

Nothing is converted here: ``ReadOptions.encoding`` (``--encoding``) does that, and only when it is given.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from termbase.errors import Problem
from termbase.formats.base import ReadOptions
from termbase.formats.sources import read_as_1258
from termbase.model import Concept

_MOST = 20
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STRETCHES, _STRETCH = 50, 4_000
# What UTF-8 looks like when it is taken for Windows-1252: a lead byte's letter, then a following byte's.
_MISREAD = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_FOREIGN = re.compile("[\u00a1-\u00ff]")
_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]")

_PROSE: Callable[[Concept], tuple[str, ...]] = attrgetter("definition_vi", "definition_en", "note", "scope")

_Line = tuple[str, int | None, str]
"""A text, its line in the file (``None``: not known) and its entry."""


def doubts(data: bytes, concepts: Iterable[Concept], options: ReadOptions) -> list[Problem]:
    """Return what in a file looks like text of another encoding, at most twenty places.

    ``data`` is the file, ``concepts`` what was read from it. Where the file is plain text its lines are
    judged as they stand, else the texts of the concepts.

    >>> concept = Concept(id="c1", terms=(), note="á»§y ban")
    >>> print(doubts(b"<xml/>", [concept], ReadOptions(path="a.tbx"))[0])
    a.tbx: “á»§y” is UTF-8 read in another encoding, it should be “ủy”; mend the file
    """
    # A file that was converted is judged by what came out.
    plain = "" if options.encoding else _plain_text(data)
    if not plain and not options.encoding and not data.startswith((b"PK\x03\x04", b"<", *_BOMS)) and read_as_1258(data):
        message = "not UTF-8; it was read as windows-1258: say --encoding where it is another one"
        return [Problem(message=message, path=options.path)]
    if plain.isascii() and plain:
        return _viqr(data, options)
    concepts = tuple(concepts)
    whole = plain or "\n".join(_all_texts(concepts))
    if not plain and not options.encoding and all(map(str.isascii, _vietnamese_texts(concepts))):
        vietnamese = "\n".join([text for text in _vietnamese_texts(concepts) if text])
        if vietnamese:
            return _viqr(vietnamese.encode(), options)
    if not _MISREAD.search(whole):
        return _legacy(whole, options)
    lines = _lines(plain) if plain else _texts(concepts)
    return _misread(lines, options) or _legacy(whole, options)


def _plain_text(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"<", codecs.BOM_UTF8 + b"<")) or 0 in data[:4096]:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _lines(text: str) -> Iterator[_Line]:
    return ((line, number, "") for number, line in enumerate(text.split("\n"), start=1))


def _texts(concepts: Iterable[Concept]) -> Iterator[_Line]:
    return ((text, None, concept.id) for concept in concepts for text in _concept_texts(concept))


def _concept_texts(concept: Concept) -> list[str]:
    texts = [text for term in concept.terms for text in (term.text, term.note)]
    return [*texts, *_PROSE(concept)]


def _all_texts(concepts: Iterable[Concept]) -> list[str]:
    """Return what :func:`_concept_texts` does, of all concepts."""
    texts: list[str] = []
    for concept in concepts:
        for term in concept.terms:
            texts.append(term.text)
            if term.note:
                texts.append(term.note)
        texts += _PROSE(concept)
    return [text for text in texts if text]


def _vietnamese_texts(concepts: Iterable[Concept]) -> Iterator[str]:
    for concept in concepts:
        yield from (term.text for term in concept.terms if term.lang == "vi")
        yield concept.definition_vi


def _misread(lines: Iterable[_Line], options: ReadOptions) -> list[Problem]:
    from termbase.text.encodings import find_mojibake

    problems: list[Problem] = []
    for text, line, entry in lines:
        if text.isascii() or not _MISREAD.search(text):
            continue
        for found in find_mojibake(text)[:1]:
            message = (
                f"“{found.text}” is UTF-8 read in another encoding, it should be “{found.repaired}”; mend the file"
            )
            problems.append(Problem(message=message, path=options.path, line=line, entry=entry))
        if len(problems) == _MOST:
            break
    return problems


def _legacy(text: str, options: ReadOptions) -> list[Problem]:
    """Judge the file as a whole: a single term in an old font proves nothing."""
    from termbase.text.encodings import find_mojibake

    # A stretch of every part of a large file is enough to tell its encoding.
    step = len(text) // _STRETCHES
    if step > _STRETCH:
        text = "\n".join([text[start : start + _STRETCH] for start in range(0, len(text), step)])
    if len(_FOREIGN.findall(text)) < 3 * len(_VIETNAMESE.findall(text)) + 12:
        return []
    found = find_mojibake(text)
    if not found:
        return []
    name = found[0].encoding
    message = (
        f"the text looks like {name} in an old font (“{found[0].text}” is “{found[0].repaired}”): "
        f"say --encoding {name} to convert it"
    )
    return [Problem(message=message, path=options.path)]


def _viqr(data: bytes, options: ReadOptions) -> list[Problem]:
    from termbase.text.encodings import detect

    if options.encoding or detect(data).encoding != "viqr":
        return []
    return [Problem(message="it looks like viqr: say --encoding viqr to convert it", path=options.path)]
