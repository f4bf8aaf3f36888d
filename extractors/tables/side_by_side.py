"""Two tables printed side by side in one grid: サービス名 計画 実績 | サービス名 計画 実績.

A head of names right of columns of figures begins another table: its names are none of the first
one's parts. Each table is read by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter

from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.heads import MEASURES, Head, Role, read_head
from keikaku.extractors.words import joined

_DEEPEST_HEAD = 4
"""Rows below which no head of a whole table is looked for."""


def parted(grid: Grid) -> tuple[Grid, ...]:
    """The tables of a grid from left to right; the grid itself where it is one table."""
    starts = [0, *_starts(grid), grid.column_count]
    if len(starts) == 2 or any(_crosses(cell, starts) for cell in grid.cells):
        return (grid,)
    parts = [_part(grid, first, end) for first, end in pairwise(starts)]
    return (replace(parts[0], echoes=grid.echoes), *parts[1:])


def _starts(grid: Grid) -> list[int]:
    """The columns in which a further table begins."""
    inked = (cell for cell in grid.cells if cell.row < _DEEPEST_HEAD and cell.lines)
    for _, row in groupby(sorted(inked, key=attrgetter("row", "column")), attrgetter("row")):
        heads = list(row)
        if _head(heads[0]).role is not Role.LABEL:
            continue
        names = [n for n, cell in enumerate(heads) if _head(cell).role is Role.LABEL]
        tables = [heads[a:b] for a, b in pairwise([*names, len(heads)])]
        if len(tables) > 1 and all(map(_has_figures, tables)):
            return [table[0].column for table in tables[1:]] if _are_alike(tables) else []
    return []


def _head(cell: Cell) -> Head:
    return read_head(joined(cell.lines))


def _has_figures(heads: Sequence[Cell]) -> bool:
    return any(_head(cell).role in MEASURES or _head(cell).year is not None for cell in heads)


def _are_alike(tables: Sequence[Sequence[Cell]]) -> bool:
    """Do all tables begin with the same word, or say the same in all their heads?"""
    first_words = {joined(heads[0].lines) for heads in tables}
    said = {tuple((_head(cell).role, _head(cell).year) for cell in heads) for heads in tables}
    return len(first_words) == 1 or len(said) == 1


def _crosses(cell: Cell, starts: list[int]) -> bool:
    """Does a cell reach from one table into the next, and is no title over all of them?"""
    end = cell.column + cell.column_span
    inner = any(cell.column < start < end for start in starts[1:-1])
    return inner and bool(cell.lines) and (cell.column, end) != (0, starts[-1])


def _part(grid: Grid, first: int, end: int) -> Grid:
    cells = tuple(
        replace(
            cell,
            column=max(cell.column, first) - first,
            column_span=min(cell.column + cell.column_span, end) - max(cell.column, first),
        )
        for cell in grid.cells
        if cell.column < end and first < cell.column + cell.column_span
    )
    return Grid(
        cells, grid.row_count, end - first, grid.span, grid.origin, grid.faults if not first else ()
    )
