"""Other aligners, to be measured in the same run: Gale and Church as NLTK has them, and hunalign."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from align_data import Document

from tm.model import Bead


def gale_church(found: Document) -> list[Bead]:
    """Align by length alone, with NLTK."""
    from nltk.translate.gale_church import align_blocks

    links = align_blocks([len(text) for text in found.vi], [len(text) for text in found.en])
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        if groups and (i in groups[-1][0] or j in groups[-1][1]):
            groups[-1][0].add(i)
            groups[-1][1].add(j)
        else:
            groups.append(({i}, {j}))
    beads = [Bead(tuple(sorted(vi)), tuple(sorted(en)), 1.0) for vi, en in groups]
    used = {i for b in beads for i in b.vi}, {j for b in beads for j in b.en}
    beads += [Bead((i,), (), 1.0) for i in range(len(found.vi)) if i not in used[0]]
    return beads + [Bead((), (j,), 1.0) for j in range(len(found.en)) if j not in used[1]]


def hunalign(found: Document, program: str) -> tuple[list[Bead], float, int]:
    """Align with ``hunalign -realign`` and no dictionary; return beads, processor time and peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / name) for name in ("null.dic", "vi", "en", "ladder")]
        Path(names[0]).write_text("", encoding="utf-8")
        for name, side in zip(names[1:3], (found.vi, found.en), strict=True):
            Path(name).write_text("".join(f"{_spaced(text)}\n" for text in side), encoding="utf-8")
        with Path(names[3]).open("w", encoding="utf-8") as ladder:
            process = subprocess.Popen(
                [program, "-realign", "-utf", *names[:3]], stdout=ladder, stderr=subprocess.DEVNULL
            )
            _, _, usage = os.wait4(process.pid, 0)
        beads = _rungs(Path(names[3]).read_text(encoding="utf-8").splitlines())
    return beads, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def _spaced(text: str) -> str:
    return re.sub(r"([.,!?;:“”\"()])", r" \1 ", text)


def _rungs(lines: Sequence[str]) -> list[Bead]:
    nodes = [tuple(map(int, line.split("\t")[:2])) for line in lines]
    return [Bead(tuple(range(a[0], b[0])), tuple(range(a[1], b[1])), 1.0) for a, b in pairwise(nodes) if a != b]
