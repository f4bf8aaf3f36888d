"""Rows of an arrow: where things stand, and where they are to be: ``設置数　０か所 → １か所（圏域設置）``.

Overviews of plans print an indicator to a line, often under the service that it is of (``■ 保育所等訪問支援``).
What stands left and right of the arrow is told once, in a sentence (``現状は令和４年度末、目標は令和８年度末の数値です。``)
or in a line of heads with an arrow of its own (``指標　現状値（令和４年度） → 目標値（令和８年度）``). A row may print its
years itself (``設置数　R2　０か所 → R5　１か所``): they are its own then, and what the sides are is told above. Rows that no such
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
from keikaku.extractors.lines.printed import Found, Printed, cell_of, part_of, with_aside
from keikaku.extractors.lines.statements import YEAR
from keikaku.extractors.words import is_legend, is_quantity
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.labels import split_marks

_ARROW = regex.compile("[\\s　]*[→⇒➡⇨➔➜⟶][\\s　]*")
_PAIR = regex.compile(
    rf"(?P<measure>(?:現状|現在|現況|基準|実績|目標|計画|見込)[値量数]?)(?:[はがを:：、，（(\[\s　]|値は)*(?P<year>{YEAR})"
    rf"|(?P<year>{YEAR})(?:[のにおける、\s　（(\[])*(?P<measure>(?:現状|現況|基準|実績|目標|計画|見込)[値量数]?)"
)
_IN_BRACKETS = regex.compile(r"[(（\[「『][^()（）\[\]「」『』]*[)）\]」』]")
_FROM = (Role.BASELINE, Role.ACTUAL)
_TO = (Role.TARGET, Role.PROJECTED)
_ROW = regex.compile(r"(?P<label>\S.*?)(?:[\s　]*[:：][\s　]*|[\s　]+)(?P<value>\S+)")
_OWN_YEAR = rf"(?:{YEAR}|[RHＲＨ][\s　]?(?:元|[0-9０-９]{{1,2}})(?:末|年)?|(?:19|20)[0-9]{{2}}年?)"
_DATED_ROW = regex.compile(
    rf"(?P<label>\S.*?)[\s　:：]+[(（]?(?P<year>{_OWN_YEAR})[)）]?[\s　:：]+(?P<value>\S+)"
)
_DATED = regex.compile(rf"[(（]?(?P<year>{_OWN_YEAR})[)）]?[\s　:：]+(?P<value>\S+)")
_REMARK = regex.compile(r"[\s　]+[※*＊][^→⇒]*\Z")
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
    years: tuple[Line, Line] | None = None
    """The years that the row prints beside its values."""
    remark: Line | None = None
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
    remarks = [row.remark for row in rows if row.remark is not None]
    return Found(with_aside(lay_out(cells, FIGURE_ROWS, span), remarks), end)


LAYOUTS = (find_rows,)


def _cells(row: _Row, sides: tuple[_Side, _Side]) -> Iterator[list[PrintedCell]]:
    """A row of a figure each for both sides. A bare quantity (設置数) and the name over it are one
    label; what is a name itself stands beside the one over it."""
    years = row.years or tuple(side.year for side in sides)
    for side, year, value in zip(sides, years, row.values, strict=True):
        if row.name is None:
            names = [cell_of([row.label], 1, 2)]
        elif is_quantity(row.label.text):
            names = [replace(cell_of([row.name, row.label], 1, 2), span=row.label.span)]
        else:
            names = [cell_of([row.name]), cell_of([row.label])]
        yield [*names, *(cell_of([line]) for line in (side.measure, year, value))]


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
    remark = _REMARK.search(line.text)
    body = part_of(line, 0, remark.start()) if remark is not None else line
    arrows = list(_ARROW.finditer(body.text))
    if len(arrows) != 1 or "。" in body.text or is_legend(body.text):
        return None
    left = part_of(body, 0, arrows[0].start())
    left = part_of(left, split_marks(left.text).body_start, len(left.text))
    right = part_of(body, arrows[0].end(), len(body.text))
    row = _dated(left, right) or _plain(left, right)
    if row is None or not _may_name(row.label):
        return None
    if not all(is_known_value(value.text) for value in row.values):
        return None
    return replace(row, remark=part_of(line, remark.start(), len(line.text)) if remark else None)


def _dated(left: Line, right: Line) -> _Row | None:
    """施設入所者数 H28 2,418人 ⇒ H32 2,369人以下."""
    before, behind = _DATED_ROW.fullmatch(left.text), _DATED.fullmatch(right.text)
    if before is None or behind is None:
        return None
    values = part_of(left, *before.span("value")), part_of(right, *behind.span("value"))
    years = part_of(left, *before.span("year")), part_of(right, *behind.span("year"))
    earlier, later = (find_fiscal_year(year.text) for year in years)
    if earlier is None or later is None or earlier.year >= later.year:
        return None
    return _Row(part_of(left, *before.span("label")), values, years)


def _plain(left: Line, right: Line) -> _Row | None:
    match = _ROW.fullmatch(left.text)
    if match is None:
        return None
    label = part_of(left, *match.span("label"))
    return _Row(label, (part_of(left, *match.span("value")), right))


def _may_name(label: Line) -> bool:
    head = read_head(label.text)
    if len(label.text) > _LONGEST_LABEL or head.role is not None or head.year is not None:
        return False
    words = regex.split(r"[\s　:：]+", label.text)
    return not any(is_value_like(word) or find_fiscal_year(word) is not None for word in words)


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
