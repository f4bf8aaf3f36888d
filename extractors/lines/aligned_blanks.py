"""Columns of figures that are blank in all rows, 実績 of a year that is still to come, under two lines of heads:

        指標              単位        令和６年度          令和７年度
                                    見込     実績      見込     実績
  自立生活援助           人／月        3        2         4
  共同生活援助           人／月      162      168       170

No row shows where the last column stands; but where all figures stand alike under a head each, the heads without a figure
head the blank ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_EDGES: tuple[Callable[[Piece], float], ...] = (
    lambda piece: piece.left,
    lambda piece: piece.right,
    lambda piece: piece.middle,
)
_FARTHEST = 2
"""Display columns by which figures may stand beside their heads, all of them alike."""
_APART = 5
"""Display columns from one head to the next: fewer, and a figure may as well be of its neighbour."""
_LEAST_FIGURES = 2


def with_blank_columns(rows: Sequence[Row], heads: Sequence[Row]) -> list[Row]:
    """The rows, each with a piece without words where no row has a figure; as they are where that is not told."""
    lowest = heads[-1] if heads else ()
    figures = [_figures(row) for row in rows]
    if len(heads) < len(("years", "measures")) or not _are_measures(lowest):
        return list(rows)
    ways = {
        way for edge in _EDGES if (way := _places([row for row in figures if row], lowest, edge))
    }
    if len(ways) != 1:
        return list(rows)
    blank = [head for n, head in enumerate(lowest) if n not in next(iter(ways))]
    return [_filled(row, blank) if own else row for row, own in zip(rows, figures, strict=True)]


def _figures(row: Row) -> Row:
    """The figures at the end of a row of more than these."""
    start = len(row)
    while start and _is_figure(row[start - 1]):
        start -= 1
    return row[start:] if start else ()


def _is_figure(piece: Piece) -> bool:
    return is_value_like(piece.line.text) and find_unit(piece.line.text) is None


def _are_measures(line: Row) -> bool:
    """見込 実績 見込 実績, with room between them."""
    gaps = (b.left - a.left for a, b in itertools.pairwise(line))
    return (
        all(read_head(piece.words).role in MEASURES for piece in line)
        and min(gaps, default=0) >= _APART
    )


def _places(
    rows: Sequence[Row], heads: Row, edge: Callable[[Piece], float]
) -> tuple[int, ...] | None:
    """The numbers of the heads that all rows have figures under, where their edges keep one distance from these."""
    found: set[tuple[int, ...]] = set()
    shifts: set[float] = set()
    for row in rows:
        nearest = [
            min(range(len(heads)), key=lambda n: abs(edge(piece) - edge(heads[n]))) for piece in row
        ]
        shifts |= {edge(piece) - edge(heads[n]) for piece, n in zip(row, nearest, strict=True)}
        found.add(tuple(nearest))
    if len(found) != 1 or max(shifts) - min(shifts) > 1 or max(map(abs, shifts)) > _FARTHEST:
        return None
    way = next(iter(found))
    is_short = _LEAST_FIGURES <= len(set(way)) == len(way) < len(heads)
    return way if is_short else None


def _filled(row: Row, blank: Sequence[Piece]) -> Row:
    end = row[-1].line.span.char_end
    line = Line("", Span(end, end))
    return tuple(
        sorted((*row, *(Piece(line, p.left, p.right) for p in blank)), key=lambda p: p.left)
    )
