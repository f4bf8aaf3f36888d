"""Heads of two figures in one cell, the second in brackets: 令和５年度実績値（令和４年度実績値） over 142人（93人）.

The bracket of the head names another year, the year before (実績値（前年度）), or another measure (計画値（実績値）); what it does
not name is as the words before it say. A bracket that only says more of its words (目標値（令和８年度）) is none of these.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex
from keikaku.extractors.counted_heads import find_counted_head
from keikaku.extractors.entries import BracketMeaning
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext
from keikaku.normalizers.values import Standing

_TWO = regex.compile(r"(?P<words>[^()（）]{2,})[(（](?P<inside>[^()（）]{2,})[)）]")
_YEAR_BEFORE = regex.compile(r"[前昨]年度?(?:末)?(?:の?(?P<measure>[^の]{2,5}))?")
_ON_BRACKETS = regex.compile(r"\A(?:括弧|カッコ|かっこ|ｶｯｺ)(?:内|書き)は、?")
"""（括弧内は前年度末）: in words, that the bracket speaks of those below it."""
_FIGURE_IN_BRACKETS = regex.compile(r"\S[\s　]*[(（][^()（）]*[0-9０-９―－—-][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class BracketHead:
    """The words of the first figure; year and measure of the second, None where it has those of the first."""

    words: str
    year: int | None
    is_year_before: bool
    measure: Role | None
    inside: str

    def meaning_of(
        self, text: str, year: FiscalYear | None, measure: Role | None
    ) -> BracketMeaning | None:
        """What the bracket of a cell's text is, the first figure being of this year and measure."""
        own = self.year
        if own is None and year is not None:
            own = year.year - 1 if self.is_year_before else year.year
        if own is None or measure is None or _FIGURE_IN_BRACKETS.search(text) is None:
            return None
        series = self.inside if self.measure in (Role.GAP, Role.RATE) else None
        return BracketMeaning(Standing.PARENTHESIS, own, self.measure or measure, series)


def find_bracket_head(printed: str, years: YearContext) -> BracketHead | None:
    """The head as one of two figures; None where its bracket says no more than what the first one is."""
    match = _TWO.fullmatch(printed) if printed[-1:] in (")", "）") else None
    if match is None:
        return None
    words, inside = match["words"], _ON_BRACKETS.sub("", match["inside"])
    first = read_head(words, years)
    count = find_counted_head(words)
    own = count.year if count is not None else first.year
    if first.role not in MEASURES and own is None:
        return None
    before = _YEAR_BEFORE.fullmatch(inside)
    if before is not None:
        role = read_head(before["measure"]).role if before["measure"] else None
        is_known = before["measure"] in (None, "数値") or role in MEASURES
        return BracketHead(words, None, True, role, inside) if is_known else None
    second = read_head(inside, years)
    if read_head(printed, years).says_something or second.role not in (None, *MEASURES):
        return None
    year = second.year.year if second.year is not None else None
    if year is not None:
        is_other = own is not None and own.year != year
    else:
        is_other = second.role is not None and second.role is not first.role
    return BracketHead(words, year, False, second.role, inside) if is_other else None
