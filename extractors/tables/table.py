"""A table read whole: titles → head rows → columns → rows of labels and cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from keikaku.extractors.document import Grid, Notice
from keikaku.extractors.entries import Entry, TextBox
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.tables.columns import Column, columns_without_heads, read_columns
from keikaku.extractors.tables.context import TableContext, lay_table
from keikaku.extractors.tables.doubts import doubt_inherited
from keikaku.extractors.tables.groups import rows_below_titles
from keikaku.extractors.tables.head_rows import BlockHeads, find_end_of_heads, read_titles
from keikaku.extractors.tables.one_below_other import layered
from keikaku.extractors.tables.pending import mark_pending
from keikaku.extractors.tables.rows import read_rows
from keikaku.extractors.tables.side_by_side import parted
from keikaku.extractors.tables.slots import Slots, lay_slots
from keikaku.normalizers.quickly_made import quickly_made

_MOST_SLOTS = 400_000
"""Rows times columns beyond which a grid is refused: no sheet of paper holds so many cells."""


@quickly_made
@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave."""

    entries: tuple[Entry, ...]
    texts: tuple[TextBox, ...]
    notices: tuple[Notice, ...]
    columns: tuple[Column, ...]


def read_table(grid: Grid, context: TableContext, ledger: Ledger) -> TableReading:
    """Read one grid whole; every cell of it gets a fate in the ledger."""
    tables = [table for part in parted(grid) for table in _read_layers(part, context, ledger)]
    return TableReading(
        entries=tuple(entry for table in tables for entry in table.entries),
        texts=tuple(text for table in tables for text in table.texts),
        notices=tuple(notice for table in tables for notice in table.notices),
        columns=tables[0].columns if len(tables) == 1 else (),
    )


def _read_layers(grid: Grid, context: TableContext, ledger: Ledger) -> Iterator[TableReading]:
    """Each table of those one below the other; what the titles over the first say holds for all."""
    ledger.claim(grid.echoes, Fate.IGNORED, "beside the table, or an echo of a nested one")
    if grid.row_count * grid.column_count > _MOST_SLOTS:
        yield _refuse(grid, ledger)
        return
    said = BlockHeads()
    for number, layer in enumerate(layered(grid)):
        slots = lay_slots(layer, context.years, context.year)
        titles, first = read_titles(slots, ledger)
        said = titles if number == 0 or titles != BlockHeads() else said
        yield _read_one(slots, said, first, context, ledger)


def _read_one(
    slots: Slots, said: BlockHeads, first: int, context: TableContext, ledger: Ledger
) -> TableReading:
    grid = slots.grid
    end = first if grid.origin == FIGURE_ROWS else find_end_of_heads(slots, first)
    columns, notices = _columns(slots, first, end, context.columns)
    for row in range(first, end):
        ledger.claim(slots.starting(row), Fate.LABEL, "head")
    table = lay_table(slots, columns, end, context, ledger)
    rows = tuple(read_rows(table, rows_below_titles(table, said)))
    is_list = grid.origin == FIGURE_ROWS
    found = mark_pending(tuple(doubt_inherited(rows, ledger, is_list=is_list)))
    return TableReading(
        entries=tuple(item for item in found if isinstance(item, Entry)),
        texts=tuple(item for item in found if isinstance(item, TextBox)),
        notices=(*notices, *(item for item in found if isinstance(item, Notice))),
        columns=columns,
    )


def _refuse(grid: Grid, ledger: Ledger) -> TableReading:
    ledger.claim(grid.cells, Fate.FINDING, "table_too_large")
    detail = f"a table of {grid.row_count} rows and {grid.column_count} columns was not read"
    return TableReading((), (), (Notice("table_too_large", "warning", detail, grid.span),), ())


def _columns(
    slots: Slots, first: int, end: int, earlier: tuple[Column, ...]
) -> tuple[tuple[Column, ...], tuple[Notice, ...]]:
    if end > first:
        return read_columns(slots, first, end)
    return columns_without_heads(slots, earlier), ()
