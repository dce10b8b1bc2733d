"""``songngu text``: the text layer, standard input to standard output, a line in, a line out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from termbase.commands.common import dump, read_lines, read_text


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


@click.group()
def text() -> None:
    """Normalise, split, sort and decode text.

    Every command reads standard input and writes standard output, in UTF-8.

    \b
    Examples:
      $ printf 'Hoà bình\\n' | songngu text normalize --tone old
      Hòa bình
    """


@text.command()
@click.option("--tone", type=click.Choice(["old", "new"]), help="Tone placement: hòa, thủy (old) or hoà, thuỷ (new).")
@click.option("--term", is_flag=True, help="As a term is stored: trimmed, single-spaced, no full-width forms.")
def normalize(tone: str | None, term: bool) -> None:
    """Write each line in storage form.

    NFC, misordered marks mended, eth as đ in Vietnamese words, odd spaces plain, invisible characters
    dropped. Tone placement stays unless --tone asks for one.

    \b
    Examples:
      $ echo 'hoà bình, thuỷ quân, quý' | songngu text normalize --tone old
      hòa bình, thủy quân, quý
      $ echo '  ＱＰ＆ＡＮ  toàn dân' | songngu text normalize --term
      QP&AN toàn dân
    """
    from termbase.text.normalize import normalize as storage_form
    from termbase.text.normalize import normalize_term, place_tones

    form = normalize_term if term else storage_form
    lines = (form(line) for line in read_lines("-"))
    if tone == "old":
        _write(place_tones(line, "old") for line in lines)
    elif tone == "new":
        _write(place_tones(line, "new") for line in lines)
    else:
        _write(lines)


@text.command()
@click.option("--lang", type=click.Choice(["vi", "en"]), required=True, help="Language of the text.")
def split(lang: str) -> None:
    """Split running text into sentences, one a line.

    Line ends inside a sentence become spaces.

    \b
    Examples:
      $ echo 'Đ/c Nam đã đến. Hội nghị bắt đầu.' | songngu text split --lang vi
      Đ/c Nam đã đến.
      Hội nghị bắt đầu.
    """
    from termbase.text.sentences import split_sentences

    _write(" ".join(span.text.splitlines()) for span in split_sentences(read_text("-"), lang))


@text.command()
@click.option(
    "--order",
    type=click.Choice(["dictionary", "cldr", "natural"]),
    default="dictionary",
    help="dictionary: syllable by syllable (default); cldr: tones last; natural: numbers by value.",
)
def sort(order: str) -> None:
    """Sort lines in Vietnamese order.

    \b
    Examples:
      $ printf 'bà con\\nbá\\nba mươi\\nbà\\n' | songngu text sort
      ba mươi
      bà
      bà con
      bá
      $ printf 'Quân khu 10\\nQuân khu 7\\n' | songngu text sort --order natural
      Quân khu 7
      Quân khu 10
    """
    from termbase.text.collation import sort_key

    _write(sorted(read_lines("-"), key=sort_key(order)))


@text.command()
@click.option("--from", "encoding", metavar="ENC", required=True, help="Encoding to decode; see the list above.")
def decode(encoding: str) -> None:
    """Decode legacy text to UTF-8.

    Known are cp1258, tcvn3 (ABC fonts, .VnTime), tcvn3-caps (fonts that draw capitals, .VnTimeH),
    tcvn5712-1, vni, viscii, vps, viqr, utf-8, utf-16 and the other text codecs of Python. The name of
    a legacy font will do as well: .VnArialH, VNI-Helve.

    \b
    Examples:
      $ echo "sa(~n sa\\`ng chie^'n dda^'u" | songngu text decode --from viqr
      sẵn sàng chiến đấu
    """
    from termbase.text.encodings import decode as decoded

    click.echo(decoded(sys.stdin.buffer.read(), encoding), nl=False)


@text.command()
def detect() -> None:
    """Guess the encoding of a whole file.

    Writes one JSON object: the encoding ("" when not sure), a confidence of 0 to 1, and a sample as it
    would be decoded. Nothing is converted. The exit code is 1 when not sure.

    \b
    Examples:
      $ echo 'Đảng ủy' | songngu text detect
      {"encoding": "utf-8", "confidence": 0.99, "sample": "Đảng ủy"}
    """
    from termbase.text.encodings import detect as detected

    found = detected(sys.stdin.buffer.read())
    click.echo(dump({"encoding": found.encoding, "confidence": found.confidence, "sample": found.sample.strip()}))
    if not found.encoding:
        raise SystemExit(1)


@text.command()
def keys() -> None:
    """Write the comparison keys of each line, a JSON object a line.

    \b
    Examples:
      $ echo 'Bốn tại chỗ' | songngu text keys
      {"exact": "4 tại chỗ", "folded": "4 tai cho", "loose": "4 tai cho"}
      $ echo 'Kỹ thuật' | songngu text keys
      {"exact": "kỹ thuật", "folded": "ky thuat", "loose": "ki thuat"}
    """
    _write(dump(row) for row in _keys(read_lines("-")))


def _keys(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    from termbase.text.keys import exact_key, folded_key, loose_key

    for line in lines:
        yield {"exact": exact_key(line), "folded": folded_key(line), "loose": loose_key(line)}
