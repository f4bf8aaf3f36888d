"""A table place by place: which cell covers it, and what the cell says when it is read as a head.

A cell that spans several rows or columns covers all their places and starts in the first. A year
printed without its era (``5年度``) is told by the years that stand in line with it, else by the year
named before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex
from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.heads import Head, read_head
from keikaku.extractors.tables.bracket_heads import find_bracket_head
from keikaku.extractors.words import is_eraless_year, joined
from keikaku.extractors.year_runs import years_in_order
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext
from keikaku.normalizers.quickly_made import quickly_made

_OVER_BRACKETS = regex.compile(
    r"(?P<words>[^()（）]{2,})[(（](?:再掲|内数|うち.{1,12})(?:の?(?:実績値?|数値))?[)）]"
)
"""実績値（再掲）: the head of a figure and of what stands in brackets behind it."""
_WITH_BRACKET = regex.compile(
    r"\S[\s　]*[(（][\s　]*[0-9０-９][0-9０-９,，.．]*[^()（）]{0,4}[)）]"
)


def slots_of(grid: Grid) -> list[list[Cell | None]]:
    """Row by row, the cell that covers each place, or None."""
    slots: list[list[Cell | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(
                cell.column, min(cell.column + cell.column_span, grid.column_count)
            ):
                slots[row][column] = cell
    return slots


@quickly_made
@dataclass(frozen=True, slots=True)
class Slots:
    """The places of a grid, and how its cells read as heads."""

    grid: Grid
    rows: Sequence[Sequence[Cell | None]]
    years: YearContext
    outer_year: FiscalYear | None
    """The year that the surroundings of the table name."""
    years_in_line: Mapping[tuple[int, int], FiscalYear]
    """By row and column, the years that only their line of years tells."""
    _starting: Sequence[Sequence[Cell]]
    """By row, the cells that start in it."""
    _inked: Sequence[Sequence[Cell]]
    """By row, those of them in which something is printed."""
    _heads: dict[tuple[int, int], Head] = field(default_factory=dict, compare=False)
    """By row and column of the cell, what was read: each cell is asked for many times."""

    @property
    def row_count(self) -> int:
        return self.grid.row_count

    @property
    def column_count(self) -> int:
        return self.grid.column_count

    def starting(self, row: int) -> Sequence[Cell]:
        """Cells that start in this row."""
        return self._starting[row]

    def inked(self, row: int) -> Sequence[Cell]:
        """Cells that start in this row and in which something is printed."""
        return self._inked[row]

    def across(self, row: int) -> list[Cell]:
        """Each cell that covers the row once, left to right."""
        cells: list[Cell] = []
        for cell in self.rows[row]:
            if cell is not None and (not cells or cells[-1] is not cell):
                cells.append(cell)
        return cells

    def printed_below(self, column: int, first: int) -> list[Cell]:
        """The printed cell of each row of a column from row `first` on; a span counts each row."""
        cells = [self.rows[row][column] for row in range(first, self.row_count)]
        return [cell for cell in cells if cell is not None and cell.lines]

    def head(self, cell: Cell) -> Head:
        """The cell read as a head."""
        place = cell.row, cell.column
        if (known := self._heads.get(place)) is None:
            known = self._heads[place] = self._read_head(cell)
        return known

    def _read_head(self, cell: Cell) -> Head:
        text = joined(cell.lines)
        if (year := self.years_in_line.get((cell.row, cell.column))) is not None:
            return Head(text, None, year)
        two = find_bracket_head(text, self.years)
        if two is not None and self._has_brackets(cell):
            return replace(read_head(two.words, self.years), printed=text)
        over = _OVER_BRACKETS.fullmatch(text) if text[-1:] in (")", "）") else None
        if over is not None and self._has_brackets(cell):
            text = over["words"]
        head = read_head(text, self.years)
        if head.year is None and is_eraless_year(text):
            return read_head(text, self.years._replace(previous=self._year_before(cell)))
        return head

    def _has_brackets(self, cell: Cell) -> bool:
        """Does a cell below hold a second figure in brackets?"""
        below = [self.rows[row][cell.column] for row in range(cell.row + 1, self.row_count)]
        return any(other is not None and _WITH_BRACKET.search(other.text) for other in below)

    def _year_before(self, cell: Cell) -> int | None:
        """The year that the nearest cell left of this one, or above it, names with its era."""
        beside = [self.rows[cell.row][column] for column in range(cell.column - 1, -1, -1)]
        above = [self.rows[row][cell.column] for row in range(cell.row - 1, -1, -1)]
        for other in (*beside, *above):
            if other is None or other is cell or not other.lines:
                continue
            if (year := self.head(other).year) is not None:
                return year.last or year.year
        return self.outer_year.year if self.outer_year is not None else None


def lay_slots(grid: Grid, years: YearContext, outer_year: FiscalYear | None) -> Slots:
    """The places of a grid whose years are read with `years`."""
    rows = slots_of(grid)
    starting = [_starting_in(row, cells) for row, cells in enumerate(rows)]
    inked = [[cell for cell in cells if cell.lines or cell.struck] for cells in starting]
    return Slots(grid, rows, years, outer_year, years_in_order(rows, years), starting, inked)


def _starting_in(row: int, cells: Sequence[Cell | None]) -> list[Cell]:
    return [
        cell
        for column, cell in enumerate(cells)
        if cell is not None and cell.row == row and cell.column == column
    ]
