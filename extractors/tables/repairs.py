"""Rows that lost their shape: labels in the places of values, rows cut short, spans too small.

An OCR table may lose a label column: 利用者数 then stands under 令和3年度 and every figure one place too
far right, the last ones cut off. And a label that spans its rows (rowspan) may end a row too early.
Both are put back only where the words prove it, and what is put back is marked `repaired`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Cell, Notice
from keikaku.extractors.entries import Label
from keikaku.extractors.heads import MEASURES
from keikaku.extractors.ledger import Fate
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.groups import RowsSoFar
from keikaku.extractors.tables.printed_labels import deepest_words, label_of
from keikaku.extractors.words import is_participant, is_quantity, joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import find_unit


@quickly_made
@dataclass(frozen=True, slots=True)
class RowParts:
    """A row taken apart: label cells, and each column that may hold a figure or prose with its cell.

    `values` is None where the row is refused; a cell is None where none stands under the column.
    """

    labels: tuple[Cell, ...]
    values: tuple[tuple[Column, Cell | None], ...] | None
    notices: tuple[Notice, ...] = ()


# -- labels in the places of values ------------------------------------------------------------


def count_overflow(table: HeadedTable, cells: Sequence[Cell]) -> int:
    """How many label cells stand under year columns: 0 in a sound row."""
    years = table.dated
    if not years:
        return 0
    under = [cell for cell in cells if cell.column >= years[0]]
    count = 0
    while count < len(under) and _is_label_word(table, under[count]):
        count += 1
    rest = under[count:]
    if not count or not rest or not all(is_value_like(cell.text) for cell in rest):
        return 0
    return count


def _is_label_word(table: HeadedTable, cell: Cell) -> bool:
    if not cell.lines:
        return False
    if table.slots.head(cell).role in MEASURES:
        return True
    words = joined(cell.lines)
    return is_quantity(words) or is_participant(words)


def realign(
    table: HeadedTable, row: int, cells: Sequence[Cell], shifted: int, so_far: RowsSoFar
) -> RowParts:
    """Labels took the place of values: the figures that follow them belong to the years in
    order, and what the table's right edge cut off is missing."""
    years = table.dated
    under = [cell for cell in cells if cell.column >= years[0]]
    labels = (*(cell for cell in cells if cell.column < years[0]), *under[:shifted])
    figures = under[shifted:]
    lost = len(years) - len(figures)
    notice = _shift_notice(labels[0], shifted, lost)
    if lost < 0 or lost > shifted:
        table.ledger.claim(figures, Fate.FINDING, "shifted_row")
        return RowParts(labels, None, (notice,))
    if any(cell.row == row for cell in labels) and is_participant(deepest_words(labels)):
        so_far.damaged = label_of(labels[0])
    columns = [table.columns[n] for n in years]
    padded: list[Cell | None] = [*figures, *([None] * lost)]
    return RowParts(labels, tuple(zip(columns, padded, strict=True)), (notice,))


def _shift_notice(label: Cell, shifted: int, lost: int) -> Notice:
    detail = f"a label took {shifted} place(s) of the values; {max(lost, 0)} figure(s) lost"
    return Notice("short_row" if lost else "shifted_row", "warning", detail, label.span)


def refuse_moved(table: HeadedTable, row: int, cells: Sequence[Cell]) -> RowParts | None:
    """時間/月 in the place of a name or of a figure, though units have a column of their own: the row moved
    along, since a span that should hold its places ends above it, or one too many does."""
    if all(column.kind != "unit" for column in table.columns):
        return None
    own = [cell for cell in cells if cell.row == row and cell.lines]
    units = [cell for cell in own if _is_unit(cell)]
    moved = [cell for cell in units if table.kind(cell) in ("label", "value")]
    if not moved:
        return None
    table.ledger.claim(own, Fate.FINDING, "shifted_row")
    detail = f"「{joined(moved[0].lines)}」 stands in another column: 「{{}}」 may be so too"
    notices = [
        Notice("shifted_row", "warning", detail.format(cell.text[:40]), cell.span)
        for cell in own
        if cell not in units
    ]
    return RowParts((), None, tuple(notices))


def _is_unit(cell: Cell) -> bool:
    return find_unit(joined(cell.lines)) is not None and not is_quantity(joined(cell.lines))


# -- spans too small ---------------------------------------------------------------------------


def find_damaged_span(
    own: Sequence[Label], is_repaired: bool, so_far: RowsSoFar
) -> tuple[Label, Notice] | None:
    """The label above whose span should have held this row of one participant label (大人, 児童), and
    what is to be reported."""
    if so_far.damaged is not None and len(own) == 1 and is_participant(own[0].text):
        detail = f"「{own[0].text}」 stands outside the span of 「{so_far.damaged.text}」"
        return so_far.damaged, Notice("rowspan_too_small", "warning", detail, own[0].span)
    if own and not is_repaired and not is_participant(own[-1].text):
        so_far.damaged = None
    return None
