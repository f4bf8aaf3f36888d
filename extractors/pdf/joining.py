"""Tables that go on over a page end (改ページ), joined into one grid where that is sure.

Sure means: nothing but page numbers and running heads stands between the two parts, their column
edges are the same, and the first part reaches the foot of the page. A head printed again at the
top of the next page is dropped and reported. A part that begins with the head of another form
(成果目標 again, with another goal) is a new table. Where a row is cut by the page end its cells
go on; where only its label spans the cut, the label's span grows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.document import Block, Cell, Grid, Heading, Notice, Prose

EDGE = 2.0
"""Edges of two parts are the same within this many points."""
FOOT = 45.0
"""The first part ends within this many points of the lowest print of any page."""
TOP = 0.14
"""The second part begins in this part of the page, or right under its running head."""
PAGE_NUMBER = re.compile(
    r"[-－―—‐–ー~〜・\s(（p.P]*[0-9０-９ivxIVX]{1,4}\s*[/／]?\s*[0-9０-９]{0,4}[-－―—‐–ー~〜・\s)）ページ頁]*"
)
LONG = 8
"""A line of prose has at least this many characters; shorter ones are labels and figures."""
SENTENCE_END = ("。", "．", "」", "）", ")")


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of one page and the page's height as shown."""

    number: int
    height: float
    blocks: tuple[Block, ...]


def join_pages(pages: Sequence[PageBlocks]) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """All blocks in order, tables joined over page ends; heads that were dropped as Notices."""
    foot = max((_bottom(block) for page in pages for block in page.blocks), default=0.0)
    blocks: list[Block] = []
    notices: list[Notice] = []
    before: PageBlocks | None = None
    for page in pages:
        if before is None or not _join(blocks, before, page, foot, notices):
            blocks += page.blocks
        before = page
    return tuple(blocks), tuple(notices)


def _join(
    blocks: list[Block],
    before: PageBlocks,
    page: PageBlocks,
    foot: float,
    notices: list[Notice],
) -> bool:
    """Join this page's first table to the last one of `blocks`; False when they are two tables."""
    ends = _last_grid(blocks, before)
    begins = _first_grid(page, before)
    if ends is None or begins is None:
        return False
    first, second = blocks[ends], page.blocks[begins]
    if not isinstance(first, Grid) or not isinstance(second, Grid):
        return False
    if _part_bottom(first, before.number) < min(foot, before.height) - FOOT - _number_room(page):
        return False
    joined = join_grids(first, second, notices)
    if joined is None:
        return False
    after = blocks[ends + 1 :]
    blocks[ends:] = [joined, *after, *page.blocks[:begins], *page.blocks[begins + 1 :]]
    return True


def _number_room(page: PageBlocks) -> float:
    """A page number at the foot stands below the lowest table by about this much."""
    return 60.0 if any(_is_page_number(block) for block in page.blocks) else 0.0


def _last_grid(blocks: Sequence[Block], page: PageBlocks) -> int | None:
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Grid):
            return place if page.number in _pages_of(block) else None
        if not (_is_page_number(block) or _is_running(block, page.height)):
            return None
    return None


def _first_grid(page: PageBlocks, before: PageBlocks) -> int | None:
    earlier = {_words(block) for block in before.blocks if not isinstance(block, Grid)}
    for place, block in enumerate(page.blocks):
        if isinstance(block, Grid):
            is_high = place > 0 or _top(block) < TOP * page.height
            return place if is_high else None
        if not (_is_page_number(block) or _words(block) in earlier):
            return None
    return None


def _words(block: Heading | Prose) -> str:
    return "\n".join(line.text for line in block.lines)


def _is_page_number(block: Block) -> bool:
    return not isinstance(block, Grid) and bool(PAGE_NUMBER.fullmatch(_words(block)))


def _is_running(block: Block, height: float) -> bool:
    """A short line in the lowest part of the page: a running foot."""
    return (
        isinstance(block, Prose)
        and len(block.lines) == 1
        and len(block.lines[0].text) < 40
        and _top(block) > 0.93 * height
    )


def _top(block: Block) -> float:
    span = block.span if isinstance(block, Grid) else block.lines[0].span
    return span.bbox[1] if span.bbox else 0.0


def _bottom(block: Block) -> float:
    if not isinstance(block, Grid):
        return 0.0
    return block.span.bbox[3] if block.span.bbox else 0.0


def _pages_of(grid: Grid) -> set[int | None]:
    return {cell.span.page for cell in grid.cells}


def _part_bottom(grid: Grid, page: int) -> float:
    return max(
        cell.span.bbox[3] for cell in grid.cells if cell.span.page == page and cell.span.bbox
    )


def join_grids(first: Grid, second: Grid, notices: list[Notice]) -> Grid | None:
    """One grid of two parts, or None when they are not surely one."""
    if first.origin != second.origin or first.column_count != second.column_count:
        return None
    if not _same_edges(first, second):
        return None
    head = _repeated_head(first, second)
    if not head and _starts_anew(first, second):
        return None
    dropped = [cell for cell in second.cells if cell.row < head]
    if dropped:
        words = " ".join(cell.text.replace("\n", "") for cell in dropped if cell.text)
        notices.append(
            Notice("repeated_head", "info", f"head printed again: {words}", dropped[0].span)
        )
    rest = [replace(cell, row=cell.row - head) for cell in second.cells if cell.row >= head]
    return _appended(first, rest, second.row_count - head, notices) if rest else first


def _same_edges(first: Grid, second: Grid) -> bool:
    ours, theirs = _edges(first), _edges(second)
    return len(ours) == len(theirs) and all(
        abs(a - b) <= EDGE for a, b in zip(ours, theirs, strict=True)
    )


def _edges(grid: Grid) -> list[float]:
    """The x of each column's left edge, where a cell begins there, and of the right border."""
    edges = {cell.column: cell.span.bbox[0] for cell in grid.cells if cell.span.bbox}
    edges |= {
        cell.column + cell.column_span: cell.span.bbox[2] for cell in grid.cells if cell.span.bbox
    }
    return [edges[column] for column in sorted(edges)]


def _repeated_head(first: Grid, second: Grid) -> int:
    """How many first rows of `second` print the first rows of `first` again."""
    ours, theirs = list(first.rows()), list(second.rows())
    count = 0
    for mine, again in zip(ours, theirs, strict=False):
        if _row_key(mine) != _row_key(again) or not any(cell.text for cell in mine):
            break
        count += 1
    while count and any(cell.row + cell.row_span > count for row in theirs[:count] for cell in row):
        count -= 1
    return count if count < len(theirs) else 0


def _row_key(row: Sequence[Cell]) -> list[tuple[int, int, int, str]]:
    return [(cell.column, cell.column_span, cell.row_span, cell.text) for cell in row]


def _starts_anew(first: Grid, second: Grid) -> bool:
    """The second part opens with the first part's opening words: another form of the same kind."""
    opening = next(iter(second.rows()), ())
    words = opening[0].text if opening else ""
    return bool(words) and any(row and row[0].text == words for row in first.rows())


def _appended(first: Grid, rest: list[Cell], row_count: int, notices: list[Notice]) -> Grid:
    last = first.row_count - 1
    ending = [cell for cell in first.cells if cell.row + cell.row_span - 1 == last]
    opening = [cell for cell in rest if cell.row == 0]
    pairs = _pairs(ending, opening)
    if pairs is not None and _is_cut_row(pairs):
        shift = last
        merged = {id(a): _merged(a, b, notices) for a, b in pairs}
        gone = {id(b) for _, b in pairs}
    else:
        shift = last + 1
        labels = [(a, b) for a, b in pairs or () if _is_spanning_label(a, b, opening)]
        merged = {id(a): replace(a, row_span=a.row_span + b.row_span) for a, b in labels}
        gone = {id(b) for _, b in labels}
    cells = [merged.get(id(cell), cell) for cell in first.cells]
    cells += [replace(cell, row=cell.row + shift) for cell in rest if id(cell) not in gone]
    return replace(first, cells=tuple(cells), row_count=shift + row_count)


def _pairs(ending: list[Cell], opening: list[Cell]) -> list[tuple[Cell, Cell]] | None:
    """The cells over and under the cut, column by column; None when they do not match."""
    above = {(cell.column, cell.column_span): cell for cell in ending}
    below = {(cell.column, cell.column_span): cell for cell in opening}
    return (
        [(above[key], below[key]) for key in sorted(above)]
        if above.keys() == below.keys()
        else None
    )


def _is_cut_row(pairs: list[tuple[Cell, Cell]]) -> bool:
    """The page end cuts a row: its label stands on one side only, its prose on both.

    Two rows of figures are never one row: short words over the cut and under it forbid it.
    """
    label_over, label_under = pairs[0]
    filled = [(above, below) for above, below in pairs if above.blocks and below.blocks]
    return (
        not (label_over.blocks and label_under.blocks)
        and any(_goes_on(above, below) for above, below in filled)
        and all(_may_go_on(above, below) for above, below in filled)
    )


def _may_go_on(above: Cell, below: Cell) -> bool:
    last, first = above.blocks[-1], below.blocks[0]
    if isinstance(last, Grid) or isinstance(first, Grid):
        return True
    return len(last.lines[-1].text) >= LONG


def _is_spanning_label(above: Cell, below: Cell, opening: list[Cell]) -> bool:
    """A label whose rows go on: nothing printed under the cut, but beside it."""
    return (
        above.column == 0
        and bool(above.blocks)
        and not below.blocks
        and not below.struck
        and any(cell.blocks for cell in opening)
    )


def _goes_on(above: Cell, below: Cell) -> bool:
    """The cell is cut by the page end: an unfinished sentence, or a table inside that goes on."""
    if not above.blocks or not below.blocks:
        return False
    last, first = above.blocks[-1], below.blocks[0]
    if isinstance(last, Grid) and isinstance(first, Grid):
        return join_grids(last, first, []) is not None
    if not isinstance(last, Prose) or not isinstance(first, Prose):
        return False
    return len(last.lines[-1].text) >= LONG and not last.lines[-1].text.endswith(SENTENCE_END)


def _merged(above: Cell, below: Cell, notices: list[Notice]) -> Cell:
    """One cell of both parts; an unfinished paragraph goes on, so does a table inside."""
    blocks: list[Block] = list(above.blocks)
    rest = list(below.blocks)
    if blocks and rest and _goes_on(above, below):
        last, first = blocks[-1], rest[0]
        if isinstance(last, Grid) and isinstance(first, Grid):
            joined = join_grids(last, first, notices)
            if joined is not None:
                blocks[-1:], rest = [joined], rest[1:]
        elif isinstance(last, Prose) and isinstance(first, Prose):
            blocks[-1] = last._replace(lines=(*last.lines, *first.lines))
            rest = rest[1:]
    row_span = above.row_span + below.row_span - 1
    return replace(
        above, blocks=(*blocks, *rest), row_span=row_span, struck=above.struck or below.struck
    )
