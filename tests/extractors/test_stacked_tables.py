"""Tables drawn one on the other in one frame: where one ends and the next begins."""

from __future__ import annotations

from keikaku.extractors.document import Block, Grid, Line, Prose, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.stacked_tables import tables_apart


def cell(words: str, columns: int, rows: int = 1) -> PrintedCell:
    lines = tuple(Line(line, Span(page=1, bbox=(0, 0, 1, 1))) for line in words.splitlines())
    blocks: tuple[Block, ...] = (Prose(lines),) if lines else ()
    return PrintedCell(blocks, Span(page=1, bbox=(0, 0, 1, 1)), rows, columns)


def frame(*rows: list[tuple[str, int] | tuple[str, int, int]]) -> Grid:
    """Rows of (words, columns) or (words, columns, rows)."""
    printed = [[cell(*one) for one in row] for row in rows]
    return lay_out(printed, "ruled", Span(page=1, bbox=(0, 0, 1, 1)))


def parts(grid: Grid) -> list[tuple[int, int, str]]:
    """Rows, columns and first words of each table."""
    found = [block for block in tables_apart([grid]) if isinstance(block, Grid)]
    return [(one.row_count, one.column_count, one.cells[0].text) for one in found]


GOALS = [[("成果目標", 3), ("目標値", 4)], [("地域生活移行者数", 3), ("12人", 4)]]
SERVICES = [
    [("サービス名", 1), ("単位", 1), ("令和6年度", 2), ("令和7年度", 2), ("", 1, 3)],
    [("地域移行支援", 1), ("人", 1), ("3", 2), ("4", 2)],
    [("地域定着支援", 1), ("人", 1), ("5", 2), ("6", 2)],
]
REVIEW = [
    [("評価（C）", 1), ("移行者は５人であった。", 6)],
    [("改善（A）", 1), ("体験の場を増やす。", 6)],
]


def test_each_table_has_its_own_columns() -> None:
    grid = frame(*GOALS, *SERVICES, *REVIEW)
    assert grid.column_count == 7
    assert parts(grid) == [(2, 2, "成果目標"), (3, 4, "サービス名"), (2, 2, "評価（C）")]


def test_a_second_line_of_heads_opens_no_table() -> None:
    grid = frame(
        [("区分", 1, 2), ("令和6年度", 2), ("令和7年度", 2)],
        [("見込", 1), ("実績", 1), ("見込", 1), ("実績", 1)],
        [("居宅介護", 1), ("1", 1), ("2", 1), ("3", 1), ("4", 1)],
    )
    assert parts(grid) == [(3, 5, "区分")]


def test_heads_over_the_same_columns_open_no_table() -> None:
    body = [("居宅介護", 1), ("1", 1), ("2", 1)]
    head = [("区分", 1), ("令和6年度", 1), ("令和7年度", 1)]
    assert parts(frame(head, body, head, body)) == [(4, 3, "区分")]


def test_words_of_a_form_beside_all_tables_hold_them_together() -> None:
    beside = [("実施", 1, 7), *SERVICES[0]]
    grid = frame(beside, *SERVICES[1:], *REVIEW, *GOALS)
    assert len(parts(grid)) == 1


def test_a_form_of_one_goal_stays_whole() -> None:
    title = [("成果目標1", 3), ("施設入所者の地域生活への移行", 4)]
    assert len(parts(frame(title, *SERVICES, *REVIEW))) == 1
