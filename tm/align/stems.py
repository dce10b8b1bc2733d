"""Light stems of English words, so that *commander* meets *commanders* and *made* meets *make*."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR_WORDS = """
be am is are was were been being 's|have has had having|do does did done doing|go goes went gone|say said|
make made|take took taken|come came|give gave given|get got gotten|know knew known|see saw seen|find found|
think thought|tell told|leave left|feel felt|bring brought|begin began begun|keep kept|hold held|write wrote
written|stand stood|hear heard|mean meant|meet met|pay paid|sit sat|speak spoke spoken|lead led|grow grew grown|
lose lost|fall fell fallen|send sent|build built|understand understood|draw drew drawn|break broke broken|spend
spent|rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|win won|teach taught|fight
fought|seek sought|catch caught|show shown|become became|run ran|undergo underwent|overcome overcame|sell sold|
eat ate eaten|fly flew flown|forget forgot forgotten|sing sang sung|strike struck|swear swore sworn|withdraw
withdrew withdrawn|man men|woman women|child children|person people|foot feet|life lives|wife wives|lie lay lain|
good better best|bad worse worst|i me my mine|he him his|she her hers|we us our ours|they them their theirs|
you your yours|it its|this these|that those|will would 'll|can could cannot|may might|shall should|who whom whose|
not n't|country countries|army armies|policy policies|dead die died|serviceman servicemen|militiaman militiamen|
a an|one first|two second|three third|five fifth|eight eighth|nine ninth|twelve twelfth
"""
_IRREGULAR = {
    form: forms[0]
    for group in "".join(_IRREGULAR_WORDS.splitlines()).split("|")
    for forms in [group.split()]
    for form in forms
}
_KEPT = frozenset("this thus news less us is his as was bus gas yes plus its series species always perhaps".split())
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a lower-case English word; both sides of a comparison must go through it.

    >>> [stem(w) for w in ("commanders", "organised", "organizing", "went", "policies", "training")]
    ['commander', 'organiz', 'organiz', 'go', 'policy', 'train']
    """
    if word.endswith(("'s", "s'")) and len(word) > 2:
        word = word[:-2]
    if word in _IRREGULAR:
        return _unify(_IRREGULAR[word])
    if len(word) <= 3 or word in _KEPT or not word.isascii():
        return word
    return _unify(_suffix(word))


def _suffix(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWELS & set(root):
            return _undouble(root)
    return word


def _undouble(root: str) -> str:
    return root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root


def _unify(word: str) -> str:
    """Drop a silent e and settle British against American endings, which the stem need not spell well."""
    word = word.removesuffix("e") if len(word) > 3 else word
    if word.endswith(("is", "ys")) and len(word) > 5:
        word = word[:-1] + "z"
    if word.endswith("our") and len(word) > 5:
        word = word[:-3] + "or"
    if word.endswith("c") and word.endswith(("fenc", "licenc")):
        word = word[:-1] + "s"
    return word[:-1] if word.endswith("ll") and len(word) > 5 else word
