"""Which cell holds each character: the innermost one around its middle.

A note printed over the edge of a table (テキストボックスの注) is none of the table's cells' words:
it belongs to what is around the table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from keikaku.extractors.pdf.compiled import compiled
from keikaku.extractors.pdf.engine import Flags, Integers
from keikaku.extractors.pdf.glyphs import Glyphs
from keikaku.extractors.pdf.lattice import Lattice
from keikaku.normalizers.quickly_made import quickly_made

OVER_THE_EDGE = 0.28
"""A character that stands out of a table by this part of its height is not of the table."""
BESIDE_ITS_EDGE = 0.08
"""A border that is this part of its height from a character's edge, or less, does not cut it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Placed:
    """A lattice in its page: the number of its first cell, and the cell (by number) around it."""

    lattice: Lattice
    first_cell: int
    parent: int


def place_lattices(lattices: Sequence[Lattice]) -> list[Placed]:
    """Number the cells of all lattices (largest first) and find the cell around each; -1: none."""
    placed: list[Placed] = []
    first = 0
    for lattice in lattices:
        placed.append(Placed(lattice, first, _parent(lattice, placed)))
        first += len(lattice.cells)
    return placed


def _parent(lattice: Lattice, larger: list[Placed]) -> int:
    x0, top, x1, bottom = lattice.box
    for outer in reversed(larger):
        ox0, otop, ox1, obottom = outer.lattice.box
        if x0 < ox0 - 2 or x1 > ox1 + 2 or top < otop - 2 or bottom > obottom + 2:
            continue
        row = bisect_left(outer.lattice.ys, (top + bottom) / 2) - 1
        column = bisect_left(outer.lattice.xs, (x0 + x1) / 2) - 1
        if 0 <= row < len(outer.lattice.ys) - 1 and 0 <= column < len(outer.lattice.xs) - 1:
            cell = int(outer.lattice.owners[row, column])
            if not outer.lattice.cells[cell].is_open:
                return outer.first_cell + cell
    return -1


def find_holders(glyphs: Glyphs, placed: Sequence[Placed]) -> tuple[Integers, bool]:
    """For each character the number of its cell, -1 on the free page; and whether print is torn."""
    holders, torn = _innermost(glyphs, placed)
    return _whole_runs(glyphs, holders, torn, placed) if len(torn) else (holders, False)


@compiled
def _innermost(glyphs: Glyphs, placed: Sequence[Placed]) -> tuple[Integers, Integers]:
    """The cell around the middle of each character; and after which characters a word goes on in
    another cell."""
    holders = np.full(len(glyphs), -1)
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    slack = OVER_THE_EDGE * (glyphs.bottom - glyphs.top)
    high, low = glyphs.top + slack, glyphs.bottom - slack
    for one in placed:
        lattice = one.lattice
        x0, top, x1, bottom = lattice.box
        inside = ((x > x0) & (x < x1) & (high > top) & (low < bottom)).nonzero()[0]
        rows = np.searchsorted(lattice.ys[1:-1], y[inside])
        columns = np.searchsorted(lattice.xs[1:-1], x[inside])
        cells = lattice.owners[rows, columns]
        if lattice.has_open_cells:
            closed = ~np.array([cell.is_open for cell in lattice.cells])[cells]
            inside, cells = inside[closed], cells[closed]
        holders[inside] = cells + one.first_cell
    return holders, (_are_joined(glyphs) & (holders[1:] != holders[:-1])).nonzero()[0]


def _are_joined(glyphs: Glyphs) -> Flags:
    """After which characters the next goes on with the word."""
    size = (glyphs.bottom - glyphs.top)[:-1]
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    joined: Flags = (
        (np.abs(glyphs.baseline[1:] - glyphs.baseline[:-1]) < 0.1 * size)
        & (gap < 0.12 * size)
        & (gap > -0.5 * size)
    )
    return joined


def _whole_runs(
    glyphs: Glyphs, holders: Integers, torn: Integers, placed: Sequence[Placed]
) -> tuple[Integers, bool]:
    """Words printed across a border belong to one cell: the one that holds most of them.

    Excel lets a long label run over the border into an empty cell. Only where the border cuts
    through a character is it such a run; words that merely stand close to the border stay apart.
    """
    run = np.concatenate(([0], np.cumsum(~_are_joined(glyphs))))
    edges = {x for one in placed for x in one.lattice.xs}
    whole, is_torn = holders.copy(), False
    within = BESIDE_ITS_EDGE * (glyphs.bottom - glyphs.top)
    left, right = glyphs.x0 + within, glyphs.x1 - within
    for at in torn.tolist():
        if any(left[at] < x < right[at] or left[at + 1] < x < right[at + 1] for x in edges):
            is_torn = True
            mine = np.flatnonzero(run == run[at])
            whole[mine] = _home(glyphs, mine, holders, edges)
    return whole, is_torn


def _home(glyphs: Glyphs, run: Integers, holders: Integers, edges: set[float]) -> int:
    """The cell of a torn run: where it begins flush left, ends flush right, or has most letters."""
    size = float((glyphs.bottom - glyphs.top)[run].max())
    first, last = float(glyphs.x0[run].min()), float(glyphs.x1[run].max())
    if any(0 <= first - x < 0.8 * size for x in edges):
        return int(holders[run[0]])
    if any(0 <= x - last < 0.8 * size for x in edges):
        return int(holders[run[-1]])
    values, counts = np.unique(holders[run], return_counts=True)
    return int(values[counts.argmax()])
