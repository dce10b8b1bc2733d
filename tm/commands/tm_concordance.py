"""``songngu tm concordance``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any
from unicodedata import category, east_asian_width

import click

from termbase.commands.common import State, emit, output_options, pass_state
from termbase.errors import UsageError
from tm.commands.common import LANGUAGE, bracketed, detect, filter_options, open_memory
from tm.concordance import by_rendering
from tm.options import UnitFilter
from tm.places import PhrasePlace

_WIDTH = 40


@click.command("concordance")
@click.argument("phrase")
@click.option("--lang", type=LANGUAGE, help="Language of PHRASE (default: found from it; then the other).")
@click.option("--no-marks", is_flag=True, help="Compare bare letters: “san sang” finds “sẵn sàng”.")
@click.option(
    "-n", "--limit", "limit", metavar="N", type=click.IntRange(min=1), default=100, help="At most N places (100)."
)
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
        found: list[PhrasePlace] = []
        likely = detect(phrase)
        for each in [lang] if lang else [likely, "en" if likely == "vi" else "vi"]:
            found = memory.concordance(phrase, each, marks=not no_marks, limit=limit, wanted=wanted)
            if found:
                break
    if fmt == "table":
        click.echo(_render(found))
    else:
        columns: dict[str, Any] = {name: _get(name) for name in ("unit_id", "text", "other", "rendering", "memory")}
        emit([_row(hit) for hit in found], fmt, columns)
    if len(found) == limit:
        click.echo(f"songngu: the newest {limit} places; -n shows more", err=True)
    if not found:
        click.echo(f"songngu: nothing found for “{phrase}”", err=True)
        sys.exit(1)


def _row(hit: PhrasePlace) -> dict[str, Any]:
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
        "counterpart": None
        if start is None
        else {
            "start": start,
            "end": end,
            "text": hit.rendering,
            "confidence": round(hit.confidence, 3),
        },
        "rendering": hit.rendering,
    }


def _render(found: Sequence[PhrasePlace]) -> str:
    from termbase.commands.common import visible

    lines = []
    for rendering, hits in by_rendering(found):
        lines.append(f"{len(hits)} × {' '.join(rendering.split()) or '(rendering not known)'}")
        for hit in hits:
            marked = bracketed(hit.other, *(hit.counterpart or (0, 0)))
            lines += [f"  {kwic(hit.text, hit.start, hit.end)}", f"    {marked}"]
    return visible("\n".join(lines))


def kwic(text: str, start: int, end: int) -> str:
    """Return the phrase in a column, with what stands around it: forty columns of a terminal on either side.

    Wide characters take two columns, combining marks and what is not shown none.

    >>> [kwic(text, len(text) - 1, len(text)).index("[") for text in ("ba", "\u1ed9a", "o\u0323\u0302a")]
    [40, 40, 42]
    """
    before, phrase, after = (" ".join(part.split()) for part in (text[:start], text[start:end], text[end:]))
    before += " " if before and text[start - 1].isspace() else ""
    after = (" " if after and text[end].isspace() else "") + after
    before = _fitting(before[::-1])[::-1]
    return f"{' ' * (_WIDTH - columns(before))}{before}[{phrase}]{_fitting(after)}"


def _fitting(text: str) -> str:
    """Return as much of the beginning as fits into the column."""
    if columns(text) <= _WIDTH:
        return text
    used = 0
    for place, char in enumerate(text):
        used += columns(char)
        if used > _WIDTH:
            return text[:place]
    return text


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex 11).

    >>> columns("hòa"), columns("ho\u0300a"), columns("漢字")
    (3, 3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def _get(name: str) -> Any:
    return lambda row: row[name]
