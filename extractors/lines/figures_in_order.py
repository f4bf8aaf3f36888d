"""Names with their figures glued to them, a sentence above saying their order: ``1施設入所者数236人234人``.

Text that lost its table prints below ``各項目の数値は、令和５年度末の目標値、令和５年度末の実績値の順に記載しています。`` a line a row, name and figures run
into one another. Each figure ends in its unit, the same in the whole row (rates in percent), so that one cut alone makes as
many as the order names. Years that stand alone in the order share the measure of the next one (令和３年度、令和４年度、令和５年度の実績). The order reaches
over headings and sentences, up to the next part of the paper or the heads of another table. Where a row of a list has
more figures or fewer, or the numbers before the names do not count on, a line may be lost: none of the list is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.column_orders import announces_order, order_in_heads
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.row_marks import part_kind
from keikaku.extractors.lines.spoken_in_order import named_in_order
from keikaku.extractors.lines.statements import YEAR, is_name
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.folding import fold
from keikaku.normalizers.units import find_unit

_NUMBER = "[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_VALUE = rf"{_NUMBER}(?P<unit>[^0-9０-９,，.．\s　()（）、。]{{1,4}})"
_ROW = regex.compile(
    rf"(?P<number>[0-9０-９]{{1,2}}(?=[^0-9０-９,，.．]))?(?P<name>[^\s　0-9０-９][^\s　。]{{2,59}}?)(?<![0-9０-９,，.．])"
    rf"(?P<value>{_VALUE}){{2,}}"
)
_ENDS_IN_FIGURE = regex.compile(r"[0-9０-９][^0-9０-９]{0,4}\Z")
_OF_YEAR = regex.compile(rf"(?P<year>{YEAR})の?(?P<measure>.*)")
_FARTHEST = 200
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Row:
    number: int | None
    name: Line
    values: tuple[Line, ...]
    units: tuple[str, ...]


_Head = tuple[Line, Line | None]
"""The words for the measure, and for the year."""


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """The list that begins with the line at `at`."""
    if _row(printed[at].line) is None or (at and _goes_on(printed, at)):
        return None
    heads = _heads_over(printed, at)
    if not heads:
        return None
    end = at + 1
    while end < len(printed) and _goes_on(printed, end):
        end += 1
    rows = [row for item in printed[at:end] if (row := _row(item.line)) is not None]
    if not _fit(rows, heads) or _ends_early(printed, end, rows):
        return Found(None, end, (_refusal(printed[at:end], len(heads)),))
    figures = [
        FigureRow(value, row.name, measure=measure, year=year)
        for row in rows
        for value, (measure, year) in zip(row.values, heads, strict=True)
    ]
    return Found(lay_figures(figures, (), printed[at:end]), end)


LAYOUTS = (find_rows,)


# -- the rows ------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)
def _row(line: Line) -> _Row | None:
    """A name, and behind it two figures or more, each with its unit; a number before it may be its place in a list."""
    match = _ROW.fullmatch(line.text) if len(line.text) <= _LONGEST else None
    if match is None or any(find_unit(unit) is None for unit in match.captures("unit")):
        return None
    name = part_of(line, *match.span("name"))
    if _ENDS_IN_FIGURE.search(name.text):
        return None
    if not is_name(name) or is_unspecific(name.text) or read_head(name.text).says_something:
        return None
    number = int(fold(match["number"])) if match["number"] else None
    values = tuple(part_of(line, *span) for span in match.spans("value"))
    return _Row(number, name, values, tuple(match.captures("unit")))


def _goes_on(printed: Sequence[Printed], at: int) -> bool:
    """Is the line a row right below another?"""
    rows = [_row(item.line) for item in printed[at - 1 : at + 1]]
    if len(rows) < 2 or None in rows or printed[at].group != printed[at - 1].group:
        return False
    return rows[1] is not None and rows[1].number != 1


def _fit(rows: Sequence[_Row], heads: Sequence[_Head]) -> bool:
    """Has each row as many figures as the order names, and do the numbers count on from 1?"""
    numbers = [row.number for row in rows]
    counts_on = numbers == list(range(1, len(rows) + 1)) or not any(numbers)
    rates = [find_role(measure.text) is Role.RATE for measure, _ in heads]
    return counts_on and all(_fits(row.units, rates) for row in rows)


def _fits(units: Sequence[str], rates: Sequence[bool]) -> bool:
    """A unit for each head: percent for a rate, one and the same for all others."""
    if len(units) != len(rates):
        return False
    pairs = list(zip(units, rates, strict=True))
    counted = {find_unit(unit) for unit, is_rate in pairs if not is_rate}
    return len(counted) == 1 and all(find_unit(unit) == "%" for unit, is_rate in pairs if is_rate)


def _ends_early(printed: Sequence[Printed], end: int, rows: Sequence[_Row]) -> bool:
    """Does a line with the next number stand below that is no row of these?"""
    if end >= len(printed) or printed[end].group != printed[end - 1].group:
        return False
    return (
        rows[-1].number is not None
        and regex.match(rf"{rows[-1].number + 1}[^0-9,.]", fold(printed[end].line.text)) is not None
    )


def _refusal(items: Sequence[Printed], count: int) -> Notice:
    text = items[0].line.text[:60]
    detail = f"the list at 「{text}」 is not read: its rows have not {count} figures each, or do not count on"
    return Notice("uneven_cells", "warning", detail, cover([item.line.span for item in items]))


# -- the order -----------------------------------------------------------------------------------


def _heads_over(printed: Sequence[Printed], at: int) -> tuple[_Head, ...]:
    """What the nearest order above names, where nothing between ends it."""
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        if heads := _heads(item.line):
            return heads
        text = item.line.text
        if announces_order(item.line) or "の順" in text or part_kind(text) is not None:
            return ()
        if order_in_heads(item.line) is not None or find_role(text) in MEASURES:
            return ()
    return ()


@lru_cache(maxsize=2_048)
def _heads(line: Line) -> tuple[_Head, ...]:
    """Measure and year of each figure, as a sentence gives their order.

    >>> from keikaku.extractors.document import Span
    >>> line = Line("令和４年度、令和５年度の実績、令和５年度の見込量の順です。", Span(0, 29))
    >>> [(measure.text, year and year.text) for measure, year in _heads(line)]
    [('実績', '令和４年度'), ('実績', '令和５年度'), ('見込量', '令和５年度')]
    """
    pieces = [_parted(piece) for piece in named_in_order(line)] if "の順" in line.text else []
    heads: list[_Head] = []
    for measure, year in reversed(pieces):
        if measure is None and heads:
            measure = heads[0][0] if _precedes(year, heads[0][1]) else None
        if measure is None:
            return ()
        heads.insert(0, (measure, year))
    said = {(find_role(m.text), y.year if (y := _year(year)) else None) for m, year in heads}
    dated = {year is None for _, year in heads}
    return tuple(heads) if len(heads) == len(said) > 1 and len(dated) == 1 else ()


def _parted(piece: Line) -> tuple[Line | None, Line | None]:
    """令和５年度末の目標値: the measure and the year; a year alone has no measure, a measure alone no year. What is neither
    has none of them."""
    match = _OF_YEAR.fullmatch(piece.text)
    year = part_of(piece, *match.span("year")) if match is not None else None
    words = part_of(piece, *match.span("measure")) if match is not None else piece
    measure = words if find_role(words.text) in MEASURES - {Role.GAP} else None
    return (None, None) if words.text and measure is None else (measure, year)


def _precedes(year: Line | None, next_year: Line | None) -> bool:
    one, other = _year(year), _year(next_year)
    return one is not None and other is not None and one.year + 1 == other.year


def _year(line: Line | None) -> FiscalYear | None:
    return read_head(line.text).year if line is not None else None
