"""The words of TBX picklists for those of the model."""

from __future__ import annotations

from termbase.model import AdministrativeStatus, PartOfSpeech, TermType

STATUS_MARK = "status: "
"""Begins the note that tells a status for which TBX has no word."""

STATUSES = {
    AdministrativeStatus.PREFERRED: "preferredTerm-admn-sts",
    AdministrativeStatus.ADMITTED: "admittedTerm-admn-sts",
    AdministrativeStatus.DRAFT: "admittedTerm-admn-sts",
    AdministrativeStatus.DEPRECATED: "deprecatedTerm-admn-sts",
    AdministrativeStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
    AdministrativeStatus.SUPERSEDED: "supersededTerm-admn-sts",
}

TYPES = {
    TermType.FULL_FORM: "fullForm",
    TermType.ABBREVIATION: "abbreviation",
    TermType.ACRONYM: "acronym",
    TermType.SHORT_FORM: "shortForm",
    TermType.VARIANT: "variant",
    TermType.PHRASE: "phrase",
}

PARTS = {
    PartOfSpeech.NOUN: "noun",
    PartOfSpeech.PROPER_NOUN: "properNoun",
    PartOfSpeech.VERB: "verb",
    PartOfSpeech.ADJECTIVE: "adjective",
    PartOfSpeech.ADVERB: "adverb",
    PartOfSpeech.OTHER: "other",
}
"""``properNoun`` is a word of version 2 only; version 3 formats do not hold the field."""
