"""Heads adrift: head rows of which nobody can say over which columns they stand.

Text that lost its blank cells prints 実績 and 見込量 side by side over six years, or begins the line
of years over the labels. What such heads say of a column is a guess, and a guess is no reading: the
columns under them are refused.
"""

from __future__ import annotations

from itertools import pairwise

from keikaku.extractors.document import Cell
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.slots import Slots

_NAMES_OF_ROWS = frozenset((Role.LABEL, Role.UNIT))


def find_first_adrift(slots: Slots, first: int, end: int) -> int | None:
    """The first column whose heads, in the rows from `first` up to `end`, may belong to another;
    None where all stand firm."""
    found = [_years_over_labels(slots, first, end)]
    found += [_groups_without_width(slots, row, end) for row in range(first, end - 1)]
    return min((column for column in found if column is not None), default=None)


def _years_over_labels(slots: Slots, first: int, end: int) -> int | None:
    """0 where a year stands under サービス名 or 単位, and no head over the last column."""
    last = slots.column_count - 1
    if any(_printed(slots, row, last) is not None for row in range(first, end)):
        return None
    for column in range(last):
        heads = [cell for row in range(first, end) if (cell := _printed(slots, row, column))]
        for above, below in pairwise(heads):
            names_rows = slots.head(above).role in _NAMES_OF_ROWS
            if names_rows and above is not below and slots.head(below).year is not None:
                return 0
    return None


def _groups_without_width(slots: Slots, row: int, end: int) -> int | None:
    """The second of two measures side by side in a line that ends two or more years too early."""
    inked = slots.inked(row)
    if len(inked) < 2 or inked[-1].column_span > 1 or inked[-2].column_span > 1:
        return None
    left, right = inked[-2], inked[-1]
    roles = [slots.head(cell).role for cell in (left, right)]
    if right.column != left.column + 1 or any(role not in MEASURES for role in roles):
        return None
    beyond = range(right.column + 1, slots.column_count)
    is_cut_short = len(beyond) > 1 and all(slots.rows[row][column] is None for column in beyond)
    if not is_cut_short or not all(_year_below(slots, row, column, end) for column in beyond):
        return None
    return left.column


def _year_below(slots: Slots, row: int, column: int, end: int) -> bool:
    cells = [_printed(slots, below, column) for below in range(row + 1, end)]
    return any(cell is not None and slots.head(cell).year is not None for cell in cells)


def _printed(slots: Slots, row: int, column: int) -> Cell | None:
    cell = slots.rows[row][column]
    return cell if cell is not None and cell.lines else None
