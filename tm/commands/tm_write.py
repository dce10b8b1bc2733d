"""``songngu tm add`` and ``tm stats``."""

from __future__ import annotations

from typing import Any

import click

from termbase.commands.common import State, emit_object, output_options, pass_state
from termbase.errors import InputError, UsageError
from tm.commands.common import LANGUAGE, detect, open_memory
from tm.model import Provenance, Segment, TranslationUnit, UnitStatus


@click.command("add")
@click.argument("source")
@click.argument("target")
@click.option("--lang", type=LANGUAGE, help="Language of SOURCE (default: found from both texts).")
@click.option("--memory", default="main", metavar="NAME", help="The memory to add to (main).")
@click.option("--document", default="", metavar="NAME", help="The document the pair is from.")
@click.option("--author", default="", metavar="NAME", help="Who translated it.")
@click.option("--origin", default="", metavar="TEXT", help="Where the pair comes from.")
@click.option("--previous", default="", metavar="TEXT", help="The source segment before.")
@click.option("--next", "following", default="", metavar="TEXT", help="The source segment after.")
@click.option(
    "--status", type=click.Choice([s.value for s in UnitStatus]), default="translated", help="How far it is confirmed."
)
@click.option(
    "--provenance", type=click.Choice([p.value for p in Provenance]), default="human", help="Who made the translation."
)
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="A note; may be given more than once.")
@output_options
@pass_state
def add_command(
    state: State,
    source: str,
    target: str,
    lang: str | None,
    memory: str,
    document: str,
    author: str,
    origin: str,
    previous: str,
    following: str,
    status: str,
    provenance: str,
    notes: tuple[str, ...],
    fmt: str,
) -> None:
    """Add one sentence pair.

    The next search finds it, from any process. A pair that is there already is not doubled. "tm undo" takes
    the pair out again, or what it changed of one that was there.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position." --author An
      $ songngu tm add "Hold the position." "Giữ vững trận địa." --lang en --memory field
    """
    first = lang or ("en" if detect(source) == "en" and detect(target) == "vi" else "vi")
    second = "vi" if first == "en" else "en"
    unit = TranslationUnit(
        source=Segment(first, source),
        target=Segment(second, target),
        memory=memory,
        document=document,
        author=author,
        origin=origin,
        previous=previous,
        next=following,
        status=UnitStatus(status),
        provenance=Provenance(provenance),
        notes=notes,
    )
    with open_memory(state) as opened:
        try:
            outcome = opened.add_told(unit)[1]
        except InputError as error:
            raise UsageError(str(error)) from None
    answer = {"outcome": outcome, "memory": memory, "source": source, "target": target}
    emit_object(answer, fmt, [answer], {name: _get(name) for name in answer}, lambda a: f"{a['outcome']} in {memory}")


@click.command("stats")
@output_options
@pass_state
def stats_command(state: State, fmt: str) -> None:
    """Count what the memory holds.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position."
      $ songngu tm stats
      $ songngu tm stats --json
    """
    with open_memory(state, reading=True) as memory:
        counts = memory.stats()
    rows = [{"what": what, "count": count} for what, count in _flat(counts)]
    columns = {"what": _get("what"), "count": _get("count")}
    emit_object(counts, fmt, rows, columns, lambda _: "\n".join(f"{r['what']:<28}{r['count']:>12,}" for r in rows))


def _flat(counts: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in counts.items():
        found += _flat(value, f"{prefix}{name} ") if isinstance(value, dict) else [(prefix + name, value)]
    return found


def _get(name: str) -> Any:
    return lambda row: row[name]
