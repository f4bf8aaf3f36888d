"""Aligned tables whose names stand in the middle of the rows that they name (`centred_rows`).

The heads say how many values each row has; heads may stand half-way beside each other in lines of their own:

                                                            第 6 期
      項  目              基準値     区分                                          比較
                                                R 3        R 4        R 5
                                     目標値      —         —         6人          —
    地域生活移行者数      96人
                                     実績値     1人        3人        4人        ▲ 2人
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Grid, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_heads import head_rows, leaves_of
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.centred_rows import PlacedLine, Rows, placed_lines, rows_in_middle
from keikaku.extractors.lines.printed import blank_cell, cell_of

_OF_NAMES = (Role.LABEL, Role.UNIT)
_LEAST_VALUES = 2
_SLACK = 4
"""Display columns by which a year's middle may stand beside those of its columns."""


def centred_table(heads: Sequence[Row], rows: Sequence[Row], span: Span) -> Grid | None:
    """The table of these heads and rows, where a name stands in the middle of rows that lack it."""
    leaves = leaves_of(heads)
    names = 1 + max((n for n, p in enumerate(leaves) if _role(p) in _OF_NAMES), default=-1)
    count = len(leaves) - names
    if not names or count < _LEAST_VALUES:
        return None
    lines = placed_lines(rows, count)
    groups = rows_in_middle(lines) if lines is not None else None
    if lines is None or groups is None or not any(map(_lacks_names, groups)):
        return None
    columns = _Columns(lines, any(part.name for group in groups for part in group.parts))
    left = columns.heads(leaves[:names])
    over = _over(heads, leaves, [line.values for line in lines if line.values], names)
    if left is None or over is None:
        return None
    owners = [[*left, *line] for line in over]
    body = [row for group in groups for row in columns.cells(group, count)]
    return lay_out([*head_rows(owners, heads[0][0].line), *body], "aligned", span)


def _lacks_names(group: Rows) -> bool:
    """Does a row of the group stand without the name that the group shares?"""
    return any(line.values and not any(p in line.names for p in group.name) for line in group.lines)


def _role(piece: Piece) -> Role | None:
    return read_head(piece.words).role


# -- heads ---------------------------------------------------------------------------------------


def _over(
    heads: Sequence[Row], leaves: Row, values: Sequence[Row], names: int
) -> list[list[Piece | None]] | None:
    """The heads of the figures line by line: the lowest, in order, and the years that stand over equal shares of them."""
    figures = leaves[names:]
    if any(_is_open(piece) for piece in figures):
        return None
    above = [p for line in heads for p in line if p not in leaves and _role(p) is not Role.TERM]
    if not above:
        return [list(figures)]
    each, rest = divmod(len(figures), len(above))
    said = [p.words for p in figures]
    is_shared = not rest and said == said[:each] * len(above)
    if not is_shared or any(read_head(p.words).year is None for p in above):
        return None
    for n, year in enumerate(above):
        first, last = n * each, (n + 1) * each - 1
        left = min(row[first].left for row in values)
        right = max(row[last].right for row in values)
        if not left - _SLACK <= year.middle <= right + _SLACK:
            return None
    return [[year for year in above for _ in range(each)], list(figures)]


def _is_open(piece: Piece) -> bool:
    head = read_head(piece.words)
    return not head.says_something


# -- columns left of the figures -----------------------------------------------------------------


class _Columns:
    """The columns left of the figures, in the order in which they stand across the page."""

    def __init__(self, lines: Sequence[PlacedLine], has_parts: bool) -> None:
        places: dict[str, list[int]] = {"name": [0]}
        for line in lines:
            for kind, piece in (
                ("unit", line.unit),
                ("figure", line.figure),
                ("measure", line.measure),
            ):
                if piece is not None:
                    places.setdefault(kind, []).append(piece.left)
        self.kinds = sorted(places, key=lambda kind: min(places[kind]))
        if has_parts:
            self.kinds.insert(1, "part")

    def heads(self, heads: Row) -> list[Piece | None] | None:
        """The head over each column; None where one is over none, or figures have none."""
        figures = [p for p in heads if _role(p) in MEASURES]
        units = [p for p in heads if _role(p) is Role.UNIT]
        labels = [p for p in heads if _role(p) is Role.LABEL]
        if len(figures) + len(units) + len(labels) != len(heads) or not labels:
            return None
        if len(figures) != ("figure" in self.kinds) or len(units) > ("unit" in self.kinds):
            return None
        if len(labels) > 1 + ("measure" in self.kinds or "part" in self.kinds):
            return None
        last = labels[-1]
        over = {"name": labels[0], "part": labels[0], "measure": last}
        if "measure" not in self.kinds:
            over["part"] = last
        over |= {"figure": figures[0]} if figures else {}
        over |= {"unit": units[0]} if units else {}
        return [over.get(kind) for kind in self.kinds]

    def cells(self, group: Rows, count: int) -> list[list[PrintedCell]]:
        """The rows of a group, its name over all of them."""
        if not group.figures:
            words = group.name[0].line
            blanks = (blank_cell(words) for _ in range(len(self.kinds) - 1 + count))
            return [[cell_of([words]), *blanks]]
        result: list[list[PrintedCell]] = []
        for part in group.parts or (Rows((), group.lines),):
            rows = _merged(part.figures)
            for n, (line, values) in enumerate(rows):
                left = [
                    self._cell(kind, group, part, line, (len(result), n)) for kind in self.kinds
                ]
                cells = [cell_of([piece.line for piece in cell]) for cell in values]
                result.append([*(cell for cell in left if cell is not None), *cells])
        return result

    def _cell(
        self, kind: str, group: Rows, part: Rows, line: PlacedLine, number: tuple[int, int]
    ) -> PrintedCell | None:
        """The cell of a kind in a row; None where one above it, or left of it, reaches over it. `number`: the rows of
        its group, and of its part, above it."""
        in_group, in_part = number
        has_own = any(part.name for part in group.parts)
        wide = 1 if has_own or "part" not in self.kinds else 2
        words: dict[str, Sequence[Piece]] = {
            "name": group.name,
            "part": part.name,
            "figure": [p.figure for p in group.lines if p.figure],
            "unit": [p.unit for p in part.lines if p.unit]
            or [p.unit for p in group.lines if p.unit],
            "measure": [line.measure] if line.measure else [],
        }
        if kind == "part" and not has_own:
            return None
        if not words[kind]:
            return blank_cell(line.values[0].line)
        above = {"measure": 0, "part": in_part, "unit": in_part}.get(kind, in_group)
        of = part if kind in ("part", "unit") else group
        height = 1 if kind == "measure" else sum(not p.goes_on for p in of.figures)
        lines = [piece.line for piece in words[kind]]
        return None if above else cell_of(lines, height, wide if kind == "name" else 1)


def _merged(lines: Sequence[PlacedLine]) -> list[tuple[PlacedLine, list[list[Piece]]]]:
    """The rows, each value with what stands in brackets below it."""
    rows: list[tuple[PlacedLine, list[list[Piece]]]] = []
    for line in lines:
        if line.goes_on and rows:
            for cell, piece in zip(rows[-1][1], line.values, strict=True):
                cell.append(piece)
        else:
            rows.append((line, [[piece] for piece in line.values]))
    return rows
