"""Look-up indexes kept between runs, so that a cold look-up reads a few rows and loads no glossary.

An index file is named by a digest of all that went into it: the content of the glossaries, the profile,
the code and the Unicode tables that made its keys. A changed input has another name, so a file can never
be stale; it is written beside its place and moved there whole. Where nothing can be written the index is
built in memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from termbase.index import Index

if TYPE_CHECKING:
    from hashlib import blake2b

    from termbase.model import Concept
else:
    try:
        # The same object; hashlib loads OpenSSL besides, which a quarter of a cold look-up's own time goes into.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

_LAYOUT = "1"
_KEPT = 6
"""Index files kept; older ones are of glossaries that have changed since."""

_HERE = Path(__file__).parent


def cache_folder() -> Path:
    """Return the folder for derived files: ``SONGNGU_CACHE``, or the user's cache folder.

    As platformdirs has it; importing that costs more than a look-up takes.
    """
    named = os.environ.get("SONGNGU_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return _windows_folder() / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "songngu"
    return _xdg_folder("XDG_CACHE_HOME", ".cache")


def default_database() -> Path:
    """Return the default database in the user's data folder, as platformdirs has it."""
    if sys.platform == "win32":
        return _windows_folder() / "songngu.db"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "songngu" / "songngu.db"
    return _xdg_folder("XDG_DATA_HOME", ".local/share") / "songngu.db"


def _xdg_folder(variable: str, otherwise: str) -> Path:
    named = os.environ.get(variable, "").strip()
    return (Path(named) if Path(named).is_absolute() else Path.home() / otherwise) / "songngu"


def _windows_folder() -> Path:
    local = os.environ.get("LOCALAPPDATA")
    return (Path(local) if local else Path.home() / "AppData" / "Local") / "songngu"


def new_digest(data: bytes = b"") -> blake2b:
    """Return the digest that names derived files.

    >>> len(new_digest(b"x").hexdigest())
    32
    """
    return blake2b(data, digest_size=16)


def code_fingerprint() -> str:
    """Return a digest of the code that makes keys and reads glossaries, and of its Unicode tables.

    >>> len(code_fingerprint())
    32
    """
    seen = [_LAYOUT, unicodedata.unidata_version, sqlite3.sqlite_version]
    for folder in (_HERE, _HERE / "text", _HERE / "formats"):
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    stat = entry.stat()
                    seen.append(f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}")
    return new_digest("\n".join(sorted(seen)).encode()).hexdigest()


def shipped_fingerprint() -> str:
    """Return a digest of the content of the shipped glossaries.

    >>> len(shipped_fingerprint())
    32
    """
    digest = new_digest()
    for folder in (_HERE / "glossaries", _HERE.parent / "glossaries"):
        if folder.is_dir():
            for path in sorted(folder.glob("*.csv")):
                data = path.read_bytes()
                digest.update(f"{path.name}:{len(data)}\0".encode())
                digest.update(data)
            break
    return digest.hexdigest()


def cached_index(parts: Iterable[str], concepts: Callable[[], Iterable[Concept]]) -> Index:
    """Return the index of what ``parts`` identify; ``concepts`` is called only when it must be built.

    ``parts`` must tell everything the concepts depend on; the code is added here.
    """
    name = new_digest("\n".join((code_fingerprint(), *parts)).encode()).hexdigest()
    path = cache_folder() / f"lookup-{name}.sqlite"
    if path.is_file():
        try:
            return Index.open(path)
        except sqlite3.Error:
            # Damaged on disk: it is only derived, and is made again below.
            pass
    kept = tuple(concepts())
    try:
        _write(path, kept)
        return Index.open(path)
    except (OSError, sqlite3.Error):
        return Index.from_concepts(kept)


def _write(path: Path, concepts: Iterable[Concept]) -> None:
    from tempfile import mkstemp

    from termbase.index_build import build_index
    from termbase.json import concept_to_json

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=".lookup-", suffix=".part", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        connection = sqlite3.connect(name)
        try:
            # A file that is moved into place whole needs no journal of its own.
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            build_index(connection, map(concept_to_json, concepts))
        finally:
            connection.close()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _prune(path.parent)


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("lookup-*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        # One in use by another process cannot be removed on Windows; the next run tries again.
        with suppress(OSError):
            old.unlink()
