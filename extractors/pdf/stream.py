"""Tables without standing rules (縦罫線のない表): where they stand, and their columns by camelot.

Only the place of such a table is decided here: a stack of lying rules of one width, or rows of
words with wide gaps, one under the other. Which columns the words form is camelot's work (its
stream reader, bound to that place); the words themselves are PDFium's. A border that would cut
through a character is refused, and a figure that camelot reads otherwise is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from keikaku.extractors.document import Box, Grid, Notice
from keikaku.extractors.heads import read_head
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.glyphs import TextLine
from keikaku.extractors.pdf.lattice import Extent, Lattice
from keikaku.extractors.pdf.rules import RuleSet
from keikaku.normalizers.cells import is_value_like

FEWEST_ROWS = 3
"""Rows with wide gaps that must follow each other before they count as a table."""
ROW_PITCH = 2.6
"""Rows of one table are not farther apart than this many ems."""
HEAD_PITCH = 5.0
"""A row with wide gaps nearer above a table than this may be of its heads."""
SAME_END = 4.0
"""Lying rules of one table begin and end within this many points of each other."""
FIGURE = re.compile(r"[▲△\-−]?[0-9０-９][0-9０-９,，.．]*\s?[^0-9０-９\s]{0,4}|[-－―—─‐ー一]")


@dataclass(frozen=True, slots=True)
class Region:
    """The place of a table, the number of its holder, and the heights of its lying rules. `is_cut`:
    a row above it may be of its heads."""

    box: Box
    holder: int
    rules: tuple[float, ...] = ()
    is_cut: bool = False

    @property
    def is_bare(self) -> bool:
        """Outside all tables, and without a rule?"""
        return self.holder < 0 and not self.rules


def find_regions(lines: Sequence[TextLine], loose: RuleSet) -> list[Region]:
    """Where tables without standing rules are."""
    if sum([line.wide_gaps > 0 for line in lines]) < 2:
        return []
    ruled = _stacks(loose, lines)
    return ruled + [
        region
        for holder, rows in _rows_by_holder(lines).items()
        for region in _gapped_runs(holder, rows)
        if not any(_overlap(region.box, other.box) for other in ruled)
    ]


Row = list[TextLine]
Words = tuple[tuple[str, ...], ...]


def _rows_by_holder(lines: Sequence[TextLine]) -> dict[int, list[Row]]:
    """The pieces of text on one height together; lines come sorted by holder and height."""
    rows: dict[int, list[Row]] = {}
    for line in lines:
        mine = rows.setdefault(line.holder, [])
        if mine and abs(mine[-1][-1].baseline - line.baseline) < 0.4 * line.em:
            mine[-1].append(line)
        else:
            mine.append([line])
    return rows


def _gapped_runs(holder: int, rows: Sequence[Row]) -> list[Region]:
    regions: list[Region] = []
    run: list[Row] = []
    above: Row = []
    for row in [*rows, []]:
        if row and _is_tabular(row) and (not run or _is_near(run[-1], row, ROW_PITCH)):
            run.append(row)
            continue
        if len(run) >= FEWEST_ROWS:
            box = _box_of([line for each in run for line in each])
            is_cut = bool(above) and _is_near(above, run[0], HEAD_PITCH)
            regions.append(Region(box, holder, is_cut=is_cut))
        above = run[-1] if run else above
        run = [row] if row and _is_tabular(row) else []
    return regions


def _is_near(above: Row, row: Row, pitch: float) -> bool:
    return row[0].baseline - above[0].baseline < pitch * row[0].em


def _is_tabular(row: Row) -> bool:
    """Three pieces or more, or a name and a figure, with wide gaps between."""
    gaps = sum(line.wide_gaps for line in row)
    return gaps >= 2 or (gaps == 1 and bool(FIGURE.fullmatch(row[-1].text.split(" ")[-1])))


def _box_of(lines: Sequence[TextLine]) -> Box:
    boxes = [line.box for line in lines]
    return (
        min(box[0] for box in boxes) - 1,
        min(box[1] for box in boxes) - 1,
        max(box[2] for box in boxes) + 1,
        max(box[3] for box in boxes) + 1,
    )


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _stacks(loose: RuleSet, lines: Sequence[TextLine]) -> list[Region]:
    """Lying rules of one width, one under the other, with gapped words between them."""
    stacks: list[list[_Rule]] = []
    for at, start, end in sorted(
        zip(loose.at.tolist(), loose.start.tolist(), loose.end.tolist(), strict=True)
    ):
        rule = _Rule(at, start, end)
        for stack in stacks:
            if _is_next(stack[-1], rule) and not _is_parted(stack[-1], rule, lines):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    regions = [_stack_region(stack, lines) for stack in stacks if len(stack) >= 2]
    return [region for region in regions if region is not None]


class _Rule(NamedTuple):
    at: float
    start: float
    end: float


def _is_next(above: _Rule, rule: _Rule) -> bool:
    return abs(above.start - rule.start) < SAME_END and abs(above.end - rule.end) < SAME_END


def _is_parted(above: _Rule, rule: _Rule, lines: Sequence[TextLine]) -> bool:
    """White of two lines' height between the rules parts two tables."""
    between = [line for line in _within(rule, lines) if above.at < line.middle < rule.at]
    reach = above.at
    for line in sorted(between, key=lambda line: line.box[1]):
        if line.box[1] - reach > 2.5 * line.em:
            return True
        reach = max(reach, line.box[3])
    return not between or rule.at - reach > 1.4 * between[-1].em


def _within(rule: _Rule, lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines that stand for more than their half, or the rule's, over the width of the rule."""
    return [
        line
        for line in lines
        if min(line.x1, rule.end) - max(line.x0, rule.start)
        > 0.5 * min(line.x1 - line.x0, rule.end - rule.start)
    ]


def _stack_region(stack: Sequence[_Rule], lines: Sequence[TextLine]) -> Region | None:
    head, foot = stack[0], stack[-1]
    inside = [line for line in _within(head, lines) if head.at < line.middle]
    between = [line for line in inside if line.middle < foot.at]
    rows = _rows_by_holder(between)
    if len(rows) != 1:
        return None
    holder, own = next(iter(rows.items()))
    if sum(sum(line.wide_gaps for line in row) >= 1 for row in own) < 2:
        return None
    below = _row_right_below(foot.at, own, [line for line in inside if line.holder == holder])
    left = min([head.start, *(line.x0 for line in between if line.x0 > head.start - 15)])
    heights = tuple(rule.at for rule in stack)
    bottom = max([foot.at, *(line.box[3] for line in below)])
    return Region(
        (left, head.at - 1, head.end, bottom + 1), holder, (*heights, bottom) if below else heights
    )


def _row_right_below(
    foot: float, rows: Sequence[Row], inside: Sequence[TextLine]
) -> list[TextLine]:
    """A last row (合計) under the last rule, as near to it as the rows above are to theirs."""
    em = rows[-1][0].em
    near = [line for line in inside if foot < line.middle < foot + 1.3 * em]
    return near if len(near) > 1 or any(line.wide_gaps for line in near) else []


def read_columns(
    alone: bytes, frame: Frame, regions: Sequence[Region]
) -> list[tuple[Lattice, Words]]:
    """Lattices of the regions by camelot's stream reader, and its own words of each cell.

    `alone` is a file of this page only. A page that is turned to be read is left as lines.
    """
    if frame.turns:
        return []
    from camelot.io import read_pdf

    found: list[tuple[Lattice, Words] | None] = []
    for region in regions:
        tables = read_pdf(
            alone,
            flavor="stream",
            table_areas=[_area(region.box, frame)],
            suppress_stdout=True,
        )
        found += [_read_table(table, region, frame) for table in list(tables)[:1]]
    return [one for one in found if one is not None]


def _read_table(table: Any, region: Region, frame: Frame) -> tuple[Lattice, Words] | None:
    columns = [(float(left), float(right)) for left, right in table.cols]
    rows = [(float(top), float(bottom)) for top, bottom in table.rows]
    lattice = _to_lattice(columns, rows, region, frame)
    words = tuple(tuple(str(cell.text).strip() for cell in row) for row in table.cells)
    return None if lattice is None else (lattice, words)


def _area(box: Box, frame: Frame) -> str:
    """A box as camelot wants it: left, top, right, bottom in PDF page space."""
    x0, top, x1, bottom = box
    height = frame.crop_height + frame.bottom
    return ",".join(
        f"{v:.2f}" for v in (x0 + frame.left, height - top, x1 + frame.left, height - bottom)
    )


def _to_lattice(
    columns: list[tuple[float, float]],
    rows: list[tuple[float, float]],
    region: Region,
    frame: Frame,
) -> Lattice | None:
    """Edges between the columns and rows; lying rules are the rows where each row has its own."""
    if len(columns) < 2 or len(rows) < 2:
        return None
    xs = [left - frame.left for left, _ in columns] + [columns[-1][1] - frame.left]
    xs[0], xs[-1] = min(xs[0], region.box[0]), max(xs[-1], region.box[2])
    height = frame.crop_height + frame.bottom
    ys = [height - rows[0][0]] + [height - bottom for _, bottom in rows]
    if len(region.rules) - 1 >= 0.7 * len(rows) and len(region.rules) > 3:
        ys = list(region.rules)
    else:
        ys[0], ys[-1] = min(ys[0], region.box[1]), max(ys[-1], region.box[3])
    row_count, column_count = len(ys) - 1, len(xs) - 1
    cells = tuple(
        Extent(row, column, 1, 1, False)
        for row in range(row_count)
        for column in range(column_count)
    )
    owners = np.arange(row_count * column_count).reshape(row_count, column_count)
    return Lattice(_rounded(xs), _rounded(ys), cells, owners, "stream")


def _rounded(edges: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(float(edge), 2) for edge in edges)


TWO_FIGURES = re.compile(r"[0-9０-９.,%％人]\s+[▲△\-−]?[0-9０-９]")


def holds_two_figures(grid: Grid) -> bool:
    """Two figures with a blank between in one cell: columns were missed, so nothing is sure."""
    return any(TWO_FIGURES.search(line.text) for cell in grid.cells for line in cell.lines)


def has_heads(grid: Grid) -> bool:
    """Do words that head columns (years, measures, units) open the table, and no figures?"""
    first = [cell.text for cell in next(grid.rows(), ()) if cell.text]
    known = sum(read_head(words).says_something for words in first)
    return known > 0 and not any(map(is_value_like, first))


def digits_of(text: str) -> str:
    """The figures of a cell without blanks and spellings, for comparing two readers."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isdigit())


def is_drawn_by(grid: Grid, lattice: Lattice) -> bool:
    """Whether a grid was made of this lattice."""
    box = grid.span.bbox
    same = box is not None and abs(box[0] - lattice.xs[0]) + abs(box[1] - lattice.ys[0]) < 1
    return same and grid.origin == lattice.origin


def disagreeing_columns(words: Words, grids: Iterable[Grid]) -> list[Notice]:
    """A Notice for each cell in which camelot reads other figures than we do."""
    return [
        Notice(
            "readers_disagree",
            "warning",
            f"we read {cell.text!r}, camelot {words[cell.row][cell.column]!r}",
            cell.span,
        )
        for grid in grids
        if grid.row_count == len(words)
        for cell in grid.cells
        if digits_of(cell.text) != digits_of(words[cell.row][cell.column])
    ]
