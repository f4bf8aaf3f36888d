"""Aligned tables of a name, its figures and the reason for them, each cell set in the middle of its row.

    区　分              目標値                目標値設定の考え方
                          ９人     令和元年度末の施設入所者数（148人）のうち、６％以
    地域生活移行者数
                     （6.1％）     上がグループホーム等に移行することを目標とします。

A name of one line stands between two lines of its figure, or beside the second of three lines of text. A table with one
figure a column has one row, and all words are of it. Of several rows each is as high above the middle of its figures as
below it, and they follow each other without a gap: where that comes out even, no line can be of another row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from keikaku.extractors.document import Line, Span
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import lay_out
from keikaku.extractors.heads import MEASURES, TEXTS, Role, find_box, read_head
from keikaku.extractors.lines.aligned_bounds import names_figures
from keikaku.extractors.lines.aligned_pieces import Piece, Row, is_head_piece, pieces
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    cell_of,
    part_of,
    with_aside,
    words_aside,
)
from keikaku.extractors.lines.stacked import is_value
from keikaku.extractors.lines.valued_texts import is_bracketed, is_in_other_unit
from keikaku.extractors.lines.widths import width
from keikaku.extractors.words import is_caption, is_legend, is_page_mark
from keikaku.normalizers.labels import split_marks

_SLACK = 6
"""Display columns by which a figure may stand beside its head."""
_FEWEST_HEADS = 3


@dataclass(slots=True)
class _Body:
    """The words of the lines below the heads, each with its line's number."""

    names: list[tuple[int, Piece]] = field(default_factory=list)
    figures: list[tuple[int, int, Line]] = field(default_factory=list)
    """Line, column, words."""
    texts: list[tuple[int, Piece]] = field(default_factory=list)
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Figures:
    """The figures of a row, a cell a column, and the lines that they stand on."""

    cells: list[list[Line]]
    lines: list[int]


def find_reasoned(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose line of heads is that at `at`."""
    heads = pieces(printed[at])
    if not _are_heads(heads):
        return None
    body = _body(printed, at + 1, heads)
    blocks = _blocks(body, len(heads) - 2) if body is not None else None
    if body is None or not blocks:
        return None
    bounds = _bounds(blocks, body)
    if bounds is None:
        return None
    rows = [[cell_of([head.line]) for head in heads]]
    for block, (start, end) in zip(blocks, bounds, strict=True):
        name = [piece.line for n, piece in body.names if start < n < end]
        text = [piece.line for n, piece in body.texts if start < n < end]
        if not name or not text or any(split_marks(line.text).mark for line in name[1:]):
            return None
        rows.append([cell_of(name), *map(cell_of, block.cells), cell_of(text)])
    last = printed[body.last].line
    span = Span(printed[at].line.span.char_start, last.span.char_end)
    return Found(lay_out(rows, "aligned", span), body.last + 1)


def find_unnamed(printed: Sequence[Printed], at: int) -> Found | None:
    """The table of one figure and the reason for it, 目標値 and 目標値設定の考え方 alone: a heading above names the figure.

       目標値                    目標値設定の考え方
                   令和元年度末時点の施設入所者数（271人）を超
    271人以下
                   えないことを基本とする。
    """
    heads = pieces(printed[at])
    if not _head_one_figure(heads):
        return None
    cells: list[tuple[int, Piece]] = []
    for number in range(at + 1, len(printed)):
        row = pieces(printed[number])
        if printed[number].group != printed[at].group or _ends_unnamed(printed[number], row, heads):
            break
        cells += [(number, piece) for piece in row]
    edge = min((p.left for _, p in cells if p.right > heads[1].left), default=0)
    text = [(number, piece) for number, piece in cells if piece.left >= edge]
    figure = [(number, piece.line) for number, piece in cells if piece.left < edge]
    if not _stand_beside(figure, text):
        return None
    last = max(text[-1][0], figure[-1][0])
    row_of_both = [cell_of([line for _, line in figure]), cell_of([p.line for _, p in text])]
    span = Span(printed[at].line.span.char_start, printed[last].line.span.char_end)
    grid = lay_out([[cell_of([head.line]) for head in heads], row_of_both], "aligned", span)
    return Found(with_aside(grid, words_aside(printed[at : last + 1])), last + 1)


def _head_one_figure(heads: Row) -> bool:
    if len(heads) != len(("目標値", "考え方")):
        return False
    figure, text = (read_head(piece.line.text) for piece in heads)
    return figure.role in MEASURES and figure.year is None and text.role in TEXTS


def _ends_unnamed(item: Printed, row: Row, heads: Row) -> bool:
    """The next heading, caption or line of heads, or a page's number."""
    if not row:
        return False
    text = row[0].line.text
    is_left = row[0].left < heads[0].left and len(row) == 1 and row[0].right > heads[0].right
    is_numbered = row[0].left < heads[1].left and split_marks(text).number is not None
    return (
        _opens(row)
        or is_caption(text)
        or is_legend(text)
        or is_page_mark(item.line.text)
        or find_goal_head(text, row[0].line.span) is not None
        or (is_numbered and not is_value(text, words=True))
        or (is_left and row[0].right > heads[1].left)
    )


def _stand_beside(figure: Sequence[tuple[int, Line]], text: Sequence[tuple[int, Piece]]) -> bool:
    """Is the figure one cell in the middle of one text: its lines follow each other, as many lines over as under them?"""
    lines = [number for number, _ in figure]
    if (
        not lines
        or not text
        or len(lines) != lines[-1] - lines[0] + 1
        or len(set(lines)) < len(lines)
    ):
        return False
    edge = min(piece.left for _, piece in text)
    if any(piece.left > edge + _SLACK for _, piece in text):
        return False
    beside = [number for number, _ in text]
    return abs(lines[0] + lines[-1] - min(*beside, lines[0]) - max(*beside, lines[-1])) <= 1


def _are_heads(heads: Row) -> bool:
    """A head of names, heads of figures, and one of text."""
    if len(heads) < _FEWEST_HEADS:
        return False
    first, *between, last = (read_head(piece.line.text).role for piece in heads)
    return first is Role.LABEL and last in TEXTS and all(role in MEASURES for role in between)


def _body(printed: Sequence[Printed], start: int, heads: Row) -> _Body | None:
    """What stands below the heads, up to a blank line or the next heading; None where a word is of no column."""
    body = _Body(first=start, last=start - 1)
    for at in range(start, len(printed)):
        item = printed[at]
        if item.group != printed[start - 1].group or _ends(item, heads, body):
            break
        row = pieces(item)
        if not row:
            continue
        if not all(_take(body, at, piece, heads) for piece in row):
            return None
        body.last = at
    return body


def _ends(item: Printed, heads: Row, body: _Body) -> bool:
    row = pieces(item)
    if not row:
        return False
    text = part_of(item.line, item.margin, len(item.line.text)).text
    if is_caption(text) or is_legend(text) or find_box(text) is not None or _opens(row):
        return True
    if find_goal_head(text, item.line.span) is not None:
        return True
    is_name = row[0].left < heads[1].left and len(row) == 1
    return is_name and bool(body.names) and split_marks(text).mark is not None


def _opens(row: Row) -> bool:
    return len(row) > 1 and all(map(is_head_piece, row)) and names_figures([row])


def _take(body: _Body, at: int, piece: Piece, heads: Row) -> bool:
    """Put a piece into its column; False where it may be of two."""
    column = _column(piece, heads[1:-1])
    if column is not None:
        body.figures.append((at, column, piece.line))
        return True
    if piece.left >= heads[-2].right:
        body.texts.append((at, piece))
        return True
    if piece.left >= heads[1].left:
        return False
    name, *rest = _figure_apart(piece, heads)
    body.names.append((at, name))
    return not rest or _take(body, at, rest[0], heads)


def _column(piece: Piece, heads: Row) -> int | None:
    """The head that a figure stands under."""
    if not is_value(piece.line.text, words=True) and not is_bracketed(piece.line.text):
        return None
    near = [
        n
        for n, head in enumerate(heads)
        if piece.left < head.right + _SLACK and piece.right > head.left - _SLACK
    ]
    return min(near, key=lambda n: abs(heads[n].middle - piece.middle), default=None)


def _figure_apart(piece: Piece, heads: Row) -> tuple[Piece, ...]:
    """就労定着支援事業利用者の割合 ７割以上: a name that leaves but one blank before its figure."""
    text = piece.line.text
    cut = max(text.rfind(" "), text.rfind("\u3000"))
    left = piece.left + width(text[: cut + 1])
    if cut <= 0 or piece.right <= heads[1].left or left < heads[0].right:
        return (piece,)
    figure = Piece(part_of(piece.line, cut + 1, len(text)), left, piece.right)
    if _column(figure, heads[1:-1]) is None:
        return (piece,)
    return Piece(part_of(piece.line, 0, cut), piece.left, left - 1), figure


def _blocks(body: _Body, columns: int) -> list[_Figures] | None:
    """The figures row by row, each with a bracket below it that gives it in another unit."""
    blocks: list[_Figures] = []
    for at, column, line in body.figures:
        below = blocks[-1].cells[column] if blocks else []
        if is_bracketed(line.text):
            if not below or len(below) > 1 or not is_in_other_unit(below[0], line):
                return None
            below.append(line)
        elif blocks and not below:
            below.append(line)
        else:
            blocks.append(_Figures([[] for _ in range(columns)], []))
            blocks[-1].cells[column].append(line)
        blocks[-1].lines.append(at)
    return blocks if all(all(block.cells) for block in blocks) else None


def _bounds(blocks: Sequence[_Figures], body: _Body) -> list[tuple[float, float]] | None:
    """Where each row begins and ends, in lines, if they follow each other without a gap."""
    start, end = body.first - 0.5, body.last + 0.5
    if len(blocks) == 1:
        return [(start, end)]
    bounds = []
    for block in blocks:
        middle = (min(block.lines) + max(block.lines)) / 2
        bounds.append((start, 2 * middle - start))
        start = 2 * middle - start
    is_even = all(
        a < min(b.lines) and max(b.lines) < z for b, (a, z) in zip(blocks, bounds, strict=True)
    )
    return bounds if is_even and start == end else None
