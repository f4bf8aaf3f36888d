"""Query: an output folder as tables for notebooks, and as DuckDB views for SQL.

Views over the four published tables (`documents`, `observations`, `narratives`, `findings`):

- `catalogue`, `national`, `municipalities`: the registries.
- `comparable`: beside each observation the catalogue's unit and definition, `comparable`, `reason`.
- `editions`: which document is the latest edition of each goal's sheet (`edition` 1 is the latest).
- `figures`: observations joined with document, catalogue and comparability.
- `latest`, `latest_narratives`: the rows of the latest edition of each sheet only.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keikaku.normalizers.catalogue import all_indicators
from keikaku.normalizers.municipalities import all_municipalities
from keikaku.normalizers.national import all_national_values
from keikaku.pipeline.columns import arrow_schema
from keikaku.pipeline.comparable import Figure, judge
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.records import TABLES, Finding

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

SHEET = "municipality_code, plan, plan_term, coalesce(goal_id, goal_title, goal_number::varchar)"
"""What makes two documents editions of one sheet. Without a municipality a document stands alone."""

VIEWS = {
    "editions": f"""
        select *, row_number() over (
            partition by coalesce(municipality_code, document_id), plan, plan_term, sheet
            order by reported_through desc nulls last, as_of desc nulls last,
                     reported desc, has_pages desc, document_id) as edition
        from (
            select municipality_code, plan, plan_term,
                   coalesce(goal_id, goal_title, goal_number::varchar) as sheet, document_id,
                   max(fiscal_year) filter (measure = 'actual' and status = 'reported')
                       as reported_through,
                   max(as_of) filter (measure = 'actual') as as_of,
                   count(*) filter (status in ('reported', 'qualitative')) as reported,
                   any_value(page) is not null as has_pages
            from observations group by {SHEET}, document_id, municipality_code, plan, plan_term)
    """,
    "figures": """
        select o.*, c.catalogue_unit, c.definition, c.definition_en, c.comparable, c.reason,
               e.edition, d.title, d.source_name, d.source_uri, k.kind, k.goal, k.better, k.level
        from observations o
        left join comparable c using (observation_id)
        left join documents d using (document_id)
        left join catalogue k using (indicator_id)
        left join editions e on o.document_id = e.document_id
            and o.plan is not distinct from e.plan
            and o.plan_term is not distinct from e.plan_term
            and coalesce(o.goal_id, o.goal_title, o.goal_number::varchar)
                is not distinct from e.sheet
    """,
    "latest": "select * exclude (edition) from figures where edition = 1",
    "latest_narratives": """
        select n.* from narratives n
        left join editions e on n.document_id = e.document_id
            and n.plan is not distinct from e.plan
            and n.plan_term is not distinct from e.plan_term
            and coalesce(n.goal_id, n.goal_title, n.goal_number::varchar)
                is not distinct from e.sheet
        where coalesce(e.edition, 1) = 1
    """,
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table or query, in whichever form the reader works with."""

    _connection: duckdb.DuckDBPyConnection
    query: str

    def arrow(self) -> pyarrow.Table:
        """As an Arrow table."""
        return self._connection.sql(self.query).to_arrow_table()

    def pandas(self) -> pandas.DataFrame:
        """As a pandas frame with Arrow types: years stay integers where some are null."""
        import pandas as pd

        frame: pandas.DataFrame = self.arrow().to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def polars(self) -> polars.DataFrame:
        """As a polars frame. Needs polars installed."""
        import polars as pl

        frame = pl.from_arrow(self.arrow())
        if not isinstance(frame, pl.DataFrame):
            raise TypeError("an Arrow table gives a polars frame")
        return frame

    def duckdb(self) -> duckdb.DuckDBPyRelation:
        """As a DuckDB relation, evaluated when it is used."""
        return self._connection.sql(self.query)


@dataclass(frozen=True, slots=True)
class Tables:
    """An output folder, open for reading. See the module's docstring for the views."""

    folder: Path
    connection: duckdb.DuckDBPyConnection

    @property
    def documents(self) -> Table:
        """One row a source file."""
        return self.table("documents")

    @property
    def observations(self) -> Table:
        """One row a printed figure or reported status."""
        return self.table("observations")

    @property
    def narratives(self) -> Table:
        """One row a paragraph of prose."""
        return self.table("narratives")

    @property
    def findings(self) -> Table:
        """One row a contradiction or doubt."""
        return self.table("findings")

    @property
    def across(self) -> Table:
        """Findings between documents: two editions of a sheet, two terms of a plan. The columns
        are those of `findings`; the rows are found when this is asked."""
        from keikaku.pipeline.checks.across import check_across
        from keikaku.pipeline.store.rows import records_to_table

        self.connection.register("across", records_to_table(Finding, check_across(self)))
        return self.table("across")

    @property
    def comparable(self) -> Table:
        """One row an observation: catalogue unit, definition, comparable, reason."""
        return self.table("comparable")

    @property
    def catalogue(self) -> Table:
        """The national indicators."""
        return self.table("catalogue")

    @property
    def national(self) -> Table:
        """National targets and results."""
        return self.table("national")

    @property
    def figures(self) -> Table:
        """Observations joined with document, catalogue and comparability, all editions."""
        return self.table("figures")

    @property
    def latest(self) -> Table:
        """The figures of the latest edition of each sheet."""
        return self.table("latest")

    def table(self, name: str) -> Table:
        """A table or view by name."""
        return Table(self.connection, f'select * from "{name}"')

    def sql(self, query: str) -> Table:
        """Any DuckDB query over the views."""
        return Table(self.connection, query)


def open_tables(folder: str | Path = "output") -> Tables:
    """Open an output folder. Raises UsageError when it holds no tables."""
    import duckdb

    root = Path(folder)
    _require_tables(root)
    connection = duckdb.connect()
    for name, record_type in TABLES.items():
        files = sorted(str(file) for file in (root / name).rglob("*.parquet"))
        _register_table(connection, name, record_type, files)
    for name, registry in _registries().items():
        connection.register(name, registry)
    connection.register("comparable", comparable_table(connection))
    for name, query in VIEWS.items():
        connection.execute(f"create view {name} as {query}")
    return Tables(root, connection)


def comparable_table(connection: duckdb.DuckDBPyConnection) -> pyarrow.Table:
    """The judgement of every observation, keyed by observation_id."""
    import pyarrow as pa

    names = [field.name for field in dataclasses.fields(Figure)]
    rows = connection.execute(
        f"select distinct on (observation_id) observation_id, {', '.join(names)} "
        "from observations order by all"
    ).fetchall()
    judged = [judge(Figure(*row[1:])) for row in rows]
    return pa.table(
        {
            "observation_id": pa.array([row[0] for row in rows], pa.string()),
            "catalogue_unit": pa.array([j.catalogue_unit for j in judged], pa.string()),
            "definition": pa.array([j.definition for j in judged], pa.string()),
            "definition_en": pa.array([j.definition_en for j in judged], pa.string()),
            "comparable": pa.array([j.comparable for j in judged], pa.bool_()),
            "reason": pa.array([j.reason for j in judged], pa.string()),
        }
    )


def _require_tables(root: Path) -> None:
    missing = [name for name in TABLES if not (root / name).is_dir()]
    if missing:
        raise UsageError(
            f"no tables in {root}: {', '.join(missing)} not found",
            hint=f"make them with: keikaku ingest PATH --output {root}",
        )


def _register_table(
    connection: duckdb.DuckDBPyConnection, name: str, record_type: type, files: list[str]
) -> None:
    """The Parquet files as one view; an empty table of the right columns without any."""
    if files:
        relation = connection.read_parquet(files, union_by_name=True)
        relation.create_view(name)
        return
    connection.register(name, arrow_schema(record_type).empty_table())


def _registries() -> dict[str, pyarrow.Table]:
    return {
        "catalogue": _table_of(all_indicators()),
        "national": _table_of(all_national_values()),
        "municipalities": _table_of(all_municipalities()),
    }


def _table_of(rows: tuple[Any, ...]) -> pyarrow.Table:
    import pyarrow as pa

    names = [field.name for field in dataclasses.fields(rows[0])]
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    return pa.table(
        {
            name: [list(v) if isinstance(v, tuple) else v for v in column]
            for name, column in columns.items()
        }
    )
