"""Words of a form that stand left of a table: the box it lies in, set in the middle of its height.

                      区　分                 令和６年度    令和７年度
           主な                      見込量    86人          84人
                      施設入所支援
        活動指標                     実績値    85人          84人

A table begins where the head of its names does, and so do its names; words left of them that are those of a box, one
below the other, belong to the form and name no row.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.heads import Role, find_box, find_role, may_head
from keikaku.extractors.lines.placed_cells import PlacedCell, SideLine, placed_cells
from keikaku.extractors.lines.widths import width
from keikaku.normalizers.cells import is_value_like

_BLANK = regex.compile(r"[ \u3000]")
_NEAR = 2
"""Display columns by which names may begin beside their head, and that part them from words left of them."""


def words_beside(lines: Sequence[SideLine]) -> dict[int, int]:
    """By the number of the line, how many characters at its beginning are words of a form."""
    found: dict[int, int] = {}
    cells = [placed_cells(line, line.margin) for line in lines]
    for n, row in enumerate(cells):
        head = _head_of_names(row)
        if head is None:
            continue
        below = _rows_below(lines, cells, n, head)
        left = [_left_of(row, head) for row in below]
        names = [
            c for row, words in zip(below[1:], left[1:], strict=True) for c in row[len(words) :][:1]
        ]
        if not any(abs(c.left - head.left) <= _NEAR and not is_value_like(c.text) for c in names):
            continue
        if _is_of_form([c for words in left for c in words]):
            found |= {m: words[-1].end for m, words in enumerate(left, n) if words}
    return found


def _rows_below(
    lines: Sequence[SideLine], cells: Sequence[Sequence[PlacedCell]], at: int, head: PlacedCell
) -> list[list[PlacedCell]]:
    """The line of heads and the lines below it, up to one in another group, of heads, or with words that begin left of
    the names and reach over them; words of the form right before a name are cells of their own."""
    rows = [list(cells[at])]
    for line, row in zip(lines[at + 1 :], cells[at + 1 :], strict=True):
        if line.group != lines[at].group or _head_of_names(row) is not None:
            break
        parted = [part for cell in row for part in _cut(cell, head.left)]
        if any(
            c.left < head.left - _NEAR and c.right + _NEAR > head.left
            for c in parted
            if c.right >= head.left
        ):
            break
        rows.append(parted)
    return rows


def _cut(cell: PlacedCell, left: int) -> tuple[PlacedCell, ...]:
    """A cell that begins left of the names, cut at the single blank where they begin: 活動指標 地域移行支援."""
    if not cell.left < left < cell.right:
        return (cell,)
    at = next(
        (m for m in _BLANK.finditer(cell.text) if cell.left + width(cell.text[: m.end()]) == left),
        None,
    )
    if at is None:
        return (cell,)
    before = PlacedCell(
        cell.text[: at.start()],
        cell.left,
        cell.left + width(cell.text[: at.start()]),
        cell.end - len(cell.text) + at.start(),
    )
    return before, PlacedCell(cell.text[at.end() :], left, cell.right, cell.end)


def _head_of_names(cells: Sequence[PlacedCell]) -> PlacedCell | None:
    """The head of the names among the words of a line of heads."""
    at = next((n for n, c in enumerate(cells) if find_role(c.text) is Role.LABEL), len(cells))
    rest = cells[at + 1 :]
    heads = [c for c in rest if may_head(c.text) and not is_value_like(c.text)]
    return cells[at] if rest and len(heads) == len(rest) else None


def _left_of(cells: Sequence[PlacedCell], head: PlacedCell) -> list[PlacedCell]:
    return [cell for cell in cells if cell.right < head.left]


def _is_of_form(words: Sequence[PlacedCell]) -> bool:
    """Are all the words, those below each other read as one, names of boxes?"""
    columns: list[list[PlacedCell]] = []
    for word in words:
        over = [c for c in columns if any(_overlap(word, other) for other in c)]
        if len(over) > 1:
            return False
        if over:
            over[0].append(word)
        else:
            columns.append([word])
    return all(find_box("".join(cell.text for cell in column)) is not None for column in columns)


def _overlap(one: PlacedCell, other: PlacedCell) -> bool:
    return one.left < other.right and other.left < one.right
