"""The keys of many texts: what stands between white space is cut into tokens once and remembered.

The keys of a text are one string of bytes here, each key in UTF-8 behind a NUL: what a segment is digested from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from tm.fuzzy.keys import CLASS_MARK, compare_keys, fold_once

_TOKEN_START = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_MONTH = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_MOST_CHUNKS = 21_000  # a dictionary of more takes twice the room
_SHORT = 4
_MARKS = ".,;:!?()[]\"'“”‘’«»…–—-/*"
_FEW = 20
_PORTION = 1000
_NO_MARKS = bytes.maketrans(b'!"#$%&()*+;<=>?@[\\]^`{|}~', b" " * 25)
_BORDER, _END = b"\x00", b"\xff"  # neither stands in a text that is stored, nor in UTF-8
_WHOLE = b"\xfe"
_NUMBER = f"\x00{CLASS_MARK}number".encode()


def joined(keys: Iterable[str]) -> bytes:
    """Return the keys of one text as one string.

    >>> joined(("sẵn", "sàng")).decode().split("\\x00")
    ['', 'sẵn', 'sàng']
    """
    return "".join([f"\x00{key}" for key in keys]).encode("utf-8", "surrogatepass")


class _Chunks(dict[bytes, bytes]):
    """The keys of the chunks of one language met lately; the others are made when asked for."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self[_BORDER] = _END
        self._lang = lang
        self._older: dict[bytes, bytes] = {}

    def __missing__(self, chunk: bytes) -> bytes:
        if len(chunk) > _SHORT and chunk.isdigit():  # long numbers are many and come once
            return _NUMBER
        keys = self._older.get(chunk)
        if keys is None:
            text = chunk.decode("utf-8", "surrogatepass")
            word = text.strip(_MARKS)
            if word.isalpha():
                keys = self._key(word)
            else:
                keys = _NUMBER if word.isdecimal() else self._cut(text)
                if len(text) > _SHORT and _DIGIT.search(text):
                    return keys
        if len(self) >= _MOST_CHUNKS:
            self._older = dict(self)
            self.clear()
            self[_BORDER] = _END
        self[chunk] = keys
        return keys

    def _key(self, word: str) -> bytes:
        """Return the keys of a word of letters alone, which is one token."""
        if self._lang == "en" and _MONTH.search(word):
            return _WHOLE
        return b"\x00" + fold_once(word, self._lang).encode("utf-8", "surrogatepass")

    def _cut(self, chunk: str) -> bytes:
        if self._lang == "en" and _MONTH.search(chunk):
            return _WHOLE
        return joined(compare_keys(chunk, self._lang)) if _TOKEN_START.search(chunk) else b""


class Cutter:
    """Cuts the texts of one language.

    No token holds white space, but for English dates, which have the name of a month: a text with such a name is
    cut as a whole, and so is one without tokens.

    >>> Cutter("vi").keys(["Đại đội 3, sẵn sàng!"]) == [joined(compare_keys("Đại đội 3, sẵn sàng!", "vi"))]
    True
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._chunks = _Chunks(lang)
        self._hash = blake2b(lang.encode("utf-8", "surrogatepass"), digest_size=16)

    def keys(self, texts: Sequence[str]) -> list[bytes]:
        """Return the :func:`joined` keys of each text in storage form."""
        if len(texts) < _FEW:
            return [self._whole(text) for text in texts]
        found: list[bytes] = []
        for start in range(0, len(texts), _PORTION):
            found += self._portion(texts[start : start + _PORTION])
        return found

    def _portion(self, texts: Sequence[str]) -> list[bytes]:
        # A mark that belongs to no token is a space: so there are fewer chunks to remember.
        chunks = " \x00 ".join(texts).encode("utf-8", "surrogatepass").translate(_NO_MARKS).split()
        found = b"".join(map(self._chunks.__getitem__, chunks)).split(_END)
        if len(found) != len(texts):  # a NUL, which no storable text has
            return [self._whole(text) for text in texts]
        for place, keys in enumerate(found):
            if not keys or _WHOLE in keys:
                found[place] = self._whole(texts[place])
        return found

    def digests(self, keys: Iterable[bytes]) -> list[bytes]:
        """Return the identity of each token sequence, as :func:`~tm.store_write.segment_digest` does."""
        return hashes(self._hash, keys)

    def _whole(self, text: str) -> bytes:
        return joined(compare_keys(text, self._lang))


def hashes(begun: blake2b, parts: Iterable[bytes]) -> list[bytes]:
    """Return the digest of each part, appended to what was hashed already.

    >>> hashes(blake2b(b"a", digest_size=16), [b"b"]) == [blake2b(b"ab", digest_size=16).digest()]
    True
    """
    copy, found = begun.copy, []
    for part in parts:
        hashed = copy()
        hashed.update(part)
        found.append(hashed.digest())
    return found
