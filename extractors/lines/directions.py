"""Whether values that follow names and heads go row by row or column by column, as far as they show it themselves.

Behind ``施設入所者数`` / ``地域生活移行者数`` and ``令和６年度実績`` / ``令和７年度実績`` / ``目標値`` stand six values, and nothing says whose. They show it where
in one way alone each row has one unit; where in one way alone what is given as a bound (124人以下) stands under a target; or where in one
way each row's figures are of one size, and in the other most rows would grow or shrink many times over. Signs that speak against each other
show nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Line
from keikaku.extractors.heads import Role
from keikaku.extractors.words import joined
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.values import Comparator, Standing, Value

Cell = tuple[Line, ...]
Table = tuple[tuple[Cell, ...], ...]
"""The values of each row."""
_AIMS = frozenset((Role.TARGET, Role.PROJECTED))
_BOUNDS = frozenset((Comparator.GE, Comparator.LE, Comparator.GT, Comparator.LT))
_OF_ONE_SIZE, _OF_MANY = 2, 4
"""How many times its smallest figure the largest of a row may be, and is where the row is none."""
_SMALL = 3
"""A count of a few may double and more."""
_FEWEST = 3
"""Rows and columns whose sizes show a way."""


def rows_of(cells: Sequence[Cell], count: int, roles: Sequence[Role | None]) -> Table | None:
    """The values of each of so many rows under heads of these roles, where they show which they are."""
    width = len(roles)
    by_rows = tuple(tuple(cells[n * width : (n + 1) * width]) for n in range(count))
    if count == 1:
        return by_rows
    by_columns = tuple(tuple(cells[n::count]) for n in range(count))
    signs = (_have_one_unit, lambda table: _bounds_are_aims(table, roles), _are_of_one_size)
    shown = set()
    for sign in signs:
        told = [sign(table) for table in (by_rows, by_columns)]
        if told in ([True, False], [False, True]):
            shown.add(told[0])
    if len(shown) != 1:
        return None
    return by_rows if shown.pop() else by_columns


def _main(cell: Cell) -> Value | None:
    """The one figure of a cell; None for a mark, or words."""
    try:
        values = parse_cell(joined(cell))
    except UnreadText:
        return None
    main = [value for value in values if value.standing is Standing.MAIN]
    return main[0] if len(main) == 1 and main[0].amount is not None else None


def _figures(row: Sequence[Cell]) -> list[Value]:
    return [value for cell in row if (value := _main(cell)) is not None]


def _have_one_unit(table: Table) -> bool:
    return all(len({value.unit for value in _figures(row)}) <= 1 for row in table)


def _bounds_are_aims(table: Table, roles: Sequence[Role | None]) -> bool:
    """Is every bound (124人以下, 25％以上) under a head of what is aimed at? Results are none."""
    pairs = [(_main(cell), role) for row in table for cell, role in zip(row, roles, strict=True)]
    return all(role in _AIMS for value, role in pairs if value and value.comparator in _BOUNDS)


def _are_of_one_size(table: Table) -> bool | None:
    """Is each row of one size; None where some are not, and yet no other rows by that."""
    rows = [[value.amount for value in _figures(row) if value.amount is not None] for row in table]
    if len(rows) < _FEWEST or min(map(len, rows)) < _FEWEST:
        return None
    if all(max(row) <= _OF_ONE_SIZE * min(row) + _SMALL for row in rows):
        return True
    many = [max(row) > _OF_MANY * (min(row) + _SMALL) for row in rows]
    return False if 2 * sum(many) > len(many) else None
