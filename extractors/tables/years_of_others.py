"""Years that a column takes from the columns beside it: 令和６年度計画値 | 実績値 | 進捗率 | 令和７年度計画値 | 実績値 | 進捗率.

A year printed with the first of its measures is that of those behind it, where they come again in the same order
with the next year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from keikaku.extractors.heads import MEASURES, Role
from keikaku.normalizers.fiscal_years import YearContext, find_fiscal_year

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_COMPARED = frozenset((Role.RATE, Role.GAP))
_OF_YEAR = regex.compile(r"[^()（）]+[(（](?P<year>[^()（）]+)[)）]")


def with_years_of_others(columns: Sequence[Column], years: YearContext) -> list[Column]:
    """The columns, those without a year that others tell having it."""
    return _of_one_year(_years_of_rates(_years_in_turn(columns), years))


def _years_in_turn(columns: Sequence[Column]) -> list[Column]:
    """Every measure behind one that prints a year, up to the next such, where each year has the same measures in
    the same order; the last may have fewer."""
    starts = [n for n, c in enumerate(columns) if c.role in MEASURES and c.year is not None]
    size = starts[1] - starts[0] if len(starts) > 1 else 0
    roles = [column.role for column in columns]
    first = roles[starts[0] : starts[1]] if size > 1 else []
    if not first or not MEASURES.issuperset(first) or len(set(first)) < size:
        return list(columns)
    result = list(columns)
    for start in starts:
        end = min(start + size, len(columns))
        if roles[start:end] != first[: end - start]:
            return list(columns)
        result[start:end] = [replace(c, year=columns[start].year) for c in columns[start:end]]
    return result


def _years_of_rates(columns: Sequence[Column], years: YearContext) -> list[Column]:
    """対計画比（令和5年度）: of the year in brackets, where the table has what was reached in it; else it may
    be that of the target."""
    reached = {c.year.year for c in columns if c.role is Role.ACTUAL and c.year is not None}
    result = list(columns)
    for number, column in enumerate(columns):
        if column.role is not Role.RATE or column.year is not None or not column.heads:
            continue
        told = _OF_YEAR.fullmatch(column.heads[-1])
        if told is None:
            continue
        year = find_fiscal_year(told["year"], years)
        if year is not None and year.year in reached:
            result[number] = replace(column, year=year)
    return result


def _of_one_year(columns: list[Column]) -> list[Column]:
    """令和５年度見込量 | 令和５年度実績 | 見込量に対する割合: what compares the two of one year, and nothing else stands
    beside them, is of that year."""
    measures = [c for c in columns if c.kind == "value" and c.role not in _COMPARED]
    compared = {c.year.year if c.year is not None else None for c in measures}
    roles = {c.role for c in measures}
    year = measures[0].year if measures else None
    if year is None or len(compared) > 1 or Role.ACTUAL not in roles or len(roles) < 2:
        return columns
    return [replace(c, year=year) if _compares_without_year(c) else c for c in columns]


def _compares_without_year(column: Column) -> bool:
    return column.kind == "value" and column.role in _COMPARED and column.year is None
