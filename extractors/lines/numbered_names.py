"""Municipalities in a row without delimiters: ``1架空市58 2仮想市21 3見本市17`` under what is counted.

The number in front counts on by one, the name ends as names of municipalities do or is that of a prefecture, and what is left is
the figure or status word; only where that leaves one reading is the list taken, be there blanks between the items or
none (``1架空市58人2仮想市21人``). The heading over it names the indicator, and may say the year, the measure and, in
brackets, the unit and what brackets behind the figures hold (（令和２年度、（　）内は達成率） over ``1架空市68人（91.9％）``); the sum of all
stands before the list or behind it (``府全体134人``). Source: 大阪府.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
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
    r"(?P<main>[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*(?P<unit>[^\s　0-9０-９,，.．()（）〔〕\[\]［］]{1,4})?)"
    r"(?P<bracket>[(（〔\[［](?P<inside>[^()（）〔〕\[\]［］]*[0-9０-９][^()（）〔〕\[\]［］]*|[-－―—])[)）〕\]］])?"
)
_BRACKETED = regex.compile(r"[)）〕\]］]\Z")
_IN_BRACKETS = regex.compile(
    r"(?:[(（][\s　]*[)）]|[〔\[［][\s　]*[\]］〕]|カッコ|かっこ|括弧)[\s　]*(?:内|書き?)(?:の数値|の数字)?は、?(?P<words>[^()（）、，]{2,16}?)(?:です|である|を示す)?[)）。]*(?=\Z|[、，])"
)
_OF_A_WHOLE = regex.compile(
    r"(?!.*(?:目標|計画|見込|実績|前年|達成|進捗|増減)).*(?:に(?:対する|占める|対しての)|の)(?:割合|比率|率)"
)
_SHARED = regex.compile(
    r"[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*[^\s　0-9０-９,，.．()（）〔〕\[\]［］]{0,4}"
    r"[(（〔\[［][0-9０-９]{1,3}(?:[.．][0-9０-９]+)?[%％][)）〕\]］]"
)
_SPEAKS_OF_BRACKETS = regex.compile("内は|書きは")
_PLAIN_WORDS = regex.compile(r"(?:(?:令和|平成)[0-9０-９元]{1,2}年度?)?[^0-9０-９市区町村]+")
_TOTAL = regex.compile(r"(?P<name>[^0-9０-９\s　]{1,6})[\s　]*(?P<value>[0-9０-９].*)")
_AVERAGE = regex.compile(r"(?:全国|都|道|府|県)(?:内|全体)?の?平均")
_HEADING = regex.compile(
    r"(?P<label>[^（）()。、]{2,50}?)(?:[\s　]*[（(](?P<remarks>(?:[^（）()]|[（(][^（）()]*[)）])+)[)）])?"
)
_REMARKS = regex.compile(
    r"(?:[（(](?P<remarks>(?:[^（）()]|[（(][^（）()]*[)）])+)[)）]|[※＊*][\s　]*(?P<remarks>.{2,40}))"
)
_BLANK = regex.compile(r"[\s　]*")
_COMPARED = MEASURES | {Role.RATE, Role.GAP}
_FEWEST = 3
_LONGEST = 300


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A heading with a list of numbered names right below it."""
    following = printed[at + 1 : at + 4]
    if not any(item.line.text[:1] in "1１" for item in following):
        return None
    heading, start = _heading(printed[at].line), at + 1
    if heading is not None and (more := _line_of_remarks(printed[start].line)) is not None:
        heading, start = heading.with_more(*_remarks(more), _says_shares(more)), start + 1
    if heading is None:
        return None
    pairs, end = _names_and_values(printed, start)
    if len(pairs) < _FEWEST:
        return None
    heading = _with_legend_behind(heading, printed, end)
    if not _tells_brackets(heading, [value.text for _, value in pairs]):
        return None
    rows = [row for name, value in pairs for row in _figures(name, value, heading)]
    return Found(lay_figures(rows, heading.units, printed[at:end]), end)


def _tells_brackets(heading: _Heading, values: Sequence[str]) -> bool:
    """Does the heading say what stands in brackets behind the figures? Shares of a whole are printed in percent, each of
    them with its figure."""
    bracketed = [value for value in values if _BRACKETED.search(value)]
    if heading.holds_shares:
        return len(bracketed) == len(values) and all(map(_SHARED.fullmatch, values))
    return heading.in_brackets is not None or not bracketed


LAYOUTS = (find_list,)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a heading over a list says of its figures."""

    label: Line
    units: tuple[Line, ...]
    year: Line | None
    measure: Line | None
    in_brackets: Line | None = None
    """The measure of what stands in brackets behind the figures."""
    holds_shares: bool = False
    """Do the brackets hold what share of a whole the figure is (（　）内は施設入所者数に対する割合)?"""

    def with_more(
        self,
        units: Sequence[Line],
        year: Line | None,
        in_brackets: Line | None,
        shares: bool,
    ) -> _Heading | None:
        """The heading with what a line of remarks below it says; None where both say it."""
        own = self.in_brackets or self.holds_shares
        told = ((self.units, units), (self.year, year), (own, in_brackets or shares))
        if any(one and other for one, other in told) or not any(other for _, other in told):
            return None
        return replace(
            self,
            units=(*self.units, *units),
            year=self.year or year,
            in_brackets=self.in_brackets or in_brackets,
            holds_shares=self.holds_shares or shares,
        )


def _line_of_remarks(line: Line) -> Line | None:
    """（単位：人）, ※（　）内は達成率 alone on a line."""
    match = _REMARKS.fullmatch(line.text)
    return part_of(line, *match.span("remarks")) if match is not None else None


def _heading(line: Line) -> _Heading | None:
    """(1) 令和8年度末までの地域生活移行者数の目標値（単位：人）; None where nothing shows that it is a heading."""
    marks = split_marks(line.text)
    words = part_of(line, marks.body_start, len(line.text))
    match = _HEADING.fullmatch(words.text)
    if match is None:
        return None
    label = part_of(words, *match.span("label"))
    units, year, in_brackets = (
        _remarks(part_of(words, *match.span("remarks"))) if match["remarks"] else ([], None, None)
    )
    measure = None
    if year is None and (before := YEAR_BEFORE.match(label.text)) is not None:
        year = part_of(label, *before.span("year"))
        label = part_of(label, before.end(), len(label.text))
    behind = MEASURE_BEHIND.fullmatch(label.text)
    if behind is not None and find_role(behind["measure"]) in MEASURES:
        measure = part_of(label, *behind.span("measure"))
        label = part_of(label, *behind.span("words"))
    shares = _says_shares(words)
    if _SPEAKS_OF_BRACKETS.search(words.text) and in_brackets is None and not shares:
        return None
    if marks.number is None and year is None and measure is None and not units:
        return None
    if len(label.text) < 2 or search_fiscal_years(label.text):
        return None  # a year that was not told apart from the name
    return _Heading(label, tuple(units), year, measure, in_brackets, shares)


def _says_shares(words: Line) -> bool:
    """（　）内は施設入所者数に対する割合: part of a whole; what compares with a target is none."""
    told = [legend["words"] for legend in _IN_BRACKETS.finditer(words.text)]
    return len(told) == 1 and _OF_A_WHOLE.fullmatch(told[0]) is not None


def _remarks(line: Line) -> tuple[list[Line], Line | None, Line | None]:
    """（人、令和5年度末、（　）内は達成率）, （単位：人）: the units, the year, and the measure of brackets."""
    legends = list(_IN_BRACKETS.finditer(line.text))
    told = [part_of(line, *legend.span("words")) for legend in legends]
    in_brackets = told[0] if len(told) == 1 and find_role(told[0].text) in _COMPARED else None
    line = part_of(line, 0, legends[0].start()) if legends else line
    pieces = [part_of(line, *m.span()) for m in regex.finditer(r"[^、，,・]+", line.text)]
    units = [piece for piece in pieces if find_unit(_without_word(piece.text)) is not None]
    years = [piece for piece in pieces if read_head(piece.text).year is not None]
    return units, years[0] if len(years) == 1 else None, in_brackets


def _without_word(words: str) -> str:
    return words.removeprefix("単位").lstrip(":：は ")


def _with_legend_behind(heading: _Heading, printed: Sequence[Printed], end: int) -> _Heading:
    """※（　）内は目標達成率です。 right below the list."""
    more = _line_of_remarks(printed[end].line) if end < len(printed) else None
    if more is None or heading.in_brackets is not None or heading.holds_shares:
        return heading
    return replace(heading, in_brackets=_remarks(more)[2], holds_shares=_says_shares(more))


def _names_and_values(printed: Sequence[Printed], at: int) -> tuple[list[tuple[Line, Line]], int]:
    """Name and value of each item of the list, and of the sum of all; and the line behind."""
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
    return pairs, at


def _figures(name: Line, value: Line, heading: _Heading) -> Iterator[FigureRow]:
    """The figure of a place, and the one in brackets behind it where the heading says what that is."""
    match = _FIGURE.fullmatch(value.text)
    if match is None or match["bracket"] is None or heading.in_brackets is None:
        yield FigureRow(value, heading.label, name, heading.measure, heading.year)
        return
    main, inside = (part_of(value, *match.span(part)) for part in ("main", "inside"))
    yield FigureRow(main, heading.label, name, heading.measure, heading.year)
    yield FigureRow(inside, heading.label, name, heading.in_brackets, heading.year)


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
