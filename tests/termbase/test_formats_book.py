"""Printed forms are honest about doubt: what is checked and how sure the compilers are."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from termbase.formats.registry import losses_of, write
from termbase.model import AdministrativeStatus, Concept, Confidence, Term, Verification

SURE = Concept(
    id="giao-ban",
    terms=(
        Term(text="giao ban", lang="vi", verification=Verification.VERIFIED),
        Term(text="briefing", lang="en", verification=Verification.VERIFIED),
        Term(text="hand-over", lang="en", status=AdministrativeStatus.ADMITTED, verification=Verification.REPORTED),
    ),
    confidence=Confidence.HIGH,
)
MIDDLING = replace(
    SURE,
    id="hoi-y",
    terms=(
        Term(text="hội ý", lang="vi"),
        Term(text="consultation", lang="en", verification=Verification.REPORTED),
        Term(text="huddle", lang="en", status=AdministrativeStatus.ADMITTED),
    ),
    confidence=Confidence.MEDIUM,
)
DOUBTFUL = replace(
    SURE,
    id="vong-tong-hop",
    terms=(
        Term(text="vòng tổng hợp", lang="vi"),
        Term(text="combined round", lang="en", verification=Verification.UNVERIFIED),
    ),
    confidence=Confidence.LOW,
)
CONCEPTS = (SURE, MIDDLING, DOUBTFUL)


def written(name, concepts=CONCEPTS):
    out = BytesIO()
    write(concepts, out, name)
    return out.getvalue().decode()


def shown(name):
    """Return the first line of each entry, as it is read."""
    text = written(name)
    if name == "markdown":
        lines = [line for line in text.splitlines() if line.startswith("- **")]
        return [line.replace("*", "").replace("\\", "").removeprefix("- ") for line in lines]
    heads = re.findall(r"<article[^>]*>\n<p>(.*?)</p>", text)
    return [re.sub(r"<sup[^>]*>(.*?)</sup>", r" \1", head) for head in heads]


@pytest.mark.parametrize("name", ["html", "print", "markdown"])
def test_each_rendering_shows_whether_it_was_checked_and_each_entry_how_sure_it_is(name):
    plain = [" ".join(re.sub("<[^>]*>", "", line).split()) for line in shown(name)]
    assert plain == [
        "giao ban briefing ✓; hand-over ~",
        "hội ý consultation ~; huddle ?",
        "vòng tổng hợp combined round ??",
    ]


@pytest.mark.parametrize("name", ["html", "print", "markdown"])
def test_every_mark_is_explained_before_the_first_entry(name):
    text = written(name)
    start = text.index("How to read an entry")
    guide = text[start : text.index("giao ban", start)]
    for word in ("✓", "~", "??", "medium confidence", "low confidence", "none", "knowledge of the field alone"):
        assert word in guide, word


def test_a_mark_is_named_for_those_who_hear_the_page():
    assert '<sup class="doubt" lang="en" title="low confidence">??</sup>' in written("html")


def test_checks_that_are_not_shown_are_reported():
    found = [loss for loss in losses_of(CONCEPTS, "print") if loss.field == "verification"]
    assert [(loss.entry, loss.message) for loss in found] == [("giao-ban", "giao ban")]


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
def test_a_browser_lays_the_marks_out(tmp_path: Path):
    page = tmp_path / "page.html"
    write(CONCEPTS, page, "html")
    done = subprocess.run(
        [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.count('<sup class="doubt"') == 2 + 2
    assert done.stdout.count('<sup class="checked"') == 3 + 2
