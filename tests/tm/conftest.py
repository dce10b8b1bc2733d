"""A PostgreSQL server of our own, on loopback, for the contract tests of the memory."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = shutil.which("initdb")
    return places[0].parent if places else Path(found).parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_server():
    """Yield the URL of a fresh server's database cluster; skip where there is no server program."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server program is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if sys.platform == "win32":
        pytest.skip("the test server is started on POSIX systems only")
    folder = Path(tempfile.mkdtemp(prefix="songngu-pg-"))
    user: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        import pwd

        try:
            account = pwd.getpwnam("nobody")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no other account")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    port = _free_port()
    data = folder / "data"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*command: object) -> None:
        subprocess.run(
            [str(part) for part in command], check=True, capture_output=True, cwd=folder, env=environment, **user
        )  # type: ignore[call-overload]

    try:
        run(binaries / "initdb", "-D", data, "-U", "songngu", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL did not start: {error.stderr.decode(errors='replace')[-300:]}")
    try:
        yield f"postgresql+psycopg://songngu@127.0.0.1:{port}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server):
    """Yield the URL of a new, empty database."""
    import psycopg

    name = f"t{secrets.token_hex(6)}"
    plain = postgres_server.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.outside)])
def place(request, tmp_path):
    """The path or URL of a new memory, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "memory.db")
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def xliff_schema(tmp_path_factory):
    """Return the path of an XLIFF schema by version; skip where Debian's php-symfony-translation is not there.

    SONGNGU_XLIFF_CORE_SCHEMAS names another folder that holds its files.
    """
    usual = "/usr/share/php/Symfony/Component/Translation/Resources/schemas"
    folder = Path(os.environ.get("SONGNGU_XLIFF_CORE_SCHEMAS", usual))
    if not shutil.which("xmllint") or not folder.is_dir():
        pytest.skip("xmllint or the schemas of XLIFF (Debian: php-symfony-translation) are not installed")

    def schema(version: str) -> Path:
        copies = tmp_path_factory.mktemp("xsd")
        for path in folder.glob("*.xsd"):
            text = path.read_text(encoding="utf-8")  # the import of xml.xsd names an address; nothing is fetched
            local = re.sub(r'schemaLocation="[^"]*/xml\.xsd"', 'schemaLocation="xml.xsd"', text)
            (copies / path.name).write_text(local, encoding="utf-8")
        return next(copies.glob(f"xliff-core-{version}*.xsd"))

    return schema
