"""Charts put into words: a title that tells the unit, its series below it, a year and a figure each.

``グラフ３－１　居宅介護の月平均利用時間（単位：時間）`` over ``計画値は、令和３年度 2,150、令和４年度 2,210、５年度 2,270。`` and
``実績値は、令和３年度 2,088、…``; or ``図２ グループホームの利用者数（各年度３月末、単位：人）`` over years and figures alone.
A line （グラフの説明） may stand between them.
The title names every figure, so each measure may stand under it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.row_blocks import ascends
from keikaku.extractors.lines.row_marks import chart_mark
from keikaku.extractors.lines.statements import Statement, is_name, read_statement
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_in_brackets, is_unspecific

_REMARKS = regex.compile(r"[\s　]*[(（](?P<remarks>[^()（）]*単位[^()（）]*)[)）]\Z")
_ANY_REMARKS = regex.compile(r"(?:[\s　]*[(（](?P<remarks>[^()（）]*)[)）])?\Z")
_TREND = regex.compile(r"(?<=.)の(?:年次|経年)?(?:推移|動向)\Z")
_BETWEEN = regex.compile("[^、，,・]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Title:
    name: Line
    beside: tuple[Line, ...]
    """The number of the chart, its unit, and what else stands in the brackets."""


def find_series(printed: Sequence[Printed], at: int) -> Found | None:
    """The series right below the title at `at`."""
    first = at + 2 if _explains(printed[at + 1 : at + 2]) else at + 1
    title = _title(printed[at].line, is_explained=first > at + 1)
    if title is None:
        return None
    series: list[Statement] = []
    end = first
    while end < len(printed) and printed[end].group == printed[at].group:
        statement = _series(printed[end].line)
        if statement is None:
            break
        series.append(statement)
        end += 1
    if not series:
        return None
    if not _tells_apart(series):
        return Found(None, end, (_refusal(printed[at:end]),))
    rows = [
        FigureRow(figure.value, title.name, measure=figure.measure, year=figure.year)
        for statement in series
        for figure in statement.figures
    ]
    beside = (*title.beside, *(item.line for item in printed[at + 1 : first]))
    return Found(lay_figures(rows, beside, printed[at:end]), end)


LAYOUTS = (find_series,)


def _explains(below: Sequence[Printed]) -> bool:
    """（グラフの説明） between a chart's title and its series."""
    return any(
        is_in_brackets(item.line.text) and "説明" in item.line.text and len(item.line.text) < 20
        for item in below
    )


def _title(line: Line, *, is_explained: bool) -> _Title | None:
    """グラフ３－３　グループホームの利用者数（各年度３月末、単位：人）; with the number of a chart the words in
    brackets need not say 単位 where a line below says that the series explain it."""
    mark, words = chart_mark(line)
    remarks = _REMARKS.search(words.text)
    if is_explained and mark is not None:
        remarks = remarks or _ANY_REMARKS.search(words.text)
    if remarks is None or "。" in words.text or len(words.text) > _LONGEST:
        return None
    name = part_of(words, 0, remarks.start())
    if not name.text or not is_name(name) or is_unspecific(name.text):
        return None
    if read_head(name.text).says_something:
        return None
    inside = part_of(words, *(remarks.span("remarks") if remarks["remarks"] else (0, 0)))
    beside = [part_of(inside, *match.span()) for match in _BETWEEN.finditer(inside.text)]
    if (trend := _TREND.search(name.text)) is not None:
        beside.insert(0, part_of(name, trend.start(), len(name.text)))
        name = part_of(name, 0, trend.start())
    return _Title(name, tuple([mark, *beside] if mark is not None else beside))


def _series(line: Line) -> Statement | None:
    """Years and figures in pairs, a measure or nothing before them."""
    statement = read_statement(line)
    if statement is None or statement.label is not None or statement.others:
        return None
    return statement if statement.is_paired and ascends(statement) else None


def _tells_apart(series: Sequence[Statement]) -> bool:
    """Has each line a measure of its own, or does one line stand alone without any?"""
    roles = [
        find_role(measure.text) for statement in series for measure in statement.measures or ()
    ]
    if not roles:
        return len(series) == 1
    return len(set(roles)) == len(roles) and all(statement.measures for statement in series)


def _refusal(items: Sequence[Printed]) -> Notice:
    detail = f"the series under 「{items[0].line.text[:60]}」 are not told apart: not read"
    span = cover([item.line.span for item in items[1:]])
    return Notice("uneven_cells", "warning", detail, span)
