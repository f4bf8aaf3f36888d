"""Names set half-way beside rows that repeat the same measures (計画値, 実績値), from service to service:

                                  計画値           120           125           130
    居宅介護          人／月
                                  実績値           118           121           127

Every service has the same measures in the same order, so each group of them has one name, wherever in
the group it stands, be it in two lines. A figure between the name and the measures (基準値) is of the whole group
as the name is. A group without a name, or with words that are not surely one, stays without.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.aligned_labels import (
    all_go_on,
    heads_others,
    name_a_service,
    name_another,
)
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_IN_BRACKETS = regex.compile(r"[（(〔［\[][^（）()]+[)）〕］\]]")
_MOST_LEFT = 2
"""Cells left of the measure: a name and a unit."""


_Measure = tuple[Role | int, str | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: what stands left of its measure, what that says (実績, 人/月), and the row from the measure on."""

    left: Row
    measure: _Measure | None
    rest: Row


def names_in_cycles(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows, the name of each group of measures in its first row; and those whose name is not told."""
    edges = {piece.left for row in rows for piece in row if _measure_of(piece, ()) is not None}
    lines = [_line(row, edges) for row in rows]
    groups = _groups(lines)
    if groups is None:
        return list(rows), [rows[n] for n in _torn(lines)]
    if not any(_needs_its_name(lines[a:b]) for a, b in groups):
        return list(rows), []
    is_sure = any(len(_words(lines[a:b])[0]) == 1 for a, b in groups)
    result: list[Row] = []
    unsure: list[Row] = []
    end = 0
    for first, last in groups:
        result += rows[end:first]
        named = _named(lines[first:last], is_sure=is_sure)
        result += named or rows[first:last]
        unsure += [] if named else [row for row in rows[first:last] if len(row) > 1]
        end = last
    return [*result, *rows[end:]], unsure


def _torn(lines: Sequence[_Line]) -> list[int]:
    """The rows between which a name is torn: 協議の場への参加者数 beside 実績値 and other words, or none, beside the 見込量
    above it. It is the rest of a name, or one of more rows than these."""
    first = next((line.measure for line in lines if line.measure is not None), None)
    torn: set[int] = set()
    start = 0
    for n, line in enumerate(lines):
        if line.measure == first:
            start = n
        elif line.measure is not None and _has_own_name(line, lines[start]):
            torn |= {m for m in range(start, n + 1) if lines[m].measure is not None}
    return sorted(torn)


def _has_own_name(line: _Line, above: _Line) -> bool:
    """Does a row begin with words that the first row of its measures does not have, be it a quantity that ends its name?"""
    names = [p for p in line.left if not _is_figure(p)]
    is_rest = bool(names) and any(_breaks_off(p, names[0]) for p in above.left)
    if not names or (_is_unit(names[0]) and not is_rest):
        return False
    return names[0].line.text not in [p.line.text for p in above.left]


def _line(row: Row, edges: Collection[int]) -> _Line:
    for n, piece in enumerate(row[: _MOST_LEFT + 1]):
        measure = _measure_of(piece, edges)
        if measure is not None and _are_values(row[n + 1 :]):
            return _Line(row[:n], measure, row[n:])
    return _Line(row, None, ())


def _measure_of(piece: Piece, edges: Collection[int]) -> _Measure | None:
    """実績値, a year (令和３年度), or 入所者数 where other rows have their measures: it counts what 目標値 aims at."""
    head = read_head(piece.line.text)
    if head.role is not None and head.role in MEASURES and head.year is None:
        return head.role, head.unit
    if head.role is None and head.year is not None and not is_value_like(piece.line.text):
        return head.year.year, head.unit
    counts = piece.left in edges and says_quantity(piece.line.text)
    return (Role.ACTUAL, None) if counts else None


def _are_values(pieces: Row) -> bool:
    """Figures, behind which words of a last column may stand (出典, 備考)."""
    return bool(pieces) and is_value_like(pieces[0].line.text)


def _groups(lines: Sequence[_Line]) -> list[tuple[int, int]] | None:
    """Where each group of measures begins and ends; None where the rows are not all in such groups."""
    measured = [n for n, line in enumerate(lines) if line.measure is not None]
    behind = [line.left[-1] for line in lines if len(line.left) > 1 and _is_figure(line.left[-1])]
    if not measured or any(_holds_others(line, lines[measured[0]], behind) for line in lines):
        return None
    starts = [n for n in measured if lines[n].measure == lines[measured[0]].measure]
    ends = [max(m for m in measured if m < n) + 1 for n in [*starts[1:], len(lines)]]
    cycles = [
        tuple(line.measure for line in lines[a:b] if line.measure is not None)
        for a, b in zip(starts, ends, strict=True)
    ]
    if len(set(cycles)) != 1 or not 2 <= len(cycles[0]) == len(set(cycles[0])):
        return None
    return list(zip(starts, ends, strict=True))


def _holds_others(line: _Line, beside: _Line, behind: Sequence[Piece]) -> bool:
    """Does a line hold figures that are neither behind a measure, nor the one behind a name left of the measures,
    be it alone where other lines print theirs `behind` a name (96人, half-way beside a name of two lines)?"""
    figures = [n for n, piece in enumerate(line.left) if _is_figure(piece)]
    if not figures:
        return False
    last = line.left[-1]
    is_alone = len(line.left) == 1
    if is_alone and (
        line.rest or not any(p.left < last.right and last.left < p.right for p in behind)
    ):
        return True
    return figures != [len(line.left) - 1] or last.right >= beside.rest[0].left


def _is_figure(piece: Piece) -> bool:
    return is_value_like(piece.line.text) and find_unit(piece.line.text) is None


def _needs_its_name(group: Sequence[_Line]) -> bool:
    return any(line.left for line in group[1:]) and all(
        len(line.left) <= _MOST_LEFT for line in group
    )


def _named(group: Sequence[_Line], *, is_sure: bool) -> list[Row] | None:
    """The rows of a group, its name and unit in the first; None where its words are not one name."""
    names, units = _words(group)
    figures = [piece for line in group for piece in line.left if _is_figure(piece)]
    if not names or len(figures) > 1 or len(units) > 1 or not _are_one(names, is_sure=is_sure):
        return None
    left, right = min(piece.left for piece in names), max(piece.right for piece in names)
    more = tuple(piece.line for piece in names[1:])
    name = replace(names[0], left=left, right=right, more=more)
    first, *others = (line.rest for line in group if line.measure is not None)
    return [(name, *units, *figures, *first), *others]


def _words(group: Sequence[_Line]) -> tuple[list[Piece], list[Piece]]:
    """The lines of the name, units in brackets among them, and the units or quantities beside it."""
    words = [piece for line in group for piece in line.left if not _is_figure(piece)]
    rests = [b for a, b in itertools.pairwise(words) if _breaks_off(a, b)]
    units = [p for p in words if _is_unit(p) and not _is_remark(p) and p not in rests]
    return [piece for piece in words if piece not in units], units


def _breaks_off(above: Piece, below: Piece) -> bool:
    """共同生活援助（グループホーム）の over 利用者数: what is counted ends the name."""
    is_under = above.left <= below.left < above.right
    return is_under and not _is_unit(above) and all_go_on((above.line, below.line))


def _is_unit(piece: Piece) -> bool:
    """人/月, 利用者数（人）: what is counted of the service that is named."""
    return find_unit(piece.line.text) is not None or says_quantity(piece.line.text)


def _are_one(names: Sequence[Piece], *, is_sure: bool) -> bool:
    """Are the lines one name? Where other groups show that each has but one, lines of one edge are."""
    if any(map(heads_others, names)):
        return False
    return all(
        _is_remark(below)
        or (is_sure and above.left == below.left)
        or all_go_on((above.line, below.line))
        or name_a_service(above, below)
        or name_another(above, below)
        for above, below in itertools.pairwise(names)
    )


def _is_remark(piece: Piece) -> bool:
    """（人／月）, （機能訓練）, ※施設入所者数の削減 below a name."""
    text = piece.line.text
    return _IN_BRACKETS.fullmatch(text) is not None or text.startswith(("※", "＊", "*"))


def with_head_over_turns(
    heads: Sequence[Row], columns: Sequence[tuple[int, int]], rows: Sequence[Row]
) -> list[Row]:
    """The heads, that of the names reaching over the measures (見込量, 実績値) beside them where these have none, and
    the heads of the figures beginning behind them, being as many as the columns of figures."""
    label, *figures = heads[-1]
    is_sure = len(heads) == 1 and len(figures) == len(columns) - 2 > 0
    measures = [row[-1 - len(figures)] for row in rows if len(row) > len(figures)]
    if not is_sure or read_head(label.line.text).role is not Role.LABEL:
        return list(heads)
    if len(measures) < len(rows) or any(_measure_of(piece, ()) is None for piece in measures):
        return list(heads)
    edge = columns[1][1]
    if any(figure.right <= edge for figure in figures):
        return list(heads)
    moved = (replace(figure, left=max(figure.left, edge)) for figure in figures)
    return [(replace(label, right=edge), *moved)]
