"""The commands and the Python of README.md and docs/ run, and print what the page says."""

from __future__ import annotations

import contextlib
import doctest
import importlib.util
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SET_UP = ("python bootstrap.py", "python3 bootstrap.py", "pip install", "git clone")

_spec = importlib.util.spec_from_file_location("examples", Path(__file__).with_name("examples.py"))
assert _spec is not None and _spec.loader is not None
examples = importlib.util.module_from_spec(_spec)
sys.modules.setdefault("examples", examples)
_spec.loader.exec_module(examples)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_of_the_page(page, tmp_path):
    """All console blocks of a page run in one folder, one after the other."""
    for block in blocks(page, "console"):
        for example in examples.parse(block):
            if example.command.startswith(SET_UP):
                continue
            done = examples.run(example.command, tmp_path)
            assert done.returncode in (0, 1), f"$ {example.command}\n{done.stderr}"
            if example.output.strip():
                got = done.stdout + done.stderr
                assert examples.agrees(example.output, got), f"{page.name}: $ {example.command}\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_of_the_page(page, tmp_path, monkeypatch):
    """Python blocks: with ``>>>`` as a doctest, without it as a script; all blocks share their names."""
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    names: dict[str, object] = {}
    for number, block in enumerate(blocks(page, "python")):
        if ">>>" in block:
            test = doctest.DocTestParser().get_doctest(block, names, f"{page.name}[{number}]", str(page), 0)
            runner = doctest.DocTestRunner(optionflags=flags)
            report = io.StringIO()
            runner.run(test, out=report.write, clear_globs=False)
            assert runner.failures == 0, report.getvalue()
            names.update(test.globs)
        else:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block, f"{page.name}[{number}]", "exec"), names)


def test_readme_names_the_two_set_up_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 bootstrap.py demo" in text
    assert "python3 bootstrap.py test" in text


def test_generated_pages_are_current():
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
