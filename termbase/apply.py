"""Terms for machine translation: annotated sources, constraints, prompts.

Nothing here translates. The functions take a source text and give what an NMT or LLM system accepts;
what it gives back goes through ``check`` and ``fix``. Formats: Sockeye JSON (awslabs/sockeye, ``text``,
``constraints``, ``avoid``), fairseq's tab-separated constraints, CTranslate2's suppress list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from termbase.errors import UsageError
from termbase.model import TermMatch
from termbase.text.tokens import tokenize

if TYPE_CHECKING:
    from termbase.termbase import Termbase

AnnotateStyle = Literal["tags", "factors", "append", "mask"]
ConstraintStyle = Literal["lists", "sockeye", "fairseq", "suppress"]
_OTHER = {"vi": "en", "en": "vi"}
_OPEN, _CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated source. ``factors`` is filled for that style: a number a token, 0 outside terms, 1 for a
    source term, 2 for its rendering. ``terms`` are the renderings, in order; with ``mask`` the number in a
    placeholder is an index into them.
    """

    text: str
    factors: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()


def _renderings(terms: Termbase, source: str, lang: str) -> list[tuple[TermMatch, str]]:
    """Return the terms of a source that have a preferred rendering and only one meaning."""
    if lang not in _OTHER:
        raise UsageError(f"there is no language {lang!r}; known: vi, en")
    found = []
    for match in terms.recognize(source, lang):
        best = match.concept.preferred(_OTHER[lang])
        if best is not None and len(match.concepts) == 1:
            found.append((match, best.text))
    return found


def annotate(terms: Termbase, source: str, style: AnnotateStyle = "tags", *, lang: str = "vi") -> Annotated:
    """Return ``source`` with the preferred renderings of its terms written into it.

    ``tags``: ``<term translation="…">…</term>``, the text escaped. ``factors``: source tokens with each term
    followed by its rendering, and a factor a token (Dinu et al. 2019, ACL P19-1294). ``append``: the source
    and then the pairs, ``source ¦ term = rendering ¦ …``. ``mask``: each term replaced by ⟦0⟧, ⟦1⟧ …, to be
    taken back by :func:`unmask`. Terms with several meanings are left alone.

    >>> from termbase.model import Concept, Term
    >>> from termbase.termbase import Termbase
    >>> cell = Concept(id="c", terms=(Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en")))
    >>> terms = Termbase.from_concepts([cell])
    >>> annotate(terms, "Các chi bộ họp.").text
    'Các <term translation="Party cell">chi bộ</term> họp.'
    >>> annotate(terms, "Chi bộ họp.", "factors")
    Annotated(text='Chi bộ Party cell họp .', factors=(1, 1, 2, 2, 0, 0), terms=('Party cell',))
    >>> annotate(terms, "Các chi bộ họp.", "mask").text
    'Các ⟦0⟧ họp.'
    """
    found = _renderings(terms, source, lang)
    new = tuple(text for _, text in found)
    if style == "tags":
        return Annotated(_tagged(source, found), (), new)
    if style == "factors":
        return _factored(source, found, lang)
    if style == "append":
        pairs = dict.fromkeys(f"{match.text} = {text}" for match, text in found)
        return Annotated(" ¦ ".join([source, *pairs]), (), new)
    if style == "mask":
        return Annotated(_replaced(source, [(m, f"{_OPEN}{i}{_CLOSE}") for i, (m, _) in enumerate(found)]), (), new)
    raise UsageError(f"there is no style {style!r}; known: tags, factors, append, mask")


def _replaced(source: str, found: Iterable[tuple[TermMatch, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for match, text in found:
        pieces += (source[at : match.start], text)
        at = match.end
    return "".join((*pieces, source[at:]))


def _tagged(source: str, found: Iterable[tuple[TermMatch, str]]) -> str:
    from html import escape

    pieces: list[str] = []
    at = 0
    for match, text in found:
        inner = escape(match.text, quote=False)
        pieces += (escape(source[at : match.start], quote=False), f'<term translation="{escape(text)}">{inner}</term>')
        at = match.end
    return "".join((*pieces, escape(source[at:], quote=False)))


def _factored(source: str, found: list[tuple[TermMatch, str]], lang: str) -> Annotated:
    words: list[str] = []
    factors: list[int] = []

    def add(text: str, factor: int, language: str) -> None:
        tokens = [token.text for token in tokenize(text, language)]
        words.extend(tokens)
        factors.extend([factor] * len(tokens))

    at = 0
    for match, text in found:
        add(source[at : match.start], 0, lang)
        add(match.text, 1, lang)
        add(text, 2, _OTHER[lang])
        at = match.end
    add(source[at:], 0, lang)
    return Annotated(" ".join(words), tuple(factors), tuple(text for _, text in found))


def unmask(text: str, annotated: Annotated) -> tuple[str, tuple[str, ...]]:
    """Return a translation with its placeholders replaced, and the renderings whose placeholder was lost.

    A placeholder that stands twice is replaced twice; one that was never given stays as it is.

    >>> unmask("The ⟦0⟧ met ⟦7⟧.", Annotated("", (), ("Party cell", "army")))
    ('The Party cell met ⟦7⟧.', ('army',))
    """
    lost = []
    for number, term in enumerate(annotated.terms):
        mark = f"{_OPEN}{number}{_CLOSE}"
        if mark not in text:
            lost.append(term)
        text = text.replace(mark, term)
    return text, tuple(lost)


def constraints(
    terms: Termbase, source: str, style: ConstraintStyle = "lists", *, lang: str = "vi"
) -> list[list[str]] | list[str] | Mapping[str, object] | str:
    """Return what a decoder is to use or to avoid for ``source``.

    ``lists``: for each term its accepted renderings, any of which will do, preferred first. ``sockeye``: an
    object with ``text``, ``constraints`` (preferred) and ``avoid`` (rejected). ``fairseq``: the source and the
    preferred renderings between tabs. ``suppress``: the rejected renderings, for a suppress list.

    >>> from termbase.model import AdministrativeStatus, Concept, Term
    >>> from termbase.termbase import Termbase
    >>> wrong = Term(text="cell branch", lang="en", status=AdministrativeStatus.DEPRECATED)
    >>> cell = Concept(id="c", terms=(Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en"), wrong))
    >>> terms = Termbase.from_concepts([cell])
    >>> constraints(terms, "Các chi bộ.")
    [['Party cell']]
    >>> constraints(terms, "Các chi bộ.", "sockeye")
    {'text': 'Các chi bộ.', 'constraints': ['Party cell'], 'avoid': ['cell branch']}
    """
    concepts = list(dict.fromkeys(match.concept for match, _ in _renderings(terms, source, lang)))
    other = _OTHER[lang]
    if style == "lists":
        return [[term.text for term in concept.accepted(other)] for concept in concepts]
    preferred = [concept.accepted(other)[0].text for concept in concepts]
    rejected = list(dict.fromkeys(term.text for concept in concepts for term in concept.rejected(other)))
    if style == "sockeye":
        row: dict[str, object] = {"text": source}
        return row | ({"constraints": preferred} if preferred else {}) | ({"avoid": rejected} if rejected else {})
    if style == "fairseq":
        return "\t".join([" ".join(source.split()), *preferred])
    if style == "suppress":
        return rejected
    raise UsageError(f"there is no style {style!r}; known: lists, sockeye, fairseq, suppress")


_WORDING = {
    "en": ("Use these terms:", "also allowed", "never"),
    "vi": ("Dùng các thuật ngữ sau:", "cũng được", "không dùng"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptOptions:
    """How to write a prompt: at most so many terms and characters, the wording's language."""

    max_terms: int = 40
    max_characters: int = 4000
    wording: Literal["en", "vi"] = "en"


def prompt(terms: Termbase, source: str, *, lang: str = "vi", options: PromptOptions | None = None) -> str:
    """Return the terms of ``source`` as instructions for a language model; ``""`` when it has none.

    Only the terms that occur, each once, in the order of the text, with what is preferred, also allowed and
    never to be used. A term that would go beyond the size asked for is left out, and so are all after it.

    >>> from termbase.model import AdministrativeStatus, Concept, Term
    >>> from termbase.termbase import Termbase
    >>> wrong = Term(text="cell branch", lang="en", status=AdministrativeStatus.DEPRECATED)
    >>> cell = Concept(id="c", terms=(Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en"), wrong))
    >>> print(prompt(Termbase.from_concepts([cell]), "Các chi bộ và chi bộ."))
    Use these terms:
    - chi bộ: Party cell; never: cell branch
    """
    options = options or PromptOptions()
    lead, allowed, never = _WORDING[options.wording]
    lines = [lead]
    size = len(lead)
    seen: set[str] = set()
    for match, _ in _renderings(terms, source, lang):
        if match.concept.id in seen:
            continue
        seen.add(match.concept.id)
        line = _prompt_line(match, allowed, never, _OTHER[lang])
        size += len(line) + 1
        if len(lines) > options.max_terms or size > options.max_characters:
            break
        lines.append(line)
    return "\n".join(lines) if len(lines) > 1 else ""


def _prompt_line(match: TermMatch, allowed: str, never: str, lang: str) -> str:
    concept = match.concept
    best, *others = [term.text for term in concept.accepted(lang)]
    rejected = [term.text for term in concept.rejected(lang)]
    parts = [f"- {match.text}: {best}"]
    parts += [f"{allowed}: {', '.join(others)}"] if others else []
    parts += [f"{never}: {', '.join(rejected)}"] if rejected else []
    return "; ".join(parts)


def annotate_many(
    terms: Termbase, sources: Iterable[str], style: AnnotateStyle = "tags", *, lang: str = "vi"
) -> Iterator[Annotated]:
    """Yield each source annotated, in order; a source is read when its answer is asked for."""
    return (annotate(terms, source, style, lang=lang) for source in sources)
