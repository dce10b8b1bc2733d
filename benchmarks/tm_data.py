"""The memories that the benchmarks of the translation memory are run on, built by seed.

``real`` memories take the pairs of a file (Vietnamese TAB English …, plain or gzip) and, beyond their number,
edited, joined and spliced ones. ``template`` memories are invented news sentences of about thirty tokens, each
with many near neighbours. Figures from different kinds of memory must not be compared.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

Pair = tuple[str, str]

_UNITS = (
    "Trung đoàn|Lữ đoàn|Sư đoàn|Tiểu đoàn|Hải đội|Hải đoàn|Bộ chỉ huy quân sự tỉnh|Ban chỉ huy quân sự huyện".split("|")
)
_ACTS = (
    "tổ chức diễn tập bắn đạn thật|khai mạc hội thi chiến sĩ giỏi|ra quân huấn luyện năm học mới|"
    "phối hợp tuần tra song phương|tiếp nhận tàu mới|bế mạc lớp bồi dưỡng kiến thức quốc phòng|"
    "gặp mặt cựu chiến binh|trao nhà đồng đội"
).split("|")
_GUESTS = (
    "đồng chí Tư lệnh Quân khu|đại diện lãnh đạo tỉnh ủy|thủ trưởng Bộ Tổng Tham mưu|đoàn công tác của Bộ Quốc phòng|"
    "các cơ quan chức năng|đông đảo cán bộ, chiến sĩ|nhân dân trên địa bàn"
).split("|")
_PLACES = "Quảng Ninh|Lạng Sơn|Nghệ An|Đắk Lắk|Cà Mau|Kiên Giang|Khánh Hòa|Điện Biên|Hà Giang|Quảng Trị".split("|")
_ENDS = (
    "nhằm nâng cao khả năng sẵn sàng chiến đấu của đơn vị|góp phần giữ vững ổn định chính trị trên địa bàn|"
    "đánh dấu bước trưởng thành của lực lượng vũ trang tỉnh|để kịp thời rút kinh nghiệm cho những năm tiếp theo"
).split("|")


def load(path: str | None, seed: int) -> list[Pair]:
    """Return the pairs of a file with at least three white-space units in the first text, shuffled by seed."""
    rng = random.Random(seed)
    if path is None:
        return [(text, f"sentence {number}") for number, text in enumerate(templates(50_000, seed))]
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    rows = [line.split("\t")[:2] for line in text.split("\n")]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2 and len(row[0].split()) > 2 and row[1].strip()]
    rng.shuffle(pairs)
    return pairs


def templates(count: int, seed: int) -> list[str]:
    """Return different news sentences made from a template."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        day, month = rng.randint(1, 28), rng.randint(1, 12)
        found[
            f"Ngày {day} tháng {month}, {rng.choice(_UNITS)} {rng.randint(1, 999)} {rng.choice(_ACTS)} tại "
            f"{rng.choice(_PLACES)}, có {rng.choice(_GUESTS)} và {rng.choice(_GUESTS)} tham dự, {rng.choice(_ENDS)}."
        ] = None
    return list(found)


def grown(pairs: Sequence[Pair], size: int, seed: int) -> Iterator[Pair]:
    """Yield ``size`` pairs: the given ones, then edited, joined and spliced ones."""
    rng = random.Random(seed)
    yield from pairs[:size]
    words = [word for pair in pairs for word in pair[0].split()]
    for number in range(size - len(pairs)):
        (one, one_en), (other, other_en) = rng.choice(pairs), rng.choice(pairs)
        kind, tokens = rng.random(), one.split()
        if kind < 0.4:
            for _ in range(rng.randint(1, 3)):
                tokens[rng.randrange(len(tokens))] = rng.choice(words)
            yield " ".join(tokens), f"{one_en} ({number})"
        elif kind < 0.7:
            yield f"{one} {other}", f"{one_en} {other_en} ({number})"
        else:
            rest = other.split()
            tokens = tokens[: rng.randint(1, len(tokens))] + rest[rng.randint(0, len(rest) - 1) :]
            yield " ".join(tokens), f"{one_en} / {other_en} ({number})"


def queries(pairs: Sequence[Pair], count: int, seed: int) -> list[str]:
    """Return stored, edited and spliced segments, a third each."""
    rng = random.Random(seed + 1)
    words = [word for pair in pairs[:20_000] for word in pair[0].split()]
    found = []
    for number in range(count):
        tokens = rng.choice(pairs)[0].split()
        if number % 3 == 1:
            for _ in range(max(1, int(len(tokens) * rng.random() * 0.3))):
                tokens[rng.randrange(len(tokens))] = rng.choice(words)
        elif number % 3 == 2:
            rest = rng.choice(pairs)[0].split()
            tokens = tokens[: len(tokens) // 2] + rest[len(rest) // 2 :]
        found.append(" ".join(tokens))
    return found
