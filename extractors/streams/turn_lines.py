"""Rows a line that name their measure, the name and the unit printed once: サービス種別 単位 区分 令和６年度 令和７年度.

``居宅介護 人／月 見込 186 190`` / ``実績 183 192`` / ``時間／月 見込 2,604 2,660`` / ``実績 2,477 2,705``: a line says its measure and
just as many values as there are columns; the first of each quantity says its unit, the first of each name the name.
Every quantity has the same measures in the same order, or nothing is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role
from keikaku.extractors.lines.blank_cells import with_their_units
from keikaku.extractors.lines.printed import Printed, merge_pieces, tokens_of
from keikaku.extractors.lines.quantities import are_of_one_service
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.names import is_class
from keikaku.extractors.streams.row_lines import are_values_under, counts_values, is_unit
from keikaku.extractors.streams.rows import Body, Row
from keikaku.normalizers.cells import is_value_like


@dataclass(frozen=True, slots=True)
class _TurnLine:
    name: Line | None
    unit: Line | None
    measure: Line
    values: tuple[Line, ...]


def rows_in_turn(printed: Sequence[Printed], at: int, columns: Columns) -> Body | None:
    """The rows from the line at `at` on, measures in turn under each unit of each name."""
    found: list[_TurnLine | Line] = []
    end = at
    while end < len(printed):
        line = printed[end].line
        row = _turn_line(line, columns)
        if row is None and not is_class(line):
            break
        found.append(row or line)
        end += 1
    while found and isinstance(found[-1], Line):
        found.pop()
        end -= 1
    rows = [row for row in found if isinstance(row, _TurnLine)]
    if not rows or not _fit(rows) or (end < len(printed) and _may_go_on(printed[end].line)):
        return None
    return Body(tuple(_rows(found)), end)


def _turn_line(line: Line, columns: Columns) -> _TurnLine | None:
    """Perhaps a name, perhaps a unit, a measure, and the values that end the line."""
    tokens = with_their_units(tokens_of(line), line)
    count = len(columns.leaves)
    before, values = tokens[:-count], tokens[-count:]
    if not before or find_role(before[-1].text) not in MEASURES:
        return None
    if not are_values_under([value.text for value in values], columns):
        return None
    measure, unit = before.pop(), None
    if before:
        unit = before.pop()
        if not is_unit(unit.text) or any(is_value_like(token.text) for token in before):
            return None
    name = merge_pieces(before, line) if before else None
    return _TurnLine(name, unit, measure, tuple(values))


def _fit(rows: Sequence[_TurnLine]) -> bool:
    """Does the first row say all, each further unit go with the one before it, and each quantity have the same
    measures?"""
    if rows[0].name is None:
        return False
    cycles: list[list[str]] = []
    above: Line | None = None
    for row in rows:
        if row.unit is not None:
            if row.name is None and not (above and are_of_one_service(above.text, row.unit.text)):
                return False
            above = row.unit
            cycles.append([])
        cycles[-1].append(row.measure.text)
    first = cycles[0]
    return 1 < len(first) == len(set(first)) and all(cycle == first for cycle in cycles)


def _may_go_on(line: Line) -> bool:
    """A line with a measure and figures that is no row: one of the table that is not understood."""
    has_measure = any(find_role(token.text) in MEASURES for token in tokens_of(line))
    return has_measure and counts_values(line) > 0


def _rows(found: Sequence[_TurnLine | Line]) -> list[Row]:
    """The lines as rows; a further unit is of the name above it."""
    rows: list[Row] = []
    name: tuple[Line, ...] = ()
    for row in found:
        if isinstance(row, Line):
            rows.append(Row((row,)))
            continue
        name = (row.name,) if row.name is not None else name
        values = tuple((value,) for value in row.values)
        rows.append(Row(name if row.unit else (), row.unit, values, turn=row.measure))
    return rows
