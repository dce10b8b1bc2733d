"""Writes the pages that are made from the code: the formats and the command reference.

python docs/generate.py            write them
python docs/generate.py --check    leave with 1 when one is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import cli  # noqa: E402 - the checkout comes before an installed songngu


def _table(rows: Iterator[tuple[str, ...]], headings: tuple[str, ...]) -> list[str]:
    lines = [f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def formats_page() -> str:
    """Return the page of formats, from the two registries."""
    from termbase.formats.registry import FORMATS as GLOSSARIES
    from tm.formats.registry import FORMATS as MEMORIES

    headings = ("name", "what", "suffixes", "reads", "writes", "holds")

    def rows(specs: object) -> Iterator[tuple[str, ...]]:
        for spec in specs:  # type: ignore[attr-defined]
            yes = tuple("yes" if flag else "" for flag in (spec.reads, spec.writes))
            suffixes = " ".join(f"`{suffix}`" for suffix in spec.suffixes)
            yield (f"`{spec.name}`", spec.title, suffixes, *yes, ", ".join(sorted(spec.holds)))

    return "\n".join(
        [
            "# Formats",
            "",
            "Made by `python docs/generate.py` from the registries; `songngu glossary formats` and",
            "`songngu tm formats` print the same. *Holds* names the fields that survive a round trip; what a",
            "format cannot hold is told before it is written (`songngu glossary export --losses`).",
            "",
            "## Glossaries",
            "",
            *_table(rows(GLOSSARIES.values()), headings),
            "",
            "## Memories",
            "",
            *_table(rows(MEMORIES.values()), headings),
            "",
        ]
    )


def _commands(name: str, command: click.Command, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _commands(child, found, context)


def commands_page() -> str:
    """Return the reference of all commands, from their help."""
    lines = ["# Commands", "", "Made by `python docs/generate.py` from `songngu COMMAND --help`.", ""]
    for path, text in _commands("songngu", cli.cli, None):
        body = "\n".join(line.rstrip() for line in text.splitlines())
        lines += [f"## {path}", "", "```text", body, "```", ""]
    return "\n".join(lines)


PAGES = {"formats.md": formats_page, "commands.md": commands_page}


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    stale = []
    for name, make in PAGES.items():
        path = ROOT / "docs" / name
        text = make()
        if arguments == ["--check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"docs/{name} is out of date; run: python docs/generate.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
