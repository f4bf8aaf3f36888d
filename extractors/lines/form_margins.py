"""Words of a form that stand left of its captions, however far the tables below them reach:

    計画                【活動指標等の一覧】
    (P)                            区  分                令和3年度    令和4年度
     ↓      主な                                見込量    12回         12回
    実施    活動指標    協議の場の開催回数
    (D)      (内容)                             実績値    10回         12回

A caption begins where its box does; what stands left of it, set apart and spelling nothing but boxes of a form (one
below the other, each in a line or letter by letter), names no row. The form ends where its review begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Span
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.heads import MEASURES, REVIEWS, Role, find_box, find_role
from keikaku.extractors.lines.placed_cells import PlacedCell, SideLine, placed_cells
from keikaku.extractors.words import is_caption
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_NEAR = 2
"""Display columns by which the words of a box may begin left of its caption."""
_LONGEST = 8
"""Pieces that one word of a form is parted into: 計 / 画 / （P） / ↓ / 実 / 施 / （D）."""
_OF_CYCLE = regex.compile(
    r"計?画?(?:[（(][PＰ][)）])?[↓⇩]?実?施?(?:[（(][DＤ][)）])?", regex.IGNORECASE
)
"""計画（P）↓実施（D）, of which words may stand above the first caption, or below the last."""
_HALVES = ("計画", "実施")
_MARK = regex.compile(r"[（(][PDＰＤ][)）]|[↓⇩]")
_Words = dict[int, list[PlacedCell]]


def words_left_of_captions(lines: Sequence[SideLine]) -> dict[int, int]:
    """By the number of the line, how many characters at its beginning are words of a form."""
    found: dict[int, int] = {}
    for words in _forms(lines):
        if all(map(_spells_boxes, _columns(words))):
            found |= {n: cells[-1].end for n, cells in words.items() if cells}
    return found


def _forms(lines: Sequence[SideLine]) -> Iterator[_Words]:
    """The words left of the captions of each form, by line."""
    words: _Words = {}
    rows: set[int] = set()
    edge: int | None = None
    for number, line in enumerate(lines):
        cells = placed_cells(line)
        if _ends_form(line, cells, edge):
            yield _without_rows(words, rows)
            words, rows, edge = {}, set(), None
            continue
        caption = next((cell for cell in cells if is_caption(cell.text)), None)
        if caption is not None:
            edge = caption.left
        if edge is None:
            continue
        left = [cell for cell in cells if cell.right < edge]
        rest = cells[len(left) :]
        if rest and rest[0].left < edge - _NEAR:
            # a line that begins left of the caption and reaches over it
            yield _without_rows(words, rows)
            words, rows, edge = {}, set(), None
            continue
        if left:
            words[number] = left
            rows |= {number} if rest and _heads_row(left[-1], rest[0]) else set()
    yield _without_rows(words, rows)


def _without_rows(words: _Words, rows: set[int]) -> _Words:
    """The words but for names of rows with figures; 計画 over （P） and 実施 below ↓ are none, whatever stands beside them."""
    return {n: cells for n, cells in words.items() if n not in rows or _is_half(cells[-1], words)}


def _ends_form(line: SideLine, cells: Sequence[PlacedCell], edge: int | None) -> bool:
    """区分  評価（C）および改善（A）, 成果目標  ２ …, but for a heading in the box: ①児童発達支援センターの設置."""
    if any(find_role(cell.text) in REVIEWS for cell in cells):
        return True
    if edge is not None and line.indent >= edge:
        return False
    return find_goal_head(line.text, Span(0, len(line.text))) is not None


def _heads_row(word: PlacedCell, behind: PlacedCell) -> bool:
    """計画 12 15, 目標値 人 12, 計 27: a measure, or a sum, and its figures."""
    is_name = find_role(word.text) in MEASURES or word.text == "計"
    return is_name and (is_value_like(behind.text) or find_unit(behind.text) is not None)


def _is_half(word: PlacedCell, words: _Words) -> bool:
    """計画 right over （P）, 実施 right below ↓."""
    column = [cell for cells in words.values() for cell in cells if _overlap(cell, word)]
    at = column.index(word)
    beside = column[at + 1 : at + 2] if word.text == "計画" else column[max(0, at - 1) : at]
    return word.text in _HALVES and any(_MARK.fullmatch(cell.text) for cell in beside)


def _columns(words: _Words) -> list[list[PlacedCell]]:
    """The words below each other."""
    columns: list[list[PlacedCell]] = []
    for cell in (cell for cells in words.values() for cell in cells):
        over = [c for c in columns if any(_overlap(cell, other) for other in c)]
        if over:
            over[0].append(cell)
        else:
            columns.append([cell])
    return columns


def _overlap(one: PlacedCell, other: PlacedCell) -> bool:
    return one.left < other.right and other.left < one.right


def _spells_boxes(cells: Sequence[PlacedCell]) -> bool:
    """Are the words, from the first on, one box after the other: 目標値 主な 活動指標 (内容)?"""
    if not cells:
        return True
    return any(
        _is_box("".join(cell.text for cell in cells[:count])) and _spells_boxes(cells[count:])
        for count in range(min(len(cells), _LONGEST), 0, -1)
    )


def _is_box(words: str) -> bool:
    if find_box(words) is not None or find_role(words) is Role.PLAN_DO:
        return True
    return _OF_CYCLE.fullmatch(words) is not None
