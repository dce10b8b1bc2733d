"""Concepts that use every field, for the contract tests of formats and stores."""

from __future__ import annotations

from termbase.model import (
    AdministrativeStatus,
    CaseRule,
    Concept,
    Confidence,
    Example,
    GrammaticalNumber,
    Part,
    PartOfSpeech,
    Relation,
    RelationType,
    Term,
    TermType,
    Verification,
)

S = AdministrativeStatus

FULL = Concept(
    id="bon-tai-cho",
    glossary="sample",
    subject_field="slogan-formula",
    terms=(
        Term(
            text="4 tại chỗ",
            lang="vi",
            part_of_speech=PartOfSpeech.NOUN,
            source="Sách mẫu (Nhà in, 2024)",
            verification=Verification.REPORTED,
        ),
        Term(text="phương châm bốn tại chỗ", lang="vi", status=S.ADMITTED, type=TermType.VARIANT),
        Term(
            text="four on-the-spots",
            lang="en",
            type=TermType.PHRASE,
            part_of_speech=PartOfSpeech.NOUN,
            number=GrammaticalNumber.PLURAL_ONLY,
            note="gloss it on first mention",
        ),
        Term(text="four on-site motto", lang="en", status=S.ADMITTED, source="A; B"),
        Term(text="four in place", lang="en", status=S.DEPRECATED, note="calque"),
        Term(text="4 at spot", lang="en", status=S.FORBIDDEN, note="machine translation"),
    ),
    definition_vi="Chỉ huy, lực lượng, phương tiện, hậu cần đều ở ngay nơi xảy ra thiên tai.",
    definition_en="Command, forces, equipment and supplies are all where the disaster strikes.",
    parts=(Part("chỉ huy tại chỗ", "on-site command"), Part("lực lượng tại chỗ", "on-site forces")),
    examples=(
        Example("Xã vận dụng tốt phương châm “4 tại chỗ”.", "The commune applied the four on-the-spots well."),
        Example("Bão vào, 4 tại chỗ phát huy tác dụng.", "When the storm came, the motto proved its worth."),
    ),
    note="Says nothing in English without its parts.",
    scope="disaster response",
    valid_from="2006",
    valid_to="2030-12-31",
    confidence=Confidence.HIGH,
    relations=(Relation(RelationType.SEE_ALSO, "dai-ta"), Relation(RelationType.BROADER, "khoa-hoc")),
    properties=(("client", "tỉnh"),),
)

RANK = Concept(
    id="dai-ta",
    glossary="sample",
    subject_field="rank",
    terms=(
        Term(text="Đại tá", lang="vi", case_rule=CaseRule.EXACT),
        Term(text="Colonel", lang="en", profiles=("mod",), part_of_speech=PartOfSpeech.PROPER_NOUN),
        Term(text="Senior Colonel", lang="en", profiles=("qdnd",), part_of_speech=PartOfSpeech.PROPER_NOUN),
        Term(text="Col", lang="en", status=S.ADMITTED, type=TermType.ABBREVIATION),
        Term(text="Brigadier", lang="en", status=S.SUPERSEDED, note="another army’s rank"),
        Term(text="Col.-Gen.", lang="en", status=S.DRAFT, type=TermType.ACRONYM),
    ),
)

TENURE = Concept(
    id="khoa-nhiem-ky",
    glossary="sample",
    terms=(Term(text="khóa", lang="vi", note="Đại hội"), Term(text="tenure", lang="en")),
)
COURSE = Concept(
    id="khoa-hoc",
    glossary="sample",
    terms=(Term(text="khóa", lang="vi", note="nhà trường"), Term(text="course", lang="en")),
)

AWKWARD = Concept(
    id="awkward",
    glossary="sample",
    terms=(
        Term(text='thế trận "lòng dân" <A&B>; =1+1', lang="vi", note="-2, @x; tab|pipe"),
        Term(text="=SUM(A1), people’s posture", lang="en", note="+ one\\two # three"),
        Term(text="@posture", lang="en", status=S.ADMITTED),
    ),
    note="line with “quotes”, 'apostrophes', <tags/> & ampersands",
)

CONCEPTS = (FULL, RANK, TENURE, COURSE, AWKWARD)
