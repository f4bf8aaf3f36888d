"""Brackets that hold another year's figure, or another measure's: 「実績欄の（　）内は令和３年度の実績です」.

Said once in a sentence or a note, it governs every cell with such a bracket in the document:
``97人（48人）`` is 97 of the year over the column and 48 of the year before; under 「【　】内は計画値」
``31 【28】`` is 31 as the head says and 28 as planned for the same year; under 「（　）内は見込量に対する割合」
``62（96.9%）`` is a result and how much of the plan it is. The legend names the year or says
前年度, and it governs only brackets drawn as its own are. Source: 神奈川県 R4.

A legend that says more of such a share than is understood keeps it from being read as a result in %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Block, Grid, Span
from keikaku.extractors.entries import BracketMeaning, Entry, Evidence
from keikaku.extractors.heads import Role, find_role
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import joined
from keikaku.normalizers.fiscal_years import find_fiscal_year, search_fiscal_years
from keikaku.normalizers.values import Standing

_MEASURE = "実績値?|目標値?|見込み?[量値数]?|計画(?:値|量|数)?|予定数?"
_SHARE = (
    r"(?:見込み?[量値数]?|計画(?:値|量|数)?|目標値?)(?:に対する|に対しての|との)(?:実績値?の)?"
    r"(?:割合|比率|達成率|比)"
)
_COMPARED = (
    rf"対?前年度?(?:比|増減|差)|(?:対?(?:計画|見込み?|目標)(?:値|量|数)?の?)?達成(?:率|割合)|進捗率|増減数?|伸び率"
    rf"|対?(?:計画|見込み?|目標)[値量数]?比率?|{_SHARE}"
)
_YEAR = r"(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)年度末?|20[0-9]{2}年度末?"
_LEGEND = regex.compile(
    rf"(?:(?P<subject>{_MEASURE})(?:欄|の欄|の数値)?の)?"
    r"(?:(?P<round>[（(][\s　]*[)）]|(?:カッコ|かっこ|括弧))|[〔\[［【][\s　]*[\]］〕】])"
    r"[\s　]*(?:内|書き?)?(?:の数値|の数字|の値)?は、?"
    rf"(?:各?(?P<before>[前昨]年度)(?:末)?(?:[（(](?P<named>{_YEAR})[)）])?|(?P<year>{_YEAR})(?:[（(](?P<remark>[^（）()]{{1,30}})[)）])?)?"
    rf"(?:末?(?:の|における)?(?:(?P<measure>{_MEASURE}|{_COMPARED})|数値|値))?(?:[（(][%％][)）])?"
    r"(?:です|である|を示|を表|とする|[。、)）]|$)"
)
_COMPARES = regex.compile(
    r"(?:(?P<round>[（(][\s　]*[)）]|(?:カッコ|かっこ|括弧))|[〔\[［【][\s　]*[\]］〕】])"
    r"[\s　]*(?:内|書き?)[^。]{0,24}?(?:見込|計画|目標|達成|進捗|前年|昨年)[^。]{0,12}?(?:割合|率|比)"
)
"""（　）内は、当初の計画量を100とした場合の割合: it compares, be it understood with what or not."""
_DRAWN = {
    Standing.PARENTHESIS: regex.compile(
        r"[（(][^（）()]*[0-9０-９―－—-][^（）()]*[)）]|(?:カッコ|かっこ|括弧)[0-9０-９]"
    ),
    Standing.BRACKET: regex.compile(
        r"[〔\[［【][^〔〕\[\]［］【】]*[0-9０-９―－—-][^〔〕\[\]［］【】]*[\]］〕】]"
    ),
}


@dataclass(frozen=True, slots=True)
class BracketLegend:
    """What a legend says of brackets drawn in one way: their year, the year before, their measure."""

    standing: Standing
    subject: Role | None
    year: int | None
    is_year_before: bool
    measure: Role | None
    words: str | None
    """The words that name the measure."""
    quote: str
    span: Span
    is_understood: bool = True

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says; the same said twice is said once."""
        return (self.standing, self.subject, self.year, self.is_year_before, self.measure)

    def meaning_in(self, entry: Entry) -> BracketMeaning | None:
        """What the bracketed figure of an entry means, None where the legend does not reach it."""
        if self.subject is not None and entry.measure is not self.subject:
            return None
        if entry.measure is None or _DRAWN[self.standing].search(entry.text) is None:
            return None
        if not self.is_understood:
            return BracketMeaning(self.standing, None, None)
        year = self.year
        if year is None and entry.year is not None:
            year = entry.year.year - 1 if self.is_year_before else entry.year.year
        measure = self.measure or entry.measure
        if year is None or (entry.year is not None and _says_nothing_new(entry, year, measure)):
            return None
        series = self.words if measure in (Role.GAP, Role.RATE) else None
        return BracketMeaning(self.standing, year, measure, series)


def _says_nothing_new(entry: Entry, year: int, measure: Role) -> bool:
    assert entry.year is not None
    return (year, measure) == (entry.year.year, entry.measure)


def find_bracket_legend(blocks: Sequence[Block]) -> BracketLegend | None:
    """The one legend of the document on years or measures in brackets; of two that differ on brackets
    drawn alike nobody says which governs a cell, and neither is understood."""
    found = {legend.said: legend for legend in _legends(blocks)}
    legends = tuple(found.values())
    if len(legends) < 2:
        return legends[0] if legends else None
    if len({legend.standing for legend in legends}) > 1:
        return None
    return replace(legends[0], subject=None, is_understood=False)


def _legends(blocks: Sequence[Block]) -> Iterator[BracketLegend]:
    for block in blocks:
        if isinstance(block, Grid):
            continue
        span = cover([line.span for line in block.lines])
        text = joined(block.lines)
        legends = [_legend(match, span) for match in _LEGEND.finditer(text)]
        understood = [legend for legend in legends if legend is not None]
        yield from understood
        if not understood and (match := _COMPARES.search(text)) is not None:
            yield _not_understood(match, span)


def _not_understood(match: regex.Match[str], span: Span) -> BracketLegend:
    return BracketLegend(_standing(match), None, None, False, None, None, match[0], span, False)


def _standing(match: regex.Match[str]) -> Standing:
    return Standing.PARENTHESIS if match["round"] else Standing.BRACKET


def _legend(match: regex.Match[str], span: Span) -> BracketLegend | None:
    printed = match["year"] or match["named"]
    year = find_fiscal_year(printed) if printed else None
    words = match["measure"]
    measure = (find_role(words) or Role.GAP) if words else None
    if year is not None and any(
        y.year != year.year for y in search_fiscal_years(match["remark"] or "")
    ):
        return None  # 令和６年度末（就労は令和５年度）: two years
    is_before = match["before"] is not None and year is None
    if (printed and year is None) or not (year or is_before or measure):
        return None
    return BracketLegend(
        _standing(match),
        find_role(match["subject"]) if match["subject"] else None,
        year.year if year else None,
        is_before,
        measure,
        words,
        match[0],
        span,
    )


def with_bracket_legend(
    entries: Sequence[Entry], legend: BracketLegend | None
) -> tuple[Entry, ...]:
    """The entries, those with a bracket knowing what the legend says of it."""
    if legend is None:
        return tuple(entries)
    return tuple(_with_meaning(entry, legend) for entry in entries)


def _with_meaning(entry: Entry, legend: BracketLegend) -> Entry:
    meaning = legend.meaning_in(entry)
    if meaning is None:
        return entry
    if entry.bracket is not None and _differ(entry.bracket, meaning):
        meaning = BracketMeaning(meaning.standing, None, None)
    evidence = Evidence("bracket", "legend", legend.quote, legend.span)
    return replace(entry, bracket=meaning, evidence=(*entry.evidence, evidence))


def _differ(told: BracketMeaning, meaning: BracketMeaning) -> bool:
    """Does the head of the column say something else of the bracket than the legend?"""
    return (told.year, told.measure) != (meaning.year, meaning.measure)
