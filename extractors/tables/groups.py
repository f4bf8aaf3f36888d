"""Groups of rows (内訳, うち, ①…): what stands over a row without standing in it.

A row of one cell heads those below it: a class of services, a year, a unit, 【内訳】 over the parts of
the row before. A row that names only a part (うち精神障害者) or only a quantity (利用者数) belongs to
the whole or to the group above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from keikaku.extractors.document import Cell, Grid, Notice
from keikaku.extractors.entries import Label
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.heads import REVIEWS, Role, find_caption
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.head_rows import BlockHeads
from keikaku.extractors.tables.names_above import name_in
from keikaku.extractors.tables.printed_labels import label_and_unit, label_of, without_parts_word
from keikaku.extractors.words import is_category, is_part, is_participant, is_quantity, joined
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.quickly_made import quickly_made

_REMARKS = ("※", "*", "＊", "(注", "（注", "注)")


@quickly_made
@dataclass(slots=True)
class RowsSoFar:
    """What the rows read so far leave to those below them."""

    block: BlockHeads
    group: Label | None = None
    over: Label | None = None
    """What stands beside サービス名 above the rows: they are of it, whatever they are called."""
    subset_of: Label | None = None
    """The label whose parts the rows below 【内訳】 are."""
    outermost: Label | None = None
    """The outermost label of the last figure."""
    named: tuple[Label, ...] = ()
    """All labels of the last row that has its own."""
    last_whole: Label | None = None
    """The last label that names no part (うち…) of another."""
    last_marked: Label | None = None
    """The last label with a number of its own (①, ②)."""
    marked_measure: Role | None = None
    """The measure that its row prints beside it (見込量)."""
    last_labels: dict[int, Cell] = field(default_factory=dict)
    """By column, the label cell that a blank place below it goes on with."""
    counted: dict[str, set[object]] = field(default_factory=dict)
    """By label, what its rows so far count: unit without its period (人, 時間), measure and series."""
    damaged: Label | None = None
    """A label whose span ends before the last of its rows (repairs.py)."""
    reported: set[Notice] = field(default_factory=set)
    """Damaged spans that are reported already: each row under one would repeat it."""

    def forget_names(self) -> None:
        """A row was not understood: what stands below it goes on with no name from above."""
        self.last_labels.clear()
        self.last_whole = self.last_marked = self.subset_of = self.damaged = None


# -- rows that head others ---------------------------------------------------------------------


def is_group_row(table: HeadedTable, row: int, inked: Sequence[Cell]) -> bool:
    """One cell that heads the rows below it: 【内訳】, a year, a unit, a class of services."""
    if len(inked) != 1 or inked[0].struck or table.kind(inked[0]) == "text":
        return False
    cell = inked[0]
    if any(isinstance(block, Grid) for block in cell.blocks):
        return False
    reviews = any(column.role in REVIEWS for column in table.columns)
    if reviews and table.slots.head(cell).year is not None:
        return False
    if cell.column_span >= table.grid.column_count > 1:
        return True
    if not _stands_alone(table, row) or table.kind(cell) != "label":
        return False
    if table.grid.origin in ("ruled", "html"):
        return find_caption(cell.text) == "subset"
    return cell.column == 0


def _stands_alone(table: HeadedTable, row: int) -> bool:
    """Are all places for values blank, and does no cell reach into the row from above?"""
    values = [n for n, column in enumerate(table.columns) if column.kind in ("value", "text")]
    places = [table.slots.rows[row][n] for n in values]
    blank = all(place is None or not (place.lines or place.struck) for place in places)
    inherits = any(cell is not None and cell.row < row for cell in table.slots.rows[row])
    return bool(values) and blank and not inherits


def read_group_row(table: HeadedTable, cell: Cell, so_far: RowsSoFar) -> None:
    """Keep what the cell says for the rows below it."""
    text = joined(cell.lines)
    head = table.slots.head(cell)
    goal = find_goal_head(text, cell.span) if table.context.may_name_goals else None
    if find_caption(text) == "subset":
        so_far.subset_of = so_far.outermost
    elif goal is not None:
        so_far.block = replace(so_far.block, goal=goal)
        so_far.group = so_far.subset_of = None
    elif head.year is not None:
        so_far.block = replace(so_far.block, year=head)
    elif head.unit is not None:
        so_far.block = replace(so_far.block, units=(text,))
    elif not text.startswith(_REMARKS):
        _open_group(without_parts_word(label_of(cell)), text, so_far)


def _open_group(label: Label, text: str, so_far: RowsSoFar) -> None:
    if split_marks(text).number is not None:
        so_far.last_marked, so_far.group = label, None
    else:
        so_far.group = label
    so_far.subset_of = None
    so_far.last_labels.clear()


def read_named(cell: Cell, so_far: RowsSoFar) -> None:
    """Keep the value of a key (サービス名 | 居宅介護（時間/月）) for the rows below it."""
    label, unit = label_and_unit(cell)
    so_far.forget_names()
    so_far.group = so_far.over = label
    if unit is not None:
        so_far.block = replace(so_far.block, units=(unit,))


def rows_below_titles(table: HeadedTable, said: BlockHeads) -> RowsSoFar:
    """What the titles leave to the rows: the goal that one of them is, and the name of rows without any."""
    so_far = RowsSoFar(said)
    if said.named is not None:
        read_named(said.named, so_far)
    for cell in said.titles:
        text = joined(cell.lines)
        goal = find_goal_head(text, cell.span) if table.context.may_name_goals else None
        if goal is not None:
            so_far.block = replace(so_far.block, goal=goal)
        elif table.lacks_names and (name := name_in(text)) is not None:
            so_far.group = Label(name, (name,), cell.span)
    return so_far


# -- the labels that a row gets from above -----------------------------------------------------


def with_groups(
    table: HeadedTable,
    own: tuple[Label, ...],
    labels: tuple[Label, ...],
    so_far: RowsSoFar,
    measure: Role | None,
) -> tuple[Label, ...]:
    """The labels of a row after those of the groups above it. `own`: as printed in the row; `measure`: printed beside it."""
    if so_far.subset_of is not None and own and own[0] != so_far.subset_of:
        labels = (so_far.subset_of, *own)
    elif own and is_part(own[-1].text):
        if not _names_of(own[:-1]) and so_far.last_whole is not None:
            labels = (so_far.last_whole, own[-1])
    elif own:
        so_far.last_whole = (_names_of(own) or own)[0]
        labels = _under_number(table, own, labels, so_far, measure)
    bare = all(is_quantity(label.text) or is_participant(label.text) for label in own)
    if so_far.group is not None and bare and not is_category(so_far.group.text):
        labels = (so_far.group, *labels)
    elif so_far.over is not None and own and not indicators_named(clean_label(own[0].text)):
        labels = (so_far.over, *labels)
    while len(labels) > 1 and is_category(labels[0].text):
        labels = labels[1:]
    return labels


def parts_of_last(own: tuple[Label, ...], so_far: RowsSoFar) -> tuple[Label, ...]:
    """The labels of a row beside 内訳: the whole above it, and its own name."""
    whole = so_far.last_whole
    return (whole, own[-1]) if whole is not None and whole != own[-1] else own


def _names_of(labels: Sequence[Label]) -> list[Label]:
    """The labels that are more than a class of services (日中系, 訪問系サービス)."""
    return [label for label in labels if not is_category(label.text)]


def _under_number(
    table: HeadedTable,
    own: tuple[Label, ...],
    labels: tuple[Label, ...],
    so_far: RowsSoFar,
    measure: Role | None,
) -> tuple[Label, ...]:
    """Between numbered rows (①, ②), a row without number belongs to the number above it. One that says its name in
    full (就労移行支援事業による年間一般就労移行者数 below ①年間一般就労移行者数) stands for itself, and so does one that prints
    a measure (見込量) where the number's row printed none."""
    over = so_far.last_marked
    if split_marks(own[0].text).number is not None:
        so_far.last_marked, so_far.marked_measure = own[0], measure
    elif measure is not None and so_far.marked_measure is None:
        so_far.last_marked = None
    elif over is not None and len(own) == 1 and table.columns[0].kind == "label":
        is_whole = clean_label(own[0].text).endswith(clean_label(over.text))
        return labels if is_whole else (over, own[0])
    return labels
