"""Figures of an aligned table that may have slipped: from another line, or along their own.

A row with holes over a row of figures without a name, or heads of figures alone over rows that are no longer than
they: whose the figures are is not told, and they are reported instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Notice
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.aligned_labels import bracketed_below
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.aligned_places import slipped_along
from keikaku.extractors.words import is_caption, is_eraless_year
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit


def displaced_apart(
    rows: Sequence[Row], places: Sequence[Sequence[int] | None], count: int
) -> tuple[list[Row], list[Row]]:
    """Rows with holes over a row of figures without a label: some of their figures slipped a line; and
    rows whose figures slipped along it. `places`: the columns of each row's cells; `count`: of how many."""
    displaced: set[int] = set()
    for n, row in enumerate(rows):
        nameless = bool(places[n]) and 0 not in (places[n] or [0])
        if not n or not nameless or len(row) + 1 >= count:
            continue
        above = next((m for m in range(n - 1, 0, -1) if len(rows[m]) > 1), n - 1)
        if len(rows[above]) < count and all(is_value_like(p.line.text) for p in row):
            displaced |= {above, n}
    displaced |= slipped_along(rows, places, count)
    displaced |= _parts_of_another(rows, places)
    for n, found in enumerate(places):
        if n and n - 1 in displaced and found and 0 not in found:
            displaced.add(n)  # the row of another unit lost its name with the row above
    if places and 0 not in (places[0] or [0]):
        displaced |= _halves_beside(rows, places, displaced)
    displaced |= {n - 1 for n in displaced if n and bracketed_below(rows[n - 1 : n + 1])}
    sure = [row for n, row in enumerate(rows) if n not in displaced]
    return sure, [rows[n] for n in sorted(displaced)]


def _parts_of_another(rows: Sequence[Row], places: Sequence[Sequence[int] | None]) -> set[int]:
    """保健 9人/年 below 開催回数 3回/年, which has no cell for such a word: the name that it is a part of stands below it, or
    was lost. So is 福祉 below it, up to the next name."""
    found: set[int] = set()
    above: Row = ()
    for n, (row, where) in enumerate(zip(rows, places, strict=True)):
        if not where or len(row) < 2:
            continue
        if 0 in where:
            above = () if 1 in where else row
        elif n - 1 in found or (above and 1 in where and _counts_another(above, row)):
            found.add(n)
    return found


def _counts_another(above: Row, row: Row) -> bool:
    """Do both rows say their units, which differ, the second one behind a name of its own?"""
    units = [find_unit(piece.line.text) for piece in (above[1], *row[:2])]
    return None not in (units[0], units[2]) and units[1] is None and units[0] != units[2]


def _halves_beside(
    rows: Sequence[Row], places: Sequence[Sequence[int] | None], displaced: set[int]
) -> set[int]:
    """Where names stand half-way between their rows: the name of a displaced row, and its other row."""
    found: set[int] = set()
    for n in displaced:
        if 0 in (places[n] or [0]):
            continue
        for step in (-1, 1):
            name, other = n + step, n + 2 * step
            if 0 <= other < len(rows) and len(rows[name]) == 1 and 0 not in (places[other] or [0]):
                found |= {name, other}
                break
    return found


def lacks_a_value(leaves: Row, rows: Sequence[Row], columns: int) -> bool:
    """Heads of figures only, no head over the labels, and rows no longer than the heads: whichever
    figure is lost, it is not told which."""
    if len(leaves) != columns or not all(_is_figure_head(piece) for piece in leaves):
        return False
    return any(len(row) == columns and not is_value_like(row[0].line.text) for row in rows)


def _is_figure_head(piece: Piece) -> bool:
    if is_caption(piece.line.text):
        return False
    head = read_head(piece.line.text)
    names_year = head.year is not None or is_eraless_year(piece.line.text)
    return head.role in MEASURES or (head.role is None and names_year)


def displaced_notices(rows: Sequence[Row]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "displaced_values",
            "warning",
            f"「{piece.line.text}」 may have slipped from another line of the table",
            piece.line.span,
        )
        for row in rows
        for piece in row
        if is_value_like(piece.line.text)
    )
