"""`keikaku diff`: which figures changed between two editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from keikaku.pipeline.export import Format


def command(
    before: Annotated[str, typer.Argument(metavar="A", help="Id, its beginning, or source name.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The edition to compare it with.")],
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """Show the figures that differ between two editions of a sheet, with quotes and dates.

    Exit code 0: none differs; 1: some do; 2: wrong usage.

    Examples:

      keikaku diff sheet_december.pdf sheet_final.pdf

      keikaku diff 3fa8d1cb 4cdc448c --format csv
    """
    from keikaku.pipeline.editions import (
        Change,
        changes,
        city_of,
        find_document,
        read_observations,
    )
    from keikaku.pipeline.export import rows_of_records
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import show

    tables = open_tables(data)
    ids = [find_document(tables, name) for name in (before, after)]
    cities = [city_of(tables, document_id) for document_id in ids]
    if None not in cities and cities[0] != cities[1]:
        typer.echo(f"note: {cities[0]} and {cities[1]} do not publish one sheet", err=True)
    found = changes(*(read_observations(tables, document_id) for document_id in ids))
    show(rows_of_records(Change, found), form, out)
    raise typer.Exit(1 if found else 0)
