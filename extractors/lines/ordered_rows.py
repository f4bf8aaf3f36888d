"""Rows whose columns are told in a sentence: 「以下、項目、目標、実績、達成率の順に記載」.

Editions for read-aloud and narrative reports print a table as rows of values between delimiters
(、 ／ ｜, tabs or blanks) and name the columns once, in a sentence or in a row of heads. The sentence governs
rows far below it, over goals and headings, until the next one; two delimiters with nothing between
them are an empty cell. Sources: 神奈川県, 高知県, 平塚市, 川越市.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

import regex
from keikaku.extractors.dated_values import value_and_year_in
from keikaku.extractors.document import Grid, Line, Prose, Span
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.blank_cells import cells_at_blanks, cells_at_wide_blanks
from keikaku.extractors.lines.column_orders import (
    DELIMITERS,
    ColumnOrder,
    announces_order,
    colon_apart,
    ends_orders,
    order_in_heads,
    order_in_sentence,
    order_of_columns,
    split_cells,
)
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    blank_cell,
    cell_of,
    merge_pieces,
    part_of,
)
from keikaku.extractors.lines.row_marks import (
    begins_table,
    ends_table,
    frames_table,
    part_kind,
    without_row_number,
)
from keikaku.extractors.words import is_caption, is_grade, is_legend, is_whether
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_GRADE = regex.compile(r"[a-eａ-ｅ☓]")
"""Grades that are none elsewhere."""
_MARK = regex.compile(r"[◎○〇●△▲×✕☓]")
_COUNTED = regex.compile(r"[0-9０-９]{2}|[0-9０-９][^0-9０-９]")
"""A number that is no mark from 1 to 5."""
_AMOUNT = regex.compile(r"[0-9０-９,，]+(?:人|回|件|か所|箇所|日|時間)")
_STOP = regex.compile("。(?![)）])")
"""The end of a sentence; one in brackets (（日中サービス支援型を含む。）) ends nothing."""
_APART = regex.compile(r"\S[ \u3000]{2,}\S")
"""達成    15: two cells, the delimiter between them lost."""
_FARTHEST = 400
_SHORT = 12
_NAME_ENDS = ("数", "率", "割合", "事業", "支援", "サービス")
_MOST_LINES = 3

_Cells = list[tuple[Line, ...]]
"""A row: each cell with its pieces, none where nothing stands between two delimiters."""


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """Delimited rows from `at` on, under the nearest order of columns above them."""
    own = order_in_heads(printed[at].line)
    order = own or _order_above(printed, at)
    if order is None or order.is_by_year:
        return None
    start = at + 1 if own else at
    rows, end = _rows(printed, start, order)
    if not rows:
        return None
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out([*order.head_rows, *rows], "ordered", span), end)


LAYOUTS = (find_rows,)


def names_columns_of(run: Sequence[Prose], grid: Grid) -> bool:
    """Does the last order of columns in a run of lines name as many as this grid has?"""
    lines = [line for prose in run for line in prose.lines][-_FARTHEST:]
    for line in reversed(lines):
        if (order := order_in_sentence(line)) is not None:
            return len(order.heads) == grid.column_count
    return False


# -- the order above ---------------------------------------------------------------------------


def _order_above(printed: Sequence[Printed], at: int) -> ColumnOrder | None:
    if not any(mark in printed[at].line.text for mark in (*DELIMITERS, " ", "\u3000")):
        return None
    orders = _orders(printed)
    number = bisect_left(orders, at, key=itemgetter(0)) - 1
    return orders[number][1] if number >= 0 and orders[number][0] >= at - _FARTHEST else None


@lru_cache(maxsize=2)
def _orders(printed: Sequence[Printed]) -> list[tuple[int, ColumnOrder | None]]:
    """The lines that name an order of columns; None at those that announce one without saying it, and at the
    heading of a goal where goals have orders of their own, or of a part (第２部) behind one of its kind. Where a table is said to end (表おわり) the order
    holds again that was said before it."""
    found: list[tuple[int, ColumnOrder | None]] = []
    own: list[ColumnOrder | None] = []
    outside: ColumnOrder | None = None
    is_inside = is_below_goal = False
    part: str | None = None
    part_of_order: str | None = None
    for number, item in enumerate(printed):
        text = item.line.text
        if begins_table(text):
            outside, is_inside = found[-1][1] if found else None, True
        elif ends_table(text) and is_inside:
            found.append((number, outside))
            is_inside = False
        elif (order := order_of_columns(item.line)) or ends_orders(item.line):
            found.append((number, order))
            part_of_order = part
            own.append(order if is_below_goal else None)
            is_below_goal = False
        elif (kind := part_kind(text)) is not None:
            found += [(number, None)] if kind == part_of_order else []
            part = kind
        elif find_goal_head(text, item.line.span) is not None:
            is_below_goal = True
            found += [(number, None)] if len(own) > 1 and all(own[-2:]) else []
    return found


# -- rows --------------------------------------------------------------------------------------


def _rows(
    printed: Sequence[Printed], start: int, order: ColumnOrder
) -> tuple[list[list[PrintedCell]], int]:
    rows: list[list[PrintedCell]] = []
    at = start
    while at < len(printed):
        row = _row_at(printed, at, order)
        if row is not None:
            cells, at = row
            rows.append(_printed_cells(cells))
        elif rows and _is_group(printed, at, order):
            rows.append([cell_of([printed[at].line], 1, len(order.heads))])
            at += 1
        else:
            break
    return rows, at


def _is_group(printed: Sequence[Printed], at: int, order: ColumnOrder) -> bool:
    """A short line right between two rows that heads those below it."""
    text = printed[at].line.text
    if len(text) > 40 or at + 1 >= len(printed) or any(mark in text for mark in "。、，／\t"):
        return False
    if split_marks(text).number is not None or is_caption(text) or is_legend(text):
        return False
    if (
        frames_table(text)
        or is_value_like(text)
        or find_goal_head(text, printed[at].line.span) is not None
    ):
        return False
    near = printed[at - 1].group == printed[at].group == printed[at + 1].group
    return near and _row_at(printed, at + 1, order) is not None


def _row_at(printed: Sequence[Printed], at: int, order: ColumnOrder) -> tuple[_Cells, int] | None:
    """The row that begins with a line, and where the next one begins; a row may be wrapped."""
    for mark in order.delimiters:
        cells: _Cells = []
        for end in range(at + 1, min(at + _MOST_LINES, len(printed)) + 1):
            if end - at > 1 and printed[end - 1].group != printed[at].group:
                break
            line = printed[end - 1].line if cells else without_row_number(printed[at].line)
            if (cells and _opens_anew(line)) or announces_order(line):
                break
            cells = _add_line(cells, part_of(line, 0, len(line.text.rstrip("。"))), mark)
            if order.has_colon and end - at == 1 and cells[0]:
                cells = [*((part,) for part in colon_apart(cells[0][0])), *cells[1:]]
            told = _without_words_said(cells, order)
            whole = _with_whole_label(told, order) if told is not None else None
            if whole is not None and _is_row(whole, order, wrapped=end - at > 1):
                return whole, end
            if len(cells) >= len(order.heads) + len(order.said) or len(cells) < 2:
                break
    cells = _between_blanks(without_row_number(printed[at].line), order)
    return (cells, at + 1) if cells else None


def _between_blanks(line: Line, order: ColumnOrder) -> _Cells:
    """The cells of a row that only blanks part, each where it belongs; a name may hold blanks, nothing may be empty."""
    if len(order.delimiters) < len(DELIMITERS):
        return []
    for parted in (cells_at_wide_blanks(line), cells_at_blanks(line)):
        told = _without_words_said([(piece,) for piece in parted], order)
        pieces = [cell[0] for cell in told or []]
        more = len(pieces) - len(order.heads)
        if more < 0 or order.figures[0] == 0:
            continue
        name = order.name
        whole = merge_pieces(pieces[name : name + more + 1], line)
        cells: _Cells = [(p,) for p in (*pieces[:name], whole, *pieces[name + more + 1 :])]
        if _is_sure_row(cells, order):
            return cells
    return []


def _without_words_said(cells: _Cells, order: ColumnOrder) -> _Cells | None:
    """The cells but for the words of the order that the row says again, each at its place or none at all."""
    if not order.said:
        return cells
    roles = [(len(cells) - n, find_role(_text(cell))) for n, cell in enumerate(cells)]
    again = [(place, role) for place, role in roles if role in MEASURES]
    if not again:
        return cells
    places = {place for place, _ in again}
    told = [cell for cell, (place, _) in zip(cells, roles, strict=True) if place not in places]
    return told if tuple(again) == order.said else None


def _is_sure_row(cells: _Cells, order: ColumnOrder) -> bool:
    """Figures under heads of figures, a unit under 単位, and no value in the name."""
    texts = [_text(cell) for cell in cells]
    units = [texts[n] for n, head in enumerate(order.read) if head.role is Role.UNIT]
    values = [cells[n] for n in order.figures]
    words = texts[order.name].split()
    return (
        all(map(_is_sure, values))
        and all(find_unit(text) is not None or is_whether(text) for text in units)
        and not any(is_value_like(word) for word in words)
        and _is_row(cells, order, wrapped=True)
    )


def _opens_anew(line: Line) -> bool:
    """ア　実績, （２）…: a line that is no rest of the row above it."""
    return split_marks(line.text).number is not None or find_role(line.text) is not None


def _add_line(cells: _Cells, line: Line, mark: str) -> _Cells:
    """The cells so far, the last one going on in the next line."""
    pieces: _Cells = [(piece,) if piece.text else () for piece in split_cells(line, mark)]
    if not cells:
        return pieces
    return [*cells[:-1], (*cells[-1], *pieces[0]), *pieces[1:]]


def _with_whole_label(cells: _Cells, order: ColumnOrder) -> _Cells | None:
    """As many cells as heads; a label that holds the delimiter itself is put together again."""
    extra = len(cells) - len(order.heads)
    if extra == 0:
        return cells
    if (closed := _without_closing_mark(cells, order)) is not None:
        return closed
    if extra < 0 or order.figures != tuple(range(1, len(order.heads))):
        return None
    figures = cells[extra + 1 :]
    if any(find_unit(_text(cell)) is not None for cell in cells[1 : extra + 1]):
        return None
    if not all(_is_sure(cell) for cell in figures) or any(_is_sure(c) for c in cells[: extra + 1]):
        return None
    pieces = [piece for cell in cells[: extra + 1] for piece in cell]
    if any(find_unit(piece.text) is not None for piece in pieces):
        return None  # 居宅介護、時間 under heads without 単位: the row is another order's
    start, end = pieces[0].span.char_start or 0, pieces[-1].span.char_end
    return [(Line("、".join(piece.text for piece in pieces), Span(start, end)),), *figures]


def _without_closing_mark(cells: _Cells, order: ColumnOrder) -> _Cells | None:
    """``…、3人、○、、``: the last column is empty and a delimiter closes the row; nothing else is."""
    if len(cells) != len(order.heads) + 1 or cells[-1] or cells[-2]:
        return None
    whole = cells[:-1]
    labels = [cell for n, cell in enumerate(whole[:-1]) if n not in order.figures]
    figures = [whole[n] for n in order.figures]
    full = figures if order.figures[-1] < len(order.heads) - 1 else figures[:-1]
    return whole if all(labels) and all(full) and all(map(_is_sure, figures)) else None


def _is_row(cells: _Cells, order: ColumnOrder, *, wrapped: bool) -> bool:
    """Words in front, figures or short words under the heads of figures."""
    if not cells[0] or any(_STOP.search(value_and_year_in(_text(cell))[0]) for cell in cells):
        return False
    if _repeats_heads(cells) or _has_slipped_grade(cells, order) or _is_of_other(cells, order):
        return False
    labels = [cell for n, cell in enumerate(cells) if n not in order.figures and cell]
    if all(is_value_like(_text(cell)) for cell in labels):
        return False
    if any(_holds_value(cell) for cell in labels):
        return False
    inked = [cells[n] for n in order.figures if cells[n]]
    if any(_APART.search(_text(cell)) for cell in inked):
        return False
    graded = [n for n in order.figures if order.read[n].role in (Role.GRADE, Role.EVALUATION)]
    grades = [cells[n] for n in graded if is_grade(_text(cells[n]))]
    sure = [cell for cell in inked if _is_sure(cell) or cell in grades]
    if wrapped:
        return bool(inked) and len(sure) == len(inked)
    return bool(sure) and all(_may_be_status(cell) for cell in inked if cell not in sure)


def _holds_value(label: Sequence[Line]) -> bool:
    """居宅介護（人／月）：４１２: a name and the first of the values, in one cell."""
    *_, last = colon_apart(Line(_text(label), label[0].span))
    return last.text != _text(label) and is_value_like(last.text)


def _may_be_status(cell: Sequence[Line]) -> bool:
    """Short words may be a status; what ends as a name does (…者数) is a piece of a label."""
    text, _ = value_and_year_in(_text(cell))
    return len(text) <= _SHORT and not text.endswith(_NAME_ENDS)


def _repeats_heads(cells: _Cells) -> bool:
    known = [cell for cell in cells[1:] if cell and read_head(_text(cell)).says_something]
    return len(known) * 2 > len(cells) and not any(_is_sure(cell) for cell in cells)


def _has_slipped_grade(cells: _Cells, order: ColumnOrder) -> bool:
    """A grade (△) left of its empty column: the row lost a cell before it."""
    grades = [n for n, head in enumerate(order.read) if head.role is Role.GRADE]
    if not grades or any(cells[n] for n in grades):
        return False
    measured = [cells[n] for n in order.figures if n not in grades and cells[n]]
    return any(_MARK.fullmatch(_text(cell)) for cell in measured)


def _is_of_other(cells: _Cells, order: ColumnOrder) -> bool:
    """398人 under 評価, 19回 under 達成率, 人 under 基準値: the row follows an order that was lost."""
    for number in order.figures:
        text = _text(cells[number])
        is_grade = order.read[number].role in (Role.GRADE, Role.EVALUATION)
        if is_grade and _COUNTED.search(text) and is_value_like(text):
            return True
        if not is_grade and find_unit(text) is not None:
            return True
        if order.read[number].role is Role.RATE and _AMOUNT.fullmatch(text):
            return True
    return False


def _is_sure(cell: Sequence[Line]) -> bool:
    """A figure, a mark, a status word or a grade; an empty cell is as sure as any."""
    text, _ = value_and_year_in(_text(cell))
    return not text or is_known_value(text) or is_grade(text) or _GRADE.fullmatch(text) is not None


def _text(cell: Sequence[Line]) -> str:
    return "".join(piece.text for piece in cell)


def _printed_cells(cells: _Cells) -> list[PrintedCell]:
    result: list[PrintedCell] = []
    last = cells[0][0]
    for cell in cells:
        if cell:
            last = cell[-1]
            result.append(cell_of(cell))
        else:
            result.append(blank_cell(last))
    return result
