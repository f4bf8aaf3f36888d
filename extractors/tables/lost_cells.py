"""Lines that lost a cell: one too short among lines that keep their empty cells to the last.

Tools that make tables of tabs or commas of a page either drop the empty cells at the end of a line or keep
them. Where a line of the table ends in an empty cell, they keep them; a line that is shorter has lost a
cell somewhere, and what stands behind it has moved to another column.
"""

from __future__ import annotations

from collections import Counter

from keikaku.extractors.document import Grid

_DRAWN = ("tab", "comma", "pipe")


def find_short_lines(grid: Grid) -> frozenset[int]:
    """The rows of several printed cells that are shorter than the table, where that is no habit."""
    if grid.origin not in _DRAWN:
        return frozenset()
    widths = Counter(cell.row for cell in grid.cells)
    inked = Counter(cell.row for cell in grid.cells if cell.blocks)
    last = {cell.row: cell for cell in sorted(grid.cells, key=lambda cell: cell.column)}
    if all(cell.blocks for cell in last.values()):
        return frozenset()
    return frozenset(
        row for row, width in widths.items() if width < grid.column_count and inked[row] > 1
    )
