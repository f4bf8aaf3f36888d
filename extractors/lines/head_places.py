"""Where the figures of a line table stand beside their heads (桁位置): a head that was lost shifts all behind it.

``令和6年度の`` over and ``値`` under the line of heads name a column of their own. Read without it, the second
figure of each row goes to the third head::

                                          令和6年度の
                      計画策定時の値                    目標値
    施設入所者数      307人               304人         291人

A figure that stands right at the head of another column, and far from its own, says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import regex
from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.heads import MEASURES, read_head, split_unit
from keikaku.extractors.lines.widths import width
from keikaku.extractors.words import is_quantity
from keikaku.normalizers.cells import is_value_like

FAR = 12
"""Columns between a figure and its own head."""
NEAR = 4
"""Columns between it and the head of another column."""
BESIDE = 6
"""Columns between a figure and its own head that are too many where it stands under another."""

Place = tuple[int, int]
_BRACKETED = regex.compile(r"[(（\[［〔【][^()（）]*年[^()（）]*[)）\]］〕】]")
_FREE = regex.compile(r"(?:\A|[ \u3000]{2,})\Z")


def stands_at_other_head(grid: Grid, source: str) -> Cell | None:
    """A figure of the table that stands at another column's head and far from its own, whether a full-width
    letter takes two columns or, as with some converters, one."""
    heads = {cell.column: cell for cell in _heads(grid, source)}
    for cell in grid.cells:
        if cell.column not in heads or not is_value_like(cell.text) or len(cell.lines) != 1:
            continue
        if _keeps_places(cell, source) and all(
            _is_displaced(cell, heads, source, measure) for measure in (width, len)
        ):
            return cell
    return None


def says_quantity_under_figures(grid: Grid) -> Cell | None:
    """利用者数（人/月） under R3見込: the heads stand over other columns than their own."""
    heads = {cell.column: read_head(cell.text) for cell in grid.cells if cell.row == 0}
    of_figures = {n for n, head in heads.items() if head.year is not None or head.role in MEASURES}
    cells = (cell for cell in grid.cells if cell.row and cell.column in of_figures)
    return next((cell for cell in cells if _is_quantity(cell.text)), None)


def _is_quantity(text: str) -> bool:
    words = text.strip()
    return bool(words) and is_quantity((split_unit(words) or (words,))[0])


def has_years_of_others(grid: Grid) -> bool:
    """〔令和4年度〕 〔令和7年度〕 〔令和8年度末〕 under the figures of another row, and taken for heads: nothing else heads
    the figures below."""
    rows = [[cell.text for cell in row if cell.text] for row in grid.rows()]
    first = rows[0] if rows else []
    return len(first) > 1 and all(_BRACKETED.fullmatch(words) for words in first)


def _is_displaced(
    cell: Cell, heads: Mapping[int, Cell], source: str, measure: Callable[[str], int]
) -> bool:
    place = _place(cell, source, measure)
    gaps = {n: _gap(place, _place(head, source, measure)) for n, head in heads.items()}
    own = gaps.pop(cell.column)
    nearest = min(gaps.values(), default=own)
    return (own > FAR and nearest < NEAR) or (own > BESIDE and nearest == 0)


def _heads(grid: Grid, source: str) -> list[Cell]:
    """The cells of the last row of heads."""
    last: list[Cell] = []
    for row in grid.rows():
        if any(is_value_like(cell.text) for cell in row):
            break
        found = [c for c in row if len(c.lines) == 1 and read_head(c.text).says_something]
        last = found if len(found) > 1 else last
    apart = all(cell.column_span == 1 and _keeps_places(cell, source) for cell in last)
    return last if apart else []


def _keeps_places(cell: Cell, source: str) -> bool:
    """Is the cell set apart from those beside it by free paper, in its line?"""
    span = cell.lines[0].span
    before = source[_line_start(cell, source) : span.char_start]
    behind = source[span.char_end or 0 :][:2].split("\n")[0]
    return _FREE.search(before) is not None and not behind.strip()


def _line_start(cell: Cell, source: str) -> int:
    return source.rfind("\n", 0, cell.lines[0].span.char_start or 0) + 1


def _place(cell: Cell, source: str, measure: Callable[[str], int]) -> Place:
    """First and last column of the cell in its printed line."""
    line = cell.lines[0]
    left = measure(source[_line_start(cell, source) : line.span.char_start])
    return left, left + measure(line.text)


def _gap(one: Place, other: Place) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
