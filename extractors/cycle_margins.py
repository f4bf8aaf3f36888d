"""The cycle down the left side of a form (PDCA): 計画, 実施, 評価, 改善, or no more than P, D, C, A.

    計画 | 項目       | 目標値（令和8年度末）
    実施 | 活動指標   | 令和6年度 | 令和7年度
    評価 | 移行者は３人にとどまった。
    改善 | 補助を続ける。

計画（P） says by itself what it is. 計画 alone is a measure, and C nothing at all: it is their order down
one narrow column, nothing else in that column, and the rows of a table beside 計画 or 実施 that make them the steps of the cycle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex
from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.heads import Role
from keikaku.extractors.words import joined
from keikaku.normalizers.labels import clean_label

_STEPS = (
    (Role.PLAN_DO, regex.compile(r"計画|目標|P(?:lan)?", regex.IGNORECASE)),
    (Role.PLAN_DO, regex.compile(r"実施|実行|取組|D(?:o)?", regex.IGNORECASE)),
    (Role.EVALUATION, regex.compile(r"(?:点検・?)?評価|点検|検証|C(?:heck)?", regex.IGNORECASE)),
    (
        Role.IMPROVEMENT,
        regex.compile(r"改善|見直し|改善・見直し|A(?:ct(?:ion)?)?", regex.IGNORECASE),
    ),
)
_FEWEST = 3
"""Steps: 計画 over 評価 might be two measures."""
_WITH_LETTER = regex.compile(r"(?P<word>[^()A-Za-z]+)\((?P<letter>[A-Za-z]+)\)")

Margin = Mapping[tuple[int, int], Role]
"""The role of a step by the row and column of its cell."""


def cycle_margin(grid: Grid) -> Margin:
    """The steps of the cycle down the first column; empty where they are not all that stands there.

    >>> from keikaku.extractors.html import read_html
    >>> rows = "<tr><td>P<td>目標値<td>3人<tr><td rowspan=2>D<td>R6<td>2人<tr><td>R7<td>3人<tr><td>C<td>評価<td>B"
    >>> (grid,) = read_html(f"<table>{rows}</table>")
    >>> [str(role) for role in cycle_margin(grid).values()]
    ['plan_do', 'plan_do', 'evaluation']
    """
    first = [cell for cell in grid.cells if cell.column == 0 and cell.lines]
    narrow = [cell for cell in first if cell.column_span < grid.column_count]
    steps = [_step_of(cell) for cell in narrow]
    known = [step for step in steps if step is not None]
    has_tables = any(
        cell.row_span > 1 and step is not None and step < 2
        for cell, step in zip(narrow, steps, strict=True)
    )
    if len(known) != len(steps) or not has_tables or not _go_round(known):
        return {}
    return {
        (cell.row, cell.column): _STEPS[step][0] for cell, step in zip(narrow, known, strict=True)
    }


def _step_of(cell: Cell) -> int | None:
    words = clean_label(joined(cell.lines)) if len(cell.text) < 20 else ""
    match = _WITH_LETTER.fullmatch(words)
    word = match["word"] if match is not None else words
    return next((n for n, (_, step) in enumerate(_STEPS) if step.fullmatch(word)), None)


def _go_round(steps: Sequence[int]) -> bool:
    """Three steps or more in their order, once or, for one goal after the other, again and again."""
    rounds = sum(below <= above for above, below in pairwise(steps)) + 1
    is_round = len(set(steps)) >= _FEWEST and steps.count(min(steps)) == rounds
    return is_round and len(steps) >= _FEWEST * rounds
