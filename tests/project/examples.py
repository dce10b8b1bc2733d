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
    lines = [re.escape(" ".join(line.split())) for line in expected.splitlines() if line.strip()]
    pattern = "\n".join(line.replace("…", ".*?") for line in lines)
    pattern = re.sub(r"\n\.\*\?(?=\n|$)", "(?:\n.*?)*?", pattern)
    got = "\n".join(" ".join(line.split()) for line in actual.splitlines() if line.strip())
    return re.fullmatch(pattern, got) is not None
