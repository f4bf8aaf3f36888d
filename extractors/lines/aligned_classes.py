"""A first column of classes or goals beside the names of an aligned table, each set in the middle of its rows:

                    地域生活移行者数      15人
    １ 地域生活への移行
                    施設入所者の削減数     ９人

A class stands on the first line of its rows or half-way between the first and the last; where neither holds for all
classes, it is not told which rows are whose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.lines.aligned_labels import heads_others
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.printed import cell_of

_APART = 4
"""Display columns from the edge of the classes to that of the names."""


def over_their_rows(names: Sequence[Row]) -> tuple[dict[int, Row], list[Row]] | None:
    """By line the class that begins there, and the names of each line without it; None where it is not told."""
    edge = min((row[0].left for row in names if row), default=0)
    others = [piece.left for row in names for piece in row if piece.left > edge + 1]
    if not others:
        return {}, list(names)
    if min(others) < edge + _APART or any(
        len(row) > 1 and (row[0].left > edge + 1 or row[1].left <= edge + 1) for row in names
    ):
        return None
    at: list[list[int]] = []
    for number, row in enumerate(names):
        if not row or row[0].left > edge + 1:
            continue
        is_rest = bool(at) and at[-1][-1] == number - 1 and not heads_others(row[0])
        if is_rest:
            at[-1].append(number)
        else:
            at.append([number])
    starts = _starts(at, len(names))
    if starts is None:
        return None
    classes: dict[int, Row] = {
        start: (_joined([names[n][0] for n in lines]),)
        for start, lines in zip(starts, at, strict=True)
    }
    return classes, [row[1:] if row and row[0].left <= edge + 1 else row for row in names]


def _joined(lines: Sequence[Piece]) -> Piece:
    return replace(lines[0], more=tuple(piece.line for piece in lines[1:]), is_alone=True)


def _starts(at: Sequence[Sequence[int]], count: int) -> list[int] | None:
    """The first line of each class, where all stand at the top of their rows, or all in the middle."""
    top = [lines[0] for lines in at]
    middle, start = [], 0
    for lines in at:
        middle.append(start)
        start = lines[0] + lines[-1] - start + 1
    is_middle = start == count and all(s <= lines[0] for s, lines in zip(middle, at, strict=True))
    is_top = top[0] == 0
    if is_middle and is_top and middle != top:
        return None
    return middle if is_middle else top if is_top else None


def with_class_column(
    top: Sequence[Sequence[PrintedCell]],
    body: Sequence[Sequence[PrintedCell]],
    head: Piece,
    classes: Sequence[Piece],
) -> list[list[PrintedCell]]:
    """The heads and rows with a first column of classes: each class, till now a row of its own, beside the rows
    below it, and `head` over them."""
    begins = {piece.line.span.char_start for piece in classes}
    starts = [n for n, row in enumerate(body) if row[0].span.char_start in begins]
    rows = [[cell_of([head.line, *head.more], len(top)), *top[0]], *map(list, top[1:])]
    for start, end in pairwise((*starts, len(body))):
        under = body[start + 1 : end]
        rows += [[replace(body[start][0], row_span=len(under)), *under[0]]] if under else []
        rows += map(list, under[1:])
    return rows
