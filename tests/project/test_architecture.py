"""The import directions and the size limits of the code, read from its syntax trees."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted(p for name in ("termbase", "tm") for p in (ROOT / name).rglob("*.py")), ROOT / "cli.py"]
IDS = [str(path.relative_to(ROOT)) for path in FILES]

TM_MAY_SEE = ("termbase.model", "termbase.text", "termbase.errors")
SQL_MODULES = ("store", "schema")
NLP_HOME = ROOT / "termbase" / "text" / "words.py"
FORBIDDEN_IN_MODEL = ("termbase.", "tm.")


def imports(path: Path) -> list[tuple[int, str]]:
    """Every module that a file imports anywhere, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def is_command(path: Path) -> bool:
    return path == ROOT / "cli.py" or "commands" in path.relative_to(ROOT).parts


def is_sql(path: Path) -> bool:
    return any(path.stem == name or path.stem.startswith(f"{name}_") for name in SQL_MODULES)


def broken_rules(path: Path) -> list[str]:
    place = path.relative_to(ROOT)
    package = place.parts[0]
    faults = []
    for line, name in imports(path):
        top = name.split(".")[0]
        if top == "click" and not is_command(path):
            faults.append(f"{place}:{line}: Click outside a command")
        if top == "sqlalchemy" and not is_sql(path):
            faults.append(f"{place}:{line}: SQLAlchemy outside store and schema")
        if top in ("underthesea", "sacremoses") and path != NLP_HOME:
            faults.append(f"{place}:{line}: {top} outside termbase/text/words.py")
        if package == "termbase" and top == "tm" and not is_command(path):
            faults.append(f"{place}:{line}: termbase imports tm")
        if package == "tm" and top == "termbase" and not is_command(path) and name != "termbase":
            if not name.startswith(TM_MAY_SEE):
                faults.append(f"{place}:{line}: tm imports {name}")
        if top == "cli" or name.startswith("songngu"):
            faults.append(f"{place}:{line}: imports the root command")
        if ".commands" in name and not is_command(path):
            faults.append(f"{place}:{line}: library imports a command")
        if path == ROOT / "termbase" / "model.py" and name.startswith(FORBIDDEN_IN_MODEL):
            faults.append(f"{place}:{line}: the model imports {name}")
        if "text" in place.parts[:2] and not is_command(path) and top == "termbase":
            if not name.startswith(("termbase.text", "termbase.model", "termbase.errors")):
                faults.append(f"{place}:{line}: the text layer imports {name}")
    return faults


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_import_directions(path):
    assert broken_rules(path) == []


@pytest.mark.parametrize(
    ("where", "line", "fault"),
    [
        ("termbase/model.py", "import click", "Click outside a command"),
        ("tm/fuzzy/score.py", "from termbase.store import TermStore", "tm imports termbase.store"),
        ("termbase/lookup.py", "import sqlalchemy", "SQLAlchemy outside store and schema"),
        ("termbase/text/keys.py", "from underthesea import word_tokenize", "underthesea outside"),
        ("termbase/check.py", "from tm.model import Bead", "termbase imports tm"),
    ],
)
def test_a_wrong_import_is_found(where, line, fault, monkeypatch, tmp_path):
    """The rules themselves can fail: a file with a forbidden import is reported with its line."""
    path = tmp_path / where
    path.parent.mkdir(parents=True)
    path.write_text(f"x = 1\n{line}\n", encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert any(f":2: {fault}" in found for found in broken_rules(path))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_sizes(path):
    text = path.read_text(encoding="utf-8")
    faults = []
    if len(text.splitlines()) > 600:
        faults.append(f"{path.name}: {len(text.splitlines())} lines")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > 70:
                faults.append(f"{path.name}:{node.lineno}: {node.name} has {length} lines")
            if len(node.args.posonlyargs) + len(node.args.args) > 6 and not is_command(path):
                faults.append(f"{path.name}:{node.lineno}: {node.name} takes too many positional arguments")
    assert faults == []


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_public_functions_are_documented(path):
    faults = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                faults.append(f"{path.name}:{node.lineno}: {node.name} has no docstring")
    assert ast.get_docstring(tree), f"{path.name} has no module docstring"
    assert faults == []
