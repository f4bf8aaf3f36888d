"""How printed rows of cells become a Grid: row and column spans are resolved here, and only here.

A source gives rows of cells with their printed spans. Each cell takes the first free place of its
row; a cell with a row span holds its columns free in the rows below. Rows that end up narrower than
the widest row, or wider than the first, are reported as faults and stay as they are.

>>> from keikaku.extractors.document import Span
>>> wide = PrintedCell((), Span(), 1, 2)
>>> one = PrintedCell((), Span())
>>> grid = lay_out([[wide, one], [one, one]], "html", Span())
>>> [(cell.row, cell.column) for cell in grid.cells], [fault.rule for fault in grid.faults]
([(0, 0), (0, 2), (1, 0), (1, 1)], ['short_row'])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Block, Cell, Fault, Grid, Span

FIGURE_ROWS = "figure_rows"
"""Origin of grids whose rows are one figure each: the words that name it, then the figure in the last
column. They have no head row."""
DRAWN = frozenset(("html", "ruled", "pipe", "tab", "comma"))
"""Origins of grids whose cells are set apart by what is drawn or written between them, not by their places."""
_WIDEST = 20_000
"""Columns beyond which a grid is no table that anyone printed."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as a source prints it, before its place is known."""

    blocks: tuple[Block, ...]
    span: Span
    row_span: int = 1
    column_span: int = 1
    struck: bool = False


def lay_out(rows: Sequence[Sequence[PrintedCell]], origin: str, span: Span) -> Grid:
    """Place each printed cell and report what does not fit."""
    taken_until: list[int] = []
    cells: list[Cell] = []
    ends: list[int] = []
    for row_number, row in enumerate(rows):
        column = 0
        for printed in row:
            column = _first_free(taken_until, column, row_number)
            if column + printed.column_span > _WIDEST:
                break
            cell = _place(printed, row_number, column, len(rows))
            cells.append(cell)
            _take(taken_until, cell)
            column += printed.column_span
        ends.append(_width_of(taken_until, row_number))
    width = len(taken_until)
    return Grid(tuple(cells), len(rows), width, span, origin, _faults(rows, ends, width))


def _first_free(taken_until: list[int], column: int, row: int) -> int:
    while column < len(taken_until) and taken_until[column] > row:
        column += 1
    return column


def _place(printed: PrintedCell, row: int, column: int, row_count: int) -> Cell:
    return Cell(
        row=row,
        column=column,
        row_span=min(printed.row_span, row_count - row),
        column_span=printed.column_span,
        blocks=printed.blocks,
        span=printed.span,
        struck=printed.struck,
    )


def _take(taken_until: list[int], cell: Cell) -> None:
    end = cell.column + cell.column_span
    if len(taken_until) < end:
        taken_until.extend([0] * (end - len(taken_until)))
    for column in range(cell.column, end):
        # a wide cell may reach over a column that a longer one from above still holds
        taken_until[column] = max(taken_until[column], cell.row + cell.row_span)


def _width_of(taken_until: list[int], row: int) -> int:
    """Columns of this row that are taken, counted from the left without holes."""
    return sum(1 for until in taken_until if until > row)


def _faults(
    rows: Sequence[Sequence[PrintedCell]], ends: Sequence[int], width: int
) -> tuple[Fault, ...]:
    faults = []
    for number, (row, end) in enumerate(zip(rows, ends, strict=True)):
        if row and end < width:
            detail = f"row {number + 1} has {end} of {width} columns"
            faults.append(Fault("short_row", number, detail, row[0].span))
    return tuple(faults)
