"""Which rows of figures a name stands beside when it is set in the middle of them, be it over several lines:

                                保健              見込量        16人
                                                  実績値        12人
    協議の場への参加者数        医療              見込量         8人
                                                  実績値         6人

A cell set in the middle reads the same from above and from below: as many rows stand over its lines as under them. The rows
of a table are put together so that each group has its name in its middle; rows that share a name have names of
their own beside it, or measures in turn (見込量, 実績値). More than one way to do so, or none, and nothing is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.aligned_labels import all_go_on, name_a_service, name_another
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.words import is_caption, is_category, is_in_brackets
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_MOST_LINES = 40
_MOST_NAME_LINES = 5
_MOST_WAYS = 64
_SQUARE = ("[", "［", "〔")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a table: its names, its unit, a figure left of the measure (基準値), the measure and the values."""

    names: Row = ()
    unit: Piece | None = None
    figure: Piece | None = None
    measure: Piece | None = None
    values: Row = ()
    goes_on: bool = False
    """Do the values stand in brackets below those of the line above: [94] under 246?"""
    turn: int = 0
    """The turn of measures (目標値, 実績値) that a line of values is of; a row without a measure is one by itself."""
    begins_turn: bool = False
    ends_turn: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of figures that share a name; `parts` are those that have names of their own beside it."""

    name: Row
    lines: tuple[PlacedLine, ...]
    parts: tuple[Rows, ...] = ()

    @property
    def figures(self) -> list[PlacedLine]:
        """The lines with values."""
        return [line for line in self.lines if line.values]


def placed_lines(rows: Sequence[Row], count: int) -> list[PlacedLine] | None:
    """The rows as lines of a table with `count` values each; None where one has another number of them."""
    values = [row[-count:] for row in rows if _has_values(row, count)]
    if not values:
        return None
    edge = min(row[0].left for row in values)
    spots = [m for row in rows if _has_values(row, count) for m in row[:-count] if _is_measure(m)]
    lines = [_placed(row, count, edge, spots) for row in rows]
    found = [line for line in lines if line is not None]
    return _with_rests(found) if len(found) == len(lines) else None


def _with_rests(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, 利用者数 below 共同生活援助（グループホーム）の being the rest of its name, though it may be a unit elsewhere."""
    names = [piece for line in lines for piece in line.names]
    return [
        replace(line, names=(line.unit,), unit=None)
        if line.unit is not None and not line.names and any(_overlap(line.unit, p) for p in names)
        else line
        for line in lines
    ]


def _overlap(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _is_unit(piece: Piece) -> bool:
    return find_unit(piece.line.text) is not None


def _has_values(row: Row, count: int) -> bool:
    words = [piece.line.text for piece in row[-count:] if piece.line.text]
    return len(row) >= count and bool(words) and all(map(is_value_like, words))


def _placed(row: Row, count: int, edge: int, spots: Sequence[Piece]) -> PlacedLine | None:
    has_values = _has_values(row, count)
    left = row[:-count] if has_values else row
    values = row[-count:] if has_values else ()
    if any(piece.right > edge for piece in left):
        return None
    measure = left[-1] if has_values and left and _counts(left[-1], spots) else None
    if measure is not None:
        left = left[:-1]
    figures = [p for p in left if is_value_like(p.line.text) and find_unit(p.line.text) is None]
    units = [p for p in left if p not in figures and _is_unit(p)]
    if len(units) > 1 and says_quantity(units[0].line.text):
        units = units[1:]  # 利用者数 人/月: what is counted is the row's own name
    names = tuple(p for p in left if p not in figures and p not in units)
    if len(figures) > 1 or len(units) > 1:
        return None
    goes_on = bool(values) and not left and measure is None and all(map(_is_square, values))
    return PlacedLine(
        names, next(iter(units), None), next(iter(figures), None), measure, values, goes_on
    )


def _is_square(piece: Piece) -> bool:
    return piece.line.text.startswith(_SQUARE)


def _is_measure(piece: Piece) -> bool:
    head = read_head(piece.line.text)
    return head.role in MEASURES and head.year is None


def _counts(piece: Piece, spots: Sequence[Piece]) -> bool:
    """見込量, or 入所者数 where other rows have their measures: it counts what 目標値 aims at."""
    if _is_measure(piece):
        return True
    is_among = any(_overlap(p, piece) for p in spots)
    return is_among and (says_quantity(piece.line.text) or len(piece.line.text) <= len("入所者数"))


# -- rows put together ---------------------------------------------------------------------------


def rows_in_middle(lines: Sequence[PlacedLine]) -> list[Rows] | None:
    """The lines put together so that each group of rows has its name in its middle; None where there is no such way, or
    more than one."""
    lines = _with_turns(lines)
    for is_in_middle in (_reads_both_ways, _is_nearly_in_middle):
        has_turns = any(line.measure is not None for line in lines)
        if is_in_middle is _is_nearly_in_middle and not has_turns:
            return None
        ways = _ways(lines, partial(_group, is_in_middle=is_in_middle))
        ways = [way for way in ways if _are_in_columns(way) and _lean_one_way(way)]
        if ways:
            return ways[0] if len(ways) == 1 else None
    return None


def _are_in_columns(way: Sequence[Rows]) -> bool:
    """Do all names of groups stand below each other, and begin left of the names that stand beside the rows of one?"""
    edges = [piece.left for group in way for part in group.parts for piece in part.name]
    names = [piece for group in way for piece in group.name]
    return len(_columns_of(names)) == 1 and all(p.left < min(edges, default=p.right) for p in names)


def _lean_one_way(way: Sequence[Rows]) -> bool:
    """Half a row off the middle, all names are off to the same side: one above it and one below are not set in the middle."""
    named = [group for group in way if group.figures]
    both = (_heights(group.name, group.lines) for group in named)
    sides = {
        heights[0] > middle
        for heights, middle in both
        if heights[:1] != [middle] and len(heights) == 1
    }
    return len(sides) < len((True, False))


_Read = Callable[[Sequence[PlacedLine]], Rows | None]


def _ways(lines: Sequence[PlacedLine], read: _Read) -> list[list[Rows]]:
    """The ways to part the lines into groups that can be read."""
    ends: list[list[list[Rows]]] = [[] for _ in range(len(lines) + 1)]
    ends[0] = [[]]
    for end in range(1, len(lines) + 1):
        for start in range(max(0, end - _MOST_LINES), end):
            if not ends[start] or (group := read(lines[start:end])) is None:
                continue
            ends[end] = [*ends[end], *([*way, group] for way in ends[start])][:_MOST_WAYS]
    return ends[-1]


def _group(lines: Sequence[PlacedLine], is_in_middle: _InMiddle) -> Rows | None:
    """The lines as rows of one name, or as a class of services over rows."""
    if len(lines) == 1 and _heads_rows(lines[0]):
        return Rows(lines[0].names, tuple(lines))
    turns = _turns(lines)
    if not turns or lines[0].goes_on:
        return None
    columns = _columns_of([piece for line in lines for piece in line.names])
    if not columns or len(columns) > 2:
        return None
    name = columns[0]
    if not _is_name(name, lines) or not is_in_middle(name, lines):
        return None
    if sum(line.figure is not None for line in lines) > 1:
        return None
    if len(lines) == 1 and len(columns) > 1:
        return Rows(tuple(name), tuple(lines), (Rows(tuple(columns[1]), tuple(lines)),))
    if len(turns) == 1:
        is_whole = len(columns) == 1 and sum(line.unit is not None for line in lines) <= 1
        return Rows(tuple(name), tuple(lines)) if is_whole else None
    has_measures = turns[0][0].measure is not None
    own = columns[1] if len(columns) > 1 else [line.unit for line in lines if line.unit]
    is_sure = has_measures or (len(columns) > 1 and _are_one(name))
    if len({piece.words for piece in own}) < len(own) or not is_sure:
        return None  # no name has two rows in one unit; names of two services may stand so
    parts = _parts(lines, own, is_in_middle)
    return Rows(tuple(name), tuple(lines), tuple(parts)) if parts is not None else None


def _heads_rows(line: PlacedLine) -> bool:
    if line.values or len(line.names) != 1 or line.unit is not None or line.figure is not None:
        return False
    text = line.names[0].line.text
    return is_category(text) or is_caption(text)


def _parts(
    lines: Sequence[PlacedLine], own: Sequence[Piece], is_in_middle: _InMiddle
) -> list[Rows] | None:
    """The rows of each name of their own, where it is told in one way."""

    def read(part: Sequence[PlacedLine]) -> Rows | None:
        names = [p for line in part for p in _said(line) if p in own]
        if len(_turns(part)) != 1 or not names or not _is_name(names, part):
            return None
        shown = () if names[0].line is _unit_line(part) else tuple(names)
        return Rows(shown, tuple(part)) if is_in_middle(names, part) else None

    # lines of the shared name alone are of none of its parts
    held = [line for line in lines if line.values or any(p in own for p in line.names)]
    ways = _ways(held, read)
    return ways[0] if len(ways) == 1 else None


def _said(line: PlacedLine) -> Row:
    return (*line.names, line.unit) if line.unit is not None else line.names


def _unit_line(lines: Sequence[PlacedLine]) -> object:
    return next((line.unit.line for line in lines if line.unit is not None), None)


def _with_turns(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, each with values knowing its turn: one begins where the first measure of the table comes again."""
    first = next((line.measure.line.text for line in lines if line.measure is not None), None)
    turn = 0
    result: list[PlacedLine] = []
    for line in lines:
        said = line.measure.line.text if line.measure is not None else None
        begins = bool(line.values) and not line.goes_on and (said is None or said == first)
        turn += begins
        result.append(replace(line, turn=turn if line.values else 0, begins_turn=begins))
    last = {line.turn: n for n, line in enumerate(result)}
    return [replace(line, ends_turn=last[line.turn] == n) for n, line in enumerate(result)]


def _turns(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """The lines with values turn by turn; none where a turn is cut."""
    whole = [line for line in lines if line.values]
    turns = [list(turn) for _, turn in itertools.groupby(whole, key=lambda line: line.turn)]
    if not turns or not turns[-1][-1].ends_turn:
        return []
    said = [[line.measure.line.text for line in turn if line.measure] for turn in turns]
    is_once = all(len(set(words)) == len(words) for words in said)
    return turns if turns[0][0].begins_turn and is_once else []


def _columns_of(names: Sequence[Piece]) -> list[list[Piece]]:
    """The names column by column across the page."""
    columns: list[list[Piece]] = []
    right = 0
    for piece in sorted(names, key=lambda piece: piece.left):
        if columns and piece.left < right:
            columns[-1].append(piece)
        else:
            columns.append([piece])
        right = max(right, piece.right)
    order = {id(piece): n for n, piece in enumerate(names)}
    return [sorted(column, key=lambda piece: order[id(piece)]) for column in columns]


def _is_name(pieces: Sequence[Piece], lines: Sequence[PlacedLine]) -> bool:
    """Can the lines be one name: no number, class or caption opens a later one, and words above or below all rows
    go on as those of one name do?"""
    if len(pieces) > _MOST_NAME_LINES or any(piece.is_alone for piece in pieces):
        return False
    if any(_opens(piece) for piece in pieces[1:]):
        return False
    with_values = [n for n, line in enumerate(lines) if line.values]
    beside = range(with_values[0], with_values[-1] + 1)
    is_inside = all(n in beside for n, line in enumerate(lines) for p in line.names if p in pieces)
    return is_inside or _are_one(pieces)


def _opens(piece: Piece) -> bool:
    text = piece.line.text
    return split_marks(text).number is not None or is_category(text) or is_caption(text)


def _are_one(pieces: Sequence[Piece]) -> bool:
    return all(
        is_in_brackets(below.line.text)
        or all_go_on((above.line, below.line))
        or name_a_service(above, below)
        or name_another(above, below)
        for above, below in itertools.pairwise(pieces)
    )


# -- the middle ----------------------------------------------------------------------------------

_InMiddle = Callable[[Sequence[Piece], Sequence[PlacedLine]], bool]


def _heights(pieces: Sequence[Piece], lines: Sequence[PlacedLine]) -> tuple[list[float], float]:
    """How many rows stand over each line of a name, half of one where it stands between two; and over their middle."""
    heights: list[float] = []
    rows = 0
    for line in lines:
        if any(piece in pieces for piece in _said(line)):
            heights.append(float(rows) if line.values else rows - 0.5)
        rows += bool(line.values)
    return heights, (rows - 1) / 2


def _reads_both_ways(pieces: Sequence[Piece], lines: Sequence[PlacedLine]) -> bool:
    heights, middle = _heights(pieces, lines)
    return heights == sorted(2 * middle - height for height in heights)


def _is_nearly_in_middle(pieces: Sequence[Piece], lines: Sequence[PlacedLine]) -> bool:
    """Does a name of one line stand beside a row as near to the middle as none is nearer? Half a row is too little to be
    told apart."""
    heights, middle = _heights(pieces, lines)
    is_near = len(heights) == 1 and abs(heights[0] - middle) <= 0.5
    return is_near or _reads_both_ways(pieces, lines)
