"""What every termbase format must do, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from sample_concepts import CONCEPTS, FULL

from termbase.errors import InputError, UsageError
from termbase.formats.base import ReadOptions
from termbase.formats.fields import ALL, COVERED, ERASERS, reduce
from termbase.formats.registry import FORMATS, format_of, get_format, losses_of, read, spec_for_writing, write
from termbase.model import LANGUAGES, AdministrativeStatus, Concept

BOTH = [name for name, spec in FORMATS.items() if spec.reads and spec.writes]
READERS = [name for name, spec in FORMATS.items() if spec.reads]
WRITERS = [name for name, spec in FORMATS.items() if spec.writes]


def written(concepts, name) -> bytes:
    out = BytesIO()
    write(concepts, out, name)
    return out.getvalue()


def read_back(concepts, name):
    return read(BytesIO(written(concepts, name)), name, ReadOptions(path="x", glossary="sample"))


def canonical(concept: Concept) -> Concept:
    """Formats group terms by language, some by status too; the order of the groups says nothing."""
    order = list(AdministrativeStatus)
    terms = sorted(concept.terms, key=lambda term: (LANGUAGES.index(term.lang), order.index(term.status)))
    return replace(concept, terms=tuple(terms), glossary="")


def expected(name):
    holds = FORMATS[name].holds
    concepts = [canonical(reduce(concept, holds)) for concept in CONCEPTS]
    return [replace(concept, id="") for concept in concepts] if "id" not in holds else concepts


@pytest.mark.parametrize("name", BOTH)
def test_round_trip_is_identity_for_what_the_format_holds(name):
    result = read_back(CONCEPTS, name)
    found = [canonical(concept) for concept in result.concepts]
    if "id" not in FORMATS[name].holds:
        assert len({concept.id for concept in found}) == len(found)
        assert all(concept.id for concept in found)
        found = [replace(concept, id="") for concept in found]
    assert found == expected(name)


@pytest.mark.parametrize("name", BOTH)
def test_reading_back_reports_nothing(name):
    result = read_back(CONCEPTS, name)
    assert result.problems == ()
    assert result.skipped == 0


@pytest.mark.parametrize("name", WRITERS)
def test_writing_is_deterministic(name):
    assert written(CONCEPTS, name) == written(CONCEPTS, name)


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_written_of_nothing_but_a_frame(name):
    assert FULL.terms[0].text.encode() not in written([], name)


@pytest.mark.parametrize("name", BOTH)
def test_an_empty_file_of_the_format_is_no_error(name):
    assert read_back([], name).concepts == ()


@pytest.mark.parametrize("name", WRITERS)
def test_loss_report_names_every_field_that_does_not_survive(name):
    holds = FORMATS[name].holds
    reported = {loss.field for loss in losses_of(CONCEPTS, name)}
    really_lost = {
        field
        for field, erase in ERASERS.items()
        if field not in holds and field != "glossary" and any(erase(concept) != concept for concept in CONCEPTS)
    }
    # One loss is told once: a lost part of speech is not told again as a lost proper noun.
    covered = {field for field in really_lost if COVERED.get(field) in really_lost}
    assert really_lost - covered <= reported
    assert all(loss.message and loss.entry for loss in losses_of(CONCEPTS, name))


@pytest.mark.parametrize("name", BOTH)
def test_second_round_trip_loses_nothing_more(name):
    once = read_back(CONCEPTS, name).concepts
    twice = read_back(once, name).concepts
    assert twice == once


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("garbage", [b"\x00\x01\x02\xff", b"\xff\xfe\x00", b"<a><b></a>", b"PK\x03\x04xx"])
def test_garbage_is_refused_in_one_line_or_read_as_nothing(name, garbage):
    try:
        result = read(BytesIO(garbage), name, ReadOptions(path="bad"))
    except InputError as error:
        assert "\n" not in str(error)
        assert "bad" in str(error)
    else:
        assert len(result.concepts) <= 1


@pytest.mark.parametrize("name", BOTH)
def test_a_file_cut_off_is_refused_or_reported(name):
    data = written(CONCEPTS, name)
    cut = data[: len(data) * 2 // 3]
    try:
        result = read(BytesIO(cut), name, ReadOptions(path="cut"))
    except InputError as error:
        assert "cut" in str(error)
    else:
        assert len(result.concepts) < len(CONCEPTS) + 1


@pytest.mark.parametrize("name", BOTH)
def test_nfd_and_nfc_files_read_the_same(name):
    import unicodedata

    data = written(CONCEPTS, name)
    if data.startswith(b"PK"):
        pytest.skip("a packed file is not text")
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig"
    decomposed = unicodedata.normalize("NFD", data.decode(encoding)).encode(encoding)
    options = ReadOptions(path="x", glossary="sample")
    plain = read(BytesIO(data), name, options).concepts
    assert [[t.text for t in c.terms] for c in read(BytesIO(decomposed), name, options).concepts] == [
        [t.text for t in c.terms] for c in plain
    ]


@pytest.mark.parametrize("name", BOTH)
def test_found_by_content_or_suffix(name):
    spec = FORMATS[name]
    found = format_of(f"file{spec.suffixes[0]}", written(CONCEPTS, name)[:65536])
    assert found.module == spec.module


@pytest.mark.parametrize("name", WRITERS)
def test_reducing_in_one_pass_is_erasing_field_by_field(name):
    holds = FORMATS[name].holds
    for concept in CONCEPTS:
        one_by_one = concept
        for field, erase in ERASERS.items():
            if field not in holds:
                one_by_one = erase(one_by_one)
        assert reduce(concept, holds) == one_by_one


def test_jsonl_holds_everything():
    assert FORMATS["jsonl"].holds == ALL
    assert read_back(CONCEPTS, "jsonl").concepts == CONCEPTS


def test_unknown_format_names_the_known_ones():
    with pytest.raises(UsageError, match="known: .*csv"):
        get_format("doc")


def test_write_replaces_a_file_only_when_all_is_written(tmp_path):
    path = tmp_path / "terms.jsonl"
    path.write_text("before", encoding="utf-8")

    def broken():
        yield FULL
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        write(broken(), path, "jsonl")
    assert path.read_text(encoding="utf-8") == "before"
    assert [child.name for child in tmp_path.iterdir()] == ["terms.jsonl"]


def test_a_missing_file_is_one_line():
    with pytest.raises(InputError, match="nowhere.csv: cannot be read"):
        read("nowhere.csv")


@pytest.mark.parametrize(
    ("suffix", "name"),
    [(".tbx", "tbx-basic"), (".csv", "csv"), (".tsv", "table"), (".xlf", "xliff"), (".html", "html"), (".ttl", "skos")],
)
def test_a_suffix_names_the_fullest_format(suffix, name):
    assert spec_for_writing(f"terms{suffix}").name == name
    assert format_of(f"terms{suffix}", b"anything").reads or suffix == ".html"
