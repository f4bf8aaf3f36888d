"""Rows of a stream that prints a cell a line, or a cell a paragraph: name, perhaps unit, values, perhaps text.

``居宅介護`` / ``人/月`` / ``158`` / ``155``: as many values follow each name as the heads call for. A name may take more
lines; that of several rows (協議の場への参加者数 over 保健, 福祉) stands before the first of theirs. A row that has not its
number of values ends the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.headings import heads_part_of_plan
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    Role,
    find_box,
    find_role,
    read_head,
)
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.lines.quantities import are_of_one_service, says_quantity
from keikaku.extractors.lines.stacked import is_lone_number
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.heads import end_of_heads_again, lines_of_box
from keikaku.extractors.streams.names import ends_a_name, is_over_rows, is_subset, may_begin, opens
from keikaku.extractors.streams.row_lines import (
    are_values_under,
    is_reckoned_from,
    is_unit,
    values_of,
)
from keikaku.extractors.streams.rows import Body, Row
from keikaku.extractors.words import (
    is_caption,
    is_legend,
    is_participant,
    joined,
)
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_HANGS = regex.compile(
    r"以[上下内]|未満|程度|前後|[(（\[［〔][^()（）\[\]［］〔〕]*[0-9０-９][^()（）\[\]［］〔〕]*[)）\]］〕]"
)
_PAGE = regex.compile(
    r"[-－‐–—][\s　]*[0-9０-９]{1,3}[\s　]*[-－‐–—]|[PpＰ][.．]?[\s　]?[0-9０-９]{1,3}"
)
"""- 18 -"""
_NUMBER_OF_PAGE = regex.compile(r"[0-9０-９]{1,3}")
_BARE_WORD = regex.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}ー]{2,}")
_MOST_NAME_LINES = 5
_LONGEST_NAME = 70
_LONGEST_TEXT = 12
"""Lines of a text cell."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, and the number of the printed line behind it. `is_page`: it may be the number of a page."""

    lines: tuple[Line, ...]
    end: int
    is_page: bool = False

    @property
    def text(self) -> str:
        return joined(self.lines)


def rows_by_cell(
    printed: Sequence[Printed],
    at: int,
    columns: Columns,
    heads: Sequence[str],
    *,
    are_paragraphs: bool,
) -> Body | None:
    """The rows from the line at `at` on. `heads`: the words of the table's heads, which the next page may print
    again; `are_paragraphs`: blank lines part the cells."""
    cells = (_paragraphs if are_paragraphs else _lines)(printed, at, heads)
    rows, end = (_rows_of_paragraphs if are_paragraphs else _rows_of_lines)(cells, columns)
    named = _with_outer_names(rows, columns)
    if not named or not _take_turns(named, columns):
        return None
    return Body(tuple(named), cells[end - 1].end)


def _lines(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> list[_Cell]:
    """A cell a line; what hangs on a value (以下, a bracket with a figure) goes with it."""
    cells: list[_Cell] = []
    for number in range(at, len(printed)):
        line = printed[number].line
        hangs = bool(cells) and _HANGS.fullmatch(line.text) and is_known_value(cells[-1].text)
        if hangs or (cells and is_reckoned_from(cells[-1].text, line)):
            cells[-1] = _Cell((*cells[-1].lines, line), number + 1)
        else:
            is_page = _is_page(printed, number, heads) or is_lone_number(printed, number)
            cells.append(_Cell((line,), number + 1, is_page))
    return cells


def _is_page(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> bool:
    """- 18 -, or a number right over the heads that the next page prints again."""
    text = printed[at].line.text
    if _PAGE.fullmatch(text):
        return True
    is_bare = _NUMBER_OF_PAGE.fullmatch(text) is not None
    return is_bare and end_of_heads_again(printed, at + 1, heads) > at + 1


def _paragraphs(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> list[_Cell]:
    cells: list[_Cell] = []
    group = -1
    for number in range(at, len(printed)):
        item = printed[number]
        values = values_of(item.line) or ()
        if len(values) > 1 and item.group != group:
            cells += [_Cell((value,), number + 1) for value in values]  # 1か所 100.0%
        elif item.group == group:
            cells[-1] = _Cell((*cells[-1].lines, item.line), number + 1)
        else:
            cells.append(_Cell((item.line,), number + 1, _is_page(printed, number, heads)))
        group = item.group
    return cells


# -- a cell a paragraph ------------------------------------------------------------------------


def _rows_of_paragraphs(cells: Sequence[_Cell], columns: Columns) -> tuple[list[Row], int]:
    rows: list[Row] = []
    at = 0
    while at < len(cells):
        start = at + 1 if rows and cells[at].is_page else at
        found = _row_of_paragraphs(cells, start, columns, rows)
        if found is None:
            break
        row, at = found
        rows.append(row)
    if columns.text is not None and rows and at < len(cells) and is_known_value(cells[at].text):
        return [], 0  # a row without its text: the words behind its values are the next row's name
    return rows, at


def _row_of_paragraphs(
    cells: Sequence[_Cell], at: int, columns: Columns, rows: Sequence[Row]
) -> tuple[Row, int] | None:
    name: tuple[Line, ...] = ()
    if at < len(cells) and may_name(cells[at].lines):
        name = cells[at].lines
        at += 1
    if (name or rows) and at < len(cells) and _is_measure(cells[at].lines[-1], columns):
        name = (*name, *cells[at].lines)
        at += 1
    found = _figures_from(cells, at, columns, in_turn=not name and _in_turn(columns, rows))
    if found is None or not (name or _goes_on(found[0], rows)):
        return None
    row, end = found
    text: tuple[Line, ...] = ()
    if columns.text is not None:
        if end >= len(cells) or is_known_value(cells[end].text):
            return None
        text = cells[end].lines
        end += 1
    elif end < len(cells) and is_known_value(cells[end].text) and not cells[end].is_page:
        return None
    return replace(row, name=name, text=text), end


def _figures_from(
    cells: Sequence[_Cell], at: int, columns: Columns, *, in_turn: bool
) -> tuple[Row, int] | None:
    """A row without its name: the unit, where the table has one, the measure, where they take turns, and the
    values. `in_turn`: a row behind the first of its name has no unit."""
    unit, turn = None, None
    if columns.unit is not None and not in_turn:
        if at >= len(cells) or not is_unit(cells[at].text):
            return None
        unit = cells[at].lines[0]
        at += 1
    if columns.turn is not None:
        if at >= len(cells) or find_role(cells[at].text) not in MEASURES:
            return None
        turn = cells[at].lines[0]
        at += 1
    end = at + len(columns.leaves) * columns.depth
    places = [cells[n : n + columns.depth] for n in range(at, end, columns.depth)]
    upper_and_lower = zip(*([cell.text for cell in place] for place in places), strict=True)
    if end > len(cells) or not all(are_values_under(row, columns) for row in upper_and_lower):
        return None
    values = tuple(tuple(line for cell in place for line in cell.lines) for place in places)
    return Row((), unit, values, turn=turn), end


def _in_turn(columns: Columns, rows: Sequence[Row]) -> bool:
    """Is a row without a name another measure of the name above it?"""
    return columns.turn is not None and bool(rows)


def _goes_on(row: Row, rows: Sequence[Row]) -> bool:
    """May a row without a name be of the name above it: in another unit, or the measure that follows?"""
    if not rows:
        return False
    if row.turn is not None and row.unit is None:
        since = [n for n, other in enumerate(rows) if other.unit is not None or other.name]
        told = [other.turn.text for other in rows[since[-1] :] if other.turn] if since else []
        return row.turn.text not in told
    above = rows[-1].unit
    return (
        row.unit is not None and above is not None and are_of_one_service(above.text, row.unit.text)
    )


def _is_bare_unit(text: str) -> bool:
    """人/年; 利用者数 is a name's end, whatever it may count."""
    return find_unit(text) is not None and not text.endswith("数")


def may_name(lines: Sequence[Line]) -> bool:
    """May the lines be the name of a row?"""
    text = joined(lines)
    if len(text) > _LONGEST_NAME or "。" in text or is_legend(text) or is_caption(text):
        return False
    if is_known_value(text) or find_box(text) is not None or not ends_a_name(lines):
        return False
    if any(opens(line) or _is_bare_unit(line.text) for line in lines[1:]):
        return False
    head = read_head(text)
    return head.role is None and head.year is None and (head.unit is None or text.endswith("数"))


# -- a cell a line -----------------------------------------------------------------------------


def _rows_of_lines(cells: Sequence[_Cell], columns: Columns) -> tuple[list[Row], int]:
    rows: list[Row] = []
    over: tuple[Line, ...] = ()
    at = 0
    while at < len(cells):
        start = at + 1 if rows and cells[at].is_page else at
        measure, start = _measure_over(cells, start, columns)
        found = _row_of_lines(cells, start, columns, rows)
        if found is None:
            break
        row, at = found
        over = measure or over
        rows.append(replace(row, outer=(over,)) if over else row)
    if over and not _are_under_measures(rows):
        return [], 0
    if columns.text is None or not rows:
        return rows, at
    return _with_texts(cells, columns)


def _measure_over(
    cells: Sequence[_Cell], at: int, columns: Columns
) -> tuple[tuple[Line, ...], int]:
    """計画 / （Ｐ） / 目標値 in the first of two columns of names, over ①地域生活移行者数, ②…: what the figures of all these
    rows are, and where their names begin."""
    if len(columns.labels) < 2 or columns.turn is not None:
        return (), at
    lines = [cell.lines[0] for cell in cells[at : at + _MOST_NAME_LINES]]
    count = lines_of_box(lines)
    if len(lines) < count + 2 or find_role(lines[count].text) not in MEASURES:
        return (), at
    name = lines[count + 1]
    is_name = not is_unit(name.text) and _may_be_name_line(name, columns)
    return ((lines[count],), at + count + 1) if is_name else ((), at)


def _are_under_measures(rows: Sequence[Row]) -> bool:
    """Is each row under a measure, and no name twice under the same, all of them with a mark (①) or none? Else the
    words over some are lost."""
    told = [(joined(row.outer[0]), joined(row.name)) for row in rows if row.outer]
    marked = {opens(row.name[0]) for row in rows if row.name}
    return len(told) == len(rows) == len(set(told)) and len(marked) == 1


def _row_of_lines(
    cells: Sequence[_Cell], at: int, columns: Columns, rows: Sequence[Row]
) -> tuple[Row, int] | None:
    """Name lines up to the unit or the first value, then all values, and no value behind them."""
    for count in range(min(_MOST_NAME_LINES, len(cells) - at) + 1):
        if count and not _may_go_on_with(cells[at : at + count], columns):
            return None
        in_turn = not count and _in_turn(columns, rows)
        found = _figures_from(cells, at + count, columns, in_turn=in_turn)
        if found is None or (not count and not _goes_on(found[0], rows)):
            continue
        row, end = found
        name = tuple(cell.lines[0] for cell in cells[at : at + count])
        if name and not _may_name_row(name, columns, rows):
            continue
        if columns.text is None and end < len(cells) and _is_one_more(cells, end):
            return None
        return replace(row, name=name), end
    return None


def _may_go_on_with(cells: Sequence[_Cell], columns: Columns) -> bool:
    """May the last of the lines stand in a name behind the others? What ends in a measure is whole; words behind
    a line that breaks off (地域生活支援拠点等の / 整備) go on with it, be they a status too."""
    *above, line = (cell.lines[0] for cell in cells)
    if above and (_is_measure(above[-1], columns) or is_subset(line)):
        return False
    if _is_measure(line, columns):
        return True
    goes_on = bool(above) and not ends_a_name(above) and _BARE_WORD.fullmatch(line.text) is not None
    return goes_on or _may_be_name_line(line, columns)


def _is_measure(line: Line, columns: Columns) -> bool:
    """見込量 under 区分, beside サービス名: which of its figures a row of the name holds."""
    is_beside = len(columns.labels) > 1 and columns.turn is None
    return is_beside and find_role(line.text) in MEASURES


def _may_name_row(name: Sequence[Line], columns: Columns, rows: Sequence[Row]) -> bool:
    if columns.names_years:
        return _is_year(name)
    if is_subset(name[0]):
        name = name[1:]
    if not name:
        return False
    if not _is_measure(name[-1], columns):
        return may_name(name)
    return may_name(name[:-1]) if len(name) > 1 else bool(rows)


def _is_one_more(cells: Sequence[_Cell], end: int) -> bool:
    """A value too many: which of them are the row's is not told. A lone number may be that of a page, and 実施
    open the box 実施 / （Ｄ）."""
    cell = cells[end]
    opens_box = lines_of_box([other.lines[0] for other in cells[end : end + _MOST_NAME_LINES]])
    if opens_box or find_role(cell.text) in REVIEWS:
        return False
    return is_known_value(cell.text) and find_unit(cell.text) is None and not cell.is_page


def _is_year(name: Sequence[Line]) -> bool:
    head = read_head(joined(name))
    return head.year is not None and head.role is None


def _may_be_name_line(line: Line, columns: Columns) -> bool:
    text = line.text
    if columns.names_years:
        return _is_year([line])
    if is_subset(line):
        return True
    if "。" in text or is_legend(text) or is_caption(text) or find_box(text) is not None:
        return False
    head = read_head(text)
    is_piece = text.startswith("の") or not is_known_value(text)
    return head.role is None and head.year is None and is_piece


def _with_texts(cells: Sequence[_Cell], columns: Columns) -> tuple[list[Row], int]:
    """Rows with text behind their values: where a text ends and the next name begins must be told."""
    rows: list[Row] = []
    at = 0
    while True:
        found = _row_of_lines(cells, at, columns, rows)
        if found is None:
            return rows, at
        row, end = found
        are_marked = opens(_classes_apart((rows or [row])[0].name)[1][0])
        text, following = _text_from(cells, end, columns, rows, are_marked=are_marked)
        if following is None:
            return rows, at
        rows.append(replace(row, text=text))
        at = following


def _text_from(
    cells: Sequence[_Cell], at: int, columns: Columns, rows: Sequence[Row], *, are_marked: bool
) -> tuple[tuple[Line, ...], int | None]:
    """The lines of a text, and where the next row begins; None where that is not told: below `rows` with texts, no
    row is without. `are_marked`: each name opens with a mark (①, 【目標】)."""
    ways = []
    for end in range(at, min(at + _LONGEST_TEXT, len(cells)) + 1):
        if any(_is_no_text(cell.text, are_marked=are_marked) for cell in cells[at:end]):
            break
        is_last = end == len(cells) or _ends_table(cells[end]) or _titles_a_table(cells, end)
        if is_last or _row_of_lines(cells, end, columns, ()) is not None:
            ways.append(end)
        if is_last:
            break
    marked = [end for end in ways if end == len(cells) or _opens_row(cells[end])]
    if are_marked:
        return _text(cells, at, marked[:1])
    sure = [end for end in ways if end > at and cells[end - 1].text.endswith(("。", "）", ")"))]
    known = [end for end in ways if _is_known_name(cells, end, columns)]
    none = [end for end in ways if end == at and not any(row.text for row in rows)]
    chosen = next((some for some in (marked, sure, known, none, ways) if len(some) == 1), [])
    return _text(cells, at, chosen)


def _text(
    cells: Sequence[_Cell], at: int, ends: Sequence[int]
) -> tuple[tuple[Line, ...], int | None]:
    if not ends:
        return (), None
    return tuple(cell.lines[0] for cell in cells[at : ends[0]]), ends[0]


def _titles_a_table(cells: Sequence[_Cell], at: int) -> bool:
    """②一般就労移行者のうち… right over the heads 区分, 数値 of another table, or ２　サービスの利用状況."""
    words = cells[at].text
    if split_marks(words).number is not None and heads_part_of_plan(split_marks(words).body):
        return True
    roles = [read_head(cell.text).role for cell in cells[at + 1 : at + 3]]
    is_over = len(roles) == 2 and (None not in roles or roles[0] is Role.LABEL)
    return opens(cells[at].lines[0]) and is_over


def _opens_row(cell: _Cell) -> bool:
    return opens(cell.lines[0]) or is_over_rows(cell.lines[0]) or _ends_table(cell)


def _is_no_text(text: str, *, are_marked: bool) -> bool:
    if is_legend(text) or is_caption(text):
        return True
    return not are_marked and "。" not in text and is_known_value(text)


def _ends_table(cell: _Cell) -> bool:
    line = cell.lines[0]
    return (
        is_legend(line.text)
        or (is_caption(line.text) and not is_subset(line))
        or find_box(line.text) is not None
        or read_head(line.text).role is not None
    )


def _is_known_name(cells: Sequence[_Cell], at: int, columns: Columns) -> bool:
    found = _row_of_lines(cells, at, columns, ())
    return found is not None and bool(indicators_named(split_marks(joined(found[0].name)).body))


# -- names over names --------------------------------------------------------------------------


def _with_outer_names(rows: Sequence[Row], columns: Columns) -> list[Row]:
    """協議の場への / 参加者数 / 保健, then 福祉: who takes part stands below the name of what they take part in;
    居宅介護 / 実人数, then 延べ時間 below サービス名 and 区分; classes and goals stand over the names below them."""
    result: list[Row] = []
    outer: tuple[Line, ...] = ()
    for row in rows:
        heads, name = _classes_apart(row.name)
        result += [Row((line,)) for line in heads]
        inside = bool(name) and _is_inner(name[-1], columns)
        if inside and len(name) > 1 and ends_a_name(name[:-1]):
            outer, name = name[:-1], name[-1:]
        elif name and not inside:
            outer = ()
        row = replace(row, name=name, outer=(outer,) if inside and outer else row.outer)
        result.append(row)
    return result


def _classes_apart(name: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before a name that head the rows from here on, and the name."""
    count = 0
    while count < len(name) - 1 and is_over_rows(name[count]) and may_begin(name[count + 1]):
        count += 1
    return name[:count], name[count:]


def _is_inner(line: Line, columns: Columns) -> bool:
    is_quantity = len(columns.labels) > 1 and says_quantity(line.text)
    return is_participant(line.text) or is_quantity or _is_measure(line, columns)


def _take_turns(rows: Sequence[Row], columns: Columns) -> bool:
    """Where rows say their measure, does each name have one, and the same of them? Else a name is lost."""
    if not any(row.name and _is_measure(row.name[-1], columns) for row in rows):
        return True
    turns = [
        [joined(row.name) for row in own]
        for _, own in groupby((row for row in rows if row.values), lambda row: row.outer)
    ]
    is_named = all(row.outer for row in rows if row.values)
    return (
        is_named and all(turn == turns[0] for turn in turns) and len(set(turns[0])) == len(turns[0])
    )
