"""``songngu glossary add``, ``edit``, ``remove`` and ``undo``: the user's own terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termbase.commands.common import State, emit, output_options, pass_state, visible
from termbase.errors import InputError, Problem, UsageError
from termbase.json import concept_to_json
from termbase.model import AdministrativeStatus, Concept, PartOfSpeech, Term, TermType

if TYPE_CHECKING:
    from termbase.store import TermStore

_F = TypeVar("_F", bound=Callable[..., Any])
_BATCH_COLUMNS = {
    "batch": lambda row: row["batch"],
    "made at": lambda row: row["made_at"],
    "action": lambda row: row["action"],
    "title": lambda row: row["title"],
    "concepts": lambda row: len(row["concepts"]),
}
_GUESS_COLUMNS = {
    "guess": lambda row: row["guess"],
    "renderings": lambda row: " ~ ".join(row["renderings"]),
    "why": lambda row: row["reason"],
    "concept": lambda row: row["concept_id"],
}


def _term_options(command: _F) -> _F:
    parts = click.Choice([str(part) for part in PartOfSpeech])
    for option in (
        click.option("--source", metavar="TEXT", default="", help="Where the terms are printed."),
        click.option("--pos", type=parts, help="Part of speech of the terms."),
        click.option("--reason", metavar="TEXT", default="", help="Why the rejected terms are rejected."),
        click.option("--forbidden", metavar="TERM", multiple=True, help="English term that must not be used."),
        click.option("--deprecated", metavar="TERM", multiple=True, help="English term that should not be used."),
        click.option("--en-abbr", metavar="TERM", multiple=True, help="English abbreviation."),
        click.option("--vi-abbr", metavar="TERM", multiple=True, help="Vietnamese abbreviation."),
        click.option("--en", metavar="TERM", multiple=True, help="English term."),
        click.option("--vi", metavar="TERM", multiple=True, help="Vietnamese term."),
    ):
        command = option(command)
    return command


def _concept_options(command: _F) -> _F:
    for option in (
        click.option("--note", metavar="TEXT", help="Note on the concept."),
        click.option("--definition-en", metavar="TEXT", help="Definition in English."),
        click.option("--definition-vi", metavar="TEXT", help="Definition in Vietnamese."),
        click.option("--field", metavar="ID", help="Subject field."),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--id", "identifier", metavar="ID", help="Id of the concept; made from the Vietnamese term without it.")
@click.option("--from-report", "report", metavar="FILE", help="Take guesses of FILE, written by 'report --json'.")
@click.option(
    "--guess", "number", type=int, metavar="N", help="Confirm this guess of the report; without it list them."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added; store nothing.")
@_concept_options
@_term_options
@output_options
@pass_state
def add(
    state: State,
    /,
    *,
    identifier: str | None,
    report: str | None,
    number: int | None,
    dry_run: bool,
    fmt: str,
    **given: Any,
) -> None:
    """Add a concept to your own terms.

    The first --vi and the first --en become the preferred terms, further ones admitted. With
    --from-report the guesses of a report are listed with their numbers; --guess N confirms one: its
    phrases become terms of a new concept, whose Vietnamese term you give, or of the known concept that
    the report names. A phrase that you name with --en is the preferred one, with --deprecated or
    --forbidden a rejected one; the others are admitted.

    \b
    Examples:
      $ songngu glossary add --vi "nhà đồng đội" --en "comrades' house" --field conscription
      $ songngu glossary add --vi "giao ban" --en briefing --deprecated "hand over meeting" --reason calque --json
      $ printf 'A coastal beacon keeper came.\\n' > one.txt
      $ printf 'The Coast Lamp Keeper came.\\n' > two.txt
      $ songngu report one.txt two.txt --json > report.json
      $ songngu glossary add --from-report report.json
      $ songngu glossary add --from-report report.json --guess 1 --vi "người gác đèn biển"
    """
    if number is not None and report is None:
        raise UsageError("--guess goes with --from-report")
    if report is not None and number is None:
        _list_guesses(report, fmt)
        return
    terms = _new_terms(given, preferred={"vi", "en"})
    with _store(state) as store:
        known = None
        if report is not None and number is not None:
            terms, known = _guessed(store, report, number, terms)
        concept = known or _new_concept(store, terms, identifier)
        concept = _with_fields(_with_terms(concept, terms) if known else concept, given)
        _refuse_faults(concept)
        if not dry_run:
            store.put([concept], "add", concept.id)
    _shown(concept, fmt, "would be added" if dry_run else "added")


def _new_concept(store: TermStore, terms: tuple[Term, ...], identifier: str | None) -> Concept:
    from termbase.formats.ids import concept_id

    if not any(term.lang == "vi" for term in terms) or not any(term.lang == "en" for term in terms):
        raise UsageError("a concept needs at least one --vi and one --en term")
    concept = Concept(id=identifier or concept_id(terms), terms=terms, glossary="own")
    if store.get(concept.id) is not None:
        raise UsageError(f"there is a concept {concept.id!r} already; use: songngu glossary edit {concept.id}")
    return concept


def _guessed(
    store: TermStore, path: str, number: int, terms: tuple[Term, ...]
) -> tuple[tuple[Term, ...], Concept | None]:
    """Return the terms with those of a guess, and the known concept that they join, if any."""
    from termbase.commands.glossary_guess import chosen, read_guesses, with_guessed

    guess = chosen(read_guesses(path), number, path)
    known = (store.get(guess.concept_id) or _shipped(guess.concept_id)) if guess.concept_id else None
    return with_guessed(terms, guess), known


def _list_guesses(path: str, fmt: str) -> None:
    from termbase.commands.glossary_guess import read_guesses

    rows = [
        {"guess": number, "renderings": list(guess.renderings), "reason": guess.reason, "concept_id": guess.concept_id}
        for number, guess in enumerate(read_guesses(path), 1)
    ]
    emit(rows, fmt, _GUESS_COLUMNS)


@click.command()
@click.argument("identifier", metavar="ID")
@_concept_options
@_term_options
@click.option("--prefer", metavar="TERM", multiple=True, help="Make this term of the concept the preferred one.")
@click.option("--drop", metavar="TERM", multiple=True, help="Take this term away.")
@output_options
@pass_state
def edit(
    state: State, /, identifier: str, prefer: tuple[str, ...], drop: tuple[str, ...], fmt: str, **given: Any
) -> None:
    """Change one of your own concepts, or your own copy of a shipped one.

    Terms given are added as admitted ones (a term that is there gets the status given).

    \b
    Examples:
      $ songngu glossary add --id giao-ban --vi "giao ban" --en briefing
      $ songngu glossary edit giao-ban --en "briefing meeting" --prefer "briefing meeting"
    """
    with _store(state) as store:
        concept = store.get(identifier) or _shipped(identifier)
        concept = _with_fields(_with_terms(concept, _new_terms(given, preferred=set())), given)
        for text in drop:
            concept = _dropped(concept, text)
        for text in prefer:
            concept = _promoted(concept, text)
        _refuse_faults(concept)
        changed = store.put([concept], "edit", identifier)
    _shown(concept, fmt, "changed" if changed else "unchanged")


def _shipped(identifier: str) -> Concept:
    from termbase.bundled import load_bundled

    for concept in load_bundled():
        if concept.id == identifier:
            return concept
    raise UsageError(f"there is no concept {identifier!r}")


def _new_terms(given: dict[str, Any], *, preferred: set[str]) -> tuple[Term, ...]:
    from termbase.text.normalize import normalize_term

    part = PartOfSpeech(given["pos"]) if given["pos"] else None
    reason, source = given["reason"], given["source"]
    rejected = (*given["deprecated"], *given["forbidden"])
    if bool(rejected) != bool(reason):
        raise UsageError("--reason goes with --deprecated or --forbidden, and they with it")
    kinds = (
        ("vi", "vi", AdministrativeStatus.ADMITTED, TermType.FULL_FORM),
        ("vi_abbr", "vi", AdministrativeStatus.ADMITTED, TermType.ABBREVIATION),
        ("en", "en", AdministrativeStatus.ADMITTED, TermType.FULL_FORM),
        ("en_abbr", "en", AdministrativeStatus.ADMITTED, TermType.ABBREVIATION),
        ("deprecated", "en", AdministrativeStatus.DEPRECATED, TermType.VARIANT),
        ("forbidden", "en", AdministrativeStatus.FORBIDDEN, TermType.VARIANT),
    )
    terms: list[Term] = []
    for name, lang, status, kind in kinds:
        for index, text in enumerate(given[name]):
            best = name in preferred and index == 0
            terms.append(
                Term(
                    text=normalize_term(text),
                    lang=lang,
                    status=AdministrativeStatus.PREFERRED if best else status,
                    type=kind,
                    part_of_speech=part,
                    note=reason if status.rejected else "",
                    source=source,
                )
            )
    if any(not term.text for term in terms):
        raise UsageError("a term must not be empty")
    return tuple(terms)


def _with_fields(concept: Concept, given: dict[str, Any]) -> Concept:
    names = {"subject_field": "field", "note": "note"}
    names |= {name: name for name in ("definition_vi", "definition_en")}
    changes: dict[str, Any] = {name: given[option] for name, option in names.items() if given[option] is not None}
    return replace(concept, **changes)


def _with_terms(concept: Concept, added: Iterable[Term]) -> Concept:
    terms = list(concept.terms)
    for term in added:
        found = _position(concept, term.text, term.lang)
        if found is None:
            terms.append(term)
        else:
            old = terms[found]
            terms[found] = replace(
                old,
                status=term.status if term.status.rejected or old.status.rejected else old.status,
                note=term.note or old.note,
                source=term.source or old.source,
                part_of_speech=term.part_of_speech or old.part_of_speech,
            )
    return replace(concept, terms=tuple(terms))


def _position(concept: Concept, text: str, lang: str = "") -> int | None:
    from termbase.text.keys import exact_key

    for index, term in enumerate(concept.terms):
        if exact_key(term.text) == exact_key(text) and lang in ("", term.lang):
            return index
    return None


def _known(concept: Concept, text: str) -> int:
    found = _position(concept, text)
    if found is None:
        raise UsageError(f"{concept.id} has no term {text!r}")
    return found


def _dropped(concept: Concept, text: str) -> Concept:
    gone = _known(concept, text)
    return replace(concept, terms=tuple(term for index, term in enumerate(concept.terms) if index != gone))


def _promoted(concept: Concept, text: str) -> Concept:
    best = _known(concept, text)
    chosen = concept.terms[best]
    terms = []
    for index, term in enumerate(concept.terms):
        if index == best:
            term = replace(term, status=AdministrativeStatus.PREFERRED)
        elif (
            term.lang == chosen.lang
            and term.profiles == chosen.profiles
            and term.status is AdministrativeStatus.PREFERRED
        ):
            term = replace(term, status=AdministrativeStatus.ADMITTED)
        terms.append(term)
    return replace(concept, terms=tuple(terms))


def _refuse_faults(concept: Concept) -> None:
    """Refuse what would make the concept useless; style is left to ``glossary validate``."""
    problems = [
        Problem(message=f"no preferred {name} term is left; use --prefer", entry=concept.id)
        for lang, name in (("vi", "Vietnamese"), ("en", "English"))
        if concept.preferred(lang) is None
    ]
    if problems:
        raise InputError(problems)


def _store(state: State) -> TermStore:
    from termbase.store import TermStore

    return TermStore.open(state.database)


def _shown(concept: Concept, fmt: str, what: str) -> None:
    if fmt == "table":
        click.echo(visible(f"{what}: {concept.gloss('vi')} = {concept.gloss('en')}  ({concept.id})"))
    else:
        columns = {"id": lambda row: row["id"], "result": lambda _: what}
        emit([concept_to_json(concept)], fmt, columns)


@click.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@pass_state
def remove(state: State, ids: tuple[str, ...]) -> None:
    """Remove concepts from your own terms; shipped ones cannot be removed.

    \b
    Examples:
      $ songngu glossary add --id giao-ban --vi "giao ban" --en briefing
      $ songngu glossary remove giao-ban
    """
    with _store(state) as store:
        batch = store.remove(ids, ", ".join(ids))
    click.echo(f"{len(set(ids))} removed; songngu glossary undo {batch} brings them back", err=True)


@click.command()
@click.argument("batch", metavar="[BATCH]", type=int, required=False)
@click.option("--list", "listing", is_flag=True, help="List what can be undone, newest first; undo nothing.")
@output_options
@pass_state
def undo(state: State, batch: int | None, listing: bool, fmt: str) -> None:
    """Take back an import, addition, edit or removal exactly: the newest, or the BATCH named.

    \b
    Examples:
      $ songngu glossary add --vi "giao ban" --en briefing
      $ songngu glossary undo --list
      $ songngu glossary undo
    """
    with _store(state) as store:
        batches = store.history() if listing else (store.undo(batch),)
    rows = [
        {"batch": b.id, "made_at": b.made_at, "action": b.action, "title": b.title, "concepts": list(b.concepts)}
        for b in batches
    ]
    emit(rows, fmt, _BATCH_COLUMNS)
