"""Columns of the kinds of disability behind the figure that they are parts of.

``見込量`` ``実績`` ``身体`` ``知的`` ``精神`` ``難病``: heads that name no measure. Right behind a measure they count
the parts of it where, row by row, they add up to it; else nothing says what they are parts of, since
people with several disabilities may be counted in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import is_kind
from keikaku.normalizers.folding import fold

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_NUMBER = regex.compile(r"([0-9][0-9,]*)人?")
_COMPARED = frozenset((Role.RATE, Role.GAP))


def with_kinds(slots: Slots, columns: Sequence[Column], end: int) -> list[Column]:
    """The columns, those of kinds with the measure and the year of what they make up."""
    result = list(columns)
    for whole, kinds in _runs(columns):
        if _add_up(slots, whole, kinds, end):
            told = columns[whole]
            for n in kinds:
                result[n] = replace(result[n], role=told.role, year=told.year)
    return result


def _runs(columns: Sequence[Column]) -> Iterator[tuple[int, range]]:
    """Each column of a measure with the columns of two kinds or more right behind it."""
    for whole, column in enumerate(columns):
        stop = whole + 1
        while stop < len(columns) and _is_of_kind(columns[stop]):
            stop += 1
        is_whole = column.role in MEASURES - _COMPARED and not _is_of_kind(column)
        if is_whole and stop - whole > 2:
            yield whole, range(whole + 1, stop)


def _is_of_kind(column: Column) -> bool:
    return column.role is None and bool(column.heads) and is_kind(column.heads[-1])


def _add_up(slots: Slots, whole: int, kinds: Sequence[int], end: int) -> bool:
    """Do the parts of every row that prints them all add up to its whole, in two rows or more?"""
    sums: list[bool] = []
    for row in range(end, slots.row_count):
        total, *parts = (_number(slots, row, n) for n in (whole, *kinds))
        if total is not None and None not in parts:
            sums.append(sum(part for part in parts if part is not None) == total)
    return len(sums) > 1 and all(sums)


def _number(slots: Slots, row: int, column: int) -> int | None:
    cell = slots.rows[row][column]
    match = _NUMBER.fullmatch(fold(cell.text)) if cell is not None else None
    return int(match[1].replace(",", "")) if match is not None else None
