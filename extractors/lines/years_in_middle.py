"""Years over heads that do not repeat from year to year: 令和５年度 over 実績, 令和６年度 over 計画 実績 計画比.

                                          令和５年度        令　和　６　年　度
    サービス名            単位               実績         計画      実績     計画比(%)

Each year stands in the middle of its heads, or begins where they do; no head stands twice under one year,
and none before what it comes from (実績 before 計画, 達成率 before 実績). The way of sharing out the heads that fits
by far better than all others is taken, else none.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from keikaku.extractors.heads import Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.group_heads import extent_of, is_year, measures
from keikaku.normalizers.labels import clean_label

_Columns = Sequence[tuple[int, int]]
_LEAST_CLEAR = 4
_ASKEW = 4
"""Display columns by which the years together are better placed than in the next best way, and by which
each of them may be off the middle."""
_ORDER = {
    Role.BASELINE: 0, Role.TARGET: 1, Role.PROJECTED: 1, Role.ACTUAL: 2,
    Role.GAP: 3, Role.RATE: 3, Role.GRADE: 4,
}  # fmt: skip
_MOST_WAYS = 20_000


def lacks_order(line: Row, leaves: Sequence[Piece | None]) -> bool:
    """Two years or more over heads that are not the same under each of them."""
    years = [piece for piece in line if is_year(piece)]
    under = _under_years(leaves)
    if len(years) < 2 or len(under) <= len(years) or any(leaves[n] is None for n in under):
        return False
    words = [_word(leaves[n]) for n in under]
    each, rest = divmod(len(under), len(years))
    return bool(rest) or words != words[:each] * len(years)


def by_middle(
    line: Row, leaves: Sequence[Piece | None], columns: _Columns
) -> list[Piece | None] | None:
    """For each column the year over it, and beside the years the pieces over the names; None where it is
    not told."""
    years = tuple(piece for piece in line if is_year(piece))
    under = _under_years(leaves)
    if math.comb(len(under) - 1, len(years) - 1) > _MOST_WAYS:
        return None
    extents = [extent_of(leaves, n, columns) for n in under]
    words = [_word(leaves[n]) for n in under]
    natural = (way for way in _ways(words, len(years)) if _is_natural([words[a:b] for a, b in way]))
    ways = sorted((_off(years, way, extents), way) for way in natural)
    if not ways or ways[0][0] > _ASKEW * len(years):
        return None
    if len(ways) > 1 and ways[1][0] - ways[0][0] < _LEAST_CLEAR:
        return None
    if not _keep_order([words[a:b] for a, b in ways[0][1]]):
        return None
    owners: list[Piece | None] = [_over(line, years, column) for column in columns]
    for piece, (first, end) in zip(years, ways[0][1], strict=True):
        for n in under[first:end]:
            owners[n] = piece
    return owners


def _over(line: Row, years: Row, column: tuple[int, int]) -> Piece | None:
    """What stands over a column beside the years: サービス名, 単位."""
    left, right = column
    beside = (piece for piece in line if piece not in years)
    return next((p for p in beside if p.left < right and left < p.right), None)


def _under_years(leaves: Sequence[Piece | None]) -> list[int]:
    """The columns of measures, but for those whose head is as tall as the years."""
    measured = [n for n, leaf in enumerate(leaves) if leaf is not None and measures(leaf)]
    firm = range(measured[0], measured[-1] + 1) if measured else range(0)
    return [n for n in firm if (leaf := leaves[n]) is None or leaf.height == 1]


def _ways(words: Sequence[str], count: int) -> Iterator[list[tuple[int, int]]]:
    """Each way of sharing out the heads among the years, none of them twice under one."""
    for cuts in itertools.combinations(range(1, len(words)), count - 1):
        way = list(itertools.pairwise([0, *cuts, len(words)]))
        if all(len(set(words[a:b])) == b - a for a, b in way):
            yield way


def _is_natural(groups: Sequence[Sequence[str]]) -> bool:
    """Do plans stand before results, and results before what compares them?"""
    orders = [
        [_ORDER[role] for word in group if (role := read_head(word).role) in _ORDER]
        for group in groups
    ]
    return all(order == sorted(order) for order in orders)


def _keep_order(groups: Sequence[Sequence[str]]) -> bool:
    """Do the heads that two years share stand in one order? 計画 執行率 実績 behind 計画 実績 執行率 is damage."""
    return all(
        [word for word in one if word in other] == [word for word in other if word in one]
        for one, other in itertools.combinations(groups, 2)
    )


def _off(years: Row, way: Sequence[tuple[int, int]], extents: _Columns) -> float:
    """How far the years are off the middle, or the beginning, of their heads, all together."""
    pairs = [(p, extents[a][0], extents[b - 1][1]) for p, (a, b) in zip(years, way, strict=True)]
    middles = [abs(piece.middle - (left + right) / 2) for piece, left, right in pairs]
    lefts = [abs(piece.left - left) for piece, left, _ in pairs]
    return min(sum(middles), sum(lefts))


def _word(leaf: Piece | None) -> str:
    return clean_label(leaf.words) if leaf is not None else ""
