"""OmegaT, run in console mode: it counts as we do, and it uses our TMX in a project."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tm.analyze import analyze
from tm.formats import registry
from tm.formats.base import ReadOptions
from tm.formats.plain import TextDocument
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.store import TranslationMemory

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(not shutil.which("omegat"), reason="OmegaT is not installed"),
]

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


@pytest.fixture
def project(tmp_path):
    """Run OmegaT on files of one segment a line; return the folder of the project."""

    def run(files, units, direction=("vi", "en")):
        folder = tmp_path / "project"
        for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
            (folder / name).mkdir(parents=True)
        for name, lines in files.items():
            (folder / "source" / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        source, target = (lang.upper() for lang in direction)
        (folder / "omegat.project").write_text(PROJECT.format(source=source, target=target), encoding="utf-8")
        registry.write(units, str(folder / "tm" / "auto" / "memory.tmx"), "tmx")
        command = ["omegat", f"--config-dir={tmp_path / 'config'}", "--mode=console-translate", "--quiet", str(folder)]
        environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
        if not (folder / "omegat" / "project_stats.txt").is_file():
            pytest.fail(f"OmegaT did not finish: {(done.stdout + done.stderr)[-300:]}")
        return folder

    return run


def statistics(folder):
    """The rows of OmegaT's project statistics: segments, words, characters without and with spaces."""
    found = {}
    for line in (folder / "omegat" / "project_stats.txt").read_text(encoding="utf-8").splitlines():
        name, *cells = (cell.strip() for cell in line.split("\t"))
        if name.endswith(":") and len(cells) >= 4:
            found[name[:-1]] = tuple(int(cell) for cell in cells[:4])
    return found


def numbers(counts):
    return counts.segments, counts.words, counts.characters, counts.characters_with_spaces


VIETNAMESE = {
    "a.txt": [
        "Đại đội 3 sẵn sàng chiến đấu.",
        "Giữ vững trận địa 24/24 giờ, đạt 95,5% chỉ tiêu!",
        "Đại đội 3 sẵn sàng chiến đấu.",
        "Không có gì – cả; “bốn tại chỗ” (4 tại chỗ)…",
        "Ngày 22-12-1944, lúc 7h30, cách 1.200,5 km.",
        "Nghị quyết số 29-NQ/TW và Quyết định 1989/QĐ-BGDĐT.",
    ],
    "b.txt": [
        "Giữ vững trận địa 24/24 giờ, đạt 95,5% chỉ tiêu!",
        "Trung đoàn 5 (mới) hành quân: đêm nay, ngày mai.",
        "Liên hệ: phong_3@quankhu.example, điện thoại 069.123.456.",
    ],
}
ENGLISH = {
    "c.txt": [
        "The unit's commanders don't rest; they're ready 24/7.",
        "A well-known, state-of-the-art system costs $1,200.50 (or 95.5%).",
        "See https://example.org/a_b?c=1 and e.g. Mr. Smith’s e-mail: a.b@example.org!",
        "“Hold the line,” he said – twice, and O'Brien agreed.",
        "The R&D branch of A.B.C. wrote x_y, a_1, 5km/h, 1.5kg, +84-69, x² and ½ in the log.",
        "The unit's commanders don't rest; they're ready 24/7.",
    ]
}


@pytest.mark.parametrize(("files", "direction"), [(VIETNAMESE, ("vi", "en")), (ENGLISH, ("en", "vi"))])
def test_the_totals_of_an_analysis_are_omegat_s(project, files, direction):
    known = files[min(files)][0]
    unit = TranslationUnit(source=Segment(direction[0], known), target=Segment(direction[1], "x y"))
    theirs = statistics(project(files, [unit], direction))
    options = ReadOptions(source=direction[0], target=direction[1])
    documents = [(name, TextDocument.of("\n".join(lines).encode(), options)) for name, lines in files.items()]
    with TranslationMemory.open(":memory:") as memory:
        empty = analyze(memory, documents)[-1]
        memory.add(unit)
        total = analyze(memory, documents)[-1]
    assert numbers(total.total) == theirs["Total"]
    repeated = ("repetitions", "cross-file repetitions")
    assert numbers(added(empty, leave=repeated)) == theirs["Unique"]
    assert numbers(added(total, leave=(*repeated, "100", "context"))) == theirs["Unique Remaining"]


def added(analysis, leave):
    rows = [counts for name, counts in analysis.rows.items() if name not in leave]
    return sum(rows[1:], rows[0])


def test_omegat_translates_by_our_tmx(project):
    units = [
        TranslationUnit(
            source=Segment("vi", "Đại đội 3 sẵn sàng chiến đấu."),
            target=Segment("en", 'Company 3 is "combat ready" & <set>.'),
            document="a.txt",
            author="An & Bình",
            created="2026-01-02T03:04:05Z",
            status=UnitStatus.CONFIRMED,
            notes=("một",),
            properties=(("x", "y"),),
        ),
        TranslationUnit(source=Segment("en", "The night march."), target=Segment("vi", "Hành quân đêm.")),
        TranslationUnit(
            source=Segment("vi", "Trung đoàn 5 hành quân."),
            target=Segment("en", "Regiment 5 is on the march."),
            provenance=Provenance.UNKNOWN,
        ),
        TranslationUnit(
            source=Segment("vi", "Mã.", (InlineCode(0, "g", '<g id="1">'),)), target=Segment("en", "Code.")
        ),
    ]
    lines = ["Đại đội 3 sẵn sàng chiến đấu.", "Không có.", "Trung đoàn 5 hành quân.", "Hành quân đêm."]
    folder = project({"a.txt": lines}, units)
    out = [line for line in (folder / "target" / "a.txt").read_text(encoding="utf-8").splitlines() if line]
    assert out[:3] == ['Company 3 is "combat ready" & <set>.', "Không có.", "Regiment 5 is on the march."]
    theirs = list(registry.read(str(next(folder.glob("*-omegat.tmx")))))
    assert {(unit.source.text, unit.target.text) for unit in theirs} >= {
        ("Đại đội 3 sẵn sàng chiến đấu.", 'Company 3 is "combat ready" & <set>.'),
        ("Trung đoàn 5 hành quân.", "Regiment 5 is on the march."),
    }
