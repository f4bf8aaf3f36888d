"""Figures with their year: in brackets behind them (301人〔令和4年度〕, 1,126人（令和８年度、1.29倍）) or before them, on a
line of its own, before a colon or blank (Ｒ８：184人).

What the bracket says behind the year is a second figure, or only what is counted with it (圏域での設置を含む。).
"""

from __future__ import annotations

import regex
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
    if _DIGIT.search(text) is None or _YEAR_WORDS.search(text) is None:
        return text, None
    for match in (found for pattern in _BESIDE if (found := pattern.fullmatch(text)) is not None):
        value = match["value"]
        is_figure = _DIGIT.search(value) is not None and is_value_like(value)
        if not is_figure or _YEAR_WORDS.search(match["year"]) is None or search_fiscal_years(value):
            continue
        if (year := find_fiscal_year(match["year"], years)) is not None:
            return value, year
    return text, None
