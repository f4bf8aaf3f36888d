"""Municipalities in a row without delimiters: ``1架空市58 2仮想市21 3見本市17`` under what is counted.

The number in front counts on by one, the name ends as names of municipalities do or is that of a prefecture, and what is left is
the figure or status word; only where that leaves one reading is the list taken, be there blanks between the items or
none (``1架空市58人2仮想市21人``). The heading over it names the indicator, and may say the year, the measure and, in
brackets, the unit; the sum of all stands before the list or behind it (``府全体134人``). Source: 大阪府.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.tables.names_above import MEASURE_BEHIND, YEAR_BEFORE
from keikaku.extractors.words import is_place, is_total
from keikaku.normalizers.fiscal_years import search_fiscal_years
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_NAME = regex.compile(r"[^0-9０-９\s　]{1,10}(?:市|区|町|村|圏域)")
_FIGURE = regex.compile(
    r"[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*(?P<unit>[^\s　0-9０-９,，.．]{1,4})?"
)
_PLAIN_WORDS = regex.compile(r"(?:(?:令和|平成)[0-9０-９元]{1,2}年度?)?[^0-9０-９市区町村]+")
_TOTAL = regex.compile(r"(?P<name>[^0-9０-９\s　]{1,6})[\s　]*(?P<value>[0-9０-９].*)")
_AVERAGE = regex.compile(r"(?:全国|都|道|府|県)(?:内|全体)?の?平均")
_HEADING = regex.compile(
    r"(?P<label>[^（）()。、]{2,50}?)(?:[\s　]*[（(](?P<remarks>[^（）()]+)[)）])?"
)
_BLANK = regex.compile(r"[\s　]*")
_FEWEST = 3
_LONGEST = 300


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A heading with a list of numbered names right below it."""
    following = printed[at + 1 : at + 3]
    if not any(item.line.text[:1] in "1１" for item in following):
        return None
    heading = _heading(printed[at].line)
    if heading is None:
        return None
    rows, end = _rows(printed, at + 1, heading)
    if len(rows) < _FEWEST:
        return None
    return Found(lay_figures(rows, heading.units, printed[at:end]), end)


LAYOUTS = (find_list,)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a heading over a list says of its figures."""

    label: Line
    units: tuple[Line, ...]
    year: Line | None
    measure: Line | None


def _heading(line: Line) -> _Heading | None:
    """(1) 令和8年度末までの地域生活移行者数の目標値（単位：人）; None where nothing shows that it is a heading."""
    marks = split_marks(line.text)
    words = part_of(line, marks.body_start, len(line.text))
    match = _HEADING.fullmatch(words.text)
    if match is None:
        return None
    label = part_of(words, *match.span("label"))
    units, year = (
        _remarks(part_of(words, *match.span("remarks"))) if match["remarks"] else ([], None)
    )
    measure = None
    if year is None and (before := YEAR_BEFORE.match(label.text)) is not None:
        year = part_of(label, *before.span("year"))
        label = part_of(label, before.end(), len(label.text))
    behind = MEASURE_BEHIND.fullmatch(label.text)
    if behind is not None and find_role(behind["measure"]) in MEASURES:
        measure = part_of(label, *behind.span("measure"))
        label = part_of(label, *behind.span("words"))
    if marks.number is None and year is None and measure is None and not units:
        return None
    if len(label.text) < 2 or search_fiscal_years(label.text):
        return None  # a year that was not told apart from the name
    return _Heading(label, tuple(units), year, measure)


def _remarks(line: Line) -> tuple[list[Line], Line | None]:
    """（人、令和5年度末）, （単位：人）: the units, and the year."""
    pieces = [part_of(line, *m.span()) for m in regex.finditer(r"[^、，,・]+", line.text)]
    units = [piece for piece in pieces if find_unit(_without_word(piece.text)) is not None]
    years = [piece for piece in pieces if read_head(piece.text).year is not None]
    return units, years[0] if len(years) == 1 else None


def _without_word(words: str) -> str:
    return words.removeprefix("単位").lstrip(":：は ")


def _rows(printed: Sequence[Printed], at: int, heading: _Heading) -> tuple[list[FigureRow], int]:
    found: list[tuple[Line, Line]] = []
    total = _total(printed[at].line)
    at += total is not None
    while at < len(printed):
        pairs = _pairs(printed[at].line, len(found) + 1)
        if not pairs:
            break
        found += pairs
        at += 1
    if not found:
        return [], at
    if total is None and at < len(printed) and (total := _total(printed[at].line)) is not None:
        at += 1
        pairs = [*found, total]
    else:
        pairs = [total, *found] if total is not None else found
    rows = [
        FigureRow(value, heading.label, name, heading.measure, heading.year)
        for name, value in pairs
    ]
    return rows, at


def _total(line: Line) -> tuple[Line, Line] | None:
    """計1,060, 府全体134人, 全国平均22,649: the sum of all or their mean, and its figure."""
    match = _TOTAL.fullmatch(line.text)
    if match is None or not _is_value(match["value"]):
        return None
    name = part_of(line, *match.span("name"))
    is_sum = (
        is_total(name.text)
        or _AVERAGE.fullmatch(name.text) is not None
        or (is_place(name.text) and _NAME.fullmatch(name.text) is None)
    )
    return (name, part_of(line, *match.span("value"))) if is_sum else None


def _pairs(line: Line, first: int) -> list[tuple[Line, Line]]:
    """Name and value of each item of a line that goes on counting from `first`; none where no one way reads
    the whole line."""
    if len(line.text) > _LONGEST:
        return []
    ways = []
    for way in _ways(line.text, 0, first):
        ways.append(way)
        if len(ways) > 1:
            return []
    if not ways:
        return []
    return [(part_of(line, *name), part_of(line, *value)) for name, value in ways[0]]


_Part = tuple[int, int]


def _ways(text: str, at: int, number: int) -> Iterator[list[tuple[_Part, _Part]]]:
    """Every way to read the text from `at` on as items that count on from `number`."""
    if at == len(text):
        yield []
        return
    start = _after_number(text, at, number)
    if start is None:
        return
    for end in range(start + 2, min(start + 12, len(text))):
        if _NAME.fullmatch(text, start, end) is None and not is_place(text[start:end]):
            continue
        for stop in _ends_of_value(text, end, number + 1):
            behind = stop + len(_BLANK.match(text, stop)[0])  # type: ignore[index]
            for rest in _ways(text, behind, number + 1):
                yield [((start, end), (end, stop)), *rest]


def _after_number(text: str, at: int, number: int) -> int | None:
    return at + len(str(number)) if fold(text[at : at + len(str(number))]) == str(number) else None


def _ends_of_value(text: str, start: int, following: int) -> Iterator[int]:
    """Where a value from `start` on may end: before a blank, before the next number, or with the line."""
    for stop in range(start + 1, len(text) + 1):
        ends = stop == len(text) or text[stop].isspace()
        if not ends and _after_number(text, stop, following) is None:
            continue
        if _is_value(text[start:stop]):
            yield stop
        if ends:
            return


def _is_value(text: str) -> bool:
    figure = _FIGURE.fullmatch(text)
    if figure is not None:
        return figure["unit"] is None or find_unit(figure["unit"]) is not None
    return _PLAIN_WORDS.fullmatch(text) is not None and is_known_value(text)
