"""A format of another distribution, installed for real: found, listed, read, written, its losses told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE = """
from termbase.formats.base import FormatSpec, ReadResult
from termbase.model import Concept, Term

SPEC = FormatSpec(
    name="slashes", title="Vietnamese / English, a line a pair", suffixes=(".slash",), reads=True, writes=True,
    holds=("synonyms",), module="songngu_slashes",
)
SHADOW = FormatSpec(
    name="csv", title="a bad guest", suffixes=(".csv",), reads=True, writes=True, holds=(), module="songngu_slashes"
)
NO_SPEC = "neither this nor that"


def read(stream, options):
    concepts = []
    for number, line in enumerate(stream.read().decode().splitlines()):
        vi, _, en = line.partition(" / ")
        terms = (Term(text=vi, lang="vi"), Term(text=en, lang="en"))
        concepts.append(Concept(id=f"s{number}", terms=terms, glossary=options.glossary))
    return ReadResult(tuple(concepts))


def write(concepts, stream, options):
    for concept in concepts:
        vi, en = concept.preferred("vi"), concept.preferred("en")
        if vi and en:
            stream.write(f"{vi.text} / {en.text}\\n".encode())
"""
ENTRY_POINTS = "[songngu.formats]\nslashes = songngu_slashes:SPEC\nshadow = songngu_slashes:SHADOW\nodd = songngu_slashes:NO_SPEC\ngone = songngu_absent:SPEC\n"


@pytest.fixture
def installed(tmp_path):
    """A folder on the path with a distribution as an installer leaves it: module, metadata, entry points."""
    site = tmp_path / "site"
    info = site / "songngu_slashes-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "songngu_slashes.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: songngu-slashes\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    (info / "RECORD").write_text("", encoding="utf-8")
    return site


def run(site, folder, *arguments, code=0):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]), "PYTHONUTF8": "1"}
    environment["SONGNGU_DB"] = str(folder / "own.db")
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


def test_a_format_of_another_distribution(installed, tmp_path):
    done = run(installed, tmp_path, "glossary", "formats", "--json")
    listed = {row["name"]: row for row in json.loads(done.stdout)}
    assert "the format 'gone' cannot be used: ModuleNotFoundError" in done.stderr
    assert "the format 'odd' cannot be used: songngu_slashes:NO_SPEC is no FormatSpec" in done.stderr
    assert listed["slashes"]["suffixes"] == [".slash"]
    assert listed["csv"]["title"] != "a bad guest"

    (tmp_path / "own.slash").write_text("giao ban / briefing\n", encoding="utf-8")
    report = json.loads(run(installed, tmp_path, "glossary", "import", "own.slash", "--json").stdout)
    assert (report["created"], report["warnings"]) == (1, [])

    done = run(installed, tmp_path, "glossary", "export", "out.slash", "--own")
    assert (tmp_path / "out.slash").read_text(encoding="utf-8") == "giao ban / briefing\n"
    assert "1 concepts written" in done.stderr

    losses = json.loads(
        run(installed, tmp_path, "glossary", "export", "x", "--to", "slashes", "--losses", "--json").stdout
    )
    assert {"entry", "field", "message"} <= set(losses[0])
    assert any(loss["field"] == "definition_en" for loss in losses)


def test_a_guest_that_cannot_be_loaded_is_no_harm(installed, tmp_path):
    (tmp_path / "own.csv").write_text("vi,en\ngiao ban,briefing\n", encoding="utf-8")
    assert json.loads(run(installed, tmp_path, "glossary", "import", "own.csv", "--json").stdout)["created"] == 1
    run(installed, tmp_path, "glossary", "export", "x", "--to", "nothing", code=2)
    done = run(installed, tmp_path, "glossary", "export", "x", "--to", "gone", code=2)
    assert "the glossary format 'gone' cannot be used: ModuleNotFoundError" in done.stderr


def test_a_fault_of_a_guest_is_told_in_one_line(installed, tmp_path):
    module = installed / "songngu_slashes.py"
    module.write_text(MODULE.replace("concepts = []", "concepts = [][0]"), encoding="utf-8")
    (tmp_path / "a.slash").write_text("chốt / post\n", encoding="utf-8")
    done = run(installed, tmp_path, "glossary", "import", "a.slash", "--dry-run", code=3)
    assert "the reader of format slashes failed: IndexError: list index out of range" in done.stderr
    assert done.stderr.count("\n") == 1
