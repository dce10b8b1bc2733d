"""The command as a process: streams, locale, exit codes, closed pipes, and what a look-up may load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLI = ROOT / "cli.py"


def songngu(*arguments: str, cwd: Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {**os.environ, "SONGNGU_DB": str(cwd / "own.db"), **environment}
    return subprocess.run(
        [sys.executable, str(CLI), *arguments], cwd=cwd, env=clean, input=given, capture_output=True, check=False
    )


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no C locale")
def test_c_locale_neither_mangles_arguments_nor_output(tmp_path):
    done = songngu("lookup", "sẵn sàng chiến đấu", "--json", cwd=tmp_path, **C_LOCALE)
    assert done.returncode == 0
    assert "sẵn sàng chiến đấu" in done.stdout.decode("utf-8")
    piped = songngu("lookup", "--jsonl", "-", cwd=tmp_path, given="SSCĐ\nquân khu\n".encode(), **C_LOCALE)
    assert [line.count("SSCĐ") > 0 for line in piped.stdout.decode("utf-8").splitlines()] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("lookup", "SSCĐ"), 0, ""),
        (("lookup", "zzqqxx"), 1, "not found"),
        (("lookup",), 2, "QUERY"),
        (("nosuch",), 2, "No such command 'nosuch'"),
        (("--profile", "nosuch", "lookup", "SSCĐ"), 2, "there is no profile 'nosuch'"),
        (("recognize", "nosuch.txt", "--lang", "vi"), 3, "nosuch.txt: No such file"),
        (("recognize", "latin.txt", "--lang", "vi"), 3, "latin.txt:1: not UTF-8"),
        (("tm", "import", "cut.tmx"), 3, "cut.tmx"),
        (("--glossary", "nosuch", "lookup", "SSCĐ"), 3, "nosuch"),
        (("--db", "no.db/inside/x.db", "tm", "add", "Một.", "One."), 4, "no.db"),
        (("--db", "text.db", "tm", "add", "Một.", "One."), 4, "text.db"),
    ],
)
def test_exit_codes_and_one_plain_line(arguments, code, message, tmp_path):
    (tmp_path / "latin.txt").write_bytes("Qu\xe2n".encode("latin-1"))
    (tmp_path / "cut.tmx").write_text("<tmx version='1.4'><header", encoding="utf-8")
    (tmp_path / "text.db").write_text("this is no database, only some words\n" * 40, encoding="utf-8")
    (tmp_path / "no.db").write_text("a file where a folder is asked for", encoding="utf-8")
    done = songngu(*arguments, cwd=tmp_path)
    error = done.stderr.decode("utf-8")
    assert done.returncode == code, error
    assert message in error
    assert "Traceback" not in error
    if code in (3, 4):
        assert len(error.splitlines()) == 1, error


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_a_reader_that_goes_away_is_no_error(tmp_path):
    command = f'"{sys.executable}" "{CLI}" glossary list --format tsv | head -n 1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_told_in_one_line(tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, str(CLI), "lookup", "SSCĐ"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


def test_a_plain_look_up_loads_nothing_heavy(tmp_path):
    songngu("lookup", "SSCĐ", cwd=tmp_path)
    done = songngu("lookup", "SSCĐ", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.decode("utf-8").splitlines()}
    assert "termbase" in loaded
    heavy = {"sqlalchemy", "underthesea", "sacremoses", "numpy", "rich", "requests", "rapidfuzz", "click"}
    assert not loaded & heavy


def test_control_characters_of_a_term_do_not_reach_the_terminal(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("concept_id,lang,term,status\na,vi,mẫu\x1b[31m,preferred\na,en,sample,preferred\n", encoding="utf-8")
    done = songngu("--glossary", "own.csv", "lookup", "sample", cwd=tmp_path)
    assert b"\x1b" not in done.stdout
    assert "mẫu" in done.stdout.decode("utf-8")
