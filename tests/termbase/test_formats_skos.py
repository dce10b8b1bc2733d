"""SKOS of others: other people's schemes, labels with a life of their own, files that are not Turtle."""

from __future__ import annotations

from io import BytesIO

import pytest
from sample_concepts import CONCEPTS

from termbase.bundled import load_bundled
from termbase.errors import FormatError, MissingExtraError
from termbase.formats.base import ReadOptions
from termbase.formats.registry import losses_of, read, write

rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/terms#> .
"""


def load(text, **options):
    return read(BytesIO(text.encode()), None, ReadOptions(path="t.ttl", glossary="t", **options))


def shown(result):
    return [[f"{t.lang} {t.text} {t.status}" for t in c.terms] for c in result.concepts]


def test_a_scheme_of_others():
    body = """ex:scheme a skos:ConceptScheme ; skos:prefLabel "Terms"@en .
    ex:briefing a skos:Concept ;
      skos:prefLabel "briefing"@en-GB, "giao ban"@vi-VN, "Besprechung"@de ;
      skos:altLabel "stand-up"@en ; skos:hiddenLabel "breifing"@en ;
      skos:definition "A short meeting."@en ; skos:scopeNote "army" ; skos:broader ex:meeting .
    ex:meeting skos:prefLabel "meeting"@en ."""
    result = load(HEAD + body)
    assert shown(result) == [
        ["vi giao ban preferred", "en briefing preferred", "en stand-up admitted", "en breifing forbidden"],
        ["en meeting preferred"],
    ]
    concept = result.concepts[0]
    assert (concept.id, concept.definition_en, concept.scope) == ("briefing", "A short meeting.", "army")
    assert [(str(link.type), link.target) for link in concept.relations] == [("broader", "meeting")]
    assert ["de (1)" in problem.message for problem in result.problems] == [True]


def test_labels_of_skos_xl_alone():
    body = """@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
    ex:a a skos:Concept ; xl:prefLabel [ xl:literalForm "giao ban"@vi ], ex:label . ex:label xl:literalForm "briefing"@en ."""
    assert shown(load(HEAD + body)) == [["vi giao ban preferred", "en briefing preferred"]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "ex:a skos:prefLabel ", "not Turtle"),
        (HEAD + "nope:a skos:prefLabel 'x'@vi .", "not Turtle"),
        (HEAD + "ex:a skos:prefLabel " + "[ skos:note " * 20_000, "not Turtle"),
        (HEAD + 'ex:a skos:prefLabel "Heer"@de .', "its languages are de"),
    ],
)
def test_what_cannot_be_read_is_one_line(text, says):
    with pytest.raises(FormatError) as caught:
        load(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "t.ttl" in str(caught.value)


def test_all_glossaries_come_back():
    concepts = load_bundled()
    out = BytesIO()
    write(concepts, out, "skos")
    back = read(BytesIO(out.getvalue()), "skos").concepts
    assert [concept.id for concept in back] == [concept.id for concept in concepts]
    assert sum(len(c.terms) for c in back) == sum(len(c.terms) for c in concepts if c.terms)


def test_rdflib_finds_the_same_labels():
    out = BytesIO()
    write(CONCEPTS, out, "skos")
    graph = rdflib.Graph().parse(data=out.getvalue().decode(), format="turtle")
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    found = {(value.language, str(value)) for value in graph.objects(None, label)}
    assert found == {(lang, term.text) for c in CONCEPTS for lang in ("vi", "en") if (term := c.preferred(lang))}


def test_writing_needs_no_rdflib(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "rdflib", None)
    assert all(loss.message for loss in losses_of(CONCEPTS, "skos"))
    with pytest.raises(MissingExtraError, match=r"songngu\[rdf\]"):
        load(HEAD)
