"""The command line: one module a command, found by folder.

A module `pipeline/cli/<name>.py` defines a function `command` (a typer command whose docstring is
its help, with an example). Modules import heavy libraries inside the function: `--help` stays fast.
"""

from __future__ import annotations

import functools
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from typing import Any

import typer
from keikaku.pipeline.errors import KeikakuError

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141


def build_app() -> typer.Typer:
    """The typer application with every command of this folder."""
    app = typer.Typer(
        name="keikaku",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Goal-management sheets (目標管理シート) as typed, traceable records.",
    )
    app.callback()(_root)
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        app.command(module.name.replace("_", "-"))(_ending_well(loaded.command))
    return app


def _root() -> None:
    """Read goal-management sheets into Parquet, and look at what was read."""


def _ending_well(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command, ended by one line instead of a traceback by Ctrl-C or a reader that went away.

    typer would end both as exit code 1, which here means that a document was quarantined.
    """

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            result = command(*arguments, **options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            print("interrupted\n  next: run the same command again", file=sys.stderr)
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            _discard_output()
            raise typer.Exit(EXIT_PIPE_CLOSED) from None
        return result

    return run


def _discard_output() -> None:
    """Nobody reads on: what is still buffered must not raise again when the interpreter ends."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def main() -> None:
    """Run the command line; an expected error becomes a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show a character (LANG=C) shows its number
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # real streams
    try:
        build_app()()
    except KeikakuError as error:
        _fail(error.message, error.hint, error.exit_code)
    except OSError as error:
        # whatever a command did not foresee about files and devices
        where = f"{error.filename}: " if error.filename is not None else ""
        hint = "check that the path exists, may be read or written, and that the disk has room"
        _fail(f"{where}{error.strerror or error}", hint, EXIT_USAGE)


def _fail(message: str, hint: str, exit_code: int) -> None:
    print(f"error: {message}\n  next: {hint}", file=sys.stderr)
    raise SystemExit(exit_code) from None
