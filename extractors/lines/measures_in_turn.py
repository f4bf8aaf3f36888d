"""Lines of figures under a name, one a measure, in an order told once: ``1行目に計画値、2行目に実績値``.

Text editions print a table of 計画 over 実績 as the name of the service and a line of figures for each
measure; a sentence above says which line is which, and in which order the years stand (``上段は見込量、下段は実績で、
令和3年度、令和4年度、令和5年度の順です。``). A block of more or fewer lines, or a line of more or fewer figures, is
left unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.quantities import bare_quantity
from keikaku.extractors.lines.statements import YEAR, is_name, is_year
from keikaku.extractors.words import is_caption, is_unspecific
from keikaku.normalizers.folding import fold
from keikaku.normalizers.numerals import parse_number

_LINE = regex.compile(
    r"(?:(?P<number>[1-9１-９一二三四五])(?:行目|段目|列目|つ目の行|番目の行)|(?P<upper>上段|上の(?:行|段))|(?P<lower>下段|下の(?:行|段)))"
    r"[\s　]*(?:に|は|が|の行に|[:：])?、?[「『]?(?P<measure>[^\s　、。，」』をにでがは]{2,8})"
)
_YEARS = regex.compile(
    rf"(?P<years>{YEAR}(?:[、，・と]|及び|\s)*(?:{YEAR}(?:[、，・と]|及び|\s)*)+)の順"
)
_YEAR = regex.compile(YEAR)
_NAMED_MARK = regex.compile(r"[「『](?P<mark>[^\s　」』])[」』](?:記号|印)?で(?:区切|区分|分け)")
_MARKS = regex.compile(r"[\s　]*[・／/、|｜][\s　]*|[\s　]+")
_FARTHEST = 300
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class _Legend:
    measures: tuple[Line, ...]
    years: tuple[Line, ...]
    between: regex.Pattern[str]


def find_blocks(printed: Sequence[Printed], at: int) -> Found | None:
    """The blocks from the name at `at` on, each of as many lines as the sentence above names measures."""
    if not _may_name(printed, at) or (legend := _legend_above(printed, at)) is None:
        return None
    rows: list[FigureRow] = []
    end = at
    while end < len(printed) and (block := _block(printed, end, legend)):
        rows += block
        end += 1 + len(legend.measures)
    return Found(lay_figures(rows, (), printed[at:end]), end) if rows else None


LAYOUTS = (find_blocks,)


# -- what the sentence says --------------------------------------------------------------------


def _legend_above(printed: Sequence[Printed], at: int) -> _Legend | None:
    """The nearest sentence above on any order, where it says which line is which."""
    nearest = printed[at].order_above
    if nearest < 0 or at - nearest > _FARTHEST:
        return None
    if any(_LINE.search(item.line.text) for item in printed[nearest + 1 : at]):
        return None
    return _legend(printed[nearest].line)


def _legend(line: Line) -> _Legend | None:
    lines = list(_LINE.finditer(line.text))
    years = _YEARS.search(line.text)
    if years is None or len(lines) < 2 or not _count_up(lines):
        return None
    measures = tuple(part_of(line, *match.span("measure")) for match in lines)
    roles = [find_role(measure.text) for measure in measures]
    if len(set(roles)) < len(roles) or any(role not in MEASURES for role in roles):
        return None
    offset = years.start("years")
    named = [
        part_of(line, offset + match.start(), offset + match.end())
        for match in _YEAR.finditer(years["years"])
    ]
    if len({year.text for year in named}) < len(named):
        return None
    mark = _NAMED_MARK.search(line.text)
    between = regex.compile(rf"[\s　]*{regex.escape(mark['mark'])}[\s　]*") if mark else _MARKS
    return _Legend(measures, tuple(named), between)


def _count_up(lines: Sequence[regex.Match[str]]) -> bool:
    """1行目, 2行目; or 上段, 下段."""
    if all(match["number"] for match in lines):
        return [int(parse_number(fold(match["number"]))) for match in lines] == list(
            range(1, len(lines) + 1)
        )
    return len(lines) == 2 and bool(lines[0]["upper"]) and bool(lines[1]["lower"])


# -- blocks ------------------------------------------------------------------------------------


def _may_name(printed: Sequence[Printed], at: int) -> bool:
    line = printed[at].line
    if len(line.text) > _LONGEST_NAME or "。" in line.text or is_caption(line.text):
        return False
    return (
        not is_known_value(line.text)
        and not is_unspecific(bare_quantity(line.text))
        and is_name(line)
    )


def _block(printed: Sequence[Printed], at: int, legend: _Legend) -> list[FigureRow]:
    """The rows of the block whose name is at `at`; none where its lines are not told apart."""
    count = len(legend.measures)
    group = printed[at].group
    lines = [item for item in printed[at + 1 : at + 1 + count] if item.group == group]
    following = printed[at + 1 + count : at + 2 + count]
    if not _may_name(printed, at) or len(lines) < count:
        return []
    if any(item.group == group and _values(item.line, legend) for item in following):
        return []
    name = printed[at].line
    rows: list[FigureRow] = []
    for item, measure in zip(lines, legend.measures, strict=True):
        values = _values(item.line, legend)
        if len(values) != len(legend.years):
            return []
        rows += [
            FigureRow(value, name, measure=measure, year=year)
            for value, year in zip(values, legend.years, strict=True)
        ]
    return rows


def _values(line: Line, legend: _Legend) -> list[Line]:
    """The figures of a line; none where a piece of it is anything else."""
    pieces, start = list[Line](), 0
    for match in legend.between.finditer(line.text):
        pieces.append(part_of(line, start, match.start()))
        start = match.end()
    pieces.append(part_of(line, start, len(line.text)))
    are_values = all(is_known_value(piece.text) and not is_year(piece) for piece in pieces)
    return pieces if are_values else []
