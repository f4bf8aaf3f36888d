"""Grids out of rules: which rules make one table, and which cells they draw.

Rules that touch belong to one table, so a table inside a cell of another separates by itself: its
rules end short of the outer ones. The lattice of a table's rules gives unit cells; a unit cell
grows over the rules that are missing inside a merged cell (結合セル). An empty cell with an open
side is no cell: that is the white beside a table whose lower rows are shorter.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.compiled import compiled
from keikaku.extractors.pdf.engine import Integers
from keikaku.extractors.pdf.rules import Rules, RuleSet
from keikaku.normalizers.quickly_made import quickly_made

TOUCH = 0.5
"""Two rules touch when the end of one is not farther from the other's ink than this (points)."""
SAME_EDGE = 3.2
"""Edges of one table nearer than this are one: double rules, and pens of different width."""
MOST_CROSSINGS = 10_000_000
"""Lying times standing rules that are looked at on one page; a form has some 10,000."""
MOST_CELLS = 40_000


class Extent(NamedTuple):
    """A cell's place in the lattice: first row and column, and how many of each."""

    row: int
    column: int
    row_span: int
    column_span: int
    is_open: bool
    """True when no rule closes it on at least one of both pairs of opposite sides."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Lattice:
    """One table: its edges, its cells, and for each unit of the lattice the cell that owns it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Extent, ...]
    owners: Integers
    origin: str = "ruled"

    @property
    def has_open_cells(self) -> bool:
        """Some cells are open: the white beside shorter rows."""
        return any(cell.is_open for cell in self.cells)

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
        row, column, row_span, column_span, _ = cell
        xs, ys = self.xs, self.ys
        return (xs[column], ys[row], xs[column + column_span], ys[row + row_span])


def find_lattices(rules: Rules) -> tuple[list[Lattice], Rules]:
    """All tables of a page, largest first, and the rules that belong to none.

    A page with more crossings than any form has is a drawing; it gives no table.
    """
    lying, standing = rules.lying, rules.standing
    if not len(lying) or not len(standing) or has_too_many_rules(rules):
        return [], rules
    tables, loose_lying, loose_standing = _tables(Extent, lying, standing)
    lattices = [
        Lattice(tuple(xs), tuple(ys), tuple(cells), owners) for xs, ys, cells, owners in tables
    ]
    loose = Rules(lying.chosen(loose_lying), standing.chosen(loose_standing), rules.diagonals)
    return sorted(lattices, key=lambda lattice: lattice.area, reverse=True), loose


def has_too_many_rules(rules: Rules) -> bool:
    """More crossings than any form has: a drawing, or a bomb."""
    return len(rules.lying) * len(rules.standing) > MOST_CROSSINGS


Table = tuple[list[float], list[float], list[Extent], Integers]
"""xs, ys, cells and owners of a Lattice."""


@compiled
def _tables(
    kind: type[Extent], lying: RuleSet, standing: RuleSet
) -> tuple[list[Table], Integers, Integers]:
    """Each group of rules that is a table; and the numbers of the lying and standing rules of none."""
    labels_lying, labels_standing = _components(lying, standing)
    across, upright = _by_label(lying, labels_lying), _by_label(standing, labels_standing)
    tables = {
        label: table
        for label in sorted(across.keys() & upright.keys())
        if (table := _table(kind, across[label], upright[label])) is not None
    }
    is_loose = np.ones(len(lying) + len(standing) + 1, dtype=bool)
    is_loose[list(tables)] = False
    return (
        list(tables.values()),
        is_loose[labels_lying].nonzero()[0],
        is_loose[labels_standing].nonzero()[0],
    )


Stretch = tuple[float, float, float]
"""Where a rule lies, and from where to where."""


def _by_label(rules: RuleSet, labels: Integers) -> dict[int, list[Stretch]]:
    groups: dict[int, list[Stretch]] = {}
    stretches = zip(rules.at.tolist(), rules.start.tolist(), rules.end.tolist(), strict=True)
    for label, stretch in zip(labels.tolist(), stretches, strict=True):
        groups.setdefault(label, []).append(stretch)
    return groups


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


def _edges(along: list[Stretch], crosswise: list[Stretch]) -> list[float]:
    """Where rules lie, double rules as one; the ends of crossing rules where none stands there."""
    edges: list[float] = []
    for at in sorted([at for at, _, _ in along]):
        if not edges or at - edges[-1] > SAME_EDGE:
            edges.append(at)
    first = min([start for _, start, _ in crosswise])
    last = max([end for _, _, end in crosswise])
    if first < edges[0] - SAME_EDGE:
        edges.insert(0, first)
    if last > edges[-1] + SAME_EDGE:
        edges.append(last)
    return edges


def _table(kind: type[Extent], lying: list[Stretch], standing: list[Stretch]) -> Table | None:
    ys, xs = _edges(lying, standing), _edges(standing, lying)
    row_count, column_count = len(ys) - 1, len(xs) - 1
    if not 0 < row_count * column_count <= MOST_CELLS:
        return None
    across = _walls(lying, ys, xs)
    upright = _transposed(_walls(standing, xs, ys), row_count)
    cells, owners = _grown(kind, row_count, column_count, across, upright)
    return np.round(xs, 2).tolist(), np.round(ys, 2).tolist(), cells, np.array(owners)


def _walls(rules: list[Stretch], edges: list[float], breaks: list[float]) -> list[int]:
    """For each edge a bit per unit along it: is the unit's middle covered by a rule?"""
    middles = [(a + b) / 2 for a, b in pairwise(breaks)]
    walls = [0] * len(edges)
    for at, start, end in rules:
        first, last = bisect_left(middles, start), bisect_left(middles, end)
        walls[_nearest(edges, at)] |= (1 << last) - (1 << first)
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


def _grown(
    kind: type[Extent], row_count: int, column_count: int, across: list[int], upright: list[int]
) -> tuple[list[Extent], list[list[int]]]:
    """Cells from walls, and the cell of each unit by row and column.

    `across[i]` has a bit for each column over edge i, `upright[r]` one for each edge in row r.
    """
    taken = [0] * row_count
    owners = [[-1] * column_count for _ in range(row_count)]
    cells: list[Extent] = []
    for row in range(row_count):
        for column in range(column_count):
            if taken[row] >> column & 1:
                continue
            right, bottom = _reach(row, column, column_count, across, upright, taken)
            mask = (1 << right) - (1 << column)
            for below in range(row, bottom):
                taken[below] |= mask
                owners[below][column:right] = [len(cells)] * (right - column)
            is_open = _is_open(row, bottom, column, right, across, upright)
            cells.append(kind(row, column, bottom - row, right - column, is_open))
    return cells, owners


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
    return not (lies_between or all(upright[r] & sides == sides for r in range(row, bottom)))
