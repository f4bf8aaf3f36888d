"""Rows that name what the rows below them count: サービス名 | 居宅介護, over 区分 | 内容 | 単位 | 令和６年度.

The key says what its value is, so the value is no head of a column and no name of a row. It holds up to the next such row.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.grids import DRAWN
from keikaku.extractors.heads import Role, find_role, may_head
from keikaku.extractors.words import is_quantity, is_sentence, joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.folding import fold

_KEY = regex.compile(r".*名称?|(?:.*の)?サービス|事業|.*指標")
"""サービス名, 事業名, 活動指標; 区分 and 項目 stand over columns."""
_LONGEST_NAME = 40
_FEWEST_COLUMNS = 3
"""In a table of two columns 居宅介護 beside サービス名 is the head of the second."""


def find_named(grid: Grid, inked: Sequence[Cell]) -> Cell | None:
    """The value of a row that is nothing but such a key and its value, else None."""
    if grid.origin not in DRAWN or grid.column_count < _FEWEST_COLUMNS:
        return None
    if len(inked) != 2 or inked[0].column != 0:
        return None
    key, value = (joined(cell.lines) for cell in inked)
    is_key = find_role(key) is Role.LABEL and _KEY.fullmatch(fold(key)) is not None
    return inked[1] if is_key and _is_name(value) else None


def _is_name(words: str) -> bool:
    is_other = may_head(words) or is_value_like(words) or is_sentence(words) or is_quantity(words)
    return 1 < len(words) <= _LONGEST_NAME and not is_other
