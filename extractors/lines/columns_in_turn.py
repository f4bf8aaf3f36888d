"""Slide tables, column by column: all labels first, then under each year (or measure) its values.

``項目`` / labels / ``実績`` / ``令和4年度`` / as many values as labels / ``令和5年度`` / …: each block of values is one
column, under a year and a measure (``令和４年度`` / ``実績``) or one of them; ``単位`` may stand before them, and the
head of the labels may be missing. Where the labels come first, then all heads, then all values, the values go by
rows or by columns: that is told by what they show themselves (`directions`), or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest

import regex
from keikaku.extractors.document import Grid, Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_labels import all_go_on
from keikaku.extractors.lines.directions import rows_of
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
from keikaku.normalizers.units import find_unit

_MOST_LABELS, _MOST_VALUES = 40, 200
_UNIT_BEHIND = regex.compile(r"(?P<words>[^()（）]*)[(（](?P<unit>[^()（）]+)[)）]")
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
    while at < len(printed) and (
        may_be_label(printed[at].line) or (labels and _is_unit_behind(printed[at].line))
    ):
        if labels and printed[at].group != printed[at - 1].group:
            break
        labels.append(printed[at].line)
        at += 1
    return labels, at


def _is_unit_behind(line: Line) -> bool:
    """（人） below 児童発達支援, サービス（人） below 放課後等デイ."""
    match = _UNIT_BEHIND.fullmatch(line.text)
    if match is None or find_unit(match["unit"]) is None:
        return False
    head = read_head(match["words"])
    return head.year is None and head.role in (None, Role.LABEL)


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


def find_by_signs(printed: Sequence[Printed], at: int) -> Found | None:
    """Labels behind their head, or from the first line of a group on, then all heads, then as many values as both
    call for, which show themselves whether they go by rows or by columns."""
    first = head_at(printed, at)
    corner = first.lines if first is not None and first.head.role is Role.LABEL else ()
    if not corner and at > 0 and printed[at - 1].group == printed[at].group:
        return None
    lines, body = _labels(printed, at + len(corner))
    units, body = _units_for(printed, body, lines)
    heads, start = heads_from(printed, body)
    leaves = _leaves(heads)
    if not lines or not leaves:
        return None
    values = values_from(printed, start, _MOST_VALUES, words=bool(corner))
    cells = _without_page(values.cells, len(leaves))
    count, rest = divmod(len(cells), len(leaves))
    labels = _one_a_line(lines) if len(lines) == count else cut_into(lines, count)
    if rest or not labels or len(values.groups) > 1 or (units and len(units.values) != count):
        return None
    end = values.end - (len(values.cells) - len(cells))
    table = rows_of(cells, count, [leaf.head.head.role for leaf in leaves])
    if table is None:
        return Found(None, end, _undecided(cells))
    columns = zip(*table, strict=True)
    blocks = [replace(leaf, values=c) for leaf, c in zip(leaves, columns, strict=True)]
    blocks = [units, *blocks] if units is not None else blocks
    beside = cell_of(corner) if corner else blank_cell(lines[0])
    grid = _grid(_head_rows(beside, blocks), labels, blocks, printed[at], printed[end - 1])
    return Found(grid, end)


def _units_for(
    printed: Sequence[Printed], at: int, lines: Sequence[Line]
) -> tuple[_Block | None, int]:
    """単位 and as many units as there may be names of so many lines."""
    found = (_units(printed, at, count) for count in range(len(lines), 0, -1))
    return next((told for told in found if told[0] is not None), (None, at))


def _leaves(heads: Sequence[StackedHead]) -> list[_Block]:
    """The columns that the heads are of, without their values: each of a year, a measure or both, a measure behind
    a year (令和６年度 / 見込量) of that year; none where there are not two, or two are the same."""
    leaves: list[_Block] = []
    year: StackedHead | None = None
    for head, following in zip_longest(heads, heads[1:]):
        if head.is_year and following is not None and following.is_measure:
            year = head
        elif head.is_year or head.head.role in MEASURES:
            leaves.append(_Block(year if head.is_measure else None, head, ()))
        else:
            return []
    told = {(leaf.head.head.role, _year_of(leaf)) for leaf in leaves}
    return leaves if len(leaves) > 1 and len(told) == len(leaves) else []


def _year_of(leaf: _Block) -> int | None:
    year = leaf.head.head.year or (leaf.group.head.year if leaf.group is not None else None)
    return year.year if year is not None else None


def _without_page(cells: Sequence[_Value], width: int) -> Sequence[_Value]:
    """The values without the number of the page, which stands right behind the last: alone without a unit."""
    *own, last = cells or [()]
    is_bare = bool(own) and len(cells) % width == 1 and joined(last).isdecimal()
    others = [joined(cell) for cell in own]
    return own if is_bare and not any(text.isdecimal() for text in others) else cells


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


LAYOUTS = (find_columns, find_by_signs)
