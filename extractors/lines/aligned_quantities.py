"""Names set half-way beside rows that count one service in two ways (利用者数, 利用時間):

                       利用者数（人/月）         642      655
   居宅介護
                       利用時間（時間/月）     10,914   11,004

   自立訓練            利用者数（人/月）          14       11
   （機能訓練）        利用日数（人日/月）       154      116

Blank lines tell which rows are of one name, where each group between them has one; else the quantities do, which begin anew
with each service, where every name stands beside its rows or between them. A group without a name, or with words that
are not surely one, stays without, and so do those beside a name that may be of either.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.lines.aligned_cycles import names_in_cycles
from keikaku.extractors.lines.aligned_labels import (
    all_go_on,
    heads_others,
    name_a_service,
    name_another,
)
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.lines.quantities import (
    bare_quantity,
    counts_time,
    counts_users,
    says_quantity,
)
from keikaku.extractors.words import is_category, is_in_brackets
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table: its names, what its row counts (None for words alone), the row from there on, and the group
    of lines between blank ones that it is of."""

    names: Row
    counts: str | None
    rest: Row
    block: int

    @property
    def row(self) -> Row:
        """The line as printed."""
        return (*self.names, *self.rest)

    @property
    def is_class(self) -> bool:
        """訪問系サービス alone, over the rows of its services."""
        return self.counts is None and len(self.names) == 1 and is_category(self.names[0].line.text)


@dataclass(frozen=True, slots=True)
class _Told:
    """Rows of one name, and whether it is told."""

    rows: tuple[Row, ...]
    is_sure: bool


def with_names_told(rows: Sequence[Row], printed: Sequence[Printed]) -> tuple[list[Row], list[Row]]:
    """The rows, the name of each group of measures or quantities in its first row; and those whose name is not told."""
    lines = _lines(rows, printed)
    if lines is None:
        return names_in_cycles(rows)
    classes, lines = _classes_apart(lines)
    if not _stand_half_way(lines):
        return names_in_cycles(rows)
    told = _groups(lines)
    unsure = [row for group in told if not group.is_sure for row in group.rows]
    aside: list[Row] = [(piece,) for piece in classes]
    return [*aside, *(row for group in told for row in group.rows)], [*unsure, *aside]


# -- lines -------------------------------------------------------------------------------------


def _lines(rows: Sequence[Row], printed: Sequence[Printed]) -> list[_Line] | None:
    """The lines of a table of which each row of figures begins with what it counts, or with names and that."""
    starts = [item.line.span.char_start or 0 for item in printed]
    groups = [item.group for item in printed]
    at = [bisect_right(starts, row[0].line.span.char_start or 0) - 1 for row in rows]
    lines = [_line(row, groups[max(n, 0)]) for row, n in zip(rows, at, strict=True)]
    counted = [line for line in lines if line.counts is not None]
    lines = [_beside_others(line, [other.rest[0] for other in counted]) for line in lines]
    if len(counted) < _LEAST_ROWS or any(_is_figure(p) for line in lines for p in line.names):
        return None
    if not any(says_quantity(line.rest[0].line.text) for line in counted):
        return None
    edge = min(line.rest[0].left for line in counted)
    return lines if all(p.left < edge for line in lines for p in line.names) else None


def _line(row: Row, block: int) -> _Line:
    for n, piece in enumerate(row[:-1]):
        figures = [p for p in row[n + 1 :] if find_unit(p.line.text) is None or _is_figure(p)]
        if _is_counted(piece) and figures and all(map(_is_figure, figures)):
            return _Line(row[:n], bare_quantity(piece.line.text), row[n:], block)
    return _Line(row, None, (), block)


def _beside_others(line: _Line, spots: Sequence[Piece]) -> _Line:
    """The line, words that are no quantity but stand where those of other rows do being its own: a damaged 利用者数."""
    row = line.row
    first = next((n for n, piece in enumerate(row) if _is_figure(piece)), 0)
    is_odd = line.counts is None and first and all(map(_is_figure, row[first:]))
    if not is_odd or not any(
        row[first - 1].left < p.right for p in spots if p.left < row[first - 1].right
    ):
        return line
    own = row[first - 1]
    return replace(line, names=row[: first - 1], counts=own.line.text, rest=row[first - 1 :])


def _is_counted(piece: Piece) -> bool:
    """利用者数（人/月）, or 人/月 alone."""
    text = piece.line.text
    return not is_value_like(text) and (says_quantity(text) or find_unit(text) is not None)


def _is_figure(piece: Piece) -> bool:
    return is_value_like(piece.line.text)


def _classes_apart(lines: Sequence[_Line]) -> tuple[list[Piece], list[_Line]]:
    """The classes of services in a column left of the names, 訪問系 beside 居宅介護, and the lines without them."""
    names = [piece for line in lines if not line.is_class for piece in line.names]
    edge = min((p.left for line in lines if len(line.names) > 1 for p in line.names[1:]), default=0)
    left = [piece for piece in names if piece.right <= edge]
    if not left or not all(is_category(piece.line.text) for piece in left):
        return [], list(lines)
    rest = [replace(line, names=tuple(p for p in line.names if p not in left)) for line in lines]
    return left, [line for line in rest if line.row]


def _stand_half_way(lines: Sequence[_Line]) -> bool:
    """Does a row without a name stand above the first name of the table, or of its lines between blank ones; or a name
    between users and their hours?"""
    blocks = [list(block) for _, block in itertools.groupby(lines, key=lambda line: line.block)]
    return (
        any(map(_begins_below, (lines, *blocks)))
        or _start(lines) is not None
        or _goes_on_beside(lines)
    )


def _begins_below(lines: Sequence[_Line]) -> bool:
    rest = [line for line in lines if not line.is_class]
    return bool(rest) and not rest[0].names and any(line.names for line in rest)


def _goes_on_beside(lines: Sequence[_Line]) -> bool:
    """（機能訓練） 利用日数 below 自立訓練 利用者数."""
    return any(
        above.names and below.names and is_in_brackets(below.names[0].line.text)
        for above, below in itertools.pairwise(lines)
        if above.counts and below.counts and above.counts != below.counts
    )


def _start(lines: Sequence[_Line]) -> str | None:
    """What the row above a name counts, 利用者数, where the row below it counts their time, neither having a name."""
    threes = zip(lines, lines[1:], lines[2:], strict=False)
    return next(
        (
            above.counts
            for above, name, below in threes
            if name.counts is None and not name.is_class and not (above.names or below.names)
            if above.counts and below.counts
            if counts_users(above.counts) and counts_time(below.counts)
        ),
        None,
    )


# -- groups ------------------------------------------------------------------------------------


def _groups(lines: Sequence[_Line]) -> list[_Told]:
    """The rows of each name: those between blank lines, where all of these have their names; else those of each cycle."""
    told: list[_Told] = []
    for _, block in itertools.groupby(lines, key=lambda line: line.block):
        head, rest = _class_over(list(block))
        whole = _named(rest, is_apart=True)
        told += head
        told += [whole] if whole.is_sure or not rest else _in_cycles(rest)
    return told if all(group.is_sure for group in told) else _in_cycles(lines)


def _class_over(block: Sequence[_Line]) -> tuple[list[_Told], list[_Line]]:
    count = len(list(itertools.takewhile(lambda line: line.is_class, block)))
    return [_Told((line.row,), is_sure=True) for line in block[:count]], list(block[count:])


def _in_cycles(lines: Sequence[_Line]) -> list[_Told]:
    """The rows of each name, where what they count begins anew with each; words between two groups may be of either."""
    counted = [n for n, line in enumerate(lines) if line.counts is not None]
    if not counted:
        return [_Told((line.row,), is_sure=line.is_class) for line in lines]
    first = _start(lines) or lines[counted[0]].counts or ""
    spans: list[tuple[int, int]] = []
    for n in counted:
        is_next = not spans or _begins(lines[n], lines[spans[-1][0] : spans[-1][1]], first)
        spans[-1:] = [*spans[-1:], (n, n + 1)] if is_next else [(spans[-1][0], n + 1)]
    bounds = [0, *(end for pair in spans for end in pair), len(lines)]
    result: list[_Told] = []
    is_open = False
    for number, (a, b) in enumerate(itertools.pairwise(bounds)):
        between = not number % 2
        if between:
            stray = any(not line.is_class for line in lines[a:b])
            if stray and result:
                result[-1] = replace(result[-1], is_sure=False)
            result += [_Told((line.row,), is_sure=line.is_class) for line in lines[a:b]]
            is_open = stray
        else:
            group = _named(lines[a:b], is_apart=False)
            result.append(replace(group, is_sure=group.is_sure and not is_open))
    groups = [lines[a:b] for a, b in spans]
    is_whole = all(group.is_sure for group in result)
    # days over users: the days at the top may be the last row of a name that was lost
    is_told = counts_users(first) or (is_whole and _end_with_users(groups))
    return result if is_told else [replace(group, is_sure=False) for group in result]


def _end_with_users(groups: Sequence[Sequence[_Line]]) -> bool:
    """Is the last row of each name one of users, where any is?"""
    counts = ([line.counts for line in group if line.counts is not None] for group in groups)
    return all(counts_users(said[-1]) or not any(map(counts_users, said)) for said in counts)


def _begins(line: _Line, above: Sequence[_Line], first: str) -> bool:
    """Is the row the first of another service: with what each begins with, or what its rows already count, or with a name
    of its own below a group that has its name in its middle?"""
    said = {other.counts for other in above}
    if line.counts == first or line.counts in said:
        return True
    names = [n for n, other in enumerate(above) if other.names]
    is_whole = len(said - {None}) > 1 and names == [len(above) // 2] and len(above) % 2 == 1
    return bool(line.names) and is_whole and not _goes_on(above[names[0]].names[0], line.names[0])


def _named(group: Sequence[_Line], *, is_apart: bool) -> _Told:
    """The rows with their name in the first. `is_apart`: blank lines stand around them."""
    counted = [line for line in group if line.counts is not None]
    words = [piece for line in group for piece in line.names]
    said = [line.counts for line in counted]
    is_one = bool(words) and _are_one(words, is_apart=is_apart and len(counted) > 1)
    if not counted or not is_one or len(set(said)) < len(said):
        return _Told(tuple(line.row for line in group), is_sure=False)
    left, right = min(piece.left for piece in words), max(piece.right for piece in words)
    lines = [line for piece in words for line in (piece.line, *piece.more)]
    name = replace(words[0], left=left, right=right, more=tuple(lines[1:]), is_alone=False)
    first, *others = (line.rest for line in counted)
    return _Told(((name, *first), *others), is_sure=True)


def _are_one(words: Sequence[Piece], *, is_apart: bool) -> bool:
    """Are the words the lines of one name, none of which begins another?"""
    if is_in_brackets(words[0].line.text) or any(map(heads_others, words[1:])):
        return False
    return all(
        _goes_on(above, below)
        or (is_apart and above.left == below.left and not (_is_known(above) or _is_known(below)))
        for above, below in itertools.pairwise(words)
    )


def _goes_on(above: Piece, below: Piece) -> bool:
    return (
        is_in_brackets(below.line.text)
        or all_go_on((above.line, below.line))
        or name_a_service(above, below)
        or name_another(above, below)
    )


def _is_known(piece: Piece) -> bool:
    return bool(indicators_named(piece.line.text))
