"""Which year's results a paper compares with its targets, said once: 達成率は、令和5年度末の実績を目標で除して算出しています。

Narrative reports print below it a name and ``目標　4人`` / ``実績　5人`` / ``達成率　125.0％``, and no year with any of them. The result
right between a target and its rate is of the year that the sentence names, where no line above says another. A paper that
names two years so names none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import Role, find_role
from keikaku.extractors.lines.printed import Printed, part_of, tokens_of
from keikaku.normalizers.fiscal_years import find_fiscal_year

_LEGEND = regex.compile(
    r"(?:達成率|進捗率|達成度)(?:は、?|[\s　]*[＝=:：][\s　]*)"
    r"(?P<year>(?:令和|平成|[RHＲＨ])[\s　]?(?:元|[0-9０-９]{1,2})年度末?)(?:時点)?の?実績[値量数]?"
    r"(?:を、?[^。、]{0,12}(?:目標|計画|見込)[^。、]{0,6}で(?:除|割)|[\s　]*[÷/／][\s　]*[^。、]{0,8}(?:目標|計画|見込))"
)
_PLANNED = frozenset((Role.TARGET, Role.PROJECTED))


def year_of_result(printed: Sequence[Printed], at: int) -> Line | None:
    """The year of the result that the line at `at` gives between the target and the rate of the same name; None where nothing
    tells it."""
    year, legend = _year_compared(printed)
    if year is None or not legend < at - 1 or at + 1 >= len(printed):
        return None
    roles = [_role(printed[n].line) for n in (at - 1, at, at + 1)]
    is_between = roles[0] in _PLANNED and roles[1:] == [Role.ACTUAL, Role.RATE]
    return year if is_between else None


def _role(line: Line) -> Role | None:
    """The measure that opens the line; 令和５年度実績 names its year itself, and is none here."""
    tokens = tokens_of(line)
    return find_role(tokens[0].text) if tokens else None


@lru_cache(maxsize=16)
def _year_compared(printed: Sequence[Printed]) -> tuple[Line | None, int]:
    """The one year whose results the rates compare, and the last line that says so."""
    told = [
        (part_of(item.line, *match.span("year")), at)
        for at, item in enumerate(printed)
        for match in _LEGEND.finditer(item.line.text)
    ]
    years = {year.year if (year := find_fiscal_year(line.text)) else None for line, _ in told}
    return (told[0][0], told[-1][1]) if len(years) == 1 and None not in years else (None, 0)
