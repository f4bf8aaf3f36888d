"""`keikaku compare`: one indicator, one row a municipality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from keikaku.pipeline.export import Format

MEASURES = ("baseline", "target", "projected", "actual")


def command(
    indicator: Annotated[str, typer.Argument(help="Slug, Japanese name or printed label.")],
    fiscal_year: Annotated[
        str | None,
        typer.Option(help="2023, R5 or 令和5年度; else the last with an actual."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(help="Show only baseline, target, projected or actual; may be repeated."),
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """Lay one indicator side by side for all municipalities.

    Each row bears its date, quote and source, and says whether it may be compared and why not. A
    row is missing where a municipality prints no figure: that is not zero. `keikaku indicators
    --covered` lists the indicators that have figures.

    Examples:

      keikaku compare community_transition_persons --fiscal-year R5

      keikaku compare 施設入所者数 --measure actual --out residents.xlsx
    """
    from keikaku.pipeline.comparison import ComparedRow, compare, read_indicator, read_year
    from keikaku.pipeline.export import Rows, rows_of_records
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import drawn, show

    known = read_indicator(indicator)
    hidden = _hidden(measure or [])
    year = read_year(fiscal_year) if fiscal_year is not None else None
    rows = rows_of_records(
        ComparedRow, compare(open_tables(data), known.indicator_id, fiscal_year=year)
    )
    kept = [i for i, name in enumerate(rows.names) if name not in hidden]
    if out is None and drawn(form):
        typer.echo(f"{known.name_ja} / {known.name_en} ({known.unit}, {known.aggregation})")
    show(
        Rows(
            tuple(rows.names[i] for i in kept),
            tuple(tuple(row[i] for i in kept) for row in rows.rows),
        ),
        form,
        out,
    )


def _hidden(measures: list[str]) -> set[str]:
    """Columns that the asked measures leave out."""
    from keikaku.pipeline.errors import UsageError

    unknown = set(measures) - set(MEASURES)
    if unknown:
        raise UsageError(
            f"no measure {', '.join(sorted(unknown))}", hint=f"choose of {', '.join(MEASURES)}"
        )
    hidden = set(MEASURES) - set(measures) if measures else set()
    if measures and not {"target", "actual"} <= set(measures):
        hidden |= {"achievement_percent", "met"}
    return hidden | ({"target_comparator"} if "target" in hidden else set())
