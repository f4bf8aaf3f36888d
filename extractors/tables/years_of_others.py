"""Years that a column takes from the columns beside it: 令和６年度計画値 | 実績値 | 進捗率 | 令和７年度計画値 | 実績値 | 進捗率.

A year printed with the first of its measures is that of those behind it, where they come again in the same order
with the next year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from keikaku.extractors.heads import MEASURES

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column


def with_years_of_others(columns: Sequence[Column]) -> list[Column]:
    """The columns: every measure behind one that prints a year, up to the next such, where each year has the same measures in
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
