"""Heads that stand over groups of columns: 実績 over R3 to R5, 見込量 over R6 to R8.

A group's head stands in the middle of its columns, or at their left edge. The groups follow each
other over all columns of figures, and within a group the years count on. Where two ways of sharing
out the columns come near each other, none is taken.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row

_Columns = Sequence[tuple[int, int]]
_GROUP_ROLES = MEASURES | {Role.TERM}
_WIDEST_STEP = 12
_CLEARLY = 3.0


def names_groups(line: Row, leaves: Row) -> bool:
    """A line of measures or terms alone, above a line of years of which there are more."""
    if line is leaves or any(read_head(p.line.text).role not in _GROUP_ROLES for p in line):
        return False
    years = [p for p in leaves if read_head(p.line.text).year is not None]
    return len(years) > len(line)


def grouped(
    line: Row, leaves: Sequence[Piece | None], columns: _Columns
) -> list[Piece | None] | None:
    """For each column the group's head over it; None where it is not told for sure."""
    years = [
        n
        for n, piece in enumerate(leaves)
        if piece is not None and read_head(piece.line.text).year is not None
    ]
    if not years or years != list(range(years[0], years[-1] + 1)):
        return None
    ways = sorted(_ways(line, leaves, years, columns), key=lambda way: way[0])
    if not ways or ways[0][0] > _WIDEST_STEP * len(line):
        return None
    if len(ways) > 1 and ways[1][0] - ways[0][0] < _CLEARLY:
        return None
    owners: list[Piece | None] = [None] * len(columns)
    for piece, group in zip(line, ways[0][1], strict=True):
        for n in group:
            owners[n] = piece
    return owners


def _ways(
    line: Row, leaves: Sequence[Piece | None], years: Sequence[int], columns: _Columns
) -> Iterator[tuple[float, list[Sequence[int]]]]:
    """Each way of sharing out the year columns, and how far the heads then stand off."""
    for cuts in itertools.combinations(range(1, len(years)), len(line) - 1):
        edges = [0, *cuts, len(years)]
        groups = [years[a:b] for a, b in itertools.pairwise(edges)]
        if all(_counts_on(leaves, group) for group in groups):
            off = (
                _off(piece, [_extent(leaves, n, columns) for n in group])
                for piece, group in zip(line, groups, strict=True)
            )
            yield sum(off), groups


def _counts_on(leaves: Sequence[Piece | None], group: Sequence[int]) -> bool:
    heads = [read_head(leaf.line.text) for n in group if (leaf := leaves[n]) is not None]
    years = [head.year.year for head in heads if head.year is not None]
    return all(a < b for a, b in itertools.pairwise(years))


def _extent(leaves: Sequence[Piece | None], n: int, columns: _Columns) -> tuple[int, int]:
    leaf = leaves[n]
    left, right = columns[n]
    return (min(left, leaf.left), max(right, leaf.right)) if leaf is not None else (left, right)


def _off(piece: Piece, extents: Sequence[tuple[int, int]]) -> float:
    left, right = extents[0][0], extents[-1][1]
    return abs(piece.middle - (left + right) / 2)
