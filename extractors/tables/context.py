"""What is known before the rows of a table are read: its surroundings, its columns, where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.entries import Evidence, Note, Place
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.ledger import Ledger
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.slots import Slots
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the surroundings of a table say about it."""

    place: Place
    default_measure: Role | None = None
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    units: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    years: YearContext = field(default_factory=YearContext)
    reported: FiscalYear | None = None
    """The year that the document's title says it reports on: of actuals that name no year."""
    may_name_goals: bool = False
    """May a row of the table name the goal of the rows below it (loose tables without a goal)?"""
    columns: tuple[Column, ...] = ()
    """Columns of an earlier table that this one may continue without a head of its own."""


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose heads are read: what each of its rows is read by."""

    slots: Slots
    columns: tuple[Column, ...]
    first_row: int
    """The first row below the heads."""
    series_columns: frozenset[int]
    """Label columns in which measure words stand: other words there are series, no labels."""
    context: TableContext
    ledger: Ledger

    @property
    def grid(self) -> Grid:
        return self.slots.grid

    def kind(self, cell: Cell) -> str:
        """The kind of the column that the cell starts in."""
        return self.columns[cell.column].kind if cell.column < len(self.columns) else "unknown"


def lay_table(
    slots: Slots,
    columns: tuple[Column, ...],
    first_row: int,
    context: TableContext,
    ledger: Ledger,
) -> HeadedTable:
    """The table with these columns over its rows from `first_row` on."""
    bare = HeadedTable(slots, columns, first_row, frozenset(), context, ledger)
    series = frozenset(
        cell.column
        for row in range(first_row, slots.row_count)
        for cell in slots.inked(row)
        if bare.kind(cell) == "label" and slots.head(cell).role in MEASURES
    )
    return replace(bare, series_columns=series) if series else bare
