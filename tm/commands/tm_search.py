"""``songngu tm search``."""

from __future__ import annotations

import sys
from typing import Any

import click

from termbase.commands.common import State, emit, jsonl_loop, output_options, pass_state, read_lines
from tm.commands.common import LANGUAGE, bracketed, detect, filter_options, open_memory
from tm.match_json import fragment_to_json, match_to_json
from tm.options import FragmentOptions, SearchOptions, UnitFilter

_COLUMNS = {
    "query": lambda row: row["query"],
    "score": lambda row: row["match"]["score"],
    "kind": lambda row: row["match"]["kind"],
    "source": lambda row: row["match"]["source"]["text"],
    "target": lambda row: row["match"]["target"]["text"],
    "penalties": lambda row: [f"{p['reason']} -{p['points']}" for p in row["match"]["penalties"]],
    "memory": lambda row: row["match"]["memory"],
    "unit": lambda row: row["match"]["unit_id"],
}


@click.command("search")
@click.argument("texts", metavar="TEXT…", nargs=-1, required=True)
@click.option("--lang", type=LANGUAGE, help="Language of TEXT (default: found from it).")
@click.option("--min-score", type=click.IntRange(1, 102), default=70, help="Least score, in per cent (70).")
@click.option("-n", "limit", metavar="N", type=click.IntRange(min=1), default=5, help="At most N matches (5).")
@click.option("--all", "everything", is_flag=True, help="All matches at or above the least score.")
@click.option("--previous", default="", metavar="TEXT", help="The segment before, for context matches.")
@click.option("--next", "following", default="", metavar="TEXT", help="The segment after.")
@click.option("--fragments", "parts", is_flag=True, help="Also what the memory holds of TEXT in parts.")
@click.option(
    "--fragment-words", "least", type=click.IntRange(min=2), default=2, help="Least words or syllables of a part (2)."
)
@click.option("--fragment-limit", "most", type=click.IntRange(min=1), default=20, help="At most N parts (20).")
@click.option("--no-terms", is_flag=True, help="Do not judge the suggestions by the glossaries.")
@filter_options
@output_options
@pass_state
def search_command(
    state: State,
    texts: tuple[str, ...],
    lang: str | None,
    min_score: int,
    limit: int,
    everything: bool,
    previous: str,
    following: str,
    parts: bool,
    least: int,
    most: int,
    no_terms: bool,
    wanted: UnitFilter,
    fmt: str,
) -> None:
    """Find earlier translations of a segment.

    Each TEXT is one segment; "-" reads a segment a line from standard input. Scores are whole per cent
    after the penalties shown; 101 and 102 are exact matches between one or two of the same neighbours.
    When nothing is found the exit code is 1.

    --fragments adds the stored segments that stand whole inside TEXT, and the longest runs of its words
    that stand anywhere in stored segments, with the likely counterpart of each where one is sure enough.

    \b
    Examples:
      $ songngu tm add "Đại đội 3 sẵn sàng chiến đấu." "Company 3 is combat ready."
      $ songngu tm search "Đại đội 5 sẵn sàng chiến đấu."
      $ songngu tm search "Company 3 is combat ready." --lang en --json
      $ songngu tm search "Trung đoàn luôn sẵn sàng chiến đấu" --fragments
      $ printf 'Đại đội 3 sẵn sàng chiến đấu cao.\\n' | songngu tm search --jsonl -
    """
    options = SearchOptions(previous=previous, next=following, filter=wanted)
    wanted_parts = FragmentOptions(least_tokens=least, limit=most, filter=wanted)
    with open_memory(state, terms=not no_terms, reading=True) as memory:

        def answer(query: str) -> dict[str, Any]:
            found = memory.search(
                query, lang or detect(query), min_score, None if everything else limit, options=options
            )
            row: dict[str, Any] = {"query": query, "matches": [match_to_json(match) for match in found]}
            if parts:
                fragments = memory.fragments(query, lang or detect(query), options=wanted_parts)
                row["fragments"] = [fragment_to_json(fragment) for fragment in fragments]
            return row

        if texts == ("-",) and fmt == "jsonl":
            sys.exit(0 if jsonl_loop(answer, parse=False) else 3)
        asked = [line for line in read_lines("-") if line.strip()] if texts == ("-",) else list(texts)
        answers = [answer(query) for query in asked]
    if fmt in ("json", "jsonl"):
        emit(answers, fmt, {})
    elif fmt == "table":
        for row in answers:
            emit(row["matches"], fmt, {}, render=card)
            emit(row.get("fragments", []), fmt, {}, render=_fragment)
    else:
        emit([{"query": a["query"], "match": m} for a in answers for m in a["matches"]], fmt, _COLUMNS)
    missed = [row["query"] for row in answers if not row["matches"] and not row.get("fragments")]
    for query in missed:
        click.echo(f"songngu: nothing found for “{query}”", err=True)
    if len(missed) == len(answers):
        sys.exit(1)


def card(match: dict[str, Any]) -> str:
    """Return a match as a person reads it."""
    penalties = ", ".join(f"{p['reason']} −{p['points']}" for p in match["penalties"])
    head = f"{match['score']:>3}  {match['kind']}"
    if penalties:
        head += f"  ({match['similarity']} before: {penalties})"
    origin = [match["memory"], match["document"], match["origin"], match["author"], match["date"][:10]]
    lines = [head, f"     {match['source']['text']}", f"     {match['target']['text']}"]
    if any(step["op"] != "equal" for step in match["difference"]):
        lines.append("     difference: " + " ".join(_step(step) for step in match["difference"]))
    if match["repairs"]:
        lines.append("     repaired: " + "; ".join(match["repairs"]))
    lines += [
        f"     term: {conflict['term']} should be {' / '.join(conflict['expected'])}"
        for conflict in match["term_conflicts"]
    ]
    lines.append("     " + " · ".join(part for part in origin if part) + f" · unit {match['unit_id']}")
    return "\n".join(lines)


def _fragment(fragment: dict[str, Any]) -> str:
    """Return a fragment as a person reads it: what it means, how often it stands, and where that was seen."""
    likely, seen = fragment["counterpart"], list(zip(fragment["units"], fragment["places"], strict=True))
    if fragment["kind"] == "segment":
        targets = dict.fromkeys(_sides(unit, place)[1] for unit, place in seen)
        return f"part  {fragment['text']}: {' / '.join(targets)}"
    head = f"part  {fragment['text']}: {likely['text'] if likely else '(not known)'}  ({fragment['count']} ×)"
    unit, place = next((pair for pair in seen if likely and pair[1]["unit_id"] == likely["unit_id"]), seen[0])
    own, other = _sides(unit, place)
    spans = ((own, place), (other, place["counterpart"] or {"start": 0, "end": 0}))
    return "\n".join([head, *("      " + bracketed(text, span["start"], span["end"]) for text, span in spans)])


def _sides(unit: dict[str, Any], place: dict[str, Any]) -> tuple[str, str]:
    names = ("source", "target") if unit["source"]["lang"] == place["lang"] else ("target", "source")
    return unit[names[0]]["text"], unit[names[1]]["text"]


def _step(step: dict[str, str]) -> str:
    if step["op"] == "equal":
        return "…"
    old = f"[-{step['old']}-]" if step["old"] else ""
    new = f"{{+{step['new']}+}}" if step["new"] else ""
    return old + new
