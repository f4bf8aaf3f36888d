"""Reporting dates (時点): the day at which a figure stands, as a note or head prints it.

``各年度３月末時点`` stands for another day in every year of the table; ``1月末時点`` lies in the year after the one in
which the fiscal year began. One note may name an exception: ``各年度3月末時点、ただし令和5年度は1月末時点``.

Source: 品川区 sheet (R3 to R5), 札幌市 (12月末時点).

>>> parse_as_of("各年度3月末時点", 2021), parse_as_of("1月末時点", 2023)
(datetime.date(2022, 3, 31), datetime.date(2024, 1, 31))
>>> note = "*各年度３月末時点、ただし令和５年度は 1月末時点"
>>> parse_as_of(note, 2022), parse_as_of(note, 2023)
(datetime.date(2023, 3, 31), datetime.date(2024, 1, 31))
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from keikaku.normalizers.errors import Reason, UnreadYear
from keikaku.normalizers.folding import trace, without_breaks
from keikaku.normalizers.year_names import NO_CONTEXT, find_whole, fiscal_year_of

_CLAUSE = re.compile("[、,。;]|ただし|但し|なお")
_DATE = re.compile(
    r"(?:各(?:年度?|年度末)?の?|毎年度?の?|(?P<year>[^0-9]*?[0-9元].*?年度?|[RHS][0-9元]{1,2})(?:については|は|の|に|[.])?)?"
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|末日?|現在|時点)|(?P<year_end>(?:年度)?末))"
    r"(?:末日?|時点|現在|の?(?:数値|実績|人数|値|数)|とする|まで|[での])*"
)
_LIST_MARK = re.compile("^[※*・○]+[0-9]{0,2}|^[¹²³①-⑳]+|^注[0-9]{0,2}:?")


@dataclass(frozen=True, slots=True)
class ReportingDate:
    """A month (and day; None is its last) of the fiscal year `year`, or of every one when None."""

    month: int
    day: int | None = None
    year: int | None = None

    def in_year(self, fiscal_year: int) -> date:
        """The day of this month in `fiscal_year`: January to March are in the next calendar year."""
        year = fiscal_year + (self.month < 4)
        return date(year, self.month, self.day or monthrange(year, self.month)[1])


def parse_as_of(text: str, fiscal_year: int) -> date:
    """The day at which figures of `fiscal_year` stand by the note `text`, or UnreadYear."""
    dates = find_reporting_dates(text)
    own = [found for found in dates if found.year == fiscal_year]
    general = [found for found in dates if found.year is None]
    chosen = own or general
    if len(chosen) != 1:
        reason = Reason.CONTRADICTION if dates else Reason.NO_YEAR
        raise UnreadYear(text, 0, len(text), reason)
    return chosen[0].in_year(fiscal_year)


@lru_cache(maxsize=4_000)
def find_reporting_dates(text: str) -> tuple[ReportingDate, ...]:
    """Every reporting date of a note, the general one and its exceptions; () when it holds none."""
    if len(text) > _LONGEST:
        return ()
    folded = without_breaks(trace(text)).text
    clauses = (_LIST_MARK.sub("", clause) for clause in _CLAUSE.split(folded))
    found = (_read_clause(clause) for clause in clauses)
    return tuple(reporting for reporting in found if reporting is not None)


def _read_clause(clause: str) -> ReportingDate | None:
    match = _DATE.fullmatch(clause.strip("()[]【】"))
    if match is None:
        return None
    month = 3 if match["year_end"] else int(match["month"])
    day = int(match["day"]) if match["day"] else None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= _DAYS[month]):
        return None
    year = _year_of(match, month)
    return None if match["year"] and year is None else ReportingDate(month, day, year)


def _year_of(match: re.Match[str], month: int) -> int | None:
    """令和5年度は1月末: fiscal 2023; 令和6年1月末: the calendar year, fiscal 2023 too."""
    if not match["year"]:
        return None
    printed = match["year"]
    found = find_whole(printed, NO_CONTEXT)
    if found is None or found.last is not None:
        return None
    return found.year if "年度" in printed else fiscal_year_of(date(found.year, month, 1))


_LONGEST = 200
_DAYS = {month: 31 - (month in (4, 6, 9, 11)) - 2 * (month == 2) for month in range(1, 13)}
