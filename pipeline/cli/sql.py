"""`keikaku sql`: DuckDB over the tables, with the views ready."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from keikaku.pipeline.export import Format


def command(
    query: Annotated[str, typer.Argument(help="A DuckDB query.")],
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """Ask the tables in SQL.

    Views: documents, observations, narratives, findings; catalogue, national, municipalities;
    comparable; figures (observations joined with documents, catalogue and comparability); editions;
    latest and latest_narratives (the latest edition of each sheet).

    Examples:

      keikaku sql "select municipality, fiscal_year, value, raw from latest where indicator_id = 'facility_residents'"

      keikaku sql "select severity, count(*) from findings group by all" --format csv
    """
    import duckdb
    from keikaku.pipeline.errors import UsageError
    from keikaku.pipeline.export import Rows, rows_of_arrow
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import show

    if not query.strip():
        raise UsageError("no query", hint='for the columns: keikaku sql "describe figures"')
    tables = open_tables(data)
    try:
        found = tables.connection.sql(query)
        rows = rows_of_arrow(found.to_arrow_table()) if found is not None else Rows((), ())
    except duckdb.Error as error:
        raise UsageError(
            f"the query fails: {error}",
            hint='see the columns with: keikaku sql "describe figures"',
        ) from error
    show(rows, form, out)
