"""Slide tables, column by column: all labels first, then under each year (or measure) its values.

``項目`` / labels / ``実績`` / ``令和4年度`` / as many values as labels / ``令和5年度`` / …: each block of values is one
column, under a year and a measure (``令和４年度`` / ``実績``) or one of them; ``単位`` may stand before them, and the
head of the labels may be missing. Where the labels come first, then all years, then all values, the values go by
rows or by columns: that is told by the units that they print (回 with 回, 人 with 人), or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from keikaku.extractors.document import Grid, Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import Role
from keikaku.extractors.lines.aligned_labels import all_go_on
from keikaku.extractors.lines.labels_by_count import cut_into, is_whole
from keikaku.extractors.lines.printed import Found, Printed, blank_cell, cell_of
from keikaku.extractors.lines.stacked import (
    StackedHead,
    hangs_on,
    head_at,
    heads_from,
    may_be_label,
    uneven_notices,
    values_from,
)
from keikaku.extractors.words import is_grade, joined
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.units import find_unit

_MOST_LABELS = 40
_FEWEST_OF_ONE = 3
"""Columns that show that a table of one row is one."""
_Value = tuple[Line, ...]
_Label = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """One column: the measure that heads it and its neighbours, its own head, its values."""

    group: StackedHead | None
    head: StackedHead
    values: tuple[_Value, ...]


# -- a column after the other --------------------------------------------------------------------


def find_columns(printed: Sequence[Printed], at: int) -> Found | None:
    """A label head, its labels, then two or more columns with as many values each; or labels alone in
    the first group of lines, where every column has as many."""
    first = head_at(printed, at)
    if first is None:
        return _without_head(printed, at)
    if first.head.role not in (Role.LABEL, Role.GOAL):
        return None
    lines, body = _labels(printed, at + len(first.lines))
    found = _columns(printed, at, first.lines, _one_a_line(lines), body)
    if found is not None and found.grid is not None:
        return found
    whole = _go_on(lines)
    are_names = len(whole) < len(lines) and all(map(is_whole, whole))
    retold = _columns(printed, at, first.lines, whole, body) if are_names else None
    if retold is not None and retold.grid is not None:
        return retold
    counted = cut_into(lines, _count_below(printed, body))
    told = _columns(printed, at, first.lines, counted, body)
    return told if told is not None and told.grid is not None else found


def _count_below(printed: Sequence[Printed], body: int) -> int:
    """How many values, or units, stand under the first heads."""
    heads, start = heads_from(printed, body)
    if heads and heads[0].head.role is Role.UNIT:
        lines = takewhile(lambda item: find_unit(item.line.text), printed[start:])
        return len(list(lines))
    return len(values_from(printed, start, _MOST_LABELS, words=True).cells)


def _without_head(printed: Sequence[Printed], at: int) -> Found | None:
    lines, body = _labels(printed, at)
    if body >= len(printed) or head_at(printed, body) is None:
        return None
    if at > 0 and printed[at - 1].group == printed[at].group and not _are_whole(printed, at, lines):
        return None
    for labels in (_one_a_line(lines), _go_on(lines)):
        found = _columns(printed, at, (), labels, body)
        if found is not None and found.grid is not None and not found.notices:
            return found
    return None


def _are_whole(printed: Sequence[Printed], at: int, labels: Sequence[Line]) -> bool:
    """Each label a name by itself, and the line over them none (障害児通所支援の利用者数)."""
    above = printed[at - 1].line.text
    return all(indicators_named(label.text) for label in labels) and not indicators_named(above)


def _columns(
    printed: Sequence[Printed],
    at: int,
    corner: tuple[Line, ...],
    labels: Sequence[_Label],
    body: int,
) -> Found | None:
    """The columns behind the labels; without a grid, but with notices, where they are not even."""
    if not labels or (len(labels) < 2 and not corner):
        return None
    units, body = _units(printed, body, len(labels))
    blocks, end, notices = _blocks(printed, body, len(labels))
    if len(blocks) < (2 if len(labels) > 1 else _FEWEST_OF_ONE):
        return Found(None, end, notices) if blocks and notices else None
    if units is not None:
        blocks.insert(0, units)
    elif len({joined(label) for label in labels}) < len(labels):
        return None
    beside = cell_of(corner) if corner else blank_cell(labels[0][0])
    return Found(
        _grid(_head_rows(beside, blocks), labels, blocks, printed[at], printed[end - 1]),
        end,
        notices,
    )


def _one_a_line(lines: Sequence[Line]) -> list[_Label]:
    return [(line,) for line in lines]


def _go_on(lines: Sequence[Line]) -> list[_Label]:
    """The labels, those together that are broken over lines: 自立訓練 over （機能訓練）."""
    labels: list[_Label] = []
    for line in lines:
        if labels and (hangs_on(line.text) or all_go_on([labels[-1][-1], line])):
            labels[-1] = (*labels[-1], line)
        else:
            labels.append((line,))
    return labels


def _units(printed: Sequence[Printed], at: int, count: int) -> tuple[_Block | None, int]:
    """The column of units, one for each label, and where it ends."""
    head = head_at(printed, at) if at < len(printed) else None
    if head is None or head.head.role is not Role.UNIT:
        return None, at
    start = at + len(head.lines)
    lines = [item.line for item in printed[start : start + count]]
    if len(lines) < count or any(find_unit(line.text) is None for line in lines):
        return None, at
    return _Block(None, head, tuple((line,) for line in lines)), start + count


def _labels(printed: Sequence[Printed], at: int) -> tuple[list[Line], int]:
    """Labels a line each; they share one group, so that no title is taken for one."""
    labels: list[Line] = []
    while at < len(printed) and may_be_label(printed[at].line):
        if labels and printed[at].group != printed[at - 1].group:
            break
        labels.append(printed[at].line)
        at += 1
    return labels, at


def _blocks(
    printed: Sequence[Printed], at: int, count: int
) -> tuple[list[_Block], int, tuple[Notice, ...]]:
    blocks: list[_Block] = []
    group: StackedHead | None = None
    over, at = _heads_in_turn(printed, at)
    end = at
    while (head := head_at(printed, at) if at < len(printed) else None) is not None:
        at += len(head.lines)
        following = head_at(printed, at) if at < len(printed) else None
        if (head.is_measure or head.is_year) and following is not None:
            group = head
            continue
        is_graded = head.head.role is Role.EVALUATION and _is_over_grades(printed, at)
        if not (head.is_measure or head.head.year is not None or is_graded):
            break
        if group is not None and (group.is_year, group.is_measure) == (
            head.is_year,
            head.is_measure,
        ):
            group = None
        values = values_from(printed, at, count + 3, words=True)
        if len(values.cells) != count:
            return blocks, end, uneven_notices(values.cells, count)
        blocks.append(_Block(group, head, values.cells))
        at = end = values.end
    return (_under_each(over, blocks) if over else blocks), end, ()


def _is_over_grades(printed: Sequence[Printed], at: int) -> bool:
    """評価 over ○ / △: a column of grades, and no box of prose."""
    return is_grade(printed[at].line.text) if at < len(printed) else False


def _heads_in_turn(printed: Sequence[Printed], at: int) -> tuple[list[StackedHead], int]:
    """令和３年度 / 令和４年度 / 令和５年度 before 計画: two heads or more of a kind, each of them over as many of the
    columns below."""
    heads: list[StackedHead] = []
    start = at
    while (head := head_at(printed, at) if at < len(printed) else None) is not None:
        if not _is_year_alone(head) or (heads and not _comes_after(head, heads[-1])):
            break
        heads.append(head)
        at += len(head.lines)
    is_over = len(heads) > 1 and head is not None and head.is_measure and head.head.year is None
    return (heads, at) if is_over else ([], start)


def _is_year_alone(head: StackedHead) -> bool:
    return head.is_year and head.head.year is not None


def _comes_after(head: StackedHead, before: StackedHead) -> bool:
    one, other = before.head.year, head.head.year
    return one is not None and other is not None and one.year < other.year


def _under_each(over: Sequence[StackedHead], blocks: Sequence[_Block]) -> list[_Block]:
    """The columns under their years, where the same measures come again under each; else none."""
    width, rest = divmod(len(blocks), len(over))
    roles = [block.head.head.role for block in blocks]
    is_even = not rest and width > 0 and len(set(roles[:width])) == width
    if not is_even or roles != roles[:width] * len(over):
        return []
    if any(block.group is not None or block.head.head.year is not None for block in blocks):
        return []
    return [replace(block, group=over[n // width]) for n, block in enumerate(blocks)]


def _head_rows(corner: PrintedCell, blocks: Sequence[_Block]) -> list[list[PrintedCell]]:
    leaves = [cell_of(block.head.lines) for block in blocks]
    if all(block.group is None for block in blocks):
        return [[corner, *leaves]]
    over: list[PrintedCell] = []
    at = 0
    while at < len(blocks):
        group, width = blocks[at].group, 1
        while at + width < len(blocks) and blocks[at + width].group is group:
            width += 1
        beside = blocks[at].head.lines[0]
        over.append(cell_of(group.lines, 1, width) if group else blank_cell(beside))
        at += width
    return [[replace(corner, row_span=2), *over], leaves]


def _grid(
    head_rows: Sequence[Sequence[PrintedCell]],
    labels: Sequence[_Label],
    blocks: Sequence[_Block],
    first: Printed,
    last: Printed,
) -> Grid:
    rows = [
        [cell_of(label), *(cell_of(block.values[n]) for block in blocks)]
        for n, label in enumerate(labels)
    ]
    span = Span(first.line.span.char_start, last.line.span.char_end)
    return lay_out([*head_rows, *rows], "stacked_columns", span)


# -- labels, then years, then values ---------------------------------------------------------------


def find_by_units(printed: Sequence[Printed], at: int) -> Found | None:
    """Labels from the first line of a group on, then years, then as many values as both call for."""
    if at > 0 and printed[at - 1].group == printed[at].group:
        return None
    labels, body = _labels(printed, at)
    heads, start = heads_from(printed, body)
    if not labels or len(heads) < 2 or not all(head.is_year for head in heads):
        return None
    if len({head.head.year.year for head in heads if head.head.year}) < len(heads):
        return None
    count = len(labels) * len(heads)
    values = values_from(printed, start, count + 3)
    if len(values.cells) != count or len(values.groups) > 1:
        return None
    columns = _by_columns(values.cells, len(labels), len(heads))
    if columns is None:
        return Found(None, values.end, _undecided(values.cells))
    blocks = [_Block(None, head, column) for head, column in zip(heads, columns, strict=True)]
    head_rows = _head_rows(blank_cell(labels[0]), blocks)
    named = _one_a_line(labels)
    grid = _grid(head_rows, named, blocks, printed[at], printed[values.end - 1])
    return Found(grid, values.end)


def _by_columns(
    values: Sequence[_Value], labels: int, years: int
) -> list[tuple[_Value, ...]] | None:
    """The values of each year, where their units or the numbers of rows and columns tell the order."""
    by_rows = [tuple(values[row * years + n] for row in range(labels)) for n in range(years)]
    by_columns = [tuple(values[n * labels : (n + 1) * labels]) for n in range(years)]
    if labels == 1:
        return by_rows
    units = [_unit(value) for value in values]
    if None in units:
        return None
    fits_rows = all(len(set(units[n * years : (n + 1) * years])) == 1 for n in range(labels))
    fits_columns = all(len(set(units[n::labels])) == 1 for n in range(labels))
    if fits_rows == fits_columns:
        return None
    return by_rows if fits_rows else by_columns


def _unit(value: _Value) -> str | None:
    """The one unit that a value prints, else None."""
    try:
        units = {read.unit for read in parse_cell(joined(value))}
    except UnreadText:
        return None
    return units.pop() if len(units) == 1 else None


def _undecided(values: Sequence[_Value]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "undecided_order",
            "warning",
            f"nothing says whether 「{joined(value)}」 and its neighbours go by rows or by columns",
            value[0].span,
        )
        for value in values
    )


LAYOUTS = (find_columns, find_by_units)
