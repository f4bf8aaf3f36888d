"""Columns: what the heads that stand over a column say of its cells.

Heads lie over each other (令和3年度 over 見込量 and 実績値), and a head may span columns or leave the
places it covers blank. The deepest word on each matter wins. A word that is no known head names the
labels at the left of a table, and over figures what is counted in them (services as columns).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Cell, Notice, Span
from keikaku.extractors.entries import Label
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role
from keikaku.extractors.tables.adrift import find_first_adrift
from keikaku.extractors.tables.corners import with_corner
from keikaku.extractors.tables.counted_columns import with_counts
from keikaku.extractors.tables.kinds import with_kinds
from keikaku.extractors.tables.name_columns import (
    counts_up,
    holds_goals,
    is_over_indicators,
    names_places,
    names_what_is_counted,
    names_what_is_done,
    numbers_goals,
)
from keikaku.extractors.tables.printed_labels import label_and_unit, label_text
from keikaku.extractors.tables.rate_years import years_of_rates
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.tables.totals import without_totals
from keikaku.extractors.tables.years_of_others import with_years_of_others
from keikaku.extractors.words import (
    are_grades,
    is_caption,
    is_eraless_year,
    is_plain_value,
    joined,
)
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import (
    FiscalYear,
    search_fiscal_years,
)
from keikaku.normalizers.folding import fold
from keikaku.normalizers.quickly_made import quickly_made

_SPOILT_YEAR = regex.compile(
    r"[0-9A-Za-z令和平成元?□■()・/]{1,16}年度?末?(?:実績|見込み?|計画|目標)?"
)
"""A head that is a year and contradicts itself, or lost a digit: 2017(平成30)年度."""
_YEAR_HEAD = regex.compile(r"[0-9０-９元）)]\s*年度")
"""A head that speaks of a year, be it one that contradicts itself (2017(平成30)年度)."""
_LAST_MONTH = 3
_EMPTY_BRACKETS = regex.compile(r"[(\[〔【][\s　]*[)\]〕】]")
_REMARK_ALONE = regex.compile(r"[(（〔\[](?:参考|再掲|速報|確定|見直し後)値?[)）〕\]]")
_TERM = regex.compile(r"第[0-9０-９一二三四五六七八九十]+期")


@quickly_made
@dataclass(frozen=True, slots=True)
class Column:
    """What the heads over one column say. `kind`: label, unit, value, text, grade, aside (beside
    the row) or unknown."""

    kind: str
    role: Role | None = None
    year: FiscalYear | None = None
    unit: str | None = None
    heads: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    label: Label | None = None
    """What is counted in the column, where heads name it (services as columns)."""
    grades_rate: bool = False
    """A column of grades right behind the rates that they grade."""
    is_rival: bool = False
    """Targets beside others: only a cell that prints its year (184人（令和８年度）) says for when."""


HeadsOver = Sequence[tuple[Head, Cell]]
"""The heads over one column, from the top, each with its cell."""


def read_columns(
    slots: Slots, first: int, end: int
) -> tuple[tuple[Column, ...], tuple[Notice, ...]]:
    """The columns under the head rows from `first` up to `end`, and heads that contradict."""
    numbers = range(slots.column_count)
    over = [_heads_over(slots, number, first, end) for number in numbers]
    below = [slots.printed_below(number, end) for number in numbers]
    merged = [
        _with_label(_merge(heads), _below_titles(slots, heads), under)
        for heads, under in zip(over, below, strict=True)
    ]
    cornered = with_corner(slots, merged, end)
    counted = with_counts(with_kinds(slots, cornered, end), below[0])
    known = without_totals(_without_unknown(counted))
    told = _without_rival_targets(known)
    firm = _without_adrift(told, find_first_adrift(slots, first, end))
    rates = _rates(slots, _current_beside_baseline(firm), end)
    dated = with_years_of_others(_compared_beside(rates))
    compared = _counted_so_far(years_of_rates(dated, slots.years))
    columns = _with_label_columns(_without_lost_measures(slots, compared, end), below)
    return columns, tuple(notice for heads in over for notice in _conflicting_years(heads))


def _counted_so_far(columns: list[Column]) -> list[Column]:
    """R7.9 末 behind R6 実績: no plan is for a day within a year, so it says how far things have come."""
    counted = [c.year.year for c in columns if c.role is Role.ACTUAL and c.year is not None]
    if not counted:
        return columns
    last = max(counted)
    return [replace(c, role=Role.ACTUAL) if _is_within_year(c, last) else c for c in columns]


def _is_within_year(column: Column, last: int) -> bool:
    year = column.year if column.role is None else None
    day = year.month_end if year is not None and year.year >= last else None
    return day is not None and day.month != _LAST_MONTH


def _without_rival_targets(columns: list[Column]) -> list[Column]:
    """目標（第６期） beside 目標（第７期）, or 目標 beside Ｒ８目標: no year is printed, and the last year of the
    plan is that of one of them only."""
    bare = [n for n, c in enumerate(columns) if c.role is Role.TARGET and c.year is None]
    terms = {n: tuple(_TERM.findall("".join(columns[n].heads))) for n in bare}
    is_dated = any(c.role is Role.TARGET and c.year is not None for c in columns)
    if not is_dated and len(set(terms.values()) - {()}) < 2:
        return columns
    return [
        replace(c, kind="unknown", is_rival=True) if n in terms else c
        for n, c in enumerate(columns)
    ]


def _without_unknown(columns: list[Column]) -> list[Column]:
    """との差 beside 計画 and 実績: where heads name the measures, a word that is none of them names nothing
    that is counted."""
    if sum(column.role in MEASURES for column in columns) < 2 or _go_by_years(columns):
        return columns
    return [
        replace(c, kind="unknown") if c.label is not None and c.role is None else c for c in columns
    ]


def _go_by_years(columns: Sequence[Column]) -> bool:
    """年度 at the left, and no measure but rates and differences: the heads name what is counted."""
    volumes = [column.role for column in columns if column.role in MEASURES - _COMPARED]
    return columns[0].role is Role.TERM and not volumes


def _compared_beside(columns: list[Column]) -> list[Column]:
    """①移行者数 | 進捗率 under 年度: what compares belongs to the name left of it, or to none; 利用者数 alone
    is no name."""
    if not _go_by_years(columns) or not any(column.label for column in columns[1:]):
        return columns
    result = list(columns)
    for n, column in enumerate(columns[1:], start=1):
        if column.kind == "value" and column.role is None and column.label is None:
            result[n] = replace(column, kind="unknown")
        if column.role in _COMPARED and column.label is None:
            label = result[n - 1].label
            told = replace(column, label=label)
            result[n] = told if label is not None else replace(column, kind="unknown")
    return result


def _without_adrift(columns: list[Column], first: int | None) -> list[Column]:
    """The columns, those from `first` on with heads that are not to be trusted."""
    if first is None:
        return columns
    refused = [Column("unknown", heads=column.heads, spans=column.spans) for column in columns]
    return [*columns[:first], *refused[first:]]


def columns_without_heads(slots: Slots, earlier: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a table without heads: those of the table that it continues, if it does."""
    if slots.grid.origin == FIGURE_ROWS and slots.column_count > 1:
        return (*(Column("label"),) * (slots.column_count - 1), Column("value"))
    if len(earlier) == slots.column_count and not _begins_with_years(slots):
        return earlier
    return (Column("unknown"),) * slots.column_count


def _begins_with_years(slots: Slots) -> bool:
    """３年度 | ４年度 | ５年度, of no era that is told: heads of its own, if not understood."""
    rows = (slots.inked(row) for row in range(slots.row_count))
    first = next((row for row in rows if row), [])
    return sum(is_eraless_year(joined(cell.lines)) for cell in first) > 1


# -- which heads stand over a column -----------------------------------------------------------


def _heads_over(slots: Slots, column: int, first: int, end: int) -> list[tuple[Head, Cell]]:
    path: list[tuple[Head, Cell]] = []
    for row in range(first, end):
        cell = slots.rows[row][column]
        if cell is not None and not cell.lines and cell.column_span > 1:
            continue  # a head of several columns that lost its words is none of the one left of it
        if cell is None or not cell.lines:
            cell = _group_head_left_of(slots, row, column, end)
        if cell is not None and all(cell is not known for _, known in path):
            path.append((slots.head(cell), cell))
    return path


def _group_head_left_of(slots: Slots, row: int, column: int, end: int) -> Cell | None:
    """A blank place in a head row belongs to the year or term left of it, if heads stand below."""
    below = [slots.rows[r][column] for r in range(row + 1, end)]
    if not any(cell is not None and cell.lines for cell in below):
        return None
    for left in range(column - 1, -1, -1):
        cell = slots.rows[row][left]
        if cell is not None and cell.lines:
            head = slots.head(cell)
            groups = head.year is not None or head.role in (Role.TERM, *MEASURES)
            return cell if groups else None
    return None


# -- what they say together --------------------------------------------------------------------


def _below_titles(slots: Slots, heads: HeadsOver) -> HeadsOver:
    """The heads without a goal's title that stands over them, or a caption (【必須事業】) over the whole
    table, names and all: they name no column."""
    return [
        (head, cell)
        for head, cell in heads
        if find_goal_head(words := joined(cell.lines), cell.span) is None
        and not (cell.column_span >= slots.column_count > 1 and is_caption(words))
    ]


def _merge(heads: HeadsOver) -> Column:
    """One column from the heads over it, the deepest word on each matter winning."""
    year, role, unit = None, None, None
    for head, _ in heads:
        year = head.year if head.year is not None else year
        if head.role is not None and (head.role is not Role.TERM or role is None):
            role = head.role
        unit = head.unit or unit
    printed = tuple(joined(cell.lines) for _, cell in heads)
    spans = tuple(cell.span for _, cell in heads)
    return Column(_kind_of(role, year, unit), role, year, unit, printed, spans)


def _conflicting_years(heads: HeadsOver) -> list[Notice]:
    """Two years over one column: the deeper one counts, and both are reported."""
    notices: list[Notice] = []
    above: FiscalYear | None = None
    for head, cell in heads:
        if head.year is None:
            continue
        if above is not None and above.year != head.year.year:
            detail = f"two years over one column: {above.printed} and {head.year.printed}"
            notices.append(Notice("conflicting_years", "warning", detail, cell.span))
        above = head.year
    return notices


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


def _with_label(column: Column, heads: HeadsOver, under: Sequence[Cell]) -> Column:
    """A head that is no known word over figures names what is counted in them."""
    named = [
        cell
        for head, cell in heads
        if not head.says_something and not is_eraless_year(joined(cell.lines))
    ]
    if named and is_plain_value(joined(named[-1].lines)) and column.kind == "unknown":
        return replace(column, kind="value")
    if not named or column.kind not in ("unknown", "value"):
        return column
    figures = sum(1 for cell in under if is_value_like(cell.text))
    if not figures or len(under) - figures > figures:
        return column
    if _speaks_of_year(words := label_text(named[-1])) or _is_spoilt_measure(words):
        return replace(column, kind="unknown")
    label, unit = label_and_unit(named[-1])
    return replace(column, kind="value", label=label, unit=column.unit or unit)


def _is_spoilt_measure(words: str) -> bool:
    """目標値（）, a figure or a dash among the heads, （参考） alone: what is left of a head names nothing."""
    spoilt = _EMPTY_BRACKETS.search(words) or _REMARK_ALONE.fullmatch(words)
    return is_value_like(words) or spoilt is not None


def _speaks_of_year(words: str) -> bool:
    spoilt = _SPOILT_YEAR.fullmatch(words) or _YEAR_HEAD.search(words)
    return bool(spoilt or search_fiscal_years(words))


# -- what the columns beside it and the cells below it say ---------------------------------------


def _current_beside_baseline(columns: list[Column]) -> list[Column]:
    """基準値 and 現状値 in one table: the second is what has been reached by now; and beside a target the
    状況 of two years are what was reached in each, for a row starts but once."""
    starts = [n for n, c in enumerate(columns) if c.role is Role.BASELINE]
    current = [n for n in starts if any("現" in head for head in columns[n].heads)]
    if not current or len(current) == len(starts):
        current = _reached_by_year(columns, starts)
    return [replace(c, role=Role.ACTUAL) if n in current else c for n, c in enumerate(columns)]


def _reached_by_year(columns: list[Column], starts: list[int]) -> list[int]:
    """令和６年度末の状況、令和７年度末の状況 behind a target: all of these columns, else none."""
    years = {c.year.year for n in starts if (c := columns[n]).year is not None}
    aims = [n for n, c in enumerate(columns) if c.role in (Role.TARGET, Role.PROJECTED)]
    states = all(any(_STATE.search(head) for head in columns[n].heads) for n in starts)
    is_course = states and len(years) == len(starts) > 1 and bool(aims) and aims[0] < starts[0]
    return starts if is_course else []


_STATE = regex.compile(r"状況|状態")
_COMPARED = frozenset((Role.RATE, Role.GAP))
_RATE_HEAD = regex.compile(r".*(?:率|割合|比)")
_FIGURE = regex.compile(r"[0-9０-９]")
_PERCENT = regex.compile(r".*[%％]|.*パーセント")


def _rates(slots: Slots, columns: list[Column], end: int) -> list[Column]:
    """割合, or 充足率 over nothing but per cents, right behind 計画 and 実績 is what the one is of the other."""
    result = list(columns)
    for number in range(2, len(columns)):
        plan, actual, column = columns[number - 2 : number + 1]
        compared = plan.role in (Role.PROJECTED, Role.TARGET) and actual.role is Role.ACTUAL
        if column.role is None and compared and _heads_rate(column, slots, number, end):
            result[number] = replace(column, kind="value", role=Role.RATE, label=None)
    return result


def _without_lost_measures(slots: Slots, columns: list[Column], end: int) -> list[Column]:
    """Years with nothing said of their measures, and beside every one of them figures under no head at
    all: the heads below the years are lost."""
    years = [n for n, c in enumerate(columns) if c.year is not None and c.role is None]
    lost = [
        n
        for n in years
        if n + 1 < len(columns)
        and not columns[n + 1].heads
        and any(is_value_like(cell.text) for cell in slots.printed_below(n + 1, end))
    ]
    if lost != years:
        return columns
    return [replace(c, kind="unknown") if n in lost else c for n, c in enumerate(columns)]


def _heads_rate(column: Column, slots: Slots, number: int, end: int) -> bool:
    if column.heads[-1:] == ("割合",):
        return True
    texts = [fold(cell.text) for cell in slots.printed_below(number, end)]
    figures = [text for text in texts if _FIGURE.search(text)]
    is_named = bool(column.heads) and _RATE_HEAD.fullmatch(column.heads[-1]) is not None
    return is_named and bool(figures) and all(map(_PERCENT.fullmatch, figures))


def _with_label_columns(
    columns: Sequence[Column], printed: Sequence[Sequence[Cell]]
) -> tuple[Column, ...]:
    """Columns of words that stand left of the last figures or texts are labels of their rows. `printed`: the
    cells below the heads of each; those as wide as the table are of none."""
    known = [n for n, column in enumerate(columns) if column.kind in ("value", "text", "grade")]
    last = known[-1] if known else len(columns)
    names_rows = any(column.role is Role.LABEL for column in columns)
    below = [[cell for cell in cells if not _reaches_over(cell, columns)] for cells in printed]
    result: list[Column] = []
    for number, (column, under) in enumerate(zip(columns, below, strict=True)):
        if names_rows and number == 0 and column.role is not Role.LABEL and counts_up(under):
            result.append(replace(column, kind="aside", role=Role.ASIDE))
            continue
        if number == 0 and names_what_is_done(column, columns, under):
            result.append(replace(column, kind="label", role=None))
            continue
        if number > 0 and names_what_is_counted(columns, number, below):
            result.append(replace(column, kind="label", role=None))
            continue
        if names_places(column, under, is_first=number == 0):
            result.append(replace(column, kind="label", unit=None))
            continue
        if number == 0 and numbers_goals(columns, under):
            result.append(replace(column, kind="aside", role=Role.ASIDE))
            continue
        is_goal = names_rows and holds_goals(columns, number, under)
        if is_goal or is_over_indicators(columns, number, below):
            result.append(replace(column, kind="label", role=Role.GOAL))
            continue
        if column.kind == "unknown" and number < last and not _is_of_figures(column, number, under):
            result.append(replace(column, kind="label"))
        else:
            result.append(_difference(_graded(column, under), under))
    return _of_rates(result)


def _reaches_over(cell: Cell, columns: Sequence[Column]) -> bool:
    """A cell as wide as the table, or a sentence over several columns: it is of none of them."""
    return cell.column_span >= len(columns) or (cell.column_span > 1 and "。" in cell.text)


def _of_rates(columns: Sequence[Column]) -> tuple[Column, ...]:
    """評価 right behind 達成率 grades the rate: it compares as the rate does."""
    before = (None, *columns)
    return tuple(
        replace(column, grades_rate=True)
        if column.role is Role.GRADE and left is not None and left.role is Role.RATE
        else column
        for left, column in zip(before, columns, strict=False)
    )


def _is_of_figures(column: Column, number: int, under: Sequence[Cell]) -> bool:
    """Figures under a head that is not understood are no labels of their rows."""
    if number == 0:
        return False
    if any("年度" in head for head in column.heads):
        return True
    figures = sum(1 for cell in under if is_value_like(cell.text))
    return bool(under) and figures * 2 > len(under)


def _difference(column: Column, under: Sequence[Cell]) -> Column:
    """前年度比 over signed whole numbers (+4, △5) is a difference, no rate; △ alone is a grade."""
    if column.role is not Role.RATE:
        return column
    texts = [cell.text for cell in under]
    signed = any(text[:1] in "+＋△▲−±" and text[1:] for text in texts)
    if signed and not any(c in t for t in texts for c in "%％.．"):
        return replace(column, role=Role.GAP)
    return column


def _graded(column: Column, under: Sequence[Cell]) -> Column:
    """評価 or 状況 over nothing but grades (A, ○, 順調) is a column of grades, not of prose or baselines."""
    may_grade = column.role in (Role.EVALUATION, Role.CONTENT) or "状況" in column.heads[-1:]
    if may_grade and are_grades([cell.text.strip() for cell in under]):
        return replace(column, kind="grade", role=Role.GRADE)
    return column
