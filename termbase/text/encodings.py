"""Legacy Vietnamese encodings: decoding by name, and guessing the name from a whole file."""

from __future__ import annotations

from termbase.text.decoding import ENCODINGS, decode
from termbase.text.detection import Detection, Mojibake, detect, find_mojibake, is_windows_1258

__all__ = ["ENCODINGS", "Detection", "Mojibake", "decode", "detect", "find_mojibake", "is_windows_1258"]
