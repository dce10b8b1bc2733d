"""The review file, the page that makes it, and aligning again with what was confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli as root
from termbase.errors import FormatError, InputError, UsageError
from tm.align.engine import AlignOptions, align, align_segments
from tm.align.review import Review, read_review, realign, review_page, review_text
from tm.model import Bead

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SUBJECTS = [("Trung đoàn", "Regiment"), ("Lữ đoàn", "Brigade"), ("Đại đội", "Company"), ("Tiểu đoàn", "Battalion")]
VERBS = [("tập bắn", "practised shooting"), ("giúp dân", "helped people"), ("nhận xe mới", "received new vehicles")]


def documents(count):
    vi, en = [], []
    for number in range(count):
        subject, verb = SUBJECTS[number % 4], VERBS[number % 3]
        vi.append(f"{subject[0]} {number + 3} {verb[0]}.")
        en.append(f"{subject[1]} {number + 3} {verb[1]}.")
    return "\n".join(vi), "\n".join(en)


def test_a_review_file_is_read_as_it_was_written(tmp_path):
    review = Review(align(*documents(4)), "bài “a” </script>")
    path = tmp_path / "a.review.json"
    path.write_text(review_text(review), encoding="utf-8")
    assert read_review(path) == review


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "not a review file"),
        ("[]", "not a review file"),
        ('{"format": "other"}', "does not say"),
        (
            '{"format": "songngu-review", "vi": [], "en": [], "beads": [{"vi": [0], "en": [], "score": 1}]}',
            "exactly one",
        ),
    ],
)
def test_a_bad_review_file_is_refused(tmp_path, content, fault):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=fault):
        read_review(path)


def test_a_missing_review_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.json"):
        read_review(tmp_path / "none.json")


def test_text_of_the_documents_cannot_end_the_script():
    page = review_page(Review(align("Câu </script><b>x</b>.", "A </script> sentence.")))
    assert page.count("</script>") == 2


def test_fixed_beads_stay_and_the_rest_fits_in():
    vi, en = (text.split("\n") for text in documents(8))
    fixed = [Bead((3,), (4,), 0.1), Bead((0,), (), 0.5)]
    beads = align_segments(vi, en, options=AlignOptions(fixed=fixed))
    assert next(b for b in beads if 3 in b.vi) == Bead((3,), (4,), 1.0, True)
    assert next(b for b in beads if 0 in b.vi) == Bead((0,), (), 1.0, True)
    assert sorted(i for b in beads for i in b.vi) == list(range(8))
    assert sorted(j for b in beads for j in b.en) == list(range(8))


def test_fixed_beads_may_cross():
    vi, en = (text.split("\n") for text in documents(8))
    fixed = [Bead((1,), (6,), 1.0), Bead((6,), (1,), 1.0), Bead((2, 4), (2,), 1.0)]
    beads = align_segments(vi, en, options=AlignOptions(fixed=fixed))
    assert {(b.vi, b.en) for b in beads if b.confirmed} == {((1,), (6,)), ((6,), (1,)), ((2, 4), (2,))}
    assert [b.vi[0] for b in beads if b.vi] == sorted(b.vi[0] for b in beads if b.vi)
    assert sorted(j for b in beads for j in b.en) == list(range(8))


@pytest.mark.parametrize("fixed", [[Bead((0,), (0,), 1.0), Bead((0,), (1,), 1.0)], [Bead((9,), (0,), 1.0)]])
def test_impossible_fixed_beads_are_refused(fixed):
    with pytest.raises(UsageError, match="vi segment"):
        align_segments(["a", "b"], ["a", "b"], options=AlignOptions(fixed=fixed))


def test_command_writes_the_page_and_takes_the_review(tmp_path):
    vi, en = documents(6)
    (tmp_path / "a.vi.txt").write_text(vi, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(en, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("a.vi.txt", "a.en.txt", "a.html", "a.review.json")]
    done = CliRunner().invoke(root.cli, ["align", *names[:2], "--html", names[2], "--json"])
    assert done.exit_code == 0, done.output
    assert "Trung đoàn 3 tập bắn." in Path(names[2]).read_text(encoding="utf-8")
    value = {"format": "songngu-review", **json.loads(done.stdout)}
    value["beads"] = [{"vi": [0], "en": [1], "score": 0, "confirmed": True}, {"vi": [1], "en": [0], "score": 0}] + [
        {"vi": [k], "en": [k], "score": 0.5} for k in range(2, 6)
    ]
    Path(names[3]).write_text(json.dumps(value), encoding="utf-8")
    for arguments in ([], names[:2]):
        again = CliRunner().invoke(root.cli, ["align", *arguments, "--review", names[3], "--json"])
        assert again.exit_code == 0, again.output
        beads = json.loads(again.stdout)["beads"]
        assert {"vi": [0], "en": [1], "score": 1.0, "confirmed": True} in beads
    Path(names[0]).write_text("Khác.", encoding="utf-8")
    refused = CliRunner().invoke(root.cli, ["align", *names[:2], "--review", names[3]])
    assert refused.exit_code == 3
    assert "segment 0 was" in refused.stderr


# --- in a browser ------------------------------------------------------------------------------


@pytest.fixture
def page(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as runner:
        context = runner.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=str(CHROMIUM), args=SWITCHES, accept_downloads=True
        )
        yield context.new_page()
        context.close()


def opened(page, tmp_path, alignment):
    path = tmp_path / "a.html"
    path.write_text(review_page(Review(alignment, "a")), encoding="utf-8")
    page.goto(path.as_uri())
    return page


def saved(page, tmp_path):
    with page.expect_download() as download:
        page.keyboard.press("w")
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    return target


def shifted(count):
    """An alignment that is wrong everywhere: each Vietnamese sentence with the English one before."""
    right = align(*documents(count))
    first = [Bead((0,), (), 0.2)]
    middle = [Bead((k + 1,), (k,), 0.3) for k in range(count - 1)]
    last = [Bead((), (count - 1,), 0.2)]
    return type(right)(right.vi, right.en, tuple(first + middle + last))


@pytest.mark.outside
def test_thirty_pairs_are_corrected_by_keyboard_alone(page, tmp_path):
    alignment = shifted(30)
    opened(page, tmp_path, alignment)
    press = page.keyboard.press
    for number in range(30):
        # The English sentence of the row below belongs here: let it come up, then confirm. At the end the
        # row below is empty then and vanishes, so that there is no way back to go.
        press("Shift+ArrowDown")
        if number < 29:
            press("ArrowUp")
        press("Enter")
    review = read_review(saved(page, tmp_path))
    assert [(b.vi, b.en) for b in review.alignment.beads] == [((k,), (k,)) for k in range(30)]
    assert all(bead.confirmed for bead in review.alignment.beads)
    again = realign(review.alignment)
    assert [(b.vi, b.en, b.confirmed) for b in again.beads] == [((k,), (k,), True) for k in range(30)]


@pytest.mark.outside
def test_corrected_pairs_stay_and_the_rest_is_aligned_again(page, tmp_path):
    """Forty pairs, all wrong; thirty are put right by keyboard, the file goes back to the command."""
    opened(page, tmp_path, shifted(40))
    for _ in range(30):
        for key in ("Shift+ArrowDown", "ArrowUp", "Enter"):
            page.keyboard.press(key)
    review = saved(page, tmp_path)
    left = [(b.vi, b.en) for b in read_review(review).alignment.beads if not b.confirmed and b.vi and b.en]
    assert all(vi != en for vi, en in left)
    assert len(left) >= 8
    done = CliRunner().invoke(root.cli, ["align", "--review", str(review), "--json"])
    assert done.exit_code == 0, done.output
    beads = json.loads(done.stdout)["beads"]
    assert [(b["vi"], b["en"]) for b in beads] == [([k], [k]) for k in range(40)]
    assert [b.get("confirmed", False) for b in beads] == [True] * 30 + [False] * 10
    assert [b["score"] for b in beads[:30]] == [1.0] * 30


@pytest.mark.outside
def test_every_key_does_what_it_says(page, tmp_path):
    opened(page, tmp_path, align(*documents(4)))
    press = page.keyboard.press

    def rows():
        return page.evaluate("beads.map(b => b.vi.join() + '=' + b.en.join())")

    press("m")
    assert rows() == ["0,1=0,1", "2=2", "3=3"]
    press("s")
    assert rows() == ["0=0", "1=1", "2=2", "3=3"]
    press("]")
    assert rows() == ["0=", "1=0,1", "2=2", "3=3"]
    press("u")
    press("ArrowDown")
    press("ArrowLeft")
    press("[")
    assert rows() == ["0,1=0", "=1", "2=2", "3=3"]
    press("u")
    assert rows() == ["0=0", "1=1", "2=2", "3=3"]
    press("d")
    assert rows() == ["0=0", "1=", "=1", "2=2", "3=3"]
    press("Shift+ArrowUp")
    assert rows() == ["1=0", "0=", "=1", "2=2", "3=3"]
    assert "✎" in page.inner_text(".row.now .facts")
    press("u")
    press("Control+z")
    press("Enter")
    assert page.evaluate("beads.map(b => b.confirmed)") == [False, True, False, False]
    assert "1 confirmed" in page.inner_text("#state")


@pytest.mark.outside
def test_only_doubtful_rows_are_shown_on_request(page, tmp_path):
    alignment = align(*documents(4))
    beads = tuple(Bead(b.vi, b.en, 0.9 if k % 2 else 0.4) for k, b in enumerate(alignment.beads))
    opened(page, tmp_path, type(alignment)(alignment.vi, alignment.en, beads))
    page.keyboard.press("f")
    assert page.locator(".row:visible").count() == 2
    page.keyboard.press("ArrowDown")
    assert page.evaluate("now") == 2
