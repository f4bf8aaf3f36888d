"""`keikaku indicators`: the national catalogue, and how far the tables cover it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from keikaku.pipeline.export import Format

COVERAGE = """
    select k.indicator_id, k.name_ja, k.goal, k.kind, k.unit,
           count(distinct l.municipality_code) as municipalities,
           count(l.observation_id) as figures,
           count(l.observation_id) filter (l.comparable) as comparable,
           min(l.fiscal_year) as first_year, max(l.fiscal_year) as last_year, k.verified
    from catalogue k left join latest l using (indicator_id)
    where $goal is null or k.goal = $goal
    group by all order by figures = 0, k.goal, k.indicator_id
"""


def command(
    goal: Annotated[
        str | None, typer.Option(help="Only the indicators of one goal (slug).")
    ] = None,
    covered: Annotated[bool, typer.Option("--covered", help="Only those with a figure.")] = False,
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """List the indicators with the municipalities and figures that report them.

    Examples:

      keikaku indicators --covered

      keikaku indicators --goal employment_transition --format csv
    """
    from keikaku.pipeline.export import Rows, rows_of_arrow
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import show

    if goal is not None:
        _require_goal(goal)
    tables = open_tables(data)
    rows = rows_of_arrow(tables.connection.sql(COVERAGE, params={"goal": goal}).to_arrow_table())
    figures = rows.names.index("figures")
    kept = tuple(row for row in rows.rows if row[figures] or not covered)
    show(Rows(rows.names, kept), form, out)


def _require_goal(goal: str) -> None:
    from keikaku.normalizers.catalogue import all_indicators
    from keikaku.pipeline.errors import UsageError

    goals = sorted({indicator.goal for indicator in all_indicators()})
    if goal not in goals:
        raise UsageError(f"no goal {goal!r}", hint=f"choose of {', '.join(goals)}")
