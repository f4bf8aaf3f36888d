"""Year names: the grammar of one printed year, its second name, its month, and of ranges.

A year has an era or a western number, or neither (``3年度`` in a table that named the era once); behind it
may stand its other name (``令和5（2023）年度``, ``平成31・令和元年度``), a month and day, 末 or 時点, and a second year.
`fiscal_years` is the door to it; here the names are matched and made to agree.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from keikaku.normalizers.eras import ERA, find_era, western_year
from keikaku.normalizers.errors import Reason, UnreadYear
from keikaku.normalizers.folding import Traced, joined, trace, without_breaks
from keikaku.normalizers.numerals import parse_number
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.values import Comparator

_DIGITS = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_WESTERN = "(?:19|20)[0-9]{2}|二〇[〇一二三四五六七八九]{2}"
_YEAR_WORD = "年度|年"
_ALSO = "[・/]|,?かっこ,?"
_TO = r"~|から|[-‐‑–—―−ー]"
_STANDS = "末日|末|まつ|中|当初|初め|初|時点|現在|期首|期末"

_IN_CELL = "年度|年(?![以間後]|[0-9](?![0-9]?月))"
"""R3年7 may be the beginning of a month: a bare 年 never stands before a figure."""

YEAR = (
    rf"(?:(?:{ERA})\.?(?:元|(?:{_DIGITS})(?![0-9一二三四五六七八九十]))(?:{_IN_CELL})?|(?:{_WESTERN})(?:{_IN_CELL})"
    rf"|(?:元|[0-9]{{1,2}})年度)"
    r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
)
"""An explicit year inside a cell, in folded text."""


def _name(group: str, *, bare: bool) -> str:
    """One name of a year: an era year, a western year, or (bare) a number that needs its context."""
    era = rf"(?P<{group}_era>{ERA})\.?(?P<{group}_number>元|がん|{_DIGITS})"
    western = rf"(?:FY)?(?P<{group}_western>{_WESTERN})"
    number = (
        rf"|(?P<{group}_bare>元|{_DIGITS})(?={_YEAR_WORD}|\)|~|から|[-‐‑–—―−ー]|$)" if bare else ""
    )
    return rf"(?:{era}|{western}{number})"


def _point(group: str, *, bare: bool) -> str:
    """A year with its second name (令和5（2023）年度), its month and day, and 末."""
    return (
        rf"{_name(group, bare=bare)}(?P<{group}_unit>{_YEAR_WORD})?"
        rf"(?:(?:(?P<{group}_open>\()|(?P<{group}_list>{_ALSO}))(?:{_name(group + '_also', bare=True)})"
        rf"(?P<{group}_also_unit>{_YEAR_WORD})?(?({group}_open)\)))?"
        rf"(?P<{group}_unit2>{_YEAR_WORD})?"
        rf"(?:\.?(?P<{group}_month>[0-9]{{1,2}})月(?:(?P<{group}_day>[0-9]{{1,2}})日)?"
        rf"|[./-](?P<{group}_month2>[0-9]{{1,2}})(?:[./-](?P<{group}_day2>[0-9]{{1,2}})|(?=末)))?"
        rf"(?P<{group}_stands>(?:{_STANDS})*)"
    )


_EXPRESSION = (
    rf"{{first}}(?:(?:{_TO}){_point('second', bare=True)})?(?P<bound>までに|まで|以降|以後|以前)?"
)
_WHOLE = re.compile(_EXPRESSION.replace("{first}", _point("first", bare=True)))
_INSIDE = re.compile(
    rf"(?={ERA}|{_WESTERN}|FY)" + _EXPRESSION.replace("{first}", _point("first", bare=False))
)


class YearContext(NamedTuple):
    """What a table says of its era-less years.

    `era` in which they count, the fiscal year `previous` to this one in the same row of heads, the
    `current` year of a box (今年度), the years of the plan term. In the paper `of_a_plan` ６年度 is of 令和, where
    nothing else says of which era: no such plan is as old as 平成６年度; and 30年度 is of 平成.
    """

    era: str | None = None
    previous: int | None = None
    current: int | None = None
    plan_years: tuple[int, ...] = ()
    of_a_plan: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A printed fiscal year: `year` begins in April of that western year, `last` ends a range.

    `printed` is ``text[start:end]``. `month_end` is the last day that the text names: of the month
    (令和6年1月末), of the year (年度末), or the very day. `bound` is ge for 以降, le for まで.
    """

    year: int
    last: int | None
    printed: str
    start: int
    end: int
    month_end: date | None = None
    bound: Comparator | None = None


NO_CONTEXT = YearContext()


@lru_cache(maxsize=20_000)
def read_whole(text: str, context: YearContext) -> FiscalYear:
    """The year that the whole of `text` names, or UnreadYear."""
    if len(text) > _LONGEST:
        raise UnreadYear(text, 0, len(text), Reason.NO_YEAR)
    traced = _without_note(without_breaks(trace(text)))
    relative = _RELATIVE.get(traced.text)
    if relative is not None:
        return _relative_year(traced, relative, context)
    match = _WHOLE.fullmatch(traced.text)
    if match is None:
        raise UnreadYear(text, 0, len(text), Reason.NO_YEAR)
    return _resolve(traced, match, context)


@lru_cache(maxsize=20_000)
def find_whole(text: str, context: YearContext) -> FiscalYear | None:
    """The year that the whole of `text` names, or None."""
    try:
        return read_whole(text, context)
    except UnreadYear:
        return None


def search_explicit(traced: Traced) -> Iterator[FiscalYear]:
    """Every year inside `traced` that needs no context, in order."""
    for match in _INSIDE.finditer(traced.text):
        is_bare_western = match["first_western"] and not _has_year_sign(match)
        if is_bare_western or not _stands_alone(traced, match):
            continue
        found = find_whole(match.group(), NO_CONTEXT)
        if found is None:
            continue
        start, end = traced.span(match.start(), match.end())
        yield replace(found, printed=traced.source[start:end], start=start, end=end)


def _has_year_sign(match: re.Match[str]) -> bool:
    units = (
        match["first_unit"],
        match["first_unit2"],
        match["first_also_unit"],
        match["second_unit"],
    )
    return (
        "年度" in units or match["first_month"] is not None or match["first_also_era"] is not None
    )


def _stands_alone(traced: Traced, match: re.Match[str]) -> bool:
    """``R3`` is a year, ``R3A``, ``SR3`` and ``R12345`` are none; blanks keep ``H30 R1`` apart."""
    start, end = match.span()
    before = match.string[start - 1 : start]
    after = match.string[end : end + 1]
    joins_before = (
        before.isascii() and before.isalnum() and traced.ends[start - 1] == traced.starts[start]
    )
    joins_after = after.isascii() and after.isalnum() and traced.ends[end - 1] == traced.starts[end]
    ends_in_word = match.group()[-1] in "年度月日末"
    return not joins_before and (ends_in_word or not joins_after)


def _without_note(traced: Traced) -> Traced:
    note = _NOTE.search(traced.text)
    return traced if note is None else joined(traced, 0, note.start(), frozenset())


def _relative_year(traced: Traced, offset: int, context: YearContext) -> FiscalYear:
    if context.current is None:
        raise _unread(traced, 0, len(traced.text), Reason.NO_ERA)
    start, end = traced.span(0, len(traced.text))
    return FiscalYear(context.current + offset, None, traced.source[start:end], start, end)


def _resolve(traced: Traced, match: re.Match[str], context: YearContext) -> FiscalYear:
    first = _Point(traced, match, "first", context).read()
    second = _second(traced, match, first, context)
    start, end = traced.span(match.start(), match.end())
    last = second.year if second else first.last
    return FiscalYear(
        first.year,
        last,
        traced.source[start:end],
        start,
        end,
        month_end=(second or first).month_end,
        bound=_BOUNDS.get(match["bound"]),
    )


def _second(
    traced: Traced, match: re.Match[str], first: FiscalYear, context: YearContext
) -> FiscalYear | None:
    if match.start("second_stands") < 0:
        return None
    is_western = match["first_western"] is not None
    if is_western and match["second_bare"]:
        raise _unread(traced, match.start("second_bare"), match.end(), Reason.NO_ERA)
    era = find_era(match["first_era"] or "") or context.era
    after = context._replace(era=era, previous=None if era else first.year)
    second = _Point(traced, match, "second", after).read()
    if second.year <= first.year:
        raise _unread(traced, match.start(), match.end(), Reason.DESCENDING)
    return second


class _Point:
    """One end of a match: its names agree on one year, its month says on which side of April."""

    def __init__(
        self, traced: Traced, match: re.Match[str], group: str, context: YearContext
    ) -> None:
        self.traced = traced
        self.match = match
        self.group = group
        self.context = context

    def read(self) -> FiscalYear:
        year = self._named(self.group)
        last = self._also(year)
        month, day = (
            self._part("month") or self._part("month2"),
            self._part("day") or self._part("day2"),
        )
        start, end = self.traced.span(self.match.start(), self.match.end())
        if month is None:
            month_end = date((last or year) + 1, 3, 31) if self._stands_at_end() else None
            return FiscalYear(year, last, self.traced.source[start:end], start, end, month_end)
        calendar_year = year + (int(month) < 4) if self._is_fiscal() else year
        day_printed = self._day(calendar_year, int(month), day)
        fiscal = fiscal_year_of(day_printed)
        return FiscalYear(fiscal, None, self.traced.source[start:end], start, end, day_printed)

    def _part(self, name: str) -> str | None:
        return self.match[f"{self.group}_{name}"]

    def _is_fiscal(self) -> bool:
        return "年度" in (self._part("unit"), self._part("unit2"), self._part("also_unit"))

    def _stands_at_end(self) -> bool:
        return bool({"末", "ま"} & set(self._part("stands") or "")) and self._part("unit") != "年"

    def _day(self, year: int, month: int, day: str | None) -> date:
        try:
            return date(year, month, int(day) if day else monthrange(year, month)[1])
        except ValueError:
            raise self._refuse(Reason.NO_SUCH_YEAR) from None

    def _named(self, group: str) -> int:
        western, era = self.match[f"{group}_western"], self.match[f"{group}_era"]
        if western:
            return int(parse_number(western))
        if era is None:
            return self._era_less(self.match[f"{group}_bare"], self._part("unit"))
        year = western_year(find_era(era) or era, _number(self.match[f"{group}_number"]))
        if year is None:
            raise self._refuse(Reason.NO_SUCH_YEAR)
        return year

    def _era_less(self, printed: str, unit: str | None) -> int:
        """令和 or 平成 by the context: the named era, the nearest year from the previous one on, the plan."""
        number = _number(printed)
        if self.context.era:
            year = western_year(self.context.era, number)
            if year is None:
                raise self._refuse(Reason.NO_SUCH_YEAR)
            return year
        candidates = _candidates(number)
        if self.context.previous is not None:
            later = [y for y in candidates if 0 <= y - self.context.previous <= _NEAR]
            candidates = later or []
        else:
            of_term = [y for y in candidates if y in self.context.plan_years]
            is_young = unit == "年度" and number <= _LAST_YOUNG and not printed.startswith("0")
            is_old = unit == "年度" and number in _LAST_OF_HEISEI
            near = [
                y
                for y in candidates
                if (is_young and y >= _FIRST_OF_REIWA) or (is_old and y <= _FIRST_OF_REIWA)
            ]
            candidates = of_term or (near if self.context.of_a_plan else [])
        if len(candidates) != 1:
            raise self._refuse(Reason.NO_ERA)
        return candidates[0]

    def _also(self, year: int) -> int | None:
        """The second name: the same year, or (令和3・4年度) the next."""
        group = f"{self.group}_also"
        bare = self.match[f"{group}_bare"]
        if bare:
            era = self.match[f"{self.group}_era"]
            same_era = western_year(find_era(era) or era, _number(bare)) if era else None
            others = {*_candidates(_number(bare)), same_era}
        elif self.match[f"{group}_western"] or self.match[f"{group}_era"]:
            others = {self._named(group)}
        else:
            return None
        if year in others:
            return None
        if self._part("list") == "・" and year + 1 in others:
            return year + 1
        raise self._refuse(Reason.CONTRADICTION)

    def _refuse(self, reason: Reason) -> UnreadYear:
        return _unread(self.traced, self.match.start(), self.match.end(), reason)


def fiscal_year_of(day: date) -> int:
    """The fiscal year in which `day` lies: January to March belong to the year before."""
    return day.year - (day.month < 4)


def _candidates(number: int) -> list[int]:
    years = (western_year(era, number) for era in ("平成", "令和"))
    return [year for year in years if year is not None]


def _number(printed: str) -> int:
    return 1 if printed in ("元", "がん") else int(parse_number(printed.lstrip("0") or "0"))


def _unread(traced: Traced, start: int, end: int, reason: Reason) -> UnreadYear:
    first, last = traced.span(start, end) if end > start else (0, 0)
    return UnreadYear(traced.source, first, last, reason)


_LAST_YOUNG = 9
"""６年度: of two digits 平成23年度 and 2023年度 are as likely."""
_FIRST_OF_REIWA = 2019
_LAST_OF_HEISEI = range(29, 32)
"""30年度 is 平成30年度: 令和30年度 is a generation away."""
_LONGEST = 60
_NEAR = 10
_NOTE = re.compile(r"(?:[※*]+[0-9]{0,2}|[※*]*[¹²³⁰⁴-⁹①-⑳]+|\([※*][0-9]{0,2}\)|\(注[0-9]{0,2}\))+$")
_BOUNDS = {
    "までに": Comparator.LE,
    "まで": Comparator.LE,
    "以前": Comparator.LE,
    "以降": Comparator.GE,
    "以後": Comparator.GE,
}
_RELATIVE = {
    "前々年度": -2, "前年度": -1, "昨年度": -1, "今年度": 0, "本年度": 0, "当年度": 0, "当該年度": 0,
    "次年度": 1, "翌年度": 1, "来年度": 1,
}  # fmt: skip
