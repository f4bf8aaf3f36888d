"""Charts put into words, the axis once and then the figures alone, or a year and its shares.

``図２－１　療育手帳所持者数の推移（縦棒グラフ。単位は人）`` over ``横軸は、左から、令和３年度、令和４年度です。`` and a line a series,
``判定Ａ　312、318`` or ``棒（実績）　284、301``: as many figures as the axis has years. Below the title of a pie each line is a
year: ``令和５年度　区分１ 9、区分２ 152、合計 701``. A line of more or fewer figures leaves its chart unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.row_marks import chart_mark
from keikaku.extractors.lines.statements import YEAR, is_name, is_year
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_legend, is_unspecific
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import find_fiscal_year

_TITLE = regex.compile(
    r"(?P<name>[^()（）。]{2,60}?)[\s　]*(?:[(（](?P<remarks>[^()（）]*)[)）])?[\s　]*"
)
_TREND = regex.compile(r"(?<=.)の(?:年次|経年)?(?:推移|動向)\Z")
_BETWEEN = regex.compile("[^、，,。]+")
_AXIS = regex.compile(
    r"(?:横軸|よこ軸|横の軸|Ｘ軸|X軸|横の目盛り?)(?:に?は|が)[、，]?(?:左から(?:順に)?[、，]?)?"
    rf"(?P<years>{YEAR}(?:[、，\s　]+{YEAR})+)(?:の?各?年度末|の順(?:番)?)?(?:です|である|となっています|に並んでいます)?。?"
)
_YEAR = regex.compile(YEAR)
_NUMBER = r"[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*(?:[.．][0-9０-９]+)?(?:[%％]|\p{Han}{1,2}|パーセント|か所)?|[－―–—-]"
_SERIES = regex.compile(
    rf"(?P<name>[^0-9０-９、，]\S*?|[^0-9０-９、，][^、，]*?[^0-9０-９、，])(?:[\s　]*[:：][\s　]*|[\s　]+)(?P<values>(?:{_NUMBER})(?:(?:[、，\s　]+)(?:{_NUMBER}))+)。?"
)
_VALUE = regex.compile(_NUMBER)
_SHAPE = (
    r"(?:[^\s　]{1,3}[いの])?(?:棒|折れ?線|線|点線|実線|破線|点|丸|面|柱|バー|ライン)(?:グラフ)?"
)
_MEASURED = regex.compile(rf"{_SHAPE}[\s　]*[(（](?P<measure>[^()（）]{{2,8}})[)）]")
_BARE_SHAPE = regex.compile(_SHAPE)
_SHAPE_IS = regex.compile(rf"(?P<shape>{_SHAPE})(?:は|が|＝|=|：|:)(?P<measure>[^は]{{2,8}})")
_OF_YEAR = regex.compile(rf"(?P<year>{YEAR})(?:[\s　:：]|は、?|、)+(?P<shares>\S.*?)。?")
_SHARE = regex.compile(rf"(?P<name>[^\s　、，][^、，]*?)[\s　]+(?P<value>{_NUMBER})")


@dataclass(frozen=True, slots=True)
class _Title:
    name: Line
    beside: tuple[Line, ...]


def find_chart(printed: Sequence[Printed], at: int) -> Found | None:
    """The chart whose title is the line at `at`."""
    title = _title(printed[at].line)
    below = _below(printed, at)
    if title is None or not below:
        return None
    years = _axis(below[0].line)
    rows, count = _series(title, years, below[1:]) if years else _shares(title, below)
    end = at + 1 + bool(years) + count
    if years and (not rows or not _tells_apart(rows)):
        return Found(None, end, (_refusal(printed[at : max(end, at + 2)]),))
    if not rows or not _tells_apart(rows):
        return None
    beside = (*title.beside, *((below[0].line,) if years else ()))
    return Found(lay_figures(rows, beside, printed[at:end]), end)


LAYOUTS = (find_chart,)


def _below(printed: Sequence[Printed], at: int) -> list[Printed]:
    """The lines right below the title, up to the first sentence or note."""
    found: list[Printed] = []
    for item in printed[at + 1 :]:
        is_axis = not found and _AXIS.fullmatch(item.line.text) is not None
        text = item.line.text.rstrip("。")
        if item.group != printed[at].group or is_legend(text) or ("。" in text and not is_axis):
            break
        found.append(item)
    return found


def _title(line: Line) -> _Title | None:
    mark, words = chart_mark(line)
    match = _TITLE.fullmatch(words.text)
    if mark is None or match is None:
        return None
    name, beside = part_of(words, *match.span("name")), [mark]
    if (trend := _TREND.search(name.text)) is not None:
        beside.append(part_of(name, trend.start(), len(name.text)))
        name = part_of(name, 0, trend.start())
    if not is_name(name) or is_unspecific(name.text) or read_head(name.text).says_something:
        return None
    if match["remarks"]:
        inside = part_of(words, *match.span("remarks"))
        beside += [part_of(inside, *piece.span()) for piece in _BETWEEN.finditer(inside.text)]
    return _Title(name, tuple(piece for piece in beside if piece.text))


def _axis(line: Line) -> tuple[Line, ...]:
    match = _AXIS.fullmatch(line.text)
    if match is None:
        return ()
    start = match.start("years")
    years = tuple(
        part_of(line, start + year.start(), start + year.end())
        for year in _YEAR.finditer(match["years"])
    )
    return years if find_fiscal_year(years[0].text) is not None else ()


# -- series ------------------------------------------------------------------------------------


def _series(
    title: _Title, years: Sequence[Line], below: Sequence[Printed]
) -> tuple[list[FigureRow], int]:
    """The figures of every line, one for each year of the axis; none where a line has more or fewer."""
    rows: list[FigureRow] = []
    for count, item in enumerate(below):
        match = _SERIES.fullmatch(item.line.text)
        if match is None:
            return rows, count
        name = part_of(item.line, *match.span("name"))
        start = match.start("values")
        values = [
            part_of(item.line, start + value.start(), start + value.end())
            for value in _VALUE.finditer(match["values"])
        ]
        if len(values) != len(years):
            return [], len(below)
        series = _rows_of(title, name, years, values)
        if not series:
            return [], len(below)
        rows += series
    return rows, len(below)


def _rows_of(
    title: _Title, name: Line, years: Sequence[Line], values: Sequence[Line]
) -> list[FigureRow]:
    """A series is a measure of what the title names (棒（実績）, 計画値), or a part of it (判定Ａ). Of a bare 棒
    the title has to say what it is; else none."""
    measured = _MEASURED.fullmatch(name.text)
    measure = part_of(name, *measured.span("measure")) if measured is not None else name
    if _BARE_SHAPE.fullmatch(name.text) is not None:
        measure = _meant_by(title, name.text) or name
    is_measure = find_role(measure.text) in MEASURES
    if not is_measure and (measured is not None or _BARE_SHAPE.fullmatch(name.text)):
        return []
    pairs = zip(values, years, strict=True)
    if is_measure:
        return [FigureRow(v, title.name, measure=measure, year=year) for v, year in pairs]
    return [FigureRow(v, name, year=year, item=title.name) for v, year in pairs]


def _meant_by(title: _Title, shape: str) -> Line | None:
    """棒は実績 in the title's brackets."""
    for piece in title.beside:
        match = _SHAPE_IS.fullmatch(piece.text)
        if match is not None and match["shape"] == shape:
            return part_of(piece, *match.span("measure"))
    return None


def _shares(title: _Title, below: Sequence[Printed]) -> tuple[list[FigureRow], int]:
    """令和５年度　区分１ 9、区分２ 152: lines of a year, each part with its figure."""
    rows: list[FigureRow] = []
    for count, item in enumerate(below):
        match = _OF_YEAR.fullmatch(item.line.text)
        found = _shares_of(part_of(item.line, *match.span("shares"))) if match is not None else []
        if match is None or len(found) < 2:
            return rows, count
        year = part_of(item.line, *match.span("year"))
        if find_fiscal_year(year.text) is None:
            return [], 0
        rows += [FigureRow(value, name, year=year, item=title.name) for name, value in found]
    return rows, len(below)


def _shares_of(line: Line) -> list[tuple[Line, Line]]:
    found = []
    start = 0
    for cut in (
        *(m.start() for m in regex.finditer("[、，](?![0-9０-９]{3})", line.text)),
        len(line.text),
    ):
        piece = part_of(line, start, cut)
        match = _SHARE.fullmatch(piece.text)
        if match is None:
            return []
        found.append((part_of(piece, *match.span("name")), part_of(piece, *match.span("value"))))
        start = cut + 1
    return found if all(_names_part(name) for name, _ in found) else []


def _names_part(name: Line) -> bool:
    return (
        not read_head(name.text).says_something
        and not is_value_like(name.text)
        and not is_year(name)
    )


def _tells_apart(rows: Sequence[FigureRow]) -> bool:
    """No part or measure twice in one year."""
    said = [
        (
            row.label.text if row.label and row.item else None,
            find_role(row.measure.text) if row.measure else None,
            row.year.text if row.year else None,
        )
        for row in rows
    ]
    return len(set(said)) == len(said)


def _refusal(items: Sequence[Printed]) -> Notice:
    detail = (
        f"the figures under 「{items[0].line.text[:60]}」 are not as many as the years of its axis"
    )
    return Notice("uneven_cells", "warning", detail, cover([item.line.span for item in items[1:]]))
