"""Slide tables, row by row: each head on lines of its own, then each cell on lines of its own.

``指標`` / ``基準値`` / ``（令和4`` / ``年度）`` / ``実績値`` …, then a label (over one or more lines), perhaps
its unit, then as many values as there are value heads. Two measures over one row of years (``実績`` ``見込量``
over 2020 to 2023) are told apart by the years of the plan that the page names, or not at all; a year
may stand over each measure (``令和６年度`` / ``見込量`` / ``令和６年度`` / ``実績`` / ``見込比``). A row
that has not its number of values ends the table; a page number between two rows is stepped over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.extractors.lines.printed import Found, Printed, cell_of, with_aside
from keikaku.extractors.lines.quantities import are_of_one_service, figures_of_units
from keikaku.extractors.lines.stacked import (
    StackedHead,
    hangs_on,
    head_at,
    heads_from,
    is_lone_number,
    is_value,
    may_be_label,
    prints_by_cell,
    uneven_notices,
    values_from,
)
from keikaku.extractors.lines.year_groups import widths_under_years
from keikaku.normalizers.folding import fold
from keikaku.normalizers.plan_terms import find_plan_terms
from keikaku.normalizers.units import find_unit

_NUMBERING = regex.compile(r"№|[NＮ][oｏ][.．]?|番号|項番")
_LONGEST_ROW = 24
_MOST_LABEL_LINES = 5
_QUANTITIES = ("数", "量", "率")
_JOINING = ("の", "・", "、", "及び", "等の")
_OPENING = (Role.LABEL, Role.GOAL)
"""指標, or 成果目標: what heads the names, where heads of figures follow."""
_COMPARED = (Role.RATE, Role.GAP, Role.GRADE)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The heads as rows of cells, and what stands under them."""

    rows: tuple[tuple[PrintedCell, ...], ...]
    has_unit: bool
    values: int
    is_numbered: bool = False
    """№ right above 項目: a number of its own on the line above each name."""
    has_kinds: bool = False
    """区分 behind 単位: 計画 and 実績 alone on their lines, each over a value for each year."""


@dataclass(frozen=True, slots=True)
class _Row:
    labels: tuple[Line, ...]
    units: tuple[Line, ...]
    """More than one where each place holds a figure for each: 人/月 over 日/月."""
    values: tuple[tuple[Line, ...], ...]
    kind: Line | None = None


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose label head is the line at `at`, or begins there."""
    first = head_at(printed, at)
    if first is None or first.head.role not in _OPENING or first.head.year is not None:
        return None
    heads, body = heads_from(printed, at)
    shape = _shape(heads, printed[:at])
    if shape is None:
        return None
    if at and _NUMBERING.fullmatch(printed[at - 1].line.text):
        shape = replace(shape, is_numbered=True)
    body_rows = (_kind_rows if shape.has_kinds else _rows)(printed, body, shape)
    if not body_rows.rows:
        is_sure = bool(body_rows.notices) and shape.has_unit
        return Found(None, body_rows.end, body_rows.notices) if is_sure else None
    end = body_rows.end
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    rows = [*(list(row) for row in shape.rows), *_body_cells(body_rows.rows)]
    grid = with_aside(lay_out(rows, "stacked_rows", span), body_rows.skipped)
    return Found(grid, end, body_rows.notices)


LAYOUTS = (find_table,)


# -- heads -------------------------------------------------------------------------------------


def _shape(heads: Sequence[StackedHead], above: Sequence[Printed]) -> _Shape | None:
    sides = [heads[0]]
    rest = list(heads[1:])
    if rest and rest[0].head.role is Role.UNIT:
        sides.append(rest.pop(0))
        if [head.head.role for head in rest[:1]] == [Role.LABEL]:
            shape = _flat([*sides, rest[0]], rest[1:]) if all(h.is_year for h in rest[1:]) else None
            return replace(shape, has_kinds=True) if shape is not None else None
    if len(rest) > 2 and rest[-1].head.role is Role.EVALUATION:
        shape = _shape_of(sides, rest[:-1], above)
        return _with_grades(shape, rest[-1]) if shape is not None else None
    return _shape_of(sides, rest, above)


def _with_grades(shape: _Shape, head: StackedHead) -> _Shape:
    """The shape with a last column that says how the figures are judged (評価: ○, Ｂ)."""
    top = (*shape.rows[0], cell_of(head.lines, len(shape.rows), 1))
    return replace(shape, rows=(top, *shape.rows[1:]), values=shape.values + 1)


def _shape_of(
    sides: Sequence[StackedHead], rest: Sequence[StackedHead], above: Sequence[Printed]
) -> _Shape | None:
    if len(rest) < 2 or any(not (_heads_values(head)) for head in rest):
        return None
    if all(h.is_year for h in rest) or not any(h.is_year for h in rest):
        return _flat(sides, rest)
    if rest[0].is_year:
        return _years_over_measures(sides, rest) or _years_before_measures(sides, rest)
    if not rest[0].is_measure:
        return None
    return _measures_over_years(sides, rest, above)


def _heads_values(head: StackedHead) -> bool:
    return (
        head.is_year
        or head.is_measure
        or (head.head.role is not None and head.head.year is not None)
    )


def _flat(sides: Sequence[StackedHead], rest: Sequence[StackedHead]) -> _Shape | None:
    if all(head.is_year for head in rest) and len({_year(head) for head in rest}) < len(rest):
        return None
    row = tuple(cell_of(head.lines) for head in (*sides, *rest))
    return _Shape((row,), len(sides) > 1, len(rest))


def _year(head: StackedHead) -> int | None:
    return head.head.year.year if head.head.year is not None else None


def _years_over_measures(
    sides: Sequence[StackedHead], rest: Sequence[StackedHead]
) -> _Shape | None:
    """令和3年度 令和4年度 / 見込 実績 見込 実績: the same measures under each year; the last, still to come,
    may lack the last of them (見込 alone)."""
    count = next(n for n, head in enumerate(rest) if not head.is_year)
    years, leaves = rest[:count], rest[count:]
    if not all(head.is_measure for head in leaves):
        return None
    widths = widths_under_years([head.head.role for head in leaves], count)
    if widths is None:
        return None
    return _two_rows(sides, list(zip(years, widths, strict=True)), leaves)


def _years_before_measures(
    sides: Sequence[StackedHead], rest: Sequence[StackedHead]
) -> _Shape | None:
    """令和6年度 / 見込量 / 令和6年度 / 実績 / 見込比: each year right over its own measures, as many under
    each, and at the end a rate of them."""
    groups: list[list[StackedHead]] = []
    for head in rest:
        if head.is_year:
            groups.append([head])
        elif groups and head.is_measure:
            groups[-1].append(head)
        else:
            return None
    each = len(groups[0]) - 1
    extra = groups[-1][each + 1 :]
    groups[-1] = groups[-1][: each + 1]
    if len(groups) < 2 or not each or {len(group) for group in groups} != {each + 1}:
        return None
    leaves = [head for group in groups for head in group[1:]]
    named = {(_year(group[0]), head.head.role) for group in groups for head in group[1:]}
    if len(named) < len(leaves) or any(head.head.role not in _COMPARED for head in extra):
        return None
    return _two_rows(sides, [(group[0], each) for group in groups], leaves, extra)


def _measures_over_years(
    sides: Sequence[StackedHead], rest: Sequence[StackedHead], above: Sequence[Printed]
) -> _Shape | None:
    """実績 見込量 / 2020年度 2021年度 …: which years stand under which measure must be sure."""
    count = next((n for n, head in enumerate(rest) if not head.is_measure), len(rest))
    measures, years = rest[:count], rest[count:]
    if not years or not all(head.is_year for head in years):
        return None
    widths = _widths(measures, [_year(head) for head in years], above)
    if widths is None:
        return None
    return _two_rows(sides, list(zip(measures, widths, strict=True)), years)


def _widths(
    measures: Sequence[StackedHead], years: Sequence[int | None], above: Sequence[Printed]
) -> list[int] | None:
    """How many years each measure covers, or None when the page does not tell."""
    if len(measures) == 1:
        return [len(years)]
    if len(measures) == len(years):
        return [1] * len(years)
    each, left = divmod(len(years), len(measures))
    if not left and list(years) == list(years[:each]) * len(measures):
        return [each] * len(measures)
    roles = [head.head.role for head in measures]
    planned = _planned_years(above)
    if roles == [Role.ACTUAL, Role.PROJECTED] and planned:
        before = [year for year in years if year is not None and year < planned[0]]
        if before and tuple(years[len(before) :]) == planned:
            return [len(before), len(planned)]
    return None


def _planned_years(above: Sequence[Printed]) -> tuple[int, ...]:
    """The years of the plan that the nearest line above names; () when it names none, or several."""
    for item in reversed(above):
        terms = find_plan_terms(item.line.text) if len(item.line.text) < 80 else ()
        if terms:
            return terms[0].years if len({term.years for term in terms}) == 1 else ()
    return ()


def _two_rows(
    sides: Sequence[StackedHead],
    groups: Sequence[tuple[StackedHead, int]],
    leaves: Sequence[StackedHead],
    behind: Sequence[StackedHead] = (),
) -> _Shape:
    """Groups over their leaves; `behind` stand beside them, as tall as both."""
    top = (
        *(cell_of(head.lines, 2, 1) for head in sides),
        *(cell_of(head.lines, 1, width) for head, width in groups),
        *(cell_of(head.lines, 2, 1) for head in behind),
    )
    under = tuple(cell_of(head.lines) for head in leaves)
    return _Shape((top, under), len(sides) > 1, len(leaves) + len(behind))


# -- rows --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Body:
    rows: tuple[_Row, ...]
    skipped: tuple[Line, ...]
    notices: tuple[Notice, ...]
    end: int


def _rows(printed: Sequence[Printed], at: int, shape: _Shape) -> _Body:
    rows: list[_Row] = []
    skipped: list[Line] = []
    notices: tuple[Notice, ...] = ()
    while at < len(printed):
        number = len(rows) + 1
        if shape.is_numbered and not _is_number(printed[at].line, number):
            break
        start = at + 1 if shape.is_numbered or (rows and is_lone_number(printed, at)) else at
        stop = _next_number(printed, start, number + 1) if shape.is_numbered else None
        found = _row(printed[:stop], start, shape, bool(rows))
        if found is None:
            break
        row, end = found
        if (
            len(row.values) != shape.values
            or (stop is not None and end != stop)
            or not _holds_together(printed[start:end])
        ):
            notices = uneven_notices(row.values, shape.values)
            break
        skipped += [printed[at].line] if start > at else []
        rows.append(row)
        at = end
    return _Body(tuple(rows), tuple(skipped), notices, at)


def _row(
    printed: Sequence[Printed], at: int, shape: _Shape, goes_on: bool
) -> tuple[_Row, int] | None:
    labels, after = _labels(printed, at, has_unit=shape.has_unit)
    if not labels and not (goes_on and shape.has_unit):
        return None
    units: tuple[Line, ...] = ()
    if shape.has_unit:
        units = _units(printed, after)
        if not units:
            return None
        after += len(units)
    wanted = shape.values * max(1, len(units) or len(labels))
    values = values_from(printed, after, wanted + 3, words=True)
    if not values.cells:
        return None
    if len(units) > 1 and len(values.cells) > shape.values:
        told = _told(printed, units, values.cells, shape)
        return (_Row(labels, units, told), values.end) if told else None
    if not units and (pairs := _names_in_cells(printed, labels, values.cells, shape)) is not None:
        return pairs, values.end
    labels, cells = _with_statuses(labels, values.cells, 0 if units else shape.values)
    return _Row(labels, units, cells), values.end


def _told(
    printed: Sequence[Printed],
    over: Sequence[Line],
    cells: Sequence[tuple[Line, ...]],
    shape: _Shape,
) -> tuple[tuple[Line, ...], ...] | None:
    """The figures of each place, one for each unit or name over the other."""
    is_by_cell = prints_by_cell(printed)
    told = figures_of_units(over, cells, shape.values, is_by_cell=is_by_cell)
    return tuple(map(tuple, told)) if told is not None else None


def _names_in_cells(
    printed: Sequence[Printed],
    labels: tuple[Line, ...],
    cells: Sequence[tuple[Line, ...]],
    shape: _Shape,
) -> _Row | None:
    """協議の場の設置 / 年間開催回数 over 検討 / 0回 / 設置 / 1回: names over each other in one cell, and in each place a figure
    for each. Words behind the names (検討) are figures."""
    ways = []
    for count in range(2, len(labels) + 1):
        names, statuses = labels[:count], labels[count:]
        if any(not is_value(line.text, words=True) for line in statuses):
            continue
        figures = (*((line,) for line in statuses), *cells)
        if len(figures) <= shape.values or shape.values < 2:
            continue
        if (told := _told(printed, names, figures, shape)) is not None:
            ways.append(_Row(names, (), told))
    return ways[0] if len(ways) == 1 else None


def _units(printed: Sequence[Printed], at: int) -> tuple[Line, ...]:
    """The unit of a row, or two in which one service is counted, a line each."""
    lines = [item.line for item in printed[at : at + 2]]
    if not lines or find_unit(lines[0].text) is None:
        return ()
    is_pair = len(lines) > 1 and are_of_one_service(lines[0].text, lines[1].text)
    return tuple(lines) if is_pair else (lines[0],)


def _is_number(line: Line, number: int) -> bool:
    return fold(line.text).strip() == str(number)


def _next_number(printed: Sequence[Printed], at: int, number: int) -> int | None:
    """Where the number of the next row stands, right above a name: what else is that number is a value."""
    for end in range(at + 1, min(at + _LONGEST_ROW, len(printed) - 1)):
        if _is_number(printed[end].line, number) and may_be_label(printed[end + 1].line):
            return end
    return None


def _kind_rows(printed: Sequence[Printed], at: int, shape: _Shape) -> _Body:
    """居宅介護 / 人/月 / 計画 / 158 / 162 / 実績 / 155 / 160: for each service the same kinds, each with all its values."""
    rows: list[_Row] = []
    kinds: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    while at < len(printed):
        labels, after = _labels(printed, at, has_unit=True)
        if not labels or after >= len(printed) or find_unit(printed[after].line.text) is None:
            break
        unit = printed[after].line
        groups, end = _kinds(printed, after + 1, shape)
        told = tuple(kind.text for kind, _ in groups)
        cells = [cell for _, values in groups for cell in values]
        is_whole = all(len(values) == shape.values for _, values in groups)
        if not groups or not is_whole or len(set(told)) < len(told) or told != (kinds or told):
            notices = uneven_notices(cells, shape.values)
            break
        kinds = told
        for number, (kind, values) in enumerate(groups):
            first = number == 0
            rows.append(_Row(labels if first else (), (unit,) if first else (), values, kind))
        at = end
    return _Body(tuple(rows), (), notices, at)


def _kinds(
    printed: Sequence[Printed], at: int, shape: _Shape
) -> tuple[list[tuple[Line, tuple[tuple[Line, ...], ...]]], int]:
    """Each measure alone on its line, and the values below it."""
    groups = []
    while at < len(printed) and find_role(printed[at].line.text) in MEASURES:
        values = values_from(printed, at + 1, shape.values + 3, words=True)
        if not values.cells:
            return [], at
        groups.append((printed[at].line, values.cells))
        at = values.end
    return groups, at


def _with_statuses(
    labels: tuple[Line, ...], cells: tuple[tuple[Line, ...], ...], wanted: int
) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    """…センター / の設置 / 設置 / 設置 / －: as many status words at the end of the name as the row lacks
    values are its first values, where the name before them is whole."""
    short = wanted - len(cells)
    if not 0 < short < len(labels) or labels[-short - 1].text.endswith(_JOINING):
        return labels, cells
    if not all(
        is_value(line.text, words=True) and line.text[0] != "の" for line in labels[-short:]
    ):
        return labels, cells
    return labels[:-short], (*((line,) for line in labels[-short:]), *cells)


def _labels(printed: Sequence[Printed], at: int, *, has_unit: bool) -> tuple[tuple[Line, ...], int]:
    labels: list[Line] = []
    while at < len(printed) and len(labels) < _MOST_LABEL_LINES:
        line = printed[at].line
        is_more = bool(labels) and hangs_on(line.text)
        if not (is_more or may_be_label(line)) or _is_unit_of_row(
            printed, at, labels, has_unit=has_unit
        ):
            break
        labels.append(line)
        at += 1
    return tuple(labels), at


def _is_unit_of_row(
    printed: Sequence[Printed], at: int, labels: Sequence[Line], *, has_unit: bool
) -> bool:
    """A unit right before the values, not the last word of a label (…の / 利用者数); without a column of units,
    回数 is no unit."""
    text = printed[at].line.text
    if find_unit(text) is None or not labels or (not has_unit and text.endswith(_QUANTITIES)):
        return False
    return not labels[-1].text.endswith(_JOINING)


def _holds_together(items: Sequence[Printed]) -> bool:
    """No blank line inside the row, or one between any two of its lines."""
    groups = {item.group for item in items}
    return len(groups) in (1, len(items))


def _body_cells(rows: Sequence[_Row]) -> list[list[PrintedCell]]:
    """A label without a further label below it holds the rows of all its units."""
    result: list[list[PrintedCell]] = []
    for number, row in enumerate(rows):
        following = rows[number + 1 :]
        span = next((n for n, other in enumerate(following) if other.labels), len(following))
        cells = [cell_of(row.labels, span + 1, 1)] if row.labels else []
        if row.kind is not None:
            cells += [cell_of(row.units, span + 1, 1)] if row.units else []
            cells.append(cell_of([row.kind]))
        else:
            cells += [cell_of(row.units)] if row.units else []
        result.append([*cells, *(cell_of(value) for value in row.values)])
    return result
