"""``songngu tm clean``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click

from termbase.commands.common import State, emit_object, output_options, pass_state
from termbase.errors import UsageError
from tm.clean import PAIR_RULES, RULES, find_flaws
from tm.commands.common import filter_options, open_memory
from tm.options import UnitFilter

_NAMES = (*RULES, *PAIR_RULES)


@click.command("clean")
@click.option("--rule", "rules", metavar="NAME", multiple=True, help="Only this rule; may be given more than once.")
@click.option("--delete", "remove", is_flag=True, help="Delete what was found (tm delete --undo brings it back).")
@click.option("-n", "limit", type=click.IntRange(min=0), default=20, help="Show at most N units a reason (20).")
@filter_options
@output_options
@pass_state
def clean_command(state: State, rules: tuple[str, ...], remove: bool, limit: int, wanted: UnitFilter, fmt: str) -> None:
    """Find faulty units; delete them when told.

    Without --delete nothing is changed: units are shown with the reason, and counted. The rules are
    empty, untranslated, length ratio, wrong language, number mismatch, markup debris, duplicate and
    near-duplicate. Units found are exit code 1.

    \b
    Examples:
      $ songngu tm add "Có 15 đồng chí." "There are 16 comrades."
      $ songngu tm clean
      $ songngu tm clean --rule "number mismatch" --delete
    """
    unknown = [name for name in rules if name not in _NAMES]
    if unknown:
        raise UsageError(f"unknown rule {unknown[0]!r}; known are {', '.join(_NAMES)}")
    counts: Counter[str] = Counter()
    shown: list[dict[str, Any]] = []
    faulty: set[int] = set()
    with open_memory(state, reading=True) as memory:
        for flaw in find_flaws(memory.units(wanted), rules or _NAMES):
            counts[flaw.reason] += 1
            faulty.add(flaw.unit.id or 0)
            if counts[flaw.reason] <= limit:
                texts = {"source": flaw.unit.source.text, "target": flaw.unit.target.text}
                shown.append({"unit_id": flaw.unit.id, "reason": flaw.reason, "detail": flaw.detail, **texts})
        deleted = memory.delete_ids(sorted(faulty)) if remove else 0
    answer = {"units": len(faulty), "deleted": deleted, "reasons": dict(counts), "examples": shown}
    columns: dict[str, Any] = {name: _get(name) for name in ("unit_id", "reason", "detail", "source", "target")}
    emit_object(answer, fmt, shown, columns, _render)
    if faulty and not remove:
        sys.exit(1)


def _render(answer: dict[str, Any]) -> str:
    lines = [
        f"unit {row['unit_id']}  {row['reason']}: {row['detail']}\n  {row['source']}\n  {row['target']}"
        for row in answer["examples"]
    ]
    lines += [f"{count:>8}  {reason}" for reason, count in answer["reasons"].items()]
    done = f"{answer['deleted']} deleted" if answer["deleted"] else "nothing was changed"
    return "\n".join([*lines, f"{answer['units']:>8}  units in all; {done}"])


def _get(name: str) -> Any:
    return lambda row: row[name]
