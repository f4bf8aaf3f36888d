"""Rows of a stream that stand on lines of their own: a line holds all the values of a row.

The lines of words between them are names, or pieces of names (`names`). Where the word beside the values is a
measure (計画 8 9 10 / 実績 6 11 －), the name stands on the line over the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_box, find_role, read_head
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.lines.quantities import are_of_one_service
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.heads import read_heads
from keikaku.extractors.streams.names import Named, ends_a_name, opens, share_lines
from keikaku.extractors.streams.row_lines import RowLine, counts_values, read_row
from keikaku.extractors.streams.rows import Body, Row
from keikaku.extractors.words import is_caption, is_category, is_legend, is_running_head, joined
from keikaku.normalizers.cells import is_value_like

_PAGE = regex.compile(
    r"[-－‐–—\s　]*(?:P\.?)?[0-9０-９]{1,3}(?:[\s　]*(?:ページ|頁))?[-－‐–—\s　]*"
)
_LONGEST = 50
_IN_TURN = MEASURES | {Role.GRADE, Role.EVALUATION}


_Path = tuple[tuple[Line, ...], ...]
"""The names over a row, outermost first."""


@dataclass(slots=True)
class _Lines:
    """The lines below the heads: rows, the lines of words before, between and behind them."""

    rows: list[RowLine] = field(default_factory=list)
    gaps: list[list[Line]] = field(default_factory=lambda: [[]])
    ends: list[int] = field(default_factory=list)
    """Of each row: the line behind it."""
    classes: dict[int, Line] = field(default_factory=dict)
    """By the number of the row below it, a class of services (訪問系サービス)."""
    between: list[tuple[int, Line]] = field(default_factory=list)
    """Numbers of pages and heads printed again, each with the number of its line."""

    @property
    def aside(self) -> tuple[Line, ...]:
        """What stands among the rows and is none."""
        return tuple(line for at, line in self.between if at < self.ends[-1])


def rows_by_line(
    printed: Sequence[Printed], at: int, columns: Columns, heads: Sequence[str]
) -> Body | None:
    """The rows from the line at `at` on; None where there are none, or whose names they bear is not told.
    `heads`: the words of the table's heads, which the next page may print again."""
    lines = _take_lines(printed, at, columns, heads)
    if not lines.rows:
        return None
    if all(row.words is not None and find_role(row.words.text) in _IN_TURN for row in lines.rows):
        return _in_turn(lines)
    return _named(lines)


def _take_lines(
    printed: Sequence[Printed], at: int, columns: Columns, heads: Sequence[str]
) -> _Lines:
    lines = _Lines()
    while at < len(printed):
        line = printed[at].line
        row = read_row(line, columns)
        if row is not None:
            lines.rows.append(row)
            lines.gaps.append([])
            lines.ends.append(at + 1)
        elif lines.rows and (after := _page_end(printed, at, heads)) > at:
            lines.between += [(n, printed[n].line) for n in range(at, after)]
            at = after
            continue
        elif _is_class(line) and not lines.gaps[-1]:
            lines.classes[len(lines.rows)] = line
        elif _may_be_words(line):
            lines.gaps[-1].append(line)
        else:
            break
        at += 1
    return lines


def _page_end(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> int:
    """Behind the number of a page, its running head and the heads printed again; `at` where none stand here."""
    end = at
    if _PAGE.fullmatch(printed[at].line.text):
        end = at + 1
        if end < len(printed) and is_running_head(printed[end].line.text):
            end += 1
    again = read_heads(printed, end) if end < len(printed) else None
    if again is not None and [joined(piece.lines) for piece in again.pieces] == list(heads):
        return again.end
    return end


def _is_class(line: Line) -> bool:
    return is_category(line.text)


def _may_be_words(line: Line) -> bool:
    """May the line be a name of a row, or a piece of one?"""
    text = line.text
    if len(text) > _LONGEST or "。" in text or is_legend(text) or is_caption(text):
        return False
    if find_box(text) is not None or is_value_like(text) or counts_values(line):
        return False
    head = read_head(text)
    return head.year is None and head.role is None


def _named(lines: _Lines) -> Body | None:
    rows = [
        Named(row.words, _goes_on(row, lines.rows[n - 1] if n else None))
        for n, row in enumerate(lines.rows)
    ]
    names = share_lines(rows, lines.gaps)
    if names is None:
        return None
    found: list[Row] = []
    for number, (row, name) in enumerate(zip(lines.rows, names.of_rows, strict=True)):
        if number in lines.classes:
            found.append(Row((lines.classes[number],)))
        text = (row.text,) if row.text is not None else ()
        found.append(Row(name, row.unit, row.values, text))
    taken = len(lines.gaps[-1]) - names.left
    return Body(tuple(found), lines.ends[-1] + taken, lines.aside)


def _goes_on(row: RowLine, above: RowLine | None) -> bool:
    """Does a row without words count the service of the row above in another way (人/月, then 時間/月)?"""
    if row.words is not None or row.unit is None or above is None or above.unit is None:
        return False
    return are_of_one_service(above.unit.text, row.unit.text)


def _in_turn(lines: _Lines) -> Body | None:
    """④ 成年後見制度利用支援事業 （人/年） / 計画 8 9 10 / 実績 6 11 －: the same measures under each name."""
    found: list[Row] = []
    outer: _Path | None = ()
    cycle: list[str] = []
    whole: list[list[str]] = []
    for number, row in enumerate(lines.rows):
        assert row.words is not None
        if lines.gaps[number] or row.words.text in cycle:
            whole.append(cycle)
            cycle = []
            found += [Row((lines.classes[number],))] if number in lines.classes else []
            outer = _path(lines.gaps[number], outer or ())
        if not outer:
            return None
        cycle.append(row.words.text)
        found.append(Row((row.words,), None, row.values, outer=outer))
    told = [turn for turn in (*whole, cycle) if turn]
    if any(turn != told[0] for turn in told):
        return None
    return Body(tuple(found), lines.ends[-1], lines.aside)


def _path(gap: Sequence[Line], above: _Path) -> _Path | None:
    """The names that the lines over some rows give them: ⑦ 移動支援事業 over 実利用者数, and 延べ利用時間 below it goes
    on under the same; None where that is not told."""
    names: list[list[Line]] = []
    for line in gap:
        if names and not ends_a_name(names[-1]):
            names[-1].append(line)
        else:
            names.append([line])
    found = tuple(tuple(name) for name in names)
    if len(found) == 1 and len(above) == 2 and not opens(found[0][0]):
        return (above[0], *found) if opens(above[0][0]) else None
    return found if len(found) in (1, 2) else None
