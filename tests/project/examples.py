"""Runs the ``$ songngu …`` lines of help texts and documents as a shell would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Example:
    """A command line, and the output printed below it (empty: not stated)."""

    command: str
    output: str


def parse(text: str) -> list[Example]:
    """Return the examples of a text: a line ``$ command`` and the lines below it up to a blank one."""
    examples: list[Example] = []
    command, output = "", []
    for line in [*text.splitlines(), ""]:
        start = re.match(r"\s*\$ (.+)", line)
        if command and (start or not line.strip() or line.strip() == "```"):
            examples.append(Example(command, "\n".join(output)))
            command, output = "", []
        if start:
            command, output = start.group(1).rstrip(), []
            while command.endswith("\\"):
                command = command[:-1]
        elif command:
            output.append(line)
    return examples


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one command line in ``folder``, with ``songngu`` standing for this checkout."""
    shell = f'songngu() {{ "{sys.executable}" "{ROOT / "cli.py"}" "$@"; }}\n{command}'
    environment = {
        **os.environ,
        "SONGNGU_DB": str(folder / "songngu.db"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    return subprocess.run(
        ["bash", "-c", shell],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def agrees(expected: str, actual: str) -> bool:
    """Whether ``actual`` is what an example shows; ``…`` on a line of its own stands for any lines."""
    return _agree(_lines(expected), _lines(actual))


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _agree(expected: list[str], actual: list[str]) -> bool:
    if not expected:
        return not actual
    if expected[0] == "…":
        return any(_agree(expected[1:], actual[skipped:]) for skipped in range(len(actual) + 1))
    pattern = ".*?".join(re.escape(part) for part in expected[0].split("…"))
    return bool(actual) and re.fullmatch(pattern, actual[0]) is not None and _agree(expected[1:], actual[1:])
