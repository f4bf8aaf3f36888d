"""What a person sees: rows on a terminal or piped, findings like a good linter's.

On a terminal tables are drawn with rich; piped, the same rows are plain lines.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.export import Format, Rows, format_rows, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

SUFFIXES = {
    ".csv": Format.CSV, ".xlsx": Format.XLSX, ".json": Format.JSON, ".md": Format.MARKDOWN,
    ".parquet": Format.PARQUET,
}  # fmt: skip
COLOURS = {"error": "bold red", "warning": "yellow", "info": "cyan"}
WIDTH_WHEN_PIPED = 200


def show(rows: Rows, form: Format | None, out: Path | None) -> None:
    """Rows to a file when `out` is given, else to the screen in the form asked for."""
    if out is not None:
        write_rows(rows, out, form or form_of(out))
        print(f"{len(rows.rows)} rows written to {out}", file=sys.stderr)
        return
    if form in {Format.XLSX, Format.PARQUET}:
        raise UsageError(f"{form} is a file", hint=f"name it: --out table.{form}")
    if form in {None, Format.TABLE}:
        draw(rows)
    else:
        sys.stdout.write(format_rows(rows, form or Format.CSV))


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
        table.add_column(rows.names[i].replace("_", " "), justify="right" if numeric else "left")
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
