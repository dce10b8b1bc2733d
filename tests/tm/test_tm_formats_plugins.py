"""Memory formats of another distribution, installed for real; a broken one stops no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE = """
from tm.formats.registry import FormatSpec
from tm.model import Segment, TranslationUnit

SPEC = FormatSpec(name="arrows", title="Arrows", suffixes=(".arrow",), module="songngu_arrows", holds=("source", "target"))
NO_SPEC = 1


def read(stream, options):
    for line in stream.read().decode().splitlines():
        vi, en = line.split(" => ")
        yield TranslationUnit(source=Segment("vi", vi), target=Segment("en", en))


def write(units, stream, options):
    count = 0
    for count, unit in enumerate(units, start=1):
        stream.write(f"{unit.source.text} => {unit.target.text}\\n".encode())
    return count
"""
POINTS = (
    "[songngu.memory_formats]\narrows = songngu_arrows:SPEC\nodd = songngu_arrows:NO_SPEC\ngone = songngu_absent:SPEC\n"
)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    info = folder / "songngu_arrows-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "songngu_arrows.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: songngu-arrows\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    return folder


def run(site, *arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]), "PYTHONUTF8": "1"}
    environment["SONGNGU_DB"] = str(site / "memory.db")
    command = [sys.executable, str(ROOT / "cli.py"), "tm", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=site, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_a_guest_reads_and_writes_and_broken_guests_are_told(site):
    (site / "a.arrow").write_text("Dừng lại. => Halt.\n", encoding="utf-8")
    code, out, err = run(site, "formats")
    assert code == 0
    assert "arrows" in out
    assert "the format 'gone' cannot be used: ModuleNotFoundError" in err
    assert "the format 'odd' cannot be used: songngu_arrows:NO_SPEC is no FormatSpec" in err
    assert run(site, "import", "a.arrow")[0] == 0
    assert run(site, "export", "b.arrow")[0] == 0
    assert (site / "b.arrow").read_text(encoding="utf-8") == "Dừng lại. => Halt.\n"
    assert run(site, "import", "a.arrow", "--from", "gone")[0] == 2


def test_a_fault_of_a_guest_is_one_line_and_stores_nothing(site):
    (site / "a.arrow").write_text("Dừng lại. => Halt.\nno arrow\n", encoding="utf-8")
    code, _, err = run(site, "import", "a.arrow")
    assert code == 3
    assert err.startswith("songngu: a.arrow: the reader of format arrows failed: ValueError:")
    assert err.count("\n") == 1
    assert run(site, "stats", "--json")[0] in (0, 1)
    assert "Halt" not in run(site, "export", "-", "--to", "tsv")[1]
