"""Repair of whole files: every byte that is no rejected term stays; the command and its way back."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from termbase import Termbase
from termbase.check import CheckOptions
from termbase.checking.documents import read_bitext, read_text_alone
from termbase.commands.aligned import joined, read_texts
from termbase.errors import FormatError, InputError, UsageError
from termbase.fix import FixOptions
from termbase.fix_files import fix_document
from termbase.json import concept_from_json
from termbase.model import Span

CONCEPT = {
    "id": "cell",
    "glossary": "own",
    "terms": [
        {"lang": "vi", "text": "chi bộ", "status": "preferred"},
        {"lang": "en", "text": "Party cell", "status": "preferred", "part_of_speech": "noun"},
        {"lang": "en", "text": "cell branch", "status": "deprecated", "part_of_speech": "noun"},
        {"lang": "en", "text": "R&D cell", "status": "admitted", "part_of_speech": "noun"},
    ],
}
TERMS = Termbase.from_concepts([concept_from_json(CONCEPT)])
OPTIONS = FixOptions(check=CheckOptions(word_check=False))

TSV = 'vi\ten\tnote\r\nCác chi bộ.\tThe cell branches.\tcell branch\r\nChi bộ.\t"A ""cell branch"" met"\t\r\n'
TMX = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header note="cell branch"/><body>
<tu tuid="1"><note>cell branch</note><tuv xml:lang="vi"><seg>Chi bộ &amp; đội.</seg></tuv>
<tuv xml:lang="en-GB"><seg>A <bpt i="1">&lt;b title="cell branch"></bpt>cell branch<ept i="1">&lt;/b></ept> &amp; team.</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="vi"><seg>Chi bộ.</seg></tuv><tuv xml:lang="en"><seg>The cell <ph/>branch.</seg></tuv></tu>
</body></tmx>
"""
XLIFF = """<xliff version="1.2"><file source-language="vi" target-language="en"><body>
<trans-unit id="1"><source>Chi bộ.</source><target>The <g id="1">cell branch</g>.</target>
<alt-trans><source>Chi bộ.</source><target>The cell branch.</target></alt-trans></trans-unit>
<trans-unit id="2" approved="yes"><source>Chi bộ.</source><target>The cell branch.</target></trans-unit>
<trans-unit id="3" translate="no"><source>Chi bộ.</source><target>The cell branch.</target></trans-unit>
</body></file></xliff>
"""
XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="vi" trgLang="en"><file id="f">
<unit id="1"><notes><note>cell branch</note></notes><segment><source>Chi bộ.</source><target>The <pc id="1">cell branch</pc>.</target></segment></unit>
<unit id="2"><segment state="final"><source>Chi bộ.</source><target>The cell branch.</target></segment></unit>
</file></xliff>
"""
PO = """# cell branch
msgid ""
msgstr "Language: en\\n"

#: cell_branch.c
msgid "Chi bộ\\n"
msgstr ""
"A \\"cell branch\\"\\n"

msgid "%d chi bộ"
msgid_plural "%d chi bộ"
msgstr[0] "%d cell branch"
msgstr[1] "%d cell branches"

msgid "chi bộ họp"
msgstr "the cell "
"branch meets"

#~ msgid "chi bộ"
#~ msgstr "cell branch"
"""
MARKDOWN = """---
title: cell branch
---
# Cell Branch

The cell branch and `cell branch`, see [cell branch](cell-branch.md "cell branch").

```
cell branch
```

    cell branch

"""


def fixed(document):
    return fix_document(TERMS, document, OPTIONS)


def stored(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize(
    ("name", "text", "changes"),
    [
        ("a.tsv", TSV, [("The cell branches.", "The Party cells."), ('""cell branch""', '""Party cell""')]),
        ("a.tmx", TMX, [("</bpt>cell branch<ept", "</bpt>Party cell<ept")]),
        ("a.xlf", XLIFF, [('<g id="1">cell branch</g>', '<g id="1">Party cell</g>')]),
        ("b.xlf", XLIFF2, [('<pc id="1">cell branch</pc>', '<pc id="1">Party cell</pc>')]),
        (
            "a.po",
            PO,
            [
                ('\\"cell branch\\"', '\\"Party cell\\"'),
                ('msgstr[0] "%d cell branch"', 'msgstr[0] "%d Party cell"'),
                ('msgstr[1] "%d cell branches"', 'msgstr[1] "%d Party cells"'),
            ],
        ),
    ],
    ids=["tsv", "tmx", "xliff 1.2", "xliff 2.0", "po"],
)
def test_only_the_terms_change(tmp_path, name, text, changes):
    for mark, ends in (("", "\n"), ("\ufeff", "\r\n")):
        given = mark + text.replace("\r\n", "\n").replace("\n", ends)
        wanted = given
        for before, after in changes:
            assert wanted.count(before) == 1
            wanted = wanted.replace(before, after)
        path = stored(tmp_path, name, given)
        result = fixed(read_bitext(path, ("vi", "en")))
        assert result.content == wanted
        path = stored(tmp_path, name, result.content)
        assert not fixed(read_bitext(path, ("vi", "en"))).changed


def test_a_term_parted_by_a_code_or_a_break_is_reported(tmp_path):
    tmx = fixed(read_bitext(stored(tmp_path, "a.tmx", TMX), ("vi", "en")))
    assert [line for line in tmx.refused if "unit 2" in line and "inline code" in line]
    po = fixed(read_bitext(stored(tmp_path, "a.po", PO), ("vi", "en")))
    assert any("line break" in line for line in po.refused)


def test_confirmed_translations_are_never_changed(tmp_path):
    result = fixed(read_bitext(stored(tmp_path, "a.xlf", XLIFF), ("vi", "en")))
    assert ["confirmed" in line for line in result.refused] == [True]


def test_markdown_keeps_code_links_and_front_matter(tmp_path):
    result = fixed(read_text_alone(stored(tmp_path, "a.md", MARKDOWN)))
    wanted = MARKDOWN.replace("# Cell Branch", "# Party Cell").replace("The cell branch and", "The Party cell and")
    assert fix_document(
        TERMS, read_text_alone(stored(tmp_path, "a.md", MARKDOWN)), FixOptions(markdown=True)
    ).content == (wanted.replace("[cell branch](", "[Party cell]("))
    assert "`cell branch`" in result.content


def test_escapes_of_the_format_are_used(tmp_path):
    concept = {
        **CONCEPT,
        "terms": [CONCEPT["terms"][0], {**CONCEPT["terms"][3], "status": "preferred"}, CONCEPT["terms"][2]],
    }
    terms = Termbase.from_concepts([concept_from_json(concept)])
    text = XLIFF.replace('<g id="1">cell branch</g>', "cell branch")
    result = fix_document(terms, read_bitext(stored(tmp_path, "a.xlf", text), ("vi", "en")), OPTIONS)
    assert "<target>The R&amp;D cell.</target>" in result.content


def test_utf_16_is_kept(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_bytes("\ufeffchi bộ\tcell branch\r\n".encode("utf-16-le"))
    document = read_bitext(str(path), ("vi", "en"))
    result = fixed(document)
    document.write(result.content, str(path))
    assert path.read_bytes() == "\ufeffchi bộ\tParty cell\r\n".encode("utf-16-le")


def test_a_diff_names_its_reasons(tmp_path):
    source = stored(tmp_path, "vi.txt", "Một.\n\nChi bộ.\n")
    target = stored(tmp_path, "en.txt", "One.\n\nThe cell branch.")
    diff = fixed(read_texts(str(source), str(target), ("vi", "en"), TERMS)).diff()
    assert "@@ -3 +3 @@ “cell branch” is deprecated; use Party cell" in diff
    assert "-The cell branch.\n\\ No newline at end of file\n+The Party cell.\n" in diff


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(FormatError, match="a.tmx:1"):
        read_bitext(stored(tmp_path, "a.tmx", "<tmx><tu></tmx>"), ("vi", "en"))
    bomb = '<!DOCTYPE a [<!ENTITY x "y">]><tmx>&x;</tmx>'
    with pytest.raises(FormatError, match="entities"):
        read_bitext(stored(tmp_path, "b.tmx", bomb), ("vi", "en"))
    with pytest.raises(FormatError, match="no target column"):
        read_bitext(stored(tmp_path, "a.tsv", "chi bộ\n"), ("vi", "en"))
    with pytest.raises(FormatError, match="not closed"):
        read_bitext(stored(tmp_path, "a.po", 'msgid "chi bộ'), ("vi", "en"))
    with pytest.raises(UsageError, match=r"\.tsv"):
        read_bitext(stored(tmp_path, "a.docx", ""), ("vi", "en"))
    with pytest.raises(InputError, match="none.txt"):
        read_texts(stored(tmp_path, "s.txt", "a"), str(tmp_path / "none.txt"), ("vi", "en"), TERMS)


@pytest.fixture
def glossary(tmp_path):
    return stored(tmp_path, "own.jsonl", json.dumps(CONCEPT, ensure_ascii=False) + "\n")


def run(*arguments, **options):
    return CliRunner().invoke(cli.cli, list(arguments), **options)


def test_the_command_shows_writes_and_takes_back(tmp_path, glossary):
    path = stored(tmp_path, "a.txt", "The cell branch.\r\n")
    shown = run("--glossary", glossary, "fix", path)
    assert shown.exit_code == 1
    assert "+The Party cell." in shown.stdout
    assert (tmp_path / "a.txt").read_bytes() == b"The cell branch.\r\n"
    assert run("--glossary", glossary, "fix", path, "--write").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == b"The Party cell.\r\n"
    assert run("--glossary", glossary, "fix", path, "--write").exit_code == 0
    assert run("fix", path, "--undo").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == b"The cell branch.\r\n"
    assert run("fix", path, "--undo").exit_code == 3


def test_json_lines_are_answered_in_order(glossary):
    rows = [
        '{"id": 1, "source": "chi bộ", "target": "A cell branch."}',
        "not JSON",
        '{"id": 3, "target": "A cell branch."}',
        '{"id": 4, "source": 5, "target": "x"}',
    ]
    done = run("--glossary", glossary, "fix", "--jsonl", "-", input="\n".join(rows) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 3
    assert [a.get("target") for a in answers] == ["A Party cell.", None, "A Party cell.", None]
    assert [bool(a.get("error")) for a in answers] == [False, True, False, True]
    change = answers[0]["changes"][0]
    assert (change["start"], change["end"], change["before"], change["after"]) == (2, 13, "cell branch", "Party cell")
    assert answers[0]["findings"] == []


def test_check_command_keys_exit_codes_and_acceptance(tmp_path, glossary):
    path = stored(tmp_path, "a.tsv", "Chi bộ 5.\tThe cell branch 5.\nNăm 2020.\tIn 2021.\n")
    done = run("--glossary", glossary, "check", path, "--json")
    rows = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [row["kind"] for row in rows] == ["deprecated", "date"]
    keys = {"segment", "kind", "severity", "concept_id", "source", "target", "expected", "message", "fix"}
    assert keys <= set(rows[0])
    assert rows[0]["fix"] == {"start": 4, "end": 15, "text": "Party cell"}
    assert run("--glossary", glossary, "check", path, "--fail-on", "never").exit_code == 0
    rules = stored(tmp_path, "rules", "date = off\ndeprecated = note\n")
    assert run("--glossary", glossary, "check", path, "--rules", rules).exit_code == 0
    assert run("--glossary", glossary, "check", path, "--accept", "the house wants it").exit_code == 0
    assert json.loads(run("--glossary", glossary, "check", path, "--json").stdout) == []
    stored(tmp_path, "a.tsv", "Chi bộ 6.\tThe cell branch 6.\nNăm 2020.\tIn 2021.\n")
    assert [row["kind"] for row in json.loads(run("--glossary", glossary, "check", path, "--json").stdout)] == [
        "deprecated"
    ]
    bad = stored(tmp_path, "bad", "colour = off\ncase = loud\n")
    assert run("--glossary", glossary, "check", path, "--rules", bad).exit_code == 3


def unlike_texts(folder, mark=""):
    source, target = folder / "vi.txt", folder / "en.txt"
    source.write_text("Ngày 5-3-2025, chi bộ họp tại Hà Nội. Có 25 người dự.\n", encoding="utf-8")
    text = mark + "On 5 March 2025 the cell branch met in Ha Noi.\r\n\r\n25 people of the cell branch attended.\r\n"
    target.write_bytes(text.encode())
    return source, target, text


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unlike_paragraphs_are_aligned_and_repaired_in_place(tmp_path, glossary, mark):
    source, target, text = unlike_texts(tmp_path, mark)
    done = CliRunner().invoke(cli.cli, ["--glossary", glossary, "fix", str(source), str(target), "--write"])
    assert done.exit_code == 0, done.output
    # The second sentence has no chi bộ in its source, so it is none of the fix's business.
    assert target.read_bytes().decode() == text.replace("the cell branch met", "the Party cell met")


def test_segments_of_one_pair_keep_their_places():
    content = "A cell\nbranch. The  cell branch."
    located = joined(content, [Span(0, 14, content[:14]), Span(15, 31, content[15:31])])
    assert located.text == content[:14] + " " + content[15:31]
    assert located.place(20, 31) == (20, 31)
    parted = joined("One.\r\nTwo.", [Span(0, 4, "One."), Span(6, 10, "Two.")])
    assert parted.text == "One. Two."
    assert parted.place(3, 6) is None
    assert parted.place(5, 8) == (6, 9)


def test_a_target_may_come_from_standard_input(tmp_path, glossary):
    source = tmp_path / "vi.txt"
    source.write_text("Chi bộ họp.\n", encoding="utf-8")
    shown = CliRunner().invoke(
        cli.cli, ["--glossary", glossary, "fix", str(source), "-", "--json"], input="The cell branch met.\n"
    )
    assert shown.exit_code == 1
    assert [change["after"] for change in json.loads(shown.stdout)["changes"]] == ["Party cell"]
    refused = CliRunner().invoke(
        cli.cli, ["--glossary", glossary, "fix", str(source), "-", "--write"], input="The cell branch met.\n"
    )
    assert refused.exit_code == 2
    assert not list(tmp_path.glob("-*"))
