"""Fiscal years (年度): named by the western year of their April.

A 年度 begins on 1 April: 令和元年度 is 2019, and 令和6年3月末 and 令和6年1月 lie in 2023. Printed with kanji, digits
of either width, letters (R3, R 3, Ｒ３, 令3), 元, two names of one year (平成31・令和元年度, 2023(令和5)年度),
ranges (令和3～5年度, R3～R5), year ends, dates (R6.3.31), and era-less in tables that named the era once
(H30年度 1年度): those are read only where `YearContext` says what they follow. Two names that differ
(2017(平成30)年度) are refused.

Source: 昭島市, 品川区, 福岡市 and 神奈川県 sheets; 元号法 and its orders for the eras.

>>> parse_fiscal_year("Ｒ３年度*¹").year, parse_fiscal_year("令和6年3月末").year
(2021, 2023)
>>> parse_fiscal_year("1年度", YearContext(previous=2018)).year
2019
>>> parse_as_of("1月末時点", 2023)
datetime.date(2024, 1, 31)
"""

from __future__ import annotations

from functools import lru_cache

from keikaku.normalizers.folding import trace, without_breaks
from keikaku.normalizers.reporting_dates import parse_as_of
from keikaku.normalizers.year_names import (
    NO_CONTEXT,
    FiscalYear,
    YearContext,
    find_whole,
    fiscal_year_of,
    read_whole,
    search_explicit,
)

__all__ = [
    "FiscalYear",
    "YearContext",
    "find_fiscal_year",
    "fiscal_year_of",
    "parse_as_of",
    "parse_fiscal_year",
    "search_fiscal_years",
]


def parse_fiscal_year(text: str, context: YearContext = NO_CONTEXT) -> FiscalYear:
    """The fiscal year that the whole of `text` names, or UnreadYear with the reason."""
    return read_whole(text, context)


def find_fiscal_year(text: str, context: YearContext = NO_CONTEXT) -> FiscalYear | None:
    """The fiscal year that the whole of `text` names, or None."""
    return find_whole(text, context)


def search_fiscal_years(text: str) -> tuple[FiscalYear, ...]:
    """Every explicit year inside a heading or caption (【令和5年度末までの目標】), in order.

    Contradictory years are left out; ``2025年問題`` names no fiscal year.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _searched(text)


_LONGEST_REMEMBERED = 60
"""Characters; longer texts are sentences, which come but once."""


@lru_cache(maxsize=4_096)
def _remembered(text: str) -> tuple[FiscalYear, ...]:
    return _searched(text)


def _searched(text: str) -> tuple[FiscalYear, ...]:
    return tuple(search_explicit(without_breaks(trace(text))))
