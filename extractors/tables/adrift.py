"""Heads adrift: head rows of which nobody can say over which columns they stand.

Text that lost its blank cells prints 実績 and 見込量 side by side over six years, or begins the line
of years over the labels. What such heads say of a column is a guess, and a guess is no reading: the
columns under them are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from keikaku.extractors.document import Cell
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.lost_cells import find_short_lines
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import joined
from keikaku.normalizers.cells import is_value_like

_VOLUMES = frozenset((Role.PROJECTED, Role.ACTUAL, Role.TARGET))
_LAID_OUT = frozenset(("aligned", "lines"))
_NAMES_OF_ROWS = frozenset((Role.LABEL, Role.UNIT))


def find_first_adrift(slots: Slots, first: int, end: int) -> int | None:
    """The first column whose heads, in the rows from `first` up to `end`, may belong to another;
    None where all stand firm."""
    found = [_years_over_labels(slots, first, end)]
    found += [_groups_without_width(slots, row, end) for row in range(first, end - 1)]
    rules = (
        _years_over_some,
        _measures_over_some,
        _measures_twice,
        _measures_in_turn,
        _measures_without_years,
        _years_without_measures,
        _headless_beside_years,
        _years_over_some_measures,
        _label_over_figures,
        _last_without_head,
        _below_a_short_line,
    )
    found += [rule(slots, first, end) for rule in rules]
    return min((column for column in found if column is not None), default=None)


def _years_over_labels(slots: Slots, first: int, end: int) -> int | None:
    """0 where a year stands under サービス名 or 単位, and no head over the last column."""
    last = slots.column_count - 1
    if any(_printed(slots, row, last) is not None for row in range(first, end)):
        return None
    for column in range(last):
        heads = [cell for row in range(first, end) if (cell := _printed(slots, row, column))]
        for above, below in pairwise(heads):
            names_rows = slots.head(above).role in _NAMES_OF_ROWS
            if names_rows and above is not below and slots.head(below).year is not None:
                return 0
    return None


def _groups_without_width(slots: Slots, row: int, end: int) -> int | None:
    """The second of two measures side by side in a line that ends two or more years too early."""
    inked = slots.inked(row)
    if len(inked) < 2 or inked[-1].column_span > 1 or inked[-2].column_span > 1:
        return None
    left, right = inked[-2], inked[-1]
    roles = [slots.head(cell).role for cell in (left, right)]
    if right.column != left.column + 1 or any(role not in MEASURES for role in roles):
        return None
    beyond = range(right.column + 1, slots.column_count)
    is_cut_short = len(beyond) > 1 and all(slots.rows[row][column] is None for column in beyond)
    if not is_cut_short or not all(_year_below(slots, row, column, end) for column in beyond):
        return None
    return left.column


def _years_over_some(slots: Slots, first: int, end: int) -> int | None:
    """The first 実績 of several where some stand under a year and others under none."""
    under: dict[str, list[tuple[int, bool]]] = {}
    for column in range(slots.column_count):
        heads = [cell for row in range(first, end) if (cell := _printed(slots, row, column))]
        if heads and slots.head(heads[-1]).role in MEASURES:
            has_year = any(_is_under_year(slots, row, column) for row in range(first, end))
            under.setdefault(joined(heads[-1].lines), []).append((column, has_year))
    parted = [some for some in under.values() if len({has_year for _, has_year in some}) > 1]
    return min((column for some in parted for column, _ in some), default=None)


def _is_under_year(slots: Slots, row: int, column: int) -> bool:
    """Is the head in this place, or the one left of it where it is blank, a year?"""
    left = (_printed(slots, row, n) for n in range(column, -1, -1))
    nearest = next((cell for cell in left if cell is not None), None)
    return nearest is not None and slots.head(nearest).year is not None


def _measures_over_some(slots: Slots, first: int, end: int) -> int | None:
    """The first column under a year that lacks its 見込 or 実績 in a line of them."""
    last = end - 1
    if last <= first:
        return None
    leaves = [_printed(slots, last, column) for column in range(slots.column_count)]
    named = [n for n, cell in enumerate(leaves) if cell and slots.head(cell).role in _VOLUMES]
    if len(named) < 2:
        return None
    for column in range(named[0] + 1, slots.column_count):
        heads = [slots.head(c) for row in range(first, end) if (c := _printed(slots, row, column))]
        under_year = column < named[-1] or any(head.year is not None for head in heads)
        if leaves[column] is None and under_year and all(head.role is None for head in heads):
            return named[0]
    return None


def _groups_of_years(
    slots: Slots, first: int, end: int
) -> Iterator[tuple[int, list[tuple[Role, str]]]]:
    """The first column of each year over the lowest heads, and the measures among those under it: a
    blank place belongs to the year left of it."""
    last = end - 1
    for row in range(first, last):
        inked = slots.inked(row)
        ends = [*(cell.column for cell in inked[1:]), slots.column_count]
        for cell, beyond in zip(inked, ends, strict=True):
            if slots.head(cell).year is None:
                continue
            leaves = (_printed(slots, last, column) for column in range(cell.column, beyond))
            heads = [(slots.head(leaf).role, joined(leaf.lines)) for leaf in leaves if leaf]
            yield (
                cell.column,
                [(role, words) for role, words in heads if role is not None and role in MEASURES],
            )


def _measures_twice(slots: Slots, first: int, end: int) -> int | None:
    """The first column of a year under which 実績 or 差 stands twice: a year beside it is lost, or
    stands over columns that are not its own."""
    groups = list(_groups_of_years(slots, first, end))
    if any(len(named) != len({words for _, words in named}) for _, named in groups):
        return min(column for column, _ in groups)
    return None


def _measures_in_turn(slots: Slots, first: int, end: int) -> int | None:
    """The first column of a year where 見込 stands before 実績 under one year and behind it under
    another: a year stands over columns that are not its own."""
    groups = list(_groups_of_years(slots, first, end))
    volumes = [[role for role, _ in named if role in _VOLUMES] for _, named in groups]
    seen = {(a, b) for roles in volumes for a, b in pairwise(roles) if a is not b}
    alone = {roles[0] for roles in volumes if len(roles) == 1} - {Role.ACTUAL}
    if any((b, a) in seen or b in alone for a, b in seen):
        return min(column for column, _ in groups)
    return None


def _years_over_some_measures(slots: Slots, first: int, end: int) -> int | None:
    """The first measure of a line over a line of years, in lines laid out by place, where one of them
    has no year below it: a year is lost, and those behind it moved up."""
    if slots.grid.origin not in _LAID_OUT or end - first < 2:
        return None
    measured = [n for n in range(slots.column_count) if _is_volume(slots, n, first, end - 1)]
    lower = [_printed(slots, end - 1, column) for column in measured]
    dated = sum(cell is not None and slots.head(cell).year is not None for cell in lower)
    return measured[0] if dated >= 2 and None in lower else None


def _is_volume(slots: Slots, column: int, first: int, end: int) -> bool:
    heads = [slots.head(c) for row in range(first, end) if (c := _printed(slots, row, column))]
    return any(head.role in _VOLUMES or head.role is Role.BASELINE for head in heads)


def _label_over_figures(slots: Slots, first: int, end: int) -> int | None:
    """The first column of figures under サービス名, in lines laid out by place: a head is lost there."""
    if slots.grid.origin not in _LAID_OUT:
        return None
    for row in range(first, end):
        for cell in slots.inked(row):
            over = range(cell.column + 1, cell.column + cell.column_span)
            if slots.head(cell).role is not Role.LABEL:
                continue
            for column in over:
                under = slots.printed_below(column, end)
                if under and all(is_value_like(figure.text) for figure in under):
                    return column
    return None


def _measures_without_years(slots: Slots, first: int, end: int) -> int | None:
    """The first measure of a lone line of heads in which 見込 stands twice: the years over them are lost."""
    if end - first != 1:
        return None
    heads = [slots.head(cell) for cell in slots.inked(first)]
    if any(head.year is not None for head in heads):
        return None
    volumes = [
        (joined(cell.lines), cell.column)
        for cell in slots.inked(first)
        if slots.head(cell).role in _VOLUMES
    ]
    words = [word for word, _ in volumes]
    return volumes[0][1] if len(words) != len(set(words)) else None


def _years_without_measures(slots: Slots, first: int, end: int) -> int | None:
    """The first year of a line in which one stands over two columns of figures with nothing that tells
    them apart: the line of 計画 and 実績 over or below them is lost."""
    found: dict[int, list[int]] = {}
    for column in range(slots.column_count):
        cells = [cell for row in range(first, end) if (cell := _printed(slots, row, column))]
        head = slots.head(cells[0]) if len(cells) == 1 else None
        if head is None or head.year is None or head.role is not None:
            continue
        if cells[0].column == column or _holds_figures(slots, column, end):
            found.setdefault(head.year.year, []).append(column)
    is_twice = any(len(columns) > 1 for columns in found.values())
    return min(column for columns in found.values() for column in columns) if is_twice else None


def _holds_figures(slots: Slots, column: int, end: int) -> bool:
    under = slots.printed_below(column, end)
    return 2 * sum(is_value_like(cell.text) for cell in under) > len(under)


def _printed_last(slots: Slots, column: int, first: int, end: int) -> Cell | None:
    cells = [_printed(slots, row, column) for row in range(first, end)]
    return next((cell for cell in reversed(cells) if cell is not None), None)


def _headless_beside_years(slots: Slots, first: int, end: int) -> int | None:
    """The first year of several where a column of figures right of one has no head at all: a year or
    the line of 見込 and 実績 is lost, and which figures are whose is not told."""
    years = [
        column
        for column in range(slots.column_count)
        if (cell := _printed_last(slots, column, first, end)) is not None
        and slots.head(cell).year is not None
    ]
    for column in range(1, slots.column_count):
        if column - 1 not in years or _printed_last(slots, column, first, end) is not None:
            continue
        under = slots.printed_below(column, end)
        figures = [cell for cell in under if is_value_like(cell.text)]
        beside = slots.printed_below(column - 1, end)
        if figures and len(figures) * 2 >= max(len(under), len(beside)):
            return years[0]
    return None


def _last_without_head(slots: Slots, first: int, end: int) -> int | None:
    """In lines that were laid out by their order or place, the first column of figures where the
    last one has no head: whose head is lost is not told."""
    last = slots.column_count - 1
    if slots.grid.origin not in _LAID_OUT or any(
        _printed(slots, row, last) is not None for row in range(first, end)
    ):
        return None
    under = slots.printed_below(last, end)
    if not any(is_value_like(cell.text) for cell in under):
        return None
    figures = (column for column in range(last) if _names_figures(slots, column, first, end))
    return next(figures, None)


def _below_a_short_line(slots: Slots, first: int, end: int) -> int | None:
    """The first column with a head in a line that lost a cell."""
    short = find_short_lines(slots.grid) & set(range(first, end))
    return min((cell.column for row in short for cell in slots.inked(row)), default=None)


def _names_figures(slots: Slots, column: int, first: int, end: int) -> bool:
    heads = [slots.head(c) for row in range(first, end) if (c := _printed(slots, row, column))]
    return any(head.year is not None or head.role in MEASURES for head in heads)


def _year_below(slots: Slots, row: int, column: int, end: int) -> bool:
    cells = [_printed(slots, below, column) for below in range(row + 1, end)]
    return any(cell is not None and slots.head(cell).year is not None for cell in cells)


def _printed(slots: Slots, row: int, column: int) -> Cell | None:
    cell = slots.rows[row][column]
    return cell if cell is not None and cell.lines else None
