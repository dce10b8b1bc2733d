"""``songngu text``: standard input to standard output."""

from __future__ import annotations

import json
import unicodedata

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


@pytest.mark.parametrize("name", sorted(text.commands))
def test_help_has_examples(name: str) -> None:
    assert "Examples:" in out(name, "--help", data="")
