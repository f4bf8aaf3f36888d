"""Figures with their year: in brackets behind them (301人〔令和4年度〕, 1,126人（令和８年度、1.29倍）) or before them, on a
line of its own, before a colon or blank (Ｒ８：184人).

What the bracket says behind the year is a second figure, or only what is counted with it (圏域での設置を含む。). A cell may hold
a series: 令和6年度：3人 over 令和7年度：5人, 30年度　41人／元年度　79人, 71人（R6）、79人（R7）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import (
    FiscalYear,
    YearContext,
    find_fiscal_year,
    search_fiscal_years,
)

_CLOSING = frozenset("〕）)]］")
_DATED = regex.compile(
    r"(?P<value>.*\S)\s*[〔（(\[［](?P<year>[^〔〕（）()\[\]［］、，,]{2,16})"
    r"(?:[、，,・](?P<more>[^〔〕（）()\[\]［］]{1,30}))?[〕）)\]］]",
    regex.DOTALL,
)
_BESIDE = (
    regex.compile(
        r"[〔（(\[［【](?P<year>[^〔〕（）()\[\]［］【】、，,]{2,16})[〕）)\]］】]\s*(?P<value>\S.*)",
        regex.DOTALL,
    ),
    regex.compile(r"(?P<year>[^\s:：]{2,16})(?:\s*[:：]\s*|\s+)(?P<value>\S.*)", regex.DOTALL),
    regex.compile(r"(?P<value>\S.*?)\s*【(?P<year>[^【】]{2,16})】", regex.DOTALL),
    regex.compile(r"(?P<value>\S.*?)\s+(?P<year>\S{2,16})", regex.DOTALL),
)
_YEAR_WORDS = regex.compile(r"年|[RHＲＨ]")
"""What tells a year from a number: 2026 alone may be either."""
_DIGIT = regex.compile(r"[0-9０-９]")
_SCOPE = regex.compile(r"[^0-9０-９]*(?:含む|含まない|除く|除いた数|含めた数)。?")
_NO_CONTEXT = YearContext()


def value_and_year_in(text: str, years: YearContext = _NO_CONTEXT) -> tuple[str, FiscalYear | None]:
    """The figure without the year that is printed with it, and that year.

    >>> value_and_year_in("1,126人（令和８年度、1.29倍）")[0], value_and_year_in("12人（うち女性3人）")[1]
    ('1,126人（1.29倍）', None)
    >>> value_and_year_in("31市町村（令和８年度末、圏域での設置を含む。）")[0]
    '31市町村'
    """
    match = _DATED.fullmatch(text) if text[-1:] in _CLOSING else None
    year = find_fiscal_year(match["year"], years) if match else None
    if match is None or year is None:
        return _figure_beside_year(text, years)
    value, more = match["value"].rstrip(), match["more"]
    if more is None or _SCOPE.fullmatch(more):
        return value, year
    return f"{value}（{more}）", year


def _figure_beside_year(text: str, years: YearContext) -> tuple[str, FiscalYear | None]:
    """``令和８年度`` over or before ``184人``: one figure and one year, and nothing else."""
    if _YEAR_WORDS.search(text) is None or _DIGIT.search(text) is None:
        return text, None
    for match in (found for pattern in _BESIDE if (found := pattern.fullmatch(text)) is not None):
        value = match["value"]
        is_figure = _DIGIT.search(value) is not None and is_value_like(value)
        if not is_figure or _YEAR_WORDS.search(match["year"]) is None or search_fiscal_years(value):
            continue
        if (year := find_fiscal_year(match["year"], years)) is not None:
            return value, year
    return text, None


class DatedFigure(NamedTuple):
    """One figure of a series in a cell: without its year, the year, and what is printed, where."""

    text: str
    year: FiscalYear
    raw: str
    span: Span


_YEAR_AHEAD = (
    r"[〔（(【]?(?:令和|平成|[RHＲＨ])?[\s　]*(?:[0-9０-９]{1,4}|元)[\s　]*(?:年|[\s　:：）)])"
)
_PARTED_BY = (
    regex.compile(r"[／;；、，]|,(?![0-9]{3})|/(?![0-9年月日回人])"),
    regex.compile(rf"[\s　]+(?={_YEAR_AHEAD})"),
    regex.compile(r"(?<=[)）〕】])[\s　]*(?=[^\s　()（）])"),
)
"""What may stand between the figures of a series; one kind in a line."""
_BEFORE = regex.compile(r"(?P<year>[^\s　:：]{2,12})[\s　:：]+(?P<value>\S.*)")


def dated_figures(lines: Sequence[Line], years: YearContext = _NO_CONTEXT) -> list[DatedFigure]:
    """The figures of a cell that prints several, each with another year; empty where one part of it is no such figure."""
    if not any(_YEAR_WORDS.search(line.text) for line in lines):
        return []
    found: list[DatedFigure] = []
    for line in lines:
        parts = _parts(line, years)
        if not parts:
            return []
        found += parts
    told = {(part.year.year, part.year.last) for part in found}
    return found if len(found) == len(told) > 1 else []


def _parts(line: Line, years: YearContext) -> list[DatedFigure]:
    """The dated figures of a line that is nothing but such figures."""
    if (whole := _dated(line, years)) is not None:
        return [whole]
    for between in _PARTED_BY:
        dated = [_dated(part, years) for part in _cut(line, between)]
        if len(dated) > 1 and all(part is not None for part in dated):
            return [part for part in dated if part is not None]
    return []


def _cut(line: Line, between: regex.Pattern[str]) -> Iterator[Line]:
    start = 0
    for match in between.finditer(line.text):
        yield _slice(line, start, match.start())
        start = match.end()
    yield _slice(line, start, len(line.text))


def _slice(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    at = line.span.char_start
    return Line(text, line.span if at is None else Span(at + start, at + start + len(text)))


def _dated(part: Line, years: YearContext) -> DatedFigure | None:
    text, year = value_and_year_in(part.text, years)
    if year is None and (match := _BEFORE.fullmatch(part.text)) is not None:
        is_year = _YEAR_WORDS.search(match["year"]) is not None
        year = find_fiscal_year(match["year"], years) if is_year else None
        text = match["value"]
    if year is None or year.last is not None or not is_known_value(text):
        return None
    return None if search_fiscal_years(text) else DatedFigure(text, year, part.text, part.span)
