"""Terms with a measure over years (第６期（実績） 第７期（見込量）): the years say how far each of them reaches.

    第６期（実績） 第７期（見込量）
    サービス名 単位 令和３年度 令和４年度 令和５年度 令和６年度 令和７年度 令和８年度
    居宅介護 人／月 41 43 44 46 47 48

Text that lost its places no longer shows over which years a head stood. A plan term holds known years, so here it
need not: each year belongs to the one term that holds it. A year of neither term, or of both, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import regex
from keikaku.extractors.document import Cell, Grid, Line
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.printed import Found, Printed, cell_of, tokens_of
from keikaku.normalizers.folding import fold
from keikaku.normalizers.numerals import parse_number
from keikaku.normalizers.plan_terms import CHILD_DISABILITY_WELFARE, DISABILITY_WELFARE, term_years

_TERM = regex.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,2})期")


def with_terms_over(found: Found, printed: Sequence[Printed], at: int) -> Found | None:
    """The table with the line of terms right above it as its first heads; None where there is none such."""
    if found.grid is None or at == 0 or printed[at - 1].group != printed[at].group:
        return None
    terms = [(token, _years_of(token)) for token in tokens_of(printed[at - 1].line)]
    if len(terms) < 2 or not all(years for _, years in terms):
        return None
    heads = [cell for cell in found.grid.cells if cell.row == 0]
    owners = {cell.column: owner for cell in heads if (owner := _owner(cell, terms)) is not None}
    dated = {cell.column for cell in heads if read_head(cell.text).year is not None}
    if dated != set(owners) or set(owners.values()) != set(range(len(terms))):
        return None
    return replace(found, grid=_below_terms(found.grid, owners, [token for token, _ in terms]))


def _years_of(token: Line) -> frozenset[int]:
    """The years of 第６期（実績）, of whichever of the two plans; none where it names no measure."""
    if read_head(token.text).role not in MEASURES:
        return frozenset()
    match = _TERM.search(fold(token.text))
    if match is None:
        return frozenset()
    number = int(parse_number(match[1]))
    plans = (DISABILITY_WELFARE, CHILD_DISABILITY_WELFARE)
    return frozenset(year for plan in plans for year in term_years(plan, number))


def _owner(cell: Cell, terms: Sequence[tuple[Line, frozenset[int]]]) -> int | None:
    """The one term that holds the year of a head without a measure of its own."""
    head = read_head(cell.text)
    if head.year is None or head.role in MEASURES:
        return None
    owners = [n for n, (_, years) in enumerate(terms) if head.year.year in years]
    return owners[0] if len(owners) == 1 else None


def _below_terms(grid: Grid, owners: dict[int, int], tokens: Sequence[Line]) -> Grid:
    """The grid one row further down, each term over its columns."""
    top = []
    for owner, columns in groupby(sorted(owners), key=owners.__getitem__):
        reach = list(columns)
        words = cell_of([tokens[owner]])
        top.append(Cell(0, reach[0], 1, len(reach), words.blocks, tokens[owner].span))
    below = [replace(cell, row=cell.row + 1) for cell in grid.cells]
    span = grid.span._replace(char_start=tokens[0].span.char_start)
    return replace(grid, row_count=grid.row_count + 1, cells=(*top, *below), span=span)
