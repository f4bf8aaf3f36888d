"""Tables that kept their places, but not each of them: the figures' number tells what their places do not.

Text that a PDF tool laid out by place comes narrower where figures stand close: one blank is left between them, and a
row of many figures stands askew under its heads:

                      計画量           実績量        所見
      サービス    単位
                      Ｒ６    Ｒ７    Ｒ６    Ｒ７
    居宅介護     時間 4,310 4,420 4,187 4,502    利用が増えた。

The heads say how many values a row has, in one way only, and the rows have just as many; a row whose last cells are
blank (実績 of years still to come) keeps the places of a whole row beside it. Every cell is set under its
head then, and the table goes on as one that kept all places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.aligned_bounds import ends_table
from keikaku.extractors.lines.aligned_classes import over_their_rows
from keikaku.extractors.lines.aligned_labels import heads_others
from keikaku.extractors.lines.aligned_pieces import Piece, Row, cells_apart, pieces
from keikaku.extractors.lines.aligned_short import are_shares, keeps_distances
from keikaku.extractors.lines.aligned_text import (
    TEXT_SLACK,
    TextColumn,
    before_text,
    goes_on_in_text,
    with_text_below,
)
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.lines.widths import width
from keikaku.extractors.streams.columns import Columns, Group, columns_under
from keikaku.extractors.streams.heads import HeadPiece, Heads, heads_of_line
from keikaku.extractors.streams.row_lines import counts_values, read_row
from keikaku.normalizers.labels import split_marks

_WIDE = regex.compile(r"\S(?: {2,}|[ \u3000]*\u3000[ \u3000]+)\S")
_MOST_HEAD_LINES = 4
_CELL = 10
"""Display columns of a cell that is set in place."""
_BLANKS = 2
_LEAST_SHORT = 2
"""Rows that must lack the same cells: one alone may have lost a value."""
_LONGEST_REST = 24
_FARTHEST = 40
"""Lines below the heads in which the rows show where they begin."""
_IN_TURN = MEASURES | {Role.RATE, Role.GAP}


@dataclass(frozen=True, slots=True)
class Counted:
    """The heads and rows of a table, each cell at the place of its head, the line behind the last of
    them, and words over the heads that say no more than they (第７期計画)."""

    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    end: int
    aside: tuple[Line, ...]
    class_head: Piece | None = None
    """The head over a first column of classes, each of which is a row of its own among `rows`."""
    classes: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """A head and the display columns that it takes."""

    piece: HeadPiece
    left: int
    right: int

    def stands_over(self, other: _Head) -> bool:
        """Do both take a display column together?"""
        return self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class _BodyRow:
    """A line of a table: its names, unit, values and text, each with its place."""

    names: Row
    unit: Piece | None = None
    values: Row = ()
    text: Piece | None = None


def set_by_count(printed: Sequence[Printed], at: int) -> Counted | None:
    """The table whose heads begin with the line at `at`, where the number of its values tells its columns in
    one way."""
    found, end, aside = _head_lines(printed, at)
    heads = _in_reading_order(found, end) if len(pieces(printed[at])) > 1 else None
    if heads is None or end >= len(printed):
        return None
    ways = []
    for columns in columns_under(heads):
        text = _text_column(printed, end, columns)
        told = _body(printed, end, columns, text) if len(columns.leaves) > 1 else None
        if told is not None:
            ways.append((columns, *told))
    if len(ways) != 1:
        return None
    columns, body, last = ways[0]
    if not (are_crowded(printed, at) or any(_is_close(row.values) for row in body)):
        return None  # every cell is set apart: where it stands tells more than how many there are
    counted = _set(columns, body, text)
    return replace(counted, end=last, aside=aside) if counted is not None else None


def are_crowded(printed: Sequence[Printed], at: int) -> bool:
    """Do two heads of figures stand with but one blank between them in the line at `at` or those right below?"""
    for item in printed[at : at + _MOST_HEAD_LINES]:
        for piece in pieces(item):
            heads = heads_of_line(piece.line, at, is_first=False) or ()
            kinds = [head.kind for head in heads]
            if any(kinds.count(kind) > 1 for kind in ("year", "measure", "both")):
                return True
    return False


def _is_close(values: Row) -> bool:
    return any(b.left - a.right == 1 for a, b in pairwise(values))


def owners_in_place(
    heads: Sequence[Row], columns: Sequence[tuple[int, int]]
) -> list[list[Piece | None]]:
    """For each line of heads that were set in place and each column the head over it; a lowest head under
    none takes both lines."""
    lines = [[_over(line, column) for column in columns] for line in heads]
    if len(lines) < 2:
        return lines
    pairs = [
        (replace(low, height=2),) * 2 if top is None and low is not None else (top, low)
        for top, low in zip(*lines, strict=True)
    ]
    return [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]


def _over(line: Row, column: tuple[int, int]) -> Piece | None:
    return next((p for p in line if p.left < column[1] and column[0] < p.right), None)


# -- heads -------------------------------------------------------------------------------------


def _head_lines(printed: Sequence[Printed], at: int) -> tuple[list[_Head], int, tuple[Line, ...]]:
    """The heads line by line, the line behind them, and terms of plans over them."""
    found: list[_Head] = []
    aside: list[Line] = []
    end = at
    while end < len(printed) and end - at < _MOST_HEAD_LINES:
        item = printed[end]
        if end > at and item.group != printed[end - 1].group:
            break
        line = [piece.line for piece in pieces(item)]
        if line and all(read_head(piece.text).role is Role.TERM for piece in line):
            aside += line
        else:
            is_named = any(head.piece.kind == "label" for head in found)
            heads = heads_of_line(item.line, end, is_first=not is_named)
            if heads is None:
                break
            found += [_placed_head(piece, item) for piece in heads]
        end += 1
    return _with_brackets(found), end, tuple(aside)


def _placed_head(piece: HeadPiece, item: Printed) -> _Head:
    place = _placed(piece.lines[0], item)
    return _Head(piece, place.left, place.right)


def _placed(words: Line, item: Printed) -> Piece:
    """Words of a line with the display columns that they take."""
    start = (words.span.char_start or 0) - (item.line.span.char_start or 0)
    left = item.indent + width(item.line.text[:start])
    return Piece(words, left, left + width(words.text))


def _with_brackets(found: Sequence[_Head]) -> list[_Head]:
    """（Ｒ８年度末） right below 目標値, and over or under no other head, is one head with it."""
    result: list[_Head] = []
    for head in found:
        over = [h for h in result if h.piece.row < head.piece.row and h.stands_over(head)]
        beside = [h for h in found if h is not head and h.piece.row == head.piece.row]
        is_bracket = head.piece.lines[0].text.startswith(("（", "("))
        if is_bracket and len(over) == 1 and not any(map(over[0].stands_over, beside)):
            both = over[0].piece.with_more(head.piece)
            if both.kind != "label":
                left, right = min(over[0].left, head.left), max(over[0].right, head.right)
                result[result.index(over[0])] = _Head(both, left, right)
                continue
        result.append(head)
    return result


def _in_reading_order(found: Sequence[_Head], end: int) -> Heads | None:
    """The names' heads first, then those of figures line by line, that of a text last; None where they do
    not stand in this order across the page (lines may stand askew to each other)."""
    labels = [head for head in found if head.piece.kind in ("label", "unit")]
    texts = [head for head in found if head.piece.kind == "text"]
    core = [head for head in found if head.piece.kind not in ("label", "unit", "text")]
    if not labels or len(core) < 2 or len(texts) > 1:
        return None
    labels.sort(key=lambda head: head.left)
    if "unit" in [head.piece.kind for head in labels[:-1]]:
        return None
    if Role.GOAL in [head.piece.head.role for head in labels[1:]]:
        return None  # goals stand left of what belongs to them
    if any(
        label.piece.row == h.piece.row and label.left > h.left for label in labels for h in core
    ):
        return None
    if texts and texts[0].left < max(head.left for head in core):
        return None
    pieces_ = (head.piece for head in (*labels, *core, *texts))
    return Heads(tuple(pieces_), end, is_stacked=False, are_paragraphs=False)


def _text_column(printed: Sequence[Printed], start: int, columns: Columns) -> TextColumn | None:
    """Where a text may begin on lines of its own: right of where the values of every row begin, as no name
    does."""
    if columns.text is None:
        return None
    rows = (_row(item, columns) for item in printed[start : start + _FARTHEST])
    lefts = [row.values[0].left for row in rows if row is not None]
    edge = max(lefts, default=0)
    return TextColumn(edge + TEXT_SLACK, edge) if lefts else None


# -- rows --------------------------------------------------------------------------------------


def _body(
    printed: Sequence[Printed], start: int, columns: Columns, text: TextColumn | None
) -> tuple[list[_BodyRow], int] | None:
    """The lines of the rows, and the line behind the last; None where a line of figures is none of them."""
    rows: list[_BodyRow] = []
    for at in range(start, len(printed)):
        item = printed[at]
        row = _row(item, columns)
        if row is None and (at > start and item.group != printed[at - 1].group):
            break
        if row is None:
            row = _words(item, text)
        if row is None:
            if counts_values(item.line) and not ends_table(item, pieces(item)):
                return None
            break
        rows.append(row)
    rows = _without_what_follows(rows)
    whole = [row for row in rows if len(row.values) == len(columns.leaves)]
    if not whole or not _are_sound(rows, len(columns.leaves)) or _lacks_a_name(rows):
        return None
    if not any(_WIDE.search(item.line.text) for item in printed[start : start + len(rows)]):
        return None
    return rows, start + len(rows)


def _row(item: Printed, columns: Columns) -> _BodyRow | None:
    """The line as a row with all its values, or with those of its first columns alone."""
    count = len(columns.leaves)
    for kept in range(count, count // 2, -1):
        asked = columns if kept == count else _cut_short(columns, kept)
        row = read_row(item.line, asked)
        if row is None or (kept < count and row.words is None and row.unit is None):
            continue
        values = tuple(_placed(cell, item) for (cell,) in row.values)
        return _BodyRow(
            _apart(row.words, item) if row.words is not None else (),
            _placed(row.unit, item) if row.unit is not None else None,
            values,
            _placed(row.text, item) if row.text is not None else None,
        )
    return None


def _cut_short(columns: Columns, count: int) -> Columns:
    leaves = columns.leaves[:count]
    return replace(columns, groups=(Group(None, leaves),))


def _apart(words: Line, item: Printed) -> Row:
    """The words before the values, parted at wide gaps and before the measure of the row (利用者数（人） 実績値)."""
    place = _placed(words, item)
    parts = pieces(replace(item, line=words, indent=place.left, margin=0))
    return cells_apart(parts, lambda _, behind: find_role(behind) in _IN_TURN)


def _words(item: Printed, text: TextColumn | None) -> _BodyRow | None:
    """A line of names, or of a text that goes on, without figures of its own."""
    row = pieces(item)
    names = before_text(row, text)
    if ends_table(item, names) or len(names) > 2:
        return None
    if any(counts_values(piece.line) > _has_mark(piece) for piece in names):
        return None
    is_text = len(names) < len(row)
    if is_text and not goes_on_in_text(row, text):
        return None
    return _BodyRow(names, text=row[-1] if is_text else None)


def _has_mark(piece: Piece) -> bool:
    """１ 地域生活への移行: the number counts nothing."""
    return split_marks(piece.line.text).number is not None


def _without_what_follows(rows: Sequence[_BodyRow]) -> list[_BodyRow]:
    """The rows up to the last with values, and the short lines below it that go on with its name or text."""
    last = max((n for n, row in enumerate(rows) if row.values), default=-1)
    end = last + 1
    while 0 < end < len(rows) and all(_may_be_rest(piece) for piece in rows[end].names):
        end += 1
    return list(rows[:end])


def _may_be_rest(piece: Piece) -> bool:
    return len(piece.line.text) <= _LONGEST_REST and not heads_others(piece)


def _lacks_a_name(rows: Sequence[_BodyRow]) -> bool:
    """Is there a row that begins with its unit, neither beside the lines of its name nor counting the users of the
    one above in hours or days?"""
    for n, row in enumerate(rows):
        if row.names or row.unit is None or not row.values:
            continue
        beside = [other for other in (*rows[n - 1 : n], *rows[n + 1 : n + 2]) if other.names]
        above = rows[n - 1].unit if n else None
        is_named = any(not other.values for other in beside)
        if not is_named and (above is None or not _are_users_and_use(above, row.unit)):
            return True
    return False


def _are_users_and_use(one: Piece, other: Piece) -> bool:
    """人/月 and 人日/月: who uses a service, and how much."""
    persons = [piece.line.text.startswith("人") for piece in (one, other)]
    days = [piece.line.text.startswith("人日") for piece in (one, other)]
    return (persons[0] and not days[0]) != (persons[1] and not days[1])


def _are_sound(rows: Sequence[_BodyRow], count: int) -> bool:
    """Do the rows that lack values all lack those of the same last columns? Their places or the shares that the
    table prints of them tell."""
    lines = [row for row in rows if row.values]
    short = [n for n, row in enumerate(lines) if len(row.values) < count]
    if not short:
        return True
    if len({len(lines[n].values) for n in short}) > 1 or len(short) < _LEAST_SHORT:
        return False
    roles = [find_role(row.names[-1].line.text) if row.names else None for row in lines]
    whole = [n for n in range(len(lines)) if n not in short]
    told: set[int] = set()
    for n in short:
        planned = max((m for m in whole if m < n), default=n)
        if roles[n] is Role.RATE and n - 1 in short and planned == n - 2:
            shares = (lines[m].values for m in (n, n - 1, planned))
            told |= {n, n - 1} if are_shares(*shares) else set()
        beside = lines[min(whole, key=lambda m: abs(m - n))]
        if keeps_distances(lines[n].values, beside.values):
            told.add(n)
        elif n - 1 in told and roles[n] in (Role.RATE, Role.GAP):
            told.add(n)  # it compares as many as there are
    return told == set(short)


# -- in place ----------------------------------------------------------------------------------


def _set(columns: Columns, body: Sequence[_BodyRow], text: TextColumn | None) -> Counted | None:
    """Heads and rows with each cell in a place of its own."""
    with_values = [row for row in body if row.values]
    in_turn = all(
        row.names and find_role(row.names[-1].line.text) in _IN_TURN for row in with_values
    )
    classes: dict[int, Row] = {}
    if len(columns.labels) > 1 and not in_turn:
        told = over_their_rows([row.names for row in body])
        if told is None:
            return None
        classes, names = told
        body = [replace(row, names=own) for row, own in zip(body, names, strict=True)]
    edge = _BLANKS + max((p.right for row in body for p in _names(row, in_turn=in_turn)), default=0)
    slots = _slots(edge, columns, in_turn=in_turn)
    rows: list[Row] = []
    for n, row in enumerate(body):
        rows += [classes[n]] if n in classes else []
        cells = _cells(row, slots, columns, in_turn=in_turn)
        rows += [cells] if cells else []
    if text is not None:
        left = slots[-1][0]
        rows = with_text_below(rows, TextColumn(left, left - _BLANKS))
    class_head = _head(columns.labels[0], (0, 0)) if classes else None
    if class_head is not None:
        columns = replace(columns, labels=columns.labels[1:])
    heads = _heads_in_place(columns, body, slots, in_turn=in_turn)
    return Counted(heads, tuple(rows), 0, (), class_head, tuple(c for (c,) in classes.values()))


def _names(row: _BodyRow, *, in_turn: bool) -> Row:
    return row.names[:-1] if in_turn and row.values else row.names


def _slots(edge: int, columns: Columns, *, in_turn: bool) -> list[tuple[int, int]]:
    """The places behind the names: of the measure in turn, the unit, each value, the text."""
    beside = in_turn + (columns.unit is not None) + (columns.text is not None)
    lefts = (edge + n * (_CELL + _BLANKS) for n in range(beside + len(columns.leaves)))
    return [(left, left + _CELL) for left in lefts]


def _cells(
    row: _BodyRow, slots: Sequence[tuple[int, int]], columns: Columns, *, in_turn: bool
) -> Row:
    names = _names(row, in_turn=in_turn)
    if not row.values:
        text = (_at(row.text, slots[-1]),) if row.text is not None else ()
        return (*names, *text)
    rest = iter(slots)
    cells: list[Piece] = [*names]
    if in_turn:
        cells.append(_at(row.names[-1], next(rest)))
    if columns.unit is not None:
        place = next(rest)
        cells += [_at(row.unit, place)] if row.unit is not None else []
    cells += [_at(value, place) for value, place in zip(row.values, rest, strict=False)]
    if row.text is not None:
        cells.append(_at(row.text, slots[-1]))
    return tuple(cells)


def _at(piece: Piece, place: tuple[int, int]) -> Piece:
    return replace(piece, left=place[0], right=place[1])


def _heads_in_place(
    columns: Columns,
    body: Sequence[_BodyRow],
    slots: Sequence[tuple[int, int]],
    *,
    in_turn: bool,
) -> tuple[Row, ...]:
    """The line of heads over groups of columns, where there is one, and the line of the lowest heads."""
    names = [_names(row, in_turn=in_turn) for row in body]
    first = min(row[0].left for row in names if row)
    second = min((row[1].left for row in names if len(row) > 1), default=slots[0][0])
    top: list[Piece] = []
    low: list[Piece] = []
    if len(columns.labels) > 1 and in_turn:
        low.append(_head(columns.labels[0], (first, second - _BLANKS)))
        low.append(_head(columns.labels[1], (second, slots[0][1])))
    else:
        place = (first, slots[0][0] - _BLANKS)
        top += [_head(label, place) for label in columns.labels[:-1]]
        low.append(_head(columns.labels[-1], place))
    rest = list(slots[in_turn:])
    if columns.unit is not None:
        low.append(_head(columns.unit, rest.pop(0)))
    for group in columns.groups:
        under = [rest.pop(0) for _ in group.leaves]
        if group.over is not None:
            top.append(_head(group.over, (under[0][0], under[-1][1])))
        low += map(_head, group.leaves, under)
    if columns.text is not None:
        low.append(_head(columns.text, rest.pop(0)))
    return tuple(line for line in (tuple(top), tuple(low)) if line)


def _head(head: HeadPiece, place: tuple[int, int]) -> Piece:
    return Piece(head.lines[0], *place, more=tuple(head.lines[1:]))
