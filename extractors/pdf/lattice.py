"""Grids out of rules: which rules make one table, and which cells they draw.

Rules that touch belong to one table, so a table inside a cell of another separates by itself: its
rules end short of the outer ones. The lattice of a table's rules gives unit cells; a unit cell
grows over the rules that are missing inside a merged cell (結合セル). An empty cell with an open
side is no cell: that is the white beside a table whose lower rows are shorter.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.engine import Integers
from keikaku.extractors.pdf.rules import Rules, RuleSet

TOUCH = 0.5
"""Two rules touch when the end of one is not farther from the other's ink than this (points)."""
SAME_EDGE = 3.2
"""Edges of one table nearer than this are one: double rules, and pens of different width."""


class Extent(NamedTuple):
    """A cell's place in the lattice: first row and column, and how many of each."""

    row: int
    column: int
    row_span: int
    column_span: int
    is_open: bool
    """True when no rule closes it on at least one of both pairs of opposite sides."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table: its edges, its cells, and for each unit of the lattice the cell that owns it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Extent, ...]
    owners: Integers
    origin: str = "ruled"

    @property
    def box(self) -> Box:
        """The table's outer box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def area(self) -> float:
        """Square points inside the outer box."""
        x0, top, x1, bottom = self.box
        return (x1 - x0) * (bottom - top)

    def cell_box(self, cell: Extent) -> Box:
        """The box of one cell."""
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.column_span],
            self.ys[cell.row + cell.row_span],
        )


def find_lattices(rules: Rules) -> tuple[list[Lattice], Rules]:
    """All tables of a page, largest first, and the rules that belong to none."""
    lying, standing = rules.lying, rules.standing
    if not len(lying) or not len(standing):
        return [], rules
    labels_lying, labels_standing = _components(lying, standing)
    lattices = []
    alone_lying = np.ones(len(lying), dtype=bool)
    alone_standing = np.ones(len(standing), dtype=bool)
    for label in set(labels_standing.tolist()):
        ours_lying, ours_standing = labels_lying == label, labels_standing == label
        lattice = _lattice(
            lying.chosen(np.flatnonzero(ours_lying)), standing.chosen(np.flatnonzero(ours_standing))
        )
        if lattice is not None:
            lattices.append(lattice)
            alone_lying &= ~ours_lying
            alone_standing &= ~ours_standing
    lattices.sort(key=lambda lattice: lattice.area, reverse=True)
    loose = Rules(
        lying.chosen(np.flatnonzero(alone_lying)),
        standing.chosen(np.flatnonzero(alone_standing)),
        rules.diagonals,
    )
    return lattices, loose


def _components(lying: RuleSet, standing: RuleSet) -> tuple[Integers, Integers]:
    """A label for each rule; rules of one label hang together by touching crosswise."""
    aside, along = TOUCH + standing.pen[None, :] / 2, TOUCH + lying.pen[:, None] / 2
    x, y = standing.at[None, :], lying.at[:, None]
    touch = (x >= lying.start[:, None] - aside) & (x <= lying.end[:, None] + aside)
    touch &= (y >= standing.start[None, :] - along) & (y <= standing.end[None, :] + along)
    count = len(lying)
    labels_lying = np.arange(count)
    labels_standing = np.full(len(standing), count + len(standing))
    big = count + len(standing)
    while True:
        labels_standing = np.where(touch, labels_lying[:, None], big).min(axis=0)
        closer = np.where(touch, labels_standing[None, :], big).min(axis=1)
        closer = np.minimum(closer, labels_lying)
        if (closer == labels_lying).all():
            return labels_lying, labels_standing
        labels_lying = closer


def _edges(positions: list[float], ends: tuple[float, float]) -> list[float]:
    """Positions that lie together as one edge each; `ends` are added where nothing is near."""
    edges: list[float] = []
    for position in sorted(positions):
        if edges and position - edges[-1] <= SAME_EDGE:
            continue
        edges.append(position)
    if edges and ends[0] < edges[0] - SAME_EDGE:
        edges.insert(0, ends[0])
    if edges and ends[1] > edges[-1] + SAME_EDGE:
        edges.append(ends[1])
    return edges


def _lattice(lying: RuleSet, standing: RuleSet) -> Lattice | None:
    if not len(lying) or not len(standing):
        return None
    ys = _edges(lying.at.tolist(), (float(standing.start.min()), float(standing.end.max())))
    xs = _edges(standing.at.tolist(), (float(lying.start.min()), float(lying.end.max())))
    if len(xs) < 2 or len(ys) < 2:
        return None
    across = _walls(lying, ys, xs)
    upright = _transposed(_walls(standing, xs, ys), len(ys) - 1)
    return _grown(xs, ys, across, upright)


def _walls(rules: RuleSet, edges: list[float], breaks: list[float]) -> list[int]:
    """For each edge a bit per unit along it: is the unit's middle covered by a rule?"""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(breaks)]
    walls = [0] * len(edges)
    for at, start, end in zip(
        rules.at.tolist(), rules.start.tolist(), rules.end.tolist(), strict=True
    ):
        edge = _nearest(edges, at)
        first, last = bisect_left(middles, start), bisect_left(middles, end)
        walls[edge] |= (1 << last) - (1 << first)
    return walls


def _nearest(edges: list[float], at: float) -> int:
    right = bisect_left(edges, at)
    if right == len(edges) or (right and at - edges[right - 1] <= edges[right] - at):
        return right - 1
    return right


def _transposed(walls: list[int], count: int) -> list[int]:
    """Bits by column edge and row, turned into bits by row and column edge."""
    rows = [0] * count
    for edge, bits in enumerate(walls):
        for row in range(count):
            if bits >> row & 1:
                rows[row] |= 1 << edge
    return rows


def _grown(xs: list[float], ys: list[float], across: list[int], upright: list[int]) -> Lattice:
    """Cells from walls: `across[i]` bits by column over edge i, `upright[r]` bits by edge."""
    row_count, column_count = len(ys) - 1, len(xs) - 1
    taken = [0] * row_count
    owners = np.full((row_count, column_count), -1)
    cells: list[Extent] = []
    for row in range(row_count):
        for column in range(column_count):
            if taken[row] >> column & 1:
                continue
            right, bottom = _reach(row, column, column_count, across, upright, taken)
            mask = (1 << right) - (1 << column)
            for below in range(row, bottom):
                taken[below] |= mask
            owners[row:bottom, column:right] = len(cells)
            cells.append(
                Extent(
                    row,
                    column,
                    bottom - row,
                    right - column,
                    _is_open(row, bottom, column, right, across, upright),
                )
            )
    return Lattice(
        tuple(round(x, 2) for x in xs), tuple(round(y, 2) for y in ys), tuple(cells), owners
    )


def _reach(
    row: int,
    column: int,
    column_count: int,
    across: list[int],
    upright: list[int],
    taken: list[int],
) -> tuple[int, int]:
    """How far right and down the unit grows: to the next rule, never over another cell."""
    right = column + 1
    while right < column_count and not (upright[row] | taken[row]) >> right & 1:
        right += 1
    mask = (1 << right) - (1 << column)
    inner = mask & ~(1 << column)
    bottom = row + 1
    while (
        bottom < len(upright)
        and not across[bottom] & mask
        and not upright[bottom] & inner
        and not taken[bottom] & mask
    ):
        bottom += 1
    return right, bottom


def _is_open(
    row: int, bottom: int, column: int, right: int, across: list[int], upright: list[int]
) -> bool:
    mask = (1 << right) - (1 << column)
    lies_between = across[row] & mask == mask and across[bottom] & mask == mask
    sides = (1 << column) | (1 << right)
    stands_between = all(upright[r] & sides == sides for r in range(row, bottom))
    return not (lies_between or stands_between)
