"""Document pairs of any length in an invented pair of languages, with the beads that are right.

Words follow Zipf's law, a word has one to three renderings, one in five is rendered freely, and there are
names and numbers. Only the shape of the task is real: for speed, memory, and the effect of noise.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_HEADS = ["b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v"]
_TAILS = ["ác", "ai", "àn", "áp", "ất", "âu", "ấy", "eo", "ệt", "iên", "inh", "ít", "oa", "ống", "ộ", "ơi", "ưng", "uy"]
_EN_HEADS = ["bl", "cr", "dr", "fl", "gr", "j", "kl", "pl", "qu", "shr", "spl", "st", "sw", "tw", "v", "w", "y", "z"]
_EN_TAILS = [
    "ab",
    "ack",
    "aft",
    "arn",
    "asp",
    "eld",
    "emp",
    "ent",
    "erd",
    "ib",
    "ick",
    "ilt",
    "imp",
    "obe",
    "ock",
    "ond",
    "orm",
    "unt",
]


@dataclass(frozen=True)
class Noise:
    """Shares of the pairs that are merged on one side, split off, deleted or inserted."""

    merged: float = 0.12
    unpaired: float = 0.05


@dataclass(frozen=True)
class Document:
    """Sentences of both sides and the right beads; ``coarse`` numbers those whose inside is not known."""

    vi: list[str]
    en: list[str]
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]]
    coarse: tuple[int, ...] = ()


def _dictionary(random_: random.Random, size: int) -> list[tuple[str, list[str]]]:
    words = []
    for _ in range(size):
        vi = " ".join(random_.choice(_HEADS) + random_.choice(_TAILS) for _ in range(random_.choice([1, 2, 2])))
        en = [
            random_.choice(_EN_HEADS) + random_.choice(_EN_TAILS) + random_.choice(["", "el", "on", "is", "um"])
            for _ in range(random_.choice([1, 1, 2, 3]))
        ]
        words.append((vi, en))
    return words


def document(pairs: int, noise: Noise = Noise(), *, seed: int = 1, words: int = 6000) -> Document:
    """Return a document of about ``pairs`` sentence pairs."""
    random_ = random.Random(seed)
    dictionary = _dictionary(random.Random(7), words)
    weights = [1 / (rank + 8) for rank in range(words)]
    vi, en, beads = [], [], []

    def sentence() -> tuple[str, str]:
        chosen = random_.choices(dictionary, weights, k=max(3, int(random_.lognormvariate(2.5, 0.5))))
        left = [word for word, _ in chosen]
        right = [random_.choice(r) if random_.random() < 0.8 else random_.choice(dictionary)[1][0] for _, r in chosen]
        for place in range(len(right) - 1):
            if random_.random() < 0.3:
                right[place], right[place + 1] = right[place + 1], right[place]
        if random_.random() < 0.15:
            number = str(random_.randrange(2, 3000))
            left.append(number)
            right.append(number)
        return " ".join(left).capitalize() + ".", " ".join(right).capitalize() + "."

    while len(beads) < pairs:
        kind = random_.random()
        first, second = [], []
        if kind < noise.unpaired:
            (first if random_.random() < 0.5 else second).append(sentence()[random_.random() < 0.5])
        elif kind < noise.unpaired + noise.merged:
            one, other = sentence(), sentence()
            if random_.random() < 0.5:
                first, second = [one[0], other[0]], [f"{one[1][:-1]}, {other[1].lower()}"]
            else:
                first, second = [f"{one[0][:-1]}, {other[0].lower()}"], [one[1], other[1]]
        else:
            one = sentence()
            first, second = [one[0]], [one[1]]
        beads.append((tuple(range(len(vi), len(vi) + len(first))), tuple(range(len(en), len(en) + len(second)))))
        vi += first
        en += second
    return Document(vi, en, beads)
