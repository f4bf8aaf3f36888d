"""What a person sees: rows on a terminal or piped, findings like a good linter's.

On a terminal tables are drawn with rich; piped, the same rows are tab-separated lines.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.export import Format, Rows, format_rows, write_rows
from keikaku.pipeline.listing import Listing, plain_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, JustifyMethod

SUFFIXES = {
    ".csv": Format.CSV, ".xlsx": Format.XLSX, ".json": Format.JSON, ".md": Format.MARKDOWN,
    ".parquet": Format.PARQUET,
}  # fmt: skip
COLOURS = {"error": "bold red", "warning": "yellow", "info": "cyan"}
WIDTH_WHEN_PIPED = 200


def show(rows: Rows, form: Format | None, out: Path | None) -> None:
    """Rows to a file when `out` is given, else to the screen in the form asked for; into a pipe as
    tab-separated lines."""
    if out is not None:
        write_rows(rows, out, _file_form(form, out))
        print(f"{len(rows.rows)} rows written to {out}", file=sys.stderr)
        return
    if form in {Format.XLSX, Format.PARQUET}:
        raise UsageError(f"{form} is a file", hint=f"name it: --out table.{form}")
    if drawn(form):
        draw(rows)
    elif form is None:
        _print_lines_of(rows)
    else:
        sys.stdout.write(format_rows(rows, form))


def drawn(form: Format | None) -> bool:
    """Are rows drawn as a table: when that is asked for, or when a person looks on?"""
    return form is Format.TABLE or (form is None and sys.stdout.isatty())


def _print_lines_of(rows: Rows) -> None:
    """Every column and row, one line each: nothing is cut or left out."""
    if not rows.rows:
        print("no rows")
        return
    lines = tuple(tuple(_plain(value) for value in row) for row in rows.rows)
    for line in plain_lines(Listing("", rows.names, lines)):
        print(line)


def _plain(value: Any) -> str:
    return value.strip() if isinstance(value, str) else _cell(value)


def _file_form(form: Format | None, out: Path) -> Format:
    """The form asked for; the file's ending must not name another."""
    if form is None:
        return form_of(out)
    named = SUFFIXES.get(out.suffix.lower())
    if named not in {None, form}:
        raise UsageError(
            f"{out.name} is no {form}", hint="leave out --format, or change the ending"
        )
    return form


def form_of(path: Path) -> Format:
    """The form that a file name asks for."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path.name}: the ending names no form", hint=f"end it with {', '.join(SUFFIXES)}"
        )
    return form


def draw(rows: Rows) -> None:
    """A table for the eye; columns without any value are left out."""
    from rich.table import Table

    console = make_console()
    filled = [i for i in range(len(rows.names)) if any(row[i] is not None for row in rows.rows)]
    if not rows.rows:
        console.print("no rows")
        return
    table = Table(show_lines=False)
    for i in filled:
        numeric = any(_is_number(row[i]) for row in rows.rows)
        side: JustifyMethod = "right" if numeric else "left"
        table.add_column(rows.names[i].replace("_", " "), justify=side, overflow="fold")
    for row in rows.rows:
        table.add_row(*(_cell(row[i]) for i in filled))
    console.print(table)


def make_console() -> Console:
    """Colours on a terminal, plain wide lines when piped."""
    from rich.console import Console

    piped = not sys.stdout.isatty()
    return Console(highlight=False, markup=False, width=WIDTH_WHEN_PIPED if piped else None)


def print_lines(lines: Iterable[tuple[str, str]]) -> None:
    """Lines with a style each."""
    console = make_console()
    for line, style in lines:
        console.print(line, style=style, soft_wrap=True)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return " ".join(str(value).split())
