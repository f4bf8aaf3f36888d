"""Tables of e-book texts in which the label comes after its values: the page was read from the right.

``目標(R2) H30実績 R元実績 R2実績 項目`` over ``16人 2人 5人 9人 地域生活移行者数``: the label's head is the last of
its line, and so is the label. Under ``R3 R4 R5 実績 単位 サービス`` a unit stands before the label
(``20 23 22 人 居宅介護``), and 実績 is the measure of all the years where each row has a value a year. Only
rows with as many values as there are heads are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Grid, Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Head, Role
from keikaku.extractors.lines.head_lines import head_pieces
from keikaku.extractors.lines.printed import Found, Printed, cell_of, merge_pieces, tokens_of
from keikaku.extractors.lines.stacked import is_value, may_be_label, uneven_notices
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import search_fiscal_years
from keikaku.normalizers.units import find_unit

_Pieces = Sequence[tuple[Head, Line]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """The heads of a table: over the values, over all of them at once, over the rows' names."""

    values: tuple[Line, ...]
    names: tuple[Line, ...]
    """The label's head first, then the unit's if there is one."""
    over_all: Line | None = None

    @property
    def has_unit(self) -> bool:
        return len(self.names) > 1


@dataclass(frozen=True, slots=True)
class _Row:
    values: tuple[Line, ...]
    names: tuple[Line, ...]


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose line of heads, the label's last, is the line at `at`."""
    pieces = head_pieces(printed[at].line)
    if len(pieces) < 2 or pieces[-1][0].role is not Role.LABEL:
        return None
    if len(pieces) == 2:
        return _one_measure(printed, at, pieces)
    has_unit = pieces[-2][0].role is Role.UNIT
    first = _row(printed[at + 1].line, has_unit=has_unit) if at + 1 < len(printed) else None
    shape = _shape(pieces, has_unit, len(first.values)) if first is not None else None
    return _table(printed, at, shape) if shape is not None else None


LAYOUTS = (find_table,)


def _one_measure(printed: Sequence[Printed], at: int, pieces: _Pieces) -> Found | None:
    """``目標 項目`` over ``9人以上 移行する人``, ``設置 センター``: two rows or more of one value, or one word for how
    things stand, and a name. The head, or the line over it, tells the year: further up it may be another's."""
    above = printed[at - 1] if at else None
    if pieces[0][0].role not in MEASURES or above is None or above.group != printed[at].group:
        return None
    if not search_fiscal_years(above.line.text + pieces[0][1].text):
        return None
    rows: list[_Row] = []
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        row = _row(printed[end].line, has_unit=False) or _status_row(printed[end].line, 1)
        if row is None or len(row.values) != 1:
            return None
        rows.append(row)
        end += 1
    if len(rows) < 2:
        return None
    shape = _Shape((pieces[0][1],), (pieces[1][1],))
    return Found(_grid(shape, rows, printed[at:end]), end)


def _holds_value(name: Line) -> bool:
    """Two rows on one line: センター 年1回以上 運用状況の検証."""
    return any(is_value_like(token.text) for token in tokens_of(name))


def _status_row(line: Line, count: int) -> _Row | None:
    """設置 設置 未設置 協議の場: as many figures, or words for how things stand, as there are heads, and a name."""
    tokens = tokens_of(line)
    values = tuple(tokens[:count])
    if len(tokens) <= count or not all(is_value(value.text, words=True) for value in values):
        return None
    label = merge_pieces(tokens[count:], line)
    is_name = may_be_label(label) and not _holds_value(label)
    return _Row(values, (label,)) if is_name else None


def _table(printed: Sequence[Printed], at: int, shape: _Shape) -> Found | None:
    rows: list[_Row] = []
    end = at + 1
    while end < len(printed):
        row = _row(printed[end].line, has_unit=shape.has_unit)
        if row is None and not shape.has_unit:
            row = _status_row(printed[end].line, len(shape.values))
        if row is None:
            break
        if len(row.values) != len(shape.values):
            notices = uneven_notices([[value] for value in row.values], len(shape.values))
            return Found(_grid(shape, rows, printed[at:end]), end, notices) if rows else None
        rows.append(row)
        end += 1
    if _end_alike(rows):
        return None
    return Found(_grid(shape, rows, printed[at:end]), end) if rows else None


def _end_alike(rows: Sequence[_Row]) -> bool:
    """Do all names go on in the same word behind a blank? It is of a further column, without a head."""
    words = [row.names[0].text.split() for row in rows]
    return len(rows) > 2 and all(len(w) > 1 for w in words) and len({w[-1] for w in words}) == 1


# -- heads -------------------------------------------------------------------------------------


def _shape(pieces: _Pieces, has_unit: bool, values: int) -> _Shape | None:
    """The heads for rows of so many values."""
    count = len(pieces) - 1 - has_unit
    names = tuple(line for _, line in reversed(pieces[count:]))
    heads, lines = [head for head, _ in pieces[:count]], [line for _, line in pieces[:count]]
    if len(heads) < 2 or not all(map(_heads_values, heads)):
        return None
    if values == count - 1 and (over := _measure_of_all(heads)) is not None:
        return _Shape((*lines[:over], *lines[over + 1 :]), names, lines[over])
    return _Shape(tuple(lines), names)


def _heads_values(head: Head) -> bool:
    return head.role in MEASURES or (head.role is None and head.year is not None)


def _measure_of_all(heads: Sequence[Head]) -> int | None:
    """The place of 実績 or 見込量 before or behind nothing but years; a target may have lost its
    column."""
    at = next((n for n in (len(heads) - 1, 0) if heads[n].role is not None), None)
    if at is None or heads[at].year is not None:
        return None
    years = [head for n, head in enumerate(heads) if n != at]
    is_of_years = heads[at].role in (Role.ACTUAL, Role.PROJECTED)
    return at if is_of_years and all(head.role is None for head in years) else None


# -- rows --------------------------------------------------------------------------------------


def _row(line: Line, *, has_unit: bool) -> _Row | None:
    """Values, perhaps a unit, then the words of one label."""
    tokens = tokens_of(line)
    count = next((n for n, token in enumerate(tokens) if not is_value_like(token.text)), 0)
    if count < 1 or "。" in line.text:
        return None
    named = tokens[count + has_unit :]
    if not named or (has_unit and find_unit(tokens[count].text) is None):
        return None
    label = merge_pieces(named, line)
    units = (tokens[count],) if has_unit else ()
    if _holds_value(label):
        return None
    return _Row(tuple(tokens[:count]), (label, *units)) if may_be_label(label) else None


def _grid(shape: _Shape, rows: Sequence[_Row], printed: Sequence[Printed]) -> Grid:
    """The label's column first, as every other table has it."""
    body = [[cell_of([line]) for line in (*row.names, *row.values)] for row in rows]
    span = Span(printed[0].line.span.char_start, printed[-1].line.span.char_end)
    return lay_out([*_head_rows(shape), *body], "labels_last", span)


def _head_rows(shape: _Shape) -> list[list[PrintedCell]]:
    values = [cell_of([line]) for line in shape.values]
    if shape.over_all is None:
        return [[*(cell_of([line]) for line in shape.names), *values]]
    names = [cell_of([line], 2, 1) for line in shape.names]
    return [[*names, cell_of([shape.over_all], 1, len(values))], values]
