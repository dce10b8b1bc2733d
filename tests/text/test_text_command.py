"""``songngu text``: standard input to standard output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termbase.commands.text import text
from termbase.errors import InputError, UsageError


def run(*arguments: str, data: str | bytes) -> Result:
    return CliRunner().invoke(text, arguments, input=data)


def out(*arguments: str, data: str | bytes) -> str:
    result = run(*arguments, data=data)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_normalize() -> None:
    decomposed = unicodedata.normalize("NFD", "Đảng ủy\nhoà  bình\n\n")
    assert out("normalize", data=decomposed) == "Đảng ủy\nhoà  bình\n\n"
    assert out("normalize", "--tone", "old", data="hoà, thuỷ, quý") == "hòa, thủy, quý\n"
    assert out("normalize", "--tone", "new", data="hòa, thủy, quý") == "hoà, thuỷ, quý\n"
    assert out("normalize", "--term", data="  ＱＰ  an ") == "QP an\n"
    assert out("normalize", data="") == ""


def test_split_gives_a_sentence_a_line() -> None:
    assert (
        out("split", "--lang", "vi", data="Đ/c Nam đã đến. Hội nghị bắt đầu.") == "Đ/c Nam đã đến.\nHội nghị bắt đầu.\n"
    )
    assert run("split", data="a").exit_code == 2


def test_sort() -> None:
    data = "bà con\nbá\nba mươi\nbà\nba\n"
    assert out("sort", data=data).split("\n") == ["ba", "ba mươi", "bà", "bà con", "bá", ""]
    assert out("sort", "--order", "cldr", data=data).split("\n") == ["ba", "bà", "bá", "bà con", "ba mươi", ""]
    assert out("sort", "--order", "natural", data="b10\nb9\n") == "b9\nb10\n"
    assert run("sort", "--order", "other", data=data).exit_code == 2


def test_decode() -> None:
    assert out("decode", "--from", "tcvn3", data="QuyÕt ®Þnh\n".encode("latin-1")) == "Quyết định\n"
    assert out("decode", "--from", "vni", data="Quaân ñoäi".encode("latin-1")) == "Quân đội"
    assert isinstance(run("decode", "--from", "nothing", data=b"a").exception, UsageError)
    assert isinstance(run("decode", "--from", "utf-8", data=b"\xff").exception, InputError)


def test_detect() -> None:
    assert json.loads(out("detect", data="Đảng ủy\n")) == {"encoding": "utf-8", "confidence": 0.99, "sample": "Đảng ủy"}
    unsure = run("detect", data="Straße über Köln".encode("latin-1"))
    assert unsure.exit_code == 1
    assert json.loads(unsure.stdout)["encoding"] == ""


def test_keys_answer_every_line() -> None:
    rows = [json.loads(line) for line in out("keys", data="Bốn tại chỗ\n\nKỹ thuật\n").splitlines()]
    assert rows[0] == {"exact": "4 tại chỗ", "folded": "4 tai cho", "loose": "4 tai cho"}
    assert rows[1] == {"exact": "", "folded": "", "loose": ""}
    assert rows[2]["loose"] == "ki thuat"


def process(*arguments: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does whose locale knows no Vietnamese letter."""
    command = [sys.executable, str(Path(__file__).parents[2] / "cli.py"), "text", *arguments]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    return subprocess.run(command, input=data, capture_output=True, check=False, env=environment, timeout=60)


def test_letters_pass_in_any_locale() -> None:
    done = process("normalize", "--tone", "new", data="“Hòa bình”, u\u0309y\r\n".encode())
    assert (done.returncode, done.stdout.decode().splitlines()) == (0, ["“Hoà bình”, uỷ"])
    done = process("decode", "--from", ".VnTimeH", data="bé t­ lÖnh".encode("latin-1"))
    assert (done.returncode, done.stdout.decode()) == (0, "BỘ TƯ LỆNH")


@pytest.mark.parametrize("arguments", [("normalize",), ("sort",), ("keys",), ("split", "--lang", "vi")])
def test_bytes_that_are_no_text_are_one_plain_error(arguments: tuple[str, ...]) -> None:
    done = process(*arguments, data=b"a\n\xff\xfe\n")
    assert done.returncode == 3
    assert done.stderr.startswith(b"songngu: standard input:2: not UTF-8")
    assert done.stderr.count(b"\n") == 1


def test_decode_names_the_offset_of_what_it_cannot_read() -> None:
    done = process("decode", "--from", "utf-8", data=b"abc\n\xff")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"songngu: not valid utf-8: byte ff at offset 4, line 2; choose another encoding\n"


@pytest.mark.parametrize("name", sorted(text.commands))
def test_nothing_in_is_nothing_out(name: str) -> None:
    needed = {"split": ("--lang", "vi"), "decode": ("--from", "vni")}.get(name, ())
    written = out(name, *needed, data="")
    assert json.loads(written)["sample"] == "" if name == "detect" else written == ""


@pytest.mark.parametrize("name", sorted(text.commands))
def test_help_has_examples(name: str) -> None:
    assert "Examples:" in out(name, "--help", data="")
