"""Other ways to find like segments, measured in the same run: each gives its best answers for a query.

RapidFuzz over every segment, translate-toolkit's matcher, PostgreSQL's pg_trgm and tantivy, the last two with
their candidates ranked again by the word edit distance. None of them but the first finds every match.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tm.fuzzy.keys import compare_keys
from tm.fuzzy.score import similarity

Answer = Callable[[str], Sequence[int]]
"""Gives the word similarities of what a way finds for a query, the best first."""

_TOP = 100


class Words:
    """Texts as strings of one character a word, for the comparison of words by RapidFuzz."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        self.coded = [self.code(text) for text in texts]

    def code(self, text: str) -> str:
        ids = self._ids
        codes = [ids.setdefault(key, len(ids)) for key in compare_keys(text, "vi")]
        return "".join([chr(code if code < 0xD800 else code + 0x800) for code in codes])


def rapidfuzz_words(words: Words) -> Answer:
    """Return brute force over every segment by words."""

    def answer(query: str) -> list[int]:
        own = words.code(query)
        found = process.extract(
            own, words.coded, scorer=Levenshtein.normalized_similarity, score_cutoff=0.6999, limit=5
        )
        return [int(100 * score + 1e-9) for _, score, _ in found]

    return answer


def rapidfuzz_characters(texts: Sequence[str]) -> Answer:
    """Return brute force over every segment by characters."""

    def answer(query: str) -> list[int]:
        found = process.extract(query, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=0.6999, limit=5)
        return _ranked(query, [text for text, _, _ in found])

    return answer


def translate_toolkit(texts: Sequence[str]) -> Answer:
    """Return translate-toolkit's matcher, which compares characters."""
    from translate.search.match import matcher
    from translate.storage.base import TranslationUnit as PeerUnit
    from translate.storage.po import pofile

    PeerUnit.__lt__ = lambda one, other: id(one) < id(other)  # its heap compares units of equal score, and fails
    store = pofile()
    for text in texts:
        store.addsourceunit(text).target = "x"
    peer = matcher(store, max_candidates=5, min_similarity=70, max_length=1000)
    return lambda query: _ranked(query, [unit.source for unit in peer.matches(query)])


def tantivy_ranked(texts: Sequence[str], folder: str) -> Answer:
    """Return tantivy's best hundred by any common word, ranked again by the word edit distance."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", stored=True, tokenizer_name="whitespace")
    index = tantivy.Index(builder.build(), path=folder)
    writer = index.writer(128_000_000, 1)
    for text in texts:
        writer.add_document(tantivy.Document(words=" ".join(compare_keys(text, "vi"))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, schema = index.searcher(), index.schema

    def answer(query: str) -> list[int]:
        own = compare_keys(query, "vi")
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", key)) for key in dict.fromkeys(own)]
        hits = searcher.search(tantivy.Query.boolean_query(terms), _TOP).hits
        stored = [searcher.doc(address)["words"][0].split() for _, address in hits]
        return sorted((score for held in stored if (score := similarity(own, held)) >= 70), reverse=True)[:5]

    return answer


@contextmanager
def pg_trgm(url: str, texts: Sequence[str], kind: str) -> Iterator[tuple[Answer, int]]:
    """Yield pg_trgm's best fifty by a GiST or GIN index, ranked again by words, and the server's process."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.execute("DROP TABLE IF EXISTS peer")
        connection.execute("CREATE TABLE peer (words text)")
        with connection.cursor().copy("COPY peer FROM STDIN") as copy:
            for text in texts:
                copy.write_row((text,))
        connection.execute(f"CREATE INDEX ON peer USING {kind} (words {kind}_trgm_ops)")
        connection.execute("ANALYZE peer")
        connection.execute("SET pg_trgm.similarity_threshold = 0.4")
        near = "ORDER BY words <-> %s" if kind == "gist" else "ORDER BY similarity(words, %s) DESC"
        sql = f"SELECT words FROM peer WHERE words %% %s {near} LIMIT 50"
        backend = connection.info.backend_pid
        yield lambda query: _ranked(query, [row[0] for row in connection.execute(sql, (query, query))]), backend
        connection.execute("DROP TABLE peer")


def _ranked(query: str, texts: Sequence[str]) -> list[int]:
    own = compare_keys(query, "vi")
    scores = [similarity(own, compare_keys(text, "vi")) for text in texts]
    return sorted((score for score in scores if score >= 70), reverse=True)[:5]


def ticks_of(process_id: int) -> float:
    """Return the processor seconds of another process (Linux)."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measured(
    texts: Sequence[str], words: Words, chosen: set[str], url: str | None
) -> Iterator[tuple[str, Any, int | None]]:
    """Yield name, answer and server process of each way that was chosen and is installed."""
    ways: list[tuple[str, str, Callable[[str], Answer]]] = [
        ("rapidfuzz", "RapidFuzz, every segment, words", lambda _: rapidfuzz_words(words)),
        ("rapidfuzz", "RapidFuzz, every segment, characters", lambda _: rapidfuzz_characters(texts)),
        ("toolkit", "translate-toolkit's matcher (characters)", lambda _: translate_toolkit(texts)),
        ("tantivy", "tantivy, best 100, ranked by words", lambda folder: tantivy_ranked(texts, folder)),
    ]
    for name, title, make in ways:
        if name in chosen:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    yield title, make(folder), None
                except ImportError as error:
                    print(f"{title}: not measured, {error.name} is not installed")
    for kind in ("gist", "gin"):
        if "pg_trgm" in chosen and url:
            with pg_trgm(url, texts, kind) as (answer, backend):
                yield f"pg_trgm {kind}, best 50, ranked by words", answer, backend
