"""Tables printed one below the other in one grid: 区分 令和３年度 … over its rows, 区分 令和６年度 … below them.

A line of heads below the first rows begins another table, unless it repeats the heads above (a table that
goes on over a page says them again). What stands over it in one cell as wide as the table is its title.
Where a cell reaches over the line from above, nobody can say which heads its row has: the rows below are
refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from keikaku.extractors.document import Cell, Fault, Grid
from keikaku.extractors.grids import DRAWN
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role, read_head
from keikaku.extractors.tables.named_tables import find_named
from keikaku.extractors.words import (
    is_category,
    is_eraless_year,
    is_legend,
    is_sentence,
    joined,
)
from keikaku.normalizers.cells import is_value_like

HEADS_UNDECIDED = "undecided_columns"
"""Fault of a row from which on other heads stand over the figures than those that are read."""
_TELLING = MEASURES | TEXTS | {Role.GRADE, Role.UNIT, Role.ASIDE}
_FEWEST = 2
"""Heads that make a line of heads: one alone may be a status (予定) or a year that a cell prints."""


def layered(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a grid from the top; the grid itself where it is one table."""
    if grid.origin not in DRAWN:
        return (grid,)
    rows = [[cell for cell in row if cell.lines] for row in grid.rows()]
    starts = [0]
    for row in range(1, grid.row_count):
        above = rows[starts[-1] : row]
        if not _heads_anew(rows[row], above) or not any(map(_has_figures, above)):
            continue
        start = _with_titles(grid, rows, row, starts[-1])
        if not _is_of_heads(rows[row]) or any(_crosses(cell, start) for cell in grid.cells):
            detail = "other heads than those above stand over it"
            fault = Fault(HEADS_UNDECIDED, row, detail, rows[row][0].span)
            return _cut(replace(grid, faults=(*grid.faults, fault)), starts)
        starts.append(start)
    return _cut(grid, starts)


def _crosses(cell: Cell, row: int) -> bool:
    return bool(cell.lines) and cell.row < row < cell.row + cell.row_span


def _cut(grid: Grid, starts: Sequence[int]) -> tuple[Grid, ...]:
    if len(starts) == 1:
        return (grid,)
    parts = [_part(grid, first, end) for first, end in pairwise([*starts, grid.row_count])]
    return (replace(parts[0], echoes=grid.echoes), *parts[1:])


def _part(grid: Grid, first: int, end: int) -> Grid:
    cells = tuple(
        replace(cell, row=cell.row - first, row_span=min(cell.row_span, end - cell.row))
        for cell in grid.cells
        if first <= cell.row < end
    )
    faults = tuple(
        replace(fault, row=fault.row - first) for fault in grid.faults if first <= fault.row < end
    )
    return Grid(cells, end - first, grid.column_count, grid.span, grid.origin, faults)


def _heads_anew(row: Sequence[Cell], above: Sequence[Sequence[Cell]]) -> bool:
    """Is the row one of heads, and of others than those above it?"""
    if not _is_of_heads(row) and not _is_doubtful(row):
        return False
    return _says(row) not in [_says(other) for other in above]


def _is_of_heads(row: Sequence[Cell]) -> bool:
    """区分 | 令和６年度 | 令和７年度, or the same without a word over the names; 令和６年度 | 計画 | 実績."""
    if not row or not all(map(_tells, row[1:])):
        return False
    heads = [_head(cell) for cell in row]
    years = {cell.text for cell, head in zip(row, heads, strict=True) if _is_year(head)}
    named = {cell.text for cell, head in zip(row, heads, strict=True) if head.role in MEASURES}
    if heads[0].role is Role.LABEL:
        return bool(years) or len(named) >= _FEWEST
    is_known = _tells(row[0]) or is_category(row[0].text)
    return is_known and bool(years) and len(years | named) >= _FEWEST


def _is_doubtful(row: Sequence[Cell]) -> bool:
    """実施時期 | 令和６年度 | 令和８年度: other heads, or what is said of each column."""
    if len(row) <= _FEWEST or not all(_is_year(_head(cell)) for cell in row[1:]):
        return False
    return len({cell.text for cell in row[1:]}) == len(row) - 1


def _tells(cell: Cell) -> bool:
    head = _head(cell)
    is_known = head.role is None or head.role in _TELLING or head.role is Role.LABEL
    return (head.says_something and is_known) or _is_year(head)


def _is_year(head: Head) -> bool:
    return head.year is not None or is_eraless_year(head.printed)


def _says(row: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(cell.column, joined(cell.lines)) for cell in row]


def _head(cell: Cell) -> Head:
    return read_head(joined(cell.lines))


def _has_figures(row: Sequence[Cell]) -> bool:
    return any(is_value_like(cell.text) for cell in row)


def _with_titles(grid: Grid, rows: Sequence[Sequence[Cell]], row: int, first: int) -> int:
    """The row in which the titles over a line of heads begin, or heads above it that are said again."""
    while row - 1 > first and (_is_title(grid, rows[row - 1]) or _is_of_heads(rows[row - 1])):
        row -= 1
    return row


def _is_title(grid: Grid, row: Sequence[Cell]) -> bool:
    if find_named(grid, row) is not None:
        return True
    if len(row) != 1 or row[0].column_span < grid.column_count:
        return False
    return not is_legend(row[0].text) and not is_sentence(row[0].text)
