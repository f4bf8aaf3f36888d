"""Rows of one figure each, as a Grid: what names the figure to the left, the figure in the last column.

A line layout that knows for every figure the words that name it (year, name, quantity, measure) lays
it out as a row of its own. Words that name several rows one after the other stand over them as one
tall cell, so every printed word has its place once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Grid, Line, Span
from keikaku.extractors.grids import FIGURE_ROWS, PrintedCell, lay_out
from keikaku.extractors.lines.printed import Printed, blank_cell, cell_of


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure and the printed words that name it; `heads` stand over a whole list of rows."""

    value: Line
    label: Line | None = None
    quantity: Line | None = None
    measure: Line | None = None
    year: Line | None = None
    block_year: Line | None = None
    heads: tuple[Line, ...] = ()
    item: Line | None = None
    """The name that stands alone over rows whose labels only say what is counted."""
    more: tuple[Line, ...] = ()
    """Further lines of a text that stands where figures stand."""
    is_group: bool = False
    """A line over the whole table that heads the rows below it: 【内訳】."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every printed piece of the row."""
        return (self.value, *self.more, *(line for line in path_of(self) if line is not None))


def lay_figures(
    rows: Sequence[FigureRow], titles: Sequence[Line], printed: Sequence[Printed]
) -> Grid:
    """The rows as a Grid of as many columns as there are kinds of words in use."""
    paths = [[None] * 8 if row.is_group else path_of(row) for row in rows]
    used = [n for n in range(len(paths[0])) if any(path[n] is not None for path in paths)]
    columns = [[path[n] for path in paths] for n in used]
    laid: list[list[PrintedCell]] = [[cell_of([title], 1, len(used) + 1)] for title in titles]
    for at, row in enumerate(rows):
        if row.is_group:
            laid.append([cell_of([row.value], 1, len(used) + 1)])
            continue
        cells = [cell for column in range(len(used)) if (cell := _cell(columns, column, at, row))]
        laid.append([*cells, cell_of([row.value, *row.more])])
    extent = Span(printed[0].line.span.char_start, printed[-1].line.span.char_end)
    return lay_out(laid, FIGURE_ROWS, extent)


def path_of(row: FigureRow) -> list[Line | None]:
    """The words that name a figure, outermost first."""
    heads = [*row.heads, None, None][:2]
    return [*heads, row.block_year, row.item, row.label, row.quantity, row.measure, row.year]


def _cell(
    columns: Sequence[Sequence[Line | None]], column: int, at: int, row: FigureRow
) -> PrintedCell | None:
    """The word at this place, as tall as it goes on; None below its first row."""
    words = columns[column]
    if words[at] is None:
        return blank_cell(row.value)
    if at and _same(columns[: column + 1], at - 1, at):
        return None
    height = 1
    while at + height < len(words) and _same(columns[: column + 1], at + height - 1, at + height):
        height += 1
    word = words[at]
    assert word is not None
    return cell_of([word], height, 1)


def _same(columns: Sequence[Sequence[Line | None]], one: int, other: int) -> bool:
    return all(column[one] is column[other] for column in columns)


def unread_line(line: Line) -> Grid:
    """A line of figures of which it is not sure what they are: one cell without a head."""
    return lay_out([[cell_of([line])]], FIGURE_ROWS, line.span)
