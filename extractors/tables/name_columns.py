"""Columns of names: which of them names what is counted, which what that belongs to, which only numbers it.

取組名 left of 活動指標, 目標 over the titles of national goals, １ ２ ３ left of the names, 圏域 over 東部 and 西部.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from keikaku.extractors.document import Cell
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.extractors.tables.printed_labels import label_text
from keikaku.extractors.words import is_participant, is_place, is_quantity, joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.folding import fold
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.labels import split_marks

if TYPE_CHECKING:
    from keikaku.extractors.tables.columns import Column

_NUMBERED_GOAL = regex.compile(r"(?:基本|重点|施策|成果)目標[0-9IVX①-⑨一二三四五六七八九]")
"""基本目標Ⅰ 地域で暮らす: a goal of the municipality's own."""
_OF_INDICATORS = regex.compile(
    r"(?:成果|活動|評価|管理|進捗|行政|重要業績|事業|取組|数値|アウトプット|アウトカム)*(?:指標|目標)(?:名|項目|の名称)?"
)
"""活動指標, 行政活動目標: the head of a column that names indicators."""
_COUNTED = regex.compile(r"(?:数|率|割合|量)(?:[(（][^()（）]*[)）])?\Z")
"""How the name of an indicator ends, and the title of a goal does not."""


_FEWEST_GOALS = 2

_PLACES = regex.compile(
    r"(?:障[害がい碍]+者?)?(?:保健)?(?:福祉)?圏域(?:名|別)?|市町村(?:名|別)?|市区町村(?:名)?|自治体(?:名)?|地域(?:名|別)|地区(?:名|別)?|区域(?:名)?"
)
"""圏域 over 北部, 中央: the head of a column of places."""


def heads_places(head: str) -> bool:
    """Is it the head of a column of places?"""
    return _PLACES.fullmatch(fold(head)) is not None


def names_what_is_done(column: Column, columns: Sequence[Column], under: Sequence[Cell]) -> bool:
    """活動内容, 取組内容 left of 区分 and the years: words short enough to be the names of the rows, and
    nothing else in the table names them."""
    if column.role is not Role.CONTENT or not under:
        return False
    others = [other for other in columns[1:] if other.kind not in ("label", "unit")]
    has_figures = bool(others) and all(other.kind in ("value", "grade") for other in others)
    named = any(other.kind == "label" and other.role is not Role.LABEL for other in columns[1:])
    words = map(label_text, under)
    return has_figures and not named and all(len(w) <= 40 and "。" not in w for w in words)


def names_what_is_counted(
    columns: Sequence[Column], number: int, below: Sequence[Sequence[Cell]]
) -> bool:
    """内容 over 利用者数, 利用日数, right of 見込量 and 実績 and left of 単位: short words beside nothing but measures
    are the names of the rows."""
    if columns[number].role is not Role.CONTENT or not below[number]:
        return False
    behind = [column for column in columns[number + 1 :] if column.kind != "unit"]
    rows = {cell.row for cell in below[number]}
    left = [cell for cells in below[:number] for cell in cells if cell.row in rows]
    measured = [cell for cell in left if find_role(label_text(cell)) in MEASURES]
    has_figures = bool(behind) and all(other.kind in ("value", "grade") for other in behind)
    words = list(map(label_text, below[number]))
    is_named = all(len(w) <= 40 and "。" not in w and not is_value_like(w) for w in words)
    return has_figures and len(measured) == len(left) > 1 and is_named


def names_places(column: Column, under: Sequence[Cell], *, is_first: bool) -> bool:
    """圏域 over 東部, 西部: a word that is a unit elsewhere (２圏域) names the rows here; behind the first column
    where nothing but places stand under it."""
    is_bare = column.unit is not None and column.role is None and column.year is None
    if not is_bare or not under or any(is_value_like(cell.text) for cell in under):
        return False
    return is_first or all(is_place(label_text(cell)) for cell in under)


def holds_goals(columns: Sequence[Column], number: int, under: Sequence[Cell]) -> bool:
    """目標 over the titles of national goals, or another head or none left of the names of the rows:
    what the rows belong to, not what they aim at."""
    column = columns[number]
    if column.year is not None or not under:
        return False
    is_target = column.role is Role.TARGET
    names_follow = any(other.role is Role.LABEL for other in columns[number + 1 :])
    if not is_target and not (len(under) > 1 and names_follow):
        return False
    if not all(_titles_goal(label_text(cell)) for cell in under) and not _are_goals_in_order(under):
        return False
    return is_target or not any(_COUNTED.search(label_text(cell)) for cell in under)


def is_over_indicators(
    columns: Sequence[Column], number: int, below: Sequence[Sequence[Cell]]
) -> bool:
    """取組名 left of 活動指標: the column whose head says so names what is counted, and the one before it what
    that belongs to; but 利用者数 says nothing without the name before it."""
    if number + 1 >= len(columns) or columns[number].kind not in ("label", "unknown"):
        return False
    column, beside = columns[number : number + 2]
    if not column.heads or not beside.heads or column.spans[-1:] == beside.spans[-1:]:
        return False
    if beside.kind not in ("label", "unknown"):
        return False
    named = below[number + 1]
    if not (_OF_INDICATORS.fullmatch(fold(beside.heads[-1])) and named):
        return False
    return not any(_is_no_name(label_text(cell)) for cell in named)


def _is_no_name(words: str) -> bool:
    """利用者数, 保健, 見込: words that stand beside or below a name."""
    is_beside = is_quantity(words) or is_participant(words) or find_role(words) in MEASURES
    return is_beside or is_value_like(words)


def _titles_goal(words: str) -> bool:
    return find_goal(words) is not None or _NUMBERED_GOAL.match(words) is not None


def _are_goals_in_order(cells: Sequence[Cell]) -> bool:
    """1 地域生活への移行, 2 精神障害にも対応した…, 3 …: numbered one after the other, and more than half of them, two at
    the least, titles of national goals."""
    texts = dict.fromkeys(joined(cell.lines) for cell in cells)
    numbers = [split_marks(text).number for text in texts]
    told = sum(find_goal(text) is not None for text in texts)
    in_order = numbers == list(range(1, len(numbers) + 1))
    return in_order and told >= _FEWEST_GOALS and 2 * told > len(numbers)


def numbers_goals(columns: Sequence[Column], under: Sequence[Cell]) -> bool:
    """目標 over １, ２, ４ and 指標 right of it: a figure never stands left of the name of its row."""
    if columns[0].role is not Role.TARGET or columns[0].year is not None or len(columns) < 2:
        return False
    bare = all(fold(cell.text).strip("()").isdecimal() for cell in under)
    return bare and columns[1].role is Role.LABEL and columns[-1].role is not Role.LABEL


def counts_up(under: Sequence[Cell]) -> bool:
    """1, 2, 3 … and nothing else: numbers of goals or rows, no figures of theirs."""
    texts = list(dict.fromkeys(fold(cell.text).strip("()") for cell in under))
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 2]
    return len(numbers) == len(texts) > 1 and all(b == a + 1 for a, b in pairwise(numbers))
