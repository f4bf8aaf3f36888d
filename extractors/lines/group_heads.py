"""Heads that stand over groups of columns: 実績 over R3 to R5, 見込量 over R6 to R8.

A group's head stands somewhere over its columns, in a text seldom in their middle. The groups follow
each other over all columns of years, and within a group the years count on. Where several ways of
sharing out the columns are left, the one whose groups are parted by the widest gaps is taken, or whose
heads begin where the groups do, or whose years turn back at each group, else none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from keikaku.extractors.heads import MEASURES, TEXTS, Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.words import is_eraless_year
from keikaku.normalizers.labels import clean_label

_Columns = Sequence[tuple[int, int]]
_NAMES = frozenset((Role.LABEL, Role.UNIT, Role.GOAL))
_BEHIND = TEXTS | {Role.RATE, Role.GAP, Role.GRADE, Role.ASIDE}
_GROUP_ROLES = MEASURES | {Role.TERM}
_SLACK = 6
_NEAR = 4


def names_groups(line: Row, leaves: Row) -> bool:
    """A line of measures or terms above a line of years of which there are more; the heads of the names may
    stand before them, and behind them what belongs to no year (達成率, 備考)."""
    years = [piece for piece in leaves if is_year(piece)]
    heads = _over_years(line, max((piece.right for piece in years), default=0))
    if line is leaves or not heads:
        return False
    if any(read_head(p.line.text).role not in _GROUP_ROLES for p in heads):
        return False
    return len(years) > len(heads)


def _over_years(line: Row, right: int) -> Row:
    """The heads of a line without those of names and units at its left, and what compares or remarks behind the
    last year."""
    roles = [read_head(piece.line.text).role for piece in line]
    names = len(list(itertools.takewhile(lambda role: role in _NAMES, roles)))
    return tuple(
        piece
        for piece, role in zip(line[names:], roles[names:], strict=True)
        if piece.left < right or role not in _BEHIND
    )


def half_known(line: Row) -> bool:
    """A line of measures, one of whose words is not understood."""
    heads = [read_head(piece.line.text) for piece in line]
    unknown = [p for p, h in zip(line, heads, strict=True) if not (h.says_something or is_year(p))]
    return bool(unknown) and any(head.role in MEASURES for head in heads)


def is_year(piece: Piece) -> bool:
    return read_head(piece.line.text).year is not None or is_eraless_year(piece.line.text)


def grouped(
    line: Row, leaves: Sequence[Piece | None], columns: _Columns
) -> list[Piece | None] | None:
    """For each column the group's head over it; None where it is not told for sure."""
    years = [n for n, piece in enumerate(leaves) if piece is not None and is_year(piece)]
    if not years or years != list(range(years[0], years[-1] + 1)):
        return None
    extents = [extent_of(leaves, n, columns) for n in years]
    heads = _over_years(line, extents[-1][1])
    beside = [piece for piece in line if piece not in heads]
    ways = [way for way in _ways(heads, leaves, years) if _stand_over(heads, way, extents)]
    told = [way for way in ways if _parted_by_gaps(way, extents)]
    ways = [way for way in ways if not _stand_over_one(heads, way, extents)]
    told = told or [way for way in ways if _begin_together(heads, way, extents)]
    told = told or [
        way
        for way in ways
        if _falls_back(way, leaves, years)
        and _are_near(heads, way, extents)
        and _parted_by_gaps(way, extents, or_alike=True)
    ]
    if len(told) != 1:
        return None
    owners: list[Piece | None] = [
        next((p for p in beside if p.left < right and left < p.right), None)
        for left, right in columns
    ]
    for piece, group in zip(heads, told[0], strict=True):
        for n in group:
            owners[years[n]] = piece
    return owners


def _ways(line: Row, leaves: Sequence[Piece | None], years: Sequence[int]) -> Iterator[list[range]]:
    """Each way of sharing out the year columns, as ranges of places among them."""
    for cuts in itertools.combinations(range(1, len(years)), len(line) - 1):
        groups = [range(a, b) for a, b in itertools.pairwise([0, *cuts, len(years)])]
        if all(_counts_on(leaves, [years[n] for n in group]) for group in groups):
            yield groups


def _stand_over(line: Row, way: Sequence[range], extents: _Columns) -> bool:
    """Does every head's middle stand over its group?"""
    return all(
        extents[group[0]][0] - _SLACK <= piece.middle <= extents[group[-1]][1] + _SLACK
        for piece, group in zip(line, way, strict=True)
    )


def _stand_over_one(line: Row, way: Sequence[range], extents: _Columns) -> bool:
    """Is a head of several years set just over one of them that is not their middle one? The others may have
    lost theirs."""
    for piece, group in zip(line, way, strict=True):
        middles = [sum(extents[n]) / 2 for n in group]
        whole = (extents[group[0]][0] + extents[group[-1]][1]) / 2
        is_over = any(abs(piece.middle - middle) < 1 < abs(middle - whole) for middle in middles)
        if len(group) > 1 and is_over:
            return True
    return False


def _begin_together(line: Row, way: Sequence[range], extents: _Columns) -> bool:
    """Does every head begin where the first year of its group does?"""
    return all(
        abs(piece.left - extents[group[0]][0]) <= 2 for piece, group in zip(line, way, strict=True)
    )


def _are_near(line: Row, way: Sequence[range], extents: _Columns) -> bool:
    """Are the heads in the middle of their groups, or not far from it all together?"""
    off = (
        abs(piece.middle - (extents[group[0]][0] + extents[group[-1]][1]) / 2)
        for piece, group in zip(line, way, strict=True)
    )
    return sum(off) <= _NEAR * len(line)


def _parted_by_gaps(way: Sequence[range], extents: _Columns, *, or_alike: bool = False) -> bool:
    """Is every gap between groups wider than every gap within one, or at least as wide?"""
    gaps = [b[0] - a[1] for a, b in itertools.pairwise(extents)]
    cuts = {group[-1] for group in way[:-1]}
    between = [gap for n, gap in enumerate(gaps) if n in cuts]
    within = [gap for n, gap in enumerate(gaps) if n not in cuts]
    if not within or not between:
        return True
    return min(between) > max(within) or (or_alike and min(between) == max(within))


def _counts_on(leaves: Sequence[Piece | None], group: Sequence[int]) -> bool:
    heads = [read_head(leaf.line.text) for n in group if (leaf := leaves[n]) is not None]
    years = [head.year.year for head in heads if head.year is not None]
    return all(a < b for a, b in itertools.pairwise(years))


def _falls_back(way: Sequence[range], leaves: Sequence[Piece | None], years: Sequence[int]) -> bool:
    """Does every group but the first begin with an earlier year than that before it: 令和５年度末 under 目標値,
    令和３年度 to 令和５年度 under 実績値? Nothing but a new group turns the years back."""
    pairs = [[years[group[0] - 1], years[group[0]]] for group in way[1:]]
    return not any(_counts_on(leaves, pair) for pair in pairs)


def extent_of(leaves: Sequence[Piece | None], n: int, columns: _Columns) -> tuple[int, int]:
    """Where a column's head stands across the page."""
    leaf = leaves[n]
    return (leaf.left, leaf.right) if leaf is not None else columns[n]


def by_first_word(
    line: Row, leaves: Sequence[Piece | None], columns: _Columns
) -> list[Piece | None] | None:
    """サービス名 単位 令和６年度 令和７年度 over 見込 実績 実施率 見込: each year stands over a group that begins with
    the same word. None where the groups are not as many as the years, or not alike."""
    years = tuple(piece for piece in line if is_year(piece))
    first = next((n for n, leaf in enumerate(leaves) if leaf is not None and measures(leaf)), None)
    if len(years) < 2 or first is None or None in leaves[first:]:
        return None
    words = [clean_label(leaf.line.text) if leaf is not None else "" for leaf in leaves]
    starts = [n for n in range(first, len(words)) if words[n] == words[first]]
    groups = [range(a, b) for a, b in itertools.pairwise([*starts, len(words)])]
    if len(groups) != len(years) or not _are_alike([[words[n] for n in g] for g in groups]):
        return None
    extents = [extent_of(leaves, n, columns) for n in range(len(columns))]
    if not _stand_over(years, groups, extents):
        return None
    owners: list[Piece | None] = [None] * len(columns)
    for piece, group in zip(years, groups, strict=True):
        for n in group:
            owners[n] = piece
    for piece in line:
        over = [
            n
            for n, (left, right) in enumerate(columns)
            if piece.left < right and left < piece.right
        ]
        if piece not in years and (not over or over[-1] >= first):
            return None
        for n in over if piece not in years else ():
            owners[n] = piece
    return owners


def measures(piece: Piece) -> bool:
    return read_head(piece.line.text).role in MEASURES


def _are_alike(groups: Sequence[Sequence[str]]) -> bool:
    """Is each group the first one, or how that begins? What a later one has more compares the years."""
    longest = groups[0]
    is_whole = len(longest) > 1 and len(set(longest)) == len(longest)
    return is_whole and all(list(group) == list(longest[: len(group)]) for group in groups)
