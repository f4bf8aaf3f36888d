"""Years that the cells of a column print themselves: 171〔R6〕 over 1,431〔R6〕 over 集計中.

Where the figures of a column all print one year, what reports nothing beside them is of that year too. A
figure without a year among them may be of another, and gets none.
"""

from __future__ import annotations

from keikaku.extractors.dated_values import value_and_year_in
from keikaku.extractors.document import Cell
from keikaku.extractors.tables.context import HeadedTable
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext
from keikaku.normalizers.folding import fold
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.values import Status


def value_and_year(cell: Cell, years: YearContext) -> tuple[str, FiscalYear | None]:
    """``301人〔令和4年度〕``: the figure, and the year printed with it."""
    return value_and_year_in(cell.text, years)


def year_of_mark(table: HeadedTable, cell: Cell) -> FiscalYear | None:
    """The year of a dash or 集計中 among figures of its column, two or more, that print all one year."""
    mark = find_mark(fold(cell.text))
    if mark is None or mark.status is not Status.NOT_REPORTED:
        return None
    others = [c for c in table.slots.printed_below(cell.column, table.first_row) if c is not cell]
    figures = [other for other in others if find_mark(fold(other.text)) is None]
    years = [value_and_year(figure, table.context.years)[1] for figure in figures]
    told = [year for year in years if year is not None]
    is_one = len({(year.year, year.last) for year in told}) == 1
    return told[0] if is_one and len(told) == len(years) > 1 else None
