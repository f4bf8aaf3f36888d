"""Heads of which each column has a year and a measure, in two lines: 令和４年度末 令和６年度 令和８年度末 達成率 over 基準値 実績 目標値, or

    項目 基準値 目標値 実績 実績 達成率
    （令和４年度末） （令和８年度末） （令和６年度） （令和７年度）

As many in the second line as years and measures in the first, each of the other kind: the n-th belongs below the n-th.
Measures in turn under each year, or years in turn under each measure, are another's business: a base or a target, that
has one year, is among them here.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.heads import Role
from keikaku.extractors.streams.heads import HeadPiece

_OF_ONE_YEAR = frozenset((Role.TARGET, Role.BASELINE))
_OTHER = {"year": "measure", "measure": "year"}
_BEHIND = ("compared", "grade")
_FEWEST = 3
"""Columns: two years over 目標値 実績値 may be both of each."""


def pairs_of_lines(core: Sequence[HeadPiece]) -> tuple[HeadPiece, ...] | None:
    """Each head of the first line with the one below it, and what compares them behind; None where they are no pairs."""
    upper = [piece for piece in core if piece.row == core[0].row]
    lower = list(core[len(upper) :])
    if not lower or len({piece.row for piece in lower}) > 1:
        return None
    over = [piece for piece in upper if piece.kind in _OTHER]
    behind = [piece for piece in upper[len(over) :] if piece.kind in _BEHIND]
    if any(piece.head.year is not None for piece in behind):
        return None  # 達成率（令和４年度末）: the first year of the line below, read as the last head's
    if [*over, *behind] != upper or len(over) != len(lower) or len(over) < _FEWEST:
        return None
    if any(_OTHER[above.kind] != below.kind for above, below in zip(over, lower, strict=True)):
        return None
    whole = [above.with_more(below) for above, below in zip(over, lower, strict=True)]
    told = [(piece.head.role, piece.head.year) for piece in whole]
    is_sure = any(role in _OF_ONE_YEAR for role, _ in told) and len(set(told)) == len(told)
    if not is_sure or any(piece.kind != "both" for piece in whole):
        return None
    return (*whole, *behind)
