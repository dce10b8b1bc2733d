"""Set songngu up in a virtual environment beside this file, and run it or its tests.

    python bootstrap.py demo     install, then run the demonstration
    python bootstrap.py test     install with all extras, then run every check

Needs Python 3.10 or newer and a package index, nothing else; works on Linux, macOS and Windows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("SONGNGU_VENV", ROOT / ".venv"))
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")


def run(*command: str | Path) -> None:
    """Run a command in the project folder; leave with its exit code when it fails."""
    print("+", *[Path(part).name if i == 0 else part for i, part in enumerate(command)], flush=True)
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def install(*target: str) -> None:
    """Create the virtual environment when there is none, and install ``target`` into it."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        venv.create(HOME, with_pip=True)
    run(BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *target)


def demo() -> None:
    """Install songngu and run its demonstration."""
    install(str(ROOT))
    run(BIN / "songngu", "demo")


def test() -> None:
    """Install songngu with everything its tests need, and run all checks."""
    install("--editable", f"{ROOT}[all,test]")
    python = BIN / "python"
    run(python, "-m", "ruff", "check", ".")
    run(python, "-m", "ruff", "format", "--check", ".")
    run(python, "-m", "mypy", "cli.py", "bootstrap.py", "termbase", "tm")
    run(python, "-m", "pytest", "-q")


if __name__ == "__main__":
    actions = {"demo": demo, "test": test}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        sys.exit(str(__doc__))
    if sys.version_info < (3, 10):  # noqa: UP036 - this file runs before anything is installed
        sys.exit("songngu needs Python 3.10 or newer")
    actions[sys.argv[1]]()
