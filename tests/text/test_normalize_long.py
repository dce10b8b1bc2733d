"""No public function of the text layer takes more than linear time, whatever the text repeats."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest

from termbase.text import collation, english, keys, language, normalize, syllable, typing
from termbase.text.encodings import decode, detect, find_mojibake

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "normalize": normalize.normalize,
    "normalize_term": normalize.normalize_term,
    "normalize_mapped": normalize.normalize_mapped,
    "place_tones": lambda text: normalize.place_tones(text, "old"),
    "exact_key": keys.exact_key,
    "folded_key": keys.folded_key,
    "loose_key": keys.loose_key,
    "match_key": lambda text: keys.match_key(unicodedata.normalize("NFC", text)),
    "strip_marks": keys.strip_marks,
    "numeral_variants": keys.numeral_variants,
    "parse_syllable": syllable.parse_syllable,
    "untype": typing.untype,
    "detect_language": language.detect_language,
    "cldr_key": collation.cldr_key,
    "dictionary_key": collation.dictionary_key,
    "natural_key": collation.natural_key,
    "find_mojibake": find_mojibake,
    "detect": lambda text: detect(text.encode("cp1252", "replace")),
    "decode viqr": lambda text: decode(text.encode("ascii", "replace"), "viqr"),
    "surface_forms": lambda text: english.surface_forms(text, "noun"),
    "verb forms": lambda text: english.forms(text, "verb"),
    "to_spelling": lambda text: english.to_spelling(text, "en-GB"),
    "spelling_of": english.spelling_of,
    "indefinite_article": english.indefinite_article,
    "key": english.key,
}
REPEATED = (
    *(
        "a",
        "A",
        "á",
        "a\u0301",
        "\u0301",
        "\u0301\u0302",
        "\u200b",
        "a\u200b",
        "\u00ad",
        "Ðảng ",
        "ð",
        '" ',
        "“",
        " - ",
    ),
    *(
        "\u00a0",
        "1",
        "0 ",
        "năm ",
        "ba ",
        "3 sẵn sàng, ",
        "a.",
        "a'",
        "hòa",
        "oow",
        "d9o65i ",
        "a^'",
        "\\",
        "a, ",
        " and",
    ),
    *("co-", "organis", "(", "\u1112\u1161\u11ab", "👨\u200d", "Ã¡", "aâ", "counter-attack ", "X-", "1.234,5 ", "\n"),
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_long_text_takes_linear_time(name: str) -> None:
    function = FUNCTIONS[name]
    for piece in REPEATED:
        text = (piece * 20_000)[:20_000]
        begun = time.process_time()
        function(text)
        assert time.process_time() - begun < 1.5, piece
