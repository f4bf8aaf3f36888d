"""Figures with their year in brackets behind them: 301人〔令和4年度〕, 1,126人（令和８年度、1.29倍）.

What the bracket says behind the year is a second figure, or only what is counted with it (圏域での設置を含む。).
"""

from __future__ import annotations

import regex
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext, find_fiscal_year

_CLOSING = frozenset("〕）)]］")
_DATED = regex.compile(
    r"(?P<value>.*\S)\s*[〔（(\[［](?P<year>[^〔〕（）()\[\]［］、，,]{2,16})"
    r"(?:[、，,・](?P<more>[^〔〕（）()\[\]［］]{1,30}))?[〕）)\]］]",
    regex.DOTALL,
)
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
        return text, None
    value, more = match["value"].rstrip(), match["more"]
    if more is None or _SCOPE.fullmatch(more):
        return value, year
    return f"{value}（{more}）", year
