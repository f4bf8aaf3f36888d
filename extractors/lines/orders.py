"""Sentences that name the order of the years: 「以下は、区分 平成30年度 令和元年度 令和2年度の順」.

Such a sentence is the head of the rows below it; one that stands as a legend before everything
(※実績は、令和3年度、令和4年度、令和5年度の順です。) is the head of every row of figures after it. A sentence
that names measures for its columns (項目、目標、実績の順) is none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_box, find_role
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.lines.statements import Statement, cut, is_year
from keikaku.extractors.words import is_caption, is_legend, is_unspecific
from keikaku.normalizers.units import find_unit

_END = regex.compile(r"(?:の(?:並び)?順(?:番|序)?)")
_BRACKETS = "「」『』【】()（）"
_UNIT = regex.compile(r"単位[\s　:：はが]*[^\s　、。「」()（）]+")
_LONGEST = 200
_LONGEST_TABLE = 300


@dataclass(frozen=True, slots=True)
class Order:
    """The years in the order in which a row prints its figures. `titles`: what else the sentence
    says (a unit); `is_general`: a legend over the whole document."""

    years: tuple[Line, ...]
    measure: Line | None
    titles: tuple[Line, ...]
    line_count: int
    is_general: bool

    def measure_fits(self, statement: Statement) -> bool:
        """A row that names measures of its own takes the years all the same."""
        return bool(statement.figures)


def read_order(printed: Sequence[Printed], at: int) -> Order | None:
    """The order that the line at `at` names, or the line and the one it is broken into."""
    line = printed[at].line
    end = _END.search(line.text) if "順" in line.text else None
    if end is None or len(line.text) > _LONGEST:
        return None
    opening = len(line.text) - len(line.text.lstrip("「『【"))
    before = part_of(line, opening, end.start())
    pieces = [piece for piece in (_bare(p) for p in cut(before)) if piece.text]
    years = tuple(piece for piece in pieces if is_year(piece))
    last = [is_year(piece) for piece in pieces][-len(years) :] if years else []
    if len(years) < 2 or not all(last):
        return None
    measure = next((p for p in map(_subject, pieces) if find_role(p.text) in MEASURES), None)
    titles = [piece for piece in pieces if not is_year(piece) and piece != measure]
    unit = _UNIT.search(line.text, end.end())
    if unit is not None:
        titles.append(part_of(line, *unit.span()))
    return Order(years, measure, tuple(titles), 1, is_legend(line.text))


def _bare(piece: Line) -> Line:
    """A piece without the quotation mark it begins or ends with."""
    start, end = 0, len(piece.text)
    while start < end and piece.text[start] in _BRACKETS and piece.text[start] not in "(（":
        start += 1
    while end > start and piece.text[end - 1] in _BRACKETS and piece.text[end - 1] not in ")）":
        end -= 1
    return part_of(piece, start, end)


def _subject(piece: Line) -> Line:
    """※実績は → 実績."""
    text = piece.text
    start = len(text) - len(text.lstrip("※*＊・"))
    end = len(text) - 1 if text.endswith("は") else len(text)
    return part_of(piece, start, end)


def governing_order(printed: Sequence[Printed], at: int) -> Order | None:
    """The nearest order above this line that governs it: one right over rows that reach down to
    here, else a general one."""
    back = printed[at].order_above
    while back >= 0:
        order = read_order(printed, back)
        if order is not None and (order.is_general or _reaches(printed, back + 1, at)):
            return order
        back = printed[back].order_above
    return None


def _reaches(printed: Sequence[Printed], start: int, at: int) -> bool:
    """Do nothing but rows stand between?"""
    between = at - start <= _LONGEST_TABLE
    return between and all(_is_among_rows(item.line) for item in printed[start:at])


def _is_among_rows(line: Line) -> bool:
    """Names, figures and page numbers may stand between an order and its rows; nothing else."""
    if is_legend(line.text):
        return True
    if "。" in line.text or is_caption(line.text) or len(line.text) > 100:
        return False
    unit = find_unit(line.text) is not None and not is_unspecific(line.text)
    return find_box(line.text) is None and not unit
