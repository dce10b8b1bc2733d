"""Decoding by name, detection over whole files, and mojibake."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.errors import InputError, UsageError
from termbase.text import encoding_tables as tables
from termbase.text.encodings import ENCODINGS, decode, detect, find_mojibake

CASES = json.loads((Path(__file__).parents[1] / "cases" / "text_encodings.json").read_text(encoding="utf-8"))

LETTERS = [
    unicodedata.normalize("NFC", vowel + mark)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
] + ["đ", "Đ"]
MARKED = [letter for letter in LETTERS if not letter.isascii()]

TEXT = """Đảng ủy quân khu họp phiên thường kỳ tháng chín.
Các đơn vị duy trì nghiêm chế độ sẵn sàng chiến đấu.
Bộ đội biên phòng tuần tra, kiểm soát chặt chẽ đường biên giới.
Chỉ huy trung đoàn kiểm tra công tác hậu cần, kỹ thuật.
Hội nghị đánh giá kết quả huấn luyện sáu tháng đầu năm.
Nhân dân địa phương giúp đỡ bộ đội khắc phục hậu quả bão lũ.
Lực lượng dân quân tự vệ được xây dựng vững mạnh, rộng khắp.
Cán bộ, chiến sĩ nêu cao tinh thần cảnh giác cách mạng.
Tổ chức đảng lãnh đạo tuyệt đối, trực tiếp về mọi mặt.
Thực hiện tốt chính sách hậu phương quân đội ở cơ sở.
Những vấn đề phức tạp phải được xử lý kịp thời, đúng luật.
Kết thúc diễn tập, lữ đoàn rút kinh nghiệm từng nội dung.
"""


def _vni_codes() -> dict[str, str]:
    codes = {letter: code for code, letter in tables.VNI_SINGLE.items()}
    for case in (str.lower, str.upper):
        for base in "aeouyơư":
            shown = {"ơ": "ô", "ư": "ö"}.get(base, base)
            kinds = [("", tables.VNI_TONES)]
            kinds += [("\u0302", tables.VNI_CIRCUMFLEX)] if base in "aeo" else []
            kinds += [("\u0306", tables.VNI_BREVE)] if base == "a" else []
            for modifier, marks in kinds:
                for code, tone in marks.items():
                    letter = unicodedata.normalize("NFC", case(base) + modifier + tone)
                    codes.setdefault(letter, case(shown) + case(code))
    return codes


def _single_codes(high: str, low: dict[int, str]) -> dict[str, bytes]:
    codes = {letter: bytes([0x80 + index]) for index, letter in enumerate(high)}
    return codes | {letter: bytes([code]) for code, letter in low.items()}


VNI = _vni_codes()
SINGLE = {
    "viscii": _single_codes(tables.VISCII_HIGH, tables.VISCII_LOW),
    "vps": _single_codes(tables.VPS_HIGH, tables.VPS_LOW),
    "tcvn5712-1": _single_codes(tables.TCVN_HIGH, tables.TCVN_LOW),
}
VIQR = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b", "'`?~.^(+", strict=True))
TONES = "\u0301\u0300\u0309\u0303\u0323"


def encode(text: str, encoding: str) -> bytes:
    """Write NFC text in a legacy encoding; what songngu itself never does."""
    if encoding == "vni":
        return "".join(VNI.get(c, c) for c in text).encode("cp1252")
    if encoding == "tcvn3":
        small = "".join(c if c in "ĂÂÊÔƠƯĐ" else c.lower() if not c.isascii() else c for c in text)
        return encode(small, "tcvn5712-1")
    if encoding in SINGLE:
        return b"".join(SINGLE[encoding].get(c) or c.encode("ascii") for c in text)
    out = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        modifiers = "".join(m for m in marks if m not in TONES)
        tone = "".join(m for m in marks if m in TONES)
        if encoding == "cp1258":
            out.append(unicodedata.normalize("NFC", base + modifiers) + tone)
        else:
            out.append({"đ": "dd", "Đ": "DD"}.get(letter, base + "".join(VIQR[m] for m in modifiers + tone)))
    return "".join(out).encode("cp1258" if encoding == "cp1258" else "ascii")


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['encoding']}: {c['reason']}") for c in CASES["decode"]])
def test_decode(case: dict[str, str]) -> None:
    assert decode(case["latin1"].encode("latin-1"), case["encoding"]) == case["text"]


@pytest.mark.parametrize("encoding", ["cp1258", "vni", "viscii", "vps", "tcvn5712-1", "viqr"])
def test_every_letter(encoding: str) -> None:
    assert [decode(encode(letter, encoding), encoding) for letter in LETTERS] == LETTERS


def test_every_small_letter_and_plain_capital_of_tcvn3() -> None:
    for letter in [*(x for x in LETTERS if x == x.lower()), *"ĂÂÊÔƠƯĐ"]:
        assert decode(encode(letter, "tcvn3"), "tcvn3") == letter
        assert decode(encode(letter, "tcvn3"), "tcvn3-caps") == letter.upper()


@pytest.mark.parametrize(
    ("encoding", "name"), [("tcvn5712-1", "TCVN5712-1"), ("viscii", "VISCII"), ("cp1258", "CP1258")]
)
def test_tables_agree_with_iconv(encoding: str, name: str) -> None:
    if shutil.which("iconv") is None:
        pytest.skip("iconv, the second source of the tables, is not installed")
    for letter in MARKED:
        data = encode(letter, encoding)
        run = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=data, capture_output=True, check=False)
        if run.returncode:
            pytest.skip(f"this iconv does not know {name}")
        assert unicodedata.normalize("NFC", run.stdout.decode()) == decode(data, encoding) == letter


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii", "vps", "viqr", "utf-8", "utf-16"])
def test_whole_text_is_decoded_and_detected(encoding: str) -> None:
    data = TEXT.encode(encoding) if encoding.startswith("utf") else encode(TEXT, encoding)
    found = detect(data)
    expected = TEXT if encoding != "tcvn3" else TEXT.replace("Ở", "ở")
    assert decode(data, encoding) == expected
    assert found.encoding == encoding
    assert found.confidence >= 0.6
    assert found.sample
    assert expected.startswith(found.sample)


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii", "vps"])
def test_a_single_term_is_not_enough(encoding: str) -> None:
    assert detect(encode("sẵn sàng chiến đấu", encoding)).encoding == ""


@pytest.mark.parametrize(
    "text",
    [
        "Straße über Köln",
        "El niño",
        "Die Brücke über den Fluß führt nach Köln, schöne Grüße aus München, Österreich und Zürich, früher größer",
        "L'été dernier, à la forêt, nous avons mangé des crêpes près de l'hôtel où étaient passés les élèves déjà âgés",
        "mañana por la mañana la señora comerá también más jamón y después beberá café aquí según la tradición española",
        "não é a capital; coração, ação, irmã, avó, avô, também há três órgãos públicos à disposição",
        "Það er maður í húsinu og ég á þrjá ketti, svo fór hún út í búð að sækja mjólk",
    ],
)
def test_clean_western_text_is_left_alone(text: str) -> None:
    for copies in (1, 40):
        assert detect((text + "\n").encode("latin-1") * copies).encoding == ""
        assert detect((text + "\n").encode("utf-8") * copies).encoding == "utf-8"
    assert find_mojibake(text) == ()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"", "utf-8"), (b"plain words", "utf-8"), (b"\xef\xbb\xbfa", "utf-8"), (bytes(range(256)), "")],
)
def test_detect_edges(data: bytes, encoding: str) -> None:
    assert detect(data).encoding == encoding


def test_source_code_is_not_viqr() -> None:
    code = b"if data(x) and (u+v) or do^e: call(a('b'), 'c') # don't\n" * 40
    assert detect(code).encoding == "utf-8"


def test_detect_without_mark_knows_utf16() -> None:
    assert detect(TEXT.encode("utf-16-le")).encoding == "utf-16-le"
    assert detect(TEXT.encode("utf-16-be")).encoding == "utf-16-be"


def test_legacy_text_saved_as_utf8_decodes() -> None:
    assert decode("QuyÕt ®Þnh “míi”".encode(), "tcvn3") == "Quyết định “mới”"


def test_unknown_name_and_bad_bytes_are_refused() -> None:
    with pytest.raises(UsageError, match="unknown encoding “tcvn9”; choose one of cp1258, tcvn3, "):
        decode(b"a", "tcvn9")
    with pytest.raises(UsageError, match="unknown encoding “hex”"):
        decode(b"a", "hex")
    with pytest.raises(InputError, match="not valid utf-8: byte e1 at offset 2, line 2; choose another encoding"):
        decode(b"a\n\xe1", "utf-8")
    with pytest.raises(InputError, match="not valid cp1258: byte 8a at offset 0, line 1"):
        decode(b"\x8a", "cp1258")


def _misread(text: str) -> str:
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def test_mojibake_is_found_and_repaired() -> None:
    broken = _misread(TEXT)
    pieces, position = [], 0
    for found in find_mojibake(broken):
        assert broken[found.start : found.end] == found.text
        assert found.encoding == "utf-8"
        pieces += [broken[position : found.start], found.repaired]
        position = found.end
    assert "".join(pieces) + broken[position:] == TEXT


def test_text_misread_twice_is_read_back_twice() -> None:
    broken = _misread(_misread("“Đảng ủy” ổn định…"))
    assert "".join(found.repaired for found in find_mojibake(broken)) == "“Đảngủy”ổnđịnh…"


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii", "vps"])
def test_legacy_text_is_detected_behind_a_long_english_part(encoding: str) -> None:
    english = b"The regiment held a conference. It was attended by many.\n"
    assert detect(english * 20_000 + encode(TEXT, encoding)).encoding == encoding


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii", "vps"])
def test_a_file_of_two_encodings_is_in_neither(encoding: str) -> None:
    lines = TEXT.splitlines()
    half = b"\n".join(encode(line, encoding) if at % 2 else line.encode() for at, line in enumerate(lines))
    assert detect(half).encoding == ""
    one = b"\n".join(encode(line, encoding) if at == 5 else line.encode() for at, line in enumerate(lines))
    assert detect(one).encoding == ""
    assert detect(TEXT.encode()[:200] + b"\xff" + TEXT.encode()[200:]).encoding == ""


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=8), st.integers(0, 500), st.sampled_from(["cp1258", "tcvn3", "vni", "viscii", "vps", "viqr"]))
def test_a_guess_can_be_decoded(rubbish: bytes, place: int, encoding: str) -> None:
    data = encode(TEXT, encoding)
    data = data[:place] + rubbish + data[place:]
    found = detect(data)
    if found.encoding and not found.encoding.startswith("utf"):
        assert decode(data, found.encoding).startswith(found.sample)


def test_viqr_is_detected_between_english_lines() -> None:
    lines = encode(TEXT, "viqr").decode().splitlines()
    english = "The regiment held a conference today.\nDid it go so well? No, to do it again is a must.\n"
    assert detect("".join(f"{line}\n{english}" for line in lines).encode()).encoding == "viqr"
    assert detect((english * 60).encode()).encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["vni", "viqr"])
def test_bytes_that_windows_leaves_undefined_are_refused(encoding: str) -> None:
    with pytest.raises(InputError, match="not valid windows-1252 text: byte 8d at offset 4, line 2"):
        decode(b"Vie\n\x8d", encoding)


@pytest.mark.parametrize(
    ("name", "same"),
    [(".VnArialH", "tcvn3-caps"), (".VnBook-Antiqua", "tcvn3"), ("TCVN-3 (ABC)", "tcvn3"), ("VNI-Helve", "vni"),
     ("VPS Times", "vps"), ("Windows_1258", "cp1258")],
)  # fmt: skip
def test_names_of_fonts_are_encodings(name: str, same: str) -> None:
    data = encode("công tác đảng", same.removesuffix("-caps"))
    assert decode(data, name) == decode(data, same)


@pytest.mark.parametrize("sign", ["a", "A", "-", "?", "(", "a'", "a^", "dd", "\\", "B\x96"])
@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr"])
def test_long_runs_of_one_sign_take_linear_time(sign: str, encoding: str) -> None:
    data = sign.encode("latin-1") * 20_000
    begun = time.process_time()
    decode(data, encoding)
    detect(data)
    assert time.process_time() - begun < 2


def test_legacy_fonts_are_found_only_over_a_whole_text() -> None:
    shown = encode(TEXT, "tcvn3").decode("latin-1")
    found = find_mojibake(shown)
    assert found[0].repaired == "Đảng"
    assert {mark.encoding for mark in found} == {"tcvn3"}
    assert find_mojibake("QuyÕt ®Þnh") == ()
    assert find_mojibake(TEXT) == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(ENCODINGS))
def test_any_bytes_give_nfc_text_or_a_refusal(data: bytes, encoding: str) -> None:
    try:
        text = decode(data, encoding)
    except InputError:
        assert encoding in ("cp1258", "vni", "viqr")
        return
    assert unicodedata.is_normalized("NFC", text)
    assert 0 <= detect(data).confidence <= 1
