"""Titles over read-aloud rows: 1. 訪問系サービス 利用者数 単位 人; 図4 就労系サービスの推移(各年度3月)。

A title is parted into the words that say different things, each a cell of its own: the number of the
chart, the title, the unit or the remark behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_box, find_role, measure_in, read_head
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.lines.row_marks import chart_mark
from keikaku.extractors.lines.statements import cut, is_year
from keikaku.extractors.words import is_caption, is_trend

_GOAL = regex.compile(
    r"(?:国の)?(?:基本指針の)?(?:成果|基本|数値)?目標[\s　]*(?:の|その)?[\s　]*(?:[(（【\[]|かっこ|カッコ)?[\s　]*[0-9０-９一二三四五六七八九十①-⑳]"
)
_MEASURES_NAMED = regex.compile(
    r"(?:見込み?量?|計画値?|目標値?)(?:と|及び|・|、)(?:その)?実績値?(?:の状況|等|など)?\Z"
)
_LONGEST = 60
_LONGEST_CAPTION = 24
_FIGURE = regex.compile("[0-9０-９]")
_STEP_BACK = 12


def title_with_unit(line: Line) -> list[Line]:
    """The title and its unit, where a unit closes the line; else nothing."""
    from_unit = regex.search(r"[(（]?単位[\s　:：はが]*[^\s　:：、。()（）]{1,8}[)）]?$", line.text)
    if from_unit is None or len(line.text) > _LONGEST or "。" in line.text:
        return []
    return _split_at(line, from_unit.start())


def names_measures(text: str) -> bool:
    """サービスの見込量と実績: the title of a table, no name of a row."""
    return _MEASURES_NAMED.search(text) is not None


def chart_title(line: Line) -> list[Line]:
    """The pieces of a chart's title: a number before it or 推移 in it; else nothing."""
    mark, title = chart_mark(line)
    end = len(title.text.rstrip("。"))
    title = part_of(title, 0, end)
    if "。" in title.text or len(title.text) > _LONGEST:
        return []
    if mark is None and not is_trend(title.text):
        return []
    bracket = regex.search(r"[(（][^()（）]*[)）]$", title.text)
    parts = _split_at(title, bracket.start() if bracket else end)
    return [mark, *parts] if mark is not None else parts


def name_and_remark(line: Line) -> list[Line]:
    """施設の利用者数（各年度３月末）: the name in a chart's title, and the remark in brackets behind it."""
    bracket = regex.search(
        r"(?<=.{2})[(（][^()（）]*(?:年|月|単位|グラフ|図)[^()（）]*[)）]$", line.text
    )
    return _split_at(line, bracket.start() if bracket else len(line.text))


def head_above(printed: Sequence[Printed], at: int) -> tuple[Line, ...]:
    """目標値(令和5年度末) over sentences and rows above this one, none of them another head."""
    for back in range(at - 1, max(at - _STEP_BACK, -1), -1):
        line = printed[back].line
        head = head_year_and_measure(line)
        if head is not None:
            between = (item.line for item in printed[back + 1 : at])
            return () if any(_opens_other_part(below, head) for below in between) else head
        if is_caption(line.text) or find_box(line.text) is not None or is_year(line):
            return ()
        if _heads_columns(line):
            return ()
        if find_role(line.text) is not None or find_role(_first_piece(line).text) is Role.GOAL:
            return ()
    return ()


def _opens_other_part(line: Line, head: Sequence[Line]) -> bool:
    """「実績。」, 「主な内容、実績とう。」 below a head of targets: words that head the lines below them and name another
    measure."""
    words = line.text.rstrip("。 　")
    if len(words) > _LONGEST_CAPTION or "。" in words or _FIGURE.search(words):
        return False
    own = {read_head(piece.text).role for piece in head}
    said = find_role(words) if find_role(words) in MEASURES else measure_in(words)
    return said is not None and said not in own


def _heads_columns(line: Line) -> bool:
    """区分　令和６年度　令和７年度: heads of columns, whose figures are theirs and no other head's."""
    heads = [read_head(piece.text) for piece in cut(line)]
    return sum(head.year is not None or head.role in MEASURES for head in heads) > 1


def _first_piece(line: Line) -> Line:
    """The first piece of a line; of one that is nothing but delimiters (。), the line."""
    return next(iter(cut(line)), line)


def _split_at(line: Line, at: int) -> list[Line]:
    parts = [part_of(line, 0, at), part_of(line, at, len(line.text))]
    return [part for part in parts if part.text]


def head_year_and_measure(line: Line) -> tuple[Line, ...] | None:
    """目標値(令和5年度末), 目標値。令和5年度末までの目標。: the pieces of a head that gives the figures
    below it a measure and a year; None for any other line."""
    if len(line.text) > 40:
        return None
    pieces = cut(line)
    heads = [read_head(piece.text) for piece in pieces]
    if not pieces or not all(head.role in MEASURES or head.year is not None for head in heads):
        return None
    years = {head.year.year for head in heads if head.year is not None}
    measures = {head.role for head in heads if head.role in MEASURES}
    return tuple(pieces) if len(pieces) <= 2 and len(years) == len(measures) == 1 else None


def opens_goal(text: str) -> bool:
    """成果目標１ …, 目標の２ …: the heading of a goal."""
    return _GOAL.match(text) is not None
