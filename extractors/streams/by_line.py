"""Rows of a stream that stand on lines of their own: a line holds all the values of a row.

The lines of words between them are names, or pieces of names (`names`). Where the word beside the values is a
measure (計画 8 9 10 / 実績 6 11 －), the name stands on the line over the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.heads import MEASURES, Role, find_box, find_role, read_head
from keikaku.extractors.lines.printed import Printed, merge_pieces, tokens_of
from keikaku.extractors.lines.quantities import are_of_one_service
from keikaku.extractors.lines.turns import breaks_over_turns, in_turn, name_of, turn_of
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.glued import cannot_be_cut
from keikaku.extractors.streams.heads import end_of_heads_again, heads_of_line
from keikaku.extractors.streams.names import (
    Named,
    ends_a_name,
    is_class,
    is_known_name,
    may_begin,
    opens,
    share_lines,
)
from keikaku.extractors.streams.quantity_rows import lack_names, rows_below_names
from keikaku.extractors.streams.row_lines import RowLine, counts_values, read_row
from keikaku.extractors.streams.rows import Body, Row
from keikaku.extractors.words import is_caption, is_category, is_legend, is_running_head, joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import list_number, split_marks
from keikaku.normalizers.units import find_unit

_PAGE = regex.compile(
    r"[-－‐–—\s　]*(?:P\.?)?[0-9０-９]{1,3}(?:[\s　]*(?:ページ|頁))?[-－‐–—\s　]*"
)
_NUMBER_OF_PAGE = regex.compile(r"[-－‐–—][\s　]*[0-9０-９]{1,3}[\s　]*[-－‐–—]")
"""－ 32 －, and no row of three cells."""
_BRACKETED_FIGURE = regex.compile(r"[(（〔\[［][^()（）〔〕\[\]［］]{0,6}[0-9０-９]")
"""（1.32倍）: more of a value."""
_LONGEST = 50
_LONGEST_CLASS = 8
_FEWEST_HEADS = 3
_IN_TURN = MEASURES | {Role.GRADE, Role.EVALUATION}


_Path = tuple[tuple[Line, ...], ...]
"""The names over a row, outermost first."""


@dataclass(slots=True)
class _Part:
    """Rows below one class of services or goal: the rows, the lines of words before, between and behind them."""

    heads: list[Line] = field(default_factory=list)
    """The class or goal over the rows (訪問系サービス)."""
    rows: list[RowLine] = field(default_factory=list)
    gaps: list[list[Line]] = field(default_factory=lambda: [[]])
    end: int = 0
    """The line behind the last row."""


@dataclass(slots=True)
class _Lines:
    """The lines below the heads."""

    parts: list[_Part] = field(default_factory=lambda: [_Part()])
    between: list[tuple[int, Line]] = field(default_factory=list)
    """Numbers of pages and heads printed again, each with the number of its line."""
    uncut: list[Line] = field(default_factory=list)
    """Figures that nothing parts (726881), each the row of a name."""
    uncut_names: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> list[RowLine]:
        """All rows of all parts."""
        return [row for part in self.parts for row in part.rows]


def rows_by_line(
    printed: Sequence[Printed], at: int, columns: Columns, heads: Sequence[str]
) -> Body | None:
    """The rows from the line at `at` on; None where there are none, or whose names they bear is not told.
    `heads`: the words of the table's heads, which the next page may print again."""
    lines = _take_lines(printed, at, columns, heads)
    if not any(row.values for row in lines.rows):
        return None
    if all(row.words is not None and find_role(row.words.text) in _IN_TURN for row in lines.rows):
        rows, taken = _in_turn(lines), 0
    elif breaks_over_turns([row.words for row in lines.rows if row.words is not None]):
        rows, taken = _beside_turns(lines), 0
    elif any(lack_names(part.rows, part.gaps) for part in lines.parts):
        rows, taken = _under_names(lines, columns), 0
    else:
        rows, taken = _named(lines, columns)
    if rows is None or _has_lost_names(rows):
        return None
    end = lines.parts[-1].end + taken
    aside = tuple(line for n, line in lines.between if n < end)
    return Body(tuple(rows), end, (*aside, *lines.uncut_names), tuple(lines.uncut))


def _take_lines(
    printed: Sequence[Printed], at: int, columns: Columns, heads: Sequence[str]
) -> _Lines:
    lines = _Lines()
    while at < len(printed):
        line, part = printed[at].line, lines.parts[-1]
        row = _row_of(line, columns, lines)
        if row is not None:
            part.rows.append(row)
            part.gaps.append([])
            part.end = at + 1
        elif part.rows and not part.gaps[-1] and (after := _page_end(printed, at, heads)) > at:
            lines.between += [(n, printed[n].line) for n in range(at, after)]
            at = after
            continue
        elif is_class(line) and end_of_heads_again(printed, at + 1, heads) > at + 1:
            break  # （２） and the heads once more: a table of its own
        elif is_class(line) and not _counts_on(part, line):
            if part.rows or part.gaps[-1]:
                lines.parts.append(_Part())
            lines.parts[-1].heads.append(line)
        elif _may_be_words(line, goes_on=bool(part.gaps[-1])):
            part.gaps[-1].append(line)
        else:
            if _BRACKETED_FIGURE.match(line.text) and part.rows and not part.gaps[-1]:
                part.rows.pop()  # of which value of the row above, is not told
                part.gaps.pop()
            break
        at += 1
    while len(lines.parts) > 1 and not lines.parts[-1].rows:
        lines.parts.pop()
    return lines


def _row_of(line: Line, columns: Columns, lines: _Lines) -> RowLine | None:
    """The line as a row; one without values where nothing parts its figures."""
    if _NUMBER_OF_PAGE.fullmatch(line.text) is not None:
        return None
    row = read_row(line, columns)
    if row is None and cannot_be_cut(line, len(columns.leaves)):
        lines.uncut.append(line)
        return RowLine(None, None, (), None)
    return row


def _counts_on(part: _Part, line: Line) -> bool:
    """②主に重症心身障害児を支援する放課 behind ① … 1か所: the next of the numbered names, whatever goal its words are of."""
    above = part.rows[-1].words if part.rows else None
    number = list_number(above.text) if above is not None else None
    return number is not None and list_number(line.text) == number + 1


def _page_end(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> int:
    """Behind the number of a page, its running head and the heads printed again; `at` where none stand here."""
    end = at
    if _PAGE.fullmatch(printed[at].line.text):
        end = at + 1
        if end < len(printed) and is_running_head(printed[end].line.text):
            end += 1
    return end_of_heads_again(printed, end, heads)


def _may_be_words(line: Line, *, goes_on: bool) -> bool:
    """May the line be a name of a row, or a piece of one? 事業 below 必須 heads no column."""
    text = line.text
    if len(text) > _LONGEST or "。" in text or is_legend(text) or is_caption(text):
        return False
    if find_box(text) is not None or is_value_like(text):
        return False
    if counts_values(line) > (split_marks(text).number is not None):
        return False  # the number before １ 施設入所者の counts nothing
    if len(heads_of_line(line, 0, is_first=False) or ()) >= _FEWEST_HEADS:
        return False  # another table begins
    if _BRACKETED_FIGURE.match(text) and not opens(line):
        return False
    head = read_head(text)
    return head.year is None and (head.role is None or (goes_on and head.role is Role.LABEL))


def _named(lines: _Lines, columns: Columns) -> tuple[list[Row] | None, int]:
    """The rows with their names, and how many lines behind the last belong to its name."""
    found: list[Row] = []
    taken = 0
    for number, part in enumerate(lines.parts):
        found += [Row((line,)) for line in part.heads]
        told = _words_apart(part, columns)
        rows = [
            Named(words, _goes_on(row, part.rows[n - 1] if n else None))
            for n, (row, words) in enumerate(zip(part.rows, told.words, strict=True))
        ]
        names = share_lines(rows, told.gaps)
        is_last = number == len(lines.parts) - 1
        if names is None or (names.left and not is_last):
            return None, 0
        taken = len(told.gaps[-1]) - names.left
        for n, (row, name) in enumerate(zip(part.rows, names.of_rows, strict=True)):
            if not row.values:
                lines.uncut_names += name
                continue
            found += [Row(told.classes[n])] if n in told.classes else []
            found.append(Row(name, row.unit, row.values, told.texts[n]))
    return found, taken


def _under_names(lines: _Lines, columns: Columns) -> list[Row] | None:
    """The rows that say what they count, each under its name."""
    found: list[Row] = []
    for part in lines.parts:
        told = _words_apart(part, columns)
        rows = rows_below_names(part.rows, part.gaps, told.texts)
        if rows is None or not all(row.values for row in part.rows):
            return None
        found += [*(Row((line,)) for line in part.heads), *rows]
    return found


@dataclass(slots=True)
class _Told:
    """What the words of a part are: of each row the words of its name and its text, the lines between that are
    pieces of names, and by row the class that a first column prints over or before it."""

    words: list[Line | None]
    texts: list[tuple[Line, ...]]
    gaps: list[list[Line]]
    classes: dict[int, tuple[Line, ...]] = field(default_factory=dict)


def _words_apart(part: _Part, columns: Columns) -> _Told:
    """必須 / 事業 in the first of two columns of names, and the text of a row going on below it
    (市長申立て４人、報酬 / 助成５人), are no pieces of names."""
    told = _Told(
        [row.words for row in part.rows],
        [(row.text,) if row.text is not None else () for row in part.rows],
        [list(gap) for gap in part.gaps],
    )
    are_marked = any(row.words is not None and opens(row.words) for row in part.rows[:1])
    for n, row in enumerate(part.rows):
        gap = told.gaps[n]
        if columns.text is not None and n and not told.texts[n - 1] and _is_text(gap):
            told.texts[n - 1], told.gaps[n], gap = tuple(gap), [], []
        if len(columns.labels) > 1 and (count := _goal_before(gap, row.words)):
            told.classes[n], told.gaps[n] = tuple(gap[:count]), gap[count:]
            continue
        if len(columns.labels) < 2 or row.words is None or are_marked:
            continue
        if gap and _is_class_beside(gap, row.words):
            told.classes[n], told.gaps[n] = tuple(gap), []
        elif not gap and (parts := _class_before(row.words)) is not None:
            told.classes[n], told.words[n] = (parts[0],), parts[1]
    return told


def _goal_before(gap: Sequence[Line], words: Line | None) -> int:
    """How many of the lines before a row are its goal (４ 福祉施設から一 / 般就労への移行等), a name behind them; 0 for none,
    or where it is not told."""
    if not gap or split_marks(gap[0].text).number is None:
        return 0
    behind = [words] if words is not None else []
    ways = []
    for count in range(1, len(gap) + 1):
        name = [*gap[count:], *behind]
        goal = find_goal_head(joined(gap[:count]), gap[0].span)
        if goal is not None and ends_a_name(gap[:count]) and name and may_begin(name[0]):
            ways.append(count)
    return ways[0] if len(ways) == 1 else 0


def _is_class_beside(gap: Sequence[Line], words: Line) -> bool:
    text = joined(gap)
    return is_category(text) or (len(text) <= _LONGEST_CLASS and is_known_name([words]))


def _is_text(gap: Sequence[Line]) -> bool:
    return any(mark in line.text for line in gap for mark in "、。")


def _class_before(words: Line) -> tuple[Line, Line] | None:
    """相談 障害児相談支援: a class and, behind it, a name that is known by itself alone."""
    first, *rest = tokens_of(words)
    if not rest or len(first.text) > _LONGEST_CLASS or is_known_name([words]):
        return None
    name = merge_pieces(rest, words)
    return (first, name) if is_known_name([name]) else None


def _goes_on(row: RowLine, above: RowLine | None) -> bool:
    """Does a row without words count the service of the row above in another way (人/月, then 時間/月)?"""
    if row.words is not None or row.unit is None or above is None or above.unit is None:
        return False
    return are_of_one_service(above.unit.text, row.unit.text)


def _has_lost_names(rows: Sequence[Row]) -> bool:
    """Do rows without a name stand in a table that repeats the name for the other unit (生活介護 人/月, 生活介護 人日/月), or
    that counts now users, now their days first? Such a row has lost its own."""
    pairs = [(a, b) for a, b in pairwise(rows) if a.values and b.values]
    if all(below.name for _, below in pairs):
        return False
    repeats = any(joined(a.name) == joined(b.name) for a, b in pairs if a.name and b.name)
    units = {(_unit(a), _unit(b)) for a, b in pairs if not b.name}
    return repeats or any((below, above) in units for above, below in units)


def _unit(row: Row) -> str | None:
    return find_unit(row.unit.text) if row.unit is not None else None


def _in_turn(lines: _Lines) -> list[Row] | None:
    """④ 成年後見制度利用支援事業 （人/年） / 計画 8 9 10 / 実績 6 11 －: the same measures under each name."""
    found: list[Row] = []
    outer: _Path | None = ()
    cycle: list[str] = []
    whole: list[list[str]] = []
    for part in lines.parts:
        found += [Row((line,)) for line in part.heads]
        for row, gap in zip(part.rows, part.gaps, strict=False):
            assert row.words is not None
            if gap or row.words.text in cycle:
                whole.append(cycle)
                cycle = []
                outer = _path(gap, outer or ())
            if not outer:
                return None
            cycle.append(row.words.text)
            found.append(Row((row.words,), row.unit, row.values, outer=outer))
    told = [turn for turn in (*whole, cycle) if turn]
    return found if all(turn == told[0] for turn in told) else None


def _beside_turns(lines: _Lines) -> list[Row] | None:
    """自立訓練（機能訓練・生活 見込量 12人 / 訓練）の利用者数 実績値 9人: names beside measures in turn, in pieces."""
    found: list[Row] = []
    turns = [turn_of(row.words) if row.words is not None else None for row in lines.rows]
    width = max(len(turn.name.text) for turn in turns if turn is not None and turn.name)
    for part in lines.parts:
        found += [Row((line,)) for line in part.heads]
        told = [turn for row in part.rows if row.words and (turn := turn_of(row.words))]
        groups = in_turn(told)
        if groups is None or len(told) < len(part.rows) or any(part.gaps[:-1]):
            return None
        rows = iter(part.rows)
        for group in groups:
            name = name_of(group, width)
            if name is None:
                return None
            for turn, row in zip(group, rows, strict=False):
                found.append(
                    Row(
                        (turn.measure,),
                        row.unit,
                        row.values,
                        (row.text,) if row.text else (),
                        (name,),
                    )
                )
    return found


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
