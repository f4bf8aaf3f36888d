"""Columns whose head is a year and a count (令和４年度修了者数), beside others of what was planned or aimed at.

The count is the result then. Where the rows are places (圏域名 over 東部, 西部), the one count that the heads name is that of
every figure: 令和４年度末の児童発達支援センターの設置数 beside 令和５年度末の目標.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from keikaku.extractors.counted_heads import CountedHead, find_counted_head
from keikaku.extractors.document import Cell
from keikaku.extractors.entries import Label
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.name_columns import heads_places
from keikaku.extractors.tables.printed_labels import label_text
from keikaku.extractors.words import is_place
from keikaku.normalizers.units import unit_in_name

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_AHEAD = frozenset((Role.PROJECTED, Role.TARGET))
_BEHIND = frozenset((Role.ACTUAL, Role.BASELINE))


def with_counts(columns: list[Column], names: Sequence[Cell]) -> list[Column]:
    """The columns, the one that only counts known as the result; `names`: the cells of the first column."""
    counts = {n: head for n, c in enumerate(columns) if (head := _count_over(c)) is not None}
    others = [c for n, c in enumerate(columns) if n not in counts and c.role in MEASURES]
    if len(counts) != 1 or not any(c.role in _AHEAD for c in others):
        return columns
    if any(c.role in _BEHIND for c in others):
        return columns
    ((number, head),) = counts.items()
    last = max((c.year.year for c in others if c.year is not None), default=head.year.year)
    are_places = _are_places(columns[0], names)
    if number == 0 or head.year.year > last or head.is_named != are_places:
        return columns
    unit = columns[number].unit or unit_in_name(head.counted)
    said = replace(columns[number], kind="value", role=Role.ACTUAL, year=head.year, unit=unit)
    columns = [said if n == number else c for n, c in enumerate(columns)]
    if not are_places:
        return columns
    name = Label(head.counted, (head.counted,), said.spans[-1])
    return [
        replace(c, label=name, unit=c.unit or unit) if c.role in (*_AHEAD, Role.ACTUAL) else c
        for c in columns
    ]


def _count_over(column: Column) -> CountedHead | None:
    if column.kind != "unknown" or not column.heads:
        return None
    return find_counted_head(column.heads[-1])


def _are_places(first: Column, names: Sequence[Cell]) -> bool:
    if first.heads and heads_places(first.heads[-1]):
        return True
    return bool(names) and all(is_place(label_text(cell)) for cell in names)
