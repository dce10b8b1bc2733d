"""``songngu glossary merge`` as git's merge driver, as docs/exchange.md sets it up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GIT = shutil.which("git")
HEADER = "concept_id,lang,term\n"
BASE = "c1,vi,giao ban\nc1,en,briefing\n"

pytestmark = pytest.mark.skipif(not GIT, reason="git is not installed")


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [str(GIT), "-C", str(folder), *words], env=environment, capture_output=True, text=True, encoding="utf-8",
        check=check,
    )  # fmt: skip


@pytest.fixture
def merged(tmp_path):
    """Return a function that commits two versions of a file and merges them."""
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    (driver,) = re.findall(r"merge\.songngu\.driver '(.*)'", page)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "merge.songngu.driver", driver.replace("songngu", f'"{sys.executable}" "{ROOT}/cli.py"', 1))
    (tmp_path / ".gitattributes").write_text("* merge=songngu\n", encoding="utf-8")

    def merge(name: str, base: str, ours: str, theirs: str):
        path = tmp_path / name
        for branch, text in (("main", base), ("theirs", theirs), ("main", ours)):
            git(tmp_path, "checkout", "-q", *(["-b"] if branch == "theirs" else []), branch, check=path.exists())
            path.write_text(text, encoding="utf-8")
            git(tmp_path, "add", ".")
            git(tmp_path, "commit", "-q", "-m", branch)
        done = git(tmp_path, "merge", "-q", "theirs", "-m", "both", check=False)
        return done, path.read_text(encoding="utf-8")

    return merge


def test_additions_of_both_sides_are_no_conflict(merged):
    done, text = merged(
        "a.csv",
        HEADER + BASE,
        HEADER + BASE + "c2,vi,hội ý\nc2,en,consultation\n",
        HEADER + BASE + "c3,vi,tuần tra\nc3,en,patrol\n",
    )
    assert done.returncode == 0, done.stderr
    assert sorted(line.split(",")[0] for line in text.splitlines()) == [
        "c1",
        "c1",
        "c2",
        "c2",
        "c3",
        "c3",
        "concept_id",
    ]


def test_a_real_conflict_stays_unmerged_with_ours_kept(merged, tmp_path):
    done, text = merged(
        "a.csv",
        HEADER.replace("term", "term,note") + "c1,vi,giao ban,\nc1,en,briefing,\n",
        HEADER.replace("term", "term,note") + "c1,vi,giao ban,\nc1,en,briefing,ours\n",
        HEADER.replace("term", "term,note") + "c1,vi,giao ban,\nc1,en,briefing,theirs\n",
    )
    assert done.returncode == 1
    assert "conflict: c1" in done.stderr + done.stdout
    assert "ours" in text
    assert "theirs" not in text
    assert git(tmp_path, "ls-files", "--unmerged").stdout


def test_json_lines_get_no_name_of_a_temporary_file(merged):
    names = (("c1", "Đảng"), ("c2", "Đoàn"), ("c3", "Hội"))
    lines = [f'{{"id":"{entry}","terms":[{{"lang":"vi","text":"{text}"}}]}}\n' for entry, text in names]
    done, text = merged("a.jsonl", lines[0], lines[0] + lines[1], lines[0] + lines[2])
    assert done.returncode == 0, done.stderr
    assert sorted(line[:10] for line in text.splitlines()) == ['{"id":"c1"', '{"id":"c2"', '{"id":"c3"']
    assert "merge_file" not in text
    assert "\\u0000" not in text
