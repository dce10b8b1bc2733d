"""Look-up indexes kept between runs, so that a cold look-up reads a few rows and loads no glossary.

An index file is named by a digest of all that went into it: the content of the glossaries, the profile,
the code and the Unicode tables that made its keys. A changed input has another name, so a file can never
be stale; it is written beside its place and moved there whole. Where nothing can be written the index is
built in memory.
"""

from __future__ import annotations

import os
import sys
import unicodedata

from termbase.index import Index
from termbase.light import blake2b, sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from termbase.model import Concept

# pathlib costs as much to load as half a look-up.
# ruff: noqa: PTH100, PTH111, PTH112, PTH113, PTH117, PTH118, PTH120, PTH123, PTH208

_LAYOUT = "3"
_KEPT = 6
"""Index files kept; older ones are of glossaries that have changed since."""

_HERE = os.path.dirname(os.path.abspath(__file__))


def cache_folder() -> Path:
    """Return the folder for derived files: ``SONGNGU_CACHE``, or the user's cache folder.

    As platformdirs has it; importing that costs more than a look-up takes.
    """
    from pathlib import Path

    return Path(_cache_place())


def default_database() -> Path:
    """Return the default database in the user's data folder, as platformdirs has it."""
    from pathlib import Path

    return Path(database_place())


def _cache_place() -> str:
    named = os.environ.get("SONGNGU_CACHE")
    if named:
        return named
    if sys.platform == "win32":
        return os.path.join(_windows_folder(), "Cache")
    if sys.platform == "darwin":
        return os.path.join(_home(), "Library", "Caches", "songngu")
    return _xdg_folder("XDG_CACHE_HOME", ".cache")


def database_place() -> str:
    """Return the path of the default database.

    >>> os.path.basename(database_place())
    'songngu.db'
    """
    if sys.platform == "win32":
        return os.path.join(_windows_folder(), "songngu.db")
    if sys.platform == "darwin":
        return os.path.join(_home(), "Library", "Application Support", "songngu", "songngu.db")
    return os.path.join(_xdg_folder("XDG_DATA_HOME", os.path.join(".local", "share")), "songngu.db")


def _home() -> str:
    return os.path.expanduser("~")


def _xdg_folder(variable: str, otherwise: str) -> str:
    named = os.environ.get(variable, "").strip()
    return os.path.join(named if os.path.isabs(named) else os.path.join(_home(), otherwise), "songngu")


def _windows_folder() -> str:
    local = os.environ.get("LOCALAPPDATA") or os.path.join(_home(), "AppData", "Local")
    return os.path.join(local, "songngu")


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
    for folder in (_HERE, os.path.join(_HERE, "text"), os.path.join(_HERE, "formats")):
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
    for folder in (os.path.join(_HERE, "glossaries"), os.path.join(os.path.dirname(_HERE), "glossaries")):
        if os.path.isdir(folder):
            for name in sorted(os.listdir(folder)):
                if name.endswith(".csv"):
                    with open(os.path.join(folder, name), "rb") as file:
                        data = file.read()
                    digest.update(f"{name}:{len(data)}\0".encode())
                    digest.update(data)
            break
    return digest.hexdigest()


def shipped_index(profile: str | None, concepts: Callable[[], Iterable[Concept]]) -> Index:
    """Return the index of the shipped glossaries under a profile; ``concepts`` gives them where it must be built."""
    return cached_index(("shipped", shipped_fingerprint(), profile or ""), concepts)


def cached_index(parts: Iterable[str], concepts: Callable[[], Iterable[Concept]]) -> Index:
    """Return the index of what ``parts`` identify; ``concepts`` is called only when it must be built.

    ``parts`` must tell everything the concepts depend on; the code is added here.
    """
    name = new_digest("\n".join((code_fingerprint(), *parts)).encode()).hexdigest()
    path = os.path.join(_cache_place(), f"lookup-{name}.sqlite")
    if os.path.isfile(path):
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


def _write(place: str, concepts: Iterable[Concept]) -> None:
    from pathlib import Path
    from tempfile import mkstemp

    from termbase.index_build import build_index
    from termbase.json import concept_to_json

    path = Path(place)
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
    from contextlib import suppress

    files = sorted(folder.glob("lookup-*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        # One in use by another process cannot be removed on Windows; the next run tries again.
        with suppress(OSError):
            old.unlink()
