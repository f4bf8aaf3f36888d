"""A measure printed left of a table's heads: 「実績値　区分　令和３年度　令和４年度」 over rows that begin below 区分.

The word stands where the boxes of a form are named, over no cell of the table, and says what all its
figures are: it heads the columns of figures together, over their own heads.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.printed import blank_cell, cell_of

_NAMES = (Role.LABEL, Role.UNIT)


def corner_apart(heads: Sequence[Row], rows: Sequence[Row]) -> tuple[Piece | None, list[Row]]:
    """The measure left of all rows and right before the head over their names, and the other heads."""
    first = heads[0]
    cells = [piece for row in rows for piece in row]
    if len(first) < 3 or not cells or min(piece.left for piece in cells) < first[0].right:
        return None, list(heads)
    corner, names = (read_head(piece.line.text) for piece in first[:2])
    is_bare = corner.year is None and corner.unit is None
    if corner.role not in MEASURES or not is_bare or names.role is not Role.LABEL:
        return None, list(heads)
    return first[0], [first[1:], *heads[1:]]


def corner_line(
    corner: Piece | None, owners: Sequence[Piece | None]
) -> Iterator[list[PrintedCell]]:
    """The measure, if any, as a line of heads over all columns that are none of names or units."""
    if corner is None:
        return
    roles = [read_head(owner.line.text).role if owner is not None else None for owner in owners]
    names = len(list(itertools.takewhile(lambda role: role in _NAMES, roles)))
    blanks = [blank_cell(corner.line) for _ in range(names)]
    yield [*blanks, cell_of([corner.line], 1, len(owners) - names)]
