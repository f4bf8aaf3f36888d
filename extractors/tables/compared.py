"""A row of its own for what a figure is of another: 達成率 below 就労継続支援Ｂ型, under the same years.

The row names no more than that; whose rate it is, is sure where one named row stands above it, or each
named row has such a row below it. Below several named rows it may be of the last or of all.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Cell
from keikaku.extractors.heads import Role
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.words import joined
from keikaku.normalizers.folding import fold

_PLANNED = (Role.PROJECTED, Role.TARGET)
_RATE = regex.compile(r".{0,8}(?:率|割合|比)(?:[(]%[)])?")
_FIGURE = regex.compile(r"[0-9０-９]")
_COMPARES = (Role.RATE, Role.GAP)


def is_of_row_above(table: HeadedTable, row: int) -> bool:
    """Does the row say only that it compares, and is the one row above it named, and only that one?"""
    if row == table.first_row or not _compares(table, row) or not _names(table, row - 1):
        return False
    if not any(table.kind(cell) == "value" for cell in table.slots.inked(row - 1)):
        return False
    return row - 1 == table.first_row or not _names(table, row - 2)


def is_rate_of_rows_above(table: HeadedTable, cell: Cell) -> bool:
    """率 or 充足率 below 計画 and 実績, over nothing but per cents: what the one is of the other."""
    if cell.row < table.first_row + 2 or _RATE.fullmatch(fold(joined(cell.lines))) is None:
        return False
    above = [table.slots.rows[row][cell.column] for row in (cell.row - 2, cell.row - 1)]
    roles = [table.slots.head(other).role for other in above if other is not None]
    values = [c for c in table.slots.inked(cell.row) if table.kind(c) == "value"]
    figures = [fold(value.text) for value in values if _FIGURE.search(value.text)]
    is_below = len(roles) == 2 and roles[0] in _PLANNED and roles[1] is Role.ACTUAL
    return is_below and bool(figures) and all(text.endswith("%") for text in figures)


def _labels(table: HeadedTable, row: int) -> Sequence[Cell]:
    return [cell for cell in table.slots.inked(row) if table.kind(cell) == "label"]


def _compares(table: HeadedTable, row: int) -> bool:
    heads = [table.slots.head(cell) for cell in _labels(table, row)]
    return len(heads) == 1 and heads[0].role in _COMPARES and heads[0].year is None


def _names(table: HeadedTable, row: int) -> bool:
    heads = [table.slots.head(cell) for cell in _labels(table, row)]
    return any(head.role is None and head.year is None for head in heads)
