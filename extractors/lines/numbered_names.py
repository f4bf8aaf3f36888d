"""Municipalities in a row without delimiters: ``1架空市58 2仮想市21 3見本市17`` under what is counted.

The number in front counts on by one, the name ends as names of municipalities do, and what is left is
the figure or status word; only where that leaves one reading is the list taken. The heading over it
names the indicator, its bracket the unit and the year. Source: 大阪府.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of, tokens_of
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_NAME = regex.compile(r"[^0-9０-９\s　]{1,10}(?:市|区|町|村|圏域)")
_FIGURE = regex.compile(r"[0-9０-９][0-9０-９,，]*")
_PLAIN_WORDS = regex.compile(r"(?:(?:令和|平成)[0-9０-９元]{1,2}年度?)?[^0-9０-９市区町村]+")
_TOTAL = regex.compile(r"(?P<name>合計|総計|計)[\s　]*(?P<value>[0-9０-９][0-9０-９,，]*)")
_HEADING = regex.compile(r"(?P<label>[^（）()]+?)[\s　]*[（(](?P<remarks>[^（）()]+)[)）]")
_FEWEST = 3


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A heading with a list of numbered names right below it."""
    heading = printed[at].line
    marks = split_marks(heading.text)
    words = part_of(heading, marks.body_start, len(heading.text))
    match = _HEADING.fullmatch(words.text)
    if marks.number is None or match is None or at + 1 >= len(printed):
        return None
    label = part_of(words, *match.span("label"))
    remarks = _remarks(part_of(words, *match.span("remarks")))
    rows, end = _rows(printed, at + 1, label, remarks[1])
    if len(rows) < _FEWEST:
        return None
    return Found(lay_figures(rows, remarks[0], printed[at:end]), end)


LAYOUTS = (find_list,)


def _remarks(line: Line) -> tuple[list[Line], Line | None]:
    """（人、令和5年度末）: the units, and the year."""
    pieces = [part_of(line, *m.span()) for m in regex.finditer(r"[^、，,・]+", line.text)]
    units = [piece for piece in pieces if find_unit(piece.text) is not None]
    years = [piece for piece in pieces if read_head(piece.text).year is not None]
    return units, years[0] if len(years) == 1 else None


def _rows(
    printed: Sequence[Printed], at: int, label: Line, year: Line | None
) -> tuple[list[FigureRow], int]:
    rows: list[FigureRow] = []
    while at < len(printed):
        pairs = _pairs(printed[at].line, len(rows) + 1)
        if not pairs:
            break
        rows += [FigureRow(value, label, quantity=name, year=year) for name, value in pairs]
        at += 1
    total = _TOTAL.fullmatch(printed[at].line.text) if rows and at < len(printed) else None
    if total is not None:
        line = printed[at].line
        name, value = part_of(line, *total.span("name")), part_of(line, *total.span("value"))
        rows.append(FigureRow(value, label, quantity=name, year=year))
        at += 1
    return rows, at


def _pairs(line: Line, first: int) -> list[tuple[Line, Line]]:
    """Name and value of each item of a line that goes on counting from `first`; none if any fails."""
    pairs = []
    for number, token in enumerate(tokens_of(line), first):
        pair = _pair(token, str(number))
        if pair is None:
            return []
        pairs.append(pair)
    return pairs


def _pair(token: Line, number: str) -> tuple[Line, Line] | None:
    if not token.text.startswith(number):
        return None
    rest = part_of(token, len(number), len(token.text))
    ends = [
        end
        for end in range(2, min(12, len(rest.text)))
        if _NAME.fullmatch(rest.text[:end]) and _is_value(rest.text[end:])
    ]
    if len(ends) != 1:
        return None
    return part_of(rest, 0, ends[0]), part_of(rest, ends[0], len(rest.text))


def _is_value(text: str) -> bool:
    if _FIGURE.fullmatch(text) is not None:
        return True
    return _PLAIN_WORDS.fullmatch(text) is not None and is_known_value(text)
