"""Cells under heads of which no row fills all: 実績 and 達成率 of the years still to come are blank.

The heads tell the columns then. Cells begin where their heads begin, or end where they end, or share
their middle; which of the three a table keeps to is told by most of its cells being right in place.
A long cell pushes what is right of it along, so the others need to be nearest to their head by far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import regex
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.words import is_grade_word

_DASH = regex.compile(r"[―－—–‐\-ー]")
_FARTHEST = 4
_EXACT = 1
_MOST = 0.6
_EDGES: tuple[Callable[[Piece], float], ...] = (
    lambda piece: piece.left,
    lambda piece: piece.right,
    lambda piece: piece.middle,
)


def set_under(rows: Sequence[Row], heads: Row) -> list[Row] | None:
    """The rows with each cell at the place of its head; None where it is not told for sure, or edges that are as often
    right tell different places."""
    whole = [row for row in rows if len(row) > 1]
    shares = [_share_in_place(whole, heads, edge) for edge in _EDGES]
    best = max(shares, default=0.0)
    if best < _MOST:
        return None
    ways = [
        [_placed(row, heads, edge) if len(row) > 1 else row for row in rows]
        for edge, share in zip(_EDGES, shares, strict=True)
        if share == best
    ]
    found = [row for row in ways[0] if row is not None]
    is_told = all(way == ways[0] for way in ways)
    return found if is_told and len(found) == len(rows) else None


def _share_in_place(rows: Sequence[Row], heads: Row, edge: Callable[[Piece], float]) -> float:
    """The share of the cells beside the labels whose edge is that of a head."""
    cells = [piece for row in rows for piece in row[1:]]
    exact = [p for p in cells if min(abs(edge(p) - edge(head)) for head in heads) <= _EXACT]
    return len(exact) / len(cells) if cells else 0.0


def _placed(row: Row, heads: Row, edge: Callable[[Piece], float]) -> Row | None:
    places = [_place(piece, heads, edge) for piece in row]
    known = [place for place in places if place is not None]
    if len(known) != len(places) or sorted(set(known)) != known:
        return None
    return tuple(
        replace(piece, left=heads[place].left, right=heads[place].right)
        for piece, place in zip(row, known, strict=True)
    )


def _place(piece: Piece, heads: Row, edge: Callable[[Piece], float]) -> int | None:
    """The head that the cell is nearest to, at most half as far as from the next one."""
    order = sorted(range(len(heads)), key=lambda n: abs(edge(piece) - edge(heads[n])))
    nearest, second = (abs(edge(piece) - edge(heads[n])) for n in order[:2])
    is_label = order[0] == 0 and piece.left < heads[1].left and piece.right <= heads[1].left
    if is_label or (nearest <= _FARTHEST and nearest * 2 <= second):
        return order[0]
    return None


_ENOUGH = 2
"""Whole rows that make it sure how a table is set."""
_FAR = 2
"""Display columns by which a row as a whole may be set askew."""


def slipped_along(
    rows: Sequence[Row], places: Sequence[Sequence[int] | None], count: int
) -> set[int]:
    """The rows that lack a cell, and of whose figures some keep to the edge that all whole rows keep to,
    while others stand beside it: a figure was lost, and those behind it moved up."""
    complete = [row for row in rows if len(row) == count]
    slipped = _among_others(rows, places, complete)
    slipped |= _moved_from_like(rows, places, complete)
    placed = [
        {place: piece for piece, place in zip(row, where, strict=True)}
        if where is not None and len(row) > 1
        else {}
        for row, where in zip(rows, places, strict=True)
    ]
    most = max((len(_figures(row)) for row in placed), default=0)
    whole = [_figures(row) for row in placed if len(_figures(row)) == most]
    kept = _kept_edges(whole) if len(whole) >= _ENOUGH else None
    if kept is None:
        return slipped
    edge, at = kept
    for number, row in enumerate(placed):
        beside = [edge(p) - at[n] for n, p in _figures(row).items() if n in at]
        if not beside or at.keys() <= row.keys():
            continue
        if max(beside) > min(beside) or max(map(abs, beside)) > _FAR:
            slipped.add(number)
    return slipped


def _figures(row: dict[int, Piece]) -> dict[int, Piece]:
    return {n: piece for n, piece in row.items() if n > 0 and _is_counted(piece)}


def _among_others(
    rows: Sequence[Row], places: Sequence[Sequence[int] | None], whole: Sequence[Row]
) -> set[int]:
    """The rows that hold a figure in %, or a grade (未達成), where the whole rows print none, as one does whose figures
    moved up; a dash in the whole rows is told in no unit, and a row that lacks no cell behind its first moved none."""
    found: set[int] = set()
    dashes = {n for n, column in enumerate(zip(*whole, strict=True)) if all(map(_is_dash, column))}
    for is_one in (_is_share, _is_graded):
        own = {n for n, column in enumerate(zip(*whole, strict=True)) if any(map(is_one, column))}
        found |= {
            number
            for number, (row, where) in enumerate(zip(rows, places, strict=True))
            if own and where is not None and len(row) < len(whole[0])
            if any(
                is_one(p) and place not in own | (dashes if _fills(where, whole) else set())
                for p, place in zip(row, where, strict=True)
            )
        }
    return found


def _fills(where: Sequence[int], whole: Sequence[Row]) -> bool:
    """Are the cells of a row all those from its first on?"""
    return list(where) == list(range(where[0], len(whole[0])))


def _is_dash(piece: Piece) -> bool:
    return _DASH.fullmatch(piece.line.text) is not None


def _moved_from_like(
    rows: Sequence[Row], places: Sequence[Sequence[int] | None], whole: Sequence[Row]
) -> set[int]:
    """The rows that lack a cell other than the name and hold one as wide as those of its column in whole rows, apart from all of them:
    未達成 behind three figures stands left of 未達成 behind four."""
    return {
        number
        for number, (row, where) in enumerate(zip(rows, places, strict=True))
        if whole and where is not None and set(range(1, len(whole[0]))) - set(where)
        if any(place and _is_apart(p, place, whole) for p, place in zip(row, where, strict=True))
    }


def _is_apart(piece: Piece, place: int, whole: Sequence[Row]) -> bool:
    like = [r[place] for r in whole if r[place].right - r[place].left == piece.right - piece.left]
    return bool(like) and min(abs(piece.left - other.left) for other in like) > _FAR


def _is_graded(piece: Piece) -> bool:
    return is_grade_word(piece.line.text)


def _is_share(piece: Piece) -> bool:
    return piece.line.text.endswith(("%", "％"))


def _kept_edges(
    rows: Sequence[dict[int, Piece]],
) -> tuple[Callable[[Piece], float], dict[int, float]] | None:
    """Which edge the figures of each column, of several widths, share in all rows, and where it is."""
    columns = {n: [row[n] for row in rows] for n in rows[0] if all(n in row for row in rows)}
    if len({piece.right - piece.left for column in columns.values() for piece in column}) < 2:
        return None
    for edge in _EDGES[:2]:
        if all(len({edge(piece) for piece in column}) == 1 for column in columns.values()):
            return edge, {n: edge(column[0]) for n, column in columns.items()}
    return None


def _is_counted(piece: Piece) -> bool:
    return any(character.isdecimal() for character in piece.line.text)
