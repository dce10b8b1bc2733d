"""``songngu recognize``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit, load_terms, output_options, pass_state, read_text_exact

if TYPE_CHECKING:
    from termbase.model import TermMatch

_COLUMNS = {
    "start": lambda row: row["start"],
    "end": lambda row: row["end"],
    "text": lambda row: row["text"],
    "renderings": lambda row: [item["text"] for item in row["renderings"] if item["status"] == "preferred"],
    "status": lambda row: row["status"],
    "concept": lambda row: row["concept_id"],
    "note": lambda row: "doubtful" if row["doubtful"] else "nested" if row["nested"] else "",
}


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--lang", type=click.Choice(["vi", "en"]), required=True, help="The language of the text.")
@click.option("--nested", is_flag=True, help="Also the shorter terms inside a longer one.")
@click.option("--word-check", is_flag=True, help="Mark hits that lie across a word border as doubtful.")
@output_options
@pass_state
def recognize(state: State, file: str, lang: str, nested: bool, word_check: bool, fmt: str) -> None:
    """Find the terms of a running text.

    FILE is a UTF-8 text, "-" standard input. Deprecated and forbidden terms are found too; their
    status says so. Spans count code points of the text from 0, the end excluded. When there is no
    term in the text the exit code is 1.

    \b
    Examples:
      $ echo "Đơn vị duy trì nghiêm chế độ SSCĐ." | songngu recognize - --lang vi
      $ echo "Maintain combat readiness." | songngu recognize - --lang en --json
    """
    text = read_text_exact(file)
    matches = load_terms(state).recognize(text, lang, nested=nested, word_check=word_check)
    if matches or fmt != "table":
        emit([match_to_json(match) for match in matches], fmt, _COLUMNS)
    if not matches:
        click.echo("songngu: no term found", err=True)
        sys.exit(1)


def match_to_json(match: TermMatch) -> dict[str, Any]:
    """Return the JSON form of a match; ``renderings`` are the accepted terms of the other language."""
    concept, term = match.concept, match.term
    target = "en" if match.lang == "vi" else "vi"
    return {
        "start": match.start,
        "end": match.end,
        "text": match.text,
        "lang": match.lang,
        "concept_id": concept.id,
        "term": term.text,
        "status": str(term.status),
        "doubtful": match.doubtful,
        "nested": match.nested,
        "renderings": [{"text": found.text, "status": str(found.status)} for found in concept.accepted(target)],
        "also": [other.id for other in match.concepts[1:]],
    }
