"""合計 beside 令和６年度 and 令和７年度, over a column or before a row: a figure of several years, and of none of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keikaku.extractors.document import Cell
from keikaku.extractors.words import is_total, joined

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column
    from keikaku.extractors.tables.context import HeadedTable


def without_totals(columns: list[Column]) -> list[Column]:
    """合計 behind 令和６年度 and 令和７年度: of several years, and the name of nothing."""
    years = {column.year.year for column in columns if column.year is not None}
    if len(years) < 2:
        return columns
    return [
        replace(c, kind="unknown") if c.year is None and any(map(is_total, c.heads)) else c
        for c in columns
    ]


def adds_up_years(table: HeadedTable, row: int) -> bool:
    """合計 below 令和６年度 and 令和７年度: its figures are of no year."""
    labels = [cell for cell in table.slots.inked(row) if table.kind(cell) == "label"]
    return any(is_total(joined(cell.lines)) and _stands_among_years(table, cell) for cell in labels)


def _stands_among_years(table: HeadedTable, cell: Cell) -> bool:
    under = table.slots.printed_below(cell.column, table.first_row)
    heads = [table.slots.head(other) for other in under if other is not cell]
    return len({head.year.year for head in heads if head.year is not None}) > 1
