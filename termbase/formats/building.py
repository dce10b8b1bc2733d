"""Making concepts from what other tools' files say: words mapped, texts normalised, faults collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.fields import make_term
from termbase.formats.ids import concept_id, pair_id, pair_ids
from termbase.formats.making import maker
from termbase.formats.words import part_of_speech_of, status_of, type_of
from termbase.model import LANGUAGES, AdministrativeStatus, CaseRule, Concept, Term, TermType
from termbase.text.normalize import normalize, normalize_term

MAX_PROBLEMS = 1000
_make: Callable[..., Concept] = maker(
    Concept,
    "id terms glossary subject_field definition_vi definition_en parts examples note scope valid_from valid_to "
    "confidence relations properties",
)


PAIR_TEXTS = ("subject_field", "definition_vi", "definition_en", "note", "scope")
"""The texts that may stand beside a pair of terms."""

_NO_TEXTS = ["", "", "", "", ""]
_PREFERRED, _FULL = AdministrativeStatus.PREFERRED, TermType.FULL_FORM
_PLAIN = {
    "status": _PREFERRED, "type": _FULL, "part_of_speech": None, "number": None, "case_rule": None, "profiles": (),
    "note": "", "source": "", "verification": None,
}  # fmt: skip
_make_vi: Callable[[str], Term] = maker(Term, "text", lang="vi", **_PLAIN)
_make_en: Callable[[str], Term] = maker(Term, "text", lang="en", **_PLAIN)
_make_plain: Callable[..., Concept] = maker(
    Concept, "id terms glossary subject_field definition_vi definition_en note scope",
    parts=(), examples=(), valid_from="", valid_to="", confidence=None, relations=(), properties=(),
)  # fmt: skip


def _language_order(term: Term) -> int:
    return LANGUAGES.index(term.lang)


@dataclass(slots=True)
class ReadTerm:
    """A term as a file gives it: the words of its fields are not yet understood."""

    lang: str
    text: str = ""
    status: str = ""
    type: str = ""
    part_of_speech: str = ""
    case: str = ""
    note: str = ""
    source: str = ""
    line: int | None = None


class Builder:
    """Collects concepts and problems of one file."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._concepts: dict[str, Concept] = {}
        self._problems: list[Problem] = []
        self._skipped = 0
        self.clean = not options.normalize
        """Whether the texts given to :meth:`add_pair` are in storage form already, but for spaces in terms."""

    def add(self, concept: Concept, terms: Iterable[ReadTerm], line: int | None = None) -> None:
        """Add a concept with these terms; one without an id gets one made of its terms.

        A concept without terms is skipped and reported. One whose generated id is there already is
        merged into it; one whose own id is there keeps it and is reported.
        """
        read = [term for term in terms if term.text and not term.text.isspace()]
        made = self._terms(concept.id, read)
        if not made:
            self._skipped += 1
            self.problem("an entry without a Vietnamese or English term is left out", line, concept.id)
            return
        generated = not concept.id
        concept = self._complete(concept, made, _unknown_words(read))
        if concept.id not in self._concepts:
            self._concepts[concept.id] = concept
            return
        if not generated:
            self.problem("the id stands twice; the entries are put together", line, concept.id)
        self._merge(concept)

    def add_pair(self, vi: str, en: str, values: Mapping[str, str], line: int) -> None:
        """Add a concept of one term in each language and texts of its own; the same as :meth:`add`, quicker.

        ``values`` may hold ``id``, ``subject_field``, definitions, ``note`` and ``scope``.
        """
        texts = [values.get(name, "") for name in PAIR_TEXTS] if len(values) > 2 else _NO_TEXTS
        if not self.clean:
            vi, en = normalize_term(vi), normalize_term(en)
            if not (vi and en):
                self.add(Concept(id="", terms=()), [ReadTerm("vi", vi), ReadTerm("en", en)], line)
                return
            texts = [normalize(text).strip() if text and not text.isascii() else text for text in texts]
        elif self._options.normalize:
            vi, en = " ".join(vi.split()), " ".join(en.split())
        identifier = values.get("id", "")
        own = "" if identifier.isdigit() else identifier
        terms = (
            make_term(vi, "vi", _PREFERRED, _FULL, None, None, None, (), "", "", None),
            make_term(en, "en", _PREFERRED, _FULL, None, None, None, (), "", "", None),
        )
        field, definition_vi, definition_en, note, scope = texts
        concept = _make(
            own or pair_id(vi, en), terms, self._options.glossary, field, definition_vi, definition_en,
            (), (), note, scope, "", "", None, (), (),
        )  # fmt: skip
        self._put(concept, own, line)

    def add_pairs(self, columns: Mapping[str, Sequence[str]], lines: Sequence[int]) -> None:
        """Add many pairs at once; the same as :meth:`add_pair` of each.

        ``columns`` holds ``vi`` and ``en``, and may hold what ``values`` of :meth:`add_pair` may. The texts are as
        they are to be stored, without U+0000.
        """
        vi, en = columns["vi"], columns["en"]
        owned = ["" if own.isdigit() else own for own in columns["id"]] if "id" in columns else [""] * len(lines)
        terms = zip(map(_make_vi, vi), map(_make_en, en), strict=True)
        nothing = [""] * len(lines)
        texts = [columns.get(name, nothing) for name in PAIR_TEXTS]
        ids = owned if all(owned) else [own or pair for own, pair in zip(owned, pair_ids(vi, en), strict=True)]
        fresh = map(_make_plain, ids, terms, [self._options.glossary] * len(lines), *texts)
        if len(set(ids)) == len(ids) and self._concepts.keys().isdisjoint(ids):
            self._concepts.update(zip(ids, fresh, strict=True))
            return
        for own, line, concept in zip(owned, lines, fresh, strict=True):
            self._put(concept, own, line)

    def _put(self, concept: Concept, own: str, line: int) -> None:
        if self._concepts.setdefault(concept.id, concept) is concept:
            return
        if own:
            self.problem("the id stands twice; the entries are put together", line, own)
        self._merge(concept)

    def _merge(self, concept: Concept) -> None:
        from termbase.merge import merge_concepts

        old = self._concepts[concept.id]
        self._concepts[concept.id] = merge_concepts(old, concept, prefer="old")[0]

    def problem(self, message: str, line: int | None = None, entry: str = "", field: str = "") -> None:
        """Note a problem at a line of the file."""
        if len(self._problems) < MAX_PROBLEMS:
            path = self._options.path
            self._problems.append(Problem(message=message, path=path, line=line, entry=entry, field=field))

    def skip(self, message: str, line: int | None = None, entry: str = "") -> None:
        """Count an entry that is left out, and note why."""
        self._skipped += 1
        self.problem(message, line, entry)

    def result(self, foreign: Mapping[str, int] | None = None) -> ReadResult:
        """Return what was read; ``foreign`` counts terms by language tags that were not understood.

        Raises :class:`FormatError` when nothing but foreign terms was found.
        """
        if foreign:
            listed = ", ".join(f"{tag or 'no language'} ({count})" for tag, count in foreign.items())
            if not self._concepts:
                message = f"no Vietnamese or English terms; its languages are {listed}"
                raise FormatError([Problem(message=message, path=self._options.path)])
            self.problem(f"terms in other languages are left out: {listed}")
        problems = sorted(self._problems, key=lambda problem: problem.line or 0)
        return ReadResult(tuple(self._concepts.values()), tuple(problems), None, self._skipped)

    def _terms(self, entry: str, read: list[ReadTerm]) -> tuple[Term, ...]:
        marked = {term.lang for term in read if term.status and status_of(term.status) is _PREFERRED}
        normal = self._options.normalize
        seen: dict[tuple[str, str], Term] = {}
        preferred: set[str] = set()
        for term in read:
            text = normalize_term(term.text) if normal else term.text
            status = self._status(entry, term, marked, preferred)
            if status is AdministrativeStatus.PREFERRED:
                preferred.add(term.lang)
            if (term.lang, text) in seen:
                self.problem(f"“{text}” stands twice; the first is kept", term.line, entry)
                continue
            seen[term.lang, text] = make_term(
                text,
                term.lang,
                status,
                (type_of(term.type) if term.type else None) or TermType.FULL_FORM,
                part_of_speech_of(term.part_of_speech) if term.part_of_speech else None,
                None,
                CaseRule(term.case) if term.case else None,
                (),
                term.note.strip(),
                term.source.strip(),
                None,
            )
        made = tuple(seen.values())
        ordered = len(made) == 2 and made[0].lang == LANGUAGES[0]
        return made if ordered else tuple(sorted(made, key=_language_order))

    def _status(self, entry: str, term: ReadTerm, marked: set[str], preferred: set[str]) -> AdministrativeStatus:
        if not term.status:
            # A language in which no term is called preferred: the first without a status is.
            first = term.lang not in marked and term.lang not in preferred
            return AdministrativeStatus.PREFERRED if first else AdministrativeStatus.ADMITTED
        status = status_of(term.status)
        if status is None:
            self.problem(f"unknown status {term.status!r}; the term is taken as a draft", term.line, entry, "status")
        return status or AdministrativeStatus.DRAFT

    def _complete(self, concept: Concept, terms: tuple[Term, ...], properties: tuple[tuple[str, str], ...]) -> Concept:
        """Return the concept with an id, its terms, the glossary's name, and its texts in storage form."""
        texts = [concept.definition_vi, concept.definition_en, concept.note, concept.subject_field, concept.scope]
        if self._options.normalize:
            texts = [text and normalize(text).strip() for text in texts]
        definition_vi, definition_en, note, subject_field, scope = texts
        return _make(
            concept.id or concept_id(terms),
            terms,
            concept.glossary or self._options.glossary,
            subject_field,
            definition_vi,
            definition_en,
            concept.parts,
            concept.examples,
            note,
            scope,
            concept.valid_from,
            concept.valid_to,
            concept.confidence,
            concept.relations,
            concept.properties + properties if properties else concept.properties,
        )


def _unknown_words(terms: list[ReadTerm]) -> tuple[tuple[str, str], ...]:
    """Return what no field can hold: words of other tools that are not understood, kept as they are."""
    kept: list[tuple[str, str]] = []
    for term in terms:
        if not (term.type or term.part_of_speech or term.status):
            continue
        if term.type and type_of(term.type) is None:
            kept.append((f"{term.lang} termType", term.type))
        if term.part_of_speech and part_of_speech_of(term.part_of_speech) is None:
            kept.append((f"{term.lang} partOfSpeech", term.part_of_speech))
        if term.status and status_of(term.status) is None:
            kept.append((f"{term.lang} status", term.status))
    return tuple(dict.fromkeys(kept))
