"""Figures up to a year that is aimed at: 【令和８年度末までの累計　80人】 among lines of 目標（令和８年度末）.

A figure that says up to which year it counts, and not what it is, is a target where all targets of the lines around it are for
that very year, and no figure of another measure is of a year as late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.headings import named_years
from keikaku.extractors.heads import Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.said.facts import Said

_UNTIL = regex.compile(
    r"まで(?P<rest>(?:に|の)?[\s　]*(?:[0-9０-９]年間の?)?(?:累計|累積|合計)?)\Z"
)
_FROM = regex.compile(r".*(?:から|[～〜~])[\s　]*(?=.*年)")
_NAMES_ERA = regex.compile(r"令和|平成|[RHＲＨ]|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Aimed:
    """The one year that the targets are for, and the word that calls them so."""

    year: int
    measure: Line

    def told(self, facts: Sequence[Said], above: Line | None) -> tuple[Said, ...]:
        """The figures of a line as targets, where all are up to this year and no measure is said of them. `above`:
        the year that a line over them says (地域生活移行者数（令和８年度末までの累計）, and below it 北部圏域　41人　中央圏域　72人)."""
        told = [self._told(said, said.year or above) for said in facts]
        return tuple(said for said in told if said is not None) if None not in told else ()

    def _told(self, said: Said, year: Line | None) -> Said | None:
        if year is None or said.measure is not None or said.both is not None:
            return None
        until = _UNTIL.search(year.text)
        if until is None or _last_year(year) != self.year:
            return None
        if (first := _FROM.match(year.text)) is not None:
            year = part_of(year, first.end(), until.start("rest"))
        if read_head(year.text).year is None or not _NAMES_ERA.match(year.text):
            return None
        return replace(said, measure=self.measure, year=year)


def target_of_years(rows: Sequence[FigureRow]) -> Aimed | None:
    """What the rows are aimed at, where it is one year, later than that of every other figure."""
    aimed: dict[int, Line] = {}
    others: list[int] = []
    for row in rows:
        lines = [line for line in (row.year, row.block_year, row.measure) if line is not None]
        years = [year for line in lines if (year := _last_year(line)) is not None]
        if not years or row.measure is None:
            continue
        role = find_role(row.measure.text) or read_head(row.measure.text).role
        if role is Role.TARGET:
            aimed.setdefault(years[0], row.measure)
        else:
            others.append(years[0])
    if len(aimed) != 1 or any(year >= next(iter(aimed)) for year in others):
        return None
    return Aimed(*next(iter(aimed.items())))


def _last_year(line: Line) -> int | None:
    """The last year that the words name, however they name a range."""
    return max((year.last or year.year for year in named_years(line.text)), default=None)
