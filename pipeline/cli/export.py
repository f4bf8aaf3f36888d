"""`keikaku export`: the tables for a spreadsheet, and their descriptions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from keikaku.pipeline.export import Format


class What(StrEnum):
    """What can be exported."""

    ALL = "all"
    DOCUMENTS = "documents"
    OBSERVATIONS = "observations"
    NARRATIVES = "narratives"
    FINDINGS = "findings"
    FIGURES = "figures"
    LATEST = "latest"
    CATALOGUE = "catalogue"
    DESCRIPTIONS = "descriptions"


WORKBOOK = ("documents", "latest", "latest_narratives", "findings", "catalogue")


def command(
    what: Annotated[What, typer.Argument(help="Table or view; `all` makes one workbook.")],
    out: Annotated[
        Path | None, typer.Option(help="File: .xlsx, .csv, .json, .md or .parquet.")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """Write a table into a file that is safe to open in a spreadsheet.

    Text that begins with = + - @ stays text, numbers stay numbers. `descriptions` writes
    datapackage.json, croissant.json and the data dictionary beside the tables.

    Examples:

      keikaku export all --out keikaku.xlsx

      keikaku export latest --out figures.csv

      keikaku export findings --format json

      keikaku export descriptions
    """
    from keikaku.pipeline.errors import UsageError
    from keikaku.pipeline.export import rows_of_arrow, write_workbook
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import form_of, show

    tables = open_tables(data)
    if what is What.DESCRIPTIONS:
        _write_descriptions(data)
        return
    if out is None and (form is None or what is What.ALL):
        raise UsageError("no file named", hint=f"keikaku export {what} --out {what}.xlsx")
    if what is not What.ALL or out is None:
        show(rows_of_arrow(tables.table(what).arrow()), form, out)
        return
    if form_of(out) is not Format.XLSX:
        raise UsageError("all tables fit only a workbook", hint="end the file with .xlsx")
    write_workbook({name: rows_of_arrow(tables.table(name).arrow()) for name in WORKBOOK}, out)
    typer.echo(f"{len(WORKBOOK)} tables written to {out}", err=True)


def _write_descriptions(data: Path) -> None:
    from keikaku.pipeline.datapackage import write_descriptions

    for path in write_descriptions(data):
        typer.echo(f"written: {path}")
