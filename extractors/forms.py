"""Unfolding the ruled form: one grid that holds a whole sheet, or a part of it.

The form's first row names the goal (成果目標 | 1 …). Down its left side stand 計画(P) ↓ 実施(D) and the
heads of the boxes (目標値, 主な活動指標); beside each head stand the box's words and tables, nested in
one cell or laid into the form's own rows. Below, a table reviews each year (区分 | 評価(C) | … ). A
form may go on in a further grid that repeats the goal and has no head of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import regex
from keikaku.extractors.cycle_margins import cycle_margin
from keikaku.extractors.document import Block, Cell, Fault, Grid, Span
from keikaku.extractors.entries import Evidence, GoalHead
from keikaku.extractors.goals import parse_goal
from keikaku.extractors.heads import MEASURES, REVIEWS, Role, find_box, find_role, read_head
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.tables import slots_of
from keikaku.extractors.words import are_grades, is_caption, is_sentence, joined
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.quickly_made import quickly_made

_GOAL_IN_CELL = regex.compile(
    r"(?:成果|基本)?目標[\s　]*(?P<number>[0-9０-９]{1,2})?[\s　]*[:：][\s　]*(?P<title>[^。:：]{6,60})"
)
_LONGEST_BOX_HEAD = 30
_LETTER = regex.compile(r"[(（][PDＰＤ][)）]")
"""What is left of 計画(P) where its word did not come along."""
_DO = regex.compile(r"(?:実[施行].*|[^計画]*[(（][DＤ].*|取組|[DＤ]o?)")
_RULE = regex.compile(r"[-:－ー\s]{3,}")


@quickly_made
@dataclass(frozen=True, slots=True)
class Box:
    """A box of a sheet. `kind`: target, result, loose (blocks under no head of a box), review (one grid) or
    review_text (lines)."""

    kind: str
    blocks: tuple[Block, ...]
    span: Span
    role: Role | None = None
    year: FiscalYear | None = None
    """Of words on one year (review_text): whose they are."""
    head: Evidence | None = None
    """The words that make it the box that it is (目標値)."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """What one grid holds of one goal's form."""

    goal: GoalHead | None
    boxes: tuple[Box, ...]


def is_form(grid: Grid) -> bool:
    """Does this grid hold a sheet: a goal in its first rows, or boxes beside 計画(P), or a review?"""
    if cycle_margin(grid):
        return True
    for row in list(grid.rows())[:3]:
        inked = [cell for cell in row if cell.lines]
        if inked and find_role(joined(inked[0].lines)) is Role.GOAL and len(inked) <= 3:
            return not _heads_columns(inked[1:])
    lefts = [joined(cell.lines) for cell in grid.cells if cell.lines and cell.column < 3]
    if any(find_role(words) is Role.PLAN_DO or _box_in_plan_do(words) for words in lefts):
        return True
    heads = {find_role(joined(cell.lines)) for cell in grid.cells if 0 < len(cell.text) < 30}
    return (
        bool(heads & REVIEWS)
        and not _judges_figures(grid)
        and any(
            _is_bare_year(joined(cell.lines))
            for cell in grid.cells
            if cell.lines and cell.column < 2 and len(cell.text) < 12
        )
    )


def _is_bare_year(words: str) -> bool:
    """令和６年度 beside the words on it; 実績（令和６年度） stands beside figures."""
    head = read_head(words)
    return head.year is not None and head.role not in MEASURES


def _judges_figures(grid: Grid) -> bool:
    """成果目標 | 目標 | 実績 | 評価: how the figures of the row are judged, no review of a year."""
    for row in list(grid.rows())[:3]:
        roles = {read_head(joined(cell.lines)).role for cell in row if 0 < len(cell.text) < 30}
        if roles & REVIEWS and roles & MEASURES:
            return True
    return _grades_measures(grid)


def _grades_measures(grid: Grid) -> bool:
    """目標値, 実績値, 進捗率 and 評価 down the side, Ａ and Ｂ beside the last: a grade of the figures above it."""
    names = {row[0].lines[0].text: row for row in grid.rows() if row and row[0].lines}
    roles = {words: read_head(words).role for words in names}
    reviews = [names[words] for words, role in roles.items() if role in REVIEWS]
    if len([role for role in roles.values() if role in MEASURES]) < 2 or not reviews:
        return False
    return all(are_grades([cell.text for cell in row[1:] if cell.lines]) for row in reviews)


def _heads_columns(cells: Sequence[Cell]) -> bool:
    """成果目標 | 現状 | 目標値 are heads over columns, not a goal with its number and title."""
    heads = [read_head(joined(cell.lines)) for cell in cells]
    is_measured = any(head.role in MEASURES for head in heads)
    return len(heads) > 1 and is_measured and all(head.says_something for head in heads)


def _box_in_plan_do(words: str) -> str | None:
    """The box that one cell heads together with its half of the cycle: 計画(P) / 目標値, 実施(D) / 実績."""
    if len(words) > _LONGEST_BOX_HEAD:
        return None
    cuts = range(2, len(words) - 1)
    return next((find_box(words[n:]) for n in cuts if _is_cut(words, n)), None)


def _is_cut(words: str, at: int) -> bool:
    if find_box(words[at:]) is None:
        return False
    return find_role(words[:at]) is Role.PLAN_DO or _LETTER.fullmatch(words[:at]) is not None


def unfold(grid: Grid, ledger: Ledger) -> tuple[FormPart, ...]:
    """The parts of the forms in this grid, one a goal row."""
    ledger.claim(grid.echoes, Fate.IGNORED, "echo of a nested table")
    return tuple(_Unfolder(grid, ledger).parts())


class _Unfolder:
    def __init__(self, grid: Grid, ledger: Ledger) -> None:
        self.grid, self.ledger = grid, ledger
        self.slots = slots_of(grid)
        self.margin = cycle_margin(grid)
        self.rows = [list(row) for row in grid.rows()]
        self.goal: GoalHead | None = None
        self.boxes: list[Box] = []
        self.kind: str | None = None
        self.head: Evidence | None = None
        self.label_column = 0
        self.first_label_column: int | None = None
        self.box_rows: list[list[Cell]] = []
        self.shifted_rows: set[int] = set()
        self.done: list[FormPart] = []

    def parts(self) -> list[FormPart]:
        row = 0
        while row < len(self.rows):
            row = self._take_row(row)
        self._end_part()
        return self.done

    def _take_row(self, row: int) -> int:
        cells = self.rows[row]
        inked = [cell for cell in cells if cell.lines or cell.struck]
        if not inked and any(cell.blocks for cell in cells):
            self.box_rows.append(cells)
            return row + 1
        if not inked:
            self.ledger.claim(cells, Fate.IGNORED, "blank row")
            return row + 1
        if all(_RULE.fullmatch(cell.text) for cell in inked if cell.text):
            self.ledger.claim(cells, Fate.IGNORED, "rule of the table")
            return row + 1
        if self._is_goal_row(row):
            self._take_goal(cells, inked)
            return row + 1
        if (named := _goal_behind_its_word(inked)) is not None:
            self._end_part()
            self.ledger.claim(cells, Fate.LABEL, "goal")
            self.goal = named
            return row + 1
        if (end := self._take_reviewed_years(row)) > row:
            return end
        if (role := self._role_of_words(inked)) is not None:
            self._end_box()
            self.ledger.claim(inked[:1], Fate.LABEL, "head of a review")
            self.boxes.append(Box("review_text", inked[1].blocks, inked[1].span, role))
            return row + 1
        if self._starts_review(inked):
            return self._take_review(row)
        self._take_box_row(cells)
        return row + 1

    def _take_goal(self, cells: Sequence[Cell], inked: Sequence[Cell]) -> None:
        self._end_part()
        self.ledger.claim(cells, Fate.LABEL, "goal")
        lines = [line for cell in inked[1:] for line in cell.lines]
        self.goal = parse_goal(joined(lines), cover([line.span for line in lines]))

    def _starts_review(self, inked: Sequence[Cell]) -> bool:
        roles = [self._role(cell) for cell in inked]
        if any(role in REVIEWS for role in roles) and len(inked) <= 6:
            return True
        year = read_head(joined(inked[0].lines)).year
        return (
            year is not None
            and self.kind is None
            and not any(isinstance(block, Grid) for cell in inked for block in cell.blocks)
        )

    def _role_of_words(self, inked: Sequence[Cell]) -> Role | None:
        """評価（C） | 移行者は３人にとどまった。: the review that the words right of its name are, as wide as the form."""
        if len(inked) != 2 or inked[0].row_span > 1 or inked[1].row_span > 1:
            return None
        role, words = self._role(inked[0]), inked[1]
        is_wide = words.column + words.column_span == self.grid.column_count
        has_table = any(isinstance(block, Grid) for block in words.blocks)
        is_words = is_sentence(words.text) and not has_table
        return role if role in REVIEWS and is_wide and is_words else None

    def _take_reviewed_years(self, row: int) -> int:
        """評価(C)改善(A) | 令和６年度 | words, and 令和７年度 with its words below: no heads stand over them."""
        first = next((cell for cell in self.rows[row] if cell.lines), None)
        role = self._role(first) if first is not None else None
        if first is None or role not in REVIEWS:
            return row
        end = row
        while end < len(self.rows) and (found := _words_on_year(self.rows[end], first)) is not None:
            self._end_box()
            self.ledger.claim([first, found[0]], Fate.LABEL, "year of the review")
            year = read_head(joined(found[0].lines)).year
            words = Box("review_text", found[1].blocks, found[1].span, role, year)
            self.boxes.append(words)
            end += 1
        return end

    def _take_review(self, row: int) -> int:
        self._end_box()
        end = row + 1
        while end < len(self.rows) and not self._is_goal_row(end):
            end += 1
        review = crop(self.grid, row, end, 0)
        if any(self._role(cell) in REVIEWS for cell in self.rows[row]):
            review = compact(review)
        self.boxes.append(Box("review", (review,), review.span))
        return end

    def _is_goal_row(self, row: int) -> bool:
        inked = [cell for cell in self.rows[row] if cell.lines]
        is_goal = len(inked) >= 2 and find_role(joined(inked[0].lines)) is Role.GOAL
        return is_goal and not _heads_columns(inked[1:])

    def _role(self, cell: Cell) -> Role | None:
        """What a cell says it is, by its words or by its place among the steps of the cycle."""
        return self.margin.get((cell.row, cell.column)) or find_role(joined(cell.lines))

    def _take_box_row(self, cells: Sequence[Cell]) -> None:
        rest = list(cells)
        does = False
        while rest and self._role(rest[0]) is Role.PLAN_DO and rest[0].column < 2:
            self.ledger.claim(rest[:1], Fate.LABEL, "計画(P) 実施(D)")
            does = _DO.fullmatch(joined(rest[0].lines)) is not None
            rest = rest[1:]
        head = next((cell for cell in rest if cell.lines), None)
        kind = _kind_of(joined(head.lines)) if head is not None else None
        limit = self.first_label_column
        is_left = head is not None and (limit is None or head.column <= limit)
        if head is not None and kind is not None and is_left and self._heads_names(head, rest):
            kind, does = None, True
        if head is not None and kind is not None and is_left:
            self._end_box()
            self.ledger.claim([head], Fate.LABEL, "head of a box")
            self.kind, self.label_column = kind, head.column
            self.head = Evidence("measure", "head of the box", joined(head.lines), head.span)
            self.first_label_column = head.column if limit is None else limit
            self.ledger.claim(
                [cell for cell in rest if cell.column < head.column], Fate.IGNORED, "blank"
            )
            rest = [cell for cell in rest if cell.column > head.column]
        elif does:
            self._end_box()
            self.kind, self.label_column = "loose", -1
        elif head is not None and self.kind is not None and head.column <= self.label_column:
            rest = [cell for cell in rest if cell.column >= head.column]
            if self._fills_grid(rest) and self.grid.origin == "html":
                self._end_box()
                self.kind, self.label_column = "loose", -1
            else:
                rest = self._shifted(rest)
        self.box_rows.append(rest)

    def _heads_names(self, head: Cell, cells: Sequence[Cell]) -> bool:
        """活動指標 | 単位 | 令和6年度, and 生活介護 | 人 | 412 right below: it heads a column of names, and no box that
        goes down beside them."""
        row = head.row + head.row_span
        beside = [
            cell
            for heads in (cells, *self.rows[head.row + 1 : row])
            for cell in heads
            if cell.column > head.column and cell.lines
        ]
        if len(beside) < 2 or not all(
            read_head(joined(cell.lines)).says_something for cell in beside
        ):
            return False
        below = self.slots[row][head.column] if row < len(self.slots) else None
        return (
            below is not None
            and (below.column, below.column_span) == (head.column, head.column_span)
            and bool(below.lines)
            and not read_head(joined(below.lines)).says_something
        )

    def _fills_grid(self, cells: Sequence[Cell]) -> bool:
        """A row as wide as the whole form has lost no blank: it is no more of the box above it."""
        last = cells[-1]
        return last.column + last.column_span >= self.grid.column_count

    def _shifted(self, cells: Sequence[Cell]) -> list[Cell]:
        """A row that lost its leading blanks begins where the box's content begins."""
        by = self.label_column + 1 - cells[0].column
        self.shifted_rows.add(cells[0].row)
        return [replace(cell, column=cell.column + by) for cell in cells]

    def _end_box(self) -> None:
        rows, self.box_rows = self.box_rows, []
        blocks = tuple(_blocks_of(self.grid, rows, self.shifted_rows, self.ledger))
        if blocks:
            span = cover([_span_of(block) for block in blocks])
            self.boxes.append(Box(self.kind or "result", blocks, span, head=self.head))
        self.kind = self.head = None

    def _end_part(self) -> None:
        self._end_box()
        if self.goal is not None or self.boxes:
            self.done.append(FormPart(self.goal, tuple(self.boxes)))
        self.goal, self.boxes = None, []
        self.first_label_column = None


def _words_on_year(row: Sequence[Cell], head: Cell) -> tuple[Cell, Cell] | None:
    """The cells of a year and of the words on it, alone in their row but for the head of all of them."""
    inked = [cell for cell in row if cell.lines and cell is not head]
    if len(inked) != 2 or inked[0].column <= head.column:
        return None
    is_year = _is_bare_year(joined(inked[0].lines))
    return (inked[0], inked[1]) if is_year and is_sentence(inked[1].text) else None


def _kind_of(words: str) -> str | None:
    return find_box(words) or _box_in_plan_do(words)


def _goal_behind_its_word(inked: Sequence[Cell]) -> GoalHead | None:
    """計画（P） | 目標：施設入所者の地域生活への移行: the goal in one cell, behind the word for it."""
    titled = [cell for cell in inked if find_role(joined(cell.lines)) is not Role.PLAN_DO]
    match = _GOAL_IN_CELL.fullmatch(joined(titled[0].lines)) if len(titled) == 1 else None
    if match is None or find_goal(match["title"]) is None:
        return None
    span = cover([line.span for line in titled[0].lines])
    return parse_goal(match["title"], span)._replace(number=_number_of(match["number"]))


def _number_of(printed: str | None) -> int | None:
    return int(printed) if printed else None


def _span_of(block: Block) -> Span:
    return block.span if isinstance(block, Grid) else cover([line.span for line in block.lines])


def _blocks_of(
    grid: Grid, rows: Sequence[Sequence[Cell]], shifted: set[int], ledger: Ledger
) -> list[Block]:
    """A box's rows as blocks: single cells give their own blocks, rows of several cells a table."""
    blocks: list[Block] = []
    table: list[Sequence[Cell]] = []
    for row, below in zip_longest(rows, rows[1:], fillvalue=()):
        inked = [cell for cell in row if cell.lines or cell.struck or cell.blocks]
        is_alone = len(inked) == 1 and (
            _is_alone(inked[0], row) or _heads_table(inked[0], below, grid.origin)
        )
        if len(inked) > 1 or (table and inked and not is_alone):
            table.append(row)
            continue
        _end_table(grid, table, shifted, blocks)
        table = []
        for cell in inked:
            blocks.extend(cell.blocks)
            if cell.struck and not cell.blocks:
                ledger.claim([cell], Fate.IGNORED, "crossed out")
        ledger.claim([c for c in row if not c.blocks], Fate.IGNORED, "blank")
    _end_table(grid, table, shifted, blocks)
    return blocks


def _is_alone(cell: Cell, row: Sequence[Cell]) -> bool:
    """One cell over the box's whole width stands for itself; one in a table's row belongs to it."""
    return cell.column == min(c.column for c in row) and cell.column_span >= sum(
        c.column_span for c in row
    )


def _heads_table(cell: Cell, below: Sequence[Cell], origin: str) -> bool:
    """【実績値】 or ②施設入所者の削減数 in a row of its own over 区分 and its heads, where nothing draws merged cells."""
    if origin == "html" or origin == "ruled" or not cell.lines:
        return False
    inked = [other for other in below if other.lines]
    is_head = len(inked) > 1 and find_role(joined(inked[0].lines)) is Role.LABEL
    text = joined(cell.lines)
    return is_head and (is_caption(text) or split_marks(text).number is not None)


def _end_table(
    grid: Grid, rows: Sequence[Sequence[Cell]], shifted: set[int], blocks: list[Block]
) -> None:
    """Rows of a form that are a table of their own, as a Grid."""
    if not rows:
        return
    first = min(cell.row for row in rows for cell in row)
    end = max(cell.row for row in rows for cell in row) + 1
    left = min(cell.column for row in rows for cell in row)
    right = max(cell.column + cell.column_span for row in rows for cell in row)
    cells = tuple(
        replace(
            cell,
            row=cell.row - first,
            column=cell.column - left,
            row_span=min(cell.row + cell.row_span, end) - cell.row,
        )
        for row in rows
        for cell in row
    )
    faults = tuple(
        Fault("shifted_row", row - first, "the row lost its leading blanks", grid.span)
        for row in sorted(shifted)
        if first <= row < end
    )
    span = cover([cell.span for cell in cells])
    blocks.append(compact(Grid(cells, end - first, right - left, span, grid.origin, faults)))


def crop(grid: Grid, first: int, end: int, left: int) -> Grid:
    """Rows first to end and columns from `left` on as a Grid of its own."""
    cells = tuple(
        Cell(
            cell.row - first,
            cell.column - left,
            min(cell.row_span, end - cell.row),
            cell.column_span,
            cell.blocks,
            cell.span,
            cell.struck,
        )
        for cell in grid.cells
        if first <= cell.row < end and cell.column >= left
    )
    span = cover([cell.span for cell in cells]) if cells else grid.span
    faults = tuple(fault for fault in grid.faults if first <= fault.row < end)
    return Grid(cells, end - first, grid.column_count - left, span, grid.origin, faults)


def compact(grid: Grid) -> Grid:
    """The grid without the columns in which no cell with ink begins (merged places, echoes)."""
    used = sorted({cell.column for cell in grid.cells if cell.blocks or cell.struck})
    if len(used) == grid.column_count or not used:
        return grid
    place = {column: number for number, column in enumerate(used)}
    cells = []
    for cell in grid.cells:
        covered = [c for c in used if cell.column <= c < cell.column + cell.column_span]
        if covered and (cell.blocks or cell.struck or cell.column in place):
            cells.append(replace(cell, column=place[covered[0]], column_span=len(covered)))
    return replace(grid, cells=tuple(cells), column_count=len(used))
