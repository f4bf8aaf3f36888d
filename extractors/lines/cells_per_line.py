"""Tables that a PDF-to-text tool printed as bare lines: no rule, no tab, often a cell per line.

A line of head words (``区分 単位`` / ``R3年度 R4年度 R5年度`` / ``見込 実績 …``) opens such a table. Its
rows follow as words and figures in reading order: a label, perhaps a unit, then as many cells as
there are columns, each alone on a line or several on one. A figure in brackets belongs to the figure
before it. Where a text column closes the table (目標値 | 目標値設定の考え方) the longest run of
lines that reads as a value is the value, and the sentences after it are the text.
A row whose cells cannot be told apart for certain ends the table: its lines stay as prose lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import regex
from keikaku.extractors.document import Line, Prose, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, find_box, find_caption, find_role
from keikaku.extractors.lines.aligned_labels import all_go_on
from keikaku.extractors.lines.head_lines import (
    HeadRow,
    Shape,
    is_table_head,
    may_be_head,
    read_head_row,
    read_head_rows,
    shape_under,
)
from keikaku.extractors.lines.known_values import reads_without_free_words
from keikaku.extractors.lines.measure_lines import find_table as find_measure_lines
from keikaku.extractors.lines.numbered_rows import names_over_units, names_whole
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    cell_of,
    merge_pieces,
    tokens_of,
    with_aside,
)
from keikaku.extractors.lines.quantities import are_of_one_service, figures_of_units, says_quantity
from keikaku.extractors.lines.stacked import is_lone_number, prints_by_cell
from keikaku.extractors.lines.text_columns import read_text_rows
from keikaku.extractors.lines.torn_names import goes_on_behind, hold_rests_of_others
from keikaku.extractors.lines.turns import breaks_over_turns
from keikaku.extractors.lines.units_below import units_of_line
from keikaku.extractors.unread import holds_figure_of_table
from keikaku.extractors.words import (
    is_category,
    is_legend,
    is_page_mark,
    is_running_head,
    is_whether,
    joined,
)
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_BRACKETED = regex.compile(r"[\[［〔(（][^\[\]［］〔〕()（）]*[\]］〕)）]")
_WIDE_GAP = regex.compile(r"\S[ \u3000]{2,}\S")
"""Cells set apart by blanks: another layout's business."""
_GRADE = regex.compile(r"[A-EＡ-Ｅ◎○〇●△▲×✕―－‐—\-]")
_NO_UNIT = regex.compile(r"[―－‐—\-]")
_ANNEX = regex.compile(r"(?:別紙|別表|別添)[\s　]*[0-9０-９]{0,2}")
_MOST_LABEL_LINES = 6
_LONGEST_LABEL = 70


# -- the table ---------------------------------------------------------------------------------


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table that opens with a line of heads at `at`."""
    if not may_be_head(printed[at].line.text) or _WIDE_GAP.search(printed[at].line.text):
        return None
    rows, body = read_head_rows(printed, at)
    if not rows or not is_table_head(rows) or find_measure_lines(printed, at) is not None:
        return None
    if any(_WIDE_GAP.search(item.line.text) for item in printed[at:body]):
        return None
    if any(units_of_line(item.line) for item in printed[body : body + 1]):
        return None  # more of the heads, which a stream may know
    shape = shape_under(rows)
    if shape is None:
        return None
    if shape.has_text:
        cells, end = _graded_rows(printed, body, shape) or read_text_rows(printed, body, shape)
    else:
        cells, end = _figure_rows(printed, body, shape)
        if not cells:
            cells, end = _rows_not_yet_full(printed, body, shape, rows)
    if not cells or breaks_over_turns([words for row in cells if (words := _last_words(row))]):
        return None
    names = [_lines_of(row[0]) for row in cells]
    if hold_rests_of_others(names) or goes_on_behind(names[-1], printed, end):
        return None
    all_rows = [list(row) for row in (*shape.head_cells, *cells)]
    extent = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    pages = [printed[n].line for n in range(body, end) if _is_page_number(printed, n)]
    taken = {line for row in cells for cell in row for line in _lines_of(cell)}
    aside = [line for line in pages if line not in taken]
    return Found(with_aside(lay_out(all_rows, "lines", extent), aside), end)


def _last_words(row: Sequence[PrintedCell]) -> Line | None:
    """The line of a row's name that stands beside its figures."""
    lines = _lines_of(row[0]) if len(row) > 1 else []
    return lines[-1] if lines else None


def _ends_table(item: Printed) -> bool:
    """Does this line certainly not belong to a row of a table?"""
    text = item.line.text
    if text.startswith(("【", "〔", "《", "<", "＜", "■", "●", "◆", "○", "・", "〇", "#")):
        return find_caption(text) != "subset"
    if is_legend(text) or "。" in text or len(text) > 160 or _is_head_of_page(text):
        return True
    if find_box(text) is not None and find_role(text) is None:
        return True
    head = read_head_row(item.line)
    return head is not None and len(head.heads) > 1 and is_table_head([head])


def _is_head_of_page(text: str) -> bool:
    """What is printed at the top of a page, among the rows that go on over it."""
    return is_running_head(text) or _ANNEX.fullmatch(text) is not None


def _graded_rows(
    printed: Sequence[Printed], at: int, shape: Shape
) -> tuple[list[list[PrintedCell]], int] | None:
    """The rows where the last column, that may hold prose, holds nothing but grades (○, △, A)."""
    if shape.values == 0:
        return None
    graded = replace(shape, values=shape.values + 1, has_text=False)
    rows, end = _figure_rows(printed, at, graded)
    grades = [_words_of(row[-1]) for row in rows if len(row) > 1]
    return (rows, end) if grades and all(_GRADE.fullmatch(grade) for grade in grades) else None


def _rows_not_yet_full(
    printed: Sequence[Printed], at: int, shape: Shape, heads: Sequence[HeadRow]
) -> tuple[list[list[PrintedCell]], int]:
    """The rows of a table whose last columns are blank in every row: 実績 of years still to come."""
    for blank in range(1, min(_to_come(heads), shape.values - 1) + 1):
        filled = replace(shape, values=shape.values - blank)
        rows, end = _figure_rows(printed, at, filled)
        whole = [row for row in rows if len(row) > 1]
        if any(_opens_with(row, printed[end : end + 1]) for row in whole[1:]):
            return [], at
        if len(whole) > 1 and not any(_ends_in_figure(row[0]) for row in whole):
            return [_with_blanks(row, blank) for row in rows], end
    return [], at


def _opens_with(row: Sequence[PrintedCell], following: Sequence[Printed]) -> bool:
    """Does a name open with the word that also stands behind the last row? Then the word is the last cell
    of the row before: one that nobody knows."""
    name = _lines_of(row[0])
    return bool(name and following) and name[0].text == following[0].line.text


def _to_come(heads: Sequence[HeadRow]) -> int:
    """How many of the last columns may all be blank: 実績 of the last year, or the last years."""
    leaves = heads[-1].heads
    if leaves[-1].year is None and leaves[-1].role is Role.ACTUAL:
        return 1
    return sum(1 for head in leaves if head.year is not None and head.role in (None, Role.ACTUAL))


def _ends_in_figure(label: PrintedCell) -> bool:
    words = _words_of(label).split()
    return bool(words) and is_value_like(words[-1])


def _with_blanks(row: list[PrintedCell], count: int) -> list[PrintedCell]:
    """The row with blank cells at its end; a line over the whole table goes over them too."""
    if len(row) == 1:
        return [replace(row[0], column_span=row[0].column_span + count)]
    end = row[-1].span.char_end
    return [*row, *(PrintedCell((), Span(end, end)) for _ in range(count))]


def _words_of(cell: PrintedCell) -> str:
    return joined(_lines_of(cell))


def _lines_of(cell: PrintedCell) -> list[Line]:
    return [line for block in cell.blocks if isinstance(block, Prose) for line in block.lines]


# -- its rows ----------------------------------------------------------------------------------


def _figure_rows(
    printed: Sequence[Printed], at: int, shape: Shape
) -> tuple[list[list[PrintedCell]], int]:
    """The rows from `at` on and where they end; a 【内訳】 that no row follows is not among them."""
    rows: list[list[PrintedCell]] = []
    above: str | None = None
    end = at
    while end < len(printed):
        if _heads_rows(printed, end, shape):
            rows.append([cell_of([printed[end].line], 1, shape.figure_width)])
            end += 1
            continue
        after_page = end + 1 if rows and _is_page_number(printed, end) else end
        found = _figure_row(printed, after_page, shape, above if after_page == end else None)
        if found is None:
            break
        new_rows, end = found
        above = _unit_of(new_rows[-1], shape)
        rows.extend(new_rows)
    while rows and len(rows[-1]) == 1:
        rows.pop()
        end -= 1
    whole = names_whole(rows)
    return names_over_units(whole) if shape.has_unit else whole, end


def _heads_rows(printed: Sequence[Printed], at: int, shape: Shape) -> bool:
    """【内訳】, or 必須事業, 【訪問系サービス】: a class of services over rows that have names of their own."""
    text = printed[at].line.text
    if find_caption(text) == "subset" and len(text) < 12:
        return True
    if not is_category(text) or at + 1 >= len(printed):
        return False
    words, _, values = _split_line(printed[at + 1].line, shape)
    return words is not None and len(values) == shape.values and not says_quantity(words.text)


@dataclass(slots=True)
class _RowParts:
    """A row while its lines are gathered."""

    labels: list[Line] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)
    """Of each label line: does the source end a paragraph after it?"""
    units: list[Line] = field(default_factory=list)
    values: list[list[Line]] = field(default_factory=list)
    """Each figure with the figures in brackets that follow it."""
    is_of_one_line: bool = False
    """Does one line print words and all the figures: a row of its own?"""
    groups: list[int] = field(default_factory=list)
    """Of each figure: the number of the group of lines that prints it."""

    def add(self, item: Printed, words: Line | None, units: list[Line], values: list[Line]) -> None:
        """One more line of the row."""
        if words is not None:
            self.labels.append(words)
            self.closed.append(item.ends_paragraph)
            self.is_of_one_line = bool(values)
        self.units.extend(units)
        for value in values:
            if _BRACKETED.fullmatch(value.text) and self.values:
                self.values[-1].append(value)
            else:
                self.values.append([value])
                self.groups.append(item.group)


def _figure_row(
    printed: Sequence[Printed], at: int, shape: Shape, above: str | None
) -> tuple[list[list[PrintedCell]], int] | None:
    """One row of the table: label lines, units, then as many cells as there are value columns; `above`
    is the unit of the row before it, whose name a row without one goes on with."""
    parts = _RowParts()
    end = at
    while end < len(printed):
        item = printed[end]
        if _ends_table(item) or len(parts.labels) > _MOST_LABEL_LINES:
            break
        words, units, values = _split_line(item.line, shape)
        if parts.values and (words or units):
            break
        if words is not None and not values and holds_figure_of_table(words.text):
            break  # 地域生活移行者数　【令和８年度末までの累計　198人】: no name of another row
        parts.add(item, words, units, values)
        end += 1
        if values and len(parts.values) >= shape.values and _is_complete(printed, end, shape):
            break
        if _is_before_page(printed, end, shape, parts):
            break
    return _finish_row(parts, shape, end, above, printed)


def _is_before_page(printed: Sequence[Printed], end: int, shape: Shape, parts: _RowParts) -> bool:
    """Does the number of a page stand alone, or between dashes, below a row of one line that is whole?"""
    whole = parts.is_of_one_line and len(parts.values) == shape.values
    return whole and end < len(printed) and _is_page_number(printed, end)


def _is_page_number(printed: Sequence[Printed], at: int) -> bool:
    return is_lone_number(printed, at) or is_page_mark(printed[at].line.text)


# -- one line ----------------------------------------------------------------------------------


def _is_complete(printed: Sequence[Printed], end: int, shape: Shape) -> bool:
    """Enough cells are read, and what follows is no further figure of the same row."""
    if end >= len(printed):
        return True
    item = printed[end]
    if _ends_table(item):
        return True
    words, units, values = _split_line(item.line, shape)
    return words is not None or bool(units) or not values


def _split_line(line: Line, shape: Shape) -> tuple[Line | None, list[Line], list[Line]]:
    """A printed line as label words, units, figures: the figures are the run at its end."""
    tokens = _attach_brackets(tokens_of(line), line)
    cut = len(tokens)
    while cut > 0 and _is_figure(tokens[cut - 1]):
        cut -= 1
    values = tokens[cut:]
    extra = len(values) - shape.values
    if extra > 0 and _are_of_label(tokens[:cut], values[:extra], shape):
        cut, values = cut + extra, values[extra:]
    units: list[Line] = []
    if shape.has_unit:
        while cut > 0 and find_unit(tokens[cut - 1].text) is not None:
            cut -= 1
            units.insert(0, tokens[cut])
        if (
            not units
            and (cut > 1 or (cut > 0 and is_whether(tokens[0].text)))
            and len(values) == shape.values
            and _is_no_unit(tokens[cut - 1].text)
        ):
            cut -= 1
            units.insert(0, tokens[cut])
    words = merge_pieces(tokens[:cut], line) if cut else None
    return words, units, values


def _closes_label(text: str) -> bool:
    return find_unit(text) is not None or is_whether(text)


def _is_no_unit(text: str) -> bool:
    """A dash in the place of the unit, or the word for figures that are none (実施の有無)."""
    return _NO_UNIT.fullmatch(text) is not None or is_whether(text)


def _are_of_label(before: Sequence[Line], extra: Sequence[Line], shape: Shape) -> bool:
    """May what stands before the last values be words of the label (a status word closes it), or a
    dash in the place of the unit? A figure too many may be any of the row."""
    has_unit = shape.has_unit and bool(before) and _closes_label(before[-1].text)
    if not any(is_value_like(piece.text) for piece in extra):
        return not has_unit
    is_dash = len(extra) == 1 and not regex.search(r"\d", extra[0].text)
    return shape.has_unit and is_dash and not has_unit


def _attach_brackets(tokens: list[Line], line: Line) -> list[Line]:
    """`[ 0 ]` printed with blanks is one token again."""
    result: list[Line] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].text[0] in "[［〔(（" and not regex.search("[]］〕)）]", tokens[at].text):
            while end < len(tokens) and tokens[end - 1].text[-1] not in "]］〕)）" and end - at < 4:
                end += 1
        result.append(merge_pieces(tokens[at:end], line))
        at = end
    return result


def _is_figure(token: Line) -> bool:
    return is_value_like(token.text) or reads_without_free_words(token.text)


# -- one row -----------------------------------------------------------------------------------


def _finish_row(
    parts: _RowParts, shape: Shape, end: int, above: str | None, printed: Sequence[Printed]
) -> tuple[list[list[PrintedCell]], int] | None:
    """The row's cells. A row with a unit but no label goes on with the label of the row above; a
    numbered line that ends before the label proper is a row of its own that heads what follows. Words
    in a table that has no place for labels make it none."""
    if not parts.values or (parts.labels and not shape.labels):
        return None
    if shape.labels and not parts.labels and not _goes_on(above, parts):
        return None
    if len(parts.labels) > 1 and find_role(parts.labels[-1].text) in MEASURES:
        return None  # 計画 below a name: one of the rows that the name stands over
    heads: list[list[PrintedCell]] = []
    while len(parts.labels) > 1 and _opens_apart(parts):
        if all_go_on(parts.labels[:2]):
            break
        heads.append([cell_of([parts.labels.pop(0)], 1, shape.figure_width)])
        parts.closed.pop(0)
    if sum(len(line.text) for line in parts.labels) > _LONGEST_LABEL or _holds_row(parts):
        return None
    cells = _cells_of(parts, shape, printed)
    if cells is None:
        return None
    return [*heads, [*_label_cells(parts, shape, cells[0]), *cells]], end


def _holds_row(parts: _RowParts) -> bool:
    """Does the label hold the values of another row, run into this one (… 実施 未実施（３）相談支援事業)?"""
    tokens = [token for line in parts.labels for token in tokens_of(line)]
    return sum(map(_is_figure, tokens)) > 1


def _goes_on(above: str | None, parts: _RowParts) -> bool:
    """Do units tell that a row without a name counts the service above in another way (人/月, then 時間/月)?
    Else its own name is lost."""
    if above is None or len(parts.units) != 1:
        return above is not None and bool(parts.units)
    return are_of_one_service(above, parts.units[0].text)


def _unit_of(row: Sequence[PrintedCell], shape: Shape) -> str | None:
    """The unit that a row prints."""
    if not shape.has_unit or len(row) < 2:
        return None
    return _words_of(row[1]) or None


def _opens_apart(parts: _RowParts) -> bool:
    """Is the first line of a label numbered and ended, or the second one numbered?"""
    first, second = (split_marks(line.text).number for line in parts.labels[:2])
    return bool(second) or (bool(first) and (parts.closed[0] or parts.is_of_one_line))


def _label_cells(parts: _RowParts, shape: Shape, first: PrintedCell) -> list[PrintedCell]:
    """The cells left of the first figure; what is not printed is a blank cell."""
    leading: list[PrintedCell] = []
    if shape.labels and parts.labels:
        leading.append(cell_of(parts.labels, 1, shape.labels))
    elif shape.labels:
        leading.append(PrintedCell((), parts.units[0].span, 1, shape.labels))
    if shape.has_unit:
        leading.append(cell_of(parts.units) if parts.units else PrintedCell((), first.span))
    return leading


def _cells_of(
    parts: _RowParts, shape: Shape, printed: Sequence[Printed]
) -> list[PrintedCell] | None:
    """The figures as cells; when each column holds several, which belong together must be sure."""
    figures = parts.values
    if len(figures) == shape.values:
        return [cell_of(lines) for lines in figures]
    over = parts.units if len(parts.units) > 1 else parts.labels if shape.labels else []
    depth = len(over)
    if depth < 2 or len(figures) < shape.values:
        return None
    by_group = [list(own) for _, own in groupby(range(len(figures)), parts.groups.__getitem__)]
    if len(by_group) == shape.values and all(_fills(own, depth, figures) for own in by_group):
        return [cell_of([line for n in own for line in figures[n]]) for own in by_group]
    told = figures_of_units(over, figures, shape.values, is_by_cell=prints_by_cell(printed))
    return [cell_of(lines) for lines in told] if told is not None else None


def _fills(own: Sequence[int], depth: int, figures: Sequence[Sequence[Line]]) -> bool:
    """Does a group of lines hold a figure for each unit or name of the row, or the dash for all of them?"""
    is_dash = len(own) == 1 and _NO_UNIT.fullmatch(figures[own[0]][0].text) is not None
    return len(own) == depth or is_dash


LAYOUTS = (find_table,)
