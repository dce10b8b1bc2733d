"""``songngu tm concordance``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from termbase.commands.common import State, emit, output_options, pass_state
from termbase.errors import UsageError
from tm.commands.common import LANGUAGE, detect, filter_options, open_memory
from tm.concordance import ConcordanceHit, by_rendering
from tm.options import UnitFilter

_WIDTH = 40


@click.command("concordance")
@click.argument("phrase")
@click.option("--lang", type=LANGUAGE, help="Language of PHRASE (default: found from it).")
@click.option("--no-marks", is_flag=True, help="Compare bare letters: “san sang” finds “sẵn sàng”.")
@click.option("-n", "limit", type=click.IntRange(min=1), default=100, help="At most N places (100).")
@click.option("--no-terms", is_flag=True, help="Do not look for the rendering by the glossaries.")
@filter_options
@output_options
@pass_state
def concordance_command(
    state: State,
    phrase: str,
    lang: str | None,
    no_marks: bool,
    limit: int,
    no_terms: bool,
    wanted: UnitFilter,
    fmt: str,
) -> None:
    """Show where a phrase stands, and how it was rendered.

    Whole words and syllables are found, in either language, and grouped by the likely rendering on the
    other side. When nothing is found the exit code is 1.

    \b
    Examples:
      $ songngu tm add "Đơn vị luôn sẵn sàng chiến đấu." "The unit is always combat ready."
      $ songngu tm concordance "sẵn sàng chiến đấu"
      $ songngu tm concordance "san sang" --lang vi --no-marks --json
    """
    if not phrase.strip():
        raise UsageError("the phrase is empty")
    with open_memory(state, terms=not no_terms, reading=True) as memory:
        found = memory.concordance(phrase, lang or detect(phrase), marks=not no_marks, limit=limit, wanted=wanted)
    if fmt == "table":
        click.echo(_render(found))
    else:
        columns: dict[str, Any] = {name: _get(name) for name in ("unit_id", "text", "other", "rendering", "memory")}
        emit([_row(hit) for hit in found], fmt, columns)
    if not found:
        click.echo(f"songngu: nothing found for “{phrase}”", err=True)
        sys.exit(1)


def _row(hit: ConcordanceHit) -> dict[str, Any]:
    start, end = hit.counterpart or (None, None)
    return {
        "unit_id": hit.unit.id,
        "memory": hit.unit.memory,
        "document": hit.unit.document,
        "lang": hit.lang,
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "other": hit.other,
        "counterpart": None if start is None else {"start": start, "end": end, "text": hit.rendering},
        "rendering": hit.rendering,
    }


def _render(found: Sequence[ConcordanceHit]) -> str:
    from termbase.commands.common import visible

    lines = []
    for rendering, hits in by_rendering(found):
        lines.append(f"{len(hits)} × {rendering or '(rendering not known)'}")
        for hit in hits:
            lines += [f"  {kwic(hit.text, hit.start, hit.end)}", f"    {_marked(hit)}"]
    return visible("\n".join(lines))


def kwic(text: str, start: int, end: int) -> str:
    """Return the phrase in a column, with what stands around it."""
    before, after = text[:start][-_WIDTH:], text[end:][:_WIDTH]
    return " ".join(f"{before:>{_WIDTH}}[{text[start:end]}]{after}".splitlines())


def _marked(hit: ConcordanceHit) -> str:
    if not hit.counterpart:
        return hit.other
    start, end = hit.counterpart
    return f"{hit.other[:start]}[{hit.other[start:end]}]{hit.other[end:]}"


def _get(name: str) -> Any:
    return lambda row: row[name]
