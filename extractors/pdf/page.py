"""One page: strokes and characters in, blocks in reading order out.

The steps are the picture: rules → lattices → who holds each character → lines → cells → blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import Block, Box, Cell, Grid, Line, Prose, Span
from keikaku.extractors.pdf.engine import Floats, TextLayer
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.glyphs import TextLine, glyphs_to_lines, place_glyphs
from keikaku.extractors.pdf.holders import Placed, find_holders, place_lattices
from keikaku.extractors.pdf.lattice import Extent, find_lattices
from keikaku.extractors.pdf.paragraphs import group_paragraphs
from keikaku.extractors.pdf.rules import Rules, RuleSet, segments_to_rules

FREE = -1
"""The holder number of the free page, outside all tables."""


class Item(NamedTuple):
    """A block and where it stands: `at` orders blocks from top to bottom, then `x0`."""

    at: float
    x0: float
    block: Block


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read of one page: blocks in reading order, and what no table explains."""

    number: int
    frame: Frame
    blocks: tuple[Block, ...]
    free_lines: tuple[TextLine, ...]
    loose_rules: RuleSet


def read_page(number: int, frame: Frame, layer: TextLayer, segments: Floats) -> PageReading:
    """Read one page whole."""
    rules = segments_to_rules(_placed(segments, frame))
    lattices, loose = find_lattices(rules)
    placed = place_lattices(lattices)
    glyphs = place_glyphs(layer, frame)
    holders = find_holders(glyphs, placed)
    cell_count = sum(len(one.lattice.cells) for one in placed)
    roomy = np.zeros(cell_count + 1, dtype=bool)
    roomy[[one.parent for one in placed]] = True
    roomy[FREE] = True
    lines = glyphs_to_lines(glyphs, holders, roomy)
    builder = _Builder(number, frame, placed, lines, rules)
    blocks = builder.blocks(FREE, frame.width)
    return PageReading(number, frame, blocks, tuple(builder.lines[FREE]), loose)


def _placed(segments: Floats, frame: Frame) -> Floats:
    x0, y0 = frame.points(segments[:, 0], segments[:, 1])
    x1, y1 = frame.points(segments[:, 2], segments[:, 3])
    return np.stack((x0, y0, x1, y1, segments[:, 4]), axis=1)


class _Builder:
    """Blocks of each holder, built from the innermost tables outward by recursion."""

    def __init__(
        self,
        number: int,
        frame: Frame,
        placed: Sequence[Placed],
        lines: Sequence[TextLine],
        rules: Rules,
    ) -> None:
        self.number = number
        self.frame = frame
        self.rules = rules
        self.upright = frame.turns == frame.shown_turns
        self.tables: dict[int, list[Placed]] = defaultdict(list)
        for one in placed:
            self.tables[one.parent].append(one)
        self.lines: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            self.lines[line.holder].append(line)

    def blocks(self, holder: int, right: float) -> tuple[Block, ...]:
        """What one holder holds, in reading order."""
        lines, tables = self.lines.get(holder), self.tables.get(holder)
        if not tables:
            return self._prose(lines, right) if lines else ()
        items = [item for table in tables for item in self._table(table)]
        items += self._between(lines or [], tables, right)
        items.sort(key=lambda item: (item.at, item.x0))
        return tuple(item.block for item in items)

    def _table(self, placed: Placed) -> list[Item]:
        """The grid of a lattice; a frame of one cell is no table: what it frames stands alone."""
        lattice = placed.lattice
        x0, top, x1, _ = lattice.box
        cells = [
            self._cell(placed, number, cell)
            for number, cell in enumerate(lattice.cells)
            if not cell.is_open
        ]
        if len(cells) == 1 and not cells[0].struck:
            return [Item(top, x0, block) for block in cells[0].blocks]
        grid = Grid(
            cells=tuple(cells),
            row_count=len(lattice.ys) - 1,
            column_count=len(lattice.xs) - 1,
            span=self._span((x0, top, x1, lattice.box[3])),
            origin="ruled",
        )
        return [Item(top, x0, grid)] if cells else []

    def _cell(self, placed: Placed, number: int, cell: Extent) -> Cell:
        box = placed.lattice.cell_box(cell)
        return Cell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            blocks=self.blocks(placed.first_cell + number, box[2]),
            span=self._span(box),
            struck=bool(self.rules.diagonals) and self._is_struck(box),
        )

    def _is_struck(self, box: Box) -> bool:
        """Does a diagonal stroke run from corner to corner of this box, or over all of it?"""
        x0, top, x1, bottom = box
        wide, high = 0.15 * (x1 - x0) + 1, 0.15 * (bottom - top) + 1
        return any(
            a <= x0 + wide and c >= x1 - wide and b <= top + high and d >= bottom - high
            for a, b, c, d in self.rules.diagonals
        )

    def _between(self, lines: list[TextLine], tables: Sequence[Placed], right: float) -> list[Item]:
        """Lines of a holder with tables: paragraphs never reach over a table."""
        tops = sorted(table.lattice.box[1] for table in tables)
        runs: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            runs[bisect_left(tops, line.middle)].append(line)
        items: list[Item] = []
        for run in runs.values():
            at = 0.0
            for group, sure in group_paragraphs(run, _margin(run, right)):
                at = max(at, group[0].middle)
                items.append(Item(at, 0.0, self._paragraph(group, sure)))
        return items

    def _prose(self, lines: list[TextLine], right: float) -> tuple[Prose, ...]:
        if len(lines) == 1:
            return (Prose((Line(lines[0].text, self._span(lines[0].box)),)),)
        return tuple(
            self._paragraph(group, sure)
            for group, sure in group_paragraphs(lines, _margin(lines, right))
        )

    def _paragraph(self, group: Sequence[TextLine], sure: bool) -> Prose:
        return Prose(
            tuple([Line(line.text, self._span(line.box)) for line in group]), is_paragraph=sure
        )

    def _span(self, box: Box) -> Span:
        return Span(None, None, self.number, box if self.upright else self.frame.shown(box))


def _margin(lines: Sequence[TextLine], right: float) -> float:
    """The right edge that lines reach: on the free page and in padded cells what they show."""
    longest = max(line.x1 for line in lines)
    return longest if right - longest > 1.2 * lines[0].em and len(lines) > 2 else right
