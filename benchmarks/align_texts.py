"""Documents written by hand for the measurement of alignment, and what befalls documents in real life.

The texts stand in ``align_texts/``: a line for each bead, its Vietnamese and English sides parted by ``##``,
sentences of one side by ``||``; an empty side is a sentence without partner. ``@4.5`` as a third part puts
the English side behind that of line 4 (counted from 0): the translator moved it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from align_data import Document

FOLDER = Path(__file__).resolve().parent / "align_texts"
Row = tuple[list[str], list[str], float]


def read_text(path: Path) -> Document:
    """Read one document."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") or not line.strip():
            continue
        parts = [part.strip() for part in f" {line} ".split(" ## ")]
        vi, en = ([text.strip() for text in part.split("||") if text.strip()] for part in parts[:2])
        rows.append((vi, en, float(parts[2][1:]) if len(parts) > 2 else float(len(rows))))
    return _joined(rows)


def texts() -> dict[str, Document]:
    """Read all documents, by name."""
    return {path.stem: read_text(path) for path in sorted(FOLDER.glob("*.txt"))}


def _joined(rows: Sequence[Row]) -> Document:
    """Put rows together; the English sides in the order of their places."""
    en: list[str] = []
    places: dict[int, tuple[int, ...]] = {}
    for number in sorted(range(len(rows)), key=lambda k: rows[k][2]):
        places[number] = tuple(range(len(en), len(en) + len(rows[number][1])))
        en += rows[number][1]
    vi: list[str] = []
    beads = []
    for number, row in enumerate(rows):
        beads.append((tuple(range(len(vi), len(vi) + len(row[0]))), places[number]))
        vi += row[0]
    return Document(vi, en, beads)


def _rows(found: Document) -> list[Row]:
    rows = [([found.vi[i] for i in vi], [found.en[j] for j in en], en[0] if en else -1.0) for vi, en in found.beads]
    last = -1.0
    placed: list[Row] = []
    for vi, en, place in rows:
        last = place if en else last + 1e-6
        placed.append((vi, en, last))
    return placed


def noisy(found: Document, share: float, pool: Sequence[Document], *, seed: int) -> Document:
    """Delete one side of some pairs and insert sentences of other documents: ``share`` of the beads together."""
    random_ = random.Random(seed)
    rows: list[Row] = []
    for vi, en, place in _rows(found):
        chance = random_.random()
        if chance < share / 4 and vi and en:
            rows.append((vi, [], place))
        elif chance < share / 2 and vi and en:
            rows.append(([], en, place))
        else:
            rows.append((vi, en, place))
        if random_.random() < share / 2:
            other = random_.choice(pool)
            one = random_.random() < 0.5
            rows.append(
                ([random_.choice(other.vi)], [], place) if one else ([], [random_.choice(other.en)], place + 0.5)
            )
    return _joined(_alone(rows))


def _alone(rows: Sequence[Row]) -> list[Row]:
    """Give each sentence without partner a bead of its own."""
    result: list[Row] = []
    for vi, en, place in rows:
        if vi and en:
            result.append((vi, en, place))
        else:
            result += [([text], [], place) for text in vi] + [([], [text], place) for text in en]
    return result


def cut(found: Document, share: float, *, vi_side: bool, where: str) -> Document:
    """Leave a run of beads out on one side: at the ``start``, in the ``middle`` or at the ``end``."""
    rows = _rows(found)
    size = int(len(rows) * share)
    first = {"start": 0, "middle": (len(rows) - size) // 2, "end": len(rows) - size}[where]
    for number in range(first, first + size):
        vi, en, place = rows[number]
        rows[number] = ([], en, place) if vi_side else (vi, [], place)
    return _joined(_alone([row for row in rows if row[0] or row[1]]))


def all_cuts(found: Document, share: float) -> list[Document]:
    """Return the six documents of which a run is missing."""
    return [
        cut(found, share, vi_side=side, where=where) for side in (True, False) for where in ("start", "middle", "end")
    ]


def together(documents: Sequence[Document]) -> Document:
    """Return one long document of several."""
    vi: list[str] = []
    en: list[str] = []
    beads = []
    coarse: list[int] = []
    for found in documents:
        coarse += [len(beads) + number for number in found.coarse]
        beads += [(tuple(i + len(vi) for i in a), tuple(j + len(en) for j in b)) for a, b in found.beads]
        vi += found.vi
        en += found.en
    return Document(vi, en, beads, tuple(coarse))
