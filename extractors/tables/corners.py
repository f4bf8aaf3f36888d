"""The corner of a table, over the names of the rows, may say what all the figures are: 【実績】, 令和３年度."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import is_caption
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.folding import fold

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_MAY_HEAD_GOALS = regex.compile("(?:成果|基本|数値)?目標")
"""目標 over names may head the goals; 目標値 does not."""


def with_corner(slots: Slots, columns: list[Column], end: int) -> list[Column]:
    """The columns, with what their corner says of all of them."""
    return _with_caption(slots, _with_year(slots, columns, end), end)


def _with_caption(slots: Slots, columns: list[Column], end: int) -> list[Column]:
    """【実績】 or 実績値 in the corner, over the names and beside the years: what all the figures are."""
    corner, *others = columns
    if corner.role not in MEASURES or not corner.heads or not _stands_beside_years(columns):
        return columns
    names = slots.printed_below(0, end)
    if 2 * sum(is_value_like(cell.text) for cell in names) >= max(len(names), 1):
        return columns
    if _MAY_HEAD_GOALS.fullmatch(fold(corner.heads[-1])):
        return [replace(corner, kind="label", role=None), *others]
    return [
        replace(corner, kind="label", role=None),
        *(
            replace(column, role=corner.role)
            if column.role is None and column.year is not None
            else column
            for column in others
        ),
    ]


def _with_year(slots: Slots, columns: list[Column], end: int) -> list[Column]:
    """令和３年度 over the names, beside 計画 and 実績: the year of all the figures."""
    corner, *others = columns
    if corner.year is None or corner.role is not None or not others:
        return columns
    told = [c for c in others if c.heads]
    if any(c.year is not None or c.role not in MEASURES | {Role.UNIT} for c in told):
        return columns
    names = slots.printed_below(0, end)
    if not told or any(is_value_like(cell.text) for cell in names):
        return columns
    dated = [replace(c, year=corner.year) if c.role in MEASURES else c for c in others]
    return [replace(corner, kind="label", year=None), *dated]


def _stands_beside_years(columns: Sequence[Column]) -> bool:
    """A caption, or a measure of no year beside years of no measure."""
    corner, *others = columns
    if is_caption(corner.heads[-1]):
        return True
    is_bare = corner.year is None and corner.unit is None
    return is_bare and any(column.role is None and column.year is not None for column in others)
