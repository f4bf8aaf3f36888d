"""Heads adrift: head rows of which nobody can say over which columns they stand.

Text that lost its blank cells prints 実績 and 見込量 side by side over six years, or begins the line
of years over the labels. What such heads say of a column is a guess, and a guess is no reading: the
columns under them are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex
from keikaku.extractors.document import Cell
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.lost_cells import find_short_lines
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.quickly_made import quickly_made

_VOLUMES = frozenset((Role.PROJECTED, Role.ACTUAL, Role.TARGET))
_LAID_OUT = frozenset(("aligned", "lines"))
_NAMES_OF_ROWS = frozenset((Role.LABEL, Role.UNIT))


@quickly_made
@dataclass(frozen=True, slots=True)
class _HeadRows:
    """The head rows of a table: those from `first` up to `end`."""

    slots: Slots
    first: int
    end: int
    over: Sequence[Sequence[Cell]]
    """The printed cells over each column, from the top; a cell of several rows once for each."""
    lowest: Sequence[Cell | None]
    """What the last head row prints in each column."""


def find_first_adrift(slots: Slots, first: int, end: int) -> int | None:
    """The first column whose heads, in the rows from `first` up to `end`, may belong to another;
    None where all stand firm."""
    heads = _gathered(slots, first, end)
    found = [_groups_without_width(slots, row, end) for row in range(first, end - 1)]
    rules = (
        _years_over_labels,
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
        _figures_over_names,
    )
    found += [rule(heads) for rule in rules]
    return min((column for column in found if column is not None), default=None)


def _gathered(slots: Slots, first: int, end: int) -> _HeadRows:
    printed = [[_if_printed(cell) for cell in slots.rows[row]] for row in range(first, end)]
    over = [[cell for cell in column if cell is not None] for column in zip(*printed, strict=True)]
    return _HeadRows(slots, first, end, over, printed[-1])


def _years_over_labels(heads: _HeadRows) -> int | None:
    """0 where a year stands under サービス名 or 単位, and no head over the last column."""
    slots = heads.slots
    if heads.over[-1]:
        return None
    for cells in heads.over:
        for above, below in pairwise(cells):
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


_HEAD_OF_FIGURES = regex.compile(
    r"(?:[RHＲＨ]|令和|平成)[\s　]*[0-9０-９元].*(?:計画|実績|見込み?|目標)[値量数]?"
)


def _figures_over_names(heads: _HeadRows) -> int | None:
    """0 where H30注）計画, which is not understood but heads figures, stands over the names: a column is missing."""
    if heads.slots.grid.origin not in _LAID_OUT or not heads.over:
        return None
    alone = [cell for cell in heads.over[0] if not heads.slots.head(cell).says_something]
    return 0 if any(_HEAD_OF_FIGURES.fullmatch(joined(cell.lines)) for cell in alone) else None


def _years_over_some(heads: _HeadRows) -> int | None:
    """The first 実績 of several where some stand under a year and others under none."""
    slots, rows = heads.slots, range(heads.first, heads.end)
    under: dict[str, list[tuple[int, bool]]] = {}
    for column, cells in enumerate(heads.over):
        if cells and slots.head(cells[-1]).role in MEASURES:
            has_year = any(_is_under_year(slots, row, column) for row in rows)
            under.setdefault(joined(cells[-1].lines), []).append((column, has_year))
    parted = [some for some in under.values() if len({has_year for _, has_year in some}) > 1]
    return min((column for some in parted for column, _ in some), default=None)


def _is_under_year(slots: Slots, row: int, column: int) -> bool:
    """Is the head in this place, or the one left of it where it is blank, a year?"""
    left = reversed(slots.rows[row][: column + 1])
    nearest = next((cell for cell in left if cell is not None and cell.lines), None)
    return nearest is not None and slots.head(nearest).year is not None


def _measures_over_some(heads: _HeadRows) -> int | None:
    """The first column under a year that lacks its 見込 or 実績 in a line of them."""
    slots, lowest = heads.slots, heads.lowest
    if heads.end - heads.first < 2:
        return None
    named = [n for n, cell in enumerate(lowest) if cell and slots.head(cell).role in _VOLUMES]
    if len(named) < 2:
        return None
    for column in range(named[0] + 1, slots.column_count):
        if lowest[column] is not None:
            continue
        said = [slots.head(cell) for cell in heads.over[column]]
        under_year = column < named[-1] or any(head.year is not None for head in said)
        if under_year and all(head.role is None for head in said):
            return named[0]
    return None


def _groups_of_years(heads: _HeadRows) -> Iterator[tuple[int, list[tuple[Role, str]]]]:
    """The first column of each year over the lowest heads, and the measures among those under it, apart for
    each name between them (利用者数, 利用日数): a blank place belongs to the year left of it."""
    slots = heads.slots
    for row in range(heads.first, heads.end - 1):
        inked = slots.inked(row)
        ends = [*(cell.column for cell in inked[1:]), slots.column_count]
        for cell, beyond in zip(inked, ends, strict=True):
            if slots.head(cell).year is None:
                continue
            named: dict[tuple[str, ...], list[tuple[Role, str]]] = {}
            for column, leaf in enumerate(heads.lowest[cell.column : beyond], cell.column):
                role = slots.head(leaf).role if leaf is not None else None
                if leaf is not None and role is not None and role in MEASURES:
                    between = _names_between(heads, row, column)
                    named.setdefault(between, []).append((role, joined(leaf.lines)))
            yield from ((cell.column, said) for said in named.values() or [[]])


def _names_between(heads: _HeadRows, row: int, column: int) -> tuple[str, ...]:
    """The words between a year and the lowest heads that are neither year nor measure."""
    cells = [heads.slots.rows[between][column] for between in range(row + 1, heads.end - 1)]
    return tuple(
        joined(cell.lines)
        for cell in cells
        if cell is not None and cell.lines and not heads.slots.head(cell).says_something
    )


def _measures_twice(heads: _HeadRows) -> int | None:
    """The first column of a year under which 実績 or 差 stands twice: a year beside it is lost, or
    stands over columns that are not its own."""
    groups = list(_groups_of_years(heads))
    if any(len(named) != len({words for _, words in named}) for _, named in groups):
        return min(column for column, _ in groups)
    return None


def _measures_in_turn(heads: _HeadRows) -> int | None:
    """The first column of a year where 見込 stands before 実績 under one year and behind it under
    another: a year stands over columns that are not its own."""
    groups = list(_groups_of_years(heads))
    volumes = [[role for role, _ in named if role in _VOLUMES] for _, named in groups]
    seen = {(a, b) for roles in volumes for a, b in pairwise(roles) if a is not b}
    alone = {roles[0] for roles in volumes if len(roles) == 1} - {Role.ACTUAL}
    if any((b, a) in seen or b in alone for a, b in seen):
        return min(column for column, _ in groups)
    return None


def _years_over_some_measures(heads: _HeadRows) -> int | None:
    """The first measure of a line over a line of years, in lines laid out by place, where one of them
    has no year below it: a year is lost, and those behind it moved up."""
    slots = heads.slots
    if slots.grid.origin not in _LAID_OUT or heads.end - heads.first < 2:
        return None
    upper = _gathered(slots, heads.first, heads.end - 1)
    measured = [n for n, cells in enumerate(upper.over) if _holds_volume(slots, cells)]
    lower = [heads.lowest[column] for column in measured]
    dated = sum(cell is not None and slots.head(cell).year is not None for cell in lower)
    return measured[0] if dated >= 2 and None in lower else None


def _holds_volume(slots: Slots, cells: Sequence[Cell]) -> bool:
    roles = [slots.head(cell).role for cell in cells]
    return any(role in _VOLUMES or role is Role.BASELINE for role in roles)


def _label_over_figures(heads: _HeadRows) -> int | None:
    """The first column of figures under サービス名, in lines laid out by place: a head is lost there."""
    slots, end = heads.slots, heads.end
    if slots.grid.origin not in _LAID_OUT:
        return None
    for row in range(heads.first, end):
        for cell in slots.inked(row):
            over = range(cell.column + 1, cell.column + cell.column_span)
            if slots.head(cell).role is not Role.LABEL:
                continue
            for column in over:
                under = slots.printed_below(column, end)
                if under and all(is_value_like(figure.text) for figure in under):
                    return column
    return None


def _measures_without_years(heads: _HeadRows) -> int | None:
    """The first measure of a line of heads in which 見込 stands twice, with nothing over either: the years
    over them are lost."""
    slots = heads.slots
    columns: dict[str, list[int]] = {}
    for column, cells in enumerate(heads.over):
        if len(cells) != 1 or cells[0].column != column:
            continue
        head = slots.head(cells[0])
        if head.role in _VOLUMES and head.year is None:
            columns.setdefault(joined(cells[0].lines), []).append(column)
    is_twice = any(len(found) > 1 for found in columns.values())
    if not is_twice or _has_years(heads):
        return None
    return min(column for found in columns.values() for column in found)


def _has_years(heads: _HeadRows) -> bool:
    slots = heads.slots
    inked = (cell for row in range(heads.first, heads.end) for cell in slots.inked(row))
    return any(slots.head(cell).year is not None for cell in inked)


def _years_without_measures(heads: _HeadRows) -> int | None:
    """The first year of a line in which one stands over two columns of figures with nothing that tells
    them apart: the line of 計画 and 実績 over or below them is lost."""
    slots = heads.slots
    found: dict[int, list[int]] = {}
    for column, cells in enumerate(heads.over):
        head = slots.head(cells[0]) if len(cells) == 1 else None
        if head is None or head.year is None or head.role is not None:
            continue
        if cells[0].column == column or _holds_figures(slots, column, heads.end):
            found.setdefault(head.year.year, []).append(column)
    is_twice = any(len(columns) > 1 for columns in found.values())
    return min(column for columns in found.values() for column in columns) if is_twice else None


def _holds_figures(slots: Slots, column: int, end: int) -> bool:
    under = slots.printed_below(column, end)
    return 2 * sum(is_value_like(cell.text) for cell in under) > len(under)


def _headless_beside_years(heads: _HeadRows) -> int | None:
    """The first year of several where a column of figures right of one has no head at all: a year or
    the line of 見込 and 実績 is lost, and which figures are whose is not told."""
    slots, over = heads.slots, heads.over
    years = [n for n, cells in enumerate(over) if cells and slots.head(cells[-1]).year is not None]
    for year in years:
        if year + 1 == len(over) or over[year + 1]:
            continue
        under = slots.printed_below(year + 1, heads.end)
        figures = [cell for cell in under if is_value_like(cell.text)]
        beside = slots.printed_below(year, heads.end)
        if figures and len(figures) * 2 >= max(len(under), len(beside)):
            return years[0]
    return None


def _last_without_head(heads: _HeadRows) -> int | None:
    """In lines that were laid out by their order or place, the first column of figures where the
    last one has no head: whose head is lost is not told."""
    slots = heads.slots
    if slots.grid.origin not in _LAID_OUT or heads.over[-1]:
        return None
    under = slots.printed_below(slots.column_count - 1, heads.end)
    if not any(is_value_like(cell.text) for cell in under):
        return None
    return next((n for n, cells in enumerate(heads.over) if _names_figures(slots, cells)), None)


def _below_a_short_line(heads: _HeadRows) -> int | None:
    """The first column with a head in a line that lost a cell."""
    slots = heads.slots
    short = find_short_lines(slots.grid) & set(range(heads.first, heads.end))
    return min((cell.column for row in short for cell in slots.inked(row)), default=None)


def _names_figures(slots: Slots, cells: Sequence[Cell]) -> bool:
    heads = map(slots.head, cells)
    return any(head.year is not None or head.role in MEASURES for head in heads)


def _year_below(slots: Slots, row: int, column: int, end: int) -> bool:
    cells = [_if_printed(slots.rows[below][column]) for below in range(row + 1, end)]
    return any(cell is not None and slots.head(cell).year is not None for cell in cells)


def _if_printed(cell: Cell | None) -> Cell | None:
    return cell if cell is not None and cell.lines else None
