"""OmegaT itself, in console mode, finds the terms of our exports in the segments of a project.

A script that OmegaT runs when the project is loaded reads the glossary folder with OmegaT's own readers and
asks OmegaT's own search for each segment: what the glossary pane of the program would show.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO

import pytest
from sample_concepts import AWKWARD, COURSE, FULL, TENURE

from termbase.bundled import load_bundled
from termbase.formats.registry import write

OMEGAT = shutil.which("omegat")
pytestmark = [pytest.mark.outside, pytest.mark.skipif(not OMEGAT, reason="OmegaT is not installed")]

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>VI</source_lang><target_lang>EN</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok><sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
"""
SCRIPT = """
import org.omegat.core.glossaries.IGlossary
import org.omegat.gui.glossary.FindGlossaryThread
import org.omegat.gui.glossary.GlossaryManager

class Search extends FindGlossaryThread {
  Search(entry, manager) { super(null, entry, manager) }
  protected void checkEntryChanged() { }
  List results() { search() }
}
if (eventType.toString() == "LOAD") {
  def properties = project.projectProperties
  def manager = new GlossaryManager(null)
  manager.priorityGlossary = new File(properties.writeableGlossary)
  manager.externalGlossaries = new IGlossary[0]
  new File(properties.glossaryRoot).listFiles().each { manager.glossaries[it.path] = manager.loadGlossaryFile(it) }
  new File(properties.projectRoot, "found.tsv").withWriter("UTF-8") { out ->
    out.writeLine("entries\\t" + manager.glossaries.values().sum { it.size() })
    project.allEntries.each { segment ->
      new Search(segment, manager).results().each { found ->
        found.getLocTerms(false).each { out.writeLine([segment.srcText, found.srcText, it].join("\\t")) }
      }
    }
  }
}
"""
SEGMENTS = ("Đơn vị sẵn sàng chiến đấu.", "Giao ban buổi sáng.", "Trời hôm nay xanh.")


def found_by_omegat(concepts, format: str, suffix: str, segments, folder) -> tuple[int, list[tuple[str, ...]]]:
    """Return how many entries OmegaT reads, and segment, source and target of what it finds."""
    project = folder / "project"
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    (project / "source" / "text.txt").write_text("\n\n".join(segments) + "\n", encoding="utf-8")
    write(concepts, project / "glossary" / f"terms{suffix}", format)
    script = folder / "search.groovy"
    script.write_text(SCRIPT, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    done = subprocess.run(
        [str(OMEGAT), str(project), "--mode=console-translate", f"--script={script}", f"--config-dir={home}/config"],
        env={**os.environ, "HOME": str(home), "_JAVA_OPTIONS": f"-Duser.home={home} -Dfile.encoding=UTF-8", "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=120, check=False,
    )  # fmt: skip
    path = project / "found.tsv"
    assert path.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    return int(first.split("\t")[1]), [tuple(line.split("\t")) for line in lines]


def test_the_glossaries_are_used_in_a_project(tmp_path):
    concepts = load_bundled()
    out = BytesIO()
    write(concepts, out, "omegat")
    lines = [line for line in out.getvalue().decode().splitlines() if line and not line.startswith("#")]
    count, found = found_by_omegat(concepts, "omegat", ".utf8", SEGMENTS, tmp_path)
    assert count == len(lines)
    assert (SEGMENTS[0], "sẵn sàng chiến đấu", "combat readiness") in found
    assert (SEGMENTS[1], "giao ban", "briefing") in found
    assert {source for segment, source, _ in found if segment == SEGMENTS[0]} >= {"sẵn sàng chiến đấu", "đơn vị"}


def test_homographs_and_awkward_terms_reach_omegat(tmp_path):
    segments = ("Tốt nghiệp khóa này.", "Thực hiện 4 tại chỗ.")
    count, found = found_by_omegat([TENURE, COURSE, FULL, AWKWARD], "omegat", ".utf8", segments, tmp_path)
    assert {target for _, source, target in found if source == "khóa"} == {"tenure", "course"}
    assert (segments[1], "4 tại chỗ", "four on-the-spots") in found
    assert not any("at spot" in target for _, _, target in found), "a forbidden term is not offered"
    assert count == 2 + 3 + 2


def test_tbx_version_2_is_used_too(tmp_path):
    _, found = found_by_omegat([TENURE, COURSE, FULL], "tbx-v2", ".tbx", ("Tốt nghiệp khóa này.",), tmp_path)
    assert {target for _, source, target in found if source == "khóa"} == {"tenure", "course"}
