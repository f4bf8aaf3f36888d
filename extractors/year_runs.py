"""Years printed one after the other with the era left out: H30年度 1年度 2年度; 29年度末 … 元年度末 … 4年度末.

A year without its era is read by its neighbours only: the one before it, or, where none of a run
names its era, the one way of counting on year by year (29, 30, 元, 2 is 平成29 to 令和2). Where two ways
remain (3, 4, 5) the years stay unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import regex
from keikaku.extractors.document import Cell
from keikaku.extractors.words import joined
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext, find_fiscal_year

_BARE = regex.compile(r"(?:元|[0-9０-９]{1,2})\s*年度?(?:末|中)?(?:時点)?")
_BEGINS_BARE = frozenset("元0123456789０１２３４５６７８９")
_ERAS = ("平成", "令和")


def years_in_order(
    slots: Sequence[Sequence[Cell | None]], context: YearContext
) -> dict[tuple[int, int], FiscalYear]:
    """Place of each year cell without an era, and the year that its row or column makes of it."""
    found: dict[tuple[int, int], FiscalYear] = {}
    if not _has_bare_year(slots):
        return found
    for run in (*_runs(_lines_down(slots), context), *_runs(slots, context)):
        years = resolve_run([joined(cell.lines) for cell in run], context)
        for cell, year in zip(run, years, strict=True):
            if year is not None and _BARE.fullmatch(joined(cell.lines)):
                found.setdefault((cell.row, cell.column), year)
    return found


def _has_bare_year(slots: Sequence[Sequence[Cell | None]]) -> bool:
    """Most tables name the era of every year: nothing is to be made out in those."""
    return any(
        cell.lines[0].text[:1] in _BEGINS_BARE and _BARE.fullmatch(joined(cell.lines))
        for row in slots
        for cell in row
        if cell is not None and cell.lines
    )


def _lines_down(slots: Sequence[Sequence[Cell | None]]) -> list[list[Cell | None]]:
    """The columns of a table, parted where the cell at the left changes."""
    lines: list[list[Cell | None]] = []
    for column in range(len(slots[0]) if slots else 0):
        line: list[Cell | None] = []
        for row, cells in enumerate(slots):
            if row and column and cells[column - 1] is not slots[row - 1][column - 1]:
                line.append(None)
            line.append(cells[column])
        lines.append(line)
    return lines


def _runs(lines: Sequence[Sequence[Cell | None]], context: YearContext) -> Iterator[list[Cell]]:
    """Neighbouring year cells of a row or column, two or more, one of them without an era."""
    for line in lines:
        run: list[Cell] = []
        for cell in (*line, None):
            if cell is not None and run and cell is run[-1]:
                continue
            if cell is not None and _is_year(cell, context):
                run.append(cell)
                continue
            if len(run) > 1 and any(_BARE.fullmatch(joined(c.lines)) for c in run):
                yield run
            run = []


def _is_year(cell: Cell, context: YearContext) -> bool:
    text = joined(cell.lines)
    if not text or len(text) > 20:
        return False
    return bool(_BARE.fullmatch(text)) or find_fiscal_year(text, context) is not None


def resolve_run(texts: Sequence[str], context: YearContext) -> list[FiscalYear | None]:
    """The year of each text of a run.

    >>> [y.year for y in resolve_run(["H30年度", "1年度", "2年度"], YearContext()) if y]
    [2018, 2019, 2020]
    >>> [y.year for y in resolve_run(["29年度末", "30年度末", "元年度末"], YearContext()) if y]
    [2017, 2018, 2019]
    >>> resolve_run(["3年度", "4年度"], YearContext())
    [None, None]
    """
    ways = (
        [
            way
            for way in product(*(_candidates(text, context) for text in texts))
            if all(later.year == year.year + 1 for year, later in pairwise(way))
        ]
        if len(texts) <= 10
        else []
    )
    if len(ways) == 1:
        return list(ways[0])
    return _one_by_one(texts, context)


def _candidates(text: str, context: YearContext) -> list[FiscalYear]:
    year = find_fiscal_year(text, context)
    if year is not None:
        return [year]
    eras = (find_fiscal_year(text, YearContext(era=era)) for era in _ERAS)
    return [year for year in eras if year is not None]


def _one_by_one(texts: Sequence[str], context: YearContext) -> list[FiscalYear | None]:
    """Each year after the one before it; those before the first year that names its era stay open."""
    years: list[FiscalYear | None] = []
    previous: int | None = None
    for text in texts:
        year = find_fiscal_year(text, context)
        if year is None and previous is not None:
            year = find_fiscal_year(text, YearContext(previous=previous))
        previous = year.year if year is not None else previous
        years.append(year)
    return years
