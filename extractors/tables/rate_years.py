"""Of which year a column of rates is whose head names none: 対計画比（令和5年度）; 令和4年度計画, 令和4年度実績, 対計画比."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from keikaku.extractors.heads import Role
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext, find_fiscal_year

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_OF_YEAR = regex.compile(r"[^()（）]+[(（](?P<year>[^()（）]+)[)）]")
_PLANS = frozenset((Role.PROJECTED, Role.TARGET))


def years_of_rates(columns: list[Column], years: YearContext) -> list[Column]:
    """対計画比（令和5年度）: of the year in brackets, where the table has what was reached in it; else it may
    be that of the target. One behind 計画 and 実績 of one year, as one stands behind all such, is of their year."""
    reached = {c.year.year for c in columns if c.role is Role.ACTUAL and c.year is not None}
    result = list(columns)
    for number, column in enumerate(columns):
        if column.role is not Role.RATE or column.year is not None or not column.heads:
            continue
        if (beside := _year_beside(columns, number)) is not None:
            result[number] = replace(column, year=beside)
            continue
        told = _OF_YEAR.fullmatch(column.heads[-1])
        if told is None:
            continue
        year = find_fiscal_year(told["year"], years)
        if year is not None and year.year in reached:
            result[number] = replace(column, year=year)
    return result


def _year_beside(columns: Sequence[Column], number: int) -> FiscalYear | None:
    """The year of the plan and the actual right before a rate, where one stands behind every such pair."""
    if _OF_YEAR.fullmatch(columns[number].heads[-1]) is not None:
        return None
    behind = {n + 2 for n in range(len(columns) - 1) if _are_of_one_year(columns[n : n + 2])}
    is_everywhere = all(n < len(columns) and columns[n].role is Role.RATE for n in behind)
    return columns[number - 1].year if number in behind and is_everywhere else None


def _are_of_one_year(pair: Sequence[Column]) -> bool:
    plan, actual = pair
    if plan.role not in _PLANS or actual.role is not Role.ACTUAL:
        return False
    return plan.year is not None and actual.year is not None and plan.year.year == actual.year.year
