"""Text of a file that was read in the wrong encoding, told over many units; nothing is converted here."""

from __future__ import annotations

from collections.abc import Sequence

_FONTS = ("tcvn3", "vni")


def misread(sources: Sequence[str], targets: Sequence[str]) -> str:
    """Return what to tell of the texts of a file, ``""`` where nothing is wrong.

    UTF-8 that was taken for a code page, text of old fonts (TCVN3, VNI), and VIQR are found.

    >>> misread(["Ä\\x90áº£ng á»§y"], ["Party committee"])
    'the text seems read in the wrong encoding: “Ä\\x90áº£ng” for “Đảng”, and 1 more in the first units'
    """
    from termbase.text.encodings import detect, find_mojibake

    for side in (sources, targets):
        text = "\n".join(side)
        if text.isascii():
            if text and detect(text.encode()).encoding == "viqr":
                return "the text looks like viqr: say --encoding viqr to convert it"
            continue
        found = find_mojibake(text)
        if found:
            first = found[0]
            hint = f": say --encoding {first.encoding} to convert it" if first.encoding in _FONTS else ""
            shown = f"“{first.text}” for “{first.repaired}”"
            more = f", and {len(found) - 1} more in the first units{hint}"
            return f"the text seems read in the wrong encoding: {shown}{more}"
    return ""
