"""The command line: one module a command, found by folder.

A module `pipeline/cli/<name>.py` defines a function `command` (a typer command whose docstring is
its help, with an example). Modules import heavy libraries inside the function: `--help` stays fast.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer
from keikaku.pipeline.errors import KeikakuError


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
        app.command(module.name.replace("_", "-"))(loaded.command)
    return app


def _root() -> None:
    """Read goal-management sheets into Parquet, and look at what was read."""


def main() -> None:
    """Run the command line; an expected error becomes a message and an exit code."""
    try:
        build_app()()
    except KeikakuError as error:
        print(f"error: {error.message}\n  next: {error.hint}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
