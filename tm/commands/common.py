"""What the commands of the memory share: opening it, its terms on use, and its filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termbase.commands.common import State, load_terms
from termbase.errors import UsageError
from tm.options import UnitFilter

if TYPE_CHECKING:
    from termbase.model import Concept, Finding, TermMatch
    from tm.commands.near_terms import NearTerms
    from tm.store import TranslationMemory

_Command = TypeVar("_Command", bound=Callable[..., Any])

LANGUAGE = click.Choice(["vi", "en"])


class LazyTerms:
    """The terms that the root options choose, loaded when a match is to be judged by them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._terms: Any = None

    def recognize(self, text: str, lang: str) -> Sequence[TermMatch]:
        """Return the terms of ``text``."""
        found: Sequence[TermMatch] = self._loaded().recognize(text, lang)
        return found

    def conflicts(self, source: str, target: str, lang: str) -> Sequence[Finding]:
        """Return the terms of a source in ``lang`` that the target breaks."""
        found: Sequence[Finding] = self._loaded().conflicts(source, target, lang)
        return found

    def _loaded(self) -> Any:
        if self._terms is None:
            self._terms = _near(self._state) or load_terms(self._state)
        return self._terms


def _near(state: State) -> NearTerms | None:
    """Return the shipped and the user's own terms ready for a few texts, ``None`` where glossaries are named."""
    if state.glossaries:
        return None
    from termbase.bundled import fingerprint, overlay
    from termbase.termbase import Termbase
    from tm.commands.near_terms import NearTerms, cached_first_words

    shipped = Termbase.bundled(profile=state.profile)
    words = cached_first_words(shipped.concepts, identity=f"{fingerprint()} {state.profile or ''}")
    own = _own_concepts(state)
    terms = Termbase.from_concepts(overlay(shipped.stored, own), profile=state.profile) if own else shipped
    return NearTerms(terms, words, always=[concept.id for concept in own])


def _own_concepts(state: State) -> tuple[Concept, ...]:
    from termbase.index_own import content_state

    if not state.database_exists or ("://" not in state.database and content_state(Path(state.database)) == "empty"):
        return ()
    from termbase.store import TermStore

    with TermStore.open(state.database) as store:
        return store.concepts()


def open_memory(state: State, *, terms: bool = False, reading: bool = False) -> TranslationMemory:
    """Open the memory of the root options.

    For ``reading``, a database file that does not exist is an empty memory and is not created.
    """
    from tm.store import TranslationMemory

    source = LazyTerms(state) if terms else None
    if reading and not state.database_exists:
        click.echo(f"songngu: the memory is empty: there is no {state.database} yet", err=True)
        return TranslationMemory.open(":memory:", terms=source)
    if not state.db:
        Path(state.database).parent.mkdir(parents=True, exist_ok=True)
    return TranslationMemory.open(state.database, terms=source)


def filter_options(command: _Command) -> _Command:
    """Add the options that choose units; the command receives a filter as ``wanted``."""
    import functools

    @functools.wraps(command)
    def with_filter(*arguments: Any, **options: Any) -> Any:
        names = ("memories", "documents", "authors", "origins")
        chosen: dict[str, Any] = {name: options.pop(name) for name in names}
        chosen |= {name: options.pop(name) or "" for name in ("since", "until", "contains")}
        for name in ("since", "until"):
            _check_date(name, chosen[name])
        return command(*arguments, wanted=UnitFilter(**chosen), **options)

    several = (("memory", "memories"), ("document", "documents"), ("author", "authors"), ("origin", "origins"))
    decorated: Any = with_filter
    decorated = click.option("--contains", metavar="TEXT", help="Units with this text, to the letter.")(decorated)
    decorated = click.option("--until", metavar="DATE", help="Changed on this day or before (2026-11-21).")(decorated)
    decorated = click.option("--since", metavar="DATE", help="Changed on this day or later.")(decorated)
    for name, field in reversed(several):
        text = f"Units of this {name}; may be given more than once."
        decorated = click.option(f"--{name}", field, metavar="NAME", multiple=True, help=text)(decorated)
    result: _Command = decorated
    return result


def _check_date(name: str, text: str) -> None:
    """Refuse what is no date: a year, month or day, or a moment as the memory stores it."""
    from datetime import datetime

    if not text:
        return
    shapes = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 19: "%Y-%m-%dT%H:%M:%S", 20: "%Y-%m-%dT%H:%M:%SZ"}
    try:
        datetime.strptime(text, shapes[len(text)])
    except (KeyError, ValueError):
        raise UsageError(f"--{name} {text}: not a date such as 2026-11-21") from None


def detect(text: str) -> str:
    """Return the language of a text: English when it is surely English, Vietnamese otherwise."""
    from termbase.text.language import detect_language

    return "en" if detect_language(text)[0] == "en" else "vi"


def bracketed(text: str, start: int, end: int) -> str:
    """Return a text on one line with a span of it in brackets, where there is one.

    >>> bracketed("hold the\\npost", 0, 4)
    '[hold] the post'
    """
    marked = f"{text[:start]}[{text[start:end]}]{text[end:]}" if start < end else text
    return " ".join(marked.split())
