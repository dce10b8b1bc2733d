"""What ``import termbase`` and ``import tm`` offer, pinned, and what they must not cost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ("sqlalchemy", "underthesea", "sacremoses", "numpy", "rich", "requests", "rapidfuzz", "platformdirs")


@pytest.mark.parametrize("package", ["termbase", "tm"])
def test_every_public_name_exists(package):
    module = __import__(package)
    for name in module.__all__:
        assert getattr(module, name).__doc__, f"{package}.{name} has no docstring"
    with pytest.raises(AttributeError, match="nonsense"):
        _ = module.nonsense


def loaded_by(code: str) -> set[str]:
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import termbase, tm",
        "import cli",
        "import cli\nfrom click.testing import CliRunner\nassert CliRunner().invoke(cli.cli, ['--help']).exit_code == 0",
    ],
    ids=["packages", "cli", "help"],
)
def test_light_start(code):
    assert not loaded_by(code) & set(HEAVY)
