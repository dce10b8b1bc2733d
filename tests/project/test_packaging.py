"""The distribution: what the wheel holds, and that it runs away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.packaging

SHIPPED = ("songngu/", "termbase/", "tm/", "songngu-")


def run(*command: object, cwd: Path, **environment: str) -> str:
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "SONGNGU_DB")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def new_environment(folder: Path) -> Path:
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    return folder / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the files that git knows, so that a build leaves nothing in the checkout."""
    target = tmp_path_factory.mktemp("source") / "songngu"
    names = ("termbase", "tm", "glossaries", "tests", "docs")
    for name in names:
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for path in ROOT.iterdir():
        if path.is_file() and path.suffix in (".py", ".toml", ".md", ".in", "") and path.name != ".git":
            shutil.copy(path, target)
    (target / "stray.py").write_text("raise SystemExit('a stray module was imported')\n", encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def built(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source, cwd=out)
    return out


def test_wheel_holds_the_packages_and_nothing_else(built):
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"songngu/cli.py", "termbase/model.py", "tm/model.py", "termbase/py.typed", "tm/py.typed"} <= set(names)
    assert [name for name in names if not name.startswith(SHIPPED)] == []
    assert [name for name in names if name.startswith("songngu/")] == ["songngu/cli.py"]
    shipped = {Path(name).name for name in names if name.startswith("termbase/glossaries/") and name.endswith(".csv")}
    assert shipped == {path.name for path in (ROOT / "glossaries").glob("*.csv")}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_sdist_holds_the_tests(built):
    (sdist,) = built.glob("*.tar.gz")
    names = tarfile.open(sdist).getnames()
    top = names[0].split("/")[0]
    for wanted in ("LICENSE", "glossaries/subject_fields.csv", "tests/project/test_packaging.py", "cli.py"):
        assert f"{top}/{wanted}" in names


def test_fresh_environment_runs_the_command(built, tmp_path):
    """The wheel with its dependencies, in an environment that has nothing else."""
    bin_folder = new_environment(tmp_path / "venv")
    (wheel,) = built.glob("*.whl")
    run(bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert run(bin_folder / "songngu", "--version", cwd=tmp_path, **home).startswith("songngu 0.")
    assert run(bin_folder / "songngu", "lookup", "SSCĐ", "-1", cwd=tmp_path, **home).strip() == "combat readiness"
    done = subprocess.run([bin_folder / "python", "-c", "import cli"], cwd=tmp_path, capture_output=True, check=False)
    assert b"ModuleNotFoundError" in done.stderr, "a top-level module 'cli' was installed"


@pytest.mark.parametrize("how", ["editable", "sdist"])
def test_other_ways_to_install(how, source, built, tmp_path):
    """An editable install, and a wheel made from the sdist; the dependencies are those of this environment."""
    bin_folder = new_environment(tmp_path / "venv")
    (site,) = (tmp_path / "venv").rglob("site-packages")
    (site / "outer.pth").write_text("\n".join(p for p in sys.path if p.endswith("site-packages")), encoding="utf-8")
    target = ["--editable", source] if how == "editable" else list(built.glob("*.tar.gz"))
    pip = [bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run(*pip, "--ignore-installed", *target, cwd=tmp_path)
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert run(bin_folder / "songngu", "lookup", "SSCĐ", "-1", cwd=tmp_path, **home).strip() == "combat readiness"


def test_bare_checkout(tmp_path):
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    out = run(sys.executable, ROOT / "cli.py", "lookup", "SSCĐ", "-1", cwd=tmp_path, **home)
    assert out.strip() == "combat readiness"
