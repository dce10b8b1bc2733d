"""The ``songngu`` command: options for all, and the commands of the two packages, loaded when called.

Installed as ``songngu.cli``; in a bare checkout ``python cli.py`` does the same. Importing this module
imports next to nothing: a plain look-up is answered before Click is, which would cost more than the
look-up itself. The Click group is :data:`cli`, built on first use.
"""

from __future__ import annotations

import os
import sys

# typing is slow to load, and a plain look-up needs nothing of it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import click

COMMANDS = {
    "align": "tm.commands.align",
    "apply": "termbase.commands.apply",
    "check": "termbase.commands.check",
    "demo": "tm.commands.demo",
    "fix": "termbase.commands.fix",
    "glossary": "termbase.commands.glossary",
    "lookup": "termbase.commands.lookup",
    "recognize": "termbase.commands.recognize",
    "report": "termbase.commands.report",
    "terms": "tm.commands.terms",
    "text": "termbase.commands.text",
    "tm": "tm.commands.tm",
}
"""Name of each command and the module that holds an object of the same name."""

SUMMARIES = {
    "align": "Align a Vietnamese and an English text into sentence pairs.",
    "apply": "Put terms to use around machine translation.",
    "check": "Check a translation for terminology and other faults.",
    "demo": "Show the whole way on a shipped article pair.",
    "fix": "Repair rejected terms, safely; shows a diff first.",
    "glossary": "Keep, validate, import and export terms.",
    "lookup": "Look terms up, in either language, with or without marks.",
    "recognize": "Find the terms of a running text.",
    "report": "Report how consistently documents render each concept.",
    "terms": "Propose terms from aligned sentences.",
    "text": "Normalise, split, sort and decode text.",
    "tm": "Keep and search the translation memory.",
}
"""The line each command has in the root help, held here so that help loads no command; a test
compares it with the command's own first line."""


def build() -> click.Group:
    """Return the root command."""
    import click

    from termbase.commands.common import State
    from termbase.commands.group import LazyGroup, show_version

    @click.group(
        cls=LazyGroup,
        modules=COMMANDS,
        summaries=SUMMARIES,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    @click.option(
        "--db", metavar="PATH_OR_URL", envvar="SONGNGU_DB", help="Database: a SQLite path or an SQLAlchemy URL."
    )
    @click.option(
        "--glossary",
        "glossaries",
        metavar="NAME_OR_FILE",
        multiple=True,
        help="Use this glossary instead of the default set; may be given again.",
    )
    @click.option("--profile", metavar="NAME", envvar="SONGNGU_PROFILE", help="House style: mod or qdnd.")
    @click.option("--debug", is_flag=True, help="Show the trace of an error.")
    @click.option(
        "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, help="Show the version."
    )
    @click.pass_context
    def cli(ctx: click.Context, db: str | None, glossaries: tuple[str, ...], profile: str | None, debug: bool) -> None:
        """Vietnamese-English terms and translation memory.

        \b
        Examples:
          $ songngu lookup SSCĐ -1
          combat readiness
          $ songngu lookup "combat readiness" -1
          sẵn sàng chiến đấu
        """
        ctx.obj = State(db=db or None, glossaries=glossaries, profile=profile or None, debug=debug)

    return cli


def __getattr__(name: str) -> Any:
    if name != "cli":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return globals().setdefault("cli", build())


def _utf8_streams() -> None:
    """Make the standard streams UTF-8 whatever the locale or code page says."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors=errors)


def _utf8_arguments(arguments: list[str]) -> list[str]:
    """Read arguments that a C locale has left as escaped bytes as the UTF-8 they are."""
    return [
        os.fsencode(argument).decode("utf-8", "replace")
        if any("\udc80" <= c <= "\udcff" for c in argument)
        else argument
        for argument in arguments
    ]


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    _utf8_streams()
    arguments = _utf8_arguments(sys.argv[1:])
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone: say nothing, and keep the interpreter from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        print(f"songngu: {error.strerror or error}", file=sys.stderr)
        code = 3
    except KeyboardInterrupt:
        print("songngu: interrupted", file=sys.stderr)
        code = 130
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from termbase.commands.quick import quick

    code = quick(arguments)
    return _run_click(arguments) if code is None else code


def _run_click(arguments: list[str]) -> int:
    import click

    try:
        result = __getattr__("cli").main(args=arguments, prog_name="songngu", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    main()
