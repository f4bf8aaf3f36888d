"""Rows of an arrow: where things stand, and where they are to be: ``設置数　０か所 → １か所（圏域設置）``.

Overviews of plans print an indicator to a line, often under the service that it is of (``■ 保育所等訪問支援``).
What stands left and right of the arrow is told once, in a sentence (``現状は令和４年度末、目標は令和８年度末の数値です。``)
or in a line of heads with an arrow of its own (``指標　現状値（令和４年度） → 目標値（令和８年度）``). Rows that no such
line tells of, or with more arrows than one, are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import FIGURE_ROWS, PrintedCell, lay_out
from keikaku.extractors.heads import Role, find_role, read_head
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, cell_of, part_of
from keikaku.extractors.lines.statements import YEAR
from keikaku.extractors.words import is_legend, is_quantity
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import find_fiscal_year

_ARROW = regex.compile("[\\s　]*[→⇒➡⇨➔➜⟶][\\s　]*")
_PAIR = regex.compile(
    rf"(?P<measure>(?:現状|現在|現況|基準|実績|目標|計画|見込)[値量数]?)(?:[はがを:：、，（(\[\s　]|値は)*(?P<year>{YEAR})"
    rf"|(?P<year>{YEAR})(?:[のにおける、\s　（(\[])*(?P<measure>(?:現状|現況|基準|実績|目標|計画|見込)[値量数]?)"
)
_IN_BRACKETS = regex.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_FROM = (Role.BASELINE, Role.ACTUAL)
_TO = (Role.TARGET, Role.PROJECTED)
_ROW = regex.compile(r"(?P<label>\S.*?)(?:[\s　]*[:：][\s　]*|[\s　]+)(?P<value>\S+)")
_BULLET = regex.compile(r"[■◆●◇□▼▪◎][\s　]*(?P<name>\S.*)")
_LONGEST_LABEL = 50
_LONGEST_LEGEND = 120
_FARTHEST = 80


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side of the arrow."""

    measure: Line
    year: Line


@dataclass(frozen=True, slots=True)
class _Row:
    label: Line
    values: tuple[Line, Line]
    name: Line | None = None
    """What stands over the row: the service that is counted."""


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """Rows of an arrow from the line at `at` on, or from the name over them."""
    first = at if _name_over_rows(printed, at) is None else at + 1
    if _row(printed[first].line) is None:
        return None
    sides = _sides_above(printed, at)
    if sides is None:
        return None
    rows, end = _rows(printed, at)
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    cells = [cells for row in rows for cells in _cells(row, sides)]
    return Found(lay_out(cells, FIGURE_ROWS, span), end)


LAYOUTS = (find_rows,)


def _cells(row: _Row, sides: tuple[_Side, _Side]) -> Iterator[list[PrintedCell]]:
    """A row of a figure each for both sides. A bare quantity (設置数) and the name over it are one
    label; what is a name itself stands beside the one over it."""
    for side, value in zip(sides, row.values, strict=True):
        if row.name is None:
            names = [cell_of([row.label], 1, 2)]
        elif is_quantity(row.label.text):
            names = [replace(cell_of([row.name, row.label], 1, 2), span=row.label.span)]
        else:
            names = [cell_of([row.name]), cell_of([row.label])]
        yield [*names, *(cell_of([line]) for line in (side.measure, side.year, value))]


def _rows(printed: Sequence[Printed], at: int) -> tuple[list[_Row], int]:
    rows: list[_Row] = []
    name = _name_above(printed, at)
    while at < len(printed):
        over = _name_over_rows(printed, at)
        row = _row(printed[at].line)
        if over is not None:
            name = over
        elif row is not None:
            rows.append(replace(row, name=name))
        else:
            break
        at += 1
    return rows, at


# -- rows --------------------------------------------------------------------------------------


def _name_over_rows(printed: Sequence[Printed], at: int) -> Line | None:
    """■ 保育所等訪問支援, right over rows of an arrow."""
    match = _BULLET.fullmatch(printed[at].line.text)
    if match is None or at + 1 >= len(printed) or _ARROW.search(match["name"]):
        return None
    if len(match["name"]) > _LONGEST_LABEL or "。" in match["name"]:
        return None
    below = printed[at + 1]
    is_over = below.group == printed[at].group and _row(below.line) is not None
    return part_of(printed[at].line, *match.span("name")) if is_over else None


def _name_above(printed: Sequence[Printed], at: int) -> Line | None:
    """The name over this line's group of rows, where a row that was not read parts it from them."""
    for item in reversed(printed[:at]):
        if item.group != printed[at].group:
            return None
        if (match := _BULLET.fullmatch(item.line.text)) is not None:
            return part_of(item.line, *match.span("name"))
    return None


def _row(line: Line) -> _Row | None:
    """A label and the values on both sides of the one arrow."""
    arrows = list(_ARROW.finditer(line.text))
    if len(arrows) != 1 or "。" in line.text or is_legend(line.text):
        return None
    left = part_of(line, 0, arrows[0].start())
    right = part_of(line, arrows[0].end(), len(line.text))
    match = _ROW.fullmatch(left.text)
    if match is None or len(match["label"]) > _LONGEST_LABEL:
        return None
    label = part_of(left, *match.span("label"))
    value = part_of(left, *match.span("value"))
    if read_head(label.text).role is not None or read_head(label.text).year is not None:
        return None
    if any(is_value_like(word) for word in regex.split(r"[\s　:：]+", label.text)):
        return None
    are_values = is_known_value(value.text) and is_known_value(right.text)
    return _Row(label, (value, right)) if are_values else None


# -- what stands on the sides ------------------------------------------------------------------


def _sides_above(printed: Sequence[Printed], at: int) -> tuple[_Side, _Side] | None:
    """The sides that the nearest line above tells of."""
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        sides = _sides(item.line)
        if sides is not None:
            return sides
    return None


def _sides(line: Line) -> tuple[_Side, _Side] | None:
    """Two measures with their years, and no other figure but in brackets."""
    if len(line.text) > _LONGEST_LEGEND:
        return None
    pairs = list(_PAIR.finditer(line.text))
    if len(pairs) != 2 or regex.search(r"\d", _IN_BRACKETS.sub("", _PAIR.sub("", line.text))):
        return None
    left, right = (
        _Side(part_of(line, *pair.span("measure")), part_of(line, *pair.span("year")))
        for pair in pairs
    )
    arrow = _ARROW.search(line.text)
    is_head = arrow is not None and pairs[0].end() <= arrow.end() <= pairs[1].start() + 1
    return (left, right) if is_head or _leads_on(left, right) else None


def _leads_on(left: _Side, right: _Side) -> bool:
    """現状は…、目標は…: from a year to a later one."""
    years = [find_fiscal_year(side.year.text) for side in (left, right)]
    if years[0] is None or years[1] is None or years[0].year >= years[1].year:
        return False
    return find_role(left.measure.text) in _FROM and find_role(right.measure.text) in _TO
