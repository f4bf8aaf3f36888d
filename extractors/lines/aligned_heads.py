"""Which head stands over which column of an aligned table, told by the places across the page.

Heads that are as many as the columns stand over them in order; years over groups of columns share
them out evenly; other heads own the columns that they overlap. Where it is not told, None.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row, is_head_piece
from keikaku.extractors.lines.group_heads import grouped, half_known, names_groups
from keikaku.extractors.lines.printed import blank_cell, cell_of

Columns = Sequence[tuple[int, int]]
"""Left and right edge of each column, in display columns."""


def leaves_of(heads: Sequence[Row]) -> Row:
    """The lowest head over each place: サービス名 and 単位 may stand beside the years, over the line of
    the measures. The longest line counts where the lines stand askew."""
    leaves: list[Piece] = []
    for line in reversed(heads):
        lower = tuple(leaves)
        leaves += [p for p in line if not any(p.left < q.right and q.left < p.right for q in lower)]
    found = tuple(sorted(leaves, key=lambda piece: piece.left))
    longest = max(heads, key=len)
    is_firm = all(p.right <= q.left for p, q in itertools.pairwise(found))
    return found if is_firm and len(found) >= len(longest) else longest


def owners_of(heads: Sequence[Row], columns: Columns) -> list[list[Piece | None]] | None:
    """For each head line and column the piece over it; None where it is not told.

    Lines that share no column (``サービス名 単位`` half-way beside years and measures) are one.
    """
    if any(_is_open_remark(piece) for piece in heads[-1]) or any(map(half_known, heads[:-1])):
        return None
    leaves = _owners(heads[-1], columns, None)
    if _leaves_out_a_figure(leaves, heads):
        return None
    lines: list[list[Piece | None]] = []
    for line in heads:
        owners = _owners(line, columns, _label_count(leaves))
        if names_groups(line, heads[-1]):
            over_groups = grouped(line, leaves, columns)
            if over_groups is None:
                return None
            owners = over_groups
        elif _is_cut_off(owners, leaves):
            return None
        if not {id(p) for p in line if _is_of_figures(p)} <= {id(owner) for owner in owners}:
            return None  # a year that stands over nothing has lost its column to another
        if lines and all(a is None or b is None for a, b in zip(lines[-1], owners, strict=True)):
            lines[-1] = [a or b for a, b in zip(lines[-1], owners, strict=True)]
        else:
            lines.append(owners)
    return lines


def _leaves_out_a_figure(leaves: Sequence[Piece | None], heads: Sequence[Row]) -> bool:
    """A lowest line of years or measures one short, with no line above it: a head is lost, and those
    behind it may have moved."""
    behind = itertools.dropwhile(lambda leaf: leaf is None or not _is_of_figures(leaf), leaves)
    return len(heads) == 1 and None in list(behind)


def _is_cut_off(owners: Sequence[Piece | None], leaves: Sequence[Piece | None]) -> bool:
    """A head over columns with a lower head each and over one without: that one is lost."""
    for owner in {id(piece): piece for piece in owners if piece is not None}.values():
        below = [leaf for over, leaf in zip(owners, leaves, strict=True) if over is owner]
        if owner not in leaves and None in below and any(b and _is_of_figures(b) for b in below):
            return True
    return False


def _is_of_figures(piece: Piece) -> bool:
    head = read_head(piece.line.text)
    return head.year is not None or head.role in MEASURES


def _is_open_remark(piece: Piece) -> bool:
    return piece.line.text[0] in "（(" and not is_head_piece(piece)


def head_cells(owners: Sequence[Piece | None], beside: Line) -> list[PrintedCell]:
    """A head line as cells: each piece over the columns that it stands over."""
    cells: list[PrintedCell] = []
    for owner, group in itertools.groupby(owners, key=lambda piece: piece):
        width = len(list(group))
        if owner is None:
            cells.extend(blank_cell(beside) for _ in range(width))
        else:
            cells.append(cell_of([owner.line, *owner.more], 1, width))
    return cells


def _label_count(leaves: Sequence[Piece | None]) -> int | None:
    """How many columns at the left the lowest heads name as those of labels and units; None where
    they do not tell."""
    roles = [read_head(leaf.line.text).role if leaf is not None else None for leaf in leaves]
    count = len(list(itertools.takewhile(lambda role: role in (Role.LABEL, Role.UNIT), roles)))
    return count or None


def _owners(line: Row, columns: Columns, label_count: int | None) -> list[Piece | None]:
    """For each column the piece over it; years over groups of columns share them out evenly."""
    if len(line) == len(columns):
        return list(line)
    shared = _shared_out(line, columns, label_count)
    if shared is not None:
        return shared
    owners: list[Piece | None] = [None] * len(columns)
    for piece in line:
        over = [
            n
            for n, (left, right) in enumerate(columns)
            if piece.left < right and left < piece.right
        ]
        for n in over or [_nearest(piece, columns)]:
            if owners[n] is None:
                owners[n] = piece
    return owners


def _nearest(piece: Piece, columns: Columns) -> int:
    middles = [(left + right) / 2 for left, right in columns]
    return min(range(len(columns)), key=lambda n: abs(middles[n] - piece.middle))


def _shared_out(line: Row, columns: Columns, label_count: int | None) -> list[Piece | None] | None:
    """A line of years only, each over as many columns as the others, the last ones of the row."""
    if any(read_head(piece.line.text).year is None for piece in line):
        return None
    middles = [(left + right) / 2 for left, right in columns]
    for labels in range(1, 4) if label_count is None else (label_count,):
        each, rest = divmod(len(columns) - labels, len(line))
        if rest or each < 1:
            continue
        groups = [range(labels + n * each, labels + (n + 1) * each) for n in range(len(line))]
        fits = all(
            columns[group[0]][0] - 4 <= piece.middle <= columns[group[-1]][1] + 4
            for piece, group in zip(line, groups, strict=True)
        )
        nearest = all(
            min(line, key=lambda p: abs(p.middle - sum(middles[n] for n in group) / each)) is piece
            for piece, group in zip(line, groups, strict=True)
        )
        if fits and nearest:
            owners: list[Piece | None] = [None] * len(columns)
            for piece, group in zip(line, groups, strict=True):
                for n in group:
                    owners[n] = piece
            return owners
    return None
