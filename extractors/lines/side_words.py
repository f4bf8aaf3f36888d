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
from dataclasses import dataclass

import regex
from keikaku.extractors.heads import Role, find_box, find_role, may_head
from keikaku.extractors.lines.widths import width
from keikaku.normalizers.cells import is_value_like

_CELL = regex.compile(r"\S+(?:[ \u3000]\S+)*")
_BLANK = regex.compile(r"[ \u3000]")
_NEAR = 2
"""Display columns by which names may begin beside their head, and that part them from words left of them."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line's text, the display column where it begins, how many characters of it are known to be no part of a
    table, and its group."""

    text: str
    indent: int
    margin: int
    group: int


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    left: int
    right: int
    end: int
    """Characters of the line up to its end."""


def words_beside(lines: Sequence[SideLine]) -> dict[int, int]:
    """By the number of the line, how many characters at its beginning are words of a form."""
    found: dict[int, int] = {}
    cells = [_cells(line) for line in lines]
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
    lines: Sequence[SideLine], cells: Sequence[Sequence[_Cell]], at: int, head: _Cell
) -> list[list[_Cell]]:
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


def _cells(line: SideLine) -> list[_Cell]:
    """The cells of a line, parted by wide gaps, behind what is known to be no part of a table."""
    return [
        _Cell(
            m[0],
            line.indent + width(line.text[: m.start()]),
            line.indent + width(line.text[: m.end()]),
            m.end(),
        )
        for m in _CELL.finditer(line.text, line.margin)
    ]


def _cut(cell: _Cell, left: int) -> tuple[_Cell, ...]:
    """A cell that begins left of the names, cut at the single blank where they begin: 活動指標 地域移行支援."""
    if not cell.left < left < cell.right:
        return (cell,)
    at = next(
        (m for m in _BLANK.finditer(cell.text) if cell.left + width(cell.text[: m.end()]) == left),
        None,
    )
    if at is None:
        return (cell,)
    before = _Cell(
        cell.text[: at.start()],
        cell.left,
        cell.left + width(cell.text[: at.start()]),
        cell.end - len(cell.text) + at.start(),
    )
    return before, _Cell(cell.text[at.end() :], left, cell.right, cell.end)


def _head_of_names(cells: Sequence[_Cell]) -> _Cell | None:
    """The head of the names among the words of a line of heads."""
    at = next((n for n, c in enumerate(cells) if find_role(c.text) is Role.LABEL), len(cells))
    rest = cells[at + 1 :]
    heads = [c for c in rest if may_head(c.text) and not is_value_like(c.text)]
    return cells[at] if rest and len(heads) == len(rest) else None


def _left_of(cells: Sequence[_Cell], head: _Cell) -> list[_Cell]:
    return [cell for cell in cells if cell.right < head.left]


def _is_of_form(words: Sequence[_Cell]) -> bool:
    """Are all the words, those below each other read as one, names of boxes?"""
    columns: list[list[_Cell]] = []
    for word in words:
        over = [c for c in columns if any(_overlap(word, other) for other in c)]
        if len(over) > 1:
            return False
        if over:
            over[0].append(word)
        else:
            columns.append([word])
    return all(find_box("".join(cell.text for cell in column)) is not None for column in columns)


def _overlap(one: _Cell, other: _Cell) -> bool:
    return one.left < other.right and other.left < one.right
