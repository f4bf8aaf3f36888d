"""Which words say what a figure is: its measure (見込量, 実績値 …), its year and its unit.

The column says it, or the row, or what stands over the row or the table; the nearest word wins, and
each answer comes with its evidence where words gave it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex
from keikaku.extractors.document import Cell, Span
from keikaku.extractors.entries import Entry, Evidence, Label, Place
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.heads import MEASURES, Role, find_role, measure_in, read_head
from keikaku.extractors.tables.bracket_heads import find_bracket_head
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.labels import RowLabels
from keikaku.extractors.words import is_quantity, is_trend
from keikaku.normalizers.fiscal_years import FiscalYear, search_fiscal_years
from keikaku.normalizers.folding import fold
from keikaku.normalizers.plan_terms import named_term, terms_of_years
from keikaku.normalizers.units import CONTINUOUS, find_unit

_OVER_ROW_WORDS = frozenset({Role.BASELINE, Role.GAP, Role.RATE, Role.GRADE})
"""Columns of these say what their cells are, whatever measure the row names."""
_OF_PLAN = sorted((Role.PROJECTED, Role.ACTUAL, Role.GAP))
_OF_TARGETS = sorted((Role.TARGET, Role.ACTUAL, Role.GAP))
_SAYS_MORE = regex.compile(r"累計|\A[0-9０-９]{1,2}月")
"""実績値（累計）, ９月末実績: more than that figures are results."""
_COUNTS = regex.compile(r"数(?:値?[(][^()]*[)])?\Z")
"""入所者数 beside 目標値 and 比較 counts; 充足率 or another word beside them may be of either."""
_COMPARED_WITH = ("前年", "昨年", "計画", "見込", "目標", "基準")


def entry_of(
    table: HeadedTable,
    told: RowLabels,
    column: Column,
    text: str,
    span: Span,
    cell: Cell | None = None,
) -> Entry:
    """The entry of a text printed in this column of the row that the labels tell of."""
    measure, measure_evidence = _measure(table, told, column)
    year, year_evidence = _year(table, told, column, measure)
    units, unit_evidence = _units(table, told, column, measure)
    labels = told.labels if column.label is None else (*told.labels, column.label)
    if _only_counts(table, told, column) and (item := table.context.place.item) is not None:
        labels = (Label(item, (item,), table.grid.span), *labels)
    evidence = [e for e in (measure_evidence, year_evidence, unit_evidence) if e is not None]
    evidence += [Evidence("label", "row label", label.text, label.span) for label in labels]
    if not labels and (over := table.context.over.get("label")) is not None:
        evidence.append(over)
    two = find_bracket_head(column.heads[-1], table.context.years) if column.heads else None
    return Entry(
        place=place_of(table, told),
        text=text,
        span=span,
        raw=cell.text if cell is not None else "",
        labels=labels,
        series=_series(told, column),
        measure=measure,
        year=year,
        units=units,
        notes=table.context.notes,
        bracket=two.meaning_of(text, year, measure) if two is not None else None,
        struck=cell is not None and cell.struck,
        evidence=tuple(evidence),
    )


def _only_counts(table: HeadedTable, told: RowLabels, column: Column) -> bool:
    """利用者数 over rows of years, under ① 居宅介護: what is counted of the service that the heading names."""
    if column.label is None or told.labels or table.names_rows or not table.context.place.item:
        return False
    return is_quantity(column.label.text)


def place_of(table: HeadedTable, told: RowLabels) -> Place:
    """Where a row stands: under the goal that the row itself, or a title over it, names."""
    goal = told.goal or told.block.goal
    place = table.context.place
    return replace(place, goal=goal) if goal is not None else place


def _series(told: RowLabels, column: Column) -> str | None:
    if column.role in (Role.RATE, Role.GRADE, Role.SECURED):
        heads = reversed(column.heads)
        return next((head for head in heads if find_role(head) is column.role), column.heads[-1])
    if column.role in MEASURES and _SAYS_MORE.search(column.heads[-1]):
        return column.heads[-1]
    if column.role is Role.GAP and _says_with_what(column.heads[-1]):
        return column.heads[-1]
    return None if column.role is Role.BASELINE else told.series


def _says_with_what(head: str) -> bool:
    """前年度実績との差, 計画との差, 前年度比: a table may have more than one of them."""
    return find_role(head) is Role.RATE or any(word in head for word in _COMPARED_WITH)


# -- measures ----------------------------------------------------------------------------------


def _measure(
    table: HeadedTable, told: RowLabels, column: Column
) -> tuple[Role | None, Evidence | None]:
    """A baseline or gap column says what its cells are; else the row's word, then the column's."""
    strong = column.role in _OVER_ROW_WORDS
    named = told.measure.role if told.measure is not None else None
    if column.role is None and column.year is not None and _is_named_beside(table, named):
        return None, None
    if told.measure is None and _is_where_targets_start(table, column):
        words = " / ".join(column.heads)
        return Role.ACTUAL, Evidence("measure", "all heads", words, column.spans[-1])
    if told.measure is not None and told.measure_cell is not None and not strong:
        cell = told.measure_cell
        return told.measure.role, Evidence("measure", "row label", cell.text, cell.span)
    if column.role in MEASURES or column.role is Role.GRADE:
        words = " / ".join(column.heads)
        role = Role.GAP if column.grades_rate else column.role
        return role, Evidence("measure", "column head", words, column.spans[-1])
    if told.series is not None and told.labels and table.series_columns:
        return _measure_counted(told.series, told.series_cell)
    trend = _find_trend(told)
    if trend is not None:
        return Role.ACTUAL, trend
    around = _measure_around(table, told, column)
    is_over = around is not None and around is table.context.default_measure
    return around, table.context.over.get("measure") if is_over else None


def _measure_counted(series: str, cell: Cell | None) -> tuple[Role | None, Evidence | None]:
    """減員数 beside rows of 目標値 and 実績値: what is counted is an actual too."""
    if not _COUNTS.search(fold(series)):
        return None, None
    words = Evidence("measure", "what is counted", series, cell.span) if cell is not None else None
    return Role.ACTUAL, words


def _measure_around(table: HeadedTable, told: RowLabels, column: Column) -> Role | None:
    """What stands over the table says, where neither its heads nor its rows say it themselves."""
    around = table.context.default_measure
    if column.label is not None and _heads_tell_measures(table):
        return None  # 倍率 beside 実績 and 目標: the heading over them does not say
    if (around is Role.TARGET or table.rows_name_targets) and _is_before_plan(table, told):
        return Role.BASELINE
    if around is Role.TARGET and column.year is not None and _has_bare_targets(table):
        return Role.BASELINE if _precedes(table, column.year) else None
    if column.year is not None and _is_past_named(table, column.year, around):
        return None
    if table.context.is_of_title and _is_behind_report(table, told, column):
        return None
    is_headed = column.year is not None or (column.unit is not None and column.label is None)
    is_lost = table.rows_name_measures and not _is_of_plan(table, told)
    if is_lost or (is_headed and _is_named_beside(table, around)):
        return None
    return None if around is Role.TARGET and _is_on_the_way(table, told) else around


def _heads_tell_measures(table: HeadedTable) -> bool:
    """Do heads say what their figures are? Under 年度 a 進捗率 only compares the figure left of it."""
    roles = {column.role for column in table.columns} & MEASURES
    if table.columns[0].role is Role.TERM:
        roles -= {Role.RATE, Role.GAP}
    return bool(roles)


def _is_named_beside(table: HeadedTable, measure: Role | None) -> bool:
    """令和３年度 beside 令和４年度実績 and 令和５年度実績: where heads name the measure themselves, one that
    names none has lost its own, and what stands over the table is no word for it."""
    return measure is not None and any(_names(column, measure) for column in table.columns)


def _names(column: Column, measure: Role) -> bool:
    """令和５年度実績値（令和４年度実績値） names results as well."""
    return column.role is measure or measure in _measures_of_years(column.heads)


@lru_cache(maxsize=4_096)
def _measures_of_years(heads: tuple[str, ...]) -> frozenset[Role | None]:
    """The measures that heads name beside a year."""
    return frozenset(measure_in(head) for head in heads if search_fiscal_years(head))


def _is_where_targets_start(table: HeadedTable, column: Column) -> bool:
    """令和４年度末 left of 令和６年度実績 and 令和８年度目標: the one column whose head names a year alone, a year before
    the plan, is of how things stood then; a projection may be lost, but no table aims at the past."""
    dated = [other for other in table.columns if other.year is not None]
    rest = [other for other in dated if other is not column]
    if column.year is None or column.role is not None or not _precedes(table, column.year):
        return False
    roles = {other.role for other in rest}
    years = [other.year.year for other in rest if other.year is not None]
    is_told = {Role.TARGET, Role.ACTUAL} == roles and min(years) > column.year.year
    return is_told and not any(other.role is Role.PROJECTED for other in table.columns)


def _is_past_named(table: HeadedTable, year: FiscalYear, measure: Role | None) -> bool:
    """令和６年度 behind 令和５年度実績, or 令和８年度 beside 令和７年度見込: what stands over the table speaks of
    results or of targets, and the heads beside say that not all figures are."""
    dated = [column for column in table.columns if column.year is not None]
    if measure is Role.TARGET:
        return any(column.role is Role.PROJECTED for column in dated)
    named = [c.year.year for c in dated if c.role is Role.ACTUAL and c.year is not None]
    return measure is Role.ACTUAL and bool(named) and year.year > max(named)


def _is_behind_report(table: HeadedTable, told: RowLabels, column: Column) -> bool:
    """令和８年度 in a report that its title says to be on the results of 令和６年度: no results yet."""
    own = column.year or (told.year.year if told.year is not None else None)
    reported = table.context.reported
    return own is not None and reported is not None and own.year > reported.year


def _is_before_plan(table: HeadedTable, told: RowLabels) -> bool:
    """Among targets, a figure of a year before the plan is what they start from."""
    return told.year is not None and told.year.year is not None and _precedes(table, told.year.year)


def _has_bare_targets(table: HeadedTable) -> bool:
    """令和元年度末 beside 目標値: targets have a column of their own, which is not that of the year."""
    return any(c.role is Role.TARGET and c.year is None for c in table.columns)


def _precedes(table: HeadedTable, year: FiscalYear) -> bool:
    years = _plan_years(table)
    return bool(years) and year.year is not None and year.year < years[0]


def _is_of_plan(table: HeadedTable, told: RowLabels) -> bool:
    """令和８年度末の施設入所者数 among targets of the plan that ends then."""
    year = told.year.year if told.year is not None else None
    return year is not None and year.year in _plan_years(table)


def _is_on_the_way(table: HeadedTable, told: RowLabels) -> bool:
    """令和６年度末の施設入所者数 among targets for 令和８年度: where things stand by then, or what is aimed
    at on the way."""
    year, context = told.year, table.context
    if year is None or year.year is None or told.year_cell is None:
        return False
    aimed = context.aimed or context.year
    years = _plan_years(table)
    last = aimed.year if aimed is not None else years[-1] if years else None
    names_year = any(label.span == told.year_cell.span for label in told.labels)
    return names_year and (last is None or year.year.year != last)


def _plan_years(table: HeadedTable) -> tuple[int, ...]:
    context = table.context
    return context.years.plan_years or _years_up_to(context.aimed) or _years_up_to(context.year)


def _years_up_to(aimed: FiscalYear | None) -> tuple[int, ...]:
    """The years of the plans that end in the year aimed at: targets for 令和８年度 are of 令和６年度 to 8."""
    terms = terms_of_years(aimed.year, aimed.year) if aimed is not None else ()
    ending = {term.years for term in terms if aimed is not None and term.last_year == aimed.year}
    return ending.pop() if len(ending) == 1 else ()


def _find_trend(told: RowLabels) -> Evidence | None:
    """…の推移: figures of the years gone by."""
    label: Label | None = next((label for label in told.labels if is_trend(label.text)), None)
    if label is not None:
        return Evidence("measure", "row label", label.text, label.span)
    return told.block.trend


# -- years -------------------------------------------------------------------------------------


def _year(
    table: HeadedTable, told: RowLabels, column: Column, measure: Role | None
) -> tuple[FiscalYear | None, Evidence | None]:
    if column.year is not None:
        printed = column.year.printed
        return column.year, Evidence("year", "column head", printed, column.spans[-1])
    if told.year is not None and told.year_cell is not None:
        cell = told.year_cell
        return told.year.year, Evidence("year", "row label", cell.text, cell.span)
    if measure is Role.BASELINE or _spans_years(table, measure):
        return None, None
    if (head := told.block.year) is not None:
        return head.year, Evidence("year", "heading in the table", head.printed, table.grid.span)
    if any(named_term(head) is not None for head in column.heads):
        return None, None  # 第６期実績 is of no year that a title names
    if table.context.year is None or _is_of_other_measure(table, told):
        return _year_of_title(table, measure)
    return table.context.year, table.context.year_source


def _is_of_other_measure(table: HeadedTable, told: RowLabels) -> bool:
    """目標（令和８年度末） over a row that says it is an actual: the year is not the row's."""
    source = table.context.year_source
    if table.grid.origin != FIGURE_ROWS or told.measure is None or source is None:
        return False
    over = read_head(source.quote).role
    return over in MEASURES and over is not told.measure.role


def _spans_years(table: HeadedTable, measure: Role | None) -> bool:
    """A comparison or rate beside columns of several years is of none of them in particular."""
    dated = any(column.year is not None for column in table.columns)
    if measure is Role.GAP:
        return dated or not _compares_one_year(table)
    return measure is Role.RATE and dated


def _compares_one_year(table: HeadedTable) -> bool:
    """見込量, 実績値 and 差（実績値－見込量） under 令和3年度: the year of the two is that of their difference."""
    roles = [column.role for column in table.columns if column.role in MEASURES]
    return sorted(roles) in (_OF_PLAN, _OF_TARGETS)


def _year_of_title(
    table: HeadedTable, measure: Role | None
) -> tuple[FiscalYear | None, Evidence | None]:
    """Actuals of a report on one year, targets under a title that says for when, that name no year
    themselves. Projections beside the actuals of a report are of its year too."""
    context = table.context
    told = {Role.ACTUAL: context.reported, Role.TARGET: context.aimed}
    if _names_actuals(table):
        told[Role.PROJECTED] = told[Role.GRADE] = context.reported
    year = told.get(measure) if measure is not None else None
    if year is None:
        return None, None
    return year, Evidence("year", "title", year.printed, table.grid.span)


def _names_actuals(table: HeadedTable) -> bool:
    """Do actuals stand in the table, under a head or behind a word of their row?"""
    if any(column.role is Role.ACTUAL for column in table.columns):
        return True
    if table.grid.origin != FIGURE_ROWS:
        return False
    return any(table.slots.head(cell).role is Role.ACTUAL for cell in table.grid.cells)


# -- units -------------------------------------------------------------------------------------


def _units(
    table: HeadedTable, told: RowLabels, column: Column, measure: Role | None
) -> tuple[tuple[str, ...], Evidence | None]:
    """The unit that stands nearest; a rate is never in the unit (人) of what it compares."""
    if column.unit is not None:
        return (column.unit,), Evidence("unit", "column head", column.unit, column.spans[-1])
    if _title_says_more(told):
        return told.block.units, None
    if told.units and told.unit_cell is not None:
        cell = told.unit_cell
        if measure is Role.RATE and _counts_units(told.units):
            return (), None
        return told.units, Evidence("unit", "row label", cell.text, cell.span)
    around = told.units or told.block.units or table.context.units
    if measure is Role.RATE:
        around = tuple(unit for unit in around if find_unit(unit) in CONTINUOUS)
    return around, table.context.over.get("unit") if around is table.context.units else None


def _counts_units(units: tuple[str, ...]) -> bool:
    """人, 件: units of what a rate compares, never its own."""
    return all(find_unit(unit) not in CONTINUOUS for unit in units)


def _title_says_more(told: RowLabels) -> bool:
    """利用者数 beside a row counts 人; 単位は１か月当たりの人 over it says 人/月."""
    if len(told.units) != 1 or len(told.block.units) != 1 or not is_quantity(told.units[0]):
        return False
    own, over = find_unit(told.units[0]), find_unit(told.block.units[0])
    return own is not None and over is not None and over.startswith(f"{own}/")
