"""Every command has a help text, and the examples in it run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cli as root

_spec = importlib.util.spec_from_file_location("examples", Path(__file__).with_name("examples.py"))
assert _spec is not None and _spec.loader is not None
examples = importlib.util.module_from_spec(_spec)
sys.modules["examples"] = examples
_spec.loader.exec_module(examples)


def every_command() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []

    def walk(name: str, command: click.Command) -> None:
        found.append((name, command))
        if isinstance(command, click.Group):
            context = click.Context(command)
            for child in command.list_commands(context):
                sub = command.get_command(context, child)
                assert sub is not None
                walk(f"{name} {child}".strip(), sub)

    walk("", root.cli)
    return found


COMMANDS = every_command()
IDS = [name or "songngu" for name, _ in COMMANDS]


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=IDS)
def test_has_help_with_an_example(name, command):
    assert command.help, name
    assert "Examples:" in command.help, f"songngu {name} --help shows no example"
    assert examples.parse(command.help), f"songngu {name} --help has no line '$ songngu …'"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"songngu {name}: {parameter.opts[0]} has no help"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=IDS)
def test_examples_run(name, command, tmp_path):
    for example in examples.parse(command.help):
        done = examples.run(example.command, tmp_path)
        assert done.returncode in (0, 1), f"$ {example.command}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        if example.output.strip():
            assert examples.agrees(example.output, done.stdout), f"$ {example.command}\n{done.stdout}{done.stderr}"


def test_root_summaries_are_those_of_the_commands():
    context = click.Context(root.cli)
    for name, summary in root.SUMMARIES.items():
        command = root.cli.get_command(context, name)
        assert command is not None
        assert command.help
        assert " ".join(command.help.split("\n\n")[0].split()) == summary
    assert root.SUMMARIES.keys() == root.COMMANDS.keys()


def test_unknown_command_names_the_nearest():
    result = CliRunner().invoke(root.cli, ["lokup"])
    assert result.exit_code == 2
    assert "Did you mean 'lookup'?" in result.output


def test_agrees_can_fail():
    assert examples.agrees("a\n…\nd", "a\nb\nc\nd\n")
    assert examples.agrees("a  b", "a b")
    assert examples.agrees("…", "a\nb")
    assert examples.agrees("a…c\n…", "abc\nd\n")
    assert not examples.agrees("a", "b")
    assert not examples.agrees("a\n…\nd", "a\nb\nc\n")
