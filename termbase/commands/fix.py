"""``songngu fix``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.check import finding_to_json, pair_of, read_pairs, read_rules_file
from termbase.commands.common import State, dump, jsonl_loop, load_terms, pass_state, visible

if TYPE_CHECKING:
    from termbase.checking.documents import Document
    from termbase.fix import Change
    from termbase.fix_files import FileFix
    from termbase.termbase import Termbase

BACKUP = ".before-fix"


@click.command()
@click.argument("files", metavar="SRC TGT | FILE | -", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Change the file; without it only the changes are shown.")
@click.option("--undo", is_flag=True, help=f"Put FILE back as it was before the last --write (from FILE{BACKUP}).")
@click.option("--source-lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the source (vi).")
@click.option("--rules", metavar="FILE", help="Severities: a kind that is off is not repaired.")
@click.option("--json", "fmt", flag_value="json", help="The changes as JSON.")
@click.option("--jsonl", "fmt", flag_value="jsonl", help='Repair {"id", "source", "target"} lines.')
@pass_state
def fix(
    state: State,
    /,
    *,
    files: tuple[str, ...],
    write: bool,
    undo: bool,
    source_lang: str,
    rules: str | None,
    fmt: str | None,
) -> None:
    """Repair rejected terms, safely; shows a diff first.

    Only deprecated and forbidden terms and abbreviations left untranslated are replaced, only where the
    concept is certain. FILE is a text without source (TXT, Markdown) or holds pairs (TSV, TMX, XLIFF,
    PO); SRC and TGT are two texts, paired as "check" pairs them. Nothing is written without --write;
    the exit code is 1 when something would change.

    \b
    Examples:
      $ printf 'Nâng cao trình độ SSCĐ.\\n' > vi.txt
      $ printf 'Raise the level of SSCĐ.\\n' > en.txt
      $ songngu fix vi.txt en.txt
      $ songngu fix vi.txt en.txt --write
      $ songngu fix en.txt --undo
      $ echo '{"id": 1, "source": "chế độ SSCĐ", "target": "the SSCĐ regime"}' | songngu fix --jsonl -
    """
    from termbase.check import CheckOptions
    from termbase.fix import FixOptions

    if undo:
        _undo(files[-1])
        return
    target_lang = "en" if source_lang == "vi" else "vi"
    check = CheckOptions(source_lang=source_lang, target_lang=target_lang, rules=read_rules_file(rules))
    if files == ("-",):
        if fmt != "jsonl":
            raise click.UsageError("'-' alone needs --jsonl: a line of standard input is a JSON object.")
        sys.exit(0 if _answer_lines(state, FixOptions(check=check)) else 3)
    if write and files[-1] == "-":
        raise click.UsageError("--write needs a file, not standard input.")
    from termbase.fix_files import fix_document

    terms = load_terms(state)
    document = _document(files, check.langs, terms)
    result = fix_document(terms, document, FixOptions(check=check, markdown=document.markdown))
    _show(result, fmt)
    if write and result.changed:
        _write(result)
    sys.exit(int(result.changed and not write))


def _document(files: tuple[str, ...], langs: tuple[str, str], terms: Termbase) -> Document:
    from termbase.checking.documents import PLAIN, read_text_alone

    if len(files) == 1 and Path(files[0]).suffix.lower() in PLAIN:
        return read_text_alone(files[0])
    return read_pairs(files, langs, terms)


def _show(result: FileFix, fmt: str | None) -> None:
    if fmt:
        rows = [{"segment": s, "place": p, **change_to_json(c)} for s, p, c in result.changes]
        left = [finding_to_json(finding) for finding in result.findings]
        click.echo(
            dump(
                {"path": result.document.path, "changes": rows, "findings": left, "refused": result.refused},
                2 if fmt == "json" else None,
            )
        )
        return
    click.echo(visible(result.diff().replace("\r", "")), nl=False)
    for refused in result.refused:
        click.echo(visible(f"songngu: {refused}"), err=True)
    count, open_ones = len(result.changes), len(result.findings) + len(result.refused)
    said = f"{count} change{'s' if count != 1 else ''}, {open_ones} finding{'s' if open_ones != 1 else ''} left"
    click.echo(f"songngu: {said}", err=True)


def _write(result: FileFix) -> None:
    path = result.document.path
    backup = path + BACKUP
    result.document.write(result.document.content, backup)
    result.document.write(result.content, path)
    click.echo(visible(f"songngu: written: {path}; as it was: {backup}"), err=True)


def _undo(path: str) -> None:
    backup = Path(path + BACKUP)
    if not backup.is_file():
        from termbase.errors import InputError, Problem

        raise InputError([Problem(path=path, message=f"there is no {backup.name} to put back")])
    backup.replace(path)
    click.echo(visible(f"songngu: {path} is as it was before the last --write"), err=True)


def _answer_lines(state: State, options: Any) -> bool:
    from termbase.fix import fix as repair

    terms = load_terms(state)

    def answer(row: Any) -> Mapping[str, Any]:
        source, target, before = pair_of(row)
        result = repair(terms, source, target, context=before, options=options)
        return {
            "id": row.get("id"),
            "target": result.target,
            "changes": [change_to_json(change) for change in result.changes],
            "findings": [finding_to_json(finding) for finding in result.findings],
        }

    return jsonl_loop(answer, parse=True)


def change_to_json(change: Change) -> dict[str, Any]:
    """Return a change in the shape of the command line's contract; the span is into the target as it was."""
    return {
        "start": change.start,
        "end": change.end,
        "before": change.before,
        "after": change.after,
        "concept_id": change.concept_id,
        "reason": change.reason,
    }
