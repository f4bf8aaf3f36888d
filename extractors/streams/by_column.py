"""Rows of a stream that prints its columns one after the other: all names, then all values of each column.

``居宅介護`` / ``生活介護`` / ``6,210`` / ``318`` / ``6,350`` / ``360`` / ``6,427`` / ``101.2%`` / ``344`` / ``95.6%``: columns that stand close
come row by row, as one. As many values as names times heads, and which of them are whose is told by the shares
among them (6,427 of 6,350 is 101.2%) or by their units, in one way only; else no row is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from keikaku.extractors.document import Line
from keikaku.extractors.heads import Role
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.shares import says_share
from keikaku.extractors.streams.by_cell import may_name
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.row_lines import is_unit, values_of
from keikaku.extractors.streams.rows import Body, Row
from keikaku.normalizers.units import find_unit

_PLANS = frozenset((Role.PROJECTED, Role.TARGET))
_MOST_NAMES = 60
_MOST_COLUMNS = 8
_LEAST = 2
"""Names, and shares that prove a way."""
_Table = tuple[tuple[Line, ...], ...]
"""The values of each row."""


def rows_by_column(printed: Sequence[Printed], at: int, columns: Columns) -> Body | None:
    """The rows from the line at `at` on, where the values can be given to them in one way."""
    if columns.text is not None or columns.turn is not None or columns.depth > 1:
        return None
    width = len(columns.leaves)
    names, at = _names(printed, at)
    if not _LEAST <= len(names) <= _MOST_NAMES or not _LEAST <= width <= _MOST_COLUMNS:
        return None
    units: list[Line] = []
    if columns.unit is not None:
        units = [item.line for item in printed[at : at + len(names)]]
        at += len(units)
        if len(units) < len(names) or not all(is_unit(unit.text) for unit in units):
            return None
    values, end = _values(printed, at, len(names) * width)
    if len(values) != len(names) * width:
        return None
    tables = {table for table in _ways(values, len(names), width) if _is_proven(table, columns)}
    if len(tables) != 1:
        return None
    rows = [
        Row(name, units[n] if units else None, tuple((value,) for value in row))
        for n, (name, row) in enumerate(zip(names, tables.pop(), strict=True))
    ]
    return Body(tuple(rows), end)


def _names(printed: Sequence[Printed], at: int) -> tuple[list[tuple[Line, ...]], int]:
    """The names, a line each: as many lines as there are before the first value."""
    names: list[tuple[Line, ...]] = []
    while at < len(printed) and len(names) <= _MOST_NAMES and may_name((printed[at].line,)):
        names.append((printed[at].line,))
        at += 1
    return names, at


def _values(printed: Sequence[Printed], at: int, most: int) -> tuple[list[Line], int]:
    """The values of the lines from `at` on that hold nothing else, at most one too many."""
    values: list[Line] = []
    while at < len(printed) and len(values) <= most:
        found = values_of(printed[at].line)
        if found is None:
            break
        values += found
        at += 1
    return values, at


def _ways(values: Sequence[Line], count: int, width: int) -> Iterator[_Table]:
    """The values as rows, for every way to part the columns into such as come row by row together."""
    for size in range(width):
        for cuts in combinations(range(1, width), size):
            rows: list[list[Line]] = [[] for _ in range(count)]
            at = 0
            for start, end in pairwise((0, *cuts, width)):
                for row in rows:
                    row += values[at : at + end - start]
                    at += end - start
            yield tuple(map(tuple, rows))


def _is_proven(table: _Table, columns: Columns) -> bool:
    """Do the shares say so, each of which stands under its head, or the units, one to a row and not to all?"""
    roles = [leaf.head.role for leaf in columns.leaves]
    shares = [n for n, role in enumerate(roles) if role is Role.RATE]
    texts = [[line.text for line in row] for row in table]
    if shares:
        return all(_are_shares(texts, roles, n) for n in shares) and not any(
            _is_share(text) for row in texts for n, text in enumerate(row) if n not in shares
        )
    units = [
        {find_unit(text.lstrip("0123456789０１２３４５６７８９,，.．")) for text in row}
        for row in texts
    ]
    return all(len(own) == 1 and None not in own for own in units) and len(set.union(*units)) > 1


def _are_shares(texts: Sequence[Sequence[str]], roles: Sequence[Role | None], n: int) -> bool:
    """Is each share under a head (対計画比) that of the actual figure before it in the planned one?"""
    before = range(n - 1, -1, -1)
    actual = next((m for m in before if roles[m] is Role.ACTUAL), None)
    planned = next((m for m in before if roles[m] in _PLANS), None)
    if actual is None or planned is None:
        return False
    told = [says_share(row[n], row[actual], row[planned]) for row in texts]
    return False not in told and told.count(True) >= _LEAST


def _is_share(text: str) -> bool:
    return text.endswith(("%", "％"))
