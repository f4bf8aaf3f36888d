"""The rows below the heads, one after the other: blank, a repeated head, a group of rows, or figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Cell, Notice
from keikaku.extractors.entries import Entry, TextBox
from keikaku.extractors.heads import MEASURES, Head, Role
from keikaku.extractors.ledger import Fate
from keikaku.extractors.tables.cells import read_cell
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.doubts import doubt_counts_in_words, doubt_spoilt_names, doubt_twins
from keikaku.extractors.tables.groups import RowsSoFar, is_group_row, read_group_row, read_named
from keikaku.extractors.tables.labels import has_lost_its_name, read_labels
from keikaku.extractors.tables.named_tables import find_named
from keikaku.extractors.tables.one_below_other import HEADS_UNDECIDED
from keikaku.extractors.tables.repairs import RowParts, count_overflow, realign, refuse_moved
from keikaku.extractors.tables.totals import adds_up_years
from keikaku.extractors.words import is_participant, is_quantity, joined
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import clean_label

_COUNTED = regex.compile(r"(?:数|率|割合)\Z")
_COUNTS = regex.compile(r"[0-9０-９]")
_PERCENT = regex.compile(r"[%％割]|パーセント")
_MEASURES_OF_ROWS = frozenset((Role.TARGET, Role.PROJECTED, Role.ACTUAL))


def read_rows(table: HeadedTable, so_far: RowsSoFar) -> Iterator[Entry | TextBox | Notice]:
    """What every row below the heads gives, in order."""
    headed = [number for number, column in enumerate(table.columns) if column.heads]
    beyond = headed[-1] + 1 if headed else table.slots.column_count
    for row in range(table.first_row, table.slots.row_count):
        for item in _read_row(table, row, so_far):
            if isinstance(item, Entry):
                so_far.outermost = item.labels[0] if item.labels else None
            yield item
        if _runs_over(table, row, beyond):
            so_far.forget_names()


def _runs_over(table: HeadedTable, row: int, beyond: int) -> bool:
    """Do cells of the row stand beyond the last head? Another row ran into it, and had the last name."""
    return sum(cell.column >= beyond for cell in table.slots.inked(row)) > 1


def _read_row(
    table: HeadedTable, row: int, so_far: RowsSoFar
) -> Iterator[Entry | TextBox | Notice]:
    starting, inked = table.slots.starting(row), table.slots.inked(row)
    if not inked and not _goes_on_from_above(table, row, starting):
        table.ledger.claim(starting, Fate.IGNORED, "blank row")
    elif inked and _repeats_head(table, inked):
        table.ledger.claim(starting, Fate.LABEL, "repeated head")
    elif (named := find_named(table.grid, inked)) is not None:
        table.ledger.claim(starting, Fate.LABEL, "group of rows")
        read_named(named, so_far)
    elif inked and is_group_row(table, row, inked):
        table.ledger.claim(starting, Fate.LABEL, "group of rows")
        read_group_row(table, inked[0], so_far)
    else:
        yield from _read_body_row(table, row, so_far)


def _goes_on_from_above(table: HeadedTable, row: int, starting: Sequence[Cell]) -> bool:
    """Blank places for values beside a label that reaches into the row are cells of its figures."""
    covering = [cell for cell in table.slots.rows[row] if cell is not None and cell.row < row]
    return any(table.kind(cell) in ("value", "text") for cell in starting) and any(
        cell.lines and table.kind(cell) == "label" for cell in covering
    )


def _repeats_head(table: HeadedTable, inked: Sequence[Cell]) -> bool:
    return len(inked) > 1 and all(
        joined(cell.lines) in table.columns[cell.column].heads
        for cell in inked
        if cell.column < len(table.columns)
    )


def _read_body_row(
    table: HeadedTable, row: int, so_far: RowsSoFar
) -> Iterator[Entry | TextBox | Notice]:
    if (
        _has_slipped(table, row)
        or _is_left_of_first(table, row)
        or _is_below_other_heads(table, row)
        or _lacks_a_name(table, row)
        or adds_up_years(table, row)
    ):
        yield from _refused(table, row, so_far)
        return
    parts = _take_apart(table, row, so_far)
    yield from parts.notices
    told, notices = read_labels(table, row, parts.labels, so_far)
    yield from notices
    is_nameless = not told.labels and table.names_rows
    if parts.values and (is_nameless or has_lost_its_name(told)):
        so_far.forget_names()
    given = [
        item for column, cell in parts.values or () for item in read_cell(table, told, column, cell)
    ]
    sure = tuple(doubt_spoilt_names(given, table.ledger))
    yield from doubt_twins(tuple(doubt_counts_in_words(sure, table.ledger)), table.ledger)


def _is_left_of_first(table: HeadedTable, row: int) -> bool:
    """A row without number above <2>, and no <1> in the table: a part of <1>, whose row did not come along."""
    if table.first_number is None or row >= table.first_number[0]:
        return False
    return table.first_number[1] == 2 and table.slots.grid.origin not in ("html", "ruled")


def _lacks_a_name(table: HeadedTable, row: int) -> bool:
    """A row too short for the names over the columns: which of them it lacks, nobody can say."""
    if table.grid.origin != "html" or None not in table.slots.rows[row]:
        return False
    named = any(column.label is not None for column in table.columns)
    told = any(column.year is not None or column.role in MEASURES for column in table.columns)
    return named and not told


def _is_below_other_heads(table: HeadedTable, row: int) -> bool:
    """Do other heads stand between the row and those that are read (one_below_other.py)?"""
    faults = table.grid.faults
    return any(fault.rule == HEADS_UNDECIDED and fault.row <= row for fault in faults)


def _has_slipped(table: HeadedTable, row: int) -> bool:
    """A figure in the place of the unit; 目標値, a unit or the name of a row in that of a figure; a line
    too short: cells of the row moved."""
    if row in table.short_lines:
        return True
    cells = table.slots.across(row)
    if _is_pushed(table, row) or _is_drawn_left(table, row) or _is_under_two_spans(table, row):
        return True
    if count_overflow(table, cells):
        return False
    own = [cell for cell in cells if cell.row == row and cell.lines]
    return any(_is_out_of_place(table, cell) for cell in own)


def _is_pushed(table: HeadedTable, row: int) -> bool:
    """A name and as many cells behind it as there are heads, beside a name that reaches in from above: the
    span of that one is too long."""
    own = table.slots.starting(row)
    if not 0 < table.head_width <= sum(cell.column_span for cell in own):
        return False
    beside = [cell for cell in table.slots.across(row) if cell.row < row and cell.lines]
    return _is_name(table, own[0]) and any(_is_name(table, cell) for cell in beside)


def _is_under_two_spans(table: HeadedTable, row: int) -> bool:
    """一般就労 reaching in from above twice, side by side: the second stands where the row's own name should."""
    if table.grid.origin != "html":
        return False
    above = [c for c in table.slots.across(row) if c.row < row and c.lines and c.row_span > 1]
    words = [joined(cell.lines) for cell in above]
    return any(one == other for one, other in pairwise(words))


def _is_drawn_left(table: HeadedTable, row: int) -> bool:
    """A row of drawn cells that ends too early, a figure or dash in the place of a name: a span that should
    hold its first place ends above it."""
    if table.grid.origin != "html":
        return False
    headed = [number for number, column in enumerate(table.columns) if column.heads]
    if not headed or table.slots.rows[row][headed[-1]] is not None:
        return False
    own = table.slots.starting(row)
    return any(table.kind(cell) == "label" and is_value_like(cell.text) for cell in own)


def _is_name(table: HeadedTable, cell: Cell) -> bool:
    words = joined(cell.lines)
    is_word = table.slots.head(cell).says_something or is_quantity(words) or is_participant(words)
    return bool(words) and not is_word and not is_value_like(words)


def _is_out_of_place(table: HeadedTable, cell: Cell) -> bool:
    kind = table.kind(cell)
    if kind not in ("unit", "value"):
        return False
    words = joined(cell.lines)
    if kind == "unit":
        is_figure = is_value_like(cell.text) and _COUNTS.search(cell.text) is not None
        return is_figure or table.is_name(words)
    head = table.slots.head(cell)
    is_bare = head.unit is not None and head.role is None and not is_value_like(cell.text)
    is_unit = is_bare and not words.endswith("数")
    is_name = table.is_name(words) or _names_indicator(words)
    return _says_measure(head) or is_unit or _lacks_percent(table, cell) or is_name


@lru_cache(maxsize=4_096)
def _names_indicator(words: str) -> bool:
    """一般就労への移行者数 in the place of a figure: a name that the catalogue knows."""
    name = clean_label(words)
    return _COUNTED.search(name) is not None and bool(indicators_named(name))


def _lacks_percent(table: HeadedTable, cell: Cell) -> bool:
    """115 among 95.5% and 94.8% under 達成率: a figure of the column beside it."""
    if table.columns[cell.column].role is not Role.RATE:
        return False
    if not _COUNTS.search(cell.text) or _PERCENT.search(cell.text):
        return False
    under = table.slots.printed_below(cell.column, table.first_row)
    counted = [other for other in under if _COUNTS.search(other.text)]
    rates = [other for other in counted if _PERCENT.search(other.text)]
    return len(rates) > 1 and len(counted) - len(rates) == 1


def _says_measure(head: Head) -> bool:
    """実績 says what figures are; 令和６年度予定 in the place of one is a status."""
    return head.role in _MEASURES_OF_ROWS and head.year is None


def _refused(table: HeadedTable, row: int, so_far: RowsSoFar) -> Iterator[Notice]:
    """A row whose cells moved: none of it is read, and nothing below goes on with its names."""
    cells = [cell for cell in table.slots.starting(row) if cell.lines]
    table.ledger.claim(cells, Fate.FINDING, "shifted_row")
    so_far.forget_names()
    for cell in cells:
        if is_value_like(cell.text):
            detail = f"「{cell.text[:60]}」 stands in a row whose cells have moved, or are of no one year"
            yield Notice("shifted_row", "warning", detail, cell.span)


def _is_prose_across(table: HeadedTable, cell: Cell) -> bool:
    """評価 | words across the names and the years: a sentence is no name."""
    if cell.column == 0 or table.kind(cell) not in ("label", "unit") or "。" not in cell.text:
        return False
    across = table.columns[cell.column : cell.column + cell.column_span]
    return any(column.kind == "value" for column in across)


def _take_apart(table: HeadedTable, row: int, so_far: RowsSoFar) -> RowParts:
    """Label cells, and each column that may hold a figure or prose with its cell."""
    cells = table.slots.across(row)
    if shifted := count_overflow(table, cells):
        return realign(table, row, cells, shifted, so_far)
    if (moved := refuse_moved(table, row, cells)) is not None:
        return moved
    words = [cell for cell in cells if _is_prose_across(table, cell)]
    named = [cell for cell in cells if cell not in words]
    labels = tuple(cell for cell in named if table.kind(cell) in ("label", "unit"))
    values: list[tuple[Column, Cell | None]] = [(Column("text"), cell) for cell in words]
    for number, column in enumerate(table.columns):
        cell = table.slots.rows[row][number]
        if column.kind == "aside":
            table.ledger.claim([cell] if cell is not None else [], Fate.LABEL, "beside the row")
        elif column.kind not in ("label", "unit") and (
            cell is None or (cell.row == row and cell.column == number)
        ):
            values.append((column, cell))
    return RowParts(labels, tuple(values))
