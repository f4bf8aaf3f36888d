"""Boxes of one indicator, a cell per line: 指標, its name, 基準値, the figure, its year in brackets, 目標値, ….

Plans print a small box for each indicator; a text of them gives every cell a line of its own:

    指標 / 施設入所者数 / 基準値 / 177人 / （令和４年度末） / 目標値 / 171人以下 / （令和８年度末） / 設定の考え方 / …

A box counts when a figure or a status that is known stands right below each head of a measure.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, TEXTS, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, cell_of, part_of, with_aside
from keikaku.extractors.lines.statements import is_name, is_year
from keikaku.extractors.words import is_caption, is_legend, is_unspecific, joined
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks

_IN_BRACKETS = regex.compile(
    r"[（(〔\[［][\s　]*(?P<inside>[^()（）〔〕\[\]［］]+?)[\s　]*[)）〕\]］]"
)
_PAGE = regex.compile(r"[-－‐–—\s　]*[0-9０-９]{1,3}[-－‐–—\s　]*")
_MOST_NAME_LINES = 3
_LONGEST_NAME = 80
_LONG = 28
"""Characters from which on a line of text may have been broken at the edge of its cell."""


def find_boxes(printed: Sequence[Printed], at: int) -> Found | None:
    """The boxes from the one whose first line is `at` on."""
    rows: list[FigureRow] = []
    keys: list[Line] = []
    end = at
    while end < len(printed) and (box := _box(printed, end)) is not None:
        keys.append(printed[end].line)
        rows += box[0]
        end = box[1]
    if not rows:
        return None
    return Found(with_aside(lay_figures(rows, (), printed[at:end]), keys), end)


LAYOUTS = (find_boxes,)


def _box(printed: Sequence[Printed], at: int) -> tuple[list[FigureRow], int] | None:
    if find_role(printed[at].line.text) is not Role.LABEL:
        return None
    name, end = _name(printed, at + 1)
    if name is None:
        return None
    rows: list[FigureRow] = []
    while end < len(printed) and read_head(printed[end].line.text).role in MEASURES:
        row, end = _figure(printed, end, name)
        if row is None:
            return None
        rows.append(row)
    roles = [read_head(row.measure.text).role for row in rows if row.measure is not None]
    if len(rows) < 2 or len(set(roles)) < len(roles):
        return None
    text, end = _text(printed, end, name)
    return [*rows, *text], end


def _name(printed: Sequence[Printed], at: int) -> tuple[Line | None, int]:
    """The name below the key, over a line or a few, up to the first head of a measure."""
    end = at
    while end < len(printed) and read_head(printed[end].line.text).role not in MEASURES:
        end += 1
        if end - at > _MOST_NAME_LINES:
            return None, at
    lines = [item.line for item in printed[at:end]]
    if len(lines) != 1 and any(split_marks(line.text).number for line in lines[1:]):
        return None, at
    if not lines or not _names(joined(lines), lines):
        return None, at
    return _as_one(lines), end


def _names(text: str, lines: Sequence[Line]) -> bool:
    if len(text) > _LONGEST_NAME or "。" in text or is_caption(text) or is_unspecific(text):
        return False
    if any(is_value_like(line.text) or is_legend(line.text) for line in lines):
        return False
    return is_name(lines[0]) and not read_head(text).says_something


def _as_one(lines: Sequence[Line]) -> Line:
    """A name over several lines as one piece of print."""
    cell = cell_of(lines)
    return Line(joined(lines), cell.span)


def _figure(printed: Sequence[Printed], at: int, name: Line) -> tuple[FigureRow | None, int]:
    """基準値 / 177人 / （令和４年度末）: the head, the figure, and its year where it has one."""
    head, below = printed[at].line, printed[at + 1 : at + 3]
    if not below or not is_known_value(below[0].line.text) or is_year(below[0].line):
        return None, at
    year = _year(below[1].line) if len(below) > 1 else None
    if year is not None and read_head(head.text).year is not None:
        return None, at
    row = FigureRow(below[0].line, name, measure=head, year=year)
    return row, at + 2 + (year is not None)


def _year(line: Line) -> Line | None:
    match = _IN_BRACKETS.fullmatch(line.text)
    inside = part_of(line, *match.span("inside")) if match is not None else line
    return inside if is_year(inside) else None


def _text(printed: Sequence[Printed], at: int, name: Line) -> tuple[list[FigureRow], int]:
    """設定の考え方 and the lines of its text."""
    if at + 1 >= len(printed) or find_role(printed[at].line.text) not in TEXTS:
        return [], at
    end = at + 1
    while end < len(printed) and (end == at + 1 or _goes_on(printed, end)):
        end += 1
    first, *more = (item.line for item in printed[at + 1 : end])
    if find_role(first.text) is not None or _PAGE.fullmatch(first.text):
        return [], at
    return [FigureRow(first, name, measure=printed[at].line, more=tuple(more))], end


def _goes_on(printed: Sequence[Printed], at: int) -> bool:
    """Is a line the rest of a text that was broken at the edge of its cell?"""
    above, item = printed[at - 1], printed[at]
    text = item.line.text
    if item.group != above.group or item.indent > above.indent or len(above.line.text) < _LONG:
        return False
    if find_role(text) is not None or _PAGE.fullmatch(text) or is_caption(text) or is_legend(text):
        return False
    return split_marks(text).number is None and not above.line.text.endswith("。")
