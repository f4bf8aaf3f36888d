"""One page: strokes and characters in, blocks in reading order out.

The steps are the picture: rules → lattices → who holds each character → lines → cells → blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import Block, Box, Cell, Grid, Line, Prose, Span
from keikaku.extractors.pdf.compiled import compiled
from keikaku.extractors.pdf.engine import Flags, Floats, Integers, TextLayer
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.glyphs import (
    COLUMNS,
    Glyphs,
    TextLine,
    find_turns,
    glyphs_to_lines,
    keep_columns,
    laid_across,
    place_glyphs,
)
from keikaku.extractors.pdf.holders import Placed, find_holders, place_lattices
from keikaku.extractors.pdf.joining import PageBlocks
from keikaku.extractors.pdf.lattice import Extent, Lattice, find_lattices
from keikaku.extractors.pdf.paragraphs import group_paragraphs
from keikaku.extractors.pdf.rules import Rules, segments_to_rules

MOST_LOOSE = 400
"""With more loose rules than this a page is a drawing, not a table with open corners."""
FREE = -1
"""The holder number of the free page, outside all tables."""


class Item(NamedTuple):
    """A block and where it stands: `at` orders blocks from top to bottom, then `x0`."""

    at: float
    x0: float
    block: Block


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as drawn and printed, before its lines and cells are made."""

    number: int
    frame: Frame
    layer: TextLayer
    rules: Rules
    lattices: tuple[Lattice, ...]
    loose: Rules
    """Rules that belong to no lattice."""
    glyphs: Glyphs
    turns: Integers | None


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read of one page: its blocks in reading order, and the lines they were made of."""

    number: int
    frame: Frame
    blocks: tuple[Block, ...]
    lines: tuple[TextLine, ...]
    is_torn: bool
    """Some print runs across the borders of cells."""
    more: tuple[Lattice, ...]
    """Tables that other readers found."""

    @property
    def free_lines(self) -> list[Line]:
        """The lines of the page that stand in no table."""
        return [
            line for block in self.blocks if not isinstance(block, Grid) for line in block.lines
        ]

    def as_blocks(self) -> PageBlocks:
        """What joining over page ends needs to know."""
        sideways = (self.frame.turns - self.frame.shown_turns) % 2
        height = self.frame.width if sideways else self.frame.height
        return PageBlocks(self.number, height, self.blocks)


def take_picture(number: int, frame: Frame, layer: TextLayer, segments: Floats) -> Picture:
    """Place strokes and characters; a page whose print lies sideways is turned to be read."""
    glyphs = place_glyphs(layer, frame)
    turns = find_turns(layer, glyphs, frame)
    if turns is not None:
        most = int(np.bincount(turns, minlength=4)[:4].argmax())
        if most and np.count_nonzero(turns == most) > 0.5 * len(turns):
            return take_picture(number, frame.turned(most), layer, segments)
    rules = segments_to_rules(_placed(segments, frame))
    lattices, loose = find_lattices(rules)
    return Picture(number, frame, layer, rules, tuple(lattices), loose, glyphs, turns)


def _placed(segments: Floats, frame: Frame) -> Floats:
    x0, y0 = frame.points(segments[:, 0], segments[:, 1])
    x1, y1 = frame.points(segments[:, 2], segments[:, 3])
    return np.array((x0, y0, x1, y1, segments[:, 4]))


def read_page(picture: Picture, more: Sequence[Lattice] = ()) -> PageReading:
    """Blocks of a page; `more` are tables that no rules show, found by another reader."""
    placed = place_lattices(_by_size([*picture.lattices, *more]))
    holders, is_torn = find_holders(picture.glyphs, placed)
    roomy = np.zeros(sum(len(one.lattice.cells) for one in placed) + 1, dtype=bool)
    roomy[[one.parent for one in placed]] = True
    roomy[FREE] = True
    turns = picture.turns
    if turns is not None:
        turns = keep_columns(picture.glyphs, turns, holders)
    if turns is None:
        lines = glyphs_to_lines(picture.glyphs, holders, roomy)
    else:
        lines = _turned_lines(picture, turns, holders, roomy)
    blocks = _blocks(_paper(picture), placed, lines)
    return PageReading(picture.number, picture.frame, blocks, tuple(lines), is_torn, tuple(more))


def _by_size(lattices: list[Lattice]) -> list[Lattice]:
    return sorted(lattices, key=lambda lattice: lattice.area, reverse=True)


def _turned_lines(
    picture: Picture, turns: Integers, holders: Integers, roomy: Flags
) -> list[TextLine]:
    """Lines of a page on which some print is turned: each part is read upright, then put back."""
    lines: list[TextLine] = []
    for turn in np.unique(turns).tolist():
        which = np.flatnonzero(turns == turn)
        if not turn:
            lines += glyphs_to_lines(picture.glyphs.chosen(which), holders[which], roomy)
            continue
        if turn == COLUMNS:
            across = laid_across(picture.glyphs.chosen(which))
            lines += map(_stood_up, glyphs_to_lines(across, holders[which], roomy))
            continue
        frame = picture.frame.turned(turn)
        glyphs = place_glyphs(picture.layer, frame)
        mine = glyphs.chosen(np.flatnonzero(np.isin(glyphs.index, picture.glyphs.index[which])))
        for line in glyphs_to_lines(mine, holders[which], roomy):
            box = frame.turned_back(line.box, turn)
            lines.append(line._replace(box=box, baseline=box[3] - 0.12 * line.em))
    return lines


def _stood_up(line: TextLine) -> TextLine:
    top, right, bottom, left = line.box
    return line._replace(box=(-left, top, -right, bottom), baseline=top)


def is_unexplained(picture: Picture) -> bool:
    """Lying and standing rules that make no table: their corners may be open."""
    lying, standing = len(picture.loose.lying), len(picture.loose.standing)
    return lying >= 2 and standing >= 2 and lying + standing < MOST_LOOSE


class Paper(NamedTuple):
    """What the blocks of a page need to know of it. `shown` carries a box of the reading frame onto
    the page as shown; it is None where both are the same."""

    number: int
    width: float
    shown: Callable[[Box], Box] | None
    diagonals: tuple[Box, ...]


def _paper(picture: Picture) -> Paper:
    frame = picture.frame
    shown = None if frame.turns == frame.shown_turns else frame.shown
    return Paper(picture.number, frame.width, shown, picture.rules.diagonals)


@compiled
def _blocks(paper: Paper, placed: list[Placed], lines: list[TextLine]) -> tuple[Block, ...]:
    """What the free page holds, in reading order."""
    return _Builder(paper, placed, lines).blocks(FREE, paper.width)


class _Builder:
    """Blocks of each holder, built from the outermost tables inward by recursion."""

    def __init__(self, paper: Paper, placed: Sequence[Placed], lines: Sequence[TextLine]) -> None:
        self.number = paper.number
        self.shown = paper.shown
        self.diagonals = paper.diagonals
        self.tables: dict[int, list[Placed]] = defaultdict(list)
        for one in placed:
            self.tables[one.parent].append(one)
        self.lines: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            self.lines[line.holder].append(line)
        self.held = self.lines.keys() | self.tables.keys()

    def blocks(self, holder: int, right: float) -> tuple[Block, ...]:
        """What one holder holds, in reading order."""
        lines, tables = self.lines.get(holder), self.tables.get(holder)
        if not tables:
            return self._prose(holder, lines, right) if lines else ()
        items = [item for table in tables for item in self._table(table)]
        items += self._between(holder, lines or [], right)
        items.sort(key=lambda item: (item.at, item.x0))
        return tuple(item.block for item in items)

    def _table(self, placed: Placed) -> list[Item]:
        """The grid of a lattice; a frame of one cell is no table: what it frames stands alone."""
        lattice = placed.lattice
        x0, top, _, _ = lattice.box
        cells = [
            self._cell(number, extent, lattice.cell_box(extent))
            for number, extent in enumerate(lattice.cells, placed.first_cell)
            if not extent.is_open
        ]
        if len(cells) == 1 and not cells[0].struck:
            return [Item(top, x0, block) for block in cells[0].blocks]
        grid = Grid(
            cells=tuple(cells),
            row_count=len(lattice.ys) - 1,
            column_count=len(lattice.xs) - 1,
            span=self._span(lattice.box),
            origin=lattice.origin,
        )
        return [Item(top, x0, grid)] if cells else []

    def _cell(self, holder: int, extent: Extent, box: Box) -> Cell:
        row, column, row_span, column_span, _ = extent
        blocks = self.blocks(holder, box[2]) if holder in self.held else ()
        struck = bool(self.diagonals) and self._is_struck(box)
        return Cell(row, column, row_span, column_span, blocks, self._span(box), struck)

    def _is_struck(self, box: Box) -> bool:
        """Does a diagonal stroke run from corner to corner of this box, or over all of it?"""
        x0, top, x1, bottom = box
        wide, high = 0.15 * (x1 - x0) + 1, 0.15 * (bottom - top) + 1
        return any(
            a <= x0 + wide and c >= x1 - wide and b <= top + high and d >= bottom - high
            for a, b, c, d in self.diagonals
        )

    def _between(self, holder: int, lines: list[TextLine], right: float) -> list[Item]:
        """Lines of a holder with tables: paragraphs never reach over a table."""
        tops = sorted(table.lattice.box[1] for table in self.tables[holder])
        runs: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            runs[bisect_left(tops, line.middle)].append(line)
        items: list[Item] = []
        for _, run in sorted(runs.items()):
            at = 0.0
            for group, sure in group_paragraphs(run, _margin(run, right)):
                sure = sure and (holder != FREE or len(group) > 1)  # a heading is no paragraph
                at = max(at, group[0].middle)
                items.append(Item(at, 0.0, self._paragraph(group, sure)))
        return items

    def _prose(self, holder: int, lines: list[TextLine], right: float) -> tuple[Prose, ...]:
        if len(lines) == 1:
            return (self._paragraph(lines, False),)
        return tuple(
            [
                self._paragraph(group, sure and (holder != FREE or len(group) > 1))
                for group, sure in group_paragraphs(lines, _margin(lines, right))
            ]
        )

    def _paragraph(self, group: Sequence[TextLine], sure: bool) -> Prose:
        if self.shown is not None:
            group = [line._replace(box=self.shown(line.box)) for line in group]
        number = self.number
        if len(group) == 1:
            line = group[0]
            return Prose((Line(line.text, Span(None, None, number, line.box)),), False, sure)
        lines = [Line(line.text, Span(None, None, number, line.box)) for line in group]
        return Prose(tuple(lines), False, sure)

    def _span(self, box: Box) -> Span:
        return Span(None, None, self.number, box if self.shown is None else self.shown(box))


def _margin(lines: Sequence[TextLine], right: float) -> float:
    """The right edge that lines reach: on the free page and in padded cells what they show."""
    longest = max([line.box[2] for line in lines])
    return longest if right - longest > 1.2 * lines[0].em and len(lines) > 2 else right
