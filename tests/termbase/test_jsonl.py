from __future__ import annotations

import json
from io import BytesIO

import pytest
from sample_concepts import CONCEPTS, FULL

from termbase.formats.base import ReadOptions, WriteOptions
from termbase.formats.jsonl import read, write
from termbase.json import concept_from_json, concept_to_json


def load(*lines: str):
    return read(BytesIO("\n".join(lines).encode()), ReadOptions(path="t.jsonl", glossary="t"))


def test_shape_of_a_concept():
    data = concept_to_json(FULL)
    assert list(data)[:4] == ["id", "glossary", "subject_field", "terms"]
    assert data["definitions"].keys() == {"vi", "en"}
    assert data["parts"][0] == {"vi": "chỉ huy tại chỗ", "en": "on-site command"}
    assert data["sources"] == ["Sách mẫu (Nhà in, 2024)", "A; B"]
    assert {"lang", "text", "status", "type", "part_of_speech", "note", "source"} <= data["terms"][0].keys()


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_json_and_back(concept):
    assert concept_from_json(json.loads(json.dumps(concept_to_json(concept)))) == concept


def test_one_line_a_concept_in_order():
    out = BytesIO()
    write(CONCEPTS, out, WriteOptions())
    lines = out.getvalue().decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [concept.id for concept in CONCEPTS]
    assert "tại chỗ" in lines[0]


def test_minimal_line_and_blank_lines():
    (concept,) = load("", '{"id": "c1", "terms": [{"lang": "vi", "text": "Đảng"}]}', "").concepts
    assert (concept.glossary, concept.terms[0].text) == ("t", "Đảng")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Expecting"),
        ("[]", "a concept must be a JSON object"),
        ('{"terms": []}', "id: a concept needs an id"),
        ('{"id": 7}', "id: a string is wanted"),
        ('{"id": "a", "terms": 3}', "terms: a list is wanted"),
        ('{"id": "a", "terms": [{"lang": "fr", "text": "x"}]}', 'lang: "vi" or "en" is wanted'),
        ('{"id": "a", "terms": [{"lang": "vi"}]}', "text: a term needs a text"),
        (
            '{"id": "a", "terms": [{"lang": "vi", "text": "x", "status": "good"}]}',
            "status: 'good' is none of preferred",
        ),
        ('{"id": "a", "parts": ["x"]}', "parts: objects with 'vi' and 'en' are wanted"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_skipped_and_told(line, says):
    result = load(line, '{"id": "ok", "terms": []}')
    assert [concept.id for concept in result.concepts] == ["ok"]
    assert result.skipped == 1
    assert result.problems[0].line == 1
    assert says in result.problems[0].message
