"""``tm.align`` is the function to callers, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "before", ["pass", "import tm.align.engine", "from tm.align.engine import align as other", "import tm"]
)
def test_align_is_callable(before):
    code = f"{before}\nfrom tm import align\nprint(len(align('Bộ đội giúp dân.', 'Soldiers helped people.').beads))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "1"
