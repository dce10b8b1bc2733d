"""``songngu glossary``: the group, and the commands that read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.bundled import overlay
from termbase.commands import glossary_edit, glossary_exchange
from termbase.commands.common import (
    State,
    emit,
    emit_object,
    load_concepts,
    load_terms,
    output_options,
    pass_state,
    table,
    visible,
    warn,
)
from termbase.commands.lookup_card import card, preferred
from termbase.json import concept_to_json
from termbase.termbase import Termbase

if TYPE_CHECKING:
    from termbase.diff import ConceptChange
    from termbase.errors import Problem
    from termbase.model import Concept

_LIST_COLUMNS = {
    "id": lambda row: row["id"],
    "Vietnamese": lambda row: preferred(row, "vi"),
    "English": lambda row: preferred(row, "en"),
    "subject field": lambda row: row["subject_field"],
    "glossary": lambda row: row["glossary"],
}
_PROBLEM_COLUMNS = {
    name: (lambda row, name=name: row[name]) for name in ("path", "line", "column", "entry", "field", "message")
}
_DIFF_COLUMNS = {"kind": lambda row: row["kind"], "id": lambda row: row["id"]}


@click.group()
def glossary() -> None:
    """Keep, validate, import and export terms.

    \b
    Examples:
      $ songngu glossary stats
      $ songngu glossary export terms.csv --to csv
    """


@glossary.command("list")
@click.option("--field", "fields", metavar="ID", multiple=True, help="Only this subject field; may be given again.")
@click.option("--containing", metavar="TEXT", help="Only concepts with a term containing TEXT, marks aside.")
@click.option("--own", is_flag=True, help="Only your own terms.")
@click.option("-n", "limit", metavar="N", type=click.IntRange(min=1), help="At most N concepts.")
@output_options
@pass_state
def list_(
    state: State, /, *, fields: tuple[str, ...], containing: str | None, own: bool, limit: int | None, fmt: str
) -> None:
    """List concepts with their preferred terms.

    \b
    Examples:
      $ songngu glossary list --field rank -n 5
      $ songngu glossary list --containing "sẵn sàng" --json
    """
    concepts: Iterable[Concept] = own_concepts(state) if own else load_terms(state)
    chosen = [c for c in concepts if (not fields or c.subject_field in fields) and _contains(c, containing)]
    emit([concept_to_json(concept) for concept in chosen[:limit]], fmt, _LIST_COLUMNS)
    if not chosen:
        sys.exit(1)


def _contains(concept: Concept, wanted: str | None) -> bool:
    if not wanted:
        return True
    from termbase.text.keys import folded_key

    return any(folded_key(wanted) in folded_key(term.text) for term in concept.terms)


def own_concepts(state: State) -> tuple[Concept, ...]:
    """Return the user's own terms; none when there is no database yet."""
    if not state.database_exists:
        return ()
    from termbase.store import TermStore

    with TermStore.open(state.database) as store:
        return store.concepts()


@glossary.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@output_options
@pass_state
def show(state: State, ids: tuple[str, ...], fmt: str) -> None:
    """Show whole concepts by their ids.

    \b
    Examples:
      $ songngu glossary show san-sang-chien-dau
      $ songngu glossary show san-sang-chien-dau --json
    """
    terms = load_terms(state)
    if not state.glossaries:
        # The user's own version of a shipped concept stands in its place.
        own = own_concepts(state)
        terms = Termbase.from_concepts(overlay(terms.stored, own), state.profile) if own else terms
    found = [concept for identifier in ids if (concept := terms.get(identifier)) is not None]
    emit([concept_to_json(concept) for concept in found], fmt, _LIST_COLUMNS, render=_card)
    missing = [identifier for identifier in ids if terms.get(identifier) is None]
    for identifier in missing:
        click.echo(visible(f"songngu: there is no concept {identifier!r}"), err=True)
    if missing:
        sys.exit(1)


def _card(concept: Mapping[str, Any]) -> str:
    best = next((term for term in concept["terms"] if term["text"] == preferred(concept, term["lang"])), None)
    if best is None:
        return str(concept["id"])
    match = {"kind": "exact", "score": 100, "term": best, "concept": concept}
    links = [f"  {link['type'].capitalize():<14} {link['target']}" for link in concept["relations"]]
    return "\n".join([f"{concept['id']}", card({"matches": [match]}).rstrip(), *links, ""])


@glossary.command()
@click.argument("files", metavar="[FILE…]", nargs=-1)
@click.option("--house", is_flag=True, help="Hold FILEs to the rules of the shipped glossaries.")
@output_options
@pass_state
def validate(state: State, files: tuple[str, ...], house: bool, fmt: str) -> None:
    """Find the faults of glossary files, by file, line and column.

    Without FILE the shipped glossaries and your own terms are examined. The exit code is 1 when there
    is a finding.

    \b
    Examples:
      $ songngu glossary validate
      $ printf 'concept_id,lang,term\\nc1,vi,Ðảng\\n' > own.csv; songngu glossary validate own.csv
    """
    problems = _validate_files(files, house=house) if files else _validate_default(state)
    emit([_problem(problem) for problem in problems], fmt, _PROBLEM_COLUMNS, render=_problem_line)
    if problems:
        sys.exit(1)
    if fmt == "table":
        click.echo("no findings", err=True)


def _validate_files(files: Sequence[str], *, house: bool) -> list[Problem]:
    from termbase.bundled import load_bundled
    from termbase.validate import Rulebook, shipped_rules, validate_files

    known = frozenset(concept.id for concept in load_bundled())
    return validate_files(files, shipped_rules() if house else Rulebook(known_ids=known))


def _validate_default(state: State) -> list[Problem]:
    from termbase.bundled import bundled_files, load_bundled
    from termbase.formats.base import ReadResult
    from termbase.validate import Rulebook, shipped_rules, validate, validate_files

    problems = validate_files(bundled_files(), shipped_rules())
    if own := own_concepts(state):
        known = frozenset(concept.id for concept in load_bundled())
        problems += validate([(state.database, ReadResult(own))], Rulebook(known_ids=known))
    return problems


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "entry": problem.entry,
        "field": problem.field,
        "message": problem.message,
    }


def _problem_line(row: Mapping[str, Any]) -> str:
    place = ":".join(str(row[name]) for name in ("path", "line", "column") if row[name] not in ("", None))
    entry = f"{row['entry']}: " if row["entry"] else ""
    return f"{place}: {entry}{row['message']}"


@glossary.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@output_options
def diff(before: str, after: str, fmt: str) -> None:
    """Tell what differs between two glossaries, concept by concept.

    The exit code is 1 when they differ.

    \b
    Examples:
      $ printf 'concept_id,lang,term\\nc1,vi,Đảng\\n' > a.csv; printf 'concept_id,lang,term\\nc1,vi,Đoàn\\n' > b.csv
      $ songngu glossary diff a.csv b.csv
    """
    from termbase.diff import diff as compare
    from termbase.formats.registry import read

    old, new = read(before), read(after)
    warn((*old.problems, *new.problems))
    changes = compare(old.concepts, new.concepts)
    emit([_change(change) for change in changes], fmt, _DIFF_COLUMNS, render=lambda row: str(row["text"]))
    if changes:
        sys.exit(1)


def _change(change: ConceptChange) -> dict[str, Any]:
    changes = [{"field": c.field, "term": c.term, "before": c.before, "after": c.after} for c in change.changes]
    return {"kind": change.kind, "id": change.id, "changes": changes, "text": str(change)}


_NO_NAME = "\0"


@glossary.command()
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.option("-o", "--output", metavar="FILE", default="-", help="Write the result here; standard output without it.")
@click.option("--to", "format", metavar="FORMAT", help="Format of the result; that of OURS without it.")
def merge(base: str, ours: str, theirs: str, output: str, format: str | None) -> None:
    """Merge two versions of a glossary that come from one, for git.

    Concepts are merged one by one, field by field and term by term. Where both sides changed the same
    thing ours is kept, the conflict goes to standard error and the exit code is 1.

    \b
    Examples:
      $ printf 'concept_id,lang,term\\nc1,vi,Đảng\\n' > base.csv; cp base.csv ours.csv; cp base.csv theirs.csv
      $ printf 'c2,vi,Đoàn\\n' >> theirs.csv
      $ songngu glossary merge base.csv ours.csv theirs.csv -o merged.csv
    """
    from termbase.formats.base import ReadOptions
    from termbase.formats.registry import format_of, read
    from termbase.merge_three import merge3

    # One name for the three: which file a concept comes from is no difference, and git's are temporary.
    options = ReadOptions(glossary=_NO_NAME)
    results = [read(path, options=options) for path in (base, ours, theirs)]
    warn(problem for result in results for problem in result.problems)
    merged = merge3(*(result.concepts for result in results))
    with Path(ours).open("rb") as stream:
        name = format or format_of(ours, stream.read(65536)).name
    concepts = [replace(c, glossary="") if c.glossary == _NO_NAME else c for c in merged.concepts]
    glossary_exchange.write_out(concepts, output, name, None)
    for conflict in merged.conflicts:
        click.echo(visible(f"songngu: conflict: {conflict}"), err=True)
    if merged.conflicts:
        sys.exit(1)


@glossary.command()
@output_options
@pass_state
def stats(state: State, fmt: str) -> None:
    """Count concepts, terms, and what they carry.

    \b
    Examples:
      $ songngu glossary stats
      $ songngu glossary stats --json
    """
    counts = _stats(load_concepts(state))
    rows = [
        {"what": what, "value": value, "count": count}
        for what, values in counts.items()
        for value, count in (values.items() if isinstance(values, dict) else [("", values)])
    ]
    columns = {name: (lambda row, name=name: row[name]) for name in ("what", "value", "count")}
    cells = [[str(row[name]) for name in columns] for row in rows]
    emit_object(counts, fmt, rows, columns, render=lambda _: table(list(columns), cells))


def _stats(concepts: Sequence[Concept]) -> dict[str, Any]:
    terms = [term for concept in concepts for term in concept.terms]

    def count(values: Iterable[object]) -> dict[str, int]:
        return {str(value or "none"): number for value, number in Counter(values).most_common()}

    return {
        "concepts": len(concepts),
        "terms": len(terms),
        "definitions": sum(1 for c in concepts if c.definition_vi and c.definition_en),
        "examples": sum(1 for c in concepts if c.examples),
        "formulas": sum(1 for c in concepts if c.parts),
        "languages": count(term.lang for term in terms),
        "statuses": count(term.status for term in terms),
        "types": count(term.type for term in terms),
        "confidence": count(c.confidence for c in concepts),
        "verification": count(term.verification for term in terms),
        "subject_fields": count(c.subject_field for c in concepts),
        "glossaries": count(c.glossary for c in concepts),
    }


for _command in (
    glossary_edit.add,
    glossary_edit.edit,
    glossary_edit.remove,
    glossary_edit.undo,
    glossary_exchange.import_,
    glossary_exchange.export,
    glossary_exchange.formats,
):
    glossary.add_command(_command)
