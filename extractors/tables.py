"""Reading a Grid: which words are heads, which cells are figures, and what each figure is.

A table is read by what its heads and labels say, whatever drew it: years or measures may stand over
the columns or beside the rows, the unit in a column, in a head, in a label or over the table.
The steps: head rows → columns → for each body row its labels, then its cells. A row whose labels
take a place of the values (an OCR table that lost a column), or that is shorter than its head, is
put back where that is certain and marked `repaired`; otherwise it is refused with a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex
from keikaku.extractors.document import Cell, Grid, Notice, Prose, Span
from keikaku.extractors.entries import Entry, Evidence, GoalHead, Label, Note, Place, TextBox
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    TEXTS,
    Head,
    Role,
    find_caption,
    read_head,
    split_unit,
    split_unit_line,
)
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.words import (
    is_caption,
    is_category,
    is_eraless_year,
    is_legend,
    is_part,
    is_participant,
    is_quantity,
    is_sentence,
    is_trend,
    joined,
    without_comment,
)
from keikaku.extractors.year_runs import years_in_order
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import (
    FiscalYear,
    YearContext,
    find_fiscal_year,
    search_fiscal_years,
)
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_CELL_YEAR = regex.compile(
    r"(?P<value>.*\S)\s*[〔（(\[［](?P<year>[^〔〕（）()\[\]［］]{2,16})[〕）)\]］]", regex.DOTALL
)
_UNIT_FIRST = regex.compile(
    r"(?P<unit>[^\s0-9０-９]{1,8})[\s　]+(?P<rest>[0-9０-９][0-9０-９,，.．]*)"
)
"""時間/月 2,150: the unit before the number."""
_SPOILT_YEAR = regex.compile(
    r"[0-9A-Za-z令和平成元?□■()・/]{1,16}年度?末?(?:実績|見込み?|計画|目標)?"
)
"""A head that is a year and contradicts itself, or lost a digit: 2017(平成30)年度."""
_MOST_SLOTS = 400_000
"""Rows times columns beyond which a grid is refused: no sheet of paper holds so many cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the heads over one column say. `kind`: label, unit, value, text, grade or unknown."""

    kind: str
    role: Role | None = None
    year: FiscalYear | None = None
    unit: str | None = None
    heads: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    label: Label | None = None
    """What is counted in the column, where heads name it (services as columns)."""


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the surroundings of a table say about it."""

    place: Place
    default_measure: Role | None = None
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    units: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    years: YearContext = field(default_factory=YearContext)
    reported: FiscalYear | None = None
    """The year that the document's title says it reports on: of actuals that name no year."""
    may_name_goals: bool = False
    """May a row of the table name the goal of the rows below it (loose tables without a goal)?"""
    columns: tuple[Column, ...] = ()
    """Columns of an earlier table that this one may continue without a head of its own."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave."""

    entries: tuple[Entry, ...]
    texts: tuple[TextBox, ...]
    notices: tuple[Notice, ...]
    columns: tuple[Column, ...]


def read_table(grid: Grid, context: TableContext, ledger: Ledger) -> TableReading:
    """Read one table whole; every cell of it gets a fate in the ledger."""
    ledger.claim(grid.echoes, Fate.IGNORED, "beside the table, or an echo of a nested one")
    if grid.row_count * grid.column_count > _MOST_SLOTS:
        ledger.claim(grid.cells, Fate.FINDING, "table_too_large")
        detail = f"a table of {grid.row_count} rows and {grid.column_count} columns was not read"
        return TableReading((), (), (Notice("table_too_large", "warning", detail, grid.span),), ())
    return _TableReader(grid, context, ledger).read()


def slots_of(grid: Grid) -> list[list[Cell | None]]:
    """Row by row, the cell that covers each place, or None."""
    slots: list[list[Cell | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(
                cell.column, min(cell.column + cell.column_span, grid.column_count)
            ):
                slots[row][column] = cell
    return slots


@dataclass(slots=True)
class _RowLabels:
    """What the label cells of a row say."""

    labels: list[Label] = field(default_factory=list)
    measure: Head | None = None
    measure_cell: Cell | None = None
    year: Head | None = None
    year_cell: Cell | None = None
    units: tuple[str, ...] = ()
    unit_cell: Cell | None = None
    series: str | None = None
    text_role: Role | None = None
    inherited: bool = False
    repaired: bool = False
    goal: GoalHead | None = None
    flags: list[str] = field(default_factory=list)


class _TableReader:
    def __init__(self, grid: Grid, context: TableContext, ledger: Ledger) -> None:
        self.grid, self.context, self.ledger = grid, context, ledger
        self.slots = slots_of(grid)
        self.entries: list[Entry] = []
        self.texts: list[TextBox] = []
        self.notices: list[Notice] = []
        self.columns: tuple[Column, ...] = ()
        self.group: Label | None = None
        self.subset_of: Label | None = None
        self.block_year: Head | None = None
        self.block_units: tuple[str, ...] = ()
        self.block_measure: Evidence | None = None
        self.year_heads = years_in_order(self.slots, context.years)
        self.damaged: Label | None = None
        self.last_labels: dict[int, Cell] = {}
        self.last_marked: Label | None = None
        self.last_whole: Label | None = None
        self.goal: GoalHead | None = None
        self.overflow_columns = 0

    # -- heads ---------------------------------------------------------------------------------

    def read(self) -> TableReading:
        first = self._skip_titles()
        height = 0 if self.grid.origin == FIGURE_ROWS else self._head_height(first)
        if height:
            self.columns = self._columns(first, first + height)
            for row in range(first, first + height):
                self.ledger.claim(self._starting(row), Fate.LABEL, "head")
        elif self.grid.origin == FIGURE_ROWS and self.grid.column_count > 1:
            labels = (Column("label"),) * (self.grid.column_count - 1)
            self.columns = (*labels, Column("value"))
        elif len(self.context.columns) == self.grid.column_count:
            self.columns = self.context.columns
        else:
            self.columns = tuple(Column("unknown") for _ in range(self.grid.column_count))
        self._find_measure_columns(first + height)
        for row in range(first + height, self.grid.row_count):
            self._read_row(row)
        return TableReading(
            tuple(self.entries), tuple(self.texts), tuple(self.notices), self.columns
        )

    def _starting(self, row: int) -> list[Cell]:
        """Cells that start in this row."""
        seen = []
        for column, cell in enumerate(self.slots[row]):
            if cell is not None and cell.row == row and cell.column == column:
                seen.append(cell)
        return seen

    def _inked(self, row: int) -> list[Cell]:
        return [cell for cell in self._starting(row) if cell.lines or cell.struck]

    def _head(self, cell: Cell) -> Head:
        text = joined(cell.lines)
        if (year := self.year_heads.get((cell.row, cell.column))) is not None:
            return Head(text, None, year)
        head = read_head(text, self.context.years)
        if head.year is None and is_eraless_year(text):
            return read_head(text, replace(self.context.years, previous=self._year_before(cell)))
        return head

    def _year_before(self, cell: Cell) -> int | None:
        """The year that the nearest cell left of this one, or above it, names with its era."""
        beside = [self.slots[cell.row][column] for column in range(cell.column - 1, -1, -1)]
        above = [self.slots[row][cell.column] for row in range(cell.row - 1, -1, -1)]
        for other in (*beside, *above):
            if other is None or other is cell or not other.lines:
                continue
            if (year := self._head(other).year) is not None:
                return year.last or year.year
        return self.context.year.year if self.context.year is not None else None

    def _skip_titles(self) -> int:
        """Rows at the top that hold one cell only: a caption or a unit for the whole table."""
        row = 0
        while row < self.grid.row_count - 1:
            inked = self._inked(row)
            if len(inked) > 1 or (inked and inked[0].column_span < self.grid.column_count):
                break
            if not inked:
                self.ledger.claim(self._starting(row), Fate.IGNORED, "blank row")
            elif not self._take_title(inked[0]):
                break
            row += 1
        return row

    def _take_title(self, cell: Cell) -> bool:
        head = self._head(cell)
        if head.unit is not None and head.role is None:
            self.block_units = (joined(cell.lines),)
        elif head.year is not None and head.role is None:
            self.block_year = head
        elif is_sentence(cell.text) or any(not isinstance(b, Prose) for b in cell.blocks):
            return False
        if is_trend(joined(cell.lines)):
            self.block_measure = Evidence("measure", "title of the table", cell.text, cell.span)
        self.ledger.claim([cell], Fate.LABEL, "title of the table")
        return True

    def _head_height(self, first: int) -> int:
        """How many rows from `first` on are heads."""
        row = first
        while row < self.grid.row_count and self._is_head_row(row, row == first):
            row += 1
        return row - first

    def _is_head_row(self, row: int, is_first: bool) -> bool:
        inked = self._inked(row)
        if not inked:
            return False
        known, unknown = 0, 0
        for cell in inked:
            head = self._head(cell)
            if head.says_something:
                known += 1
            elif is_value_like(cell.text) or is_sentence(cell.text):
                return False
            else:
                unknown += 1
        if not is_first:
            if all(is_caption(joined(cell.lines)) for cell in inked):
                return True
            return known > 0 and self._is_below_heads(inked) and self._fits_below(inked, unknown)
        if known >= 2 and known >= unknown:
            return True
        if known == 1 and unknown <= 1 and len(inked) >= 2 and self._names_columns(inked):
            return True
        return known >= 1 and self._stand_over_figures(row, inked)

    def _fits_below(self, inked: Sequence[Cell], unknown: int) -> bool:
        """A lower head row is all known words, but for the word over the labels at its left."""
        if not unknown:
            return True
        return unknown == 1 and len(inked) > 3 and not self._head(inked[0]).says_something

    def _stand_over_figures(self, row: int, inked: Sequence[Cell]) -> bool:
        """Do figures stand under every word of this row that is no known head (services as heads)?"""
        figures = next(
            (
                r
                for r in range(row + 1, self.grid.row_count)
                if any(is_value_like(cell.text) for cell in self._inked(r))
            ),
            None,
        )
        if figures is None:
            return False
        unknown = [cell for cell in inked if not self._head(cell).says_something]
        under = [self.slots[figures][cell.column] for cell in unknown]
        return all(cell is not None and is_value_like(cell.text) for cell in under)

    def _is_below_heads(self, inked: Sequence[Cell]) -> bool:
        """A second head row holds years, measures or units; a row that starts with one and goes on
        with blanks is a body row (見込量 | – | …)."""
        if inked[0].column == 0 and len(inked) < self.grid.column_count / 2:
            return False
        roles = {self._head(cell).role for cell in inked}
        return not (roles & {Role.LABEL}) or len(inked) > 1

    def _names_columns(self, inked: Sequence[Cell]) -> bool:
        heads = [self._head(cell) for cell in inked]
        return any(h.role in MEASURES | TEXTS or h.year is not None for h in heads[1:]) or (
            heads[0].role in (Role.TARGET, Role.TERM)
        )

    def _columns(self, first: int, end: int) -> tuple[Column, ...]:
        paths = [self._heads_over(column, first, end) for column in range(self.grid.column_count)]
        merged = [
            self._with_label(self._merge(path), number, path, end)
            for number, path in enumerate(paths)
        ]
        merged = _current_beside_baseline(merged)
        lasts = [n for n, column in enumerate(merged) if column.kind in ("value", "text", "grade")]
        last = lasts[-1] if lasts else self.grid.column_count
        return tuple(
            replace(column, kind="label")
            if column.kind == "unknown"
            and n < last
            and not self._holds_only_figures(column, n, end)
            else self._graded(column, n, end)
            for n, column in enumerate(merged)
        )

    def _holds_only_figures(self, merged: Column, column: int, end: int) -> bool:
        """Figures under a head that is not understood are no labels of their rows."""
        under = self._under(column, end)
        if column > 0 and any("年度" in head for head in merged.heads):
            return True
        return column > 0 and bool(under) and all(is_value_like(cell.text) for cell in under)

    def _graded(self, column: Column, number: int, end: int) -> Column:
        """評価 over nothing but grades (A, ○) is a column of grades, not of prose."""
        under = self._under(number, end)
        graded = column.role in (Role.EVALUATION, Role.CONTENT)
        if (
            graded
            and any(_TICK.search(c.text) for c in under)
            and all(_is_grade(c.text) for c in under)
        ):
            return replace(column, kind="grade", role=Role.GRADE)
        return column

    def _under(self, column: int, end: int) -> list[Cell]:
        """The printed cells below the heads of a column."""
        rows = range(end, self.grid.row_count)
        cells = [self.slots[row][column] for row in rows]
        return [
            c for c in cells if c is not None and c.lines and c.column_span < self.grid.column_count
        ]

    def _with_label(
        self, column: Column, number: int, path: Sequence[tuple[Head, Cell]], end: int
    ) -> Column:
        """A head that is no known word over figures names what is counted in them."""
        named = [
            cell
            for head, cell in path
            if not head.says_something and not is_eraless_year(joined(cell.lines))
        ]
        if not named or column.kind not in ("unknown", "value"):
            return column
        under = [self.slots[row][number] for row in range(end, self.grid.row_count)]
        figures = [c for c in under if c is not None and c.lines and is_value_like(c.text)]
        words = [c for c in under if c is not None and c.lines and not is_value_like(c.text)]
        if not figures or len(words) > len(figures):
            return column
        words_over = label_text(named[-1])
        spoilt = _SPOILT_YEAR.fullmatch(words_over) or _YEAR_HEAD.search(words_over)
        if spoilt or search_fiscal_years(words_over):
            return replace(column, kind="unknown")
        label, unit = self._label_and_unit(named[-1])
        return replace(column, kind="value", label=label, unit=column.unit or unit)

    def _label_and_unit(self, cell: Cell) -> tuple[Label, str | None]:
        """``利用者数（人/月）``: the label, and the unit in brackets behind it."""
        label = _label_of(cell)
        split = split_unit_line(label.lines) if self._kind(cell) == "unit" else None
        if split is not None:
            return Label("".join(split[0]), split[0], label.span), split[1]
        split = split_unit(label.text)
        if split is None:
            return label, None
        return Label(
            split[0], label.lines if len(label.lines) > 1 else (split[0],), label.span
        ), split[1]

    def _heads_over(self, column: int, first: int, end: int) -> list[tuple[Head, Cell]]:
        path: list[tuple[Head, Cell]] = []
        for row in range(first, end):
            cell = self.slots[row][column]
            if cell is None or not cell.lines:
                cell = self._group_head_left_of(row, column, end)
            if cell is not None and all(cell is not known for _, known in path):
                path.append((self._head(cell), cell))
        return path

    def _group_head_left_of(self, row: int, column: int, end: int) -> Cell | None:
        """A blank place in a head row belongs to the year or term left of it, if heads stand below."""
        below = [self.slots[r][column] for r in range(row + 1, end)]
        if not any(cell is not None and cell.lines for cell in below):
            return None
        for left in range(column - 1, -1, -1):
            cell = self.slots[row][left]
            if cell is not None and cell.lines:
                head = self._head(cell)
                groups = head.year is not None or head.role in (Role.TERM, *MEASURES)
                return cell if groups else None
        return None

    def _merge(self, path: Sequence[tuple[Head, Cell]]) -> Column:
        """One column from the heads over it, the deepest word on each matter winning."""
        year, role, unit = None, None, None
        for head, cell in path:
            if head.year is not None:
                if year is not None and year.year != head.year.year:
                    detail = f"two years over one column: {year.printed} and {head.year.printed}"
                    self.notices.append(Notice("conflicting_years", "warning", detail, cell.span))
                year = head.year
            if head.role is not None and (head.role is not Role.TERM or role is None):
                role = head.role
            unit = head.unit or unit
        kind = _kind_of(role, year, unit)
        printed = tuple(joined(cell.lines) for _, cell in path)
        return Column(kind, role, year, unit, printed, tuple(cell.span for _, cell in path))

    def _find_measure_columns(self, first: int) -> None:
        """Label columns in which measure words stand: other words there are series, no labels."""
        self.measure_columns = {
            cell.column
            for row in range(first, self.grid.row_count)
            for cell in self._inked(row)
            if self._kind(cell) == "label" and self._head(cell).role in MEASURES
        }

    def _kind(self, cell: Cell) -> str:
        return self.columns[cell.column].kind if cell.column < len(self.columns) else "unknown"

    # -- rows ----------------------------------------------------------------------------------

    def _read_row(self, row: int) -> None:
        starting, inked = self._starting(row), self._inked(row)
        if not inked:
            self._read_blank_row(row, starting)
        elif self._repeats_head(inked):
            self.ledger.claim(starting, Fate.LABEL, "repeated head")
        elif self._is_group_row(row, inked):
            self._read_group_row(inked[0], starting)
        else:
            self._read_body_row(row)

    def _read_blank_row(self, row: int, starting: Sequence[Cell]) -> None:
        values = [cell for cell in starting if self._kind(cell) in ("value", "text")]
        covering = [cell for cell in self.slots[row] if cell is not None and cell.row < row]
        if values and any(cell.lines and self._kind(cell) == "label" for cell in covering):
            self._read_body_row(row)
        else:
            self.ledger.claim(starting, Fate.IGNORED, "blank row")

    def _repeats_head(self, inked: Sequence[Cell]) -> bool:
        return len(inked) > 1 and all(
            joined(cell.lines) in self.columns[cell.column].heads
            for cell in inked
            if cell.column < len(self.columns)
        )

    def _is_group_row(self, row: int, inked: Sequence[Cell]) -> bool:
        """One cell that heads the rows below it: 【内訳】, a year, a unit, a class of services."""
        if len(inked) != 1 or inked[0].struck or self._kind(inked[0]) == "text":
            return False
        cell = inked[0]
        if any(isinstance(block, Grid) for block in cell.blocks):
            return False
        if self._head(cell).year is not None and any(c.role in REVIEWS for c in self.columns):
            return False
        if cell.column_span >= self.grid.column_count > 1:
            return True
        values = [n for n, column in enumerate(self.columns) if column.kind in ("value", "text")]
        places = [self.slots[row][n] for n in values]
        blank = all(place is None or not (place.lines or place.struck) for place in places)
        inherits = any(c is not None and c.row < row for c in self.slots[row])
        if not values or not blank or inherits or self._kind(cell) != "label":
            return False
        if self.grid.origin == "ruled" or self.grid.origin == "html":
            return find_caption(cell.text) == "subset"
        return cell.column == 0

    def _read_group_row(self, cell: Cell, starting: Sequence[Cell]) -> None:
        text = joined(cell.lines)
        head = self._head(cell)
        self.ledger.claim(starting, Fate.LABEL, "group of rows")
        goal = find_goal_head(text, cell.span) if self.context.may_name_goals else None
        if find_caption(text) == "subset":
            self.subset_of = self._outermost_label()
        elif goal is not None:
            self.goal, self.group, self.subset_of = goal, None, None
        elif head.year is not None:
            self.block_year = head
        elif head.unit is not None:
            self.block_units = (text,)
        elif text.startswith(("※", "*", "＊", "(注", "（注", "注)")):
            return
        else:
            label = _without_parts_word(_label_of(cell))
            if split_marks(text).number is not None:
                self.last_marked, self.group = label, None
            else:
                self.group = label
            self.subset_of = None
            self.last_labels.clear()

    def _outermost_label(self) -> Label | None:
        return self.entries[-1].labels[0] if self.entries and self.entries[-1].labels else None

    def _read_body_row(self, row: int) -> None:
        cells = self._cells_of_row(row)
        labels, values = self._split_row(row, cells)
        told = self._read_labels(row, labels)
        if values is None:
            return
        for column, cell in values:
            self._read_value(column, cell, told)

    def _cells_of_row(self, row: int) -> list[Cell]:
        """Each cell that covers the row once, left to right."""
        cells: list[Cell] = []
        for cell in self.slots[row]:
            if cell is not None and (not cells or cells[-1] is not cell):
                cells.append(cell)
        return cells

    def _split_row(
        self, row: int, cells: Sequence[Cell]
    ) -> tuple[list[Cell], list[tuple[Column, Cell | None]] | None]:
        """Label cells, and each column that may hold a figure or prose with its cell."""
        shifted = self._overflow(cells)
        if shifted:
            return self._realign(row, cells, shifted)
        labels = [cell for cell in cells if self._kind(cell) in ("label", "unit")]
        values: list[tuple[Column, Cell | None]] = []
        for number, column in enumerate(self.columns):
            if column.kind in ("label", "unit"):
                continue
            cell = self.slots[row][number]
            if column.kind == "aside":
                self.ledger.claim([cell] if cell is not None else [], Fate.LABEL, "beside the row")
                continue
            if cell is not None and (cell.row < row or cell.column < number):
                continue
            values.append((column, cell))
        return labels, values

    def _overflow(self, cells: Sequence[Cell]) -> int:
        """How many label cells stand under year columns: 0 in a sound row."""
        years = [n for n, column in enumerate(self.columns) if column.year is not None]
        if not years:
            return 0
        under = [cell for cell in cells if cell.column >= years[0]]
        count = 0
        for cell in under:
            if not cell.lines or not self._is_label_word(cell):
                break
            count += 1
        rest = under[count:]
        if not count or not rest or not all(is_value_like(cell.text) for cell in rest):
            return 0
        return count

    def _is_label_word(self, cell: Cell) -> bool:
        if self._head(cell).role in MEASURES:
            return True
        return is_quantity(joined(cell.lines)) or is_participant(joined(cell.lines))

    def _realign(
        self, row: int, cells: Sequence[Cell], shifted: int
    ) -> tuple[list[Cell], list[tuple[Column, Cell | None]] | None]:
        """Labels took the place of values: the figures that follow them belong to the years in
        order, and what the table's right edge cut off is missing."""
        years = [n for n, column in enumerate(self.columns) if column.year is not None]
        labels = [cell for cell in cells if cell.column < years[0]]
        under = [cell for cell in cells if cell.column >= years[0]]
        labels += under[:shifted]
        figures = under[shifted:]
        self.overflow_columns = shifted
        lost = len(years) - len(figures)
        detail = f"a label took {shifted} place(s) of the values; {max(lost, 0)} figure(s) lost"
        span = labels[0].span if labels else figures[0].span
        self.notices.append(Notice("short_row" if lost else "shifted_row", "warning", detail, span))
        if lost < 0 or lost > shifted:
            self.ledger.claim(figures, Fate.FINDING, "shifted_row")
            return labels, None
        if any(cell.row == row for cell in labels):
            self.damaged = (
                _label_of(labels[0]) if is_participant(_deepest(labels)) else self.damaged
            )
        columns = [self.columns[n] for n in years]
        padded: list[Cell | None] = [*figures, *([None] * lost)]
        return labels, list(zip(columns, padded, strict=True))

    # -- labels --------------------------------------------------------------------------------

    def _read_labels(self, row: int, cells: Sequence[Cell]) -> _RowLabels:
        told = _RowLabels()
        told.repaired = any(self._kind(cell) == "value" for cell in cells)
        if any(fault.rule == "shifted_row" and fault.row == row for fault in self.grid.faults):
            told.repaired = True
            told.flags.append("shifted_row")
        for cell in self._with_inherited(row, cells, told):
            self._read_label(cell, told)
        own = list(told.labels)
        self._add_group(told, own)
        return told

    def _with_inherited(self, row: int, cells: Sequence[Cell], told: _RowLabels) -> Iterator[Cell]:
        """A blank label place goes on with the label above it when a deeper label stands in the row."""
        inked = [cell for cell in cells if cell.lines]
        deepest = max((cell.column for cell in inked), default=-1)
        for cell in cells:
            if cell.lines:
                self._forget_deeper(cell, row)
                self.last_labels[cell.column] = cell
                yield cell
            else:
                self.ledger.claim([cell], Fate.IGNORED, "blank label place")
                above = self._label_above(cell.column)
                if above is not None and (cell.column < deepest or not inked):
                    told.inherited = True
                    yield above

    def _label_above(self, column: int) -> Cell | None:
        return self.last_labels.get(column)

    def _forget_deeper(self, cell: Cell, row: int) -> None:
        if cell.row != row:
            return
        for column in [c for c in self.last_labels if c > cell.column]:
            del self.last_labels[column]

    def _read_label(self, cell: Cell, told: _RowLabels) -> None:
        self.ledger.claim([cell], Fate.LABEL, "row label")
        text = joined(cell.lines)
        head = self._head(cell)
        stacked = self._kind(cell) == "unit" and all(find_unit(x.text) for x in cell.lines)
        if stacked or (head.unit is not None and head.role is None and head.year is None):
            told.units = tuple(line.text for line in cell.lines)
            told.unit_cell = cell
            return
        if head.role in MEASURES:
            told.measure, told.measure_cell = head, cell
            if head.unit is not None and not told.units:
                told.units = (head.unit,)
            if head.role in (Role.GAP, Role.RATE):
                told.series = text
        elif head.role in TEXTS or head.role is Role.GRADE:
            told.text_role = head.role
        if head.year is not None:
            told.year, told.year_cell = head, cell
        if head.role is None and head.year is None:
            self._read_plain_label(cell, text, told)

    def _read_plain_label(self, cell: Cell, text: str, told: _RowLabels) -> None:
        if self.columns[cell.column].role is Role.GOAL and self._has_deeper_label(cell):
            if self.context.may_name_goals:
                told.goal = find_goal_head(text, cell.span)
            return
        label, unit = self._label_and_unit(cell)
        text = label.text
        if unit is not None and not told.units:
            told.units, told.unit_cell = (unit,), cell
        is_series = told.labels and (cell.column in self.measure_columns or is_quantity(text))
        if is_series and self.subset_of is None and not is_participant(text):
            told.series = text
        elif all(label.span != cell.span for label in told.labels):
            told.labels.append(label)

    def _has_deeper_label(self, cell: Cell) -> bool:
        return any(c.kind == "label" for c in self.columns[cell.column + cell.column_span :])

    def _add_group(self, told: _RowLabels, own: list[Label]) -> None:
        """Put the labels of the groups above the row before its own."""
        if self.damaged is not None and len(own) == 1 and is_participant(own[0].text):
            told.labels = [self.damaged, own[0]]
            told.repaired = True
            told.flags.append("rowspan_too_small")
            detail = f"「{own[0].text}」 stands outside the span of 「{self.damaged.text}」"
            self._notice_once("rowspan_too_small", detail, own[0].span)
        elif own and not told.repaired and not is_participant(own[-1].text):
            self.damaged = None
        if self.subset_of is not None and own and own[0] != self.subset_of:
            told.labels = [self.subset_of, *own]
        elif own and is_part(own[-1].text):
            if len(own) == 1 and self.last_whole is not None:
                told.labels = [self.last_whole, own[0]]
        elif own:
            self.last_whole = own[0]
            self._add_marked(told, own)
        bare = all(is_quantity(label.text) or is_participant(label.text) for label in own)
        if self.group is not None and bare and not is_category(self.group.text):
            told.labels = [self.group, *told.labels]
        while len(told.labels) > 1 and is_category(told.labels[0].text):
            told.labels = told.labels[1:]

    def _add_marked(self, told: _RowLabels, own: list[Label]) -> None:
        """Between numbered rows (①, ②), a row without number belongs to the number above it."""
        marked = split_marks(own[0].text).number is not None
        if marked:
            self.last_marked = own[0]
        elif self.last_marked is not None and len(own) == 1 and self.columns[0].kind == "label":
            told.labels = [self.last_marked, own[0]]

    def _notice_once(self, rule: str, detail: str, span: Span) -> None:
        notice = Notice(rule, "warning", detail, span)
        if notice not in self.notices:
            self.notices.append(notice)

    # -- values --------------------------------------------------------------------------------

    def _read_value(self, column: Column, cell: Cell | None, told: _RowLabels) -> None:
        if cell is None:
            if column.kind != "value" or not column.heads:
                return
            if told.repaired or (told.labels and column.kind == "value"):
                self._add_missing(column, told)
            return
        if column.kind == "unknown":
            self._read_unknown(cell)
        elif self._is_merged_blank(column, cell, told):
            self.ledger.claim([cell], Fate.IGNORED, "merged with the cell above")
        elif column.kind == "text" or told.text_role in TEXTS or _is_prose(cell):
            self._add_text(column, cell, told)
        else:
            self._add_entry(column, cell, told)

    def _read_unknown(self, cell: Cell) -> None:
        if not cell.lines:
            self.ledger.claim([cell], Fate.IGNORED, "blank")
            return
        self.ledger.claim([cell], Fate.FINDING, "unknown_column")
        detail = f"no head says what 「{cell.text[:60]}」 is"
        self.notices.append(Notice("unknown_column", "warning", detail, cell.span))

    def _is_merged_blank(self, column: Column, cell: Cell, told: _RowLabels) -> bool:
        """In tables without spans a merged cell leaves blanks under it: 基準値 beside two rows."""
        if cell.lines or cell.struck or self.grid.origin in ("html", "ruled"):
            return False
        return told.inherited and column.year is None

    def _add_text(self, column: Column, cell: Cell, told: _RowLabels) -> None:
        blocks = cell.blocks
        while blocks and not isinstance(blocks[0], Grid) and is_caption(joined(blocks[0].lines)):
            self.ledger.claim(blocks[0].lines, Fate.LABEL, "caption")
            blocks = blocks[1:]
        self.ledger.claim([cell], Fate.PROSE, "prose")
        role = column.role if column.role in TEXTS else told.text_role
        year = (told.year.year if told.year else None) or column.year or self._outer_year()
        item = told.labels[-1].text if told.labels and role not in (Role.RATIONALE,) else None
        self.texts.append(
            TextBox(
                place=self.context.place,
                section=_section_of(role),
                blocks=blocks,
                span=cell.span,
                year=year,
                item=item,
                struck=cell.struck,
            )
        )

    def _outer_year(self) -> FiscalYear | None:
        if self.block_year is not None:
            return self.block_year.year
        return None

    def _add_missing(self, column: Column, told: _RowLabels) -> None:
        span = told.labels[-1].span if told.labels else self.grid.span
        flags = (*told.flags, "short_row")
        self.entries.append(
            replace(
                self._entry(column, "", span, told),
                missing=True,
                certainty="repaired",
                flags=flags,
            )
        )

    def _add_entry(self, column: Column, cell: Cell, told: _RowLabels) -> None:
        self.ledger.claim([cell], Fate.ENTRY, "figure or status")
        text, year = self._value_and_year(cell)
        entry = replace(self._entry(column, text, _extent(cell), told), raw=cell.text)
        unit_first = _UNIT_FIRST.fullmatch(text)
        if unit_first is not None and find_unit(unit_first["unit"]) is not None:
            entry = replace(entry, text=unit_first["rest"], units=(unit_first["unit"],))
        if year is not None:
            entry = self._with_cell_year(entry, year, column)
        if told.repaired:
            flag = "label_overflow" if self.overflow_columns else "rowspan_too_small"
            flags = told.flags or [flag]
            entry = replace(entry, certainty="repaired", flags=tuple(flags))
        self.entries.append(replace(entry, struck=cell.struck))

    def _value_and_year(self, cell: Cell) -> tuple[str, FiscalYear | None]:
        """``301人〔令和4年度〕``: the figure, and the year printed with it."""
        match = _CELL_YEAR.fullmatch(cell.text)
        year = find_fiscal_year(match["year"], self.context.years) if match else None
        if match is None or year is None:
            return cell.text, None
        return match["value"].rstrip(), year

    def _with_cell_year(self, entry: Entry, year: FiscalYear, column: Column) -> Entry:
        if column.year is not None and column.year.year != year.year:
            detail = f"「{entry.raw}」 stands under {column.year.printed}"
            self.notices.append(Notice("conflicting_years", "warning", detail, entry.span))
        evidence = Evidence("year", "the cell itself", year.printed, entry.span)
        return replace(entry, year=year, evidence=(*entry.evidence, evidence))

    def _entry(self, column: Column, text: str, span: Span, told: _RowLabels) -> Entry:
        measure, measure_evidence = self._measure(column, told)
        year, year_evidence = self._year(column, told, measure)
        units, unit_evidence = self._units(column, told)
        labels = tuple(told.labels)
        if column.label is not None:
            labels = (*labels, column.label)
        series = told.series
        if column.role in (Role.RATE, Role.GRADE, Role.SECURED):
            series = column.heads[-1]
        if column.role is Role.BASELINE:
            series = None
        evidence = [e for e in (measure_evidence, year_evidence, unit_evidence) if e is not None]
        evidence += [Evidence("label", "row label", label.text, label.span) for label in labels]
        goal = told.goal or self.goal
        place = replace(self.context.place, goal=goal) if goal else self.context.place
        return Entry(
            place=place,
            text=text,
            span=span,
            labels=labels,
            series=series,
            measure=measure,
            year=year,
            units=units,
            notes=self.context.notes,
            evidence=tuple(evidence),
        )

    def _measure(self, column: Column, told: _RowLabels) -> tuple[Role | None, Evidence | None]:
        """A baseline or gap column says what its cells are; else the row's word, then the column's."""
        strong = column.role in (Role.BASELINE, Role.GAP, Role.RATE, Role.GRADE)
        if told.measure is not None and told.measure_cell is not None and not strong:
            cell = told.measure_cell
            return told.measure.role, Evidence("measure", "row label", cell.text, cell.span)
        if column.role in MEASURES or column.role is Role.GRADE:
            return column.role, Evidence(
                "measure", "column head", " / ".join(column.heads), column.spans[-1]
            )
        if told.series is not None and told.labels and self.measure_columns:
            return Role.ACTUAL, None
        return self._trend(told) or (self.context.default_measure, None)

    def _trend(self, told: _RowLabels) -> tuple[Role | None, Evidence | None] | None:
        """…の推移: figures of the years gone by."""
        label = next((label for label in told.labels if is_trend(label.text)), None)
        if label is not None:
            return Role.ACTUAL, Evidence("measure", "row label", label.text, label.span)
        return (Role.ACTUAL, self.block_measure) if self.block_measure is not None else None

    def _year(
        self, column: Column, told: _RowLabels, measure: Role | None
    ) -> tuple[FiscalYear | None, Evidence | None]:
        if column.year is not None:
            return column.year, Evidence(
                "year", "column head", column.year.printed, column.spans[-1]
            )
        if told.year is not None and told.year_cell is not None:
            cell = told.year_cell
            return told.year.year, Evidence("year", "row label", cell.text, cell.span)
        if measure is Role.BASELINE or self._spans_years(measure):
            return None, None
        if self.block_year is not None:
            return self.block_year.year, Evidence(
                "year", "heading in the table", self.block_year.printed, self.grid.span
            )
        if self.context.year is None and self.context.reported is not None:
            return self._reported_year(measure)
        return self.context.year, self.context.year_source

    def _spans_years(self, measure: Role | None) -> bool:
        """A comparison or rate beside columns of several years is of none of them in particular."""
        return measure is Role.GAP or (
            measure is Role.RATE and any(c.year is not None for c in self.columns)
        )

    def _reported_year(self, measure: Role | None) -> tuple[FiscalYear | None, Evidence | None]:
        """Actuals of a report on one year that name no year themselves."""
        year = self.context.reported
        if year is None or measure is not Role.ACTUAL:
            return None, None
        return year, Evidence("year", "title of the report", year.printed, self.grid.span)

    def _units(self, column: Column, told: _RowLabels) -> tuple[tuple[str, ...], Evidence | None]:
        if column.unit is not None:
            return (column.unit,), Evidence("unit", "column head", column.unit, column.spans[-1])
        if told.units and told.unit_cell is not None:
            cell = told.unit_cell
            return told.units, Evidence("unit", "row label", cell.text, cell.span)
        if told.units:
            return told.units, None
        if self.block_units:
            return self.block_units, None
        return self.context.units, None


def _current_beside_baseline(columns: list[Column]) -> list[Column]:
    """基準値 and 現状値 in one table: the second is what has been reached by now."""
    starts = [n for n, c in enumerate(columns) if c.role is Role.BASELINE]
    current = [n for n in starts if any("現" in head for head in columns[n].heads)]
    if not current or len(current) == len(starts):
        return columns
    return [replace(c, role=Role.ACTUAL) if n in current else c for n, c in enumerate(columns)]


def _kind_of(role: Role | None, year: FiscalYear | None, unit: str | None) -> str:
    if role is Role.UNIT:
        return "unit"
    if role is Role.ASIDE:
        return "aside"
    if role in TEXTS:
        return "text"
    if role is Role.GRADE:
        return "grade"
    if role in MEASURES or year is not None:
        return "value"
    if role in (Role.LABEL, Role.TERM, Role.GOAL):
        return "label"
    return "value" if unit is not None else "unknown"


_GRADE = regex.compile(
    r"[A-ESＡ-ＥＳa-eａ-ｅ◎○〇●△▲×✕―－\-—‐]|マル|サンカク|バツ|二重マル|空欄|[1-5１-５]"
)


_TICK = regex.compile(r"[A-ESＡ-ＥＳ◎○〇●△▲×]|マル|サンカク|バツ")


def _is_grade(text: str) -> bool:
    return _GRADE.fullmatch(text.strip()) is not None


def _section_of(role: Role | None) -> str:
    if role in REVIEWS and role is not None:
        return str(role)
    return "rationale" if role is Role.RATIONALE else "activity"


def label_text(cell: Cell) -> str:
    """A cell's words as one folded string."""
    return fold(joined(cell.lines))


def _label_of(cell: Cell) -> Label:
    """The words of a label cell, a comment (※…) left out."""
    lines = list(cell.lines)
    while len(lines) > 1 and is_legend(lines[-1].text):
        lines.pop()
    texts = tuple(without_comment(line.text) for line in lines)
    return Label(without_comment(joined(lines)), texts, cell.span)


_YEAR_HEAD = regex.compile(r"[0-9０-９元）)]\s*年度")
"""A head that speaks of a year, be it one that contradicts itself (2017(平成30)年度)."""
_PARTS = regex.compile(r"[\s　]*[（(](?:内訳|うち内訳)[)）]\Z")


def _without_parts_word(label: Label) -> Label:
    """``参加者数（内訳）`` over the rows of its parts: 参加者数."""
    text = _PARTS.sub("", label.text)
    return Label(text, (text,), label.span) if text and text != label.text else label


def _deepest(cells: Sequence[Cell]) -> str:
    plain = [cell for cell in cells if cell.lines]
    return joined(plain[1].lines) if len(plain) > 1 else joined(plain[0].lines)


def _is_prose(cell: Cell) -> bool:
    """Long sentences under a year are prose; one short sentence in a target box is a status."""
    text = cell.text
    return is_sentence(text) and len(text) > 40


def _extent(cell: Cell) -> Span:
    """From the first to the last printed character of the cell; its whole box on a page."""
    lines = cell.lines
    if not lines or lines[0].span.char_start is None:
        return cell.span
    return Span(lines[0].span.char_start, lines[-1].span.char_end)
