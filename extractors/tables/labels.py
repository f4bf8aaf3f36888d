"""Row labels: what the label cells of one row say (サービス名 | 利用者数 | 人/月 | 実績).

A label place may hold the name of what is counted, a measure, a year, a unit, or the words of a
review (評価). A blank place goes on with the label above it when a deeper label stands in the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from keikaku.extractors.document import Cell, Notice
from keikaku.extractors.entries import GoalHead, Label
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import DRAWN, FIGURE_ROWS
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role, find_caption
from keikaku.extractors.ledger import Fate
from keikaku.extractors.tables.compared import is_of_row_above, is_rate_of_rows_above
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.groups import RowsSoFar, parts_of_last, with_groups
from keikaku.extractors.tables.head_rows import BlockHeads
from keikaku.extractors.tables.name_columns import heads_places
from keikaku.extractors.tables.printed_labels import (
    counted_behind,
    label_and_unit,
    label_of,
    measure_before,
    measure_behind,
    year_before,
)
from keikaku.extractors.tables.repairs import find_damaged_span
from keikaku.extractors.tables.stacked_labels import StackedLabel, read_stacked
from keikaku.extractors.words import (
    are_grades,
    is_category,
    is_grade,
    is_part,
    is_participant,
    is_quantity,
    is_whether,
    joined,
)
from keikaku.normalizers.folding import fold
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import find_unit
from keikaku.normalizers.values import Status


@quickly_made
class RowLabels(NamedTuple):
    """What the label cells of a row say; `block` what titles and group rows say above it."""

    block: BlockHeads
    labels: tuple[Label, ...] = ()
    measure: Head | None = None
    measure_cell: Cell | None = None
    year: Head | None = None
    year_cell: Cell | None = None
    units: tuple[str, ...] = ()
    unit_cell: Cell | None = None
    series: str | None = None
    series_cell: Cell | None = None
    text_role: Role | None = None
    inherited: bool = False
    """Was a blank place filled with the label above it?"""
    tangled: bool = False
    """Does a label begin left of one that reaches in from above, or does the row count again what a
    row of the label above it counts?"""
    stacked: StackedLabel | None = None
    """A label whose lines go with the lines of each cell."""
    repaired: bool = False
    goal: GoalHead | None = None
    flags: tuple[str, ...] = ()


def read_labels(
    table: HeadedTable, row: int, cells: Sequence[Cell], so_far: RowsSoFar
) -> tuple[RowLabels, tuple[Notice, ...]]:
    """What the label cells of a row say, with the labels of the groups above it."""
    told = _with_damage(table, row, cells, so_far.block)
    for cell, is_inherited in _with_inherited(table, row, cells, so_far):
        if is_inherited and not told.inherited:
            told = told._replace(inherited=True)
        table.ledger.claim([cell], Fate.LABEL, "row label")
        told = _with_cell(table, cell, told, so_far)
    is_tangled = _is_tangled(table, row, cells) or _is_under_lost_word(table, cells)
    is_nameless = not any(_is_own_name(table, row, cell) for cell in cells)
    is_lost = table.repeats_names and told.inherited and told.unit_cell is not None and is_nameless
    if is_tangled or is_lost or _counts_again(table, row, cells, told, so_far):
        told = told._replace(tangled=True)
    own = told.labels
    if not own and is_of_row_above(table, row):
        told = told._replace(labels=so_far.named)
    told, notices = _with_damaged_span(told, so_far)
    if own and _stands_beside_parts_word(table, cells):
        labels = parts_of_last(own, so_far)
        told = told._replace(tangled=told.tangled or so_far.last_whole is None)
    else:
        measure = told.measure.role if told.measure is not None else None
        labels = with_groups(table, own, told.labels, so_far, measure)
        labels = labels or _name_of_count(table, told)
    if len(labels) == 1 and _names_class_only(table, cells, labels[0]):
        told = told._replace(tangled=True)
    so_far.named = labels if own else so_far.named
    return (told if labels == told.labels else told._replace(labels=labels)), notices


def _stands_beside_parts_word(table: HeadedTable, cells: Sequence[Cell]) -> bool:
    """内訳 left of the names of the rows: they are parts of the row above it."""
    words = [joined(cell.lines) for cell in cells if cell.lines and table.kind(cell) == "label"]
    return any(find_caption(text) == "subset" for text in words[:-1])


def _name_of_count(table: HeadedTable, told: RowLabels) -> tuple[Label, ...]:
    """利用者数 says as much as 人; in a table that only counts it is what the row is called."""
    cell = told.unit_cell
    is_name = table.only_counts and cell is not None and table.kind(cell) == "label"
    return (label_of(cell),) if is_name and cell is not None else ()


def _is_tangled(table: HeadedTable, row: int, cells: Sequence[Cell]) -> bool:
    inked = [cell for cell in cells if cell.lines and table.slots.head(cell).unit is None]
    return any(one.row == row and other.row < row for one, other in pairwise(inked))


def _is_under_lost_word(table: HeadedTable, cells: Sequence[Cell]) -> bool:
    """A drawn cell of several rows that is blank beside names, where the others of its column are names: what it said
    of all its rows (内訳) did not come along."""
    blank = [c for c in cells if not c.lines and c.row_span > 1 and table.kind(c) == "label"]
    return table.grid.origin == "html" and any(
        table.slots.printed_below(cell.column, table.first_row) for cell in blank
    )


def _counts_again(
    table: HeadedTable, row: int, cells: Sequence[Cell], told: RowLabels, so_far: RowsSoFar
) -> bool:
    """人/年 in a row without a name below 人/月 of the same name: not the other unit of that name."""
    if not told.labels or told.unit_cell is None or told.unit_cell.row != row:
        return False
    unit = find_unit(told.units[0]) if told.units else None
    measure = told.measure.role if told.measure is not None else None
    counted = so_far.counted.setdefault(told.labels[-1].text, set())
    what = (unit.split("/")[0] if unit is not None else None, measure, told.series)
    is_again = told.inherited and what in counted
    counted.add(what)
    return is_again and not any(_is_own_name(table, row, cell) for cell in cells)


def _names_class_only(table: HeadedTable, cells: Sequence[Cell], label: Label) -> bool:
    """訪問系 beside a blank place for the name of the service."""
    named = [cell for cell in cells if table.kind(cell) == "label"]
    is_beside = any(a.lines and not b.lines for a, b in pairwise(named))
    return is_beside and is_category(label.text)


def _is_own_name(table: HeadedTable, row: int, cell: Cell) -> bool:
    return cell.row == row and bool(cell.lines) and not table.slots.head(cell).says_something


# -- damaged rows ------------------------------------------------------------------------------


def _with_damage(
    table: HeadedTable, row: int, cells: Sequence[Cell], block: BlockHeads
) -> RowLabels:
    """Does a label stand in a place of the values, or did the grid's reader shift the row?"""
    if any(fault.rule == "shifted_row" and fault.row == row for fault in table.grid.faults):
        return RowLabels(block, repaired=True, flags=("shifted_row",))
    return RowLabels(block, repaired=any(table.kind(cell) == "value" for cell in cells))


def _with_damaged_span(told: RowLabels, so_far: RowsSoFar) -> tuple[RowLabels, tuple[Notice, ...]]:
    """Put back the label above, where its span ended before this row; reported once."""
    found = find_damaged_span(told.labels, told.repaired, so_far)
    if found is None:
        return told, ()
    label, notice = found
    notices = () if notice in so_far.reported else (notice,)
    so_far.reported.add(notice)
    flags = (*told.flags, "rowspan_too_small")
    return told._replace(labels=(label, *told.labels), repaired=True, flags=flags), notices


# -- blank places ------------------------------------------------------------------------------


def _with_inherited(
    table: HeadedTable, row: int, cells: Sequence[Cell], so_far: RowsSoFar
) -> Iterator[tuple[Cell, bool]]:
    """Each label cell, and whether it was inherited: a blank label place goes on with the label
    above it when a deeper label stands in the row."""
    inked = [cell for cell in cells if cell.lines]
    deepest = max((cell.column for cell in inked), default=-1)
    for cell in cells:
        if cell.lines:
            _forget_deeper(cell, row, so_far)
            so_far.last_labels[cell.column] = cell
            yield cell, False
            continue
        table.ledger.claim([cell], Fate.IGNORED, "blank label place")
        if table.grid.origin == FIGURE_ROWS:
            continue  # there a word of several rows stands beside all of them
        above = so_far.last_labels.get(cell.column)
        if table.grid.origin == "html" or cell.row_span > 1:
            so_far.last_labels.pop(cell.column, None)
            continue  # where spans are drawn, a blank place of its own has lost its words
        if above is not None and (cell.column < deepest or not inked):
            yield above, True


def _forget_deeper(cell: Cell, row: int, so_far: RowsSoFar) -> None:
    """A new label ends those that stood right of the one above it."""
    if cell.row == row:
        for column in [c for c in so_far.last_labels if c > cell.column]:
            del so_far.last_labels[column]


# -- one label cell ----------------------------------------------------------------------------


def _with_cell(table: HeadedTable, cell: Cell, told: RowLabels, so_far: RowsSoFar) -> RowLabels:
    """What the row says with this label cell too."""
    head = table.slots.head(cell)
    stacked = table.kind(cell) == "unit" and all(find_unit(line.text) for line in cell.lines)
    is_unit = head.unit is not None and head.role is None and head.year is None
    if is_unit and _is_rate_of_count(table, cell, told):
        return _with_plain_label(table, cell, told, so_far)
    if stacked or is_unit:
        return told._replace(units=tuple(line.text for line in cell.lines), unit_cell=cell)
    if table.kind(cell) == "unit" and (told_unit := _with_unit_place(cell, told)) is not None:
        return told_unit
    if not head.says_something and is_rate_of_rows_above(table, cell):
        head = replace(head, role=Role.RATE)
    if head.role is None and (head.year is None or _is_row_number(table, cell)):
        return _with_plain_label(table, cell, told, so_far)
    if head.role in MEASURES:
        told = _with_measure(told, head, cell)
    elif _heads_grade(table, cell, head):
        told = _with_measure(told, replace(head, role=Role.GRADE), cell)
    elif head.role in TEXTS or head.role is Role.GRADE:
        told = told._replace(text_role=head.role)
    return told._replace(year=head, year_cell=cell) if head.year is not None else told


_COUNTED_IN = {
    "回数": "回", "人数": "人", "者数": "人", "件数": "件", "日数": "日", "時間数": "時間",
    "か所数": "か所", "箇所数": "か所",
}  # fmt: skip
"""How a name ends that says what it is counted in, and the unit."""


def has_lost_its_name(told: RowLabels) -> bool:
    """Is the name that the row was given from above none of its own?"""
    return told.tangled or _names_other_quantity(told)


def _names_other_quantity(told: RowLabels) -> bool:
    """人 in a row without a name below 協議の場の開催回数: what the row counts is not what is above it. A rate of days
    (達成率 利用日数 ％) is in per cents."""
    if not (told.inherited and told.labels and told.units) or _is_of_rates(told):
        return False
    name, unit = fold(told.labels[-1].text), find_unit(told.units[0])
    counted = next((word for end, word in _COUNTED_IN.items() if name.endswith(end)), None)
    return counted is not None and unit is not None and counted not in unit


def _is_rate_of_count(table: HeadedTable, cell: Cell, told: RowLabels) -> bool:
    """達成率 | 延べ利用時間 | ％: the unit of the rate stands beside it, so the count is not there to tell the unit."""
    if not _is_of_rates(told) or table.kind(cell) != "label" or not is_quantity(joined(cell.lines)):
        return False
    beside = (c for c in table.slots.inked(cell.row) if c.column > cell.column)
    return any(table.kind(other) == "unit" for other in beside)


def _is_of_rates(told: RowLabels) -> bool:
    return told.measure is not None and told.measure.role is Role.RATE


def _is_row_number(table: HeadedTable, cell: Cell) -> bool:
    """8 before 共同生活援助 is the number of the row; a year says 年度, or its column does."""
    heads = table.columns[cell.column].heads
    return fold(joined(cell.lines)).isdecimal() and not any("年" in head for head in heads)


def _heads_grade(table: HeadedTable, cell: Cell, head: Head) -> bool:
    """評価 before 達成 or Ａ in a row of one figure, or before nothing but grades: a grade, and no box of prose."""
    if head.role not in (Role.GRADE, Role.EVALUATION):
        return False
    row = table.slots.rows[cell.row]
    if table.grid.origin == FIGURE_ROWS:
        return row[-1] is not None and is_grade(row[-1].text)
    values = [c for c in row if c is not None and c.lines and table.kind(c) in _OF_FIGURES]
    return are_grades([value.text for value in values])


_OF_FIGURES = ("value", "grade")


_NO_UNIT = frozenset(("－", "―", "-"))
_LONGEST_UNIT = 4


def _with_unit_place(cell: Cell, told: RowLabels) -> RowLabels | None:
    """A place in the unit column that is no plain unit: a name over its unit (福祉型 / 人/月), the
    word for none (有無), or a unit that is not known and is published as such by nobody."""
    words = [line.text for line in cell.lines]
    if len(words) > 1 and find_unit(words[-1]) is not None:
        label = Label(joined(cell.lines[:-1]), tuple(words[:-1]), cell.span)
        labels = (*told.labels, label)
        return told._replace(units=(words[-1],), unit_cell=cell, labels=labels)
    text = fold(joined(cell.lines))
    if text in _NO_UNIT or is_whether(text):
        return told
    if len(text) <= _LONGEST_UNIT and not is_part(text) and told.labels:
        return told._replace(units=(joined(cell.lines),), unit_cell=cell)
    return None


def _with_measure(told: RowLabels, head: Head, cell: Cell) -> RowLabels:
    told = told._replace(measure=head, measure_cell=cell)
    if head.unit is not None and not told.units:
        told = told._replace(units=(head.unit,))
    if head.role in (Role.GAP, Role.RATE, Role.GRADE) or "累計" in head.printed:
        told = told._replace(series=joined(cell.lines))
    return told


def _with_plain_label(
    table: HeadedTable, cell: Cell, told: RowLabels, so_far: RowsSoFar
) -> RowLabels:
    """A label that is no known word: a goal, a series (beside measures), or what is counted."""
    if table.columns[cell.column].role is Role.GOAL and _has_deeper_label(table, cell):
        if not table.context.may_name_goals or table.context.place.goal is not None:
            return told
        return told._replace(goal=find_goal_head(joined(cell.lines), cell.span))
    if table.grid.origin in DRAWN and (stacked := read_stacked(cell)) is not None:
        return _with_stacked(told, stacked, cell)
    label, unit = label_and_unit(cell)
    if _is_dash(label.text):
        return told
    if unit is not None and not told.units:
        told = told._replace(units=(unit,), unit_cell=cell)
    if unit is None and not told.units and (counted := counted_behind(label)) is not None:
        label, quantity, unit = counted
        told = told._replace(units=(unit,), unit_cell=cell, series=quantity)
    told, label = _with_words_before(table, cell, told, label)
    beside_measures = cell.column in table.series_columns or is_quantity(label.text)
    is_series = beside_measures and bool(told.labels) and so_far.subset_of is None
    if is_series and not is_participant(label.text):
        return told._replace(series=label.text, series_cell=cell)
    if any(map(heads_places, table.columns[cell.column].heads)):
        label = replace(label, is_place=True)
    if all(known.span != cell.span for known in told.labels):
        return told._replace(labels=(*told.labels, label))
    return told


def _with_stacked(told: RowLabels, stacked: StackedLabel, cell: Cell) -> RowLabels:
    """児童発達支援 over 利用者数（人） and 利用日数（日）: a name, and what each line of the cells counts."""
    found = [label for label in (stacked.name, stacked.counts) if label is not None]
    told = told._replace(labels=(*told.labels, *found))
    if stacked.units and not told.units:
        told = told._replace(units=stacked.units, unit_cell=cell)
    return told._replace(stacked=stacked) if stacked.size > 1 else told


def _with_words_before(
    table: HeadedTable, cell: Cell, told: RowLabels, label: Label
) -> tuple[RowLabels, Label]:
    """The measure or the year that a label prints before the name: 【目標】…, 令和４年度末時点の…."""
    if told.measure is None and (found := measure_before(label)) is not None:
        told, label = _with_measure(told, found[0], cell), found[1]
    measured = any(column.role in MEASURES for column in table.columns)
    if told.measure is None and not measured and (found := measure_behind(label)) is not None:
        told, label = _with_measure(told, found[0], cell), found[1]
    is_free = told.year is None and all(column.year is None for column in table.columns)
    if is_free and (found := year_before(label)) is not None:
        return told._replace(year=found[0], year_cell=cell), found[1]
    return told, label


def _is_dash(text: str) -> bool:
    """― in a place for names: the row has none of that level."""
    mark = find_mark(fold(text))
    return mark is not None and mark.status is Status.NOT_REPORTED and not mark.has_words


def _has_deeper_label(table: HeadedTable, cell: Cell) -> bool:
    return any(c.kind == "label" for c in table.columns[cell.column + cell.column_span :])
