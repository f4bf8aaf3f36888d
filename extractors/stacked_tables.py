"""Tables drawn one on the other in one frame (積み重ねた表): 成果目標, 活動指標 and 評価 of one goal without a gap.

Their rules touch, so they are one grid, whose columns are those of all of them::

    成果目標                | 目標値
    地域生活移行者数        | 12人
    活動指標     | 単位 | 令和6年度 | 令和7年度
    地域移行支援 | 人   | 3         | 4
    評価（Ｃ）   | 移行者は５人であった。

A row opens a table of its own where no cell reaches over its upper edge and where it is a row of heads set
in columns that no row above has, or the first box of a review below figures. One row alone above it
is no table but the title of the one below. A frame that opens with its goal (成果目標1 ｜ 施設入所者の地域生活への移行)
is a form: what belongs to the goal stays together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from keikaku.extractors.document import Block, Cell, Grid, Span
from keikaku.extractors.goals import names_goal
from keikaku.extractors.heads import REVIEWS, find_role, read_head
from keikaku.extractors.paragraphs import cover
from keikaku.normalizers.cells import is_value_like

RULED = "ruled"
FEWEST_HEADS = 2
MOST_STRANGE = 0.4
"""Of a row of heads so many cells may hold words that nobody knows."""

Row = tuple[Cell, ...]


def tables_apart(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with each ruled grid of stacked tables as one grid a table. What other grids are made of
    their readers have told apart."""
    return tuple(
        part
        for block in blocks
        for part in (
            _apart(block) if isinstance(block, Grid) and block.origin == RULED else (block,)
        )
    )


def _apart(grid: Grid) -> Sequence[Block]:
    rows = list(grid.rows())
    if any(names_goal(line.text) for row in rows[:1] for cell in row for line in cell.lines[:1]):
        return (grid,)
    starts = list(_starts(rows))
    if len(starts) < 2:
        return (grid,)
    ends = [*starts[1:], len(rows)]
    return [_part(grid, rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def _starts(rows: Sequence[Row]) -> Iterator[int]:
    """The first row of each table."""
    start, reach = 0, 0
    yield start
    for number, row in enumerate(rows):
        above = rows[start:number]
        if (
            number > start
            and reach <= number
            and (_opens_table(row, above) or _opens_review(row, above))
        ):
            yield number
            start = number
        reach = max([reach, *(cell.row + cell.row_span for cell in row)])


def _opens_table(row: Row, above: Sequence[Row]) -> bool:
    inked = [cell for cell in row if cell.text.strip()]
    if len(inked) < FEWEST_HEADS or any(is_value_like(cell.text) for cell in inked):
        return False
    strange = sum(not read_head(cell.text).says_something for cell in inked)
    if strange > MOST_STRANGE * len(inked) or not _is_left(inked[0], row):
        return False
    return not _edges([row]) <= _edges(above)


def _is_left(cell: Cell, row: Row) -> bool:
    return cell.column == min(other.column for other in row)


def _opens_review(row: Row, above: Sequence[Row]) -> bool:
    """評価（Ｃ） and its prose, below rows of more cells than these two."""
    inked = [cell for cell in row if cell.text.strip()]
    if not inked or len(inked) > 3 or find_role(inked[0].text.replace("\n", "")) not in REVIEWS:
        return False
    widest = max(sum(bool(cell.text.strip()) for cell in other) for other in above)
    first = find_role(above[0][0].text.replace("\n", "")) if above[0] else None
    return widest > len(inked) and first not in REVIEWS


def _edges(rows: Sequence[Row]) -> set[int]:
    return {edge for row in rows for c in row for edge in (c.column, c.column + c.column_span)}


def _part(grid: Grid, rows: Sequence[Row]) -> Grid:
    """These rows as a grid of their own columns; what is but free paper beside them is left out."""
    first, count = rows[0][0].row, len(rows)
    cells = [
        cell
        for row in rows
        for cell in row
        if cell.text.strip() or cell.blocks or cell.row_span < count
    ]
    edges = {edge: number for number, edge in enumerate(sorted(_edges([tuple(cells)])))}
    moved = [
        replace(
            cell,
            row=cell.row - first,
            column=edges[cell.column],
            column_span=edges[cell.column + cell.column_span] - edges[cell.column],
        )
        for cell in cells
    ]
    span = _around([cell.span for cell in moved])
    faults = tuple(
        replace(fault, row=fault.row - first)
        for fault in grid.faults
        if first <= fault.row < first + count
    )
    return replace(
        grid,
        cells=tuple(moved),
        row_count=count,
        column_count=max(len(edges) - 1, 1),
        span=span,
        faults=faults,
        echoes=grid.echoes if first == 0 else (),
    )


def _around(spans: Sequence[Span]) -> Span:
    return cover(sorted(spans, key=lambda span: span.char_start or 0))
