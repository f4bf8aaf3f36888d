"""What is known before the rows of a table are read: its surroundings, its columns, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.entries import Evidence, Note, Place
from keikaku.extractors.grids import DRAWN
from keikaku.extractors.heads import MEASURES, Role
from keikaku.extractors.ledger import Ledger
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.lost_cells import find_short_lines
from keikaku.extractors.tables.names_above import counted_in, name_in
from keikaku.extractors.tables.printed_labels import (
    label_and_unit,
    label_of,
    may_begin_in_measure,
    measure_before,
    measure_behind,
)
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import is_place, is_quantity, is_total, is_unspecific, joined
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext
from keikaku.normalizers.labels import list_number


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the surroundings of a table say about it."""

    place: Place
    heading: str | None = None
    """The heading right above: what a table counts whose rows name nothing but years."""
    default_measure: Role | None = None
    is_of_title: bool = False
    """Does only the title of the paper say the default measure, and nothing nearer?"""
    over: Mapping[str, Evidence] = field(default_factory=dict)
    """The words over the table that say its measure, its unit, and the label of rows without one (the item)."""
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    units: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    years: YearContext = field(default_factory=YearContext)
    reported: FiscalYear | None = None
    """The year that the document's title says it reports on: of actuals that name no year."""
    aimed: FiscalYear | None = None
    """The year that a title says the targets are for: of targets that name no year."""
    may_name_goals: bool = False
    """May a row of the table name the goal of the rows below it (loose tables)?"""
    has_named: bool = False
    """Did heading and item name a table without names already? Then the next one lost its own."""
    columns: tuple[Column, ...] = ()
    """Columns of an earlier table that this one may continue without a head of its own."""


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose heads are read: what each of its rows is read by."""

    slots: Slots
    columns: tuple[Column, ...]
    first_row: int
    """The first row below the heads."""
    head_width: int
    """The places that the heads reach over, from the left."""
    dated: Sequence[int]
    """The columns of a year."""
    series_columns: frozenset[int]
    """Label columns in which measure words stand: other words there are series, no labels."""
    names_rows: bool
    """Does a row say in its labels what is counted? Years or measures alone do not."""
    context: TableContext
    ledger: Ledger
    only_counts: bool = False
    """Do all rows say how something is counted (利用者数, 利用日数), and none what?"""
    lacks_names: bool = False
    """Do rows only say what the rows above them are of (生活介護, as wide as the table), and how it is counted?"""
    short_lines: frozenset[int] = frozenset()
    """Rows whose line has lost a cell (lost_cells.py)."""
    words_of_labels: frozenset[str] = frozenset()
    """The words of the label columns that are no head."""
    first_number: tuple[int, int] | None = None
    """The first row whose name has a number (<2>, ②), and that number."""
    rows_name_measures: bool = False
    """Do names of rows print their measure (【目標】地域生活移行者数)? One that does not has none then."""
    repeats_names: bool = False
    """Is a name printed again in the row below it (生活介護 人/月, 生活介護 人日/月)? A row without one has lost its own then."""
    rows_name_targets: bool = False
    """Do they print no other measure than that?"""

    @property
    def grid(self) -> Grid:
        return self.slots.grid

    def kind(self, cell: Cell) -> str:
        """The kind of the column that the cell starts in."""
        column, columns = cell.column, self.columns
        return columns[column].kind if column < len(columns) else "unknown"

    def is_name(self, words: str) -> bool:
        """Is a row called so? Figures and marks are no names."""
        return words in self.words_of_labels and not is_known_value(words)


def lay_table(
    slots: Slots,
    columns: tuple[Column, ...],
    first_row: int,
    context: TableContext,
    ledger: Ledger,
) -> HeadedTable:
    """The table with these columns over its rows from `first_row` on."""
    of_labels = {number for number, column in enumerate(columns) if column.kind == "label"}
    labels = [
        cell
        for row in range(first_row, slots.row_count)
        for cell in slots.inked(row)
        if cell.column in of_labels
    ]
    over = [cell for cell in slots.grid.cells if cell.row < first_row]
    heads = [slots.head(cell) for cell in labels]
    headed = list(zip(labels, heads, strict=True))
    before = (measure_before(label_of(cell)) for cell in labels if may_begin_in_measure(cell))
    measures = {found[0].role for found in before if found is not None}
    names = [cell for cell, head in headed if head.role is None and head.year is None]
    if len({head.year.year for head in heads if head.year is not None}) > 1:
        names = [cell for cell in names if not is_total(joined(cell.lines))]
    names_rows = bool(names)
    is_drawn = slots.grid.origin in DRAWN
    is_counted = is_drawn and _only_count(names)
    beside = [cell for cell in names if cell.column_span < slots.column_count]
    are_counted = is_counted if len(beside) == len(names) else is_drawn and _only_count(beside)
    return HeadedTable(
        slots,
        columns,
        first_row,
        head_width=max((c.column + c.column_span for c in over), default=0),
        dated=[number for number, column in enumerate(columns) if column.year is not None],
        series_columns=frozenset(cell.column for cell, head in headed if head.role in MEASURES),
        names_rows=names_rows,
        context=_named_by_heading(context)
        if not names_rows or is_counted
        else _placed(context, names),
        ledger=ledger,
        only_counts=is_counted,
        lacks_names=is_drawn and (not beside or are_counted),
        short_lines=find_short_lines(slots.grid),
        words_of_labels=frozenset(
            joined(cell.lines) for cell, head in headed if not head.says_something
        ),
        first_number=_first_number(labels),
        rows_name_measures=bool(measures),
        repeats_names=any(map(_are_again, names, names[1:])),
        rows_name_targets=measures == {Role.TARGET},
    )


def _are_again(one: Cell, below: Cell) -> bool:
    is_below = (below.row, below.column) == (one.row + one.row_span, one.column)
    words = joined(one.lines)
    return is_below and words == joined(below.lines) and not is_total(words)


def _only_count(names: Sequence[Cell]) -> bool:
    """利用者数, 利用日数　計画値: words that say nothing without the name over them."""
    words = [_without_measure(cell) for cell in names]
    return any(map(is_unspecific, words)) and all(is_quantity(w) or is_unspecific(w) for w in words)


def _without_measure(cell: Cell) -> str:
    """What a label counts: 利用者数 of 利用者数　計画値."""
    label = label_and_unit(cell)[0]
    said = measure_behind(label)
    return said[1].text if said is not None else label.text


def _first_number(labels: Sequence[Cell]) -> tuple[int, int] | None:
    numbered = ((cell.row, list_number(joined(cell.lines))) for cell in labels)
    return next(((row, number) for row, number in numbered if number is not None), None)


def _placed(context: TableContext, names: Sequence[Cell]) -> TableContext:
    """The context of rows that are places (架空市, 東部圏域): the heading right above, which is nearer than a numbered
    one, says what is counted in them."""
    if not all(is_place(joined(cell.lines)) for cell in names):
        return context
    name = counted_in(context.heading) if context.heading else None
    return context if name is None else replace(context, place=replace(context.place, item=name))


def _named_by_heading(context: TableContext) -> TableContext:
    """The context with the heading right above as what is counted, where it can be that."""
    name = name_in(context.heading) if context.heading else None
    if context.place.item is not None or name is None or context.has_named:
        return context
    return replace(context, place=replace(context.place, item=name))
